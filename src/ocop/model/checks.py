"""What the checks of several nouns have in common."""

from collections.abc import Iterator
from typing import Any

from ocop.errors import Problem, UnknownIdError, pointer, shortened
from ocop.model.places import commune


def empty_texts(instance: Any, *names: str) -> Iterator[Problem]:
    """Yield a problem for each of the fields `names` that holds no text.

    >>> from ocop.text import Label
    >>> [problem.pointer for problem in empty_texts(Label(" ", "Tea"), "vi", "en")]
    ['/vi']
    """
    for name in names:
        if not getattr(instance, name).strip():
            yield Problem.of("text-empty", pointer(name))


def commune_problems(code: str, where: str) -> list[Problem]:
    """Return a problem at the pointer `where` if no commune of today has this code.

    >>> commune_problems("24781", "/place"), commune_problems("99999", "/place")[0].code
    ([], 'commune-unknown')
    """
    try:
        commune(code)
    except UnknownIdError as error:
        return [Problem.of("commune-unknown", where, got=shortened(code), hint=error.hint)]
    return []
