"""The pages about the criteria sets, which the build of the documentation makes: nothing of a set is missing there."""

import doctest
import importlib.util
import io
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import ocop
from ocop.criteria.model import CriteriaSet, Criterion, Section
from ocop.text import Label

DOCS = Path(__file__).parent.parent / "docs"
SET_IDS = ocop.PACKAGED.set_ids()
HOSTILE = Label("`a`_ |b| *c* ```{raw} html <script>x</script>", "<img src=x> [d](e) \\f ::")


def load(name: str) -> ModuleType:
    """Return a module of the folder docs, which the others there import by its bare name."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


content = load("set_content")
overviews = load("set_overviews")


def blocks(section: Any) -> Iterator[Any]:
    """Yield all that stands on a page, sections as well."""
    yield section
    for block in section.blocks:
        yield from blocks(block) if isinstance(block, content.Section) else (block,)


def tables(section: Any, kind: str) -> list[Any]:
    return [block for block in blocks(section) if isinstance(block, content.Table) and block.kind == kind]


def rows(section: Any, kind: str) -> list[Any]:
    return [row for table in tables(section, kind) for row in table.rows]


def part(section: Any, anchor: str) -> Any:
    """Return the section of a page with an anchor; None where there is none."""
    found = [block for block in blocks(section) if isinstance(block, content.Section) and block.anchor == anchor]
    return found[0] if found else None


def lines(cell: Any) -> tuple[Any, ...]:
    return cell if isinstance(cell, tuple) else (cell,)


def links(section: Any) -> list[Any]:
    cells = [
        cell
        for block in blocks(section)
        if isinstance(block, content.Table)
        for row in block.rows
        for cell in row.cells
    ]
    loose = [block for block in blocks(section) if isinstance(block, content.Link)]
    return loose + [line for cell in cells for line in lines(cell) if isinstance(line, content.Link)]


def marks(star: int | None) -> tuple[str, ...]:
    return () if star is None else ("★" * star, f"{star} stars")


def set_page(set_id: str) -> Any:
    return overviews.page(set_id)


def test_every_set_of_every_edition_has_a_page_in_the_printed_order() -> None:
    files = overviews.sources()
    data = Path(ocop.__file__).parent / "data" / "editions"
    on_disk = {f"{path.parent.parent.name}/{path.stem}.md" for path in data.glob("*/sets/*.json")}
    assert len(on_disk) == 78
    indexes = {"index.md", *(f"{edition.id}/index.md" for edition in ocop.editions())}
    assert {*files} == on_disk | indexes
    for set_id in SET_IDS:
        assert files[f"{set_id}.md"] == f"````{{criteria-page}} {set_id}\n````\n"
    assert files["index.md"] == (
        "````{criteria-page}\n```{toctree}\n:hidden:\n\nqd26-2026/index\nqd148-2023/index\nqd1048-2019/index\n```\n````\n"
    )
    for edition in ocop.editions():
        _, _, listed = files[f"{edition.id}/index.md"].partition(":hidden:\n\n")
        assert listed.split("\n```")[0].split("\n") == [entry.slug for entry in edition.entries]


@pytest.mark.parametrize("set_id", SET_IDS)
def test_every_criterion_and_option(set_id: str) -> None:
    the_set = ocop.criteria_set(set_id)
    page = set_page(set_id)
    assert (page.title, page.vietnamese) == (f"{the_set.number}. {the_set.label.en}", the_set.label.vi)
    found = iter(row for row in rows(page, "criteria") if row.kind in ("criterion", "option"))
    for criterion in the_set.criteria:
        head = next(found)
        assert (head.kind, head.anchor) == ("criterion", f"c-{criterion.code.replace('.', '-')}")
        code, label, points, minimum = head.cells
        assert (code, label[0], points) == (criterion.code, criterion.label, f"max. {criterion.max_points}")
        assert minimum == marks(criterion.minimum_for)
        for option in criterion.options:
            row = next(found)
            expected = (option.letter, option.label, str(option.points), marks(option.minimum_for))
            assert (row.kind, row.cells) == ("option", expected)
    assert not list(found)


@pytest.mark.parametrize("set_id", SET_IDS)
def test_parts_sections_and_cases(set_id: str) -> None:
    the_set = ocop.criteria_set(set_id)
    page = set_page(set_id)
    for each in the_set.parts:
        section = part(page, f"part-{each.code.lower()}")
        assert (section.title, section.vietnamese) == (
            f"{each.code}. {each.label.en} ({each.max_points} points)",
            each.label.vi,
        )
        headings = [item for item in each.items if isinstance(item, Section)]
        shown = {row.anchor: row.cells for row in rows(section, "criteria") if row.kind == "head"}
        for heading in headings:
            vi, en = (
                f"{heading.code} {label} ({heading.max_points})" for label in (heading.label.vi, heading.label.en)
            )
            assert shown[f"s-{heading.code}"] == (Label(vi, en),)
    cases = [row.cells[0] for row in rows(page, "criteria") if row.kind == "case"]
    expected = [
        label
        for each in the_set.criteria
        for label in dict.fromkeys(o.case_label for o in each.options if o.case is not None)
    ]
    assert cases == expected


@pytest.mark.parametrize("set_id", SET_IDS)
def test_the_option_that_each_star_needs(set_id: str) -> None:
    the_set = ocop.criteria_set(set_id)
    section = part(set_page(set_id), "minimums")
    if set_id.startswith("qd1048-2019/"):
        assert section.blocks == ("No star minimums are printed in this set: a star by it is one by points alone.",)
        return
    shown = {row.cells[0].text: row.cells[1:] for row in rows(section, "minimums")}
    stars = (4, 5) if set_id == "qd148-2023/community-tourism" else (3, 4, 5)
    assert tables(section, "minimums")[0].heads == ("", "Criterion", *(f"{star} stars" for star in stars))
    for criterion in the_set.criteria:
        needed = []
        for star in stars:
            own = [each.letter for each in criterion.options if each.minimum_for == star]
            below = [
                each.letter for each in criterion.options if each.minimum_for is not None and each.minimum_for < star
            ]
            text = "".join(own) or (f"({below[-1]})" if below else "")
            if criterion.minimum_for is not None:
                text = {-1: "", 0: "any", 1: "(any)"}[(star > criterion.minimum_for) - (star < criterion.minimum_for)]
            needed.append(text)
        if any(needed):
            assert shown.pop(criterion.code) == (criterion.label, *needed)
    assert not shown


@pytest.mark.parametrize("set_id", SET_IDS)
def test_rules_misprints_remarks_and_open_issues(set_id: str) -> None:
    the_set = ocop.criteria_set(set_id)
    page = set_page(set_id)
    listed: tuple[tuple[str, tuple[Any, ...]], ...] = (
        ("rules", the_set.rules),
        ("errata", the_set.errata),
        ("remarks", the_set.remarks),
    )
    for anchor, notes in listed:
        section = part(page, anchor)
        assert (section is None) == (not notes)
        for row, note in zip(rows(section, "notes") if notes else (), notes, strict=True):
            where = "" if note.criterion is None else row.cells[0].text.split()[0]
            assert where == (note.criterion or "")
            assert row.cells[-1][0] == note.label
    for row, rule in zip(rows(part(page, "rules"), "notes") if the_set.rules else (), the_set.rules, strict=True):
        what = row.cells[2]
        assert (content.Code(rule.cause) in what) == (rule.cause is not None)
        targets = {line.anchor for line in what if isinstance(line, content.Link)}
        assert targets == {f"c-{code.replace('.', '-')}" for code in (*rule.criteria, rule.depends_on) if code}
    warned = [block for block in page.blocks if isinstance(block, content.Warn)]
    issues = [line for warn in warned for line in warn.lines if isinstance(line, Label)]
    assert issues == [issue.label for issue in the_set.open_issues]
    assert bool(warned) == (not the_set.complete)


def test_misprints_say_what_is_printed_and_what_was_adopted() -> None:
    blank, doubled = rows(part(set_page("qd26-2026/tea"), "errata"), "notes")
    assert (blank.cells[0].text, *blank.cells[1:3]) == ("1.2 a", "(blank)", "0")
    assert (doubled.cells[0].text, doubled.cells[0].anchor, *doubled.cells[1:3]) == ("6.1.1 b", "c-6-1-1", "11", "1")
    assert doubled.cells[3][1] == content.Code("doubled-digit")


def test_facts_of_a_set() -> None:
    tea = ocop.criteria_set("qd148-2023/tea")
    facts = {row.cells[0]: row.cells[1] for row in rows(set_page(tea.id), "facts")}
    assert facts["Id"] == content.Code(tea.id)
    assert facts["Source"] == tea.citation
    assert facts["Decision"] == content.Link("148/QĐ-TTg (qd148-2023)", "qd148-2023/index")
    assert facts["In force"] == "from 2023-02-24 to 2026-07-21"
    assert facts["Amended"][0] == "from 2025-07-06, by Decision 1489/QĐ-TTg"
    assert facts["Product group"].en == "I.5 Food: Tea and other infusions"
    assert facts["Criteria"] == f"{len(tea.criteria)}, with {sum(len(each.options) for each in tea.criteria)} options"
    assert facts["Maximum"] == "100 points"
    assert facts["Complete"] == "no"
    assert tea.provenance is not None
    assert facts["Read from"] == tea.provenance.label
    assert facts["Digest"] == content.Code(tea.digest)
    assert "Samples" not in facts
    tourism = {row.cells[0]: row.cells[1] for row in rows(set_page("qd26-2026/community-tourism"), "facts")}
    assert tourism["Product group"].en == "VI.1 Community tourism, eco-tourism and tourist sites"
    newest = {row.cells[0]: row.cells[1] for row in rows(set_page("qd26-2026/tea"), "facts")}
    assert (newest["Samples"], newest["In force"], newest["Complete"]) == ("5", "from 2026-05-22", "yes")
    assert newest["Read from"].en == "Read from a full transcript; every sum was checked"
    assert [each.en for each in newest["Ministries"]] == ["Ministry of Agriculture and Environment"]


def test_bands() -> None:
    assert [row.cells for row in content.bands(ocop.edition("qd148-2023")).rows] == [
        ("★☆☆☆☆ 1 star", "0 to under 30", ("nobody",)),
        ("★★☆☆☆ 2 stars", "30 to under 50", ("nobody",)),
        ("★★★☆☆ 3 stars", "50 to under 70", ("the district", "from 2025-07-06: the province")),
        ("★★★★☆ 4 stars", "70 to under 90", ("the province",)),
        ("★★★★★ 5 stars", "90 to 100", ("the ministry",)),
    ]


def test_the_first_page_has_every_edition_the_newest_first() -> None:
    page = overviews.page("")
    sections = [block for block in page.blocks if isinstance(block, content.Section)]
    assert [section.anchor for section in sections] == ["qd26-2026", "qd148-2023", "qd1048-2019"]
    assert [link.page for link in links(page)] == [f"{section.anchor}/index" for section in sections]
    newest, _, oldest = ({row.cells[0]: row.cells[1] for row in rows(section, "facts")} for section in sections)
    assert newest["Articles"][1:3] == ("Bands: Article 3", "Recognition: Article 4")
    assert oldest["Articles"] == ("not known",)
    assert oldest["In force"] == "from 2019-08-21 to 2023-02-23"
    assert all(len(rows(section, "bands")) == 5 for section in sections)


@pytest.mark.parametrize("edition", ocop.editions(), ids=lambda edition: edition.id)
def test_the_page_of_an_edition_lists_its_sets(edition: ocop.Edition) -> None:
    page = overviews.page(edition.id)
    listed = [row.cells for row in rows(page, "sets") if row.kind == "set"]
    bare = edition.id == "qd1048-2019"
    assert ("No star minimums are printed in this edition." in page.blocks) == bare
    for cells, the_set in zip(listed, ocop.PACKAGED.sets(edition.id), strict=True):
        counts = [sum(int(star) in each.minimums for each in the_set.criteria) for star in (3, 4, 5)]
        minimums = (
            () if bare else (tuple(f"{star} stars: {n}" for star, n in zip((3, 4, 5), counts, strict=True) if n),)
        )
        assert cells == (
            str(the_set.number),
            content.Link(the_set.label, the_set.id),
            str(len(the_set.criteria)),
            *minimums,
            "yes" if the_set.complete else "no",
        )
    groups = [row.cells[0].vi.split()[0] for row in rows(page, "sets") if row.kind == "head"]
    assert groups == [f"{group.code}.{subgroup.code}" for group in edition.groups for subgroup in group.subgroups]


@pytest.mark.parametrize("name", ["", *(edition.id for edition in ocop.editions()), *SET_IDS])
def test_every_link_leads_somewhere(name: str) -> None:
    page = overviews.page(name)
    anchors = [block.anchor for block in blocks(page) if isinstance(block, content.Section)]
    anchors += [
        row.anchor for table in blocks(page) if isinstance(table, content.Table) for row in table.rows if row.anchor
    ]
    assert len(anchors) == len({*anchors})
    files = overviews.sources()
    for link in links(page):
        assert link.page or link.anchor in anchors
        assert not link.page or f"{link.page}.md" in files


@pytest.mark.parametrize("set_id", ["qd26-2026/tea", "qd148-2023/tea", "qd1048-2019/community-tourism"])
def test_the_code_on_a_page_runs(set_id: str) -> None:
    python, shell = [each for each in part(set_page(set_id), "in-code").blocks if isinstance(each, content.Listing)]
    examples = doctest.DocTestParser().get_doctest(f"{python.text}\n", {}, set_id, None, None)
    assert doctest.DocTestRunner(verbose=False).run(examples, out=lambda _: None) == (0, 4)
    complete = ocop.criteria_set(set_id).complete
    assert ("--allow-incomplete" in shell.text) == (not complete)
    assert f"ocop blank {set_id}" in shell.text


def hostile_set() -> CriteriaSet:
    """Return a set with markup in the labels of its first criterion, whose ticks add up, and in its own."""
    tea = ocop.criteria_set("qd26-2026/tea")
    part_a = tea.parts[0]
    section = part_a.items[0]
    assert isinstance(section, Section)
    first, *others = section.items
    assert isinstance(first, Criterion)
    options = tuple(attrs.evolve(each, label=HOSTILE, minimum_for=ocop.Star.THREE) for each in first.options)
    first = attrs.evolve(first, label=HOSTILE, options=options, additive=True)
    section = attrs.evolve(section, label=HOSTILE, items=(first, *others))
    part_a = attrs.evolve(part_a, label=HOSTILE, items=(section, *part_a.items[1:]))
    return attrs.evolve(tea, label=HOSTILE, parts=(part_a, *tea.parts[1:]))


def test_hostile_labels_stay_text_and_ticks_that_add_up_are_all_needed() -> None:
    page = content.set_page(hostile_set())
    heading, head, *options = rows(page, "criteria")[:5]
    assert (page.title, page.vietnamese) == (f"11. {HOSTILE.en}", HOSTILE.vi)
    assert heading.cells[0].vi == f"1 {HOSTILE.vi} (18)"
    assert head.cells[1] == (HOSTILE, "Any number of options may be ticked; their points add up.")
    assert [row.cells[1] for row in options] == [HOSTILE] * 3
    needed = rows(part(page, "minimums"), "minimums")[0]
    assert needed.cells[2:] == ("a and b and c", "(a and b and c)", "(a and b and c)")


def test_files_are_written_only_when_they_change_and_stale_ones_removed(tmp_path: Path) -> None:
    overviews.write(tmp_path, {"index.md": "a\n", "one/tea.md": "b\n"})
    (tmp_path / "one" / "gone.md").write_text("c", "utf-8")
    (tmp_path / "index.md").touch()
    before = (tmp_path / "index.md").stat().st_mtime_ns
    overviews.write(tmp_path, {"index.md": "a\n", "one/tea.md": "d\n"})
    assert (tmp_path / "index.md").stat().st_mtime_ns == before
    assert {path.name: path.read_text("utf-8") for path in tmp_path.rglob("*.md")} == {
        "index.md": "a\n",
        "tea.md": "d\n",
    }


class Words(HTMLParser):
    """The words and the elements within the article of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def test_pages_are_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One page of each kind, built as the documentation is, with markup in the labels of one."""
    application = pytest.importorskip("sphinx.application", reason="the group docs is not installed")
    pytest.importorskip("myst_parser", reason="the group docs is not installed")
    load("set_pages")
    real = overviews.page
    some = {
        "index.md": "````{criteria-page}\n```{toctree}\n:hidden:\n\nqd26-2026/index\n```\n````\n",
        "qd26-2026/index.md": "````{criteria-page} qd26-2026\n```{toctree}\n:hidden:\n\ntea\n```\n````\n",
        "qd26-2026/tea.md": "````{criteria-page} qd26-2026/tea\n````\n",
    }
    monkeypatch.setattr(overviews, "sources", lambda: some)
    monkeypatch.setattr(overviews, "page", lambda name: content.set_page(hostile_set()) if "/" in name else real(name))
    settings = {
        "extensions": ["myst_parser", "set_pages"],
        "root_doc": "criteria-sets/index",
        "html_theme": "basic",
        "suppress_warnings": ["ref.doc"],
    }
    warnings = io.StringIO()
    (tmp_path / "source").mkdir()
    folders = [tmp_path / name for name in ("source", "html", "doctrees")]
    app = application.Sphinx(folders[0], None, *folders[1:], "html", settings, status=None, warning=warnings)
    app.build()
    assert not warnings.getvalue()
    text = (tmp_path / "html" / "criteria-sets" / "qd26-2026" / "tea.html").read_text("utf-8")
    page = Words(text)
    assert page.words.count(HOSTILE.vi) >= 5
    assert page.words.count(HOSTILE.en) >= 5
    assert not [tag for tag, _ in page.tags if tag == "img"]
    assert {"c-1-1", "c-6-1-1", "s-1", "part-a", "rules"} <= {given.get("id") for _, given in page.tags}
    assert ("span", {"lang": "vi"}) in page.tags
