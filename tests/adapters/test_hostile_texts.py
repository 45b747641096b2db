"""Whatever somebody types as a name: wherever a name is shown or written, it is a name, and nothing happens.

Pictures and the report in a browser have tests of their own, in `test_plots` and `test_report`.
"""

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import ocop
from html_page import Page
from ocop.adapters import form_layout as layout
from ocop.adapters.byte_files import printable
from ocop.adapters.csv_sheets import DELIMITERS, read_csv, write_csv, write_results_csv
from ocop.adapters.excel import read_score_sheets, write_back, write_results
from ocop.adapters.html import html_of, text_of
from ocop.adapters.report import report_html
from ocop.errors import Problem
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme
from ocop.text import Label, nfc
from workbooks import form, openpyxl, parts_of, rows_of, with_part

SHEET: ocop.ScoreSheet = ocop.load("docs/examples/tea.json")
FOLIO: Portfolio = ocop.load("docs/examples/binh-duong-2023/portfolio.json")
NAMES = {
    "markup": "<img src=x onerror=alert(1)>",
    "end of CDATA": "]]>",
    "right to left": "\u202egnp.exe\u2066",
    "long": "W" * 10_000,
    "long and Vietnamese": "Chè " * 2_500,
    "controls": "a\x00\x07\x1b[31m\x7f\x9fb",
    "lines": "a\n  - b\r\nc\td",
    "formula": "=HYPERLINK(\"http://127.0.0.1/\"&A1,\"x\")",
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "template": "{{7*7}}${7*7}%s{}",
    "separators": 'a,b;c\td|e"f',
}  # fmt: skip
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
every_name = pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)


def portfolio(name: str) -> Portfolio:
    """Return the portfolio of the example, in which whatever can have a name has this one."""
    kinds = ("subjects", "products", "communes", "craft_villages", "sales_points", "milestones")
    renamed: dict[str, Any] = {
        kind: tuple(evolve(each, name=f"{name} {number}") for number, each in enumerate(getattr(FOLIO, kind)))
        for kind in kinds
    }
    return evolve(FOLIO, name=name, remark=name, **renamed)


def results(name: str) -> dict[str, Any]:
    """Return one of each result, with the name wherever somebody may have typed one."""
    sheet = evolve(SHEET, product=name, evaluator=name)
    score = ocop.score(sheet)
    second = evolve(sheet, evaluator="x" + name)
    known = programme("binh-duong-2021-2025")
    progress = known.progress(portfolio(name), on=date(2023, 6, 30))
    renamed = evolve(
        progress,
        programme=evolve(known, name=Label(name, name)),
        targets=tuple(evolve(each, target=evolve(each.target, label=Label(name, name))) for each in progress.targets),
        problems=ocop.Report([Problem("x", name, Label(name, name), name, name, name)]),
    )
    return {
        "score": score,
        "council of one": ocop.score_council([sheet]),
        "council": ocop.score_council([sheet, second]),
        "ranking": ocop.rank([score, ocop.score(evolve(second, product=name + "2"))], group=lambda _: name),
        "plan": ocop.plan_upgrade(sheet),
        "sheet": sheet,
        "progress": renamed,
        "report": ocop.Report([Problem("x", name, Label(name, name), name, name, name)], subject=name),
    }


HARMLESS = {kind: Page(html_of(result, "en")).tags for kind, result in results("x").items()}


@every_name
def test_cards_and_plain_text(name: str) -> None:
    for kind, result in results(name).items():
        page = Page(html_of(result, "en"))
        assert page.tags == HARMLESS[kind], kind
        text = text_of(result, "en")
        for shown in (page.text, text):
            assert UNSEEN.search(shown) is None, kind
        assert max(map(len, text.split("\n"))) < 2100, kind
        assert max(map(len, page.texts)) < 2100, kind


@every_name
def test_the_report(name: str) -> None:
    drawn = [result for kind, result in results(name).items() if kind in ("ranking", "plan", "sheet", "report")]
    page = Page(report_html(*drawn, lang="vi"))
    assert UNSEEN.search(page.text) is None
    assert {"img", "script", "iframe"}.isdisjoint(page.tags)
    assert page.text.count("W" * 2001) == 0


def filled(name: str) -> bytes:
    """Return a form with the name as product, member and sheet, filled in by hand: openpyxl takes no controls."""
    data = form((name,), product=name)
    rows = rows_of(openpyxl.load_workbook(io.BytesIO(form())).worksheets[0])
    letters = {b"E%d" % rows[layout.CRITERION + code]: str(each).encode() for code, each in SHEET.choices.items()}

    def fill_in(content: bytes) -> bytes:
        return re.sub(
            rb'<c r="(E[0-9]+)" s="([0-9]+)"/>',
            lambda at: (
                b'<c r="%b" s="%b" t="str"><v>%b</v></c>' % (*at.groups(), letters[at[1]])
                if at[1] in letters
                else at[0]
            ),
            content,
        )

    return with_part(data, "xl/worksheets/sheet1.xml", fill_in)


@every_name
def test_a_form_and_its_marked_copy(name: str) -> None:
    data = filled(name)
    (sheet,), report = read_score_sheets(data)
    assert report.problems == ()
    assert (sheet.product, sheet.evaluator) == (layout.normal(name),) * 2
    title = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0]
    problem = Problem("x", "/" + title.replace("~", "~0") + "/12/Phương án chọn", Label(name, name), name, name, name)
    copy = io.BytesIO()
    assert write_back(ocop.Report([problem]), data, copy) == ()
    assert read_score_sheets(copy.getvalue()) == read_score_sheets(data)
    for name_of_part, content in parts_of(copy.getvalue()).items():
        assert b"<f>HYPERLINK" not in content
        assert b"hyperlink " not in content, name_of_part


@every_name
def test_results_as_a_workbook(name: str) -> None:
    for kind, result in results(name).items():
        if kind in ("plan", "sheet", "report"):
            continue
        file = io.BytesIO()
        write_results(file, result, lang="en")
        book = openpyxl.load_workbook(io.BytesIO(file.getvalue()))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} <= {"s", "n"}, kind
        assert not any(cell.hyperlink for cell in cells)
        if not UNSEEN.search(name) and "\r" not in name:
            assert nfc(name) in {cell.value for cell in cells}, kind


@every_name
def test_csv(name: str) -> None:
    sheet = evolve(SHEET, product=name, evaluator=name)
    for delimiter in DELIMITERS:
        file = io.BytesIO()
        write_csv(file, [sheet], delimiter=delimiter)
        (found,), report = read_csv(file.getvalue())
        assert report.problems == ()
        assert (found.product, found.evaluator) == (layout.normal(printable(name)),) * 2
    for kind, result in results(name).items():
        if kind not in ("plan", "sheet", "report"):
            file = io.BytesIO()
            write_results_csv(file, result, delimiter=";")
            text = file.getvalue().decode("utf-8-sig")
            assert not re.search(r'(?m)(^|;)"?[=+@\t]', text.replace(name, "")), kind
            assert not re.search(r'(^|;|")[=@]', text), kind


@every_name
def test_a_file_name(name: str, tmp_path: Path) -> None:
    # No file of such a name need be there, nor be possible: what is told of it is harmless.
    path = str(tmp_path / name.replace("\x00", ""))
    for report in (read_score_sheets(path).report, read_csv(path).report):
        assert not report.ok
        assert len(report.problems) == 1
        page = Page(html_of(report, "en"))
        for shown in (page.text, text_of(report, "en")):
            assert UNSEEN.search(shown) is None
            assert max(map(len, shown.split("\n"))) < 3000
