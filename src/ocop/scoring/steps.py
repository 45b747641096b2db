"""The reckoning of a score, step by step: parts, sections, criteria, minimums, rules and bands."""

from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from attrs import frozen

from ocop.criteria.model import CriteriaSet, Criterion, Option, Part, Section
from ocop.model.stars import Rank
from ocop.scoring.result import Score
from ocop.text import Label


class StepKind(Enum):
    """What a step is about."""

    SCORE = "score"
    """The whole: its points are the total, its star the final one."""
    PART = "part"
    SECTION = "section"
    CRITERION = "criterion"
    """A scored criterion: the option chosen, and its points."""
    MINIMUM = "minimum"
    """A star minimum of the criterion above it: the option asked for, and whether it is met."""
    RULE = "rule"
    """A printed rule that acted: a finding, or a stop that the choices show."""
    MEMBER = "member"
    """A council's member: the total and the star of one sheet."""
    BAND = "band"
    """A star's band: its floor, and whether the total reaches it."""


@frozen
class Step:
    """One step of a reckoning.

    >>> import ocop
    >>> tea = ocop.criteria_set("qd26-2026/tea")
    >>> score = ocop.score(ocop.ScoreSheet(tea.id, {c.code: None for c in tea.criteria}))
    >>> step = next(step for step in score.steps.walk() if step.kind is StepKind.MINIMUM)
    >>> step.code, step.option, step.star, step.met
    ('1.1', 'b', <Star.THREE: 3>, False)
    >>> step.source.en
    'Decision 26/2026/QĐ-TTg, Annex II, set 11, criterion 1.1'
    """

    kind: StepKind
    code: str
    """The part's, section's or criterion's printed number; a rule's cause; a band's star; the set's id at the root."""
    label: Label
    """What it is called; at a minimum, what the option says."""
    source: Label
    """By which decision and article or annex."""
    points: int | Fraction | None = None
    """Points earned, in a council their mean; at a minimum the option's; at a band the floor."""
    max_points: int | None = None
    option: str | None = None
    """The letter chosen, where ticks add up all of them; at a minimum, the letter asked for. None at a criterion: no
    option is met."""
    option_label: Label | None = None
    """What the option chosen says; where ticks add up, what all of them say."""
    star: Rank | None = None
    met: bool | None = None
    """At a minimum or a band: whether it is reached."""
    children: tuple["Step", ...] = ()

    def walk(self) -> Iterator["Step"]:
        """Yield this step and all below it, in the printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


def steps_of(score: Score) -> Step:
    """Return the reckoning of `score` as a tree."""
    the_set = score.criteria_set
    parts = tuple(_heading(score, part, StepKind.PART) for part in the_set.parts)
    rules = acting_rules(the_set, score.causes)
    return Step(
        kind=StepKind.SCORE,
        code=the_set.id,
        label=the_set.label,
        source=the_set.citation,
        points=score.total,
        max_points=the_set.max_points,
        star=score.star,
        children=(*parts, *rules, *bands_of(the_set, score.total)),
    )


def at_criterion(the_set: CriteriaSet, code: str | None) -> Label:
    """Return the citation of a criterion, or of the set where `code` is None."""
    set_at = the_set.citation
    return set_at if code is None else Label(f"{set_at.vi}, tiêu chí {code}", f"{set_at.en}, criterion {code}")


def at_article(the_set: CriteriaSet, article: str | None) -> Label:
    """Return the citation of an article of the set's decision; of the decision, where the article is not known."""
    decision = the_set.edition.decision
    vi, en = (f", Điều {article}", f", Article {article}") if article else ("", "")
    return Label(f"Quyết định {decision}{vi}", f"Decision {decision}{en}")


def _heading(score: Score, node: Part | Section, kind: StepKind) -> Step:
    children = tuple(
        _heading(score, item, StepKind.SECTION) if isinstance(item, Section) else _criterion(score, item)
        for item in node.items
    )
    points = sum(child.points or 0 for child in children)
    source = score.criteria_set.citation
    return Step(kind, node.code, node.label, source, points, node.max_points, children=children)


def _criterion(score: Score, criterion: Criterion) -> Step:
    choice = score.sheet.choices[criterion.code]
    chosen = criterion.chosen(choice)
    source = at_criterion(score.criteria_set, criterion.code)
    unmet = criterion.unmet(choice)
    minimums: list[Step] = []
    for star, options in criterion.minimums.items():
        option = unmet.get(star, options[0])
        minimums.append(
            Step(
                StepKind.MINIMUM,
                criterion.code,
                option.label,
                source,
                points=option.points,
                option=option.letter,
                star=star,
                met=star not in unmet,
            )
        )
    return Step(
        kind=StepKind.CRITERION,
        code=criterion.code,
        label=criterion.label,
        source=source,
        points=criterion.points_of(choice),
        max_points=criterion.max_points,
        option=", ".join(option.letter for option in chosen) or None,
        option_label=labels_of(chosen) if chosen else None,
        children=tuple(minimums),
    )


def labels_of(options: tuple[Option, ...]) -> Label:
    """Return what options say: one, or all that are ticked."""
    return Label("; ".join(option.label.vi for option in options), "; ".join(option.label.en for option in options))


def acting_rules(the_set: CriteriaSet, causes: tuple[str, ...]) -> Iterator[Step]:
    """Yield a step for each rule that left the product without a star."""
    for rule in the_set.rules:
        if rule.ends_evaluation and rule.cause in causes:
            yield Step(StepKind.RULE, rule.cause or "", rule.label, at_criterion(the_set, rule.criterion))


def bands_of(the_set: CriteriaSet, total: int | Fraction) -> Iterator[Step]:
    """Yield a step for each band, met where `total` reaches it."""
    source = at_article(the_set, the_set.edition.articles.bands)
    for band in the_set.edition.bands:
        star, met = band.star, total >= band.floor
        yield Step(StepKind.BAND, str(star), star.label, source, points=band.floor, star=star, met=met)
