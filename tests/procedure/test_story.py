"""A cooperative's tea from the idea to three stars, to four, through its re-evaluation, and to a recall.

Every day that the law names is computed. The records are those of ``docs/examples/tea-registry.json``.
"""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import ocop
from ocop.documents.registry import Registry, check_registry
from ocop.errors import DocumentError, ImpossibleStepError
from ocop.model.cycle import IdeaEvent, IdeaState, ProductIdea
from ocop.model.products import (
    Product,
    ProductCode,
    Protection,
    ProtectionKind,
    QualityDeclaration,
)
from ocop.model.stars import Level, Star
from ocop.model.subjects import CooperativeRating, LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.calendars import WeekdayCalendar
from ocop.procedure.certificate import Certificate, CertificateStatus, EventKind, Window
from ocop.procedure.certificate_checks import check_certificate
from ocop.procedure.check_dossier import check_dossier
from ocop.procedure.deadlines import deadlines, next_round
from ocop.procedure.dossier import Change, CommuneReport, Dossier, RegistrationForm, Samples, SelfAssessment
from ocop.procedure.dossier_rules import dossier_rules
from ocop.procedure.eligibility import check_eligibility
from ocop.procedure.evidence import EvidenceItem, Medium
from ocop.procedure.facts import ExportMarket, Facts, MarketArea
from ocop.procedure.kinds import DossierKind
from ocop.procedure.recognition import issue, recall, renew, upgrade
from ocop.procedure.rules import procedure
from ocop.procedure.stages import Case
from ocop.procedure.suggest import suggest_choices
from ocop.procedure.transition import rules_for
from ocop.scoring.sheet import ScoreSheet

EXAMPLE = Path("docs/examples/tea-registry.json")
TEA = "qd26-2026/tea"
PLACE = "05818"
CALENDAR = WeekdayCalendar()
LAW = procedure("qd26-2026")
PROVINCE: Any = {"level": Level.PROVINCE, "authority": "UBND tỉnh Thái Nguyên"}
CODE = ProductCode.parse(f"19-{PLACE}-1-2026")

# The people and the product

COOPERATIVE = Subject(
    "doi-suong",
    "HTX chè Đồi Sương (ví dụ)",
    LegalForm.COOPERATIVE,
    PLACE,
    business_registration="0100112437",
    tax_id="0100112437",
    representative=Representative("Nông Thị Ví Dụ", Sex.FEMALE, ethnic_minority=True, disability=False),
    workforce=Workforce(20, {PLACE: 16}, insured=12, trained=15),
    cooperative_rating=CooperativeRating.AVERAGE,
)
PRODUCT = Product(
    "che-xanh",
    "Chè xanh Đồi Sương (ví dụ)",
    COOPERATIVE.id,
    PLACE,
    TEA,
    CODE,
    barcodes=["8938505974194"],
    declarations=[QualityDeclaration("01/HTX/2026", issued=date(2026, 8, 20), standard="TCVN 9740:2013")],
    protections=[
        Protection(
            ProtectionKind.TRADE_MARK,
            "4-0000000-000",
            issued=date(2025, 5, 12),
            expires=date(2035, 5, 12),
            on_packaging=True,
        )
    ],
)
FACTS = Facts(
    local_inputs_share=Fraction(9, 10),
    linkage_output_share=Fraction(4, 5),
    linkage_months=8,
    market=MarketArea.OUTSIDE_PROVINCE,
    agents=6,
    modern_trade_contract=False,
    export_contract=False,
    export_markets=[ExportMarket.SOUTHEAST_ASIA, ExportMarket.OTHER],
    origin_sign=True,
    protections_complete=True,
    assessment_year=2026,
    as_of=date(2026, 9, 28),
)


def sheet(evaluator: str, **choices: str) -> ScoreSheet:
    """Return the example's sheet, as `evaluator` fills it in."""
    found: ScoreSheet = ocop.load("docs/examples/tea-capped.json")
    changed = {code.removeprefix("c").replace("_", "."): letter for code, letter in choices.items()}
    return evolve(found.with_choices(changed), evaluator=evaluator, product_code=CODE)


FIRST_SHEET = sheet(COOPERATIVE.name)
BETTER = {"c3_4": "b", "c5_1": "e"}
BETTER_SHEET = sheet(COOPERATIVE.name, **BETTER)


def papers(year: int) -> tuple[EvidenceItem, ...]:
    """Return the papers of a dossier put together in `year`."""
    rules = dossier_rules("qd26-2026")
    day = date(year, 6, 1)
    return tuple(
        EvidenceItem(
            kind.slug,
            issued=day if kind.dated else None,
            expires=date(year + 4, 6, 1) if kind.expires and kind.slug != "environment-file" else None,
            unlimited=kind.slug == "environment-file",
            medium=Medium.DIGITAL,
        )
        for kind in rules.evidence
        if kind.slug != "awards"
    )


def dossier(number: int, kind: DossierKind, handed_in: date, proposed: date, form: ScoreSheet, **more: Any) -> Dossier:
    points = {
        "local-inputs": "Chín phần mười chè búp tươi mua trong xã.",
        "local-labour": "16 trong 20 người làm việc sống ở xã.",
        "product-idea": "Ý tưởng từ nghề chè lâu năm của xã.",
        "local-identity": "Cách sao chè bằng chảo gang của địa phương.",
    }
    return Dossier(
        f"ho-so-{number}",
        kind,
        PRODUCT.id,
        COOPERATIVE.id,
        TEA,
        handed_in=handed_in,
        media=[Medium.DIGITAL],
        registration=RegistrationForm(signed=handed_in, signed_by="Nông Thị Ví Dụ"),
        self_assessment=SelfAssessment(form, signed=handed_in),
        commune_report=CommuneReport(points, signed=proposed, proposal=f"{number}/TTr-UBND", proposed=proposed),
        samples=Samples(5, handed_in=proposed),
        evidence=papers(handed_in.year),
        **more,
    )


def idea() -> ProductIdea:
    """Return the idea, which came back once before it passed."""
    found = ProductIdea("y-tuong-1", PRODUCT.name, COOPERATIVE.id, PLACE, "food", TEA)
    found = found.advance(IdeaEvent.REGISTER, date(2026, 2, 10))
    found = found.advance(IdeaEvent.RETURN, date(2026, 3, 2), reasons=["chưa rõ nguồn nguyên liệu"])
    found = found.advance(IdeaEvent.RESUBMIT, date(2026, 3, 20))
    found = found.advance(IdeaEvent.PASS, date(2026, 4, 6), reasons=["nguyên liệu trong xã, có thị trường"])
    found = found.advance(IdeaEvent.RECEIVE_PLAN, date(2026, 5, 11))
    found = found.advance(IdeaEvent.ACCEPT_PLAN, date(2026, 5, 29))
    return found.advance(IdeaEvent.CARRY_OUT, date(2026, 9, 21))


FIRST = dossier(1, DossierKind.FIRST, date(2026, 9, 28), date(2026, 10, 14), FIRST_SHEET)
UPGRADE = dossier(
    2,
    DossierKind.UPGRADE,
    date(2027, 9, 27),
    date(2027, 10, 15),
    BETTER_SHEET,
    previous_certificate="che-xanh-2026",
    recognised_on=date(2026, 12, 21),
    changes=[
        Change("hợp tác xã được xếp loại khá", on=date(2027, 3, 15)),
        Change("câu chuyện sản phẩm có trong mã truy xuất", on=date(2027, 5, 4)),
    ],
)
AGAIN = dossier(
    3,
    DossierKind.RE_EVALUATION,
    date(2030, 7, 8),
    date(2030, 7, 22),
    BETTER_SHEET,
    previous_certificate="che-xanh-2027",
    recognised_on=date(2027, 12, 20),
    updates={update.slug: date(2030, 6, 20) for update in dossier_rules("qd26-2026").updates},
)


def walked(case: Case, *steps: tuple[Any, ...]) -> Case:
    for event, day, *star in steps:
        case = LAW.next(case, event, day, star=star[0] if star else None)
    return case


def proposed(found: Dossier, held: Star | None = None) -> Case:
    """Return the case of a dossier up to the commune's proposal."""
    assert found.handed_in is not None
    assert found.commune_report is not None
    assert found.commune_report.proposed is not None
    case = LAW.begin(found.kind, found.handed_in, dossier=found.id, held=held)
    checked = found.handed_in + timedelta(days=7)
    day = found.commune_report.proposed
    return walked(case, ("find-complete", checked), ("report-commune", day), ("propose", day))


def certificates() -> tuple[Certificate, Certificate, Certificate]:
    """Return the three certificates, as they stand in the end."""
    first = issue(
        "che-xanh-2026",
        product=PRODUCT.id,
        star=Star.THREE,
        on=date(2026, 12, 21),
        decision="1204/QĐ-UBND",
        dossier=FIRST.id,
        **PROVINCE,
    )
    first, second = upgrade(
        first,
        "che-xanh-2027",
        star=Star.FOUR,
        on=date(2027, 12, 20),
        decision="1311/QĐ-UBND",
        dossier=UPGRADE.id,
        **PROVINCE,
    )
    second, third = renew(
        second,
        "che-xanh-2030",
        star=Star.FOUR,
        on=date(2030, 9, 3),
        handed_in=date(2030, 7, 8),
        decision="877/QĐ-UBND",
        dossier=AGAIN.id,
        **PROVINCE,
    )
    third = recall(
        third,
        "mark-misused",
        on=date(2031, 5, 20),
        concluded=date(2031, 5, 12),
        decision="402/QĐ-UBND",
        **PROVINCE,
    )
    return first, second, third


def story() -> Registry:
    """Return all records as they stand in the end."""
    evaluated = idea().advance(IdeaEvent.EVALUATE, date(2026, 12, 21), star=Star.THREE)
    return Registry(
        subjects=[evolve(COOPERATIVE, cooperative_rating=CooperativeRating.FAIR)],
        products=[PRODUCT],
        ideas=[evaluated.advance(IdeaEvent.PROMOTE, date(2027, 1, 15))],
        dossiers=[FIRST, UPGRADE, AGAIN],
        certificates=certificates(),
        on=date(2031, 6, 1),
    )


# Idea


def test_the_idea_comes_back_once_and_goes_on_to_be_carried_out() -> None:
    found = idea()
    assert (found.state, found.allowed) == (IdeaState.CARRIED_OUT, (IdeaEvent.EVALUATE,))
    with pytest.raises(ImpossibleStepError, match="'promote' is impossible in the state 'carried-out'"):
        found.advance(IdeaEvent.PROMOTE, date(2026, 10, 1))


# Three stars


def test_the_cooperative_may_enter_and_its_facts_support_the_sheet() -> None:
    assert check_eligibility(COOPERATIVE, TEA).ok
    found = suggest_choices(COOPERATIVE, PRODUCT, FACTS, TEA)
    assert {code: FIRST_SHEET.choices[code] for code in found.choices} == found.choices
    assert len(found.choices) >= 8
    assert "Nông" not in found.explain()


def test_the_dossier_is_complete_for_its_round() -> None:
    day, the_round = date(2026, 10, 14), next_round(Level.PROVINCE, date(2026, 10, 14))
    assert str(the_round.evaluated_before) == "2026-12-30"
    assert check_dossier(FIRST, day, round_day=the_round.evaluated_before).codes == ()
    assert rules_for(date(2026, 9, 28), DossierKind.FIRST, day).edition == "qd26-2026"


def test_the_commune_has_fifteen_working_days_and_the_province_until_its_round() -> None:
    case = LAW.begin(DossierKind.FIRST, date(2026, 9, 28), dossier=FIRST.id)
    (deadline,) = deadlines(case, CALENDAR)
    assert (deadline.what, str(deadline.by), deadline.is_missed(date(2026, 10, 14))) == (
        *("commune-check", "2026-10-19"),
        False,
    )
    (deadline,) = deadlines(proposed(FIRST), CALENDAR)
    assert (deadline.what, str(deadline.by), str(deadline.last_day)) == ("province-round", "2026-12-30", "2026-12-29")


def test_the_council_gives_three_stars_although_the_points_would_be_enough_for_four() -> None:
    council = ocop.score_council([sheet(name) for name in ("An", "Bình", "Chi")], chair="An")
    assert (council.mean, council.star_by_points, council.star) == (Fraction(77), Star.FOUR, Star.THREE)
    case = walked(
        proposed(FIRST),
        ("find-complete", date(2026, 10, 23)),
        ("survey-site", date(2026, 11, 5)),
        ("examine", date(2026, 11, 20)),
        ("rank", date(2026, 12, 10), council.star),
        ("recognise", date(2026, 12, 21)),
    )
    assert (case.state, LAW.check(case).codes) == ("recognised", ())
    with pytest.raises(ImpossibleStepError, match="it is for products ranked 5 stars; this one has 3"):
        LAW.next(walked(proposed(FIRST), *[(s.event, s.on, s.star) for s in case.steps[4:8]]), "send-up", case.on)


def test_the_certificate_of_three_stars() -> None:
    first, _, _ = certificates()
    assert (first.how, str(first.ends)) == (EventKind.NEW, "2029-12-21")
    running = evolve(first, superseded_on=None)
    assert running.renewal_window() == Window(date(2029, 6, 24), date(2029, 8, 23))
    assert [running.status(day) for day in (date(2026, 12, 21), date(2029, 6, 24), date(2029, 12, 21))] == [
        *(CertificateStatus.VALID, CertificateStatus.RENEWAL_WINDOW),
        CertificateStatus.LATE,
    ]


# Four stars


def test_what_the_upgrade_needs_is_what_was_done() -> None:
    plan = ocop.plan_upgrade(FIRST_SHEET, to=Star.FOUR)
    assert {change.criterion for change in plan.changes} == {"3.4", "5.1"}
    assert (ocop.score(BETTER_SHEET).total, ocop.score(BETTER_SHEET).star) == (80, Star.FOUR)


def test_the_dossier_of_the_upgrade_shows_what_changed() -> None:
    the_round = next_round(Level.PROVINCE, date(2027, 10, 15))
    assert check_dossier(UPGRADE, date(2027, 10, 15), round_day=the_round.evaluated_before).codes == ()
    assert check_dossier(evolve(UPGRADE, changes=[]), date(2027, 10, 15)).codes == ("changes-missing",)


def test_the_upgrade_supersedes_the_first_certificate() -> None:
    case = walked(
        proposed(UPGRADE, Star.THREE),
        ("find-complete", date(2027, 10, 22)),
        ("examine", date(2027, 11, 19)),
        ("rank", date(2027, 12, 9), ocop.score(BETTER_SHEET).star),
        ("recognise", date(2027, 12, 20)),
    )
    assert case.state == "recognised"
    first, second, _ = certificates()
    assert first.status(date(2027, 12, 19)) is CertificateStatus.VALID
    assert first.status(date(2027, 12, 20)) is CertificateStatus.SUPERSEDED
    assert (second.how, str(second.ends)) == (EventKind.UPGRADE, "2030-12-20")


# Re-evaluation


def test_the_dossier_comes_within_the_window() -> None:
    _, second, _ = certificates()
    window = second.renewal_window()
    assert window == Window(date(2030, 6, 23), date(2030, 8, 22))
    assert window.holds(date(2030, 7, 8))
    assert check_dossier(AGAIN, date(2030, 7, 22)).codes == ()
    running = evolve(second, superseded_on=None)
    for day in (window.first - timedelta(days=1), window.last + timedelta(days=1)):
        with pytest.raises(DocumentError) as caught:
            renew(running, "x", star=Star.FOUR, on=date(2030, 9, 3), handed_in=day, decision="877/QĐ-UBND", **PROVINCE)
        assert caught.value.report.codes == ("certificate-window-missed",)


def test_the_re_evaluation_has_forty_five_days() -> None:
    case = proposed(AGAIN, Star.FOUR)
    (deadline,) = deadlines(case, CALENDAR)
    assert (deadline.what, str(deadline.by)) == ("province-re-evaluation", "2030-09-05")
    case = walked(
        case,
        ("find-complete", date(2030, 7, 26)),
        ("report-agency", date(2030, 8, 15)),
        ("rank-in-writing", date(2030, 8, 29), Star.FOUR),
        ("recognise", date(2030, 9, 3)),
    )
    assert (case.state, case.on <= deadline.last_day) == ("recognised", True)
    assert str(certificates()[2].ends) == "2033-09-03"


# Recall


def test_the_recall_is_in_time() -> None:
    case = walked(
        proposed(AGAIN, Star.FOUR),
        ("find-complete", date(2030, 7, 26)),
        ("report-agency", date(2030, 8, 15)),
        ("rank-in-writing", date(2030, 8, 29), Star.FOUR),
        ("recognise", date(2030, 9, 3)),
        ("conclude-breach", date(2031, 5, 12)),
    )
    (deadline,) = deadlines(case, CALENDAR)
    assert (deadline.what, str(deadline.by)) == ("recall", "2031-05-27")
    assert LAW.next(case, "recall", date(2031, 5, 20)).state == "recalled"
    _, _, third = certificates()
    assert (third.status(date(2031, 5, 19)), third.status(date(2031, 5, 20))) == (
        CertificateStatus.VALID,
        CertificateStatus.RECALLED,
    )
    assert check_certificate(third).codes == ()


# All together


def test_the_register_holds_it_all_and_nothing_in_it_is_wrong() -> None:
    found = story()
    assert check_registry(found).codes == ()
    assert [(event.kind, str(event.on), event.star) for event in found.events] == [
        (EventKind.NEW, "2026-12-21", 3),
        (EventKind.UPGRADE, "2027-12-20", 4),
        (EventKind.RE_RECOGNITION, "2030-09-03", 4),
        (EventKind.RECALL, "2031-05-20", 4),
    ]


def test_the_example_is_this_story() -> None:
    assert ocop.load(EXAMPLE) == story()
    assert ocop.validate(EXAMPLE).codes == ()
    assert json.loads(EXAMPLE.read_text("utf-8")) == json.loads(ocop.dumps(story()))
