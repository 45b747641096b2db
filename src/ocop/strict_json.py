"""JSON read strictly: what another reader would bend or lose silently is refused with its position."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final, TypedDict

from ocop.errors import DocumentError, Problem, Report, pointer, shortened
from ocop.text import nfc

MAX_BYTES: Final = 10_000_000
"""Size limit of an input, in bytes."""
MAX_DEPTH: Final = 32
"""How deep arrays and objects may nest."""
MAX_DIGITS: Final = 15
"""How many digits a number may have: what every JSON reader keeps exactly (RFC 8259, section 6)."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+')
_SURROGATE = re.compile("[\ud800-\udfff]")


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
    try:
        value = json.loads(text, parse_int=_number, parse_float=_number, parse_constant=str)
    except json.JSONDecodeError as error:
        raise _refused(Problem.of("json-syntax", got=error.msg, line=error.lineno, column=error.colno)) from None
    except RecursionError:
        value = None  # the scan below says where
    problems = list(_scan(text))
    if problems:
        raise _refused(*problems)
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
    if len(data) > max_bytes:
        raise _refused(Problem.of("json-too-large", limit=max_bytes, got=f"{len(data)}"))
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
    for code, found in (("json-nul", text.find("\x00")), ("json-surrogate", _first_surrogate(text))):
        if found >= 0:
            raise _refused(Problem.of(code, **_place(text, found)))
    return text.removeprefix("\ufeff")


def _first_surrogate(text: str) -> int:
    match = _SURROGATE.search(text)
    return match.start() if match else -1


class _Place(TypedDict):
    line: int
    column: int


def _place(text: str, index: int) -> _Place:
    return {"line": text.count("\n", 0, index) + 1, "column": index - text.rfind("\n", 0, index)}


def _scan(text: str) -> Iterator[Problem]:
    """Yield what a text of valid JSON syntax holds that is not accepted, with pointer and place."""
    keys: list[set[str] | None] = []  # per open bracket: the keys seen in an object, None in an array
    path: list[str | int] = []  # per open bracket: the key or index of the value now being read
    expects_key = False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            if len(keys) == MAX_DEPTH:
                yield Problem.of("json-too-deep", pointer(*path), limit=MAX_DEPTH, **_place(text, match.start()))
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
            string = nfc(json.loads(token)) if "\\" in token else token[1:-1]
            seen = keys[-1] if expects_key and keys else None
            if seen is not None:
                path[-1] = string
            if "\\u" in token:
                for code, found in (
                    ("json-nul", "\x00" in string),
                    ("json-surrogate", _SURROGATE.search(string)),
                ):
                    if found:
                        yield Problem.of(code, _printable(*path), **_place(text, match.start()))
            if seen is not None:
                if string in seen:
                    place = _place(text, match.start())
                    yield Problem.of("json-duplicate-key", _printable(*path), key=shortened(string), **place)
                seen.add(string)
        elif token.lstrip("-") in ("NaN", "Infinity"):
            yield Problem.of("json-not-a-number", pointer(*path), got=token, **_place(text, match.start()))
        elif _digits(token) > MAX_DIGITS:
            place = _place(text, match.start())
            yield Problem.of("json-long-number", pointer(*path), got=shortened(token), **place)


def _printable(*path: str | int) -> str:
    """Return the pointer with any lone surrogate shown as its escape, so that the report can be printed."""
    return pointer(*path).encode("utf-8", "backslashreplace").decode("utf-8")
