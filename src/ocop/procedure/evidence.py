"""Evidence: what kinds of paper form 02 asks for, which criteria they support, and the papers of a dossier."""

from datetime import date
from enum import Enum
from typing import Final

from attrs import field, frozen

from ocop.canonical import NOT_IN_JSON
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion
from ocop.model.fields import is_a, optional_text, text
from ocop.text import NO_LABEL, Label


class Medium(Enum):
    """In what a dossier, or a paper of it, is handed in.

    References:
        Decision 26/2026/QĐ-TTg, Article 7: an electronic dossier is worth the same as one on paper.

    >>> Medium.DIGITAL.label.en
    'electronic'
    """

    DIGITAL = "digital"
    PAPER = "paper"

    @property
    def label(self) -> Label:
        """Its name."""
        return _MEDIA[self]


_MEDIA: Final = {
    Medium.DIGITAL: Label("bản điện tử", "electronic"),
    Medium.PAPER: Label("bản giấy", "on paper"),
}


@frozen
class EvidenceKind:
    """A kind of paper that supports a self-assessment.

    References:
        Decision 26/2026/QĐ-TTg, Annex III, form 02.

    >>> kind = {kind.slug: kind for kind in evidence_kinds("qd26-2026")}["intellectual-property"]
    >>> kind.label.en, kind.dated, kind.criteria
    ('Intellectual property papers', True, ('intellectual-property', 'labelling'))
    """

    slug: str
    item: int
    """The place of its item in the form's list, from 1; two kinds may share an item."""
    dated: bool = False
    """Whether it speaks for a time only: it must carry its day of issue, and a re-evaluation must refresh it."""
    expires: bool = False
    """Whether it must carry its last day, or say that it has none."""
    always: bool = False
    """Whether every dossier needs it, whatever it claims."""
    causes: tuple[str, ...] = ()
    """Every dossier needs it by a set that has a rule with one of these causes, whatever the dossier claims."""
    criteria: tuple[str, ...] = field(default=(), metadata=NOT_IN_JSON)
    """The slugs of the criteria that it supports, as the edition's claims have it."""
    label: Label = field(default=NO_LABEL, metadata=NOT_IN_JSON)

    def needed_by(self, criteria_set: CriteriaSet) -> bool:
        """Return whether every dossier by this set needs it.

        >>> import ocop
        >>> kind = {kind.slug: kind for kind in evidence_kinds("qd26-2026")}["production-eligibility"]
        >>> kind.needed_by(ocop.criteria_set("qd26-2026/tea")), kind.needed_by(ocop.criteria_set("qd26-2026/flowers"))
        (True, False)
        """
        return self.always or any(rule.cause in self.causes for rule in criteria_set.rules)


@frozen
class Claim:
    """What a choice in a self-assessment must be shown by: at least one of some kinds of paper."""

    criterion: str
    """The criterion's slug."""
    evidence: tuple[str, ...]
    """The kinds of paper, by slug, of which one is enough."""
    options: tuple[str, ...] = ()
    """The slugs of the options that claim it; without any, every option that earns points does."""
    cause: str | None = None
    """It holds only by sets that have a rule with this cause."""

    def made(self, criterion: Criterion, letter: object, criteria_set: CriteriaSet) -> bool:
        """Return whether the choice of `letter` in `criterion` of `criteria_set` claims it.

        Another criterion than its own claims nothing, and neither does a letter that the criterion lacks.

        >>> import ocop
        >>> tea = ocop.criteria_set("qd26-2026/tea")
        >>> claim = Claim("labelling", ("barcode-traceability",), options=("full-correct-story-traceability",))
        >>> [claim.made(tea.criterion("2.3"), letter, tea) for letter in ("b", "c", None)]
        [False, True, False]
        """
        if criterion.slug != self.criterion:
            return False
        if self.cause is not None and all(rule.cause != self.cause for rule in criteria_set.rules):
            return False
        chosen = [option for option in criterion.options if option.letter == letter]
        return any(option.slug in self.options if self.options else option.points > 0 for option in chosen)


_DAY: Final = is_a(date, optional=True)
_TEXT: Final = is_a(str, optional=True)


@frozen
class EvidenceItem:
    """One paper in a dossier.

    >>> from datetime import date
    >>> paper = EvidenceItem("production-eligibility", issued=date(2025, 3, 1), expires=date(2028, 3, 1))
    >>> paper.issuer is None, paper.unlimited
    (True, False)
    """

    kind: str = field(converter=text, validator=is_a(str))
    """The slug of its kind."""
    number: str | None = field(default=None, converter=optional_text, validator=_TEXT, repr=False, kw_only=True)
    """Its number; never shown, as a household's registration may bear a person's own number."""
    issued: date | None = field(default=None, validator=_DAY, kw_only=True)
    expires: date | None = field(default=None, validator=_DAY, kw_only=True)
    """Its last day; it still holds on that day."""
    unlimited: bool = field(default=False, validator=is_a(bool), kw_only=True)
    """Whether it has no last day. False beside no `expires` is: nobody has said."""
    issuer: str | None = field(default=None, converter=optional_text, validator=_TEXT, kw_only=True)
    """Who issued it."""
    medium: Medium | None = field(default=None, validator=is_a(Medium, optional=True), kw_only=True)
    file: str | None = field(default=None, converter=optional_text, validator=_TEXT, repr=False, kw_only=True)
    """Where it is kept: a file's name or address, or a page of the paper dossier."""


def evidence_kinds(edition_id: str, catalog: Catalog = PACKAGED) -> tuple[EvidenceKind, ...]:
    """Return the kinds of evidence that an edition asks for, in the order of its form.

    Raises:
        UnknownIdError: where there is no such edition, or it has no rules on dossiers.

    References:
        Decision 26/2026/QĐ-TTg, Annex III, form 02.

    >>> [kind.slug for kind in evidence_kinds("qd26-2026")][:3]
    ['business-registration', 'production-eligibility', 'input-origin']
    """
    from ocop.procedure.dossier_rules import dossier_rules

    return dossier_rules(edition_id, catalog).evidence
