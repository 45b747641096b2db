"""A draft for another set carries what is the same thing, leaves the rest open with a reason, and guesses nothing."""

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from ocop.criteria.model import CriteriaSet, Criterion, Option, Part
from ocop.errors import SheetError, UnknownIdError
from ocop.scoring.carry_over import Carried, CarryOver, LeftOpen, WhyOpen, carry_over
from ocop.testing import criteria_sets, score_sheets
from packaged import COMPLETE

TEA = ocop.load("docs/examples/tea.json")
FISH_SAUCE = {year: ocop.load(f"docs/examples/editions/fish-sauce-{year}.json") for year in (2019, 2023, 2026)}
TODAY = "qd26-2026/liquid-condiments"


def slugs(criterion: Criterion, choice: Any) -> set[str]:
    return {option.slug for option in criterion.chosen(choice)}


def sound(draft: CarryOver) -> None:
    """What holds of every draft."""
    old, new = draft.old_set, draft.new_set
    assert [*draft.sheet.choices] == [criterion.code for criterion in new.criteria]
    told = [each.new for each in draft.carried] + [each.criterion for each in draft.left_open]
    assert sorted(told) == sorted(criterion.code for criterion in new.criteria)
    for each in draft.carried:
        before, after = old.criterion(each.old), new.criterion(each.new)
        assert before.slug == after.slug
        assert draft.sheet.choices[each.new] == each.choice
        assert slugs(after, each.choice) == slugs(before, draft.old.choices[each.old])
        for letter in each.better:
            assert after.option(letter).slug not in {option.slug for option in before.options}
            assert after.additive or after.option(letter).points > after.points_of(each.choice)
    by_slug = {criterion.slug: criterion.code for criterion in old.criteria}
    for left in draft.left_open:
        assert draft.sheet.choices[left.criterion] == ""
        assert left.old == by_slug.get(new.criterion(left.criterion).slug)
        assert (left.why is WhyOpen.NEW_CRITERION) == (left.old is None)
    shared = {criterion.slug for criterion in new.criteria}
    assert draft.dropped == tuple(criterion.code for criterion in old.criteria if criterion.slug not in shared)
    assert (draft.sheet.product, draft.sheet.evaluator) == (draft.old.product, draft.old.evaluator)
    assert {*draft.sheet.findings} | {*draft.dropped_findings} == {*draft.old.findings}
    assert {*draft.sheet.findings} <= {*new.findings}
    for lang in ("vi", "en"):
        assert len(draft.explain(lang).splitlines()) >= 2 + len(draft.left_open)


class TestProperties:
    @settings(max_examples=150)
    @given(score_sheets(), st.sampled_from(COMPLETE))
    def test_every_criterion_is_carried_or_left_open_and_no_option_differs(
        self, sheet: ocop.ScoreSheet, to: CriteriaSet
    ) -> None:
        draft = carry_over(sheet, to)
        assert draft == carry_over(sheet, to.id)
        sound(draft)
        if draft.left_open:
            with pytest.raises(SheetError) as caught:
                ocop.score(draft.sheet)
            pointers = {f"/choices/{each.criterion}" for each in draft.left_open}
            assert {each.pointer for each in caught.value.report.problems if each.code == "choice-empty"} == pointers

    @given(score_sheets())
    def test_to_the_same_set_it_is_the_same_sheet(self, sheet: ocop.ScoreSheet) -> None:
        draft = carry_over(sheet, sheet.criteria_set)
        assert draft.sheet == sheet
        assert (draft.left_open, draft.dropped, draft.dropped_findings) == ((), (), ())
        assert not any(each.better for each in draft.carried)

    @given(st.data())
    def test_made_up_sets(self, data: st.DataObject) -> None:
        old, new = data.draw(criteria_sets()), data.draw(criteria_sets())
        catalog = ocop.PACKAGED.with_edition(old.edition, [old], ocop.PACKAGED.labels(old.edition.id), "")
        sound(carry_over(data.draw(score_sheets(old)), new, catalog=catalog))


class TestEditions:
    def test_a_fish_sauce_of_2023_by_the_set_of_2026(self) -> None:
        draft = carry_over(FISH_SAUCE[2023], TODAY)
        sound(draft)
        assert [each.new for each in draft.carried] == [
            "1.1", "1.2", "1.3", "1.5", "1.6", "2.2", "4.2", "6.1", "6.2", "6.3", "6.4", "6.5", "7", "10", "11",
        ]  # fmt: skip
        assert Carried("7.1", "7", "c") in draft.carried
        assert {each.new: each.better for each in draft.carried if each.better} == {"1.3": ("c",)}
        assert LeftOpen("2.4", WhyOpen.NEW_CRITERION) in draft.left_open
        assert {each.criterion for each in draft.left_open if each.why is WhyOpen.OPTION_GONE} == {
            "1.4", "2.1", "2.3", "3.1", "3.2", "3.3", "3.4", "3.5", "4.1", "4.3", "5.1", "5.2", "5.3", "8", "9",
        }  # fmt: skip
        assert draft.dropped == ("3.5", "8.2")
        text = draft.explain("en")
        assert "Carried over: 15 criteria." in text
        # Linkage was counted by the inputs bought, and is by the volume sold: the same words, but not the same thing.
        assert "  1.4 Production linkage: the option chosen is gone or has changed" in text
        assert "kept option b; look at the new option: c" in text
        assert "No longer in the new set: 3.5 Accounting, 8.2 Periodic safety testing" in text

    def test_what_is_left_is_filled_in_and_scored(self) -> None:
        draft = carry_over(FISH_SAUCE[2023], TODAY)
        filled = draft.sheet.with_choices(
            {each.criterion: FISH_SAUCE[2026].choices[each.criterion] for each in draft.left_open}
        )
        assert filled == FISH_SAUCE[2026]

    @pytest.mark.parametrize(
        ("year", "total", "by_points", "star", "missing"),
        [(2019, 72, 4, 4, []), (2023, 79, 4, 4, []), (2026, 71, 4, 3, [("5.1", "e")])],
    )
    def test_one_product_by_each_edition(
        self, year: int, total: int, by_points: int, star: int, missing: list[tuple[str, str]]
    ) -> None:
        score = ocop.score(FISH_SAUCE[year])
        assert (score.total, score.star_by_points, score.star) == (total, by_points, star)
        unmet = [(each.criterion, each.option) for each in score.unmet_minimums if each.star <= by_points]
        assert unmet == missing

    def test_a_set_that_is_not_complete_may_be_carried_from(self) -> None:
        old = ocop.criteria_set("qd148-2023/tea")
        sheet = ocop.ScoreSheet(old.id, {criterion.code: criterion.options[-1].letter for criterion in old.criteria})
        draft = carry_over(sheet, "qd26-2026/tea")
        sound(draft)
        assert draft.carried


class TestReasons:
    def test_a_wrong_or_empty_answer_is_not_carried(self) -> None:
        sheet = TEA.with_choices({"1.1": "z", "1.3": "", "5.1": None})
        draft = carry_over(sheet, "qd26-2026/coffee-cocoa")
        why = {each.criterion: each.why for each in draft.left_open}
        assert (why["1.1"], why["1.3"]) == (WhyOpen.NOT_ANSWERED, WhyOpen.NOT_ANSWERED)
        # Points for the structure of a story that there is not: the old sheet was refused for that.
        assert why["5.2"] is WhyOpen.NOT_ANSWERED
        missing = ocop.ScoreSheet(TEA.criteria_set, {code: TEA.choices[code] for code in TEA.choices if code != "2.1"})
        assert LeftOpen("2.1", WhyOpen.NOT_ANSWERED, "2.1") in carry_over(missing, TEA.criteria_set).left_open

    def test_findings_that_the_new_set_does_not_know_are_told(self) -> None:
        sheet = evolve(TEA, findings=["forged-dossier", "unsafe-impurities"])
        draft = carry_over(sheet, "qd26-2026/handicrafts")
        assert (draft.sheet.findings, draft.dropped_findings) == (("forged-dossier",), ("unsafe-impurities",))
        assert "Findings that the new set does not know: unsafe-impurities" in draft.explain("en")
        assert "Kết luận mà bộ mới không có: unsafe-impurities" in draft.explain("vi")

    def test_unknown_sets_and_languages_are_refused(self) -> None:
        with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026/tea'"):
            carry_over(TEA, "qd26-2026/tee")
        with pytest.raises(SheetError):
            carry_over(evolve(TEA, criteria_set="qd26-2026/tee"), "qd26-2026/tea")
        with pytest.raises(ValueError, match="lang"):
            carry_over(TEA, "qd26-2026/tea").explain("fr")  # type: ignore[arg-type]


def made(*slugs_of: str, additive: bool = False) -> CriteriaSet:
    """A set of one criterion with these options, worth 1, 2, 3 … points."""
    options = tuple(Option(chr(97 + at), slug, at + 1) for at, slug in enumerate(slugs_of))
    criterion = Criterion("1", "one", 9, options, additive=additive)
    return CriteriaSet("qd26-2026/made", ocop.edition("qd26-2026"), 1, (Part("A", "a", 9, (criterion,)),))


@pytest.mark.parametrize(
    ("old", "choice", "new", "expected"),
    [
        # The letter is the new set's; options of more points that the old set lacked are pointed out.
        (made("x", "y"), "b", made("w", "y"), Carried("1", "1", "b")),
        (made("x", "y"), "a", made("w", "x", "z"), Carried("1", "1", "b", ("c",))),
        (made("x", "y"), "a", made("y", "z"), WhyOpen.OPTION_GONE),
        # None met is carried where nothing new could be met.
        (made("x", "y"), None, made("x", "y"), Carried("1", "1", None)),
        (made("x", "y"), None, made("x"), Carried("1", "1", None)),
        (made("x"), None, made("x", "y"), WhyOpen.OTHER_OPTIONS),
        # Ticks: all or nothing.
        (made("x", "y", additive=True), ("b", "a"), made("y", "x", "z", additive=True), ("1", "1", {"x", "y"}, ("c",))),
        (made("x", "y", additive=True), ("a", "b"), made("x", "z", additive=True), WhyOpen.OPTION_GONE),
        (made("x", additive=True), (), made("x", additive=True), Carried("1", "1", ())),
        (made("x", additive=True), None, made("x", additive=True), Carried("1", "1", None)),
        # Ticks on one side only are not the same question.
        (made("x", "y", additive=True), ("a",), made("x", "y"), WhyOpen.OPTION_GONE),
        (made("x", "y"), "a", made("x", "y", additive=True), WhyOpen.OPTION_GONE),
        (made("x", "y"), None, made("x", "y", additive=True), WhyOpen.OTHER_OPTIONS),
        (made("x", "y", additive=True), ("z",), made("x", "y", additive=True), WhyOpen.NOT_ANSWERED),
    ],
)
def test_one_criterion(old: CriteriaSet, choice: Any, new: CriteriaSet, expected: Any) -> None:
    catalog = ocop.PACKAGED.with_edition(old.edition, [old], ocop.PACKAGED.labels("qd26-2026"), "")
    draft = carry_over(ocop.ScoreSheet(old.id, {"1": choice}), new, catalog=catalog)
    if isinstance(expected, WhyOpen):
        assert [each.why for each in draft.left_open] == [expected]
    elif isinstance(expected, tuple):
        (found,) = draft.carried
        assert (found.old, found.new, slugs(new.criteria[0], found.choice), found.better) == expected
    else:
        assert draft.carried == (expected,)
