"""Published lists of recognised products, as provinces put them out: CSV files, and tables of pandas, polars, pyarrow.

CSV needs nothing; tables need the extra ``frames``. Every row becomes an entry, with what could be understood of it and
its text as it came. What is doubtful is reported by row and column, and never settled by a guess.

A list does not say how a product came to its certificate. Of several certificates of a product, the first is taken for
a new recognition; a later one supersedes one that is still in force, and is an upgrade where its star is higher;
otherwise it is a re-recognition.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from attrs import define, evolve, field, frozen

from ocop.adapters.result_rows import Reader, Reading, ResultRow
from ocop.adapters.result_tables import read_table
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.documents.registry import Registry
from ocop.errors import Report
from ocop.model import places
from ocop.model.products import Product
from ocop.model.subjects import LegalForm, Subject
from ocop.procedure.certificate import Certificate, EventKind, add_months
from ocop.text import match_key

__all__ = ["ResultRow", "Results", "read_results"]

_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")


@frozen
class Results:
    """What a list of results holds; `read_results` makes it."""

    rows: tuple[ResultRow, ...]
    """An entry for each row that is not empty, in their order."""
    registry: Registry
    """The subjects, products and certificates of the rows; each product and each subject once."""
    report: Report
    """What is doubtful. A pointer names the place in `rows` and the column's title: ``/rows/3/Hạng sao``."""


def read_results(
    source: Any,
    *,
    province: str | None = None,
    legal_forms: Mapping[str, LegalForm] | None = None,
    catalog: Catalog = PACKAGED,
) -> Results:
    """Return the results that a published list holds.

    The columns are known by their titles, in Vietnamese or English, in any order; rows above the titles are passed
    over. Days are written day first (``5/8/2026``) or as ``2026-08-05``; stars as ``4``, ``4 sao`` or ``★★★★``. The
    commune of today is found by its name within the province. The term of the newest edition tells when a certificate
    ends; what the list says is kept, and told where it differs.

    Args:
        source: a path, CSV as text or bytes (separated by commas, semicolons or tabs), or a table of pandas, polars or
            pyarrow. A plain string is taken for text, so give a file as a `pathlib.Path`.
        province: the code of today's province, for rows that name none.
        legal_forms: the legal forms of subjects, by name, where the name alone does not tell.
        catalog: where the newest edition is.

    Raises:
        DocumentError: for a file that cannot be read, or is not UTF-8.
        ConversionError: for a `source` that is none of these.
        MissingExtraError: for a table, without the extra ``frames``.
        UnknownIdError: where there is no such province.

    References:
        Decision 26/2026/QĐ-TTg, Article 4 (who recognises, and for how long).

    >>> found = read_results('''Tên sản phẩm;Chủ thể;Hạng sao;Số quyết định;Ngày cấp;Ngày hết hạn;Cơ quan;Xã mới;Tỉnh
    ... Chè tôm nõn;HTX chè La Bằng;4 sao;12/QĐ-UBND;5/8/2026;5/8/2029;UBND tỉnh Thái Nguyên;La Bằng;Thái Nguyên
    ... Chè đinh;HTX chè La Bằng;3;12/QĐ-UBND;5/8/2026;4/8/2029;UBND tỉnh Thái Nguyên;La Bằng;Thái Nguyên''')
    >>> [(row.product, row.commune, row.certificate_id) for row in found.rows][0]
    ('Chè tôm nõn', '05818', 'che-tom-non-2026-08-05')
    >>> print(found.report.problems[0].message.en)
    Row 3, column Ngày hết hạn: this is not 36 months after the day of issue
    """
    if province is not None:
        province = places.province(province).code
    forms = {match_key(name): form for name, form in (legal_forms or {}).items()}
    reader = Reader(read_table(source), catalog, province, forms)
    builder = _Builder(reader)
    rows = tuple([builder.row(reading) for reading in reader.readings()])
    subject = os.fspath(source) if isinstance(source, os.PathLike) else None
    return Results(rows, builder.registry(), Report(reader.problems, subject=subject))


@define
class _Builder:
    """Gathers what one row after the other holds."""

    reader: Reader
    subjects: dict[str, Subject] = field(factory=dict)
    products: dict[str, Product] = field(factory=dict)
    certificates: dict[str, Certificate] = field(factory=dict)
    numbers: dict[str, int] = field(factory=dict)
    """By a certificate's id the number of its row."""
    ids: dict[tuple[str, ...], str] = field(factory=dict)
    """By what tells subjects and products apart their ids."""
    taken: dict[str, int] = field(factory=dict)
    """By a slug how often it was asked for."""

    def row(self, reading: Reading) -> ResultRow:
        """Return the entry of a row, and keep what it holds."""
        row = reading.row()
        place = row.commune or match_key(reading.text("new_commune") or reading.text("old_commune"))
        if row.subject is not None:
            name, form = row.subject, row.legal_form
            subject_id = self.id_of(name, "subject", match_key(name), place)
            row = evolve(row, subject_id=subject_id)
            if form is not None and subject_id not in self.subjects:
                self.subjects[subject_id] = Subject(subject_id, name, form, row.commune)
        if row.product is not None:
            product_id = self.id_of(row.product, "product", match_key(row.product), row.subject_id or "", place)
            self.add_product(Product(product_id, row.product, row.subject_id or "", row.commune, row.criteria_set))
            row = evolve(row, product_id=product_id, certificate_id=self.add_certificate(reading, row, product_id))
        return row

    def id_of(self, name: str, *apart: str) -> str:
        """Return the id of what `apart` tells from all else: the name's letters, and a number where they come again."""
        if apart not in self.ids:
            self.ids[apart] = self.free(_slug(name))
        return self.ids[apart]

    def free(self, slug: str) -> str:
        count = self.taken[slug] = self.taken.get(slug, 0) + 1
        return slug if count == 1 else self.free(f"{slug}-{count}")

    def add_product(self, product: Product) -> None:
        known = self.products.setdefault(product.id, product)
        if known.criteria_set is None:
            self.products[product.id] = evolve(known, criteria_set=product.criteria_set)

    def add_certificate(self, reading: Reading, row: ResultRow, product_id: str) -> str | None:
        """Return the id of the row's certificate, or None where too little is known for one."""
        edition, rules = self.reader.edition, self.reader.rules
        level = row.level
        if level is None and row.issued and row.star and edition.in_force_from <= row.issued:
            level = rules.recogniser(row.star)
        if not (row.star and row.issued and level):
            return None
        certificate = Certificate(
            id=f"{product_id}-{row.issued.isoformat()}",
            product=product_id,
            star=row.star,
            decision=row.decision or "",
            level=level,
            authority=row.authority or "",
            issued=row.issued,
            ends=row.expires or add_months(row.issued, rules.certificate.months),
            edition=edition.id,
        )
        known = self.certificates.get(certificate.id)
        if known is not None:
            if (known.star, match_key(known.decision)) == (certificate.star, match_key(certificate.decision)):
                reading.doubt("results-row-repeated", "product", first=self.numbers[known.id])
                return known.id
            certificate = evolve(certificate, id=f"{certificate.id}-{reading.number}")
        self.certificates[certificate.id] = certificate
        self.numbers[certificate.id] = reading.number
        return certificate.id

    def registry(self) -> Registry:
        """Return what the rows hold together; the certificates of a product follow one another."""
        latest: dict[str, Certificate] = {}
        for certificate in sorted(self.certificates.values(), key=lambda each: each.issued):
            former = latest.get(certificate.product)
            current = certificate
            if former is not None:
                upgraded = former.in_force(certificate.issued) and certificate.star > former.star
                current = evolve(current, how=EventKind.UPGRADE if upgraded else EventKind.RE_RECOGNITION)
                if former.in_force(certificate.issued):
                    self.certificates[former.id] = evolve(former, superseded_on=certificate.issued)
            self.certificates[current.id] = latest[certificate.product] = current
        return Registry(
            subjects=tuple(self.subjects.values()),
            products=tuple(self.products.values()),
            certificates=tuple(self.certificates.values()),
        )


def _slug(name: str) -> str:
    """Return a name's letters without tones, for an id.

    >>> _slug("Chè đinh Đồi Sương")
    'che-dinh-doi-suong'
    """
    flat = unicodedata.normalize("NFD", match_key(name).replace("đ", "d"))
    return _NOT_A_LETTER.sub("-", "".join(each for each in flat if not unicodedata.combining(each))).strip("-") or "x"
