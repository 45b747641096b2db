"""The form shows what a council member needs, and only the answers can be changed."""

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

import ocop
from ocop.adapters import form_layout as layout
from ocop.adapters.excel import write_score_sheet
from ocop.criteria.model import CriteriaSet
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.products import ProductCode
from ocop.testing import criteria_sets
from ocop.text import LANGUAGES, Language
from workbooks import CHOICE, TEA, form, openpyxl, parts_of, rows_of

SET = ocop.criteria_set(TEA)


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_there_is_a_sheet_for_each_member_and_a_hidden_one() -> None:
    book = opened(form(("An", "An/", "_ocop", ""), product="Chè", product_code=ProductCode.parse("19-05503-1-2026")))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        *(("An", "visible"), ("An (2)", "visible"), ("_ocop", "visible"), ("Phiếu 4", "visible")),
        ("_ocop (2)", "veryHidden"),
    ]
    assert [sheet["D6"].value for sheet in book.worksheets[:4]] == ["An", "An/", "_ocop", None]
    assert {(sheet["D4"].value, sheet["D5"].value) for sheet in book.worksheets[:4]} == {("Chè", "19-05503-1-2026")}
    assert [sheet.title for sheet in opened(form(()))] == ["Phiếu 1", "_ocop"]


def test_the_set_stands_in_a_hidden_row() -> None:
    sheet = opened(form()).active
    assert [cell.value for cell in sheet[1][:4]] == [layout.MARK, SET.id, SET.digest, "vi"]
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden


def test_each_criterion_has_a_row_with_its_options() -> None:
    sheet = opened(form()).active
    rows = rows_of(sheet)
    assert [key for key in rows if key.startswith("criterion:")] == [f"criterion:{each.code}" for each in SET.criteria]
    row = rows["criterion:5.2"]
    assert sheet.cell(row, 2).value == "5.2"
    assert sheet.cell(row, 3).value == "Cấu trúc câu chuyện\nLưu ý: chỉ áp dụng khi có câu chuyện sản phẩm"
    assert sheet.cell(row, 7).value == 2
    assert sheet.cell(rows["criterion:1.1"], 4).value.splitlines()[1] == (
        "b) Nguyên liệu trong tỉnh từ 50% đến dưới 75% (2 điểm) ***"
    )
    assert [sheet.cell(row, 2).value for row in range(10, 13)] == ["A", "1", "1.1"]
    assert sheet["C10"].value == "PHẦN A: Sản phẩm và sức mạnh cộng đồng"


def test_every_answer_has_a_dropdown_whose_list_has_a_name() -> None:
    book = opened(form())
    sheet, lists = book.worksheets
    rows = rows_of(sheet)
    sources = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert len(sources) == len(SET.criteria) + len(SET.findings)
    for criterion in SET.criteria:
        name = sources[f"E{rows['criterion:' + criterion.code]}"]
        shown = [cell.value for (cell,) in lists[book.defined_names[name].attr_text.partition("!")[2]]]
        words = [layout.option_line(option, "vi") for option in criterion.options]
        assert shown == [*words, "Không đáp ứng phương án nào (0 điểm)", *criterion.letters]
        points = [cell.value for (cell,) in lists[book.defined_names[name + "_points"].attr_text.partition("!")[2]]]
        each = [option.points for option in criterion.options]
        assert points == [*each, 0, *each]
    assert max(sum(len(layout.option_line(option, "vi")) + 1 for option in each.options) for each in SET.criteria) > 255


def rules_of(sheet: Any) -> dict[str, Any]:
    """Return the rule of each cell with a dropdown, as openpyxl reads it."""
    return {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}


def test_where_ticks_add_up_several_letters_can_be_typed() -> None:
    tourism = ocop.register("docs/examples/own/tourism-2019").criteria_set("tourism-2019/rural-tourism-and-festivals")
    said: dict[Language, str] = {
        "vi": "cách nhau bằng dấu phẩy, ví dụ: a, c",
        "en": "with commas between them: a, c",
    }
    for lang, words in said.items():
        sheet = opened(form(criteria_set=tourism, lang=lang)).active
        rows, rules = rows_of(sheet), rules_of(sheet)
        for criterion in tourism.criteria:
            row = rows["criterion:" + criterion.code]
            rule = rules[f"E{row}"]
            assert rule.type == "list"
            # Where no error is shown, a program takes whatever is typed.
            assert bool(rule.showErrorMessage) is not criterion.additive
            assert bool(rule.showInputMessage) or not criterion.additive
            for text in (rule.prompt or "", sheet.cell(row, 3).value):
                assert text.endswith(words) is criterion.additive
            if criterion.additive:
                assert (rule.promptTitle, rule.prompt[:1].isupper()) == (layout.say("choice", lang), True)
                assert len(rule.prompt) <= 255


def test_points_of_several_letters_are_a_formula() -> None:
    tourism = ocop.register("docs/examples/own/tourism-2019").criteria_set("tourism-2019/rural-tourism-and-festivals")
    book = opened(form(criteria_set=tourism))
    sheet, lists = book.worksheets
    row = rows_of(sheet)["criterion:6"]
    split = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(E{row},","," "),";"," "),"+"," "),CHAR(10)," ")'
    found = f'ISNUMBER(FIND(" "&ocop_17_ticks&" "," "&{split}&" "))'
    assert sheet.cell(row, 6).value == (
        f'=IF(TRIM(E{row})="","",IF(SUMPRODUCT(--EXACT(ocop_17,E{row}))=0,'
        f'IF(SUMPRODUCT({found}*LEN(ocop_17_ticks))=LEN(SUBSTITUTE({split}," ","")),'
        f'SUMPRODUCT({found}*ocop_17_ticks_points),IF(OR(TRIM(E{row})="none",TRIM(E{row})="không"),0,"?")),'
        f"SUMPRODUCT(--EXACT(ocop_17,E{row}),ocop_17_points)))"
    )
    for name, values in (("ocop_17_ticks", list("abcd")), ("ocop_17_ticks_points", [1, 1, 2, 1])):
        assert [cell.value for (cell,) in lists[book.defined_names[name].attr_text.partition("!")[2]]] == values
    assert "ocop_1_ticks" not in book.defined_names


def test_only_answers_names_and_findings_are_unlocked() -> None:
    sheet = opened(form()).active
    rows = rows_of(sheet)
    assert sheet.protection.sheet
    answers = {(row, CHOICE) for key, row in rows.items() if key.startswith(("criterion:", "finding:"))}
    heads = {(rows[key], column) for key in ("product", "product-code", "evaluator") for column in range(4, 8)}
    unlocked = {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == answers | heads


def test_points_and_totals_are_formulas() -> None:
    sheet = opened(form()).active
    row = rows_of(sheet)["criterion:1.1"]
    assert sheet.cell(row, 6).value == (
        f'=IF(E{row}="","",IF(SUMPRODUCT(--EXACT(ocop_1,E{row}))=0,"?",'
        f"SUMPRODUCT(--EXACT(ocop_1,E{row}),ocop_1_points)))"
    )
    assert sheet["F10"].value == '=SUMIF(A11:A29,"criterion:*",F11:F29)'
    assert [sheet.cell(row, 7).value for row in (10, 11)] == [40, 18]
    total = next(cell.row for (cell,) in sheet.iter_rows(min_col=2, max_col=2) if cell.value == "TỔNG ĐIỂM")
    assert sheet.cell(total, 6).value == f'=SUMIF(A10:A{total - 1},"criterion:*",F10:F{total - 1})'
    assert sheet.cell(total + 1, 6).value == (f'=32-COUNTIFS(A10:A{total - 1},"criterion:*",F10:F{total - 1},">=0")')


def test_it_is_made_for_a4() -> None:
    sheet = opened(form()).active
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (
        9,
        "landscape",
        None,
        0,
    )  # one page wide, the default, and as many as it takes
    assert (sheet.print_title_rows, sheet.print_area) == ("$9:$9", f"'An'!$B$1:$G${sheet.max_row}")
    assert sheet.freeze_panes == "D10"
    assert sheet.oddFooter.left.text == TEA


def test_findings_are_listed() -> None:
    sheet = opened(form(lang="en")).active
    rows = rows_of(sheet)
    assert sheet.cell(rows["finding:unsafe-impurities"], 2).value.startswith("There are impurities")
    tourism = opened(form(criteria_set="qd26-2026/community-tourism")).active
    assert not any(key.startswith("finding:") for key in rows_of(tourism))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("set_id", ocop.PACKAGED.set_ids())
def test_every_packaged_set_can_be_written(set_id: str, lang: Language) -> None:
    assert form(criteria_set=set_id, lang=lang).startswith(b"PK")


@settings(max_examples=5)
@given(criteria_sets())
def test_every_sound_set_can_be_written(the_set: CriteriaSet) -> None:
    rows = rows_of(opened(form(criteria_set=the_set)).active)
    assert {"criterion:" + criterion.code for criterion in the_set.criteria} <= rows.keys()


def test_a_set_without_minimums_has_no_legend() -> None:
    plain = CriteriaSet(
        SET.id,
        SET.edition,
        1,
        (ocop.criteria.model.Part("A", "a", 1, (ocop.Criterion("1", "x", 1, (ocop.Option("a", "y", 1),)),)),),
    )
    rows = rows_of(opened(form(criteria_set=plain)).active)
    assert rows["titles"] == 8


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    write_score_sheet(tmp_path / "a.xlsx", SET, ["An", "Bình"], "Chè")
    assert (tmp_path / "a.xlsx").read_bytes() == form(("An", "Bình"), product="Chè")


def test_no_name_is_a_formula_or_a_link() -> None:
    for name in ("=1+1", "@SUM(1)", "+1", "\t=1", "https://example.org"):
        data = form((name,), product=name)
        sheet = opened(data).active
        assert {sheet[cell].data_type for cell in ("D4", "D6")} == {"s"}
        assert (sheet["D4"].value, sheet["D6"].hyperlink) == (name, None)
    assert not any("rels" in part and "sheet" in part for part in parts_of(data))


@pytest.mark.parametrize(("members", "message"), [
    ("An", 'members must be a list of names; got "An"'),
    (["An", 5], 'members must be a list of names; got ["An", 5]'),
    (["An", "Bình", "An"], 'members names "An" twice'),
])  # fmt: skip
def test_members_that_are_no_names_are_refused(members: Any, message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        write_score_sheet(io.BytesIO(), SET, members)
    assert str(caught.value) == message


def test_what_else_is_refused() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026/tea'"):
        write_score_sheet(io.BytesIO(), "qd26-2026/tee")
    with pytest.raises(ValueError, match="lang must be one of"):
        write_score_sheet(io.BytesIO(), SET, lang="fr")  # type: ignore[arg-type]
    with pytest.raises(ConversionError, match="32,767"):
        write_score_sheet(io.BytesIO(), SET, product="x" * 32_768)
