import subprocess
import sys
from pathlib import Path

import click
import pytest

import ocop
from command_line import click_testing, run
from ocop.cli import main
from ocop.programme import programmes


def completed(*words: str) -> list[tuple[str, str]]:
    """Return what is offered for the last of some words: its type and its value."""
    from click.shell_completion import BashComplete

    made = BashComplete(main, {}, "ocop", "_OCOP_COMPLETE")
    return [(each.type, each.value) for each in made.get_completions(list(words[:-1]), words[-1])]


def values(*words: str) -> list[str]:
    return [value for _, value in completed(*words)]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_that_of_the_shell(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_OCOP_COMPLETE={shell}_complete" in result.output
    assert "ocop" in result.output


def test_its_help_says_how_it_is_installed() -> None:
    result = run("completion", "--help")
    assert all(name in result.output for name in ("~/.bashrc", "~/.zshrc", "~/.config/fish/completions/ocop.fish"))
    assert run("completion", "tcsh").exit_code == 2


def test_the_shell_is_answered() -> None:
    env = {"COMP_WORDS": "ocop show qd26-2026/tea", "COMP_CWORD": "2", "_OCOP_COMPLETE": "bash_complete"}
    result = click_testing.CliRunner(env=env).invoke(main, prog_name="ocop", complete_var="_OCOP_COMPLETE")
    assert result.output.splitlines() == ["plain,qd26-2026/tea"]


def test_commands_and_ids() -> None:
    assert values("") == main.list_commands(click.Context(main))
    assert values("excel", "") == ["form", "read", "results"]
    assert values("completion", "") == ["bash", "zsh", "fish"]
    for words in (("show",), ("blank",), ("excel", "form"), ("compare",), ("compare", "x")):
        assert values(*words, "qd148-2023/") == list(ocop.PACKAGED.set_ids("qd148-2023"))
    assert completed("compare", "none/x") == [("file", "none/x")]
    assert values("sets", "--edition", "qd2") == ["qd26-2026"]
    assert values("progress", "b") == [each for each in programmes.PACKAGED.ids if each.startswith("b")]
    assert values("report", "--programme", "hai") == ["hai-duong-2018-2030"]
    assert values("rank", "--by") == ["--by"]


def test_a_shell_completes_what_is_written_and_folders() -> None:
    for words in (("excel", "form", "-o"), ("report", "-o"), ("excel", "read", "--mark")):
        assert completed(*words, "x") == [("file", "x")]
    for words in (("excel", "read", "-o"), ("score", "--edition-folder")):
        assert completed(*words, "x") == [("dir", "x")]


def test_a_command_that_is_nearly_there_has_no_completions() -> None:
    assert values("scor", "") == main.list_commands(click.Context(main))


def test_a_folder_that_is_refused_does_not_disturb(tmp_path: Path) -> None:
    assert values("show", "--edition-folder", str(tmp_path), "qd26-2026/tea") == ["qd26-2026/tea"]


class TestFiles:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("tea.json", "tea.XLSX", "tea.csv", "tea.md", "honey.json", ".hidden.json"):
            (tmp_path / name).touch()
        monkeypatch.chdir(tmp_path)

    def test_files_of_the_kinds_that_a_command_takes(self) -> None:
        for command in ("score", "validate", "plan", "rank", "report"):
            assert completed(command, "tea") == [
                ("plain", "tea.XLSX"), ("plain", "tea.csv"), ("plain", "tea.json")]  # fmt: skip
        assert values("rank", "--before", "h") == ["honey.json"]
        assert values("excel", "read", "") == ["tea.XLSX", "tea.csv"]
        assert values("progress", "binh-duong-2021-2025", "") == ["honey.json", "tea.json"]
        assert values("compare", ".h") == [".hidden.json"]

    def test_a_shell_goes_into_folders_itself(self, tmp_path: Path) -> None:
        (tmp_path / "teas").mkdir()
        assert completed("score", "tea") == [("file", "tea")]
        assert completed("score", "h") == [("plain", "honey.json")]
        assert completed("score", "none/x") == [("file", "none/x")]
        (tmp_path / "teas" / "a.json").touch()
        assert completed("score", "teas/") == [("plain", "teas/a.json")]

    def test_a_shell_quotes_odd_names_itself(self, tmp_path: Path) -> None:
        (tmp_path / "green tea.json").touch()
        assert completed("score", "g") == [("file", "g")]


def test_completing_loads_nothing_heavy() -> None:
    code = (
        "from click.shell_completion import BashComplete; from ocop.cli import main; import sys;"
        "print(len(BashComplete(main, {}, 'ocop', 'x').get_completions(['show'], 'qd26-2026/')), *sys.modules)"
    )
    count, *loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert count == "26"
    assert not {"rich", "jsonschema", "cattrs", "ocop.documents", "ocop.programme"} & set(loaded)
