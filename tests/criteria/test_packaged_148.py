"""The packaged data of Decision 148/QĐ-TTg of 2023: counts and sums, told apart from the files that hold them.

The numbers were counted in the transcription that the data was made from, by a program that shares nothing with the one
that made the data.
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

RAW: Final = RawEdition.read("qd148-2023")
EDITION: Final = PACKAGED.edition("qd148-2023")
SETS: Final = tuple(PACKAGED.sets("qd148-2023"))
PARTS: Final = [("A", 40), ("B", 25), ("C", 35)]
SUMS: Final = {7: [40, 25, 34], 11: [40, 25, 32], 12: [40, 25, 32], 13: [40, 25, 33]}
"""What the best options add up to, part by part, where that is not what the heads of the parts print."""
every_set = pytest.mark.parametrize("criteria_set", SETS, ids=lambda each: each.slug)


class TestEdition:
    def test_dates(self) -> None:
        assert (EDITION.decision, EDITION.issued) == ("148/QĐ-TTg", date(2023, 2, 24))
        assert (EDITION.in_force_from, EDITION.in_force_to) == (date(2023, 2, 24), date(2026, 7, 21))

    def test_bands_and_who_recognises(self) -> None:
        assert EDITION.bands == (
            Band(Star.ONE, 0),
            Band(Star.TWO, 30),
            Band(Star.THREE, 50, Level.DISTRICT),
            Band(Star.FOUR, 70, Level.PROVINCE),
            Band(Star.FIVE, 90, Level.MINISTRY),
        )
        assert not EDITION.whole_number_bands

    def test_the_districts_ended_before_the_decision(self) -> None:
        ((decision, day),) = [(each.decision, each.in_force_from) for each in EDITION.amendments]
        assert (decision, day) == ("1489/QĐ-TTg", date(2025, 7, 6))
        before, after = date(2025, 7, 5), date(2025, 7, 6)
        assert [EDITION.recognised_by(Star.THREE, day) for day in (before, after)] == [Level.DISTRICT, Level.PROVINCE]
        for star in (Star.FOUR, Star.FIVE):
            assert EDITION.recognised_by(star, before) is EDITION.recognised_by(star, after)

    def test_the_register(self) -> None:
        today = PACKAGED.edition("qd26-2026")
        assert [(each.number, each.slug) for each in EDITION.entries] == [(e.number, e.slug) for e in today.entries]
        assert [len(group.subgroups) for group in EDITION.groups] == [6, 2, 3, 2, 3, 1]
        assert [each.division for each in EDITION.entries] == [each.division for each in today.entries]


class TestCounts:
    def test_sets_criteria_options_and_minimums(self) -> None:
        criteria = [criterion for each in SETS for criterion in each.criteria]
        options = [option for criterion in criteria for option in criterion.options]
        assert (len(SETS), len(criteria), len(options)) == (26, 795, 2632)
        marked = Counter(int(option.minimum_for) for option in options if option.minimum_for is not None)
        assert marked == {3: 83, 4: 261, 5: 199}

    def test_the_raw_files_say_the_same(self) -> None:
        criteria = [criterion for document in RAW.sets.values() for criterion in raw_criteria(document)]
        options = [option for criterion in criteria for option in criterion["options"]]
        assert (len(RAW.sets), len(criteria), len(options)) == (26, 795, 2632)
        assert Counter(option.get("minimum_for") for option in options) == {None: 2089, 3: 83, 4: 261, 5: 199}
        assert Counter(criterion.get("minimum_for") for criterion in criteria) == {None: 769, 4: 26}

    def test_the_minimum_of_a_whole_criterion_is_that_of_intellectual_property(self) -> None:
        """Any option meets it, none does not; so the first option stands for it, whichever carries more points."""
        for criteria_set in SETS:
            (criterion,) = [each for each in criteria_set.criteria if each.minimum_for is not None]
            assert (criterion.code, criterion.slug) == ("3.6", "intellectual-property")
            assert criterion.minimums == {Star.FOUR: (criterion.options[0],)}
            assert criterion.unmet(None) == {Star.FOUR: criterion.options[0]}
            assert all(criterion.unmet(letter) == {} for letter in criterion.letters)

    def test_criteria_of_each_set(self) -> None:
        assert [len(criteria_set.criteria) for criteria_set in SETS] == [
            *(32, 31, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 34),
            *(30, 30, 30, 30, 30, 30, 30, 28, 27, 27, 27, 26, 33),
        ]

    def test_cases_are_in_the_tourism_set_alone(self) -> None:
        found = {
            (each.number, criterion.code): [(option.case, option.points) for option in criterion.options]
            for each in SETS
            for criterion in each.criteria
            if any(option.case is not None for option in criterion.options)
        }
        assert found.keys() == {(26, "8"), (26, "9"), (26, "15")}
        assert all({case for case, _ in options} == {"a", "b"} for options in found.values())

    def test_the_rules_by_effect_and_cause(self) -> None:
        assert Counter((rule.effect.value, rule.cause) for each in SETS for rule in each.rules) == {
            ("applies-only-if", "product-has-a-story"): 8,
            ("choose-one-case", None): 3,
            ("disqualified", "all-inputs-imported-or-untraceable"): 2,
            ("disqualified", "copy-of-another-producers-product"): 2,
            ("disqualified", "infringes-intellectual-property"): 2,
            ("evaluation-stops", "food-safety-certificate-not-as-required"): 4,
            ("evaluation-stops", "unsafe-impurities"): 6,
            ("evidence", "food-safety-test-report"): 6,
            ("evidence", "periodic-food-safety-test-reports"): 3,
            ("not-evaluated", "commonplace-product-without-distinct-quality"): 4,
            ("required", "product-not-wholly-from-province"): 3,
        }


class TestSums:
    @every_set
    def test_the_heads_of_the_parts(self, criteria_set: CriteriaSet) -> None:
        assert [(part.code, part.max_points) for part in criteria_set.parts] == PARTS
        assert criteria_set.max_points == EDITION.max_points == 100

    @every_set
    def test_the_best_options_add_up_where_the_set_is_complete(self, criteria_set: CriteriaSet) -> None:
        assert best(criteria_set) == SUMS.get(criteria_set.number, [40, 25, 35])

    def test_four_sets_do_not_add_up_and_say_so(self) -> None:
        assert {each.number: [issue.remark for issue in each.open_issues] for each in SETS if not each.complete} == {
            7: ["smell-maximum-above-best-option"],
            11: ["part-c-sums-to-32"],
            12: ["part-c-sums-to-32"],
            13: ["part-c-sums-to-33"],
        }

    def test_the_criterion_that_no_option_fills(self) -> None:
        smell = SETS[6].criterion("6.4")
        assert (smell.max_points, smell.best) == (4, 3)
        others = [each for each in SETS for criterion in each.criteria if criterion.best != criterion.max_points]
        assert others == [SETS[6]]

    def test_the_sections_of_part_a(self) -> None:
        found = defaultdict(list)
        for criteria_set in SETS:
            found[tuple(item.max_points for item in criteria_set.parts[0].items)].append(criteria_set.number)
        assert found == {
            (18, 10, 12): list(range(1, 21)),
            (19, 9, 12): [21, 22, 23, 24, 25],
            (15, 12, 13): [26],
        }

    def test_the_items_of_part_c(self) -> None:
        found = {
            criteria_set.number: tuple(item.max_points for item in criteria_set.parts[2].items) for criteria_set in SETS
        }
        expected: dict[int, tuple[int, ...]] = {
            **dict.fromkeys((1, 3, 4), (13, 2, 5, 5, 5, 2, 3)),
            2: (15, 5, 5, 5, 2, 3),
            **dict.fromkeys((5, 6, 7, 8, 9, 10), (16, 5, 4, 5, 2, 3)),
            **dict.fromkeys((11, 12), (13, 5, 4, 5, 2, 3)),
            13: (14, 5, 4, 5, 2, 3),
            **dict.fromkeys((14, 15), (16, 5, 4, 5, 5)),
            **dict.fromkeys((16, 17), (14, 5, 6, 5, 5)),
            18: (5, 4, 5, 3, 3, 5, 5, 2, 3),
            19: (5, 3, 5, 4, 5, 3, 5, 2, 3),
            20: (5, 3, 5, 4, 3, 5, 5, 2, 3),
            21: (21, 4, 5, 5),
            22: (25, 5, 5),
            23: (13, 8, 5, 4, 5),
            24: (16, 9, 5, 5),
            25: (15, 10, 5, 5),
            26: (3, 3, 3, 2, 3, 2, 3, 4, 4, 3, 3, 2),
        }
        assert found == expected
