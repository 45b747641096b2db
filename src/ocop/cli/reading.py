"""From the names of files to sheets, scores and other results, or to what is wrong with them."""

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple, TypeVar

import click
from attrs import evolve

from ocop import strict_json
from ocop.cli.options import FORMS, OTHER_WORKBOOKS, Scoring
from ocop.cli.output import print_text, tracked
from ocop.criteria.catalog import Catalog
from ocop.documents.kinds import loads, read_bytes, to_document
from ocop.documents.validate import validate
from ocop.errors import DocumentError, Problem, Report, SheetError, pointer
from ocop.programme.portfolio import Portfolio
from ocop.programme.progress import Progress
from ocop.scoring.council import CouncilRecord, CouncilScore, score_council
from ocop.scoring.engine import score
from ocop.scoring.result import Score
from ocop.scoring.sheet import ScoreSheet
from ocop.text import Language

T = TypeVar("T")

Measure = Callable[[Portfolio], Progress]
"""What a portfolio is held against."""

_SHEET: Final = re.compile("/sheets/([0-9]+)(.*)", re.DOTALL)
"""Where a problem stands in a sheet of a council."""

DEFAULT: Final = Scoring()
"""How files are read where no option says otherwise."""


class Read(NamedTuple):
    """What a file holds."""

    file: str
    report: Report
    found: tuple[Any, ...] = ()
    """Empty where the report is not ok."""


class Result(NamedTuple):
    """What became of one file, or of the files of a council."""

    files: tuple[str, ...]
    value: Score | CouncilScore | Progress | Report
    """The result, or what is wrong: a report that is ok holds notes alone."""

    @property
    def fine(self) -> bool:
        """Whether it is a result, or a note."""
        return not isinstance(self.value, Report) or self.value.ok

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON-like values."""
        name = {"file": self.files[0]} if len(self.files) == 1 else {"files": list(self.files)}
        if isinstance(self.value, CouncilScore):
            return {**name, "council": self.value.to_json()}
        return {**name, "report" if isinstance(self.value, Report) else "score": to_document(self.value)}

    def text(self, lang: Language) -> str:
        """Return what it says of itself."""
        return self.value.text(lang) if isinstance(self.value, Report) else self.value.explain(lang)


def is_form(name: str) -> bool:
    """Return whether a file is read as filled-in forms; every other one is a JSON document.

    >>> is_form("An.XLSX"), is_form("An.xls"), is_form("tea.json")
    (True, True, False)
    """
    return name.lower().endswith((*FORMS, *OTHER_WORKBOOKS))


def read(name: str, how: Scoring = DEFAULT, *, measured: bool = False) -> Read:
    """Return what is in a file, checked; ``-`` is standard input.

    With `measured`, a portfolio may be inconsistent: its progress says so.
    """
    if is_form(name):
        sheets, report = _forms(name, how)
        return Read(name, report, sheets if report.ok else ())
    report, data = checked(name, how.lang, how.catalog)
    if how.allow_practice:
        report = evolve(report, problems=[each for each in report.problems if each.code != "council-practice"])
    if not report.ok:
        portfolio = _portfolio(data) if measured else None
        return Read(name, report) if portfolio is None else Read(name, Report(), (portfolio,))
    return Read(name, report, (loads(data, catalog=how.catalog),))


def _forms(name: str, how: Scoring) -> tuple[tuple[ScoreSheet, ...], Report]:
    if name.lower().endswith(".csv"):
        from ocop.adapters.csv_sheets import read_csv

        return read_csv(name, how.catalog, lang=how.lang)
    from ocop.adapters.excel import read_score_sheets

    return read_score_sheets(name, how.catalog, lang=how.lang)


def _portfolio(data: bytes) -> Portfolio | None:
    try:
        found = loads(data)
    except DocumentError:
        return None
    return found if isinstance(found, Portfolio) else None


def checked(name: str, lang: Language, catalog: Catalog) -> tuple[Report, bytes]:
    """Return what is wrong with a JSON document, and its bytes."""
    try:
        data = _bytes(name)
    except DocumentError as error:
        return Report(error.report.problems, name, lang), b""
    return Report(validate(data, lang, catalog=catalog).problems, name, lang), data


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read(strict_json.MAX_BYTES + 1)
    return read_bytes(name)


def read_one(name: str, how: Scoring, cls: type[T], kind: str) -> T:
    """Return what a file holds, which must be of a certain kind; print what is wrong with it, and end with status 1."""
    _, report, found = read(name, how, measured=cls is Portfolio)
    if report.ok and not isinstance(found[0], cls):
        got = to_document(found[0])["kind"]
        report = Report([Problem.of("value-not-allowed", "/kind", expected=kind, got=got)], name, how.lang)
    if not report.ok:
        print_text(report.text())
        raise click.exceptions.Exit(1)
    one: T = found[0]
    return one


def results_of(files: Sequence[str], how: Scoring, measure: Measure | None = None) -> list[Result]:
    """Return the results of files, in their order, and the problems of those that have some.

    With `measure`, a portfolio has a result as well.
    """
    results: list[Result] = []
    loose: list[tuple[str, ScoreSheet]] = []
    place = 0
    whole = True
    for name, report, found in [read(name, how, measured=measure is not None) for name in tracked(files, how.lang)]:
        if not report.ok or (report.problems and is_form(name)):  # a member who has not begun is only a note
            results.append(Result((name,), report))
        whole = whole and (report.ok or is_form(name))
        if how.council and is_form(name):
            members = [sheet.evaluator for sheet in found]
            results += [_scored((name,), CouncilRecord(found), how, members)] if found else []
            continue
        for item in found:
            if how.council and isinstance(item, ScoreSheet):
                place = place if loose else len(results)
                loose.append((name, item))
            else:
                results.append(_result(name, item, how, measure))
    # Where a member's sheet has problems, the others alone would have another mean.
    if loose and whole:
        record = CouncilRecord(tuple(sheet for _, sheet in loose))
        names = [name for name, _ in loose]
        results.insert(place, _scored(tuple(dict.fromkeys(names)), record, how, [*map(os.path.basename, names)]))
    return results


def _result(name: str, item: Any, how: Scoring, measure: Measure | None) -> Result:
    if isinstance(item, Score):
        return Result((name,), item)
    if isinstance(item, ScoreSheet | CouncilRecord):
        return _scored((name,), item, how)
    if isinstance(item, Portfolio) and measure is not None:
        try:
            return Result((name,), measure(item))
        except DocumentError as error:
            return Result((name,), Report(error.report.problems, name, how.lang))
    expected = "score-sheet, council-record, score"
    if measure is not None:
        expected += ", portfolio"
    problem = Problem.of("kind-not-scored", "/kind", expected=expected, got=to_document(item)["kind"])
    return Result((name,), Report([problem], name, how.lang))


def _scored(
    names: tuple[str, ...], item: ScoreSheet | CouncilRecord, how: Scoring, members: Sequence[str] = ()
) -> Result:
    """Score a sheet or a council; `members` are what its sheets are called where they stand in no document."""
    try:
        if isinstance(item, ScoreSheet):
            return Result(names, score(item, allow_incomplete=how.allow_incomplete, catalog=how.catalog))
        council = score_council(
            item,
            allow_incomplete=how.allow_incomplete,
            allow_practice=how.allow_practice,
            catalog=how.catalog,
        )
        return Result(names, council)
    except SheetError as error:  # each sheet is valid, but its set is not complete, or they are not of one council
        problems = [_at_member(problem, members) for problem in error.report.problems]
        return Result(names, Report(problems, ", ".join(names), how.lang))


def _at_member(problem: Problem, members: Sequence[str]) -> Problem:
    """Return a problem of a council at the name of the sheet, not at a number that its readers never saw."""
    found = _SHEET.fullmatch(problem.pointer)
    if found and members and (name := members[int(found[1])]):
        return evolve(problem, pointer=pointer(name) + found[2])
    return problem


def verdicts(results: Sequence[Result], how: Scoring, *, err: bool = False) -> list[Any]:
    """Return the results themselves; where a file has problems, print them all instead, and end with status 1.

    Notes go to standard error, as what is made of the results goes to standard output; with `err`, so do problems.
    """
    reports = [each for each in results if isinstance(each.value, Report)]
    fine = all(each.fine for each in reports)
    for each in reports:
        print_text(each.text(how.lang), err=fine or err)
    if not fine:
        raise click.exceptions.Exit(1)
    return [each.value for each in results if not isinstance(each.value, Report)]
