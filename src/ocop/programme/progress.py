"""How far a portfolio is from a programme's targets, on a day; and how far it came since an earlier one.

`ocop.programme.judge` says by what rule a target is met, on course, behind, missed or unknown.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import field, frozen

from ocop.canonical import plain
from ocop.display import Shown
from ocop.errors import DocumentError, Problem, Report, UnknownIdError, nearest
from ocop.programme.check_portfolio import later, problems_of
from ocop.programme.indicators import INDICATORS, indicator
from ocop.programme.judge import Status, TargetProgress, judged
from ocop.programme.measure import Value
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import Programme, check_programme
from ocop.programme.view import View
from ocop.text import Language


@frozen(kw_only=True)
class TargetChange:
    """What became of one target between two days."""

    id: str
    before: TargetProgress
    after: TargetProgress

    @property
    def difference(self) -> Fraction | int | None:
        """By how much its value grew; None where one of the two is not known, or it is yes or no."""
        old, new = self.before.value, self.after.value
        if old is None or new is None or isinstance(new, bool) or isinstance(old, bool):
            return None
        return new - old

    @property
    def added(self) -> tuple[str, ...]:
        """The ids that are counted since."""
        known = set(self.before.counted)
        return tuple(each for each in self.after.counted if each not in known)

    @property
    def dropped(self) -> tuple[str, ...]:
        """The ids that are no longer counted."""
        known = set(self.after.counted)
        return tuple(each for each in self.before.counted if each not in known)


@frozen(kw_only=True)
class Comparison(Shown):
    """The same programme on two days, target by target."""

    earlier: "Progress"
    later: "Progress"
    changes: tuple[TargetChange, ...]

    def explain(self, lang: Language = "vi") -> str:
        """Return it as lines of text."""
        from ocop.programme.progress_text import explain_comparison

        return explain_comparison(self, lang)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-like values; shares are written as fractions, such as ``"3/4"``."""
        return {
            "programme": self.later.programme.id,
            "from": self.earlier.on.isoformat(),
            "to": self.later.on.isoformat(),
            "targets": [
                {
                    "id": each.id,
                    "before": {"status": each.before.status.value, "value": _json(each.before.value)},
                    "after": {"status": each.after.status.value, "value": _json(each.after.value)},
                    "difference": _json(each.difference),
                    "added": list(each.added),
                    "dropped": list(each.dropped),
                }
                for each in self.changes
            ],
        }


@frozen(kw_only=True)
class Progress(Shown):
    """Where every target of a programme stands on a day.

    >>> from ocop.programme.programmes import programme
    >>> result = programme("huong-tra-2019-2020").progress(Portfolio(), date(2020, 6, 30))
    >>> print(result.explain("en"))
    OCOP programme of Hương Trà town 2019–2020
    On 2020-06-30: 0 of 1 targets met; 1 unknown.
    <BLANKLINE>
    [unknown] Every commune names a product (products per commune: at least 1; by 2020-12-31)
        Not known. Due by that day: 74.8 %.
        Needed: the list of communes.
        Scope: each commune and ward of the town.
        Remark: The number holds for each commune or ward, not in total.
    """

    programme: Programme
    on: date
    portfolio: str = ""
    """The name of the portfolio."""
    targets: tuple[TargetProgress, ...]
    """In the order of the programme."""
    problems: Report = field(default=Report())
    """What about the portfolio is inconsistent, and what in it is later than the day and was not counted."""

    def target(self, target_id: str) -> TargetProgress:
        """Return where the target with this id stands.

        Raises:
            UnknownIdError: where there is none; it names the nearest.
        """
        known = {each.id: each for each in self.targets}
        if target_id not in known:
            raise UnknownIdError("target", target_id, nearest(target_id, known), tuple(known))
        return known[target_id]

    def having(self, status: Status) -> tuple[TargetProgress, ...]:
        """Return those of the targets that have this status."""
        return tuple(each for each in self.targets if each.status is status)

    def compare(self, earlier: "Progress") -> Comparison:
        """Return what changed since an earlier day, target by target: for a yearly report.

        Raises:
            DocumentError: where the other one is of another programme (``progress-other-programme``), or of a later day
                (``progress-not-earlier``).
        """
        problems: list[Problem] = []
        if earlier.programme != self.programme:
            expected, got = self.programme.id, earlier.programme.id
            problems.append(Problem.of("progress-other-programme", expected=expected, got=got))
        if earlier.on > self.on:
            problems.append(Problem.of("progress-not-earlier", expected=f"≤ {self.on}", got=str(earlier.on)))
        if problems:
            raise DocumentError(Report(problems))
        changes = [
            TargetChange(id=after.id, before=before, after=after)
            for before, after in zip(earlier.targets, self.targets, strict=True)
        ]
        return Comparison(earlier=earlier, later=self, changes=tuple(changes))

    def explain(self, lang: Language = "vi") -> str:
        """Return it as lines of text: each target with its value, what is lacking, how it was counted, and remarks."""
        from ocop.programme.progress_text import explain

        return explain(self, lang)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON-like values; shares are written as fractions, such as ``"3/4"``."""
        return {
            "programme": self.programme.id,
            "on": self.on.isoformat(),
            "portfolio": self.portfolio,
            "counts": {status.value: len(self.having(status)) for status in Status},
            "targets": [_target(each) for each in self.targets],
            "problems": self.problems.to_dict().get("problems", []),
        }


def progress(programme: Programme, portfolio: Portfolio, on: date) -> Progress:
    """Return how far `portfolio` is from each target of `programme` on the day `on`.

    Raises:
        DocumentError: for a day before the programme's start (``programme-not-begun``), and for a programme that is
            inconsistent by `check_programme`.
    """
    report = check_programme(programme)
    if not report.ok:
        raise DocumentError(report)
    if on < programme.start:
        problem = Problem.of("programme-not-begun", start=programme.start, expected=f"≥ {programme.start}", got=str(on))
        raise DocumentError(Report([problem], subject=programme.id))
    view = View(portfolio)
    found = [judged(each, indicator(each.indicator), view, on) for each in programme.targets]
    problems = Report([*problems_of(view), *later(portfolio, on)], subject=portfolio.name or None)
    return Progress(programme=programme, on=on, portfolio=portfolio.name, targets=tuple(found), problems=problems)


def _target(found: TargetProgress) -> dict[str, Any]:
    target, measured = found.target, found.measured
    base = INDICATORS[target.indicator].base
    between = measured.least is not None and not measured.settled
    row: dict[str, Any] = {
        "id": found.id,
        "label": plain(target.label),
        "status": found.status.value,
        "comparator": target.comparator.value,
        "value": _json(found.value),
        "target": _json(target.floor),
        "unit": plain(target.unit),
        "deadline": target.deadline.isoformat(),
        "gap": _json(found.gap),
        "due": _json(found.due),
        "counted": list(found.counted),
        "missing": [{"data": each.data, "of": list(each.of), "label": plain(each.label)} for each in measured.missing],
        "why": [plain(each) for each in found.why],
    }
    optional: Mapping[str, Any] = {
        "most": _json(target.ceiling),
        "between": [_json(measured.least), _json(measured.most)] if between else None,
        "base": None if base is None else {"label": plain(base), "size": measured.base},
        "years": dict(found.years) or None,
        "scope": plain(target.scope) if target.scope.vi else None,
        "source": target.source or None,
        "remark": plain(target.remark) if target.remark.vi else None,
    }
    return row | {key: value for key, value in optional.items() if value is not None}


def _json(value: Value) -> str | int | bool | None:
    """Return a whole number as it is, and any other fraction as text."""
    if not isinstance(value, Fraction):
        return value
    return int(value) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
