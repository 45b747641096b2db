"""What is printed: plain text of 80 columns where no terminal shows it, colours and tables where one does.

What may come from a file is printed with its control characters made visible, so that no name of a product or of a
file can move the cursor, clear the screen or turn the direction of writing.
"""

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any, Final, TypeVar

import click

from ocop.adapters.markup import visible
from ocop.text import Label, Language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

WIDTH: Final = 80
"""Columns of the text, also where nobody looks at it."""
NARROWEST: Final = 60
"""Columns that tables need; a narrower terminal gets the text that a pipe gets."""
STARS: Final = "★+"
"""What is coloured in a text, on a terminal."""

T = TypeVar("T")

_READING: Final = Label("Đang đọc", "Reading")


def is_terminal(stream: IO[str]) -> bool:
    """Return whether somebody looks at a stream; only there are colours, tables of full width and progress bars."""
    return stream.isatty()


def tables_fit() -> bool:
    """Return whether tables are drawn: standard output is a terminal, and wide enough for them."""
    return is_terminal(sys.stdout) and console().width >= NARROWEST


def console(stream: IO[str] | None = None) -> "Console":
    """Return a console for standard output, or another stream; where that is no terminal, it has 80 columns."""
    from rich.console import Console

    file = sys.stdout if stream is None else stream
    terminal = is_terminal(file)
    # The environment may ask rich for colours in a file as well; what is written to a file is the same everywhere.
    width = None if terminal else WIDTH
    return Console(file=file, force_terminal=terminal, width=width, highlight=False, markup=False, emoji=False)


def print_text(text: str, *, err: bool = False) -> None:
    """Print lines of text, folded; what is folded stands two columns further in."""
    for line in visible(text).splitlines():
        indent = line[: len(line) - len(line.lstrip())] + "  "
        print_line(line, "", indent, err=err)


def print_line(line: str, first: str, further: str, style: str = "", *, err: bool = False) -> None:
    """Print one line, cut at blanks to the width of the output; `first` and `further` stand before its pieces."""
    stream, line = sys.stderr if err else sys.stdout, visible(line)
    if not is_terminal(stream):
        click.echo("\n".join(wrapped(line, first, further)), err=err)
        return
    from rich.text import Text

    shown = console(stream)
    for row in wrapped(line, first, further, min(WIDTH, shown.width)):
        text = Text(row, style)
        text.highlight_regex(STARS, "yellow")
        shown.print(text, soft_wrap=True)


def cell(text: str, style: str = "") -> "Text":
    """Return a text for a cell of a table, on one line."""
    from rich.text import Text

    return Text(" ".join(visible(text).split()), style)


def wrapped(line: str, first: str, further: str, width: int = WIDTH) -> list[str]:
    """Return a line cut at blanks to a width, one piece at least.

    >>> wrapped("Rau, củ, quả", "", "  ", 8)
    ['Rau, củ,', '  quả']
    """
    return textwrap.wrap(
        line, width, initial_indent=first, subsequent_indent=further, break_on_hyphens=False, break_long_words=False
    ) or [""]


def print_json(value: Any) -> None:
    """Print a value as JSON, for programs."""
    click.echo(json_text(value))


def json_text(value: Any) -> str:
    r"""Return a value as JSON in which what a terminal would act on, or show otherwise, is escaped.

    >>> print(json_text("Chè\u202e"))
    "Chè\u202e"
    """
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text if visible(text) == text else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    if visible(character) == character:
        return character
    return "\\u007f" if character == "\x7f" else json.dumps(character)[1:-1]  # DEL is ASCII, and left as it is


def usage_error(message: object) -> click.UsageError:
    """Return the error that says what is wrong with the call: status 2."""
    return click.UsageError(visible(str(message)))


def failure(message: object) -> click.ClickException:
    """Return the error of a call that was right, and cannot be answered: status 1."""
    return click.ClickException(visible(str(message)))


def write_output(path: str, data: bytes) -> None:
    """Write bytes to a file, or to standard output for ``-``."""
    if path == "-":
        stream = sys.stdout.buffer
        stream.write(data)
        stream.flush()
        return
    try:
        with open(path, "wb") as file:
            file.write(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise failure(f"the file {path} cannot be written: {reason}") from None


def tracked(items: Sequence[T], lang: Language) -> Iterable[T]:
    """Return items to go through, with a bar on standard error where it is a terminal and there are several."""
    if len(items) < 2 or not is_terminal(sys.stderr):
        return items
    from rich.progress import track

    return track(items, _READING.get(lang), console=console(sys.stderr), transient=True)
