import pickle
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.canonical import plain
from ocop.convert import structured
from ocop.criteria import catalog as catalogs
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.documents.kinds import converter
from ocop.errors import ConversionError, Problem, Report
from ocop.model.stars import Level
from ocop.procedure.check_dossier import check_dossier
from ocop.procedure.dossier import (
    Change,
    CommuneReport,
    Dossier,
    RegistrationForm,
    Samples,
    SelfAssessment,
)
from ocop.procedure.dossier_rules import dossier_rules
from ocop.procedure.evidence import EvidenceItem, Medium
from ocop.procedure.kinds import DossierKind
from ocop.scoring.sheet import ScoreSheet
from ocop.testing import score_sheets

EDITION = "qd26-2026"
FOLDER = Path(catalogs.__file__).parents[1] / "data" / "editions" / EDITION
RULES = dossier_rules(EDITION)
KINDS = {kind.slug: kind for kind in RULES.evidence}
ON = date(2026, 9, 1)
ROUND = date(2026, 12, 30)
RECOGNISED = date(2023, 11, 1)
TEA = f"{EDITION}/tea"
SET_IDS = PACKAGED.set_ids(EDITION)
RENEWED = DossierKind.RE_EVALUATION
DossierKinds = st.sampled_from(DossierKind)


def best(set_id: str) -> ScoreSheet:
    criteria = ocop.criteria_set(set_id).criteria
    return ScoreSheet(set_id, {criterion.code: criterion.options[-1].letter for criterion in criteria})


def paper(slug: str) -> EvidenceItem:
    kind = KINDS[slug]
    return EvidenceItem(
        slug,
        number="079185001234",
        issued=date(2026, 3, 2) if kind.dated else None,
        expires=date(2029, 3, 2) if kind.expires else None,
        issuer="Sở Nông nghiệp và Môi trường",
        medium=Medium.DIGITAL,
    )


def papers(sheet: ScoreSheet) -> tuple[EvidenceItem, ...]:
    """Return one paper of each kind without which a dossier with this sheet is incomplete."""
    wants = RULES.wanted(ocop.criteria_set(sheet.criteria_set), sheet.choices)
    return tuple(paper(slug) for slug in dict.fromkeys(want.evidence[0].slug for want in wants))


def full(set_id: str = TEA, kind: DossierKind = DossierKind.FIRST, sheet: ScoreSheet | None = None) -> Dossier:
    """Return a dossier that lacks nothing, and has nothing that it could do without."""
    sheet = best(set_id) if sheet is None else sheet
    the_set = ocop.criteria_set(set_id)
    renewed, first = kind is RENEWED, kind is DossierKind.FIRST
    signed = date(2026, 8, 3)
    return Dossier(
        "d1",
        kind,
        "green-tea",
        "tan-cuong",
        set_id,
        handed_in=date(2026, 8, 10),
        media=[Medium.DIGITAL],
        registration=RegistrationForm(signed=signed, signed_by="Nguyễn Thị A", description="Chè xanh"),
        self_assessment=SelfAssessment(sheet, answers={"1.1": "Vùng chè của xã"}, signed=signed),
        commune_report=CommuneReport(
            {point.slug: "Đúng" for point in RULES.commune_points},
            signed=date(2026, 8, 20),
            proposal="15/TTr-UBND",
            proposed=date(2026, 8, 21),
        ),
        samples=Samples(5) if set_id != f"{EDITION}/community-tourism" else None,
        evidence=papers(sheet),
        previous_certificate=None if first else "c1",
        recognised_on=None if first else RECOGNISED,
        changes=[Change("Thêm bao bì mới", on=date(2025, 1, 1))] if kind is DossierKind.UPGRADE else [],
        updates={each.slug: signed for each in RULES.updates if renewed and each.needed_by(the_set)},
    )


def told(dossier: Dossier, **more: Any) -> list[tuple[str, str]]:
    report = check_dossier(dossier, more.pop("on", ON), **more)
    for problem in report.problems:
        for lang in ocop.text.LANGUAGES:
            assert problem.text(lang)
    return [(problem.code, problem.pointer) for problem in report.problems]


def only(dossier: Dossier, **more: Any) -> Problem:
    (problem,) = check_dossier(dossier, more.pop("on", ON), **more).problems
    return problem


def without_papers(dossier: Dossier) -> Iterator[tuple[str, Dossier, str]]:
    """Yield for each paper its kind, the dossier without it, and the code of the problem."""
    assert dossier.self_assessment is not None
    wants = RULES.wanted(ocop.criteria_set(dossier.criteria_set), dossier.self_assessment.sheet.choices)
    always = {want.evidence[0].slug for want in wants if not want.claims}
    for index, item in enumerate(dossier.evidence):
        rest = (*dossier.evidence[:index], *dossier.evidence[index + 1 :])
        code = "evidence-missing" if item.kind in always else "evidence-missing-for-claim"
        yield item.kind, evolve(dossier, evidence=rest), code


def without_parts(dossier: Dossier) -> Iterator[tuple[str, str, Dossier]]:
    """Yield for each needed thing besides papers the code and pointer of the problem, and the dossier without it."""
    report, assessment = dossier.commune_report, dossier.self_assessment
    assert report is not None
    assert assessment is not None
    yield "medium-missing", "/media", evolve(dossier, media=[])
    yield "dossier-registration-missing", "/registration", evolve(dossier, registration=None)
    yield "form-unsigned", "/registration/signed", evolve(dossier, registration=RegistrationForm())
    yield "dossier-self-assessment-missing", "/self_assessment", evolve(dossier, self_assessment=None)
    unsigned = evolve(assessment, signed=None)
    yield "form-unsigned", "/self_assessment/signed", evolve(dossier, self_assessment=unsigned)
    for code in assessment.sheet.choices:
        # Once for each set is enough.
        if dossier.kind is DossierKind.FIRST:
            left = {each: letter for each, letter in assessment.sheet.choices.items() if each != code}
            shorter = evolve(assessment, sheet=ScoreSheet(dossier.criteria_set, left), answers={})
            where = f"/self_assessment/sheet/choices/{code}"
            yield "criterion-missing", where, evolve(dossier, self_assessment=shorter)
    yield "dossier-commune-report-missing", "/commune_report", evolve(dossier, commune_report=None)
    yield "form-unsigned", "/commune_report/signed", evolve(dossier, commune_report=evolve(report, signed=None))
    yield (
        "proposal-missing",
        "/commune_report/proposal",
        evolve(dossier, commune_report=evolve(report, proposal=" ")),
    )
    for slug in report.points:
        points = {**report.points, slug: ""}
        where = f"/commune_report/points/{slug}"
        yield "commune-point-missing", where, evolve(dossier, commune_report=evolve(report, points=points))
    if dossier.samples is not None:
        yield "samples-missing", "/samples", evolve(dossier, samples=None)
        yield "samples-too-few", "/samples/count", evolve(dossier, samples=Samples(4))
    if dossier.kind is not DossierKind.FIRST:
        where = "/previous_certificate"
        yield "previous-certificate-missing", where, evolve(dossier, previous_certificate=None)
        yield "recognition-day-missing", "/recognised_on", evolve(dossier, recognised_on=None)
    if dossier.kind is DossierKind.UPGRADE:
        yield "changes-missing", "/changes", evolve(dossier, changes=[])
        yield "changes-missing", "/changes", evolve(dossier, changes=[Change(" ")])
    for slug in dossier.updates:
        updates = {each: day for each, day in dossier.updates.items() if each != slug}
        yield "update-missing", f"/updates/{slug}", evolve(dossier, updates=updates)


@pytest.mark.parametrize("kind", DossierKind)
@pytest.mark.parametrize("set_id", SET_IDS)
class TestEverySet:
    def test_a_full_dossier_is_clean(self, set_id: str, kind: DossierKind) -> None:
        report = check_dossier(full(set_id, kind), ON, round_day=ROUND)
        assert report == Report(subject="d1")

    def test_without_one_needed_thing_there_is_one_problem_at_its_place(self, set_id: str, kind: DossierKind) -> None:
        for code, where, dossier in without_parts(full(set_id, kind)):
            assert told(dossier) == [(code, where)]

    def test_without_one_needed_paper_there_is_one_problem_that_names_it(self, set_id: str, kind: DossierKind) -> None:
        for slug, dossier, code in without_papers(full(set_id, kind)):
            problem = only(dossier)
            assert (problem.code, problem.pointer, problem.expected) == (code, "/evidence", slug)
            assert KINDS[slug].label.vi in problem.message.vi
            assert "Annex III" in problem.message.en


class TestWhatIsMissing:
    def test_all_at_once_in_the_order_of_the_fields(self) -> None:
        dossier = Dossier("d1", RENEWED, "p", "s", TEA)
        assert told(dossier) == [
            ("medium-missing", "/media"),
            ("dossier-registration-missing", "/registration"),
            ("dossier-self-assessment-missing", "/self_assessment"),
            ("dossier-commune-report-missing", "/commune_report"),
            ("samples-missing", "/samples"),
            ("evidence-missing", "/evidence"),
            ("evidence-missing", "/evidence"),
            ("previous-certificate-missing", "/previous_certificate"),
            ("recognition-day-missing", "/recognised_on"),
            *(("update-missing", f"/updates/{update.slug}") for update in RULES.updates),
        ]

    def test_the_sentences_name_the_article(self) -> None:
        problems = check_dossier(Dossier("d1", RENEWED, "p", "s", TEA), ON).problems
        assert [problem.message.en for problem in problems[:2]] == [
            f"The dossier is neither electronic nor on paper; one of them is needed ({RULES.article('7').en})",
            "The registration form is missing (form 01; Decision 26/2026/QĐ-TTg, Article 6)",
        ]
        assert all("26/2026/QĐ-TTg" in problem.message.vi for problem in problems)

    @pytest.mark.parametrize("kind", DossierKind)
    def test_the_commune_does_not_ask_for_its_own_part(self, kind: DossierKind) -> None:
        bare = evolve(full(kind=kind), commune_report=None, samples=None)
        assert told(bare, handed_to=Level.COMMUNE) == []
        assert len(told(bare)) == len(told(bare, handed_to=Level.MINISTRY)) == 2
        begun = evolve(bare, commune_report=CommuneReport(), samples=Samples(0))
        assert told(begun, handed_to=Level.COMMUNE) == []

    def test_samples_that_are_not_needed_or_more_than_needed(self) -> None:
        assert told(evolve(full(f"{EDITION}/community-tourism"), samples=Samples(1))) == []
        assert told(evolve(full(), samples=Samples(9))) == []

    def test_too_few_samples(self) -> None:
        problem = only(evolve(full(), samples=Samples(4)))
        assert (problem.expected, problem.got) == ("≥ 5", "4")

    @pytest.mark.parametrize("media", [[Medium.PAPER], [Medium.DIGITAL], [Medium.PAPER, Medium.DIGITAL]])
    def test_either_medium_will_do(self, media: list[Medium]) -> None:
        assert told(evolve(full(), media=media)) == []

    def test_an_unknown_point_of_the_commune(self) -> None:
        dossier = full()
        assert dossier.commune_report is not None
        points = {**dossier.commune_report.points, "local-labor": "x"}
        problem = only(evolve(dossier, commune_report=evolve(dossier.commune_report, points=points)))
        assert (problem.code, problem.pointer) == ("commune-point-unknown", "/commune_report/points/local-labor")
        assert problem.hint == "local-labour"


class TestSelfAssessment:
    def test_a_sheet_of_another_set(self) -> None:
        other = SelfAssessment(best(f"{EDITION}/flowers"), signed=ON)
        problem = only(evolve(full(), self_assessment=other))
        assert (problem.code, problem.pointer) == (
            "self-assessment-other-set",
            "/self_assessment/sheet/criteria_set",
        )
        assert (problem.expected, problem.got) == (TEA, '"qd26-2026/flowers"')

    def test_the_checks_of_a_sheet_are_those_of_scoring(self) -> None:
        choices = {**best(TEA).choices, "1.1": "z", "5.1": "a", "9.9": "a", "3.5": ""}
        assessment = SelfAssessment(ScoreSheet(TEA, choices, ["no-such"]), signed=ON)
        assert told(evolve(full(), self_assessment=assessment)) == [
            ("option-unknown", "/self_assessment/sheet/choices/1.1"),
            ("choice-empty", "/self_assessment/sheet/choices/3.5"),
            ("criterion-unknown", "/self_assessment/sheet/choices/9.9"),
            ("depends-on-criterion", "/self_assessment/sheet/choices/5.2"),
            ("finding-unknown", "/self_assessment/sheet/findings/0"),
        ]

    def test_an_answer_to_no_criterion(self) -> None:
        assessment = SelfAssessment(best(TEA), answers={"1.11": "x"}, signed=ON)
        problem = only(evolve(full(), self_assessment=assessment))
        assert (problem.code, problem.pointer) == ("criterion-unknown", "/self_assessment/answers/1.11")

    def test_a_claim_without_its_paper(self) -> None:
        sheet = best(TEA).with_choices({"3.5": "b"})
        dossier = full(sheet=sheet)
        rest = tuple(item for item in dossier.evidence if item.kind != "intellectual-property")
        problem = only(evolve(dossier, evidence=rest))
        assert problem.message.en == (
            "The self-assessment claims 3.5 (b), and the evidence is missing: Intellectual property papers "
            "(Decision 26/2026/QĐ-TTg, Annex III)"
        )
        assert problem.message.vi == (
            "Tự đánh giá 3.5 (b) nhưng thiếu minh chứng: Giấy tờ sở hữu trí tuệ "
            "(Quyết định 26/2026/QĐ-TTg, Phụ lục III)"
        )

    def test_what_is_not_claimed_needs_no_paper(self) -> None:
        sheet = best(TEA).with_choices({"3.5": None})
        assert "intellectual-property" not in {item.kind for item in papers(sheet)}
        assert told(full(sheet=sheet)) == []

    @pytest.mark.parametrize("slug", ["market-development", "promotion", "quality-management"])
    def test_any_of_several_papers_will_do(self, slug: str) -> None:
        sheet = ScoreSheet(TEA, {**dict.fromkeys(best(TEA).choices), "11": "c"})
        dossier = evolve(full(sheet=sheet), evidence=[])
        always = [paper("business-registration"), paper("production-eligibility")]
        problem = only(evolve(dossier, evidence=always))
        assert problem.expected == "market-development | promotion | quality-management"
        assert told(evolve(dossier, evidence=[*always, paper(slug)])) == []

    def test_a_choice_of_several_papers_is_not_told_beside_one_of_them(self) -> None:
        sheet = ScoreSheet(TEA, {**dict.fromkeys(best(TEA).choices), "11": "c", "4.3": "b"})
        always = [paper("business-registration"), paper("production-eligibility")]
        assert only(evolve(full(sheet=sheet), evidence=always)).expected == "promotion"


class TestDays:
    def with_paper(self, item: EvidenceItem, kind: DossierKind = DossierKind.FIRST) -> Dossier:
        """Return a full dossier whose paper of that kind, at place 0, is `item`."""
        dossier = full(kind=kind)
        return evolve(dossier, evidence=(item, *(each for each in dossier.evidence if each.kind != item.kind)))

    @given(st.integers(-400, 400), st.integers(-400, 400))
    def test_expired_or_before_the_round(self, days: int, to_round: int) -> None:
        round_day, ends = ON + timedelta(days=to_round), ON + timedelta(days=days)
        item = EvidenceItem("production-eligibility", issued=date(2025, 1, 2), expires=ends)
        expected = []
        if ends < ON:
            expected = [("evidence-expired", "/evidence/0/expires")]
        elif ends < round_day:
            expected = [("evidence-expires-before-round", "/evidence/0/expires")]
        assert told(self.with_paper(item), round_day=round_day) == expected

    def test_a_paper_holds_on_its_last_day(self) -> None:
        dossier = self.with_paper(
            EvidenceItem("production-eligibility", issued=date(2025, 1, 1), expires=date(2026, 9, 1))
        )
        assert told(dossier, on=date(2026, 9, 1)) == []
        problem = only(dossier, on=date(2026, 9, 2))
        assert (problem.code, problem.expected, problem.got) == ("evidence-expired", "≥ 2026-09-02", "2026-09-01")
        assert "Article 6" in problem.message.en

    def test_any_kind_of_paper_may_expire(self) -> None:
        item = EvidenceItem("awards", expires=date(2026, 8, 31))
        assert told(evolve(full(), evidence=(item, *full().evidence))) == [("evidence-expired", "/evidence/0/expires")]

    def test_an_expired_paper_beside_a_newer_one(self) -> None:
        old = EvidenceItem("production-eligibility", issued=date(2022, 1, 1), expires=date(2025, 1, 1))
        assert told(evolve(full(), evidence=(old, *full().evidence))) == [("evidence-expired", "/evidence/0/expires")]

    def test_a_term_must_be_stated_where_there_is_one(self) -> None:
        item = EvidenceItem("production-eligibility", issued=date(2025, 1, 1))
        assert told(self.with_paper(item)) == [("evidence-term-missing", "/evidence/0/expires")]
        assert told(self.with_paper(evolve(item, unlimited=True))) == []

    def test_a_term_and_none(self) -> None:
        item = evolve(paper("production-eligibility"), unlimited=True)
        assert told(self.with_paper(item)) == [("evidence-term-contradicts", "/evidence/0/expires")]

    def test_a_dated_paper_must_say_its_day(self) -> None:
        assert told(self.with_paper(EvidenceItem("test-report"))) == [("evidence-undated", "/evidence/0/issued")]

    def test_the_last_day_before_the_first(self) -> None:
        item = EvidenceItem("production-eligibility", issued=date(2026, 1, 2), expires=date(2026, 1, 1))
        problem = only(self.with_paper(item))
        assert (problem.code, problem.pointer) == ("evidence-days-reversed", "/evidence/0/expires")
        assert (problem.expected, problem.got) == ("≥ 2026-01-02", "2026-01-01")

    def test_a_paper_of_one_day(self) -> None:
        item = EvidenceItem("production-eligibility", issued=ON, expires=ON)
        assert told(self.with_paper(item)) == []

    def test_an_unknown_kind(self) -> None:
        problem = only(evolve(full(), evidence=(*full().evidence, EvidenceItem("award"))))
        assert (problem.code, problem.hint) == ("evidence-unknown", "awards")
        assert problem.pointer == f"/evidence/{len(full().evidence)}/kind"

    def test_days_still_to_come(self) -> None:
        late = ON + timedelta(days=1)
        dossier = full(kind=RENEWED)
        assert dossier.self_assessment is not None
        assert dossier.commune_report is not None
        later = evolve(
            dossier,
            handed_in=late,
            registration=RegistrationForm(signed=late),
            self_assessment=evolve(dossier.self_assessment, signed=late),
            commune_report=evolve(dossier.commune_report, signed=late, proposed=late),
            samples=Samples(5, handed_in=late),
            evidence=(*dossier.evidence, EvidenceItem("awards", issued=late)),
            changes=[Change("x", on=late), Change("y")],
            updates={**dossier.updates, "markets": late},
        )
        last = len(dossier.evidence)
        places = [
            "/handed_in", "/registration/signed", "/self_assessment/signed", "/commune_report/signed",
            "/commune_report/proposed", "/samples/handed_in", f"/evidence/{last}/issued", "/changes/0/on",
            "/updates/markets",
        ]  # fmt: skip
        assert told(later) == [("day-in-future", place) for place in places]
        assert told(later, on=late) == []
        future = evolve(dossier, recognised_on=late, updates={}, evidence=[])
        assert ("day-in-future", "/recognised_on") in told(future)


class TestAfterRecognition:
    def test_a_first_dossier_has_no_certificate(self) -> None:
        dossier = evolve(full(), previous_certificate="c1", recognised_on=RECOGNISED)
        assert told(dossier) == [
            ("previous-recognition-unexpected", "/previous_certificate"),
            ("previous-recognition-unexpected", "/recognised_on"),
        ]
        message = check_dossier(dossier, ON).problems[0].message
        assert message.en == (
            "This dossier (first evaluation) starts from no earlier certificate (Decision 26/2026/QĐ-TTg, Article 6)"
        )

    @given(st.sampled_from([slug for slug, kind in KINDS.items() if kind.dated]), st.integers(-30, 30), DossierKinds)
    def test_a_re_evaluation_brings_dated_papers_of_the_time_since(
        self, slug: str, days: int, kind: DossierKind
    ) -> None:
        issued = RECOGNISED + timedelta(days=days)
        dossier = full(kind=kind)
        rest = tuple(each for each in dossier.evidence if each.kind != slug)
        item = EvidenceItem(slug, issued=issued, unlimited=False)
        found = [code for code, _ in told(evolve(dossier, evidence=(item, *rest))) if code != "evidence-term-missing"]
        assert found == (["evidence-not-refreshed"] if kind is RENEWED and days < 0 else [])

    def test_the_term_that_still_runs_will_do(self) -> None:
        dossier = full(kind=RENEWED)
        rest = tuple(each for each in dossier.evidence if each.kind != "intellectual-property")
        item = EvidenceItem("intellectual-property", issued=date(2018, 1, 1), expires=date(2028, 1, 1))
        assert told(evolve(dossier, evidence=(item, *rest))) == []
        assert told(evolve(dossier, evidence=(evolve(item, expires=None, unlimited=True), *rest))) == []
        over = evolve(item, expires=date(2026, 1, 1))
        assert told(evolve(dossier, evidence=(over, *rest))) == [("evidence-expired", "/evidence/0/expires")]

    def test_a_paper_on_a_time_cannot_be_unlimited(self) -> None:
        dossier = full(kind=RENEWED)
        rest = tuple(each for each in dossier.evidence if each.kind != "test-report")
        item = EvidenceItem("test-report", issued=date(2022, 1, 1), unlimited=True)
        problem = only(evolve(dossier, evidence=(item, *rest)))
        assert (problem.code, problem.pointer) == ("evidence-not-refreshed", "/evidence/0/issued")
        assert (problem.expected, problem.got) == ("≥ 2023-11-01", "2022-01-01")

    def test_a_permanent_paper_stays_as_it_is(self) -> None:
        dossier = full(kind=RENEWED)
        rest = tuple(each for each in dossier.evidence if each.kind != "business-registration")
        item = EvidenceItem("business-registration", issued=date(2010, 1, 1))
        assert told(evolve(dossier, evidence=(item, *rest))) == []

    def test_an_upgrade_may_keep_its_papers(self) -> None:
        dossier = full(kind=DossierKind.UPGRADE)
        old = tuple(evolve(item, issued=item.issued and date(2022, 1, 1)) for item in dossier.evidence)
        assert told(evolve(dossier, evidence=old)) == []

    def test_changes_and_updates_are_of_the_time_since(self) -> None:
        early = RECOGNISED - timedelta(days=1)
        upgrade = full(kind=DossierKind.UPGRADE)
        problem = only(evolve(upgrade, changes=[Change("x", on=RECOGNISED), Change("y", on=early)]))
        assert (problem.code, problem.pointer) == ("before-recognition", "/changes/1/on")
        assert (problem.expected, problem.got) == ("≥ 2023-11-01", "2023-10-31")
        renewal = full(kind=RENEWED)
        assert told(evolve(renewal, updates={**renewal.updates, "output": early})) == [
            ("before-recognition", "/updates/output")
        ]

    def test_an_unknown_update(self) -> None:
        renewal = full(kind=RENEWED)
        problem = only(evolve(renewal, updates={**renewal.updates, "market": ON}))
        assert (problem.code, problem.pointer, problem.hint) == ("update-unknown", "/updates/market", "markets")


class TestManyUnknownNames:
    """Only for the first 50 of a kind is the nearest name looked up."""

    NAMES = tuple(f"market{number}" for number in range(60))

    def hints(self, dossier: Dossier, code: str) -> list[bool]:
        report = check_dossier(dossier, ON)
        return [problem.hint is not None for problem in report.problems if problem.code == code]

    def test_evidence(self) -> None:
        wrong = [EvidenceItem(f"awards{name}") for name in range(60)]
        assert self.hints(evolve(full(), evidence=wrong), "evidence-unknown") == [True] * 50 + [False] * 10

    def test_updates(self) -> None:
        wrong = dict.fromkeys(self.NAMES, ON)
        assert self.hints(evolve(full(kind=RENEWED), updates=wrong), "update-unknown") == [True] * 50 + [False] * 10

    def test_points_of_the_commune(self) -> None:
        report = CommuneReport({f"local-labour{number}": "x" for number in range(60)})
        dossier = evolve(full(), commune_report=report)
        assert self.hints(dossier, "commune-point-unknown") == [True] * 50 + [False] * 10

    def test_answers(self) -> None:
        assessment = SelfAssessment(best(TEA), answers={f"1.1{number:02}": "x" for number in range(60)})
        dossier = evolve(full(), self_assessment=assessment)
        assert self.hints(dossier, "criterion-unknown") == [True] * 50 + [False] * 10


class TestUnknown:
    def test_set(self) -> None:
        problem = only(evolve(full(), criteria_set="qd26-2026/tee"))
        assert (problem.code, problem.pointer, problem.hint) == ("set-unknown", "/criteria_set", TEA)

    def test_edition_without_rules_on_dossiers(self, tmp_path: Path) -> None:
        shutil.copytree(FOLDER, tmp_path / EDITION, ignore=shutil.ignore_patterns("dossier.json"))
        problem = only(full(), catalog=Catalog(str(tmp_path)))
        assert (problem.code, problem.pointer) == ("dossier-rules-missing", "/criteria_set")

    def test_kind_that_the_edition_lacks(self, tmp_path: Path) -> None:
        shutil.copytree(FOLDER, tmp_path / EDITION)
        data = tmp_path / EDITION / "dossier.json"
        data.write_text(data.read_text("utf-8").replace('{"kind": "first"},', ""), "utf-8")
        catalog = Catalog(str(tmp_path))
        assert told(full(kind=RENEWED), catalog=catalog) == []
        problem = only(full(), catalog=catalog)
        assert (problem.code, problem.pointer, problem.got) == ("dossier-kind-unknown", "/kind", '"first"')


class TestLaws:
    @given(st.data())
    def test_more_evidence_is_never_less(self, data: st.DataObject) -> None:
        sheet = data.draw(score_sheets(data.draw(st.sampled_from(SET_IDS)), findings=False))
        dossier = full(sheet.criteria_set, data.draw(DossierKinds), sheet)
        some = data.draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True).map(lambda each: [*map(paper, each)]))
        more = data.draw(st.lists(st.sampled_from([*sorted(KINDS), "unheard-of"])))

        def missing(papers: list[EvidenceItem]) -> set[str | None]:
            report = check_dossier(evolve(dossier, evidence=papers), ON)
            return {problem.expected for problem in report.problems if "missing" in problem.code}

        added = [EvidenceItem(slug) if slug not in KINDS else paper(slug) for slug in more]
        assert missing([*some, *added]) <= missing(some)

    @given(st.data())
    def test_a_dossier_with_what_its_sheet_wants_is_clean(self, data: st.DataObject) -> None:
        sheet = data.draw(score_sheets(data.draw(st.sampled_from(SET_IDS)), findings=False))
        dossier = full(sheet.criteria_set, data.draw(DossierKinds), sheet)
        assert dossier.self_assessment is not None
        assert told(evolve(dossier, self_assessment=evolve(dossier.self_assessment, answers={}))) == []

    @given(st.data())
    def test_round_trip(self, data: st.DataObject) -> None:
        sheet = data.draw(score_sheets(data.draw(st.sampled_from(SET_IDS))))
        dossier = full(sheet.criteria_set, data.draw(DossierKinds), sheet)
        assert structured(converter(), plain(dossier), Dossier) == dossier

    @given(DossierKinds, st.sampled_from(SET_IDS))
    def test_frozen_hashable_and_picklable(self, kind: DossierKind, set_id: str) -> None:
        dossier = full(set_id, kind)
        assert hash(dossier) == hash(full(set_id, kind))
        assert pickle.loads(pickle.dumps(dossier)) == dossier  # noqa: S301
        with pytest.raises(FrozenInstanceError):
            dossier.id = "d2"  # type: ignore[misc]


class TestForm:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: Dossier(1, DossierKind.FIRST, "p", "s", TEA),  # type: ignore[arg-type]
            lambda: Dossier("d", "first", "p", "s", TEA),  # type: ignore[arg-type]
            lambda: Dossier("d", DossierKind.FIRST, None, "s", TEA),  # type: ignore[arg-type]
            lambda: SelfAssessment({}),  # type: ignore[arg-type]
            lambda: SelfAssessment(best(TEA), answers={"1.1": 3}),  # type: ignore[dict-item]
            lambda: CommuneReport({"local-inputs": None}),  # type: ignore[dict-item]
            lambda: RegistrationForm(signed=20260801),  # type: ignore[arg-type]
            lambda: Samples("5"),  # type: ignore[arg-type]
            lambda: Samples(5.0),  # type: ignore[arg-type]
            lambda: Samples(True),
            lambda: Samples(-1),
            lambda: Samples(None),  # type: ignore[arg-type]
            lambda: Change(3),  # type: ignore[arg-type]
        ],
    )
    def test_other_types_are_refused(self, make: Callable[[], Any]) -> None:
        with pytest.raises(ConversionError, match="expected"):
            make()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("handed_in", "2026-08-10"),
            ("handed_in", datetime(2026, 8, 10)),  # noqa: DTZ001
            ("media", "paper"),
            ("media", ["paper"]),
            ("media", {Medium.PAPER: 1}),
            ("media", None),
            ("registration", {}),
            ("self_assessment", best(TEA)),
            ("samples", 5),
            ("evidence", ["awards"]),
            ("changes", ["x"]),
            ("updates", ["markets"]),
            ("updates", {"markets": "2026-08-01"}),
            ("updates", {1: ON}),
        ],
    )
    def test_other_types_are_refused_in_a_dossier(self, field: str, value: Any) -> None:
        with pytest.raises(ConversionError, match="expected"):
            evolve(full(), **{field: value})

    def test_text_is_kept_in_normal_form_c(self) -> None:
        report = CommuneReport({"e\u0301": "a\u0309"}, proposal="e\u0301")
        assert report == CommuneReport({"é": "ả"}, proposal="é")
        assert evolve(full(), updates={"e\u0301": ON}).updates == {"é": ON}

    def test_the_callers_values_are_not_shared(self) -> None:
        updates, media = {"markets": ON}, [Medium.PAPER]
        dossier = evolve(full(), updates=updates, media=media)
        updates["output"] = ON
        media.append(Medium.DIGITAL)
        assert dossier.updates == {"markets": ON}
        assert dossier.media == (Medium.PAPER,)

    def test_an_empty_dossier_has_a_short_form(self) -> None:
        assert plain(Dossier("d", DossierKind.FIRST, "p", "s", TEA)) == {
            "id": "d",
            "kind": "first",
            "product": "p",
            "subject": "s",
            "criteria_set": TEA,
        }


class TestDiscretion:
    SECRET = "Bà Lò Thị B, người Thái, số định danh 079185001234"

    def dossier(self) -> Dossier:
        sheet = best(TEA).with_choices({"3.4": "z"})
        return evolve(
            full(sheet=sheet),
            registration=RegistrationForm(description=self.SECRET),
            self_assessment=SelfAssessment(sheet, answers={"3.2": self.SECRET}),
            commune_report=CommuneReport({"local-labour": self.SECRET}),
            evidence=[EvidenceItem("business-registration", number=self.SECRET, file=self.SECRET)],
        )

    def test_nothing_personal_is_in_the_repr(self) -> None:
        assert "079185001234" not in repr(self.dossier())
        assert "3.2" not in repr(self.dossier())

    def test_nothing_personal_is_in_a_report(self) -> None:
        report = check_dossier(self.dossier(), ON)
        assert len(report.problems) > 10
        for lang in ocop.text.LANGUAGES:
            assert "079185001234" not in report.text(lang)
            assert "3.2" not in report.text(lang)

    def test_nothing_personal_is_in_an_error(self) -> None:
        with pytest.raises(ConversionError) as caught:
            evolve(full(), evidence=[self.SECRET])  # type: ignore[list-item]
        assert self.SECRET not in str(caught.value)
        with pytest.raises(ConversionError) as caught:
            SelfAssessment(best(TEA), answers=self.SECRET)  # type: ignore[arg-type]
        assert self.SECRET not in str(caught.value)
