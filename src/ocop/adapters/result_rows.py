"""Rows of published results: an entry for each, and what is doubtful in it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from attrs import define, field, frozen

from ocop.adapters.result_cells import (
    Category,
    categories,
    near_province,
    read_communes,
    read_day,
    read_legal_form,
    read_level,
    read_provinces,
    read_star,
)
from ocop.adapters.result_tables import COLUMNS, NEEDED, Table
from ocop.criteria.catalog import Catalog
from ocop.criteria.edition import Edition
from ocop.errors import Problem, nearest, pointer, shortened
from ocop.model.places import Commune, communes, province
from ocop.model.stars import Level, Star
from ocop.model.subjects import LegalForm
from ocop.procedure.certificate import add_months
from ocop.procedure.rules import Procedure, procedure
from ocop.text import FrozenDict, match_key

T = TypeVar("T")
_DAY: Final = "dd/mm/yyyy"


@frozen(kw_only=True)
class ResultRow:
    """One row of a list: what was understood; None is what was not, or is not there."""

    number: int
    """The row's number, as a spreadsheet counts."""
    cells: FrozenDict[str, str] = field(repr=False)
    """The text of every cell as it came, by the column's title."""
    product: str | None = None
    subject: str | None = None
    legal_form: LegalForm | None = None
    group: str | None = None
    """The slug of the group of products."""
    criteria_set: str | None = None
    """The id of the criteria set, where the category names a single one."""
    star: Star | None = None
    decision: str | None = None
    issued: date | None = None
    expires: date | None = None
    """As the list has it, whether it is right or not."""
    authority: str | None = None
    level: Level | None = None
    province: str | None = None
    """The code of today's province."""
    commune: str | None = None
    """The code of today's commune."""
    subject_id: str | None = None
    """The id of the subject in the registry; it may be missing there, where its legal form is not known."""
    product_id: str | None = None
    certificate_id: str | None = None


@define
class Reader:
    """Reads the rows of one table, and looks up each name once."""

    table: Table
    catalog: Catalog
    province: str | None
    """The code of the province of rows that name none."""
    legal_forms: Mapping[str, LegalForm]
    """By the match key of a subject's name what its legal form is."""
    problems: list[Problem] = field(init=False)
    edition: Edition = field(init=False)
    """The newest one: certificates are renewed and recalled by its rules."""
    rules: Procedure = field(init=False)
    communes: dict[tuple[str, str | None], tuple[tuple[Commune, ...], str | None]] = field(factory=dict, init=False)
    categories: dict[str, tuple[Category | None, str | None]] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.edition = self.catalog.editions()[-1]
        self.rules = procedure(self.edition.id, catalog=self.catalog)
        self.problems = [*self.table.problems]
        # A table without titles is told as such.
        for column in NEEDED if self.table.columns else ():
            if column not in self.table.columns and not (column == "province" and self.province):
                self.problems.append(Problem.of("column-missing", "/titles", name=COLUMNS[column][0]))

    def readings(self) -> "Iterator[Reading]":
        """Yield the reading of each row."""
        for index, (number, cells) in enumerate(self.table.rows):
            yield Reading(self, index, number, cells)

    def commune(self, name: str, province_code: str | None) -> tuple[tuple[Commune, ...], str | None]:
        """Return the communes of a name, or, where there is none, a near name."""
        key = name, province_code
        if key not in self.communes:
            found = read_communes(name, province_code)
            known = () if found or not province_code else communes(province_code)
            self.communes[key] = found, nearest(name, [each.full_name for each in known])
        return self.communes[key]

    def category(self, name: str) -> tuple[Category | None, str | None]:
        """Return what a category names, or, where that is nothing, a near name."""
        if name not in self.categories:
            known, key = categories(self.edition.id, self.catalog), match_key(name)
            found = known.get(key) or known.get(key.removeprefix("nhóm "))
            self.categories[name] = found, None if found else nearest(key, known)
        return self.categories[name]


@define
class Reading:
    """The reading of one row."""

    reader: Reader
    index: int
    number: int
    cells: tuple[str, ...]

    def row(self) -> ResultRow:
        """Return the entry of the row, and note what is doubtful in it."""
        titles = self.reader.table.titles
        self.untitled()
        issued = self.needed("issued", read_day, _DAY)
        province_code = self.province()
        category = self.category()
        subject = self.name("subject")
        return ResultRow(
            number=self.number,
            cells=FrozenDict(dict(zip(titles, self.cells, strict=True))),
            product=self.name("product"),
            subject=subject,
            legal_form=self.legal_form(subject),
            group=category[0],
            criteria_set=category[1],
            star=self.star(),
            decision=self.name("decision"),
            issued=issued,
            expires=self.expires(issued),
            authority=self.name("authority"),
            level=self.level(),
            province=province_code,
            commune=self.commune(province_code),
        )

    def text(self, column: str) -> str:
        """Return the text of a cell; nothing where the table has no such column."""
        place = self.reader.table.columns.get(column)
        return "" if place is None else self.cells[place]

    def doubt(self, code: str, column: str, **values: Any) -> None:
        """Note that the cell in `column` is doubtful."""
        title = self.reader.table.titles[self.reader.table.columns[column]]
        where = pointer("rows", self.index, title)
        self.reader.problems.append(Problem.of(code, where, row=self.number, column=title, **values))

    def untitled(self) -> None:
        """Note the cells to the right of the titles: a separator too many has moved what stands in them."""
        table = self.reader.table
        for place in range(table.width, len(self.cells)) if table.columns else ():
            if self.cells[place]:
                where = pointer("rows", self.index, table.titles[place])
                got = shortened(self.cells[place])
                self.reader.problems.append(Problem.of("results-cell-untitled", where, row=self.number, got=got))

    def name(self, column: str) -> str | None:
        """Return the text of a cell that has to have one."""
        text = self.text(column)
        if not text and column in self.reader.table.columns:
            self.doubt("results-cell-empty", column)
        return text or None

    def needed(self, column: str, read: Any, expected: str) -> Any:
        """Return what `read` makes of a cell that has to have a value."""
        text = self.name(column)
        found = read(text) if text else None
        if text and found is None:
            self.doubt("results-cell-unclear", column, expected=expected, got=shortened(text))
        return found

    def star(self) -> Star | None:
        """Return the star; one that gets no certificate is doubtful."""
        star: Star | None = self.needed("star", read_star, "3 | 4 | 5")
        rules = self.reader.rules
        if star is not None and rules.recogniser(star) is None:
            self.doubt("results-not-certified", "star", got=str(star))
        return star

    def legal_form(self, subject: str | None) -> LegalForm | None:
        """Return the legal form that was given for the subject, or that its name tells."""
        if subject is None:
            return None
        form = self.reader.legal_forms.get(match_key(subject)) or read_legal_form(subject)
        if form is None:
            self.doubt("results-legal-form-unclear", "subject", got=shortened(subject))
        return form

    def category(self) -> tuple[str | None, str | None]:
        """Return the slug of the group, and the id of the criteria set, that the category names."""
        text = self.text("category")
        if not text:
            return None, None
        found, hint = self.reader.category(text)
        if found is None:
            self.doubt("results-cell-unclear", "category", got=shortened(text), hint=hint)
            return None, None
        return found

    def expires(self, issued: date | None) -> date | None:
        """Return the last day as the list has it; one that the term does not give is doubtful."""
        text = self.text("expires")
        expires = read_day(text) if text else None
        months = self.reader.rules.certificate.months
        if text and expires is None:
            self.doubt("results-cell-unclear", "expires", expected=_DAY, got=shortened(text))
        elif not text and "expires" in self.reader.table.columns:
            self.doubt("results-cell-empty", "expires")
        elif expires and issued and expires != add_months(issued, months):
            expected = add_months(issued, months).isoformat()
            self.doubt("results-term-differs", "expires", months=months, expected=expected, got=str(expires))
        return expires

    def level(self) -> Level | None:
        """Return the level of the authority."""
        text = self.text("authority")
        level = read_level(text) if text else None
        if text and level is None:
            self.doubt("results-cell-unclear", "authority", got=shortened(text))
        return level

    def province(self) -> str | None:
        """Return the code of today's province, or of the one given for rows that name none."""
        text, given = self.text("province"), self.reader.province
        if not text:
            if given is None and "province" in self.reader.table.columns:
                self.doubt("results-cell-empty", "province")
            return given
        found = read_provinces(text)
        if len(found) != 1:
            self.doubt("results-cell-unclear", "province", got=shortened(text), hint=near_province(text))
            return given
        return found[0].code

    def commune(self, province_code: str | None) -> str | None:
        """Return the code of the commune of today by its new name; an old name alone does not tell it."""
        text = self.text("new_commune")
        if text:
            found, hint = self.reader.commune(text, province_code)
            if len(found) == 1:
                return found[0].code
            if found:
                names = " | ".join(
                    f"{each.full_name} ({each.code}, {province(each.province).name.vi})" for each in found
                )
                self.doubt(
                    "results-commune-ambiguous", "new_commune", count=len(found), expected=names, got=shortened(text)
                )
            else:
                self.doubt("results-commune-unknown", "new_commune", got=shortened(text), hint=hint)
        elif self.text("old_commune"):
            self.doubt("results-commune-old", "old_commune", got=shortened(self.text("old_commune")))
        elif "new_commune" in self.reader.table.columns:
            self.doubt("results-cell-empty", "new_commune")
        return None
