"""A page for each criteria set, made from the packaged data when the documentation is built, and never committed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import set_content
import set_overviews
from docutils import nodes
from set_content import Block, Cell, Code, Link, Listing, Row, Section, Table, Warn
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

import ocop
from ocop.text import Label

FOLDER: Final = "criteria-sets"
_EDITIONS: Final = Path(ocop.__file__).parent / "data" / "editions"


class CriteriaPage(SphinxDirective):
    """A whole page, but for its place among the others: that is a toctree in the directive's content."""

    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0] if self.arguments else ""
        for path in _made_of(name):
            self.env.note_dependency(path)
        section = self._section(set_overviews.page(name))
        section += self.parse_content_to_nodes()
        return [section]

    def _section(self, section: Section) -> nodes.section:
        made = nodes.section("", nodes.title("", section.title), ids=[section.anchor])
        self.state.document.note_explicit_target(made)
        if section.vietnamese:
            made += nodes.paragraph("", "", _vietnamese(nodes.Text(section.vietnamese)), classes=["set-name"])
        for block in section.blocks:
            made += self._block(block)
        return made

    def _block(self, block: Block) -> list[nodes.Node]:
        if isinstance(block, Section):
            return [self._section(block)]
        if isinstance(block, Table):
            return [self._table(block)]
        if isinstance(block, Listing):
            return [nodes.literal_block(block.text, block.text, language=block.language)]
        if isinstance(block, Warn):
            return [nodes.warning("", *self._lines(block.lines))]
        return [*self._lines(block)]

    def _table(self, table: Table) -> nodes.table:
        columns = len(table.heads) or 2
        group = nodes.tgroup(cols=columns)
        group += [nodes.colspec(colwidth=1) for _ in range(columns)]
        if table.heads:
            group += nodes.thead("", self._row(Row(table.heads), columns))
        else:  # the first column says what stands in the second
            group[0]["stub"] = 1
        group += nodes.tbody("", *(self._row(row, columns) for row in table.rows))
        return nodes.table("", group, classes=["set", f"set-{table.kind}"])

    def _row(self, row: Row, columns: int) -> nodes.row:
        entries = [nodes.entry("", *self._lines(cell)) for cell in row.cells]
        if len(entries) == 1:
            entries[0]["morecols"] = columns - 1
        made = nodes.row("", *entries, classes=[row.kind] if row.kind else [])
        if row.anchor:
            made["ids"] = [row.anchor]
            self.state.document.note_explicit_target(made)
        return made

    def _lines(self, cell: Cell) -> Iterator[nodes.Node]:
        """Yield the paragraphs of a cell: two for a line in both languages, none for an empty one."""
        for line in cell if isinstance(cell, tuple) else (cell,):
            text = line.text if isinstance(line, Link | Code) else line
            made: nodes.Node = nodes.Text(text.vi if isinstance(text, Label) else text)
            if isinstance(line, Code):
                made = nodes.literal("", "", made)
            elif isinstance(line, Link):
                made = self._link(line, made)
            if made.astext():
                yield nodes.paragraph("", "", _vietnamese(made) if isinstance(text, Label) else made)
            if isinstance(text, Label) and text.en:
                yield nodes.paragraph("", text.en, classes=["set-en"])

    def _link(self, link: Link, text: nodes.Node) -> nodes.Element:
        if not link.page:
            return nodes.reference("", "", text, internal=True, refid=link.anchor)
        kind = {"refdomain": "std", "reftype": "doc", "refexplicit": True, "refwarn": True}
        target = f"/{FOLDER}/{link.page}"
        return addnodes.pending_xref("", text, reftarget=target, refdoc=self.env.docname, **kind)


def _vietnamese(text: nodes.Node) -> nodes.inline:
    """Return a text with the attribute ``lang``, which docutils makes of such a class."""
    return nodes.inline("", "", text, classes=["language-vi"])


def _made_of(name: str) -> Iterator[str]:
    """Yield the files of which a page is made: it is made anew when one of them changes."""
    edition, _, slug = name.partition("/")
    for files in ("edition.json", "labels/*.json", f"sets/{slug or '*'}.json"):
        yield from map(str, _EDITIONS.glob(f"{edition or '*'}/{files}"))
    yield from (module.__file__ for module in (set_content, set_overviews) if module.__file__)
    yield __file__


def _write(app: Sphinx) -> None:
    set_overviews.write(Path(app.srcdir) / FOLDER, set_overviews.sources())


def _fold(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any) -> None:
    """Show of the navigation beside these pages only the branch that they stand in.

    The theme asks for all of it on every page, which took longer than all else that these pages need.
    """
    whole = context.get("toctree")
    if whole is not None and pagename.startswith(f"{FOLDER}/"):
        context["toctree"] = lambda **options: whole(**{**options, "collapse": True})


def setup(app: Sphinx) -> dict[str, Any]:
    app.add_directive("criteria-page", CriteriaPage)
    app.add_css_file("sets.css")
    app.connect("builder-inited", _write)
    app.connect("html-page-context", _fold, priority=400)  # before the theme's own
    return {"parallel_read_safe": True, "parallel_write_safe": True}
