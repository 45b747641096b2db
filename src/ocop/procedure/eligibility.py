"""Which subjects may enter which groups of products: a list of each edition."""

from functools import lru_cache

from attrs import frozen

from ocop.convert import make_converter, structured
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.errors import Problem, Report, UnknownIdError, pointer
from ocop.model.subjects import LegalForm, Subject
from ocop.text import FrozenDict


@frozen
class SubjectRules:
    """The legal forms that an edition lets in.

    References:
        Decision 26/2026/QĐ-TTg, Article 2.
    """

    article: str
    """The decision's article that lists them."""
    every_group: tuple[LegalForm, ...]
    """Those that may enter any group."""
    more_by_group: FrozenDict[str, tuple[LegalForm, ...]]
    """By a group's slug those that may enter it besides."""

    def forms(self, group: str) -> tuple[LegalForm, ...]:
        """Return the legal forms that may enter the group of this slug, in the order of `LegalForm`.

        >>> [form.value for form in subject_rules("qd26-2026").forms("tourism")][-3:]
        ['association', 'operating-centre', 'equivalent-organisation']
        """
        allowed = {*self.every_group, *self.more_by_group.get(group, ())}
        return tuple(form for form in LegalForm if form in allowed)


def subject_rules(edition_id: str, *, catalog: Catalog = PACKAGED) -> SubjectRules:
    """Return who may take part by the edition with this id.

    Raises:
        UnknownIdError: where there is no such edition, naming the nearest; or the edition has no list of subjects.

    >>> subject_rules("qd26-2026").article
    '2'
    """
    return _subject_rules(catalog.edition(edition_id).id, catalog)


def check_eligibility(subject: Subject, criteria_set_id: str, *, catalog: Catalog = PACKAGED) -> Report:
    """Return a report that holds a problem where `subject` may not enter the group of this criteria set.

    Raises:
        UnknownIdError: where there is no such criteria set, naming the nearest; or its edition has no list of subjects.

    References:
        Decision 26/2026/QĐ-TTg, Article 2.

    >>> association = Subject("a", "Hội Du lịch Sa Pa", LegalForm.ASSOCIATION)
    >>> check_eligibility(association, "qd26-2026/community-tourism").ok
    True
    >>> check_eligibility(association, "qd26-2026/tea").codes
    ('legal-form-not-eligible',)
    """
    criteria_set = catalog.criteria_set(criteria_set_id)
    rules = subject_rules(criteria_set.edition.id, catalog=catalog)
    group, _, _ = criteria_set.edition.place_of(criteria_set.slug)
    forms = rules.forms(group.slug)
    if subject.legal_form in forms:
        return Report()
    problem = Problem.of(
        "legal-form-not-eligible",
        pointer("legal_form"),
        form=subject.legal_form.label,
        group=group.label,
        article=rules.article,
        decision=criteria_set.edition.decision,
        expected=", ".join(form.value for form in forms),
        got=subject.legal_form.value,
    )
    return Report([problem])


@lru_cache(maxsize=32)
def _subject_rules(edition_id: str, catalog: Catalog) -> SubjectRules:
    try:
        data = catalog.json(edition_id, "subjects.json")
    except FileNotFoundError:
        raise UnknownIdError("list of subjects in the edition", edition_id) from None
    return structured(make_converter(), data, SubjectRules)
