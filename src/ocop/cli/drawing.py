"""Tables on a terminal. What stands in them is taken from the tables that workbooks and CSV files get."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any, Final

from attrs import evolve
from rich.box import SIMPLE
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from ocop.adapters.html_words import Say
from ocop.adapters.tidy_tables import TEXTS, Value, tables_of
from ocop.adapters.tidy_tables import Table as Tidy
from ocop.cli.output import cell, console, print_text
from ocop.cli.reading import Result
from ocop.criteria.model import walk
from ocop.errors import Report
from ocop.programme.indicators import INDICATORS
from ocop.programme.judge import Status
from ocop.programme.progress import Progress
from ocop.programme.progress_text import percent
from ocop.scoring.council import CouncilScore
from ocop.scoring.explain import exactly
from ocop.scoring.plan import Reason, UpgradePlan
from ocop.scoring.ranking import Ranking
from ocop.scoring.result import Score
from ocop.scoring.steps import labels_of
from ocop.text import Language

Cells = Mapping[str, Sequence[Text]]
"""By the name of a column its cells, where they are not those of the table."""

CHANGE: Final = "  - "
"""What stands before a change in the text of a plan."""

_ENDLESS: Final = 100_000
"""Columns, where a table is measured that may take as many as it likes."""
_STATUSES: Final = {Status.MET: "green", Status.BEHIND: "yellow", Status.MISSED: "red", Status.UNKNOWN: "dim"}
_REASONS: Final = {Reason.MINIMUM: "minimum", Reason.RULE: "rule", Reason.POINTS: "for-points"}


def criteria(score: Score, lang: Language) -> None:
    """Print a score criterion by criterion: the option, the points, and the minimums that are not met."""
    tidy = _tidy(score, "criteria", lang)
    unmet: dict[str, list[str]] = {}
    for each in score.unmet_minimums:
        unmet.setdefault(each.criterion, []).append(f"✗ {each.option} ({each.star.label.get(lang)})")
    codes = [criterion.code for criterion in score.criteria_set.criteria]
    cells = {"minimums": [cell(", ".join(unmet.get(code, ())), "red") for code in codes]}
    ends = [count - 1 for count in accumulate(len([*walk(part.items)]) for part in score.criteria_set.parts)]
    _print(tidy, ("criterion", "criterion-name", "option", "points", "max", "minimums"), lang, cells, ends)


def members(council: CouncilScore, lang: Language) -> None:
    """Print the sheets of a council."""
    cells = {"star": [_star(each, lang) for each in council.scores]}
    parts = [f"part-{part.code}" for part in council.criteria_set.parts]
    _print(_tidy(council, "sheets", lang), ("evaluator", *parts, "total", "star"), lang, cells)


def details(results: Sequence[Result], lang: Language) -> None:
    """Print what a single result stands on."""
    if len(results) != 1:
        return
    (found,) = results
    if isinstance(found.value, Score):
        criteria(found.value, lang)
    elif isinstance(found.value, CouncilScore):
        members(found.value, lang)


def summary(results: Sequence[Result], lang: Language) -> None:
    """Print several results in a table, and the first line of each report of problems below."""
    if len(results) < 2:
        return
    scores = [each.value for each in results if isinstance(each.value, (Score, CouncilScore))]
    if scores:
        cells = {"star": [_star(each, lang) for each in scores]}
        names = ("product", "set-name", "evaluator", "total", "star", "blocked")
        _print(_tidy(scores, "results", lang), names, lang, cells)
    for each in results:
        if isinstance(each.value, Report):
            print_text(each.value.text(lang).splitlines()[0])


def ranking(found: Ranking[Any], lang: Language) -> None:
    """Print a ranking, each group of it as a table, with what is not ranked at its end.

    The set tells products of one name apart; where all names differ, they get its room.
    """
    scores = [*(place.score for place in found), *found.unranked]
    if not scores:
        print_text(found.text(lang))
        return
    tidy = _tidy(found, "ranking", lang)
    place_of_name = tidy.titles.index(TEXTS["product"].get(lang))
    repeated = len({row[place_of_name] for row in tidy.rows}) < len(tidy.rows)
    parts = dict.fromkeys(key for place in found for key in place.keys if key.startswith("part-"))
    names = ("rank", "product", "product-code", *(["set"] if repeated else []), "star", "total", *parts)
    groups = [*(place.group for place in found), *(None for _ in found.unranked)]
    for group in dict.fromkeys(groups):
        rows = [row for row, each in enumerate(groups) if each == group]
        part = evolve(tidy, name=group or tidy.name, rows=[tidy.rows[row] for row in rows])
        _print(part, names, lang, {"star": [_star(scores[row], lang) for row in rows]})


def way(plan: UpgradePlan, lang: Language) -> None:
    """Print a plan, its changes as a table."""
    lines = plan.explain(lang).splitlines()
    if not plan.changes:
        print_text("\n".join(lines))
        return
    print_text("\n".join(line for line in lines[:-1] if not line.startswith(CHANGE)))
    changes(plan, lang)
    print_text(lines[-1])


def changes(plan: UpgradePlan, lang: Language) -> None:
    """Print the changes of a plan."""
    say, the_set = Say(lang), plan.before.criteria_set

    def option(code: str, choice: Any) -> str:
        chosen = the_set.criterion(code).chosen(choice)
        letters = ", ".join(each.letter for each in chosen)
        return say("option", letters, say.of(labels_of(chosen))) if chosen else say("nothing")

    heads = [say(name) for name in ("criterion", "from-option", "to-option", "gain", "effort", "reason")]
    table = _table("", heads, numbers=(3, 4))
    for each in plan.changes:
        label = the_set.criterion(each.criterion).label
        old, new = option(each.criterion, each.old), option(each.criterion, each.new)
        numbers = f"+{each.points}", str(each.effort)
        row = f"{each.criterion} {say.of(label)}", old, new, *numbers, say(_REASONS[each.reason])
        table.add_row(*map(cell, row))
    _show(table)


def targets(progress: Progress, lang: Language) -> None:
    """Print where every target of a programme stands."""
    indicators = [INDICATORS[each.target.indicator] for each in progress.targets]
    cells = {"status": [cell(each.status.label.get(lang), _STATUSES.get(each.status, "")) for each in progress.targets]}

    def shown(row: int, value: Value) -> str:
        if not isinstance(value, (int, Fraction)):
            return _shown(row, value)
        if indicators[row].is_flag:  # whose value is a word, and the numbers beside it mean nothing
            return ""
        return percent(Fraction(value)) if indicators[row].is_share else exactly(value)

    names = ("target-name", "status", "value", "floor", "ceiling", "gap", "deadline")
    _print(_tidy(progress, "targets", lang), names, lang, cells, shown=shown)


def _tidy(results: Any, name: str, lang: Language) -> Tidy:
    return next(table for table in tables_of(results, lang) if table.name == TEXTS[name].get(lang))


def _shown(row: int, value: Value) -> str:
    if value is None:
        return ""
    return exactly(value) if isinstance(value, (int, Fraction)) else value


def _print(
    tidy: Tidy,
    names: Iterable[str],
    lang: Language,
    cells: Cells,
    ends: Collection[int] = (),
    shown: Callable[[int, Value], str] = _shown,
) -> None:
    """Print some columns of a table; those in which nothing stands are left out. `ends` are rows with a line below."""
    columns: list[tuple[str, Sequence[Text], bool]] = []
    for name in names:
        title = TEXTS["part"].get(lang).format(name[5:]) if name.startswith("part-") else TEXTS[name].get(lang)
        values = [row[tidy.titles.index(title)] for row in tidy.rows] if title in tidy.titles else []
        texts = cells.get(name) or [cell(shown(row, value)) for row, value in enumerate(values)]
        numbers = name not in cells and any(isinstance(value, (int, Fraction)) for value in values)
        if any(text.plain for text in texts):
            columns.append((title, texts, numbers))
    numbers_at = [place for place, (_, _, numbers) in enumerate(columns) if numbers]
    table = _table(tidy.name, [title for title, _, _ in columns], numbers_at)
    for row in range(len(tidy.rows)):
        table.add_row(*(texts[row] for _, texts, _ in columns), end_section=row in ends)
    _show(table)


def _table(title: str, heads: Sequence[str], numbers: Collection[int] = ()) -> Table:
    table = Table(title=Text(title) if title else None, title_justify="left", title_style="bold", box=SIMPLE)
    for place, head in enumerate(heads):
        table.add_column(Text(head), justify="right" if place in numbers else "left", overflow="fold")
    return table


def _show(table: Table) -> None:
    """Print a table; where it is too wide, heads are folded first, so that long texts keep the room."""
    terminal = console()
    if terminal.measure(table, options=terminal.options.update(max_width=_ENDLESS)).maximum > terminal.width:
        for column in table.columns:
            words = str(column.header).split()
            column.max_width = max(map(cell_len, [*words, *map(str, column.cells)]))
    terminal.print(table)


def _star(result: Score | CouncilScore, lang: Language) -> Text:
    """Return a result's star in words and as it is printed, or what became of the evaluation."""
    if result.star is None:
        return cell(TEXTS[result.outcome.value].get(lang), "red")
    return cell(f"{result.star.symbol} {result.star.label.get(lang)}", "yellow")
