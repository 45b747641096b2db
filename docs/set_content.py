"""What the pages about the criteria sets say, as plain data: nothing here knows of Sphinx.

A page is a `Section`. Every text in it is text, whatever signs it has; `set_pages` makes the nodes of it.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from attrs import frozen

from ocop.adapters.html import piece_of
from ocop.adapters.html_words import Say, symbols
from ocop.criteria.compare import EFFECTS
from ocop.criteria.edition import Articles, Band, Edition
from ocop.criteria.model import CriteriaSet, Criterion, Erratum, Option, Part, Remark, Rule
from ocop.criteria.model import Section as Heading
from ocop.model.stars import Rank
from ocop.text import LANGUAGES, Label

SAY: Final = Say("en")
"""The words around the labels, which notebooks and reports use as well."""


@frozen
class Code:
    """What is typed as it stands."""

    text: str


@frozen
class Link:
    """A way to another page of these, to a place on this one, or to a place on another."""

    text: str | Label
    page: str = ""
    anchor: str = ""


Line: TypeAlias = str | Label | Code | Link
"""A label is two lines: Vietnamese, and English below it."""
Cell: TypeAlias = tuple[Line, ...] | Line


@frozen
class Row:
    """A row of a table. One cell alone spans all columns."""

    cells: tuple[Cell, ...]
    kind: str = ""
    anchor: str = ""


@frozen
class Table:
    """A table; one of facts has no heads, and the names of the facts in its first column."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: str = ""


@frozen
class Listing:
    """Lines of code."""

    language: str
    text: str


@frozen
class Warn:
    """What a reader must not overlook."""

    lines: tuple[Line, ...]


@frozen
class Section:
    """A heading in English, the same in Vietnamese below it where it is a label, and what follows."""

    anchor: str
    title: str
    blocks: "tuple[Block, ...]"
    vietnamese: str = ""


Block: TypeAlias = Line | Table | Listing | Warn | Section


def ranks(the_set: CriteriaSet) -> tuple[Rank, ...]:
    """Return the stars for which a set has minimums, ascending."""
    return tuple(sorted({rank for criterion in the_set.criteria for rank in criterion.minimums}))


def group_of(edition: Edition, slug: str) -> Label:
    """Return the group and the subgroup of a set."""
    group, subgroup, _ = edition.place_of(slug)
    # A group with a single subgroup may bear its name.
    both = (dict.fromkeys((group.label.get(lang), subgroup.label.get(lang))) for lang in LANGUAGES)
    vi, en = (f"{group.code}.{subgroup.code} {': '.join(names)}" for names in both)
    return Label(vi, en)


def _facts(*facts: tuple[str, Cell]) -> Table:
    rows = (Row((name, value)) for name, value in facts if value not in ("", ()))
    return Table((), tuple(rows), "facts")


def edition_facts(edition: Edition) -> Table:
    """Return what a notebook says of an edition at its head, where that stands in it, and what amended it."""
    printed = piece_of(edition, SAY).facts
    return _facts(*printed, ("Articles", _articles(edition.articles)), ("Amended", _amendments(edition)))


def _articles(articles: Articles) -> tuple[str, ...]:
    known = (
        ("Parts", "Article", articles.parts),
        ("Bands", "Article", articles.bands),
        ("Recognition", "Article", articles.recognition),
        ("Classification", "Annex", articles.groups_annex),
        ("Criteria sets", "Annex", articles.sets_annex),
    )
    return tuple(f"{what}: {kind} {number}" for what, kind, number in known if number) or ("not known",)


def _amendments(edition: Edition) -> tuple[Line, ...]:
    return tuple(
        line
        for each in edition.amendments
        for line in (f"{SAY('from', each.in_force_from)}, by Decision {each.decision}", each.label)
    )


def bands(edition: Edition) -> Table:
    """Return the stars by points, and who recognises each."""
    ends = [*(f"under {above.floor}" for above in edition.bands[1:]), str(edition.max_points)]
    rows = (
        Row((" ".join(_stars(band.star, edition)), f"{band.floor} to {end}", _recognised(edition, band)))
        for band, end in zip(edition.bands, ends, strict=True)
    )
    heads = (SAY("star"), SAY("points"), SAY("authority"))
    return Table(heads, tuple(rows), "bands")


def _recognised(edition: Edition, band: Band) -> tuple[str, ...]:
    first = SAY("nobody") if band.recognised_by is None else SAY.of(band.recognised_by.label)
    later = (
        f"{SAY('from', each.in_force_from)}: {SAY.of(each.recognised_by[str(band.star)].label)}"
        for each in edition.amendments
        if str(band.star) in each.recognised_by
    )
    return (first, *later)


def _stars(rank: Rank, edition: Edition | None = None) -> tuple[str, ...]:
    """Return a star in signs, with empty ones up to an edition's highest, and in words; a class in words alone."""
    signs = rank.symbol if edition is None else symbols(rank, edition.bands[-1].star)
    return (signs, SAY.star(rank)) if signs else (SAY.star(rank),)


# A set's page


def set_page(the_set: CriteriaSet) -> Section:
    """Return all that there is to say of a set."""
    blocks: list[Block] = []
    if not the_set.complete:
        issues = (each.label for each in the_set.open_issues)
        blocks.append(Warn(("This set is not complete: a result by it is for reference only.", *issues)))
    blocks += [_set_facts(the_set), bands(the_set.edition), *(_part(part) for part in the_set.parts)]
    blocks.append(Section("minimums", "Minimums by star", _minimums(the_set)))
    for anchor, title, table in (
        ("rules", SAY("rules", len(the_set.rules)), _rules(the_set.rules)),
        ("errata", SAY("errata", len(the_set.errata)), _errata(the_set.errata)),
        ("remarks", SAY("remarks", len(the_set.remarks)), _remarks(the_set.remarks)),
    ):
        if table.rows:
            blocks.append(Section(anchor, title, (table,)))
    blocks.append(Section("in-code", "In code", tuple(_in_code(the_set))))
    return Section("set", f"{the_set.number}. {the_set.label.en}", tuple(blocks), the_set.label.vi)


def _set_facts(the_set: CriteriaSet) -> Table:
    edition = the_set.edition
    _, _, entry = edition.place_of(the_set.slug)
    options = sum(len(criterion.options) for criterion in the_set.criteria)
    start, end = edition.in_force_from, edition.in_force_to
    source = the_set.provenance or edition.source
    return _facts(
        (SAY("id"), Code(the_set.id)),
        (SAY("source"), the_set.citation),
        (SAY("edition"), Link(f"{edition.decision} ({edition.id})", f"{edition.id}/index")),
        (SAY("force"), SAY("from", start) if end is None else SAY("from-to", start, end)),
        ("Amended", _amendments(edition)),
        ("Product group", group_of(edition, the_set.slug)),
        (SAY("ministries"), tuple(each.label for each in entry.ministries)),
        ("Samples", "" if entry.samples is None else str(entry.samples)),
        (SAY("criteria"), f"{len(the_set.criteria)}, with {options} options"),
        (SAY("max"), _points(the_set.max_points)),
        ("Complete", "yes" if the_set.complete else "no"),
        ("Read from", source.label),
        ("Digest", Code(the_set.digest)),
    )


def _points(points: int) -> str:
    return f"{points} point{'' if points == 1 else 's'}"


def anchor_of(item: Criterion | Heading | Part | str) -> str:
    """Return the anchor of a criterion or its code (``c-3-4``), of a section (``s-3``), or of a part (``part-a``)."""
    code = item if isinstance(item, str) else item.code
    prefix = {Heading: "s", Part: "part"}.get(type(item), "c")
    return f"{prefix}-{code.replace('.', '-').lower()}"


def _part(part: Part) -> Section:
    # One table under one heading: the navigation on every page is made of the headings of all, which takes its time.
    rows = (row for item in part.items for row in _rows(item))
    table = Table(("", "Criterion and options", SAY("points"), "Minimum for"), tuple(rows), "criteria")
    title = f"{part.code}. {part.label.en} ({_points(part.max_points)})"
    return Section(anchor_of(part), title, (table,), part.label.vi)


def _rows(item: Heading | Criterion) -> Iterator[Row]:
    if isinstance(item, Heading):
        vi, en = (f"{item.code} {item.label.get(lang)} ({item.max_points})" for lang in LANGUAGES)
        yield Row((Label(vi, en),), "head", anchor_of(item))
        for below in item.items:
            yield from _rows(below)
        return
    mark = () if item.minimum_for is None else _stars(item.minimum_for)
    yield Row((item.code, (item.label, *_notes(item)), f"max. {item.max_points}", mark), "criterion", anchor_of(item))
    yield from _options(item)


def _notes(criterion: Criterion) -> Iterator[str]:
    if criterion.additive:
        yield "Any number of options may be ticked; their points add up."
    if criterion.minimum_for is not None:
        yield f"A minimum for {SAY.star(criterion.minimum_for)}: any of the options."


def _options(criterion: Criterion) -> Iterator[Row]:
    case = None
    for option in criterion.options:
        if option.case != case:
            case = option.case
            yield Row((option.case_label,), "case")
        mark = () if option.minimum_for is None else _stars(option.minimum_for)
        yield Row((option.letter, option.label, str(option.points), mark), "option")


def _minimums(the_set: CriteriaSet) -> tuple[Block, ...]:
    marked = ranks(the_set)
    if not marked:
        return ("No star minimums are printed in this set: a star by it is one by points alone.",)
    stars = [band.star for band in the_set.edition.bands if band.star >= marked[0]]
    rows: list[Row] = []
    for criterion in the_set.criteria:
        if criterion.minimums:
            needed = ""
            cells: list[Cell] = []
            for star in stars:
                if star in criterion.minimums:
                    needed = _needed(criterion, criterion.minimums[star])
                    cells.append(needed)
                else:
                    cells.append(f"({needed})" if needed else "")
            rows.append(Row((Link(criterion.code, anchor=anchor_of(criterion)), criterion.label, *cells)))
    intro = (
        "The option that a product of each star needs, or a better one, whatever its total is. What a star needs, the"
        " stars above it need as well; it stands in brackets there."
    )
    heads = ("", SAY("criterion"), *(SAY.star(star) for star in stars))
    return (intro, Table(heads, tuple(rows), "minimums"))


def _needed(criterion: Criterion, options: tuple[Option, ...]) -> str:
    if criterion.minimum_for is not None:
        return "any"
    return (" and " if criterion.additive else " or ").join(option.letter for option in options)


def _at(code: str | None, option: str | None = None) -> Cell:
    if code is None:
        return ""
    return Link(f"{code} {option or ''}".strip(), anchor=anchor_of(code))


def _rules(rules: Iterable[Rule]) -> Table:
    rows: list[Row] = []
    for rule in rules:
        what: list[Line] = [rule.label]
        if rule.cause:
            what.append(Code(rule.cause))
        if rule.depends_on:
            what.append(Link(f"Depends on {rule.depends_on}", anchor=anchor_of(rule.depends_on)))
        what += [Link(f"0 points at {code}", anchor=anchor_of(code)) for code in rule.criteria]
        rows.append(Row((_at(rule.criterion), EFFECTS[rule.effect], tuple(what))))
    return Table(("At", "What it does", "Cause"), tuple(rows), "notes")


def _errata(errata: Iterable[Erratum]) -> Table:
    rows = (
        Row(
            (
                _at(each.criterion, each.option),
                "(blank)" if each.printed is None else str(each.printed),
                str(each.adopted),
                (each.label, Code(each.why)),
            )
        )
        for each in errata
    )
    return Table(("At", "Printed", "Adopted", "Why"), tuple(rows), "notes")


def _remarks(remarks: Iterable[Remark]) -> Table:
    rows = (Row((_at(each.criterion), (each.label, Code(each.remark)))) for each in remarks)
    return Table(("At", "Remark"), tuple(rows), "notes")


def _in_code(the_set: CriteriaSet) -> Iterator[Block]:
    option = "" if the_set.complete else "--allow-incomplete "
    counts = (len(the_set.criteria), the_set.max_points)
    yield Listing(
        "pycon",
        f'>>> import ocop\n>>> the_set = ocop.criteria_set("{the_set.id}")\n'
        f">>> len(the_set.criteria), the_set.max_points\n{counts}\n>>> sheet = ocop.ScoreSheet.blank(the_set)",
    )
    yield "On the command line, this writes a blank sheet, and scores it once it is filled in:"
    yield Listing("console", f"$ ocop blank {the_set.id} > sheet.json\n$ ocop score {option}sheet.json")
