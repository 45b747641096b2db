import errno
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

import ocop
from command_line import (
    BASKET,
    CAPPED,
    COUNCIL,
    CRAFT,
    EVIL,
    EXAMPLES,
    PORTFOLIO,
    SEEN,
    TEA,
    english,
    flat,
    process,
    run,
    sheet,
    unstyled,
)
from ocop.cli import output

SCORED = [
    path
    for path in sorted(EXAMPLES.glob("*.json"))
    if json.loads(path.read_text("utf-8"))["kind"] in ("score-sheet", "council-record")
]
FILES = (TEA, CAPPED)
CALLS: dict[str, tuple[str, ...]] = {
    "score": ("score", *FILES),
    "plan": ("plan", CAPPED),
    "rank": ("rank", *FILES),
    "sets": ("sets",),
    "show": ("show", "qd26-2026/community-tourism"),
    "compare": ("compare", "qd148-2023/tea", "qd26-2026/tea"),
    "progress": ("progress", "binh-duong-2021-2025", PORTFOLIO),
}


@pytest.mark.parametrize("path", SCORED, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_line_of_a_score_is_wider_than_80_columns(path: Path, lang: str) -> None:
    for command in ("score", "validate"):
        result = run(command, str(path), "--lang", lang)
        assert result.exit_code == 0
        assert max(map(len, result.output.splitlines())) <= 80


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_where_no_terminal_is_there_are_80_columns_and_no_colours_whatever_the_environment(
    name: str, lang: str
) -> None:
    asked: dict[str, Any] = {"FORCE_COLOR": "1", "COLUMNS": "200", "TERM": "xterm-256color"}
    result = run(*CALLS[name], "--lang", lang, **asked)
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    assert "\x1b" not in result.output
    assert result.stderr == ""


@pytest.mark.usefixtures("terminal")
class TestTerminal:
    def test_a_single_score_has_a_table_of_its_criteria(self) -> None:
        shown = unstyled(english("score", CAPPED))
        lines = [line.split() for line in shown.splitlines()]
        assert ["3.4", "Business", "growth", "a", "1", "2", "✗", "b", "(4", "stars)"] in lines
        assert shown.index("3.4") < shown.index("Result: 3 stars ★★★")
        assert max(map(len, shown.splitlines())) <= 100

    def test_a_council_has_a_table_of_its_sheets(self) -> None:
        result = english("score", COUNCIL, NO_COLOR="1")
        assert ["Bình", "35", "18", "25", "78", "★★★★", "4", "stars"] in [
            line.split() for line in result.output.splitlines()
        ]

    def test_several_scores_have_a_summary(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text("{", "utf-8")
        result = english("score", TEA, COUNCIL, str(bad), NO_COLOR="1")
        last = result.output[result.output.rindex("Results") :]
        assert result.exit_code == 1
        assert "★★★★ 4 stars" in last
        assert "78 2/3" in last
        assert "bad.json: 1 problem" in " ".join(last.split())
        assert "Unmet minimums" not in result.output

    def test_problems_alone_have_no_table(self, tmp_path: Path) -> None:
        for files in ([str(tmp_path / "x")], [str(tmp_path / "x"), str(tmp_path / "y")]):
            result = english("score", *files, NO_COLOR="1")
            assert result.exit_code == 1
            assert "─" not in result.output

    def test_stars_are_coloured_and_never_by_colour_alone(self) -> None:
        result = english("score", TEA, CAPPED)
        assert "\x1b[33m★★★★\x1b[0m" in result.output
        assert "\x1b[33m★★★ 3 stars" in result.output
        plain = english("score", TEA, CAPPED, NO_COLOR="1").output
        assert "\x1b[33m" not in plain
        assert "★★★ 3 stars" in plain

    def test_the_changes_of_a_plan_are_a_table(self) -> None:
        result = english("plan", CAPPED, NO_COLOR="1")
        lines = [line.split() for line in result.output.splitlines()]
        assert any(line[:3] == ["5.1", "Product", "story"] and "+2" in line for line in lines)
        assert "  - " not in result.output
        assert result.output.rstrip().endswith("Then: 80 of 100 points, 4 stars ★★★★.")
        assert "nothing needs to change" in english("plan", TEA, "--to", "3", NO_COLOR="1").output

    def test_a_plan_from_no_option(self, tmp_path: Path) -> None:
        choices = json.loads(Path(TEA).read_text("utf-8"))["choices"]
        file = sheet(tmp_path / "x.json", choices={**choices, "7": None})
        assert "no option" in flat(english("plan", file))

    def test_a_ranking_is_a_table(self) -> None:
        result = english("rank", TEA, CAPPED, str(EXAMPLES / "bottled-water-stopped.json"), NO_COLOR="1")
        lines = [line.split() for line in result.output.splitlines()]
        assert any(line[:1] == ["1"] and line[-4:] == ["81", "28", "35", "18"] for line in lines)
        assert any("stopped" in line and line[-1] == "59" for line in lines)

    def test_a_ranking_of_nothing_says_so(self, capsys: pytest.CaptureFixture[str]) -> None:
        from ocop.cli import drawing

        drawing.ranking(ocop.rank([]), "en")
        assert capsys.readouterr().out == "No product is ranked.\n"

    def test_targets_are_a_table(self) -> None:
        result = english("progress", "binh-duong-2021-2025", PORTFOLIO, NO_COLOR="1")
        lines = [" ".join(line.split()) for line in result.output.splitlines()]
        assert "Subjects that are cooperatives on course 38.2 % 40 % 1.7 % 2025-12-31" in lines
        assert "Points of display and sale met 2 1 0 2025-12-31" in lines
        assert "The province's OCOP database on course no 2025-12-31" in lines
        assert "\x1b[32mmet" in english("progress", "binh-duong-2021-2025", PORTFOLIO).output

    def test_a_class_is_named(self) -> None:
        result = english("score", BASKET, BASKET, *CRAFT, NO_COLOR="1")
        assert "Silver" in result.output[result.output.rindex("Results") :]

    def test_a_bar_shows_how_far_reading_is(self) -> None:
        result = run("validate", TEA, CAPPED)
        assert "Đang đọc" in result.stderr
        assert "Reading" in english("score", TEA, CAPPED).stderr
        assert run("validate", TEA).stderr == ""

    def test_nothing_from_a_file_reaches_it_raw(self, tmp_path: Path) -> None:
        file = sheet(tmp_path / "x.json", product=EVIL, evaluator=EVIL)
        for words in (("score", file, TEA), ("score", file), ("plan", file), ("rank", file), ("validate", file, TEA)):
            result = english(*words, NO_COLOR="1")
            assert not set(result.output) & set("\u202e\x9b")
            assert "\x1b[2J" not in result.output

    def test_a_narrow_one_is_respected(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "60")
        shown = unstyled(english("score", TEA, CAPPED))
        assert 50 < max(map(len, shown.splitlines())) <= 60
        assert "─" in shown

    @pytest.mark.parametrize("words", [("score", CAPPED), ("score", *FILES), ("plan", CAPPED), ("rank", *FILES)])
    def test_one_too_narrow_for_tables_gets_the_text(
        self, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "59")
        shown = english(*words, NO_COLOR="1").output
        assert "Chè xanh Đồi Sương (ví dụ)" in shown
        assert "─" not in shown

    def test_heads_are_folded_before_texts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        wide = english("score", CAPPED, COLUMNS="160", NO_COLOR="1").output
        assert "Name of the criterion" in wide
        monkeypatch.setenv("COLUMNS", "80")
        narrow = run("score", CAPPED, NO_COLOR="1").output
        assert "Mã tiêu chí" not in narrow
        assert "  3.4     Tăng trưởng sản xuất, kinh doanh   a           1     2   ✗ b (4 sao)" in narrow

    def test_a_ranking_names_the_set_only_where_names_repeat(self, tmp_path: Path) -> None:
        assert "qd26-2026" not in english("rank", TEA, CAPPED, NO_COLOR="1").output
        name = ocop.load(TEA).product
        other = sheet(tmp_path / "x.json", str(EXAMPLES / "fresh-produce.json"), product=name)
        assert "qd26-2026/fresh-" in english("rank", TEA, other, NO_COLOR="1").output

    def test_each_group_of_a_ranking_is_a_table(self) -> None:
        files = (TEA, str(EXAMPLES / "fresh-produce.json"), str(EXAMPLES / "bottled-water-stopped.json"))
        shown = english("rank", *files, "--group", "criteria-set", NO_COLOR="1").stdout
        titles = [line.strip() for line in shown.splitlines() if not line.startswith(" ") and line.strip()]
        assert titles == ["qd26-2026/fresh-produce", "qd26-2026/tea", "Ranking"]
        assert "stopped" in shown[shown.index("Ranking") :]


def test_on_a_real_terminal() -> None:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    import subprocess

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "ocop", "score", TEA, CAPPED, "--lang", "en"]
    env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90"}
    env.pop("NO_COLOR", None)
    done = subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=env)
    os.close(theirs)
    found = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # what Linux gives at the end
            break
        if not data:
            break
        found += data
    os.close(ours)
    assert done.communicate()[1] == b""
    text = found.decode("utf-8")
    assert (done.returncode, "\x1b[33m★★★ 3 stars" in text) == (0, True)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_control_characters_are_made_visible(tmp_path: Path, lang: str) -> None:
    file = sheet(tmp_path / "x.json", CAPPED, product=EVIL, evaluator=EVIL)
    for command in ("score", "plan", "rank"):
        result = run(command, file, "--lang", lang)
        assert result.exit_code == 0
        assert not set(result.output) & set("\x1b\u202e\x9b")
    assert SEEN in run("score", file).output
    assert SEEN in run("plan", file).output
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps({"kind": "score-sheet", EVIL: 1}), "utf-8")
    result = run("validate", str(bad), "--lang", lang)
    assert not set(result.output) & set("\x1b\u202e\x9b")


def test_json_has_them_escaped(tmp_path: Path) -> None:
    file = sheet(tmp_path / "x.json", product=EVIL + "\x7f\U000e0041")
    for command in ("score", "plan", "rank"):
        result = run(command, file, "--json")
        assert not set(result.output) & set("\x1b\u202e\x9b\x7f\U000e0041")
        assert EVIL in json.dumps(json.loads(result.output)).encode().decode("unicode_escape")


def test_the_names_of_files_are_made_visible(tmp_path: Path) -> None:
    odd = tmp_path / "\x1b[2J\u202e.json"
    for words in (("score", str(odd)), ("validate", str(odd)), ("plan", str(odd)), ("rank", str(odd))):
        result = english(*words)
        assert result.exit_code == 1
        assert not set(result.output) & set("\x1b\u202e")
        assert "[U+001B][2J[U+202E].json" in result.output
    for line in ("score --x\x1b", "sho\x1bw", "sets \u202e", "--\x1b"):
        result = run(*line.split())
        assert result.exit_code == 2
        assert not set(result.output) & set("\x1b\u202e")


def test_json_text_escapes_what_is_unseen() -> None:
    text = output.json_text({"a\x7f": "\x9b\u202e\U000e0041ế"})
    assert text == '{\n  "a\\u007f": "\\u009b\\u202e\\udb40\\udc41ế"\n}'
    assert json.loads(text) == {"a\x7f": "\x9b\u202e\U000e0041ế"}


def test_output_is_utf8_even_where_the_machine_says_otherwise() -> None:
    done = process("score", TEA, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 0
    assert "★★★★" in done.stdout.decode("utf-8")


def test_a_stream_that_has_no_encoding_to_change_is_left_alone() -> None:
    from ocop.cli import speak_utf8

    stream = io.StringIO()
    speak_utf8(stream)
    assert stream.getvalue() == ""


def test_nobody_reads_on() -> None:
    import subprocess

    command = [sys.executable, "-m", "ocop", "show", "qd26-2026/community-tourism"]
    done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.stdout is not None
    assert done.stderr is not None
    done.stdout.close()
    errors = done.stderr.read()
    done.stderr.close()
    assert (done.wait(), errors) == (1, b"")


def test_a_full_disk_is_told() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    import subprocess

    for words in (("score", TEA), ("sets", "--json"), ("report", TEA, "-o", "-")):
        with open("/dev/full", "wb") as full:
            command = [sys.executable, "-m", "ocop", *words]
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 1
        assert done.stderr.decode() == f"Error: the output cannot be written: {os.strerror(errno.ENOSPC)}\n"


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 1), (errno.EPIPE, 1)])
def test_what_breaks_the_output_ends_the_call(number: int, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("ocop.cli.scores.results_of", broken)
    result = run("score", TEA)
    assert result.exit_code == status
    assert ("the output cannot be written" in result.output) is (number != errno.EPIPE)


@pytest.mark.parametrize("breaks", ["\n", "\r\n", "\u2028"])
def test_a_name_with_a_line_break_takes_one_line(breaks: str, tmp_path: Path) -> None:
    name = breaks.join(("Chè", "Kết quả: 5 sao"))
    file = sheet(tmp_path / "x.json", CAPPED, product=name, evaluator=name)
    for words in (("score", file), ("score", "--council", file), ("plan", file), ("rank", file)):
        lines = run(*words).output.splitlines()
        assert not any(line.startswith("Kết quả: 5") for line in lines)
        assert any("Chè Kết quả: 5 sao" in line for line in lines)
    other = sheet(tmp_path / "y.json", CAPPED, evaluator="An")
    report = run("score", "--council", file, other).output.splitlines()
    assert any("Chè Kết quả: 5 sao" in line for line in report)


def test_a_call_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ocop.cli.scores.results_of", broken)
    result = run("score", TEA)
    assert (result.exit_code, result.output.strip()) == (1, "Aborted!")
