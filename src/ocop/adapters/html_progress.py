"""The progress of a programme as a table: each target, where it stands, and why."""

from fractions import Fraction
from typing import Final

from ocop.adapters.html_tables import problem_table
from ocop.adapters.html_words import Say
from ocop.adapters.markup import MAX_FACT, Html, Piece, Table, cut, folded, joined, listed, tag
from ocop.programme.indicators import INDICATORS
from ocop.programme.judge import Status, TargetProgress
from ocop.programme.measure import Value
from ocop.programme.progress import Progress
from ocop.programme.progress_text import percent
from ocop.programme.targets import Target

_SIGNS: Final = {Status.MET: "✓", Status.ON_COURSE: "→", Status.BEHIND: "!", Status.MISSED: "✗", Status.UNKNOWN: "?"}
_MARKS: Final = {Status.MET: "yes", Status.BEHIND: "no", Status.MISSED: "no"}


def progress_table(progress: Progress, say: Say, full: bool) -> Piece:
    """Return where every target of a programme stands."""
    programme = progress.programme
    rows = Table(
        say("status"), say("target"), say("wanted"), say("value"), say("due"), say("deadline"), numbers=(3, 4, 5)
    )
    for each in progress.targets:
        target = each.target
        status = tag("span", f"{_SIGNS[each.status]} {say.of(each.status.label)}", class_="w")
        value = _value(each, say)
        rows.add(
            status,
            _target(each, say, full),
            _wanted(target, say),
            value,
            None if each.due is None or target.comparator.is_flag else _number(target, each.due, say),
            str(target.deadline),
            mark=_MARKS.get(each.status),
        )
    met = say("summary", len(progress.having(Status.MET)), len(progress.targets))
    facts = (
        (say("portfolio"), progress.portfolio),
        (say("period"), say("from-to", programme.start, programme.end)),
        (say("on"), str(progress.on)),
        (say("found"), met),
        (say("source"), "; ".join(say.of(each) for each in programme.basis)),
    )
    problems = progress.problems.problems
    about = joined(tag("p", say("data"), class_="h"), problem_table(problems, say, full)) if problems else None
    return Piece(say("progress"), say.of(programme.name), facts, joined(rows.html(), about))


def _target(found: TargetProgress, say: Say, full: bool) -> Html:
    """Return a target's name, and behind it how it was counted and judged."""
    target = found.target
    notes = {
        "by-year": ", ".join(f"{year}: {'?' if number is None else number}" for year, number in found.years.items()),
        "needed": "; ".join(say.of(each.label) for each in found.measured.missing),
        "how": "; ".join(map(say.of, found.why)),
        "scope": say.of(target.scope),
        "remark": say.of(target.remark),
    }
    texts = [cut(say(name, text), say.lang, MAX_FACT) for name, text in notes.items() if text]
    label = cut(say.of(target.label), say.lang, MAX_FACT)
    return folded(label, listed(*texts), full=full) if texts else joined(label)


def _wanted(target: Target, say: Say) -> str:
    """Return what a target asks for."""
    comparator = say.of(target.comparator.label)
    if target.comparator.is_flag:
        return comparator
    number = str(target.value) if target.most is None else say("range", target.value, target.most)
    if target.percent:
        text = say("wanted-percent", comparator, number)
    else:
        text = say("wanted-of", say.of(target.unit), comparator, number)
    if target.tolerance is not None:
        text = say("tolerance", text, percent(target.tolerance))
    return say("or-more", text) if target.or_more else text


def _value(found: TargetProgress, say: Say) -> str:
    """Return what was measured, of a share with the numbers behind it; or its bounds."""
    value, measured, target = found.value, found.measured, found.target
    if value is None and measured.least is not None and measured.most is not None:
        return say("between", _number(target, measured.least, say), _number(target, measured.most, say))
    if value is None:
        return say("not-begun" if found.status is Status.ON_COURSE else "not-known")
    if isinstance(value, Fraction) and INDICATORS[target.indicator].is_share and measured.base is not None:
        return say("share-of", percent(value), value * measured.base, measured.base)
    return _number(target, value, say)


def _number(target: Target, value: Value, say: Say) -> str:
    known = INDICATORS[target.indicator]
    if known.is_flag or isinstance(value, bool):
        return say("yes" if value else "no")
    return percent(Fraction(value or 0)) if known.is_share else str(value)
