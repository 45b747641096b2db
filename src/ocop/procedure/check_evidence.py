"""Whether the papers of a dossier are all there and in order on a day; a part of `check_dossier`."""

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import frozen

from ocop.criteria.model import CriteriaSet
from ocop.errors import Problem, nearest, pointer, shortened
from ocop.procedure.dossier_rules import DossierRules
from ocop.procedure.evidence import EvidenceItem, EvidenceKind
from ocop.scoring.checks import MAX_HINTS


@frozen
class EvidenceCheck:
    """One check of a dossier's papers."""

    rules: DossierRules
    criteria_set: CriteriaSet
    on: date
    round_day: date | None = None
    refreshed_since: date | None = None
    """The recognition since which dated papers must be refreshed; None where none need be."""

    def missing(self, papers: tuple[EvidenceItem, ...], choices: Mapping[str, object]) -> Iterator[Problem]:
        """Yield the evidence that the set, or a choice, needs and that is not there; each kind once."""
        there = {item.kind for item in papers}
        wants = self.rules.wanted(self.criteria_set, choices)
        missing = [want for want in wants if not any(kind.slug in there for kind in want.evidence)]
        alone = [want.evidence[0] for want in missing if len(want.evidence) == 1]
        for want in missing:
            if len(want.evidence) > 1 and any(kind in alone for kind in want.evidence):
                continue  # told already: the paper that is missing for itself would serve here too
            slugs, forms = " | ".join(kind.slug for kind in want.evidence), self.rules.forms
            if want.claims:
                claims = ", ".join(f"{code} ({choices[code]})" for code in want.claims)
                yield Problem.of(
                    "evidence-missing-for-claim",
                    "/evidence",
                    expected=slugs,
                    evidence=want.label,
                    claims=claims,
                    annex=forms,
                )
            else:
                yield Problem.of("evidence-missing", "/evidence", expected=slugs, evidence=want.label, annex=forms)

    def papers(self, papers: tuple[EvidenceItem, ...]) -> Iterator[Problem]:
        """Yield what is wrong with each paper: its kind, its day of issue, its last day."""
        kinds = {kind.slug: kind for kind in self.rules.evidence}
        unknown = 0
        for index, item in enumerate(papers):
            kind = kinds.get(item.kind)
            if kind is None:
                where = pointer("evidence", index, "kind")
                hint = nearest(item.kind, kinds) if unknown < MAX_HINTS else None
                unknown += 1
                got = shortened(item.kind)
                yield Problem.of("evidence-unknown", where, expected=", ".join(kinds), got=got, hint=hint)
            else:
                yield from self._issue(pointer("evidence", index, "issued"), item, kind)
                yield from self._term(pointer("evidence", index, "expires"), item, kind)

    def _issue(self, where: str, item: EvidenceItem, kind: EvidenceKind) -> Iterator[Problem]:
        if item.issued is None:
            if kind.dated:
                yield Problem.of("evidence-undated", where, evidence=kind.label, annex=self.rules.forms)
        elif item.issued > self.on:
            yield Problem.of("day-in-future", where, expected=f"≤ {self.on}", got=str(item.issued))
        elif kind.dated and self.refreshed_since is not None and item.issued < self.refreshed_since:
            if item.expires is not None or (kind.expires and item.unlimited):
                return  # a stated term that still runs will do; `_term` tells one that is over
            yield Problem.of(
                "evidence-not-refreshed",
                where,
                expected=f"≥ {self.refreshed_since}",
                got=str(item.issued),
                evidence=kind.label,
                article=self.rules.article(self.rules.articles.contents),
            )

    def _term(self, where: str, item: EvidenceItem, kind: EvidenceKind) -> Iterator[Problem]:
        ends, article = item.expires, self.rules.article(self.rules.articles.contents)
        if ends is None:
            if kind.expires and not item.unlimited:
                yield Problem.of("evidence-term-missing", where, evidence=kind.label, annex=self.rules.forms)
            return
        code, least = None, self.on
        if item.unlimited:
            yield Problem.of("evidence-term-contradicts", where, got=str(ends), evidence=kind.label)
        elif item.issued is not None and ends < item.issued:
            code, least = "evidence-days-reversed", item.issued
        elif ends < self.on:
            code = "evidence-expired"
        elif self.round_day is not None and ends < self.round_day:
            code, least = "evidence-expires-before-round", self.round_day
        if code is not None:
            yield Problem.of(code, where, expected=f"≥ {least}", got=str(ends), evidence=kind.label, article=article)
