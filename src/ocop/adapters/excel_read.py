"""Reading the forms that council members filled in, and marking what is wrong in a copy of their workbook."""

import io
from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Any, Final

from ocop.adapters import form_layout as layout
from ocop.adapters.byte_files import Source, subject_of, take
from ocop.adapters.excel_safety import Place, for_the_parser, opened, unread_cells
from ocop.adapters.excel_writing import library
from ocop.adapters.form_reading import Cell, Form, Reading, Unread, read_forms
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError, Problem, Report, pointer
from ocop.text import LANGUAGES, Language, checked_language, match_key

_MARK_WITHIN: Final = 20
"""The mark stands in one of so many first rows, in case somebody inserts some above."""


def read_score_sheets(path: Source, catalog: Catalog = PACKAGED, *, lang: Language = "vi") -> Reading:
    """Return the score sheets of a workbook that `write_score_sheet` wrote and members filled in, with a report.

    An answer is a line of the dropdown, or an option's letter; blank is not filled in, which is a problem like any
    other. Sheets may be renamed, rows moved, rows and columns inserted. Points and totals are not read.

    Nothing is raised for bad data: a workbook that is unsafe or broken gives no sheets and a report that says so. Where
    the report is ok, every sheet can be scored. A form that nobody began to fill in gives no sheet, and a note.

    Args:
        path: a path, or the bytes of a workbook.
        catalog: where criteria sets are looked up.
        lang: the language in which the report prints itself.

    Raises:
        MissingExtraError: without the extra ``excel``.
        ValueError: for another language.

    >>> import io
    >>> from ocop.adapters.excel import write_score_sheet
    >>> file = io.BytesIO()
    >>> write_score_sheet(file, "qd26-2026/tea", ["An"])
    >>> sheets, report = read_score_sheets(file.getvalue(), lang="en")
    >>> sheets
    ()
    >>> print(report)
    1 problem
      /An: Nothing is filled in yet. [form-not-begun]
    """
    lang = checked_language(lang)
    parser = library("python_calamine")
    subject = subject_of(path)
    try:
        forms, problems = _forms(take(path), parser)
    except DocumentError as error:
        return Reading((), Report(error.report.problems, subject, lang))
    sheets, found = read_forms(forms, catalog)
    return Reading(tuple(sheets), Report([*problems, *found], subject, lang))


def _forms(data: bytes, parser: Any) -> tuple[list[Form], list[Problem]]:
    """Return the forms in a workbook, and what about its sheets is odd."""
    parts = opened(data)
    unread = unread_cells(parts)
    forms: list[Form] = []
    problems: list[Problem] = []
    try:
        with parser.CalamineWorkbook.from_filelike(io.BytesIO(for_the_parser(parts))) as book:
            for known in book.sheets_metadata:
                if known.typ != parser.SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(known.name)
                rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
                form = _Grid(known.name, rows, unread.get(known.name, set()), sheet.merged_cell_ranges or []).form()
                shown = known.visible == parser.SheetVisibleEnum.Visible
                if isinstance(form, Form):
                    forms.append(form)
                    if not shown:
                        problems.append(Problem.of("form-sheet-hidden", form.at, note=True))
                elif shown or not form.note:
                    problems.append(form)
    except parser.CalamineError:
        raise DocumentError(Report([Problem.of("workbook-broken")])) from None
    if not forms and Report(problems).ok:
        problems.append(Problem.of("form-none"))
    return forms, problems


class _Grid:
    """The cells of one sheet."""

    def __init__(
        self, name: str, rows: Sequence[Sequence[Any]], unread: set[Place], merged: Sequence[tuple[Place, Place]]
    ) -> None:
        self.name = name
        self.rows = rows
        self.unread = unread
        self.covered = {place for area in merged for place in _covered(*area)}

    def form(self) -> Form | Problem:
        """Return the form on this sheet, or why there is none."""
        mark = next((row for row in self.rows[:_MARK_WITHIN] if row[:1] == [layout.MARK]), None)
        titles = next((place for place, row in enumerate(self.rows) if _column(row, "choice") is not None), None)
        at = pointer(self.name)
        if mark is None:
            # A form whose first row or column was deleted must not be passed over like a sheet with notes.
            code = "form-sheet-skipped" if titles is None else "form-mark-missing"
            return Problem.of(code, at, note=titles is None)
        if titles is None:
            return Problem.of(
                "column-missing", at, name=" / ".join(layout.TEXTS["choice"].get(each) for each in LANGUAGES)
            )
        # The cells beside the mark, though somebody may have inserted columns.
        criteria_set, digest, *_ = [*(layout.normal(str(value)) for value in mark[1:] if value != ""), "", ""]
        return Form(at, criteria_set, digest, tuple(self._cells(titles)))

    def _cells(self, titles: int) -> Iterator[tuple[str, Cell]]:
        choice, options = (_column(self.rows[titles], name) for name in ("choice", "options"))
        title = str(self.rows[titles][choice or 0])
        for place, row in enumerate(self.rows):
            key = row[0] if row and isinstance(row[0], str) else ""
            if not layout.is_key(key):
                continue
            if key in (layout.PRODUCT, layout.PRODUCT_CODE, layout.EVALUATOR):
                yield key, self._head(key, place)
            else:
                offered = "" if options is None else str(row[options])
                yield key, Cell(self._value(place, choice or 0), pointer(self.name, place + 1, title), offered)

    def _head(self, key: str, place: int) -> Cell:
        """Return the first cell of a row, beside its key and its label, that holds something."""
        labels = {match_key(layout.say(key, lang)): layout.say(key, lang) for lang in LANGUAGES}
        label = key
        found: Any = ""
        for column in range(1, len(self.rows[place])):
            value = self._value(place, column)
            if isinstance(value, str) and match_key(value) in labels:
                label = value
            elif found == "" and not (value is Unread.MERGED or value == ""):
                found = value
        return Cell(found, pointer(self.name, place + 1, label))

    def _value(self, row: int, column: int) -> Any:
        if (row, column) in self.unread:
            return Unread.FORMULA
        value = self.rows[row][column]
        return Unread.MERGED if value == "" and (row, column) in self.covered else value


def _covered(first: Place, last: Place) -> Iterator[Place]:
    """Yield the cells of a merged area but for the one that holds its value."""
    places = product(range(first[0], last[0] + 1), range(first[1], last[1] + 1))
    yield from islice(places, 1, None)


def _column(row: Sequence[Any], name: str) -> int | None:
    """Return the column with a title, in either language."""
    wanted = {match_key(layout.say(name, lang)) for lang in LANGUAGES}
    found = (place for place, value in enumerate(row) if isinstance(value, str) and match_key(value) in wanted)
    return next(found, None)
