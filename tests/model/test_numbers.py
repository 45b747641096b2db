import sys
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.errors import Problem, Report
from ocop.model.numbers import gtin_problems, tax_id_problems
from ocop.model.subjects import LegalForm

DIGITS = st.text("0123456789", min_size=1, max_size=16)
TEXTS = st.text(max_size=20) | DIGITS


@pytest.fixture
def without_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdnum", "stdnum.vn"):
        monkeypatch.setitem(sys.modules, name, None)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def gs1_digit(number: str) -> str:
    """The check digit as the GS1 specifications tell it: weights 3 and 1 from the right, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(number)))
    return str(-total % 10)


def tax_digit(number: str) -> int:
    """The check digit of the tax office: 10 less the weighted sum's remainder by 11; 10 is no digit."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    return 10 - sum(w * int(d) for w, d in zip(weights, number, strict=True)) % 11


# Tax ids


@pytest.mark.parametrize("text", ["0100112437", "0314409058-002", "0314409058002", "0312687878-999"])
def test_a_right_tax_id_has_no_problem(text: str) -> None:
    assert tax_id_problems(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "010011243",
        "01001124377",
        "0100112437-",
        "0100112437-01",
        "0100112437-0001",
        "0100112437-000",
        "0100112437 001",
        "0100112437--001",
        " 0100112437",
        "0100112437\n",
        "01.00.112.437",
        "0100000000",
        "01OO112437",
        "٠١٠٠١١٢٤٣٧",
        "001200012345-001",
        "00120001234x",
    ],
)
def test_a_tax_id_of_another_form_is_told_and_not_shown(text: str) -> None:
    [problem] = tax_id_problems(text, "/tax_id")
    assert (problem.code, problem.pointer, problem.expected, problem.got) == ("tax-id-form", "/tax_id", None, None)


def test_a_wrong_check_digit_is_told_with_the_right_one() -> None:
    [problem] = tax_id_problems("0314409053-002", "/tax_id")
    assert (problem.code, problem.expected, problem.got) == ("tax-id-check-digit", "8", "3")


def test_some_numbers_have_no_check_digit() -> None:
    number = next(f"01{serial:07}" for serial in range(1, 99) if tax_digit(f"01{serial:07}") == 10)
    for digit in "0123456789":
        [problem] = tax_id_problems(number + digit)
        assert (problem.code, problem.expected, problem.got) == ("tax-id-check-digit", None, digit)


@given(st.from_regex(r"[0-9]{2}[0-9]{7}", fullmatch=True).filter(lambda text: text[2:] != "0000000"), st.data())
def test_of_ten_digits_at_most_one_is_right(number: str, data: st.DataObject) -> None:
    branch = data.draw(st.sampled_from(["", "-001", "123"]))
    right = [digit for digit in "0123456789" if not tax_id_problems(number + digit + branch)]
    digit = tax_digit(number)
    assert right == ([] if digit == 10 else [str(digit)])


@pytest.mark.parametrize("form", [LegalForm.REGISTERED_HOUSEHOLD, LegalForm.FARM, None])
def test_a_household_may_have_a_personal_number_or_a_tax_id(form: LegalForm | None) -> None:
    assert tax_id_problems("001200012345", "/tax_id", form) == []
    assert tax_id_problems("0100112437", "/tax_id", form) == []


@pytest.mark.parametrize(
    "form", [form for form in LegalForm if form not in (LegalForm.REGISTERED_HOUSEHOLD, LegalForm.FARM)]
)
def test_no_other_form_may_have_a_personal_number(form: LegalForm) -> None:
    [problem] = tax_id_problems("001200012345", "/tax_id", form)
    assert (problem.code, problem.pointer, problem.got) == ("tax-id-personal", "/tax_id", None)
    assert form.label.vi in problem.message.vi
    assert tax_id_problems("0100112437", "/tax_id", form) == []


@given(TEXTS, st.sampled_from([None, *LegalForm]))
def test_what_is_told_never_holds_the_tax_id(text: str, form: LegalForm | None) -> None:
    for problem in tax_id_problems(text, "/tax_id", form):
        if len(text) > 4:
            assert text not in problem.text("en") + problem.text("vi")


# Barcodes


@pytest.mark.parametrize("text", ["96385074", "036000291452", "8938505974194", "98412345678908", "4006381333931"])
def test_a_right_barcode_has_no_problem(text: str) -> None:
    assert gtin_problems(text) == []


@pytest.mark.parametrize(
    "text", ["", "893850597", "893 8505974194", "89385059741944567", "978-0-471-11709-4", "٩٦٣٨٥٠٧٤"]
)
def test_a_barcode_of_another_form_is_told(text: str) -> None:
    [problem] = gtin_problems(text, "/barcodes/1")
    assert (problem.code, problem.pointer, problem.got) == ("gtin-form", "/barcodes/1", f'"{text}"')


def test_a_wrong_digit_of_a_barcode_is_told_with_the_right_one() -> None:
    [problem] = gtin_problems("8938505974195", "/barcodes/0")
    assert (problem.code, problem.expected, problem.got) == ("gtin-check-digit", "4", "5")
    assert not Report([problem]).ok


@given(st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_of_ten_barcodes_one_is_right(number: str) -> None:
    right = [digit for digit in "0123456789" if not gtin_problems(number + digit)]
    assert right == [gs1_digit(number)]


# Without the extra


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [(tax_id_problems, "0100112437", "0100112438"), (gtin_problems, "8938505974194", "8938505974195")],
)
@pytest.mark.usefixtures("without_ids")
def test_without_the_extra_the_report_says_that_the_check_digit_was_not_checked(
    check: Callable[[str, str], list[Problem]], right: str, wrong: str
) -> None:
    for text in (right, wrong):
        [problem] = check(text, "/here")
        assert (problem.code, problem.pointer, problem.note) == ("check-digit-not-checked", "/here", True)
        report = Report([problem])
        assert report.ok
        assert report.notes == (problem,)


@pytest.mark.usefixtures("without_ids")
def test_without_the_extra_the_form_is_checked() -> None:
    assert codes(tax_id_problems("0100112437x")) == ["tax-id-form"]
    assert codes(tax_id_problems("001200012345", "", LegalForm.COOPERATIVE)) == ["tax-id-personal"]
    assert codes(gtin_problems("893850597419x")) == ["gtin-form"]


@pytest.mark.usefixtures("without_ids")
def test_without_the_extra_a_personal_number_needs_no_note_as_it_has_no_check_digit() -> None:
    assert tax_id_problems("001200012345") == []


@given(TEXTS)
def test_with_and_without_the_extra_the_same_forms_are_taken(text: str) -> None:
    forms = {"tax-id-form", "gtin-form"}
    with_it = [set(codes(check(text, ""))) & forms for check in (tax_id_problems, gtin_problems)]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("stdnum", "stdnum.vn"):
            patch.setitem(sys.modules, name, None)
        assert [set(codes(check(text, ""))) & forms for check in (tax_id_problems, gtin_problems)] == with_it
