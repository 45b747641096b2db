"""What other decisions need: classes without stars, ticks that add up, marks on a criterion, gaps, sets in doubt."""

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.criteria.catalog import Catalog
from ocop.criteria.lint import lint, lint_edition
from ocop.criteria.model import CriteriaSet
from ocop.errors import ConversionError, DocumentError, SheetError
from ocop.model.stars import Grade, Level, Star
from ocop.scoring.agreement import agreement
from ocop.scoring.sensitivity import leave_one_out, sensitivity


def words(text: str) -> dict[str, str]:
    return {"vi": f"{text} (vi)", "en": text}


def option(letter: str, points: int, **more: Any) -> dict[str, Any]:
    return {"letter": letter, "slug": f"option-{letter}", "points": points, "label": words(f"option {letter}"), **more}


def criterion(code: str, slug: str, options: list[dict[str, Any]], most: int, **more: Any) -> dict[str, Any]:
    return {"code": code, "slug": slug, "max_points": most, "options": options, "label": words(slug), **more}


EDITION: dict[str, Any] = {
    "kind": "edition", "version": 1, "id": "craft", "decision": "7/QĐ", "issued": "2020-01-01",
    "in_force_from": "2020-02-01", "max_points": 20,
    "parts": [{"code": "A", "slug": "work", "max_points": 20, "label": words("Work")}],
    "bands": [
        {"star": 1, "floor": 0, "slug": "bronze", "label": words("Bronze")},
        {"star": 2, "floor": 8, "slug": "silver", "label": words("Silver"), "recognised_by": "district"},
        {"star": 7, "floor": 16, "slug": "gold", "label": words("Gold"), "recognised_by": "province"},
    ],
    "articles": {"bands": "3"},
    "source": {"slug": "made-up", "label": words("made up")},
    "groups": [{"code": "I", "slug": "crafts", "label": words("Crafts"), "subgroups": [
        {"code": "1", "slug": "crafts", "label": words("Crafts"), "sets": [
            {"number": 1, "slug": "pots", "samples": 0, "label": words("Pots")}]}]}],
    "whole_number_bands": True,
    "amendments": [{"decision": "9/QĐ", "in_force_from": "2022-01-01", "slug": "no-district",
                    "recognised_by": {"2": "province"}, "label": words("no districts any more")}],
}  # fmt: skip

POTS: dict[str, Any] = {
    "kind": "criteria-set", "version": 1, "id": "craft/pots", "number": 1, "label": words("Pots"),
    "parts": [{"code": "A", "slug": "work", "max_points": 20, "label": words("Work"), "items": [
        criterion("1", "glaze", [option("a", 2), option("b", 5), option("c", 10)], 10, minimum_for=2),
        criterion("2", "marks", [option("a", 5, minimum_for=7), option("b", 3), option("c", 2)], 10, additive=True),
    ]}],
    "complete": False,
    "open_issues": [{"remark": "half-lost", "label": words("half of it is lost")}],
    "provenance": {"slug": "a-note", "label": words("a note")},
}  # fmt: skip


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    root: Path = tmp_path_factory.mktemp("editions")
    for name, data in {
        "edition.json": EDITION,
        "sets/pots.json": POTS,
        "labels/vi.json": {},
        "labels/en.json": {},
    }.items():
        path = root / "craft" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(data), "utf-8")
    return Catalog(str(root))


@pytest.fixture(scope="module")
def pots(catalog: Catalog) -> CriteriaSet:
    return catalog.criteria_set("craft/pots")


def sheet(glaze: Any, marks: Any, **more: Any) -> ocop.ScoreSheet:
    return ocop.ScoreSheet("craft/pots", {"1": glaze, "2": marks}, **more)


def scored(the_set: CriteriaSet, glaze: Any, marks: Any) -> ocop.Score:
    return ocop.score(sheet(glaze, marks), the_set, allow_incomplete=True)


def test_the_edition_and_its_set_are_sound(catalog: Catalog, pots: CriteriaSet) -> None:
    assert lint_edition(catalog.edition("craft")).ok
    assert lint(pots).ok
    assert pots.citation.en == "Decision 7/QĐ, set 1"
    assert pots.provenance is not None
    assert pots.provenance.label.en == "a note"


@pytest.mark.parametrize("document", [EDITION, POTS])
def test_documents_round_trip(catalog: Catalog, document: dict[str, Any]) -> None:
    assert ocop.validate(document, catalog=catalog).ok
    found = ocop.loads(json.dumps(document), catalog=catalog)
    assert json.loads(ocop.dumps(found)) == document


def test_classes_have_names(pots: CriteriaSet) -> None:
    score = scored(pots, "c", ("a", "c"))
    assert (score.total, score.star) == (17, 7)
    assert isinstance(score.star, Grade)
    assert score.star.slug == "gold"
    assert "Result: Gold\n" in score.explain("en")
    assert "Kết quả: Gold (vi)\n" in score.explain("vi")
    assert score.to_json()["star"] == 7
    assert isinstance(scored(pots, None, ()).star, Grade)


def test_ticks_add_up(pots: CriteriaSet) -> None:
    assert [scored(pots, "a", ticks).total for ticks in (None, (), ("a",), ("c", "b"), ("a", "b", "c"))] == [
        2, 2, 7, 7, 12,
    ]  # fmt: skip
    score = scored(pots, "a", ("a", "b"))
    step = next(step for step in score.steps.walk() if step.code == "2" and step.points == 8)
    assert (step.option, step.option_label) == (
        "a, b",
        ocop.text.Label("option a (vi); option b (vi)", "option a; option b"),
    )
    assert score.part_totals == {"A": 10}


def test_a_minimum_among_ticks_asks_for_that_tick(pots: CriteriaSet) -> None:
    without, with_it = scored(pots, "c", ("b", "c")), scored(pots, "c", ("a", "c"))
    assert [(each.criterion, each.option, int(each.star)) for each in without.unmet_minimums] == [("2", "a", 7)]
    assert (without.star, with_it.star) == (2, 7)
    text = without.explain("en")
    assert "Criterion 2 marks: now at option b, c (option b; option c); needs option a (option a)." in text


def test_a_minimum_on_the_criterion_itself_asks_for_any_option(pots: CriteriaSet) -> None:
    assert [
        (each.criterion, each.option, int(each.star)) for each in scored(pots, None, ("a", "b")).unmet_minimums
    ] == [("1", "a", 2)]
    assert scored(pots, None, ("a", "b")).star == 1
    assert scored(pots, "a", ("a", "b")).star == 2
    ticked = ocop.Criterion("1", "x", 3, pots.criterion("2").options, minimum_for=Star.THREE, additive=True)
    assert [Star.THREE in ticked.unmet(choice) for choice in (None, (), ("c",))] == [True, True, False]


def test_a_set_that_is_not_complete_is_scored_only_on_purpose(catalog: Catalog, pots: CriteriaSet) -> None:
    with pytest.raises(SheetError) as caught:
        ocop.score(sheet("a", ()), catalog=catalog)
    assert caught.value.report.codes == ("set-incomplete",)
    with pytest.raises(SheetError) as caught:
        ocop.score_council([sheet("a", ())], catalog=catalog)
    assert caught.value.report.codes == ("set-incomplete",)
    score = ocop.score(sheet("a", ("a",)), catalog=catalog, allow_incomplete=True)
    assert "This set is not complete, so that the result is for reference only: half of it is lost." in score.explain(
        "en"
    )
    assert score.to_json()["set_complete"] is False
    assert "set_complete" not in ocop.score(ocop.load("docs/examples/tea.json")).to_json()
    written = ocop.dumps(score)
    assert ocop.loads(written, catalog=catalog) == score
    assert ocop.validate(written, catalog=catalog).ok
    council = ocop.score_council([sheet("a", ("a",))], catalog=catalog, allow_incomplete=True)
    assert council.to_json()["set_complete"] is False
    assert "half of it is lost" in council.explain("en")


@pytest.mark.parametrize(
    ("marks", "code", "at"),
    [
        ("a", "choice-not-a-list", "/choices/2"),
        (3, "choice-not-a-list", "/choices/2"),
        ("", "choice-empty", "/choices/2"),
        (("a", "a"), "tick-repeated", "/choices/2/1"),
        (("a", "A"), "option-unknown", "/choices/2/1"),
        (("a", 1), "option-unknown", "/choices/2/1"),
        (([],), "option-unknown", "/choices/2/0"),
    ],
)
def test_wrong_ticks_are_told(pots: CriteriaSet, marks: Any, code: str, at: str) -> None:
    with pytest.raises(SheetError) as caught:
        scored(pots, "a", marks)
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.pointer) == (code, at)


def test_only_the_first_wrong_ticks_get_a_hint(pots: CriteriaSet) -> None:
    with pytest.raises(SheetError) as caught:
        scored(pots, "a", tuple(f"a{number}" for number in range(60)))
    assert sum(problem.hint is not None for problem in caught.value.report.problems) <= 50
    assert set(caught.value.report.codes) == {"option-unknown"}


@given(st.lists(st.sampled_from("abc"), unique=True), st.sampled_from([None, "a", "b", "c"]), st.sampled_from("abc"))
def test_one_more_tick_never_lowers_the_class(
    pots: CriteriaSet, ticks: list[str], glaze: str | None, more: str
) -> None:
    before = scored(pots, glaze, tuple(ticks))
    after = scored(pots, glaze, tuple({*ticks, more}))
    assert before.star is not None
    assert after.star is not None
    assert after.total >= before.total
    assert after.star >= before.star


def test_a_mean_between_two_printed_bands_is_remarked_on(pots: CriteriaSet) -> None:
    sheets = [sheet("c", ("a",), evaluator="An"), sheet("c", ("a", "c"), evaluator="Bình")]
    council = ocop.score_council([*sheets], criteria_set=pots, allow_incomplete=True)
    assert (council.mean, council.star_by_points, council.star) == (Fraction(16), 7, 7)
    assert "whole numbers" not in council.explain("en")
    sheets[0] = sheet("b", ("a", "b"), evaluator="An")
    sheets.append(sheet("c", ("a", "c"), evaluator="Chi"))
    sheets.append(sheet("c", ("b", "c"), evaluator="Dũng"))
    council = ocop.score_council([*sheets], criteria_set=pots, allow_incomplete=True)
    assert council.mean == Fraction(62, 4) == Fraction(31, 2)
    assert council.star_by_points == 2
    assert "printed in whole numbers (15 and 16), and 15.5 lies between; here the higher begins at 16 points." in (
        council.explain("en")
    )
    assert council.part_means == {"A": Fraction(31, 2)}
    assert agreement(council).alpha.value is not None
    assert len(leave_one_out(council)) == 4


def test_who_recognises_depends_on_the_day(catalog: Catalog, pots: CriteriaSet) -> None:
    from datetime import date

    edition, silver = catalog.edition("craft"), scored(pots, "b", ("a",)).star
    assert silver == 2
    assert edition.recognised_by(silver, date(2021, 12, 31)) is Level.DISTRICT
    assert edition.recognised_by(silver, date(2022, 1, 1)) is Level.PROVINCE
    assert edition.recognised_by(edition.bands[2].star, date(2023, 1, 1)) is Level.PROVINCE
    assert "From 2022-01-01 on, by Decision 9/QĐ: no districts any more." in scored(pots, "b", ("a",)).explain("en")
    assert "From 2022-01-01" not in scored(pots, "c", ("a", "b", "c")).explain("en")


def test_sensitivity_tries_one_tick_at_a_time(pots: CriteriaSet) -> None:
    found = sensitivity(scored(pots, "c", ("a",)))
    assert [(flip.criterion, flip.old, flip.new, int(flip.star or 0)) for flip in found.up] == [
        ("2", ("a",), ("a", "b"), 7),
        ("2", ("a",), ("a", "c"), 7),
    ]


def every_choice(the_set: CriteriaSet) -> list[tuple[Any, Any]]:
    ticks = [tuple(letter for letter, on in zip("abc", row, strict=True) if on) for row in product((0, 1), repeat=3)]
    return [(glaze, marks) for glaze in (None, "a", "b", "c") for marks in ticks]


def effort_between(old: tuple[Any, Any], new: tuple[Any, Any]) -> int | None:
    """The steps from one sheet to another that is nowhere worse, or None."""
    steps = " abc".index(new[0] or " ") - " abc".index(old[0] or " ")
    more = {*new[1]} - {*(old[1] or ())}
    return steps + len(more) if steps >= 0 and {*(old[1] or ())} <= {*new[1]} else None


@pytest.mark.parametrize("target", [1, 2])
def test_plans_with_ticks_agree_with_brute_force(pots: CriteriaSet, target: int) -> None:
    to = pots.edition.bands[target].star
    for old in [*every_choice(pots), (None, None), ("a", ("c", "a"))]:
        costs = [
            cost
            for new in every_choice(pots)
            if (cost := effort_between(old, new)) is not None and (scored(pots, *new).star or 0) >= to
        ]
        plan = ocop.plan_upgrade(sheet(*old), to, criteria_set=pots, allow_incomplete=True)
        assert plan.reachable == bool(costs)
        assert plan.effort == min(costs, default=0)
        if plan.after is not None:
            assert plan.after.star is not None
            assert plan.after.star >= to
            assert plan.explain("en")
            assert all(step.reachable or step.why_not for step in plan.ladder())


def test_a_plan_names_all_ticks(pots: CriteriaSet) -> None:
    gold = pots.edition.bands[2].star
    plan = ocop.plan_upgrade(sheet("c", ("c",)), gold, criteria_set=pots, allow_incomplete=True)
    (change,) = plan.changes
    assert (change.criterion, change.old, change.new, change.points, change.effort) == ("2", ("c",), ("a", "c"), 5, 1)
    assert "option a, c (option a; option c)" in plan.explain("en")
    asked: list[Any] = []

    def effort(_: ocop.Criterion, old: Any, new: Any) -> int:
        asked.append((old, new))
        return len(new or ())

    ocop.plan_upgrade(sheet("c", ("c",)), gold, effort=effort, criteria_set=pots, allow_incomplete=True)
    assert (("c",), ("a", "b", "c")) in asked
    with pytest.raises(DocumentError) as caught:
        ocop.plan_upgrade(sheet("c", ("c",)), gold, effort=lambda *_: -1, criteria_set=pots, allow_incomplete=True)
    assert {problem.pointer for problem in caught.value.report.problems} == {
        "/effort/2/ac", "/effort/2/bc", "/effort/2/abc",
    }  # fmt: skip


def test_too_many_open_ticks_are_refused(pots: CriteriaSet) -> None:
    options = tuple(ocop.Option(chr(97 + at), f"o{at}", 1) for at in range(13))
    wide = evolve(pots, parts=(evolve(pots.parts[0], items=(ocop.Criterion("1", "x", 13, options, additive=True),)),))
    few, many = (ocop.ScoreSheet("craft/pots", {"1": ticks}) for ticks in (("a", "b"), None))
    silver = pots.edition.bands[1].star
    assert ocop.plan_upgrade(few, silver, criteria_set=wide, allow_incomplete=True).effort == 6
    with pytest.raises(ConversionError, match="criterion 1 has 13 open ticks; a plan takes 12"):
        ocop.plan_upgrade(many, silver, criteria_set=wide, allow_incomplete=True)


def test_batches_take_no_ticks_and_incomplete_sets_only_on_purpose(catalog: Catalog, pots: CriteriaSet) -> None:
    with pytest.raises(ConversionError, match="craft/pots is not complete; to score by it"):
        ocop.batch.compile("craft/pots", catalog=catalog)
    with pytest.raises(ConversionError, match="craft/pots has ticks that add up, which no code can tell: 2"):
        ocop.batch.compile(pots, allow_incomplete=True)
    glaze = evolve(pots, parts=(evolve(pots.parts[0], items=pots.parts[0].items[:1]),))
    compiled = ocop.batch.compile(glaze, allow_incomplete=True)
    sheets = [ocop.ScoreSheet("craft/pots", {"1": letter}) for letter in (None, "a", "b", "c")]
    found = compiled.score(compiled.encode(sheets))
    assert found.star.tolist() == [int(ocop.score(each, glaze, allow_incomplete=True).star or 0) for each in sheets]


def test_flaws_of_such_editions_are_told(catalog: Catalog) -> None:
    edition = json.loads(json.dumps(EDITION))
    del edition["bands"][0]["label"], edition["amendments"][0]["label"]
    report = ocop.validate({**edition, "id": "elsewhere"}, "en")
    assert [(problem.code, problem.pointer) for problem in report.problems] == [
        *[("label-missing", "/bands/0")] * 2,
        *[("label-missing", "/amendments/0")] * 2,
    ]
    flawed = json.loads(json.dumps(POTS))
    flawed["parts"][0]["items"][0]["minimum_for"] = 4
    flawed["parts"][0]["items"][1]["options"][1]["minimum_for"] = 9
    flawed["parts"][0]["items"][1]["max_points"] = 9
    del flawed["open_issues"][0]["label"]
    report = ocop.validate(flawed, "en", catalog=catalog)
    assert [(problem.code, problem.pointer) for problem in report.problems] == [
        ("set-sum-wrong", "/parts/0/max_points"),
        ("set-minimum-lowest", "/parts/0/items/0/minimum_for"),
        ("set-max-wrong", "/parts/0/items/1/max_points"),
        ("set-minimum-lowest", "/parts/0/items/1/options/1/minimum_for"),
        *[("label-missing", "/open_issues/0")] * 2,
    ]


@pytest.mark.parametrize("rank", [0, 251, "3", None, True])
def test_a_rank_is_a_number_from_1_to_250(catalog: Catalog, rank: Any) -> None:
    edition = json.loads(json.dumps(EDITION))
    edition["bands"][1]["star"] = rank
    report = ocop.validate(edition, catalog=catalog)
    assert {problem.pointer for problem in report.problems} == {"/bands/1/star"}
    with pytest.raises(ocop.DocumentError):
        ocop.loads(json.dumps(edition), catalog=catalog)
