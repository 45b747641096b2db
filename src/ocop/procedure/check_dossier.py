"""Whether a dossier is complete and in order on a day: every problem at once."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from attrs import frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet
from ocop.errors import Problem, Report, UnknownIdError, nearest, pointer, shortened
from ocop.model.stars import Level
from ocop.procedure.check_evidence import EvidenceCheck
from ocop.procedure.dossier import CommuneReport, Dossier, SelfAssessment
from ocop.procedure.dossier_rules import DossierPart, DossierRules, KindRule, dossier_rules
from ocop.scoring.checks import MAX_HINTS, check
from ocop.text import Label


def check_dossier(
    dossier: Dossier,
    on: date,
    *,
    round_day: date | None = None,
    handed_to: Level = Level.PROVINCE,
    catalog: Catalog = PACKAGED,
) -> Report:
    """Return a report of what the dossier lacks, and what in it is out of date, on the day `on`.

    The edition of the dossier's criteria set gives the rules. Where that is silent, this holds:

    - A paper still holds on its last day.
    - In a re-evaluation, a dated paper is refreshed when it was issued on the day of the recognition or later, or when
      the term that it states still runs.
    - One paper of a kind is enough, and every paper handed in is looked at: one that has expired is told even beside a
      newer one.
    - A choice claims its evidence when it earns points, or where the edition names the options that do.
    - More samples than needed, or samples that are not needed, are no problem.

    Args:
        dossier: what is checked.
        on: the day of the check.
        round_day: the day of the evaluation round; what ends before it is told.
        handed_to: the level that receives the dossier. The commune asks for the subject's part alone, the province
            for the commune's part too.
        catalog: where the criteria set and the rules are looked up.

    References:
        Decision 26/2026/QĐ-TTg, Articles 6 and 7, Annex III.

    >>> from datetime import date
    >>> from ocop.procedure.kinds import DossierKind
    >>> dossier = Dossier("d1", DossierKind.FIRST, "green-tea", "tan-cuong", "qd26-2026/tea")
    >>> check_dossier(dossier, date(2026, 9, 1), handed_to=Level.COMMUNE).codes[:3]
    ('medium-missing', 'dossier-registration-missing', 'dossier-self-assessment-missing')
    """
    try:
        criteria_set = catalog.criteria_set(dossier.criteria_set)
        rules = dossier_rules(criteria_set.edition.id, catalog)
        kind = rules.of_kind(dossier.kind)
    except UnknownIdError as error:
        code, where = _UNKNOWN.get(error.what, ("dossier-rules-missing", "/criteria_set"))
        got = shortened(error.wanted)
        return Report([Problem.of(code, where, got=got, hint=error.hint)], subject=dossier.id)
    checker = _Checker(dossier, criteria_set, rules, kind, on, round_day, handed_to)
    return Report(checker.problems(), subject=dossier.id)


_UNKNOWN: Final = {
    "criteria set": ("set-unknown", "/criteria_set"),
    "kind of dossier": ("dossier-kind-unknown", "/kind"),
}
"""What an id that names nothing is told as, and where; of any other, there are no rules to check by."""


@frozen
class _Checker:
    """One check of one dossier; each method yields the problems of one part, in the order of `Dossier`'s fields."""

    dossier: Dossier
    criteria_set: CriteriaSet
    rules: DossierRules
    kind: KindRule
    on: date
    round_day: date | None
    handed_to: Level

    @property
    def article(self) -> Label:
        return self.rules.article(self.rules.articles.contents)

    def problems(self) -> Iterator[Problem]:
        dossier = self.dossier
        yield from self.not_in_future("/handed_in", dossier.handed_in)
        if not any(medium in self.rules.media for medium in dossier.media):
            yield Problem.of(
                "medium-missing",
                "/media",
                expected=" | ".join(medium.value for medium in self.rules.media),
                article=self.rules.article(self.rules.articles.media),
            )
        yield from self.registration()
        yield from self.self_assessment()
        yield from self.commune_report()
        yield from self.samples()
        yield from self.evidence()
        yield from self.recognition()
        yield from self.changes()
        yield from self.updates()

    def not_in_future(self, where: str, day: date | None) -> Iterator[Problem]:
        if day is not None and day > self.on:
            yield Problem.of("day-in-future", where, expected=f"≤ {self.on}", got=str(day))

    def form(self, part: DossierPart, there: bool) -> Iterator[Problem]:
        """Yield that a part which is needed is not there."""
        rule = self.rules.part(part, self.handed_to)
        if rule is not None and not there:
            code, where = f"dossier-{part.value}-missing", "/" + part.value.replace("-", "_")
            yield Problem.of(code, where, form=rule.form, article=self.article)

    def signed(self, part: DossierPart, day: date | None) -> Iterator[Problem]:
        rule = self.rules.part(part, self.handed_to)
        where = f"/{part.value.replace('-', '_')}/signed"
        if rule is not None and day is None:
            yield Problem.of("form-unsigned", where, form=rule.form, annex=self.rules.forms)
        yield from self.not_in_future(where, day)

    def registration(self) -> Iterator[Problem]:
        form = self.dossier.registration
        yield from self.form(DossierPart.REGISTRATION, form is not None)
        if form is not None:
            yield from self.signed(DossierPart.REGISTRATION, form.signed)

    def self_assessment(self) -> Iterator[Problem]:
        form = self.dossier.self_assessment
        yield from self.form(DossierPart.SELF_ASSESSMENT, form is not None)
        if form is not None:
            yield from self.sheet(form)
            yield from self.signed(DossierPart.SELF_ASSESSMENT, form.signed)

    def sheet(self, form: SelfAssessment) -> Iterator[Problem]:
        expected, found = self.criteria_set.id, form.sheet.criteria_set
        if found != expected:
            where = "/self_assessment/sheet/criteria_set"
            yield Problem.of("self-assessment-other-set", where, expected=expected, got=shortened(found))
            return
        for problem in check(form.sheet.choices, form.sheet.findings, self.criteria_set):
            yield problem.below("/self_assessment/sheet")
        codes = [criterion.code for criterion in self.criteria_set.criteria]
        unknown = [code for code in form.answers if code not in codes]
        for place, code in enumerate(unknown):
            where = pointer("self_assessment", "answers", code)
            hint = nearest(code, codes) if place < MAX_HINTS else None
            yield Problem.of("criterion-unknown", where, set=expected, got=shortened(code), hint=hint)

    def commune_report(self) -> Iterator[Problem]:
        form = self.dossier.commune_report
        yield from self.form(DossierPart.COMMUNE_REPORT, form is not None)
        if form is not None:
            yield from self.points(form)
            yield from self.signed(DossierPart.COMMUNE_REPORT, form.signed)
            if self.rules.part(DossierPart.PROPOSAL, self.handed_to) and not (form.proposal or "").strip():
                yield Problem.of("proposal-missing", "/commune_report/proposal", article=self.article)
            yield from self.not_in_future("/commune_report/proposed", form.proposed)

    def points(self, form: CommuneReport) -> Iterator[Problem]:
        known = [point.slug for point in self.rules.commune_points]
        if self.rules.part(DossierPart.COMMUNE_REPORT, self.handed_to):
            for point in self.rules.commune_points:
                if not form.points.get(point.slug, "").strip():
                    where = pointer("commune_report", "points", point.slug)
                    yield Problem.of("commune-point-missing", where, point=point.label, article=self.article)
        unknown = [slug for slug in form.points if slug not in known]
        for place, slug in enumerate(unknown):
            where = pointer("commune_report", "points", slug)
            hint = nearest(slug, known) if place < MAX_HINTS else None
            yield Problem.of("commune-point-unknown", where, expected=", ".join(known), got=shortened(slug), hint=hint)

    def samples(self) -> Iterator[Problem]:
        samples = self.dossier.samples
        _, _, entry = self.criteria_set.edition.place_of(self.criteria_set.slug)
        if entry.samples and self.rules.part(DossierPart.SAMPLES, self.handed_to):
            if samples is None:
                yield Problem.of("samples-missing", "/samples", expected=str(entry.samples), article=self.article)
            elif samples.count < entry.samples:
                yield Problem.of(
                    "samples-too-few",
                    "/samples/count",
                    expected=f"≥ {entry.samples}",
                    got=str(samples.count),
                    article=self.article,
                )
        if samples is not None:
            yield from self.not_in_future("/samples/handed_in", samples.handed_in)

    def evidence(self) -> Iterator[Problem]:
        form, papers = self.dossier.self_assessment, self.dossier.evidence
        fits = form is not None and form.sheet.criteria_set == self.criteria_set.id
        since = self.dossier.recognised_on if self.kind.refreshes else None
        checks = EvidenceCheck(self.rules, self.criteria_set, self.on, self.round_day, since)
        yield from checks.missing(papers, form.sheet.choices if form is not None and fits else {})
        yield from checks.papers(papers)

    def recognition(self) -> Iterator[Problem]:
        certificate, recognised = self.dossier.previous_certificate, self.dossier.recognised_on
        kind, article = self.dossier.kind.label, self.article
        if self.kind.after_recognition:
            if not (certificate or "").strip():
                yield Problem.of("previous-certificate-missing", "/previous_certificate", kind=kind, article=article)
            if recognised is None:
                yield Problem.of("recognition-day-missing", "/recognised_on", kind=kind, article=article)
        else:
            for where, value in (("/previous_certificate", certificate), ("/recognised_on", recognised)):
                if value is not None:
                    yield Problem.of(
                        "previous-recognition-unexpected", where, got=shortened(str(value)), kind=kind, article=article
                    )
        yield from self.not_in_future("/recognised_on", recognised)

    def changes(self) -> Iterator[Problem]:
        changes = self.dossier.changes
        if self.kind.shows_changes and not any(change.what.strip() for change in changes):
            yield Problem.of("changes-missing", "/changes", article=self.article)
        for index, change in enumerate(changes):
            yield from self.since(pointer("changes", index, "on"), change.on)

    def updates(self) -> Iterator[Problem]:
        updates = self.dossier.updates
        kinds = {kind.slug: kind for kind in self.rules.updates}
        if self.kind.refreshes:
            for slug, kind in kinds.items():
                if slug not in updates and kind.needed_by(self.criteria_set):
                    yield Problem.of(
                        "update-missing", pointer("updates", slug), update=kind.label, article=self.article
                    )
        unknown = 0
        for slug, day in updates.items():
            where = pointer("updates", slug)
            if slug not in kinds:
                hint = nearest(slug, kinds) if unknown < MAX_HINTS else None
                unknown += 1
                yield Problem.of("update-unknown", where, expected=", ".join(kinds), got=shortened(slug), hint=hint)
            yield from self.since(where, day)

    def since(self, where: str, day: date | None) -> Iterator[Problem]:
        """Yield that a change or an update is not of the time since the recognition."""
        recognised = self.dossier.recognised_on
        if day is not None and recognised is not None and day < recognised:
            yield Problem.of("before-recognition", where, expected=f"≥ {recognised}", got=str(day))
        yield from self.not_in_future(where, day)
