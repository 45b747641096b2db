"""The tie of facts to choices: a small language of conditions, read from an edition's data.

A condition names a fact and what it is compared with, ``{"fact": "agents", "at_least": 5}`` (two comparisons in one
must both hold), or joins others: ``{"all": [...]}``, ``{"any": [...]}``. Each holds, does not hold, or stays open
where a fact is unknown. For each criterion the edition lists its options, the best first, each with its condition;
a remark may stand among them, for facts that the printed words leave without an option of their own.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from attrs import frozen

from ocop.convert import FRACTION
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import DocumentError, Problem, Report, UnknownIdError, nearest, pointer, shortened
from ocop.procedure.known import FACTS, FactKind, Known, slug_of
from ocop.procedure.rights import Unknown
from ocop.text import FrozenDict

FILE: Final = "facts.json"
Bound = bool | int | Fraction | str | tuple[str, ...]

COMPARISONS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "at_least": lambda value, bound: value >= bound,
    "more_than": lambda value, bound: value > bound,
    "under": lambda value, bound: value < bound,
    "at_most": lambda value, bound: value <= bound,
    "is": lambda value, bound: slug_of(value) == bound,
    "one_of": lambda value, bound: slug_of(value) in bound,
    "includes": lambda value, bound: bound in map(slug_of, value),
}
"""What a fact can be asked, by its key in the data."""

_ORDERED: Final = ("at_least", "more_than", "under", "at_most", "is")
_ASKED: Final = {
    FactKind.SHARE: _ORDERED,
    FactKind.COUNT: _ORDERED,
    FactKind.FLAG: ("is",),
    FactKind.CHOICE: ("is", "one_of"),
    FactKind.CHOICES: ("includes",),
}
"""What a fact of each kind can be asked."""


@frozen
class Truth:
    """Whether a condition holds, with the facts, by slug, that decide it; None where the facts leave it open."""

    holds: bool | None
    facts: tuple[str, ...]


@frozen
class Comparison:
    """A fact and what it is compared with; every comparison must hold."""

    fact: str
    bounds: tuple[tuple[str, Bound], ...]

    def truth(self, known: Known) -> Truth:
        """Return whether it holds by what is known."""
        value = known[self.fact]
        if isinstance(value, Unknown):
            return Truth(None, (self.fact,))
        return Truth(all(COMPARISONS[name](value, bound) for name, bound in self.bounds), (self.fact,))


@frozen
class Joined:
    """Several conditions of which all, or any one, must hold."""

    any_one: bool
    parts: "tuple[Comparison | Joined, ...]"

    def truth(self, known: Known) -> Truth:
        """Return whether it holds by what is known, in three-valued logic.

        One part that does not hold settles "all", and one that holds settles "any", whatever the others are.
        """
        truths = [part.truth(known) for part in self.parts]
        holds = next(
            outcome
            for outcome in (self.any_one, None, not self.any_one)
            if any(truth.holds is outcome for truth in truths)
        )
        return Truth(holds, distinct(fact for truth in truths if truth.holds is holds for fact in truth.facts))


Condition = Comparison | Joined


@frozen
class Entry:
    """An option with its condition, or a remark with the facts that call for it."""

    option: str | None
    """The option's slug; None for a remark."""
    remark: str | None
    """The remark's slug; None for an option."""
    when: Condition


Ties = FrozenDict[str, tuple[Entry, ...]]
"""By a criterion's slug its entries, the best option first."""


def distinct(slugs: Iterable[str]) -> tuple[str, ...]:
    """Return each of `slugs` once, in their order."""
    return tuple(dict.fromkeys(slugs))


@lru_cache(maxsize=32)
def ties(edition_id: str, catalog: Catalog = PACKAGED) -> Ties:
    """Return how the edition with this id ties facts to choices.

    Raises:
        UnknownIdError: where there is no such edition, or it ties no facts.
        DocumentError: where its data names a criterion, option or fact that does not exist, leaves out an option, or
            is not in the language of conditions; the report has every problem.

    >>> [entry.option for entry in ties("qd26-2026")["local-labour"]]
    ['from-75', '50-to-75', '25-to-under-50']
    """
    edition = catalog.edition(edition_id)
    try:
        data = catalog.json(edition.id, FILE)
    except FileNotFoundError:
        raise UnknownIdError("tie of facts to choices of the edition", edition_id) from None
    printed: dict[str, set[tuple[str, ...]]] = {}
    for criteria_set in catalog.sets(edition.id):
        for criterion in criteria_set.criteria:
            printed.setdefault(criterion.slug, set()).add(tuple(option.slug for option in criterion.options))
    return read_ties(data, printed, f"{edition.id}/{FILE}")


def read_ties(data: Any, printed: Mapping[str, set[tuple[str, ...]]], name: str) -> Ties:
    """Return the ties that `data` describes.

    Args:
        data: the content of the edition's file.
        printed: by a criterion's slug, each list of option slugs under which the edition's sets print it.
        name: what the report calls the data.

    Raises:
        DocumentError: where something is wrong with it; the report has every problem.
    """
    reader = _Reader()
    found = reader.ties(data, printed)
    if reader.problems:
        raise DocumentError(Report(reader.problems, name))
    return FrozenDict(found)


class _WrongError(Exception):
    """A node cannot be read; its problem is noted."""


class _Reader:
    """Reads the nodes of the data, and notes what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, code: str, where: str, **values: Any) -> _WrongError:
        self.problems.append(Problem.of(code, where, **values))
        return _WrongError()

    def each(self, nodes: Any, where: str, read: Callable[[Any, str], Any]) -> list[Any]:
        """Return what `read` makes of each node of a list that is not empty, without those that are wrong."""
        if not isinstance(nodes, list):
            raise self.wrong("value-not-list", where, got=shortened(nodes))
        if not nodes:
            raise self.wrong("list-too-short", where, expected="≥ 1", got="0")
        found: list[Any] = []
        for index, node in enumerate(nodes):
            with suppress(_WrongError):
                found.append(read(node, where + pointer(index)))
        return found

    def object(self, node: Any, where: str) -> dict[str, Any]:
        if not isinstance(node, dict):
            raise self.wrong("value-not-object", where, got=shortened(node))
        return node

    def known(self, slug: Any, names: Iterable[str], code: str, where: str, **values: str) -> str:
        names = list(names)
        if slug not in names:
            raise self.wrong(code, where, got=shortened(slug), hint=nearest(slug, names), **values)
        return str(slug)

    def ties(self, data: Any, printed: Mapping[str, set[tuple[str, ...]]]) -> dict[str, tuple[Entry, ...]]:
        found: dict[str, tuple[Entry, ...]] = {}
        with suppress(_WrongError):
            self.only(self.object(data, ""), ("criteria",), "")
            where = pointer("criteria")
            for slug, nodes in self.object(data["criteria"], where).items():
                with suppress(_WrongError):
                    at = where + pointer(slug)
                    self.known(slug, printed, "tie-criterion-unknown", at)
                    found[slug] = self.entries(nodes, at, slug, printed[slug])
        return found

    def only(self, node: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
        """Refuse a node that has not exactly these keys."""
        for key in keys:
            if key not in node:
                raise self.wrong("key-missing", where, key=key)
        for key in node:
            if key not in keys:
                raise self.wrong("key-unknown", where + pointer(key), key=key, hint=nearest(key, keys))

    def entries(self, nodes: Any, where: str, criterion: str, printed: set[tuple[str, ...]]) -> tuple[Entry, ...]:
        options = sorted({option for slugs in printed for option in slugs})

        def read(node: Any, at: str) -> Entry:
            kind = "remark" if "remark" in self.object(node, at) else "option"
            self.only(node, (kind, "when"), at)
            when = self.condition(node["when"], at + pointer("when"))
            if kind == "remark":
                if not isinstance(node[kind], str):
                    raise self.wrong("value-not-text", at + pointer(kind), got=shortened(node[kind]))
                return Entry(None, node[kind], when)
            option = self.known(node[kind], options, "tie-option-unknown", at + pointer(kind), criterion=criterion)
            return Entry(option, None, when)

        before = len(self.problems)
        entries = tuple(self.each(nodes, where, read))
        if len(self.problems) == before:
            self.order([entry.option for entry in entries if entry.option], where, criterion, printed)
        return entries

    def order(self, tied: list[str], where: str, criterion: str, printed: set[tuple[str, ...]]) -> None:
        """Note where the options are not those of every set that prints the criterion, the best first."""
        for slugs in sorted(printed):
            found = [option for option in tied if option in slugs]
            if found != list(reversed(slugs)):
                expected, got = (", ".join(options) for options in (reversed(slugs), found))
                raise self.wrong("tie-options-differ", where, expected=expected, got=got, criterion=criterion)

    def condition(self, node: Any, where: str) -> Condition:
        for key in ("all", "any"):
            if key in self.object(node, where):
                self.only(node, (key,), where)
                parts = self.each(node[key], where + pointer(key), self.condition)
                return Joined(key == "any", tuple(parts))
        if "fact" not in node:
            raise self.wrong("key-missing", where, key="fact", expected="fact | all | any")
        fact = self.known(node["fact"], FACTS, "tie-fact-unknown", where + pointer("fact"))
        asked = _ASKED[FACTS[fact].kind]
        names = [key for key in node if key != "fact"]
        if not names:
            raise self.wrong("tie-comparison-missing", where, expected=" | ".join(asked), fact=fact)
        for name in names:
            self.known(name, asked, "tie-comparison-unknown", where + pointer(name), fact=fact)
        return Comparison(
            fact, tuple((name, self.bound(node[name], name, fact, where + pointer(name))) for name in names)
        )

    def bound(self, node: Any, name: str, fact: str, where: str) -> Bound:
        """Return what a fact is compared with: a value such as it could have itself."""
        kind, values = FACTS[fact].kind, FACTS[fact].values
        if name == "one_of":
            return tuple(
                self.each(node, where, lambda each, at: self.known(each, values, "tie-value-unknown", at, fact=fact))
            )
        if values:
            return self.known(node, values, "tie-value-unknown", where, fact=fact)
        if kind is FactKind.FLAG and type(node) is bool:
            return node
        if kind is not FactKind.FLAG and type(node) is int and node >= 0:
            return node
        if kind is FactKind.SHARE and type(node) is str and FRACTION.fullmatch(node):
            return Fraction(node)
        expected = {FactKind.FLAG: "true | false", FactKind.COUNT: "0, 1, 2 …", FactKind.SHARE: "3/4"}[kind]
        raise self.wrong("tie-value-unknown", where, expected=expected, got=shortened(node), fact=fact)
