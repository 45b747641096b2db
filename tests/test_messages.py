import ast
import re
import string
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest

import ocop
from ocop.messages import MESSAGES, PHRASES, message
from ocop.text import LANGUAGES, Label, Language

SENTENCES: Mapping[str, Label] = {**MESSAGES, **PHRASES}
PACKAGE = Path(ocop.__file__).parent
every_sentence = pytest.mark.parametrize("code", list(SENTENCES))
every_message = pytest.mark.parametrize("code", list(MESSAGES))
every_language = pytest.mark.parametrize("lang", LANGUAGES)


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_the_catalogue_and_the_phrases_share_no_name() -> None:
    assert not MESSAGES.keys() & PHRASES.keys()


@every_language
@every_sentence
def test_every_sentence_is_in_both_languages(code: str, lang: Language) -> None:
    assert SENTENCES[code].get(lang).strip()


@every_sentence
def test_the_languages_of_a_sentence_differ(code: str) -> None:
    assert SENTENCES[code].vi != SENTENCES[code].en


@every_sentence
def test_every_placeholder_is_in_both_languages(code: str) -> None:
    assert placeholders(SENTENCES[code].vi) == placeholders(SENTENCES[code].en)


@every_sentence
def test_every_code_is_in_kebab_case(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)


@every_language
@every_sentence
def test_every_sentence_is_in_normal_form(code: str, lang: Language) -> None:
    assert unicodedata.is_normalized("NFC", SENTENCES[code].get(lang))


@every_language
@every_message
def test_no_message_ends_with_a_stop_because_the_report_adds_one(code: str, lang: Language) -> None:
    assert SENTENCES[code].get(lang)[-1] not in ".?! "


@every_message
def test_no_placeholder_has_the_name_of_a_part_of_a_problem(code: str) -> None:
    assert not {"expected", "got", "hint", "note"} & set(placeholders(MESSAGES[code].en))


@every_message
def test_every_placeholder_has_a_name(code: str) -> None:
    assert all(name.isidentifier() for name in placeholders(MESSAGES[code].en))


@every_message
def test_every_message_can_be_filled_in(code: str) -> None:
    values = {name: f"<{name}>" for name in placeholders(MESSAGES[code].en)}
    filled = message(code, **values)
    assert all(filled.vi.count(value) and filled.en.count(value) for value in values.values())


def test_message_fills_in_vietnamese() -> None:
    assert message("key-missing", key="kind").vi == "Thiếu khóa kind"


def test_message_fills_in_english() -> None:
    assert message("key-missing", key="kind").en == "The key kind is missing"


def test_message_gives_a_label_in_its_own_language() -> None:
    label = Label(vi="loại", en="kind")
    assert message("key-missing", key=label) == Label("Thiếu khóa loại", "The key kind is missing")


def test_message_leaves_braces_in_a_value_alone() -> None:
    assert message("key-missing", key="{x}").en == "The key {x} is missing"


def test_message_takes_a_value_named_code() -> None:
    assert message("set-code-repeated", code="1.1").en == "The code 1.1 is used twice"


def test_message_refuses_an_unknown_code() -> None:
    with pytest.raises(KeyError, match="no-such-code"):
        message("no-such-code")


def test_message_refuses_a_code_with_underscores() -> None:
    with pytest.raises(KeyError, match="json_empty"):
        message("json_empty")


def test_message_refuses_a_missing_value() -> None:
    with pytest.raises(KeyError, match="key"):
        message("key-missing")


def codes_told(path: Path) -> set[str]:
    """Return the codes that a module of the package names where it makes a problem."""
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call) and node.args]
    firsts = [call.args[0] for call in calls if ast.unparse(call.func) in ("Problem.of", "message")]
    return {first.value for first in firsts if isinstance(first, ast.Constant) and isinstance(first.value, str)}


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_code_that_the_package_tells_is_in_the_catalogue(path: Path) -> None:
    assert codes_told(path) <= MESSAGES.keys()


def test_every_code_is_asserted_in_some_test() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("test_*.py"))
    assert [code for code in MESSAGES if f'"{code}"' not in tests] == []


def test_the_page_of_codes_says_of_each_what_it_is_about() -> None:
    page = (Path(__file__).parent.parent / "docs" / "reference" / "problem-codes.md").read_text("utf-8")
    assert "```{problem-codes}" in page  # makes the table of all codes
    known = re.findall(r"`([a-z]+-)`", page)
    assert [code for code in MESSAGES if not code.startswith(tuple(known))] == []
