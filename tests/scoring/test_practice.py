"""Practice sheets: scored and explained like any other, marked everywhere, and kept out of councils and rankings."""

import json
from typing import Any

import pytest
from attrs import evolve

import ocop
from ocop.errors import ConversionError, SheetError
from ocop.scoring.sensitivity import leave_one_out
from ocop.scoring.sheet import Purpose

REAL = ocop.load("docs/examples/tea.json")
TRIAL = evolve(REAL, purpose=Purpose.PRACTICE)


def test_a_practice_sheet_is_scored_like_any_other() -> None:
    real, trial = ocop.score(REAL), ocop.score(TRIAL)
    assert (trial.total, trial.star, trial.unmet_minimums) == (real.total, real.star, real.unmet_minimums)
    assert (real.is_practice, trial.is_practice) == (False, True)


def test_every_output_says_so() -> None:
    trial = ocop.score(TRIAL)
    assert trial.explain("en").startswith("PRACTICE: this result evaluates no product.\n")
    assert trial.explain("vi").startswith("CHẤM THỬ: kết quả này không phải là đánh giá sản phẩm.\n")
    assert trial.to_json()["sheet"]["purpose"] == "practice"
    assert "purpose" not in ocop.score(REAL).to_json()["sheet"]
    plan = ocop.plan_upgrade(TRIAL, ocop.Star.FIVE)
    assert plan.explain("en").startswith("PRACTICE: no product is evaluated.\n")
    council = ocop.score_council([TRIAL], allow_practice=True)
    assert council.explain("en").startswith("PRACTICE")
    table = ocop.rank([trial], allow_practice=True).text("en")
    assert f"{TRIAL.product} (practice)" in table


def test_it_is_written_and_read() -> None:
    assert json.loads(ocop.dumps(TRIAL))["purpose"] == "practice"
    assert ocop.loads(ocop.dumps(TRIAL)) == TRIAL
    assert ocop.validate(TRIAL).ok
    assert ocop.ScoreSheet(REAL.criteria_set, REAL.choices, purpose="practice").purpose is Purpose.PRACTICE
    score = ocop.score(TRIAL)
    assert ocop.loads(ocop.dumps(score)) == score


@pytest.mark.parametrize("purpose", ["trial", None, 1, [], True])
def test_another_purpose_is_refused(purpose: Any) -> None:
    with pytest.raises(ConversionError, match="expected evaluation or practice"):
        ocop.ScoreSheet(REAL.criteria_set, REAL.choices, purpose=purpose)


def test_councils_refuse_it_unless_asked() -> None:
    others = [evolve(REAL, evaluator="An"), evolve(TRIAL, evaluator="Bình")]
    with pytest.raises(SheetError) as caught:
        ocop.score_council(others)
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.pointer) == ("council-practice", "/sheets/1/purpose")
    council = ocop.score_council(others, allow_practice=True)
    assert council.is_practice
    assert len(leave_one_out(council)) == 2
    assert not ocop.score_council([REAL]).is_practice


def test_rankings_refuse_it_unless_asked() -> None:
    scores = [ocop.score(REAL), ocop.score(evolve(TRIAL, product="Chè thử"))]
    with pytest.raises(ConversionError, match="practice sheets are not ranked unless allow_practice is set"):
        ocop.rank(scores)
    assert len(ocop.rank(scores, allow_practice=True)) == 2
