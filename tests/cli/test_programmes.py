import json
from pathlib import Path

import pytest

import ocop
from command_line import PORTFOLIO, TEA, english, flat, run
from ocop.programme.programmes import programme

BINH_DUONG = "binh-duong-2021-2025"


def test_every_target_is_told() -> None:
    result = english("progress", BINH_DUONG, PORTFOLIO)
    assert result.exit_code == 0
    assert "5 of 16 targets met" in flat(result)
    assert max(map(len, result.output.splitlines())) <= 80


def test_on_another_day_and_as_json() -> None:
    result = run("progress", BINH_DUONG, PORTFOLIO, "--on", "2023-06-30", "--json")
    assert result.exit_code == 0
    assert len(json.loads(result.output)["targets"]) == 16


def test_a_programme_from_a_file_and_a_portfolio_from_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "own.json"
    path.write_text(ocop.dumps(programme("huong-tra-2019-2020")), "utf-8")
    portfolio = Path("docs/examples/huong-tra-2019-2020.json").read_bytes()
    assert run("progress", str(path), "-", stdin=portfolio).exit_code == 0


def test_what_is_wrong_is_told(tmp_path: Path) -> None:
    result = run("progress", "binh-duong-2021-2024", PORTFOLIO)
    assert (result.exit_code, "did you mean" in result.output) == (2, True)
    bad = tmp_path / "bad.json"
    bad.write_text('{"kind": "portfolio", "version": 1, "subjects": 3}', "utf-8")
    result = english("progress", BINH_DUONG, str(bad))
    assert (result.exit_code, "[value-wrong-type]" in result.output) == (1, True)
    result = english("progress", BINH_DUONG, TEA)
    assert (result.exit_code, "Expected: portfolio. Got: score-sheet" in flat(result)) == (1, True)
    document = json.loads(ocop.dumps(programme("huong-tra-2019-2020")))
    reversed_ = tmp_path / "reversed.json"
    reversed_.write_text(json.dumps({**document, "end": "2018-01-01"}), "utf-8")
    result = english("progress", str(reversed_), PORTFOLIO)
    assert (result.exit_code, "[period-reversed]" in result.output) == (1, True)
    bare = tmp_path / "bare.json"
    bare.write_text('{"kind": "portfolio", "version": 1}', "utf-8")
    result = run("progress", BINH_DUONG, str(bare))
    assert (result.exit_code, "give one with --on" in result.output) == (2, True)
    result = english("progress", BINH_DUONG, PORTFOLIO, "--on", "2019-01-01")
    assert (result.exit_code, "[programme-not-begun]" in result.output) == (1, True)


@pytest.mark.parametrize("day", ["31/12/2023", "2023-13-01", "nay"])
def test_a_day_is_asked_for_in_one_form(day: str) -> None:
    result = run("progress", BINH_DUONG, PORTFOLIO, "--on", day)
    assert result.exit_code == 2
    assert f"expected year-month-day, such as 2023-12-31; got '{day}'" in result.output
