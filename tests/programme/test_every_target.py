"""Each of the 43 targets is met by one portfolio written by hand, missed by another, and unknown with a third."""

from collections.abc import Callable
from datetime import date

import pytest
from attrs import evolve

from ocop.model.products import Protection, ProtectionKind
from ocop.model.stars import Level
from ocop.procedure.certificate import EventKind
from ocop.programme.judge import Status
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import programme, programmes
from ocop.programme.records import (
    Audience,
    CommuneRecord,
    CraftVillage,
    DossierRecord,
    Fair,
    Milestone,
    PointKind,
    ProgrammeMark,
    Promotion,
    SalesPoint,
    Standardisation,
    Training,
    ValueChainProject,
)
from portfolio_makers import (
    COMPANY,
    COOPERATIVE,
    HOUSEHOLD,
    certificate,
    headed_by,
    joining,
    of_forms,
    portfolio,
    product,
    recognised,
    run_by,
    subject,
    with_facts,
    with_subjects,
    with_workers,
)

Maker = Callable[[], Portfolio]
Case = tuple[str, str, Maker, Maker, Maker]
NOTHING = Portfolio


def communes(*chosen: tuple[str, ...] | None) -> Portfolio:
    return Portfolio(
        communes=[CommuneRecord(code=f"{n:05}", name=f"Xã {n}", chosen=each) for n, each in enumerate(chosen)]
    )


def advanced(inside: int, known: bool = True) -> Portfolio:
    """So many products of 2023 in a commune that registered; as many as it takes elsewhere, earlier, or later."""
    made = portfolio(
        recognised(inside, date(2023, 6, 1), prefix="in", place="00001"),
        recognised(9, date(2023, 6, 1), prefix="out", place="00002"),
        recognised(9, date(2022, 12, 31), prefix="early", place="00001"),
        recognised(9, date(2024, 1, 1), prefix="late", place="00001"),
        recognised(9, date(2023, 6, 1), star=2, prefix="low", place="00001"),
    )
    if not known:
        return made
    return made.adding(
        communes=[
            CommuneRecord(code="00001", name="Xã Một", registered=2023),
            CommuneRecord(code="00002", name="Xã Hai", registered=2024),
        ]
    )


def again(count: int) -> Portfolio:
    """Ten products of 2021, and `count` of them upgraded or re-recognised in 2024."""
    made = portfolio(recognised(10, date(2021, 5, 4)))
    kinds = [EventKind.UPGRADE, EventKind.RE_RECOGNITION]
    return made.adding(
        certificates=[certificate(f"again-{n}", f"p{n}", date(2024, 5, 4), 4, kinds[n % 2]) for n in range(count)]
    )


def events_of_200(count: int) -> Portfolio:
    made = portfolio(recognised(200, date(2021, 5, 4)))
    more = [
        certificate(f"more-{n}", f"p{n}", date(2024, 5, 4), how=EventKind.RE_RECOGNITION) for n in range(count - 200)
    ]
    return made.adding(certificates=more)


def villages(with_product: int, without: int, unknown: int = 0) -> Portfolio:
    made = portfolio(recognised(1, date(2024, 5, 6)))
    products = [("p0",)] * with_product + [()] * without + [None] * unknown
    return made.adding(
        craft_villages=[CraftVillage(id=f"v{n}", name=f"Làng {n}", products=each) for n, each in enumerate(products)],
    )


def dossiers(*digital: bool | None) -> Portfolio:
    made = portfolio(recognised(len(digital), date(2024, 5, 6)))
    return made.adding(
        dossiers=[DossierRecord(id=f"d{n}", product=f"p{n}", digital=each) for n, each in enumerate(digital)]
    )


def points(
    *opened: date | None, kind: PointKind = PointKind.POINT, tourism: bool | None = None, closed: date | None = None
) -> Portfolio:
    return Portfolio(
        sales_points=[
            SalesPoint(id=f"d{n}", name=f"Điểm {n}", kind=kind, opened=day, tourism=tourism, closed=closed)
            for n, day in enumerate(opened)
        ]
    )


def trained(year: int, *numbers: tuple[Audience, int, int | None]) -> Portfolio:
    return Portfolio(
        trainings=[
            Training(id=f"t{n}", audience=audience, held=date(year, 3, n + 1), trained=count, total=total)
            for n, (audience, count, total) in enumerate(numbers)
        ]
    )


def standardised(count: int, on: date = date(2019, 5, 5)) -> Portfolio:
    return Portfolio(
        products=[product(f"p{n}") for n in range(10)],
        standardised=[Standardisation(product=f"p{n}", on=on) for n in range(count)],
    )


def promoted(count: int, half: int = 0) -> Portfolio:
    day = date(2019, 5, 5)
    return Portfolio(
        promoted=[
            *(Promotion(product=f"p{n}", quality_raised=day, promoted=day) for n in range(count)),
            *(Promotion(product=f"q{n}", quality_raised=day) for n in range(half)),
        ]
    )


def protected(collective: int, certification: int, other: int = 0, on: date | None = date(2019, 5, 5)) -> Portfolio:
    kinds = [ProtectionKind.COLLECTIVE_MARK] * collective + [ProtectionKind.CERTIFICATION_MARK] * certification
    kinds += [ProtectionKind.TRADE_MARK] * other
    return Portfolio(
        products=[product(f"p{n}", protections=[Protection(kind, issued=on)]) for n, kind in enumerate(kinds)]
    )


def projects(count: int, proposed: int = 0) -> Portfolio:
    days = [date(2019, 5, 5)] * count + [None] * proposed
    return Portfolio(
        projects=[ValueChainProject(id=f"j{n}", name=f"Dự án {n}", approved=day) for n, day in enumerate(days)]
    )


def five_stars(*counts: tuple[int, int]) -> Portfolio:
    """So many products that reach five stars in each year."""
    return portfolio(*(recognised(count, date(year, 7, 1), 5, prefix=f"y{year}-") for year, count in counts))


def joined_each_year(*counts: int) -> Portfolio:
    """So many cooperatives in each of the years from 2021 on."""
    return joining(*(date(2021 + n, 4, 1) for n, count in enumerate(counts) for _ in range(count)))


MANAGERS, LEADERS = Audience.STATE_MANAGERS, Audience.ENTERPRISE_LEADERS
COOPERATIVES, HEADS, SCHEME = Audience.COOPERATIVE_LEADERS, Audience.HOUSEHOLD_HEADS, Audience.SCHEME_MANAGERS
D19, D23 = date(2019, 9, 9), date(2023, 9, 9)

BD18, HT, BD21, BL, HD = (
    "binh-duong-2018-2020",
    "huong-tra-2019-2020",
    "binh-duong-2021-2025",
    "bac-lieu-2019-2030",
    "hai-duong-2018-2030",
)
CASES: list[Case] = [
    (
        BD18,
        "participants",
        lambda: portfolio(
            {"participants": joining(*[D19] * 225).participants},
            {"participants": joining(*[D19] * 225, form=COMPANY, prefix="e").participants},
        ),
        lambda: portfolio(
            {"participants": joining(*[D19] * 449).participants},
            {"participants": joining(*[D19] * 100, form=HOUSEHOLD, prefix="h").participants},
        ),
        NOTHING,
    ),
    (
        BD18,
        "products-3-star",
        lambda: portfolio(recognised(5, date(2020, 7, 30))),
        lambda: portfolio(
            recognised(4, date(2020, 12, 31)),
            recognised(3, date(2020, 7, 29), prefix="before"),
            recognised(3, date(2020, 9, 1), star=2, prefix="low"),
            {
                "products": [product("of-district")],
                "certificates": [certificate("d", "of-district", date(2020, 9, 1), level=Level.DISTRICT)],
            },
        ),
        NOTHING,
    ),
    (
        BD18,
        "fairs",
        lambda: Portfolio(fairs=[Fair(id="f", name="Hội chợ", held=date(2020, 10, 1))]),
        lambda: Portfolio(fairs=[Fair(id="f", name="Hội chợ"), Fair(id="g", name="Hội chợ", held=date(2021, 1, 1))]),
        NOTHING,
    ),
    (
        BD18,
        "mark-registered",
        lambda: Portfolio(marks=[ProgrammeMark(id="m", name="OCOP Bình Dương", registered=date(2020, 12, 31))]),
        lambda: Portfolio(marks=[ProgrammeMark(id="m", name="OCOP Bình Dương", filed=date(2020, 8, 1))]),
        NOTHING,
    ),
    (
        HT,
        "product-per-commune",
        lambda: communes(("thanh trà",), ("bún",), ("tinh dầu tràm", "nước mắm")),
        lambda: communes(("thanh trà",), (), ("tinh dầu tràm", "nước mắm")),
        lambda: communes(("thanh trà",), None, ("tinh dầu tràm", "nước mắm")),
    ),
    (BD21, "recognition-events", lambda: events_of_200(380), lambda: events_of_200(379), NOTHING),
    (
        BD21,
        "recognised-products",
        lambda: portfolio(recognised(216, D23)),
        lambda: portfolio(recognised(215, D23), recognised(50, date(2020, 12, 31), prefix="before")),
        NOTHING,
    ),
    (
        BD21,
        "share-4-star",
        lambda: portfolio(recognised(9, D23), recognised(1, D23, star=4, prefix="four")),
        lambda: portfolio(recognised(10, D23), recognised(1, D23, star=4, prefix="four")),
        lambda: Portfolio(certificates=[]),
    ),
    (BD21, "advanced-communes-2023", lambda: advanced(23), lambda: advanced(22), lambda: advanced(23, known=False)),
    (BD21, "consolidated-or-upgraded", lambda: again(5), lambda: again(4), NOTHING),
    (
        BD21,
        "cooperatives",
        lambda: of_forms((COOPERATIVE, 4), (HOUSEHOLD, 6)),
        lambda: of_forms((COOPERATIVE, 3), (HOUSEHOLD, 6)),
        NOTHING,
    ),
    (
        BD21,
        "small-enterprises",
        lambda: of_forms((COMPANY, 3), (COOPERATIVE, 7)),
        lambda: of_forms((COMPANY, 2), (COOPERATIVE, 7)),
        lambda: evolve(of_forms((COMPANY, 3)), subjects=None),
    ),
    (
        BD21,
        "circular-chains",
        lambda: with_facts(3, 7, "circular_chain"),
        lambda: with_facts(2, 7, "circular_chain"),
        lambda: with_subjects([subject(1)]),
    ),
    (BD21, "craft-villages", lambda: villages(2, 2), lambda: villages(1, 2), lambda: villages(1, 1, 1)),
    (
        BD21,
        "trained-workers",
        lambda: with_workers((10, 1), (5, 2)),
        lambda: with_workers((10, 1), (6, 2)),
        lambda: with_workers((10, 2), (None, 2)),
    ),
    (BD21, "headed-by-women", lambda: headed_by(4, 6), lambda: headed_by(3, 6), lambda: headed_by(3, 5, 2)),
    (
        BD21,
        "run-by-ethnic-minorities",
        lambda: run_by(False, True, None),
        lambda: run_by(False, False),
        lambda: run_by(False, None),
    ),
    (
        BD21,
        "modern-channels",
        lambda: with_facts(5, 5, "modern_channel"),
        lambda: with_facts(4, 5, "modern_channel"),
        lambda: with_subjects([subject(1)]),
    ),
    (BD21, "sales-points", lambda: points(D23), lambda: points(D23, closed=date(2025, 12, 31)), NOTHING),
    (
        BD21,
        "database",
        lambda: Portfolio(milestones=[Milestone(id="database", done=date(2025, 12, 31))]),
        lambda: Portfolio(milestones=[Milestone(id="database", done=date(2026, 1, 1))]),
        lambda: Portfolio(milestones=[Milestone(id="website", done=D23)]),
    ),
    (
        BD21,
        "digital-dossiers",
        lambda: dossiers(True, True),
        lambda: dossiers(True, False),
        lambda: dossiers(True, None),
    ),
    (
        BL,
        "products-2020",
        lambda: portfolio(recognised(34, date(2020, 12, 31))),
        lambda: portfolio(recognised(33, D19), recognised(9, date(2021, 1, 1), prefix="late")),
        NOTHING,
    ),
    (
        BL,
        "products-2025",
        lambda: portfolio(recognised(24, D23)),
        lambda: portfolio(recognised(23, D23), recognised(34, D19, prefix="before")),
        NOTHING,
    ),
    (
        BL,
        "products-2030",
        lambda: portfolio(recognised(13, date(2026, 1, 1))),
        lambda: portfolio(recognised(12, date(2026, 1, 1)), recognised(24, D23, prefix="before")),
        NOTHING,
    ),
    (
        BL,
        "organisations-2020",
        lambda: joining(*[D19] * 20),
        lambda: joining(*[D19] * 19, date(2018, 12, 31), date(2021, 1, 1)),
        NOTHING,
    ),
    (BL, "five-star-2025", lambda: five_stars((2020, 2), (2025, 3)), lambda: five_stars((2020, 2), (2025, 2)), NOTHING),
    (
        BL,
        "five-star-2030",
        lambda: five_stars((2026, 5), (2030, 5)),
        lambda: five_stars((2025, 5), (2026, 5), (2030, 4)),
        NOTHING,
    ),
    (
        BL,
        "managers-trained-2020",
        lambda: trained(2020, (MANAGERS, 60, 100), (MANAGERS, 40, None)),
        lambda: trained(2020, (MANAGERS, 60, 100), (MANAGERS, 39, None)),
        lambda: trained(2020, (MANAGERS, 60, None)),
    ),
    (
        BL,
        "leaders-trained-2020",
        lambda: trained(2020, (LEADERS, 5, 5), (COOPERATIVES, 3, 3), (HEADS, 7, 7)),
        lambda: trained(2020, (LEADERS, 5, 5), (COOPERATIVES, 3, 3), (HEADS, 6, 7)),
        lambda: trained(2020, (LEADERS, 5, 5), (COOPERATIVES, 3, 3)),
    ),
    (BL, "sales-points-2020", lambda: points(D19), lambda: points(date(2021, 1, 1)), NOTHING),
    (BL, "sales-points-2025", lambda: points(D19, D23), lambda: points(D19), NOTHING),
    (BL, "sales-points-2030", lambda: points(D19, D23, D23), lambda: points(D19, D23), NOTHING),
    (
        HD,
        "trained-2020",
        lambda: trained(2020, (SCHEME, 2, 2), (LEADERS, 5, 5), (COOPERATIVES, 3, 3)),
        lambda: trained(2020, (SCHEME, 1, 2), (LEADERS, 5, 5), (COOPERATIVES, 3, 3)),
        NOTHING,
    ),
    (HD, "organisations-2020", lambda: joining(*[D19] * 10), lambda: joining(*[D19] * 9), NOTHING),
    (
        HD,
        "standardised-2020",
        lambda: standardised(3),
        lambda: standardised(2),
        lambda: evolve(standardised(3), products=None),
    ),
    (HD, "promoted-2020", lambda: promoted(20), lambda: promoted(19, half=5), NOTHING),
    (
        HD,
        "marks-2020",
        lambda: protected(10, 4),
        lambda: protected(10, 3, other=5),
        lambda: protected(10, 4, on=None),
    ),
    (HD, "five-star-2020", lambda: five_stars((2019, 1), (2020, 2)), lambda: five_stars((2019, 1), (2020, 1)), NOTHING),
    (HD, "projects-2020", lambda: projects(8), lambda: projects(7, proposed=5), NOTHING),
    (
        HD,
        "centre-2020",
        lambda: points(D19, kind=PointKind.CENTRE),
        lambda: points(D19, kind=PointKind.SHOWROOM),
        NOTHING,
    ),
    (
        HD,
        "five-star-yearly",
        lambda: five_stars((2021, 0), (2022, 4), (2029, 6)),
        lambda: five_stars((2020, 5), (2021, 9)),
        NOTHING,
    ),
    (
        HD,
        "organisations-yearly",
        lambda: joined_each_year(3, 4, 5, 3, 4, 5, 3, 4, 5, 9),
        lambda: joined_each_year(3, 4, 5, 3, 2, 9, 3, 4, 5, 9),
        NOTHING,
    ),
    (
        HD,
        "tourism-points-2030",
        lambda: points(*[D23] * 12, tourism=True),
        lambda: points(*[D23] * 11, D19, tourism=True),
        lambda: points(*[D23] * 12),
    ),
]
every_case = pytest.mark.parametrize(
    ("programme_id", "target_id", "met", "missed", "unknown"), CASES, ids=[f"{case[0]}/{case[1]}" for case in CASES]
)


def test_every_target_of_every_programme_has_its_case() -> None:
    targets = [(each.id, target.id) for each in programmes() for target in each.targets]
    assert sorted(targets) == sorted((case[0], case[1]) for case in CASES)
    assert len(CASES) == 43


@every_case
def test_a_target_is_met_missed_or_unknown_after_its_deadline(
    programme_id: str, target_id: str, met: Maker, missed: Maker, unknown: Maker
) -> None:
    found = programme(programme_id)
    on = date(found.target(target_id).deadline.year + 1, 1, 1)
    for make, status in ((met, Status.MET), (missed, Status.MISSED), (unknown, Status.UNKNOWN)):
        result = found.progress(make(), on).target(target_id)
        assert result.status is status, (status, result)
        assert (result.gap == 0) is (status is Status.MET)
        assert bool(result.gap) is (status is Status.MISSED)


@every_case
def test_what_is_unknown_says_which_data_would_settle_it_or_why_none_could(
    programme_id: str, target_id: str, met: Maker, missed: Maker, unknown: Maker
) -> None:
    found = programme(programme_id)
    on = date(found.target(target_id).deadline.year + 1, 1, 1)
    result = found.progress(unknown(), on).target(target_id)
    assert result.value is None
    assert result.measured.missing or result.measured.base == 0
    settled = found.progress(met(), on).target(target_id).measured
    assert not settled.missing


@every_case
def test_before_the_deadline_a_target_is_never_missed(
    programme_id: str, target_id: str, met: Maker, missed: Maker, unknown: Maker
) -> None:
    found = programme(programme_id)
    deadline = found.target(target_id).deadline
    for make in (met, missed):
        assert found.progress(make(), deadline).target(target_id).status is not Status.MISSED


@every_case
def test_nothing_is_known_of_an_empty_portfolio(
    programme_id: str, target_id: str, met: Maker, missed: Maker, unknown: Maker
) -> None:
    found = programme(programme_id)
    on = date(found.target(target_id).deadline.year + 1, 1, 1)
    result = found.progress(Portfolio(), on).target(target_id)
    assert result.status is Status.UNKNOWN
    assert result.measured.missing


@every_case
def test_what_stood_at_the_deadline_stands(
    programme_id: str, target_id: str, met: Maker, missed: Maker, unknown: Maker
) -> None:
    found = programme(programme_id)
    year = found.target(target_id).deadline.year
    for make in (met, missed, unknown):
        first, later = (found.progress(make(), date(year + years, 1, 1)).target(target_id) for years in (1, 20))
        assert first == later
