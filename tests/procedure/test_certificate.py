import json
import pickle
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, DocumentError, UnknownIdError
from ocop.model.stars import Level, Star
from ocop.procedure.certificate import (
    Certificate,
    CertificateStatus,
    EventKind,
    Recall,
    Window,
    add_months,
)

ISSUED, ENDS = date(2026, 8, 5), date(2029, 8, 5)
CERTIFICATE = Certificate(
    id="c1",
    product="tea",
    star=Star.THREE,
    decision="12/QĐ-UBND",
    level=Level.PROVINCE,
    authority="UBND tỉnh Lâm Đồng",
    issued=ISSUED,
    ends=ENDS,
    edition="qd26-2026",
)
RECALL = Recall("mark-misused", date(2027, 3, 10), date(2027, 3, 1), Level.PROVINCE, "UBND tỉnh", "4/QĐ-UBND")
DAYS = st.dates(date(2026, 5, 22), date(2034, 1, 1))
RANK = {status: rank for rank, status in enumerate(list(CertificateStatus)[:4])}


@st.composite
def certificates(draw: st.DrawFn) -> Certificate:
    """Draw any certificate, lawful or not."""
    maybe = st.none() | DAYS
    recall = draw(st.none() | DAYS)
    return evolve(
        CERTIFICATE,
        issued=(issued := draw(DAYS)),
        ends=add_months(issued, draw(st.integers(0, 60))),
        extended_to=draw(maybe),
        superseded_on=draw(maybe),
        recall=None if recall is None else evolve(RECALL, on=recall),
    )


class TestMonths:
    @pytest.mark.parametrize(
        ("day", "months", "expected"),
        [
            ("2026-08-05", 36, "2029-08-05"),
            ("2028-02-29", 36, "2031-02-28"),
            ("2028-02-29", 48, "2032-02-29"),
            ("2025-02-28", 36, "2028-02-28"),
            ("2026-12-31", 2, "2027-02-28"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2026-10-31", 1, "2026-11-30"),
            ("2026-12-01", 0, "2026-12-01"),
            ("2026-12-15", 1, "2027-01-15"),
            ("9996-12-31", 36, "9999-12-31"),
            ("9997-01-01", 36, "9999-12-31"),
        ],
    )
    def test_months_later(self, day: str, months: int, expected: str) -> None:
        assert str(add_months(date.fromisoformat(day), months)) == expected

    @given(DAYS, st.integers(0, 120))
    def test_the_day_has_the_same_number_or_is_the_last_of_its_month(self, day: date, months: int) -> None:
        found = add_months(day, months)
        assert (found.year - day.year) * 12 + found.month - day.month == months
        assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)


class TestStatus:
    @pytest.mark.parametrize(
        ("on", "status"),
        [
            ("2026-08-05", "valid"),
            ("2029-02-05", "valid"),
            ("2029-02-06", "renewal-window"),
            ("2029-04-07", "renewal-window"),
            ("2029-04-08", "late"),
            ("2029-08-05", "late"),
            ("2029-08-06", "expired"),
            ("2099-01-01", "expired"),
        ],
    )
    def test_of_a_plain_certificate(self, on: str, status: str) -> None:
        assert CERTIFICATE.status(on=date.fromisoformat(on)).value == status

    def test_the_window_is_180_to_120_days_before_the_end(self) -> None:
        window = CERTIFICATE.renewal_window()
        assert window == Window(date(2029, 2, 6), date(2029, 4, 7))
        assert ((ENDS - window.first).days, (ENDS - window.last).days) == (180, 120)
        assert window.holds(window.first)
        assert window.holds(window.last)
        assert not window.holds(date(2029, 2, 5))
        assert not window.holds(date(2029, 4, 8))

    @pytest.mark.parametrize(
        ("on", "status"),
        [("2029-08-05", "late"), ("2029-08-06", "extended"), ("2029-09-01", "extended"), ("2029-09-02", "expired")],
    )
    def test_of_an_extended_one(self, on: str, status: str) -> None:
        extended = evolve(CERTIFICATE, extended_to=date(2029, 9, 1))
        assert extended.status(date.fromisoformat(on)).value == status
        assert (extended.last_day, CERTIFICATE.last_day) == (date(2029, 9, 1), ENDS)

    def test_of_a_recalled_one(self) -> None:
        recalled = evolve(CERTIFICATE, recall=RECALL)
        assert recalled.status(date(2027, 3, 9)) is CertificateStatus.VALID
        assert recalled.status(date(2027, 3, 10)) is CertificateStatus.RECALLED
        assert recalled.status(date(2040, 1, 1)) is CertificateStatus.RECALLED

    def test_of_a_superseded_one(self) -> None:
        superseded = evolve(CERTIFICATE, superseded_on=date(2029, 4, 30))
        assert superseded.status(date(2029, 4, 29)) is CertificateStatus.LATE
        assert superseded.status(date(2029, 4, 30)) is CertificateStatus.SUPERSEDED

    def test_the_first_end_counts(self) -> None:
        both = evolve(CERTIFICATE, recall=RECALL, superseded_on=date(2027, 3, 9))
        assert both.status(date(2028, 1, 1)) is CertificateStatus.SUPERSEDED
        assert evolve(both, superseded_on=date(2027, 3, 10)).status(date(2028, 1, 1)) is CertificateStatus.RECALLED
        late = evolve(CERTIFICATE, recall=evolve(RECALL, on=date(2029, 8, 6)))
        assert late.status(date(2030, 1, 1)) is CertificateStatus.EXPIRED

    def test_before_its_issue(self) -> None:
        with pytest.raises(DocumentError) as caught:
            CERTIFICATE.status(date(2026, 8, 4))
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.expected) == ("certificate-not-issued-yet", "≥ 2026-08-05")
        assert not CERTIFICATE.in_force(date(2026, 8, 4))

    def test_an_edition_that_is_not_known(self) -> None:
        old = evolve(CERTIFICATE, edition="qd148-2023")
        with pytest.raises(UnknownIdError):
            old.status(ISSUED)
        assert old.in_force(ISSUED)
        assert old.status(date(2030, 1, 1)) is CertificateStatus.EXPIRED

    @given(certificates(), DAYS, DAYS)
    def test_it_is_total_and_never_goes_back(self, certificate: Certificate, one: date, other: date) -> None:
        first, second = sorted((max(one, certificate.issued), max(other, certificate.issued)))
        before, after = certificate.status(first), certificate.status(second)
        if before.in_force:
            assert not after.in_force or RANK[before] <= RANK[after]
        else:
            assert after is before

    @given(certificates(), DAYS)
    def test_in_force_agrees_with_the_status(self, certificate: Certificate, on: date) -> None:
        issued = on >= certificate.issued
        assert certificate.in_force(on) == (issued and certificate.status(on).in_force)


class TestForm:
    @given(certificates())
    def test_json_and_back(self, certificate: Certificate) -> None:
        assert structured(make_converter(), json.loads(json.dumps(plain(certificate))), Certificate) == certificate

    def test_it_is_frozen_hashable_and_picklable(self) -> None:
        certificate = evolve(CERTIFICATE, recall=RECALL)
        with pytest.raises(FrozenInstanceError):
            certificate.star = Star.FIVE  # type: ignore[misc]
        assert hash(certificate) == hash(evolve(certificate))
        assert pickle.loads(pickle.dumps(certificate)) == certificate  # noqa: S301

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("id", 1),
            ("product", None),
            ("star", 3),
            ("decision", 12),
            ("level", "province"),
            ("authority", b"UBND"),
            ("issued", datetime(2026, 8, 5)),  # noqa: DTZ001
            ("ends", "2029-08-05"),
            ("edition", None),
            ("how", "new"),
            ("dossier", 1),
            ("extended_to", "2029-08-05"),
            ("superseded_on", 0),
            ("recall", {"cause": "mark-misused"}),
        ],
    )
    def test_another_type_is_refused(self, name: str, value: Any) -> None:
        with pytest.raises(ConversionError, match=f"{name}: expected"):
            evolve(CERTIFICATE, **{name: value})

    @pytest.mark.parametrize(
        ("name", "value"),
        [("cause", 1), ("on", None), ("concluded", ""), ("level", "x"), ("authority", 1), ("decision", 1)],
    )
    def test_another_type_is_refused_in_a_recall(self, name: str, value: Any) -> None:
        with pytest.raises(ConversionError, match=f"{name}: expected"):
            evolve(RECALL, **{name: value})

    def test_text_is_kept_in_normal_form_c(self) -> None:
        assert evolve(CERTIFICATE, authority="ti\u0309nh", dossier="a\u0301").authority == "tỉnh"

    @pytest.mark.parametrize("member", [*CertificateStatus, *EventKind])
    def test_every_name_is_in_both_languages(self, member: CertificateStatus | EventKind) -> None:
        assert member.label.vi
        assert member.label.en
        assert member.label.vi != member.label.en

    def test_the_statuses(self) -> None:
        assert [status.value for status in CertificateStatus] == [
            *("valid", "renewal-window", "late", "extended"),
            *("expired", "recalled", "superseded"),
        ]
        assert [status.in_force for status in CertificateStatus] == [True] * 4 + [False] * 3
