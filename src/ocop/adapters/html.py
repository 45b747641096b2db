"""Results as HTML of our own: for notebooks, for web pages, and for the report of `ocop.adapters.report`.

There is no script in it, and every text is escaped. Colours are those of the page around it, so that it can be read
on a dark ground as on a light one.

>>> import ocop
>>> score = ocop.score(ocop.load("docs/examples/tea-capped.json"))
>>> "What keeps it from 4 stars" in html_of(score, "en")
True
"""

from importlib import import_module
from typing import Any, Final

from ocop.adapters.html_style import PIECE, ROOT
from ocop.adapters.html_words import Say
from ocop.adapters.markup import Html, Piece, cut, head_of, joined, named, tag, visible
from ocop.display import display_language
from ocop.errors import ConversionError, Report
from ocop.text import Language

RENDERERS: Final[dict[str, str]] = {
    "ocop.criteria.compare.Comparison": "ocop.adapters.html:text_piece",
    "ocop.criteria.edition.Edition": "ocop.adapters.html_tables:edition_table",
    "ocop.criteria.model.CriteriaSet": "ocop.adapters.html_tables:set_table",
    "ocop.errors.Report": "ocop.adapters.html_tables:report_table",
    "ocop.programme.progress.Comparison": "ocop.adapters.html:text_piece",
    "ocop.programme.progress.Progress": "ocop.adapters.html_progress:progress_table",
    "ocop.scoring.council.CouncilScore": "ocop.adapters.html_cards:council_card",
    "ocop.scoring.plan.UpgradePlan": "ocop.adapters.html_cards:plan_card",
    "ocop.scoring.ranking.Ranking": "ocop.adapters.html_tables:ranking_table",
    "ocop.scoring.result.Score": "ocop.adapters.html_cards:score_card",
    "ocop.scoring.sheet.ScoreSheet": "ocop.adapters.html_tables:sheet_table",
}
"""By the full name of a class, the function that draws it, as ``module:name``; each is imported when first needed.

The function gets the object, the words (`Say`), and whether all is to be shown at once; it returns a `Piece`.
"""

MAX_LINE: Final = 2000
"""How many characters of a line of plain text are shown."""


def html_of(result: object, lang: str | None = None) -> str:
    """Return a result as a piece of HTML for a notebook or for a page of your own; its style comes with it.

    Without `lang`, it is in the language of `ocop.display.set_display_language`, which is Vietnamese at first; a report
    of problems is in its own language until another is chosen there.

    Raises:
        ConversionError: for an object of another kind.
        ValueError: for another language than ``"vi"`` and ``"en"``.

    >>> import ocop
    >>> html_of(ocop.criteria_set("qd26-2026/tea"), "en").startswith('<div class="ocop-show" lang="en"')
    True
    """
    say = Say(_language(result, lang))
    piece = piece_of(result, say)
    return tag(
        "div",
        tag("style", Html(PIECE)),
        tag("p", piece.kind, class_="kind") if piece.kind != piece.title else None,
        tag("p", named(piece.title, say.lang), class_="title"),
        head_of(piece, say.lang),
        piece.body,
        class_=ROOT,
        lang=say.lang,
    )


def text_of(result: Any, lang: str | None = None) -> str:
    """Return a result as plain text, for where no HTML is shown; control characters are made visible.

    Raises:
        ConversionError: for an object of another kind.
        ValueError: for another language than ``"vi"`` and ``"en"``.

    >>> import ocop
    >>> print(text_of(ocop.criteria_set("qd26-2026/tea"), "en"))
    Criteria set: Fresh and processed tea
      Id: qd26-2026/tea
      Source: Decision 26/2026/QĐ-TTg, Annex II, set 11
      Criteria: 32
      Maximum: 100
    """
    say = Say(_language(result, lang))
    _renderer(result)
    for name in ("explain", "text"):
        if hasattr(result, name):
            return readable(getattr(result, name)(say.lang), say.lang)
    piece = piece_of(result, say)
    lines = [f"{piece.kind}: {piece.title}", *(f"  {name}: {value}" for name, value in piece.facts if value)]
    return readable("\n".join(lines), say.lang)


def bundle_of(result: object) -> dict[str, str]:
    """Return both forms under their media types, as notebooks ask for them."""
    return {"text/plain": text_of(result), "text/html": html_of(result)}


def piece_of(result: object, say: Say, full: bool = False) -> Piece:
    """Return a result drawn, without a frame; with `full`, nothing is folded away or left out.

    Raises:
        ConversionError: for an object of another kind.
    """
    piece: Piece = _renderer(result)(result, say, full)
    return piece


def text_piece(result: Any, say: Say, full: bool) -> Piece:
    """Return what explains itself in lines of text as a piece: the first line is its title."""
    title, _, rest = text_of(result, say.lang).partition("\n")
    return Piece(say("comparison"), title, (), tag("pre", rest, class_="text"))


def readable(text: str, lang: Language) -> str:
    """Return lines of text with control characters made visible, and endless lines cut."""
    return "\n".join(cut(line, lang, MAX_LINE) for line in visible(text).split("\n"))


def frame(*nodes: Html | None) -> Html:
    """Return pieces in the element to which the style belongs, without the style."""
    return tag("div", joined(*nodes), class_=ROOT)


def _language(result: object, lang: str | None) -> str:
    return lang or display_language(result.lang if isinstance(result, Report) else "vi")


def _renderer(result: object) -> Any:
    for kind in type(result).__mro__:
        found = RENDERERS.get(f"{kind.__module__}.{kind.__qualname__}")
        if found is not None:
            module, _, name = found.partition(":")
            return getattr(import_module(module), name)
    known = ", ".join(sorted(name.rpartition(".")[2] for name in RENDERERS))
    raise ConversionError(f"expected one of {known}; got {type(result).__module__}.{type(result).__qualname__}")
