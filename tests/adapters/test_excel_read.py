"""A form that was filled in gives the sheets that were meant, whatever people did to the workbook."""

import io
import re
import unicodedata
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from ocop.adapters import form_layout as layout
from ocop.adapters.excel import Reading, read_score_sheets
from ocop.criteria.catalog import Catalog
from ocop.criteria.model import CriteriaSet
from ocop.errors import SheetError
from ocop.model.products import ProductCode
from ocop.testing import criteria_sets, score_sheets
from ocop.text import FrozenDict, Language
from packaged import COMPLETE
from workbooks import CHOICE, TEA, answer, edited, form, on_sheet, openpyxl, parts_of, rows_of, with_part

SET = ocop.criteria_set(TEA)
SHEET = ocop.load("docs/examples/tea.json")
LETTERS = dict(SHEET.choices)
FILLED = edited(form(), answer(LETTERS))
TITLE = "Phương án chọn"


class One(Catalog):
    """A catalogue of a single set."""

    def __init__(self, the_set: CriteriaSet) -> None:
        super().__init__("")
        self.the_set = the_set

    def criteria_set(self, set_id: str) -> CriteriaSet:
        assert set_id == self.the_set.id
        return self.the_set


def read(data: bytes, lang: Language = "en") -> Reading:
    return read_score_sheets(data, lang=lang)


def told(data: bytes) -> list[str]:
    """Return the problems as lines."""
    return [problem.text("en") for problem in read(data).report.problems]


def row_of(code: str) -> int:
    return rows_of(openpyxl.load_workbook(io.BytesIO(FILLED)).worksheets[0])[layout.CRITERION + code]


def test_a_form_filled_in_with_letters() -> None:
    sheets, report = read(FILLED)
    assert [sheet.choices for sheet in sheets] == [SHEET.choices]
    assert (sheets[0].criteria_set, sheets[0].evaluator, sheets[0].findings) == (TEA, "An", ())
    assert report.problems == ()
    assert ocop.score(sheets[0]).total == 81


def test_a_council_of_three_from_a_path(tmp_path: Path) -> None:
    record = ocop.load("docs/examples/tea-council.json")
    product = record.sheets[0].product
    edits = [answer(dict(sheet.choices), place) for place, sheet in enumerate(record.sheets)]
    path = tmp_path / "council.xlsx"
    path.write_bytes(edited(form(tuple(sheet.evaluator for sheet in record.sheets), product=product), *edits))
    sheets, report = read_score_sheets(path)
    assert sheets == record.sheets
    assert report.subject == str(path)
    assert report.ok
    assert ocop.score_council(sheets).mean == ocop.score_council(record).mean


def fill(data: bytes, the_set: CriteriaSet, sheet: ocop.ScoreSheet, how: list[str]) -> bytes:
    """Return a form filled in with a sheet: by words, by letters, by short words."""
    answers: dict[str, Any] = {
        layout.PRODUCT: sheet.product,
        layout.EVALUATOR: sheet.evaluator,
        layout.PRODUCT_CODE: str(sheet.product_code or ""),
    }
    for criterion, way in zip(the_set.criteria, how, strict=True):
        letter = sheet.choices[criterion.code]
        lang: Language = "en" if way == "en" else "vi"
        if not isinstance(letter, str):
            answers[criterion.code] = {"letter": "none", "vi": layout.say("none", "vi")}.get(
                way, "No option  is MET (0 pt) "
            )
        else:
            words = layout.option_line(criterion.option(letter), lang)
            answers[criterion.code] = letter if way == "letter" else f" {words}\n"
    answers |= {layout.FINDING + finding: "có" for finding in sheet.findings}

    def plain(book: Any) -> None:
        for row in book.worksheets[0].iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.data_type = "s"

    return edited(data, answer(answers), plain)


def as_read(sheet: ocop.ScoreSheet, the_set: CriteriaSet) -> ocop.ScoreSheet:
    """Return a sheet as it comes back: names without white space around them, findings in the order of the set."""
    findings = tuple(each for each in the_set.findings if each in sheet.findings)
    choices = {criterion.code: sheet.choices[criterion.code] for criterion in the_set.criteria}
    return ocop.ScoreSheet(
        sheet.criteria_set,
        choices,
        findings,
        product=layout.normal(sheet.product),
        evaluator=layout.normal(sheet.evaluator),
        product_code=sheet.product_code,
    )


NAMES = st.text(st.sampled_from("an Ăấ=+-@\t'<&/_x"), max_size=8)


@settings(max_examples=8)
@given(st.data())
def test_what_is_filled_in_comes_back(data: st.DataObject) -> None:
    the_set = data.draw(criteria_sets() | st.sampled_from(COMPLETE))
    drawn = data.draw(score_sheets(the_set))
    code = data.draw(st.sampled_from([None, ProductCode.parse("19-05503-1-2026")]))
    names: dict[str, Any] = {"product": data.draw(NAMES), "evaluator": data.draw(NAMES), "product_code": code}
    sheet = ocop.ScoreSheet(drawn.criteria_set, drawn.choices, drawn.findings, **names)
    ways = st.lists(
        st.sampled_from(["letter", "vi", "en"]), min_size=len(the_set.criteria), max_size=len(the_set.criteria)
    )
    lang: Language = data.draw(st.sampled_from(["vi", "en"]))
    filled = fill(form(("?",), the_set, lang=lang), the_set, sheet, data.draw(ways))
    sheets, report = read_score_sheets(filled, One(the_set))
    assert report.problems == ()
    assert sheets == (as_read(sheet, the_set),)
    assert ocop.score(sheets[0], the_set).total == ocop.score(sheet, the_set).total


@pytest.mark.parametrize("sheet", ["product", "evaluator"])
def test_names_written_into_the_form_come_back(sheet: str) -> None:
    name = "=1+1 <img src=x onerror=alert(1)> ]]> \u202e đảo &amp; " + "x" * 10_000
    data = form((name,)) if sheet == "evaluator" else form(("An",), product=name)
    sheets, _ = read(edited(data, answer({"1.1": "a"})))
    assert getattr(sheets[0], sheet) == name


def test_of_a_form_that_nobody_began_there_is_a_note() -> None:
    data = edited(form(("An", "Bình")), answer(LETTERS))
    sheets, report = read(data)
    assert [sheet.evaluator for sheet in sheets] == ["An"]
    assert (report.ok, report.codes) == (True, ("form-not-begun",))
    assert told(data) == ["/Bình: Nothing is filled in yet. [form-not-begun]"]
    sheets, report = read(form(("An", "Bình")))
    assert (sheets, report.ok, report.codes) == ((), False, ("form-not-begun", "form-not-begun"))


def test_a_blank_is_told_and_left_so() -> None:
    data = edited(FILLED, answer({"1.2": None, "1.3": "  ", layout.FINDING + "forged-dossier": "x"}))
    sheets, report = read(data)
    assert (sheets[0].choices["1.2"], sheets[0].choices["1.3"], sheets[0].findings) == ("", "", ("forged-dossier",))
    assert told(data) == [
        f"/An/13/{TITLE}: Criterion 1.2 is not filled in yet. [form-choice-blank]",
        f"/An/14/{TITLE}: Criterion 1.3 is not filled in yet. [form-choice-blank]",
    ]
    assert report.problems[0].message.vi == "Tiêu chí 1.2 chưa được chấm"
    assert report.codes == ("form-choice-blank", "form-choice-blank")


WRONG: list[tuple[Any, str]] = [
    (5, "The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. Got: 5."),
    (2.5, "The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. Got: 2.5."),
    (True, "The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. Got: true."),
    ("5,5", 'The choice for criterion 1.1 must be an option\'s letter. Expected: a, b, c, none. Got: "5,5".'),
    ("3/5", 'The choice for criterion 1.1 must be an option\'s letter. Expected: a, b, c, none. Got: "3/5".'),
    (
        date(2026, 5, 1),
        "The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. Got: 2026-05-01.",
    ),
    (time(1, 30), "The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. Got: 01:30:00."),
    ("A", 'Criterion 1.1 has no such option. Expected: a, b, c, none. Got: "A". Did you mean a?'),
    ("z", 'Criterion 1.1 has no such option. Expected: a, b, c, none. Got: "z".'),
    ("a)", 'Criterion 1.1 has no such option. Expected: a, b, c, none. Got: "a)". Did you mean a?'),
    (
        "c) Nguyên liệu trong tỉnh từ 75%",
        (
            'Criterion 1.1 has no such option. Expected: a, b, c, none. Got: "c) Nguyên liệu trong tỉnh từ 75%". '
            "Did you mean c?"
        ),
    ),
    ("a, c", 'Criterion 1.1 takes a single option. Expected: a, b, c, none. Got: ["a", "c"].'),
]


@pytest.mark.parametrize(("value", "text"), WRONG)
def test_what_is_no_answer_is_told_at_its_cell(value: Any, text: str) -> None:
    data = edited(FILLED, answer({"1.1": value}))
    (line,) = told(data)
    assert line.startswith(f"/An/12/{TITLE}: {text} [")
    assert read(data).sheets[0].choices["1.1"] in ("", ("a", "c"))


def test_a_day_and_time_as_a_number_is_told() -> None:
    (line,) = told(edited(FILLED, answer({"1.1": datetime(2026, 5, 1, 12, 30)})))  # noqa: DTZ001
    assert "Got: 2026-05-01 12:30:00." in line
    assert "[choice-not-a-letter]" in line


def test_options_of_both_cases_and_rules_are_told_at_their_cells() -> None:
    tourism = ocop.criteria_set("qd26-2026/community-tourism")
    best = {criterion.code: criterion.letters[-1] for criterion in tourism.criteria}
    (line,) = told(edited(form(criteria_set=tourism), answer(best | {"8": "a; c"})))
    assert "both-cases" in line
    assert line.endswith('Expected: a, b, c, d, none. Got: ["a", "c"]. [both-cases]')
    (line,) = told(edited(FILLED, answer({"5.1": "a", "5.2": "b"})))
    assert line == (
        f"/An/{row_of('5.2')}/{TITLE}: Criterion 5.2 can only earn points when criterion 5.1 does "
        '(applies only if the product has a story). Got: "b". [depends-on-criterion]'
    )


OWN = ocop.register("docs/examples/own/tourism-2019")
FESTIVALS = OWN.criteria_set("tourism-2019/rural-tourism-and-festivals")
"""A set in which the ticks of some criteria add up."""
TICKED: ocop.ScoreSheet = ocop.load("docs/examples/own/tourism-2019/sheet.json")


def festival(**answers: Any) -> Reading:
    """Return the reading of a form whose criteria are filled in with letters, but for some by number."""
    letters = {
        code: choice if isinstance(choice, str) else ", ".join(choice or ()) for code, choice in TICKED.choices.items()
    }
    changed = {code.strip("_"): value for code, value in answers.items()}
    return read_score_sheets(edited(form(criteria_set=FESTIVALS), answer(letters | changed)), OWN, lang="en")


def test_several_letters_come_back_where_ticks_add_up() -> None:
    sheets, report = festival()
    assert report.problems == ()
    assert sheets[0].choices == TICKED.choices
    assert ocop.score(sheets[0], FESTIVALS, allow_incomplete=True).total == 60


@pytest.mark.parametrize(("typed", "ticks"), [
    ("a", ("a",)), (" c ", ("c",)), ("a,c", ("a", "c")), ("a; c", ("a", "c")), ("a+c+d", ("a", "c", "d")),
    ("a c", ("a", "c")),
    ("a\nc", ("a", "c")), ("a\u00a0c", ("a", "c")), ("a, c,", ("a", "c")), ("none", None), ("không", None),
    ("c) Vị trí đặc biệt, nằm trong nơi có tài nguyên du lịch (2 điểm)", ("c",)),
    ("Không đáp ứng phương án nào (0 điểm)", None),
])  # fmt: skip
def test_ticks_may_be_written_in_many_ways(typed: str, ticks: tuple[str, ...] | None) -> None:
    sheets, report = festival(_6=typed)
    assert report.problems == ()
    assert sheets[0].choices["6"] == ticks


@pytest.mark.parametrize(("typed", "line"), [
    ("a, a", 'A box of criterion 6 is ticked twice. Got: "a". [tick-repeated]'),
    ("a, z", 'Criterion 6 has no such option. Expected: a, b, c, d, none. Got: "a, z". [option-unknown]'),
    ("A, C", 'Criterion 6 has no such option. Expected: a, b, c, d, none. Got: "A, C". [option-unknown]'),
    (3, ("The choice for criterion 6 must be an option's letter. Expected: a, b, c, d, none. Got: 3. "
     "[choice-not-a-letter]")),
])  # fmt: skip
def test_ticks_that_are_none_are_told_at_their_cell(typed: object, line: str) -> None:
    (problem,) = festival(_6=typed).report.problems
    assert problem.pointer.endswith(f"/{TITLE}")
    assert problem.text("en").endswith(": " + line)


@pytest.mark.parametrize(("value", "found"), [
    ("có", True), ("X", True), ("yes", True), (True, True), (False, False), ("không", False), (" ", False),
])  # fmt: skip
def test_findings(value: object, found: bool) -> None:
    sheets, report = read(edited(FILLED, answer({layout.FINDING + "forged-dossier": value})))
    assert sheets[0].findings == (("forged-dossier",) if found else ())
    assert report.ok


@pytest.mark.parametrize(("value", "got"), [("maybe", '"maybe"'), (1, "1")])
def test_a_finding_that_is_neither_yes_nor_no(value: object, got: str) -> None:
    data = edited(FILLED, answer({layout.FINDING + "forged-dossier": value}))
    (line,) = told(data)
    assert read(data).report.codes == ("form-finding-unclear",)
    assert line.endswith(
        f"A finding: say “yes” where it is established, and leave it blank where it is not. Expected: có, yes, x. "
        f"Got: {got}. [form-finding-unclear]"
    )


def test_a_finding_that_the_set_does_not_know() -> None:
    def rename(sheet: Any) -> None:
        sheet.cell(rows_of(sheet)["finding:forged-dossier"], 1).value = "finding:forged-dossiers"

    data = edited(FILLED, answer({layout.FINDING + "forged-dossier": "có"}), on_sheet(rename))
    (problem,) = read(data).report.problems
    assert (problem.code, problem.hint) == ("finding-unknown", "forged-dossier")
    assert problem.pointer.endswith("/" + TITLE)


@pytest.mark.parametrize(("key", "value", "line"), [
    ("product", 5, "/An/4/Sản phẩm: The value must be text. Got: 5. [value-not-text]"),
    ("evaluator", True, "/An/6/Người chấm: The value must be text. Got: true. [value-not-text]"),
    ("evaluator", "=A1", ("/An/6/Người chấm: This cell has a formula that was not worked out, or an error; put a value "
     "in its place. [form-formula-unread]")),
    ("product-code", "19-1", ("/An/5/Mã sản phẩm: The value does not have the required form. "
     'Expected: 79-25750-2-2026. Got: "19-1". [value-bad-form]')),
])  # fmt: skip
def test_the_head_of_a_form(key: str, value: object, line: str) -> None:
    data = edited(FILLED, answer({key: value}))
    assert told(data) == [line]
    sheet = read(data).sheets[0]
    assert getattr(sheet, key.replace("-", "_")) == (None if key == "product-code" else "")


def test_a_form_that_names_no_set_is_told() -> None:
    def change(sheet: Any) -> None:
        sheet["B1"] = sheet["C1"] = sheet["D1"] = None

    assert told(edited(FILLED, on_sheet(change))) == [
        '/An: There is no such criteria set. Got: "". Did you mean qd26-2026/tea? [set-unknown]'
    ]


# What people do to workbooks


B = layout.option_line(SET.criterion("1.1").option("b"), "vi")


@pytest.mark.parametrize(("value", "letter"), [
    (unicodedata.normalize("NFD", B), "b"), (B.replace(" ", "\u00a0"), "b"), (B + " \u00a0\n", "b"), (B.upper(), "b"),
    (" b ", "b"), ("\u00a0b\u00a0", "b"), (unicodedata.normalize("NFD", "Không"), None), ("'c", ""), ("b\u200b", ""),
])  # fmt: skip
def test_answers_as_other_programs_write_them(value: str, letter: str | None) -> None:
    sheets, report = read(edited(FILLED, answer({"1.1": value})))
    assert sheets[0].choices["1.1"] == letter
    assert report.codes == (() if letter != "" else ("option-unknown",))


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_errors_are_told_at_their_cells(error: str) -> None:
    sheets, report = read(edited(FILLED, answer({"1.1": error, layout.FINDING + "forged-dossier": error})))
    assert sheets[0].choices["1.1"] == ""
    assert sheets[0].findings == ()
    assert report.codes == ("form-formula-unread",) * 2


def test_a_serial_number_of_a_day_is_no_letter() -> None:
    assert told(edited(FILLED, answer({"1.1": 46143}))) == [
        (
            f"/An/12/{TITLE}: The choice for criterion 1.1 must be an option's letter. Expected: a, b, c, none. "
            "Got: 46143. [choice-not-a-letter]"
        )
    ]


def test_two_sheets_of_one_member_are_read_and_refused_by_the_council() -> None:
    data = edited(form(("An", "Bình")), answer(LETTERS), answer(LETTERS | {"evaluator": "An"}, 1))
    sheets, report = read(data)
    assert report.ok
    assert [sheet.evaluator for sheet in sheets] == ["An", "An"]
    with pytest.raises(SheetError) as caught:
        ocop.score_council(sheets)
    assert [(each.code, each.pointer) for each in caught.value.report.problems] == [
        ("council-evaluator-twice", "/sheets/1/evaluator")
    ]


def test_a_set_that_has_changed_since_is_told() -> None:
    first = SET.parts[0]
    changed = evolve(SET, parts=(evolve(first, max_points=first.max_points + 1), *SET.parts[1:]))
    assert changed.digest != SET.digest
    sheets, report = read_score_sheets(FILLED, One(changed), lang="en")
    assert (sheets, report.codes) == ((), ("form-set-differs",))
    assert report.problems[0].text("en") == (
        "/An: The score sheet was made for another version of the set qd26-2026/tea; fill in a new one. "
        f"Expected: {changed.digest}. Got: {SET.digest}. [form-set-differs]"
    )


@pytest.mark.parametrize("cell", [
    b't="inlineStr"><is><t>%b</t></is></c>', b't="inlineStr"><is><r><t>%b</t></r></is></c>', b't="str"><v>%b</v></c>',
])  # fmt: skip
def test_a_form_is_read_however_its_texts_are_kept(cell: bytes) -> None:
    blank = form()
    rows = rows_of(openpyxl.load_workbook(io.BytesIO(blank)).worksheets[0])
    letters = {b"E%d" % rows[layout.CRITERION + code]: str(letter).encode() for code, letter in LETTERS.items()}

    def fill_in(content: bytes) -> bytes:
        empty = re.compile(rb'<c r="(E[0-9]+)" s="([0-9]+)"/>')
        return empty.sub(
            lambda at: b'<c r="%b" s="%b" ' % at.groups() + cell % letters[at[1]] if at[1] in letters else at[0],
            content,
        )

    data = with_part(blank, "xl/worksheets/sheet1.xml", fill_in)
    assert read(data) == read(FILLED)
    # Some programs do not say how far a sheet reaches.
    bare = with_part(data, "xl/worksheets/sheet1.xml", lambda content: re.sub(rb"<dimension[^>]*/>", b"", content))
    assert read(bare) == read(FILLED)


def test_what_openpyxl_saves_again_and_again_is_read_the_same() -> None:
    assert read(edited(edited(FILLED))) == read(FILLED)


def test_renamed_sheets_are_read() -> None:
    def rename(sheet: Any) -> None:
        sheet.title = "Phiếu chị An ~/ 1".replace("/", "-")

    sheets, report = read(edited(FILLED, on_sheet(rename), answer({"1.1": "z"})))
    assert sheets[0].evaluator == "An"
    assert report.problems[0].pointer == f"/Phiếu chị An ~0- 1/12/{TITLE}"


def test_a_hidden_sheet_is_read_with_a_note() -> None:
    def hide(sheet: Any) -> None:
        sheet.sheet_state = "hidden"

    data = edited(edited(form(("An", "Bình")), answer(LETTERS), answer(LETTERS, 1)), on_sheet(hide))
    sheets, report = read(data)
    assert [sheet.evaluator for sheet in sheets] == ["An", "Bình"]
    assert (report.ok, report.codes) == (True, ("form-sheet-hidden",))
    assert told(data) == ["/An: This sheet is hidden, and is read all the same. [form-sheet-hidden]"]


def test_hidden_rows_are_read_like_others() -> None:
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[12].hidden = True

    assert read(edited(FILLED, on_sheet(hide))) == read(FILLED)


def test_inserted_rows_and_columns_do_no_harm() -> None:
    def insert(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.insert_cols(2)
        sheet.insert_cols(5)
        sheet.insert_rows(1, 3)
        sheet.insert_rows(15)
        sheet["C1"] = "ghi chú"
        sheet["A15"] = "ghi chú"

    assert read(edited(form(product="Chè"), answer(LETTERS), on_sheet(insert))) == read(
        edited(form(product="Chè"), answer(LETTERS))
    )


def test_deleted_rows_are_told() -> None:
    def delete(sheet: Any) -> None:
        for area in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(area))
        sheet.delete_rows(rows_of(sheet)["product"])
        sheet.delete_rows(rows_of(sheet)["criterion:1.2"])
        sheet.delete_rows(rows_of(sheet)["finding:forged-dossier"])

    data = edited(form(product="Chè"), answer(LETTERS), on_sheet(delete))
    assert told(data) == ["/An: The row of criterion 1.2 is missing. [form-row-missing]"]
    sheets, report = read(data)
    assert (sheets[0].choices["1.2"], sheets[0].product) == ("", "")
    assert report.codes == ("form-row-missing",)


def test_rows_that_come_twice_or_from_elsewhere_are_told() -> None:
    def change(sheet: Any) -> None:
        sheet["A14"] = "criterion:1.2"
        sheet["A15"] = "criterion:1.44"

    data = edited(FILLED, on_sheet(change))
    assert read(data).report.codes[2:] == ("form-row-repeated", "criterion-unknown")
    assert told(data) == [
        "/An: The row of criterion 1.3 is missing. [form-row-missing]",
        "/An: The row of criterion 1.4 is missing. [form-row-missing]",
        f"/An/14/{TITLE}: This row repeats one above it (criterion:1.2). [form-row-repeated]",
        (
            f'/An/15/{TITLE}: The set qd26-2026/tea has no such criterion. Got: "1.44". Did you mean 1.4? '
            "[criterion-unknown]"
        ),
    ]


def test_merged_cells_are_told() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells(start_row=12, end_row=13, start_column=CHOICE, end_column=CHOICE)

    def merge_finding(sheet: Any) -> None:
        row = rows_of(sheet)["finding:forged-dossier"]
        sheet.merge_cells(start_row=row - 1, end_row=row, start_column=CHOICE, end_column=CHOICE)

    (line,) = told(edited(FILLED, on_sheet(merge)))
    assert line == (
        f"/An/13/{TITLE}: This cell is merged with another and has no value of its own; unmerge them. "
        "[form-cell-merged]"
    )
    assert read(edited(FILLED, on_sheet(merge))).sheets[0].choices["1.1"] == LETTERS["1.1"]
    unmerged = edited(
        FILLED, on_sheet(lambda sheet: [sheet.unmerge_cells(str(a)) for a in list(sheet.merged_cells.ranges)])
    )
    assert "form-cell-merged" in read(edited(unmerged, on_sheet(merge_finding))).report.codes


@pytest.mark.parametrize("formula", ["=B12", '="c"'])
def test_a_formula_that_was_never_worked_out_is_told(formula: str) -> None:
    data = edited(FILLED, answer({"1.1": formula}))
    (line,) = told(data)
    assert line.startswith(f"/An/12/{TITLE}: This cell has a formula that was not worked out, or an error;")
    assert read(data).sheets[0].choices["1.1"] == ""


def test_a_formula_with_a_value_is_its_value_and_an_error_is_told() -> None:
    data = edited(FILLED, answer({"1.1": '="c"', "1.2": "=1/0"}))
    sheet = "xl/worksheets/sheet1.xml"
    assert b'<f>"c"</f><v />' in parts_of(data)[sheet] or b'<f>"c"</f><v/>' in parts_of(data)[sheet]
    for old, new in ((b'<f>"c"</f><v />', b'<f>"c"</f><v>c</v>'), (b"<f>1/0</f><v />", b"<f>1/0</f><v>#DIV/0!</v>")):
        data = with_part(data, sheet, lambda content, old=old, new=new: content.replace(old, new))  # type: ignore[misc]
    data = with_part(data, sheet, lambda content: content.replace(b'r="E12"', b'r="E12" t="str"'))
    data = with_part(data, sheet, lambda content: content.replace(b'r="E13"', b'r="E13" t="e"'))
    sheets, report = read(data)
    assert sheets[0].choices["1.1"] == "c"
    assert [(problem.code, problem.pointer) for problem in report.problems] == [
        ("form-formula-unread", f"/An/13/{TITLE}")
    ]


def test_other_sheets_are_passed_over_with_a_note() -> None:
    def add(book: Any) -> None:
        book.create_sheet("Ghi chú")["A1"] = 5
        book.create_sheet("Trống")
        book.create_chartsheet("Biểu đồ")

    data = edited(FILLED, add)
    assert read(data).report.ok
    assert told(data) == [
        "/Ghi chú: This is no score sheet, and is passed over. [form-sheet-skipped]",
        "/Trống: This is no score sheet, and is passed over. [form-sheet-skipped]",
    ]


def test_a_workbook_that_the_parser_cannot_read() -> None:
    data = with_part(FILLED, "xl/_rels/workbook.xml.rels", b"<none/>")
    sheets, report = read(data)
    assert (sheets, report.codes) == ((), ("workbook-broken",))


def test_a_workbook_without_a_form() -> None:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    sheets, report = read(file.getvalue())
    assert (sheets, report.ok, report.codes) == ((), False, ("form-sheet-skipped", "form-none"))
    assert report.problems[1].text("en") == "The file has no score sheet. [form-none]"


@pytest.mark.parametrize("edit", [
    on_sheet(lambda sheet: sheet.delete_rows(1)), on_sheet(lambda sheet: sheet.delete_cols(1)),
])  # fmt: skip
def test_a_form_that_lost_its_mark_is_told(edit: Any) -> None:
    data = edited(FILLED, edit)
    assert read(data).sheets == ()
    assert read(data).report.codes == ("form-mark-missing",)
    assert told(data) == [
        "/An: This score sheet has lost its hidden first row or column; fill in a new one. [form-mark-missing]"
    ]


def test_a_form_without_its_titles_is_told() -> None:
    def change(sheet: Any) -> None:
        sheet.cell(rows_of(sheet)["titles"], CHOICE).value = "Trả lời"

    assert told(edited(FILLED, on_sheet(change))) == [
        "/An: The table has no column Phương án chọn / Option chosen. [column-missing]"
    ]


def test_the_printed_options_may_be_gone() -> None:
    def change(sheet: Any) -> None:
        sheet.cell(rows_of(sheet)["titles"], 4).value = None

    assert read(edited(FILLED, on_sheet(change))) == read(FILLED)


@pytest.mark.parametrize(("column", "value", "line"), [
    (2, "qd26-2026/tee", ('/An: There is no such criteria set. Got: "qd26-2026/tee". Did you mean qd26-2026/tea? '
     "[set-unknown]")),
    (3, "sha256:0", ("/An: The score sheet was made for another version of the set qd26-2026/tea; fill in a new one. "
     f"Expected: {SET.digest}. Got: sha256:0. [form-set-differs]")),
])  # fmt: skip
def test_a_form_of_another_set_is_told(column: int, value: object, line: str) -> None:
    def change(sheet: Any) -> None:
        sheet.cell(1, column).value = value

    data = edited(FILLED, on_sheet(change))
    assert (read(data).sheets, told(data)) == ((), [line])
    assert read(data).report.codes[0] in ("set-unknown", "form-set-differs")


def test_words_that_were_improved_since_are_understood_from_the_form() -> None:
    old = "b) Lời cũ của phương án (2 điểm) ***"

    def change(sheet: Any) -> None:
        sheet.cell(12, 4).value = f"Trường hợp cũ:\na) Lời cũ (1 điểm)\n{old}"

    sheets, report = read(edited(FILLED, on_sheet(change), answer({"1.1": old})))
    assert (sheets[0].choices["1.1"], report.ok) == ("b", True)


def test_a_reading_is_a_pair() -> None:
    found = read(FILLED)
    sheets, report = found
    assert (found.sheets, found.report) == (sheets, report)
    assert isinstance(sheets[0].choices, FrozenDict)


def test_only_two_languages() -> None:
    with pytest.raises(ValueError, match="lang must be one of"):
        read_score_sheets(FILLED, lang="fr")  # type: ignore[arg-type]
