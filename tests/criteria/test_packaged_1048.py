"""The packaged data of Decision 1048/QĐ-TTg of 2019, with the tourism set of 2020: counts and sums.

The numbers were counted in the transcriptions that the data was made from, by a program that shares nothing with the
one that made the data.
"""

from collections import Counter, defaultdict
from datetime import date
from typing import Final

import pytest

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.edition import Band
from ocop.criteria.model import CriteriaSet
from ocop.model.stars import Level, Star
from packaged import best
from raw_editions import RawEdition, raw_criteria

RAW: Final = RawEdition.read("qd1048-2019")
EDITION: Final = PACKAGED.edition("qd1048-2019")
SETS: Final = tuple(PACKAGED.sets("qd1048-2019"))
PARTS: Final = [("A", 35), ("B", 25), ("C", 40)]
every_set = pytest.mark.parametrize("criteria_set", SETS, ids=lambda each: each.slug)


class TestEdition:
    def test_dates(self) -> None:
        assert (EDITION.decision, EDITION.issued) == ("1048/QĐ-TTg", date(2019, 8, 21))
        assert (EDITION.in_force_from, EDITION.in_force_to) == (date(2019, 8, 21), date(2023, 2, 23))

    def test_bands_are_printed_in_whole_numbers(self) -> None:
        assert EDITION.bands == (
            Band(Star.ONE, 0),
            Band(Star.TWO, 30),
            Band(Star.THREE, 50, Level.PROVINCE),
            Band(Star.FOUR, 70, Level.PROVINCE),
            Band(Star.FIVE, 90, Level.MINISTRY),
        )
        assert EDITION.whole_number_bands

    def test_what_the_decision_of_2020_changed_moved_no_recognition(self) -> None:
        (amendment,) = EDITION.amendments
        assert (amendment.decision, amendment.in_force_from) == ("781/QĐ-TTg", date(2020, 6, 8))
        assert amendment.recognised_by == {}
        assert EDITION.recognised_by(Star.THREE, date(2022, 1, 1)) is Level.PROVINCE

    def test_the_register(self) -> None:
        assert [entry.number for entry in EDITION.entries] == list(range(1, 27))
        assert [len(group.subgroups) for group in EDITION.groups] == [6, 2, 4, 2, 1, 1]
        assert {group.code: [entry.number for entry in group.sets] for group in EDITION.groups} == {
            "I": list(range(1, 15)),
            "II": [15, 16, 17, 18],
            "III": [19, 20, 21, 22],
            "IV": [23, 24],
            "V": [25],
            "VI": [26],
        }

    def test_how_sure_each_set_is(self) -> None:
        sources = Counter(each.provenance.slug for each in SETS if each.provenance is not None)
        assert sources == {"two-transcriptions-agree": 18, "two-transcriptions-merged": 8}


class TestCounts:
    def test_sets_criteria_and_options(self) -> None:
        criteria = [criterion for each in SETS for criterion in each.criteria]
        assert (len(SETS), len(criteria)) == (26, 782)
        assert sum(len(criterion.options) for criterion in criteria) == 2806

    def test_the_raw_files_say_the_same(self) -> None:
        criteria = [criterion for document in RAW.sets.values() for criterion in raw_criteria(document)]
        assert (len(RAW.sets), len(criteria)) == (26, 782)
        assert sum(len(criterion["options"]) for criterion in criteria) == 2806

    def test_it_prints_no_minimum(self) -> None:
        assert not any(criterion.minimums for each in SETS for criterion in each.criteria)
        assert all(each.table.shifts == () for each in SETS)

    def test_criteria_of_each_set(self) -> None:
        assert [len(criteria_set.criteria) for criteria_set in SETS] == [
            *(31, 30, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 31, 33),
            *(29, 29, 29, 29, 28, 29, 28, 28, 28, 29, 29, 32),
        ]

    def test_every_set_prints_two_cases_in_3_2(self) -> None:
        """A cooperative or company counts its local managers; a household or group asks where its head is from."""
        in_cases = [
            (each.number, criterion.code)
            for each in SETS
            for criterion in each.criteria
            if any(option.case is not None for option in criterion.options)
        ]
        assert in_cases == [(each.number, "3.2") for each in SETS] + [(26, "9"), (26, "10"), (26, "16")]
        printed = Counter(
            tuple((option.case, option.points) for option in each.criterion("3.2").options) for each in SETS
        )
        assert printed == {
            (("a", 1), ("a", 2), ("b", 0), ("b", 1)): 25,
            (("a", 1), ("a", 2), ("b", 1), ("b", 2)): 1,
        }

    def test_the_rules_are_about_cases_and_stories(self) -> None:
        assert Counter((rule.effect.value, rule.cause) for each in SETS for rule in each.rules) == {
            ("applies-only-if", "product-has-a-story"): 22,
            ("choose-one-case", None): 29,
        }
        without = [each.number for each in SETS if not each.table.needs]
        assert without == [4, 7, 17, 26]

    def test_every_set_says_that_its_minimum_requirements_are_not_at_hand(self) -> None:
        for each in SETS:
            assert "minimum-requirements-not-at-hand" in [remark.remark for remark in each.remarks]


class TestSums:
    @every_set
    def test_the_heads_of_the_parts(self, criteria_set: CriteriaSet) -> None:
        assert [(part.code, part.max_points) for part in criteria_set.parts] == PARTS
        assert criteria_set.max_points == EDITION.max_points == 100

    @every_set
    def test_the_best_options_add_up_where_the_set_is_complete(self, criteria_set: CriteriaSet) -> None:
        assert best(criteria_set) == ([35, 25, 38] if criteria_set.number == 19 else [35, 25, 40])

    def test_one_set_does_not_add_up_and_says_so(self) -> None:
        assert {each.number: [issue.remark for issue in each.open_issues] for each in SETS if not each.complete} == {
            19: ["part-c-sums-to-38"]
        }

    def test_every_criterion_is_its_best_option(self) -> None:
        assert all(criterion.best == criterion.max_points > 0 for each in SETS for criterion in each.criteria)

    def test_the_sections_of_parts_a_and_b(self) -> None:
        found = defaultdict(list)
        for each in SETS:
            found[tuple(tuple(item.max_points for item in part.items) for part in each.parts[:2])].append(each.number)
        assert found == {((18, 8, 9), (15, 10)): list(range(1, 26)), ((15, 7, 13), (17, 8)): [26]}

    def test_the_items_of_part_c(self) -> None:
        found = {
            criteria_set.number: tuple(item.max_points for item in criteria_set.parts[2].items) for criteria_set in SETS
        }
        expected: dict[int, tuple[int, ...]] = {
            **dict.fromkeys((1, 4), (18, 2, 5, 5, 5, 5)),
            3: (15, 5, 5, 5, 5, 5),
            **dict.fromkeys((2, *range(5, 17), 18), (20, 5, 5, 5, 5)),
            17: (15, 10, 5, 5, 5),
            19: (5, 4, 5, 6, 3, 5, 5, 5),
            20: (5, 3, 5, 9, 5, 3, 5, 5),
            21: (5, 4, 5, 6, 5, 5, 5, 5),
            22: (3, 3, 5, 8, 3, 8, 5, 5),
            23: (32, 3, 5),
            24: (27, 5, 3, 5),
            25: (35, 5),
            26: (3, 3, 4, 3, 2, 3, 2, 4, 4, 4, 3, 3, 2),
        }
        assert found == expected
