"""Score sheets for property tests: valid ones, and ones with a planted fault; constructed, never filtered."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from attrs import frozen
from hypothesis import strategies as st

from ocop.criteria.catalog import PACKAGED
from ocop.criteria.model import Choice, CriteriaSet, Criterion, Effect
from ocop.documents.kinds import to_document
from ocop.errors import pointer
from ocop.scoring.sheet import ScoreSheet

Draw = Callable[[st.SearchStrategy[Any]], Any]


def findings_of(criteria_set: CriteriaSet) -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy for the findings that an evaluator may list with a set."""
    if not criteria_set.findings:
        return st.just(())
    return st.lists(st.sampled_from(criteria_set.findings), unique=True, max_size=3).map(tuple)


@st.composite
def score_sheets(
    draw: Draw,
    criteria_set: str | CriteriaSet | None = None,
    *,
    findings: bool = True,
) -> ScoreSheet:
    """Return a strategy for valid score sheets.

    Args:
        criteria_set: a set or its id; None draws one of the packaged sets of all editions that are complete.
        findings: whether the sheets may list findings, and so lead to no star.

    >>> from hypothesis import given
    >>> import ocop
    >>> @given(score_sheets("qd26-2026/tea"))
    ... def total_stays_in_range(sheet):
    ...     assert 0 <= ocop.score(sheet).total <= 100
    >>> total_stays_in_range()
    """
    the_set = _set_of(draw, criteria_set)
    # Points first for what others depend on, so that no drawn sheet has to be thrown away.
    needs = {rule.criterion: rule.depends_on for rule in the_set.rules if rule.effect is Effect.APPLIES_ONLY_IF}
    best = draw(st.sampled_from([0, 3, 10, 60]))
    choices: dict[str, Choice] = {}
    for criterion in sorted(the_set.criteria, key=lambda each: each.code in needs):
        other = needs.get(criterion.code)
        free = other is None or the_set.criterion(other).points_of(choices[other]) > 0
        choices[criterion.code] = draw(_choice(criterion, best if free else 0, free))
    ordered = {criterion.code: choices[criterion.code] for criterion in the_set.criteria}
    found = draw(findings_of(the_set)) if findings and draw(st.integers(0, 4)) == 0 else ()
    return ScoreSheet(the_set.id, ordered, found, product=draw(_names), evaluator=draw(_names))


_names: Final = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


def _set_of(draw: Draw, criteria_set: str | CriteriaSet | None) -> CriteriaSet:
    if isinstance(criteria_set, CriteriaSet):
        return criteria_set
    if criteria_set is not None:
        return PACKAGED.criteria_set(criteria_set)
    chosen: CriteriaSet = draw(st.sampled_from(_complete()))
    return chosen


@cache
def _complete() -> tuple[CriteriaSet, ...]:
    """Return the packaged sets that are scored without more ado, the newest edition first: examples shrink to it."""
    newest_first = [each for edition in reversed(PACKAGED.editions()) for each in PACKAGED.sets(edition.id)]
    return tuple(each for each in newest_first if each.complete)


def _choice(criterion: Criterion, best: int, free: bool) -> st.SearchStrategy[Choice]:
    """Return a strategy for a choice: the top option comes `best` times more, so that high stars come too."""
    options = [option for option in criterion.options if free or option.points == 0]
    allowed = [option.letter for option in options]
    if criterion.additive:
        ticks = st.lists(st.sampled_from(allowed), unique=True).map(tuple) if allowed else st.just(())
        return st.one_of(st.none(), ticks, *[st.just(tuple(allowed))] * min(best, 3))
    ascending = sorted(options, key=lambda option: option.points)  # in cases the best need not be the last
    return st.sampled_from([None, *allowed, *[option.letter for option in ascending[-1:]] * best])


@frozen
class Fault:
    """A sheet with one planted fault: the document, and the problem that the report must show."""

    name: str
    """The kind of fault, one of `FAULTS`."""
    document: dict[str, Any]
    code: str
    """The code of the problem."""
    pointer: str
    """Where the problem must be reported."""


FAULTS: Final[dict[str, str]] = {
    "missing-criterion": "criterion-missing",
    "unknown-criterion": "criterion-unknown",
    "unknown-option": "option-unknown",
    "capital-letter": "option-unknown",
    "not-filled-in": "choice-empty",
    "number": "choice-not-a-letter",
    "true": "choice-not-a-letter",
    "several-options": "several-options",
    "unknown-finding": "finding-unknown",
    "repeated-finding": "finding-repeated",
    "points-without-what-they-need": "depends-on-criterion",
    "both-cases": "both-cases",
    "unknown-set": "set-unknown",
    "unknown-key": "key-unknown",
    "missing-key": "key-missing",
    "unknown-kind": "kind-unknown",
}
"""Each kind of fault that `faulty_sheets` plants, and the code that its report shows."""


@st.composite
def faulty_sheets(draw: Draw, name: str | None = None) -> Fault:
    """Return a strategy for sheets with exactly one planted fault.

    Args:
        name: one of `FAULTS`; None draws one.

    Raises:
        KeyError: for an unknown name.

    >>> from hypothesis import given
    >>> import ocop
    >>> @given(faulty_sheets("unknown-option"))
    ... def is_reported(fault):
    ...     assert fault.code in ocop.validate(fault.document).codes
    >>> is_reported()
    """
    kind: str = draw(st.sampled_from(sorted(FAULTS))) if name is None else name
    code = FAULTS[kind]
    the_set: CriteriaSet = draw(st.sampled_from([each for each in _complete() if _fits(kind, each)]))
    document = to_document(draw(score_sheets(the_set, findings=False)))
    choices: dict[str, Any] = dict(document["choices"])
    document["choices"] = choices
    return Fault(kind, document, code, _plant(draw, kind, document, choices, the_set))


def _fits(kind: str, the_set: CriteriaSet) -> bool:
    """Return whether a fault can be planted in a sheet of this set."""
    effects = {rule.effect for rule in the_set.rules}
    match kind:
        case "both-cases":
            return Effect.CHOOSE_ONE_CASE in effects
        case "points-without-what-they-need":
            return Effect.APPLIES_ONLY_IF in effects
        case "unknown-finding" | "repeated-finding":
            return bool(the_set.findings)
        case _:
            return True


def _plant(draw: Draw, name: str, document: dict[str, Any], choices: dict[str, Any], the_set: CriteriaSet) -> str:
    """Plant the fault in `document`, and return where it is to be reported."""
    criterion: Criterion = draw(st.sampled_from(the_set.criteria))
    match name:
        case "missing-criterion":
            del choices[criterion.code]
        case "unknown-criterion":
            choices["99.9"] = "a"
            return pointer("choices", "99.9")
        case "unknown-option":
            choices[criterion.code] = draw(st.sampled_from(["z", "c ", "ab", "á"]))
        case "capital-letter":
            choices[criterion.code] = criterion.options[0].letter.upper()
        case "not-filled-in":
            choices[criterion.code] = ""
        case "number":
            choices[criterion.code] = draw(st.integers(0, 9))
        case "true":
            choices[criterion.code] = draw(st.booleans())
        case "several-options":
            choices[criterion.code] = [criterion.options[0].letter]
        case "unknown-finding":
            document["findings"] = [the_set.findings[0], "no-such-finding"]
            return "/findings/1"
        case "repeated-finding":
            document["findings"] = [the_set.findings[0]] * 2
            return "/findings/1"
        case "points-without-what-they-need":
            rule = next(rule for rule in the_set.rules if rule.effect is Effect.APPLIES_ONLY_IF)
            choices[str(rule.depends_on)] = None
            choices[str(rule.criterion)] = the_set.criterion(str(rule.criterion)).options[-1].letter
            return pointer("choices", str(rule.criterion))
        case "both-cases":
            criterion = next(each for each in the_set.criteria if each.options[0].case is not None)
            choices[criterion.code] = [criterion.options[0].letter, criterion.options[-1].letter]
        case "unknown-set":
            document["criteria_set"] = the_set.id + "x"
            return "/criteria_set"
        case "unknown-key":
            document["chủ đề"] = 1
            return "/chủ đề"
        case "missing-key":
            del document["choices"]
            return "/choices"
        case _:
            document["kind"] = "score-shet"
            return "/kind"
    return pointer("choices", criterion.code)
