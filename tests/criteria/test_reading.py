"""From JSON to sets and editions and back, with words from a catalogue or from the document itself."""

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given

from ocop.canonical import plain
from ocop.criteria import catalog
from ocop.criteria.catalog import PACKAGED
from ocop.criteria.edition import Band, PartMaximum, Source
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Erratum, Field, Option, Part, Remark, Rule, Section
from ocop.criteria.reading import (
    LABEL_KINDS,
    NO_WORDS,
    Labels,
    Memo,
    law_of,
    read_edition,
    read_set,
)
from ocop.model.stars import Level, Star
from ocop.model.taxonomy import Group, Ministry, SetEntry, Subgroup
from ocop.testing import criteria_sets
from ocop.text import NO_LABEL, Label

EDITION = PACKAGED.edition("qd26-2026")
WORDS = PACKAGED.labels("qd26-2026")
FOLDER = Path(catalog.__file__).parents[1] / "data" / "editions" / "qd26-2026"


def packaged_file(*path: str) -> Any:
    return json.loads(FOLDER.joinpath(*path).read_text("utf-8"))


def said(word: str) -> dict[str, str]:
    return {"vi": f"{word} (vi)", "en": word}


def label(word: str) -> Label:
    return Label(f"{word} (vi)", word)


def set_document() -> dict[str, Any]:
    options = [
        {"letter": "a", "slug": "low", "points": 1, "case": "x", "label": said("low"), "case_label": said("case x")},
        {
            "letter": "b",
            "slug": "high",
            "points": 2,
            "minimum_for": 4,
            "case": "y",
            "label": said("high"),
            "case_label": said("case y"),
        },
    ]
    in_cases = {"code": "1.1", "slug": "cases", "max_points": 2, "options": options, "label": said("cases")}
    section = {"code": "1", "slug": "section", "max_points": 2, "items": [in_cases], "label": said("section")}
    met = {"letter": "a", "slug": "met", "points": 3, "label": said("met")}
    direct = {"code": "2", "slug": "direct", "max_points": 3, "options": [met], "label": said("direct")}
    return {
        "id": "qd26-2026/made",
        "number": 7,
        "label": said("made"),
        "parts": [
            {"code": "A", "slug": "part", "max_points": 5, "items": [section, direct], "label": said("part")},
        ],
        "rules": [
            {"effect": "choose-one-case", "criterion": "1.1"},
            {
                "effect": "applies-only-if",
                "cause": "story",
                "criterion": "2",
                "depends_on": "1.1",
                "label": said("story"),
            },
            {"effect": "evaluation-stops", "cause": "zero", "criteria": ["1.1", "2"], "label": said("zero")},
        ],
        "errata": [
            {
                "criterion": "2",
                "option": "a",
                "field": "points",
                "printed": 33,
                "adopted": 3,
                "why": "doubled",
                "label": said("doubled"),
            },
            {"criterion": "2", "field": "max_points", "adopted": 3, "why": "blank", "label": said("blank")},
        ],
        "remarks": [
            {"remark": "odd", "criterion": "2", "label": said("odd")},
            {"remark": "general", "label": said("general")},
        ],
    }


SET = CriteriaSet(
    "qd26-2026/made",
    EDITION,
    7,
    (
        Part(
            "A",
            "part",
            5,
            (
                Section(
                    "1",
                    "section",
                    2,
                    (
                        Criterion(
                            "1.1",
                            "cases",
                            2,
                            (
                                Option("a", "low", 1, None, "x", label("low"), label("case x")),
                                Option("b", "high", 2, Star.FOUR, "y", label("high"), label("case y")),
                            ),
                            label("cases"),
                        ),
                    ),
                    label("section"),
                ),
                Criterion("2", "direct", 3, (Option("a", "met", 3, label=label("met")),), label("direct")),
            ),
            label("part"),
        ),
    ),
    (
        Rule(Effect.CHOOSE_ONE_CASE, criterion="1.1"),
        Rule(Effect.APPLIES_ONLY_IF, "story", "2", "1.1", label=label("story")),
        Rule(Effect.EVALUATION_STOPS, "zero", criteria=("1.1", "2"), label=label("zero")),
    ),
    (
        Erratum("2", Field.POINTS, 3, "doubled", 33, "a", label("doubled")),
        Erratum("2", Field.MAX_POINTS, 3, "blank", label=label("blank")),
    ),
    (Remark("odd", "2", label("odd")), Remark("general", None, label("general"))),
    label("made"),
)


class TestLabels:
    def test_every_kind_has_a_table(self) -> None:
        assert all(WORDS.tables[kind] for kind in ("groups", "options", "causes"))
        assert not any(NO_WORDS.tables[kind] for kind in LABEL_KINDS)
        assert not any(NO_WORDS.tables.values())

    def test_a_word_that_one_language_lacks_is_empty_there(self) -> None:
        words = Labels({"sets": {"tea": "Chè", "rice": "Gạo"}}, {"sets": {"tea": "Tea", "salt": "Salt"}})
        assert words.tables["sets"] == {"tea": Label("Chè", "Tea"), "rice": Label("Gạo", ""), "salt": Label("", "Salt")}

    def test_a_word_of_another_kind_is_no_label(self) -> None:
        words = Labels({"colours": {"red": "đỏ"}}, {})
        assert words.of_node("criteria", {}, "red") is NO_LABEL
        assert words.of_node("colours", {}, "red") == Label("đỏ", "")

    def test_the_catalogue_gives_the_word(self) -> None:
        assert WORDS.of_node("ministries", {}, "health") == Label("Bộ Y tế", "Ministry of Health")

    def test_a_label_of_its_own_comes_first(self) -> None:
        assert WORDS.of_node("ministries", {"label": said("own")}, "health") == label("own")

    def test_a_label_of_null_is_none(self) -> None:
        assert WORDS.of_node("ministries", {"label": None}, "health").en == "Ministry of Health"

    def test_an_unknown_key_has_no_label(self) -> None:
        assert WORDS.of_node("ministries", {}, "magic") is NO_LABEL

    def test_a_label_of_its_own_is_kept_in_normal_form_c(self) -> None:
        apart = unicodedata.normalize("NFD", "Phú Thọ")
        assert NO_WORDS.of_node("sets", {"label": {"vi": apart, "en": apart}}, "") == Label("Phú Thọ", "Phú Thọ")

    def test_a_case_is_labelled_by_criterion_and_case(self) -> None:
        words = Labels({"cases": {"amenities/a": "Một"}}, {"cases": {"amenities/a": "One"}})
        assert words.of_case({"case": "a"}, "amenities") == Label("Một", "One")
        assert words.of_case({"case": "a"}, "safety") is NO_LABEL
        assert words.of_case({"case": "a", "case_label": said("own")}, "amenities") == label("own")


EDITION_DOCUMENT: dict[str, Any] = {
    "id": "made-2030",
    "decision": unicodedata.normalize("NFD", "1/2030/QĐ-TTg Phú Thọ"),
    "issued": "2030-01-01",
    "in_force_from": "2030-02-01",
    "in_force_to": "2031-12-31",
    "max_points": 10,
    "parts": [{"code": "A", "slug": "all", "max_points": 10, "label": said("all")}],
    "bands": [{"star": 1, "floor": 0}, {"star": 5, "floor": 9, "recognised_by": "commune"}],
    "articles": {"parts": "1", "bands": "2", "recognition": "3", "groups_annex": "X", "sets_annex": "Y"},
    "source": {"slug": "made", "label": said("made")},
    "groups": [
        {
            "code": "I",
            "slug": "group",
            "label": said("group"),
            "subgroups": [
                {
                    "code": "1",
                    "slug": "subgroup",
                    "label": said("subgroup"),
                    "sets": [
                        {
                            "number": 1,
                            "slug": "one",
                            "division": "a",
                            "ministries": [{"slug": "health", "label": said("health")}],
                            "samples": 2,
                            "label": said("one"),
                        }
                    ],
                }
            ],
        }
    ],
}


class TestReadEdition:
    def test_every_field(self) -> None:
        edition = read_edition(EDITION_DOCUMENT, NO_WORDS)
        assert (edition.id, edition.decision, edition.max_points) == ("made-2030", "1/2030/QĐ-TTg Phú Thọ", 10)
        assert (edition.issued, edition.in_force_from) == (date(2030, 1, 1), date(2030, 2, 1))
        assert edition.in_force_to == date(2031, 12, 31)
        assert edition.parts == (PartMaximum("A", "all", 10, label("all")),)
        assert edition.bands == (Band(Star.ONE, 0), Band(Star.FIVE, 9, Level.COMMUNE))
        assert attrs.astuple(edition.articles) == ("1", "2", "3", "X", "Y")
        assert edition.source == Source("made", label("made"))
        entry = SetEntry(1, "one", (Ministry("health", label("health")),), 2, "a", label("one"))
        subgroup = Subgroup("1", "subgroup", (entry,), label("subgroup"))
        assert edition.groups == (Group("I", "group", (subgroup,), label("group")),)

    def test_the_packaged_one_there_and_back(self) -> None:
        assert read_edition(plain(EDITION), NO_WORDS) == EDITION
        assert read_edition(plain(EDITION, labels=False), WORDS) == EDITION

    def test_a_band_of_a_star_has_no_label(self) -> None:
        band = {"star": 1, "floor": 0, "slug": None, "label": said("lost")}
        edition = read_edition({**EDITION_DOCUMENT, "bands": [band]}, NO_WORDS)
        assert edition.bands == (Band(Star.ONE, 0),)
        assert read_edition(plain(edition), NO_WORDS) == edition

    def test_without_words_labels_are_empty(self) -> None:
        edition = read_edition(packaged_file("edition.json"), NO_WORDS)
        assert {part.label for part in edition.parts} == {NO_LABEL}
        assert {entry.label for entry in edition.entries} == {NO_LABEL}


class TestReadSet:
    def test_every_field_with_labels_of_its_own(self) -> None:
        assert read_set(set_document(), EDITION, WORDS) == SET

    def test_what_may_be_left_out(self) -> None:
        document = {key: set_document()[key] for key in ("id", "number", "parts")}
        read = read_set(document, EDITION, NO_WORDS)
        assert (read.rules, read.errata, read.remarks, read.label) == ((), (), (), NO_LABEL)

    def test_labels_of_its_own_come_before_the_catalogue(self) -> None:
        document = packaged_file("sets", "tea.json")
        document["label"] = said("own")
        document["parts"][0]["items"][0]["items"][0]["options"][0]["label"] = said("own option")
        document["rules"][0]["label"] = said("own cause")
        read = read_set(document, EDITION, WORDS)
        assert (read.label, read.criteria[0].options[0].label) == (label("own"), label("own option"))
        assert (read.rules[0].label, read.rules[1].label.en) == (
            label("own cause"),
            "the rules on the site’s food-safety eligibility certificate are not fully met",
        )

    def test_a_minimum_of_null_is_none(self) -> None:
        document = set_document()
        for option in document["parts"][0]["items"][0]["items"][0]["options"]:
            option["minimum_for"] = None
        assert read_set(document, EDITION, NO_WORDS).criterion("1.1").minimums == {}

    def test_a_case_of_null_has_no_label(self) -> None:
        document = packaged_file("sets", "tea.json")
        option = document["parts"][0]["items"][0]["items"][0]["options"][0]
        option |= {"case": None, "case_label": said("lost")}
        assert read_set(document, EDITION, WORDS) == PACKAGED.criteria_set("qd26-2026/tea")

    @pytest.mark.parametrize("slug", [entry.slug for entry in EDITION.entries])
    def test_the_memo_changes_nothing(self, slug: str) -> None:
        assert read_set(packaged_file("sets", f"{slug}.json"), EDITION, WORDS) == PACKAGED.criteria_set(
            f"qd26-2026/{slug}"
        )

    def test_with_a_memo_equal_criteria_are_one_object(self) -> None:
        memo: Memo = {}
        tea, coffee = (
            read_set(packaged_file("sets", f"{slug}.json"), EDITION, WORDS, memo) for slug in ("tea", "coffee-cocoa")
        )
        assert tea.criterion("1.5") is coffee.criterion("1.5")
        distinct = {id(criterion) for criterion in (*tea.criteria, *coffee.criteria)}
        kept = sum(len(alike) for alike in memo.values())
        assert len(distinct) == kept < len(tea.criteria) + len(coffee.criteria)

    def test_without_a_memo_they_are_not(self) -> None:
        tea = read_set(packaged_file("sets", "tea.json"), EDITION, WORDS)
        assert tea.criterion("1.5") is not PACKAGED.criteria_set("qd26-2026/tea").criterion("1.5")


class TestLaw:
    @pytest.mark.parametrize("set_id", PACKAGED.set_ids())
    def test_the_law_and_the_words_make_the_set(self, set_id: str) -> None:
        criteria_set = PACKAGED.criteria_set(set_id)
        edition = criteria_set.edition
        assert read_set(law_of(criteria_set), edition, PACKAGED.labels(edition.id)) == criteria_set

    @pytest.mark.parametrize("set_id", PACKAGED.set_ids())
    def test_a_packaged_file_holds_the_law_alone(self, set_id: str) -> None:
        edition_id, _, slug = set_id.partition("/")
        law = {"kind": "criteria-set", "version": 1, **law_of(PACKAGED.criteria_set(set_id))}
        assert law == PACKAGED.json(edition_id, "sets", f"{slug}.json")

    def test_the_law_has_no_words(self) -> None:
        assert "(vi)" in json.dumps(plain(SET))
        assert not any(word in json.dumps(law_of(SET)) for word in ("label", "(vi)"))

    @given(criteria_sets())
    def test_made_up_sets_there_and_back(self, criteria_set: CriteriaSet) -> None:
        document = json.loads(json.dumps(plain(criteria_set)))
        assert read_set(document, EDITION, NO_WORDS) == criteria_set
