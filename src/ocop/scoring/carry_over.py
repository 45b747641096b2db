"""From a sheet of one criteria set to a draft for another: what is the same is carried, the rest is left open."""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from attrs import frozen

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import Choice, CriteriaSet, Criterion, Option
from ocop.scoring.checks import check
from ocop.scoring.engine import set_of
from ocop.scoring.sheet import UNFILLED, ScoreSheet
from ocop.text import Label, Language, checked_language, lines_text


class WhyOpen(Enum):
    """Why a criterion of the new sheet was left open."""

    NEW_CRITERION = "new-criterion"
    """The old set has no such criterion."""
    NOT_ANSWERED = "not-answered"
    """It was not filled in on the old sheet, or wrongly."""
    OPTION_GONE = "option-gone"
    """The option chosen is no option of the new set."""
    OTHER_OPTIONS = "other-options"
    """No option was met, but the new set offers options that the old one lacked."""


@frozen
class Carried:
    """A choice that was carried over."""

    old: str
    """The criterion's code on the old sheet."""
    new: str
    """Its code on the new one."""
    choice: Choice
    """The choice on the new sheet."""
    better: tuple[str, ...] = ()
    """The letters of options that the old set lacked and that give more points: look whether one of them is met now."""


@frozen
class LeftOpen:
    """A criterion of the new sheet that somebody must fill in."""

    criterion: str
    """Its code on the new sheet."""
    why: WhyOpen
    old: str | None = None
    """Its code on the old sheet; None for a new criterion."""


@frozen
class CarryOver:
    """A draft sheet for another set, and what became of every choice. `ocop.carry_over` makes it."""

    sheet: ScoreSheet
    """The draft: what could not be carried is not filled in, so that scoring it is refused until somebody does."""
    old: ScoreSheet
    """The sheet that it comes from."""
    old_set: CriteriaSet
    new_set: CriteriaSet
    carried: tuple[Carried, ...]
    """In the new set's printed order."""
    left_open: tuple[LeftOpen, ...]
    """In the new set's printed order."""
    dropped: tuple[str, ...]
    """The codes of the old sheet's criteria that the new set lacks."""
    dropped_findings: tuple[str, ...]
    """The findings that the new set does not know."""

    def explain(self, lang: Language = "vi") -> str:
        """Return what was carried and what is left to do, in Vietnamese or English.

        Raises:
            ValueError: for another language.
        """
        return lines_text(_lines(self, checked_language(lang)))


def carry_over(sheet: ScoreSheet, to: str | CriteriaSet, *, catalog: Catalog = PACKAGED) -> CarryOver:
    """Return a draft for the set `to` from a sheet of another set, or of an older edition.

    A choice is carried where both the criterion and the option are the same thing, that is, have the same slug; "no
    option is met" is carried where the new set offers no option that the old one lacked. Everything else is left open,
    with the reason.

    Args:
        sheet: the sheet to start from; it may be incomplete.
        to: the set of the draft, or its id.
        catalog: where both sets are looked up.

    Raises:
        SheetError: for a sheet of an unknown set.
        UnknownIdError: where there is no set `to`.

    >>> import ocop
    >>> draft = carry_over(ocop.load("docs/examples/tea.json"), "qd26-2026/herbal-infusions")
    >>> len(draft.carried), [(each.criterion, each.why.value) for each in draft.left_open]
    (31, [('6.2', 'new-criterion')])
    >>> draft.sheet.choices["6.2"], draft.dropped
    ('', ('6.1.2',))
    """
    old_set = set_of(sheet, catalog)
    new_set = catalog.criteria_set(to) if isinstance(to, str) else to
    wrong = {problem.pointer for problem in check(sheet.choices, (), old_set)}
    before = {criterion.slug: criterion for criterion in old_set.criteria}
    carried: list[Carried] = []
    left_open: list[LeftOpen] = []
    for criterion in new_set.criteria:
        old = before.pop(criterion.slug, None)
        if old is None:
            left_open.append(LeftOpen(criterion.code, WhyOpen.NEW_CRITERION))
        elif f"/choices/{old.code}" in wrong or any(each.startswith(f"/choices/{old.code}/") for each in wrong):
            left_open.append(LeftOpen(criterion.code, WhyOpen.NOT_ANSWERED, old.code))
        else:
            found = _carried(old, criterion, sheet.choices[old.code])
            if isinstance(found, WhyOpen):
                left_open.append(LeftOpen(criterion.code, found, old.code))
            else:
                carried.append(found)
    choices = dict.fromkeys((criterion.code for criterion in new_set.criteria), UNFILLED)
    known = new_set.findings
    return CarryOver(
        sheet=ScoreSheet(
            new_set.id,
            {**choices, **{each.new: each.choice for each in carried}},
            [finding for finding in sheet.findings if finding in known],
            product=sheet.product,
            evaluator=sheet.evaluator,
        ),
        old=sheet,
        old_set=old_set,
        new_set=new_set,
        carried=tuple(carried),
        left_open=tuple(left_open),
        dropped=tuple(criterion.code for criterion in before.values()),
        dropped_findings=tuple(finding for finding in sheet.findings if finding not in known),
    )


def _carried(old: Criterion, new: Criterion, choice: Choice) -> Carried | WhyOpen:
    options = {option.slug: option for option in new.options}
    known = {option.slug for option in old.options}
    lost = old.additive != new.additive
    if not choice:
        return WhyOpen.OTHER_OPTIONS if lost or options.keys() - known else Carried(old.code, new.code, choice)
    chosen = [options.get(option.slug) for option in old.chosen(choice)]
    kept = [option for option in chosen if option is not None]
    if lost or len(kept) < len(chosen):
        return WhyOpen.OPTION_GONE
    letters = tuple(option.letter for option in kept)
    return Carried(old.code, new.code, letters if new.additive else letters[0], tuple(_better(new, kept, known)))


def _better(criterion: Criterion, chosen: list[Option], known: set[str]) -> Iterator[str]:
    """Yield the letters of options that the old set lacked and that would bring more points."""
    for option in criterion.options:
        if option.slug not in known and (criterion.additive or option.points > chosen[0].points):
            yield option.letter


_TEXTS: Final[Mapping[str | WhyOpen, Label]] = {
    "head": Label("Phiếu nháp cho bộ {} ({}), từ bộ {} ({})", "Draft for {} ({}), from {} ({})"),
    "carried": Label("Đã chuyển: {} tiêu chí.", "Carried over: {} criteria."),
    "better": Label(
        "  {} {}: giữ phương án {}; xem thêm phương án mới: {}", "  {} {}: kept option {}; look at the new option: {}"
    ),
    "open": Label("Còn phải chấm:", "Still to be filled in:"),
    "line": Label("  {} {}: {}", "  {} {}: {}"),
    "dropped": Label("Không còn trong bộ mới: {}", "No longer in the new set: {}"),
    "findings": Label("Kết luận mà bộ mới không có: {}", "Findings that the new set does not know: {}"),
    WhyOpen.NEW_CRITERION: Label("tiêu chí mới", "a new criterion"),
    WhyOpen.NOT_ANSWERED: Label("phiếu cũ chưa chấm đúng", "not rightly filled in on the old sheet"),
    WhyOpen.OPTION_GONE: Label("phương án đã chọn không còn hoặc đã đổi", "the option chosen is gone or has changed"),
    WhyOpen.OTHER_OPTIONS: Label(
        "trước đây không đạt phương án nào, nay có phương án khác", "no option was met, and now there are others"
    ),
}


def _lines(found: CarryOver, lang: Language) -> Iterator[str]:
    def say(name: str | WhyOpen, *values: object) -> str:
        return _TEXTS[name].get(lang).format(*values)

    def name(code: str) -> tuple[str, str]:
        return code, found.new_set.criterion(code).label.get(lang)

    old, new = found.old_set, found.new_set
    yield say("head", new.label.get(lang), new.id, old.label.get(lang), old.id)
    yield say("carried", len(found.carried))
    for each in found.carried:
        if each.better:
            yield say("better", *name(each.new), ", ".join(each.choice or ()), ", ".join(each.better))
    if found.left_open:
        yield say("open")
    for open_one in found.left_open:
        yield say("line", *name(open_one.criterion), say(open_one.why))
    if found.dropped:
        yield say("dropped", ", ".join(f"{code} {old.criterion(code).label.get(lang)}" for code in found.dropped))
    if found.dropped_findings:
        yield say("findings", ", ".join(found.dropped_findings))
