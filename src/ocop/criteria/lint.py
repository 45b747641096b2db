"""Whether a criteria set, or an edition, is sound: what no schema can say."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_lowercase
from typing import Final

from attrs import field, frozen

from ocop.criteria.edition import Edition
from ocop.criteria.model import (
    CriteriaSet,
    Criterion,
    Effect,
    Erratum,
    Field,
    Option,
    Part,
    Rule,
    Section,
)
from ocop.errors import Problem, Report, pointer, shortened
from ocop.model.stars import Rank
from ocop.text import LANGUAGES, NO_LABEL, Label

MAX_LABEL: Final = 160
"""The most characters that a label may have."""
NAME: Final = re.compile(r"(?=.{1,64}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
"""The form of an edition's id and of a set's name, of at most 64 characters: they name folders and files as well."""
SUMS: Final = frozenset({"set-parts-differ", "set-sum-wrong", "set-max-wrong"})
"""The flaws that a set may have that says of itself that it is not complete."""

_RULE_KEYS: Final = {
    Effect.APPLIES_ONLY_IF: {"cause", "criterion", "depends_on"},
    Effect.CHOOSE_ONE_CASE: {"criterion"},
}
"""The keys that a rule of each effect must have, and may have; of the other effects, see `_rule`."""


def lint(criteria_set: CriteriaSet) -> Report:
    """Return every flaw of a set: an empty report proves it sound.

    Its parts are those of its edition, every maximum is the sum (or the best option) below it, letters run a, b, c …,
    points and minimums ascend within a case, codes and slugs are unique, rules name what exists, every label is there.

    >>> import ocop
    >>> lint(ocop.criteria_set("qd26-2026/tea")).ok
    True
    """
    return Report([*_set(criteria_set)], subject=criteria_set.id)


def flaws(criteria_set: CriteriaSet) -> list[Problem]:
    """Return the flaws of a set but for `SUMS`, where it says of itself that it is not complete.

    >>> import ocop
    >>> flaws(ocop.criteria_set("qd26-2026/tea"))
    []
    """
    found = lint(criteria_set).problems
    return [problem for problem in found if criteria_set.complete or problem.code not in SUMS]


def _set(the_set: CriteriaSet) -> Iterator[Problem]:
    yield from _label(the_set.label, "", the_set.id)
    if the_set.cited_as != NO_LABEL:
        yield from _label(the_set.cited_as, "/cited_as", the_set.id)
    expected = [(part.code, part.max_points) for part in the_set.edition.parts]
    found = [(part.code, part.max_points) for part in the_set.parts]
    if found != expected:
        yield Problem.of(
            "set-parts-differ",
            "/parts",
            edition=the_set.edition.id,
            expected=_listed(expected),
            got=_listed(found),
        )
    known = _Known(
        {int(band.star) for band in the_set.edition.bands[1:]},
        {rule.criterion for rule in the_set.rules if rule.effect is Effect.CHOOSE_ONE_CASE},
    )
    for index, part in enumerate(the_set.parts):
        yield from _heading(part, pointer("parts", index), known)
    for slug, count in Counter(criterion.slug for criterion in the_set.criteria).items():
        if count > 1:
            yield Problem.of("set-slug-repeated", "/parts", slug=slug)
    scored = {criterion.code for criterion in the_set.criteria}
    seen: set[tuple[object, ...]] = set()
    for index, rule in enumerate(the_set.rules):
        where = pointer("rules", index)
        yield from _rule(rule, where, the_set, scored)
        if (key := (rule.effect, rule.cause, rule.criterion)) in seen:
            yield Problem.of("set-rule-repeated", where)
        seen.add(key)
    yield from _circles(the_set)
    for index, erratum in enumerate(the_set.errata):
        where = pointer("errata", index)
        yield from _label(erratum.label, where, erratum.why)
        if erratum.criterion not in scored:
            yield Problem.of("set-note-target", where + "/criterion", code=erratum.criterion)
        elif erratum.adopted != _stands(the_set.criterion(erratum.criterion), erratum):
            yield Problem.of("set-erratum-wrong", where, code=erratum.criterion, got=str(erratum.adopted))
    notes = [(pointer("remarks", index), remark) for index, remark in enumerate(the_set.remarks)]
    notes += [(pointer("open_issues", index), issue) for index, issue in enumerate(the_set.open_issues)]
    for where, remark in notes:
        yield from _label(remark.label, where, remark.remark)
        if remark.criterion is not None and remark.criterion not in scored:
            yield Problem.of("set-note-target", where + "/criterion", code=remark.criterion)


@frozen
class _Known:
    """What is gathered once, so that each criterion is looked at in no more time where there are many."""

    stars: set[int]
    """The stars that may have a minimum: all but the lowest."""
    in_cases: set[str | None]
    """The criteria of which a rule says that one case is chosen."""
    codes: set[str] = field(factory=set[str])
    """The codes seen so far."""


def _stands(criterion: Criterion, erratum: Erratum) -> int | None:
    """Return the number that stands in the set where the erratum says that one was adopted."""
    if erratum.field is Field.MAX_POINTS:
        return criterion.max_points
    return next((option.points for option in criterion.options if option.letter == erratum.option), None)


def _listed(parts: list[tuple[str, int]]) -> str:
    return ", ".join(f"{code} {points}" for code, points in parts)


def _heading(node: Part | Section, where: str, known: _Known) -> Iterator[Problem]:
    yield from _code(node.code, where, known.codes)
    yield from _label(node.label, where, node.slug)
    below = sum(item.max_points for item in node.items)
    if below != node.max_points:
        at = where + "/max_points"
        yield Problem.of("set-sum-wrong", at, code=node.code, expected=str(below), got=str(node.max_points))
    for index, item in enumerate(node.items):
        at = where + pointer("items", index)
        if isinstance(item, Section):
            yield from _heading(item, at, known)
        else:
            yield from _code(item.code, at, known.codes)
            yield from _criterion(item, at, known)


def _code(code: str, where: str, codes: set[str]) -> Iterator[Problem]:
    if code in codes:
        yield Problem.of("set-code-repeated", where + "/code", code=code)
    codes.add(code)


def _criterion(criterion: Criterion, where: str, known: _Known) -> Iterator[Problem]:
    code, options = criterion.code, criterion.options
    yield from _label(criterion.label, where, criterion.slug)
    best = criterion.best
    if best != criterion.max_points:
        at = where + "/max_points"
        yield Problem.of("set-max-wrong", at, code=code, expected=str(best), got=str(criterion.max_points))
    if criterion.letters != tuple(ascii_lowercase[: len(options)]):
        got = ", ".join(criterion.letters)
        yield Problem.of("set-letters-wrong", where + "/options", code=code, got=got)
    slugs: set[str] = set()
    for index, option in enumerate(options):
        at = where + pointer("options", index)
        yield from _label(option.label, at, f"{criterion.slug}/{option.slug}")
        if option.case is not None:
            yield from _label(option.case_label, at, f"{criterion.slug}/{option.case}")
        if option.slug in slugs:
            yield Problem.of("set-option-repeated", at + "/slug", code=code, slug=option.slug)
        slugs.add(option.slug)
        yield from _minimum(option.minimum_for, at, criterion, known)
    yield from _minimum(criterion.minimum_for, where, criterion, known)
    if not criterion.additive:
        yield from _order(criterion, where)
    cases = {option.case for option in options}
    if cases != {None}:
        if None in cases or len(cases) < 2:
            yield Problem.of("set-case-alone", where + "/options", code=code)
        if code not in known.in_cases:
            yield Problem.of("set-case-rule-missing", where, code=code)


def _minimum(star: Rank | None, where: str, criterion: Criterion, known: _Known) -> Iterator[Problem]:
    if star is not None and star not in known.stars:
        yield Problem.of("set-minimum-lowest", where + "/minimum_for", code=criterion.code, got=str(star))


def _order(criterion: Criterion, where: str) -> Iterator[Problem]:
    cases: dict[str | None, list[tuple[int, Option]]] = {}
    for place in enumerate(criterion.options):
        cases.setdefault(place[1].case, []).append(place)
    for options in cases.values():
        for (_, before), (index, after) in pairwise(options):
            if after.points < before.points:
                at = where + pointer("options", index, "points")
                yield Problem.of("set-points-fall", at, code=criterion.code, got=f"{before.points}, {after.points}")
        marked = [(index, option.minimum_for) for index, option in options if option.minimum_for is not None]
        for (_, star), (index, later) in pairwise(marked):
            if later <= star:
                at = where + pointer("options", index, "minimum_for")
                yield Problem.of("set-minimums-fall", at, code=criterion.code, got=f"{star}, {later}")


def _rule(rule: Rule, where: str, the_set: CriteriaSet, scored: set[str]) -> Iterator[Problem]:
    given = {key for key in ("cause", "criterion", "depends_on", "criteria") if getattr(rule, key)}
    needed = _RULE_KEYS.get(rule.effect, {"cause"})
    allowed = needed | {"criterion"}
    if rule.effect is Effect.EVALUATION_STOPS:
        allowed |= {"criteria"}
    for key in ("cause", "criterion", "depends_on", "criteria"):
        if (key in needed and key not in given) or (key in given and key not in allowed):
            yield Problem.of("set-rule-incomplete", where, effect=rule.effect.value, key=key)
    if rule.cause:
        yield from _label(rule.label, where, rule.cause)
    named = [("criterion", rule.criterion), ("depends_on", rule.depends_on)]
    named += [(f"criteria/{index}", code) for index, code in enumerate(rule.criteria)]
    for key, code in named:
        if code is not None and code not in scored:
            yield Problem.of("set-rule-target", f"{where}/{key}", code=code)
    if rule.effect is Effect.CHOOSE_ONE_CASE and rule.criterion in scored:
        options = the_set.criterion(rule.criterion).options
        if all(option.case is None for option in options):
            yield Problem.of("set-case-alone", f"{where}/criterion", code=rule.criterion)


def _circles(the_set: CriteriaSet) -> Iterator[Problem]:
    needs = {rule.criterion: rule.depends_on for rule in the_set.rules if rule.effect is Effect.APPLIES_ONLY_IF}
    circle: set[str | None] = set()
    seen: set[str | None] = {None}
    for start in needs:
        chain: dict[str | None, None] = {}
        code = start
        while code in needs and code not in seen:
            seen.add(code)
            chain[code] = None
            code = needs[code]
        if code in chain:  # what comes after `code` in the chain leads back to it
            codes = list(chain)
            circle.update(codes[codes.index(code) :])
    for index, rule in enumerate(the_set.rules):
        if rule.effect is Effect.APPLIES_ONLY_IF and rule.criterion in circle:
            yield Problem.of("set-rule-circle", pointer("rules", index, "depends_on"), code=rule.criterion)


def _label(label: Label, where: str, key: str) -> Iterator[Problem]:
    for lang in LANGUAGES:
        text = label.get(lang)
        if not text.strip():
            yield Problem.of("label-missing", where, key=key, lang=lang)
        elif len(text) > MAX_LABEL:
            yield Problem.of("label-too-long", where, key=key, lang=lang, got=str(len(text)))


def lint_edition(edition: Edition) -> Report:
    """Return every flaw of an edition: its name, its bands, its parts, its dates, its register of sets.

    >>> import ocop
    >>> lint_edition(ocop.edition("qd26-2026")).ok
    True
    """
    return Report([*_edition(edition)], subject=edition.id)


def _edition(edition: Edition) -> Iterator[Problem]:
    if not NAME.fullmatch(edition.id):
        yield Problem.of("edition-name-unsafe", "/id", got=shortened(edition.id))
    floors = [band.floor for band in edition.bands]
    stars = [int(band.star) for band in edition.bands]
    ascending = all(a < b for row in (floors, stars) for a, b in pairwise(row))
    if not ascending or floors[0] != 0 or floors[-1] > edition.max_points:
        got = ", ".join(f"{star}★ {floor}" for star, floor in zip(stars, floors, strict=True))
        yield Problem.of("edition-bands-wrong", "/bands", got=got)
    total = sum(part.max_points for part in edition.parts)
    if total != edition.max_points:
        yield Problem.of("edition-parts-wrong", "/parts", expected=str(edition.max_points), got=str(total))
    if edition.in_force_to is not None and edition.in_force_to < edition.in_force_from:
        yield Problem.of("edition-dates-wrong", "/in_force_to", got=edition.in_force_to.isoformat())
    before = edition.in_force_from
    for index, amendment in enumerate(edition.amendments):
        day = amendment.in_force_from
        if day < before or (edition.in_force_to is not None and day > edition.in_force_to):
            at = pointer("amendments", index, "in_force_from")
            yield Problem.of("edition-amendments-wrong", at, got=day.isoformat())
        before = max(before, day)
    seen: set[str | int] = set()
    for i, group in enumerate(edition.groups):
        yield from _label(group.label, pointer("groups", i), group.slug)
        for j, subgroup in enumerate(group.subgroups):
            yield from _label(subgroup.label, pointer("groups", i, "subgroups", j), subgroup.slug)
            for k, entry in enumerate(subgroup.sets):
                at = pointer("groups", i, "subgroups", j, "sets", k)
                yield from _label(entry.label, at, entry.slug)
                if not NAME.fullmatch(entry.slug):
                    yield Problem.of("edition-name-unsafe", at + "/slug", got=shortened(entry.slug))
                for name in (entry.slug, entry.number):
                    if name in seen:
                        yield Problem.of("edition-set-repeated", at, name=name)
                    seen.add(name)
                for ministry in entry.ministries:
                    yield from _label(ministry.label, at, ministry.slug)
    for index, band in enumerate(edition.bands):
        if band.slug is not None:
            yield from _label(band.label, pointer("bands", index), band.slug)
    for index, amendment in enumerate(edition.amendments):
        yield from _label(amendment.label, pointer("amendments", index), amendment.slug)
    for index, part in enumerate(edition.parts):
        yield from _label(part.label, pointer("parts", index), part.slug)
    yield from _label(edition.source.label, "/source", edition.source.slug)
