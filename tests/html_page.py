"""What tests see of HTML: its elements, its attributes, its text."""

from html.parser import HTMLParser

VOID = ("meta",)
ELEMENTS = {
    "a", "bdi", "body", "caption", "code", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2", "head",
    "html", "li", "main", "meta", "nav", "p", "path", "pre", "rect", "section", "span", "style", "summary", "svg",
    "table", "tbody", "td", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "aria-hidden", "aria-label", "charset", "class", "colspan", "content", "d", "data-label", "fill", "fill-opacity",
    "height", "href", "http-equiv", "id", "lang", "name", "open", "preserveaspectratio", "role", "scope", "stroke",
    "vector-effect", "viewbox", "width",
}  # fmt: skip


class Page(HTMLParser):
    """A page that is well formed and holds nothing but what is listed above."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.values: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES, name
            assert name != "href" or (value or "").startswith("#")
            self.values.append(value or "")
        self.tags.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)
