"""Marking in a copy of a user's workbook what a report found wrong in it."""

import io
import re
import warnings
import zipfile
from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Final

from attrs import evolve

from ocop.adapters.byte_files import Source, Target, put, subject_of, take
from ocop.adapters.excel_safety import opened, packed
from ocop.adapters.excel_writing import cell_text, library
from ocop.adapters.markup import visible
from ocop.errors import DocumentError, Problem, Report
from ocop.text import Language, nfc

_AUTHOR: Final = "ocop"
_COLOUR: Final = "FFF4B6B6"
_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL: Final = rb"http://schemas.openxmlformats.org/\1/2006/\2"
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
    # openpyxl finds nothing in a workbook that was saved as "strict", whose parts have names of another family.
    parts = {name: _STRICT.sub(_USUAL, content) for name, content in opened(take(path)).items()}
    with warnings.catch_warnings():
        # What openpyxl cannot keep, it tells by warnings, which are nothing to the user of this copy.
        warnings.simplefilter("ignore")
        book = _try(lambda: openpyxl.load_workbook(io.BytesIO(packed(parts))), path)
    language = lang or report.lang
    fill = styles.PatternFill("solid", fgColor=_COLOUR)
    told: dict[tuple[str, str], list[str]] = {}
    lost: list[Problem] = []
    sheets = {nfc(sheet.title): _Sheet(sheet) for sheet in reversed(book.worksheets)}
    for problem in report.problems:
        given = problem.pointer.split("/")[1:] or [""]
        name, *steps = [nfc(step.replace("~1", "/").replace("~0", "~")) for step in given]
        if name not in sheets:
            lost.append(problem)
            continue
        cell = sheets[name].cell(*steps)
        place = cell.parent.title, cell.coordinate
        told.setdefault(place, [cell.comment.text] if cell.comment else [])
        told[place].append(evolve(problem, pointer="").text(language))
        cell.fill = fill
    for (sheet, coordinate), texts in told.items():
        text = cell_text(visible("\n".join(texts))[:_MOST])
        book[sheet][coordinate].comment = comments.Comment(text, _AUTHOR, **_SIZE)
    buffer = io.BytesIO()
    _try(lambda: book.save(buffer), path)
    put(out, _without_clock(buffer.getvalue()))
    return tuple(lost)


def _try(step: Callable[[], Any], path: Source) -> Any:
    """Return what a step of openpyxl's gives; it fails in many ways at what was never a workbook."""
    try:
        return step()
    except Exception:
        raise DocumentError(Report([Problem.of("workbook-broken")], subject_of(path))) from None


class _Sheet:
    """One sheet of the copy, in which many cells are looked for."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.first = {place: (area.min_row, area.min_col) for area in sheet.merged_cells.ranges for place in area.cells}
        """By each merged cell the first one of its area: only that one can be marked."""
        self.texts: dict[str, list[tuple[int, int]]] = {}
        """By a text the rows and columns of its cells, the columns below 0, so that the first of a row comes last."""
        # Rows would be made up to the last column, cell by cell.
        for (row, column), cell in sheet._cells.items():
            if isinstance(cell.value, str):
                self.texts.setdefault(nfc(cell.value), []).append((row, -column))
        for places in self.texts.values():
            places.sort()

    def cell(self, *steps: str) -> Any:
        """Return the cell that the steps of a pointer within the sheet mean; where they mean none, its heading."""
        place = self.place(*steps) if len(steps) == 2 and steps[0].isdecimal() else _TOP
        return self.sheet.cell(*self.first.get(place, place))

    def place(self, number: str, title: str) -> tuple[int, int]:
        """Return the row and the column of a cell, whose title stands above it, or before it in its row."""
        row, places = int(number), self.texts.get(title, [])
        above = bisect_right(places, (row, 0))
        return (row, -places[above - 1][1]) if above else _TOP


def _without_clock(data: bytes) -> bytes:
    """Return a workbook without the time at which it was saved: the same content, the same bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[_CORE] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", parts[_CORE])
    return packed(parts)
