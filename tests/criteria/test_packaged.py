"""The packaged data of Decision 26/2026/QĐ-TTg: what is pinned was counted in the decision, or in the raw files."""

from collections import Counter, defaultdict
from typing import Final

import pytest

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Field, Part, Section
from raw_editions import RawEdition, raw_criteria

RAW: Final = RawEdition.read("qd26-2026")
EDITION: Final = PACKAGED.edition("qd26-2026")
SETS: Final = tuple(PACKAGED.sets("qd26-2026"))

AGRICULTURE, INDUSTRY, HEALTH, CULTURE = (
    "agriculture-and-environment",
    "industry-and-trade",
    "health",
    "culture-sports-and-tourism",
)


def numbered(number: int) -> CriteriaSet:
    return next(criteria_set for criteria_set in SETS if criteria_set.number == number)


class TestCounts:
    def test_sets_criteria_and_options(self) -> None:
        criteria = [criterion for criteria_set in SETS for criterion in criteria_set.criteria]
        assert len(SETS) == 26
        assert len(criteria) == 787
        assert sum(len(criterion.options) for criterion in criteria) == 2557

    def test_the_raw_files_say_the_same(self) -> None:
        criteria = [criterion for document in RAW.sets.values() for criterion in raw_criteria(document)]
        assert (len(RAW.sets), len(criteria)) == (26, 787)
        assert sum(len(criterion["options"]) for criterion in criteria) == 2557

    def test_numbers_come_in_order(self) -> None:
        assert [criteria_set.number for criteria_set in SETS] == list(range(1, 27))
        assert [entry.number for entry in EDITION.entries] == list(range(1, 27))

    def test_criteria_of_each_set(self) -> None:
        assert [len(criteria_set.criteria) for criteria_set in SETS] == [
            *(32, 31, 32, 32, 31, 32, 32, 32, 31, 32, 32, 32, 34),
            *(29, 29, 29, 29, 31, 30, 30, 28, 28, 26, 26, 25, 32),
        ]

    def test_starred_options_of_all_sets(self) -> None:
        marked = Counter(
            int(option.minimum_for)
            for criteria_set in SETS
            for criterion in criteria_set.criteria
            for option in criterion.options
            if option.minimum_for is not None
        )
        assert marked == {3: 179, 4: 290, 5: 106}

    def test_there_is_one_file_for_each_register_entry(self) -> None:
        assert set(RAW.sets) == {entry.slug for entry in EDITION.entries}
        for slug, document in RAW.sets.items():
            assert document["id"] == f"qd26-2026/{slug}"
            assert document["number"] == EDITION.place_of(slug)[2].number


class TestClassification:
    def test_six_groups_and_seventeen_subgroups(self) -> None:
        assert [group.code for group in EDITION.groups] == ["I", "II", "III", "IV", "V", "VI"]
        assert [len(group.subgroups) for group in EDITION.groups] == [6, 2, 3, 2, 3, 1]
        for group in EDITION.groups:
            codes = [subgroup.code for subgroup in group.subgroups]
            assert codes == [str(number) for number in range(1, len(codes) + 1)]

    def test_the_group_of_each_set(self) -> None:
        groups = {group.code: [entry.number for entry in group.sets] for group in EDITION.groups}
        assert groups == {
            "I": list(range(1, 14)),
            "II": [14, 15, 16, 17],
            "III": [18, 19, 20],
            "IV": [21, 22],
            "V": [23, 24, 25],
            "VI": [26],
        }

    def test_divisions_run_a_b_c_where_a_subgroup_has_several_sets(self) -> None:
        for group in EDITION.groups:
            for subgroup in group.subgroups:
                divisions = [entry.division for entry in subgroup.sets]
                several = list("abcd")[: len(divisions)]
                assert divisions == ([None] if len(divisions) == 1 else several)

    def test_the_ministries_of_each_set(self) -> None:
        expected: dict[int, tuple[str, ...]] = dict.fromkeys(range(1, 27), (AGRICULTURE,))
        expected |= dict.fromkeys((5, 14, 15, 17, 22), (INDUSTRY,))
        expected |= dict.fromkeys((16, 18, 19), (HEALTH,))
        expected |= dict.fromkeys((6, 8), (AGRICULTURE, INDUSTRY))
        expected |= {20: (HEALTH, INDUSTRY), 21: (INDUSTRY, AGRICULTURE), 26: (CULTURE, AGRICULTURE)}
        found = {entry.number: tuple(ministry.slug for ministry in entry.ministries) for entry in EDITION.entries}
        assert found == expected

    def test_five_samples_but_none_of_a_tour(self) -> None:
        samples = {entry.slug: entry.samples for entry in EDITION.entries}
        assert samples.pop("community-tourism") == 0
        assert set(samples.values()) == {5}


class TestMaxima:
    @pytest.mark.parametrize("criteria_set", SETS, ids=lambda each: each.slug)
    def test_parts(self, criteria_set: CriteriaSet) -> None:
        assert [(part.code, part.max_points) for part in criteria_set.parts] == [("A", 40), ("B", 25), ("C", 35)]
        assert criteria_set.max_points == EDITION.max_points == 100

    @pytest.mark.parametrize("criteria_set", SETS, ids=lambda each: each.slug)
    def test_every_part_and_section_is_the_sum_below_it(self, criteria_set: CriteriaSet) -> None:
        def check(node: Part | Section) -> None:
            assert sum(item.max_points for item in node.items) == node.max_points, node.code
            for item in node.items:
                if isinstance(item, Section):
                    check(item)

        for part in criteria_set.parts:
            check(part)

    @pytest.mark.parametrize("criteria_set", SETS, ids=lambda each: each.slug)
    def test_every_criterion_is_its_best_option(self, criteria_set: CriteriaSet) -> None:
        for criterion in criteria_set.criteria:
            assert max(option.points for option in criterion.options) == criterion.max_points, criterion.code
            assert criterion.max_points > 0, criterion.code

    def test_the_sections_of_part_a(self) -> None:
        found = defaultdict(list)
        for criteria_set in SETS:
            found[tuple(item.max_points for item in criteria_set.parts[0].items)].append(criteria_set.number)
        assert found == {
            (18, 10, 12): [1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 18, 22],
            (16, 12, 12): [5],
            (17, 11, 12): [14, 15, 16, 17, 19, 20],
            (19, 9, 12): [21, 23, 24, 25],
            (14, 12, 14): [26],
        }

    def test_the_sections_of_part_b(self) -> None:
        for criteria_set in SETS:
            expected = (17, 8) if criteria_set.number == 26 else (13, 12)
            assert tuple(item.max_points for item in criteria_set.parts[1].items) == expected

    def test_the_items_of_part_c(self) -> None:
        found = {
            criteria_set.number: tuple(item.max_points for item in criteria_set.parts[2].items) for criteria_set in SETS
        }
        expected: dict[int, tuple[int, ...]] = {
            **dict.fromkeys((1, 3, 4), (12, 3, 5, 5, 5, 2, 3)),
            **dict.fromkeys((2, 5, 6, 7, 8, 9, 10, 11, 12, 13), (15, 5, 5, 5, 2, 3)),
            **dict.fromkeys((14, 15, 16, 17), (15, 5, 5, 5, 5)),
            18: (5, 4, 5, 3, 3, 5, 3, 2, 5),
            19: (5, 3, 5, 4, 5, 3, 5, 2, 3),
            20: (5, 3, 5, 4, 3, 5, 5, 2, 3),
            21: (21, 4, 5, 5),
            22: (24, 3, 3, 5),
            23: (14, 8, 4, 4, 5),
            24: (17, 9, 4, 5),
            25: (15, 10, 5, 5),
            26: (3, 3, 3, 2, 3, 2, 3, 4, 4, 3, 3, 2),
        }
        assert found == expected


ERRATA: Final = [
    ("honey-and-other-raw-produce", "1.2", "a", None, 0),
    ("honey-and-other-raw-produce", "7", "c", 13, 3),
    ("processed-fruit-vegetables-seeds", "1.2", "a", None, 0),
    ("other-condiments", "1.2", "a", None, 0),
    ("tea", "1.2", "a", None, 0),
    ("tea", "6.1.1", "b", 11, 1),
    ("flowers", "9", None, None, 4),
]


class TestNotes:
    def test_the_seven_errata(self) -> None:
        assert [
            (each.slug, erratum.criterion, erratum.option, erratum.printed, erratum.adopted)
            for each in SETS
            for erratum in each.errata
        ] == ERRATA

    def test_their_reasons(self) -> None:
        reasons = Counter((erratum.field, erratum.why) for each in SETS for erratum in each.errata)
        assert reasons == {
            (Field.POINTS, "blank-option-points"): 4,
            (Field.POINTS, "doubled-digit"): 2,
            (Field.MAX_POINTS, "blank-maximum"): 1,
        }

    @pytest.mark.parametrize(("slug", "code", "letter", "printed", "adopted"), ERRATA)
    def test_the_set_holds_what_was_adopted(
        self, slug: str, code: str, letter: str | None, printed: int | None, adopted: int
    ) -> None:
        criterion = PACKAGED.criteria_set(f"qd26-2026/{slug}").criterion(code)
        held = criterion.max_points if letter is None else criterion.option(letter).points
        assert held == adopted
        assert printed is None or printed > criterion.max_points

    def test_the_remarks(self) -> None:
        found = [(each.number, note.criterion, note.remark) for each in SETS for note in each.remarks]
        met_or_not = [
            (number, "2.3" if number in (21, 22) else "2.4", "printed-without-options") for number in range(1, 23)
        ]
        others = [
            (1, "7", "test-report-by-competent-body"),
            (7, "3.1", "equal-points-printed"),
            (7, "7", "last-option-without-points-cell"),
            (19, "2.3", "option-repeats-trade-mark-text"),
            (21, "7", "declaration-mandatory-only-where-required"),
            (23, "6.2", "equal-points-printed"),
            (26, None, "minimum-note-not-printed"),
            (26, None, "part-heading-differs"),
        ]
        assert Counter(found) == Counter(met_or_not + others)
        assert len(found) == 30

    def test_what_is_printed_without_options_is_met_or_not(self) -> None:
        noted = {
            (each.number, note.criterion)
            for each in SETS
            for note in each.remarks
            if note.remark == "printed-without-options"
        }
        single = {
            (each.number, criterion.code)
            for each in SETS
            for criterion in each.criteria
            if [option.slug for option in criterion.options] == ["met"]
        }
        assert noted == single

    def test_the_rules_by_effect_and_cause(self) -> None:
        assert Counter((rule.effect.value, rule.cause) for each in SETS for rule in each.rules) == {
            ("applies-only-if", "product-has-a-story"): 25,
            ("choose-one-case", None): 3,
            ("disqualified", "all-inputs-imported-or-untraceable"): 12,
            ("disqualified", "copy-of-another-producers-product"): 10,
            ("disqualified", "declaration-labelling-or-advertising-rules-not-met"): 1,
            ("disqualified", "food-safety-eligibility-rules-not-met"): 17,
            ("disqualified", "forged-dossier"): 25,
            ("disqualified", "infringes-intellectual-property"): 2,
            ("disqualified", "mandatory-production-conditions-not-met"): 2,
            ("disqualified", "no-product-declaration"): 2,
            ("disqualified", "no-production-licence"): 1,
            ("disqualified", "production-eligibility-gmp-rules-not-met"): 1,
            ("disqualified", "production-licence-rules-not-met"): 1,
            ("disqualified", "registration-dossier-not-compliant"): 25,
            ("evaluation-stops", "no-product-declaration-form"): 2,
            ("evaluation-stops", "unsafe-impurities"): 15,
            ("evaluation-stops", "zero-points-in-any-of"): 1,
            ("evidence", "export-contracts-or-certificates-or-market-studies"): 25,
            ("evidence", "food-safety-test-report"): 18,
            ("not-evaluated", "commonplace-product-without-distinct-quality"): 4,
            ("required", "product-not-wholly-from-province"): 6,
            ("required", "product-not-wholly-from-province-fishing-grounds-aside"): 1,
        }

    def test_the_story_is_needed_in_every_set_but_the_last(self) -> None:
        for criteria_set in SETS[:-1]:
            (rule,) = [rule for rule in criteria_set.rules if rule.effect is Effect.APPLIES_ONLY_IF]
            assert (rule.criterion, rule.depends_on) == ("5.2", "5.1")

    def test_a_rule_of_the_whole_set_stands_before_those_of_a_criterion(self) -> None:
        for criteria_set in SETS:
            beside = [rule.criterion is not None for rule in criteria_set.rules]
            assert beside == sorted(beside), criteria_set.slug


class TestPlaces:
    def test_the_printed_minimums_of_tea(self) -> None:
        found: dict[int, list[str]] = {3: [], 4: [], 5: []}
        for criterion in numbered(11).criteria:
            for option in criterion.options:
                if option.minimum_for is not None:
                    found[option.minimum_for].append(f"{criterion.code}{option.letter}")
        assert found == {
            3: ["1.1b", "2.2c", "2.3a", "3.5a", "4.1b", "5.3b", "8a", "9a"],
            4: ["1.5c", "1.6a", "2.1d", "2.3c", "3.4b", "3.5b", "4.1c", "5.1e", "6.1.1c", "6.1.2c", "7c", "9b"],
            5: ["1.5d", "4.1d", "7d"],
        }

    def test_the_same_points_twice(self) -> None:
        def repeats(criterion: Criterion) -> bool:
            points = [(option.case, option.points) for option in criterion.options]
            return len(set(points)) < len(points)

        found = {
            (each.number, criterion.code): [option.points for option in criterion.options]
            for each in SETS
            for criterion in each.criteria
            if repeats(criterion)
        }
        assert found == {(7, "3.1"): [1, 1, 3], (23, "6.2"): [1, 1, 3, 5]}

    def test_cases_are_in_the_tourism_set_alone(self) -> None:
        found = {
            (each.number, criterion.code): [(option.case, option.points) for option in criterion.options]
            for each in SETS
            for criterion in each.criteria
            if any(option.case is not None for option in criterion.options)
        }
        assert found == {
            (26, "8"): [("a", 1), ("a", 3), ("b", 1), ("b", 3)],
            (26, "9"): [("a", 1), ("a", 2), ("b", 1), ("b", 2)],
            (26, "15"): [("a", 1), ("a", 3), ("b", 1), ("b", 3)],
        }

    def test_each_criterion_in_cases_has_its_rule(self) -> None:
        rules = [(each.number, rule.criterion) for each in SETS for rule in each.rules if rule.cause is None]
        assert rules == [(26, "8"), (26, "9"), (26, "15")]

    def test_the_stop_that_the_choices_show(self) -> None:
        ((number, rule),) = [(each.number, rule) for each in SETS for rule in each.rules if rule.criteria]
        assert (number, rule.effect, rule.criteria) == (16, Effect.EVALUATION_STOPS, ("6.1", "6.2", "6.3", "6.4"))
