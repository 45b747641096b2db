import json
import pickle
import shutil
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion, Part, Section
from ocop.errors import UnknownIdError
from ocop.model.products import Product, Protection, ProtectionKind
from ocop.model.subjects import CooperativeRating, LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.facts import ExportMarket, Facts, MarketArea
from ocop.procedure.suggest import Silent, Suggestion, Suggestions, suggest_choices
from ocop.procedure.ties import ties
from ocop.text import LANGUAGES, NO_LABEL

HERE = "24781"
SETS = list(PACKAGED.sets("qd26-2026"))
TEA, FLOWERS, PLANTS, TOURISM = (
    f"qd26-2026/{slug}" for slug in ("tea", "flowers", "ornamental-plants", "community-tourism")
)
SILENT = "silent"

Rights = ProtectionKind
MARK = Protection(Rights.TRADE_MARK, on_packaging=True)
FILED = Protection(Rights.TRADE_MARK_FILED)
NO_CONTRACT = {"export_contract": False, "modern_trade_contract": False}


def subject(form: LegalForm = LegalForm.FARM, **fields: Any) -> Subject:
    return Subject("s", "S", form, **fields)


def product(*protections: Protection) -> Product:
    return Product("p", "P", "s", protections=protections)


def answer(found: Suggestions, slug: str) -> Suggestion | Silent:
    every: list[Suggestion | Silent] = [*found.suggestions, *found.silent]
    return next(each for each in every if each.slug == slug)


def chosen(
    slug: str,
    who: Subject | None = None,
    what: Product | None = None,
    set_id: str = TEA,
    /,
    **facts: Any,
) -> str | None:
    """Return the slug of the option suggested in the criterion `slug`, None for no option, `SILENT` for nothing."""
    found = suggest_choices(who, what, Facts(**facts), set_id)
    given = answer(found, slug)
    if isinstance(given, Silent):
        return SILENT
    if given.option is None:
        return None
    return found.criteria_set.criterion(given.criterion).option(given.option).slug


def percent(number: str) -> Fraction:
    return Fraction(number) / 100


class TestLocalLabour:
    """From 25 to under 50; from 50 to 75; 75 or more: 75 is in two options, and the better one is taken."""

    @pytest.mark.parametrize(
        ("local", "total", "option"),
        [
            (0, 100, None),
            (24, 100, None),
            (249_999, 1_000_000, None),
            (25, 100, "25-to-under-50"),
            (49, 100, "25-to-under-50"),
            (499_999, 1_000_000, "25-to-under-50"),
            (50, 100, "50-to-75"),
            (74, 100, "50-to-75"),
            (749_999, 1_000_000, "50-to-75"),
            (75, 100, "from-75"),
            (3, 4, "from-75"),
            (100, 100, "from-75"),
            (1, 3, "25-to-under-50"),
            (2, 3, "50-to-75"),
        ],
    )
    def test_boundaries(self, local: int, total: int, option: str | None) -> None:
        for each in SETS:
            who = subject(place=HERE, workforce=Workforce(total, {HERE: local}))
            assert chosen("local-labour", who, None, each.id) == option

    def test_unknown_is_silent(self) -> None:
        assert chosen("local-labour", subject(place=HERE, workforce=Workforce(10))) == SILENT


@pytest.mark.parametrize(
    ("share", "option"),
    [
        ("0", None),
        ("0.01", "under-50"),
        ("25", "under-50"),
        ("49.99", "under-50"),
        ("50", "50-to-under-75"),
        ("74.99", "50-to-under-75"),
        ("75", "75-to-100"),
        ("100", "75-to-100"),
    ],
)
def test_inputs_and_the_product_itself_by_their_share(share: str, option: str | None) -> None:
    for each in SETS:
        slugs = {criterion.slug for criterion in each.criteria}
        for slug, fact in (("input-origin", "local_inputs_share"), ("product-origin", "local_product_share")):
            if slug in slugs:
                assert chosen(slug, None, None, each.id, **{fact: percent(share)}) == option
                assert chosen(slug, None, None, each.id) == SILENT


class TestLinkage:
    """From 50 to under 75; over 75; over 75 for 12 months: exactly 75 has no option, and so the criterion is silent."""

    @pytest.mark.parametrize(
        ("share", "months", "option"),
        [
            ("0", None, "none-or-unclear"),
            ("0", 24, "none-or-unclear"),
            ("0.01", None, None),
            ("49.99", 24, None),
            ("50", None, "50-to-under-75"),
            ("74.99", 24, "50-to-under-75"),
            ("75", 24, SILENT),
            ("75", 0, SILENT),
            ("75", None, SILENT),
            ("75.01", None, SILENT),
            ("75.01", 0, "over-75"),
            ("75.01", 11, "over-75"),
            ("75.01", 12, "over-75-12-months"),
            ("100", 12, "over-75-12-months"),
            (None, 12, SILENT),
            (None, 11, SILENT),
        ],
    )
    def test_boundaries(self, share: str | None, months: int | None, option: str | None) -> None:
        part = None if share is None else percent(share)
        for each in SETS:
            if each.id != TOURISM:
                found = chosen(
                    "production-linkage", None, None, each.id, linkage_output_share=part, linkage_months=months
                )
                assert found == option

    def test_the_gap_is_told(self) -> None:
        found = answer(
            suggest_choices(None, None, Facts(linkage_output_share=percent("75")), TEA), "production-linkage"
        )
        assert isinstance(found, Silent)
        assert found.missing == ()
        assert "exactly 75%" in found.remark.en

    def test_what_is_missing_is_told(self) -> None:
        over = answer(suggest_choices(None, None, Facts(linkage_output_share=percent("80")), TEA), "production-linkage")
        assert isinstance(over, Silent)
        assert (over.missing, over.remark) == (("linkage-months",), NO_LABEL)


class TestOrganisation:
    @pytest.mark.parametrize("each", SETS, ids=lambda each: each.slug)
    def test_by_legal_form(self, each: CriteriaSet) -> None:
        tourism = each.id == TOURISM
        best = "cooperative-local-or-other" if tourism else "cooperative-or-local-from-51"
        company, household = "company-local-under-51", "household-farm-or-group"
        other = best if tourism else None
        expected = {
            LegalForm.COOPERATIVE: best,
            LegalForm.COOPERATIVE_GROUP: SILENT,
            LegalForm.LIMITED_COMPANY: company,
            LegalForm.PRIVATE_ENTERPRISE: company,
            LegalForm.JOINT_STOCK_COMPANY: SILENT,
            LegalForm.FARM: household,
            LegalForm.REGISTERED_HOUSEHOLD: household,
            LegalForm.ASSOCIATION: other,
            LegalForm.OPERATING_CENTRE: other,
            LegalForm.EQUIVALENT_ORGANISATION: other,
        }
        assert expected.keys() == set(LegalForm)
        for form, option in expected.items():
            assert chosen("organisation-type", subject(form), None, each.id) == option, form
        group = subject(LegalForm.COOPERATIVE_GROUP, business_registration="01/THT")
        assert chosen("organisation-type", group, None, each.id) == household

    @pytest.mark.parametrize(
        ("capital", "option"),
        [
            ("0", "company-local-under-51"),
            ("50.99", "company-local-under-51"),
            ("51", "cooperative-or-local-from-51"),
            ("100", "cooperative-or-local-from-51"),
        ],
    )
    def test_a_joint_stock_company_by_its_local_capital(self, capital: str, option: str) -> None:
        who = subject(LegalForm.JOINT_STOCK_COMPANY, local_capital=percent(capital))
        assert chosen("organisation-type", who) == option

    @pytest.mark.parametrize("form", [LegalForm.LIMITED_COMPANY, LegalForm.PRIVATE_ENTERPRISE])
    def test_local_capital_helps_no_other_company(self, form: LegalForm) -> None:
        assert chosen("organisation-type", subject(form, local_capital=percent("90"))) == "company-local-under-51"

    def test_what_is_missing(self) -> None:
        found = suggest_choices(subject(LegalForm.JOINT_STOCK_COMPANY), None, Facts(), TEA)
        given = answer(found, "organisation-type")
        assert isinstance(given, Silent)
        assert given.missing == ("local-capital-share",)


class TestGrowth:
    UP, UP_ONCE, DOWN = {"2023": 1, "2024": 2, "2025": 3}, {"2023": 2, "2024": 2, "2025": 3}, {"2024": 3, "2025": 3}
    TWICE, ONCE = "profit-up-twice-or-fair", "profit-up-or-rated-average"

    @pytest.mark.parametrize(
        ("form", "rating", "profits", "option"),
        [
            ("farm", None, UP, TWICE),
            ("farm", None, UP_ONCE, ONCE),
            ("farm", None, DOWN, None),
            ("farm", None, {"2024": 2, "2025": 3}, SILENT),
            ("farm", None, {"2023": 9, "2024": -2, "2025": -1}, SILENT),
            ("farm", None, {"2023": -9, "2024": -2, "2025": 1}, SILENT),
            ("farm", None, {"2023": -9, "2024": -2, "2025": -3}, None),
            ("farm", None, {}, SILENT),
            ("farm", "good", {}, SILENT),
            ("farm", "good", DOWN, None),
            ("cooperative", "good", {}, TWICE),
            ("cooperative", "fair", DOWN, TWICE),
            ("cooperative", "average", {}, SILENT),
            ("cooperative", "average", DOWN, ONCE),
            ("cooperative", "average", UP_ONCE, ONCE),
            ("cooperative", "average", UP, TWICE),
            ("cooperative", "weak", UP, TWICE),
            ("cooperative", "weak", UP_ONCE, ONCE),
            ("cooperative", "weak", DOWN, None),
            ("cooperative", "weak", {}, SILENT),
            ("cooperative", None, UP, TWICE),
            ("cooperative", None, UP_ONCE, SILENT),
            ("cooperative", None, DOWN, SILENT),
        ],
    )
    def test_by_rating_or_profits(
        self, form: str, rating: str | None, profits: dict[str, int], option: str | None
    ) -> None:
        rated = None if rating is None else CooperativeRating(rating)
        who = subject(LegalForm(form), cooperative_rating=rated, profits=profits)
        for each in SETS:
            assert chosen("business-growth", who, None, each.id, assessment_year=2026) == option

    def test_the_years_are_counted_from_the_one_before_the_assessment(self) -> None:
        who = subject(profits={"2022": 3, "2023": 1, "2024": 2, "2025": 3})
        years = {year: chosen("business-growth", who, assessment_year=year) for year in range(2023, 2028)}
        assert years == {2023: SILENT, 2024: None, 2025: self.ONCE, 2026: self.TWICE, 2027: SILENT}

    def test_without_the_year_nothing_is_said(self) -> None:
        given = answer(suggest_choices(subject(profits=self.UP), None, Facts(), TEA), "business-growth")
        assert isinstance(given, Silent)
        assert given.missing == ("assessment-year",)


class TestRepresentative:
    @pytest.mark.parametrize(
        ("sex", "minority", "disability", "option"),
        [
            (Sex.FEMALE, False, False, "woman-minority-or-disabled"),
            (Sex.MALE, True, None, "woman-minority-or-disabled"),
            (None, None, True, "woman-minority-or-disabled"),
            (Sex.MALE, False, False, "none"),
            (Sex.MALE, False, None, SILENT),
            (None, False, False, SILENT),
            (None, None, None, SILENT),
        ],
    )
    def test_one_case_or_none_of_three(
        self, sex: Sex | None, minority: bool | None, disability: bool | None, option: str
    ) -> None:
        who = subject(representative=Representative("X", sex, minority, disability))
        for each in SETS:
            assert chosen("legal-representative", who, None, each.id) == option

    def test_which_case_it_is_cannot_be_told_from_the_answer(self) -> None:
        people = [Representative("X", Sex.FEMALE, False, False), Representative("X", Sex.MALE, True, False)]
        people += [Representative("X", None, None, True), Representative("X", Sex.FEMALE, True, True)]
        answers = {suggest_choices(subject(representative=person), None, Facts(), TEA) for person in people}
        assert len(answers) == 1

    def test_which_case_is_unknown_cannot_be_told_either(self) -> None:
        people = [Representative("X", None, False, False), Representative("X", Sex.MALE, False, None), None]
        answers = {suggest_choices(subject(representative=person), None, Facts(), TEA) for person in people}
        assert len(answers) == 1


class TestIntellectualProperty:
    SHARED = Protection(Rights.GEOGRAPHICAL_INDICATION)

    @pytest.mark.parametrize(
        ("protections", "origin_sign", "option"),
        [
            ([], True, SILENT),
            ([FILED], True, "trade-mark-application-accepted"),
            ([Protection(Rights.PATENT)], True, None),
            ([MARK], False, "trade-mark-application-accepted"),
            ([MARK], None, SILENT),
            ([MARK], True, "registered-marks-origin"),
            ([MARK, evolve(FILED, on_packaging=True)], True, "trade-mark-application-accepted"),
            ([MARK, evolve(FILED, on_packaging=False)], True, "registered-marks-origin"),
            ([MARK, FILED], True, SILENT),
            ([MARK, evolve(SHARED, right_of_use=True)], True, "registered-marks-origin"),
            ([MARK, evolve(SHARED, right_of_use=False)], True, "trade-mark-application-accepted"),
            ([MARK, SHARED], True, SILENT),
            ([MARK, SHARED], False, "trade-mark-application-accepted"),
            ([MARK, Protection(Rights.INDUSTRIAL_DESIGN)], True, "registered-marks-origin-plus-ip"),
            ([MARK, Protection(Rights.PATENT)], True, "registered-marks-origin-plus-ip"),
            ([MARK, Protection(Rights.UTILITY_SOLUTION)], True, "registered-marks-origin-plus-ip"),
            ([MARK, Protection(Rights.COPYRIGHT, of_mark=False)], True, "registered-marks-origin-plus-ip"),
            ([MARK, Protection(Rights.COPYRIGHT, of_mark=True)], True, "registered-marks-origin"),
            ([MARK, Protection(Rights.COPYRIGHT)], True, SILENT),
            (
                [Protection(Rights.COLLECTIVE_MARK, on_packaging=True, right_of_use=True)],
                True,
                "registered-marks-origin",
            ),
            ([evolve(MARK, on_packaging=None)], True, SILENT),
        ],
    )
    def test_by_the_rights_on_record(
        self, protections: list[Protection], origin_sign: bool | None, option: str | None
    ) -> None:
        for each in SETS:
            if each.id != TOURISM:
                found = chosen("intellectual-property", None, product(*protections), each.id, origin_sign=origin_sign)
                assert found == option

    @pytest.mark.parametrize(
        ("protections", "option"),
        [
            ([evolve(MARK, on_packaging=None)], "tourism-marks-origin"),
            ([MARK, Protection(Rights.INDUSTRIAL_DESIGN)], "tourism-marks-origin-plus-ip"),
            ([MARK, FILED], SILENT),
            ([FILED], "trade-mark-application-accepted"),
        ],
    )
    def test_tourism_has_no_packaging(self, protections: list[Protection], option: str) -> None:
        assert chosen("intellectual-property", None, product(*protections), TOURISM, origin_sign=True) == option

    def test_papers_expire(self) -> None:
        last = date(2026, 6, 1)
        paper = product(evolve(MARK, expires=last))
        assert chosen("intellectual-property", None, paper, origin_sign=True) == SILENT
        assert chosen("intellectual-property", None, paper, origin_sign=True, as_of=last) == "registered-marks-origin"
        assert chosen("intellectual-property", None, paper, origin_sign=True, as_of=date(2026, 6, 2)) is None

    def test_an_empty_record_counts_only_where_it_is_said_to_be_full(self) -> None:
        assert chosen("intellectual-property", None, product()) == SILENT
        assert chosen("intellectual-property", None, product(), protections_complete=True) is None

    def test_a_record_that_is_not_full_supports_only_the_best_option(self) -> None:
        listed = product(MARK, Protection(Rights.PATENT))
        partly = {"origin_sign": True, "protections_complete": False}
        assert chosen("intellectual-property", None, listed, **partly) == SILENT


class TestDistribution:
    @pytest.mark.parametrize(
        ("market", "agents", "export", "modern", "option"),
        [
            (None, None, True, None, "international-or-modern-trade"),
            (None, None, None, True, "international-or-modern-trade"),
            ("outside-province", 9, None, False, SILENT),
            ("outside-province", 9, False, False, "outside-commune-from-5"),
            ("province", 5, False, False, "outside-commune-from-5"),
            ("province", 4, False, False, "outside-commune-under-5"),
            ("province", 0, False, False, "outside-commune-under-5"),
            ("province", None, False, False, SILENT),
            ("commune", None, False, False, "within-commune"),
            ("commune", 9, False, False, "within-commune"),
            (None, 9, False, False, SILENT),
        ],
    )
    def test_by_number_of_agents(
        self, market: str | None, agents: int | None, export: bool | None, modern: bool | None, option: str
    ) -> None:
        area = None if market is None else MarketArea(market)
        facts = {"market": area, "agents": agents, "export_contract": export, "modern_trade_contract": modern}
        for each in SETS[:23]:
            assert chosen("distribution-area", None, None, each.id, **facts) == option

    @pytest.mark.parametrize(
        ("market", "export", "option"),
        [
            (None, True, "international"),
            ("outside-province", False, "outside-province"),
            ("province", False, "within-province"),
            ("commune", False, "within-commune"),
            (None, False, SILENT),
            ("province", None, SILENT),
        ],
    )
    def test_by_reach_for_ornamental_plants_and_animals(
        self, market: str | None, export: bool | None, option: str
    ) -> None:
        """A market outside the commune within the province fits two options, and the better one is taken."""
        area = None if market is None else MarketArea(market)
        for each in SETS[23:25]:
            found = chosen("distribution-area", None, None, each.id, market=area, export_contract=export)
            assert found == option

    @pytest.mark.parametrize(
        ("markets", "option"),
        [
            (None, SILENT),
            ((), None),
            ((ExportMarket.SOUTHEAST_ASIA,), "southeast-asia"),
            ((ExportMarket.OTHER, ExportMarket.SOUTHEAST_ASIA), "outside-southeast-asia"),
            ((ExportMarket.HIGH_STANDARD,), "high-standard-markets"),
            (tuple(ExportMarket), "high-standard-markets"),
        ],
    )
    def test_where_it_can_be_exported_to(self, markets: tuple[ExportMarket, ...] | None, option: str | None) -> None:
        for each in SETS[:25]:
            assert chosen("global-market-opportunity", None, None, each.id, export_markets=markets) == option

    def test_an_export_contract_does_not_say_where_to(self) -> None:
        assert chosen("global-market-opportunity", export_contract=True) == SILENT

    @pytest.mark.parametrize(
        ("inside", "outside", "option"),
        [
            (0, 0, None),
            (1, 0, "some-agents"),
            (0, 2, "some-agents"),
            (1, 1, "some-agents"),
            (2, 1, "from-3-agents"),
            (3, 1, "from-3-agents"),
            (4, 1, "from-5-agents"),
            (3, 0, SILENT),
            (0, 5, SILENT),
            (None, 5, SILENT),
            (5, None, SILENT),
        ],
    )
    def test_promotion_agents_of_tourism(self, inside: int | None, outside: int | None, option: str | None) -> None:
        facts = {"promotion_agents_in_province": inside, "promotion_agents_outside_province": outside}
        assert chosen("promotion-linkage", None, None, TOURISM, **facts) == option


EVIDENCE = {
    "product-origin": ("input-origin",),
    "input-origin": ("input-origin",),
    "production-linkage": ("linkage-contracts",),
    "organisation-type": ("business-registration",),
    "legal-representative": ("business-registration",),
    "local-labour": ("labour-list",),
    "business-growth": ("growth-papers",),
    "intellectual-property": ("intellectual-property",),
    "distribution-area": ("market-development",),
    "global-market-opportunity": ("market-development", "promotion", "quality-management"),
    "promotion-linkage": ("market-development",),
}
BEST = {
    "who": subject(
        LegalForm.COOPERATIVE,
        place=HERE,
        representative=Representative("Lò Thị Mai", Sex.FEMALE),
        workforce=Workforce(4, {HERE: 3}),
        profits={"2023": 111_222_333, "2024": 444_555_666, "2025": 777_888_999},
    ),
    "what": product(MARK, Protection(Rights.PATENT)),
    "facts": Facts(
        local_inputs_share=Fraction(1),
        local_product_share=Fraction(1),
        linkage_output_share=Fraction(9, 10),
        linkage_months=12,
        export_contract=True,
        export_markets=(ExportMarket.HIGH_STANDARD,),
        origin_sign=True,
        promotion_agents_in_province=3,
        promotion_agents_outside_province=2,
        assessment_year=2026,
    ),
}


def best(each: CriteriaSet) -> Suggestions:
    return suggest_choices(BEST["who"], BEST["what"], BEST["facts"], each)  # type: ignore[arg-type]


class TestEverySet:
    @pytest.mark.parametrize("each", SETS, ids=lambda each: each.slug)
    def test_the_best_facts_support_the_best_options_with_evidence_and_reason(self, each: CriteriaSet) -> None:
        found = best(each)
        assert found.silent == ()
        tied = [criterion for criterion in each.criteria if criterion.slug in ties("qd26-2026")]
        assert [suggestion.criterion for suggestion in found.suggestions] == [criterion.code for criterion in tied]
        for criterion, suggestion in zip(tied, found.suggestions, strict=True):
            assert suggestion.option == criterion.options[-1].letter
            assert suggestion.evidence == EVIDENCE[criterion.slug]
            assert suggestion.facts
            assert suggestion.reason.vi
            assert suggestion.reason.en

    @pytest.mark.parametrize("each", SETS, ids=lambda each: each.slug)
    def test_without_facts_nothing_is_said_and_everything_asked(self, each: CriteriaSet) -> None:
        found = suggest_choices(None, None, Facts(), each.id)
        assert found.suggestions == ()
        assert found.choices == {}
        tied = [criterion.code for criterion in each.criteria if criterion.slug in ties("qd26-2026")]
        assert [silent.criterion for silent in found.silent] == tied
        assert all(silent.missing and silent.remark == NO_LABEL for silent in found.silent)

    @pytest.mark.parametrize("each", SETS, ids=lambda each: each.slug)
    def test_the_choices_fit_a_sheet(self, each: CriteriaSet) -> None:
        sheet = ocop.ScoreSheet(each.id, {criterion.code: None for criterion in each.criteria})
        score = ocop.score(sheet.with_choices(best(each).choices))
        tied = [criterion for criterion in each.criteria if criterion.slug in ties("qd26-2026")]
        assert score.total == sum(criterion.max_points for criterion in tied)

    def test_a_choice_without_points_needs_no_evidence(self) -> None:
        who = subject(place=HERE, representative=Representative("X", Sex.MALE, False, False))
        who = evolve(who, workforce=Workforce(10, {HERE: 1}))
        found = suggest_choices(who, None, Facts(linkage_output_share=Fraction(0)), TEA)
        for slug, option in (("local-labour", None), ("legal-representative", "a"), ("production-linkage", "a")):
            given = answer(found, slug)
            assert isinstance(given, Suggestion)
            assert (given.option, given.evidence) == (option, ())


shares = st.none() | st.sampled_from([Fraction(n, 100) for n in (0, 1, 24, 25, 49, 50, 74, 75, 76, 100)])
counts = st.none() | st.integers(0, 13)
flags = st.none() | st.booleans()
some_facts = st.builds(
    Facts,
    local_inputs_share=shares,
    local_product_share=shares,
    linkage_output_share=shares,
    linkage_months=counts,
    market=st.none() | st.sampled_from(MarketArea),
    agents=counts,
    modern_trade_contract=flags,
    export_contract=flags,
    export_markets=st.none() | st.lists(st.sampled_from(ExportMarket)),
    origin_sign=flags,
    protections_complete=flags,
    promotion_agents_in_province=counts,
    promotion_agents_outside_province=counts,
    assessment_year=st.none() | st.just(2026),
    as_of=st.none() | st.just(date(2026, 6, 1)),
)
people = st.builds(Representative, st.just("X"), st.none() | st.sampled_from(Sex), flags, flags)
some_subjects = st.builds(
    Subject,
    st.just("s"),
    st.just("S"),
    st.sampled_from(LegalForm),
    place=st.none() | st.just(HERE),
    business_registration=st.none() | st.just("01"),
    representative=st.none() | people,
    workforce=st.none() | st.builds(Workforce, counts, st.dictionaries(st.just(HERE), st.integers(0, 13))),
    profits=st.dictionaries(st.sampled_from(["2023", "2024", "2025"]), st.integers(-2, 2)),
    local_capital=shares,
    cooperative_rating=st.none() | st.sampled_from(CooperativeRating),
)
protections = st.builds(
    Protection,
    st.sampled_from(ProtectionKind),
    expires=st.none() | st.dates(date(2026, 5, 30), date(2026, 6, 2)),
    right_of_use=flags,
    on_packaging=flags,
    of_mark=flags,
)
some_products = st.lists(protections, max_size=3).map(lambda listed: product(*listed))
set_ids = st.sampled_from([each.id for each in SETS])


@given(st.none() | some_subjects, st.none() | some_products, some_facts, set_ids)
def test_every_tied_criterion_is_answered_once_with_an_option_of_its_own(
    who: Subject | None, what: Product | None, facts: Facts, set_id: str
) -> None:
    found = suggest_choices(who, what, facts, set_id)
    the_set = found.criteria_set
    tied = [criterion.code for criterion in the_set.criteria if criterion.slug in ties("qd26-2026")]
    answered = [each.criterion for each in found.suggestions] + [each.criterion for each in found.silent]
    assert sorted(answered) == sorted(tied)
    for each in found.suggestions:
        assert each.option is None or each.option in the_set.criterion(each.criterion).letters
    for silent in found.silent:
        assert silent.missing or silent.remark != NO_LABEL
    assert found == suggest_choices(who, what, facts, the_set)
    for lang in LANGUAGES:
        assert all(each.criterion in found.explain(lang) for each in found.suggestions)


@given(some_subjects, st.integers(1, 40), st.data(), set_ids)
def test_more_local_labour_never_lowers_the_points(who: Subject, total: int, data: Any, set_id: str) -> None:
    fewer, more = sorted([data.draw(st.integers(0, total)), data.draw(st.integers(0, total))])

    def points(local: int) -> int:
        this = evolve(who, place=HERE, workforce=Workforce(total, {HERE: local}))
        found = suggest_choices(this, None, Facts(), set_id)
        given = answer(found, "local-labour")
        assert isinstance(given, Suggestion)
        return points_of(found.criteria_set.criterion(given.criterion), given.option)

    assert points(fewer) <= points(more)


def points_of(criterion: Criterion, letter: str | None) -> int:
    return 0 if letter is None else criterion.option(letter).points


@given(st.none() | some_subjects, st.none() | some_products, some_facts, some_facts, set_ids)
def test_facts_that_are_not_named_change_nothing(
    who: Subject | None, what: Product | None, facts: Facts, others: Facts, set_id: str
) -> None:
    """Only what a suggestion names may matter to it; of the rest, everything is exchanged."""
    kept = {"protections_complete", "assessment_year", "as_of"}
    for each in suggest_choices(who, what, facts, set_id).suggestions:
        named = kept | {slug.replace("-", "_") for slug in each.facts}
        if "promotion_agents" in named:
            named |= {"promotion_agents_in_province", "promotion_agents_outside_province"}
        exchanged = {
            field.name: getattr(facts if field.name in named else others, field.name) for field in attrs.fields(Facts)
        }
        again = answer(suggest_choices(who, what, Facts(**exchanged), set_id), each.slug)
        assert isinstance(again, Suggestion)
        assert again.option == each.option


@given(some_subjects, some_products, some_facts, some_facts, st.sampled_from(["who", "what", None]), set_ids)
def test_a_suggestion_stands_when_more_becomes_known(
    who: Subject, what: Product, facts: Facts, more: Facts, hidden: str | None, set_id: str
) -> None:
    told = {
        field.name: getattr(more if getattr(facts, field.name) is None else facts, field.name)
        for field in attrs.fields(Facts)
        if field.name != "protections_complete"
    }
    # None has a meaning of its own there, and is no gap in what is known.
    told["protections_complete"] = facts.protections_complete
    before = suggest_choices(who if hidden != "who" else None, what if hidden != "what" else None, facts, set_id)
    after = suggest_choices(who, what, Facts(**told), set_id)
    for each in before.suggestions:
        again = answer(after, each.slug)
        assert isinstance(again, Suggestion)
        assert again.option == each.option


class TestSensitive:
    def test_no_sensitive_value_is_told(self) -> None:
        found = best(PACKAGED.criteria_set(TEA))
        texts = [repr(found), str(found), json.dumps(found.to_json(), ensure_ascii=False)]
        texts += [found.explain(lang) for lang in LANGUAGES]
        for text in texts:
            for secret in ("Lò Thị Mai", "777888999", "777_888_999", "444555666", "111222333", "female", "FEMALE"):
                assert secret not in text

    @pytest.mark.parametrize("slug", ["legal-representative", "business-growth"])
    def test_the_reason_is_only_named(self, slug: str) -> None:
        given = answer(best(PACKAGED.criteria_set(TEA)), slug)
        assert isinstance(given, Suggestion)
        assert ": " not in given.reason.vi + given.reason.en

    def test_losses_are_not_told(self) -> None:
        found = suggest_choices(subject(profits={"2024": -2, "2025": -1}), None, Facts(assessment_year=2026), TEA)
        given = answer(found, "business-growth")
        assert isinstance(given, Silent)
        assert given.remark.en == "The words do not say how the profits of these years compare"
        assert "lỗ" not in found.explain("vi").casefold().split()
        assert "loss" not in found.explain("en")


FACTS = Facts(local_inputs_share=Fraction(2, 3), linkage_output_share=percent("75"))


class TestTexts:
    def found(self) -> Suggestions:
        who = subject(LegalForm.COOPERATIVE, place=HERE, workforce=Workforce(10, {HERE: 2}))
        return suggest_choices(who, product(FILED), FACTS, TEA)

    def test_in_english(self) -> None:
        lines = self.found().explain("en").splitlines()
        assert lines[:3] == [
            "Criteria set: Fresh and processed tea (Decision 26/2026/QĐ-TTg, Annex II, set 11)",
            "",
            "What the facts support; an evaluator decides:",
        ]
        assert lines[3] == (
            "  - Criterion 1.1 Origin of inputs: option b (From 50% to under 75% of inputs from within the province)."
            " Reason: share of inputs from the province: 2/3."
            " Evidence: Papers on the origin of inputs and the sourcing area."
        )
        assert lines[5] == "  - Criterion 3.3 Local labour: no option. Reason: share of workers from the commune: 20%."
        assert lines[7] == "Not settled:"
        assert lines[8] == (
            "  - Criterion 1.5 Production linkage: The share is exactly 75%: the words are under 75% and over 75%,"
            " and no option has it."
        )
        assert lines[9] == (
            "  - Criterion 3.2 Legal representative: woman, ethnic minority or person with a disability:"
            " to be known: the legal representative."
        )

    def test_in_vietnamese(self) -> None:
        lines = self.found().explain().splitlines()
        assert lines[0] == "Bộ tiêu chí: Chè tươi, chè chế biến (Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ số 11)"
        assert lines[2] == "Gợi ý theo dữ kiện; người chấm quyết định:"
        assert lines[5] == (
            "  - Tiêu chí 3.3 Lao động địa phương: không phương án nào. Căn cứ: tỷ lệ lao động là người trong xã: 20%."
        )

    def test_one_of_several_kinds_of_evidence_is_enough(self) -> None:
        found = suggest_choices(None, None, Facts(export_markets=(ExportMarket.OTHER,)), TEA)
        assert (
            "Evidence: Proof of market development or Proof of promotion or Quality management certificates."
            in found.explain("en")
        )

    def test_what_speaks_for_the_option_comes_first(self) -> None:
        facts = Facts(market=MarketArea.PROVINCE, agents=5, export_contract=False, modern_trade_contract=False)
        given = answer(suggest_choices(None, None, facts, TEA), "distribution-area")
        assert isinstance(given, Suggestion)
        assert given.facts == ("market", "agents", "export-contract", "modern-trade-contract")
        assert given.reason.en.startswith("main market: outside the commune, within the province; ")

    def test_nothing_to_suggest_and_nothing_left_open(self) -> None:
        assert "Dữ kiện chưa cho gợi ý nào." in suggest_choices(None, None, Facts(), TEA).explain("vi")
        assert "Not settled" not in best(PACKAGED.criteria_set(TEA)).explain("en")

    def test_another_language(self) -> None:
        lang: Any = "fr"
        with pytest.raises(ValueError, match="lang must be"):
            self.found().explain(lang)

    @pytest.mark.parametrize("each", SETS, ids=lambda each: each.slug)
    def test_every_word_is_there(self, each: CriteriaSet) -> None:
        for found in (best(each), suggest_choices(None, None, Facts(), each)):
            assert all(label.vi and label.en for label in found.labels.values())


class TestResult:
    def test_json(self) -> None:
        found = suggest_choices(None, None, FACTS, TEA)
        document = json.loads(json.dumps(found.to_json()))
        assert document["criteria_set"] == {"id": TEA, "digest": found.criteria_set.digest}
        assert document["suggestions"][0]["option"] == "b"
        assert [each["criterion"] for each in document["silent"]] == [each.criterion for each in found.silent]
        for kind, items in ((Suggestion, found.suggestions), (Silent, found.silent)):
            for item in items:
                assert structured(make_converter(), plain(item), kind) == item

    def test_it_is_frozen_hashable_and_picklable(self) -> None:
        found = best(PACKAGED.criteria_set(TEA))
        assert hash(found) == hash(best(PACKAGED.criteria_set(TEA)))
        assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            found.silent = ()  # type: ignore[misc]

    def test_an_unknown_set(self) -> None:
        with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026/tea'"):
            suggest_choices(None, None, Facts(), "qd26-2026/tee")


def renamed(the_set: CriteriaSet, criterion_slug: str, option: str) -> CriteriaSet:
    """Return the set with the first option of a criterion renamed."""

    def items(nodes: tuple[Section | Criterion, ...]) -> tuple[Section | Criterion, ...]:
        return tuple(one(node) for node in nodes)

    def one(node: Section | Criterion) -> Section | Criterion:
        if isinstance(node, Section):
            return evolve(node, items=items(node.items))
        if node.slug == criterion_slug:
            return evolve(node, options=(evolve(node.options[0], slug=option), *node.options[1:]))
        return node

    parts: tuple[Part, ...] = tuple(evolve(part, items=items(part.items)) for part in the_set.parts)
    return evolve(the_set, parts=parts)


class TestSetsOfSomebodysOwn:
    def test_an_option_that_is_not_tied_is_left_to_the_evaluator(self) -> None:
        own = renamed(PACKAGED.criteria_set(TEA), "local-labour", "10-to-under-50")
        who = subject(place=HERE, workforce=Workforce(4, {HERE: 4}))
        given = answer(suggest_choices(who, None, Facts(), own), "local-labour")
        assert isinstance(given, Silent)
        assert given.missing == ()
        assert given.remark.en == "The set has an option of its own that is not tied to facts"

    def test_an_edition_without_a_tie(self, tmp_path: Path) -> None:
        folder = Path(ocop.__file__).parent / "data" / "editions" / "qd26-2026"
        shutil.copytree(folder, tmp_path / "qd26-2026")
        (tmp_path / "qd26-2026" / "facts.json").unlink()
        with pytest.raises(UnknownIdError, match="tie of facts"):
            suggest_choices(None, None, Facts(), TEA, catalog=Catalog(str(tmp_path)))

    def test_words_that_a_catalog_lacks_are_replaced_by_slugs(self, tmp_path: Path) -> None:
        folder = Path(ocop.__file__).parent / "data" / "editions" / "qd26-2026"
        shutil.copytree(folder, tmp_path / "qd26-2026")
        for lang in LANGUAGES:
            path = tmp_path / "qd26-2026" / "labels" / f"{lang}.json"
            words = json.loads(path.read_text("utf-8"))
            words["facts"] = words["suggestions"] = {}
            path.write_text(json.dumps(words), "utf-8")
        found = suggest_choices(None, None, FACTS, TEA, catalog=Catalog(str(tmp_path)))
        assert "to be known: legal-representative." in found.explain("en")
        assert "Reason: local-inputs-share: 2/3." in found.explain("en")
        assert "linkage-exactly-75" in found.explain("en")
