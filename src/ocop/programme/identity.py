"""Who is the same as whom: one subject, or organisation, under two spellings."""

import json
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from ocop.canonical import plain
from ocop.text import match_key

T = TypeVar("T")


class Entry(NamedTuple):
    """What is known of somebody's identity."""

    id: str
    name: str
    place: str | None = None
    tax_id: str | None = None


def same(entries: Iterable[Entry]) -> Mapping[str, str]:
    """Return for each id that of the entry that stands for it: the smallest of those that are the same.

    The same are those with one tax id; and those of one name, by `ocop.text.match_key`, and one commune, unless their
    tax ids differ. A name without a commune joins those of its name where they are all in one commune.

    >>> same([Entry("b", "HTX Hòa Bình", "1"), Entry("a", "HTX Hoà  Bình", "1"), Entry("c", "HTX Hòa Bình", "2")])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    first: dict[str, Entry] = {}
    groups: dict[str, list[Entry]] = {}
    by_tax_id: dict[str, str] = {}
    stands: dict[str, str] = {}
    for entry in sorted(entries, key=attrgetter("id")):
        name = match_key(entry.name)
        other = first.setdefault(name, entry)
        if other is not entry:
            groups.setdefault(name, [other]).append(entry)
        tax_id = _tax_id(entry)
        stands[entry.id] = by_tax_id.setdefault(tax_id, entry.id) if tax_id else entry.id
    for group in groups.values():
        _join(group, stands)
    return {each: _root(each, stands) for each in stands}


def _join(group: list[Entry], stands: dict[str, str]) -> None:
    """Join the entries of one name that are in one commune, apart from those whose tax ids differ."""
    places = {entry.place for entry in group} - {None}
    alone = places.pop() if len(places) == 1 else None
    heads: dict[tuple[str | None, str], str] = {}
    for entry in group:
        heads.setdefault((entry.place or alone, _tax_id(entry)), entry.id)
    for (place, tax_id), head in heads.items():
        if not tax_id:
            others = [other for (where, number), other in heads.items() if where == place and number]
            heads_of = [head, *others[:1]]
            _merge(heads_of, stands)
    for entry in group:
        _merge([heads[entry.place or alone, _tax_id(entry)], entry.id], stands)


def _merge(ids: list[str], stands: dict[str, str]) -> None:
    roots = {_root(each, stands) for each in ids}
    least = min(roots)
    for root in roots:
        stands[root] = least


def _root(key: str, stands: dict[str, str]) -> str:
    while stands[key] != key:
        stands[key] = key = stands[stands[key]]
    return key


def _tax_id(entry: Entry) -> str:
    return (entry.tax_id or "").replace("-", "")


def by_id(items: Iterable[T], key: str = "id") -> dict[str, T]:
    """Return the items by their id, in the order of the ids; of several with one id, the same whatever their order."""
    found: dict[str, T] = {}
    for item in items:
        name: str = getattr(item, key)
        other = found.get(name)
        if other is None or (other != item and _form(item) < _form(other)):
            found[name] = item
    return {name: found[name] for name in sorted(found)}


def _form(item: Any) -> str:
    return json.dumps(plain(item), sort_keys=True)
