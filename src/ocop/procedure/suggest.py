"""From facts to choices: the options that the facts support, each with its reason and the evidence that it needs."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, Final

from attrs import field, frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion
from ocop.model.products import Product
from ocop.model.subjects import Subject
from ocop.procedure.dossier_rules import dossier_rules
from ocop.procedure.evidence import Claim
from ocop.procedure.facts import Facts
from ocop.procedure.known import FACTS, Known, known_facts, shown
from ocop.procedure.rights import Unknown
from ocop.procedure.ties import Entry, distinct, ties
from ocop.text import NO_LABEL, FrozenDict, Label, Language, checked_language, lines_text

Tables = dict[str, dict[str, Label]]
NOT_TIED: Final = "options-not-tied"
"""The remark on a criterion with an option that the edition does not tie to facts: one of a set of somebody's own."""


@frozen
class Suggestion:
    """The option that the facts support in one criterion."""

    criterion: str
    """The criterion's code."""
    slug: str
    """The criterion's slug."""
    option: str | None
    """The option's letter; None where the facts show that no printed option is met, which is 0 points."""
    reason: Label
    """The facts that decide, in words; of a sensitive one only its name."""
    facts: tuple[str, ...]
    """The same facts, by slug."""
    evidence: tuple[str, ...]
    """The kinds of paper, by slug, that form 02 accepts for this choice; empty for a choice without points."""


@frozen
class Silent:
    """A criterion that the edition ties to facts, and for which nothing is suggested."""

    criterion: str
    """The criterion's code."""
    slug: str
    """The criterion's slug."""
    missing: tuple[str, ...] = ()
    """What may have to be known, by slug; some of it may turn out not to matter once the rest is known."""
    remark: Label = NO_LABEL
    """Why the facts do not settle it although they are known: the printed words leave it open."""


@frozen
class Suggestions:
    """What the facts support by one criteria set; `suggest_choices` makes it.

    References:
        Decision 26/2026/QĐ-TTg, Annex II (criteria) and form 02 of Annex III (evidence).
    """

    criteria_set: CriteriaSet
    suggestions: tuple[Suggestion, ...]
    """In the printed order."""
    silent: tuple[Silent, ...]
    """In the printed order."""
    labels: FrozenDict[str, Label] = field(repr=False)
    """The words for the evidence and the missing facts: by ``"evidence/…"`` and ``"facts/…"``."""

    @cached_property
    def choices(self) -> FrozenDict[str, str | None]:
        """The suggested letters by criterion, for `ScoreSheet.with_choices`; None says that no option is met."""
        return FrozenDict({each.criterion: each.option for each in self.suggestions})

    def explain(self, lang: Language = "vi") -> str:
        """Return the suggestions in plain sentences, and what is still to be found out.

        Raises:
            ValueError: for a language other than ``"vi"`` and ``"en"``.

        >>> found = suggest_choices(None, None, Facts(agents=6), "qd26-2026/tea")
        >>> print(found.explain("en").splitlines()[2])
        No choice follows from the facts.
        """
        return lines_text(_lines(self, checked_language(lang)))

    def to_json(self) -> dict[str, Any]:
        """Return the suggestions as a JSON-like document, without its kind."""
        from ocop.canonical import plain

        return {
            "criteria_set": {"id": self.criteria_set.id, "digest": self.criteria_set.digest},
            "suggestions": [plain(each) for each in self.suggestions],
            "silent": [plain(each) for each in self.silent],
        }


def suggest_choices(
    subject: Subject | None,
    product: Product | None,
    facts: Facts,
    criteria_set: CriteriaSet | str,
    *,
    catalog: Catalog = PACKAGED,
) -> Suggestions:
    """Return the options that the facts support, in the criteria that the edition ties to facts.

    The option suggested is the best one whose printed words the facts fit, where it is known that no better one fits.
    Nothing is guessed: where a better option may fit, or the printed words have no place for the facts, the criterion
    stays silent and says what would settle it. An evaluator decides in the end.

    Args:
        subject: who brings the product; None is unknown.
        product: the product; None is unknown.
        facts: what else is known.
        criteria_set: the set, or its id.
        catalog: where the editions are.

    Raises:
        UnknownIdError: where there is no such set, or its edition ties no facts or has no rules on dossiers.
        DocumentError: where the edition's tie is wrong; the report has every problem.

    References:
        Decision 26/2026/QĐ-TTg, Annex II; form 02 of Annex III.

    >>> from fractions import Fraction
    >>> found = suggest_choices(None, None, Facts(local_inputs_share=Fraction(3, 4)), "qd26-2026/tea")
    >>> [(each.criterion, each.option, each.reason.en, each.evidence) for each in found.suggestions]
    [('1.1', 'c', 'share of inputs from the province: 75%', ('input-origin',))]
    >>> [(each.criterion, each.missing) for each in found.silent][:3:2]
    [('1.5', ('linkage-output-share', 'linkage-months')), ('3.2', ('legal-representative',))]
    """
    found = catalog.criteria_set(criteria_set) if isinstance(criteria_set, str) else criteria_set
    edition_id = found.edition.id
    tied, rules = ties(edition_id, catalog), dossier_rules(edition_id, catalog)
    tables = catalog.labels(edition_id).tables
    known = known_facts(subject, product, facts)
    answers = [
        _Answering(criterion, tied[criterion.slug], known, tables).answer(found, rules.claims)
        for criterion in found.criteria
        if criterion.slug in tied
    ]
    suggestions = tuple(answer for answer in answers if isinstance(answer, Suggestion))
    silent = tuple(answer for answer in answers if isinstance(answer, Silent))
    named = {"evidence": [each.evidence for each in suggestions], "facts": [each.missing for each in silent]}
    labels = {f"{kind}/{slug}": _word(tables, kind, slug) for kind in named for slugs in named[kind] for slug in slugs}
    return Suggestions(found, suggestions, silent, FrozenDict(labels))


def _word(tables: Tables, kind: str, slug: str) -> Label:
    """Return the words of a catalogue for `slug`, or `slug` itself where it has none."""
    found = tables[kind].get(slug, NO_LABEL)
    return Label(found.vi or slug, found.en or slug)


@frozen
class _Answering:
    """One criterion beside what is known."""

    criterion: Criterion
    entries: tuple[Entry, ...]
    """How its edition ties it to facts, the best option first; some options may be those of other sets."""
    known: Known
    tables: Tables

    def answer(self, criteria_set: CriteriaSet, claims: Iterable[Claim]) -> Suggestion | Silent:
        letters = {option.slug: option.letter for option in self.criterion.options}
        if not letters.keys() <= {entry.option for entry in self.entries}:
            return self.silent((), NOT_TIED)
        decided: list[str] = []
        open_facts: list[str] = []
        fitting: Entry | None = None
        for entry in self.entries:
            if entry.option is not None and entry.option not in letters:
                continue
            truth = entry.when.truth(self.known)
            if truth.holds is None:
                open_facts += truth.facts
            elif truth.holds:
                # What speaks for the option comes before what speaks against the better ones.
                decided, fitting = [*truth.facts, *decided], entry
                break
            else:
                decided += truth.facts
        if open_facts:
            reasons = [self.known[slug] for slug in distinct(open_facts)]
            unknown = [reason for reason in reasons if isinstance(reason, Unknown)]
            missing = distinct(slug for reason in unknown for slug in reason.missing)
            return self.silent(missing, next((reason.remark for reason in unknown if reason.remark), None))
        if fitting and fitting.remark:
            return self.silent((), fitting.remark)
        letter = letters[fitting.option] if fitting and fitting.option else None
        evidence = (claim.evidence for claim in claims if claim.made(self.criterion, letter, criteria_set))
        facts = distinct(decided)
        return Suggestion(
            self.criterion.code,
            self.criterion.slug,
            letter,
            self.reason(facts),
            facts,
            distinct(slug for slugs in evidence for slug in slugs),
        )

    def silent(self, missing: tuple[str, ...], remark: str | None) -> Silent:
        label = _word(self.tables, "suggestions", remark) if remark else NO_LABEL
        return Silent(self.criterion.code, self.criterion.slug, missing, label)

    def reason(self, facts: tuple[str, ...]) -> Label:
        """Return the facts in words, without the value of a sensitive one."""
        said = [self.said(slug) for slug in facts]
        return Label("; ".join(each.vi for each in said), "; ".join(each.en for each in said))

    def said(self, slug: str) -> Label:
        name, value = _word(self.tables, "facts", slug), self.known[slug]
        if FACTS[slug].sensitive or isinstance(value, Unknown):
            return name
        words = shown(value)
        return Label(f"{name.vi}: {words.vi}", f"{name.en}: {words.en}")


_TEXTS: Final = {
    "set": Label("Bộ tiêu chí: {} ({})", "Criteria set: {} ({})"),
    "suggested": Label("Gợi ý theo dữ kiện; người chấm quyết định:", "What the facts support; an evaluator decides:"),
    "none": Label("Dữ kiện chưa cho gợi ý nào.", "No choice follows from the facts."),
    "line": Label("  - Tiêu chí {} {}: {}. Căn cứ: {}.{}", "  - Criterion {} {}: {}. Reason: {}.{}"),
    "option": Label("phương án {} ({})", "option {} ({})"),
    "nothing": Label("không phương án nào", "no option"),
    "evidence": Label(" Minh chứng: {}.", " Evidence: {}."),
    "or": Label(" hoặc ", " or "),
    "silent": Label("Chưa gợi ý được:", "Not settled:"),
    "open": Label("  - Tiêu chí {} {}:{}{}", "  - Criterion {} {}:{}{}"),
    "missing": Label(" cần biết: {}.", " to be known: {}."),
    "remark": Label(" {}.", " {}."),
}


def _lines(found: Suggestions, lang: Language) -> Iterator[str]:
    """Yield the explanation line by line."""
    the_set, labels = found.criteria_set, found.labels

    def say(name: str, *values: object) -> str:
        return _TEXTS[name].get(lang).format(*values)

    def words(kind: str, slugs: tuple[str, ...]) -> list[str]:
        return [labels[f"{kind}/{slug}"].get(lang) for slug in slugs]

    def criterion(code: str) -> tuple[str, str]:
        return code, the_set.criterion(code).label.get(lang)

    yield say("set", the_set.label.get(lang), the_set.citation.get(lang))
    yield ""
    yield say("suggested") if found.suggestions else say("none")
    for each in found.suggestions:
        option = say("nothing")
        if each.option is not None:
            option = say("option", each.option, the_set.criterion(each.criterion).option(each.option).label.get(lang))
        papers = words("evidence", each.evidence)
        evidence = say("evidence", say("or").join(papers)) if papers else ""
        yield say("line", *criterion(each.criterion), option, each.reason.get(lang), evidence)
    if found.silent:
        yield say("silent")
    for silent in found.silent:
        missing = say("missing", "; ".join(words("facts", silent.missing))) if silent.missing else ""
        remark = say("remark", silent.remark.get(lang)) if silent.remark != NO_LABEL else ""
        yield say("open", *criterion(silent.criterion), missing, remark)
