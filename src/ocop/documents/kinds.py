"""The kinds of documents: ``{"kind": …, "version": 1, …}``, read strictly and written plainly."""

import json
import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import cattrs
from attrs import field, frozen
from attrs.validators import min_len

from ocop import strict_json
from ocop.canonical import canonical_bytes, plain
from ocop.convert import make_converter, structured, wrong
from ocop.criteria.amendment import Mark, SetAmendment
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.edition import Edition, Source
from ocop.criteria.model import BaseSet, Choice, CriteriaSet, Criterion, Erratum, Part, Remark, Rule, Section
from ocop.criteria.reading import NO_WORDS, read_edition, read_set
from ocop.errors import (
    ConversionError,
    DocumentError,
    Problem,
    Report,
    nearest,
    pointer,
    shortened,
)
from ocop.model.stars import Grade, Level, Rank, Star
from ocop.scoring.council import CouncilRecord
from ocop.scoring.engine import score
from ocop.scoring.result import Outcome, Score, UnmetMinimum
from ocop.scoring.sheet import ScoreSheet
from ocop.text import NO_LABEL, FrozenDict, Label

VERSION: Final = 1
"""The version of every kind of document."""

MAX_RANK: Final = 250
"""The highest rank that an edition may have: stars are kept in bytes where there are millions."""

Document = Mapping[str, Any]
Item = Section | Criterion


@frozen
class SetDocument:
    """A criteria set as its document has it: the edition is named in the id."""

    id: str
    number: int
    parts: tuple[Part, ...] = field(validator=min_len(1))
    rules: tuple[Rule, ...] = ()
    errata: tuple[Erratum, ...] = ()
    remarks: tuple[Remark, ...] = ()
    label: Label = NO_LABEL
    complete: bool = True
    open_issues: tuple[Remark, ...] = ()
    provenance: Source | None = None
    cited_as: Label = NO_LABEL
    base: BaseSet | None = None


@frozen
class SetReference:
    """The criteria set that a score was made by."""

    id: str
    digest: str


@frozen
class ScoreDocument:
    """A score as its document has it."""

    criteria_set: SetReference
    sheet: ScoreSheet
    sheet_digest: str
    outcome: Outcome
    total: int
    part_totals: FrozenDict[str, int]
    star_by_points: Rank
    star: Rank | None
    unmet_minimums: tuple[UnmetMinimum, ...]
    causes: tuple[str, ...]
    recognised_by: Level | None
    set_complete: bool = True


def new_converter() -> cattrs.Converter:
    """Return a new strict converter with the hooks that documents need."""
    made = make_converter()

    def item(value: Any, _: Any) -> Item:
        if not isinstance(value, Mapping):
            raise wrong("a section or criterion", value)
        kind: type[Any] = Criterion if "options" in value else Section
        found: Item = made.structure(value, kind)
        return found

    def choice(value: Any, _: Any) -> Choice:
        if value is None:
            return None
        kind: Any = tuple[str, ...] if isinstance(value, list) else str
        found: Choice = made.structure(value, kind)
        return found

    def rank(value: Any, wanted: Any) -> Any:
        """Hold a rank to its form; which ranks there are is the edition's to say."""
        if value is None and wanted != Rank:  # None, or in an amendment none any more
            return None
        number: int = made.structure(value, int)
        if not 1 <= number <= MAX_RANK:
            raise wrong(f"a rank from 1 to {MAX_RANK}", value)
        return Star(number) if number <= max(Star) else Grade(number, str(number), NO_LABEL)

    made.register_structure_hook_func(lambda t: t in (Rank, Rank | None, Mark), rank)
    made.register_structure_hook_func(lambda t: t == Item, item)
    made.register_structure_hook_func(lambda t: t == Choice, choice)
    return made


@cache
def converter() -> cattrs.Converter:
    """Return the converter of the kinds of documents that are read here."""
    return new_converter()


def _as(cls: type[Any]) -> Callable[[Document, Catalog], Any]:
    """Return what reads a document that is a `cls` and no more."""
    return lambda data, _: structured(converter(), data, cls)


def _record(kind: str) -> Callable[[Document, Catalog], Any]:
    """Return what reads a record's document, with classes that are loaded for it only."""

    def read(data: Document, _: Catalog) -> Any:
        from ocop.documents import records

        return records.read(kind, data)

    return read


def _score(data: Document, catalog: Catalog) -> Score:
    stated = structured(converter(), data, ScoreDocument)
    again = score(stated.sheet, allow_incomplete=not stated.set_complete, catalog=catalog)
    expected = again.to_json()
    problems = [
        Problem.of("score-differs", pointer(key), field=key, expected=shortened(value), got=shortened(data[key]))
        for key, value in expected.items()
        if key != "sheet" and data[key] != value
    ]
    if problems:
        raise DocumentError(Report(problems))
    return again


def _criteria_set(data: Document, catalog: Catalog) -> CriteriaSet:
    structured(converter(), data, SetDocument)
    edition_id, _, slug = data["id"].partition("/")
    if not slug or edition_id not in catalog.edition_ids:
        hint = nearest(edition_id, catalog.edition_ids)
        expected = ", ".join(f"{known}/…" for known in catalog.edition_ids)
        raise DocumentError(Report([Problem.of("set-id-wrong", "/id", set=data["id"], expected=expected, hint=hint)]))
    return read_set(data, catalog.edition(edition_id), catalog.labels(edition_id))


def _set_amendment(data: Document, _: Catalog) -> SetAmendment:
    return structured(converter(), data, SetAmendment)


def _edition(data: Document, catalog: Catalog) -> Edition:
    structured(converter(), data, Edition)
    words = catalog.labels(data["id"]) if data["id"] in catalog.edition_ids else NO_WORDS
    return read_edition(data, words)


RECORDS: Final[Mapping[str, str]] = {
    "Subject": "subject",
    "Product": "product",
    "ProductIdea": "idea",
    "Dossier": "dossier",
    "Certificate": "certificate",
    "Registry": "registry",
    "Portfolio": "portfolio",
    "Programme": "programme",
}
"""By the name of a record's class its kind of document; `ocop.documents.records` reads and writes them."""

KINDS: Final[Mapping[str, Callable[[Document, Catalog], Any]]] = {
    "score-sheet": _as(ScoreSheet),
    "score": _score,
    "council-record": _as(CouncilRecord),
    "criteria-set": _criteria_set,
    "set-amendment": _set_amendment,
    "edition": _edition,
    "report": _as(Report),
    **{kind: _record(kind) for kind in RECORDS.values()},
}
"""For each kind, how its document is read."""

_CLASSES: Final[Mapping[type[Any], str]] = {
    ScoreSheet: "score-sheet",
    Score: "score",
    CouncilRecord: "council-record",
    CriteriaSet: "criteria-set",
    SetAmendment: "set-amendment",
    Edition: "edition",
    Report: "report",
}


def tag(data: Any) -> Problem | None:
    """Return what is wrong with a document's ``kind`` and ``version``, or None."""
    if not isinstance(data, Mapping):
        return Problem.of("document-not-object", got=shortened(data))
    kind = data.get("kind")
    if "kind" not in data:
        return Problem.of("kind-missing", expected=", ".join(KINDS))
    if not isinstance(kind, str) or kind not in KINDS:
        hint = nearest(kind, KINDS)
        return Problem.of("kind-unknown", "/kind", expected=", ".join(KINDS), got=shortened(kind), hint=hint)
    return None


def from_document(data: Document, catalog: Catalog = PACKAGED) -> Any:
    """Return the object that a parsed document describes.

    Raises:
        DocumentError: for an unknown kind, a set of an unknown edition, a score that scoring again does not give.
        ConversionError: where the document does not have the form of its kind.
    """
    problem = tag(data)
    if problem is not None:
        raise DocumentError(Report([problem]))
    if type(data.get("version")) is not int or data["version"] != VERSION:
        raise wrong(f"version {VERSION}", data.get("version"))
    content = {key: value for key, value in data.items() if key not in ("kind", "version")}
    return KINDS[data["kind"]](content, catalog)


def to_document(instance: Any) -> dict[str, Any]:
    """Return the document of an object, such as a score sheet, an edition or a registry, as JSON-like values.

    Raises:
        ConversionError: for an object that no kind of document describes.

    >>> import ocop
    >>> to_document(ocop.ScoreSheet("qd26-2026/tea", {"1.1": "c"}))
    {'kind': 'score-sheet', 'version': 1, 'criteria_set': 'qd26-2026/tea', 'choices': {'1.1': 'c'}}
    """
    kind = _CLASSES.get(type(instance))
    content: dict[str, Any]
    if kind is not None:
        content = instance.to_json() if isinstance(instance, Score) else plain(instance)
    else:
        from ocop.documents import records

        kind = RECORDS.get(type(instance).__name__, "")
        if type(instance) is not records.CLASSES.get(kind):
            raise ConversionError(f"no kind of document holds a {type(instance).__name__}; known: {', '.join(KINDS)}")
        content = records.written(instance)
    return {"kind": kind, "version": VERSION, **content}


def dumps(instance: Any, *, canonical: bool = False) -> str:
    """Return the document of an object as JSON text: indented for people, or canonical (RFC 8785) for machines.

    Raises:
        ConversionError: for an object that no kind of document describes.

    >>> import ocop
    >>> print(dumps(ocop.ScoreSheet("qd26-2026/tea", {"1.1": "c"}), canonical=True))
    {"choices":{"1.1":"c"},"criteria_set":"qd26-2026/tea","kind":"score-sheet","version":1}
    """
    document = to_document(instance)
    if canonical:
        return canonical_bytes(document).decode("utf-8")
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def loads(text: str | bytes, *, catalog: Catalog = PACKAGED) -> Any:
    """Return the object that a JSON document describes.

    A score sheet, a record and a registry are only read here; `ocop.validate` says whether they are right.

    Raises:
        DocumentError: for a document that is refused; its report holds every problem.

    >>> loads('{"kind": "score-sheet", "version": 1, "criteria_set": "qd26-2026/tea", "choices": {}}').criteria_set
    'qd26-2026/tea'
    """
    return read_document(strict_json.loads(text), catalog)


def read_document(data: Any, catalog: Catalog = PACKAGED) -> Any:
    """Return the object that a parsed document describes, as `loads` does.

    Raises:
        DocumentError: for a document that is refused; its report holds every problem.
    """
    try:
        return from_document(data, catalog)
    except ConversionError as error:
        from ocop.documents.validate import form_problems

        problems = form_problems(data)  # the schema tells all of it, where the converter stops at the first
        raise DocumentError(Report(problems or [Problem.of("value-bad-form", got=str(error))])) from None


def load(path: str | os.PathLike[str], *, catalog: Catalog = PACKAGED) -> Any:
    """Return the object that a file's JSON document describes.

    Raises:
        DocumentError: for a file that cannot be read, or a document that is refused.

    >>> load("docs/examples/tea-capped.json").criteria_set
    'qd26-2026/tea'
    """
    try:
        return loads(read_bytes(path), catalog=catalog)
    except DocumentError as error:
        report = error.report
        raise type(error)(Report(report.problems, report.subject or os.fspath(path))) from None


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """Return a file's bytes, of one no larger than `strict_json.MAX_BYTES`.

    Raises:
        DocumentError: for a folder, a missing file, one that may not be read, or too large a one.
    """
    name = os.fspath(path)
    try:
        with open(name, "rb") as file:
            data = file.read(strict_json.MAX_BYTES + 1)
    except FileNotFoundError:
        problem = Problem.of("file-not-found", name=name)
    except IsADirectoryError:
        problem = Problem.of("file-is-folder", name=name)
    except (OSError, ValueError) as error:
        problem = Problem.of("file-unreadable", name=name, reason=getattr(error, "strerror", None) or str(error))
    else:
        if len(data) <= strict_json.MAX_BYTES:
            return data
        problem = Problem.of("json-too-large", limit=strict_json.MAX_BYTES)
    raise DocumentError(Report([problem], subject=name))
