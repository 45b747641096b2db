"""Small portfolios written by hand for the tests of programmes; nothing here is taken from the code under test."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from ocop.model.products import Product
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.certificate import Certificate, EventKind
from ocop.procedure.recognition import events
from ocop.programme.portfolio import Portfolio
from ocop.programme.records import (
    Audience,
    CommuneRecord,
    CraftVillage,
    DossierRecord,
    Fair,
    Milestone,
    Participant,
    PointKind,
    ProgrammeMark,
    Promotion,
    SalesPoint,
    Standardisation,
    SubjectFacts,
    Training,
    ValueChainProject,
)

DAY = date(2023, 5, 6)
COOPERATIVE, COMPANY, HOUSEHOLD = LegalForm.COOPERATIVE, LegalForm.LIMITED_COMPANY, LegalForm.REGISTERED_HOUSEHOLD


def product(name: str, subject: str = "s", place: str | None = None, **more: Any) -> Product:
    return Product(name, f"Sản phẩm {name}", subject, place, **more)


def certificate(
    name: str,
    of: str,
    on: date,
    star: int = 3,
    how: EventKind = EventKind.NEW,
    level: Level = Level.PROVINCE,
    **more: Any,
) -> Certificate:
    return Certificate(
        id=name,
        product=of,
        star=Star(star),
        decision="1/QĐ-UBND",
        level=level,
        authority="UBND tỉnh",
        issued=on,
        ends=on.replace(year=on.year + 3),
        edition="qd148-2023",
        how=how,
        **more,
    )


def recognised(count: int, on: date, star: int = 3, prefix: str = "p", place: str | None = None) -> dict[str, Any]:
    """Return so many products of one subject, each recognised on the day."""
    names = [f"{prefix}{number}" for number in range(count)]
    return {
        "products": [product(name, place=place) for name in names],
        "certificates": [certificate(f"c-{name}", name, on, star) for name in names],
    }


def portfolio(*parts: dict[str, Any]) -> Portfolio:
    """Return the portfolio of all parts together."""
    made = Portfolio()
    for part in parts:
        made = made.adding(**part)
    return made


def with_subjects(subjects: Sequence[Subject], facts: Sequence[SubjectFacts] | None = None) -> Portfolio:
    """Return a portfolio in which each subject has a product, recognised in 2024."""
    return Portfolio(
        subjects=subjects,
        subject_facts=facts,
        products=[product(f"p-{each.id}", each.id) for each in subjects],
        certificates=[certificate(f"c-{each.id}", f"p-{each.id}", date(2024, 5, 6)) for each in subjects],
    )


def subject(number: int, form: LegalForm = HOUSEHOLD, **more: Any) -> Subject:
    return Subject(f"s{number}", f"Cơ sở số {number}", form, **more)


def of_forms(*counts: tuple[LegalForm, int]) -> Portfolio:
    forms = [form for form, count in counts for _ in range(count)]
    return with_subjects([subject(number, form) for number, form in enumerate(forms)])


def headed_by(women: int, men: int, unknown: int = 0) -> Portfolio:
    sexes = [Sex.FEMALE] * women + [Sex.MALE] * men + [None] * unknown
    heads = [Representative("Nguyễn Văn A", sex=sex) for sex in sexes]
    return with_subjects([subject(number, representative=head) for number, head in enumerate(heads)])


def run_by(*minority: bool | None) -> Portfolio:
    heads = [Representative("Nguyễn Văn A", ethnic_minority=each) for each in minority]
    return with_subjects([subject(number, representative=head) for number, head in enumerate(heads)])


def with_facts(yes: int, no: int, name: str) -> Portfolio:
    answers = [True] * yes + [False] * no
    return with_subjects(
        [subject(number) for number in range(len(answers))],
        [SubjectFacts(subject=f"s{number}", **{name: answer}) for number, answer in enumerate(answers)],
    )


def with_workers(*pairs: tuple[int | None, int | None]) -> Portfolio:
    workers = [Workforce(total, trained=trained) for total, trained in pairs]
    return with_subjects([subject(number, workforce=each) for number, each in enumerate(workers)])


def joining(*days: date, form: LegalForm = COOPERATIVE, prefix: str = "o") -> Portfolio:
    return Portfolio(
        participants=[
            Participant(id=f"{prefix}{number}", name=f"Tổ chức {prefix} {number}", legal_form=form, joined=day)
            for number, day in enumerate(days)
        ]
    )


def full() -> Portfolio:
    """A portfolio with something in every list."""
    made = certificate("c1", "p1", DAY)
    return Portfolio(
        name="Nơi thử",
        remark="số liệu thử",
        on=date(2024, 1, 1),
        subjects=[subject(1, COOPERATIVE, representative=Representative("An", sex=Sex.FEMALE), tax_id="0100112437")],
        products=[product("p1", "s1")],
        certificates=[made],
        events=events([made]),
        dossiers=[DossierRecord(id="d1", product="p1", digital=True, handed_in=DAY)],
        communes=[
            CommuneRecord(code="00001", name="Một", registered=2022, attained=2023, chosen=("p1",), chosen_on=DAY)
        ],
        craft_villages=[CraftVillage(id="v1", name="Làng", traditional=False, products=())],
        trainings=[Training(id="t1", audience=Audience.STATE_MANAGERS, held=DAY, trained=3, total=4)],
        sales_points=[SalesPoint(id="x1", name="Điểm", kind=PointKind.SHOWROOM, place="chợ", tourism=True, opened=DAY)],
        fairs=[Fair(id="f1", name="Hội chợ", held=DAY)],
        marks=[ProgrammeMark(id="m1", name="OCOP", filed=DAY, registered=DAY)],
        projects=[ValueChainProject(id="j1", name="Dự án", approved=DAY)],
        promoted=[Promotion(product="p1", quality_raised=DAY, promoted=DAY)],
        standardised=[Standardisation(product="p1", on=DAY, standard="TCVN")],
        participants=[Participant(id="o1", name="HTX", legal_form=COOPERATIVE, joined=DAY, left=DAY, place="00001")],
        milestones=[Milestone(id="database", done=DAY, name="cơ sở dữ liệu")],
        subject_facts=[SubjectFacts(subject="s1", circular_chain=True, modern_channel=False)],
    )
