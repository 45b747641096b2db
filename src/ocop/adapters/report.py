"""A report to hand over: one page that holds everything, to be read, sent and printed.

The page needs no network and no script, and forbids both. It is made of results alone: the same results give the same
bytes on every machine.

>>> import ocop
>>> score = ocop.score(ocop.load("docs/examples/tea-capped.json"))
>>> page = report_html(score, lang="en")
>>> page.startswith("<!doctype html>"), "<script" in page, score.digest in page
(True, False, True)
"""

import os
from collections.abc import Iterator
from io import TextIOBase
from typing import IO, Any, Final

from ocop.adapters.html import frame, piece_of, readable, text_of
from ocop.adapters.html_style import PAGE, PIECE
from ocop.adapters.html_words import Say
from ocop.adapters.markup import Html, Node, Piece, cut, head_of, joined, listed, named, tag
from ocop.adapters.report_plots import figures_of
from ocop.errors import ConversionError
from ocop.programme.progress import Progress
from ocop.scoring.steps import StepKind, at_article

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page itself allows: the styles that stand in it, and nothing else."""


def write_report(target: str | os.PathLike[str] | IO[str] | IO[bytes], *results: object, lang: str = "vi") -> None:
    """Write the report on `results` to a path, or to a file that is open for text or for bytes, as UTF-8.

    Nothing is written where the report cannot be made.

    Raises:
        ConversionError: as `report_html` does.
        ValueError: for another language than ``"vi"`` and ``"en"``.
        OSError: where the file cannot be written.

    >>> import io, ocop
    >>> file = io.BytesIO()
    >>> write_report(file, ocop.score(ocop.load("docs/examples/tea.json")))
    >>> file.getvalue()[:15]
    b'<!doctype html>'
    """
    page = report_html(*results, lang=lang)
    if isinstance(target, (str, os.PathLike)):
        with open(target, "wb") as opened:
            opened.write(page.encode())
        return
    # A file for text says so by its class; what wraps one, as tempfile does, by its mode.
    text = isinstance(target, TextIOBase) or "b" not in getattr(target, "mode", "b")
    file: Any = target
    file.write(page if text else page.encode())


def report_html(*results: object, lang: str = "vi") -> str:
    """Return the report on `results` as a page: each that `ocop.adapters.html` draws, in the order given.

    Each has its explanation, its tables with nothing folded away, its digests and its sources; and its plots, where the
    extra ``plots`` is installed.

    Raises:
        ConversionError: for no result, or an object of another kind.
        ValueError: for another language than ``"vi"`` and ``"en"``.
    """
    say = Say(lang)
    if not results:
        raise ConversionError("a report needs at least one result; got none")
    pieces = [piece_of(result, say, full=True) for result in results]
    drawn = zip(results, pieces, strict=True)
    sections = [_section(result, piece, f"r{n}", say) for n, (result, piece) in enumerate(drawn, 1)]
    title = ": ".join(dict.fromkeys((pieces[0].kind, pieces[0].title))) if len(pieces) == 1 else say("title")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", cut(title, say.lang)),
        tag("style", Html(PIECE + PAGE)),
    )
    body = tag(
        "body",
        tag("h1", say("title")),
        _contents(pieces, say) if len(pieces) > 1 else None,
        tag("main", *sections),
        tag("footer", tag("p", say("disclaimer"))),
    )
    return "<!doctype html>\n" + tag("html", head, body, lang=say.lang) + "\n"


def _contents(pieces: list[Piece], say: Say) -> Html:
    links = (
        tag("a", f"{piece.kind}: " if piece.kind != piece.title else None, named(piece.title, say.lang), href=f"#r{n}")
        for n, piece in enumerate(pieces, 1)
    )
    return tag("nav", listed(*links), aria_label=say("contents"))


def _section(result: Any, piece: Piece, anchor: str, say: Say) -> Html:
    return tag(
        "section",
        frame(
            tag("p", piece.kind, class_="kind") if piece.kind != piece.title else None,
            tag("h2", named(piece.title, say.lang)),
            head_of(piece, say.lang),
            piece.body,
            *figures_of(result, say),
            *_explanation(result, say),
            *_list("digests", _digests(result, say), say),
            *_list("sources", dict.fromkeys(_sources(result, say)), say),
        ),
        id=anchor,
    )


def _explanation(result: Any, say: Say) -> Iterator[Html]:
    """Yield what a result says of itself in sentences."""
    if hasattr(result, "explain"):
        yield tag("p", say("explanation"), class_="h")
        yield tag("pre", readable(text_of(result, say.lang), say.lang), class_="text")


def _list(name: str, items: Any, say: Say) -> Iterator[Html]:
    found: list[Node] = list(items)
    if found:
        yield tag("p", say(name), class_="h")
        yield listed(*found)


def _results(result: Any) -> Iterator[Any]:
    """Yield the scores that a result stands on."""
    if hasattr(result, "before") and hasattr(result, "why_not"):
        yield result.before
    elif hasattr(result, "places"):
        yield from (place.score for place in result.places)
        yield from result.unranked
    elif hasattr(result, "steps"):
        yield result


def _digests(result: Any, say: Say) -> Iterator[Html]:
    """Yield the digests by which it can be checked that the same came from the same."""
    sets: dict[str, str] = {}
    lines: list[Html] = []
    for score in _results(result):
        sets[score.criteria_set.id] = score.criteria_set.digest
        sheet = getattr(score, "sheet", None)
        name = (score.record.sheets[0] if sheet is None else sheet).product or say("unnamed")
        if sheet is not None:
            lines.append(_digest(say("digest-sheet"), name, score.to_json()["sheet_digest"], say))
        lines.append(_digest(say("digest-result"), name, score.digest, say))
    if hasattr(result, "criteria") and hasattr(result, "digest"):
        sets[result.id] = result.digest
    for set_id, digest in sets.items():
        yield joined(say("digest-set", set_id), ": ", tag("code", digest))
    yield from lines


def _digest(what: str, name: str, digest: str, say: Say) -> Html:
    return joined(what, " ", named(name, say.lang), ": ", tag("code", digest))


def _sources(result: Any, say: Say) -> Iterator[str]:
    """Yield the citations on which it stands, and where the packaged data was read from."""
    for score in _results(result):
        edition = score.criteria_set.edition
        for step in score.steps.walk():
            if step.kind in (StepKind.SCORE, StepKind.RULE, StepKind.BAND):
                yield say.of(step.source)
        yield say.of(at_article(score.criteria_set, edition.articles.recognition))
        yield f"{edition.id}: {say.of(edition.source.label)}"
    if isinstance(result, Progress):
        yield from (say.of(each) for each in result.programme.basis)
        yield from (each.source for each in result.programme.targets if each.source)
