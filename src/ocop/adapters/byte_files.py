"""Where files of bytes come from and go to, and text that any of them can hold."""

import os
import re
from typing import BinaryIO, Final

from ocop.documents.kinds import read_bytes
from ocop.errors import DocumentError, Problem, Report
from ocop.text import nfc

Source = str | os.PathLike[str] | bytes
"""Where a file comes from: a path, or its bytes."""
Target = str | os.PathLike[str] | BinaryIO
"""Where a file is written: a path, or a file that is open for writing bytes."""

MAX_CELLS: Final = 2_000_000
"""How many cells a table may have, filled up to its last row and column: parsers set aside memory for all of them."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def take(source: Source) -> bytes:
    """Return the bytes of a source.

    Raises:
        DocumentError: for a path at which there is no file that can be read, or too large a one.
    """
    return source if isinstance(source, bytes) else read_bytes(source)


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8, without a byte order mark.

    Raises:
        DocumentError: for another encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:4]:
        raise DocumentError(Report([Problem.of("json-utf16")]))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        got = repr(data[error.start : error.start + 1])
        raise DocumentError(Report([Problem.of("json-not-utf8", position=error.start, got=got)])) from None


def check_cells(rows: int, columns: int, areas: int = 0) -> None:
    """Look at how many cells a sheet, or a table of CSV, has, and how many of them are in areas.

    Raises:
        DocumentError: for more than `MAX_CELLS`.
    """
    if max(rows * columns, areas) > MAX_CELLS:
        got = f"{rows} × {columns}"
        raise DocumentError(Report([Problem.of("workbook-sheet-too-large", limit=MAX_CELLS, got=got)]))


def subject_of(source: Source) -> str | None:
    """Return the name of a file in a report; None where there are only bytes."""
    return None if isinstance(source, bytes) else os.fspath(source)


def put(target: Target, data: bytes) -> None:
    """Write bytes to a path or a file."""
    if isinstance(target, (str, os.PathLike)):
        with open(target, "wb") as file:
            file.write(data)
    else:
        target.write(data)


def printable(text: str) -> str:
    """Return a text in normal form C, with U+FFFD for what no encoding can write: half of a surrogate pair."""
    return _SURROGATE.sub("\ufffd", nfc(text))
