from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.scoring.steps import Step, StepKind
from ocop.testing import criteria_sets, score_sheets
from packaged import COMPLETE


def of_kind(score: ocop.Score, kind: StepKind) -> list[Step]:
    return [step for step in score.steps.walk() if step.kind is kind]


@given(st.data())
def test_the_tree_adds_up_and_names_every_minimum(data: st.DataObject) -> None:
    the_set = data.draw(st.one_of(criteria_sets(), st.sampled_from(COMPLETE)))
    score = ocop.score(data.draw(score_sheets(the_set)), the_set)
    root = score.steps
    assert (root.points, root.star) == (score.total, score.star)
    assert {step.code: step.points for step in of_kind(score, StepKind.PART)} == score.part_totals
    assert [step.code for step in of_kind(score, StepKind.CRITERION)] == [c.code for c in the_set.criteria]
    for step in root.walk():
        if step.kind in (StepKind.PART, StepKind.SECTION):
            assert step.points == sum(child.points or 0 for child in step.children)
            assert step.points <= (step.max_points or 0)
    unmet = [(step.code, step.option, step.star) for step in of_kind(score, StepKind.MINIMUM) if not step.met]
    assert unmet == [(each.criterion, each.option, each.star) for each in score.unmet_minimums]
    reached = [step.star for step in of_kind(score, StepKind.BAND) if step.met]
    assert reached[-1] == score.star_by_points


def test_every_step_cites_its_source() -> None:
    score = ocop.score(ocop.load("docs/examples/tea-capped.json"))
    assert all("26/2026/QĐ-TTg" in step.source.vi for step in score.steps.walk())
    (step,) = [step for step in of_kind(score, StepKind.CRITERION) if step.code == "3.4"]
    assert step.source.en == "Decision 26/2026/QĐ-TTg, Annex II, set 11, criterion 3.4"
    assert step.source.vi == "Quyết định 26/2026/QĐ-TTg, Phụ lục II, bộ số 11, tiêu chí 3.4"
    assert (step.option, step.points) == ("a", 1)
    assert step.option_label is not None
    assert {band.source.en for band in of_kind(score, StepKind.BAND)} == {"Decision 26/2026/QĐ-TTg, Article 3"}


def test_a_criterion_with_no_option_met_has_0_points_and_no_option() -> None:
    tea = ocop.criteria_set("qd26-2026/tea")
    score = ocop.score(ocop.ScoreSheet(tea.id, {c.code: None for c in tea.criteria}))
    for step in of_kind(score, StepKind.CRITERION):
        assert (step.points, step.option, step.option_label) == (0, None, None)


def test_the_rules_that_acted_are_steps_with_their_criterion() -> None:
    score = ocop.score(ocop.load("docs/examples/bottled-water-stopped.json"))
    (rule,) = of_kind(score, StepKind.RULE)
    assert rule.code == "zero-points-in-any-of"
    assert rule.source.en.endswith("set 16, criterion 6.4")


def test_the_steps_are_built_once() -> None:
    score = ocop.score(ocop.load("docs/examples/tea.json"))
    assert score.steps is score.steps
