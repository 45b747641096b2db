"""The command line, for the tests: called in this process, or in one of its own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

click_testing = pytest.importorskip("click.testing", reason="the extra cli is not installed")

EXAMPLES = Path("docs/examples")
TEA = str(EXAMPLES / "tea.json")
CAPPED = str(EXAMPLES / "tea-capped.json")
STOPPED = str(EXAMPLES / "bottled-water-stopped.json")
COUNCIL = str(EXAMPLES / "tea-council.json")
PORTFOLIO = str(EXAMPLES / "binh-duong-2023/portfolio.json")
CRAFT = ("--edition-folder", str(EXAMPLES / "own/craft-award"))
BASKET = str(EXAMPLES / "own/craft-award/sheet.json")
EVIL = "\x1b[2J\u202eChè\x9b"
"""A product's name that clears a screen and turns the direction of writing."""
SEEN = "[U+001B][2J[U+202E]Chè[U+009B]"
"""How it is to be printed."""


def run(*words: str, stdin: bytes | None = None, **environment: Any) -> Any:
    """Return what a call gives, in an environment with some variables set."""
    from ocop.cli import main

    return click_testing.CliRunner(env=environment).invoke(main, list(words), input=stdin, prog_name="ocop")


def english(*words: str, **environment: Any) -> Any:
    """Return what a call with English output gives, as `run` does."""
    return run(*words, "--lang", "en", **environment)


def unstyled(result: Any) -> str:
    """Return the output of a call without what colours and bars are made of."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", result.output)


def flat(result: Any) -> str:
    """Return the output of a call with its lines joined, without colours."""
    return " ".join(unstyled(result).split())


def process(*words: str, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Return what a call in a process of its own gives."""
    env = {**os.environ, **environment}
    command = [sys.executable, "-m", "ocop", *words]
    return subprocess.run(command, input=stdin, env=env, capture_output=True, check=False)


def sheet(path: Path, source: str = TEA, **changes: Any) -> str:
    """Write an example's sheet with some changes, and return the name of the file."""
    path.write_text(json.dumps({**json.loads(Path(source).read_text("utf-8")), **changes}), "utf-8")
    return str(path)
