import json
import time
import tracemalloc
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocop.errors import DocumentError, Problem
from ocop.strict_json import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_MARKS, MAX_PROBLEMS, loads
from ocop.text import nfc

BOM = b"\xef\xbb\xbf"
NFD = "e\u0301"
NFC = "\u00e9"


def number_fits(number: float) -> bool:
    return sum(map(str.isdigit, json.dumps(number))) <= MAX_DIGITS


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=10).map(nfc)
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.builds(
    lambda digits, exponent: float(f"{digits}e{exponent}"), st.integers(-(10**8), 10**8), st.integers(-300, 300)
).filter(number_fits)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)


def refused(data: bytes | str, **limits: int) -> tuple[Problem, ...]:
    """Return the problems for which `data` is refused."""
    with pytest.raises(DocumentError) as caught:
        loads(data, **limits)
    return caught.value.report.problems


def refusal(data: bytes | str, **limits: int) -> tuple[str, str, str]:
    """Return the code, pointer and message of the one problem for which `data` is refused."""
    (problem,) = refused(data, **limits)
    return problem.code, problem.pointer, problem.message.en


def duplicate(pointer: str, key: str, line: int, column: int) -> tuple[str, str, str]:
    message = f"The key {json.dumps(key, ensure_ascii=False)} comes twice in one object (line {line}, column {column})"
    return "json-duplicate-key", pointer, message


def surrogate(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    return "json-surrogate", pointer, f"A lone Unicode surrogate is not allowed (line {line}, column {column})"


def nul(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    return "json-nul", pointer, f"A NUL character is not allowed (line {line}, column {column})"


def not_a_number(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    return "json-not-a-number", pointer, f"NaN and Infinity are not JSON numbers (line {line}, column {column})"


def long_number(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    return "json-long-number", pointer, f"A number has more than 15 digits (line {line}, column {column})"


def out_of_range(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    return "json-number-range", pointer, f"A number is too large or too small (line {line}, column {column})"


def many_marks(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    return "json-many-marks", pointer, f"Too many combining marks in a row (line {line}, column {column})"


def too_deep(pointer: str, line: int, column: int) -> tuple[str, str, str]:
    message = f"The input is nested more than 32 levels deep (line {line}, column {column})"
    return "json-too-deep", pointer, message


def syntax(line: int, column: int) -> tuple[str, str, str]:
    return "json-syntax", "", f"This is not valid JSON (line {line}, column {column})"


def seconds(data: str) -> float:
    """Return the processor time for reading `data`, whether it is accepted or refused."""
    start = time.process_time()
    with suppress(DocumentError):
        loads(data)
    return time.process_time() - start


def grows_no_faster_than_its_input(make: Callable[[int], str], size: int) -> bool:
    """Return whether an input 8 times as long takes nearer to 8 than to 64 times as long."""
    small = min(seconds(make(size)) for _ in range(3))
    return seconds(make(8 * size)) < max(32 * small, 2.0)


# What is accepted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-7", -7),
        ("1.5", 1.5),
        ("-1.5e-3", -0.0015),
        ("2E+2", 200.0),
        ('""', ""),
        ('"a"', "a"),
        ("[]", []),
        ("{}", {}),
        (' \t\r\n[1 , {"a" : null} ] \n', [1, {"a": None}]),
        ('{"a": {"a": [{"a": 1}, {"a": 2}]}}', {"a": {"a": [{"a": 1}, {"a": 2}]}}),
        (r'"\"\\\/\b\f\n\r\t\u00e9"', '"\\/\b\f\n\r\té'),
        ('"\u2028\x7f"', "\u2028\x7f"),
        (
            '["NaN", "Infinity", "-Infinity", "12345678901234567890"]',
            ["NaN", "Infinity", "-Infinity", "1234567890" * 2],
        ),
        ('{"NaN": 1}', {"NaN": 1}),
        ('"[[{{,:\\"]]}}"', '[[{{,:"]]}}'),
    ],
)
def test_valid_json_is_read(text: str, expected: object) -> None:
    assert loads(text) == expected


@pytest.mark.parametrize(("text", "cls"), [("5", int), ("5.0", float), ("5e0", float), ("true", bool)])
def test_a_value_keeps_its_type(text: str, cls: type[object]) -> None:
    assert type(loads(text)) is cls


def test_keys_keep_their_order() -> None:
    assert list(loads('{"b": 1, "a": 2}')) == ["b", "a"]


@given(VALUES, st.booleans(), st.none() | st.integers(0, 2))
def test_what_json_writes_is_read_back(value: Any, ascii_only: bool, indent: int | None) -> None:
    assert loads(json.dumps(value, ensure_ascii=ascii_only, indent=indent)) == value


@given(VALUES, st.booleans())
def test_bytes_are_read_as_their_text_is(value: Any, with_mark: bool) -> None:
    assert loads((BOM if with_mark else b"") + json.dumps(value, ensure_ascii=False).encode()) == value


@given(VALUES)
def test_decomposed_text_is_read_as_composed(value: Any) -> None:
    assert loads(unicodedata.normalize("NFD", json.dumps(value, ensure_ascii=False))) == value


@given(st.text(st.sampled_from('[]{},:"\\ \n09.-+eEuNadIty\u0301\0\ud800\ufeff')) | st.text())
def test_any_text_is_read_or_refused_as_a_document(text: str) -> None:
    with suppress(DocumentError):
        loads(text)


@given(st.binary())
def test_any_bytes_are_read_or_refused_as_a_document(data: bytes) -> None:
    with suppress(DocumentError):
        loads(data)


@given(VALUES, st.data())
def test_half_a_document_is_refused(value: Any, data: st.DataObject) -> None:
    text = json.dumps([value])
    half = text[: data.draw(st.integers(0, len(text) - 1))]
    assert {problem.code for problem in refused(half)} <= {"json-empty", "json-syntax"}


# Encoding


def test_a_byte_order_mark_is_passed_over_in_bytes() -> None:
    assert loads(BOM + b'{"a": 1}') == {"a": 1}


def test_a_byte_order_mark_is_passed_over_in_text() -> None:
    assert loads('\ufeff{"a": 1}') == {"a": 1}


def test_only_one_byte_order_mark_is_passed_over() -> None:
    assert refusal(BOM + BOM + b"{}") == syntax(1, 1)


def test_a_byte_order_mark_within_a_text_is_kept() -> None:
    assert loads('"\ufeff"') == "\ufeff"


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "utf-16 mark, big end first"]
)
@pytest.mark.parametrize("text", ['{"chè": "ễ"}', "[]", '"ễạ"', "5"])
def test_utf_16_and_utf_32_are_refused(text: str, encoding: str) -> None:
    name, mark, _ = encoding.partition(" mark")
    data = b"\xfe\xff" + text.encode("utf-16-be") if mark else text.encode(name)
    message = "The input is encoded as UTF-16 or UTF-32 (from byte 0 on); save it as UTF-8"
    assert refusal(data) == ("json-utf16", "", message)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\xfe\xff", b"\xfe\xff\x1e\xc5", b"\xff\xfe\xc5\x1e"])
def test_a_utf_16_mark_alone_tells_the_encoding(data: bytes) -> None:
    assert refusal(data)[0] == "json-utf16"


@pytest.mark.parametrize(("data", "code"), [(b'"ab\0"', "json-utf16"), (b'"abc\0"', "json-nul")])
def test_a_nul_tells_the_encoding_in_the_first_four_bytes_only(data: bytes, code: str) -> None:
    assert refusal(data)[0] == code


def test_utf_32_with_a_mark_and_the_big_end_first_is_refused() -> None:
    assert refusal(b"\0\0\xfe\xff" + "[1]".encode("utf-32-be"))[0] == "json-utf16"


@pytest.mark.parametrize(
    ("data", "position", "got"),
    [
        (b'{"a": "\xe8"}', 7, "b'\\xe8'"),
        (b"\x80", 0, "b'\\x80'"),
        (b'"\xc0\xaf"', 1, "b'\\xc0'"),
        (b'"\xed\xa0\x80"', 1, "b'\\xed'"),
        (b'"\xf4\x90\x80\x80"', 1, "b'\\xf4'"),
        ('"Phú Thọ"'.encode()[:-2], 8, "b'\\xe1'"),
        ('{"a": "Phú"}'.encode("windows-1258"), 9, "b'\\xfa'"),
    ],
)
def test_bytes_that_are_not_utf_8_are_refused(data: bytes, position: int, got: str) -> None:
    (problem,) = refused(data)
    assert (problem.code, problem.pointer, problem.got) == ("json-not-utf8", "", got)
    assert problem.message.en == f"The input is not UTF-8 (from byte {position} on); save it as UTF-8"


# Size


@pytest.mark.parametrize("data", [b"", "", BOM, "\ufeff", " ", b" \t\r\n", BOM + b"\n", "\n" * 1000], ids=ascii)
def test_an_empty_input_is_refused(data: bytes | str) -> None:
    assert refusal(data) == ("json-empty", "", "The input is empty")


@pytest.mark.parametrize("data", [b"[12]", "[12]"])
def test_an_input_as_large_as_the_limit_is_read(data: bytes | str) -> None:
    assert loads(data, max_bytes=4) == [12]


@pytest.mark.parametrize("data", [b"[123]", "[123]"])
def test_an_input_over_the_limit_is_refused(data: bytes | str) -> None:
    assert refusal(data, max_bytes=4) == ("json-too-large", "", "The input is larger than the limit of 4 bytes")


def test_a_refusal_for_size_tells_the_size() -> None:
    assert refused(b"[123]", max_bytes=4)[0].got == "5"


def test_the_size_of_a_text_is_counted_in_bytes() -> None:
    text = '"ééé"'
    assert refusal(text, max_bytes=len(text.encode()) - 1)[0] == "json-too-large"


def test_the_limit_is_ten_million_bytes_unless_told_otherwise() -> None:
    assert refused(b" " * (MAX_BYTES + 1))[0].message.en == "The input is larger than the limit of 10000000 bytes"


# NUL characters


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        ('"a\0"', 1, 3),
        ("\0", 1, 1),
        ('{"a": 1}\0', 1, 9),
        ('{\n "a": "\0"}', 2, 8),
        (b'{"a": "\0"}', 1, 8),
        (b'["Th\xe1\xbb\x8d\0"]', 1, 6),
        ('["a", "\0\0"]', 1, 8),
    ],
    ids=ascii,
)
def test_a_raw_nul_is_refused(data: bytes | str, line: int, column: int) -> None:
    assert refusal(data) == nul("", line, column)


def test_a_raw_nul_after_a_byte_order_mark_has_the_same_column_as_without() -> None:
    assert refusal(BOM + b'["a\0"]') == nul("", 1, 4)


@pytest.mark.parametrize(
    ("text", "pointer", "line", "column"),
    [
        (r'"\u0000"', "", 1, 1),
        (r'{"a": "x\u0000"}', "/a", 1, 7),
        (r'{"a": [1, "\u0000"]}', "/a/1", 1, 11),
        ('{\n  "a":\n  "\\u0000"\n}', "/a", 3, 3),
    ],
)
def test_an_escaped_nul_in_a_value_is_refused(text: str, pointer: str, line: int, column: int) -> None:
    assert refusal(text) == nul(pointer, line, column)


def test_an_escaped_nul_in_a_key_is_refused() -> None:
    assert refusal(r'{"a": {"b\u0000": 1}}') == nul("/a/b\0", 1, 8)


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert loads(r'"\\u0000"') == r"\u0000"


def test_other_escaped_control_characters_are_read() -> None:
    assert loads(r'"\u0001\u001f"') == "\x01\x1f"


# Surrogates


@pytest.mark.parametrize(
    ("text", "pointer", "line", "column"),
    [
        (r'"\ud800"', "", 1, 1),
        (r'"\udfff"', "", 1, 1),
        (r'"\uDC00\uD83D"', "", 1, 1),
        (r'"\ud83d\u0041"', "", 1, 1),
        (r'"\ud83d\ud83d\ude00"', "", 1, 1),
        (r'{"a": [1, "x\ud800y"]}', "/a/1", 1, 11),
        ('[\n\n "\\ud800"]', "/0", 3, 2),
    ],
)
def test_an_escaped_surrogate_in_a_value_is_refused(text: str, pointer: str, line: int, column: int) -> None:
    assert refusal(text) == surrogate(pointer, line, column)


def test_an_escaped_surrogate_in_a_key_is_refused() -> None:
    assert refusal(r'{"a": {"b\udc00": 1}}') == surrogate(r"/a/b\udc00", 1, 8)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [('"\ud800"', 1, 2), ('{"a\udfff": 1}', 1, 4), ('[1,\n"x", "\udc00"]', 2, 7), ('"\ud83d\ude00"', 1, 2)],
    ids=ascii,
)
def test_a_raw_surrogate_in_a_text_is_refused(text: str, line: int, column: int) -> None:
    assert refusal(text) == surrogate("", line, column)


def test_a_raw_surrogate_after_a_byte_order_mark_has_the_same_column_as_without() -> None:
    assert refusal('\ufeff["\ud800"]') == surrogate("", 1, 3)


@pytest.mark.parametrize("text", [r'"\ud83d\ude00"', r'"\uD83D\uDE00"', '"😀"'])
def test_a_surrogate_pair_is_one_character(text: str) -> None:
    assert loads(text) == "😀"


def test_an_escaped_backslash_before_ud800_is_no_surrogate() -> None:
    assert loads(r'"\\ud800"') == r"\ud800"


@pytest.mark.parametrize("values", ['[NaN, "\\ud800", 1234567890123456]', '{"a": 1, "a": 1}', "[" * 40 + "]" * 40])
def test_a_report_about_a_key_with_a_surrogate_can_be_encoded(values: str) -> None:
    with pytest.raises(DocumentError) as caught:
        loads(f'{{"\\ud800": {values}}}')
    assert str(caught.value).encode("utf-8")


def test_a_report_about_keys_repeated_with_a_surrogate_can_be_encoded() -> None:
    with pytest.raises(DocumentError) as caught:
        loads(r'{"\ud800": 1, "\ud800": 2}')
    assert str(caught.value).encode("utf-8")


# Syntax


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("nul", 1, 1),
        ("'a'", 1, 1),
        ("[1, 2", 1, 6),
        ('{"a":', 1, 6),
        ('{"a"', 1, 5),
        ('{"a" 1}', 1, 6),
        ("{a: 1}", 1, 2),
        ("{1: 2}", 1, 2),
        ('"a', 1, 1),
        ('"a\nb"', 1, 3),
        ('"a\tb"', 1, 3),
        ('"\\x"', 1, 2),
        ("[1 2]", 1, 4),
        ("[,]", 1, 2),
        ("1 2", 1, 3),
        ("{}]", 1, 3),
        ("]", 1, 1),
        ("[}", 1, 2),
        ("01", 1, 2),
        ("1.", 1, 2),
        (".5", 1, 1),
        ("+1", 1, 1),
        ("-", 1, 1),
        ("0x10", 1, 2),
        ("٣", 1, 1),
        ("[1٣]", 1, 3),
        ("１", 1, 1),
        ("True", 1, 1),
        ("-NaN", 1, 1),
        ("nan", 1, 1),
        ("inf", 1, 1),
        ("// x\n1", 1, 1),
        ("\u00a01", 1, 1),
        ("\x0b1", 1, 1),
        ("\u00a0", 1, 1),
        ('{\n  "a": 1\n  "b": 2\n}', 3, 3),
        ('[\r\n"a",\r\nx]', 3, 1),
    ],
    ids=ascii,
)
def test_a_syntax_error_is_refused(text: str, line: int, column: int) -> None:
    assert refusal(text) == syntax(line, column)


@pytest.mark.parametrize(("text", "column"), [("[1,]", (3, 4)), ('{"a": 1,}', (8, 9))])
def test_a_comma_before_the_end_is_refused(text: str, column: tuple[int, ...]) -> None:
    # Python 3.13 puts the position at the comma, older ones after it.
    assert refusal(text) in [syntax(1, each) for each in column]


def test_a_syntax_error_says_what_json_expects() -> None:
    assert refused("[1 2]")[0].got == "Expecting ',' delimiter"


def test_a_syntax_error_is_told_alone() -> None:
    assert refusal('{"a": NaN, "a": 1234567890123456, ') == syntax(1, 35)


def test_a_syntax_error_after_a_byte_order_mark_has_the_same_column_as_without() -> None:
    assert refusal(BOM + b"[1 2]") == refusal(b"[1 2]")


# Duplicate keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1, "a": 2}', duplicate("/a", "a", 1, 10)),
        ('{"a": 1, "a": 1}', duplicate("/a", "a", 1, 10)),
        ('{"": 1, "": 2}', duplicate("/", "", 1, 9)),
        ('{"a/~": 1, "a/~": 2}', duplicate("/a~1~0", "a/~", 1, 12)),
        ('{"a": {"a": 1}, "a": 2}', duplicate("/a", "a", 1, 17)),
        ('{"a": [{"b": 1}], "b": 1, "a": 2}', duplicate("/a", "a", 1, 27)),
        ('{\n  "a": 1,\n  "a": 2\n}', duplicate("/a", "a", 3, 3)),
    ],
)
def test_a_duplicate_key_is_refused(text: str, expected: tuple[str, str, str]) -> None:
    assert refusal(text) == expected


@pytest.mark.parametrize(
    ("text", "pointer", "column"),
    [
        ('{"x": {"a": 1, "a": 2}}', "/x/a", 16),
        ('[0, {"a": 1, "a": 2}]', "/1/a", 14),
        ('{"x": [[], [1, {"a": 1, "a": 2}]]}', "/x/1/1/a", 25),
        ('{"y": {"z": [1, 2]}, "x": {"a": [3], "a": 2}}', "/x/a", 38),
    ],
)
def test_a_nested_duplicate_key_is_refused(text: str, pointer: str, column: int) -> None:
    assert refusal(text) == duplicate(pointer, "a", 1, column)


def test_keys_equal_only_in_normal_form_are_duplicates() -> None:
    assert refusal(f'{{"{NFC}": 1, "{NFD}": 2}}') == duplicate(f"/{NFC}", NFC, 1, 10)


@pytest.mark.parametrize("second", [r"\u0061", "a"])
@pytest.mark.parametrize("first", [r"\u0061", "a"])
def test_keys_equal_only_without_escapes_are_duplicates(first: str, second: str) -> None:
    assert refusal(f'{{"{first}": 1, "{second}": 2}}') == duplicate("/a", "a", 1, len(first) + 9)


@pytest.mark.parametrize("escaped", [r"e\u0301", r"\u0065\u0301", r"\u00e9", "\\u0065\u0301"], ids=ascii)
def test_keys_equal_only_in_normal_form_and_without_escapes_are_duplicates(escaped: str) -> None:
    assert refusal(f'{{"{NFC}": 1, "{escaped}": 2}}') == duplicate(f"/{NFC}", NFC, 1, 10)


@pytest.mark.parametrize("escape", [r"\"", r"\\", r"\n"])
def test_duplicate_keys_with_escapes_are_refused(escape: str) -> None:
    key = json.loads(f'"{escape}"')
    assert refusal(f'{{"{escape}": 1, "{escape}": 2}}') == duplicate(f"/{key}", key, 1, 11)


def test_every_duplicate_key_is_told() -> None:
    problems = refused('{"a": 1, "a": {"b": 1, "b": 2}, "a": [{"c": 1, "c": 2}]}')
    assert [problem.pointer for problem in problems] == ["/a", "/a/b", "/a", "/a/0/c"]


def test_a_key_that_comes_three_times_is_told_twice() -> None:
    assert [problem.code for problem in refused('{"a": 1, "a": 2, "a": 3}')] == ["json-duplicate-key"] * 2


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"a": 1}}',
        '[{"a": 1}, {"a": 1}]',
        '{"a": "a", "b": "a"}',
        '{"a": 1, "A": 2}',
        '["a", "a"]',
        '{"a": 1, "a ": 2}',
    ],
)
def test_equal_texts_that_are_not_keys_of_one_object_are_read(text: str) -> None:
    assert loads(text) == json.loads(text)


# Numbers


@pytest.mark.parametrize(
    ("text", "pointer", "column"),
    [
        ("NaN", "", 1),
        ("Infinity", "", 1),
        ("-Infinity", "", 1),
        ('{"a": NaN}', "/a", 7),
        ('{"a": [1, -Infinity]}', "/a/1", 11),
    ],
)
def test_what_is_not_a_number_is_refused(text: str, pointer: str, column: int) -> None:
    assert refusal(text) == not_a_number(pointer, 1, column)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_shown(text: str) -> None:
    assert refused(f"[{text}]")[0].got == text


@pytest.mark.parametrize(
    "text",
    [
        "123456789012345",
        "-123456789012345",
        "999999999999999",
        "0.12345678901234",
        "-1234567.89012345",
        "1e10",
        "1.2345678901234e5",
        "123456789012e-10",
        "1.000000000000e+25",
    ],
)
def test_a_number_of_up_to_15_digits_is_read(text: str) -> None:
    assert loads(text) == json.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "1234567890123456",
        "-1234567890123456",
        "1000000000000000",
        "0.123456789012345",
        "-12345678.90123456",
        "1.000000000000000",
        "1.2345678901234e10",
        "123456789012e-1000",
        "1.00000000000000E+5",
        "1e000000000000005",
        "1" * 5000,
    ],
    ids=lambda text: text[:20],
)
def test_a_number_of_over_15_digits_is_refused(text: str) -> None:
    assert refusal(f'{{"a": [0, {text}]}}') == long_number("/a/1", 1, 11)


def test_a_long_number_is_shown_cut() -> None:
    assert refused("1" * 5000)[0].got == "1" * 59 + "…"


def test_a_long_number_of_61_digits_is_cut_to_60_characters() -> None:
    assert refused("1" * 61)[0].got == "1" * 59 + "…"


def test_a_long_number_of_60_digits_is_shown_whole() -> None:
    assert refused("1" * 60)[0].got == "1" * 60


@pytest.mark.parametrize("text", ["1e400", "-1e400", "1E+400", "1e999999999999", "1.8e308", "-1.8e308"])
def test_a_number_beyond_the_greatest_is_refused_not_bent_to_infinity(text: str) -> None:
    assert refusal(f"[0, {text}]") == out_of_range("/1", 1, 5)


@pytest.mark.parametrize("text", ["1e-400", "-1e-400", "0.001E-999"])
def test_a_number_too_small_to_be_kept_is_refused_not_bent_to_0(text: str) -> None:
    assert refusal(f"[0, {text}]") == out_of_range("/1", 1, 5)


@pytest.mark.parametrize("text", ["0", "-0", "0.0", "0e-400", "0e5"])
def test_a_zero_is_a_zero_however_it_is_written(text: str) -> None:
    assert loads(text) == 0


def test_a_huge_number_is_shown() -> None:
    assert refused("-1e400")[0].got == "-1e400"


@pytest.mark.parametrize("text", ["1.7e308", "-1.7e308", "0e999"])
def test_a_number_up_to_the_greatest_is_read(text: str) -> None:
    assert loads(text) == float(text)


def test_a_number_both_long_and_huge_is_told_once() -> None:
    assert refusal("1234567890123e999") == long_number("", 1, 1)


# Depth


def nested(depth: int, opening: str, closing: str) -> str:
    return opening * depth + "1" + closing * depth


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[0,{"a":', "}]")])
def test_nesting_of_32_levels_is_read(opening: str, closing: str) -> None:
    text = nested(MAX_DEPTH // (len(closing)), opening, closing)
    assert loads(text) == json.loads(text)


@pytest.mark.parametrize(
    ("opening", "closing", "pointer", "column"),
    [("[", "]", "/0" * 32, 33), ('{"a":', "}", "/a" * 32, 161), ('[ "", [', "]]", "/1/0" * 16, 113)],
)
def test_nesting_of_33_levels_is_refused(opening: str, closing: str, pointer: str, column: int) -> None:
    assert refusal(nested(33, opening, closing)) == too_deep(pointer, 1, column)


def test_nesting_is_counted_in_what_is_open() -> None:
    text = "[" + ",".join(["[[]]", '{"a":{}}'] * 50) + "]"
    assert loads(text) == json.loads(text)


def test_the_place_of_too_deep_nesting_has_its_line() -> None:
    assert refusal(nested(33, "[\n", "]")) == too_deep("/0" * 32, 33, 1)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ("[", ""), ('{"a":', "")])
def test_nesting_of_100000_levels_is_refused_without_recursion(opening: str, closing: str) -> None:
    assert [problem.code for problem in refused(nested(100_000, opening, closing))] == ["json-too-deep"]


def test_problems_before_too_deep_nesting_are_told_too() -> None:
    text = '{"a": 1, "a": NaN, "b": ' + nested(40, "[", "]") + "}"
    codes = [problem.code for problem in refused(text)]
    assert codes == ["json-duplicate-key", "json-not-a-number", "json-too-deep"]


def test_an_allowed_depth_is_never_read_as_none_where_the_stack_is_nearly_full() -> None:
    text = nested(MAX_DEPTH, "[", "]")
    found: list[Any] = []

    def sink() -> None:
        with suppress(RecursionError):
            found.append(loads(text))
        sink()

    with suppress(RecursionError):
        sink()
    assert {value is None for value in found} == {False}


# Several problems


def test_problems_of_every_kind_are_told_at_once_in_order() -> None:
    text = r'{"a": NaN, "b": 1234567890123456, "c": "\ud800", "d": "\u0000", "a": 1}'
    assert [(problem.code, problem.pointer) for problem in refused(text)] == [
        ("json-not-a-number", "/a"),
        ("json-long-number", "/b"),
        ("json-surrogate", "/c"),
        ("json-nul", "/d"),
        ("json-duplicate-key", "/a"),
    ]


def test_a_text_with_both_a_nul_and_a_surrogate_is_told_twice() -> None:
    assert [problem.code for problem in refused(r'"\ud800\u0000"')] == ["json-nul", "json-surrogate"]


def test_indexes_count_every_item_before() -> None:
    assert refusal('[1, "a,b", [2, 3], {"x": 4, "y": 5}, NaN]') == not_a_number("/4", 1, 38)


def test_a_problem_after_an_inner_object_points_into_the_outer() -> None:
    assert refusal('{"a": {"b": {"c": 1}}, "d": [{}, {"e": NaN}]}') == not_a_number("/d/1/e", 1, 40)


def test_columns_count_characters_not_bytes() -> None:
    assert refusal('["Thọ", NaN]'.encode()) == not_a_number("/1", 1, 9)


def test_columns_count_from_the_start_of_the_line() -> None:
    assert refusal("[\n1,\r\n  NaN]") == not_a_number("/1", 3, 3)


# Normal form


@pytest.mark.parametrize("data", [f'"{NFD}"', f'"{NFD}"'.encode(), f'\ufeff"{NFD}"'], ids=ascii)
def test_a_decomposed_value_is_composed(data: bytes | str) -> None:
    assert loads(data) == NFC


def test_a_decomposed_key_is_composed() -> None:
    assert loads(f'{{"{NFD}": 1}}') == {NFC: 1}


@pytest.mark.parametrize("escaped", [r"e\u0301", r"\u0065\u0301", "\\u0065\u0301"], ids=ascii)
def test_a_value_decomposed_by_escapes_is_composed(escaped: str) -> None:
    assert loads(f'["{escaped}"]') == [NFC]


@pytest.mark.parametrize("escaped", [r"e\u0301", r"\u0065\u0301", "\\u0065\u0301"], ids=ascii)
def test_a_key_decomposed_by_escapes_is_composed(escaped: str) -> None:
    assert loads(f'{{"{escaped}": 1}}') == {NFC: 1}


def test_a_nested_value_decomposed_by_escapes_is_composed() -> None:
    assert loads(r'{"a": [{"b": "e\u0301"}, [true, 1, "e\u0301"]]}') == {"a": [{"b": NFC}, [True, 1, NFC]]}


def test_compatibility_characters_are_kept() -> None:
    assert loads('"\ufb01\u00bd"') == "\ufb01\u00bd"


# Combining marks


@pytest.mark.parametrize("mark", ["\u0323", r"\u0323"], ids=ascii)
def test_thirty_combining_marks_in_a_row_are_read(mark: str) -> None:
    assert loads(f'"x{mark * MAX_MARKS}"') == "x" + "\u0323" * 30


def test_combining_marks_are_counted_anew_after_each_character() -> None:
    text = ("x" + "\u0323" * 30) * 3
    assert loads(f'"{text}"') == text


@pytest.mark.parametrize("character", ["\u1ec5", "\u4e2d", "\uac00", "\u0e01", "😀", "\xb4", "x"], ids=ascii)
def test_characters_that_are_no_marks_may_come_in_any_number(character: str) -> None:
    assert loads(f'"{character * 1000}"') == character * 1000


@pytest.mark.parametrize("mark", ["\u0f73", "\u0f75", "\u0f81"], ids=ascii)
def test_characters_made_of_marks_are_counted_as_marks(mark: str) -> None:
    assert refusal(f'"x{mark * 31}"') == many_marks("", 1, 33)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('"x' + "\u0323" * 31 + '"', 1, 33),
        ('{"x' + "\u0301\u0323" * 16 + '": 1}', 1, 34),
        ('[\n"' + "\u0300" * 31, 2, 32),
    ],
    ids=["value", "key", "second line"],
)
def test_over_thirty_combining_marks_in_a_row_are_refused(text: str, line: int, column: int) -> None:
    assert refusal(text) == many_marks("", line, column)


@pytest.mark.parametrize("marks", [r"\u0323" * 31, "\u0323" * 30 + r"\u0323"], ids=["escaped", "half escaped"])
def test_over_thirty_escaped_combining_marks_in_a_row_are_refused(marks: str) -> None:
    assert refusal(f'{{"a": [0, "x{marks}"]}}') == many_marks("/a/1", 1, 11)


def test_over_thirty_escaped_combining_marks_in_a_key_are_refused() -> None:
    assert refusal('{"x' + r"\u0323" * 31 + '": 1}') == many_marks("/x" + "\u0323" * 31, 1, 2)


# Time and memory


@pytest.mark.parametrize(
    "part",
    [r"\"", r"\\", r"\u0041", r"\ud83d\ude00", "a"],
    ids=["quotes", "backslashes", "escapes", "pairs", "letters"],
)
def test_a_text_of_ten_megabytes_is_read_in_little_time(part: str) -> None:
    text = '"' + part * ((MAX_BYTES - 2) // len(part)) + '"'
    assert seconds(text) < 30


@pytest.mark.parametrize("part", ['"', "\\", r"\"", "[", "{", "[1,", '{"a":'])
def test_ten_megabytes_of_nonsense_are_refused_in_little_time(part: str) -> None:
    assert seconds(part * (MAX_BYTES // len(part))) < 30


@pytest.mark.parametrize("part", [r"\"", "a"], ids=["quotes", "letters"])
def test_a_long_text_takes_memory_in_proportion(part: str) -> None:
    text = '"' + part * (500_000 // len(part)) + '"'
    tracemalloc.start()
    loads(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak / len(text) < 20


@pytest.mark.parametrize("item", ["1234567890123456", "NaN", r'"\ud800"', r'"\u0000"', '{"a":1,"a":1}'])
def test_the_time_for_many_problems_grows_no_faster_than_the_input(item: str) -> None:
    assert grows_no_faster_than_its_input(lambda size: f'["{"x" * 2000 * size}"' + f",{item}" * size + "]", 250)


@pytest.mark.parametrize("marks", ["\u0301\u0323", "\u0f73", "\u0f81", r"\u0301\u0323", r"\u0f73"], ids=ascii)
def test_the_time_for_many_combining_marks_grows_no_faster_than_the_input(marks: str) -> None:
    assert grows_no_faster_than_its_input(lambda size: f'"a{marks * size}"', 4_000)


def test_no_more_than_50000_problems_are_told() -> None:
    found = refused("[" + "NaN," * 50_001 + "0]")
    assert (len(found), found[-1].code) == (MAX_PROBLEMS + 1, "json-many-problems")
    assert len(refused("[" + "NaN," * 50_000 + "0]")) == MAX_PROBLEMS == 50_000


def test_a_long_key_does_not_stand_in_each_pointer() -> None:
    problems = refused('{"' + "k" * 1_000_000 + '": [' + "1e999," * 10_000 + "0]}")
    assert len(problems) == 10_000
    assert problems[-1].pointer == "/" + "k" * 200 + "…/9999"
