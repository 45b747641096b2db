"""Where editions and their sets are found: by id, or by date."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

from ocop.criteria.edition import OCOP, Edition
from ocop.criteria.model import CriteriaSet
from ocop.criteria.reading import Labels, Memo, read_edition, read_set
from ocop.errors import NoEditionError, UnknownIdError, nearest
from ocop.text import LANGUAGES


class _Shelf:
    """An edition's folder in a catalog; what is read of it is kept."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.memo: Memo = {}
        self.sets: dict[str, CriteriaSet] = {}

    @cached_property
    def labels(self) -> Labels:
        vi, en = (self.json("labels", f"{lang}.json") for lang in LANGUAGES)
        return Labels(vi, en)

    @cached_property
    def edition(self) -> Edition:
        return read_edition(self.json("edition.json"), self.labels)

    def json(self, *path: str) -> Any:
        with open(os.path.join(self.folder, *path), "rb") as file:
            return json.loads(file.read())


class Catalog:
    """A folder of editions; each is read on first use and kept. `ocop.criteria.register` adds editions of one's own.

    >>> PACKAGED.edition("qd26-2026").id
    'qd26-2026'
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._added: dict[str, _Shelf] = {}

    def __repr__(self) -> str:
        return " with ".join([f"Catalog({self._root!r})", *self._added])

    def with_edition(self, edition: Edition, sets: Iterable[CriteriaSet], labels: Labels, folder: str) -> "Catalog":
        """Return a new catalog with all that this one has, and one edition more, which was read and checked already.

        `ocop.criteria.register` does both. `labels` are the edition's words, `folder` is where its files are.
        """
        shelf = _Shelf(folder)
        shelf.edition, shelf.labels, shelf.sets = edition, labels, {each.id: each for each in sets}
        made = Catalog(self._root)
        made._shelves, made._added = {**self._shelves, edition.id: shelf}, {**self._added, edition.id: shelf}
        return made

    @cached_property
    def _shelves(self) -> dict[str, _Shelf]:
        """What is on the shelves, by the edition's id; catalogs that came of one another share them."""
        folders = [entry for entry in os.scandir(self._root) if entry.is_dir()]
        return {entry.name: _Shelf(os.path.join(self._root, entry.name)) for entry in folders}

    def _shelf(self, edition_id: str) -> _Shelf:
        known = self._shelves.get(edition_id)
        if known is None:
            raise UnknownIdError("edition", edition_id, nearest(edition_id, self.edition_ids), self.edition_ids)
        return known

    @cached_property
    def edition_ids(self) -> tuple[str, ...]:
        """The ids of its editions, in alphabetical order."""
        return tuple(sorted(self._shelves))

    def editions(self) -> tuple[Edition, ...]:
        """Return the editions of the catalog, the oldest first."""
        editions = [self.edition(name) for name in self.edition_ids]
        return tuple(sorted(editions, key=lambda edition: (edition.in_force_from, edition.id)))

    def edition(self, edition_id: str) -> Edition:
        """Return the edition with this id.

        Raises:
            UnknownIdError: where there is none; it names the nearest.

        >>> PACKAGED.edition("qd26-2026").issued.isoformat()
        '2026-05-22'
        """
        return self._shelf(edition_id).edition

    def labels(self, edition_id: str) -> Labels:
        """Return the words of the edition with this id.

        Raises:
            UnknownIdError: where there is no such edition; it names the nearest.
        """
        return self._shelf(edition_id).labels

    def edition_in_force(self, day: date, programme: str = OCOP) -> Edition:
        """Return the edition of a programme in force on `day`: of several, the one that came into force last.

        Raises:
            NoEditionError: where none was; the message names the neighbours.

        >>> from datetime import date
        >>> PACKAGED.edition_in_force(date(2026, 9, 1)).id
        'qd26-2026'
        """
        in_force = self.editions_in_force(day, programme)
        if in_force:
            return in_force[-1]
        editions = [edition for edition in self.editions() if edition.programme == programme]
        before = [edition for edition in editions if edition.in_force_from <= day]
        after = [edition for edition in editions if edition.in_force_from > day]
        neighbours = [f"{edition.id} ended on {edition.in_force_to}" for edition in before[-1:]]
        neighbours += [f"{edition.id} begins on {edition.in_force_from}" for edition in after[:1]]
        raise NoEditionError(f"no edition is in force on {day.isoformat()}: {' and '.join(neighbours)}")

    def editions_in_force(self, day: date, programme: str = OCOP) -> tuple[Edition, ...]:
        """Return every edition of a programme in force on `day`, the newest last; none where none was.

        Several are in force where a decision lets dossiers go by the older rules for a while, as Articles 11 and 12
        of Decision 26/2026/QĐ-TTg do.

        >>> from datetime import date
        >>> [edition.id for edition in PACKAGED.editions_in_force(date(2026, 6, 1))]
        ['qd148-2023', 'qd26-2026']
        """
        return tuple(
            edition
            for edition in self.editions()
            if edition.programme == programme
            and edition.in_force_from <= day
            and (edition.in_force_to is None or day <= edition.in_force_to)
        )

    def set_ids(self, edition_id: str | None = None) -> tuple[str, ...]:
        """Return the ids of the sets of one edition, or of all, in the printed order.

        >>> PACKAGED.set_ids("qd26-2026")[10]
        'qd26-2026/tea'
        """
        editions = self.editions() if edition_id is None else (self.edition(edition_id),)
        return tuple(f"{edition.id}/{entry.slug}" for edition in editions for entry in edition.entries)

    def criteria_set(self, set_id: str) -> CriteriaSet:
        """Return the criteria set with this id.

        Raises:
            UnknownIdError: where there is none; it names the nearest.

        >>> PACKAGED.criteria_set("qd26-2026/tee")
        Traceback (most recent call last):
            ...
        ocop.errors.UnknownIdError: there is no criteria set 'qd26-2026/tee'; did you mean 'qd26-2026/tea'?
        """
        edition_id, _, slug = set_id.partition("/")
        shelf = self._shelves.get(edition_id)
        found = None if shelf is None else shelf.sets.get(set_id)
        if found is not None:
            return found
        if shelf is None or not shelf.edition.has(slug):
            known = self.set_ids()
            # A name alone, without its edition, is the commonest slip.
            newest = [edition.id for edition in self.editions()[-1:] if "/" not in set_id]
            raise UnknownIdError("criteria set", set_id, nearest("/".join([*newest, set_id]), known))
        data = shelf.json("sets", f"{slug}.json")
        shelf.sets[set_id] = read_set(data, shelf.edition, shelf.labels, shelf.memo)
        return shelf.sets[set_id]

    def sets(self, edition_id: str | None = None) -> Iterator[CriteriaSet]:
        """Yield the sets of one edition, or of all, in the printed order."""
        for set_id in self.set_ids(edition_id):
            yield self.criteria_set(set_id)

    def json(self, edition_id: str, *path: str) -> Any:
        """Return what a JSON file in an edition's folder holds, read anew.

        Raises:
            UnknownIdError: where there is no such edition; it names the nearest.
        """
        return self._shelf(edition_id).json(*path)


PACKAGED: Final = Catalog(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "editions"))
"""The editions that come with the library."""

editions = PACKAGED.editions
edition = PACKAGED.edition
edition_in_force = PACKAGED.edition_in_force
criteria_set = PACKAGED.criteria_set
