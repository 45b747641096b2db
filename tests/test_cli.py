import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import ocop

click_testing = pytest.importorskip("click.testing", reason="the extra cli is not installed")

EXAMPLES = Path("docs/examples")
SCORED = [
    path
    for path in sorted(EXAMPLES.glob("*.json"))
    if json.loads(path.read_text("utf-8"))["kind"] in ("score-sheet", "council-record")
]


def run(*words: str, stdin: bytes | None = None) -> Any:
    from ocop.cli import main

    return click_testing.CliRunner().invoke(main, list(words), input=stdin, prog_name="ocop")


def process(*words: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    env = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "ocop", *words], input=stdin, env=env, capture_output=True, check=False
    )


def test_the_capped_example_explains_itself() -> None:
    result = run("score", str(EXAMPLES / "tea-capped.json"))
    assert result.exit_code == 0
    assert "Kết quả: 3 sao ★★★" in result.output
    assert "Chưa được 4 sao vì:" in result.output
    assert "Result: 3 stars ★★★" in run("score", str(EXAMPLES / "tea-capped.json"), "--lang", "en").output


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_line_is_wider_than_80_columns_and_nothing_is_coloured(path: Path, lang: str) -> None:
    for words in (("score", str(path)), ("validate", str(path)), ("show", "qd26-2026/community-tourism"), ("sets",)):
        result = run(*words, "--lang", lang)
        assert result.exit_code == 0
        assert max(map(len, result.output.splitlines())) <= 80
        assert "\x1b" not in result.output


def test_several_files_are_scored_in_turn_and_one_bad_one_gives_exit_1(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"kind": "score-sheet"}', "utf-8")
    result = run("score", str(EXAMPLES / "tea.json"), str(bad), "--lang", "en")
    assert result.exit_code == 1
    assert "Result: 4 stars" in result.output
    assert "bad.json: 3 problems" in " ".join(result.output.split())


def test_json_for_programs(tmp_path: Path) -> None:
    good = str(EXAMPLES / "tea.json")
    missing = str(tmp_path / "none.json")
    result = run("score", good, missing, "--json")
    assert result.exit_code == 1
    first, second = json.loads(result.output)
    assert first["file"] == good
    assert ocop.loads(json.dumps(first["score"])) == ocop.score(ocop.load(good))
    assert second["report"]["problems"][0]["code"] == "file-not-found"
    (report,) = json.loads(run("validate", good, "--json").output)
    assert ocop.loads(json.dumps(report["report"])).ok


def test_a_score_document_is_explained_too(tmp_path: Path) -> None:
    path = tmp_path / "score.json"
    path.write_text(ocop.dumps(ocop.score(ocop.load(EXAMPLES / "tea.json"))), "utf-8")
    assert "Kết quả: 4 sao" in run("score", str(path)).output


def test_a_council_record_is_scored() -> None:
    path = str(EXAMPLES / "tea-council.json")
    assert "Điểm trung bình: 78 2/3 trên 100." in run("score", path).output
    (result,) = json.loads(run("score", path, "--json").output)
    assert result["council"] == ocop.score_council(ocop.load(path)).to_json()


def test_a_document_that_is_no_sheet_is_not_scored(tmp_path: Path) -> None:
    path = tmp_path / "set.json"
    path.write_text(ocop.dumps(ocop.criteria_set("qd26-2026/tea")), "utf-8")
    result = run("score", str(path), "--lang", "en")
    assert result.exit_code == 1
    assert "kind-not-scored" in result.output
    assert run("validate", str(path)).exit_code == 0


def test_validate_says_when_all_is_well() -> None:
    result = run("validate", str(EXAMPLES / "tea.json"), "--lang", "en")
    assert (result.exit_code, result.output) == (0, "docs/examples/tea.json: no problems\n")


def test_standard_input_is_read_for_a_dash() -> None:
    data = (EXAMPLES / "tea.json").read_bytes()
    done = process("score", "-", "--lang", "en", stdin=data)
    assert done.returncode == 0
    assert "Result: 4 stars" in done.stdout.decode("utf-8")
    assert process("validate", "-", stdin=b"").returncode == 1


def test_the_sets_are_listed() -> None:
    output = run("sets", "--lang", "en").output
    assert all(set_id in output for set_id in ocop.PACKAGED.set_ids())
    listed = json.loads(run("sets", "--edition", "qd26-2026", "--json").output)
    assert [each["number"] for each in listed] == list(range(1, 27))


@pytest.mark.parametrize("set_id", ocop.PACKAGED.set_ids())
def test_every_set_is_shown_whole(set_id: str) -> None:
    result = run("show", set_id, "--lang", "en")
    the_set = ocop.criteria_set(set_id)
    flat = " ".join(result.output.split())
    for criterion in the_set.criteria:
        assert f"{criterion.code} {criterion.label.en}" in flat
        for option in criterion.options:
            assert option.label.en in flat
    notes = [each.label for each in the_set.errata] + [each.label for each in (*the_set.remarks, *the_set.open_issues)]
    assert all(label.en in flat for label in notes)
    assert ("This set is not complete" in flat) is not the_set.complete
    for case in {option.case_label.en for criterion in the_set.criteria for option in criterion.options if option.case}:
        assert case in flat


def test_a_set_as_json_is_a_document() -> None:
    assert ocop.loads(run("show", "qd26-2026/tea", "--json").output) == ocop.criteria_set("qd26-2026/tea")


def test_a_blank_sheet_is_a_document_to_fill_in(tmp_path: Path) -> None:
    result = run("blank", "qd26-2026/tea", "--product", "Chè", "--evaluator", "An")
    assert ocop.loads(result.output) == ocop.ScoreSheet.blank("qd26-2026/tea", "Chè", "An")
    path = tmp_path / "blank.json"
    path.write_text(result.output, "utf-8")
    scored = run("score", str(path), "--lang", "en")
    assert scored.exit_code == 1
    assert scored.output.count("[choice-empty]") == 32


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("score",),
        ("validate",),
        ("show",),
        ("blank",),
        ("nonsense",),
        ("score", "x", "--lang", "fr"),
        ("sets", "--x"),
    ],
)
def test_a_wrong_call_gives_exit_2_and_usage(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage: ocop" in result.output


@pytest.mark.parametrize("words", [("show", "qd26-2026/tee"), ("blank", "tee"), ("sets", "--edition", "qd26-2027")])
def test_an_unknown_name_gives_exit_2_and_the_nearest(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "did you mean 'qd26-2026" in result.output


def test_help_and_version() -> None:
    for words in (("--help",), ("-h",), ("score", "--help")):
        assert run(*words).exit_code == 0
    assert run("--version").output.strip() == f"ocop, version {ocop.__version__}"


def test_output_is_utf8_even_where_the_machine_says_otherwise() -> None:
    done = process("score", str(EXAMPLES / "tea.json"), PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "★★★★" in done.stdout.decode("utf-8")


def test_a_terminal_narrower_than_80_columns_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    from ocop import cli

    class Narrow:
        is_terminal = True
        width = 60

        def __init__(self, **_: Any) -> None: ...

    monkeypatch.setattr(cli, "Console", Narrow)
    assert cli._console().width == 60


def test_run_speaks_utf8_and_exits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from ocop.cli import run as run_it

    monkeypatch.setattr(sys, "argv", ["ocop", "--version"])
    with pytest.raises(SystemExit) as caught:
        run_it()
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("ocop, version")


def test_standard_input_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    from ocop.cli import _checked

    class Stdin:
        class buffer:  # noqa: N801
            @staticmethod
            def read(_: int) -> bytes:
                return b"{}"

    monkeypatch.setattr(sys, "stdin", Stdin)
    report, data = _checked("-", "en", ocop.PACKAGED)
    assert (report.subject, report.codes, data) == ("-", ("kind-missing",), b"{}")


def test_without_the_extra_one_sentence_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import ocop.__main__ as entry

    monkeypatch.setitem(sys.modules, "ocop.cli", None)
    with pytest.raises(SystemExit) as caught:
        entry.main()
    assert caught.value.code == "this needs the extra 'cli': pip install 'ocop[cli]'"


def test_the_entry_point_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    import ocop.__main__ as entry

    monkeypatch.setattr("ocop.cli.run", lambda: sys.exit(7))
    with pytest.raises(SystemExit) as caught:
        entry.main()
    assert caught.value.code == 7


def test_python_m_ocop(monkeypatch: pytest.MonkeyPatch) -> None:
    import runpy

    monkeypatch.setattr("ocop.cli.run", lambda: sys.exit(7))
    monkeypatch.delitem(sys.modules, "ocop.__main__", raising=False)
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("ocop", run_name="__main__")
    assert caught.value.code == 7


def test_a_stream_that_has_no_encoding_to_change_is_left_alone() -> None:
    import io

    from ocop.cli import _speak_utf8

    stream = io.StringIO()
    _speak_utf8(stream)
    assert stream.getvalue() == ""


class TestProgress:
    PORTFOLIO = "docs/examples/binh-duong-2023/portfolio.json"

    def test_every_target_is_told(self) -> None:
        result = run("progress", "binh-duong-2021-2025", self.PORTFOLIO, "--lang", "en")
        assert result.exit_code == 0
        assert "5 of 16 targets met" in " ".join(result.output.split())
        assert max(map(len, result.output.splitlines())) <= 80

    def test_on_another_day_and_as_json(self) -> None:
        result = run("progress", "binh-duong-2021-2025", self.PORTFOLIO, "--on", "2023-06-30", "--json")
        assert result.exit_code == 0
        assert len(json.loads(result.output)["targets"]) == 16

    def test_a_programme_from_a_file_and_a_portfolio_from_standard_input(self, tmp_path: Path) -> None:
        path = tmp_path / "own.json"
        path.write_text(ocop.dumps(ocop.programme.programmes.programme("huong-tra-2019-2020")), "utf-8")
        portfolio = Path("docs/examples/huong-tra-2019-2020.json").read_bytes()
        assert run("progress", str(path), "-", stdin=portfolio).exit_code == 0

    def test_what_is_wrong_is_told(self, tmp_path: Path) -> None:
        result = run("progress", "binh-duong-2021-2024", self.PORTFOLIO)
        assert result.exit_code == 2
        assert "did you mean" in result.output
        bad = tmp_path / "bad.json"
        bad.write_text('{"kind": "portfolio", "version": 1, "subjects": 3}', "utf-8")
        result = run("progress", "binh-duong-2021-2025", str(bad), "--lang", "en")
        assert (result.exit_code, "value-wrong-type" in result.output) == (1, True)
        result = run("progress", "binh-duong-2021-2025", "docs/examples/tea.json", "--lang", "en")
        assert (result.exit_code, "Expected: portfolio. Got: score-sheet" in " ".join(result.output.split())) == (
            1,
            True,
        )
        document = json.loads(ocop.dumps(ocop.programme.programmes.programme("huong-tra-2019-2020")))
        reversed_ = tmp_path / "reversed.json"
        reversed_.write_text(json.dumps({**document, "end": "2018-01-01"}), "utf-8")
        result = run("progress", str(reversed_), self.PORTFOLIO, "--lang", "en")
        assert (result.exit_code, "period-reversed" in result.output) == (1, True)
        bare = tmp_path / "bare.json"
        bare.write_text('{"kind": "portfolio", "version": 1}', "utf-8")
        result = run("progress", "binh-duong-2021-2025", str(bare))
        assert (result.exit_code, "give one with --on" in result.output) == (2, True)
