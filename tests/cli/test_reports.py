import json
from datetime import date
from pathlib import Path

import pytest

import ocop
from command_line import CAPPED, COUNCIL, EVIL, PORTFOLIO, STOPPED, TEA, english, flat, run, sheet
from ocop.adapters.report import report_html
from ocop.programme.programmes import programme

BINH_DUONG = "binh-duong-2021-2025"


def test_it_is_that_of_the_library(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert english("report", TEA, COUNCIL, "-o", str(path)).output == ""
    both = [ocop.score(ocop.load(TEA)), ocop.score_council(ocop.load(COUNCIL))]
    assert path.read_bytes() == report_html(*both, lang="en").encode()
    assert run("report", TEA, CAPPED, STOPPED, "--rank", "-o", str(path)).exit_code == 0
    scores = [ocop.score(ocop.load(name)) for name in (TEA, CAPPED, STOPPED)]
    assert path.read_bytes() == report_html(ocop.rank(scores), *scores).encode()
    assert run("report", TEA, "-o", "-").stdout_bytes == report_html(scores[0]).encode()


def test_a_portfolio_may_be_among_the_files(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    words = ("--programme", BINH_DUONG, "--on", "2023-06-30", "--rank")
    assert run("report", PORTFOLIO, TEA, *words, "-o", str(path)).exit_code == 0
    score = ocop.score(ocop.load(TEA))
    progress = programme(BINH_DUONG).progress(ocop.load(PORTFOLIO), date(2023, 6, 30))
    assert path.read_bytes() == report_html(ocop.rank([score]), progress, score).encode()


def test_a_portfolio_may_be_inconsistent(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.json"
    products = [{"id": "p", "name": "Chè", "subject": "none"}]
    portfolio = {"kind": "portfolio", "version": 1, "products": products, "subjects": [], "on": "2023-06-30"}
    path.write_text(json.dumps(portfolio), "utf-8")
    assert run("validate", str(path)).exit_code == 1
    result = run("report", str(path), "--programme", BINH_DUONG, "-o", "-")
    assert (result.exit_code, "<!doctype html>" in result.output) == (0, True)
    assert run("progress", BINH_DUONG, str(path)).exit_code == 0


def test_what_is_wrong_is_told_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    result = english("report", PORTFOLIO, "-o", str(path))
    assert (result.exit_code, "Expected: score-sheet, council-record, score. Got: portfolio." in flat(result)) == (
        1,
        True,
    )
    registry = "docs/examples/tea-registry.json"
    result = english("report", registry, "--programme", BINH_DUONG, "-o", str(path))
    assert (result.exit_code, "council-record, score, portfolio. Got: registry." in flat(result)) == (1, True)
    result = english("report", str(tmp_path / "none.json"), "--programme", BINH_DUONG, "-o", str(path))
    assert (result.exit_code, "[file-not-found]" in result.output) == (1, True)
    bad = sheet(tmp_path / "bad.json", choices={})
    result = english("report", bad, "--programme", BINH_DUONG, "-o", str(path))
    assert (result.exit_code, "[criterion-missing]" in result.output) == (1, True)
    result = english("report", PORTFOLIO, "--programme", BINH_DUONG, "--on", "2019-01-01", "-o", str(path))
    assert (result.exit_code, "[programme-not-begun]" in result.output) == (1, True)
    assert not path.exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((PORTFOLIO, "--rank", "--programme", BINH_DUONG), "--rank needs scores"),
        ((TEA, "--on", "2023-06-30"), "name the programme with --programme"),
        ((TEA,), "Missing option '-o'"),
    ],
)
def test_a_wrong_call_is_told(words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    out = () if "Missing" in message else ("-o", str(tmp_path / "x.html"))
    result = run("report", *words, *out)
    assert result.exit_code == 2
    assert message in flat(result)


def test_a_day_is_needed(tmp_path: Path) -> None:
    bare = tmp_path / "bare.json"
    bare.write_text('{"kind": "portfolio", "version": 1}', "utf-8")
    result = run("report", str(bare), "--programme", BINH_DUONG, "-o", "-")
    assert (result.exit_code, "give one with --on" in result.output) == (2, True)


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    file = sheet(tmp_path / "tea.json")
    result = run("report", TEA, file, "-o", file)
    assert (result.exit_code, "is read as well, and would be lost" in flat(result)) == (2, True)
    assert ocop.load(file) == ocop.load(TEA)
    path = tmp_path / "programme.json"
    path.write_text(ocop.dumps(programme(BINH_DUONG)), "utf-8")
    result = run("report", PORTFOLIO, "--programme", str(path), "-o", str(path))
    assert (result.exit_code, "is read as well, and would be lost" in flat(result)) == (2, True)


def test_names_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    file = sheet(tmp_path / "tea.json", product=EVIL)
    result = run("report", file, "-o", "-")
    assert not set(result.output) & set("\x1b\u202e\x9b")
