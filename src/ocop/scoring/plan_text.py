"""A plan in plain sentences, in Vietnamese and English."""

from collections.abc import Iterator
from typing import Final

from ocop.criteria.model import Choice
from ocop.model.stars import Rank
from ocop.scoring.plan import BlockedMinimum, BlockedRule, FoundCause, Obstacle, Reason, TooFewPoints, UpgradePlan
from ocop.scoring.result import Score
from ocop.scoring.steps import at_criterion, labels_of
from ocop.text import Label, Language

_TEXTS: Final[dict[str | Reason | type[Obstacle], Label]] = {
    "practice": Label("CHẤM THỬ, không phải đánh giá sản phẩm.", "PRACTICE: no product is evaluated."),
    "product": Label("Sản phẩm: {}", "Product: {}"),
    "set": Label("Bộ tiêu chí: {} ({})", "Criteria set: {} ({})"),
    "now": Label("Hiện nay: {}/{} điểm, {}.", "Now: {} of {} points, {}."),
    "then": Label("Sau đó: {}/{} điểm, {}.", "Then: {} of {} points, {}."),
    "no-star": Label("không xếp sao", "no star"),
    "locked": Label("Giữ nguyên tiêu chí: {}.", "Criteria kept as they are: {}."),
    "there": Label("Đã đạt {}; không cần thay đổi gì.", "It has {} already; nothing needs to change."),
    "plan": Label(
        "Cách ít công sức nhất để đạt {} (số thay đổi: {}; tổng công sức: {}):",
        "The way to {} with the least effort (changes: {}; effort in all: {}):",
    ),
    "change": Label(
        "  - Tiêu chí {} {}: từ {} lên {}; điểm: +{}; công sức: {}. {}",
        "  - Criterion {} {}: from {} to {}; points: +{}; effort: {}. {}",
    ),
    "option": Label("phương án {} ({})", "option {} ({})"),
    "nothing": Label("không phương án nào", "no option"),
    Reason.MINIMUM: Label("Yêu cầu tối thiểu của hạng sao cần điều này.", "A star minimum asks for it."),
    Reason.RULE: Label("Quy tắc của bộ tiêu chí cần điều này.", "A rule of the set asks for it."),
    Reason.POINTS: Label("Để đủ điểm.", "It brings points that are missing."),
    "unreachable": Label("Không thể đạt {} vì:", "{} cannot be reached:"),
    FoundCause: Label(
        "  - {} ({}). Đây là kết luận của người chấm; thay đổi lựa chọn không bỏ được.",
        "  - {} ({}). This is a finding; no choice changes it.",
    ),
    BlockedMinimum: Label(
        "  - Tiêu chí {} {} cần {} để đạt {}{}; tiêu chí {} giữ nguyên ở {}.",
        "  - Criterion {} {} needs {} for {}{}; criterion {} stays at {}.",
    ),
    BlockedRule: Label(
        "  - Tiêu chí {} {} phải có điểm, nếu không việc đánh giá dừng lại{}; tiêu chí {} giữ nguyên ở {}.",
        "  - Criterion {} {} must have points, or the evaluation stops{}; criterion {} stays at {}.",
    ),
    "depends": Label(
        ", mà chỉ được tính điểm khi tiêu chí {} có điểm", ", and earns points only when criterion {} does"
    ),
    TooFewPoints: Label("  - Nhiều nhất được {} điểm; cần {} điểm.", "  - At most {} points can be had; it needs {}."),
}


def lines_of(plan: UpgradePlan, lang: Language) -> Iterator[str]:
    """Yield the explanation of a plan, line by line."""
    before, the_set = plan.before, plan.before.criteria_set

    def say(name: str | Reason | type[Obstacle], *values: object) -> str:
        return _TEXTS[name].get(lang).format(*values)

    def stars(star: Rank) -> str:
        return star.label.get(lang)

    def standing(name: str, result: Score) -> str:
        star = say("no-star") if result.star is None else f"{stars(result.star)} {result.star.symbol}".rstrip()
        return say(name, result.total, the_set.max_points, star)

    def option(code: str, choice: Choice) -> str:
        chosen = the_set.criterion(code).chosen(choice)
        if not chosen:
            return say("nothing")
        return say("option", ", ".join(each.letter for each in chosen), labels_of(chosen).get(lang))

    def name(code: str) -> tuple[str, str]:
        return code, the_set.criterion(code).label.get(lang)

    def obstacle(why: Obstacle) -> str:
        if isinstance(why, TooFewPoints):
            return say(TooFewPoints, why.best, why.floor)
        if isinstance(why, FoundCause):
            rule = next(rule for rule in the_set.rules if rule.is_finding and rule.cause == why.cause)
            label = rule.label.get(lang)
            return say(FoundCause, label[:1].upper() + label[1:], at_criterion(the_set, rule.criterion).get(lang))
        depends = "" if why.by == why.criterion else say("depends", why.by)
        stays = why.by, option(why.by, before.sheet.choices[why.by])
        if isinstance(why, BlockedRule):
            return say(BlockedRule, *name(why.criterion), depends, *stays)
        needs = option(why.criterion, why.option)
        return say(BlockedMinimum, *name(why.criterion), needs, stars(why.star), depends, *stays)

    if before.is_practice:
        yield say("practice")
    if before.sheet.product:
        yield say("product", before.sheet.product)
    yield say("set", the_set.label.get(lang), the_set.citation.get(lang))
    yield ""
    yield standing("now", before)
    if plan.locked:
        yield say("locked", ", ".join(plan.locked))
    if plan.after is None:
        yield say("unreachable", stars(plan.to))
        yield from map(obstacle, plan.why_not)
        return
    if not plan.changes:
        yield say("there", stars(plan.to))
        return
    yield say("plan", stars(plan.to), len(plan.changes), plan.effort)
    for change in plan.changes:
        old, new = option(change.criterion, change.old), option(change.criterion, change.new)
        yield say("change", *name(change.criterion), old, new, change.points, change.effort, say(change.reason))
    yield standing("then", plan.after)
