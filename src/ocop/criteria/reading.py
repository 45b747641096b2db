"""From JSON to editions and criteria sets, and back; the words come from label catalogues.

A document may carry labels of its own (``"label": {"vi": …, "en": …}`` beside a slug); where it does not, the
edition's catalogue gives them. So a packaged file holds the law alone, and a translator never touches it.

The readers here take data of the right form: packaged files, which the tests hold to it, and documents that
`ocop.documents` has checked.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from attrs import frozen

from ocop.canonical import plain
from ocop.criteria.edition import OCOP, Amendment, Articles, Band, Edition, PartMaximum, Source
from ocop.criteria.model import (
    BaseSet,
    CriteriaSet,
    Criterion,
    Effect,
    Erratum,
    Field,
    Option,
    Part,
    Remark,
    Rule,
    Section,
)
from ocop.model.stars import Grade, Level, Rank, Star
from ocop.model.taxonomy import Group, Ministry, SetEntry, Subgroup
from ocop.text import NO_LABEL, FrozenDict, Label, nfc

LABEL_KINDS: Final = (
    "groups", "subgroups", "sets", "ministries", "parts", "sections", "criteria", "options",
    "cases", "causes", "remarks", "errata", "sources",
    "bands", "amendments", "open-issues",
    "evidence", "facts", "suggestions", "states", "events", "deadlines", "recall-causes", "commune-points",
)  # fmt: skip
"""The tables of a label catalogue."""

_EFFECTS: Final = {effect.value: effect for effect in Effect}
_STARS: Final[Mapping[int, Rank]] = {int(star): star for star in Star}

Json = Mapping[str, Any]
Memo = dict[tuple[str, str, int, int], list[tuple[Json, Criterion]]]
"""The criteria of an edition that were read already, and from what; by what tells most of them apart."""


class _Tables(dict[str, dict[str, Label]]):
    """The tables of two catalogues, each joined when it is first asked for: most readers need few of them."""

    def __init__(self, vi: Json, en: Json) -> None:
        super().__init__()
        self.vi, self.en = vi, en

    def __missing__(self, kind: str) -> dict[str, Label]:
        left, right = self.vi.get(kind, {}), self.en.get(kind, {})
        table = self[kind] = {key: Label(left.get(key, ""), right.get(key, "")) for key in left | right}
        return table


@frozen
class Labels:
    """The words of an edition in both languages: for each kind of thing, a label by slug.

    An option's key is its criterion's slug, a slash and its own: ``"local-labour/25-to-under-50"``.
    """

    vi: Json
    """The catalogue in Vietnamese: for each kind, a text by slug."""
    en: Json

    @cached_property
    def tables(self) -> dict[str, dict[str, Label]]:
        """For each kind, a label by slug; a word that one of the catalogues lacks is left empty there."""
        return _Tables(self.vi, self.en)

    def of_case(self, option: Json, criterion: str) -> Label:
        """Return the label of the case that `option` of `criterion` belongs to."""
        return self.of_node("cases", {"label": option.get("case_label")}, f"{criterion}/{option['case']}")

    def of_node(self, kind: str, node: Json, key: str) -> Label:
        """Return the label that `node` carries itself, else the catalogue's for `key`."""
        if "label" in node and node["label"] is not None:
            return Label(nfc(node["label"]["vi"]), nfc(node["label"]["en"]))
        return self.tables[kind].get(key, NO_LABEL)


NO_WORDS: Final = Labels({}, {})
"""An empty catalogue, for a document that carries all of its labels."""


def read_edition(data: Json, labels: Labels) -> Edition:
    """Return the edition that `data` describes."""

    def entry(node: Json) -> SetEntry:
        ministries = tuple(
            Ministry(each["slug"], labels.of_node("ministries", each, each["slug"]))
            for each in node.get("ministries", ())
        )
        label = labels.of_node("sets", node, node["slug"])
        return SetEntry(node["number"], node["slug"], ministries, node.get("samples"), node.get("division"), label)

    def subgroup(node: Json) -> Subgroup:
        sets = tuple(entry(each) for each in node["sets"])
        return Subgroup(node["code"], node["slug"], sets, labels.of_node("subgroups", node, node["slug"]))

    def group(node: Json) -> Group:
        subgroups = tuple(subgroup(each) for each in node["subgroups"])
        return Group(node["code"], node["slug"], subgroups, labels.of_node("groups", node, node["slug"]))

    ends, source = data.get("in_force_to"), data["source"]
    return Edition(
        id=data["id"],
        decision=nfc(data["decision"]),
        issued=date.fromisoformat(data["issued"]),
        in_force_from=date.fromisoformat(data["in_force_from"]),
        max_points=data["max_points"],
        parts=tuple(
            PartMaximum(each["code"], each["slug"], each["max_points"], labels.of_node("parts", each, each["slug"]))
            for each in data["parts"]
        ),
        bands=tuple(
            _band(each, labels.of_node("bands", each, each["slug"]) if each.get("slug") is not None else NO_LABEL)
            for each in data["bands"]
        ),
        articles=Articles(**data["articles"]),
        source=_source(source, labels),
        groups=tuple(group(each) for each in data["groups"]),
        in_force_to=None if ends is None else date.fromisoformat(ends),
        whole_number_bands=data.get("whole_number_bands", False),
        amendments=tuple(
            Amendment(
                nfc(each["decision"]),
                date.fromisoformat(each["in_force_from"]),
                each["slug"],
                FrozenDict({star: Level(level) for star, level in each.get("recognised_by", {}).items()}),
                labels.of_node("amendments", each, each["slug"]),
            )
            for each in data.get("amendments", ())
        ),
        programme=data.get("programme", OCOP),
        overlaps=tuple(data.get("overlaps", ())),
    )


def _band(node: Json, label: Label) -> Band:
    """Return a band: of a star, or of a class with a name of its own."""
    slug = node.get("slug")
    rank = _rank(node["star"]) if slug is None else Grade(node["star"], slug, label)
    return Band(rank, node["floor"], _level(node.get("recognised_by")), slug, label)


def _rank(number: int) -> Rank:
    """Return the star with this number; for a number that is none, a class without a name, which `lint` reports."""
    return _STARS.get(number) or Grade(number, str(number), NO_LABEL)


def _source(node: Json, labels: Labels) -> Source:
    return Source(node["slug"], labels.of_node("sources", node, node["slug"]))


def _level(name: str | None) -> Level | None:
    return None if name is None else Level(name)


def law_of(criteria_set: CriteriaSet) -> dict[str, Any]:
    """Return the set as JSON without a single word: what its digest is taken of."""
    return plain(criteria_set, labels=False)


def read_set(data: Json, edition: Edition, labels: Labels, memo: Memo | None = None) -> CriteriaSet:
    """Return the criteria set that `data` describes.

    With the `memo` of an edition, criteria that are the same in several sets become one object: that makes loading all
    of its sets quick.
    """
    read = _Reader(labels, memo, edition)
    base, provenance = data.get("base"), data.get("provenance")
    return CriteriaSet(
        id=data["id"],
        edition=edition,
        number=data["number"],
        parts=tuple([read.part(each) for each in data["parts"]]),
        rules=tuple([read.rule(each) for each in data.get("rules", ())]),
        errata=tuple([read.erratum(each) for each in data.get("errata", ())]),
        remarks=tuple([read.remark(each) for each in data.get("remarks", ())]),
        label=labels.of_node("sets", data, data["id"].partition("/")[2]),
        complete=data.get("complete", True),
        open_issues=tuple([read.remark(each, "open-issues") for each in data.get("open_issues", ())]),
        provenance=None if provenance is None else _source(provenance, labels),
        cited_as=labels.of_node("sets", {"label": data.get("cited_as")}, ""),
        base=None if base is None else BaseSet(base["id"], base["digest"]),
    )


class _Ranks(dict[int | None, Rank | None]):
    """The ranks of an edition by their number; for one that it lacks, what `lint` then reports."""

    def __missing__(self, number: int | None) -> Rank | None:
        return None if number is None else _rank(number)


class _Reader:
    """Reads the nodes of a set's document."""

    def __init__(self, labels: Labels, memo: Memo | None, edition: Edition) -> None:
        self.labels = labels
        self.memo = memo
        self.ranks = _Ranks()
        self.ranks.update({int(band.star): band.star for band in edition.bands})

    def part(self, node: Json) -> Part:
        label = self.labels.of_node("parts", node, node["slug"])
        return Part(node["code"], node["slug"], node["max_points"], self.items(node), label)

    def items(self, node: Json) -> tuple[Section | Criterion, ...]:
        return tuple([self.criterion(each) if "options" in each else self.section(each) for each in node["items"]])

    def section(self, node: Json) -> Section:
        label = self.labels.of_node("sections", node, node["slug"])
        return Section(node["code"], node["slug"], node["max_points"], self.items(node), label)

    def criterion(self, node: Json) -> Criterion:
        if self.memo is None:
            return self.new_criterion(node)
        alike = self.memo.setdefault((node["code"], node["slug"], node["max_points"], len(node["options"])), [])
        for same, criterion in alike:
            if same == node:
                return criterion
        alike.append((node, made := self.new_criterion(node)))
        return made

    def new_criterion(self, node: Json) -> Criterion:
        slug, labels, ranks = node["slug"], self.labels, self.ranks
        words = labels.tables["options"]
        options = [
            Option(
                each["letter"],
                each["slug"],
                each["points"],
                ranks[each.get("minimum_for")],
                each.get("case"),
                words.get(f"{slug}/{each['slug']}", NO_LABEL)
                if "label" not in each
                else labels.of_node("options", each, ""),
                labels.of_case(each, slug) if each.get("case") is not None else NO_LABEL,
            )
            for each in node["options"]
        ]
        return Criterion(
            node["code"],
            slug,
            node["max_points"],
            tuple(options),
            labels.of_node("criteria", node, slug),
            ranks[node.get("minimum_for")],
            node.get("additive", False),
        )

    def rule(self, node: Json) -> Rule:
        cause = node.get("cause")
        return Rule(
            _EFFECTS[node["effect"]],
            cause,
            node.get("criterion"),
            node.get("depends_on"),
            tuple(node.get("criteria", ())),
            self.labels.of_node("causes", node, cause or ""),
        )

    def erratum(self, node: Json) -> Erratum:
        return Erratum(
            node["criterion"],
            Field(node["field"]),
            node["adopted"],
            node["why"],
            node.get("printed"),
            node.get("option"),
            self.labels.of_node("errata", node, node["why"]),
        )

    def remark(self, node: Json, kind: str = "remarks") -> Remark:
        label = self.labels.of_node(kind, node, node["remark"])
        return Remark(node["remark"], node.get("criterion"), label)
