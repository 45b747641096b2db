"""The commands on the page of the command line that write files, which are run in a folder of their own."""

import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

import ocop
from command_line import COUNCIL, PORTFOLIO, TEA, run
from ocop.cli import main
from workbooks import answer, edited

PAGE = Path("docs/reference/command-line.md").read_text("utf-8")
BLOCKS = re.findall(r"^```bash\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_commands_that_write_files_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = ocop.load(TEA).choices
    for source, name in ((TEA, "tea.json"), (COUNCIL, "tea-council.json"), (PORTFOLIO, "portfolio.json")):
        shutil.copy(source, tmp_path / name)
    shutil.copy("docs/examples/tea-capped.json", tmp_path)
    monkeypatch.chdir(tmp_path)
    lines = [line for block in BLOCKS for line in block.splitlines()]
    assert {line.split(" -")[0].split()[1] for line in lines} == {"excel", "report"}
    for line in lines:
        words = shlex.split(line)
        result = run(*words[1:])
        assert (words[0], result.exit_code) == ("ocop", 0), f"{line}\n{result.output}"
        for option in ("-o", "--mark"):
            assert option not in words or Path(words[words.index(option) + 1]).exists()
        if "form" in words:
            filled = edited(Path("form.xlsx").read_bytes(), answer(choices), answer(choices, 1))
            Path("filled.xlsx").write_bytes(filled)
    assert sorted(each.name for each in Path("sheets").iterdir()) == ["sheet-1-An.json", "sheet-2-Bình.json"]


def test_every_command_is_on_the_page() -> None:
    names = {*main.list_commands(click.Context(main)), "excel form", "excel read", "excel results"} - {"excel"}
    for name in names:
        assert f"\n## ocop {name}\n" in PAGE
        assert f"\n$ ocop {name} --help\n" in PAGE
