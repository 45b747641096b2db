"""What holds of the files of every packaged edition: words, slugs, their form, and the pinned law.

`digests.json` pins the law of each edition and of each of its sets; after a wanted change of the data, write it anew:
``{each.id: each.digest for edition in PACKAGED.editions() for each in (edition, *PACKAGED.sets(edition.id))}``.
"""

import json
import re
import unicodedata
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.model import CriteriaSet, Criterion, Section
from ocop.text import LANGUAGES, Label
from raw_editions import RawEdition, raw_criteria

SETS: Final = tuple(PACKAGED.sets())
RAW: Final = tuple(RawEdition.read(edition.id) for edition in PACKAGED.editions())
DIGESTS: Final[dict[str, str]] = json.loads(Path(__file__).with_name("digests.json").read_text("utf-8"))
SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LABELS_MAX: Final = 160

every_edition = pytest.mark.parametrize("raw", RAW, ids=lambda each: each.id)
every_set = pytest.mark.parametrize("criteria_set", SETS, ids=lambda each: each.id)


# Their words are held to the procedure's files in tests/procedure.
TABLES_OF_THE_PROCEDURE = {
    "evidence", "facts", "suggestions", "states", "events", "deadlines", "recall-causes", "commune-points",
}  # fmt: skip


class TestLabels:
    @every_edition
    def test_none_is_missing_and_none_unused(self, raw: RawEdition) -> None:
        used = raw.used_label_keys()
        for lang in LANGUAGES:
            tables = TABLES_OF_THE_PROCEDURE if (raw.folder / "procedure.json").exists() else set()
            assert raw.labels[lang].keys() == used.keys() | tables
            for kind, keys in used.items():
                assert raw.labels[lang][kind].keys() == keys, (lang, kind)

    @every_edition
    def test_both_languages_have_the_same_keys_in_the_same_order(self, raw: RawEdition) -> None:
        vi, en = ([(kind, list(table)) for kind, table in raw.labels[lang].items()] for lang in LANGUAGES)
        assert vi == en

    @every_edition
    def test_none_is_empty_or_too_long(self, raw: RawEdition) -> None:
        assert [row for row in raw.every_label() if not 1 <= len(row[3]) <= LABELS_MAX] == []

    @every_edition
    def test_none_has_blanks_around_it_or_two_within(self, raw: RawEdition) -> None:
        assert [row for row in raw.every_label() if row[3] != " ".join(row[3].split())] == []

    @every_edition
    def test_all_are_in_normal_form_c_and_can_be_printed(self, raw: RawEdition) -> None:
        assert [row for row in raw.every_label() if not unicodedata.is_normalized("NFC", row[3])] == []
        assert [row for row in raw.every_label() if not row[3].isprintable()] == []

    @every_edition
    def test_english_labels_are_not_vietnamese(self, raw: RawEdition) -> None:
        vi, en = (raw.labels[lang] for lang in LANGUAGES)
        assert [(kind, key) for kind in vi for key in vi[kind] if vi[kind][key] == en[kind][key]] == []

    @every_edition
    def test_files_carry_no_label_of_their_own(self, raw: RawEdition) -> None:
        for path in (raw.folder / "edition.json", *(raw.folder / "sets").iterdir()):
            assert re.search(r'"(case_)?label"\s*:', path.read_text("utf-8")) is None, path.name

    @every_set
    def test_no_two_options_of_a_criterion_say_the_same(self, criteria_set: CriteriaSet) -> None:
        for criterion in criteria_set.criteria:
            for lang in LANGUAGES:
                said = [option.label.get(lang).casefold() for option in criterion.options]
                assert len(set(said)) == len(said), (criterion.code, lang)

    @every_set
    def test_no_two_criteria_of_a_set_say_the_same(self, criteria_set: CriteriaSet) -> None:
        for lang in LANGUAGES:
            said = [criterion.label.get(lang).casefold() for criterion in criteria_set.criteria]
            assert [text for text, count in Counter(said).items() if count > 1] == []

    @every_edition
    def test_every_loaded_label_is_that_of_the_raw_files(self, raw: RawEdition) -> None:
        def word(kind: str, key: str) -> Label:
            return Label(raw.labels["vi"][kind][key], raw.labels["en"][kind][key])

        for criteria_set in PACKAGED.sets(raw.id):
            assert criteria_set.label == word("sets", criteria_set.slug)
            for criterion in criteria_set.criteria:
                assert criterion.label == word("criteria", criterion.slug)
                for option in criterion.options:
                    assert option.label == word("options", f"{criterion.slug}/{option.slug}")
                    if option.case is not None:
                        assert option.case_label == word("cases", f"{criterion.slug}/{option.case}")


OTHER_WORDS: Final = {
    # What compares and carries over goes by criteria and options, so that each exception needs its reason.
    "options:product-idea-origin/provincial-outstanding": "of many places in the province: found, later made there",
    "criteria:legal-representative": "since 2026 for people with a disability as well; the options name them",
    "criteria:local-knowledge-and-identity": "since 2026 it says what the story must show",
    "criteria:production-capacity": "what the scale is compared with came in 2023, and grew more exact in 2026",
    # Headings, on which nothing depends.
    **dict.fromkeys(
        ("cases:amenities/a", "cases:business-conditions/a", "cases:safety-and-order/a"),
        "a community that provides services, since 2026 services that it provides",
    ),
    **dict.fromkeys(
        ("cases:amenities/b", "cases:safety-and-order/b"),
        "a site, since 2026 services of an organisation or individual",
    ),
    "sets:bottled-water": "purified, then bottled purified, then bottled water",
    "sets:community-tourism": "eco-tourism since 2023",
    "sets:fresh-animal-products": "fish since 2023",
    **dict.fromkeys(("sets:handicrafts", "subgroups:handicrafts"), "household and decorative until 2026"),
    "sets:other-condiments": "examples since 2023",
    "sets:processed-animal-products": "other syrups and farm food since 2026",
    **dict.fromkeys(
        (
            "sets:essential-oils-other-herbals",
            "subgroups:essential-oils-and-other-herbals",
            "sets:herbal-cosmetics",
            "subgroups:herbal-cosmetics",
        ),
        "herbs, since 2026 medicinal herbs",
    ),
}
"""What has one slug and other words in two editions, and why it is the same thing all the same."""


class TestSlugs:
    @every_edition
    def test_all_have_one_form(self, raw: RawEdition) -> None:
        slugs = {slug for keys in raw.used_label_keys().values() for key in keys for slug in key.split("/")}
        assert {slug for slug in slugs if not SLUG.fullmatch(slug)} == set()

    def test_a_slug_means_the_same_in_every_edition(self) -> None:
        """Comparing and carrying over go by slugs: other words under one slug would carry what is not the same."""
        other = {
            f"{kind}:{key}"
            for one, two in combinations(RAW, 2)
            for lang in LANGUAGES
            for kind, table in one.labels[lang].items()
            for key, text in table.items()
            if two.labels[lang].get(kind, {}).get(key, text) != text
        }
        assert other == OTHER_WORDS.keys()

    def test_the_editions_share_most_of_their_criteria(self) -> None:
        """Without shared slugs the test above would say nothing."""
        shared = {
            (one.id, two.id): tuple(
                len(one.labels["en"][kind].keys() & two.labels["en"][kind].keys()) for kind in ("criteria", "options")
            )
            for one, two in combinations(RAW, 2)
        }
        assert shared == {
            ("qd1048-2019", "qd148-2023"): (76, 257),
            ("qd1048-2019", "qd26-2026"): (75, 227),
            ("qd148-2023", "qd26-2026"): (92, 348),
        }

    @every_set
    def test_criterion_slugs_are_unique_inside_a_set(self, criteria_set: CriteriaSet) -> None:
        slugs = [criterion.slug for criterion in criteria_set.criteria]
        assert len(set(slugs)) == len(slugs)

    @every_set
    def test_codes_are_unique_and_begin_with_that_of_their_section(self, criteria_set: CriteriaSet) -> None:
        codes: list[str] = []

        def collect(items: tuple[Section | Criterion, ...], prefix: str) -> None:
            for item in items:
                codes.append(item.code)
                assert item.code.startswith(prefix)
                if isinstance(item, Section):
                    collect(item.items, item.code + ".")

        for part in criteria_set.parts:
            collect(part.items, "")
        assert len(set(codes)) == len(codes)


OPTION_KEYS: Final = ("letter", "slug", "points", "minimum_for", "case")
CRITERION_KEYS: Final = ("code", "slug", "max_points", "minimum_for", "options")
SET_KEYS: Final = (
    *("kind", "version", "id", "number", "provenance", "complete", "open_issues"),
    *("parts", "rules", "errata", "remarks"),
)
TYPES: Final[dict[str, type]] = {
    **dict.fromkeys(("letter", "slug", "case", "code"), str),
    **dict.fromkeys(("points", "minimum_for", "max_points"), int),
    "options": list,
}


class TestRawFiles:
    """The catalog keeps one object for equal criteria, and tells them by the values of their options in file order."""

    @every_edition
    def test_there_is_nothing_but_what_belongs_there(self, raw: RawEdition) -> None:
        procedure = {"dossier.json", "facts.json", "procedure.json", "subjects.json"}
        found = {path.name for path in raw.folder.iterdir()}
        assert found - procedure == {"edition.json", "labels", "sets"}
        assert found & procedure in (set(), procedure)
        assert sorted(path.name for path in (raw.folder / "labels").iterdir()) == ["en.json", "vi.json"]
        for slug, document in raw.sets.items():
            assert document["id"] == f"{raw.id}/{slug}"

    @every_edition
    def test_keys_come_in_one_order(self, raw: RawEdition) -> None:
        for document in raw.sets.values():
            for criterion in raw_criteria(document):
                assert tuple(criterion) == tuple(key for key in CRITERION_KEYS if key in criterion)
                for option in criterion["options"]:
                    assert tuple(option) == tuple(key for key in OPTION_KEYS if key in option)
                    assert tuple(option)[:3] == OPTION_KEYS[:3]

    @every_edition
    def test_values_have_the_types_that_tell_them_apart(self, raw: RawEdition) -> None:
        for document in raw.sets.values():
            for criterion in raw_criteria(document):
                for node in (criterion, *criterion["options"]):
                    assert all(type(value) is TYPES[key] for key, value in node.items())

    @every_edition
    def test_heads_say_what_the_file_is(self, raw: RawEdition) -> None:
        for document in (raw.edition, *raw.sets.values()):
            assert tuple(document)[:3] == ("kind", "version", "id")
            assert document["version"] == 1
        assert (raw.edition["kind"], raw.edition["id"]) == ("edition", raw.id)
        for document in raw.sets.values():
            assert document["kind"] == "criteria-set"
            assert tuple(document) == tuple(key for key in SET_KEYS if key in document)

    @every_edition
    def test_files_are_plain_utf_8_with_one_newline_at_the_end(self, raw: RawEdition) -> None:
        for path in raw.folder.rglob("*.json"):
            content = path.read_bytes()
            assert not content.startswith(b"\xef\xbb\xbf"), path.name
            assert b"\r" not in content, path.name
            assert re.search(rb"[}\]]\n\Z", content), path.name


class TestProvenance:
    """The older editions are secondary transcriptions, and every one of their sets says so."""

    @pytest.mark.parametrize("edition_id", ["qd148-2023", "qd1048-2019"])
    def test_every_older_set_says_where_it_was_read(self, edition_id: str) -> None:
        for criteria_set in PACKAGED.sets(edition_id):
            assert criteria_set.provenance is not None
            for source in (criteria_set.provenance, criteria_set.edition.source):
                assert "secondary" in source.label.en
                assert "thứ cấp" in source.label.vi

    def test_what_is_not_complete_says_why(self) -> None:
        for criteria_set in SETS:
            assert bool(criteria_set.open_issues) is not criteria_set.complete


def one_point_more(node: Any) -> Any:
    """Return a part, section or criterion whose last option has one point more."""
    if isinstance(node, Criterion):
        last = node.options[-1]
        return attrs.evolve(node, options=(*node.options[:-1], attrs.evolve(last, points=last.points + 1)))
    return attrs.evolve(node, items=(*node.items[:-1], one_point_more(node.items[-1])))


class TestDigests:
    def test_every_edition_and_every_set_is_pinned(self) -> None:
        ids = [name for edition in PACKAGED.editions() for name in (edition.id, *PACKAGED.set_ids(edition.id))]
        assert list(DIGESTS) == ids
        assert len(set(DIGESTS.values())) == len(ids) == 81

    @pytest.mark.parametrize("edition", PACKAGED.editions(), ids=lambda each: each.id)
    def test_the_law_of_an_edition_is_the_pinned_one_whatever_its_words(self, edition: Any) -> None:
        assert edition.digest == DIGESTS[edition.id]
        other = Label("khác", "other")
        reworded = attrs.evolve(edition, source=attrs.evolve(edition.source, label=other))
        assert reworded != edition
        assert reworded.digest == DIGESTS[edition.id]
        raised = attrs.evolve(edition, bands=(*edition.bands[:-1], attrs.evolve(edition.bands[-1], floor=91)))
        assert raised.digest != DIGESTS[edition.id]

    @every_set
    def test_the_law_is_the_pinned_one(self, criteria_set: CriteriaSet) -> None:
        assert criteria_set.digest == DIGESTS[criteria_set.id]

    @every_set
    def test_another_label_leaves_it(self, criteria_set: CriteriaSet) -> None:
        other = Label("khác", "other")
        part = attrs.evolve(criteria_set.parts[0], label=other)
        changed = attrs.evolve(criteria_set, label=other, parts=(part, *criteria_set.parts[1:]))
        assert changed != criteria_set
        assert changed.digest == DIGESTS[criteria_set.id]

    @every_set
    def test_another_point_changes_it(self, criteria_set: CriteriaSet) -> None:
        changed = attrs.evolve(criteria_set, parts=(*criteria_set.parts[:2], one_point_more(criteria_set.parts[2])))
        assert changed.digest != DIGESTS[criteria_set.id]
