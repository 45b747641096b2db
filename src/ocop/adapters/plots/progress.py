"""How far a programme is from each of its targets."""

from fractions import Fraction
from typing import Final

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ocop.adapters.plots.canvas import BLUE, GREY, ORANGE, SKY, VERMILLION, Canvas, Look, ink, opened
from ocop.adapters.plots.words import refused, say
from ocop.programme.judge import Status, TargetProgress
from ocop.programme.progress import Progress
from ocop.programme.progress_text import percent
from ocop.programme.targets import Target
from ocop.scoring.explain import exactly
from ocop.text import Language

_MARKS: Final = {
    Status.MET: "✓",
    Status.ON_COURSE: "▶",
    Status.BEHIND: "▼",
    Status.MISSED: "✖",
    Status.UNKNOWN: "?",
}
_LOOKS: Final[dict[Status, Look]] = {
    Status.MET: {"facecolor": BLUE},
    Status.ON_COURSE: {"facecolor": SKY},
    Status.BEHIND: {"facecolor": ORANGE, "hatch": "////", "edgecolor": "white"},
    Status.MISSED: {"facecolor": VERMILLION, "hatch": "xxxx", "edgecolor": "white"},
    Status.UNKNOWN: {"facecolor": GREY},
}
_BETWEEN: Final[Look] = {"facecolor": "white", "hatch": "----", "edgecolor": GREY, "linewidth": 0.5}
_MOST: Final = 1.2
"""Longer bars are cut here, with a mark."""
_DUE: Final[Look] = {"marker": "|", "markersize": 16, "markeredgewidth": 2.5, "color": "black"}
_RIM: Final[Look] = _DUE | {"markeredgewidth": 4.5, "color": "white"}


def plot_progress(progress: Progress, ax: Axes | None = None, *, lang: Language = "vi") -> Axes:
    """Draw a bar for each target: how much of it is reached, and by a stroke how much is due on the day.

    The frame of the bar is the whole target. Where data are missing, the bar ends at the least that the value may be,
    and a hatched piece goes on to the most.

    Raises:
        ConversionError: for what is no progress, or an `ax` that is no Axes.
        ValueError: for an unknown language.

    >>> from datetime import date
    >>> from ocop.programme.portfolio import Portfolio
    >>> from ocop.programme.programmes import programme
    >>> progress = programme("huong-tra-2019-2020").progress(Portfolio(), date(2020, 6, 30))
    >>> print(plot_progress(progress, lang="en").get_title("left"))
    OCOP programme of Hương Trà town 2019–2020
    On 2020-06-30: 0 of 1 targets met
    """
    if not isinstance(progress, Progress):
        raise refused(progress, "a Progress")
    rows = len(progress.targets)
    with opened(ax, lang, 11, 1.9 + 0.44 * max(rows, 2), labels=210) as canvas:
        met = len(progress.having(Status.MET))
        canvas.title(progress.programme.name.get(lang), say(lang, "on", progress.on, met, rows))
        if not rows:
            canvas.message(say(lang, "no-targets"))
            return canvas.ax
        for row, found in enumerate(progress.targets):
            _draw(canvas, row, found)
        canvas.yticks(
            range(rows), [canvas.fit(each.target.label.get(lang), canvas.labels, 2) for each in progress.targets]
        )
        canvas.xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        canvas.ax.set(xlim=(0, _MOST), ylim=(rows - 0.4, -0.6))
        canvas.frame("left")
        due = Line2D([], [], linestyle="none", label=say(lang, "due"), **_DUE)
        between = Patch(label=say(lang, "between"), **_BETWEEN)
        canvas.legend([due, between], say(lang, "share-of-target"), gap=30)
        return canvas.ax


def _draw(canvas: Canvas, row: int, found: TargetProgress) -> None:
    """Draw one target."""
    lang, target, measured = canvas.lang, found.target, found.measured
    canvas.ax.barh(row, 1, 0.62, facecolor="none", edgecolor=GREY)
    least, most = (measured.least, measured.most) if found.value is None else (found.value, found.value)
    text = say(lang, "not-known")
    if least is not None and most is not None:
        start, end = _share(least, target), _share(most, target)
        look = _LOOKS[found.status]
        canvas.ax.barh(row, start, 0.36, **look)
        if end > start:
            canvas.ax.barh(row, end - start, 0.36, left=start, **_BETWEEN)
        if end == _MOST:
            canvas.put(_MOST - 0.01, row, "»", ha="right", bold=True, color=ink(look["facecolor"]))
        low, high = (_number(each, target, lang) for each in (least, most))
        text = low if low == high else f"{low} … {high}"
    if found.due and not target.comparator.is_flag:
        place = [_share(found.due, target)], [row]
        # A white rim, so that it is seen on a dark bar as well.
        canvas.ax.plot(*place, clip_on=False, **_RIM)
        canvas.ax.plot(*place, clip_on=False, **_DUE)
    status = f"{_MARKS[found.status]} {found.status.label.get(lang)}"
    standing = say(lang, "standing", text, _goal(target, lang))
    canvas.beside(_MOST, row, f"{status}\n{canvas.fit(standing, 300)}")


def _share(value: Fraction | int, target: Target) -> float:
    """Return how much of the target a value is, as far as it is drawn."""
    return min(float(value / target.floor), _MOST) if target.floor else 1.0


def _number(value: Fraction | int, target: Target, lang: Language) -> str:
    """Return a value in the form of its target: a share in percent, a flag as yes or no."""
    if target.comparator.is_flag:
        return say(lang, "yes" if value else "no")
    return percent(Fraction(value)) if target.percent or target.for_each else exactly(value)


def _goal(target: Target, lang: Language) -> str:
    """Return what the target asks for."""
    comparator = target.comparator.label.get(lang)
    if target.comparator.is_flag:
        return comparator
    number = f"{target.value}" if target.most is None else f"{target.value}–{target.most}"
    return f"{comparator} {number} {'%' if target.percent else target.unit.get(lang)}"
