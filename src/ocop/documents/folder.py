"""The files of an edition's folder, read safely: nothing outside the folder, no links, no more than a set size."""

import os
import stat
from collections.abc import Iterator
from typing import Any, Final

from attrs import evolve

from ocop import strict_json
from ocop.documents.kinds import read_bytes
from ocop.errors import DocumentError, Problem, Report
from ocop.text import LANGUAGES

EDITION: Final = "edition.json"
SETS: Final = "sets"
LABELS: Final = "labels"
MAX_TOTAL: Final = 50_000_000
"""How many bytes the files of a folder may have in all."""


def at(name: str, problem: Problem) -> Problem:
    """Return a problem of the file `name` as one of its folder: the pointer begins with the file's name.

    >>> at("sets/tea.json", Problem.of("json-empty", "/id")).pointer
    'sets/tea.json#/id'
    """
    return evolve(problem, pointer=f"{name}#{problem.pointer}" if problem.pointer else name)


def read_folder(path: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the parsed files of an edition's folder, by name such as ``"sets/tea.json"``, and all that was wrong.

    These are read: ``edition.json``, each ``.json`` file in ``sets``, and, where there is a folder ``labels``, its
    files ``vi.json`` and ``en.json``. Everything else is let alone. What cannot be read is left out.

    Raises:
        DocumentError: where there is no such folder, or its files are too large in all.
    """
    if not os.path.isdir(path):
        raise DocumentError(Report([Problem.of("folder-not-found", name=path)], subject=path))
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    total = 0
    for name, file in _files(path, problems):
        try:
            data = _bytes(file, name)
            total += len(data)
            found[name] = strict_json.loads(data)
        except DocumentError as error:
            problems += [at(name, problem) for problem in error.report.problems]
        if total > MAX_TOTAL:
            too_large = Problem.of("folder-too-large", limit=MAX_TOTAL)
            raise DocumentError(Report([*problems, too_large], subject=path))
    return found, problems


def _files(path: str, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Yield the name and path of each file to read; they come from the folder itself, so that none leads out of it."""
    yield EDITION, os.path.join(path, EDITION)
    for folder in (SETS, LABELS):
        where = os.path.join(path, folder)
        if os.path.islink(where):
            problems.append(at(folder, Problem.of("file-is-link", name=folder)))
        elif os.path.isdir(where):
            try:
                listed = os.listdir(where) if folder == SETS else [f"{lang}.json" for lang in LANGUAGES]
            except OSError as error:
                problems.append(at(folder, Problem.of("file-unreadable", name=folder, reason=error.strerror)))
                continue
            for name in sorted(each for each in listed if each.endswith(".json")):
                printable = os.fsencode(name).decode("utf-8", "backslashreplace")  # a name may be any bytes
                yield f"{folder}/{printable}", os.path.join(where, name)
        elif folder == SETS:
            problems.append(at(folder, Problem.of("folder-not-found", name=folder)))


def _bytes(path: str, name: str) -> bytes:
    """Return the bytes of a file that is one itself: a link may lead anywhere, and a pipe never ends."""
    try:
        mode = os.lstat(path).st_mode
    except FileNotFoundError:
        problem = Problem.of("file-not-found", name=name)
    except OSError as error:
        problem = Problem.of("file-unreadable", name=name, reason=error.strerror)
    else:
        if stat.S_ISREG(mode):
            return read_bytes(path)
        problem = Problem.of("file-unreadable", name=name, reason="not a regular file")
        if stat.S_ISLNK(mode):
            problem = Problem.of("file-is-link", name=name)
    raise DocumentError(Report([problem]))
