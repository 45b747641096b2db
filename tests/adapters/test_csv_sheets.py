"""CSV holds what it was given, and is read back whatever a spreadsheet made of it."""

import csv
import io
import time
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from ocop.adapters import form_layout as layout
from ocop.adapters.csv_sheets import DELIMITERS, Delimiter, escaped, read_csv, unescaped, write_csv, write_results_csv
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.products import ProductCode
from ocop.testing import score_sheets
from ocop.text import LANGUAGES, Language

TEA = ocop.load("docs/examples/tea.json")
RECORD = ocop.load("docs/examples/tea-council.json")
SET = ocop.criteria_set(TEA.criteria_set)
TEXT = st.text(st.sampled_from("aĂ=+-@'\t\r\n,;\"＝ \ud800x"), max_size=6)


def written(*sheets: ocop.ScoreSheet, **options: Any) -> str:
    file = io.BytesIO()
    write_csv(file, sheets, **options)
    data = file.getvalue()
    assert data.startswith(b"\xef\xbb\xbf")
    return data.decode("utf-8-sig")


def told(text: str) -> list[str]:
    return [problem.text("en") for problem in read_csv(text.encode(), lang="en").report.problems]


@given(TEXT)
def test_escaping_can_be_undone_and_leaves_no_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(tuple("=+-@\t\r\n＝"))


@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_a_council_comes_back(delimiter: Delimiter, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.csv", RECORD.sheets, delimiter=delimiter)
    sheets, report = read_csv(tmp_path / "a.csv")
    assert (sheets, report.problems, report.subject) == (RECORD.sheets, (), str(tmp_path / "a.csv"))


@settings(max_examples=30)
@given(st.data())
def test_what_is_written_comes_back(data: st.DataObject) -> None:
    the_set = data.draw(st.sampled_from([*ocop.PACKAGED.sets()]))
    sheets = []
    for drawn in data.draw(st.lists(score_sheets(the_set), min_size=1, max_size=3)):
        findings = tuple(each for each in the_set.findings if each in drawn.findings)
        code = data.draw(st.sampled_from([None, ProductCode.parse("19-05503-1-2026")]))
        names: dict[str, Any] = {
            name: layout.normal(data.draw(TEXT).replace("\ud800", "\ufffd")) for name in ("product", "evaluator")
        }
        choices = {each.code: drawn.choices[each.code] for each in the_set.criteria}
        sheets.append(ocop.ScoreSheet(the_set.id, choices, findings, product_code=code, **names))
    lang: Language = data.draw(st.sampled_from(LANGUAGES))
    text = written(*sheets, lang=lang, delimiter=data.draw(st.sampled_from(DELIMITERS)))
    found, report = read_csv(text.encode())
    assert report.problems == ()
    assert found == tuple(sheets)


def test_the_rows() -> None:
    sheet = ocop.ScoreSheet(TEA.criteria_set, {**TEA.choices, "1.2": None}, ("forged-dossier",), evaluator="=An")
    rows = list(csv.reader(io.StringIO(written(sheet, lang="en"), newline="")))
    assert rows[:7] == [
        ["ocop/score-sheet/1", "Item", "'=An"],
        ["criteria-set", "Criteria set", TEA.criteria_set],
        ["digest", "Digest of the criteria set", SET.digest],
        ["product", "Product", ""],
        ["product-code", "Product code", ""],
        ["evaluator", "Evaluator", "'=An"],
        ["criterion:1.1", "1.1 Origin of inputs", "c"],
    ]
    assert rows[7][2] == "none"
    assert rows[38] == ["finding:forged-dossier", "The dossier is forged", "yes"]
    assert rows[39][2] == ""


def test_each_sheet_has_a_title_of_its_own() -> None:
    blank = ocop.ScoreSheet.blank(TEA.criteria_set)
    rows = list(csv.reader(io.StringIO(written(blank, TEA, TEA, blank), newline="")))
    assert rows[0][2:] == ["Phiếu 1", TEA.evaluator, f"{TEA.evaluator} (3)", "Phiếu 4"]


def test_what_the_set_does_not_know_is_written_and_told() -> None:
    sheet = ocop.ScoreSheet(
        TEA.criteria_set, {**TEA.choices, "1.1": ("a", "b"), "9.9": "a"}, ("forged",), evaluator="An"
    )
    text = written(sheet)
    assert read_csv(text.encode()).sheets[0].choices["1.1"] == ("a", "b")
    assert told(text) == [
        '/7/An: Criterion 1.1 takes a single option. Expected: a, b, c, none. Got: ["a", "b"]. [several-options]',
        '/39/An: The set qd26-2026/tea has no such criterion. Got: "9.9". [criterion-unknown]',
        "/46/An: The set qd26-2026/tea knows no such finding. Expected: "
        + ", ".join(SET.findings)
        + '. Got: "forged". Did you mean forged-dossier? [finding-unknown]',
    ]


@pytest.mark.parametrize("ticks", [None, (), ("b",), ("a", "c"), ("a", "b", "d")])
def test_ticks_that_add_up_come_back(ticks: tuple[str, ...] | None) -> None:
    own = ocop.register("docs/examples/own/tourism-2019")
    sheet = ocop.load("docs/examples/own/tourism-2019/sheet.json").with_choices({"6": ticks})
    (found,), report = read_csv(written(sheet, catalog=own).encode(), own)
    assert report.problems == ()
    # No tick and no option are the same: 0 points.
    assert found.choices["6"] == (ticks or None)


def test_a_form_to_fill_in() -> None:
    blank = ocop.ScoreSheet.blank(TEA.criteria_set, evaluator="An")
    assert told(written(blank)) == ["/An: Nothing is filled in yet. [form-not-begun]"]
    text = written(blank).replace("Nguồn gốc nguyên liệu,", "Nguồn gốc nguyên liệu,5")
    lines = told(text)
    assert lines[0] == (
        "/7/An: The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. "
        'Got: "5". [choice-not-a-letter]'
    )
    assert lines[1] == "/8/An: Criterion 1.2 is not filled in yet. [form-choice-blank]"
    assert len(lines) == 32


def test_what_a_spreadsheet_makes_of_it() -> None:
    text = written(TEA)
    rows = list(csv.reader(io.StringIO(text, newline="")))
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerows([*([*row, "", " "] for row in rows), [], ["x"]])
    for changed in (file.getvalue(), "sep=;\r\n" + file.getvalue(), "\ufeff" + file.getvalue().replace("\r\n", "\n")):
        assert read_csv(changed.encode()).sheets == (TEA,)


def test_a_column_without_a_title_is_read() -> None:
    rows = list(csv.reader(io.StringIO(written(TEA), newline="")))
    rows[0] = rows[0][:2]
    rows[6][2] = "z"
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    (line,) = told(file.getvalue())
    assert line.startswith("/7/3: Criterion 1.1 has no such option.")


@pytest.mark.parametrize(("data", "code"), [
    (b"", "form-none"), (b"a,b\n1,2", "form-none"), (b"ocop/score-sheet/1", "form-none"),
    (b"ocop/score-sheet/1,\xff", "json-not-utf8"), ("ocop/score-sheet/1,a".encode("utf-16"), "json-utf16"),
    ("ocop/score-sheet/1,Chè".encode("cp1258", "replace") + b"\xe8", "json-not-utf8"),
    ("ocop/score-sheet/1,a".encode("utf-16-be"), "json-utf16"), ("a".encode("utf-16-le"), "json-utf16"),
    (b"ocop/score-sheet/1,a,\x00", "set-unknown"), (b"ocop/score-sheet/1:a", "form-none"),
    (b'ocop/score-sheet/1,"a"b', "csv-broken"), (b"ocop/score-sheet/1," + b"x" * 200_000, "csv-broken"),
])  # fmt: skip
def test_what_is_no_such_file_is_told(data: bytes, code: str) -> None:
    sheets, report = read_csv(data)
    assert (sheets, report.codes) == ((), (code,))


def test_a_broken_line_is_named() -> None:
    assert told('ocop/score-sheet/1,a\n"b"c,d') == [
        "This is not valid CSV near line 2. Got: ',' expected after '\"'. [csv-broken]"
    ]


def test_a_file_that_is_not_there() -> None:
    assert read_csv("no.csv").report.codes == ("file-not-found",)


def test_a_file_without_columns_has_no_sheets() -> None:
    assert read_csv(b"ocop/score-sheet/1,Item\r\n").report.codes == ("form-none",)
    assert read_csv(b"ocop/score-sheet/1,Item\r\n") == read_csv(b"ocop/score-sheet/1,Item\r\nproduct,,\r\n")


def test_what_cannot_be_written_is_refused() -> None:
    water = ocop.load("docs/examples/bottled-water-stopped.json")
    with pytest.raises(ConversionError, match=r"expected sheets of one criteria set; got \[\]"):
        written()
    with pytest.raises(ConversionError, match="expected sheets of one criteria set; got"):
        written(TEA, water)
    with pytest.raises(UnknownIdError):
        written(ocop.ScoreSheet("qd26-2026/tee", {}))
    with pytest.raises(ConversionError, match=r"delimiter knows ',', ';', '\\t', '\|'; got"):
        written(TEA, delimiter=":")
    with pytest.raises(ValueError, match="lang must be one of"):
        written(TEA, lang="fr")


def test_results_as_csv(tmp_path: Path) -> None:
    council = ocop.score_council(RECORD)
    sheet = ocop.ScoreSheet(TEA.criteria_set, TEA.choices, product="=1+1")
    write_results_csv(tmp_path / "a.csv", [ocop.score(sheet), council], lang="en", delimiter=";")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8-sig"), newline=""), delimiter=";"))
    assert [(row["Product"], row["Total"], row["Exact total"], row["Stars"]) for row in rows] == [
        ("'=1+1", "81", "81", "4"),
        (RECORD.sheets[0].product, "78.66666666666667", "236/3", "3"),
    ]
    file = io.BytesIO()
    write_results_csv(file, council, table=2, lang="en")
    assert file.getvalue().decode("utf-8-sig").startswith("Product,Product code,Criteria set,Criterion,")
    with pytest.raises(ConversionError, match="table must be from 0 to 4; got 5"):
        write_results_csv(io.BytesIO(), council, table=5)


def test_an_empty_ranking_is_a_row_of_titles() -> None:
    file = io.BytesIO()
    write_results_csv(file, ocop.rank([]), lang="en")
    (titles,) = csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert titles[0] == "Rank"


def test_whole_fractions_are_whole_numbers() -> None:
    file = io.BytesIO()
    write_results_csv(file, ocop.score_council([TEA]), lang="en")
    (row,) = csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))
    assert (row["Total"], row["Exact total"]) == ("81", "81")


def test_a_table_with_too_many_cells_is_refused() -> None:
    start = time.perf_counter()
    sheets, report = read_csv(b"ocop/score-sheet/1," + b"," * 1_000_000 + b"\n" * 1_000_000, lang="en")
    assert (sheets, report.codes) == ((), ("workbook-sheet-too-large",))
    assert time.perf_counter() - start < 30


def test_titles_differ_whatever_the_names_are() -> None:
    names = ("An (3)", "An", "An", "", "")
    rows = csv.reader(io.StringIO(written(*(evolve(TEA, evaluator=name) for name in names)), newline=""))
    assert next(rows)[2:] == ["An (3)", "An", "An (3) (3)", "Phiếu 4", "Phiếu 5"]
