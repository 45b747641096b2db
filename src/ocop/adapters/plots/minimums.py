"""The ladder of star minimums: what each star needs beyond points, what is met, and what blocks."""

from collections.abc import Iterator
from typing import Final

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from ocop.adapters.plots.canvas import SKY, VERMILLION, Canvas, Look, opened
from ocop.adapters.plots.words import (
    Result,
    criterion_name,
    headline,
    is_result,
    refused,
    say,
    set_name,
    star_name,
)
from ocop.criteria.model import CriteriaSet, Criterion, Option
from ocop.model.stars import Rank
from ocop.scoring.council import Agreement, CouncilScore
from ocop.scoring.explain import exactly
from ocop.scoring.result import Score
from ocop.text import Language

_MARKS: Final = {"met": "✓ ", "blocking": "✖ ", "open": "○ ", "needs": ""}
_LOOKS: Final[dict[str, Look]] = {
    "met": {"facecolor": SKY, "edgecolor": "white", "linewidth": 1},
    "blocking": {"facecolor": VERMILLION, "edgecolor": "black", "linewidth": 1.6},
    "open": {"facecolor": "white", "edgecolor": VERMILLION, "hatch": "////", "linewidth": 0.5},
    "needs": {"facecolor": "#E6E6E6", "edgecolor": "white", "linewidth": 1},
}


def plot_minimums(of: Result | CriteriaSet, ax: Axes | None = None, *, lang: Language = "vi") -> Axes:
    """Draw a row for each criterion that has star minimums and a column for each star: met or not, blocking or not.

    A minimum blocks where the points would reach its star. The last row says the same of the points. Of a set alone,
    the cells say which options are needed.

    Raises:
        ConversionError: for what is no score, no council's result and no set, or an `ax` that is no Axes.
        ValueError: for an unknown language.

    >>> import ocop
    >>> ax = plot_minimums(ocop.score(ocop.load("docs/examples/tea-capped.json")), lang="en")
    >>> [text.get_text() for text in ax.texts if text.get_text().startswith("✖")]
    ['✖ a → b', '✖ d → e']
    """
    if not isinstance(of, CriteriaSet) and not is_result(of):
        raise refused(of, "a Score, a CouncilScore or a CriteriaSet")
    the_set = of if isinstance(of, CriteriaSet) else of.criteria_set
    criteria = [criterion for criterion in the_set.criteria if criterion.minimums]
    stars = sorted({star for criterion in criteria for star in criterion.minimums})
    with opened(ax, lang, 4 + 1.25 * max(len(stars), 2), 2.4 + 0.29 * len(criteria)) as canvas:
        canvas.title(*(set_name(of, lang) if isinstance(of, CriteriaSet) else headline(of, lang)))
        if not criteria:
            canvas.message(say(lang, "no-minimums"))
            return canvas.ax
        for row, criterion in enumerate(criteria):
            for cell in _cells(of, criterion):
                _draw(canvas, stars.index(cell.star), row, cell)
        below = len(criteria) + 0.25
        for column, cell in enumerate(_floors(of, the_set, stars)):
            _draw(canvas, column, below, cell)
        canvas.yticks(
            [*range(len(criteria)), below],
            [*(canvas.fit(criterion_name(each, lang), canvas.labels) for each in criteria), say(lang, "floor")],
        )
        heads = [f"{canvas.fit(star_name(star, lang), 80)}\n{canvas.fit(star.symbol, 80)}" for star in stars]
        canvas.ax.xaxis.tick_top()
        canvas.xticks(range(len(stars)), heads)
        canvas.ax.set(xlim=(-0.5, len(stars) - 0.5), ylim=(below + 0.5, -0.5))
        canvas.frame()
        kinds = () if isinstance(of, CriteriaSet) else ("met", "blocking", "open")
        canvas.legend([Patch(label=say(lang, name), **_LOOKS[name]) for name in kinds], say(lang, _key(of)))
        return canvas.ax


@frozen
class _Cell:
    star: Rank
    state: str
    text: str


def _cells(of: Result | CriteriaSet, criterion: Criterion) -> Iterator[_Cell]:
    """Yield what there is to say of each minimum of a criterion."""
    for star, options in criterion.minimums.items():
        letters = "/".join(option.letter for option in options)
        if isinstance(of, CriteriaSet):
            yield _Cell(star, "needs", letters)
            continue
        unmet = next(
            (each for each in of.unmet_minimums if (each.criterion, each.star) == (criterion.code, star)), None
        )
        state = "met" if unmet is None else "blocking" if star <= of.star_by_points else "open"
        if isinstance(of, CouncilScore):
            yield _Cell(star, state, f"{letters} {_held(of, criterion, options)}")
        else:
            now = _chosen(of, criterion)
            yield _Cell(star, state, now if unmet is None else f"{now} → {unmet.option}")


def _floors(of: Result | CriteriaSet, the_set: CriteriaSet, stars: list[Rank]) -> Iterator[_Cell]:
    """Yield the points that each star needs."""
    for star in stars:
        floor = f"≥ {the_set.edition.band(star).floor}"
        if isinstance(of, CriteriaSet):
            yield _Cell(star, "needs", floor)
        else:
            yield _Cell(star, "met" if star <= of.star_by_points else "open", floor)


def _chosen(score: Score, criterion: Criterion) -> str:
    """Return the letter chosen; more than one where ticks add up."""
    choice = score.sheet.choices[criterion.code]
    return choice if isinstance(choice, str) else "+".join(choice or ()) or "–"


def _held(council: CouncilScore, criterion: Criterion, options: tuple[Option, ...]) -> str:
    """Return how many members are at a minimum, or the mean where that is what counts."""
    if council.record.rules.minimum_by is Agreement.MEAN_POINTS:
        return f"Ø {exactly(council.mean_of(criterion))}"
    return f"{council.votes(criterion, options)}/{len(council.scores)}"


def _key(of: Result | CriteriaSet) -> str:
    """Return the name of the text that says how to read the cells."""
    if isinstance(of, CriteriaSet):
        return "needs"
    if isinstance(of, Score):
        return "now-needs"
    return "means" if of.record.rules.minimum_by is Agreement.MEAN_POINTS else "votes"


def _draw(canvas: Canvas, column: int, row: float, cell: _Cell) -> None:
    look, blocks = _LOOKS[cell.state], cell.state == "blocking"
    # What blocks has a border, which its neighbours must not cover.
    place = Rectangle((column - 0.46, row - 0.42), 0.92, 0.84, zorder=2 if blocks else 1, **look)
    canvas.ax.add_patch(place)
    text = canvas.fit(_MARKS[cell.state] + cell.text, 85)
    # Text on a hatch needs a ground of its own.
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1} if cell.state == "open" else None
    canvas.put(column, row, text, ha="center", color="black", bold=blocks, bbox=ground, zorder=3)
