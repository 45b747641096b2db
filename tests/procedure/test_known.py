import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import ocop
from ocop.criteria.catalog import PACKAGED
from ocop.model.products import Product, Protection, ProtectionKind
from ocop.model.subjects import CooperativeRating, LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.facts import ExportMarket, Facts, MarketArea
from ocop.procedure.known import FACTS, INPUTS, NOT_COMPARABLE, Value, known_facts, shown
from ocop.procedure.rights import Unknown

HERE = "24781"
SUBJECT = Subject(
    "htx",
    "HTX chè",
    LegalForm.COOPERATIVE,
    place=HERE,
    business_registration="01/HTX",
    representative=Representative("Lò Thị Mai", Sex.FEMALE),
    workforce=Workforce(20, {HERE: 15}),
    profits={"2023": 1, "2024": 2, "2025": 3},
    local_capital=Fraction(1, 2),
    cooperative_rating=CooperativeRating.FAIR,
)
PRODUCT = Product("tea", "Chè", "htx", protections=(Protection(ProtectionKind.TRADE_MARK, on_packaging=True),))


def of(subject: Subject | None, slug: str, year: int | None = 2026) -> Value | Unknown:
    return known_facts(subject, None, Facts(assessment_year=year))[slug]


def subject(**fields: Any) -> Subject:
    return Subject("s", "S", LegalForm.COOPERATIVE, **fields)


def test_every_fact_is_told_or_says_what_is_missing() -> None:
    nothing = known_facts(None, None, Facts())
    assert nothing.keys() == FACTS.keys()
    for slug, value in nothing.items():
        assert isinstance(value, Unknown), slug
        assert value.missing, slug
        assert set(value.missing) <= {*FACTS, *INPUTS}


def test_every_fact_can_be_known() -> None:
    facts = Facts(
        local_inputs_share=Fraction(1),
        local_product_share=Fraction(1),
        linkage_output_share=Fraction(1),
        linkage_months=1,
        market=MarketArea.COMMUNE,
        agents=1,
        modern_trade_contract=True,
        export_contract=True,
        export_markets=(),
        origin_sign=True,
        promotion_agents_in_province=1,
        promotion_agents_outside_province=1,
        assessment_year=2026,
    )
    known = known_facts(SUBJECT, PRODUCT, facts)
    assert [slug for slug, value in known.items() if isinstance(value, Unknown)] == []
    assert known["promotion-agents"] == 2


def test_every_fact_and_input_has_words() -> None:
    table = PACKAGED.labels("qd26-2026").tables["facts"]
    assert sorted(table) == sorted({*FACTS, *INPUTS})
    assert NOT_COMPARABLE in PACKAGED.labels("qd26-2026").tables["suggestions"]


class TestLabour:
    @pytest.mark.parametrize(
        ("who", "expected"),
        [
            (subject(place=HERE, workforce=Workforce(20, {HERE: 15})), Fraction(3, 4)),
            (subject(place=HERE, workforce=Workforce(20, {HERE: 0})), Fraction(0)),
            (subject(place=HERE, workforce=Workforce(3, {HERE: 3, "24778": 1})), Fraction(1)),
            (None, Unknown(("subject-place", "workforce-total", "workforce-local"))),
            (subject(), Unknown(("subject-place", "workforce-total", "workforce-local"))),
            (subject(place=HERE), Unknown(("workforce-total", "workforce-local"))),
            (subject(place=HERE, workforce=Workforce(20)), Unknown(("workforce-local",))),
            (subject(place=HERE, workforce=Workforce(20, {"24778": 20})), Unknown(("workforce-local",))),
            (subject(place=HERE, workforce=Workforce(None, {HERE: 0})), Unknown(("workforce-total",))),
            (subject(place=HERE, workforce=Workforce(0, {HERE: 0})), Unknown(("workforce-total",))),
            (subject(workforce=Workforce(20, {HERE: 15})), Unknown(("subject-place", "workforce-local"))),
            (subject(place=HERE, workforce=Workforce(2, {HERE: 3})), Unknown(("workforce-total", "workforce-local"))),
        ],
    )
    def test_share(self, who: Subject | None, expected: Value | Unknown) -> None:
        assert of(who, "local-labour-share") == expected


class TestRepresentative:
    NOT_KNOWN = Unknown(("legal-representative",))

    @pytest.mark.parametrize(
        ("sex", "minority", "disability", "expected"),
        [
            (Sex.FEMALE, None, None, True),
            (None, True, None, True),
            (Sex.MALE, False, True, True),
            (Sex.MALE, False, False, False),
            (Sex.MALE, False, None, NOT_KNOWN),
            (None, False, False, NOT_KNOWN),
            (Sex.MALE, None, False, NOT_KNOWN),
        ],
    )
    def test_one_case_is_enough_and_none_needs_all_three(
        self, sex: Sex | None, minority: bool | None, disability: bool | None, expected: Value | Unknown
    ) -> None:
        person = Representative("X", sex, minority, disability)
        assert of(subject(representative=person), "legal-representative") == expected

    def test_nobody_is_unknown(self) -> None:
        assert of(subject(), "legal-representative") == self.NOT_KNOWN


class TestProfits:
    PROFITS = Unknown(("profits",))

    @pytest.mark.parametrize(
        ("profits", "last", "before"),
        [
            ({"2025": 3, "2024": 2, "2023": 1}, True, True),
            ({"2025": 3, "2024": 2, "2023": 2}, True, False),
            ({"2025": 2, "2024": 2, "2023": 1}, False, True),
            ({"2025": 1, "2024": -1, "2023": 0}, True, False),
            ({"2025": 0, "2024": -1, "2023": -2}, True, Unknown(remark=NOT_COMPARABLE)),
            ({"2025": -2, "2024": -1, "2023": 5}, False, False),
            ({"2025": 3, "2024": 2}, True, PROFITS),
            ({"2025": 3, "2023": 1}, PROFITS, PROFITS),
            ({"2026": 9, "2025": 3, "2024": 4}, False, PROFITS),
            ({}, PROFITS, PROFITS),
        ],
    )
    def test_each_year_against_the_one_before(
        self, profits: dict[str, int], last: Value | Unknown, before: Value | Unknown
    ) -> None:
        who = subject(profits=profits)
        assert (of(who, "profit-up-last-year"), of(who, "profit-up-year-before")) == (last, before)

    def test_without_the_year_of_the_assessment(self) -> None:
        assert of(SUBJECT, "profit-up-last-year", None) == Unknown(("assessment-year",))
        assert of(subject(), "profit-up-last-year", None) == Unknown(("assessment-year", "profits"))
        assert of(None, "profit-up-last-year") == self.PROFITS


class TestOthers:
    @pytest.mark.parametrize("capital", [None, Fraction(-1, 2), Fraction(3, 2)])
    def test_a_share_of_capital_that_cannot_be(self, capital: Fraction | None) -> None:
        assert of(subject(local_capital=capital), "local-capital-share") == Unknown(("local-capital-share",))

    @pytest.mark.parametrize("capital", [Fraction(0), Fraction(1)])
    def test_a_share_of_capital(self, capital: Fraction) -> None:
        assert of(subject(local_capital=capital), "local-capital-share") == capital

    @pytest.mark.parametrize("number", [None, "", "  "])
    def test_a_registration_that_is_not_on_record_is_unknown(self, number: str | None) -> None:
        assert of(subject(business_registration=number), "business-registered") == Unknown(("business-registered",))

    def test_a_form_and_a_rating_are_taken_as_they_are(self) -> None:
        assert of(SUBJECT, "legal-form") is LegalForm.COOPERATIVE
        assert of(SUBJECT, "cooperative-rating") is CooperativeRating.FAIR
        assert of(subject(), "cooperative-rating") == Unknown(("cooperative-rating",))

    @pytest.mark.parametrize(
        ("inside", "outside", "expected"),
        [
            (2, 1, 3),
            (0, 0, 0),
            (None, 1, Unknown(("promotion-agents-in-province",))),
            (1, None, Unknown(("promotion-agents-outside-province",))),
        ],
    )
    def test_promotion_agents_are_added(
        self, inside: int | None, outside: int | None, expected: Value | Unknown
    ) -> None:
        facts = Facts(promotion_agents_in_province=inside, promotion_agents_outside_province=outside)
        assert known_facts(None, None, facts)["promotion-agents"] == expected


class TestProtections:
    @pytest.mark.parametrize(
        ("product", "complete", "expected"),
        [
            (PRODUCT, None, False),
            (PRODUCT, True, False),
            (PRODUCT, False, Unknown(("protections",))),
            (Product("p", "P", "s"), None, Unknown(("protections",))),
            (Product("p", "P", "s"), True, False),
            (None, None, Unknown(("protections",))),
            (None, True, Unknown(("protections",))),
        ],
    )
    def test_when_a_list_is_full(
        self, product: Product | None, complete: bool | None, expected: Value | Unknown
    ) -> None:
        known = known_facts(None, product, Facts(protections_complete=complete))
        assert known["patent"] == expected

    def test_what_is_listed_is_there(self) -> None:
        known = known_facts(None, PRODUCT, Facts())
        assert known["trade-mark"] is True
        assert known["marks-on-packaging-registered"] is True
        assert known["marks-in-use-registered"] is True
        assert known["shared-rights-granted"] is True


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (True, "có", "yes"),
        (False, "không", "no"),
        (7, "7", "7"),
        (Fraction(0), "0%", "0%"),
        (Fraction(1, 2), "50%", "50%"),
        (Fraction(2, 3), "2/3", "2/3"),
        (LegalForm.FARM, "trang trại", "farm"),
        ((), "không có", "none"),
        (
            (ExportMarket.SOUTHEAST_ASIA, ExportMarket.OTHER),
            "Đông Nam Á, ngoài Đông Nam Á",
            "South-East Asia, outside South-East Asia",
        ),
    ],
)
def test_values_in_words(value: Value, vi: str, en: str) -> None:
    assert (shown(value).vi, shown(value).en) == (vi, en)


def test_the_edition_ties_only_facts_of_this_list() -> None:
    """Each fact of the list is there for a tie, so that none is asked for in vain."""
    folder = Path(ocop.__file__).parent / "data" / "editions" / "qd26-2026"
    named: set[str] = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            named.update([node["fact"]] if "fact" in node else [])
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(json.loads((folder / "facts.json").read_text("utf-8")))
    assert named == FACTS.keys() - {"geographical-indication"}
