"""What an edition asks of a dossier: its parts, the commune's points, the evidence, and what each kind adds."""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final

from attrs import evolve, field, frozen

from ocop.canonical import NOT_IN_JSON
from ocop.convert import make_converter, structured
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet
from ocop.errors import UnknownIdError
from ocop.model.stars import Level
from ocop.procedure.evidence import Claim, EvidenceKind, Medium
from ocop.procedure.kinds import DossierKind
from ocop.text import NO_LABEL, Label

FILE: Final = "dossier.json"


class DossierPart(Enum):
    """A part that a dossier may need, besides its evidence."""

    REGISTRATION = "registration"
    SELF_ASSESSMENT = "self-assessment"
    COMMUNE_REPORT = "commune-report"
    PROPOSAL = "proposal"
    SAMPLES = "samples"


@frozen
class PartRule:
    """Where a part of the dossier begins to be needed."""

    part: DossierPart
    handed_to: Level
    """A dossier handed to this level, or to a higher one, needs the part."""
    form: str | None = None
    """The number of its printed form; None where it has none."""


@frozen
class KindRule:
    """What one kind of dossier needs beyond the others.

    References:
        Decision 26/2026/QĐ-TTg, Article 6.
    """

    kind: DossierKind
    after_recognition: bool = False
    """Whether the product is recognised already: the dossier must name the certificate and its day."""
    shows_changes: bool = False
    """Whether it must show what changed since the recognition."""
    refreshes: bool = False
    """Whether it must bring the edition's updates, and refresh every dated paper."""


@frozen
class CommunePoint:
    """One of the points that the commune reports on."""

    slug: str
    criteria: tuple[str, ...]
    """The slugs of the criteria that it bears on."""
    label: Label = field(default=NO_LABEL, metadata=NOT_IN_JSON)


@frozen
class UpdateKind:
    """Something that a re-evaluation must bring up to date."""

    slug: str
    criteria: tuple[str, ...] = ()
    """It is needed by sets that have a criterion with one of these slugs; without any, by every set."""
    label: Label = field(default=NO_LABEL, metadata=NOT_IN_JSON)

    def needed_by(self, criteria_set: CriteriaSet) -> bool:
        """Return whether a re-evaluation by this set needs it."""
        return not self.criteria or any(criterion.slug in self.criteria for criterion in criteria_set.criteria)


@frozen
class DossierArticles:
    """Where the decision says what: the numbers of its articles, and the annex of the forms."""

    contents: str
    forms: str
    media: str


@frozen
class Want:
    """Evidence that a dossier needs: at least one paper of some kinds."""

    evidence: tuple[EvidenceKind, ...]
    """The kinds of which one is enough."""
    claims: tuple[str, ...] = ()
    """The codes of the criteria whose choices claim it, in the printed order; empty where it is always needed."""

    @property
    def label(self) -> Label:
        """The kinds' names."""
        names = [kind.label for kind in self.evidence]
        return Label(" hoặc ".join(name.vi for name in names), " or ".join(name.en for name in names))


@frozen
class DossierRules:
    """An edition's rules on dossiers.

    References:
        Decision 26/2026/QĐ-TTg, Articles 6 and 7, Annex III.

    >>> rules = dossier_rules("qd26-2026")
    >>> [point.label.en for point in rules.commune_points][:2]
    ['Local inputs', 'Local labour']
    """

    articles: DossierArticles
    media: tuple[Medium, ...]
    """The media of which one is enough."""
    parts: tuple[PartRule, ...]
    commune_points: tuple[CommunePoint, ...]
    kinds: tuple[KindRule, ...]
    updates: tuple[UpdateKind, ...]
    evidence: tuple[EvidenceKind, ...]
    claims: tuple[Claim, ...]
    decision: str = field(default="", metadata=NOT_IN_JSON)
    """The decision's number and sign."""

    def of_kind(self, kind: DossierKind) -> KindRule:
        """Return what a dossier of `kind` needs beyond the others.

        Raises:
            UnknownIdError: where the edition has no such kind of dossier.
        """
        for rule in self.kinds:
            if rule.kind is kind:
                return rule
        raise UnknownIdError("kind of dossier", kind.value, None, tuple(rule.kind.value for rule in self.kinds))

    def part(self, part: DossierPart, handed_to: Level) -> PartRule | None:
        """Return the rule on `part` where a dossier handed to that level needs it, or None."""
        levels = list(Level)
        for rule in self.parts:
            if rule.part is part and levels.index(rule.handed_to) <= levels.index(handed_to):
                return rule
        return None

    def wanted(self, criteria_set: CriteriaSet, choices: Mapping[str, object]) -> tuple[Want, ...]:
        """Return the evidence that these choices by `criteria_set` need: what is always needed first, then by claim.

        Criteria not filled in, and letters that a criterion lacks, claim nothing.

        >>> import ocop
        >>> tea = ocop.criteria_set("qd26-2026/tea")
        >>> [(want.label.en, want.claims) for want in dossier_rules("qd26-2026").wanted(tea, {"3.5": "b"})][2:]
        [('Intellectual property papers', ('3.5',))]
        """
        kinds = {kind.slug: kind for kind in self.evidence}
        always = [kind.slug for kind in self.evidence if kind.needed_by(criteria_set)]
        criteria = {criterion.slug: criterion for criterion in criteria_set.criteria}
        claimed: dict[tuple[str, ...], list[str]] = {}
        for claim in self.claims:
            criterion = criteria.get(claim.criterion)
            if criterion is not None and claim.made(criterion, choices.get(criterion.code), criteria_set):
                claimed.setdefault(claim.evidence, []).append(criterion.code)
        order = [criterion.code for criterion in criteria_set.criteria]
        wants = [Want((kinds[slug],)) for slug in always]
        for slugs, codes in claimed.items():
            if not any(slug in always for slug in slugs):
                claims = tuple(sorted(set(codes), key=order.index))
                wants.append(Want(tuple(kinds[slug] for slug in slugs), claims))
        return tuple(wants)

    def article(self, number: str) -> Label:
        """Return the citation of an article of the decision.

        >>> dossier_rules("qd26-2026").article("6").en
        'Decision 26/2026/QĐ-TTg, Article 6'
        """
        return Label(f"Quyết định {self.decision}, Điều {number}", f"Decision {self.decision}, Article {number}")

    @property
    def forms(self) -> Label:
        """The citation of the annex that prints the forms."""
        annex = self.articles.forms
        return Label(f"Quyết định {self.decision}, Phụ lục {annex}", f"Decision {self.decision}, Annex {annex}")


@lru_cache(maxsize=32)
def dossier_rules(edition_id: str, catalog: Catalog = PACKAGED) -> DossierRules:
    """Return the rules on dossiers of the edition with this id.

    Raises:
        UnknownIdError: where there is no such edition, or it has no rules on dossiers.

    >>> [kind.kind.value for kind in dossier_rules("qd26-2026").kinds]
    ['first', 'upgrade', 're-evaluation']
    """
    edition = catalog.edition(edition_id)
    tables = catalog.labels(edition_id).tables
    try:
        data: Any = catalog.json(edition_id, FILE)
    except FileNotFoundError:
        raise UnknownIdError(f"{FILE} in the edition", edition_id) from None
    rules = structured(make_converter(), data, DossierRules)

    def supported(kind: EvidenceKind) -> tuple[str, ...]:
        return tuple(dict.fromkeys(claim.criterion for claim in rules.claims if kind.slug in claim.evidence))

    words, points = tables["evidence"], tables["commune-points"]
    return evolve(
        rules,
        decision=edition.decision,
        evidence=tuple(
            evolve(kind, criteria=supported(kind), label=words.get(kind.slug, NO_LABEL)) for kind in rules.evidence
        ),
        updates=tuple(evolve(kind, label=words.get(f"update/{kind.slug}", NO_LABEL)) for kind in rules.updates),
        commune_points=tuple(evolve(point, label=points.get(point.slug, NO_LABEL)) for point in rules.commune_points),
    )
