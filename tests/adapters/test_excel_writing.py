import io
from fractions import Fraction
from typing import Any

import pytest

from ocop.adapters.excel_writing import Book, cell_text, sheet_name
from ocop.errors import ConversionError
from workbooks import openpyxl, parts_of

NASTY = ["=1+1", "@SUM(A1)", "+1", "-1", "\t=1", "{=1}", "https://example.org", "mailto:a@b.vn", "internal:A1", "007"]


def saved(book: Book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_texts_stay_texts() -> None:
    book = Book()
    sheet = book.sheet("a", "a")
    for row, text in enumerate([*NASTY, "_x0041_", "a\x07b", "<b>]]>&amp;"]):
        sheet.text(row, 0, text)
        sheet.merged(row, 1, 2, text)
    data = saved(book)
    read = openpyxl.load_workbook(io.BytesIO(data)).active
    for row, text in enumerate(NASTY, 1):
        for column in (1, 2):
            cell = read.cell(row, column)
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    calamine = pytest.importorskip("python_calamine")
    (rows,) = [calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()]
    assert [row[0] for row in rows[-3:]] == ["_x0041_", "a\x07b", "<b>]]>&amp;"]
    assert b"<f>" not in parts_of(data)["xl/worksheets/sheet1.xml"]


def test_the_same_cells_are_the_same_bytes() -> None:
    def made() -> bytes:
        book = Book()
        sheet = book.sheet("a", "a")
        sheet.number(0, 0, Fraction(1, 3), book.look(bold=True))
        sheet.formula(1, 0, "=A1", book.look(bold=True))
        return saved(book)

    assert made() == made()


def test_texts_that_no_cell_can_hold_are_refused() -> None:
    assert cell_text("x" * 32_767 + "\ud800"[:0]) == "x" * 32_767
    assert cell_text("\ud800") == "\ufffd"
    for text in ("x" * 32_768, "\U0001f375" * 16_384):
        with pytest.raises(ConversionError, match="a cell of a workbook holds up to 32,767 characters; got a text of"):
            cell_text(text)


@pytest.mark.parametrize(("wanted", "taken", "name"), [
    ("An", [], "An"), ("An", ["an"], "An (2)"), ("An", ["an", "AN (2)"], "An (3)"),
    ("a:b\\c*d?e[f]g/h", [], "a b c d e f g h"),
    ("'An'", [], "An"), ("History", [], "History (2)"), ("\x00\x1f", [], "-"), ("", ["-"], "- (2)"),
    ("x" * 40, [], "x" * 31), ("x" * 40, ["x" * 31], "x" * 27 + " (2)"), ("🍵" * 20, [], "🍵" * 15),
    ("An" * 600, [], "An" * 15 + "A"),
])  # fmt: skip
def test_sheets_get_names_that_they_may_have(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, "-", taken) == name
    book = Book()
    assert book.sheet(wanted, "-").name == sheet_name(wanted, "-", [])
    assert saved(book)


def test_what_the_writer_refuses_is_an_error() -> None:
    sheet = Book().sheet("a", "a")
    with pytest.raises(ConversionError, match="the workbook's writer refused write_number with the code -1"):
        sheet.number(1_048_576, 0, 1)
    with pytest.raises(ConversionError, match="refused write_blank with the code -1"):
        sheet.text(0, 16_384, "", object())


def test_a_name_that_is_refused_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    book: Any = Book()
    monkeypatch.setattr(book._book, "define_name", lambda *_: -1)
    with pytest.raises(ConversionError, match="refused define_name with the code -1"):
        book.name("a", "=A1")
