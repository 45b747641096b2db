"""Every example in the docstrings, the README and the docs runs, and says what it prints."""

import ast
import doctest
import importlib
import pkgutil
import re
import shlex
from pathlib import Path

import pytest

import ocop

MODULES = ["ocop", *(i.name for i in pkgutil.walk_packages(ocop.__path__, "ocop.") if not i.name.endswith("__main__"))]
GENERATED = {"_build", "criteria-sets"}
PAGES = [Path("README.md"), *sorted(path for path in Path("docs").rglob("*.md") if not GENERATED & {*path.parts})]
TUTORIALS = sorted(Path("docs/tutorials").glob("*.md"))
FENCE = re.compile(r"^```(\{?[\w-]+\}?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: Path, language: str) -> list[str]:
    return [code for found, code in FENCE.findall(page.read_text("utf-8")) if found == language]


def run_doctests(text: str, name: str, names: dict[str, object]) -> None:
    examples = doctest.DocTestParser().get_doctest(text, names, name, name, 0)
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    output: list[str] = []
    runner.run(examples, out=output.append, clear_globs=False)
    names.update(examples.globs)
    assert not runner.failures, "".join(output)


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name: str) -> None:
    module = importlib.import_module(name)
    for found in doctest.DocTestFinder(exclude_empty=True).find(module, name):
        runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
        output: list[str] = []
        runner.run(found, out=output.append)
        assert not runner.failures, "".join(output)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_python_on_pages(page: Path) -> None:
    names: dict[str, object] = {}
    for number, code in enumerate(blocks(page, "python"), 1):
        assert ">>>" in code, f"{page}: block {number} shows nothing that can be checked"
        run_doctests(code, f"{page}, block {number}", names)


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda page: page.stem)
def test_cells_of_tutorials(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cells run in the tutorial's own folder, and what each shows can be shown; hidden cells check the numbers."""
    monkeypatch.setenv("MPLBACKEND", "agg")
    cells = [re.sub(r"\A(:.*\n)+", "", code) for code in blocks(page, "{code-cell}")]
    assert any("assert " in cell for cell in cells), f"{page} checks nothing"
    monkeypatch.chdir(page.parent)
    names: dict[str, object] = {"__name__": "__main__"}
    try:
        for number, cell in enumerate(cells, 1):
            run_cell(cell, f"{page}, cell {number}", names)
    finally:
        ocop.set_display_language(None)


def run_cell(cell: str, name: str, names: dict[str, object]) -> None:
    tree = ast.parse(cell, name)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)  # noqa: S102
    if isinstance(last, ast.Expr):
        shown = eval(compile(ast.Expression(last.value), name, "eval"), names)  # noqa: S307
        getattr(shown, "_repr_html_", shown.__repr__)()


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_commands_on_pages(page: Path) -> None:
    """Each ``$ ocop …`` in a console block prints what the block shows; a line of "…" stands for any lines."""
    testing = pytest.importorskip("click.testing", reason="the extra cli is not installed")
    from ocop.cli import main

    for block in blocks(page, "console"):
        for call in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = call.partition("\n")
            words = shlex.split(command, comments=True)
            if words[0] != "ocop" or any(word in ("|", ">", "<", "&&") for word in words):
                continue
            result = testing.CliRunner().invoke(main, words[1:], prog_name="ocop")
            pattern = ".*".join(
                re.escape(piece) for piece in re.split(r"^…\n", shown.rstrip() + "\n", flags=re.MULTILINE)
            )
            assert re.fullmatch(pattern, result.output.rstrip() + "\n", re.DOTALL), f"{command}\n{result.output}"
