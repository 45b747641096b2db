"""Tables of published results: which column is which, whatever they are called and however they are separated."""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import frozen

from ocop.adapters.byte_files import check_cells, decoded
from ocop.documents.kinds import read_bytes
from ocop.errors import MAX_STEP, ConversionError, MissingExtraError, Problem, pointer
from ocop.text import FrozenDict, match_key, nfc

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "product": ("Tên sản phẩm", "Sản phẩm", "Tên sản phẩm OCOP", "Sản phẩm OCOP", "Product", "Product name"),
    "subject": (
        *("Chủ thể", "Tên chủ thể", "Chủ thể OCOP", "Tên chủ thể OCOP", "Chủ thể sản xuất", "Cơ sở sản xuất"),
        *("Đơn vị sản xuất", "Subject", "Producer"),
    ),
    "category": (
        *("Nhóm", "Nhóm sản phẩm", "Nhóm ngành", "Ngành hàng", "Loại sản phẩm", "Phân nhóm", "Bộ sản phẩm"),
        *("Category", "Group", "Product group"),
    ),
    "star": (
        *("Hạng sao", "Số sao", "Sao", "Hạng", "Xếp hạng", "Phân hạng", "Kết quả phân hạng", "Kết quả xếp hạng"),
        *("Star", "Stars"),
    ),
    "decision": (
        *("Số quyết định", "Quyết định", "Số QĐ", "Quyết định công nhận", "Số quyết định công nhận"),
        *("Quyết định số", "Decision", "Decision number", "Decision no"),
    ),
    "issued": (
        *("Ngày cấp", "Ngày ban hành", "Ngày quyết định", "Ngày công nhận", "Ngày ký", "Ngày cấp giấy chứng nhận"),
        *("Issued", "Issue date", "Issued on", "Date of issue"),
    ),
    "expires": (
        *("Ngày hết hạn", "Ngày hết hiệu lực", "Có hiệu lực đến", "Hiệu lực đến", "Có giá trị đến", "Thời hạn đến"),
        *("Expires", "Expiry", "Expiry date", "Expires on", "Valid until"),
    ),
    "authority": (
        *("Cơ quan", "Cơ quan cấp", "Cơ quan ban hành", "Cơ quan công nhận", "Cơ quan quyết định", "Nơi cấp"),
        *("Authority", "Issued by"),
    ),
    "old_commune": (
        *("Xã cũ", "Xã, phường cũ", "Xã/phường cũ", "Xã, phường, thị trấn cũ", "Địa chỉ cũ", "Tên xã cũ"),
        *("Old commune", "Former commune"),
    ),
    "new_commune": (
        *("Xã mới", "Xã, phường mới", "Xã/phường mới", "Xã, phường, đặc khu mới", "Xã, phường, đặc khu", "Tên xã mới"),
        *("Xã", "Xã, phường", "Xã/phường", "Phường", "Commune", "New commune", "Ward"),
    ),
    "province": (
        *("Tỉnh", "Tỉnh, thành phố", "Tỉnh/thành phố", "Tỉnh, thành", "Tỉnh mới", "Tỉnh, thành phố mới"),
        *("Province", "New province"),
    ),
}
"""By what a column holds the titles under which it is known; letters, tones, signs and brackets do not matter."""

NEEDED: Final = ("product", "subject", "star", "decision", "issued", "authority", "new_commune", "province")
"""The columns that a table of results has to have."""
DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 20
"""The title row stands among so many rows; above it may stand the name of the list."""
_LEAST: Final = 2
"""So many known titles make a title row."""
_SIGNS: Final = re.compile(r"[^\w]+")
_BRACKETS: Final = re.compile(r"[(\[].*?[)\]]")

_HEAD: Final = 20_000
"""From so many characters the separator is told."""

Row = tuple[int, tuple[str, ...]]
"""A row's number, as a spreadsheet counts, and its cells."""


def _key(title: str) -> str:
    return _SIGNS.sub(" ", match_key(title)).strip()


_KNOWN: Final = {_key(title): column for column, titles in COLUMNS.items() for title in titles}


def column_of(title: str) -> str | None:
    """Return which column this title stands for, or None.

    >>> column_of("XÃ (MỚI)"), column_of("Ngày cấp (dd/mm/yyyy)"), column_of("Ghi chú")
    ('new_commune', 'issued', None)
    """
    return _KNOWN.get(_key(title)) or _KNOWN.get(_key(_BRACKETS.sub(" ", title)))


@frozen
class Table:
    """A table as it came, with what its columns are."""

    titles: tuple[str, ...]
    """The title of each column; those without one, and those that come again, have a number."""
    width: int
    """How many columns the title row has; a row may have more."""
    columns: FrozenDict[str, int]
    """By what a column holds its place."""
    rows: tuple[Row, ...]
    """The rows that are not empty."""
    problems: tuple[Problem, ...]


def read_table(source: object) -> Table:
    """Return the table that a file, a text or a frame holds.

    Raises:
        DocumentError: for a file that cannot be read, or is not UTF-8, and for text of over 2,000,000 cells.
        ConversionError: for what is none of these.
        MissingExtraError: for a frame, without the extra ``frames``.
    """
    if isinstance(source, os.PathLike):
        return _of_text(decoded(read_bytes(source)))
    if isinstance(source, (str, bytes)):
        return _of_text(decoded(source) if isinstance(source, bytes) else source)
    return _table(_frame_rows(source))


def _of_text(text: str) -> Table:
    """Return the table with the separator by which most titles are known."""
    text = nfc(text.removeprefix("\ufeff"))
    head = text[:_HEAD]
    delimiter = max(DELIMITERS, key=lambda each: len(_known(_header(_rows(head, each)[0])[1])))
    rows, problems = _rows(text, delimiter)
    # Every row is filled up to the longest.
    check_cells(len(rows), max((len(cells) for _, cells in rows), default=0))
    return _table(rows, problems)


def _rows(text: str, delimiter: str) -> tuple[list[Row], list[Problem]]:
    """Return the rows of CSV; where its quotes are wrong, as well as it can be read, with a problem."""
    problems: list[Problem] = []
    for strict in (True, False):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
        rows: list[Row] = []
        try:
            rows.extend((number, tuple([cell.strip() for cell in cells])) for number, cells in enumerate(reader, 1))
        except csv.Error as error:
            problems.append(Problem.of("results-csv-broken", line=reader.line_num, got=str(error)))
        else:
            break
    return rows, problems


def _frame_rows(frame: Any) -> list[Row]:
    try:
        import narwhals as nw
    except ImportError:
        raise MissingExtraError("frames") from None
    try:
        found: Any = nw.from_native(frame, eager_only=True)
    except TypeError:
        kind = f"{type(frame).__module__}.{type(frame).__qualname__}"
        expected = "a path, CSV text, a DataFrame of pandas or polars, or a Table of pyarrow"
        raise ConversionError(f"expected {expected}; got {kind}") from None
    columns = [
        [None if gap else value for value, gap in zip(column.to_list(), column.is_null().to_list(), strict=True)]
        for column in found.iter_columns()
    ]
    rows = [tuple(map(str, found.columns)), *zip(*columns, strict=True)]
    return [(number, tuple(map(as_text, row))) for number, row in enumerate(rows, start=1)]


def as_text(value: object) -> str:
    """Return a frame's value as text: nothing for None, a day as YYYY-MM-DD, 4 for the number 4.0.

    >>> as_text(None), as_text(datetime(2026, 5, 22)), as_text(4.0), as_text(" 4 sao ")
    ('', '2026-05-22', '4', '4 sao')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    # A column of integers with a gap comes as floats from pandas.
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return nfc(str(value)).strip()


def _header(rows: Sequence[Row]) -> tuple[int, tuple[str, ...]]:
    """Return the place and the cells of the title row: the one among the first with the most known titles."""
    first = [(place, cells) for place, (_, cells) in enumerate(rows[:_HEADER_WITHIN])]
    return max(first, key=lambda row: len(_known(row[1])), default=(-1, ()))


def _known(cells: Iterable[str]) -> dict[str, int]:
    """Return the place of the first column of each known title."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = column_of(cell)
        if column is not None:
            found.setdefault(column, place)
    return found


def _table(rows: Sequence[Row], problems: Sequence[Problem] = ()) -> Table:
    place, header = _header(rows)
    columns = _known(header)
    if len(columns) < _LEAST:
        place, header, columns = -1, (), {}
    body = [(number, cells) for number, cells in rows[place + 1 :] if any(cells)]
    width = max([len(header), *(len(cells) for _, cells in body)])
    titles = _titles(header, width)
    found = [*problems, *_title_problems(header, titles, columns)]
    padded = tuple((number, cells + ("",) * (width - len(cells))) for number, cells in body)
    return Table(titles, len(header), FrozenDict(columns), padded, tuple(found))


def _titles(header: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a title of its own for each column."""
    titles: dict[str, None] = {}
    for place in range(width):
        # Each doubt of its cells names it, so it must not be as long as the list itself.
        title = header[place][:MAX_STEP] if place < len(header) else ""
        while not title or title in titles:
            title = f"{title} ({place + 1})".lstrip()
        titles[title] = None
    return tuple(titles)


def _title_problems(header: Sequence[str], titles: Sequence[str], columns: Mapping[str, int]) -> Iterator[Problem]:
    if not columns:
        expected = ", ".join(COLUMNS[column][0] for column in NEEDED)
        yield Problem.of("results-header-unknown", expected=expected)
        return
    for place, title in enumerate(header):
        column = column_of(title)
        if column is None:
            yield Problem.of("results-column-unused", pointer("titles", place), column=titles[place], note=True)
        elif columns[column] != place:
            yield Problem.of("column-repeated", pointer("titles", place), name=title)
