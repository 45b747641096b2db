"""What a report found is marked in a copy of the user's workbook, which otherwise stays as it is."""

import io
import time
from pathlib import Path
from typing import Any

import pytest

import ocop
from ocop.adapters.excel import read_score_sheets, write_back
from ocop.errors import DocumentError, Problem, Report
from workbooks import CHOICE, answer, edited, form, on_sheet, openpyxl, parts_of, rows_of, with_part, zipped

LETTERS = dict(ocop.load("docs/examples/tea.json").choices)
FAULTY = edited(form(("=1+1", "Bình")), answer(LETTERS | {"1.1": "D", "1.2": 5, "evaluator": 7}))
RED = "FFF4B6B6"


def marked(data: bytes, report: Report | None = None, **options: Any) -> tuple[Any, tuple[Problem, ...]]:
    file = io.BytesIO()
    lost = write_back(report or read_score_sheets(data).report, data, file, **options)
    return openpyxl.load_workbook(io.BytesIO(file.getvalue())), lost


def comments_of(book: Any) -> dict[str, str]:
    return {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_cells_with_problems_are_marked() -> None:
    book, lost = marked(FAULTY)
    assert lost == ()
    assert comments_of(book) == {
        "=1+1!B6": "Giá trị phải là văn bản. Nhận được: 7. [value-not-text]",
        "=1+1!E12": 'Tiêu chí 1.1 không có phương án này. Cần: a, b, c, none. Nhận được: "D". [option-unknown]',
        "=1+1!E13": "Lựa chọn ở tiêu chí 1.2 phải là chữ cái của phương án. Cần: a, b, c, none. Nhận được: 5. "
        "[choice-not-a-letter]",
        "Bình!B2": "Phiếu này chưa chấm tiêu chí nào. [form-not-begun]",
    }
    sheet = book["=1+1"]
    assert {sheet[cell].fill.fgColor.rgb for cell in ("B6", "E12", "E13")} == {RED}
    assert sheet["E14"].fill.fgColor.rgb != RED


def test_comments_are_in_the_language_asked_for() -> None:
    book, _ = marked(FAULTY, lang="en")
    assert comments_of(book)["Bình!B2"] == "Nothing is filled in yet. [form-not-begun]"
    english = read_score_sheets(FAULTY, lang="en").report
    assert comments_of(marked(FAULTY, english)[0]) == comments_of(book)


def test_the_copy_is_read_as_the_original_is() -> None:
    file = io.BytesIO()
    reading = read_score_sheets(FAULTY)
    write_back(reading.report, FAULTY, file)
    assert read_score_sheets(file.getvalue()) == reading
    book = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
    original = openpyxl.load_workbook(io.BytesIO(FAULTY))
    for sheet, before in zip(book, original, strict=True):
        assert [[cell.value for cell in row] for row in sheet] == [[cell.value for cell in row] for row in before]
        rules = [len(each.data_validations.dataValidation) for each in (sheet, before)]
        assert rules[0] == rules[1]


def test_texts_stay_texts_in_the_copy() -> None:
    data = edited(form(("An",), product="=1+1"), answer({"1.1": "D"}))
    file = io.BytesIO()
    write_back(read_score_sheets(data).report, data, file)
    cell = openpyxl.load_workbook(io.BytesIO(file.getvalue())).active["D4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_same_workbook_gives_the_same_bytes(tmp_path: Path) -> None:
    report = read_score_sheets(FAULTY).report
    (tmp_path / "in.xlsx").write_bytes(FAULTY)
    write_back(report, FAULTY, tmp_path / "a.xlsx")
    write_back(report, tmp_path / "in.xlsx", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (
        b"2000-01-01T00:00:00Z</dcterms:modified>" in parts_of((tmp_path / "a.xlsx").read_bytes())["docProps/core.xml"]
    )


def test_several_problems_of_a_cell_stand_below_its_own_comment() -> None:
    def remark(sheet: Any) -> None:
        sheet["E12"].comment = openpyxl.comments.Comment("đã hỏi lại", "An")

    twice = read_score_sheets(FAULTY).report
    book, _ = marked(edited(FAULTY, on_sheet(remark)), twice + twice, lang="en")
    lines = comments_of(book)["=1+1!E12"].splitlines()
    assert lines[0] == "đã hỏi lại"
    assert len(lines) == 3
    assert (
        lines[1] == lines[2] == 'Criterion 1.1 has no such option. Expected: a, b, c, none. Got: "D". [option-unknown]'
    )


def test_a_merged_cell_is_marked_where_it_can_be() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells(start_row=14, end_row=15, start_column=CHOICE, end_column=CHOICE)

    data = edited(form(), answer(LETTERS), on_sheet(merge))
    assert list(comments_of(marked(data)[0])) == ["An!E14"]


def test_what_has_no_cell_is_given_back() -> None:
    pointers = [
        "",
        "/Chi/12/Phương án chọn",
        "/choices/1.1",
        "/Bình/x/y",
        "/Bình/9999/z",
        "/Bình/12/z",
        "/Bình/0/z",
        "/Bình/1/2/3",
    ]
    report = Report([Problem.of("json-empty", at) for at in pointers])
    book, lost = marked(FAULTY, report)
    assert [problem.pointer for problem in lost] == pointers[:3]
    assert list(comments_of(book)) == ["Bình!B2"]
    assert len(comments_of(book)["Bình!B2"].splitlines()) == 5


def test_a_long_report_is_cut_in_a_comment() -> None:
    report = Report([Problem.of("json-empty", "/Bình")] * 1000)
    assert len(comments_of(marked(FAULTY, report)[0])["Bình!B2"]) == 2000


def test_an_unsafe_or_broken_workbook_is_refused() -> None:
    with pytest.raises(DocumentError, match="workbook-macros"):
        write_back(Report(), with_part(FAULTY, "xl/vbaProject.bin", b""), io.BytesIO())
    with pytest.raises(DocumentError, match="workbook-broken"):
        write_back(Report(), with_part(FAULTY, "xl/styles.xml", b"<"), io.BytesIO())
    with pytest.raises(DocumentError, match="file-not-found"):
        write_back(Report(), "no.xlsx", io.BytesIO())


def test_a_workbook_without_a_sheet_to_show_is_refused() -> None:
    hidden = with_part(
        form(), "xl/workbook.xml", lambda old: old.replace(b'sheetId="1"', b'sheetId="1" state="hidden"')
    )
    assert read_score_sheets(hidden).report.ok is False
    with pytest.raises(DocumentError, match="workbook-broken"):
        write_back(Report(), hidden, io.BytesIO())


def test_a_workbook_saved_as_strict_keeps_its_cells() -> None:
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/", b"http://purl.oclc.org/ooxml/spreadsheetml/"
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
        )
        for name, content in parts_of(FAULTY).items()
    }
    data = zipped(strict)
    reading = read_score_sheets(data)
    assert reading == read_score_sheets(FAULTY)
    file = io.BytesIO()
    write_back(reading.report, data, file)
    assert read_score_sheets(file.getvalue()) == reading


def test_a_comment_has_no_characters_that_xml_has_not() -> None:
    book, _ = marked(FAULTY, Report([Problem.of("json-empty", "/Bình", got="a\x00\x07\x1b\ufffe")]), lang="en")
    assert comments_of(book)["Bình!B2"] == "The input is empty. Got: a[U+0000][U+0007][U+001B]\ufffd. [json-empty]"


def test_many_problems_far_from_their_titles_take_little_time() -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_cells("J100:K5000")
        for row in range(100, 4000):
            sheet.cell(row, 1, f"criterion:x{row}")

    data = edited(form(), answer({"1.1": "D"}), on_sheet(fill))
    report = read_score_sheets(data).report
    assert report.codes.count("criterion-unknown") == 3900
    assert [problem.hint for problem in report.problems if problem.code == "criterion-unknown"][50:] == [None] * 3850
    start = time.perf_counter()
    assert marked(data, report)[1] == ()
    assert time.perf_counter() - start < 30


def test_titles_are_looked_for_above_the_cell() -> None:
    assert rows_of(openpyxl.load_workbook(io.BytesIO(FAULTY)).worksheets[0])["titles"] == 9
