import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ocop
from ocop.adapters import excel_results
from ocop.adapters.excel import write_results
from ocop.adapters.tidy_tables import Table, tables_of
from ocop.errors import ConversionError
from ocop.text import Language
from workbooks import openpyxl, parts_of

TEA = ocop.load("docs/examples/tea.json")
COUNCIL = ocop.score_council(ocop.load("docs/examples/tea-council.json"))


class Made:
    """Something that shows itself as tables."""

    def __init__(self, *tables: Table) -> None:
        self.made = tables

    def tables(self, _lang: Language) -> tuple[Table, ...]:
        return self.made


def written(results: Any, **options: Any) -> bytes:
    file = io.BytesIO()
    write_results(file, results, **options)
    return file.getvalue()


BOTH: list[Any] = [COUNCIL, ocop.score(TEA)]


@pytest.mark.parametrize("results", [ocop.score(TEA), COUNCIL, ocop.rank(BOTH), ocop.rank(BOTH[:0])])
def test_each_table_is_a_sheet(results: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(results, lang="en")))
    tables = tables_of(results, "en")
    assert [sheet.title for sheet in book] == [table.name for table in tables]
    for sheet, table in zip(book, tables, strict=True):
        first, *rows = sheet.iter_rows(values_only=True)
        assert first == table.titles
        for row, wanted in zip(rows, table.rows, strict=True):
            for shown, value in zip(row, wanted, strict=True):
                # A workbook keeps 16 digits; the exact number stands beside, as text.
                assert shown == (
                    pytest.approx(float(value), rel=1e-15) if isinstance(value, Fraction) else value or None
                )
        assert sheet.auto_filter.ref
        assert sheet.freeze_panes == "A2"


def test_texts_are_neither_formulas_nor_links() -> None:
    texts = ("=1+1", "@SUM", "+1", "-1", "\tx", "https://example.org", "<img src=x onerror=alert(1)>", "]]>")
    data = written(Made(Table("=a", texts, [texts])))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [[(cell.value, cell.data_type, cell.hyperlink) for cell in row] for row in sheet] == [
        [(text, "s", None) for text in texts]
    ] * 2
    assert b"<f>" not in parts_of(data)["xl/worksheets/sheet1.xml"]


def test_tables_of_one_name_are_told_apart() -> None:
    table = Table("a/b", ("x",), [])
    assert openpyxl.load_workbook(io.BytesIO(written(Made(table, table)))).sheetnames == ["a b", "a b (2)"]


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    write_results(tmp_path / "a.xlsx", COUNCIL)
    assert (tmp_path / "a.xlsx").read_bytes() == written(COUNCIL)


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_results, "MAX_ROWS", 31)
    with pytest.raises(ConversionError, match="a sheet of a workbook has 31 rows; the table 'Criteria' has more"):
        written(ocop.score(TEA), lang="en")


def test_only_results_in_two_languages() -> None:
    with pytest.raises(ConversionError, match="expected scores"):
        written("score")
    with pytest.raises(ValueError, match="lang must be one of"):
        written(COUNCIL, lang="fr")
