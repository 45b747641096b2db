"""An edition: its bands, and the places of its sets."""

from datetime import date

import attrs
import pytest

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.edition import Band
from ocop.errors import UnknownIdError
from ocop.model.stars import Level, Star

EDITION = PACKAGED.edition("qd26-2026")


def test_head_of_the_decision() -> None:
    assert (EDITION.id, EDITION.decision, EDITION.max_points) == ("qd26-2026", "26/2026/QĐ-TTg", 100)
    assert EDITION.issued == EDITION.in_force_from == date(2026, 5, 22)
    assert EDITION.in_force_to is None


def test_articles_and_source() -> None:
    articles = EDITION.articles
    assert (articles.parts, articles.bands, articles.recognition) == ("3", "3", "4")
    assert (articles.groups_annex, articles.sets_annex) == ("I", "II")
    assert EDITION.source.slug == "full-transcript"


def test_bands() -> None:
    assert EDITION.bands == (
        Band(Star.ONE, 0),
        Band(Star.TWO, 30),
        Band(Star.THREE, 50, Level.PROVINCE),
        Band(Star.FOUR, 70, Level.PROVINCE),
        Band(Star.FIVE, 90, Level.MINISTRY),
    )


@pytest.mark.parametrize("star", Star)
def test_the_band_of_a_star(star: Star) -> None:
    assert EDITION.band(star).star is star


def test_a_star_without_a_band() -> None:
    small = attrs.evolve(EDITION, bands=EDITION.bands[:2])
    with pytest.raises(UnknownIdError) as caught:
        small.band(Star.FIVE)
    assert str(caught.value) == "there is no band for the star '5'; known: 1, 2"


def test_an_edition_needs_a_band() -> None:
    with pytest.raises(ValueError, match="bands"):
        attrs.evolve(EDITION, bands=())


@pytest.mark.parametrize(
    ("total", "star"),
    [
        (0, Star.ONE),
        (29, Star.ONE),
        (30, Star.TWO),
        (49, Star.TWO),
        (50, Star.THREE),
        (69, Star.THREE),
        (70, Star.FOUR),
        (89, Star.FOUR),
        (90, Star.FIVE),
        (100, Star.FIVE),
    ],
)
def test_star_for_a_total(total: int, star: Star) -> None:
    assert EDITION.star_for(total) is star


def test_below_the_first_floor_stands_the_first_star() -> None:
    raised = attrs.evolve(EDITION, bands=EDITION.bands[2:])
    assert raised.star_for(0) is Star.THREE


def test_entries_come_in_the_printed_order() -> None:
    assert [entry.number for entry in EDITION.entries] == list(range(1, 27))
    assert EDITION.entries == tuple(entry for group in EDITION.groups for entry in group.sets)


def test_has_a_set() -> None:
    assert EDITION.has("tea")
    assert not any(EDITION.has(slug) for slug in ("tee", "", "qd26-2026/tea", "../x", "Tea"))


def test_place_of_a_set() -> None:
    group, subgroup, entry = EDITION.place_of("flowers")
    assert (group.code, subgroup.code, entry.number, entry.slug) == ("V", "1", 23, "flowers")
    assert entry in subgroup.sets
    assert subgroup in group.subgroups


@pytest.mark.parametrize(("slug", "hint"), [("tee", "tea"), ("Flowers", "flowers"), ("zzz", None)])
def test_place_of_an_unknown_set_names_the_nearest(slug: str, hint: str | None) -> None:
    with pytest.raises(UnknownIdError) as caught:
        EDITION.place_of(slug)
    assert (caught.value.what, caught.value.wanted, caught.value.hint) == ("criteria set", slug, hint)
