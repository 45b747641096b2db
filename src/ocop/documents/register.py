"""Editions of one's own: a folder of JSON files becomes one more edition of a catalog, once all of it is sound."""

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ocop.criteria.amend import MAX_HINTS, amend
from ocop.criteria.amendment import SetAmendment
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.edition import Edition
from ocop.criteria.lint import flaws, lint_edition
from ocop.criteria.model import CriteriaSet
from ocop.criteria.reading import LABEL_KINDS, Labels, read_edition
from ocop.documents.folder import EDITION, LABELS, SETS, at, read_folder
from ocop.documents.kinds import read_document
from ocop.documents.validate import form_problems
from ocop.errors import DocumentError, Problem, Report, UnknownIdError, nearest, pointer, shortened
from ocop.model.taxonomy import SetEntry
from ocop.text import LANGUAGES

SET_KINDS: Final = ("criteria-set", "set-amendment")
"""What a file in the folder ``sets`` may hold."""


def register(path: str | os.PathLike[str], catalog: Catalog = PACKAGED) -> Catalog:
    """Return a new catalog that holds the editions of `catalog`, and the one in the folder `path`.

    The folder has a file ``edition.json``, a file ``sets/<name>.json`` for each set that ``edition.json`` names, and
    may have the words in ``labels/vi.json`` and ``labels/en.json``. A set's file is a whole set, or an amendment of
    another set: of `catalog`, or of the same folder. All is read and checked now; `catalog` itself does not change.

    Args:
        path: the folder.
        catalog: what the edition is added to.

    Raises:
        DocumentError: for a folder that is refused. Its report has every problem of every file; a problem's pointer is
            the file's name, ``#``, and the place in it: ``sets/tea.json#/parts/0/max_points``.

    >>> import ocop
    >>> own = register("docs/examples/own/lam-dong-tea")
    >>> own.criteria_set("lam-dong-tea/tea").base.id
    'qd26-2026/tea'
    >>> "lam-dong-tea" in ocop.PACKAGED.edition_ids
    False
    """
    name = os.fspath(path)
    files, problems = read_folder(name)
    labels = _labels(files, problems)
    edition = _edition(files, labels, catalog, problems)
    if edition is None:
        for file, data in _set_files(files):
            problems += [at(file, problem) for problem in form_problems(data)]
    else:
        present = {*files, *(problem.pointer.partition("#")[0] for problem in problems)}
        reading = _Sets(edition, labels, catalog.with_edition(edition, (), labels, name))
        problems += reading.read(_set_files(files), present)
        if not problems:
            return catalog.with_edition(edition, reading.made.values(), labels, name)
    if any(problem.pointer.startswith(LABELS) for problem in problems):
        # What a broken file of labels lacks is told once, not again wherever it is looked up.
        problems = [each for each in problems if each.code != "label-missing" or each.pointer.startswith(LABELS)]
    raise DocumentError(Report(problems, subject=name))


def _set_files(files: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return [(name, data) for name, data in files.items() if name.startswith(SETS)]


def _labels(files: Mapping[str, Any], problems: list[Problem]) -> Labels:
    """Return the words in the folder; a table that is no table is left out, and told."""
    tables: dict[str, dict[str, dict[str, str]]] = {lang: {} for lang in LANGUAGES}
    for lang in LANGUAGES:
        name = f"{LABELS}/{lang}.json"
        if name in files:
            tables[lang], found = _tables(files[name])
            problems += [at(name, problem) for problem in found]
    for lang, other in (("vi", "en"), ("en", "vi")):
        if f"{LABELS}/{lang}.json" in files:
            problems += [
                at(f"{LABELS}/{lang}.json", Problem.of("label-missing", pointer(kind, key), key=key, lang=lang))
                for kind, table in tables[other].items()
                for key in table
                if key not in tables[lang].get(kind, {})
            ]
    return Labels(tables["vi"], tables["en"])


def _tables(data: Any) -> tuple[dict[str, dict[str, str]], list[Problem]]:
    found: dict[str, dict[str, str]] = {}
    problems: list[Problem] = []
    if not isinstance(data, dict):
        return found, [Problem.of("value-not-object", got=shortened(data))]
    for kind, table in data.items():
        if kind not in LABEL_KINDS:
            hint = nearest(kind, LABEL_KINDS)
            problems.append(Problem.of("key-unknown", pointer(kind), key=shortened(kind), hint=hint))
        elif not isinstance(table, dict):
            problems.append(Problem.of("value-not-object", pointer(kind), got=shortened(table)))
        else:
            found[kind] = {key: text for key, text in table.items() if isinstance(text, str)}
            problems += [
                Problem.of("value-not-text", pointer(kind, key), got=shortened(text))
                for key, text in table.items()
                if not isinstance(text, str)
            ]
    return found, problems


def _read(name: str, data: Any, kinds: Iterable[str], catalog: Catalog, problems: list[Problem]) -> Any:
    """Return the object that a file's document describes, or None where it is refused."""
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind is not None and kind not in kinds:
        expected = ", ".join(kinds)
        problem = Problem.of("value-not-allowed", "/kind", expected=expected, got=shortened(kind))
        problems.append(at(name, problem))
        return None
    try:
        return read_document(data, catalog)
    except DocumentError as error:
        problems += [at(name, problem) for problem in error.report.problems]
        return None


def _edition(files: Mapping[str, Any], labels: Labels, catalog: Catalog, problems: list[Problem]) -> Edition | None:
    """Return the folder's edition, and tell what is wrong with it; None where it cannot be read."""
    if EDITION not in files or _read(EDITION, files[EDITION], ("edition",), catalog, problems) is None:
        return None
    edition = read_edition(files[EDITION], labels)
    problems += [at(EDITION, problem) for problem in (*lint_edition(edition).problems, *_beside(edition, catalog))]
    return edition


def _beside(edition: Edition, catalog: Catalog) -> Iterator[Problem]:
    """Yield what keeps an edition from standing beside those of `catalog`."""
    if edition.id in catalog.edition_ids:
        yield Problem.of("edition-id-taken", "/id", edition=edition.id)
        return
    for other in catalog.editions():
        apart = (other.in_force_to is not None and other.in_force_to < edition.in_force_from) or (
            edition.in_force_to is not None and edition.in_force_to < other.in_force_from
        )
        declared = other.id in edition.overlaps or edition.id in other.overlaps
        if other.programme == edition.programme and not apart and not declared:
            programme = edition.programme
            yield Problem.of("edition-dates-overlap", "/in_force_from", edition=other.id, programme=programme)


class _Sets:
    """The sets of an edition's folder: read whole, or made of the sets that they amend."""

    def __init__(self, edition: Edition, labels: Labels, catalog: Catalog) -> None:
        self.edition = edition
        self.labels = labels
        self.catalog = catalog
        """With the edition itself in it, and none of its sets."""
        self.entries: dict[str, SetEntry] = {entry.slug: entry for entry in edition.entries}
        self.made: dict[str, CriteriaSet] = {}
        self.patches: dict[str, tuple[str, SetAmendment]] = {}
        """By the id of the set to make: the file and the amendment."""
        self.problems: list[Problem] = []

    def read(self, files: list[tuple[str, Any]], present: set[str]) -> list[Problem]:
        """Read the files of all sets, and return what is wrong with them; `present` has the unreadable ones as well."""
        for name, data in files:
            slug = name.removeprefix(f"{SETS}/").removesuffix(".json")
            if slug in self.entries:
                self._file(slug, name, data)
            else:
                hint = nearest(slug, self.entries) if len(self.problems) < MAX_HINTS else None
                self.problems.append(at(name, Problem.of("edition-set-file-extra", got=shortened(slug), hint=hint)))
        for i, group in enumerate(self.edition.groups):
            for j, subgroup in enumerate(group.subgroups):
                for k, entry in enumerate(subgroup.sets):
                    if f"{SETS}/{entry.slug}.json" not in present:
                        where = pointer("groups", i, "subgroups", j, "sets", k, "slug")
                        problem = Problem.of("edition-set-file-missing", where, name=shortened(entry.slug))
                        self.problems.append(at(EDITION, problem))
        self._amend()
        return self.problems

    def _file(self, slug: str, name: str, data: Any) -> None:
        found = _read(name, data, SET_KINDS, self.catalog, self.problems)
        wanted = f"{self.edition.id}/{slug}"
        if found is not None and found.id != wanted:
            problem = Problem.of("set-id-wrong", "/id", set=shortened(found.id), expected=wanted)
            self.problems.append(at(name, problem))
        elif isinstance(found, SetAmendment):
            self.patches[wanted] = (name, found)
        elif isinstance(found, CriteriaSet):
            self._keep(name, found, flaws(found))

    def _keep(self, name: str, the_set: CriteriaSet, found: list[Problem]) -> None:
        """Keep a set, and tell what is wrong with it."""
        number = self.entries[the_set.slug].number
        if the_set.number != number:
            problem = Problem.of("set-number-differs", "/number", expected=str(number), got=str(the_set.number))
            found = [*found, problem]
        self.problems += [at(name, problem) for problem in found]
        if not found:
            self.made[the_set.id] = the_set

    def _amend(self) -> None:
        """Make the amended sets, each after the set that it amends."""
        tried: set[str] = set()
        for start in self.patches:
            chain: dict[str, None] = {}
            step = start
            while step in self.patches and step not in tried and step not in chain:
                chain[step] = None
                step = self.patches[step][1].base
            if step in chain:
                ids = list(chain)
                circle = ids[ids.index(step) :]
                for place, set_id in enumerate(circle):
                    shown = " → ".join([*circle[place:], *circle[:place], set_id])
                    problem = Problem.of("amendment-circle", "/base", circle=shown)
                    self.problems.append(at(self.patches[set_id][0], problem))
                tried.update(circle)
            for set_id in reversed(chain):
                if set_id not in tried:
                    self._make(*self.patches[set_id])
            tried.update(chain)

    def _make(self, name: str, patch: SetAmendment) -> None:
        base = self.made.get(patch.base)
        if base is None and patch.base.partition("/")[0] == self.edition.id:
            slug = patch.base.partition("/")[2]
            if slug not in self.entries:
                hint = nearest(patch.base, [f"{self.edition.id}/{each}" for each in self.entries])
                problem = Problem.of("set-unknown", "/base", got=shortened(patch.base), hint=hint)
                self.problems.append(at(name, problem))
            return  # its base set has problems of its own, which are told already
        try:
            base = base or self.catalog.criteria_set(patch.base)
            self._keep(name, amend(base, patch, edition=self.edition, labels=self.labels), [])
        except UnknownIdError as error:
            problem = Problem.of("set-unknown", "/base", got=shortened(patch.base), hint=error.hint)
            self.problems.append(at(name, problem))
        except DocumentError as error:
            self.problems += [at(name, problem) for problem in error.report.problems]
