"""What differs between two criteria sets, by slug: what was added, dropped, re-weighted or marked otherwise."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attrs import frozen

from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Rule
from ocop.display import Shown
from ocop.model.stars import Rank
from ocop.text import Label, Language, checked_language, lines_text


@frozen
class Difference:
    """One value that differs: a number of points, a star, a printed number."""

    field: str
    """Its name: ``max_points``, ``points``, ``minimum_for``, ``code``, ``part``, ``case`` or ``additive``."""
    old: str | int | None
    new: str | int | None


@frozen
class OptionChange:
    """An option that stands in both sets, with other values."""

    old: Option
    new: Option
    differences: tuple[Difference, ...]


@frozen
class CriterionChange:
    """A criterion that stands in both sets, with other values or options."""

    old: Criterion
    new: Criterion
    differences: tuple[Difference, ...]
    """What differs in the criterion itself."""
    added: tuple[Option, ...]
    """The options of the new one alone, in the printed order."""
    dropped: tuple[Option, ...]
    """The options of the old one alone, in the printed order."""
    changed: tuple[OptionChange, ...]
    """The options of both whose values differ."""


@frozen
class RuleChange:
    """A rule of one of the sets alone."""

    rule: Rule
    criterion: Criterion | None
    """The criterion beside which it is printed; None where it stands at the head of the set."""


@frozen
class Comparison(Shown):
    """What differs between two criteria sets. `ocop.compare` makes it.

    Criteria and options are the same thing where they have the same slug; a slug is never given to two things. A rule
    is the same where its effect, its cause and its criteria are; where it is printed otherwise, it counts as two.
    """

    old: CriteriaSet
    new: CriteriaSet
    parts: tuple[tuple[str, Difference], ...]
    """The parts whose maxima differ, by code."""
    added: tuple[Criterion, ...]
    """The criteria of the new set alone, in its printed order."""
    dropped: tuple[Criterion, ...]
    """The criteria of the old set alone, in its printed order."""
    changed: tuple[CriterionChange, ...]
    """The criteria of both that differ, in the new set's printed order."""
    same: tuple[Criterion, ...]
    """The criteria of both that do not differ."""
    rules_added: tuple[RuleChange, ...]
    """The rules of the new set alone, in its order."""
    rules_dropped: tuple[RuleChange, ...]
    """The rules of the old set alone, in its order."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        rules = self.rules_added or self.rules_dropped
        return not (self.parts or self.added or self.dropped or self.changed or rules)

    def text(self, lang: Language = "vi") -> str:
        """Return the comparison as lines of text.

        Raises:
            ValueError: for another language.
        """
        return lines_text(_lines(self, checked_language(lang)))

    def __str__(self) -> str:
        return self.text()

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as JSON-like values, criteria and options by slug."""
        return {
            "old": self.old.id,
            "new": self.new.id,
            "parts": {code: _pair(each) for code, each in self.parts},
            "added": [_criterion(each) for each in self.added],
            "dropped": [_criterion(each) for each in self.dropped],
            "changed": [
                {
                    "criterion": each.new.slug,
                    "differences": {one.field: _pair(one) for one in each.differences},
                    "added": [_option(option) for option in each.added],
                    "dropped": [_option(option) for option in each.dropped],
                    "changed": [
                        {
                            "option": option.new.slug,
                            "differences": {one.field: _pair(one) for one in option.differences},
                        }
                        for option in each.changed
                    ],
                }
                for each in self.changed
            ],
            "same": [each.slug for each in self.same],
            "rules": {
                "added": [_rule(each, self.new) for each in self.rules_added],
                "dropped": [_rule(each, self.old) for each in self.rules_dropped],
            },
        }


def compare(old: CriteriaSet, new: CriteriaSet) -> Comparison:
    """Return what differs between two sets, by slug.

    >>> import ocop
    >>> found = compare(ocop.criteria_set("qd26-2026/tea"), ocop.criteria_set("qd26-2026/herbal-infusions"))
    >>> [criterion.slug for criterion in found.dropped][:2], len(found.same)
    (['leaf-shape-and-colour'], 27)
    >>> [change.rule.cause for change in found.rules_added]
    []
    """
    before = {criterion.slug: criterion for criterion in old.criteria}
    after = {criterion.slug: criterion for criterion in new.criteria}
    changed: list[CriterionChange] = []
    same: list[Criterion] = []
    for slug, criterion in after.items():
        if slug in before:
            change = _changed(before[slug], criterion, old, new)
            if change is None:
                same.append(criterion)
            else:
                changed.append(change)
    maxima = {part.code: part.max_points for part in old.parts}, {part.code: part.max_points for part in new.parts}
    return Comparison(
        old=old,
        new=new,
        parts=tuple(
            (code, Difference("max_points", maxima[0].get(code), maxima[1].get(code)))
            for code in maxima[0] | maxima[1]
            if maxima[0].get(code) != maxima[1].get(code)
        ),
        added=tuple(criterion for slug, criterion in after.items() if slug not in before),
        dropped=tuple(criterion for slug, criterion in before.items() if slug not in after),
        changed=tuple(changed),
        same=tuple(same),
        rules_added=_rules_alone(new, old),
        rules_dropped=_rules_alone(old, new),
    )


def _rules_alone(one: CriteriaSet, other: CriteriaSet) -> tuple[RuleChange, ...]:
    """Return the rules of `one` that `other` lacks."""
    known = {_rule_key(rule, other) for rule in other.rules}
    return tuple(
        RuleChange(rule, None if rule.criterion is None else one.criterion(rule.criterion))
        for rule in one.rules
        if _rule_key(rule, one) not in known
    )


def _rule_key(rule: Rule, the_set: CriteriaSet) -> tuple[Any, ...]:
    """Return what makes a rule the same in two sets: its criteria by slug, as their numbers differ."""

    def slug(code: str | None) -> str | None:
        return None if code is None else the_set.criterion(code).slug

    stopping = tuple(sorted(the_set.criterion(code).slug for code in rule.criteria))
    return rule.effect, rule.cause, slug(rule.criterion), slug(rule.depends_on), stopping


def _changed(old: Criterion, new: Criterion, old_set: CriteriaSet, new_set: CriteriaSet) -> CriterionChange | None:
    before, after = {each.slug: each for each in old.options}, {each.slug: each for each in new.options}
    options = tuple(
        OptionChange(before[slug], option, found)
        for slug, option in after.items()
        if slug in before and (found := tuple(_differences(_values_of(before[slug]), _values_of(option))))
    )
    change = CriterionChange(
        old=old,
        new=new,
        differences=tuple(_differences(_head_of(old, old_set), _head_of(new, new_set))),
        added=tuple(option for slug, option in after.items() if slug not in before),
        dropped=tuple(option for slug, option in before.items() if slug not in after),
        changed=options,
    )
    return change if change.differences or change.added or change.dropped or change.changed else None


def _head_of(criterion: Criterion, the_set: CriteriaSet) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "part": the_set.part_of(criterion.code).code,
        "max_points": criterion.max_points,
        "minimum_for": _number(criterion.minimum_for),
        "additive": "yes" if criterion.additive else None,
    }


def _values_of(option: Option) -> dict[str, Any]:
    return {"points": option.points, "minimum_for": _number(option.minimum_for), "case": option.case}


def _number(star: Rank | None) -> int | None:
    return None if star is None else int(star)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for name, value in old.items():
        if value != new[name]:
            yield Difference(name, value, new[name])


def _pair(difference: Difference) -> list[str | int | None]:
    return [difference.old, difference.new]


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {"criterion": criterion.slug, "code": criterion.code, "max_points": criterion.max_points}


def _option(option: Option) -> dict[str, Any]:
    return {"option": option.slug, "points": option.points, "minimum_for": _number(option.minimum_for)}


def _rule(change: RuleChange, the_set: CriteriaSet) -> dict[str, Any]:
    effect, cause, criterion, depends_on, stopping = _rule_key(change.rule, the_set)
    found = {"effect": effect.value, "cause": cause, "criterion": criterion, "depends_on": depends_on}
    return {name: value for name, value in found.items() if value is not None} | (
        {"criteria": list(stopping)} if stopping else {}
    )


EFFECTS: Final[Mapping[Effect, Label]] = {
    Effect.DISQUALIFIED: Label("loại hồ sơ", "disqualified"),
    Effect.NOT_EVALUATED: Label("không đánh giá", "not evaluated"),
    Effect.REQUIRED: Label("không thuộc diện đánh giá", "not eligible"),
    Effect.EVALUATION_STOPS: Label("dừng đánh giá", "evaluation stops"),
    Effect.APPLIES_ONLY_IF: Label("điều kiện áp dụng", "condition"),
    Effect.CHOOSE_ONE_CASE: Label("chọn một trường hợp", "one case is chosen"),
    Effect.EVIDENCE: Label("minh chứng", "evidence"),
}
"""What a rule does, in words."""

_TEXTS: Final[Mapping[str, Label]] = {
    "head": Label("So sánh {} ({}) với {} ({})", "{} ({}) compared with {} ({})"),
    "nothing": Label("Không có gì khác.", "Nothing differs."),
    "maximum": Label("Phần {}: tối đa {} → {}", "Part {}: maximum {} → {}"),
    "added": Label("Tiêu chí mới:", "Criteria added:"),
    "dropped": Label("Tiêu chí không còn:", "Criteria dropped:"),
    "changed": Label("Tiêu chí thay đổi:", "Criteria changed:"),
    "same": Label("Giữ nguyên: {} tiêu chí.", "Unchanged: {} criteria."),
    "criterion": Label("  {} {} (tối đa {})", "  {} {} (maximum {})"),
    "rules-added": Label("Quy tắc mới:", "Rules added:"),
    "rules-dropped": Label("Quy tắc không còn:", "Rules dropped:"),
    "option-added": Label("      + {}: {}{}", "      + {}: {}{}"),
    "option-dropped": Label("      − {}: {}{}", "      − {}: {}{}"),
    "worth": Label("{} điểm", "{} points"),
    "worth-one": Label("{} điểm", "{} point"),
    "option-changed": Label("      {}: {}", "      {}: {}"),
    "star": Label(", tối thiểu của {}", ", minimum for {}"),
    "code": Label("số {} → {}", "number {} → {}"),
    "part": Label("phần {} → {}", "part {} → {}"),
    "max_points": Label("tối đa {} → {}", "maximum {} → {}"),
    "points": Label("điểm {} → {}", "points {} → {}"),
    "minimum_for": Label("tối thiểu của {} → {}", "minimum for {} → {}"),
    "case": Label("trường hợp {} → {}", "case {} → {}"),
    "additive": Label("cộng điểm các ô: {} → {}", "ticks that add up: {} → {}"),
}


def _named(difference: Difference, value: str | int | None, the_set: CriteriaSet, lang: Language) -> str | int | None:
    """Return the value of a field as it is printed: a star, or a class, by its name."""
    if difference.field != "minimum_for":
        return value
    return next((band.star.label.get(lang) for band in the_set.edition.bands if band.star == value), value)


def _lines(found: Comparison, lang: Language) -> Iterator[str]:
    def say(name: str, *values: object) -> str:
        return _TEXTS[name].get(lang).format(*("–" if value is None else value for value in values))

    def star(option: Option) -> str:
        return "" if option.minimum_for is None else say("star", option.minimum_for.label.get(lang))

    def worth(option: Option) -> str:
        return say("worth-one" if option.points == 1 else "worth", option.points)

    def listed(differences: tuple[Difference, ...]) -> str:
        return "; ".join(
            say(each.field, _named(each, each.old, found.old, lang), _named(each, each.new, found.new, lang))
            for each in differences
        )

    def headed(name: str, criteria: tuple[Criterion, ...]) -> Iterator[str]:
        if criteria:
            yield say(name)
            for each in criteria:
                yield say("criterion", each.code, each.label.get(lang), each.max_points)

    def ruled(name: str, rules: tuple[RuleChange, ...]) -> Iterator[str]:
        if rules:
            yield say(name)
        for each in rules:
            at = "" if each.criterion is None else f"{each.criterion.code} {each.criterion.label.get(lang)}: "
            words = each.rule.label.get(lang)
            yield "  " + at + EFFECTS[each.rule.effect].get(lang) + (f" – {words}" if words else "")

    old, new = found.old, found.new
    yield say("head", old.label.get(lang), old.id, new.label.get(lang), new.id)
    if found.is_empty:
        yield say("nothing")
        return
    for code, part in found.parts:
        yield say("maximum", code, part.old, part.new)
    yield from headed("added", found.added)
    yield from headed("dropped", found.dropped)
    if found.changed:
        yield say("changed")
    for change in found.changed:
        head = say("criterion", change.new.code, change.new.label.get(lang), change.new.max_points)
        yield f"{head}: {listed(change.differences)}" if change.differences else head
        for option in change.added:
            yield say("option-added", option.label.get(lang), worth(option), star(option))
        for option in change.dropped:
            yield say("option-dropped", option.label.get(lang), worth(option), star(option))
        for both in change.changed:
            yield say("option-changed", both.new.label.get(lang), listed(both.differences))
    yield from ruled("rules-added", found.rules_added)
    yield from ruled("rules-dropped", found.rules_dropped)
    yield say("same", len(found.same))
