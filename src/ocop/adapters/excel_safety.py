"""What a workbook has to be before anything parses it: an honest .xlsx of a reasonable size.

A workbook from outside is opened here first, with nothing but the standard library. What passes is packed anew, so that
the parsers never see the archive as it came: two readers of one zip file may not see the same parts in it.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import Final, NoReturn
from xml.parsers import expat

from ocop.adapters.byte_files import check_cells
from ocop.errors import DocumentError, Problem, Report

MAX_UNPACKED: Final = 64 << 20
"""How many bytes the parts of a workbook may have in all, and how many characters its cells."""
MAX_RATIO: Final = 100
"""How many times as large as the file its parts may be."""
MAX_ENTRIES: Final = 1000
"""How many parts a workbook may have."""

Parts = Mapping[str, bytes]
"""The parts of a workbook by name."""
Place = tuple[int, int]
"""A row and a column, counted from 0."""

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# All that the standard library raises on archives that are damaged, or packed in a way that it cannot read.
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_REF: Final = re.compile(r"([A-Za-z]{1,7})([0-9]{1,9})")
_RELS: Final = "xl/_rels/workbook.xml.rels"
_WORKBOOK: Final = "xl/workbook.xml"
_STRINGS: Final = "xl/sharedstrings.xml"
_WITH_CELLS: Final = (b"sheetData", b"commentList")
_KEPT: Final = ("[Content_Types].xml", "_rels/", "xl/")
_XML: Final = (".xml", ".rels")
_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def opened(data: bytes) -> Parts:
    """Return the parts of a workbook, once it is known to be one that can be parsed safely.

    Raises:
        DocumentError: for an encrypted, an old or a broken workbook, for one with macros or a DTD, for one that is too
            large when unpacked, and for what is none; its report has one problem.
    """
    if not data.startswith(b"PK"):
        _refuse(_kind_of(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _read(archive, len(data))
    except DocumentError:  # which is a ValueError as well
        raise
    except _BROKEN:
        _refuse("workbook-broken")
    names = {name.lower() for name in parts}
    types = parts.get("[Content_Types].xml", b"").lower()
    if b"macroenabled" in types or any("vbaproject.bin" in name or "/macrosheets/" in name for name in names):
        _refuse("workbook-macros")
    if _WORKBOOK not in parts:
        _refuse("workbook-not-xlsx")
    if any(b"<!DOCTYPE" in content.replace(b"\0", b"") for content in parts.values()):
        _refuse("workbook-dtd")
    _check_sheets(parts)
    lengths = _lengths(parts)
    texts = 0
    for content in parts.values():
        if any(name in content.replace(b"\0", b"") for name in _WITH_CELLS):
            scan = Scan(content, lengths)
            check_cells(scan.rows, scan.columns, scan.areas)
            texts += scan.texts
    if texts > MAX_UNPACKED:
        _refuse("workbook-too-large", limit=MAX_UNPACKED >> 20, got=str(texts))
    return parts


def _kind_of(data: bytes) -> str:
    """Return the code for what is no zip file."""
    if data.startswith(_OLE):
        return "workbook-encrypted" if _ENCRYPTED in data else "workbook-old-format"
    head = data[:4096]
    if head.startswith(_MARKS[1:]):
        head = head.replace(b"\0", b"")
    text = head.removeprefix(_MARKS[0]).lstrip()
    if text.startswith(b"<") or b"<html" in text.lower():
        return "workbook-is-html"
    return "workbook-is-text" if text and b"\0" not in text else "workbook-not-xlsx"


def _read(archive: zipfile.ZipFile, size: int) -> Parts:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        _refuse("workbook-many-entries", limit=MAX_ENTRIES, got=str(len(entries)))
    if unpacked > MAX_UNPACKED:
        _refuse("workbook-too-large", limit=MAX_UNPACKED >> 20, got=str(unpacked))
    if unpacked > MAX_RATIO * size:
        _refuse("workbook-ratio", limit=MAX_RATIO, got=str(unpacked // size))
    if any(entry.flag_bits & 1 for entry in entries):
        _refuse("workbook-encrypted")
    names = {entry.filename.lower() for entry in entries}
    methods = {entry.compress_type for entry in entries}
    if len(names) < len(entries) or not methods <= {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        _refuse("workbook-broken")
    # Nothing is written to a disk here, but no honest part has such a name.
    if any(_leads_outside(name) for name in names):
        _refuse("workbook-broken")
    # zipfile reads no more than an entry says that it has, and its checksum tells a lie.
    return {entry.filename: archive.read(entry) for entry in entries}


def _leads_outside(name: str) -> bool:
    """Return whether a part's name is no path below the archive's own root."""
    first, *rest = name.replace("\\", "/").split("/")
    return first == "" or ":" in first or ".." in (first, *rest)


def _refuse(code: str, got: str | None = None, limit: int = 0) -> NoReturn:
    raise DocumentError(Report([Problem.of(code, got=got, limit=limit)]))


class Scan:
    """A look at every cell of a sheet: how far they reach, and which are not what they seem.

    Raises:
        DocumentError: for XML that is not well-formed.
    """

    def __init__(self, content: bytes, lengths: Sequence[int] = ()) -> None:
        self.rows = 0
        """How many rows there are up to the last cell."""
        self.columns = 0
        self.areas = 0
        """How many cells are merged, have a link or have a comment; those of two areas count twice."""
        self.texts = 0
        """How many characters of the shared texts its cells show; `lengths` says how long these are."""
        self.unread: set[Place] = set()
        """The cells with a formula that was never worked out, or with an error: to the parser, they are empty."""
        self._at: Place = (-1, -1)
        self._kind = ""
        self._formula = self._inside = self._value = False
        self._lengths = lengths
        self._shared = ""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        _parse(parser, content)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        row, column = self._at
        match name.rpartition(" ")[2]:
            case "row":
                self._at = (int(attributes["r"]) - 1 if "r" in attributes else row + 1), -1
            case "c":
                self._at = _place(attributes["r"]) if "r" in attributes else (row, column + 1)
                self._kind = attributes.get("t", "n")
                self._formula = self._inside = self._value = False
                self._shared = ""
            case "f":
                self._formula = True
            case "v":
                self._inside = True
            case "mergeCell" | "hyperlink" | "comment" if "ref" in attributes:
                self._area(attributes["ref"])
            case _:
                pass
        self.rows, self.columns = max(self.rows, self._at[0] + 1), max(self.columns, self._at[1] + 1)

    def _area(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        self.areas += (abs(bottom - top) + 1) * (abs(right - left) + 1)
        self.rows, self.columns = max(self.rows, top + 1, bottom + 1), max(self.columns, left + 1, right + 1)

    def _text(self, text: str) -> None:
        if self._inside:
            self._value = self._value or bool(text.strip())
            if self._kind == "s":
                self._shared += text

    def _end(self, name: str) -> None:
        match name.rpartition(" ")[2]:
            case "v":
                self._inside = False
            case "c":
                # A formula may well give an empty text, but no empty number.
                empty = self._formula and not self._value and self._kind != "str"
                if empty or self._kind == "e":
                    self.unread.add(self._at)
                if self._shared.strip():
                    # Of a place that is none, the parser will tell.
                    self.texts += sum(self._lengths[(place := int(self._shared)) : place + 1])
            case _:
                pass


def _place(ref: str) -> Place:
    """Return the row and the column of a reference such as ``"B3"``."""
    found = _REF.fullmatch(ref)
    if found is None:
        raise ValueError(ref)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def unread_cells(parts: Parts) -> dict[str, set[Place]]:
    """Return by a sheet's name its cells that look empty to the parser and are not.

    Raises:
        DocumentError: for XML that is not well-formed.
    """
    contents = {name.lower(): content for name, content in parts.items()}
    return {name: Scan(contents[part]).unread for name, part in _sheets(parts) if part in contents}


def _sheets(parts: Parts) -> list[tuple[str, str]]:
    """Return the name of each sheet, and of its part in small letters: parsers find it so."""
    targets = {each.get("Id", ""): each.get("Target", "") for each in _elements(parts, _RELS, "Relationship")}
    found: list[tuple[str, str]] = []
    for sheet in _elements(parts, _WORKBOOK, "sheet"):
        key = next((value for name, value in sheet.items() if name.endswith(" id")), "")
        # A target is a path from the root, or from the workbook's folder.
        part = posixpath.normpath(posixpath.join("/xl", targets.get(key, "")))[1:]
        found.append((sheet.get("name", ""), part.lower()))
    return found


def _check_sheets(parts: Parts) -> None:
    """Refuse two sheets of one name, of which parsers see the first twice, and a part that is read again and again."""
    sheets, there = _sheets(parts), {name.lower() for name in parts}
    named = [name for name, _ in sheets]
    read = [part for _, part in sheets if part in there]
    if len(set(named)) < len(named) or len(set(read)) < len(read):
        _refuse("workbook-broken")


def _lengths(parts: Parts) -> list[int]:
    """Return how many characters each of the texts has that cells share."""
    found: list[int] = []

    def start(tag: str, _: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == "si":
            found.append(0)

    def text(data: str) -> None:
        if found:
            found[-1] += len(data)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    _parse(parser, next((content for name, content in parts.items() if name.lower() == _STRINGS), b"<none/>"))
    return found


def _elements(parts: Parts, part: str, name: str) -> list[dict[str, str]]:
    """Return the attributes of each element of that name in a part; of none where the part is missing."""
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(" ")[2] == name:
            found.append(attributes)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = start
    _parse(parser, parts.get(part, b"<none/>"))
    return found


def _parse(parser: expat.XMLParserType, content: bytes) -> None:
    """Parse the XML of a part."""
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):  # XML that is not well-formed, an encoding or a place unknown
        _refuse("workbook-broken")


def packed(parts: Parts) -> bytes:
    """Return a zip file of `parts`: the same bytes for the same parts.

    >>> packed({"a": b"1"}) == packed({"a": b"1"})
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def for_the_parser(parts: Parts) -> bytes:
    """Return the parts that belong to a workbook of this format alone.

    A parser that fails at one format may try its luck with others, whose parts nobody looked at.
    """
    kept = {name: content for name, content in parts.items() if name.startswith(_KEPT) and name.endswith(_XML)}
    return packed(kept)
