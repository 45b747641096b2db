"""How results show themselves in a notebook: in which language, and through what draws them."""

from importlib import import_module
from typing import Any

from ocop.text import Language, checked_language

_chosen: Language | None = None


def set_display_language(lang: str | None) -> None:
    """Choose the language in which results show themselves in a notebook; None goes back to the default.

    The default is Vietnamese on every machine. The choice changes what is shown and nothing else: no result, no
    digest, and no text of which the language is named or written to a file.

    Raises:
        ValueError: for another language than ``"vi"`` and ``"en"``.

    >>> set_display_language("en")
    >>> display_language()
    'en'
    >>> set_display_language(None)
    """
    global _chosen
    _chosen = None if lang is None else checked_language(lang)


def display_language(default: Language = "vi") -> Language:
    """Return the language that was chosen, or `default` where none was.

    >>> display_language()
    'vi'
    """
    return _chosen or default


class Shown:
    """What shows itself in a notebook, as HTML and as text; `ocop.adapters.html` draws both."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        html: str = _adapter().html_of(self)
        return html

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        """Return both forms; a front end that wants only some of them leaves out the others itself."""
        bundle: dict[str, str] = _adapter().bundle_of(self)
        return bundle


def _adapter() -> Any:
    # By name and when first shown: results live floors below the adapters, and do not know them.
    return import_module("ocop.adapters.html")
