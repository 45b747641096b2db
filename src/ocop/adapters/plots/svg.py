"""A picture as SVG that can stand in a web page."""

import re
from contextlib import nullcontext
from hashlib import sha256
from io import StringIO
from typing import Any, Final
from xml.etree import ElementTree as Tree

import matplotlib as mpl
from matplotlib.axes import Axes

from ocop.adapters.plots.canvas import LOCK, Picture, figure_of, plain_style

_SETTINGS: Final[dict[Any, Any]] = {"svg.fonttype": "path", "svg.hashsalt": "ocop"}
_NO_DATA: Final[dict[str, Any]] = {"Date": None, "Creator": None, "Format": None, "Type": None}
_NOT_IN_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE: Final = re.compile(r"(?<=url\(#)[^)]+|(?<=^#).+")
_MOVE: Final = re.compile(r"translate\([^)]*\)")
_DECIMAL: Final = re.compile(r"-?[0-9]+\.[0-9]+")


def to_svg(ax: Axes) -> str:
    """Return the whole figure of `ax` as an SVG element: no script, no font, nothing from elsewhere.

    Text is drawn as outlines, so that every browser shows the same; the title of `ax` is kept as text, for screen
    readers. The ids are the picture's own, so that several can stand in one page. The same picture gives the same text.

    Raises:
        ConversionError: for what is no Axes, or belongs to no figure.

    >>> import ocop
    >>> from ocop.adapters.plots import plot_parts
    >>> svg = to_svg(plot_parts(ocop.score(ocop.load("docs/examples/tea.json"))))
    >>> svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" role="img"'), "<text" in svg, "<style" in svg
    (True, False, False)
    """
    figure = figure_of(ax)
    out = StringIO()
    with LOCK, plain_style() if isinstance(figure, Picture) else nullcontext(), mpl.rc_context(_SETTINGS):
        figure.savefig(out, format="svg", metadata=_NO_DATA)
    return _tidied(_NOT_IN_XML.sub(" ", out.getvalue()), _NOT_IN_XML.sub(" ", ax.get_title("left") or ax.get_title()))


def _tidied(svg: str, title: str) -> str:
    """Return what matplotlib wrote without what a page must not have, or does not need.

    That is: the document type, comments with the texts, a style sheet that would hold for the whole page, names of
    elements that nothing refers to, and digits that nobody sees.
    """
    root = Tree.fromstring(svg)  # noqa: S314 - matplotlib made it just now
    size = {name: root.attrib[name] for name in ("width", "height", "viewBox")}
    for parent in [*root.iter()]:
        for child in [*parent]:
            if _local(child.tag) in ("style", "metadata"):
                parent.remove(child)
    for element in root.iter():
        element.tag, element.text, element.tail = _local(element.tag), None, None
        # The older name of a link, xlink:href, is not needed any more.
        element.attrib = {_local(name): value for name, value in element.attrib.items()}
        for name in ("d", "x", "y"):
            if name in element.attrib:
                element.attrib[name] = _rounded(" ".join(element.attrib[name].split()))
        if "transform" in element.attrib:
            element.attrib["transform"] = _MOVE.sub(lambda move: _rounded(move[0]), element.attrib["transform"])
    head = {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size}
    root.attrib = {**head, "stroke-linejoin": "round", "stroke-linecap": "butt"}
    if title:
        named = Tree.Element("title")
        named.text = title
        root.insert(0, named)
    _rename(root, "n")
    # Two pictures in one page must not share an id, so its own content makes a picture's ids.
    _rename(root, "o" + sha256(Tree.tostring(root)).hexdigest()[:8])
    return Tree.tostring(root, encoding="unicode")


def _rename(root: Tree.Element, prefix: str) -> None:
    """Give a number to each id that something in the picture refers to, and drop the other ids."""
    known = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    values = (value for element in root.iter() for value in element.attrib.values())
    used = dict.fromkeys(name for value in values for name in _REFERENCE.findall(value) if name in known)
    ids = {name: f"{prefix}-{place}" for place, name in enumerate(used)}
    for element in root.iter():
        for name, value in [*element.attrib.items()]:
            element.attrib[name] = _REFERENCE.sub(lambda found: ids.get(found[0], found[0]), value)
        if "id" in element.attrib and element.attrib["id"] in ids:
            element.attrib["id"] = ids[element.attrib["id"]]
        else:
            element.attrib.pop("id", None)


def _rounded(numbers: str) -> str:
    """Return numbers with two decimals: more are not seen, and may differ when the same picture is drawn again."""
    return _DECIMAL.sub(lambda number: f"{float(number[0]):.2f}", numbers)


def _local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]
