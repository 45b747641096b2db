"""The pages above those of the sets, one for all and one for each edition, and the files of all these pages."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from set_content import (
    SAY,
    Block,
    Cell,
    Line,
    Link,
    Row,
    Section,
    Table,
    bands,
    edition_facts,
    group_of,
    ranks,
    set_page,
)

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.edition import Edition
from ocop.criteria.model import CriteriaSet


def page(name: str, catalog: Catalog = PACKAGED) -> Section:
    """Return a page by its name: "" for the first of all, an edition's id, or a set's id."""
    if not name:
        return _first_page(catalog.editions())
    if "/" in name:
        return set_page(catalog.criteria_set(name))
    return _edition_page(catalog.edition(name), tuple(catalog.sets(name)))


def sources(catalog: Catalog = PACKAGED) -> dict[str, str]:
    """Return the files of all pages. There are names in them and no word of the data, so nothing needs escaping."""
    editions = [edition.id for edition in reversed(catalog.editions())]
    files = {"index.md": _source("", [f"{name}/index" for name in editions])}
    for name in editions:
        ids = catalog.set_ids(name)
        files[f"{name}/index.md"] = _source(name, [set_id.partition("/")[2] for set_id in ids])
        files.update({f"{set_id}.md": _source(set_id, ()) for set_id in ids})
    return files


def _source(name: str, below: Iterable[str]) -> str:
    toctree = ["```{toctree}", ":hidden:", "", *below, "```"] if below else []
    return "\n".join([f"````{{criteria-page}} {name}".rstrip(), *toctree, "````", ""])


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files that are new or have changed, and remove pages that are no more."""
    for stale in {*folder.rglob("*.md")} - {folder / name for name in files}:
        stale.unlink()
    for name, text in files.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")


def _first_page(editions: tuple[Edition, ...]) -> Section:
    intro = (
        "Every criteria set that comes with the library, as it is in the data: criteria, options, points, star"
        " minimums, rules, and what is wrong or doubtful in print. The labels are ours; the official wording is in the"
        " decisions."
    )
    return Section("criteria-sets", "Criteria sets", (intro, *(_edition(each) for each in reversed(editions))))


def _edition(edition: Edition) -> Section:
    link = Link(f"All {len(edition.entries)} criteria sets of {edition.id}", f"{edition.id}/index")
    return Section(edition.id, _title(edition), (link, edition_facts(edition), bands(edition)))


def _title(edition: Edition) -> str:
    return f"{SAY('edition')} {edition.decision}"


def _edition_page(edition: Edition, sets: tuple[CriteriaSet, ...]) -> Section:
    bare = not any(ranks(each) for each in sets)
    rows: list[Row] = []
    for each in sets:
        group = Row((group_of(edition, each.slug),), "head")
        if group not in rows:
            rows.append(group)
        minimums: tuple[Cell, ...] = () if bare else (_counts(each),)
        complete = "yes" if each.complete else "no"
        cells = (str(each.number), Link(each.label, each.id), str(len(each.criteria)), *minimums, complete)
        rows.append(Row(cells, "set"))
    heads = (SAY("number"), SAY("set"), SAY("criteria"), *(() if bare else (SAY("minimums"),)), "Complete")
    blocks: list[Block] = [edition_facts(edition), bands(edition)]
    if bare:
        blocks.append("No star minimums are printed in this edition.")
    blocks.append(Section("sets", SAY("sets"), (Table(heads, tuple(rows), "sets"),)))
    return Section(edition.id, _title(edition), tuple(blocks))


def _counts(the_set: CriteriaSet) -> tuple[Line, ...]:
    """Return for each star how many criteria have a minimum for it."""
    found = [(rank, sum(rank in each.minimums for each in the_set.criteria)) for rank in ranks(the_set)]
    return tuple(f"{SAY.star(rank)}: {count}" for rank, count in found)
