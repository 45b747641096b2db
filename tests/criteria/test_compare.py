"""What differs between two sets is told by slug, completely, and the same from either side."""

import json
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from ocop.criteria.compare import Comparison, Difference, compare
from ocop.criteria.model import CriteriaSet, Effect, Rule
from ocop.testing import criteria_sets
from ocop.text import LANGUAGES, Label

SETS = tuple(ocop.PACKAGED.sets())
TEA = ocop.criteria_set("qd26-2026/tea")
packaged_sets = st.sampled_from(SETS)
any_set = st.one_of(packaged_sets, criteria_sets())


def mirrored(found: Comparison) -> dict[str, Any]:
    """What a comparison says, told from the other side."""
    told = found.to_dict()

    def turned(changes: dict[str, Any]) -> dict[str, Any]:
        return {name: pair[::-1] for name, pair in changes.items()}

    told["old"], told["new"] = told["new"], told["old"]
    told["parts"] = turned(told["parts"])
    told["added"], told["dropped"] = told["dropped"], told["added"]
    told["rules"]["added"], told["rules"]["dropped"] = told["rules"]["dropped"], told["rules"]["added"]
    for change in told["changed"]:
        change["differences"] = turned(change["differences"])
        change["added"], change["dropped"] = change["dropped"], change["added"]
        for option in change["changed"]:
            option["differences"] = turned(option["differences"])
    return unordered(told)


def unordered(told: dict[str, Any]) -> dict[str, Any]:
    """A comparison's lists follow the printed order of the new set, so that only the order differs from either side."""
    told["changed"] = sorted(told["changed"], key=lambda change: change["criterion"])
    for change in told["changed"]:
        change["changed"] = sorted(change["changed"], key=lambda option: option["option"])
    told["same"] = sorted(told["same"])
    return told


class TestProperties:
    @given(any_set)
    def test_a_set_does_not_differ_from_itself(self, the_set: CriteriaSet) -> None:
        found = compare(the_set, the_set)
        assert found.is_empty
        assert found.same == the_set.criteria
        assert [len(found.text(lang).splitlines()) for lang in LANGUAGES] == [2, 2]

    @settings(max_examples=60)
    @given(packaged_sets, packaged_sets)
    def test_it_says_the_same_from_either_side(self, old: CriteriaSet, new: CriteriaSet) -> None:
        assert mirrored(compare(new, old)) == unordered(compare(old, new).to_dict())

    @settings(max_examples=60)
    @given(packaged_sets, packaged_sets)
    def test_every_criterion_option_and_rule_is_told_once(self, old: CriteriaSet, new: CriteriaSet) -> None:
        found = compare(old, new)
        both = [each.new.slug for each in found.changed] + [each.slug for each in found.same]
        assert sorted([*both, *(each.slug for each in found.added)]) == sorted(each.slug for each in new.criteria)
        assert sorted([*both, *(each.slug for each in found.dropped)]) == sorted(each.slug for each in old.criteria)
        for change in found.changed:
            assert change.differences or change.added or change.dropped or change.changed
            kept = {option.slug for option in change.new.options} - {option.slug for option in change.added}
            assert {option.slug for option in change.old.options} == kept | {each.slug for each in change.dropped}
            assert kept >= {each.new.slug for each in change.changed}
        assert len(old.rules) - len(found.rules_dropped) == len(new.rules) - len(found.rules_added)
        assert {each.rule for each in found.rules_added} <= {*new.rules}
        assert {each.rule for each in found.rules_dropped} <= {*old.rules}

    @settings(max_examples=30)
    @given(packaged_sets, packaged_sets)
    def test_text_and_json_name_all_of_it(self, old: CriteriaSet, new: CriteriaSet) -> None:
        found = compare(old, new)
        assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
        assert str(found) == found.text("vi")
        for lang in LANGUAGES:
            text = found.text(lang)
            for criterion in (*found.added, *found.dropped, *(each.new for each in found.changed)):
                assert f"{criterion.code} {criterion.label.get(lang)}" in text
            for each in (*found.rules_added, *found.rules_dropped):
                assert each.rule.label.get(lang) in text


class TestEditions:
    def test_fish_sauce_from_2023_to_2026(self) -> None:
        old, new = (ocop.criteria_set(f"{edition}/liquid-condiments") for edition in ("qd148-2023", "qd26-2026"))
        found = compare(old, new)
        assert [each.slug for each in found.added] == ["bilingual-label"]
        assert [each.slug for each in found.dropped] == ["accounting", "periodic-testing"]
        assert (found.parts, len(found.changed), len(found.same)) == ((), 23, 7)
        by_slug = {each.new.slug: each for each in found.changed}
        assert by_slug["intellectual-property"].differences == (
            Difference("code", "3.6", "3.5"),
            Difference("max_points", 2, 3),
            Difference("minimum_for", 4, None),
        )
        text = found.text("en").splitlines()
        assert (
            "  3.5 Intellectual property (maximum 3): number 3.6 → 3.5; maximum 2 → 3; minimum for 4 stars → –" in text
        )
        assert "Rules added:" in text
        assert "  disqualified – the dossier is forged" in text

    def test_parts_of_another_weight(self) -> None:
        found = compare(ocop.criteria_set("qd1048-2019/tea"), TEA)
        assert [(code, each.old, each.new) for code, each in found.parts] == [("A", 35, 40), ("C", 40, 35)]
        assert found.text("en").splitlines()[1:3] == ["Part A: maximum 35 → 40", "Part C: maximum 40 → 35"]
        assert found.to_dict()["parts"] == {"A": [35, 40], "C": [40, 35]}
        assert not found.is_empty

    def test_ticks_that_add_up_are_a_difference(self) -> None:
        criterion = TEA.criteria[0]
        part = evolve(TEA.parts[0], items=(evolve(criterion, additive=True), *TEA.parts[0].items[1:]))
        ticked = evolve(TEA, parts=(part, *TEA.parts[1:]))
        assert "ticks that add up: – → yes" in compare(TEA, ticked).text("en")


class TestRules:
    RULE = Rule(Effect.REQUIRED, "grown-here", "1.1", label=Label("trồng tại chỗ", "is not grown here"))

    def test_a_rule_more_is_a_difference_of_its_own(self) -> None:
        ours = evolve(TEA, rules=(*TEA.rules, self.RULE))
        found = compare(TEA, ours)
        assert not found.is_empty
        assert [(each.rule, each.criterion) for each in found.rules_added] == [(self.RULE, TEA.criterion("1.1"))]
        assert found.rules_dropped == ()
        assert found.text("en").splitlines()[1:3] == [
            "Rules added:",
            "  1.1 Origin of inputs: not eligible – is not grown here",
        ]
        assert found.to_dict()["rules"] == {
            "added": [{"effect": "required", "cause": "grown-here", "criterion": "input-origin"}],
            "dropped": [],
        }
        assert "Quy tắc không còn:" in compare(ours, TEA).text("vi")

    def test_another_number_of_the_criterion_is_no_difference(self) -> None:
        """The story is criterion 5.1 in one edition and might be 4.1 in another: what counts is its slug."""
        herbs = ocop.criteria_set("qd26-2026/herbal-infusions")
        impurities = [next(rule for rule in each.rules if rule.cause == "unsafe-impurities") for each in (TEA, herbs)]
        assert [rule.criterion for rule in impurities] == ["6.1.1", "6.1"]
        assert not {rule.rule for rule in compare(TEA, herbs).rules_added} & {*impurities}

    @pytest.mark.parametrize(
        ("slug", "changes"),
        [
            ("tea", {"effect": Effect.NOT_EVALUATED}),
            ("tea", {"cause": "another"}),
            ("tea", {"criterion": "1.2"}),
            ("tea", {"depends_on": "1.1"}),
            ("bottled-water", {"criteria": ("6.1",)}),
        ],
    )
    def test_what_makes_another_rule(self, slug: str, changes: dict[str, Any]) -> None:
        the_set = ocop.criteria_set(f"qd26-2026/{slug}")

        def changes_in(rule: Rule) -> bool:
            return any(getattr(rule, name) for name in changes)

        (place,) = [
            place
            for place, rule in enumerate(the_set.rules)
            if (rule.cause == "forged-dossier" if {*changes} <= {"effect", "cause", "criterion"} else changes_in(rule))
        ]
        other = evolve(the_set.rules[place], **changes)
        found = compare(the_set, evolve(the_set, rules=(*the_set.rules[:place], other, *the_set.rules[place + 1 :])))
        assert [each.rule for each in found.rules_added] == [other]
        assert [each.rule for each in found.rules_dropped] == [the_set.rules[place]]

    def test_a_stop_names_its_criteria_and_a_condition_what_it_depends_on(self) -> None:
        water, tourism = (ocop.criteria_set(f"qd26-2026/{slug}") for slug in ("bottled-water", "community-tourism"))
        rules = compare(tourism, water).to_dict()["rules"]
        stop = next(rule for rule in rules["added"] if rule["effect"] == "evaluation-stops")
        assert stop["criteria"] == sorted(water.criterion(f"6.{place}").slug for place in (1, 2, 3, 4))
        condition = next(rule for rule in rules["added"] if rule["effect"] == "applies-only-if")
        assert (condition["criterion"], condition["depends_on"]) == ("story-structure", "product-story")
        assert {"effect": "choose-one-case", "criterion": "amenities"} in rules["dropped"]


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="lang"):
        compare(TEA, TEA).text("fr")  # type: ignore[arg-type]


def test_it_shows_itself_as_html_and_text() -> None:
    found = ocop.compare(ocop.criteria_set("qd148-2023/white-spirits"), ocop.criteria_set("qd26-2026/white-spirits"))
    bundle = found._repr_mimebundle_()
    assert bundle["text/plain"].splitlines()[0] == found.text("vi").splitlines()[0]
    assert found._repr_html_() == bundle["text/html"]
    assert "qd148-2023/white-spirits" in bundle["text/html"]
