"""From the cells of a filled-in form to a score sheet, with every problem at its cell.

How the cells came, from a workbook or from CSV, does not matter here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from enum import Enum
from typing import Any, Final, NamedTuple

from attrs import field, frozen

from ocop.adapters import form_layout as layout
from ocop.criteria.catalog import Catalog
from ocop.criteria.model import Choice, CriteriaSet, Criterion
from ocop.errors import ConversionError, Problem, Report, UnknownIdError, nearest, pointer, shortened
from ocop.model.products import ProductCode
from ocop.scoring.checks import MAX_HINTS, check
from ocop.scoring.sheet import UNFILLED, Purpose, ScoreSheet
from ocop.text import match_key

_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,/%\s]*")
_SEVERAL: Final = re.compile(r"[\s,;+]+")


class Unread(Enum):
    """Why a cell that looks empty is not."""

    FORMULA = "form-formula-unread"
    """Its formula was never worked out, or ends in an error."""
    MERGED = "form-cell-merged"
    """It is merged with another cell, which holds the value of both."""


@frozen
class Cell:
    """A cell of a form."""

    value: Any
    """What it holds; ``""`` where it is empty."""
    at: str
    """Where: a JSON Pointer of sheet, row and column title."""
    offered: str = ""
    """The options as the form prints them beside it, one a line."""


@frozen
class Form:
    """A form as it came."""

    at: str
    """The pointer of the whole form."""
    criteria_set: str
    """The id of its criteria set, as it came."""
    digest: str
    """The digest of its criteria set, as it came."""
    cells: tuple[tuple[str, Cell], ...] = field(repr=False)
    """The key and the cell of each row that has a key, in their order."""


class Reading(NamedTuple):
    """What was read: the sheets, and a report of every problem.

    Where the report is ok, every sheet can be scored. Where it is not, a sheet has what could be understood; the rest
    of it is not filled in.
    """

    sheets: tuple[ScoreSheet, ...]
    """One for each form that somebody began to fill in, in the order of the file."""
    report: Report
    """Every problem, with pointers of sheet, row and column title."""


def read_forms(forms: Sequence[Form], catalog: Catalog) -> tuple[list[ScoreSheet], list[Problem]]:
    """Return the sheets of forms, and the problems in them.

    A form that nobody began to fill in gives no sheet, only a note; where all are so, that is a problem.
    """
    sheets: list[ScoreSheet] = []
    problems: list[Problem] = []
    blank: list[str] = []
    for form in forms:
        the_set = _set_of(form, catalog)
        if isinstance(the_set, Problem):
            problems.append(the_set)
            continue
        reader = _Reader(form, the_set)
        sheet = reader.sheet()
        if reader.begun:
            sheets.append(sheet)
            problems += reader.problems
        else:
            blank.append(form.at)
    alone = not sheets and not problems
    return sheets, problems + [Problem.of("form-not-begun", at, note=not alone) for at in blank]


def _set_of(form: Form, catalog: Catalog) -> CriteriaSet | Problem:
    try:
        the_set = catalog.criteria_set(form.criteria_set)
    except UnknownIdError as error:
        return Problem.of("set-unknown", form.at, got=shortened(form.criteria_set), hint=error.hint)
    if form.digest != the_set.digest:
        return Problem.of("form-set-differs", form.at, set=the_set.id, expected=the_set.digest, got=form.digest)
    return the_set


class _Reader:
    """Reads one form."""

    def __init__(self, form: Form, the_set: CriteriaSet) -> None:
        self.form = form
        self.the_set = the_set
        self.problems: list[Problem] = []
        self.begun = False
        self.cells: dict[str, Cell] = {}

    def sheet(self) -> ScoreSheet:
        """Return the sheet, with what could be understood; the problems are then told in the order of the rows."""
        for key, cell in self.form.cells:
            if key in self.cells:
                self.problems.append(Problem.of("form-row-repeated", cell.at, key=key))
            else:
                self.cells[key] = cell
        choices = {criterion.code: self.choice(criterion) for criterion in self.the_set.criteria}
        findings = list(self.findings())
        self.unknown_criteria()
        product, evaluator = self.text(layout.PRODUCT), self.text(layout.EVALUATOR)
        sheet = ScoreSheet(
            self.the_set.id,
            choices,
            findings,
            product=product,
            product_code=self.code(),
            evaluator=evaluator,
            purpose=self.purpose(),
        )
        self.rules(sheet)
        order = {cell.at: place for place, (_, cell) in enumerate(self.form.cells)}
        self.problems.sort(key=lambda problem: order.get(problem.pointer, -1))
        return sheet

    def tell(self, code: str, cell: Cell, got: object = None, **values: Any) -> None:
        """Keep a problem with a cell; of a value that is no text, `got` is what the user sees."""
        self.problems.append(Problem.of(code, cell.at, got=None if got is None else _seen(got), **values))

    def purpose(self) -> Purpose:
        """Return what the form says that it is for; an evaluation, where it says nothing."""
        cell = self.cells.get(layout.PURPOSE)
        if cell is None or cell.value in ("", Purpose.EVALUATION.value):
            return Purpose.EVALUATION
        if cell.value != Purpose.PRACTICE.value:
            expected = " | ".join(each.value for each in Purpose)
            self.tell("value-not-allowed", cell, cell.value, expected=expected)
        return Purpose.PRACTICE

    def text(self, key: str) -> str:
        """Return a text of the form's head; a row that was deleted is an empty one."""
        cell = self.cells.get(key, Cell("", self.form.at))
        if isinstance(cell.value, Unread):
            self.tell(cell.value.value, cell)
        elif not isinstance(cell.value, str):
            self.tell("value-not-text", cell, cell.value)
        else:
            return layout.normal(cell.value)
        return ""

    def code(self) -> ProductCode | None:
        text = self.text(layout.PRODUCT_CODE)
        if not text:
            return None
        try:
            return ProductCode.parse(text)
        except ConversionError:
            self.tell("value-bad-form", self.cells[layout.PRODUCT_CODE], text, expected="79-25750-2-2026")
            return None

    def choice(self, criterion: Criterion) -> Choice:
        """Return what was chosen in a criterion; what is not understood is not filled in."""
        code = criterion.code
        cell = self.cells.get(layout.CRITERION + code)
        if cell is None:
            self.problems.append(Problem.of("form-row-missing", self.form.at, criterion=code))
            return UNFILLED
        value = cell.value
        if isinstance(value, Unread):
            self.begun = True
            self.tell(value.value, cell)
            return UNFILLED
        text = layout.normal(value) if isinstance(value, str) else None
        if text == "":
            self.tell("form-choice-blank", cell, criterion=code)
            return UNFILLED
        self.begun = True
        expected = ", ".join((*criterion.letters, layout.NONE))
        if text is None or _NUMBER.fullmatch(text):
            self.tell("choice-not-a-letter", cell, value, criterion=code, expected=expected)
            return UNFILLED
        # A letter is taken as it is: a capital may be a slip, and is told.
        if text in criterion.letters:
            return _chosen(text, criterion)
        letters = tuple(filter(None, _SEVERAL.split(text)))
        if len(letters) > 1 and set(letters) <= set(criterion.letters):
            return letters
        known: Mapping[str, str | None] = layout.known_words(criterion) | dict(_offered(cell.offered, criterion))
        if len(text) > 1 and match_key(text) in known:
            return _chosen(known[match_key(text)], criterion)
        hint = nearest(text, criterion.letters) or known.get(nearest(match_key(text), known) or "")
        self.tell("option-unknown", cell, text, criterion=code, expected=expected, hint=hint)
        return UNFILLED

    def findings(self) -> Iterator[str]:
        for key, cell in self.cells.items():
            cause = key.removeprefix(layout.FINDING)
            if cause == key:
                continue
            value = "true" if cell.value is True else "" if cell.value is False else cell.value
            word = layout.normal(value).casefold() if isinstance(value, str) else None
            if word in layout.YES_WORDS:
                self.begun = True
                yield cause
            elif isinstance(value, Unread):
                self.tell(value.value, cell)
            elif word not in layout.NO_WORDS:
                self.begun = True
                self.tell("form-finding-unclear", cell, value, expected="có, yes, x")

    def unknown_criteria(self) -> None:
        codes = [criterion.code for criterion in self.the_set.criteria]
        named = ((key.removeprefix(layout.CRITERION), key, cell) for key, cell in self.cells.items())
        unknown = [(code, cell) for code, key, cell in named if code != key and code not in codes]
        for place, (code, cell) in enumerate(unknown):
            hint = nearest(code, codes) if place < MAX_HINTS else None
            self.tell("criterion-unknown", cell, code, set=self.the_set.id, hint=hint)

    def rules(self, sheet: ScoreSheet) -> None:
        """Tell what `ocop.score` would refuse, at the cell; what is told already is left out."""
        places = {pointer("choices", code): layout.CRITERION + code for code in sheet.choices}
        places |= {pointer("findings", index): layout.FINDING + each for index, each in enumerate(sheet.findings)}
        for problem in check(sheet.choices, sheet.findings, self.the_set):
            if problem.code != "choice-empty":
                # A tick among several has no cell of its own, only the criterion has.
                at = problem.pointer if problem.pointer in places else problem.pointer.rpartition("/")[0]
                cell = self.cells[places[at]]
                self.problems.append(Problem(problem.code, cell.at, problem.message, *_rest(problem)))


def _chosen(letter: str | None, criterion: Criterion) -> Choice:
    """Return one letter, or None, as a choice: where ticks add up, a letter is one tick."""
    return (letter,) if criterion.additive and letter is not None else letter


def _rest(problem: Problem) -> tuple[str | None, str | None, str | None]:
    expected = problem.expected and problem.expected.replace("null", layout.NONE)
    return expected, problem.got, problem.hint


def _offered(lines: str, criterion: Criterion) -> Iterator[tuple[str, str]]:
    """Yield the options as an older form prints them, whose words may since have been improved."""
    for line in lines.splitlines():
        letter = line.partition(")")[0]
        if letter in criterion.letters:
            yield match_key(line), letter


def _seen(value: object) -> str:
    """Return a value as its user sees it: 5 for the number 5.0, a day as YYYY-MM-DD."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, (date, time)) else shortened(value)
