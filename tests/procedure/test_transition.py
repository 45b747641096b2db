from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from district_edition import ID, district_catalog
from ocop.errors import DocumentError, NoEditionError
from ocop.procedure.kinds import DossierKind
from ocop.procedure.transition import ApplicableRules, rules_for

IN_FORCE = date(2026, 5, 22)
UNTIL = {
    DossierKind.FIRST: date(2026, 7, 21),
    DossierKind.UPGRADE: date(2026, 7, 21),
    DossierKind.RE_EVALUATION: date(2026, 6, 21),
}
KINDS = st.sampled_from(DossierKind)


@pytest.mark.parametrize("kind", DossierKind)
class TestTheTransition:
    def test_handed_in_before_the_decision(self, kind: DossierKind) -> None:
        old = ApplicableRules("qd148-2023", "12", UNTIL[kind])
        for on in (IN_FORCE, UNTIL[kind]):
            found = rules_for(date(2026, 5, 21), kind, on)
            assert found == old
            assert found.transitional

    def test_handed_in_on_the_very_day(self, kind: DossierKind) -> None:
        found = rules_for(IN_FORCE, kind, IN_FORCE)
        assert found == ApplicableRules("qd26-2026")
        assert not found.transitional

    def test_handed_in_later(self, kind: DossierKind) -> None:
        assert rules_for(date(2026, 8, 1), kind, date(2030, 1, 1)) == ApplicableRules("qd26-2026")

    def test_after_the_transition(self, kind: DossierKind) -> None:
        with pytest.raises(DocumentError) as caught:
            rules_for(date(2026, 5, 21), kind, UNTIL[kind] + timedelta(days=1))
        (problem,) = caught.value.report.problems
        assert problem.code == "transition-over"
        assert f"goes by Decision 148/QĐ-TTg only until {UNTIL[kind]} (Article 12)" in problem.message.en
        assert "update it and hand it in again by Decision 26/2026/QĐ-TTg" in problem.message.en
        assert kind.label.vi in problem.message.vi
        assert "hãy cập nhật và nộp lại theo Quyết định 26/2026/QĐ-TTg" in problem.message.vi


def test_handed_in_after_the_day_in_question() -> None:
    with pytest.raises(DocumentError) as caught:
        rules_for(date(2026, 6, 2), DossierKind.FIRST, date(2026, 6, 1))
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.expected, problem.got) == ("handed-in-later", "≤ 2026-06-01", "2026-06-02")


def test_handed_in_years_before() -> None:
    assert rules_for(date(2019, 1, 1), DossierKind.FIRST, date(2026, 6, 1)).edition == "qd148-2023"


def test_a_day_before_any_edition() -> None:
    with pytest.raises(NoEditionError, match="qd1048-2019 begins on 2019-08-21"):
        rules_for(date(2019, 5, 1), DossierKind.FIRST, date(2019, 8, 20))


def test_the_last_day_of_the_decision_before() -> None:
    assert rules_for(date(2026, 5, 1), DossierKind.FIRST, date(2026, 5, 21)).edition == "qd148-2023"
    with pytest.raises(DocumentError) as caught:  # its procedure, and so its transition, is not at hand
        rules_for(date(2022, 5, 1), DossierKind.FIRST, date(2024, 1, 1))
    assert caught.value.report.codes == ("transition-none",)


def test_an_edition_without_a_transition(tmp_path: Path) -> None:
    catalog = district_catalog(tmp_path)
    assert rules_for(date(2024, 1, 1), DossierKind.FIRST, date(2024, 2, 1), catalog=catalog).edition == ID
    with pytest.raises(DocumentError) as caught:
        rules_for(date(2023, 2, 23), DossierKind.FIRST, date(2023, 3, 1), catalog=catalog)
    assert caught.value.report.codes == ("transition-none",)
    assert "Decision 148/QĐ-TTg has no transition" in str(caught.value)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.dates(IN_FORCE, date(2030, 1, 1)), KINDS)
def test_it_answers_or_says_why_not(handed_in: date, on: date, kind: DossierKind) -> None:
    if handed_in > on or (handed_in < IN_FORCE and on > UNTIL[kind]):
        with pytest.raises(DocumentError):
            rules_for(handed_in, kind, on)
    else:
        found = rules_for(handed_in, kind, on)
        assert found.transitional == (handed_in < IN_FORCE)
        assert found.until is None or on <= found.until
