"""Reading the JSON documents of programmes and portfolios, below the floor on which all kinds are known."""

from typing import TypeVar

from ocop import strict_json
from ocop.convert import make_converter, structured
from ocop.errors import ConversionError, DocumentError, Problem, Report

T = TypeVar("T")


def read(kind: str, cls: type[T], data: str | bytes) -> T:
    """Return what a JSON document of this kind, and version 1, describes.

    Raises:
        DocumentError: for a document that is refused, of another kind say; of its form, the first problem is told.

    >>> from ocop.text import Label
    >>> read("label", Label, '{"kind": "label", "version": 1, "vi": "Chè", "en": "Tea"}')
    Label(vi='Chè', en='Tea')
    """
    content = strict_json.loads(data)
    if not isinstance(content, dict):
        raise DocumentError(Report([Problem.of("document-not-object")]))
    if content.get("kind") != kind:
        got = None if "kind" not in content else str(content["kind"])
        raise DocumentError(Report([Problem.of("value-not-allowed", "/kind", expected=kind, got=got)]))
    if type(content.get("version")) is not int or content["version"] != 1:
        raise DocumentError(Report([Problem.of("value-not-allowed", "/version", expected="1")]))
    rest = {key: value for key, value in content.items() if key not in ("kind", "version")}
    try:
        return structured(make_converter(), rest, cls)
    except ConversionError as error:
        raise DocumentError(Report([Problem.of("value-bad-form", got=str(error))])) from None
