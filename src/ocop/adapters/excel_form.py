"""The form that a council member fills in, as a workbook: a sheet for each member."""

from collections.abc import Iterable
from textwrap import wrap
from typing import Any, Final

from ocop.adapters import form_layout as layout
from ocop.adapters.byte_files import Target
from ocop.adapters.excel_writing import Book, Sheet
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion, Part, Section
from ocop.errors import ConversionError, shortened
from ocop.model.products import ProductCode
from ocop.text import Language, checked_language

_KEY, _CODE, _LABEL, _OPTIONS, _CHOICE, _POINTS, _MAX = range(7)
_WIDTHS: Final = (2, 7, 27, 66, 36, 8, 8)
_LETTERS: Final = "ABCDEFG"
_LISTS: Final = "_ocop"
_BORDER: Final = {"border": 1, "border_color": "#9AA5B1"}
_TEXT: Final = {**_BORDER, "text_wrap": True, "valign": "top"}
_OPEN: Final = {**_TEXT, "locked": False, "num_format": "@", "bg_color": "#FFF8DC"}
_PART: Final = {**_BORDER, "bold": True, "bg_color": "#1F5F4A", "font_color": "#FFFFFF", "valign": "vcenter"}
_SECTION: Final = {**_BORDER, "bold": True, "bg_color": "#E3EFEA", "valign": "vcenter"}
_MIDDLE: Final = {"align": "center"}
_A4: Final = 9
_PER_LINE: Final = 140
"""About so many characters stand on one line across the form."""
_LINE: Final = 16
"""The height of a line, in points."""
_HIGHEST: Final = 409
"""No row can be higher, in points."""


def write_score_sheet(
    path: Target,
    criteria_set: CriteriaSet | str,
    members: Iterable[str] = (),
    product: str = "",
    *,
    product_code: ProductCode | None = None,
    lang: Language = "vi",
    catalog: Catalog = PACKAGED,
) -> None:
    """Write a workbook in which the members of a council score a product: a sheet for each of them.

    Each criterion is a row with a dropdown of its options; asterisks mark what a star needs at least. Only the answers,
    the names and the findings can be changed; the sheets are locked without a password. `read_score_sheets` reads the
    workbook back. The same arguments give the same bytes.

    Args:
        path: a path, or a file open for writing bytes.
        criteria_set: the set, or its id.
        members: the names of the members; without any, there is one sheet without a name.
        product: the product's name, as text: no text ever becomes a formula or a link.
        product_code: its code, once it has one.
        lang: the language of the form.
        catalog: where the id is looked up.

    Raises:
        UnknownIdError: where there is no such set.
        ConversionError: for members that are no names, two of one name, and texts over 32,767 characters.
        MissingExtraError: without the extra ``excel``.
        ValueError: for another language.

    >>> import io
    >>> file = io.BytesIO()
    >>> write_score_sheet(file, "qd26-2026/tea", ["An", "Bình"], "Chè xanh")
    >>> file.getvalue()[:2]
    b'PK'
    """
    the_set = catalog.criteria_set(criteria_set) if isinstance(criteria_set, str) else criteria_set
    names = _names(members)
    book, lang = Book(), checked_language(lang)
    forms = [book.sheet(name, layout.say("sheet", lang, number)) for number, name in enumerate(names, 1)]
    lists = _lists(book, the_set, lang)
    for name, sheet in zip(names, forms, strict=True):
        _Form(book, sheet, the_set, lang, lists).write(product, product_code, name)
    book.save(path)


def _names(members: Iterable[str]) -> list[str]:
    names = [] if isinstance(members, str) else list(members)
    if isinstance(members, str) or not all(isinstance(name, str) for name in names):
        raise ConversionError(f"members must be a list of names; got {shortened(members)}")
    for place, name in enumerate(names):
        if name in names[:place]:
            raise ConversionError(f"members names {shortened(name)} twice")
    return names or [""]


def _lists(book: Book, the_set: CriteriaSet, lang: Language) -> dict[str, str]:
    """Write what can be chosen, on a hidden sheet; return by a criterion's code the name of its list.

    The lists are too long to stand in the dropdowns themselves, where a comma would cut an option in two. They have
    names, because Excel and openpyxl keep a dropdown with a name, and lose one that points to another sheet.
    """
    sheet, row = book.sheet(_LISTS, _LISTS), 0
    names: dict[str, str] = {}

    def column(first: int, letter: str) -> str:
        return f"='{sheet.name}'!${letter}${first + 1}:${letter}${row}"

    for number, criterion in enumerate(the_set.criteria, 1):
        lines = [(layout.option_line(option, lang), option.points) for option in criterion.options]
        letters = [(option.letter, option.points) for option in criterion.options]
        first = row
        for text, points in [*lines, (layout.say(layout.NONE, lang), 0), *letters]:
            sheet.text(row, 0, text)
            sheet.number(row, 1, points)
            row += 1
        names[criterion.code] = name = f"ocop_{number}"
        for kind, start in (("", first), *([("_ticks", row - len(letters))] if criterion.additive else [])):
            book.name(f"{name}{kind}", column(start, "A"))
            book.name(f"{name}{kind}_points", column(start, "B"))
    sheet.text(row, 0, layout.say("yes", lang))
    row += 1
    names[layout.FINDING] = "ocop_yes"
    book.name("ocop_yes", column(row - 1, "A"))
    sheet.do("very_hidden")
    sheet.do("protect")
    return names


def _points(answer: str, name: str) -> str:
    """Return the formula of the points for an answer that stands as it is in the list with that name."""
    found = f"--EXACT({name},{answer})"
    return f'=IF({answer}="","",IF(SUMPRODUCT({found})=0,"?",SUMPRODUCT({found},{name}_points)))'


def _ticked_points(answer: str, name: str) -> str:
    """Return the formula of the points for an answer that may also be several letters of the list.

    They are understood where their letters are all that stands there, apart from what separates them.
    """
    row = answer
    for mark in ('","', '";"', '"+"', "CHAR(10)"):
        row = f'SUBSTITUTE({row},{mark}," ")'
    ticks, found = f"{name}_ticks", f'ISNUMBER(FIND(" "&{name}_ticks&" "," "&{row}&" "))'
    known = f'SUMPRODUCT({found}*LEN({ticks}))=LEN(SUBSTITUTE({row}," ",""))'
    none = ",".join(f'TRIM({answer})="{word}"' for word in layout.NONE_WORDS)
    ticked = f'IF({known},SUMPRODUCT({found}*{ticks}_points),IF(OR({none}),0,"?"))'
    whole = f"--EXACT({name},{answer})"
    return f'=IF(TRIM({answer})="","",IF(SUMPRODUCT({whole})=0,{ticked},SUMPRODUCT({whole},{name}_points)))'


def _lines(texts: Iterable[str], column: int) -> int:
    """Return about how many lines some texts take in a column."""
    return sum(len(wrap(text[: _HIGHEST * _WIDTHS[column]], _WIDTHS[column])) or 1 for text in texts)


class _Form:
    """One sheet of the workbook."""

    def __init__(self, book: Book, sheet: Sheet, the_set: CriteriaSet, lang: Language, lists: dict[str, str]) -> None:
        self.look = book.look
        self.sheet = sheet
        self.the_set = the_set
        self.lang: Language = lang
        self.lists = lists
        self.row = 0

    def say(self, name: str, *values: object) -> str:
        return layout.say(name, self.lang, *values)

    def write(self, product: str, product_code: ProductCode | None, evaluator: str) -> None:
        """Write the whole form."""
        self._page()
        self._head(product, "" if product_code is None else str(product_code), evaluator)
        titles = self.row
        self._titles()
        for part in self.the_set.parts:
            self._heading(part, self.say("part", part.code, layout.one_line(part.label, self.lang)), _PART)
        self._end(titles + 1)
        self.sheet.do("freeze_panes", titles + 1, _OPTIONS)
        self.sheet.do("repeat_rows", titles)
        self.sheet.do("print_area", 0, _CODE, self.row - 1, _MAX)

    def _page(self) -> None:
        sheet = self.sheet
        for column, width in enumerate(_WIDTHS):
            sheet.do("set_column", column, column, width, None, {"hidden": column == _KEY})
        sheet.do("set_landscape")
        sheet.do("set_paper", _A4)
        sheet.do("set_margins", left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.do("fit_to_pages", 1, 0)
        sheet.do("hide_gridlines", 2)
        sheet.do("set_footer", f"&L{self.the_set.id.replace('&', '&&')[:100]}&R{self.say('page')}")
        sheet.do("protect", "", {"format_rows": True, "format_columns": True})

    def _line(self, text: str, look: dict[str, Any], least: int = 1) -> None:
        """Write a line across the form, high enough for its text."""
        self.sheet.merged(self.row, _CODE, _MAX, text, self.look(**look))
        self._height(text, least)
        self.row += 1

    def _height(self, text: str, least: int = 1) -> None:
        lines = max(least, -(-len(text) // _PER_LINE))
        self.sheet.do("set_row", self.row, min(lines * _LINE + 4, _HIGHEST))

    def _head(self, product: str, code: str, evaluator: str) -> None:
        the_set, sheet = self.the_set, self.sheet
        # The first row tells a reader what this is; nobody else has to see it.
        for column, text in enumerate((layout.MARK, the_set.id, the_set.digest, self.lang)):
            sheet.text(0, column, text)
        sheet.do("set_row", 0, None, None, {"hidden": True})
        self.row = 1
        self._line(self.say("heading"), {"bold": True, "font_size": 15, "valign": "vcenter"})
        label = f"{layout.one_line(the_set.label, self.lang)} ({layout.one_line(the_set.citation, self.lang)})"
        self._line(f"{self.say(layout.SET)}: {label}", {"text_wrap": True, "valign": "vcenter"})
        entries = ((layout.PRODUCT, product), (layout.PRODUCT_CODE, code), (layout.EVALUATOR, evaluator))
        for key, value in entries:
            sheet.text(self.row, _KEY, key)
            sheet.merged(self.row, _CODE, _LABEL, self.say(key), self.look(**_SECTION))
            sheet.merged(self.row, _OPTIONS, _MAX, value, self.look(**_OPEN | {"valign": "vcenter"}))
            sheet.do("set_row", self.row, _LINE + 4)
            self.row += 1
        small = {"text_wrap": True, "valign": "vcenter", "italic": True}
        self._line(self.say("help"), small)
        legend = layout.legend_of(the_set, self.lang)
        if legend:
            self._line(legend, small)

    def _titles(self) -> None:
        look = self.look(**_SECTION, **_MIDDLE, text_wrap=True)
        self.sheet.text(self.row, _KEY, layout.TITLES)
        for column, name in enumerate(("code", "criterion", "options", "choice", "points", "max"), _CODE):
            self.sheet.text(self.row, column, self.say(name), look)
        self.sheet.do("set_row", self.row, 2 * _LINE)
        self.row += 1

    def _heading(self, node: Part | Section, text: str, look: dict[str, Any]) -> None:
        """Write a heading with the points below it, and then what is below it."""
        self.sheet.text(self.row, _CODE, node.code, self.look(**look, **_MIDDLE))
        self.sheet.merged(self.row, _LABEL, _CHOICE, text, self.look(**look, text_wrap=True))
        self.sheet.number(self.row, _MAX, node.max_points, self.look(**look, **_MIDDLE))
        self._height(text)
        start = self.row
        self.row += 1
        for item in node.items:
            if isinstance(item, Criterion):
                self._criterion(item)
            else:
                self._heading(item, layout.one_line(item.label, self.lang), _SECTION)
        self._sum(start, start + 1, look)

    def _criterion(self, criterion: Criterion) -> None:
        sheet, row, lang = self.sheet, self.row, self.lang
        label = [layout.one_line(criterion.label, lang), *layout.notes_of(self.the_set, criterion, lang)]
        options = list(layout.option_lines(criterion, lang))
        sheet.text(row, _KEY, layout.CRITERION + criterion.code)
        sheet.text(row, _CODE, criterion.code, self.look(**_TEXT, **_MIDDLE))
        sheet.text(row, _LABEL, "\n".join(label), self.look(**_TEXT))
        sheet.text(row, _OPTIONS, "\n".join(options), self.look(**_TEXT))
        sheet.text(row, _CHOICE, "", self.look(**_OPEN))
        # Not every program makes a row as high as its texts; whatever is chosen has to fit as well.
        lines = [_lines(label, _LABEL), _lines(options, _OPTIONS), *(_lines([each], _CHOICE) for each in options)]
        sheet.do("set_row", row, min(max(lines) * _LINE + 4, _HIGHEST))
        self._dropdown(row, criterion.code, strict=not criterion.additive, hint=criterion.additive)
        formula = _ticked_points if criterion.additive else _points
        answer = f"{_LETTERS[_CHOICE]}{row + 1}"
        sheet.formula(row, _POINTS, formula(answer, self.lists[criterion.code]), self.look(**_TEXT, **_MIDDLE))
        sheet.number(row, _MAX, criterion.max_points, self.look(**_TEXT, **_MIDDLE))
        self.row += 1

    def _dropdown(self, row: int, name: str, *, strict: bool, hint: bool = False) -> None:
        """Offer a list at an answer; with `strict`, nothing else can be typed there."""
        rule = {
            "validate": "list",
            "source": "=" + self.lists[name],
            "error_title": self.say("choice"),
            "error_message": self.say("not-in-list"),
            "show_error": strict,
        }
        if hint:
            several = self.say("several")
            rule |= {"input_title": self.say("choice"), "input_message": several[:1].upper() + several[1:]}
        self.sheet.do("data_validation", row, _CHOICE, row, _CHOICE, rule)

    def _end(self, first: int) -> None:
        last, sheet = self.row, self.sheet
        sheet.merged(last, _CODE, _CHOICE, self.say("total"), self.look(**_PART))
        self._sum(last, first, _PART)
        sheet.number(last, _MAX, self.the_set.max_points, self.look(**_PART, **_MIDDLE))
        self._height("")
        self.row += 1
        keys, points = (f"{column}{first + 1}:{column}{last}" for column in (_LETTERS[_KEY], _LETTERS[_POINTS]))
        count = len(self.the_set.criteria)
        sheet.merged(self.row, _CODE, _CHOICE, self.say("unfilled"), self.look(**_SECTION))
        formula = f'={count}-COUNTIFS({keys},"{layout.CRITERION}*",{points},">=0")'
        sheet.formula(self.row, _POINTS, formula, self.look(**_SECTION, **_MIDDLE), count)
        sheet.text(self.row, _MAX, "", self.look(**_SECTION))
        self._height("")
        self.row += 1
        red = {"type": "cell", "criteria": "==", "value": '"?"', "format": self.look(bold=True, bg_color="#F4B6B6")}
        sheet.do("conditional_format", first, _POINTS, last, _POINTS, red)
        self._findings()
        self._line(self.say("signature"), {"valign": "top"}, 4)

    def _findings(self) -> None:
        findings = list(layout.findings_of(self.the_set, self.lang))
        if findings:
            self._line(self.say("findings"), _PART)
        for cause, words in findings:
            self.sheet.text(self.row, _KEY, layout.FINDING + cause)
            self.sheet.merged(self.row, _CODE, _OPTIONS, words, self.look(**_TEXT))
            self.sheet.text(self.row, _CHOICE, "", self.look(**_OPEN))
            self._dropdown(self.row, layout.FINDING, strict=False)
            self._height(words)
            self.row += 1

    def _sum(self, row: int, first: int, look: dict[str, Any]) -> None:
        """Write the sum of the criteria between the row `first` and the row that comes next."""
        keys, points = (f"{column}{first + 1}:{column}{self.row}" for column in (_LETTERS[_KEY], _LETTERS[_POINTS]))
        formula = f'=SUMIF({keys},"{layout.CRITERION}*",{points})'
        self.sheet.formula(row, _POINTS, formula, self.look(**look, **_MIDDLE), 0)
