"""The tourism set of 2019, superseded in 2020: ticks that add up, in a set that is not complete."""

import json
import random
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

import independent_scorer
import ocop
from ocop.criteria.catalog import Catalog
from ocop.criteria.lint import flaws, lint, lint_edition
from ocop.errors import ConversionError, SheetError
from ocop.scoring.sensitivity import sensitivity

FOLDER = Path("docs/examples/own/tourism-2019")
SET_ID = "tourism-2019/rural-tourism-and-festivals"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return ocop.register(FOLDER)


@pytest.fixture(scope="module")
def tourism(catalog: Catalog) -> ocop.CriteriaSet:
    return catalog.criteria_set(SET_ID)


def example(**changes: Any) -> ocop.ScoreSheet:
    sheet = ocop.load(FOLDER / "sheet.json")
    assert isinstance(sheet, ocop.ScoreSheet)
    return sheet.with_choices({code.strip("_").replace("_", "."): choice for code, choice in changes.items()})


def test_it_says_what_it_is(tourism: ocop.CriteriaSet) -> None:
    assert lint_edition(tourism.edition).ok
    assert flaws(tourism) == []
    assert [(problem.code, problem.pointer) for problem in lint(tourism).problems] == [
        ("set-sum-wrong", "/parts/0/max_points")
    ]
    assert tourism.edition.programme == "tourism-2019"
    for words in (tourism.citation, tourism.edition.source.label):
        assert "Minh họa" in words.vi
        assert "Illustration" in words.en
    assert "superseded" in tourism.citation.en
    assert not tourism.complete


def test_part_c_is_seven_criteria_whose_ticks_add_up(tourism: ocop.CriteriaSet) -> None:
    additive = [criterion for criterion in tourism.criteria if criterion.additive]
    assert [criterion.code for criterion in additive] == ["6", "7", "8", "9", "10", "11", "12"]
    assert sum(criterion.max_points for criterion in additive) == tourism.parts[2].max_points == 40
    for criterion in additive:
        assert sum(option.points for option in criterion.options) == criterion.max_points
        for count in range(len(criterion.options) + 1):
            for ticked in combinations(criterion.options, count):
                choice = tuple(option.letter for option in ticked)
                assert criterion.points_of(choice) == sum(option.points for option in ticked)


def test_the_example_is_scored_on_purpose_only(catalog: Catalog) -> None:
    with pytest.raises(SheetError) as caught:
        ocop.score(example(), catalog=catalog)
    assert caught.value.report.codes == ("set-incomplete",)
    score = ocop.score(example(), catalog=catalog, allow_incomplete=True)
    assert (score.total, dict(score.part_totals), score.star) == (60, {"A": 20, "B": 16, "C": 24}, 3)
    assert "Part A is headed 35 points, but what is in it adds up to 34." in score.explain("en")
    assert "chỉ để tham khảo" in score.explain("vi")
    written = ocop.dumps(score)
    assert json.loads(written)["set_complete"] is False
    assert ocop.loads(written, catalog=catalog) == score


def test_one_tick_more_is_its_points_more(catalog: Catalog, tourism: ocop.CriteriaSet) -> None:
    def total(choice: Any) -> int:
        return ocop.score(example(_12=choice), tourism, allow_incomplete=True).total

    assert [total(choice) for choice in (None, (), ("b",), ("a", "b"), ("c", "b", "a"))] == [57, 57, 60, 62, 65]
    (problem,) = ocop.validate(example(_12="b"), catalog=catalog).problems
    assert (problem.code, problem.pointer) == ("choice-not-a-list", "/choices/12")


def test_the_independent_scorer_agrees(tourism: ocop.CriteriaSet) -> None:
    law = json.loads((FOLDER / "sets" / "rural-tourism-and-festivals.json").read_text("utf-8"))
    decision = json.loads((FOLDER / "edition.json").read_text("utf-8"))
    rng = random.Random(5)  # noqa: S311
    sizes: set[int] = set()
    for _ in range(400):
        choices, findings = independent_scorer.random_sheet(law, rng)
        score = ocop.score(ocop.ScoreSheet(SET_ID, choices, findings), tourism, allow_incomplete=True)
        expected = independent_scorer.score(law, decision, choices, findings, allow_incomplete=True)
        sizes.add(len(choices["10"] or ()))
        assert expected == {
            "total": score.total,
            "part_totals": dict(score.part_totals),
            "star_by_points": int(score.star_by_points),
            "unmet_minimums": [],
            "star": int(score.star or 0),
            "outcome": score.outcome.value,
        }
    assert sizes == {0, 1, 2, 3, 4}
    with pytest.raises(ValueError, match="not complete"):
        independent_scorer.score(law, decision, choices, findings)


def test_plans_and_single_changes_take_ticks(catalog: Catalog) -> None:
    plan = ocop.plan_upgrade(example(), ocop.Star.FOUR, allow_incomplete=True, catalog=catalog)
    assert plan.after is not None
    assert (plan.after.total >= 70, plan.after.star) == (True, ocop.Star.FOUR)
    assert any(isinstance(change.new, tuple) for change in plan.changes)
    near = ocop.score(example(_12=("a", "b", "c"), _9=("a", "b", "c"), _8=("a", "b", "c")), catalog=catalog,
                      allow_incomplete=True)  # fmt: skip
    assert near.total == 69
    assert ("6", ("a", "b", "c", "d")) in [(flip.criterion, flip.new) for flip in sensitivity(near).up]


def test_batches_take_no_ticks(catalog: Catalog) -> None:
    pytest.importorskip("numpy", reason="the extra batch is not installed")
    with pytest.raises(ConversionError, match="has ticks that add up"):
        ocop.batch.compile(SET_ID, catalog=catalog, allow_incomplete=True)


def test_on_the_command_line(tmp_path: Path) -> None:
    testing = pytest.importorskip("click.testing", reason="the extra cli is not installed")
    from ocop.cli import main

    def run(*words: str) -> Any:
        return testing.CliRunner().invoke(main, [*words, "--edition-folder", str(FOLDER), "--lang", "en"])

    shown = " ".join(run("show", SET_ID).output.split())
    assert "This set is not complete Part A is headed 35 points, but what is in it adds up to 34" in shown
    council = tmp_path / "council.json"
    council.write_text(ocop.dumps(ocop.CouncilRecord((example(),))), "utf-8")
    for path, said in ((FOLDER / "sheet.json", "Total: 60 of 100 points."), (council, "60")):
        refused = run("score", str(path))
        assert refused.exit_code == 1
        assert "[set-incomplete]" in refused.output
        allowed = run("score", str(path), "--allow-incomplete")
        assert allowed.exit_code == 0
        assert said in allowed.output
        assert "for reference only" in " ".join(allowed.output.split())
