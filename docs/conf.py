"""Settings of the documentation, and the two tables that the build itself makes from the code."""

import ast
import inspect
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partialmethod
from pathlib import Path
from typing import Any

from docutils import nodes
from nbclient import NotebookClient
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.ext.napoleon import GoogleDocstring
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

import ocop
from ocop.messages import MESSAGES, PHRASES
from ocop.scoring import council, result
from ocop.scoring.steps import Step
from ocop.text import Label

# These import it for type checkers only, and it is not the only class of its name.
council.Step = result.Step = Step  # type: ignore[attr-defined]

project = "ocop"
author = "The ocop authors"
project_copyright = "The ocop authors"
version = release = ocop.__version__
language = "en"

sys.path.insert(0, str(Path(__file__).parent))
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "set_pages"]
exclude_patterns = ["_build", "examples"]
default_role = "code"  # docstrings put code in single backticks as well as in double ones

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

# The tutorials are notebooks. Each runs from its own folder while the pages are built, and one that fails breaks it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
# What a cell prints may come in several pieces, and myst-nb would start a new line with each.
NotebookClient.__init__ = partialmethod(NotebookClient.__init__, coalesce_streams=True)  # type: ignore[assignment]

autodoc_default_options = {"members": True, "undoc-members": True, "member-order": "bysource"}
autodoc_typehints_format = "short"
# Napoleon takes the first words of an attribute's docstring, up to a colon, for its type. Ours are sentences, so
# `_sections` below calls it instead, as for a function.
napoleon_google_docstring = False
napoleon_numpy_docstring = False
napoleon_custom_sections = ["References"]

nitpicky = True
# The build needs no network, so it knows no other project's pages to link to.
nitpick_ignore_regex = [
    ("py:class", r"(attrs|cattrs|collections|datetime|enum|fractions|hypothesis|matplotlib|numpy|os)\..*"),
    ("py:class", r"ocop\..*\.T"),  # a type variable
]

html_theme = "furo"
html_static_path = ["_static"]
html_title = f"ocop {release}"


class _Table(SphinxDirective):
    """A table made when the pages are built, so that no page holds a copy of what the code says."""

    head: tuple[str, ...]
    widths: tuple[int, ...]

    def rows(self) -> Iterable[tuple[str, tuple[nodes.Node, ...]]]:
        """Yield each row's anchor and cells."""
        raise NotImplementedError

    def run(self) -> list[nodes.Node]:
        group = nodes.tgroup(cols=len(self.head))
        group += [nodes.colspec(colwidth=width) for width in self.widths]
        group += nodes.thead("", _row("", [nodes.Text(title) for title in self.head]))
        group += nodes.tbody("", *(_row(anchor, cells) for anchor, cells in self.rows()))
        return [nodes.table("", group)]


def _row(anchor: str, cells: Iterable[nodes.Node]) -> nodes.row:
    row = nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))
    row["ids"] = [anchor] if anchor else []
    return row


class _Sentences(_Table):
    """Every name of a catalogue of sentences, with both languages."""

    widths = (22, 39, 39)
    catalogue: Mapping[str, Label]

    def rows(self) -> Iterable[tuple[str, tuple[nodes.Node, ...]]]:
        for name, label in self.catalogue.items():
            yield name, (nodes.literal("", name), nodes.Text(label.en), nodes.Text(label.vi))


class ProblemCodes(_Sentences):
    head = ("Code", "English", "Vietnamese")
    catalogue = MESSAGES


class ReportPhrases(_Sentences):
    head = ("Name", "English", "Vietnamese")
    catalogue = PHRASES


class PublicNames(_Table):
    """What ``ocop`` itself offers: each name, linked to its place, with the first sentence of its docstring."""

    head = ("Name", "What it is")
    widths = (25, 75)

    def rows(self) -> Iterable[tuple[str, tuple[nodes.Node, ...]]]:
        for name in ocop.__all__:
            value = getattr(ocop, name)
            link = addnodes.pending_xref(
                "",
                nodes.literal("", f"ocop.{name}"),
                refdomain="py",
                reftype="obj",
                reftarget=f"{value.__module__}.{name}",
                refdoc=self.env.docname,
                refwarn=True,
            )
            inlines, _ = self.parse_inline(_summary(value, name))
            yield "", (link, nodes.inline("", "", *inlines))


def _summary(value: Any, name: str) -> str:
    """Return the first paragraph about a public name: of its own docstring, or of the one below a module's variable."""
    analyzer = ModuleAnalyzer.for_module(value.__module__)
    lines: Sequence[str] = analyzer.find_attr_docs().get(("", name)) or (inspect.getdoc(value) or "").splitlines()
    text = " ".join(lines[: lines.index("")] if "" in lines else lines)
    return text.replace("``", "`")


def _sections(app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]) -> None:
    """Turn "Args:", "Raises:" and "References:" into markup, after finding the docstrings that attrs has lost."""
    if what == "attribute" and not any(lines):
        lines[:] = _cached_properties(name.rpartition(".")[0]).get(name, [])
    lines[:] = GoogleDocstring(lines, app.config, app, "function", name, obj, options).lines()


@cache
def _cached_properties(class_name: str) -> dict[str, list[str]]:
    """Return the docstrings of a class's cached properties, which attrs makes into bare slots."""
    module_name, _, short = class_name.rpartition(".")
    module = sys.modules.get(module_name)
    if module is None:
        return {}
    return {
        f"{class_name}.{method.name}": (ast.get_docstring(method) or "").splitlines()
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.ClassDef) and node.name == short
        for method in node.body
        if isinstance(method, ast.FunctionDef)
    }


def _signature(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, arguments: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    """Write the default catalogue as its name: its own text holds the path of the machine that builds the pages."""
    return arguments and arguments.replace(repr(ocop.PACKAGED), "PACKAGED"), returns


def setup(app: Sphinx) -> None:
    app.add_directive("problem-codes", ProblemCodes)
    app.add_directive("report-phrases", ReportPhrases)
    app.add_directive("public-names", PublicNames)
    app.connect("autodoc-process-docstring", _sections)
    app.connect("autodoc-process-signature", _signature)
