"""Writing with xlsxwriter so that text stays text, no refusal goes unseen, and the same input gives the same bytes."""

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from fractions import Fraction
from importlib import import_module
from typing import Any, Final

from ocop.adapters.byte_files import Target, printable, put
from ocop.errors import ConversionError, MissingExtraError

MAX_TEXT: Final = 32_767
"""How many characters a cell of a workbook can hold."""
MAX_NAME: Final = 31
"""How many characters a sheet's name may have."""

_NOT_IN_XML: Final = re.compile("[\ufffe\uffff]")
_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ufffe\uffff]")
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the day on which a workbook was made: a clock would give other bytes each time."""
_PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def library(name: str) -> Any:
    """Return a library of the extra ``excel``.

    Raises:
        MissingExtraError: where it is not installed.
    """
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtraError("excel") from None


def cell_text(text: str) -> str:
    """Return a text as a cell can hold it.

    Raises:
        ConversionError: for over 32,767 characters.
    """
    text = _NOT_IN_XML.sub("\ufffd", printable(text))
    if len(text.encode("utf-16-le")) > 2 * MAX_TEXT:
        raise ConversionError(f"a cell of a workbook holds up to {MAX_TEXT:,} characters; got a text of {len(text):,}")
    return text


def sheet_name(wanted: str, fallback: str, taken: Iterable[str]) -> str:
    """Return a name that a sheet may have, as near to the one wanted as can be, and unlike those taken.

    >>> sheet_name("An/Bình", "Sheet 1", []), sheet_name("AN", "Sheet 2", ["An"]), sheet_name("'", "Sheet 3", [])
    ('An Bình', 'AN (2)', 'Sheet 3')
    """
    used = {name.casefold() for name in taken} | {"history"}
    name = " ".join(_NOT_IN_NAMES.sub(" ", cell_text(wanted[:1000])).split()).strip("' ") or fallback
    short, number = _cut(name, MAX_NAME), 1
    while short.casefold() in used:
        number += 1
        end = f" ({number})"
        short = _cut(name, MAX_NAME - len(end)) + end
    return short


def _cut(name: str, width: int) -> str:
    """Return as much of a name as fits; Excel counts letters outside the basic plane twice."""
    return name.encode("utf-16-le")[: 2 * width].decode("utf-16-le", "ignore").rstrip("' ")


def _check(action: str, code: int | None) -> None:
    """Look at what the writer returns: 0 or None where it did as it was told."""
    if code:
        raise ConversionError(f"the workbook's writer refused {action} with the code {code}")


class Book:
    """A workbook in the making."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._book: Any = library("xlsxwriter").Workbook(self._buffer, _PLAIN)
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._names: list[str] = []
        self._book.set_properties({"created": _CREATED})

    def look(self, **properties: object) -> Any:
        """Return the format with these properties; each is made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def sheet(self, wanted: str, fallback: str) -> "Sheet":
        """Return a new sheet, with a name as near to the one wanted as can be."""
        name = sheet_name(wanted, fallback, self._names)
        self._names.append(name)
        return Sheet(self._book.add_worksheet(name), name)

    def name(self, name: str, reference: str) -> None:
        """Give some cells a name."""
        _check("define_name", self._book.define_name(name, reference))

    def save(self, target: Target) -> None:
        """Write the workbook."""
        self._book.close()
        put(target, self._buffer.getvalue())


class Sheet:
    """A sheet in the making; what the writer refuses is an error."""

    def __init__(self, sheet: Any, name: str) -> None:
        self._sheet = sheet
        self.name = name

    def do(self, action: str, *arguments: Any, **options: Any) -> None:
        """Let the writer do something, and look at what it returns."""
        _check(action, getattr(self._sheet, action)(*arguments, **options))

    def text(self, row: int, column: int, text: str, look: Any = None) -> None:
        """Write a text, whatever it looks like."""
        text = cell_text(text)
        if text:
            self.do("write_string", row, column, text, look)
        else:
            self.do("write_blank", row, column, None, look)

    def merged(self, row: int, first: int, last: int, text: str, look: Any = None) -> None:
        """Write a text across some columns."""
        self.do("merge_range", row, first, row, last, "", look)
        self.text(row, first, text, look)

    def number(self, row: int, column: int, number: int | float | Fraction, look: Any = None) -> None:
        """Write a number; a fraction as the nearest float."""
        self.do("write_number", row, column, float(number), look)

    def formula(self, row: int, column: int, formula: str, look: Any = None, value: int | str = "") -> None:
        """Write a formula of ours, with what it gives at first."""
        self.do("write_formula", row, column, formula, look, value)
