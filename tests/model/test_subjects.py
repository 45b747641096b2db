import copy
import pickle
import sys
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve, fields
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, Report
from ocop.model.subjects import (
    CooperativeRating,
    LegalForm,
    Representative,
    Sex,
    Subject,
    Workforce,
    check_subject,
)
from ocop.text import nfc

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(nfc)
COMMUNES = st.sampled_from(["24781", "24778", "00004", "99999"])
COUNTS = st.none() | st.integers(0, 50)
WORKFORCES = st.builds(Workforce, COUNTS, st.dictionaries(COMMUNES, st.integers(0, 50)), COUNTS, COUNTS)
REPRESENTATIVES = st.builds(
    Representative,
    TEXT,
    st.none() | st.sampled_from(Sex),
    st.none() | st.booleans(),
    st.none() | st.booleans(),
)
SUBJECTS = st.builds(
    Subject,
    TEXT,
    TEXT,
    st.sampled_from(LegalForm),
    place=st.none() | COMMUNES,
    business_registration=st.none() | TEXT,
    tax_id=st.none() | TEXT | st.sampled_from(["0100112437", "001200012345"]),
    representative=st.none() | REPRESENTATIVES,
    workforce=st.none() | WORKFORCES,
    profits=st.dictionaries(st.sampled_from(["2024", "2025", "25"]), st.integers(-(10**9), 10**9)),
    local_capital=st.none() | st.fractions(0, 2, max_denominator=100),
    cooperative_rating=st.none() | st.sampled_from(CooperativeRating),
)

RIGHT = Subject(
    "chieng-di",
    "Công ty cổ phần chè Chiềng Đi",
    LegalForm.JOINT_STOCK_COMPANY,
    place="24781",
    business_registration="0100112437",
    tax_id="0100112437",
    representative=Representative("Lò Thị Mai", Sex.FEMALE, ethnic_minority=True, disability=False),
    workforce=Workforce(20, {"24781": 15, "24778": 5}, insured=20, trained=20),
    profits={"2024": -120_000_000, "2025": 310_000_000},
    local_capital=Fraction(51, 100),
)


def codes(subject: Subject) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in check_subject(subject).problems]


# The words


def test_the_legal_forms_are_those_of_the_decision() -> None:
    assert {form.value: form.label.vi for form in LegalForm} == {
        "cooperative": "hợp tác xã",
        "cooperative-group": "tổ hợp tác",
        "limited-company": "công ty TNHH",
        "private-enterprise": "doanh nghiệp tư nhân",
        "joint-stock-company": "công ty cổ phần",
        "farm": "trang trại",
        "registered-household": "hộ có đăng ký kinh doanh",
        "association": "hội, hiệp hội",
        "operating-centre": "trung tâm điều hành",
        "equivalent-organisation": "tổ chức tương đương",
    }


def test_three_forms_are_enterprises() -> None:
    assert [form.value for form in LegalForm if form.is_enterprise] == [
        "limited-company",
        "private-enterprise",
        "joint-stock-company",
    ]


def test_two_forms_may_have_a_personal_tax_id() -> None:
    assert [form for form in LegalForm if form.has_personal_tax_id] == [LegalForm.FARM, LegalForm.REGISTERED_HOUSEHOLD]


@pytest.mark.parametrize("member", [*LegalForm, *Sex, *CooperativeRating], ids=str)
def test_every_member_has_its_name_in_both_languages(member: LegalForm | Sex | CooperativeRating) -> None:
    assert member.label.vi
    assert member.label.en
    assert member.label.vi != member.label.en


def test_a_cooperative_is_good_fair_average_or_weak() -> None:
    assert [rating.label.vi for rating in CooperativeRating] == ["tốt", "khá", "trung bình", "yếu"]


# The local labour


@pytest.mark.parametrize(
    ("workforce", "share"),
    [
        (Workforce(20, {"24781": 15}), Fraction(3, 4)),
        (Workforce(3, {"24781": 1}), Fraction(1, 3)),
        (Workforce(4, {"24781": 4, "24778": 0}), Fraction(1)),
        (Workforce(4, {"24781": 0}), Fraction(0)),
        (Workforce(4, {"24778": 1}), None),
        (Workforce(4), None),
        (Workforce(None, {"24781": 1}), None),
        (Workforce(0, {"24781": 0}), None),
        (Workforce(), None),
    ],
)
def test_the_share_of_local_labour(workforce: Workforce, share: Fraction | None) -> None:
    assert workforce.local_labour_share("24781") == share


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_the_share_of_local_labour_is_exact(total: int, local: int) -> None:
    share = Workforce(total, {"24781": local}).local_labour_share("24781")
    assert share is not None
    assert share * total == local


# The classes


def test_a_subject_is_frozen_hashable_and_picklable() -> None:
    with pytest.raises(FrozenInstanceError):
        RIGHT.name = "x"  # type: ignore[misc]
    assert hash(RIGHT) == hash(evolve(RIGHT))
    assert pickle.loads(pickle.dumps(RIGHT)) == RIGHT  # noqa: S301
    assert copy.deepcopy(RIGHT) == RIGHT


@given(SUBJECTS)
def test_a_subject_comes_back_from_its_json_form(subject: Subject) -> None:
    assert structured(make_converter(), plain(subject), Subject) == subject


def test_the_json_form_of_a_subject() -> None:
    assert plain(RIGHT) == {
        "id": "chieng-di",
        "name": "Công ty cổ phần chè Chiềng Đi",
        "legal_form": "joint-stock-company",
        "place": "24781",
        "business_registration": "0100112437",
        "tax_id": "0100112437",
        "representative": {"name": "Lò Thị Mai", "sex": "female", "ethnic_minority": True, "disability": False},
        "workforce": {"total": 20, "local": {"24781": 15, "24778": 5}, "insured": 20, "trained": 20},
        "profits": {"2024": -120_000_000, "2025": 310_000_000},
        "local_capital": "51/100",
    }


def test_the_json_form_leaves_out_what_is_not_known() -> None:
    assert plain(Subject("a", "A", LegalForm.FARM, workforce=Workforce())) == {
        "id": "a",
        "name": "A",
        "legal_form": "farm",
        "workforce": {},
    }


@pytest.mark.parametrize(
    "values",
    [
        {"name": 5},
        {"legal_form": "cooperative"},
        {"place": 24781},
        {"business_registration": 100112437},
        {"tax_id": 100112437},
        {"representative": "Mai"},
        {"workforce": 20},
        {"profits": {"2025": 1.5}},
        {"profits": {2025: 1}},
        {"local_capital": 0.51},
        {"local_capital": 1},
        {"cooperative_rating": "good"},
    ],
)
def test_a_value_of_another_type_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(ConversionError):
        evolve(RIGHT, **values)


@pytest.mark.parametrize("values", [{"total": -1}, {"total": "5"}, {"local": {"24781": -1}}, {"insured": True}])
def test_people_are_counted_in_whole_numbers(values: dict[str, Any]) -> None:
    with pytest.raises(ConversionError):
        Workforce(**values)


def test_text_is_kept_in_normal_form_c() -> None:
    assert Subject("e\u0301", "Phu\u0301", LegalForm.FARM) == Subject("é", "Phú", LegalForm.FARM)
    assert Representative("Phu\u0301").name == "Phú"


# What is never shown


def test_only_the_name_of_a_representative_is_printed() -> None:
    assert repr(RIGHT.representative) == "Representative(name='Lò Thị Mai')"


def test_the_numbers_and_profits_of_a_subject_are_not_printed() -> None:
    printed = repr(RIGHT)
    for secret in ("0100112437", "310000000", "120000000", "FEMALE", "ethnic", "disability", "profits"):
        assert secret not in printed


def test_the_sensitive_fields_are_not_printed() -> None:
    hidden = {each.name for cls in (Subject, Representative) for each in fields(cls) if not each.repr}
    assert hidden == {"business_registration", "tax_id", "profits", "sex", "ethnic_minority", "disability"}


@pytest.mark.parametrize(
    "values",
    [
        {"tax_id": 1200012345},
        {"business_registration": 1200012345},
        {"profits": {"2025": "1200012345"}},
        {"profits": {1200012345: 5}},
    ],
)
def test_a_refusal_does_not_show_what_is_sensitive(values: dict[str, Any]) -> None:
    with pytest.raises(ConversionError) as caught:
        evolve(RIGHT, **values)
    assert "1200012345" not in str(caught.value)


@given(SUBJECTS, st.from_regex(r"[0-9]{12}", fullmatch=True), st.sampled_from(["", "x", "-001"]))
def test_a_report_does_not_show_what_is_sensitive(subject: Subject, number: str, tail: str) -> None:
    subject = evolve(
        subject,
        tax_id=number + tail,
        business_registration=number,
        profits={"2025": -987_654_321_987},
        representative=Representative("M", Sex.FEMALE, ethnic_minority=True, disability=True),
    )
    report = check_subject(subject)
    told = report.text("vi") + report.text("en") + str(report.to_dict())
    for secret in (number, "987654321987", "female", "ethnic", "disability", "nữ"):
        assert secret not in told


# The check


def test_a_right_subject_has_no_problem() -> None:
    assert check_subject(RIGHT) == Report()


def test_a_household_with_a_personal_number_has_no_problem() -> None:
    household = Subject(
        "h1", "Hộ Nguyễn Văn An", LegalForm.REGISTERED_HOUSEHOLD, business_registration="1", tax_id="001200012345"
    )
    assert check_subject(household).ok


def test_a_classified_cooperative_has_no_problem() -> None:
    cooperative = Subject(
        "c",
        "HTX",
        LegalForm.COOPERATIVE,
        business_registration="1",
        cooperative_rating=CooperativeRating.GOOD,
    )
    assert check_subject(cooperative).ok


@pytest.mark.parametrize(
    ("values", "code", "pointer"),
    [
        ({"id": " "}, "text-empty", "/id"),
        ({"name": ""}, "text-empty", "/name"),
        ({"place": "99999"}, "commune-unknown", "/place"),
        ({"place": ""}, "commune-unknown", "/place"),
        ({"business_registration": None}, "registration-missing", "/business_registration"),
        ({"business_registration": " "}, "registration-missing", "/business_registration"),
        ({"tax_id": "0100112438"}, "tax-id-check-digit", "/tax_id"),
        ({"tax_id": ""}, "tax-id-form", "/tax_id"),
        ({"tax_id": "001200012345"}, "tax-id-personal", "/tax_id"),
        ({"representative": Representative("")}, "text-empty", "/representative/name"),
        ({"workforce": Workforce(None, {"1/2": 1})}, "commune-unknown", "/workforce/local/1~12"),
        ({"workforce": Workforce(20, {"24781": 15, "24778": 6})}, "workforce-local", "/workforce/local"),
        ({"workforce": Workforce(20, insured=21)}, "workforce-insured", "/workforce/insured"),
        ({"workforce": Workforce(20, trained=21)}, "workforce-trained", "/workforce/trained"),
        ({"workforce": Workforce(0, trained=1)}, "workforce-trained", "/workforce/trained"),
        ({"profits": {"25": 1}}, "profit-year", "/profits/25"),
        ({"profits": {"02025": 1}}, "profit-year", "/profits/02025"),
        ({"local_capital": Fraction(101, 100)}, "local-capital-range", "/local_capital"),
        ({"local_capital": Fraction(-1, 100)}, "local-capital-range", "/local_capital"),
        ({"legal_form": LegalForm.LIMITED_COMPANY}, "local-capital-form", "/local_capital"),
        ({"cooperative_rating": CooperativeRating.WEAK}, "rating-form", "/cooperative_rating"),
    ],
)
def test_each_problem_is_told_where_it_is(values: dict[str, Any], code: str, pointer: str) -> None:
    assert codes(evolve(RIGHT, **values)) == [(code, pointer)]


@pytest.mark.parametrize("capital", [Fraction(0), Fraction(1)])
def test_local_capital_is_from_none_to_all(capital: Fraction) -> None:
    assert check_subject(evolve(RIGHT, local_capital=capital)).ok


@pytest.mark.parametrize("workforce", [Workforce(None, {"24781": 9}, 7, 8), Workforce(), Workforce(0)])
def test_nothing_is_held_against_a_total_that_is_not_known(workforce: Workforce) -> None:
    assert check_subject(evolve(RIGHT, workforce=workforce)).ok


def test_every_problem_is_told_at_once_in_the_order_of_the_fields() -> None:
    subject = Subject(
        "",
        "",
        LegalForm.COOPERATIVE_GROUP,
        "x",
        tax_id="5",
        representative=Representative(""),
        workforce=Workforce(1, {"y": 2}, 3, 4),
        profits={"z": 1},
        local_capital=Fraction(2),
        cooperative_rating=CooperativeRating.FAIR,
    )
    assert [code for code, _ in codes(subject)] == [
        "text-empty",
        "text-empty",
        "commune-unknown",
        "registration-missing",
        "tax-id-form",
        "text-empty",
        "commune-unknown",
        "workforce-local",
        "workforce-insured",
        "workforce-trained",
        "profit-year",
        "local-capital-form",
        "local-capital-range",
        "rating-form",
    ]


def test_how_a_problem_reads() -> None:
    told = "Only a joint-stock company has a share of local capital; the legal form here: farm"
    report = check_subject(evolve(RIGHT, workforce=Workforce(20, insured=21), legal_form=LegalForm.FARM))
    assert [problem.text("en") for problem in report.problems] == [
        "/workforce/insured: More people are insured than work there. Expected: ≤ 20. Got: 21. [workforce-insured]",
        f"/local_capital: {told}. [local-capital-form]",
    ]


def test_without_the_extra_the_report_is_ok_and_says_what_was_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdnum", "stdnum.vn"):
        monkeypatch.setitem(sys.modules, name, None)
    report = check_subject(RIGHT)
    assert report.ok
    assert report.codes == ("check-digit-not-checked",)
    assert report.text("en").splitlines()[0] == "no problems, 1 note"


@given(SUBJECTS)
def test_the_check_takes_whatever_a_subject_holds(subject: Subject) -> None:
    assert check_subject(subject).text()
