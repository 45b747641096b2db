"""Options, criteria and sets: what reaches a minimum, what leaves it unmet, and how things are looked up."""

from collections.abc import Iterable
from typing import Any

import attrs
import pytest

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Field, Option, Part, Rule, Section, walk
from ocop.errors import ConversionError, UnknownIdError
from ocop.model.stars import Star
from ocop.text import Label

TEA = PACKAGED.criteria_set("qd26-2026/tea")
WATER = PACKAGED.criteria_set("qd26-2026/bottled-water")

PLAIN = Criterion(
    "1.1",
    "plain",
    3,
    (
        Option("a", "none", 0),
        Option("b", "some", 1, Star.THREE),
        Option("c", "as-many-points-but-better", 1, Star.FOUR),
        Option("d", "all", 3),
    ),
)

TWO_CASES = Criterion(
    "8",
    "two-cases",
    3,
    (
        Option("a", "first-low", 0, None, "one"),
        Option("b", "first-middle", 1, Star.THREE, "one"),
        Option("c", "first-top", 3, Star.FOUR, "one"),
        Option("d", "second-low", 0, None, "two"),
        Option("e", "second-middle", 2, Star.THREE, "two"),
        Option("f", "second-top", 3, Star.FIVE, "two"),
    ),
)


def letters_of(options: Iterable[Option]) -> str:
    return "".join(option.letter for option in options)


class TestOption:
    def test_points_below_zero_are_refused(self) -> None:
        flawed = attrs.evolve(PLAIN, options=(Option("a", "fine", -1), *PLAIN.options[1:]))
        tea = PACKAGED.criteria_set("qd26-2026/tea")
        part = attrs.evolve(tea.parts[0], items=(flawed,))
        with pytest.raises(ConversionError, match="points below 0"):
            _ = attrs.evolve(tea, parts=(part,)).table

    def test_it_cannot_be_changed(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            PLAIN.options[0].points = 5  # type: ignore[misc]


class TestCriterion:
    def test_letters_come_in_the_printed_order(self) -> None:
        assert TWO_CASES.letters == ("a", "b", "c", "d", "e", "f")

    def test_minimums_are_the_marked_options(self) -> None:
        assert {star: letters_of(options) for star, options in TWO_CASES.minimums.items()} == {
            Star.THREE: "be",
            Star.FOUR: "c",
            Star.FIVE: "f",
        }

    def test_a_criterion_without_options_is_refused(self) -> None:
        with pytest.raises(ValueError, match="options"):
            Criterion("1", "empty", 0, ())

    def test_an_option_is_found_by_its_letter(self) -> None:
        assert PLAIN.option("c") is PLAIN.options[2]

    @pytest.mark.parametrize("letter", ["e", "A", "", "ab", " a"])
    def test_an_unknown_letter_names_the_known_ones(self, letter: str) -> None:
        with pytest.raises(UnknownIdError) as caught:
            PLAIN.option(letter)
        assert (caught.value.what, caught.value.wanted) == ("option", letter)
        assert caught.value.known == ("a", "b", "c", "d")
        assert str(caught.value) == f"there is no option {letter!r}; known: a, b, c, d"


class TestReaches:
    def test_no_choice_reaches_nothing(self) -> None:
        assert not any(TWO_CASES.reaches(None, option) for option in TWO_CASES.options)

    def test_every_option_reaches_itself(self) -> None:
        assert all(TWO_CASES.reaches(option.letter, option) for option in TWO_CASES.options)

    def test_in_one_case_later_is_better_whatever_the_points(self) -> None:
        assert PLAIN.reaches("c", PLAIN.option("b"))
        assert not PLAIN.reaches("b", PLAIN.option("c"))

    @pytest.mark.parametrize(("choice", "reached"), [("a", ""), ("b", "b"), ("c", "bc")])
    def test_within_the_first_case_the_order_counts(self, choice: str, reached: str) -> None:
        marked = [option for option in TWO_CASES.options if option.case == "one" and option.minimum_for]
        assert letters_of(option for option in marked if TWO_CASES.reaches(choice, option)) == reached

    @pytest.mark.parametrize(
        ("choice", "minimum", "reached"),
        [
            ("d", "b", False),  # later in print, in another case, with fewer points
            ("e", "b", True),  # more points
            ("e", "c", False),  # fewer points
            ("f", "c", True),  # as many points
            ("a", "e", False),
            ("b", "e", False),
            ("c", "e", True),  # earlier in print, in another case, with more points
            ("c", "f", True),  # earlier in print, in another case, with as many points
        ],
    )
    def test_across_cases_the_points_count(self, choice: str, minimum: str, reached: bool) -> None:
        assert TWO_CASES.reaches(choice, TWO_CASES.option(minimum)) is reached

    def test_an_unknown_choice_is_refused(self) -> None:
        with pytest.raises(UnknownIdError):
            PLAIN.reaches("z", PLAIN.option("a"))


class TestUnmet:
    @pytest.mark.parametrize(
        ("choice", "unmet"),
        [(None, "bc"), ("a", "bc"), ("b", "c"), ("c", ""), ("d", "")],
    )
    def test_of_a_plain_criterion(self, choice: str | None, unmet: str) -> None:
        assert letters_of(PLAIN.unmet(choice).values()) == unmet

    @pytest.mark.parametrize(
        ("choice", "unmet"),
        [
            (None, "bcf"),  # no case is chosen: the first marked option of each star
            ("a", "bcf"),
            ("b", "cf"),
            ("c", ""),  # as many points as the five-star minimum of the other case
            ("d", "ecf"),  # three stars: the option of the chosen case; four stars: only marked in the other
            ("e", "cf"),
            ("f", ""),
        ],
    )
    def test_a_star_of_two_cases_is_unmet_once(self, choice: str | None, unmet: str) -> None:
        found = TWO_CASES.unmet(choice)
        assert letters_of(found.values()) == unmet
        assert all(option.minimum_for is star for star, option in found.items())

    def test_stars_ascend_even_where_the_print_does_not(self) -> None:
        options = (Option("a", "top", 1, Star.FIVE, "one"), Option("b", "low", 1, Star.THREE, "two"))
        criterion = Criterion("1", "odd", 1, options)
        assert list(criterion.minimums) == list(criterion.unmet(None)) == [Star.THREE, Star.FIVE]
        assert letters_of(criterion.unmet(None).values()) == "ba"

    def test_without_minimums_nothing_is_unmet(self) -> None:
        free = Criterion("1", "free", 1, (Option("a", "met", 1),))
        assert (free.minimums, free.unmet(None), free.unmet("a")) == ({}, {}, {})


class TestRule:
    @pytest.mark.parametrize("effect", Effect)
    def test_four_effects_are_findings(self, effect: Effect) -> None:
        expected = effect in {Effect.DISQUALIFIED, Effect.NOT_EVALUATED, Effect.REQUIRED, Effect.EVALUATION_STOPS}
        assert Rule(effect, "cause").is_finding is expected

    def test_a_stop_that_the_choices_show_is_no_finding(self) -> None:
        assert not Rule(Effect.EVALUATION_STOPS, "zero", criteria=("1",)).is_finding


class TestCriteriaSet:
    def test_a_set_without_parts_is_refused(self) -> None:
        with pytest.raises(ValueError, match="parts"):
            CriteriaSet("qd26-2026/none", TEA.edition, 1, ())

    def test_criteria_are_those_of_all_parts_in_the_printed_order(self) -> None:
        codes = [criterion.code for criterion in TEA.criteria]
        assert (codes[0], codes[-1], len(codes)) == ("1.1", "11", 32)
        assert codes.index("6.1.1") + 1 == codes.index("6.1.2")

    def test_walk_goes_down_any_depth(self) -> None:
        deep = Section("1", "one", 3, (PLAIN, Section("2", "two", 3, (Section("3", "three", 3, (TWO_CASES,)),))))
        assert [criterion.code for criterion in walk((deep, PLAIN))] == ["1.1", "8", "1.1"]
        assert list(walk(())) == []

    def test_slug_is_the_name_within_the_edition(self) -> None:
        assert TEA.slug == "tea"

    def test_max_points_is_the_sum_of_the_parts(self) -> None:
        part = Part("A", "a", 7, (PLAIN,))
        small = CriteriaSet("qd26-2026/small", TEA.edition, 1, (part, attrs.evolve(part, max_points=5)))
        assert (TEA.max_points, small.max_points) == (100, 12)

    def test_a_criterion_is_found_by_its_code(self) -> None:
        assert TEA.criterion("6.1.2") in TEA.criteria
        assert TEA.criterion("6.1.2").code == "6.1.2"

    @pytest.mark.parametrize(("code", "hint"), [("6.1.1 ", "6.1.1"), ("6,1.1", "6.1.1"), ("nothing", None)])
    def test_an_unknown_code_names_the_nearest(self, code: str, hint: str | None) -> None:
        with pytest.raises(UnknownIdError) as caught:
            TEA.criterion(code)
        assert (caught.value.what, caught.value.wanted, caught.value.hint) == ("criterion", code, hint)
        assert caught.value.__suppress_context__

    @pytest.mark.parametrize(("code", "part"), [("1.1", "A"), ("4.1", "B"), ("6.1.2", "C"), ("11", "C")])
    def test_part_of_a_criterion(self, code: str, part: str) -> None:
        assert TEA.part_of(code).code == part

    def test_part_of_an_unknown_criterion(self) -> None:
        with pytest.raises(UnknownIdError, match="criterion"):
            TEA.part_of("99")

    def test_citation_in_both_languages(self) -> None:
        assert TEA.citation == Label(
            "Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ số 11", "Decision 26/2026/QĐ-TTg, Annex II, set 11"
        )

    def test_findings_come_in_the_order_of_the_rules(self) -> None:
        assert TEA.findings == (
            "forged-dossier",
            "food-safety-eligibility-rules-not-met",
            "registration-dossier-not-compliant",
            "all-inputs-imported-or-untraceable",
            "copy-of-another-producers-product",
            "unsafe-impurities",
        )

    def test_a_finding_comes_once_and_only_with_a_cause(self) -> None:
        rules = (
            Rule(Effect.REQUIRED, "twice"),
            Rule(Effect.DISQUALIFIED),
            Rule(Effect.EVIDENCE, "evidence"),
            Rule(Effect.DISQUALIFIED, "once"),
            Rule(Effect.NOT_EVALUATED, "twice"),
        )
        assert attrs.evolve(TEA, rules=rules).findings == ("twice", "once")

    def test_a_derived_stop_is_no_finding(self) -> None:
        assert "zero-points-in-any-of" not in WATER.findings

    def test_the_table_is_made_once(self) -> None:
        assert TEA.table is TEA.table

    def test_printed_form_is_short(self) -> None:
        assert repr(TEA).startswith("CriteriaSet(id='qd26-2026/tea', number=11")
        assert len(repr(TEA)) < 200


class TestDigest:
    def test_form(self) -> None:
        prefix, _, digits = TEA.digest.partition(":")
        assert (prefix, len(digits)) == ("sha256", 64)
        assert set(digits) <= set("0123456789abcdef")

    def test_words_do_not_change_it(self) -> None:
        part = TEA.parts[0]
        section = part.items[0]
        assert isinstance(section, Section)
        criterion = section.items[0]
        assert isinstance(criterion, Criterion)
        other = Label("khác", "other")
        option = attrs.evolve(criterion.options[0], label=other, case_label=other)
        criterion = attrs.evolve(criterion, label=other, options=(option, *criterion.options[1:]))
        section = attrs.evolve(section, label=other, items=(criterion, *section.items[1:]))
        part = attrs.evolve(part, label=other, items=(section, *part.items[1:]))
        relabelled = attrs.evolve(
            TEA,
            label=other,
            parts=(part, *TEA.parts[1:]),
            rules=tuple(attrs.evolve(rule, label=other) for rule in TEA.rules),
            errata=tuple(attrs.evolve(erratum, label=other) for erratum in TEA.errata),
            remarks=tuple(attrs.evolve(remark, label=other) for remark in TEA.remarks),
        )
        assert relabelled != TEA
        assert relabelled.digest == TEA.digest

    def test_the_law_changes_it(self) -> None:
        part = TEA.parts[2]
        criterion = TEA.criterion("11")
        place = part.items.index(criterion)

        def with_option(**changes: Any) -> CriteriaSet:
            option = attrs.evolve(criterion.options[0], **changes)
            changed = attrs.evolve(criterion, options=(option, *criterion.options[1:]))
            items = (*part.items[:place], changed, *part.items[place + 1 :])
            return attrs.evolve(TEA, parts=(*TEA.parts[:2], attrs.evolve(part, items=items)))

        changed = [
            with_option(points=criterion.options[0].points + 1),
            with_option(minimum_for=Star.THREE),
            with_option(letter="z"),
            with_option(slug="another"),
            with_option(case="one"),
            attrs.evolve(TEA, rules=TEA.rules[1:]),
            attrs.evolve(TEA, errata=TEA.errata[1:]),
            attrs.evolve(TEA, remarks=()),
            attrs.evolve(TEA, number=12),
            attrs.evolve(TEA, id="qd26-2026/tee"),
        ]
        assert len({TEA.digest, *(each.digest for each in changed)}) == len(changed) + 1

    def test_an_unchanged_copy_has_the_same(self) -> None:
        assert attrs.evolve(TEA).digest == TEA.digest


def test_fields_of_errata() -> None:
    assert [each.value for each in Field] == ["points", "max_points"]
