"""A register of many subjects, products, ideas, dossiers and certificates, which refer to one another by id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

from attrs import define, evolve, field, frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.documents.record_checks import (
    day_of,
    dossier_problems,
    eligibility_problems,
    idea_problems,
    set_problems,
)
from ocop.documents.references import Ids
from ocop.errors import Problem, Report, pointer, shortened
from ocop.model.cycle import ProductIdea
from ocop.model.fields import is_a, tuple_of
from ocop.model.products import Product, check_product
from ocop.model.subjects import LegalForm, Subject, check_subject
from ocop.procedure.certificate import Certificate, EventKind
from ocop.procedure.certificate_checks import check_certificate
from ocop.procedure.dossier import Dossier
from ocop.procedure.kinds import DossierKind
from ocop.procedure.recognition import RecognitionEvent, events
from ocop.scoring.checks import MAX_HINTS
from ocop.text import Label, match_key

T = TypeVar("T")


def _subjects(values: Iterable[Subject]) -> tuple[Subject, ...]:
    return tuple_of(Subject, values)


def _products(values: Iterable[Product]) -> tuple[Product, ...]:
    return tuple_of(Product, values)


def _ideas(values: Iterable[ProductIdea]) -> tuple[ProductIdea, ...]:
    return tuple_of(ProductIdea, values)


def _dossiers(values: Iterable[Dossier]) -> tuple[Dossier, ...]:
    return tuple_of(Dossier, values)


def _certificates(values: Iterable[Certificate]) -> tuple[Certificate, ...]:
    return tuple_of(Certificate, values)


@frozen(kw_only=True)
class Registry:
    """Records that belong together. It may hold what is wrong: `check_registry` tells every problem at once.

    >>> from ocop.model.subjects import LegalForm
    >>> registry = Registry(
    ...     subjects=[Subject("htx", "HTX chè", LegalForm.COOPERATIVE, business_registration="0100112437")],
    ...     products=[Product("tea", "Chè xanh", "htk")],
    ... )
    >>> print(check_registry(registry).text("en"))
    1 problem
      /products/0/subject: The registry has no subject with this id. Got: "htk". Did you mean htx? [reference-unknown]
    """

    subjects: tuple[Subject, ...] = field(default=(), converter=_subjects)
    products: tuple[Product, ...] = field(default=(), converter=_products)
    ideas: tuple[ProductIdea, ...] = field(default=(), converter=_ideas)
    dossiers: tuple[Dossier, ...] = field(default=(), converter=_dossiers)
    certificates: tuple[Certificate, ...] = field(default=(), converter=_certificates)
    on: date | None = field(default=None, validator=is_a(date, optional=True))
    """The day of which it tells: nothing in it is later. On that day, too, a dossier is checked that has no day yet."""

    @cached_property
    def events(self) -> tuple[RecognitionEvent, ...]:
        """Every recognition and recall that the certificates tell of, the oldest first."""
        return events(self.certificates)


def check_registry(registry: Registry, *, catalog: Catalog = PACKAGED) -> Report:
    """Return every problem of a register: of each record by itself, then of how it goes with the others.

    A dossier is checked on its own day. What a register may well lack is only a note: a subject's business
    registration, for one. So is what only a person can tell: whether two entries are one subject.

    References:
        Decision 26/2026/QĐ-TTg, Articles 2, 4, 6, 7 and 8.

    >>> check_registry(Registry()).ok
    True
    """
    return Report(_Checker(registry, catalog).problems())


_SUBJECT: Final = Label("chủ thể", "subject")
_PRODUCT: Final = Label("sản phẩm", "product")
_IDEA: Final = Label("ý tưởng", "product idea")
_DOSSIER: Final = Label("hồ sơ", "dossier")
_CERTIFICATE: Final = Label("giấy chứng nhận", "certificate")
_HOW: Final = {
    DossierKind.FIRST: EventKind.NEW,
    DossierKind.UPGRADE: EventKind.UPGRADE,
    DossierKind.RE_EVALUATION: EventKind.RE_RECOGNITION,
}
"""What a certificate issued on a dossier of each kind does."""


@define
class _Checker:
    """One check of one register, in time that grows as its size; methods yield problems that point into a record."""

    registry: Registry
    catalog: Catalog
    subjects: Ids = field(init=False)
    products: Ids = field(init=False)
    ideas: Ids = field(init=False)
    dossiers: Ids = field(init=False)
    certificates: Ids = field(init=False)
    eligible: dict[tuple[LegalForm, str], tuple[Problem, ...]] = field(factory=dict)
    """By legal form and criteria set what speaks against them."""
    unknown_sets: int = 0

    def __attrs_post_init__(self) -> None:
        for name, what in (
            ("subjects", _SUBJECT),
            ("products", _PRODUCT),
            ("ideas", _IDEA),
            ("dossiers", _DOSSIER),
            ("certificates", _CERTIFICATE),
        ):
            setattr(self, name, Ids(what, name, [record.id for record in getattr(self.registry, name)]))

    def problems(self) -> Iterator[Problem]:
        registry = self.registry
        yield from self.of_each(self.subjects, registry.subjects, self.subject, self.same_subjects())
        yield from self.of_each(self.products, registry.products, self.product, self.same_codes())
        yield from self.of_each(self.ideas, registry.ideas, self.idea, {})
        yield from self.of_each(self.dossiers, registry.dossiers, self.dossier, {})
        yield from self.of_each(self.certificates, registry.certificates, self.certificate, self.overlaps())

    def of_each(
        self,
        ids: Ids,
        records: tuple[T, ...],
        check: Callable[[T], Iterator[Problem]],
        compared: Mapping[int, list[Problem]],
    ) -> Iterator[Problem]:
        for index, record in enumerate(records):
            where = pointer(ids.where, index)
            for problem in (*ids.repeated(index), *check(record), *compared.get(index, ())):
                yield problem.below(where)

    def later(self, where: str, day: date | None) -> Iterator[Problem]:
        on = self.registry.on
        if on is not None and day is not None and day > on:
            yield Problem.of("day-in-future", where, expected=f"≤ {on}", got=str(day))

    def known_set(self, set_id: str | None) -> Iterator[Problem]:
        for problem in set_problems(set_id, self.catalog, hint=self.unknown_sets < MAX_HINTS):
            self.unknown_sets += 1
            yield problem

    def subject(self, subject: Subject) -> Iterator[Problem]:
        for problem in check_subject(subject).problems:
            yield evolve(problem, note=True) if problem.code == "registration-missing" else problem

    def same_subjects(self) -> dict[int, list[Problem]]:
        """Return a note for each subject that an earlier one may be: by the tax id, or the name in the same place."""
        found: dict[int, list[Problem]] = {}
        seen: dict[tuple[str, str | None], int] = {}
        for index, subject in enumerate(self.registry.subjects):
            name, place, tax_id = "name:" + match_key(subject.name), subject.place, subject.tax_id
            keys: list[tuple[str, str | None]] = [(name, place), (name, None)] if place else [(name, "anywhere")]
            own: list[tuple[str, str | None]] = [(name, place), (name, "anywhere")]
            if tax_id:
                keys.append(("tax id:" + tax_id.replace("-", ""), None))
                own.append(keys[-1])
            first = next((seen[key] for key in keys if key in seen), None)
            if first is not None and self.subjects.ids[first] != subject.id:
                where = pointer(self.subjects.where, first)
                found[index] = [Problem.of("subject-twice", "/name", first=where, note=True)]
            for key in own:
                seen.setdefault(key, index)
        return found

    def product(self, product: Product) -> Iterator[Problem]:
        yield from check_product(product).problems
        yield from self.subjects.unknown(product.subject, "/subject")
        unknown = [*self.known_set(product.criteria_set)]
        yield from unknown
        place = self.subjects.first.get(product.subject)
        if place is not None and product.criteria_set is not None and not unknown:
            form = self.registry.subjects[place].legal_form
            key = form, product.criteria_set
            if key not in self.eligible:
                against = eligibility_problems(self.registry.subjects[place], product.criteria_set, self.catalog)
                self.eligible[key] = tuple(evolve(problem, pointer="/subject") for problem in against)
            yield from self.eligible[key]

    def same_codes(self) -> dict[int, list[Problem]]:
        """Return a problem for each product with the code, or a barcode, of an earlier one."""
        found: dict[int, list[Problem]] = {}
        seen: dict[tuple[str, str], int] = {}
        for index, product in enumerate(self.registry.products):
            numbers = [("product-code-repeated", "/code", str(product.code))] if product.code else []
            numbers += [
                ("barcode-of-another", pointer("barcodes", place), barcode)
                for place, barcode in enumerate(product.barcodes)
            ]
            for problem, where, number in numbers:
                first = seen.setdefault((problem, number), index)
                if first != index:
                    other = pointer(self.products.where, first)
                    found.setdefault(index, []).append(Problem.of(problem, where, first=other, got=number))
        return found

    def idea(self, idea: ProductIdea) -> Iterator[Problem]:
        yield from idea_problems(idea, self.catalog)
        for index, step in enumerate(idea.history):
            yield from self.later(pointer("history", index, "on"), step.on)

    def dossier(self, dossier: Dossier) -> Iterator[Problem]:
        yield from dossier_problems(dossier, self.catalog, self.registry.on)
        yield from self.later("/handed_in", day_of(dossier))
        yield from self.products.unknown(dossier.product, "/product")
        yield from self.subjects.unknown(dossier.subject, "/subject")
        place = self.products.first.get(dossier.product)
        if place is not None:
            product = self.registry.products[place]
            if product.subject != dossier.subject:
                expected, got = shortened(product.subject), shortened(dossier.subject)
                yield Problem.of("dossier-other-subject", "/subject", expected=expected, got=got)
            yield from self.other_set(dossier.criteria_set, product.criteria_set)
        if dossier.previous_certificate is not None:
            yield from self.previous(dossier, dossier.previous_certificate)

    def other_set(self, of_dossier: str, of_product: str | None) -> Iterator[Problem]:
        """Yield a problem where both name sets of one edition, and not the same."""
        same_edition = of_product is not None and of_product.partition("/")[0] == of_dossier.partition("/")[0]
        if same_edition and of_product != of_dossier:
            yield Problem.of("dossier-other-set", "/criteria_set", expected=of_product, got=shortened(of_dossier))

    def previous(self, dossier: Dossier, previous: str) -> Iterator[Problem]:
        where = "/previous_certificate"
        yield from self.certificates.unknown(previous, where)
        place = self.certificates.first.get(previous)
        if place is None:
            return
        certificate = self.registry.certificates[place]
        yield from _same_product(where, dossier.product, certificate.product)
        day = dossier.recognised_on
        if day is not None and day != certificate.issued:
            yield Problem.of(
                "recognition-day-differs", "/recognised_on", expected=str(certificate.issued), got=str(day)
            )

    def certificate(self, certificate: Certificate) -> Iterator[Problem]:
        yield from check_certificate(certificate, catalog=self.catalog).problems
        recall = certificate.recall
        yield from self.later("/issued", certificate.issued)
        yield from self.later("/superseded_on", certificate.superseded_on)
        yield from self.later("/recall/on", recall.on if recall else None)
        yield from self.products.unknown(certificate.product, "/product")
        if certificate.dossier is None:
            return
        yield from self.dossiers.unknown(certificate.dossier, "/dossier")
        place = self.dossiers.first.get(certificate.dossier)
        if place is not None:
            yield from _on_dossier(certificate, self.registry.dossiers[place])

    def overlaps(self) -> dict[int, list[Problem]]:
        """Return a note for each certificate that was issued while another of its product was in force."""
        found: dict[int, list[Problem]] = {}
        latest: dict[str, int] = {}
        records = self.registry.certificates
        for index in sorted(range(len(records)), key=lambda index: records[index].issued):
            certificate = records[index]
            first = latest.get(certificate.product)
            if first is not None and records[first].in_force(certificate.issued):
                where = pointer(self.certificates.where, first)
                found[index] = [Problem.of("certificates-overlap", "/issued", first=where, note=True)]
            latest[certificate.product] = index
        return found


def _same_product(where: str, expected: str, got: str) -> Iterator[Problem]:
    if got != expected:
        yield Problem.of("certificate-other-product", where, expected=shortened(expected), got=shortened(got))


def _on_dossier(certificate: Certificate, dossier: Dossier) -> Iterator[Problem]:
    """Yield where a certificate does not go with the dossier that it was issued on."""
    yield from _same_product("/dossier", certificate.product, dossier.product)
    day = day_of(dossier)
    if day is None or certificate.issued < day:
        expected = f"≥ {day}" if day else None
        yield Problem.of("certificate-before-dossier", "/issued", expected=expected, got=str(certificate.issued))
    how = _HOW[dossier.kind]
    if certificate.how is not how:
        yield Problem.of(
            "certificate-other-kind", "/how", kind=dossier.kind.label, expected=how.value, got=certificate.how.value
        )
