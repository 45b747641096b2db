from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.errors import ConversionError, UnknownIdError
from ocop.model.products import Product, ProductCode
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm, Representative, Sex, Subject, Workforce
from ocop.procedure.certificate import EventKind, Recall
from ocop.procedure.recognition import RecognitionEvent
from ocop.programme.indicators import INDICATORS, indicator
from ocop.programme.measure import Measurement, Missing, Period, flag, sharing, unknown
from ocop.programme.options import Options
from ocop.programme.portfolio import Portfolio
from ocop.programme.records import (
    Audience,
    CommuneRecord,
    CraftVillage,
    DossierRecord,
    Fair,
    Participant,
    Promotion,
    SalesPoint,
    Standardisation,
    SubjectFacts,
    Training,
)
from ocop.programme.view import View
from portfolio_makers import (
    COMPANY,
    COOPERATIVE,
    certificate,
    headed_by,
    portfolio,
    product,
    recognised,
    run_by,
    subject,
    with_subjects,
    with_workers,
)

PERIOD = Period(date(2021, 1, 1), date(2025, 12, 31))
DAY = date(2023, 5, 6)


def measured(name: str, made: Portfolio, period: Period = PERIOD, **options: Any) -> Measurement:
    return indicator(name).measure(made, period, Options(**options))


def recall(on: date) -> Recall:
    return Recall("mark-misused", on, on, Level.PROVINCE, "UBND tỉnh", "9/QĐ-UBND")


def test_an_unknown_indicator_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'share-at-star'"):
        indicator("share-at-stars")


def test_every_indicator_is_named_and_says_what_it_takes() -> None:
    names = {each.name for each in attrs.fields(Options)}
    for each in INDICATORS.values():
        assert each.label.vi != each.label.en
        assert set(each.needs) <= set(each.takes) <= names
        assert each.function.__doc__
        assert not (each.is_share and each.is_flag)
    assert {name for each in INDICATORS.values() for name in each.takes} == names


def test_options_are_strict() -> None:
    for wrong in ({"star": 3}, {"events": "new"}, {"events": ["new"]}, {"each": True}, {"levels": None}):
        with pytest.raises(ConversionError):
            Options(**wrong)
    assert Options(star=Star.THREE, tourism=True).given == ("star", "tourism")


def test_a_view_and_its_portfolio_measure_the_same() -> None:
    made = portfolio(recognised(3, DAY))
    assert indicator("recognised-products").measure(View(made), PERIOD) == measured("recognised-products", made)


# Recognitions


def test_events_are_counted_apart_from_products() -> None:
    made = portfolio(recognised(1, date(2021, 1, 1))).adding(
        certificates=[
            certificate("c2", "p0", date(2023, 1, 1), 4, EventKind.UPGRADE),
            certificate("c3", "p0", date(2025, 12, 31), 4, EventKind.RE_RECOGNITION),
            certificate("c4", "p0", date(2026, 1, 1), 5, EventKind.UPGRADE),
        ]
    )
    assert measured("recognition-events", made).counted == ("c-p0", "c2", "c3")
    assert measured("recognised-products", made).counted == ("p0",)
    assert measured("recognition-events", made, star=Star.FOUR).counted == ("c2", "c3")
    assert measured("recognition-events", made, events=[EventKind.UPGRADE]).counted == ("c2",)


def test_listed_events_and_those_of_certificates_count_once() -> None:
    made = portfolio(recognised(1, DAY))
    same = RecognitionEvent(EventKind.NEW, DAY, "p0", Star.THREE, "1/QĐ-UBND", "c-p0")
    other = attrs.evolve(same, certificate="c2", on=date(2024, 1, 1), kind=EventKind.RE_RECOGNITION)
    assert measured("recognition-events", made.adding(events=[same, other, other])).counted == ("c-p0", "c2")
    assert measured("recognition-events", Portfolio(events=[same])).value == 1


def test_a_certificate_stands_where_the_list_contradicts_it() -> None:
    wrong = RecognitionEvent(EventKind.NEW, date(2019, 1, 1), "p0", Star.TWO, "1/QĐ-UBND", "c-p0")
    made = portfolio(recognised(1, DAY)).adding(events=[wrong])
    assert measured("recognition-events", made, star=Star.THREE).value == 1


def test_of_events_listed_twice_with_other_days_the_earliest_counts() -> None:
    first = RecognitionEvent(EventKind.NEW, date(2022, 1, 1), "p", Star.THREE, "1", "c")
    second = attrs.evolve(first, on=date(2023, 1, 1))
    late = Period(date(2023, 1, 1), date(2023, 12, 31))
    for events in ([first, second], [second, first]):
        assert measured("recognition-events", Portfolio(events=events)).value == 1
        assert measured("recognition-events", Portfolio(events=events), late).value == 0


def test_what_was_recalled_by_the_end_does_not_count() -> None:
    made = Portfolio(
        products=[product("p"), product("q")],
        certificates=[
            certificate("c", "p", DAY, recall=recall(date(2025, 12, 31))),
            certificate("d", "q", DAY, recall=recall(date(2026, 1, 1))),
        ],
    )
    assert measured("recognised-products", made).counted == ("q",)
    listed = RecognitionEvent(EventKind.RECALL, date(2024, 1, 1), "q", Star.THREE, "2", "d")
    assert measured("recognised-products", made.adding(events=[listed])).counted == ("q",)
    alone = attrs.evolve(made, certificates=None, events=[attrs.evolve(listed, kind=EventKind.NEW, on=DAY), listed])
    assert measured("recognised-products", alone).value == 0


def test_a_certificate_that_calls_itself_a_recall_recognises_nothing() -> None:
    made = Portfolio(certificates=[certificate("c", "p", DAY, how=EventKind.RECALL)])
    assert measured("recognition-events", made).value == 0


def test_a_certificate_for_a_product_that_is_not_there_does_not_count() -> None:
    made = portfolio(recognised(2, DAY))
    without = attrs.evolve(made, products=[product("p1")])
    assert measured("recognition-events", without).counted == ("c-p1",)
    assert measured("recognition-events", attrs.evolve(made, products=None)).value == 2


def test_the_level_is_known_from_certificates_only() -> None:
    event = RecognitionEvent(EventKind.NEW, DAY, "q", Star.THREE, "1", "d")
    made = portfolio(recognised(1, DAY)).adding(events=[event], products=[product("q")])
    found = measured("recognised-products", made, levels=[Level.PROVINCE])
    assert (found.value, found.least, found.most) == (None, 1, 2)
    assert found.missing == (Missing("certificate-levels", ("d",)),)
    assert measured("recognised-products", made, levels=[Level.MINISTRY]).least == 0


def test_a_product_counted_for_sure_is_not_unsure_as_well() -> None:
    event = RecognitionEvent(EventKind.RE_RECOGNITION, date(2024, 1, 1), "p0", Star.THREE, "1", "d")
    made = portfolio(recognised(1, DAY)).adding(events=[event])
    assert measured("recognised-products", made, levels=[Level.PROVINCE]).value == 1
    assert measured("recognition-events", made, levels=[Level.PROVINCE]).value is None


@pytest.mark.parametrize(
    ("commune", "counts"),
    [({"registered": 2025}, True), ({"registered": 2026}, False), ({"attained": 2025}, True), ({}, False)],
)
def test_an_advanced_commune_registered_or_attained_by_the_year(commune: dict[str, Any], counts: bool) -> None:
    made = portfolio(recognised(1, DAY, place="00001"))
    made = made.adding(communes=[CommuneRecord(code="00001", name="Một", **commune)])
    assert measured("recognised-products", made, advanced_communes=True).value == int(counts)


def test_a_product_without_a_place_is_of_the_commune_of_its_code() -> None:
    code = ProductCode.parse("74-748-26569-3-2023")
    made = Portfolio(
        products=[product("p", code=code), product("q")],
        certificates=[certificate("c", "p", DAY), certificate("d", "q", DAY)],
        communes=[CommuneRecord(code="26569", name="Một", registered=2022)],
    )
    found = measured("recognised-products", made, advanced_communes=True)
    assert (found.counted, found.least, found.most) == (("p",), 1, 2)
    assert found.missing == (Missing("product-places", ("q",)),)
    assert "1 communes" in found.why[0].en
    unknown_places = measured("recognised-products", attrs.evolve(made, products=None), advanced_communes=True)
    assert unknown_places.missing == (Missing("products"),)


def test_a_star_is_reached_once() -> None:
    made = portfolio(recognised(1, date(2019, 1, 1), 5)).adding(
        products=[product("q"), product("r")],
        certificates=[
            certificate("again", "p0", DAY, 5, EventKind.RE_RECOGNITION),
            certificate("new", "q", DAY, 5),
            certificate("recalled", "r", DAY, 5, recall=recall(date(2024, 1, 1))),
        ],
    )
    assert measured("products-reaching-star", made, star=Star.FIVE).counted == ("q",)
    later = made.adding(certificates=[certificate("once more", "r", date(2025, 1, 1), 5)])
    assert measured("products-reaching-star", later, star=Star.FIVE).counted == ("q", "r")


def test_the_star_of_a_product_is_that_of_its_last_recognition() -> None:
    made = portfolio(recognised(2, DAY, 4)).adding(
        certificates=[certificate("down", "p0", date(2024, 1, 1), 3, EventKind.RE_RECOGNITION)]
    )
    found = measured("share-at-star", made, star=Star.FOUR, base_star=Star.THREE)
    assert (found.value, found.base, found.counted) == (Fraction(1, 2), 2, ("p1",))
    low = portfolio(recognised(1, DAY, 4), recognised(3, DAY, 2, prefix="low"))
    assert measured("share-at-star", low, star=Star.FOUR, base_star=Star.THREE).value == 1
    assert measured("share-at-star", low, star=Star.FOUR).value == Fraction(1, 4)


# Subjects


def test_a_subject_is_in_the_base_while_its_product_is_recognised() -> None:
    made = with_subjects([subject(1, COOPERATIVE)])  # recognised on 6 May 2024, for three years

    def base(on: date) -> int | None:
        return measured("share-of-subjects-of-form", made, Period(date(2021, 1, 1), on), forms=[COOPERATIVE]).base

    assert [base(date(2024, 5, 5)), base(date(2024, 5, 6)), base(date(2027, 5, 6)), base(date(2027, 5, 7))] == [
        0,
        1,
        1,
        0,
    ]


def test_a_subject_under_two_spellings_counts_once_with_what_either_entry_knows() -> None:
    one = Subject("a", "HTX Hòa Bình", COOPERATIVE, place="1")
    two = Subject(
        "b",
        "htx Hoà Bình",
        COOPERATIVE,
        place="1",
        representative=Representative("An", sex=Sex.FEMALE),
        workforce=Workforce(10, trained=4),
    )
    made = with_subjects([one, two, subject(1)], [SubjectFacts(subject="b", circular_chain=True)])
    found = measured("share-of-subjects-of-form", made, forms=[COOPERATIVE])
    assert (found.value, found.counted) == (Fraction(1, 2), ("a",))
    assert measured("share-of-subjects-circular", made).counted == ("a",)
    assert measured("share-of-subjects-headed-by-women", made).least == Fraction(1, 2)
    assert measured("share-of-workers-trained", made).counted == ("a",)


def test_the_subject_of_a_product_that_is_not_listed_is_one_of_which_nothing_is_known() -> None:
    made = with_subjects([subject(1, COOPERATIVE)])
    made = made.adding(products=[product("x", "stranger")], certificates=[certificate("cx", "x", DAY)])
    found = measured("share-of-subjects-of-form", made, forms=[COOPERATIVE])
    assert (found.least, found.most, found.base) == (Fraction(1, 2), 1, 2)
    assert found.missing == (Missing("subject-records", ("stranger",)),)
    assert measured("share-of-subjects-circular", made).missing == (Missing("circular-chains", ("s1", "stranger")),)


def test_without_products_subjects_or_recognitions_shares_of_subjects_are_unknown() -> None:
    for name in ("share-of-subjects-circular", "subjects-run-by-ethnic-minorities", "share-of-workers-trained"):
        found = measured(name, Portfolio())
        assert {each.data for each in found.missing} == {"products", "subjects", "recognitions"}


@pytest.mark.parametrize("name", ["share-of-subjects-headed-by-women", "subjects-run-by-ethnic-minorities"])
def test_what_is_counted_by_a_personal_fact_names_nobody(name: str) -> None:
    assert INDICATORS[name].sensitive
    for made in (headed_by(2, 2), headed_by(2, 2, 1), run_by(True, False), run_by(False, None), Portfolio()):
        found = measured(name, made)
        assert found.counted == ()
        assert all(each.of == () for each in found.missing)
        assert any("sex" in why.en or "ethnicity" in why.en for why in found.why)


def test_workers_are_added_up_over_subjects() -> None:
    found = measured("share-of-workers-trained", with_workers((10, 1), (30, 9)))
    assert (found.value, found.base, found.counted) == (Fraction(1, 4), 40, ("s0", "s1"))
    unsure = measured("share-of-workers-trained", with_workers((10, 1), (30, None)))
    assert (unsure.value, unsure.least, unsure.most) == (None, Fraction(1, 40), Fraction(31, 40))
    assert unsure.missing == (Missing("workforces", ("s1",)),)
    assert measured("share-of-workers-trained", with_workers((10, 1), (None, 9))).least is None
    nobody = measured("share-of-workers-trained", with_workers((0, 0)))
    assert (nobody.value, nobody.base) == (None, 0)
    assert "nothing of which this could be a share" in nobody.why[0].en
    assert measured("share-of-workers-trained", with_subjects([subject(1)])).least is None


def test_participants_stand_and_join() -> None:
    def one(name: str, joined: date, left: date | None = None, form: LegalForm = COOPERATIVE) -> Participant:
        return Participant(id=name, name=f"HTX {name}", legal_form=form, joined=joined, left=left)

    made = Portfolio(
        participants=[
            one("a", date(2019, 1, 1)),
            one("b", date(2019, 1, 1), date(2025, 12, 31)),
            one("c", date(2019, 1, 1), date(2026, 1, 1)),
            one("d", DAY, form=COMPANY),
            one("e", date(2026, 1, 1)),
            attrs.evolve(one("f", DAY), name="htx A"),
        ]
    )
    assert measured("participants", made).counted == ("a", "c", "d")
    assert measured("participants", made, forms=[COMPANY]).counted == ("d",)
    # f is a under another spelling, and a joined first.
    assert measured("organisations-joined", made).counted == ("d",)


def course(name: str, trained: int, total: int | None, on: date = DAY) -> Training:
    return Training(id=name, audience=Audience.STATE_MANAGERS, held=on, trained=trained, total=total)


def share_trained(*courses: Training) -> Measurement:
    return measured("share-trained", Portfolio(trainings=courses), audiences=[Audience.STATE_MANAGERS])


def test_trainings_add_up_against_the_last_total() -> None:
    found = share_trained(
        course("b", 10, 40, date(2024, 1, 1)), course("a", 10, 20), course("c", 90, 90, date(2026, 1, 1))
    )
    assert (found.value, found.base, found.counted) == (Fraction(1, 2), 40, ("a", "b"))


def test_more_trained_than_there_are_is_unknown() -> None:
    found = share_trained(course("a", 21, 20))
    assert (found.value, found.least) == (None, None)
    assert found.missing == (Missing("audience-totals", ("state-managers",)),)
    assert "more people were trained" in found.why[0].en


def test_nobody_to_train_is_no_share() -> None:
    found = share_trained(course("a", 0, 0))
    assert (found.value, found.base) == (None, 0)
    assert found.why


# Places, undertakings, products


def test_each_commune_must_have_so_many_products() -> None:
    made = Portfolio(
        communes=[
            CommuneRecord(code="1", name="A", chosen=["x", "y"]),
            CommuneRecord(code="2", name="B", chosen=["x", "x"]),
            CommuneRecord(code="3", name="C", chosen=["x", "y"], chosen_on=date(2026, 1, 1)),
        ]
    )
    assert measured("share-of-communes-with-product", made, each=2).counted == ("1",)
    assert measured("share-of-communes-with-product", made).counted == ("1", "2")
    assert measured("share-of-communes-with-product", Portfolio(communes=[])).base == 0


def test_a_craft_village_needs_a_product_with_a_star_on_the_day() -> None:
    made = portfolio(recognised(1, date(2021, 1, 1)), recognised(1, DAY, prefix="q")).adding(
        craft_villages=[
            CraftVillage(id="expired", name="A", products=["p0"]),
            CraftVillage(id="standing", name="B", products=["p0", "q0"]),
            CraftVillage(id="not traditional", name="C", traditional=False, products=["q0"]),
        ]
    )
    assert measured("share-of-craft-villages-with-product", made).counted == ("standing",)
    assert measured("share-of-craft-villages-with-product", made).base == 2
    assert {each.data for each in measured("share-of-craft-villages-with-product", Portfolio()).missing} == {
        "craft-villages",
        "recognitions",
    }


def test_points_are_open_or_newly_opened() -> None:
    made = Portfolio(
        sales_points=[
            SalesPoint(id="before", name="A", opened=date(2019, 1, 1), tourism=True),
            SalesPoint(id="in", name="B", opened=DAY, tourism=False),
            SalesPoint(id="closed", name="C", opened=DAY, closed=date(2024, 1, 1), tourism=True),
            SalesPoint(id="planned", name="D"),
            SalesPoint(id="unsure", name="E", opened=DAY),
        ]
    )
    assert measured("sales-points", made).counted == ("before", "in", "unsure")
    assert measured("sales-points-opened", made).counted == ("in", "unsure")
    found = measured("sales-points", made, tourism=True)
    assert (found.counted, found.least, found.most) == (("before",), 1, 2)
    assert found.missing == (Missing("tourism-ties", ("unsure",)),)


def test_what_is_said_of_products_that_are_not_there_does_not_count() -> None:
    made = Portfolio(
        products=[product("p")],
        standardised=[Standardisation(product=name, on=DAY) for name in ("p", "p", "q")],
        promoted=[Promotion(product=name, quality_raised=DAY, promoted=DAY) for name in ("p", "q")],
    )
    assert measured("share-of-products-standardised", made).value == 1
    assert measured("products-promoted", made).counted == ("p",)
    assert measured("products-promoted", attrs.evolve(made, products=None)).counted == ("p", "q")


def test_quality_and_promotion_may_stand_in_two_records() -> None:
    made = Portfolio(promoted=[Promotion(product="p", quality_raised=DAY), Promotion(product="p", promoted=DAY)])
    assert measured("products-promoted", made).value == 1


def test_a_rated_product_without_a_dossier_is_an_unknown_dossier() -> None:
    made = portfolio(recognised(3, DAY)).adding(
        products=[product("unrated")],
        dossiers=[
            DossierRecord(id="d0", product="p0", digital=True),
            DossierRecord(id="d0b", product="p0", digital=False),
            DossierRecord(id="d1", product="p1"),
            DossierRecord(id="d2", product="p2", digital=True, handed_in=date(2026, 1, 1)),
            DossierRecord(id="x", product="unrated", digital=True),
        ],
    )
    found = measured("share-of-dossiers-digital", made)
    assert (found.counted, found.base, found.least, found.most) == (("d0",), 4, Fraction(1, 4), Fraction(3, 4))
    assert found.missing == (Missing("dossier-records", ("p2",)), Missing("dossier-media", ("d1",)))
    assert {each.data for each in measured("share-of-dossiers-digital", Portfolio()).missing} == {
        "dossiers",
        "recognitions",
    }


# Measurements


def test_a_share_of_nothing_is_unknown_with_the_reason() -> None:
    found = sharing([], 0)
    assert (found.value, found.base) == (None, 0)
    assert found.why[0].en == "there is nothing of which this could be a share"


def test_a_flag_that_is_settled_needs_nothing_more() -> None:
    assert flag(Measurement(least=1, most=3, missing=(Missing("marks"),))).missing == ()
    assert flag(unknown("marks")) == unknown("marks")


def test_what_is_missing_has_words() -> None:
    for name in INDICATORS:
        options = Options(audiences=[Audience.STATE_MANAGERS], milestone="database")
        for missing in INDICATORS[name].measure(Portfolio(), PERIOD, options).missing:
            assert missing.label.vi != missing.label.en


FLOWS = ["recognition-events", "recognised-products", "products-reaching-star"]
RECORDS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.dates(date(2020, 1, 1), date(2026, 12, 31)),
        st.integers(1, 5),
        st.sampled_from([EventKind.NEW, EventKind.UPGRADE, EventKind.RE_RECOGNITION]),
    ),
    max_size=12,
)


def made_of(rows: list[tuple[int, date, int, EventKind]]) -> Portfolio:
    return Portfolio(
        products=[product(f"p{number}") for number in range(6)],
        certificates=[
            certificate(f"c{index}", f"p{number}", on, star, how)
            for index, (number, on, star, how) in enumerate(rows)
            if (on.month, on.day) != (2, 29)
        ],
    )


@given(RECORDS, st.integers(0, 12))
def test_a_further_recognition_never_lowers_a_count_of_recognitions(
    rows: list[tuple[int, date, int, EventKind]], cut: int
) -> None:
    for name in ("recognition-events", "recognised-products"):
        fewer, more = (measured(name, made_of(part), star=Star.THREE).value for part in (rows[:cut], rows))
        assert fewer is not None
        assert more is not None
        assert fewer <= more


@given(RECORDS)
def test_a_further_product_changes_no_count_of_recognitions(rows: list[tuple[int, date, int, EventKind]]) -> None:
    made = made_of(rows)
    more = made.adding(products=[Product("new", "Mới", "s")])
    for name in FLOWS:
        assert measured(name, made, star=Star.THREE) == measured(name, more, star=Star.THREE)


@given(RECORDS)
def test_counts_agree_with_counting_by_hand(rows: list[tuple[int, date, int, EventKind]]) -> None:
    made = made_of(rows)
    within = [
        each
        for each in made.certificates or ()
        if date(2021, 1, 1) <= each.issued <= date(2025, 12, 31) and each.star >= 3
    ]
    assert measured("recognition-events", made, star=Star.THREE).value == len(within)
    assert measured("recognised-products", made, star=Star.THREE).value == len({each.product for each in within})


def test_fairs_planned_and_held() -> None:
    made = Portfolio(fairs=[Fair(id="a", name="A"), Fair(id="b", name="B", held=DAY)])
    assert measured("fairs", made).counted == ("b",)
