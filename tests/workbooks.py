"""Workbooks for the tests: forms filled in as a person would, and archives that nobody should open."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from ocop.adapters import form_layout as layout
from ocop.adapters.excel import write_score_sheet

openpyxl = pytest.importorskip("openpyxl", reason="the extra excel is not installed")
pytest.importorskip("xlsxwriter", reason="the extra excel is not installed")
pytest.importorskip("python_calamine", reason="the extra excel is not installed")

TEA = "qd26-2026/tea"
CHOICE = 5
"""The column of answers, as openpyxl counts."""


def form(members: tuple[str, ...] = ("An",), criteria_set: Any = TEA, **options: Any) -> bytes:
    """Return a form as it is handed out."""
    file = io.BytesIO()
    write_score_sheet(file, criteria_set, members, **options)
    return file.getvalue()


def edited(data: bytes, *edits: Callable[[Any], None]) -> bytes:
    """Return a workbook after somebody edited it with openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for edit in edits:
        edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rows_of(sheet: Any) -> dict[str, int]:
    """Return by each key its row, as Excel counts."""
    return {cell.value: cell.row for (cell,) in sheet.iter_rows(max_col=1) if cell.value}


def answer(answers: Mapping[str, Any], sheet: int = 0) -> Callable[[Any], None]:
    """Return an edit that fills in answers by key; a criterion's key is its code."""

    def edit(book: Any) -> None:
        target = book.worksheets[sheet]
        rows = rows_of(target)
        for key, value in answers.items():
            head = key in (layout.PRODUCT, layout.PRODUCT_CODE, layout.EVALUATOR)
            full = key if head or key.startswith(layout.FINDING) else layout.CRITERION + key
            target.cell(rows[full], CHOICE - head).value = value

    return edit


def on_sheet(action: Callable[[Any], object], sheet: int = 0) -> Callable[[Any], None]:
    """Return an edit that does something to one sheet."""

    def edit(book: Any) -> None:
        action(book.worksheets[sheet])

    return edit


def parts_of(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one part replaced, changed or added."""
    parts = parts_of(data)
    parts[name] = content if isinstance(content, bytes) else content(parts[name])
    return zipped(parts)
