import sys

import click
import pytest

import ocop
from command_line import TEA, english, run
from ocop.cli import main

COMMANDS = [
    ["score"], ["validate"], ["plan"], ["rank"], ["sets"], ["show"], ["blank"], ["compare"],
    ["excel", "form"], ["excel", "read"], ["excel", "results"], ["report"], ["progress"],
]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("score",),
        ("validate",),
        ("show",),
        ("blank",),
        ("plan",),
        ("rank",),
        ("report",),
        ("compare", "qd26-2026/tea"),
        ("excel", "form"),
        ("nonsense",),
        ("score", "x", "--lang", "fr"),
        ("sets", "--x"),
    ],
)
def test_a_wrong_call_gives_exit_2_and_usage(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert "Usage: ocop" in result.output


def test_the_help_has_every_command_under_a_heading() -> None:
    for words in (("--help",), ("-h",), ()):
        output = run(*words).output
        headings = ["Score and explain:", "Look up the criteria:", "Excel, CSV and reports:", "Programmes:", "Shell:"]
        places = [output.index(f"\n{heading}\n") for heading in headings]
        assert places == sorted(places)
        for name in main.list_commands(click.Context(main)):
            assert f"\n  {name} " in output
        assert "Exit status: 0 fine, 1 a document has problems, 2 the command was called" in output
        assert "..." not in output[places[0] :]
        assert max(map(len, output.splitlines())) <= 80


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_help_of_each_command_has_an_example_that_names_its_options(words: list[str]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert max(map(len, result.output.splitlines())) <= 80
    help_text, _, examples = result.output.partition("\n  Example")
    lines = [line.strip() for line in examples.splitlines()[1:]]
    assert lines
    for line in lines:
        assert line.startswith(" ".join(["ocop", *words]))
        assert all(option in help_text for option in line.split() if option.startswith("-") and option != "-")


def test_a_command_that_is_nearly_there_is_named() -> None:
    result = run("scor", TEA)
    assert (result.exit_code, "there is no command 'scor'; did you mean 'score'?" in result.output) == (2, True)
    assert "No such command 'qqq'" in run("qqq").output


def test_the_version() -> None:
    assert run("--version").output.strip() == f"ocop, version {ocop.__version__}"


def test_a_command_that_there_is_not() -> None:
    assert main.get_command(click.Context(main), "x") is None
    assert english("sets", "--edition", "x").exit_code == 2


def test_run_speaks_utf8_and_exits(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from ocop.cli import run as run_it

    monkeypatch.setattr(sys, "argv", ["ocop", "--version"])
    with pytest.raises(SystemExit) as caught:
        run_it()
    assert caught.value.code == 0
    assert capsys.readouterr().out.startswith("ocop, version")


@pytest.mark.parametrize("library", ["click", "rich"])
def test_without_the_extra_one_sentence_names_it(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import ocop.__main__ as entry

    monkeypatch.setitem(sys.modules, library, None)  # who has Flask has click, and not yet rich
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
