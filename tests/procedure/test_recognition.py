import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from district_edition import ID, district_catalog
from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import DocumentError, NoEditionError, UnknownIdError
from ocop.model.stars import Level, Star
from ocop.procedure.certificate import Certificate, CertificateStatus, EventKind
from ocop.procedure.certificate_checks import check_certificate
from ocop.procedure.recognition import RecognitionEvent, events, extend, issue, recall, renew, upgrade

IN_FORCE = date(2026, 5, 22)
PROVINCE: dict[str, Any] = {"level": Level.PROVINCE, "authority": "UBND tỉnh Lâm Đồng"}
MINISTRY: dict[str, Any] = {"level": Level.MINISTRY, "authority": "Bộ Nông nghiệp và Môi trường"}
CAUSES = (
    *("untrue-papers", "criteria-no-longer-met", "law-breached"),
    *("mark-misused", "production-stopped", "other-finding"),
)
DAYS = st.dates(IN_FORCE, date(2090, 1, 1))


def new(star: Star = Star.THREE, on: date = date(2026, 8, 5), **changes: Any) -> Certificate:
    whom = MINISTRY if star is Star.FIVE else PROVINCE
    return issue("c1", product="tea", star=star, on=on, **{"decision": "12/QĐ-UBND", **whom, **changes})


def from_before(ends: date) -> Certificate:
    """Return a certificate of 3 stars, issued under the decision before, that ends on `ends`."""
    return Certificate(
        id="c0",
        product="tea",
        star=Star.THREE,
        decision="3/QĐ-UBND",
        level=Level.DISTRICT,
        authority="UBND huyện Bảo Lâm",
        issued=date(ends.year - 3, ends.month, ends.day),
        ends=ends,
        edition="qd26-2026",
    )


def refused(report_of: pytest.ExceptionInfo[DocumentError]) -> tuple[str, ...]:
    return report_of.value.report.codes


class TestIssue:
    @given(DAYS, st.sampled_from([Star.THREE, Star.FOUR, Star.FIVE]))
    def test_it_is_lawful_and_valid_for_36_months(self, on: date, star: Star) -> None:
        certificate = new(star, on)
        assert check_certificate(certificate).ok
        months = (certificate.ends.year - on.year) * 12 + certificate.ends.month - on.month
        assert (months, certificate.edition, certificate.how) == (36, "qd26-2026", EventKind.NEW)
        assert certificate.status(on) is CertificateStatus.VALID

    def test_on_the_last_day_of_february(self) -> None:
        assert str(new(on=date(2028, 2, 29)).ends) == "2031-02-28"

    def test_it_names_its_dossier(self) -> None:
        assert new(dossier="d1").dossier == "d1"

    @pytest.mark.parametrize("star", [Star.ONE, Star.TWO])
    def test_one_and_two_stars_get_none(self, star: Star) -> None:
        with pytest.raises(DocumentError) as caught:
            new(star)
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.expected) == ("certificate-star-not-certified", "3 | 4 | 5")
        assert "Article 4" in problem.message.en
        assert "Điều 4" in problem.message.vi

    @pytest.mark.parametrize(
        ("star", "level", "entitled"),
        [
            (Star.FIVE, Level.PROVINCE, "ministry"),
            (Star.FOUR, Level.MINISTRY, "province"),
            (Star.THREE, Level.DISTRICT, "province"),
            (Star.THREE, Level.COMMUNE, "province"),
        ],
    )
    def test_by_a_level_that_is_not_entitled(self, star: Star, level: Level, entitled: str) -> None:
        with pytest.raises(DocumentError) as caught:
            new(star, level=level)
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.pointer) == ("certificate-wrong-level", "/level")
        assert (problem.expected, problem.got) == (entitled, level.value)
        assert Level(entitled).label.vi in problem.message.vi

    def test_before_any_edition(self) -> None:
        with pytest.raises(NoEditionError):
            new(on=date(2019, 8, 20))

    def test_by_an_edition_that_is_not_known(self) -> None:
        with pytest.raises(UnknownIdError):
            new(edition_id="qd148-2023")

    def test_by_an_edition_with_districts(self, tmp_path: Path) -> None:
        catalog = district_catalog(tmp_path)
        certificate = new(on=date(2024, 3, 1), level=Level.DISTRICT, catalog=catalog)
        assert (certificate.edition, str(certificate.ends)) == (ID, "2027-03-01")
        assert str(certificate.renewal_window(catalog=catalog).first) == "2026-12-01"


class TestUpgrade:
    def test_the_new_one_takes_the_place_of_the_old(self) -> None:
        on = date(2027, 6, 21)
        old, higher = upgrade(new(), "c2", star=Star.FOUR, on=on, decision="9/QĐ-UBND", **PROVINCE, dossier="d2")
        assert (old.status(on - timedelta(days=1)), old.status(on)) == (
            CertificateStatus.VALID,
            CertificateStatus.SUPERSEDED,
        )
        assert (higher.id, higher.product, higher.star, higher.how) == ("c2", "tea", Star.FOUR, EventKind.UPGRADE)
        assert (str(higher.ends), higher.dossier) == ("2030-06-21", "d2")
        assert check_certificate(old).ok
        assert check_certificate(higher).ok

    def test_to_five_stars_by_the_ministry(self) -> None:
        _, higher = upgrade(
            new(Star.FOUR), "c2", star=Star.FIVE, on=date(2027, 6, 21), decision="9/QĐ-BNNMT", **MINISTRY
        )
        assert higher.level is Level.MINISTRY

    @pytest.mark.parametrize("star", [Star.TWO, Star.THREE])
    def test_not_to_a_star_that_is_not_higher(self, star: Star) -> None:
        with pytest.raises(DocumentError) as caught:
            upgrade(new(), "c2", star=star, on=date(2027, 6, 21), decision="9/QĐ-UBND", **PROVINCE)
        assert refused(caught) == ("certificate-not-higher",)

    @pytest.mark.parametrize("on", [date(2029, 8, 6), date(2031, 1, 1)])
    def test_not_of_one_that_has_expired(self, on: date) -> None:
        with pytest.raises(DocumentError) as caught:
            upgrade(new(), "c2", star=Star.FOUR, on=on, decision="9/QĐ-UBND", **PROVINCE)
        assert refused(caught) == ("certificate-not-in-force",)
        assert "expired" in caught.value.report.problems[0].message.en

    def test_not_before_its_issue(self) -> None:
        with pytest.raises(DocumentError) as caught:
            upgrade(new(), "c2", star=Star.FOUR, on=date(2026, 8, 4), decision="9/QĐ-UBND", **PROVINCE)
        assert refused(caught) == ("certificate-not-issued-yet",)

    def test_everything_wrong_is_told_at_once(self) -> None:
        with pytest.raises(DocumentError) as caught:
            upgrade(new(Star.FOUR), "c2", star=Star.THREE, on=date(2031, 1, 1), decision="9/QĐ-UBND", **PROVINCE)
        assert refused(caught) == ("certificate-not-in-force", "certificate-not-higher")


def again(old: Certificate, on: date, handed_in: date, star: Star = Star.THREE) -> tuple[Certificate, Certificate]:
    return renew(old, "c2", star=star, on=on, handed_in=handed_in, decision="7/QĐ-UBND", **PROVINCE)


class TestRenew:
    @pytest.mark.parametrize("handed_in", [date(2029, 2, 6), date(2029, 3, 15), date(2029, 4, 7)])
    def test_within_the_window(self, handed_in: date) -> None:
        old, renewed = again(new(), date(2029, 5, 1), handed_in)
        assert old.status(date(2029, 5, 1)) is CertificateStatus.SUPERSEDED
        assert (renewed.how, str(renewed.ends), renewed.star) == (EventKind.RE_RECOGNITION, "2032-05-01", Star.THREE)

    @pytest.mark.parametrize("handed_in", [date(2026, 8, 5), date(2029, 2, 5), date(2029, 4, 8)])
    def test_outside_the_window(self, handed_in: date) -> None:
        with pytest.raises(DocumentError) as caught:
            again(new(), date(2029, 5, 1), handed_in)
        (problem,) = caught.value.report.problems
        assert problem.code == "certificate-window-missed"
        assert problem.message.en == "A re-evaluation's dossier is handed in from 2029-02-06 to 2029-04-07 (Article 7)"

    def test_at_a_lower_star(self) -> None:
        _, renewed = again(new(Star.FOUR), date(2029, 5, 1), date(2029, 3, 1))
        assert renewed.star is Star.THREE

    def test_an_extended_one_at_any_time_until_the_extension_ends(self) -> None:
        old = extend(from_before(date(2026, 7, 1)))
        old, renewed = again(old, date(2026, 12, 28), date(2026, 11, 20))
        assert old.status(date(2026, 12, 27)) is CertificateStatus.EXTENDED
        assert str(renewed.ends) == "2029-12-28"

    def test_a_dossier_from_before_the_edition_is_not_held_to_its_window(self) -> None:
        _, renewed = again(from_before(date(2026, 12, 1)), date(2026, 6, 20), date(2026, 5, 21))
        assert renewed.edition == "qd26-2026"
        with pytest.raises(DocumentError) as caught:
            again(from_before(date(2026, 12, 1)), date(2026, 6, 20), IN_FORCE)
        assert refused(caught) == ("certificate-window-missed",)

    def test_everything_wrong_is_told_at_once(self) -> None:
        with pytest.raises(DocumentError) as caught:
            again(new(), date(2029, 9, 1), date(2029, 9, 2))
        assert refused(caught) == ("certificate-not-in-force", "handed-in-later", "certificate-window-missed")


class TestExtend:
    @pytest.mark.parametrize("ends", [date(2026, 5, 22), date(2026, 7, 1), date(2026, 9, 18)])
    def test_one_whose_window_had_closed(self, ends: date) -> None:
        extended = extend(from_before(ends))
        assert extended.extended_to == ends + timedelta(days=180)
        assert extended.status(ends + timedelta(days=180)) is CertificateStatus.EXTENDED
        assert extended.status(ends + timedelta(days=181)) is CertificateStatus.EXPIRED
        assert check_certificate(extended).ok

    @pytest.mark.parametrize("ends", [date(2026, 5, 21), date(2026, 9, 19), date(2029, 8, 5)])
    def test_no_other(self, ends: date) -> None:
        with pytest.raises(DocumentError) as caught:
            extend(from_before(ends))
        (problem,) = caught.value.report.problems
        assert problem.code == "certificate-extension-not-allowed"
        assert "ends from 2026-05-22 to 2026-09-18 is extended (Article 12)" in problem.message.en

    def test_the_last_that_may_be_is_the_one_whose_window_closed_the_day_before(self) -> None:
        assert from_before(date(2026, 9, 18)).renewal_window().last == IN_FORCE - timedelta(days=1)
        assert from_before(date(2026, 9, 19)).renewal_window().last == IN_FORCE

    def test_until_the_result(self) -> None:
        extended = extend(extend(from_before(date(2026, 7, 1))), to=date(2026, 8, 20))
        assert extended.status(date(2026, 8, 21)) is CertificateStatus.EXPIRED

    def test_no_longer_than_180_days(self) -> None:
        with pytest.raises(DocumentError) as caught:
            extend(from_before(date(2026, 7, 1)), to=date(2026, 12, 29))
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.expected) == ("certificate-extension-too-long", "≤ 2026-12-28")

    def test_not_to_before_the_end(self) -> None:
        with pytest.raises(DocumentError) as caught:
            extend(from_before(date(2026, 7, 1)), to=date(2026, 6, 30))
        assert refused(caught) == ("certificate-dates-wrong",)

    def test_by_an_edition_that_extends_none(self, tmp_path: Path) -> None:
        catalog = district_catalog(tmp_path)
        old = evolve(from_before(date(2023, 4, 1)), edition=ID)
        with pytest.raises(DocumentError) as caught:
            extend(old, catalog=catalog)
        assert refused(caught) == ("certificate-extension-none",)


def recalled(certificate: Certificate, cause: str = "mark-misused", **changes: Any) -> Certificate:
    days = {"on": date(2027, 3, 10), "concluded": date(2027, 3, 1)}
    return recall(certificate, cause, **{**days, **PROVINCE, "decision": "4/QĐ-UBND", **changes})


class TestRecall:
    @pytest.mark.parametrize("cause", CAUSES)
    def test_for_each_of_the_six_causes(self, cause: str) -> None:
        found = recalled(new(), cause)
        assert found.recall is not None
        assert found.recall.cause == cause
        assert found.status(date(2027, 3, 10)) is CertificateStatus.RECALLED
        assert check_certificate(found).ok

    def test_for_no_other(self) -> None:
        with pytest.raises(DocumentError) as caught:
            recalled(new(), "mark-misuse")
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.pointer) == ("recall-cause-unknown", "/recall/cause")
        assert (problem.expected, problem.hint) == (" | ".join(CAUSES), "mark-misused")

    def test_five_stars_by_the_minister_alone(self) -> None:
        assert recalled(new(Star.FIVE), **MINISTRY).recall is not None
        with pytest.raises(DocumentError) as caught:
            recalled(new(Star.FIVE))
        (problem,) = caught.value.report.problems
        assert (problem.code, problem.pointer, problem.expected) == (
            *("certificate-wrong-level", "/recall/level"),
            "ministry",
        )
        assert "A product of 5 stars is recognised and recalled by the ministry" in problem.message.en
        assert "Article 8" in problem.message.en

    @pytest.mark.parametrize("star", [Star.THREE, Star.FOUR])
    def test_three_and_four_stars_by_the_province_alone(self, star: Star) -> None:
        with pytest.raises(DocumentError) as caught:
            recalled(new(star), **MINISTRY)
        assert caught.value.report.problems[0].expected == "province"

    def test_of_a_districts_certificate_by_the_province(self) -> None:
        assert recalled(from_before(date(2028, 1, 5))).recall is not None

    def test_not_of_one_that_is_over(self) -> None:
        for over in (recalled(new()), evolve(new(), superseded_on=date(2027, 1, 1))):
            with pytest.raises(DocumentError) as caught:
                recalled(over)
            assert refused(caught) == ("certificate-not-in-force",)

    def test_not_before_the_conclusion(self) -> None:
        with pytest.raises(DocumentError) as caught:
            recalled(new(), concluded=date(2027, 3, 11))
        assert refused(caught) == ("certificate-dates-wrong",)
        assert "the day of the conclusion" in str(caught.value)

    def test_on_the_fifteenth_day(self) -> None:
        assert check_certificate(recalled(new(), on=date(2027, 3, 16))).ok

    def test_later_it_is_a_recall_all_the_same_and_the_check_tells(self) -> None:
        found = recalled(new(), on=date(2027, 3, 17))
        assert found.status(date(2027, 3, 17)) is CertificateStatus.RECALLED
        (problem,) = check_certificate(found).problems
        assert (problem.code, problem.expected, problem.got) == ("recall-late", "≤ 2027-03-16", "2027-03-17")


class TestCheck:
    def test_an_edition_that_is_not_known(self) -> None:
        report = check_certificate(evolve(new(), edition="qd26-2025"))
        assert report.subject == "c1"
        (problem,) = report.problems
        assert (problem.code, problem.hint) == ("certificate-edition-unknown", "qd26-2026")

    def test_an_edition_without_a_procedure(self, tmp_path: Path) -> None:
        report = check_certificate(evolve(new(), edition=ID), catalog=district_catalog(tmp_path, procedure=False))
        assert report.codes == ("certificate-edition-unknown",)

    def test_a_wrong_term(self) -> None:
        (problem,) = check_certificate(evolve(new(), ends=date(2031, 8, 5))).problems
        assert (problem.code, problem.pointer) == ("certificate-term-wrong", "/ends")
        assert (problem.expected, problem.got) == ("2029-08-05", "2031-08-05")

    def test_one_from_before_the_edition_keeps_its_term_and_its_level(self) -> None:
        old = from_before(date(2028, 1, 5))
        assert check_certificate(old).ok
        assert check_certificate(evolve(old, ends=date(2027, 1, 5))).ok
        assert check_certificate(evolve(old, star=Star.TWO)).codes == ("certificate-star-not-certified",)

    def test_everything_wrong_is_told_at_once(self) -> None:
        wrong = evolve(
            recalled(new()),
            level=Level.MINISTRY,
            ends=date(2026, 8, 4),
            superseded_on=date(2026, 8, 1),
            extended_to=date(2026, 8, 3),
        )
        assert wrong.recall is not None
        wrong = evolve(wrong, recall=evolve(wrong.recall, on=date(2026, 7, 1), cause="x", level=Level.MINISTRY))
        assert [(problem.code, problem.pointer) for problem in check_certificate(wrong).problems] == [
            ("certificate-wrong-level", "/level"),
            ("certificate-term-wrong", "/ends"),
            ("certificate-dates-wrong", "/ends"),
            ("certificate-dates-wrong", "/superseded_on"),
            ("certificate-dates-wrong", "/extended_to"),
            ("recall-cause-unknown", "/recall/cause"),
            ("certificate-wrong-level", "/recall/level"),
            ("certificate-dates-wrong", "/recall/on"),
            ("certificate-dates-wrong", "/recall/on"),
        ]

    def test_a_star_without_certificates_has_no_level_to_be_wrong(self) -> None:
        codes = check_certificate(evolve(recalled(new()), star=Star.ONE, level=Level.COMMUNE)).codes
        assert codes == ("certificate-star-not-certified",)

    def test_an_edition_that_counts_a_recall_in_working_days(self, tmp_path: Path) -> None:
        catalog = district_catalog(tmp_path)
        district: dict[str, Any] = {"level": Level.DISTRICT, "authority": "UBND huyện", "catalog": catalog}
        certificate = new(on=date(2024, 3, 1), **district)
        # Concluded on a Friday: three working days later it is Wednesday.
        days: dict[str, Any] = {"concluded": date(2024, 5, 3), "cause": "other-finding"}
        found = recalled(certificate, on=date(2024, 5, 8), **days, **district)
        assert check_certificate(found, catalog=catalog).ok
        found = recalled(certificate, on=date(2024, 5, 9), **days, **district)
        assert check_certificate(found, catalog=catalog).codes == ("recall-late",)

    def test_an_edition_that_gives_a_recall_no_days(self, tmp_path: Path) -> None:
        catalog = district_catalog(tmp_path)
        certificate = new(Star.FOUR, on=date(2024, 3, 1), catalog=catalog)
        days: dict[str, Any] = {"concluded": date(2024, 5, 3), "on": date(2025, 5, 3), "cause": "other-finding"}
        assert check_certificate(recalled(certificate, **days, catalog=catalog), catalog=catalog).ok


class TestEvents:
    def test_the_history_of_a_product(self) -> None:
        old, higher = upgrade(new(), "c2", star=Star.FOUR, on=date(2027, 6, 21), decision="9/QĐ-UBND", **PROVINCE)
        higher, renewed = renew(
            higher,
            "c3",
            star=Star.FOUR,
            on=date(2030, 3, 1),
            handed_in=date(2030, 1, 15),
            decision="7/QĐ-UBND",
            **PROVINCE,
        )
        renewed = recalled(renewed, on=date(2031, 3, 10), concluded=date(2031, 3, 1))
        history = events([renewed, higher, old])
        assert [(each.kind.value, str(each.on), int(each.star), each.certificate) for each in history] == [
            ("new", "2026-08-05", 3, "c1"),
            ("upgrade", "2027-06-21", 4, "c2"),
            ("re-recognition", "2030-03-01", 4, "c3"),
            ("recall", "2031-03-10", 4, "c3"),
        ]
        assert history[0] == RecognitionEvent(EventKind.NEW, date(2026, 8, 5), "tea", Star.THREE, "12/QĐ-UBND", "c1")
        assert history[3].decision == "4/QĐ-UBND"

    def test_there_is_none_without_a_certificate(self) -> None:
        assert events([]) == ()

    def test_json_and_back(self) -> None:
        (event,) = events([new()])
        assert structured(make_converter(), json.loads(json.dumps(plain(event))), RecognitionEvent) == event
        assert hash(event) == hash(evolve(event))
