"""Three editions of one's own in docs/examples/own: they score, rank, plan, export and batch like packaged ones."""

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import independent_scorer
import ocop
from ocop.criteria import compare, lint, lint_edition, register
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet
from ocop.model.stars import Grade, Star
from ocop.scoring.agreement import agreement
from ocop.scoring.carry_over import carry_over
from ocop.scoring.sensitivity import leave_one_out, sensitivity
from ocop.text import LANGUAGES, Language

OWN = Path("docs/examples/own")
SETS = {"lam-dong-tea": "tea", "craft-award": "basketry", "otop-champion": "food"}
every_example = pytest.mark.parametrize("name", SETS)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    catalog = PACKAGED
    for name in SETS:
        catalog = register(OWN / name, catalog)
    return catalog


def set_of(name: str, catalog: Catalog) -> CriteriaSet:
    return catalog.criteria_set(f"{name}/{SETS[name]}")


def sheet_of(name: str, **more: Any) -> ocop.ScoreSheet:
    sheet = ocop.load(OWN / name / "sheet.json")
    assert isinstance(sheet, ocop.ScoreSheet)
    return sheet.with_choices(more)


def random_sheets(the_set: CriteriaSet, count: int) -> list[ocop.ScoreSheet]:
    rng = random.Random(the_set.id)  # noqa: S311
    document = json.loads(ocop.dumps(the_set))
    drawn = (independent_scorer.random_sheet(document, rng) for _ in range(count))
    return [ocop.ScoreSheet(the_set.id, choices, findings) for choices, findings in drawn]


@every_example
def test_it_is_sound_and_says_that_it_is_an_illustration(name: str, catalog: Catalog) -> None:
    edition, the_set = catalog.edition(name), set_of(name, catalog)
    assert lint_edition(edition).ok
    assert lint(the_set).ok
    assert edition.programme != "ocop"
    for words in (edition.source.label, the_set.citation):
        assert "minh họa" in words.vi.casefold()
        assert "illustration" in words.en.casefold()


def test_the_points_of_the_otop_example_are_marked_unverified(catalog: Catalog) -> None:
    otop = set_of("otop-champion", catalog)
    assert [band.floor for band in reversed(otop.edition.bands)] == [90, 80, 70, 50, 0]
    assert [part.max_points for part in otop.parts] == [35, 25, 40]
    assert "points unverified" in otop.citation.en
    assert "unverified" in otop.remarks[0].label.en


def test_the_province_is_stricter_in_what_it_names_and_nothing_else(catalog: Catalog) -> None:
    tea = PACKAGED.criteria_set("qd26-2026/tea")
    found = compare(tea, set_of("lam-dong-tea", catalog))
    assert [each.code for each in (*found.added, *found.dropped)] == ["1.8", "1.7"]
    assert [each.new.code for each in found.changed] == ["1.2", "6.2.3", "11"]
    assert (found.parts, len(found.same)) == ((), 28)
    national = ocop.score(ocop.load("docs/examples/tea.json"))
    draft = carry_over(national.sheet, "lam-dong-tea/tea", catalog=catalog)
    assert [each.criterion for each in draft.left_open] == ["1.8"]
    score = ocop.score(draft.sheet.with_choices({"1.8": "b", "1.2": "a"}), catalog=catalog)
    assert (national.star, score.star_by_points, score.star) == (4, 4, 3)


@pytest.mark.parametrize(
    ("name", "total", "by_points", "star", "unmet"),
    [
        ("lam-dong-tea", 77, 4, 3, [("1.2", "b", 4)]),
        ("craft-award", 41, 3, 2, [("4", "c", 3)]),
        ("otop-champion", 80, 4, 4, []),
    ],
)
def test_its_sheet_is_scored(
    name: str, total: int, by_points: int, star: int, unmet: list[Any], catalog: Catalog
) -> None:
    score = ocop.score(sheet_of(name), catalog=catalog)
    assert (score.total, score.star_by_points, score.star) == (total, by_points, star)
    found = [(each.criterion, each.option, int(each.star)) for each in score.unmet_minimums]
    assert [each for each in found if each[2] <= by_points] == unmet
    assert isinstance(score.star, Grade) is (name == "craft-award")


@every_example
def test_the_independent_scorer_agrees(name: str, catalog: Catalog) -> None:
    the_set = set_of(name, catalog)
    law, decision = (json.loads(ocop.dumps(each)) for each in (the_set, the_set.edition))
    for sheet in random_sheets(the_set, 300):
        score = ocop.score(sheet, catalog=catalog)
        expected = independent_scorer.score(law, decision, dict(sheet.choices), [*sheet.findings])
        assert expected == {
            "total": score.total,
            "part_totals": dict(score.part_totals),
            "star_by_points": int(score.star_by_points),
            "unmet_minimums": [(each.criterion, each.option, int(each.star)) for each in score.unmet_minimums],
            "star": None if score.star is None else int(score.star),
            "outcome": score.outcome.value,
        }


@every_example
def test_batch_gives_the_same(name: str, catalog: Catalog) -> None:
    pytest.importorskip("numpy", reason="the extra batch is not installed")
    the_set = set_of(name, catalog)
    sheets = [sheet for sheet in random_sheets(the_set, 300) if not sheet.findings]
    compiled = ocop.batch.compile(the_set.id, catalog=catalog)
    found = compiled.score(compiled.encode(sheets))
    scores = [ocop.score(sheet, catalog=catalog) for sheet in sheets]
    assert found.total.tolist() == [score.total for score in scores]
    assert found.star.tolist() == [int(score.star or 0) for score in scores]
    assert found.star_by_points.tolist() == [int(score.star_by_points) for score in scores]


@every_example
def test_documents_survive_the_round_trip(name: str, catalog: Catalog) -> None:
    the_set = set_of(name, catalog)
    score = ocop.score(sheet_of(name), catalog=catalog)
    for found in (the_set, the_set.edition, score, score.sheet):
        written = ocop.dumps(found)
        assert ocop.loads(written, catalog=catalog) == found
        assert ocop.validate(written, catalog=catalog).ok
    assert ocop.validate(sheet_of(name)).codes == ("set-unknown",)
    for path in (OWN / name).rglob("*.json"):
        if path.parent.name != "labels":
            assert ocop.validate(path, catalog=catalog).ok


@pytest.mark.parametrize(
    ("name", "stricter", "mean", "star"),
    [
        ("lam-dong-tea", {"7": "b"}, Fraction(77 * 2 + 75, 3), 3),
        ("craft-award", {"1": "b"}, Fraction(41 * 2 + 38, 3), 2),
        ("otop-champion", {"1": "a"}, Fraction(80 * 2 + 74, 3), 3),
    ],
)
def test_a_council_sits_on_it(name: str, stricter: dict[str, Any], mean: Fraction, star: int, catalog: Catalog) -> None:
    members = {"An": sheet_of(name), "Bình": sheet_of(name), "Chi": sheet_of(name, **stricter)}
    sheets = [evolve(sheet, evaluator=evaluator) for evaluator, sheet in members.items()]
    council = ocop.score_council(sheets, catalog=catalog)
    assert (council.mean, council.star) == (mean, star)
    assert len(leave_one_out(council)) == 3
    assert agreement(council).alpha.value is not None
    assert council.criteria_set.citation.en in council.explain("en")
    assert ocop.loads(ocop.dumps(council.record), catalog=catalog) == council.record


def test_plans_climb_to_named_classes(catalog: Catalog) -> None:
    sheet = sheet_of("craft-award")
    gold = catalog.edition("craft-award").bands[2].star
    plan = ocop.plan_upgrade(sheet, gold, catalog=catalog)
    assert [(each.criterion, each.old, each.new, each.reason.value) for each in plan.changes] == [
        ("4", "b", "c", "minimum")
    ]
    assert plan.after is not None
    assert plan.after.star == gold
    assert [int(step.to) for step in plan.ladder()] == [3]
    text = plan.explain("en")
    assert "Now: 41 of 50 points, Silver." in text
    assert "The way to Gold with the least effort (changes: 1; effort in all: 1):" in text
    # A class is found by its rank, however the rank is written.
    assert ocop.plan_upgrade(sheet, Star.THREE, catalog=catalog) == plan
    assert isinstance(ocop.plan_upgrade(sheet, Star.THREE, catalog=catalog).to, Grade)
    with pytest.raises(ocop.OcopError, match="there is no band for the star '4'"):
        ocop.plan_upgrade(sheet, catalog=catalog)
    with pytest.raises(ocop.OcopError, match="the target must be a star or a class of the edition; got 3"):
        ocop.plan_upgrade(sheet, 3, catalog=catalog)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "star"), [("lam-dong-tea", Star.FOUR), ("otop-champion", Star.FIVE)])
def test_plans_climb_to_stars(name: str, star: Star, catalog: Catalog) -> None:
    plan = ocop.plan_upgrade(sheet_of(name), star, catalog=catalog)
    assert plan.reachable
    assert plan.after is not None
    assert plan.after.star == star


@every_example
def test_sensitivity(name: str, catalog: Catalog) -> None:
    found = sensitivity(ocop.score(sheet_of(name), catalog=catalog))
    assert found.up or found.down


def test_a_ranking_names_the_classes(catalog: Catalog) -> None:
    sheets = [sheet_of("craft-award"), evolve(sheet_of("craft-award", **{"4": "c"}), product="Mâm tre (ví dụ)")]
    ranking = ocop.rank(ocop.score(sheet, catalog=catalog) for sheet in sheets)
    assert ranking.text("en").splitlines() == [
        "Rank  Product                   Class  Points  Part A  Part B",
        "   1  Mâm tre (ví dụ)            Gold      45      25      20",
        "   2  Giỏ tre Xóm Đồi (ví dụ)  Silver      41      25      16",
    ]
    assert ranking.text("vi").splitlines()[1].split()[-4:] == ["Vàng", "45", "25", "20"]


def test_a_comparison_names_the_classes(catalog: Catalog) -> None:
    from ocop.criteria import amend

    basketry = set_of("craft-award", catalog)
    patch = {
        "kind": "set-amendment", "version": 1, "id": "craft-award/ours", "base": basketry.id,
        "cited_as": {"vi": "a", "en": "b"}, "criteria": {"4": {"options": {"c": {"minimum_for": 2}}}},
    }  # fmt: skip
    assert "minimum for Gold → Silver" in compare(basketry, amend(basketry, ocop.loads(json.dumps(patch)))).text("en")


class TestCommandLine:
    def run(self, *words: str) -> Any:
        testing = pytest.importorskip("click.testing", reason="the extra cli is not installed")
        from ocop.cli import main

        return testing.CliRunner().invoke(main, list(words), prog_name="ocop")

    @every_example
    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_every_command_takes_a_folder(self, name: str, lang: Language, catalog: Catalog) -> None:
        option = ("--edition-folder", str(OWN / name))
        sheet, the_set = str(OWN / name / "sheet.json"), set_of(name, catalog)
        assert self.run("score", sheet).exit_code == 1
        result = self.run("score", sheet, *option, "--lang", lang)
        assert result.exit_code == 0
        assert result.output.split() == ocop.score(ocop.load(sheet), catalog=catalog).explain(lang).split()
        assert self.run("validate", sheet, *option, "--lang", lang).exit_code == 0
        result = self.run("show", the_set.id, *option, "--lang", lang)
        assert result.exit_code == 0
        assert the_set.criteria[0].options[0].label.get(lang) in " ".join(result.output.split())
        assert max(map(len, result.output.splitlines())) <= 80
        result = self.run("sets", "--edition", name, *option, "--lang", lang)
        assert the_set.id in result.output
        result = self.run("blank", the_set.id, *option)
        assert ocop.loads(result.output) == ocop.ScoreSheet.blank(the_set)

    def test_several_folders(self, catalog: Catalog) -> None:
        words = [word for name in SETS for word in ("--edition-folder", str(OWN / name))]
        listed = json.loads(self.run("sets", "--json", *words).output)
        assert [each["id"] for each in listed] == [*catalog.set_ids()]

    def test_a_council_is_scored(self, tmp_path: Path, catalog: Catalog) -> None:
        record = ocop.CouncilRecord(tuple(evolve(sheet_of("craft-award"), evaluator=name) for name in ("An", "Bình")))
        path = tmp_path / "council.json"
        path.write_text(ocop.dumps(record), "utf-8")
        result = self.run("score", str(path), "--edition-folder", str(OWN / "craft-award"), "--lang", "en")
        assert result.exit_code == 0
        assert "Silver" in result.output

    def test_classes_are_named_where_stars_have_asterisks(self) -> None:
        output = self.run(
            "show", "craft-award/basketry", "--edition-folder", str(OWN / "craft-award"), "--lang", "en"
        ).output
        assert "[…] a minimum for this class" in output
        assert "c  8 [Gold] All materials are natural and local" in output
        assert "*" not in output

    def test_a_mark_on_a_criterion_is_shown(self) -> None:
        from ocop.cli.lookup import lines_of_item

        criterion = PACKAGED.criteria_set("qd26-2026/tea").criterion("1.1")
        marked = ocop.Criterion("1", "x", 1, criterion.options, criterion.label, Star.FOUR)
        assert next(lines_of_item(marked, "en", ""))[1] == "1 Origin of inputs (1) ****"

    @pytest.mark.parametrize("command", [("sets",), ("blank", "x"), ("sets", "--json")])
    def test_a_folder_that_is_refused(self, command: tuple[str, ...], tmp_path: Path) -> None:
        result = self.run(*command, "--edition-folder", str(tmp_path))
        assert result.exit_code == 1
        if "--json" in command:
            (found,) = json.loads(result.output)
            assert [each["code"] for each in found["report"]["problems"]] == ["file-not-found", "folder-not-found"]
            assert found["file"] == str(tmp_path)
        else:
            assert "Không tìm thấy tệp edition.json" in result.output
        if command == ("sets",):
            result = self.run("sets", "--edition-folder", str(tmp_path), "--lang", "en")
            assert "There is no file edition.json. [file-not-found]" in result.output
