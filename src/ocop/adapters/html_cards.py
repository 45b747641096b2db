"""A score, a council's result and an upgrade plan as cards: what came out, what blocks, and the way up."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from ocop.adapters.html_words import Say, symbols
from ocop.adapters.markup import Html, Node, Piece, Table, bar, folded, joined, listed, named, tag
from ocop.criteria.model import Choice, CriteriaSet
from ocop.errors import OcopError
from ocop.scoring.council import Agreement, CouncilScore
from ocop.scoring.explain import exactly
from ocop.scoring.plan import Reason, UpgradePlan
from ocop.scoring.plan_text import lines_of
from ocop.scoring.planner import plan_upgrade
from ocop.scoring.result import Outcome, Score
from ocop.scoring.steps import Step, StepKind, labels_of

MAX_NEEDS: Final = 8
"""The planner's work doubles with each criterion that another depends on; with more, a card shows no plan."""
_REASONS: Final = {Reason.MINIMUM: "minimum", Reason.RULE: "rule", Reason.POINTS: "for-points"}

Result = Score | CouncilScore


def _kind(name: str, practice: bool, say: Say) -> str:
    return say("practice", say(name)) if practice else say(name)


def score_card(score: Score, say: Say, full: bool) -> Piece:
    """Return the card of a score."""
    sheet = score.sheet
    facts = (*_facts(sheet.product_code, score.criteria_set, say), (say("evaluator"), sheet.evaluator))
    blocks = joined(
        _top(score, score.total, say("points-of", score.total, score.criteria_set.max_points), say),
        _parts(score, say),
        _minimums(score, say, full),
        _way_up(score, say),
        folded(say("all-criteria", len(score.criteria_set.criteria)), _criteria(score, say), full=full),
    )
    return Piece(_kind("score", score.is_practice, say), sheet.product or say("unnamed"), facts, blocks)


def council_card(council: CouncilScore, say: Say, full: bool) -> Piece:
    """Return the card of a council's result."""
    record = council.record
    product = record.sheets[0].product
    mean = say("mean-of", exactly(council.mean), council.criteria_set.max_points)
    blocks = joined(
        _top(council, council.mean, mean, say),
        tag("p", say("second"), class_="warn") if council.second_scoring_due else None,
        tag("p", say("no-quorum"), class_="warn") if council.quorum_met is False else None,
        _parts(council, say),
        _minimums(council, say, full),
        _members(council, say),
        _disagreements(council, say, full),
        folded(say("all-criteria", len(council.criteria_set.criteria)), _criteria(council, say), full=full),
    )
    return Piece(
        _kind("council", council.is_practice, say),
        product or say("unnamed"),
        _facts(record.product_code, council.criteria_set, say),
        blocks,
    )


def plan_card(plan: UpgradePlan, say: Say, full: bool) -> Piece:
    """Return the card of an upgrade plan."""
    before, most = plan.before, plan.before.criteria_set.max_points
    standing = say("no-star") if before.star is None else say.star(before.star)
    blocks = joined(
        tag("p", say("before", say.points(before.total, most), standing)),
        tag("p", say("locked", ", ".join(plan.locked))) if plan.locked else None,
        _plan(plan, say),
    )
    facts = _facts(before.sheet.product_code, before.criteria_set, say)
    return Piece(_kind("plan", before.is_practice, say), before.sheet.product or say("unnamed"), facts, blocks)


def _facts(code: object, the_set: CriteriaSet, say: Say) -> tuple[tuple[str, str], ...]:
    known = "" if code is None else str(code)
    return ((say("code"), known), (say("set"), say.of(the_set.label)), (say("source"), say.of(the_set.citation)))


def _top(result: Result, total: int | Fraction, points: str, say: Say) -> Html:
    """Return the star and the total, side by side."""
    the_set = result.criteria_set
    bands = the_set.edition.bands
    notes: list[str] = []
    if result.star is None:
        head: list[Node] = [tag("p", say(result.outcome.value), class_="big"), tag("p", say("no-star"), class_="note")]
        notes.append(say("record"))
    else:
        star = say.star(result.star)
        signs = symbols(result.star, bands[-1].star)
        level = result.recognised_by
        if level is None:
            note = say("unrecognised")
        else:
            note = say("potential" if result.potential_five_stars else "recognised", say.of(level.label))
        # The signs are for the eye; the words beside them say the same.
        shown = tag("span", signs, aria_hidden="true") if signs else None
        head = [tag("p", shown, " ", star, class_="big"), tag("p", note, class_="note")]
        notes.append(say("by-points", say.star(result.star_by_points)))
        missing = result.points_to_next_band
        above = [band for band in bands if band.floor > total]
        notes.append(say("top") if missing is None else say("next", exactly(missing), say.star(above[0].star)))
    causes = [_sentence(say.of(step.label)) for step in result.steps.children if step.kind is StepKind.RULE]
    return joined(
        None if is_complete(the_set) else tag("p", say("incomplete"), class_="warn"),
        tag(
            "div",
            tag("div", *head),
            tag(
                "div",
                tag("p", points, class_="big"),
                bar(total, the_set.max_points, [band.floor for band in bands if band.floor], label=points),
                tag("p", " ".join(notes), class_="note"),
            ),
            class_="top",
        ),
        joined(tag("p", say("why"), class_="h"), listed(*causes)) if causes else None,
    )


def is_complete(the_set: Any) -> bool:
    """Return whether a set is complete; one that does not say is."""
    return bool(getattr(the_set, "complete", True))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _parts(result: Result, say: Say) -> Html:
    """Return the points of each part against its maximum."""
    rows = Table(say("part"), say("points"), say("max"), say("share"), numbers=(1, 2))
    for step in result.steps.children:
        if step.kind is StepKind.PART:
            points, most = step.points or 0, step.max_points or 0
            filled = bar(points, most, label=say.points(points, most))
            rows.add(f"{step.code} – {say.of(step.label)}", exactly(points), most, filled)
    return rows.html()


def unmet_of(steps: Step) -> Iterator[tuple[Step, Step]]:
    """Yield each criterion with a minimum that is not met, and the minimum."""
    for criterion in steps.walk():
        if criterion.kind is StepKind.CRITERION:
            yield from ((criterion, each) for each in criterion.children if not each.met)


def _minimums(result: Result, say: Say, full: bool) -> Html | None:
    """Return the minimums that block the star by points, and behind a summary those of the stars above it."""
    if result.outcome not in (Outcome.RANKED, Outcome.NOT_REACHED):
        return None
    tables: dict[int, tuple[Any, Table]] = {}
    for criterion, minimum in unmet_of(result.steps):
        rows = Table(say("criterion"), say("now"), say("needs"))
        _, rows = tables.setdefault(int(minimum.star or 0), (minimum.star, rows))
        letters = result.criteria_set.criterion(criterion.code).letters
        needs = say("option" if minimum.option == letters[-1] else "or-better", minimum.option, say.of(minimum.label))
        name = f"{criterion.code} – {say.of(criterion.label)}"
        blocks = (minimum.star or 0) <= result.star_by_points
        rows.add(name, _now(result, criterion, minimum, say), needs, mark="no" if blocks else None)
    blocking = [tables[level] for level in sorted(tables) if level <= result.star_by_points]
    further = [tables[level] for level in sorted(tables) if level > result.star_by_points]
    return joined(
        *(joined(tag("p", say("blocks", say.star(star)), class_="h"), rows.html()) for star, rows in blocking),
        None if blocking else tag("p", say("none-blocks")),
        *(folded(say("further", say.star(star), len(rows)), rows.html(), full=full) for star, rows in further),
    )


def _now(result: Result, criterion: Step, minimum: Step, say: Say) -> str:
    """Return where the product stands in a criterion with an unmet minimum."""
    if isinstance(result, Score):
        return _chosen(criterion, say)
    if result.record.rules.minimum_by is Agreement.MEAN_POINTS:
        return say("by-mean", exactly(criterion.points or 0))
    found = result.criteria_set.criterion(criterion.code)
    options = next(options for star, options in found.minimums.items() if star == minimum.star)
    return say("votes", result.votes(found, options), len(result.scores))


def _chosen(criterion: Step, say: Say) -> str:
    if criterion.option is None or criterion.option_label is None:
        return say("nothing")
    return say("option", criterion.option, say.of(criterion.option_label))


def _way_up(score: Score, say: Say) -> Html | None:
    """Return the plan to the next star; nothing in the highest, and where a plan cannot be had or costs much."""
    the_set = score.criteria_set
    above = [band.star for band in the_set.edition.bands if band.star > (score.star or 0)]
    needed = {rule.depends_on for rule in the_set.rules if rule.depends_on}
    if not above or len(needed) > MAX_NEEDS:
        return None
    try:
        plan = plan_upgrade(score.sheet, above[0], criteria_set=the_set)
    except OcopError:  # a set that the planner does not take
        return None
    return joined(_plan(plan, say), tag("p", say("effort-steps"), class_="note") if plan.changes else None)


def _plan(plan: UpgradePlan, say: Say) -> Html:
    """Return the changes of a plan, or what stands in its way."""
    the_set, star = plan.before.criteria_set, say.star(plan.to)
    if plan.after is None:
        # The sentences are the plan's own; they come last, one for each obstacle.
        lines = list(lines_of(plan, say.lang))[-len(plan.why_not) :]
        return joined(tag("p", say("no-way", star), class_="h"), listed(*(line.removeprefix("  - ") for line in lines)))
    if not plan.changes:
        return tag("p", say("there", star))
    rows = Table(
        say("criterion"),
        say("from-option"),
        say("to-option"),
        say("gain"),
        say("effort"),
        say("reason"),
        numbers=(3, 4),
    )

    def option(code: str, choice: Choice) -> str:
        chosen = the_set.criterion(code).chosen(choice)
        if not chosen:
            return say("nothing")
        return say("option", ", ".join(each.letter for each in chosen), say.of(labels_of(chosen)))

    for each in plan.changes:
        name = f"{each.criterion} – {say.of(the_set.criterion(each.criterion).label)}"
        old, new = option(each.criterion, each.old), option(each.criterion, each.new)
        rows.add(name, old, new, f"+{each.points}", each.effort, say(_REASONS[each.reason]), mark="yes")
    after = plan.after
    reached = say("no-star") if after.star is None else say.star(after.star)
    return joined(
        tag("p", say("way-up", star), class_="h"),
        tag("p", say("effort-of", len(plan.changes), plan.effort, after.total, reached), class_="note"),
        rows.html(),
    )


def _criteria(result: Result, say: Say) -> Html:
    """Return every criterion with its points, its choice, and its minimums."""
    # A council has a mean in place of a choice.
    council = isinstance(result, CouncilScore)
    points, chosen = (say("mean"), ()) if council else (say("points"), (say("chosen"),))
    rows = Table(say("criterion"), points, say("max"), *chosen, say("minimums"), numbers=(1, 2))

    def add(step: Step) -> None:
        if step.kind is StepKind.CRITERION:
            blocks = any(not each.met and (each.star or 0) <= result.star_by_points for each in step.children)
            minimums = joined(*(_minimum(each, say) for each in step.children))
            name, middle = f"{step.code} – {say.of(step.label)}", () if council else (_chosen(step, say),)
            rows.add(name, exactly(step.points or 0), step.max_points, *middle, minimums, mark="no" if blocks else None)
        elif step.kind in (StepKind.PART, StepKind.SECTION):
            rows.head(f"{step.code} – {say.of(step.label)}: {say.points(step.points or 0, step.max_points or 0)}")
            for child in step.children:
                add(child)

    for child in result.steps.children:
        add(child)
    return rows.html()


def _minimum(step: Step, say: Say) -> Html:
    """Return whether a star's minimum is met, on one line."""
    return joined(tag("span", say("met" if step.met else "unmet", say.star(step.star)), class_="w"), " ")


def _members(council: CouncilScore, say: Say) -> Html:
    """Return each member's total, parts and star."""
    parts = council.criteria_set.parts
    heads = (say("member"), say("points"), *(say("part-of", part.code) for part in parts), say("result"))
    rows = Table(*heads, numbers=range(1, 2 + len(parts)))
    for each in council.scores:
        star = say(each.outcome.value) if each.star is None else say.star(each.star)
        who = named(each.sheet.evaluator or say("unnamed"), say.lang)
        rows.add(who, each.total, *(each.part_totals[part.code] for part in parts), star)
    rules = council.record.rules
    return joined(rows.html(say("members")), tag("p", say("spread", council.spread, rules.max_spread), class_="note"))


def _disagreements(council: CouncilScore, say: Say, full: bool) -> Html | None:
    if not council.disagreements:
        return None
    rows = Table(say("criterion"), say("least"), say("most"), say("mean"), numbers=(1, 2, 3))
    for each in council.disagreements:
        criterion = council.criteria_set.criterion(each.criterion)
        name = f"{criterion.code} – {say.of(criterion.label)}"
        rows.add(name, each.least, each.most, exactly(council.mean_of(criterion)))
    return folded(say("differ", len(council.disagreements)), rows.html(), full=full)
