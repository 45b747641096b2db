"""What all pictures share: the figure, the colours, and text that is always only text."""

import os
from bisect import bisect_right
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from threading import RLock
from typing import Any, Final, TypeAlias

import matplotlib as mpl
from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.textpath import text_to_path
from matplotlib.transforms import ScaledTranslation
from matplotlib.typing import ColorType

from ocop.errors import ConversionError
from ocop.text import Language, checked_language, nfc

ORANGE, SKY, GREEN, BLUE, VERMILLION, PURPLE = "#E69F00", "#56B4E9", "#009E73", "#0072B2", "#D55E00", "#CC79A7"
"""Six of the eight colours of M. Okabe and K. Ito, *Color Universal Design*, 2008."""
GREY: Final = "#808080"
"""Between black and white, so that it is seen on both."""
Look: TypeAlias = dict[str, Any]
"""How something is drawn, as matplotlib takes it."""
TEXT: Final = 9.0
"""The size of most text, in points."""

_FILES: Final = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_NO_GLYPH: Final = "\ufffd"
_LONGEST: Final = 400
"""No label needs more characters; of longer text the rest is not even looked at."""
LOCK: Final = RLock()
"""matplotlib's settings are one for all threads, so that only one may stand in the plain style at a time."""


@contextmanager
def plain_style() -> Generator[None, None, None]:
    """Set matplotlib as it is delivered, for as long as the context lasts."""
    with LOCK, mpl.rc_context():
        mpl.rcdefaults()
        yield


class Picture(Figure):
    """A figure that looks the same whatever matplotlib's settings are; a notebook shows it by itself."""

    def draw(self, renderer: RendererBase) -> None:
        """Draw it in the plain style, since some of its pieces are made only now."""
        with plain_style():
            super().draw(renderer)

    def _repr_svg_(self) -> str:
        from ocop.adapters.plots.svg import to_svg

        return to_svg(self.axes[0])


@frozen
class Canvas:
    """Axes to draw on, and the language to write in."""

    ax: Axes
    lang: Language
    own: bool
    """Whether the figure is ours: then its font is the one that comes with matplotlib, from its file."""
    width: float
    """About how wide the axes are, in points; titles and remarks are wrapped to it."""
    labels: float
    """How wide the labels at the y axis may be, in points."""

    def font(self, size: float = TEXT, bold: bool = False) -> FontProperties:
        """Return the font of some text."""
        if self.own:
            return FontProperties(fname=_font_file(bold), size=size)
        # The caller's fonts, and behind them one that has our marks and the Vietnamese letters.
        family = [*mpl.rcParams["font.family"], "DejaVu Sans"]
        return FontProperties(family=family, size=size, weight="bold" if bold else "normal")

    def plain(self, size: float = TEXT, bold: bool = False) -> Look:
        """Return how matplotlib is told to draw text as it is, without mathematics between dollar signs or TeX."""
        return {"fontproperties": self.font(size, bold), "parse_math": False, "usetex": False}

    def clean(self, text: str) -> str:
        """Return `text` on one line, with nothing in it that cannot be seen."""
        text = nfc(text[:_LONGEST] + "…" if len(text) > _LONGEST else text)
        text = " ".join("".join(each if each.isprintable() else " " for each in text).split())
        if not self.own:
            return text
        known = _glyphs()
        return "".join(each if ord(each) in known else _NO_GLYPH for each in text)

    def fit(self, text: str, width: float, lines: int = 1, size: float = TEXT, bold: bool = False) -> str:
        """Return `text` wrapped to lines of a width in points, and cut with "…" where it needs more than `lines`."""
        font = self.font(size, bold)
        found: list[str] = []
        line = ""
        for word in self.clean(text).split(" "):
            longer = f"{line} {word}" if line else word
            if _width(longer, font) <= width:
                line = longer
                continue
            if line:
                found.append(line)
            line = word
            while _width(line, font) > width and len(found) <= lines:
                head = _head(line, width, font)
                found.append(line[:head])
                line = line[head:]
        found.append(line)
        if len(found) > lines:
            last = found[lines - 1]
            found[lines - 1 :] = [last[: _head(last, width - _width("…", font), font)].rstrip() + "…"]
        return "\n".join(found)

    def put(self, x: float, y: float, text: str, *, size: float = TEXT, bold: bool = False, **how: Any) -> None:
        """Write `text` in the picture, at its middle height unless told otherwise."""
        # It lies within the axes, so that the layout need not measure it.
        how = {"va": "center_baseline", "in_layout": False, **how}
        self.ax.text(x, y, text, **how, **self.plain(size, bold))

    def beside(self, x: float, y: float, text: str, *, gap: float = 5, **how: Any) -> None:
        """Write `text` some points to the right of a place."""
        styles: Look = {"xytext": (gap, 0), "textcoords": "offset points", "va": "center", "annotation_clip": False}
        self.ax.annotate(text, (x, y), **styles, **how, **self.plain())

    def title(self, name: str, *lines: str, pad: float = 10) -> None:
        """Write a title: a name, cut where it is too long, and lines that are wrapped."""
        size = TEXT + 2
        found = [self.fit(name, self.width, 2, size), *(self.fit(line, self.width, 3, size) for line in lines)]
        self.ax.set_title("\n".join(found), loc="left", pad=pad, linespacing=1.4, **self.plain(size))

    def xticks(self, places: Sequence[float], texts: Sequence[str], size: float = TEXT, **how: Any) -> None:
        """Set the places on the x axis that have a mark, and what is written there."""
        self.ax.set_xticks(places, labels=list(texts), **how, **self.plain(size))

    def yticks(self, places: Sequence[float], texts: Sequence[str]) -> None:
        """Set the places on the y axis that have a label, and what is written there."""
        self.ax.set_yticks(places, labels=list(texts), **self.plain())

    def frame(self, *kept: str) -> None:
        """Hide the lines around the axes but those named, and the small strokes at the labels."""
        for side, spine in self.ax.spines.items():
            spine.set_visible(side in kept)
        self.ax.tick_params(length=0)

    def legend(self, handles: Sequence[Any], *notes: str, gap: float = 12) -> None:
        """Write some points below the axes what colours, hatches and marks mean, under remarks."""
        figure = figure_of(self.ax)
        # The gap is in points: a share of the axes would grow with a tall picture.
        under = self.ax.transAxes + ScaledTranslation(0, -gap / 72, figure.dpi_scale_trans)
        place: Look = {"loc": "upper left", "bbox_to_anchor": (0, 0), "bbox_transform": under, "alignment": "left"}
        look: Look = {"frameon": False, "borderpad": 0, "borderaxespad": 0, "prop": self.font()}
        remarks = "\n".join(self.fit(note, self.width, 5) for note in notes)
        title: Look = {"title": remarks, "title_fontproperties": self.font()}
        legend = self.ax.legend(handles=handles, **place, **look, **title)
        for text in (*legend.get_texts(), legend.get_title()):
            text.set(parse_math=False, usetex=False)

    def message(self, text: str) -> None:
        """Write what there is to say where there is nothing to draw."""
        self.frame()
        self.xticks([], [])
        self.yticks([], [])
        self.put(0.5, 0.5, text, size=TEXT + 1, ha="center", transform=self.ax.transAxes)


@contextmanager
def opened(
    ax: Axes | None, lang: Language, width: float, height: float, labels: float = 230
) -> Generator[Canvas, None, None]:
    """Draw on `ax`, or else on a figure of our own of a width and a height in inches.

    Raises:
        ConversionError: for an `ax` that is none.
        ValueError: for an unknown language.
    """
    lang = checked_language(lang)
    if ax is None:
        with plain_style():
            picture = Picture(figsize=(width, height), layout="constrained")
            yield Canvas(picture.add_subplot(), lang, True, width * 72 - labels - 20, labels)
        return
    figure = figure_of(ax)
    across = ax.bbox.width * 72 / figure.dpi
    # A layout that comes later may take the room of the labels from the axes.
    labels = min(labels, max(across * 0.4, 60))
    yield Canvas(ax, lang, isinstance(figure, Picture), max(across - labels, 100), labels)


def figure_of(ax: object) -> Figure:
    """Return the whole figure in which axes stand.

    Raises:
        ConversionError: for what is no Axes, or Axes of no figure.
    """
    figure = ax.get_figure(root=True) if isinstance(ax, Axes) else None
    if figure is None:
        raise ConversionError(
            f"expected an Axes of matplotlib in a figure; got {type(ax).__module__}.{type(ax).__qualname__}"
        )
    return figure


def ink(color: ColorType) -> str:
    """Return whether text on a colour is read better in black or in white, by the contrast of WCAG 2.

    >>> ink(BLUE), ink(ORANGE)
    ('white', 'black')
    """
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "black" if luminance > 0.179 else "white"


def _font_file(bold: bool) -> str:
    return os.path.join(mpl.get_data_path(), "fonts", "ttf", _FILES[bold])


@cache
def _glyphs() -> frozenset[int]:
    """Return the characters that both our fonts can draw."""
    regular, heavy = (get_font(_font_file(bold)).get_charmap() for bold in (False, True))
    return frozenset(regular) & frozenset(heavy)


@lru_cache(maxsize=4096)
def _word_width(word: str, font: FontProperties) -> float:
    return text_to_path.get_text_width_height_descent(word, font, ismath=False)[0]


def _width(text: str, font: FontProperties) -> float:
    """Return the width of a line in points: measured word by word, since most words come again."""
    words = text.split(" ")
    space = font.get_size_in_points() * 0.32
    return sum(_word_width(word, font) for word in words if word) + space * (len(words) - 1)


def _head(line: str, width: float, font: FontProperties) -> int:
    """Return how many of the first characters of a line have room in a width, at least one."""
    return max(1, bisect_right(range(1, len(line) + 1), width, key=lambda length: _width(line[:length], font)))
