import copy
import pickle
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import attrs
import pytest

from ocop.canonical import plain
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError
from ocop.procedure.facts import ExportMarket, Facts, MarketArea

SHARES = ["local_inputs_share", "local_product_share", "linkage_output_share"]
COUNTS = [
    "linkage_months",
    "agents",
    "promotion_agents_in_province",
    "promotion_agents_outside_province",
    "assessment_year",
]
FLAGS = ["modern_trade_contract", "export_contract", "origin_sign", "protections_complete"]
FULL = Facts(
    local_inputs_share=Fraction(3, 4),
    local_product_share=Fraction(0),
    linkage_output_share=Fraction(1),
    linkage_months=12,
    market=MarketArea.OUTSIDE_PROVINCE,
    agents=5,
    modern_trade_contract=False,
    export_contract=True,
    export_markets=(ExportMarket.OTHER,),
    origin_sign=True,
    protections_complete=True,
    promotion_agents_in_province=2,
    promotion_agents_outside_province=1,
    assessment_year=2026,
    as_of=date(2026, 6, 1),
)


def test_nothing_need_be_known() -> None:
    assert set(attrs.asdict(Facts()).values()) == {None}


def test_every_field_is_tried_here() -> None:
    names = [attribute.name for attribute in attrs.fields(Facts)]
    assert sorted(names) == sorted([*SHARES, *COUNTS, *FLAGS, "market", "export_markets", "as_of"])
    assert None not in attrs.asdict(FULL).values()


@pytest.mark.parametrize("name", SHARES)
@pytest.mark.parametrize("value", [0.5, 1, 0, True, "3/4", Fraction(-1, 100), Fraction(101, 100), float("nan")])
def test_a_share_is_a_fraction_from_0_to_1(name: str, value: Any) -> None:
    with pytest.raises(ConversionError, match=f"{name}: expected a Fraction from 0 to 1, or None; got "):
        Facts(**{name: value})


@pytest.mark.parametrize("name", COUNTS)
@pytest.mark.parametrize("value", [5.0, True, "5", -1, Fraction(5)])
def test_a_count_is_an_integer(name: str, value: Any) -> None:
    with pytest.raises(ConversionError, match=f"{name}: expected (int|0 or more)"):
        Facts(**{name: value})


@pytest.mark.parametrize("name", FLAGS)
@pytest.mark.parametrize("value", [0, 1, "yes", 1.0])
def test_a_flag_is_true_or_false(name: str, value: Any) -> None:
    with pytest.raises(ConversionError, match=f"{name}: expected bool or None"):
        Facts(**{name: value})


@pytest.mark.parametrize("value", ["province", 1, ExportMarket.OTHER])
def test_the_market_is_a_market_area(value: Any) -> None:
    with pytest.raises(ConversionError, match="market: expected MarketArea or None"):
        Facts(market=value)


@pytest.mark.parametrize("value", ["other", ["other"], 1, [MarketArea.COMMUNE], ExportMarket.OTHER.value, [None]])
def test_export_markets_are_export_markets(value: Any) -> None:
    with pytest.raises(ConversionError, match="expected a list of ExportMarket"):
        Facts(export_markets=value)


@pytest.mark.parametrize("value", ["2026-06-01", 2026, datetime(2026, 6, 1, 12)])  # noqa: DTZ001
def test_the_day_is_a_date_without_a_time(value: Any) -> None:
    with pytest.raises(ConversionError, match="as_of: expected date or None"):
        Facts(as_of=value)


def test_fields_are_named_not_counted() -> None:
    positional: Any = Facts
    with pytest.raises(TypeError):
        positional(Fraction(1, 2))


def test_the_order_of_export_markets_says_nothing() -> None:
    there = Facts(export_markets=(ExportMarket.HIGH_STANDARD, ExportMarket.SOUTHEAST_ASIA, ExportMarket.HIGH_STANDARD))
    back = Facts(export_markets=(ExportMarket.SOUTHEAST_ASIA, ExportMarket.HIGH_STANDARD))
    assert there == back
    assert Facts(export_markets=()).export_markets == ()


@pytest.mark.parametrize("facts", [Facts(), FULL, Facts(export_markets=())])
def test_json_and_back(facts: Facts) -> None:
    assert structured(make_converter(), plain(facts), Facts) == facts


def test_json_leaves_out_what_is_not_known() -> None:
    assert plain(Facts()) == {}
    assert plain(Facts(local_inputs_share=Fraction(1), market=MarketArea.COMMUNE, as_of=date(2026, 6, 1))) == {
        "local_inputs_share": "1/1",
        "market": "commune",
        "as_of": "2026-06-01",
    }


@pytest.mark.parametrize("data", [{"agents": 5.0}, {"local_inputs_share": 0.5}, {"shares": 1}, {"market": "abroad"}])
def test_json_is_strict(data: Any) -> None:
    with pytest.raises(ConversionError):
        structured(make_converter(), data, Facts)


def test_facts_are_frozen_hashable_and_picklable() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        FULL.agents = 6  # type: ignore[misc]
    assert hash(FULL) == hash(attrs.evolve(FULL))
    assert pickle.loads(pickle.dumps(FULL)) == FULL  # noqa: S301
    assert copy.deepcopy(FULL) == FULL


@pytest.mark.parametrize("member", [*MarketArea, *ExportMarket])
def test_members_have_names_in_both_languages(member: MarketArea | ExportMarket) -> None:
    assert member.label.vi
    assert member.label.en
    assert member.label.vi != member.label.en
