"""Marking in a copy of a user's workbook what a report found wrong in it."""

import io
import re
import warnings
import zipfile
from typing import Any, Final

from attrs import evolve

from ocop.adapters.byte_files import Source, Target, put, subject_of, take
from ocop.adapters.excel_safety import opened, packed
from ocop.adapters.excel_writing import cell_text, library
from ocop.errors import DocumentError, Problem, Report
from ocop.text import Language, nfc

_AUTHOR: Final = "ocop"
_COLOUR: Final = "FFF4B6B6"
_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_TOP: Final = (2, 2)
"""Row and column of the heading, where a problem of the whole sheet is marked."""
_SIZE: Final = {"width": 320, "height": 140}
_MOST: Final = 2000
"""How many characters of a comment are kept."""


def write_back(report: Report, path: Source, out: Target, lang: Language | None = None) -> tuple[Problem, ...]:
    """Write a copy of a workbook in which each cell with a problem is coloured and has a comment that says it.

    Return the problems that have no cell: those of the file as a whole, and of sheets that it does not have.

    Args:
        report: what `read_score_sheets` found in the workbook.
        path: the workbook: a path, or its bytes.
        out: where the copy goes: a path, or a file open for writing bytes.
        lang: the language of the comments; None is the report's own.

    Raises:
        DocumentError: for a workbook that cannot be read, or not safely.
        MissingExtraError: without the extra ``excel``.

    >>> import io
    >>> from ocop.adapters.excel import read_score_sheets, write_score_sheet
    >>> form, marked = io.BytesIO(), io.BytesIO()
    >>> write_score_sheet(form, "qd26-2026/tea", ["An"])
    >>> write_back(read_score_sheets(form.getvalue()).report, form.getvalue(), marked)
    ()
    """
    openpyxl, comments, styles = (library(name) for name in ("openpyxl", "openpyxl.comments", "openpyxl.styles"))
    parts = opened(take(path))
    with warnings.catch_warnings():
        # What openpyxl cannot keep, it tells by warnings, which are nothing to the user of this copy.
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(packed(parts)))
        except Exception:  # it fails in many ways at what was never a workbook
            raise DocumentError(Report([Problem.of("workbook-broken")], subject_of(path))) from None
    language = lang or report.lang
    fill = styles.PatternFill("solid", fgColor=_COLOUR)
    told: dict[tuple[str, str], list[str]] = {}
    lost: list[Problem] = []
    for problem in report.problems:
        cell = _cell(book, problem.pointer)
        if cell is None:
            lost.append(problem)
            continue
        place = cell.parent.title, cell.coordinate
        told.setdefault(place, [cell.comment.text] if cell.comment else [])
        told[place].append(evolve(problem, pointer="").text(language))
        cell.fill = fill
    for (sheet, coordinate), texts in told.items():
        text = cell_text("\n".join(texts)[:_MOST])
        book[sheet][coordinate].comment = comments.Comment(text, _AUTHOR, **_SIZE)
    buffer = io.BytesIO()
    book.save(buffer)
    put(out, _without_clock(buffer.getvalue()))
    return tuple(lost)


def _cell(book: Any, at: str) -> Any:
    """Return the cell that a pointer of sheet, row and column title means, or None."""
    name, *steps = [nfc(step.replace("~1", "/").replace("~0", "~")) for step in at.split("/")[1:]] or [""]
    sheet = next((each for each in book.worksheets if nfc(each.title) == name), None)
    if sheet is None:
        return None
    place = _place(sheet, *steps) if len(steps) == 2 and steps[0].isdecimal() else _TOP
    cell = sheet.cell(*place)
    # Of merged cells, only the first can be marked.
    areas = (area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return next((sheet.cell(area.min_row, area.min_col) for area in areas), cell)


def _place(sheet: Any, number: str, title: str) -> tuple[int, int]:
    """Return the row and the column of a cell, whose title stands above it, or before it in its row."""
    row = int(number)
    for above in range(min(row, sheet.max_row), 0, -1):
        for cell in sheet[above]:
            if isinstance(cell.value, str) and nfc(cell.value) == title:
                return row, cell.column
    return _TOP


def _without_clock(data: bytes) -> bytes:
    """Return a workbook without the time at which it was saved: the same content, the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CORE] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", parts[_CORE])
    return packed(parts)
