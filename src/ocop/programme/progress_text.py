"""Progress in plain sentences, in Vietnamese and English."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from ocop.programme.indicators import INDICATORS
from ocop.programme.judge import Status, TargetProgress
from ocop.programme.measure import Value
from ocop.programme.progress import Comparison, Progress
from ocop.programme.targets import Target
from ocop.scoring.explain import exactly
from ocop.text import Label, Language, checked_language, lines_text

SHOWN: Final = 20
"""How many ids of what was counted are printed; the JSON form has them all."""

TEXTS: Final = {
    "on": Label("Ngày {}: {} trên {} chỉ tiêu đạt{}.", "On {}: {} of {} targets met{}."),
    "from-to": Label("Từ {} đến {}.", "From {} to {}."),
    "others": Label("; {} {}", "; {} {}"),
    "target": Label("[{}] {} ({}; đến hết ngày {})", "[{}] {} ({}; by {})"),
    "value": Label("Hiện có: {}.", "So far: {}."),
    "between": Label("Hiện có: {} đến {}, tùy số liệu còn thiếu.", "So far: {} to {}, by what the missing data say."),
    "not-known": Label("Chưa rõ.", "Not known."),
    "not-begun": Label("Chưa tính.", "Not counted yet."),
    "share": Label("{} ({} trên {} {})", "{} ({} of {} {})"),
    "yes": Label("có", "yes"),
    "no": Label("chưa", "no"),
    "gap": Label("Còn thiếu: {}.", "Lacking: {}."),
    "over": Label("Vượt: {}.", "Too many: {}."),
    "due": Label("Đến ngày này cần: {}.", "Due by that day: {}."),
    "years": Label("Từng năm: {}.", "By year: {}."),
    "counted": Label("Đã tính: {}.", "Counted: {}."),
    "more": Label(" và {} mục nữa", " and {} more"),
    "needed": Label("Cần biết: {}.", "Needed: {}."),
    "of": Label("{} ({})", "{} ({})"),
    "how": Label("Cách tính: {}.", "How: {}."),
    "remark": Label("Ghi chú: {}", "Remark: {}"),
    "scope": Label("Phạm vi: {}.", "Scope: {}."),
    "problems": Label("Về số liệu:", "About the data:"),
    "range": Label("{} đến {}", "{} to {}"),
    "or-more": Label(" hoặc hơn", ", or more"),
    "from": Label(" (từ {})", " (from {})"),
    "from-up-to": Label(" (từ {} đến {})", " (from {} to {})"),
    "change": Label("{}: {} → {}", "{}: {} → {}"),
    "grew": Label(" ({})", " ({})"),
    "values": Label("{} → {}{}", "{} → {}{}"),
    "added": Label("Thêm: {}.", "Added: {}."),
    "dropped": Label("Không còn: {}.", "No longer: {}."),
}


def explain(progress: Progress, lang: Language) -> str:
    """Return where every target stands, in sentences."""
    return lines_text(_Explanation(checked_language(lang)).lines(progress))


def explain_comparison(comparison: Comparison, lang: Language) -> str:
    """Return what became of every target between two days, in sentences."""
    return lines_text(_Explanation(checked_language(lang)).changes(comparison))


def percent(share: Fraction) -> str:
    """Return a share in percent with at most one decimal, cut and not rounded, so that it never seems to reach more.

    >>> percent(Fraction(13, 35)), percent(Fraction(2, 5)), percent(Fraction(3999, 10000)), percent(Fraction(-1, 8))
    ('37.1 %', '40 %', '39.9 %', '-12.5 %')
    """
    tenths = abs(share.numerator) * 1000 // share.denominator
    whole, rest = divmod(tenths, 10)
    return f"{'-' if share < 0 else ''}{whole}{f'.{rest}' if rest else ''} %"


class _Explanation:
    """The sentences, in one language."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def say(self, name: str, *values: object) -> str:
        return TEXTS[name].get(self.lang).format(*values)

    def lines(self, progress: Progress) -> Iterator[str]:
        yield progress.programme.name.get(self.lang)
        if progress.portfolio:
            yield progress.portfolio
        others = "".join(
            self.say("others", count, status.label.get(self.lang))
            for status in (Status.ON_COURSE, Status.BEHIND, Status.MISSED, Status.UNKNOWN)
            if (count := len(progress.having(status)))
        )
        yield self.say("on", progress.on, len(progress.having(Status.MET)), len(progress.targets), others)
        for each in progress.targets:
            yield ""
            yield from self.target(each)
        if progress.problems.problems:
            yield ""
            yield self.say("problems")
            yield from progress.problems.text(self.lang).splitlines()[1:]

    def target(self, found: TargetProgress) -> Iterator[str]:
        target = found.target
        yield self.headline(found)
        yield "    " + " ".join(self.standing(found))
        if found.years:
            years = ", ".join(f"{year}: {'?' if number is None else number}" for year, number in found.years.items())
            yield "    " + self.say("years", years)
        if found.counted:
            yield "    " + self.say("counted", self.ids(found.counted))
        if found.measured.missing:
            needed = "; ".join(
                self.say("of", each.label.get(self.lang), self.ids(each.of)) if each.of else each.label.get(self.lang)
                for each in found.measured.missing
            )
            yield "    " + self.say("needed", needed)
        for name, texts in (("how", found.why), ("scope", [target.scope]), ("remark", [target.remark])):
            yield from ("    " + self.say(name, text.get(self.lang)) for text in texts if text.get(self.lang))

    def headline(self, found: TargetProgress) -> str:
        target = found.target
        status, label = found.status.label.get(self.lang), target.label.get(self.lang)
        return self.say("target", status, label, self.wanted(target), target.deadline)

    def wanted(self, target: Target) -> str:
        """Return what the target asks for: its unit, its comparator, its numbers."""
        comparator = target.comparator.label.get(self.lang)
        if target.comparator.is_flag:
            return comparator
        number = str(target.value) if target.most is None else self.say("range", target.value, target.most)
        unit = target.unit.get(self.lang)
        text = f"{comparator} {number} %" if target.percent else f"{unit}: {comparator} {number}"
        if target.tolerance is None:
            return text + self.say("or-more") if target.or_more else text
        shown = [
            percent(each) if target.percent else exactly(each)
            for each in (target.floor, target.ceiling)
            if each is not None
        ]
        return text + self.say("from" if len(shown) == 1 else "from-up-to", *shown)

    def standing(self, found: TargetProgress) -> Iterator[str]:
        measured = found.measured
        if found.value is not None:
            yield self.say("value", self.with_base(found))
        elif measured.least is not None and measured.most is not None:
            yield self.say("between", self.number(found, measured.least), self.number(found, measured.most))
        else:
            yield self.say("not-begun" if found.status is Status.ON_COURSE else "not-known")
        if found.gap and not isinstance(found.value, bool):
            yield self.say("gap" if found.gap > 0 else "over", self.number(found, max(found.gap, -found.gap)))
        if found.due is not None and not found.target.comparator.is_flag and found.status is not Status.MET:
            yield self.say("due", self.number(found, found.due))

    def with_base(self, found: TargetProgress) -> str:
        """Return the value, of a share with the number counted and its named base."""
        value, measured = found.value, found.measured
        base = INDICATORS[found.target.indicator].base
        if base is None or measured.base is None or not isinstance(value, Fraction):
            return self.number(found, value)
        upper = value * measured.base
        return self.say("share", percent(value), upper, measured.base, base.get(self.lang))

    def number(self, found: TargetProgress, value: Value) -> str:
        """Return a number in the form of its indicator: a share in percent, a flag as yes or no."""
        known = INDICATORS[found.target.indicator]
        if known.is_flag or isinstance(value, bool):
            return self.say("yes" if value else "no")
        if known.is_share:
            return percent(Fraction(value or 0))
        return exactly(Fraction(value or 0))

    def ids(self, ids: tuple[str, ...]) -> str:
        shown = ", ".join(ids[:SHOWN])
        return shown if len(ids) <= SHOWN else shown + self.say("more", len(ids) - SHOWN)

    def changes(self, comparison: Comparison) -> Iterator[str]:
        yield comparison.later.programme.name.get(self.lang)
        yield self.say("from-to", comparison.earlier.on, comparison.later.on)
        for each in comparison.changes:
            before, after = each.before.status.label.get(self.lang), each.after.status.label.get(self.lang)
            yield ""
            yield self.say("change", each.after.target.label.get(self.lang), before, after)
            old, new = (
                self.say("not-known") if found.value is None else self.number(found, found.value)
                for found in (each.before, each.after)
            )
            grew = ""
            if each.difference is not None:
                sign = "+" if each.difference >= 0 else "-"
                grew = self.say("grew", sign + self.number(each.after, max(each.difference, -each.difference)))
            yield "    " + self.say("values", old, new, grew)
            for name, ids in (("added", each.added), ("dropped", each.dropped)):
                if ids:
                    yield "    " + self.say(name, self.ids(ids))
