import json
from pathlib import Path

import pytest

import ocop
from command_line import BASKET, CAPPED, COUNCIL, CRAFT, EXAMPLES, STOPPED, TEA, english, flat, run, sheet

OLD = str(EXAMPLES / "editions/fish-sauce-2026.json")


def best(path: Path) -> str:
    """Write a sheet with five stars, and return its name."""
    the_set = ocop.criteria_set("qd26-2026/tea")
    choices = {criterion.code: criterion.letters[-1] for criterion in the_set.criteria}
    return sheet(path, choices=choices)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_without_a_star_it_is_the_next_one(lang: ocop.text.Language) -> None:
    for file, star in ((CAPPED, ocop.Star.FOUR), (TEA, ocop.Star.FIVE)):
        result = run("plan", file, "--lang", lang)
        assert result.exit_code == 0
        assert result.output.split() == ocop.plan_upgrade(ocop.load(file), star).explain(lang).split()


def test_where_there_is_no_higher_star_it_has_the_highest(tmp_path: Path) -> None:
    for more in ((), ("--ladder",)):
        result = english("plan", best(tmp_path / "x.json"), *more)
        assert result.exit_code == 0
        assert "It has 5 stars already; nothing needs to change." in result.output


def test_a_ladder_has_every_star_above() -> None:
    result = english("plan", CAPPED, "--ladder")
    assert [line.split(" with")[0] for line in result.output.splitlines() if line.startswith("The way")] == [
        "The way to 4 stars",
        "The way to 5 stars",
    ]
    found = json.loads(run("plan", CAPPED, "--ladder", "--json").output)
    assert [(each["to"], each["effort"]) for each in found] == [(4, 2), (5, 8)]


def test_locks_and_efforts() -> None:
    result = run("plan", CAPPED, "--to", "5", "--effort", "3.4=3", "--effort", "5.1=0", "--json")
    plan = ocop.plan_upgrade(ocop.load(CAPPED), ocop.Star.FIVE, effort={"3.4": 3, "5.1": 0})
    found = json.loads(result.output)
    assert (found["effort"], found["before"]["total"], found["after"]["star"]) == (plan.effort, 77, 5)
    assert [(each["criterion"], each["effort"]) for each in found["changes"]] == [
        (each.criterion, each.effort) for each in plan.changes
    ]
    assert plan.after is not None
    assert found["after"] == plan.after.to_json()


def test_a_star_out_of_reach_is_a_fine_result_that_says_why() -> None:
    result = english("plan", CAPPED, "--lock", "5.1", "--lock", "3.4")
    assert result.exit_code == 0
    assert "4 stars cannot be reached:" in result.output
    found = json.loads(run("plan", CAPPED, "--lock", "5.1", "--json").output)
    assert (found["reachable"], found["after"], found["locked"]) == (False, None, ["5.1"])
    assert [each["kind"] for each in found["why_not"]] == ["minimum"]
    found = json.loads(run("plan", STOPPED, "--lock", "6.3", "--json").output)
    assert [each["kind"] for each in found["why_not"]] == ["rule"]


@pytest.mark.parametrize("name", ["gold", "Gold", "Vàng", "3"])
def test_a_class_has_names(name: str) -> None:
    result = english("plan", BASKET, "--to", name, *CRAFT)
    assert result.exit_code == 0
    assert "The way to Gold with the least effort" in flat(result)


def test_a_star_has_a_number_or_a_name() -> None:
    for name in ("4", "4 sao", "4 stars"):
        assert "The way to 4 stars" in english("plan", CAPPED, "--to", name).output


CALLS: dict[str, tuple[tuple[str, ...], str]] = {
    "an unknown star": ((CAPPED, "--to", "6"), "there is no star '6'; known: 1, 2, 3, 4, 5"),
    "an unknown class": ((BASKET, "--to", "x", *CRAFT), "known: 1 (bronze), 2 (silver), 3 (gold)"),
    "a star and a ladder": ((CAPPED, "--to", "5", "--ladder"), "leave out --to"),
    "an unknown criterion": ((CAPPED, "--lock", "99", "--effort", "98=1"), "/effort/98: The set qd26-2026/tea has no"),
    "an effort without a number": ((CAPPED, "--effort", "3.4"), "expected CODE=N, such as 3.4=2; got '3.4'"),
    "an effort below 0": ((CAPPED, "--effort", "3.4=-1"), "got '3.4=-1'"),
    "an effort of nothing": ((CAPPED, "--effort", "=1"), "got '=1'"),
    "a huge effort": ((CAPPED, "--effort", "3.4=1234567890"), "expected CODE=N"),
    "an effort in other digits": ((CAPPED, "--effort", "3.4=٣"), "expected CODE=N"),
    "an effort given twice": ((CAPPED, "--effort", "3.4=1", "--effort", "3.4=2"), "criterion '3.4' is given twice"),
    "several sheets": ((COUNCIL,), f"{COUNCIL} has several sheets: those of 'An', 'Bình', 'Chi'; choose one with"),
    "another evaluator": ((COUNCIL, "--evaluator", "Dung"), "has no sheet of 'Dung'; it has those of 'An'"),
}


@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_call_is_told(name: str) -> None:
    words, message = CALLS[name]
    result = run("plan", *words)
    assert result.exit_code == 2
    assert message in flat(result)


def test_one_of_several_sheets_may_be_chosen() -> None:
    record = ocop.load(COUNCIL)
    result = english("plan", COUNCIL, "--evaluator", "bình")
    assert result.output.split() == ocop.plan_upgrade(record.sheets[1], ocop.Star.FIVE).explain("en").split()


def test_a_score_and_forms_have_sheets(tmp_path: Path) -> None:
    score, csv = tmp_path / "score.json", tmp_path / "tea.csv"
    score.write_text(ocop.dumps(ocop.score(ocop.load(CAPPED))), "utf-8")
    from ocop.adapters.csv_sheets import write_csv

    write_csv(csv, [ocop.load(CAPPED)])
    assert run("plan", str(score)).output == run("plan", str(csv)).output == run("plan", CAPPED).output


def test_notes_go_to_standard_error(tmp_path: Path) -> None:
    from workbooks import answer, edited, form

    path = tmp_path / "tea.xlsx"
    path.write_bytes(edited(form(("An", "Bình")), answer(ocop.load(CAPPED).choices)))
    result = english("plan", str(path), "--json")
    assert (result.exit_code, json.loads(result.stdout)["to"]) == (0, 4)
    assert "[form-not-begun]" in result.stderr


def test_what_is_wrong_with_a_file_is_told(tmp_path: Path) -> None:
    result = english("plan", str(EXAMPLES / "tea-registry.json"))
    assert (result.exit_code, "[kind-not-scored]" in result.output) == (1, True)
    result = english("plan", str(tmp_path / "none.json"))
    assert (result.exit_code, "[file-not-found]" in result.output) == (1, True)


def test_a_set_that_is_not_complete_is_allowed_on_purpose() -> None:
    folder = EXAMPLES / "own/tourism-2019"
    words = ("plan", str(folder / "sheet.json"), "--edition-folder", str(folder))
    result = english(*words)
    assert (result.exit_code, "[set-incomplete]" in result.output) == (1, True)
    assert english(*words, "--allow-incomplete").exit_code == 0
