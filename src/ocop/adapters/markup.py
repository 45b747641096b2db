"""HTML in small pieces, every text in it escaped: what `ocop.adapters.html` and the report are built of.

Text is a ``str``; only `Html` is markup, and only `tag` and `joined` make it. Whoever forgets that shows markup as
text, and never text as markup.
"""

import html
import re
import unicodedata
from collections.abc import Collection
from fractions import Fraction
from typing import Final

from attrs import frozen

from ocop.text import Label, Language

MAX_TEXT: Final = 200
"""How many characters of a name are shown; the rest is counted."""
MAX_FACT: Final = 500
"""How many of what is said at the head."""

_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, apart from tabs and line ends
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"  # what turns the direction of writing, or ends a line
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"  # annotations, half characters, tags that nobody sees
)
_MORE: Final = Label("{}… (còn {} ký tự)", "{}… ({} more characters)")
_EMPTY: Final = ("meta",)
"""Elements that have no end tag."""


class Html(str):
    """Markup, as opposed to text."""

    __slots__ = ()


Node = str | int | None
"""What may stand in an element: `Html`; text or a number, which is escaped; None for nothing."""


def visible(text: str) -> str:
    r"""Return `text` with each control character, and each that turns the direction of writing, as its number.

    >>> visible("a\u202eb\x1b[0m")
    'a[U+202E]b[U+001B][0m'
    """
    return _UNSEEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)


def cut(text: str, lang: Language, limit: int = MAX_TEXT) -> str:
    """Return `text`, or its first `limit` characters and how many more there are.

    >>> cut("tea " * 100, "en", 9)
    'tea tea t… (391 more characters)'
    """
    if len(text) <= limit:
        return text
    while limit and unicodedata.combining(text[limit]):
        limit -= 1
    return _MORE.get(lang).format(text[:limit], len(text) - limit)


def escaped(text: object) -> Html:
    """Return a text as markup that shows it; what is markup already stays.

    >>> escaped("<b>"), escaped(tag("b", "a"))
    ('&lt;b&gt;', '<b>a</b>')
    """
    return text if isinstance(text, Html) else Html(html.escape(visible(str(text))))


def joined(*nodes: Node) -> Html:
    """Return pieces one after the other."""
    return Html("".join(escaped(node) for node in nodes if node is not None))


def tag(name: str, /, *nodes: Node, **attributes: str | int | bool | None) -> Html:
    """Return an element. In the names of attributes, ``class_`` is ``class``, and ``data_label`` is ``data-label``.

    An attribute that is None or False is left out; True stands for one without a value.

    >>> tag("td", "<img src=x>", class_="n", title='"')
    '<td class="n" title="&quot;">&lt;img src=x&gt;</td>'
    """
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escaped(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    return Html(f"<{name}{given}>" if name in _EMPTY else f"<{name}{given}>{joined(*nodes)}</{name}>")


def named(text: str, lang: Language, limit: int = MAX_TEXT) -> Html:
    """Return a text that somebody typed, cut, and set apart so that its direction of writing stays its own.

    >>> named("Chè", "vi")
    '<bdi>Chè</bdi>'
    """
    return tag("bdi", cut(text, lang, limit))


def listed(*items: Node) -> Html:
    """Return a list of the items."""
    return tag("ul", *(tag("li", item) for item in items))


def folded(summary: Node, *nodes: Node, full: bool) -> Html:
    """Return what is shown when its summary is clicked, or, where all is to be shown, at once."""
    return tag("details", tag("summary", summary), *nodes, open=full)


def bar(value: int | Fraction, most: int, ticks: Collection[int] = (), *, label: str) -> Html:
    """Return a bar that is filled up to `value`, with a line at each tick; it takes the colour of the text.

    >>> bar(1, 4, label="1/4").count("<rect ")
    2
    """

    def along(number: int | Fraction) -> str:
        thousandth = max(0, min(1000, int(number * 1000 // most))) if most > 0 else 0
        return f"{thousandth // 10}.{thousandth % 10}"

    return tag(
        "svg",
        tag("rect", width="100", height="8", fill="currentColor", fill_opacity="0.15"),
        tag("rect", width=along(value), height="8", fill="currentColor", fill_opacity="0.75"),
        *(
            tag("path", d=f"M{along(tick)} 0v8", stroke="currentColor", vector_effect="non-scaling-stroke")
            for tick in ticks
        ),
        class_="bar",
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        role="img",
        aria_label=label,
    )


class Table:
    """A table in the making: its heads, then rows.

    >>> rows = Table("Mã", "Điểm", numbers=(1,))
    >>> rows.add("1.1", 3)
    >>> rows.html().count("<td ")
    2
    """

    def __init__(self, *heads: str, numbers: Collection[int] = ()) -> None:
        self.heads = heads
        self.numbers = numbers
        """The places of the columns with numbers, which stand to the right."""
        self.rows: list[Html] = []

    def __len__(self) -> int:
        return len(self.rows)

    def add(self, *cells: Node, mark: str | None = None) -> None:
        """Add a row; `mark` is a class for it, such as ``"no"``."""
        # On a narrow screen each cell stands on a line of its own, behind its head.
        row = (
            tag("td", cell, class_="n" if place in self.numbers else None, data_label=head or None)
            for place, (head, cell) in enumerate(zip(self.heads, cells, strict=True))
        )
        self.rows.append(tag("tr", *row, class_=mark))

    def head(self, *nodes: Node) -> None:
        """Add a heading over the rows that follow."""
        self.rows.append(tag("tr", tag("th", *nodes, colspan=len(self.heads), scope="rowgroup"), class_="g"))

    def html(self, caption: Node = None) -> Html:
        """Return the table, or nothing where it has no rows."""
        if not self.rows:
            return Html("")
        heads = (
            tag("th", head, scope="col", class_="n" if place in self.numbers else None)
            for place, head in enumerate(self.heads)
        )
        return tag(
            "table",
            None if caption is None else tag("caption", caption),
            tag("thead", tag("tr", *heads)),
            tag("tbody", *self.rows),
        )


@frozen
class Piece:
    """One result, drawn: for a notebook in a frame of its own, for a report as a section."""

    kind: str
    """What it is, in a word or two."""
    title: str
    """What it is called; text that somebody may have typed."""
    facts: tuple[tuple[str, str], ...]
    """What is said of it at the head, each under its name; text as well."""
    body: Html


def head_of(piece: Piece, lang: Language) -> Html:
    """Return the facts at the head of a piece."""
    items = (joined(tag("dt", name), tag("dd", named(value, lang, MAX_FACT))) for name, value in piece.facts if value)
    return tag("dl", *items)
