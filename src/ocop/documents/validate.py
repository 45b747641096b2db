"""Checking a document: its form by the published JSON Schema, its content by the law; every problem at once."""

import json
import os
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ocop import strict_json
from ocop.criteria.amend import amend
from ocop.criteria.amendment import SetAmendment
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.lint import lint, lint_edition
from ocop.criteria.reading import NO_WORDS
from ocop.documents.kinds import RECORDS, from_document, read_bytes, tag, to_document
from ocop.errors import DocumentError, OcopError, Problem, Report, UnknownIdError, glimpse, nearest, pointer, shortened
from ocop.scoring.checks import check
from ocop.scoring.council import score_council
from ocop.text import Language, checked_language

_TYPE_CODES = {
    "integer": "value-not-integer",
    "string": "value-not-text",
    "array": "value-not-list",
    "object": "value-not-object",
}


def validate(document: Any, lang: Language = "vi", *, catalog: Catalog = PACKAGED) -> Report:
    """Return every problem of a document: of its form, then of its content.

    A score sheet is held against its set, and so are a council's; a score is scored again; a set and an edition are
    linted; a record is looked over, a dossier on its own day; the records of a registry are held against one another,
    and those of a portfolio. Bad data never raises. No problem tells a sensitive value.

    Args:
        document: JSON text or bytes, a `pathlib.Path`, a parsed `dict`, or one of this library's objects. A plain text
            is taken for JSON, never for a path.
        lang: the language in which the report prints itself.
        catalog: where sets and editions are looked up.

    Raises:
        ValueError: for a `lang` other than ``"vi"`` and ``"en"``.

    >>> report = validate('{"kind": "score-sheet", "version": 1, "criteria_set": "qd26-2026/tee", "choices": {}}', "en")
    >>> print(report)
    1 problem
      /criteria_set: There is no such criteria set. Got: qd26-2026/tee. Did you mean qd26-2026/tea? [set-unknown]
    """
    lang = checked_language(lang)
    subject = os.fspath(document) if isinstance(document, os.PathLike) else None
    try:
        problems = strict_json.first_of(_problems(_parsed(document), catalog))
    except DocumentError as error:
        problems = [*error.report.problems]
    return Report(problems, subject=subject, lang=lang)


def schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a kind of document.

    Raises:
        UnknownIdError: for an unknown kind.

    >>> schema("score-sheet")["$id"]
    'urn:ocop:schema:score-sheet:1'
    """
    from ocop.documents.kinds import KINDS

    if kind not in KINDS:
        raise UnknownIdError("kind of document", kind, nearest(kind, KINDS), tuple(KINDS))
    path = os.path.join(os.path.dirname(__file__), "schemas", f"{kind}.schema.json")
    with open(path, encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
        return found


def form_problems(data: Any) -> list[Problem]:
    """Return what the schema of its kind finds wrong with a parsed document."""
    problem = tag(data)
    if problem is not None:
        return [problem]
    problems = (found for error in _validator(data["kind"]).iter_errors(data) for found in _translated(error))
    return list(dict.fromkeys(strict_json.first_of(problems)))  # two keywords may say the same of one place


def _parsed(document: Any) -> Any:
    """Return a document of any accepted sort as strictly read JSON."""
    if isinstance(document, os.PathLike):
        return strict_json.loads(read_bytes(document))
    if isinstance(document, (str, bytes)):
        return strict_json.loads(document)
    if not isinstance(document, (Mapping, list)) and hasattr(document, "__attrs_attrs__"):
        document = to_document(document)
    try:
        text = json.dumps(document, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise DocumentError(Report([Problem.of("value-not-json", got=str(error))])) from None
    odd = next(_odd_keys(document), None)
    if odd is not None:
        raise DocumentError(Report([Problem.of("value-not-json", got=f"key {odd!r}")]))
    return strict_json.loads(text)


def _odd_keys(value: Any) -> Iterator[Any]:
    """Yield the keys that are not text: `json.dumps` would turn 7 into "7"."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Mapping):
            yield from (key for key in current if not isinstance(key, str))
            waiting.extend(current.values())
        elif isinstance(current, (list, tuple)):
            waiting.extend(current)


def _problems(data: Any, catalog: Catalog) -> Iterator[Problem]:
    form = form_problems(data)
    kind = data.get("kind") if isinstance(data, Mapping) else None
    content: list[Problem] = []
    if kind == "score-sheet":
        content = [*_sheet(data, catalog)]
    elif not form:
        content = [*_content(data, kind, catalog)]
    told = {problem.pointer for problem in content}
    yield from (problem for problem in form if problem.pointer not in told)
    yield from content


def _sheet(data: Mapping[str, Any], catalog: Catalog) -> Iterator[Problem]:
    """Hold a sheet against its set, as far as its form allows, so that all is told at once."""
    wanted, choices, findings = data.get("criteria_set"), data.get("choices"), data.get("findings", [])
    if not isinstance(wanted, str):
        return
    try:
        criteria_set = catalog.criteria_set(wanted)
    except UnknownIdError as error:
        yield Problem.of("set-unknown", "/criteria_set", got=wanted, hint=error.hint)
        return
    if isinstance(choices, Mapping):
        yield from check(choices, findings if isinstance(findings, list) else [], criteria_set)


def _content(data: Mapping[str, Any], kind: str | None, catalog: Catalog) -> Iterator[Problem]:
    try:
        found = from_document(data, catalog)
        if kind == "council-record":
            # Whether its set is complete is asked when it is scored, as with a single sheet.
            score_council(found, allow_incomplete=True, catalog=catalog)
    except DocumentError as error:
        prefix = "/sheet" if kind == "score" and all(p.code != "score-differs" for p in error.report.problems) else ""
        yield from (problem.below(prefix) for problem in error.report.problems)
        return
    except OcopError as error:  # the schema has let pass what the converter refuses
        yield Problem.of("value-bad-form", got=str(error))
        return
    if kind == "criteria-set":
        yield from lint(found).problems
    elif kind == "set-amendment":
        yield from _amendment(found, catalog)
    elif kind == "edition":
        yield from lint_edition(found).problems
    elif kind is not None and kind in RECORDS.values():
        from ocop.documents import records

        yield from records.problems(kind, found, catalog)


def _amendment(patch: SetAmendment, catalog: Catalog) -> Iterator[Problem]:
    """Hold an amendment against its base set: it must give a sound set of an edition that is known."""
    edition_id = patch.id.partition("/")[0]
    try:
        base = catalog.criteria_set(patch.base)
    except UnknownIdError as error:
        yield Problem.of("set-unknown", "/base", got=shortened(patch.base), hint=error.hint)
        return
    known = edition_id in catalog.edition_ids
    try:
        amend(
            base,
            patch,
            edition=catalog.edition(edition_id) if known else None,
            labels=catalog.labels(edition_id) if known else NO_WORDS,
        )
    except DocumentError as error:
        yield from error.report.problems


@cache
def _validator(kind: str) -> Any:
    """Return a validator in which an integer is an integer, and no `$ref` leaves the file."""
    from jsonschema import Draft202012Validator, FormatChecker, validators
    from referencing import Registry

    checker = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: type(value) is int)
    extend: Any = validators.extend
    strict = extend(Draft202012Validator, type_checker=checker)
    formats = FormatChecker(formats=())
    formats.checks("date", raises=(ValueError, OcopError))(_is_date)
    return strict(schema(kind), registry=Registry(), format_checker=formats)


def _is_date(value: object) -> bool:
    from ocop.convert import date_of

    return not isinstance(value, str) or bool(date_of(value))


def _translated(error: Any) -> Iterator[Problem]:
    """Yield an error of the schema in our own words; of a value marked as sensitive, they do not tell what it is."""
    where = pointer(*error.absolute_path)
    found, limit = error.instance, error.validator_value
    seen = not error.schema.get("x-sensitive", False)
    got = glimpse(found) if seen else None
    match error.validator:
        case "required":
            missing = [key for key in limit if error.message == f"{key!r} is a required property"]
            yield from (Problem.of("key-missing", f"{where}{pointer(key)}", key=key) for key in missing)
        case "additionalProperties":
            known = error.schema["properties"]
            for key in found:
                if key not in known:
                    yield Problem.of(
                        "key-unknown", f"{where}{pointer(key)}", key=shortened(key), hint=nearest(key, known)
                    )
        case "type":
            code = _TYPE_CODES.get(str(limit), "value-wrong-type")
            yield Problem.of(code, where, got=got)
        case "enum" | "const":
            allowed = limit if error.validator == "enum" else [limit]
            hint = nearest(found, [each for each in allowed if isinstance(each, str)]) if seen else None
            expected = ", ".join("null" if each is None else str(each) for each in allowed)
            yield Problem.of("value-not-allowed", where, expected=expected, got=got, hint=hint)
        case "minimum":
            yield Problem.of("value-out-of-range", where, expected=f"≥ {limit}", got=got)
        case "maximum":
            yield Problem.of("value-out-of-range", where, expected=f"≤ {limit}", got=got)
        case "minItems":
            yield Problem.of("list-too-short", where, expected=f"≥ {limit}", got=str(len(found)))
        case _:
            yield Problem.of("value-bad-form", where, expected=str(limit), got=got)
