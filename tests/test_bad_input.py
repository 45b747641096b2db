"""What people really hand in: each gives exit 1, a message in both languages with a stable code, and no traceback."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any

import pytest

import ocop

pytest.importorskip("click", reason="the extra cli is not installed")

GOOD = json.loads(Path("docs/examples/tea.json").read_text("utf-8"))


def with_choice(choice: Any) -> Any:
    return {**GOOD, "choices": {**GOOD["choices"], "1.1": choice}}


CASES: dict[str, tuple[Any, str, str]] = {
    "an empty file": (b"", "json-empty", ""),
    "JSON cut in half": (json.dumps(GOOD)[: len(json.dumps(GOOD)) // 2].encode(), "json-syntax", ""),
    "only the kind": ({"kind": "score-sheet"}, "key-missing", "/choices"),
    "an unknown kind": ({**GOOD, "kind": "phiếu"}, "kind-unknown", "/kind"),
    "an unknown set with a near name": ({**GOOD, "criteria_set": "qd26-2026/te"}, "set-unknown", "/criteria_set"),
    "a set named without its edition": ({**GOOD, "criteria_set": "tea"}, "set-unknown", "/criteria_set"),
    "a letter the criterion lacks": (with_choice("d"), "option-unknown", "/choices/1.1"),
    "a letter and a blank": (with_choice("c "), "option-unknown", "/choices/1.1"),
    "a capital": (with_choice("C"), "option-unknown", "/choices/1.1"),
    "nothing filled in": (with_choice(""), "choice-empty", "/choices/1.1"),
    "points": (with_choice(3), "choice-not-a-letter", "/choices/1.1"),
    "true": (with_choice(True), "choice-not-a-letter", "/choices/1.1"),
    "a criterion of another set": (
        {**GOOD, "choices": {**GOOD["choices"], "12": "a"}},
        "criterion-unknown",
        "/choices/12",
    ),
    "choices as a list": ({**GOOD, "choices": ["c"]}, "value-not-object", "/choices"),
    "a Vietnamese key in NFD": (
        {**GOOD, unicodedata.normalize("NFD", "sản phẩm"): "Chè"},
        "key-unknown",
        "/" + unicodedata.normalize("NFC", "sản phẩm"),
    ),
    "a criterion given twice": (
        json.dumps(GOOD).replace('"1.2":', '"1.1": "a", "1.2":').encode(),
        "json-duplicate-key",
        "/choices/1.1",
    ),
    "UTF-16": (json.dumps(GOOD).encode("utf-16"), "json-utf16", ""),
    "NaN": (json.dumps(GOOD).replace('"c"', "NaN", 1).encode(), "json-not-a-number", "/choices/1.1"),
}


def score_of(path: Path | str, lang: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "ocop", "score", str(path), "--lang", lang]
    return subprocess.run(command, capture_output=True, check=False)


@pytest.mark.parametrize("name", CASES)
def test_bad_input_gives_one_clear_message(name: str, tmp_path: Path) -> None:
    content, code, pointer = CASES[name]
    path = tmp_path / "phiếu.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    report = ocop.validate(path, "en")
    assert (code, pointer) in [(problem.code, problem.pointer) for problem in report.problems]
    (problem, *_) = [problem for problem in report.problems if problem.code == code]
    for lang in ("vi", "en"):
        done = score_of(path, lang)
        output = " ".join(done.stdout.decode("utf-8").split())
        assert done.returncode == 1
        assert done.stderr == b""
        assert "Traceback" not in output
        assert f"[{code}]" in output
        assert problem.message.get(lang) in output


def test_null_is_a_choice(tmp_path: Path) -> None:
    path = tmp_path / "sheet.json"
    path.write_text(json.dumps(with_choice(None)), "utf-8")
    assert score_of(path, "vi").returncode == 0


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "file-is-folder"), (tmp_path / "none.json", "file-not-found")):
        done = score_of(path, "vi")
        assert (done.returncode, done.stderr) == (1, b"")
        assert f"[{code}]" in done.stdout.decode("utf-8")


def test_a_file_of_40_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "big.json"
    path.write_bytes(b'{"kind": "' + b"x" * 40_000_000 + b'"}')
    done = score_of(path, "vi")
    assert done.returncode == 1
    assert "[json-too-large]" in done.stdout.decode("utf-8")


def test_ten_thousand_unknown_criteria_give_a_report_that_stays_readable(tmp_path: Path) -> None:
    path = tmp_path / "many.json"
    choices = {**GOOD["choices"], **{f"9{number}": "a" for number in range(10_000)}}
    path.write_text(json.dumps({**GOOD, "choices": choices}), "utf-8")
    done = score_of(path, "en")
    output = done.stdout.decode("utf-8")
    assert done.returncode == 1
    assert len(output.splitlines()) < 200
    assert "and 9950 more of this kind [criterion-unknown]" in output
    assert len(ocop.validate(path).problems) == 10_000
