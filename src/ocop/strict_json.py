"""JSON read strictly: what another reader would bend or lose silently is refused with its position."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, TypedDict

from ocop.errors import DocumentError, Problem, Report, pointer, shortened
from ocop.text import nfc

MAX_BYTES: Final = 10_000_000
"""Size limit of an input, in bytes."""
MAX_DEPTH: Final = 32
"""How deep arrays and objects may nest."""
MAX_DIGITS: Final = 15
"""How many digits a number may have: what every JSON reader keeps exactly (RFC 8259, section 6)."""

MAX_MARKS: Final = 30
"""How many combining marks may follow one character: the limit of Unicode's Stream-Safe Text Format (UAX #15)."""

MAX_PROBLEMS: Final = 50_000
"""How many problems of one input are told: each takes far more memory than the few bytes that it is about."""

_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:]|[^\s\[\]{},:"]+')
_HIDDEN_MARKS: Final = "\u0f73\u0f75\u0f81"  # the only characters that are no marks and decompose into marks alone
_SURROGATE = re.compile("[\ud800-\udfff]")


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first `MAX_PROBLEMS` of an input's problems; where there are more, the last one says so."""
    first = [*islice(problems, MAX_PROBLEMS + 1)]
    if len(first) > MAX_PROBLEMS:
        first[-1] = Problem.of("json-many-problems", limit=MAX_PROBLEMS)
    return first


def loads(data: bytes | str, *, max_bytes: int = MAX_BYTES) -> Any:
    """Return the value of one JSON text, with all its text in Unicode normal form C.

    Accepted is UTF-8 with or without a byte order mark. Refused are duplicate keys, NaN and Infinity, numbers of over
    15 digits, nesting over 32 levels, other encodings, lone surrogates, NUL characters and inputs over `max_bytes`.

    Raises:
        DocumentError: for all of these; its report has a code and a position for each.

    >>> loads('{"a": [1, null]}')
    {'a': [1, None]}
    >>> loads('{"a": 1, "a": 2}')
    Traceback (most recent call last):
        ...
    ocop.errors.DocumentError: 1 problem
      /a: The key "a" comes twice in one object (line 1, column 10). [json-duplicate-key]
    """
    text = _decoded(data, max_bytes)
    if not text.strip(" \t\r\n"):
        raise _refused(Problem.of("json-empty"))
    if not (text.isascii() or unicodedata.is_normalized("NFC", text)):
        text = unicodedata.normalize("NFC", text)
    full: RecursionError | None = None
    try:
        value = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=str)
    except json.JSONDecodeError as error:
        problem = Problem.of("json-syntax", got=error.msg, line=error.lineno, column=error.colno)
        raise _refused(problem) from None
    except RecursionError as error:
        value, full = None, error  # either the scan below says where it is too deep, or the caller's stack is full
    problems = first_of(_scan(text))
    if problems:
        raise _refused(*problems)
    if full is not None:
        raise full
    return _normal(value) if "\\u" in text else value


def _normal(value: Any) -> Any:
    """Return a value with its text in normal form C: escapes may have put it in another."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return {nfc(key): _normal(item) for key, item in value.items()} if isinstance(value, dict) else value


def _refused(*problems: Problem) -> DocumentError:
    return DocumentError(Report(problems))


def _number(text: str) -> int | float:
    """Return the number, or 0 for one too long to be kept: the scan refuses it afterwards."""
    if _digits(text) > MAX_DIGITS:
        return 0
    return int(text) if text.lstrip("-").isdigit() else float(text)


def _digits(number: str) -> int:
    return sum(character.isdigit() for character in number)


def _decoded(data: bytes | str, max_bytes: int) -> str:
    """Return the text of `data`, without its byte order mark."""
    size = len(data.encode("utf-8", "surrogatepass")) if isinstance(data, str) else len(data)
    if size > max_bytes:
        raise _refused(Problem.of("json-too-large", limit=max_bytes, got=str(size)))
    if isinstance(data, str):
        text = data
    elif data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or b"\x00" in data[:4]:
        raise _refused(Problem.of("json-utf16"))
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            problem = Problem.of("json-not-utf8", position=error.start, got=repr(data[error.start : error.start + 1]))
            raise _refused(problem) from None
    text = text.removeprefix("\ufeff")
    for code, index in (
        ("json-nul", text.find("\x00")),
        ("json-surrogate", _first_surrogate(text)),
        ("json-many-marks", _too_many_marks(text)),
    ):
        if index >= 0:
            raise _refused(Problem.of(code, **_Lines(text).place(index)))
    return text


def _first_surrogate(text: str) -> int:
    match = _SURROGATE.search(text)
    return match.start() if match else -1


def _too_many_marks(text: str) -> int:
    """Return where a run of combining marks gets too long, or -1: to normalise one takes time by its square."""
    if text.isascii():
        return -1
    run = 0
    for index, character in enumerate(text):
        mark = character > "\u02ff" and (unicodedata.combining(character) or character in _HIDDEN_MARKS)
        run = run + 1 if mark else 0
        if run > MAX_MARKS:
            return index
    return -1


class _Place(TypedDict):
    line: int
    column: int


class _Lines:
    """Counts lines and columns for places asked for in ascending order, reading the text once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.line = 1
        self.start = 0
        self.seen = 0

    def place(self, index: int) -> _Place:
        self.line += self.text.count("\n", self.seen, index)
        self.start = max(self.start, self.text.rfind("\n", self.seen, index) + 1)
        self.seen = index
        return {"line": self.line, "column": index - self.start + 1}


def _scan(text: str) -> Iterator[Problem]:
    """Yield what a text of valid JSON syntax holds that is not accepted, with pointer and place."""
    keys: list[set[str] | None] = []  # per open bracket: the keys seen in an object, None in an array
    path: list[str | int] = []  # per open bracket: the key or index of the value now being read
    expects_key = False
    lines = _Lines(text)
    for match in _TOKEN.finditer(text):
        token, index = match.group(), match.start()
        if token in "{[":
            if len(keys) == MAX_DEPTH:
                yield Problem.of("json-too-deep", _printable(*path), limit=MAX_DEPTH, **lines.place(index))
                return
            expects_key = token == "{"
            keys.append(set() if expects_key else None)
            path.append("" if expects_key else 0)
        elif token in "}]":
            keys.pop()
            path.pop()
            expects_key = False
        elif token == ",":
            expects_key = keys[-1] is not None
            last = path[-1]
            if isinstance(last, int):
                path[-1] = last + 1
        elif token == ":":
            expects_key = False
        elif token[0] == '"':
            string, wrong = _string(token)
            seen = keys[-1] if expects_key and keys else None
            if seen is not None:
                path[-1] = string
            for flaw in wrong:
                yield Problem.of(flaw, _printable(*path), **lines.place(index))
            if seen is not None:
                if string in seen:
                    key = _encodable(shortened(string))
                    yield Problem.of("json-duplicate-key", _printable(*path), key=key, **lines.place(index))
                seen.add(string)
        elif (code := _wrong_number(token)) is not None:
            got = token if len(token) <= 60 else token[:59] + "…"
            yield Problem.of(code, _printable(*path), got=got, **lines.place(index))


def _string(token: str) -> tuple[str, list[str]]:
    """Return the text of a string as it stands in JSON, and the codes of what its escapes smuggle in."""
    if "\\" not in token:
        return token[1:-1], []
    text = json.loads(token)
    found = {
        "json-nul": "\x00" in text,
        "json-surrogate": _first_surrogate(text) >= 0,
        "json-many-marks": _too_many_marks(text) >= 0,
    }
    wrong = [code for code, is_so in found.items() if is_so]
    return text if wrong else nfc(text), wrong


def _wrong_number(token: str) -> str | None:
    """Return the code of what is wrong with a number or literal, or None."""
    if token.lstrip("-") in ("NaN", "Infinity"):
        return "json-not-a-number"
    if _digits(token) > MAX_DIGITS:
        return "json-long-number"
    if token[0] not in "-0123456789":
        return None
    value, mantissa = abs(float(token)), re.split("[eE]", token)[0]
    lost = value == float("inf") or (value == 0 and any(digit in mantissa for digit in "123456789"))
    return "json-number-range" if lost else None


def _printable(*path: str | int) -> str:
    return _encodable(pointer(*path))


def _encodable(text: str) -> str:
    """Return the text with any lone surrogate shown as its escape, so that the report can be printed."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
