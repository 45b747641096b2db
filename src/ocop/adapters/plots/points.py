"""Where the points come from: the parts against their maxima, and criterion by criterion to the total."""

from fractions import Fraction
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ocop.adapters.plots.canvas import BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, Canvas, Look, opened
from ocop.adapters.plots.words import (
    Result,
    criterion_name,
    headline,
    is_result,
    points_of,
    refused,
    say,
    total_of,
)
from ocop.criteria.model import walk
from ocop.scoring.explain import exactly
from ocop.scoring.result import Score
from ocop.text import Language

_LOOKS: Final = ((BLUE, ""), (ORANGE, "////"), (GREEN, "-----"), (PURPLE, "\\\\\\\\"), (SKY, "xxxx"))
"""A colour and a hatch for each part, over again where a set has more."""


def plot_parts(result: Result, ax: Axes | None = None, *, lang: Language = "vi") -> Axes:
    """Draw the points of each part as a bar, in the outline of its maximum; of a council, the means.

    Raises:
        ConversionError: for what is no score and no council's result, or an `ax` that is no Axes.
        ValueError: for an unknown language.

    >>> import ocop
    >>> ax = plot_parts(ocop.score(ocop.load("docs/examples/tea.json")), lang="en")
    >>> [float(bar.get_width()) for bar in ax.containers[1]]
    [35.0, 18.0, 28.0]
    """
    if not is_result(result):
        raise refused(result)
    the_set = result.criteria_set
    found = result.part_totals if isinstance(result, Score) else result.part_means
    with opened(ax, lang, 7.5, 1.5 + 0.5 * len(the_set.parts), labels=150) as canvas:
        places = range(len(the_set.parts))
        maxima = [part.max_points for part in the_set.parts]
        canvas.ax.barh(places, maxima, 0.56, facecolor="none", edgecolor=GREY, clip_on=False)
        canvas.ax.barh(places, [float(found[part.code]) for part in the_set.parts], 0.56, color=BLUE)
        for place, part in zip(places, the_set.parts, strict=True):
            canvas.beside(part.max_points, place, say(lang, "of", exactly(found[part.code]), part.max_points))
        names = [say(lang, "part", part.code, part.label.get(lang)) for part in the_set.parts]
        canvas.yticks(places, [canvas.fit(name, canvas.labels, lines=2) for name in names])
        canvas.xticks([], [])
        canvas.ax.set(xlim=(0, max(*maxima, 1)), ylim=(len(maxima) - 0.5, -0.5))
        canvas.frame("left")
        canvas.title(*headline(result, lang))
        return canvas.ax


def plot_waterfall(result: Result, ax: Axes | None = None, *, lang: Language = "vi") -> Axes:
    """Draw criterion by criterion to the total, each bar from where the last one ended, before the bands of the stars.

    Raises:
        ConversionError: for what is no score and no council's result, or an `ax` that is no Axes.
        ValueError: for an unknown language.

    >>> import ocop
    >>> ax = plot_waterfall(ocop.score(ocop.load("docs/examples/tea.json")), lang="en")
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['0', '30', '50', '70', '90', '100']
    """
    if not is_result(result):
        raise refused(result)
    the_set, total = result.criteria_set, total_of(result)
    rows = len(the_set.criteria)
    with opened(ax, lang, 8.5, 2.2 + 0.24 * rows) as canvas:
        _bands(canvas, result)
        place, start, handles = 0, 0.0, list[Patch]()
        for (color, hatch), part in zip(_looks(len(the_set.parts)), the_set.parts, strict=True):
            # White strokes on the colour, so that the parts are told apart without it.
            look: Look = {"facecolor": color, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
            for criterion in walk(part.items):
                points = points_of(result, criterion)
                end = start + float(points)
                canvas.ax.barh(place, float(points), 0.72, left=start, **look)
                canvas.ax.plot([end, end], [place - 0.36, place + 1.36], color=GREY, linewidth=0.8)
                canvas.beside(end, place, _share(points, criterion.max_points, lang), gap=4)
                place, start = place + 1, end
            name = say(lang, "part", part.code, part.label.get(lang))
            handles.append(Patch(label=canvas.fit(name, canvas.width), **look))
        canvas.ax.barh(place, float(total), 0.72, color=GREY)
        canvas.beside(float(total), place, exactly(total), gap=4)
        names = [canvas.fit(criterion_name(criterion, lang), canvas.labels) for criterion in the_set.criteria]
        canvas.yticks(range(rows + 1), [*names, say(lang, "total" if isinstance(result, Score) else "mean-total")])
        canvas.ax.set(xlim=(0, the_set.max_points), ylim=(rows + 0.6, -0.6))
        canvas.frame("left", "bottom")
        canvas.title(*headline(result, lang), pad=24)
        canvas.legend(handles, say(lang, "bands"), gap=32)
        return canvas.ax


def _share(points: int | Fraction, most: int, lang: Language) -> str:
    """Return points and their maximum; with a fraction in words, since 1 5/7/3 could not be read."""
    if Fraction(points).denominator == 1:
        return f"{exactly(points)}/{most}"
    return say(lang, "of", exactly(points), most)


def _looks(count: int) -> list[tuple[str, str]]:
    return [_LOOKS[place % len(_LOOKS)] for place in range(count)]


def _bands(canvas: Canvas, result: Result) -> None:
    """Draw the bands of the stars behind everything, each a little darker than the one below it."""
    the_set = result.criteria_set
    bands = the_set.edition.bands
    edges = [*(band.floor for band in bands), the_set.max_points]
    across = canvas.ax.get_xaxis_transform()
    for place, (band, end) in enumerate(zip(bands, edges[1:], strict=True)):
        shade = 0.05 + 0.25 * place / len(bands)
        canvas.ax.axvspan(band.floor, end, facecolor=GREY, alpha=shade, linewidth=0, zorder=0)
        canvas.ax.axvline(band.floor, color=GREY, linewidth=0.8, linestyle=":", zorder=0.5)
        # About so many points of the page are in one point of the score.
        name = canvas.fit(band.star.symbol, 400 * (end - band.floor) / the_set.max_points, size=8)
        how: Look = {"ha": "center", "va": "bottom", "transform": across}
        canvas.put((band.floor + end) / 2, 1.01, name, size=8, **how)
    canvas.xticks(edges, [str(edge) for edge in edges])
