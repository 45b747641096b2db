"""A terminal that somebody looks at."""

from typing import IO

import pytest


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both streams of a call be terminals of 100 columns."""

    def is_terminal(_: IO[str]) -> bool:
        return True

    monkeypatch.setattr("ocop.cli.output.is_terminal", is_terminal)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm-256color")
