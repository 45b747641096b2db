"""A criteria set derived from another: only what the amendment names changes, and the set says where it comes from."""

from collections.abc import Iterable, Iterator
from string import ascii_lowercase
from typing import Any, Final

from attrs import evolve

from ocop.canonical import plain
from ocop.criteria.amendment import SetAmendment
from ocop.criteria.edition import Edition
from ocop.criteria.lint import NAME, flaws
from ocop.criteria.model import CriteriaSet
from ocop.criteria.reading import NO_WORDS, Labels, read_set
from ocop.errors import DocumentError, Problem, Report, nearest, pointer, shortened

MAX_HINTS: Final = 50
"""To how many unknown names the nearest known one is looked up: each takes a while in a large set."""

Json = dict[str, Any]
Places = dict[str | None, list[Json]]
"""What is added, by the code or letter that it stands before; by None what comes last."""


def amend(
    base: CriteriaSet, patch: SetAmendment, *, edition: Edition | None = None, labels: Labels = NO_WORDS
) -> CriteriaSet:
    """Return the set that `patch` makes of `base`, with an id and a citation of its own, and the base set's digest.

    What the amendment does not name stays: words, rules, errata and remarks as well, but for the notes on criteria that
    it touches, as they tell of another print. A base set that is not complete gives one that is not. The result is
    sound, as `ocop.lint` says.

    Args:
        base: the set to start from.
        patch: what changes.
        edition: the edition of the new set, which gives the bands and the parts; by default the base set's.
        labels: the words of what is new, where the amendment itself does not carry them.

    Raises:
        DocumentError: for an amendment that does not fit its base set, or gives a set that is not sound: its report
            has every problem, with a pointer into the amendment.

    >>> import ocop
    >>> from ocop.criteria.compare import compare
    >>> tea = ocop.criteria_set("qd26-2026/tea")
    >>> patch = ocop.loads('''{"kind": "set-amendment", "version": 1, "id": "qd26-2026/our-tea",
    ...   "base": "qd26-2026/tea", "cited_as": {"vi": "Bộ chè của tỉnh (ví dụ)", "en": "Our tea (an example)"},
    ...   "criteria": {"1.3": {"options": {"a": {"minimum_for": 3}}}}}''')
    >>> ours = amend(tea, patch)
    >>> ours.citation.en, ours.base.id, ours.base.digest == tea.digest
    ('Our tea (an example)', 'qd26-2026/tea', True)
    >>> [change.new.code for change in compare(tea, ours).changed]
    ['1.3']
    """
    edition = edition or base.edition
    work = _Work(base, patch)
    problems = [*_head(base, patch, edition), *work.apply()]
    if not problems:
        made = read_set(work.data, edition, labels)
        problems = [work.told(problem) for problem in flaws(made)]
        if not problems:
            return made
    raise DocumentError(Report(problems, subject=patch.id))


def _head(base: CriteriaSet, patch: SetAmendment, edition: Edition) -> Iterator[Problem]:
    edition_id, _, slug = patch.id.partition("/")
    if edition_id != edition.id or not NAME.fullmatch(slug):
        yield Problem.of("set-id-wrong", "/id", set=shortened(patch.id), expected=f"{edition.id}/…")
    if patch.id == base.id:
        yield Problem.of("amendment-id-taken", "/id", got=patch.id)
    if patch.base != base.id:
        yield Problem.of("amendment-base-wrong", "/base", set=base.id, got=shortened(patch.base))
    if patch.base_digest not in (None, base.digest):
        at = "/base_digest"
        yield Problem.of("amendment-digest-differs", at, set=base.id, expected=patch.base_digest, got=base.digest)


class _Work:
    """The base set as JSON, on which an amendment is carried out step by step."""

    def __init__(self, base: CriteriaSet, patch: SetAmendment) -> None:
        self.base = base
        self.patch = plain(patch)
        self.data = plain(base)
        self.nodes: dict[str, Json] = {}
        """By code, all parts, sections and criteria of the base set."""
        self.headings: dict[str, Json] = {}
        """The parts and sections that are left."""
        self.criteria: dict[str, Json] = {}
        """The criteria that are left."""
        self.parents: dict[str, Json] = {}
        """By the code of a section or criterion, what it stands in."""
        self.sources: dict[int, str] = {}
        """By the identity of a node, the place in an amendment that changes it."""
        self.hints = MAX_HINTS
        for part in self.data["parts"]:
            self._index(part)
        for rule in self.data.get("rules", ()):
            self.sources[id(rule)] = "/remove_rules"

    def _index(self, node: Json) -> None:
        code = node["code"]
        self.nodes[code] = node
        if "options" in node:
            self.criteria[code] = node
            self.sources[id(node)] = pointer("criteria", code)
            for option in node["options"]:
                self.sources[id(option)] = pointer("criteria", code, "options", option["letter"])
            return
        self.headings[code] = node
        self.sources[id(node)] = pointer("maxima", code)
        for item in node["items"]:
            self.parents[item["code"]] = node
            self._index(item)

    def apply(self) -> Iterator[Problem]:
        """Carry the amendment out, and yield what in it names something that the base set lacks."""
        patch, data = self.patch, self.data
        data.update({key: patch[key] for key in ("id", "cited_as", "number", "label") if key in patch})
        data["base"] = {"id": self.base.id, "digest": self.base.digest}
        yield from self._items()
        for code, change in patch.get("criteria", {}).items():
            if code in self.criteria:
                yield from self._criterion(self.criteria[code], change, pointer("criteria", code))
            else:
                yield self._unknown(pointer("criteria", code), code, self.criteria)
        for code, points in patch.get("maxima", {}).items():
            if code in self.headings:
                self.headings[code]["max_points"] = points
            else:
                yield self._unknown(pointer("maxima", code), code, self.headings)
        yield from self._rules()
        left = {None, *self.criteria} - {*patch.get("criteria", ())}
        for kind in ("errata", "remarks", "open_issues"):
            if kind in data:
                data[kind] = [note for note in data[kind] if note.get("criterion") in left]

    def _unknown(self, where: str, wanted: str, known: Iterable[str] = ()) -> Problem:
        self.hints -= 1
        hint = nearest(wanted, known) if self.hints >= 0 else None
        return Problem.of("amendment-target-unknown", where, set=self.base.id, target=shortened(wanted), hint=hint)

    def _items(self) -> Iterator[Problem]:
        """Take out and put in criteria and sections; each list of items is made anew once."""
        gone: set[int] = set()
        places: dict[str, Places] = {}
        for index, code in enumerate(self.patch.get("remove", ())):
            if code in self.parents:
                places.setdefault(self.parents[code]["code"], {})
                gone.add(id(self.nodes[code]))
                self._forget(self.nodes[code])
            else:
                yield self._unknown(pointer("remove", index), code, self.parents)
        for index, new in enumerate(self.patch.get("add", ())):
            at, below, before = pointer("add", index), new["below"], new.get("before")
            self.sources[id(new["item"])] = at + "/item"
            if below not in self.headings:
                yield self._unknown(at + "/below", below, self.headings)
            elif before is not None and self.parents.get(before) is not self.headings[below]:
                yield self._unknown(at + "/before", before, [item["code"] for item in self.headings[below]["items"]])
            else:
                places.setdefault(below, {}).setdefault(before, []).append(new["item"])
        for code, new_items in places.items():
            heading = self.nodes[code]
            heading["items"] = _rebuilt(heading["items"], "code", gone, new_items)

    def _forget(self, node: Json) -> None:
        self.criteria.pop(node["code"], None)
        self.headings.pop(node["code"], None)
        for item in node.get("items", ()):
            self._forget(item)

    def _criterion(self, node: Json, change: Json, where: str) -> Iterator[Problem]:
        node.update({key: change[key] for key in ("max_points", "minimum_for", "label") if key in change})
        options = {option["letter"]: option for option in node["options"]}
        gone: set[int] = set()
        places: Places = {}

        def known(letter: str, at: str) -> Iterator[Problem]:
            if letter not in options:
                yield self._unknown(where + at, f"{node['code']} {letter}")

        for letter, values in change.get("options", {}).items():
            yield from known(letter, pointer("options", letter))
            options.get(letter, {}).update(values)
        for index, letter in enumerate(change.get("remove_options", ())):
            yield from known(letter, pointer("remove_options", index))
            gone.add(id(options.get(letter)))
        for index, new in enumerate(change.get("add_options", ())):
            before = new.pop("before", None)
            if before is not None:
                yield from known(before, pointer("add_options", index, "before"))
            self.sources[id(new)] = where + pointer("add_options", index)
            places.setdefault(before, []).append(new)
        if gone or places:
            node["options"] = _rebuilt(node["options"], "letter", gone, places)
            for place, option in enumerate(node["options"]):
                option["letter"] = ascii_lowercase[place : place + 1]  # lint refuses more than there are letters

    def _rules(self) -> Iterator[Problem]:
        rules: dict[tuple[Any, ...], list[Json]] = {}
        for rule in self.data.get("rules", ()):
            rules.setdefault(_key(rule), []).append(rule)
        for index, key in enumerate(self.patch.get("remove_rules", ())):
            if rules.pop(_key(key), None) is None:
                yield self._unknown(pointer("remove_rules", index), " ".join(map(str, key.values())))
        for index, rule in enumerate(self.patch.get("add_rules", ())):
            self.sources[id(rule)] = pointer("add_rules", index)
        kept = [rule for rule in self.data.get("rules", ()) if _key(rule) in rules]
        self.data["rules"] = [*kept, *self.patch.get("add_rules", ())]

    def told(self, problem: Problem) -> Problem:
        """Return a flaw of the new set as one of the amendment, at the place that would set it right."""
        node: Any = self.data
        source, rest = "", ""
        for step in problem.pointer.split("/")[1:]:
            node = node[int(step)] if isinstance(node, list) else node.get(step)
            rest += "/" + step
            if isinstance(node, dict) and id(node) in self.sources:
                source, rest = self.sources[id(node)], ""
        if source.startswith(("/maxima", "/remove_rules")):
            rest = ""
        if not source and rest.startswith("/parts"):
            rest = "/maxima" if problem.code == "set-parts-differ" else "/add"
        return evolve(problem, pointer=source + rest)


def _key(rule: Json) -> tuple[Any, ...]:
    return rule["effect"], rule.get("cause"), rule.get("criterion")


def _rebuilt(nodes: list[Json], name: str, gone: set[int], new: Places) -> list[Json]:
    """Return the nodes without those that are gone, and with the new ones in their places."""
    kept = [each for node in nodes for each in (*new.get(node[name], ()), node) if id(each) not in gone]
    return [*kept, *new.get(None, ())]
