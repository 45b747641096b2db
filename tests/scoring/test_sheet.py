import copy
import pickle
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

import ocop
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.products import ProductCode


def test_a_blank_sheet_has_every_criterion_and_nothing_filled_in() -> None:
    sheet = ocop.ScoreSheet.blank("qd26-2026/tea", "Chè", "An")
    assert list(sheet.choices) == [c.code for c in ocop.criteria_set("qd26-2026/tea").criteria]
    assert set(sheet.choices.values()) == {""}
    assert (sheet.product, sheet.evaluator) == ("Chè", "An")


def test_a_blank_sheet_of_a_set_itself() -> None:
    tea = ocop.criteria_set("qd26-2026/tea")
    assert ocop.ScoreSheet.blank(tea) == ocop.ScoreSheet.blank(tea.id)


def test_a_blank_sheet_of_an_unknown_set() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026/tea'"):
        ocop.ScoreSheet.blank("qd26-2026/teaa")


def test_a_blank_sheet_does_not_score() -> None:
    with pytest.raises(ocop.SheetError) as caught:
        ocop.score(ocop.ScoreSheet.blank("qd26-2026/tea"))
    assert set(caught.value.report.codes) == {"choice-empty"}


def test_a_sheet_is_frozen_hashable_and_picklable() -> None:
    sheet = ocop.ScoreSheet("qd26-2026/tea", {"1.1": "c", "1.2": None}, ["forged-dossier"])
    with pytest.raises(FrozenInstanceError):
        sheet.product = "x"  # type: ignore[misc]
    changeable: Any = sheet.choices
    with pytest.raises(TypeError, match="cannot be changed"):
        changeable["1.1"] = "a"
    assert hash(sheet) == hash(evolve(sheet))
    assert pickle.loads(pickle.dumps(sheet)) == sheet  # noqa: S301
    assert copy.deepcopy(sheet) == sheet


def test_the_callers_dict_is_not_shared() -> None:
    choices = {"1.1": "c"}
    sheet = ocop.ScoreSheet("qd26-2026/tea", choices)
    choices["1.1"] = "a"
    assert sheet.choices == {"1.1": "c"}


def test_text_is_kept_in_normal_form_c() -> None:
    sheet = ocop.ScoreSheet(
        "qd26-2026/tea", {"e\u0301": "e\u0301"}, ["e\u0301"], product="Phu\u0301", evaluator="A\u0309"
    )
    assert sheet == ocop.ScoreSheet("qd26-2026/tea", {"é": "é"}, ["é"], product="Phú", evaluator="Ả")


@pytest.mark.parametrize("choices", [[], ["a"], "abc", None, 3])
def test_choices_must_be_a_mapping(choices: Any) -> None:
    with pytest.raises(ConversionError, match="expected a mapping"):
        ocop.ScoreSheet("qd26-2026/tea", choices)


@pytest.mark.parametrize("findings", ["forged-dossier", 3, None])
def test_findings_must_be_a_list(findings: Any) -> None:
    with pytest.raises(ConversionError, match="expected a list of findings"):
        ocop.ScoreSheet("qd26-2026/tea", {}, findings)


@pytest.mark.parametrize("name", [None, 3, b"tea"])
def test_names_must_be_text(name: Any) -> None:
    with pytest.raises(ConversionError, match="expected text"):
        ocop.ScoreSheet(name, {})
    with pytest.raises(ConversionError, match="expected text"):
        ocop.ScoreSheet("qd26-2026/tea", {}, product=name)


def test_choices_replaced_keep_the_rest() -> None:
    sheet = ocop.ScoreSheet("qd26-2026/tea", {"1.1": "a", "1.2": None}, product="P")
    changed = sheet.with_choices({"1.1": "b"})
    assert changed.choices == {"1.1": "b", "1.2": None}
    assert changed.product == "P"


@pytest.mark.parametrize("name", ["product", "evaluator"])
def test_half_a_character_is_refused_as_no_digest_can_hold_it(name: str) -> None:
    names: dict[str, Any] = {name: "Ch\ud800"}
    with pytest.raises(ConversionError, match="half of one"):
        ocop.ScoreSheet("qd26-2026/tea", {}, **names)


def test_a_sheet_may_carry_the_product_code() -> None:
    sheet = ocop.load("docs/examples/tea.json")
    coded = evolve(sheet, product_code=ProductCode.parse("68-24781-3-2026"))
    assert sheet.product_code is None
    assert '"product_code": "68-24781-3-2026"' in ocop.dumps(coded)
    assert ocop.loads(ocop.dumps(coded)) == coded
    assert ocop.validate(coded).ok
    score = ocop.score(coded)
    assert ocop.loads(ocop.dumps(score)) == score
    with pytest.raises(ConversionError, match="product_code: expected ProductCode or None; got str"):
        evolve(sheet, product_code="68-24781-3-2026")


def test_a_sheet_without_a_code_has_the_digest_it_always_had() -> None:
    document = ocop.score(ocop.load("docs/examples/tea.json")).to_json()
    assert "product_code" not in document["sheet"]
    assert document["sheet_digest"] == "sha256:aaa725b4e8236466a6bbc2b116ad4d9f5f3be219af5899de027a8463e20020d9"
