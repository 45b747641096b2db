"""Where editions and their sets are found: by id, or by date."""

import json
import os
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

from ocop.criteria.edition import Edition
from ocop.criteria.model import CriteriaSet
from ocop.criteria.reading import Labels, Memo, read_edition, read_set
from ocop.errors import NoEditionError, UnknownIdError, nearest


class Catalog:
    """A folder of editions; each is read on first use and kept.

    With ``packaged=True``, criteria that are the same in several sets are made only once: that is quick, and right for
    files whose keys always come in the same order and which carry no labels of their own.

    >>> [edition.id for edition in PACKAGED.editions()]
    ['qd26-2026']
    """

    def __init__(self, root: str, *, packaged: bool = False) -> None:
        self._root = root
        self._packaged = packaged
        self._labels: dict[str, Labels] = {}
        self._editions: dict[str, Edition] = {}
        self._sets: dict[str, CriteriaSet] = {}
        self._memos: dict[str, Memo] = {}

    def __repr__(self) -> str:
        return f"Catalog({self._root!r})"

    @cached_property
    def edition_ids(self) -> tuple[str, ...]:
        """The ids of its editions, in alphabetical order."""
        return tuple(sorted(entry.name for entry in os.scandir(self._root) if entry.is_dir()))

    def editions(self) -> tuple[Edition, ...]:
        """Return its editions, the oldest first."""
        editions = [self.edition(name) for name in self.edition_ids]
        return tuple(sorted(editions, key=lambda edition: (edition.in_force_from, edition.id)))

    def edition(self, edition_id: str) -> Edition:
        """Return the edition with this id.

        Raises:
            UnknownIdError: where there is none; it names the nearest.

        >>> PACKAGED.edition("qd26-2026").issued.isoformat()
        '2026-05-22'
        """
        known = self._editions.get(edition_id)
        if known is None:
            labels = self.labels(edition_id)
            known = self._editions[edition_id] = read_edition(self.json(edition_id, "edition.json"), labels)
        return known

    def labels(self, edition_id: str) -> Labels:
        """Return the words of the edition with this id.

        Raises:
            UnknownIdError: where there is no such edition; it names the nearest.
        """
        known = self._labels.get(edition_id)
        if known is None:
            if edition_id not in self.edition_ids:
                raise UnknownIdError("edition", edition_id, nearest(edition_id, self.edition_ids), self.edition_ids)
            vi, en = (self.json(edition_id, "labels", f"{lang}.json") for lang in ("vi", "en"))
            known = self._labels[edition_id] = Labels.of(vi, en)
        return known

    def edition_in_force(self, day: date) -> Edition:
        """Return the edition in force on `day`: of several, the one that came into force last.

        Raises:
            NoEditionError: where none was; the message names the neighbours.

        >>> from datetime import date
        >>> PACKAGED.edition_in_force(date(2026, 9, 1)).id
        'qd26-2026'
        """
        editions = self.editions()
        for edition in reversed(editions):
            if edition.in_force_from <= day and (edition.in_force_to is None or day <= edition.in_force_to):
                return edition
        before = [edition for edition in editions if edition.in_force_from <= day]
        after = [edition for edition in editions if edition.in_force_from > day]
        neighbours = [f"{edition.id} ended on {edition.in_force_to}" for edition in before[-1:]]
        neighbours += [f"{edition.id} begins on {edition.in_force_from}" for edition in after[:1]]
        raise NoEditionError(f"no edition is in force on {day.isoformat()}: {' and '.join(neighbours)}")

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
        known = self._sets.get(set_id)
        if known is None:
            known = self._sets[set_id] = self._read(set_id)
        return known

    def sets(self, edition_id: str | None = None) -> Iterator[CriteriaSet]:
        """Yield the sets of one edition, or of all, in the printed order."""
        for set_id in self.set_ids(edition_id):
            yield self.criteria_set(set_id)

    def _read(self, set_id: str) -> CriteriaSet:
        edition_id, _, slug = set_id.partition("/")
        if edition_id not in self.edition_ids or not self.edition(edition_id).has(slug):
            known = self.set_ids()
            # A name alone, without its edition, is the commonest slip.
            newest = [edition.id for edition in self.editions()[-1:] if "/" not in set_id]
            raise UnknownIdError("criteria set", set_id, nearest("/".join([*newest, set_id]), known))
        data = self.json(edition_id, "sets", f"{slug}.json")
        memo = self._memos.setdefault(edition_id, {}) if self._packaged else None
        return read_set(data, self.edition(edition_id), self.labels(edition_id), memo)

    def json(self, *path: str) -> Any:
        """Return what a JSON file below the catalog's folder holds, read anew; `path` begins with the edition's id."""
        with open(os.path.join(self._root, *path), "rb") as file:
            return json.loads(file.read())


PACKAGED: Final = Catalog(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", "editions"), packaged=True)
"""The editions that come with the library."""

editions = PACKAGED.editions
edition = PACKAGED.edition
edition_in_force = PACKAGED.edition_in_force
criteria_set = PACKAGED.criteria_set
