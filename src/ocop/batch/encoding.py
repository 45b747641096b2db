"""From sheets and tables to codes: a column of bytes for each sheet."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ocop.criteria.model import CriteriaSet, Criterion
from ocop.errors import ConversionError, Problem, Report, SheetError, nearest, pointer, shortened
from ocop.scoring.checks import MAX_HINTS, check
from ocop.scoring.sheet import UNFILLED, ScoreSheet

Codes: TypeAlias = NDArray[np.int8]
Bytes: TypeAlias = NDArray[np.uint8]
Flags: TypeAlias = NDArray[np.bool_]

MISSING: Final = -1
"""The code of a criterion that is not filled in."""

WRONG: Final = -128
"""The code of what is neither an option nor missing, while a column is read; no code that leaves this module."""

MAX_ROWS: Final = 50
"""How many wrong values of a column are told one by one; the rest are counted."""

_LEFT_OPEN: Final = {"criterion-missing", "choice-empty", "depends-on-criterion"}
"""What `encode` does not refuse, because `score` tells it: the sheet is not complete."""


class Encoder:
    """Turns sheets and tables into the codes of one criteria set."""

    def __init__(self, criteria_set: CriteriaSet) -> None:
        self.criteria_set = criteria_set
        """The set."""
        self._codes = {criterion.code for criterion in criteria_set.criteria}
        self._places: list[dict[Any, int]] = [
            {None: 0, UNFILLED: MISSING, **{letter: place for place, letter in enumerate(criterion.letters, 1)}}
            for criterion in criteria_set.criteria
        ]

    def encode(self, sheets: Iterable[ScoreSheet]) -> Codes:
        """Return the codes of sheets, one column for each: shape (criteria, sheets), int8, C order.

        A criterion that is absent or not filled in has the code -1. Findings are no part of the codes; see `findings`.

        Raises:
            SheetError: for sheets of another set, unknown criteria or options; the report's pointers begin with the
                place of the sheet.
        """
        codes, problems = array("b"), list[Problem]()
        rows = [
            (criterion.code, places) for criterion, places in zip(self.criteria_set.criteria, self._places, strict=True)
        ]
        for index, sheet in enumerate(sheets):
            choices = sheet.choices
            try:
                column = [places[choices.get(code, UNFILLED)] for code, places in rows]
            except (KeyError, TypeError):
                column = []
            if len(column) == len(rows) and choices.keys() <= self._codes:
                codes.extend(column)
                wrong = list[Problem]()
            else:
                wrong = [each for each in check(choices, (), self.criteria_set) if each.code not in _LEFT_OPEN]
            problems += [each.below(pointer(index)) for each in (*self._foreign(sheet), *wrong)]
        refuse(problems)
        return np.ascontiguousarray(np.frombuffer(codes, np.int8).reshape(-1, len(rows)).T)

    def findings(self, sheets: Iterable[ScoreSheet]) -> Flags:
        """Return which sheets list findings, and so have no star: shape (sheets,), bool.

        Raises:
            SheetError: for sheets of another set, unknown or repeated findings; the report's pointers begin with the
                place of the sheet.
        """
        found, problems = list[bool](), list[Problem]()
        for index, sheet in enumerate(sheets):
            found.append(bool(sheet.findings))
            wrong = check({}, sheet.findings, self.criteria_set) if sheet.findings else ()
            listed = [each for each in wrong if each.pointer.startswith("/findings")]
            problems += [each.below(pointer(index)) for each in (*self._foreign(sheet), *listed)]
        refuse(problems)
        return np.array(found, np.bool_)

    def _foreign(self, sheet: ScoreSheet) -> Iterator[Problem]:
        if sheet.criteria_set != self.criteria_set.id:
            yield Problem.of("set-unknown", "/criteria_set", expected=self.criteria_set.id, got=sheet.criteria_set)

    def encode_columns(self, columns: Mapping[str, Any]) -> Codes:
        """Return the codes of a table that has a column for each criterion: shape (criteria, sheets), int8, C order.

        A column is a list, a numpy array, or a column of pandas, polars or the like. It holds letters, None where no
        option is met and ``""`` where nothing is filled in; or codes, as integers. Nothing else is understood: not
        NaN, which many tools put for None, nor 1.0.

        Raises:
            SheetError: for columns that are missing or unknown, or values that are neither; the report's pointers are
                the column and the row. Of a column's wrong values, the first 50 are told and the rest counted.
            ConversionError: for a column that is no column, or columns that differ in length.
        """
        codes, problems = list[Codes](), list[Problem]()
        for code in columns:
            if code not in self._codes:
                hint = nearest(code, self._codes)
                where = pointer(str(code))
                problems.append(Problem.of("criterion-unknown", where, set=self.criteria_set.id, hint=hint))
        for criterion, places in zip(self.criteria_set.criteria, self._places, strict=True):
            if criterion.code in columns:
                codes.append(_column(criterion, places, columns[criterion.code], problems))
            else:
                problems.append(
                    Problem.of("criterion-missing", pointer(criterion.code), criterion=criterion.code),
                )
        refuse(problems)
        if len(lengths := {len(column) for column in codes}) > 1:
            raise ConversionError(f"the columns differ in length: {', '.join(map(str, sorted(lengths)))} rows")
        return np.stack(codes)


def _column(criterion: Criterion, places: dict[Any, int], column: Any, problems: list[Problem]) -> Codes:
    """Return the codes of a column, and add what is wrong with its values to `problems`."""
    limit = len(criterion.options)
    values = np.asarray(column) if hasattr(column, "__array__") else column
    if isinstance(values, np.ndarray):
        whole = values.dtype.kind in "iu" and not ((values < MISSING) | (values > limit)).any()
        fits = values.ndim == 1 and not isinstance(column, np.ma.MaskedArray)
    else:
        whole, fits = False, isinstance(values, Sequence) and not isinstance(values, (str, bytes))
    if not fits:
        raise ConversionError(f"expected a column of letters for criterion {criterion.code}; got {shortened(column)}")
    if whole:
        return np.asarray(values, np.int8)
    values = list(values.tolist() if isinstance(values, np.ndarray) else values)
    codes = codes_of(values, places, limit)
    rows = np.flatnonzero(codes == WRONG)
    tell(criterion, [(int(row), values[row]) for row in rows[:MAX_ROWS]], len(rows), problems)
    return codes


def codes_of(values: Sequence[Any], places: dict[Any, int], limit: int) -> Codes:
    """Return the codes of letters and codes, and `WRONG` for what is neither; `limit` is the highest code."""
    try:
        return np.array([places[value] for value in values], np.int8)
    except (KeyError, TypeError):
        pass  # codes among letters, or something wrong
    codes = (_code(value, places, limit) for value in values)
    return np.array([WRONG if code is None else code for code in codes], np.int8)


def tell(criterion: Criterion, wrong: Sequence[tuple[int, Any]], count: int, problems: list[Problem]) -> None:
    """Add the problems of a column to `problems`: the rows in `wrong` one by one, and how many more the `count` has."""
    for row, value in wrong:
        problem = Problem.of(
            "option-unknown" if isinstance(value, str) else "choice-not-a-letter",
            pointer(criterion.code, row),
            criterion=criterion.code,
            expected=", ".join((*criterion.letters, "null")),
            got=shortened(value),
            hint=nearest(value, criterion.letters) if len(problems) < MAX_HINTS else None,
        )
        problems.append(problem)
    if count > len(wrong):
        where = pointer(criterion.code)
        problems.append(Problem.of("column-more", where, criterion=criterion.code, count=count - len(wrong)))


def _code(value: Any, places: dict[Any, int], limit: int) -> int | None:
    """Return the code of a letter, of None or of a code; None for anything else, such as True or 1.0."""
    if value is None or isinstance(value, str):
        return places.get(value)
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool) and MISSING <= value <= limit:
        return int(value)
    return None


def form(value: object) -> str:
    """Return the shape and type of an array, or the type of what is none."""
    return f"{value.shape}, {value.dtype}" if isinstance(value, np.ndarray) else type(value).__name__


def refuse(problems: list[Problem]) -> None:
    """Raise the error that holds every problem, where there is one.

    Raises:
        SheetError: where there is a problem.
    """
    if problems:
        raise SheetError(Report(problems))
