"""Text is escaped wherever it stands, and what is not seen is made visible."""

import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from html_page import Page
from ocop.adapters.markup import Html, Table, bar, cut, escaped, folded, joined, listed, named, tag, visible
from ocop.text import Language


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("]]>", "]]&gt;"),
        ("a & b \" '", "a &amp; b &quot; &#x27;"),
        ("=1+1", "=1+1"),
        ("\tx", "\tx"),
        ("\u202egnp", "[U+202E]gnp"),
        ("\x00\x1b\x85\u2066\u2028", "[U+0000][U+001B][U+0085][U+2066][U+2028]"),
        ("\ud800", "[U+D800]"),
        ("\U000e0041", "[U+E0041]"),
        ("Phú Thọ 👩\u200d🌾", "Phú Thọ 👩\u200d🌾"),
    ],
)
def test_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown
    assert tag("p", text, title=text) == f'<p title="{shown}">{shown}</p>'


@given(st.text(st.characters(), max_size=30))
def test_any_text_comes_back(text: str) -> None:
    page = Page(tag("td", text, data_label=text))
    assert page.tags == ["td"]
    expected = visible(text).replace("\r\n", "\n").replace("\r", "\n")
    assert page.text.replace("\r\n", "\n").replace("\r", "\n") == expected
    assert [value.replace("\r\n", "\n").replace("\r", "\n") for value in page.values] == [expected]
    visible(text).encode()


def test_attributes() -> None:
    assert tag("details", open=True) == "<details open></details>"
    assert tag("details", open=False, id=None) == "<details></details>"
    assert tag("meta", charset="utf-8") == '<meta charset="utf-8">'
    assert tag("td", 3, None, colspan=2) == '<td colspan="2">3</td>'


def test_markup_that_is_added_to_text_is_text() -> None:
    assert joined("<" + tag("b")) == "&lt;&lt;b&gt;&lt;/b&gt;"
    assert joined(Html("<b>"), None, "<") == "<b>&lt;"


@pytest.mark.parametrize(("lang", "more"), [("vi", "… (còn 9800 ký tự)"), ("en", "… (9800 more characters)")])
def test_long_text_is_cut_and_says_so(lang: Language, more: str) -> None:
    assert cut("x" * 200, lang) == "x" * 200
    assert cut("x" * 10_000, lang) == "x" * 200 + more
    assert named("<" * 201, "en") == f"<bdi>{'&lt;' * 200}… (1 more characters)</bdi>"


def test_a_letter_is_not_cut_from_its_mark() -> None:
    text = "a" * 3 + "e\u0323\u0302" + "b" * 9
    assert cut(text, "en", 4) == "aaa… (12 more characters)"
    assert cut("\u0323" * 9, "en", 4) == "… (9 more characters)"
    assert unicodedata.combining("\u0323")


def test_lists_and_folds() -> None:
    assert listed("a", "<") == "<ul><li>a</li><li>&lt;</li></ul>"
    assert folded("more", "text", full=False) == "<details><summary>more</summary>text</details>"
    assert folded("more", full=True) == "<details open><summary>more</summary></details>"


@pytest.mark.parametrize(
    ("value", "most", "width"),
    [(0, 40, "0.0"), (1, 3, "33.3"), (Fraction(239, 3), 100, "79.6"), (9, 3, "100.0"), (-1, 3, "0.0"), (1, 0, "0.0")],
)
def test_bars_are_whole_thousandths(value: Fraction, most: int, width: str) -> None:
    assert f'<rect width="{width}" height="8" fill="currentColor" fill-opacity="0.75">' in bar(value, most, label="")


def test_ticks() -> None:
    assert bar(1, 4, (2,), label="<").count('d="M50.0 0v8"') == 1
    assert 'aria-label="&lt;"' in bar(1, 4, label="<")


def test_a_table() -> None:
    rows = Table("Mã", "", numbers=(1,))
    assert rows.html("caption") == ""
    rows.head("A")
    rows.add("<1>", 3, mark="no")
    assert len(rows) == 2
    assert rows.html("C") == (
        '<table><caption>C</caption><thead><tr><th scope="col">Mã</th><th scope="col" class="n"></th></tr></thead>'
        '<tbody><tr class="g"><th colspan="2" scope="rowgroup">A</th></tr>'
        '<tr class="no"><td data-label="Mã">&lt;1&gt;</td><td class="n">3</td></tr></tbody></table>'
    )


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        Table("a", "b").add("x")
