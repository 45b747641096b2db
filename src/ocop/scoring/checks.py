"""Whether a sheet fits its criteria set: every problem at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from ocop.criteria.model import CriteriaSet, Criterion, Effect
from ocop.errors import Problem, nearest, pointer, shortened
from ocop.scoring.sheet import UNFILLED

MAX_HINTS: Final = 50
"""For how many wrong names the nearest right one is looked up: a sheet of 10,000 is not a slip of the pen."""


def check(choices: Mapping[Any, Any], findings: Sequence[Any], criteria_set: CriteriaSet) -> Iterator[Problem]:
    """Yield what is wrong with the choices and findings for `criteria_set`: missing and unknown first, then the rules.

    The values may be of any type; nothing is raised.
    """
    for criterion in criteria_set.criteria:
        if criterion.code in choices:
            yield from _choice(criterion, choices[criterion.code])
        else:
            yield Problem.of(
                "criterion-missing",
                pointer("choices", criterion.code),
                criterion=criterion.code,
                expected=_expected(criterion),
            )
    codes = {criterion.code for criterion in criteria_set.criteria}
    unknown = [code for code in choices if code not in codes]
    for place, code in enumerate(unknown):
        hint = nearest(code, codes) if place < MAX_HINTS else None
        where = pointer("choices", str(code))
        yield Problem.of("criterion-unknown", where, set=criteria_set.id, got=shortened(code), hint=hint)
    yield from _rules(choices, criteria_set)
    yield from _findings(findings, criteria_set)


def _expected(criterion: Criterion) -> str:
    letters = ", ".join(criterion.letters)
    return f"[{letters}], null" if criterion.additive else f"{letters}, null"


def _choice(criterion: Criterion, choice: Any) -> Iterator[Problem]:
    letters = criterion.letters
    if criterion.additive:
        yield from _ticks(criterion, choice)
        return
    if choice is None or (isinstance(choice, str) and choice in letters):
        return
    hint = None
    if choice == UNFILLED:
        code = "choice-empty"
    elif isinstance(choice, str):
        code, hint = "option-unknown", nearest(choice, letters)
    elif isinstance(choice, (list, tuple)):
        known = [option.case for option in criterion.options if option.letter in choice]
        code = "both-cases" if len(set(known)) > 1 else "several-options"
    else:
        code = "choice-not-a-letter"
    yield Problem.of(
        code,
        pointer("choices", criterion.code),
        criterion=criterion.code,
        expected=_expected(criterion),
        got=shortened(choice),
        hint=hint,
    )


def _ticks(criterion: Criterion, choice: Any) -> Iterator[Problem]:
    """Yield what is wrong with the ticks in a criterion whose ticks add up."""
    where, name, expected = pointer("choices", criterion.code), criterion.code, _expected(criterion)
    if choice == UNFILLED:
        yield Problem.of("choice-empty", where, criterion=name, expected=expected, got=shortened(choice))
    elif isinstance(choice, (list, tuple)):
        seen: set[str] = set()
        for index, letter in enumerate(choice):
            at, got = f"{where}/{index}", shortened(letter)
            if isinstance(letter, str) and letter in seen:
                yield Problem.of("tick-repeated", at, criterion=name, got=got)
            elif letter not in criterion.letters:
                hint = nearest(letter, criterion.letters) if index < MAX_HINTS else None
                yield Problem.of("option-unknown", at, criterion=name, expected=expected, got=got, hint=hint)
            if isinstance(letter, str):
                seen.add(letter)
    elif choice is not None:
        yield Problem.of("choice-not-a-list", where, criterion=name, expected=expected, got=shortened(choice))


def _points(criterion: Criterion, choice: Any) -> int | None:
    """Return the points of a choice, or None for one that is wrong anyway."""
    return None if any(True for _ in _choice(criterion, choice)) else criterion.points_of(choice)


def _rules(choices: Mapping[Any, Any], criteria_set: CriteriaSet) -> Iterator[Problem]:
    for rule in criteria_set.rules:
        code, other = rule.criterion, rule.depends_on
        if rule.effect is not Effect.APPLIES_ONLY_IF or code is None or other is None:
            continue
        if code in choices and other in choices:
            points = _points(criteria_set.criterion(code), choices[code])
            if points and _points(criteria_set.criterion(other), choices[other]) == 0:
                yield Problem.of(
                    "depends-on-criterion",
                    pointer("choices", code),
                    criterion=code,
                    other=other,
                    cause=rule.label,
                    got=shortened(choices[code]),
                )


def _findings(findings: Sequence[Any], criteria_set: CriteriaSet) -> Iterator[Problem]:
    known = criteria_set.findings
    seen: set[str] = set()
    for index, finding in enumerate(findings):
        where = pointer("findings", index)
        if isinstance(finding, str) and finding in seen:
            yield Problem.of("finding-repeated", where, got=shortened(finding))
        elif finding not in known:
            hint = nearest(finding, known) if index < MAX_HINTS else None
            expected = ", ".join(known) or None
            yield Problem.of(
                "finding-unknown",
                where,
                set=criteria_set.id,
                expected=expected,
                got=shortened(finding),
                hint=hint,
            )
        if isinstance(finding, str):
            seen.add(finding)
