"""A council at a glance: who gave how many points where, and how far the members lie apart."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from ocop.adapters.plots.canvas import BLUE, VERMILLION, Canvas, ink, opened
from ocop.adapters.plots.words import criterion_name, headline, refused, say
from ocop.scoring.council import CouncilScore
from ocop.text import Language

MOST_MEMBERS: Final = 24
"""More columns could not be read."""
_WIDE: Final = 10
"""With so many members their names still stand upright."""
_GAP: Final = 0.25


def plot_council(council: CouncilScore, ax: Axes | None = None, *, lang: Language = "vi") -> Axes:
    """Draw the points of each member in each criterion: the darker, the nearer to the criterion's maximum.

    The last column says how far the members lie apart in the criterion, the last row their totals. Of a large council
    the first 24 members are drawn, and the picture says how many are not.

    Raises:
        ConversionError: for what is no council's result, or an `ax` that is no Axes.
        ValueError: for an unknown language.

    >>> import ocop
    >>> ax = plot_council(ocop.score_council(ocop.load("docs/examples/tea-council.json")), lang="en")
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['An', 'Bình', 'Chi', 'Spread']
    """
    if not isinstance(council, CouncilScore):
        raise refused(council, "a CouncilScore")
    criteria = council.criteria_set.criteria
    scores = council.scores[:MOST_MEMBERS]
    rows, members = len(criteria), len(scores)
    upright = members <= _WIDE
    with opened(ax, lang, 4.4 + (0.72 if upright else 0.42) * (max(members, 4) + 1), 2.4 + 0.24 * rows) as canvas:
        points = [[score.points_of(criterion) for score in scores] for criterion in criteria]
        tops = [criterion.max_points for criterion in criteria]
        _heat(canvas, points, tops, 0, BLUE)
        apart = {each.criterion: each.spread for each in council.disagreements}
        _heat(canvas, [[apart.get(each.code, 0)] for each in criteria], tops, members + _GAP, VERMILLION)
        columns = [*range(members), members + _GAP]
        below = rows + _GAP
        totals = [*(score.total for score in scores), council.spread]
        for column, total in zip(columns, totals, strict=True):
            canvas.put(column, below, str(total), ha="center", bold=True)
        total_name = say(lang, "total")
        canvas.yticks(
            [*range(rows), below],
            [*(canvas.fit(criterion_name(each, lang), canvas.labels) for each in criteria), total_name],
        )
        fitted = _names(canvas, [score.sheet.evaluator or say(lang, "unnamed") for score in scores])
        canvas.ax.xaxis.tick_top()
        canvas.xticks(columns, [*fitted, say(lang, "spread")], rotation=0 if upright else 90)
        canvas.ax.set(xlim=(-0.5, members + _GAP + 0.5), ylim=(below + 0.5, -0.5))
        canvas.frame()
        spread = say(lang, "spread-of", council.spread, council.record.rules.max_spread)
        if council.second_scoring_due:
            spread = f"{spread}: {say(lang, 'second')}"
        name, verdict = headline(council, lang)
        canvas.title(name, verdict, spread)
        left_out = len(council.scores) - members
        more = [say(lang, "more-members", left_out)] if left_out else []
        canvas.legend([], *more, say(lang, "darker"))
        return canvas.ax


def _names(canvas: Canvas, names: list[str]) -> list[str]:
    """Return the names as far as there is room; with numbers, where some would look the same."""

    def fitted(names: list[str]) -> list[str]:
        # In a narrow column, a name lies on its side.
        width, lines = (48, 3) if len(names) <= _WIDE else (110, 2)
        return [canvas.fit(name, width, lines) for name in names]

    found = fitted(names)
    if len(set(found)) == len(found):
        return found
    return fitted([f"{number}. {name}" for number, name in enumerate(names, 1)])


def _heat(canvas: Canvas, numbers: list[list[int]], tops: list[int], left: float, color: str) -> None:
    """Draw a block of cells, each as dark as its share of the row's most points, with its number in it."""
    shares = [[number / top if top else 0 for number in row] for row, top in zip(numbers, tops, strict=True)]
    width = len(numbers[0])
    ramp = LinearSegmentedColormap.from_list("ocop", ["#F7F7F7", color])
    edges_x = [left - 0.5 + place for place in range(width + 1)]
    edges_y = [place - 0.5 for place in range(len(numbers) + 1)]
    canvas.ax.pcolormesh(edges_x, edges_y, shares, cmap=ramp, vmin=0, vmax=1, edgecolors="white", linewidth=1)
    for y, (row, shades) in enumerate(zip(numbers, shares, strict=True)):
        for x, (number, share) in enumerate(zip(row, shades, strict=True)):
            canvas.put(left + x, y, str(number), ha="center", size=8, color=ink(ramp(share)))
