from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.model.products import Protection, ProtectionKind
from ocop.procedure.rights import MARKS, SHARED, Answer, Rights, Unknown, any_of, both, no, told

DAY = date(2026, 6, 1)
FILED, MARK, DESIGN = ProtectionKind.TRADE_MARK_FILED, ProtectionKind.TRADE_MARK, ProtectionKind.INDUSTRIAL_DESIGN
INDICATION, COPYRIGHT = ProtectionKind.GEOGRAPHICAL_INDICATION, ProtectionKind.COPYRIGHT
LIST, AS_OF = Unknown(("protections",)), Unknown(("as-of",))
SHOWN, USE, OF_MARK = Unknown(("mark-on-packaging",)), Unknown(("right-of-use",)), Unknown(("copyright-of-mark",))


def rights(*protections: Protection, complete: bool = True, as_of: date | None = DAY) -> Rights:
    return Rights(protections, complete, as_of)


class TestThreeValues:
    ONE, OTHER = Unknown(("one",)), Unknown(("other", "one"))

    @pytest.mark.parametrize(
        ("answers", "expected"),
        [
            ([], False),
            ([False, False], False),
            ([False, True], True),
            ([ONE, True], True),
            ([ONE, False], ONE),
            ([ONE, OTHER], Unknown(("one", "other"))),
        ],
    )
    def test_any(self, answers: list[Answer], expected: Answer) -> None:
        assert any_of(answers) == expected
        assert any_of(iter(answers)) == expected

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            (True, True, True),
            (True, False, False),
            (ONE, False, False),
            (False, ONE, False),
            (True, ONE, ONE),
            (ONE, OTHER, Unknown(("one", "other"))),
        ],
    )
    def test_both(self, one: Answer, other: Answer, expected: Answer) -> None:
        assert both(one, other) == expected

    def test_no_and_told(self) -> None:
        assert (no(True), no(False), no(self.ONE)) == (False, True, self.ONE)
        assert (told(True, "x"), told(False, "x"), told(None, "one")) == (True, False, self.ONE)


class TestInForce:
    @pytest.mark.parametrize(
        ("issued", "expires", "as_of", "expected"),
        [
            (None, None, None, True),
            (None, None, DAY, True),
            (DAY, DAY, DAY, True),
            (DAY + timedelta(1), None, DAY, False),
            (None, DAY - timedelta(1), DAY, False),
            (None, DAY, None, AS_OF),
            (DAY, None, None, True),
        ],
    )
    def test_from_issue_to_its_last_day(
        self, issued: date | None, expires: date | None, as_of: date | None, expected: Answer
    ) -> None:
        right = Protection(DESIGN, issued=issued, expires=expires)
        assert rights(as_of=as_of).in_force(right) == expected
        assert rights(right, as_of=as_of).has(DESIGN) == expected


class TestHas:
    @pytest.mark.parametrize("kind", ProtectionKind)
    def test_a_right_on_a_full_list_or_not(self, kind: ProtectionKind) -> None:
        right = Protection(kind, of_mark=False)
        assert rights(right).has(kind) is True
        assert rights(right, complete=False).has(kind) is True
        assert rights().has(kind) is False
        assert rights(complete=False).has(kind) == LIST
        others = [Protection(other, of_mark=False) for other in ProtectionKind if other is not kind]
        assert rights(*others).has(kind) is False

    @pytest.mark.parametrize(("of_mark", "expected"), [(True, False), (False, True), (None, OF_MARK)])
    def test_a_copyright_in_a_mark_does_not_count(self, of_mark: bool | None, expected: Answer) -> None:
        assert rights(Protection(COPYRIGHT, of_mark=of_mark)).has(COPYRIGHT) == expected

    def test_an_expired_copyright_needs_no_more_questions(self) -> None:
        assert rights(Protection(COPYRIGHT, expires=DAY - timedelta(1))).has(COPYRIGHT) is False


class TestMarksRegistered:
    @pytest.mark.parametrize("kind", MARKS)
    @pytest.mark.parametrize(("on_packaging", "expected"), [(True, True), (False, False), (None, SHOWN)])
    def test_a_registered_mark_on_the_packaging(
        self, kind: ProtectionKind, on_packaging: bool | None, expected: Answer
    ) -> None:
        one = rights(Protection(kind, on_packaging=on_packaging))
        assert one.marks_registered(on_packaging=True) == expected
        assert one.marks_registered(on_packaging=False) is True

    @pytest.mark.parametrize("kind", [kind for kind in ProtectionKind if kind not in MARKS])
    def test_nothing_else_is_a_registered_mark(self, kind: ProtectionKind) -> None:
        one = rights(Protection(kind, on_packaging=True))
        assert one.marks_registered(on_packaging=True) is False
        assert one.marks_registered(on_packaging=False) is False

    @pytest.mark.parametrize(("on_packaging", "expected"), [(True, False), (False, True), (None, SHOWN)])
    @pytest.mark.parametrize("other", [Protection(FILED), Protection(MARK, expires=DAY - timedelta(1))])
    def test_beside_a_mark_that_is_not_registered_now(
        self, other: Protection, on_packaging: bool | None, expected: Answer
    ) -> None:
        beside = Protection(other.kind, expires=other.expires, on_packaging=on_packaging)
        both_marks = rights(Protection(MARK, on_packaging=True), beside)
        assert both_marks.marks_registered(on_packaging=True) == expected
        assert both_marks.marks_registered(on_packaging=False) == expected

    def test_a_list_that_is_not_full_may_hide_a_mark(self) -> None:
        assert rights(Protection(MARK, on_packaging=True), complete=False).marks_registered(on_packaging=True) == LIST


class TestSharedRights:
    @pytest.mark.parametrize("kind", SHARED)
    @pytest.mark.parametrize(("right_of_use", "expected"), [(True, True), (False, False), (None, USE)])
    def test_each_needs_its_document(self, kind: ProtectionKind, right_of_use: bool | None, expected: Answer) -> None:
        one = Protection(kind, right_of_use=right_of_use)
        assert rights(one).shared_rights_granted() == expected
        assert rights(one, Protection(INDICATION, right_of_use=True)).shared_rights_granted() == expected

    def test_without_any_all_is_well(self) -> None:
        assert rights(Protection(MARK)).shared_rights_granted() is True
        assert rights(Protection(INDICATION, expires=DAY - timedelta(1))).shared_rights_granted() is True
        assert rights(complete=False).shared_rights_granted() == LIST


days = st.none() | st.dates(DAY - timedelta(2), DAY + timedelta(2))
known = st.none() | st.booleans()
protections = st.builds(
    Protection,
    st.sampled_from(ProtectionKind),
    issued=days,
    expires=days,
    right_of_use=known,
    on_packaging=known,
    of_mark=known,
)


@given(st.lists(protections, max_size=4), st.booleans(), days)
def test_no_answer_changes_once_more_is_known(listed: list[Protection], complete: bool, as_of: date | None) -> None:
    """A yes or no by a list that may not be full stands when it is."""

    def answers(of: Rights) -> list[Answer]:
        every: list[Answer] = [of.has(kind) for kind in ProtectionKind]
        return [*every, of.marks_registered(on_packaging=True), of.shared_rights_granted()]

    less = answers(Rights(tuple(listed), complete=False, as_of=as_of))
    more = answers(Rights(tuple(listed), complete=True, as_of=as_of))
    assert all(before == after for before, after in zip(less, more, strict=True) if not isinstance(before, Unknown))
