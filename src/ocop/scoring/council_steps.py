"""The reckoning of a council: its steps, and the sentences drawn from them."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from ocop.criteria.model import Criterion, walk
from ocop.scoring.council import Agreement, CouncilScore
from ocop.scoring.explain import Explanation, exactly
from ocop.scoring.steps import Step, StepKind, acting_rules, at_criterion, bands_of
from ocop.text import Label, Language, checked_language, lines_text

_TEXTS: Final[Mapping[str, Label]] = {
    "members": Label("Hội đồng: {} thành viên chấm.", "Council: {} members scored."),
    "member": Label("  {}: {} điểm, {}", "  {}: {} points, {}"),
    "no-star": Label("không xếp sao", "no star"),
    "unnamed": Label("(không ghi tên)", "(unnamed)"),
    "spread": Label(
        "Điểm các thành viên chênh nhau {} (cho phép {}).", "Members’ totals lie {} points apart ({} are allowed)."
    ),
    "second": Label(
        "Phải thảo luận và chấm lại: kết quả dưới đây chưa phải cuối cùng. Khác nhau nhiều nhất ở tiêu chí {}.",
        "They must discuss and score again; what follows is not final. They differ most in criteria {}.",
    ),
    "no-quorum": Label(
        "Chưa đủ số thành viên theo quy chế: kết quả dưới đây chưa có giá trị.",
        "The quorum is missed: what follows cannot stand.",
    ),
    "mean": Label("Điểm trung bình: {} trên {}.", "Mean: {} of {} points."),
    "part": Label("  Phần {} – {}: {} trên {}", "  Part {} – {}: {} of {}"),
    "votes": Label("{} trên {} thành viên chấm đạt", "with {} of {} members at it"),
    "by-mean": Label("trung bình {} điểm", "at a mean of {} points"),
}


def steps_of(council: CouncilScore) -> Step:
    """Return the reckoning of a council as a tree: members, parts with mean points, minimums, rules, bands."""
    the_set = council.criteria_set
    members = tuple(
        Step(
            StepKind.MEMBER,
            each.sheet.evaluator,
            Label(each.sheet.evaluator, each.sheet.evaluator),
            the_set.citation,
            points=each.total,
            max_points=the_set.max_points,
            star=each.star,
        )
        for each in council.scores
    )
    parts = tuple(
        Step(
            StepKind.PART,
            part.code,
            part.label,
            the_set.citation,
            council.part_means[part.code],
            part.max_points,
            children=tuple(_criterion(council, criterion) for criterion in walk(part.items)),
        )
        for part in the_set.parts
    )
    return Step(
        kind=StepKind.SCORE,
        code=the_set.id,
        label=the_set.label,
        source=the_set.citation,
        points=council.mean,
        max_points=the_set.max_points,
        star=council.star,
        children=(*members, *parts, *acting_rules(the_set, council.causes), *bands_of(the_set, council.mean)),
    )


def _criterion(council: CouncilScore, criterion: Criterion) -> Step:
    source = at_criterion(council.criteria_set, criterion.code)
    unmet = {each.star for each in council.unmet_minimums if each.criterion == criterion.code}
    minimums = tuple(
        Step(
            StepKind.MINIMUM,
            criterion.code,
            options[0].label,
            source,
            points=options[0].points,
            option=options[0].letter,
            star=star,
            met=star not in unmet,
        )
        for star, options in criterion.minimums.items()
    )
    mean = council.mean_of(criterion)
    return Step(
        StepKind.CRITERION, criterion.code, criterion.label, source, mean, criterion.max_points, children=minimums
    )


def explain(council: CouncilScore, lang: Language) -> str:
    """Return a council's result in sentences: who scored, how far apart, the mean, the star and what blocks it."""
    return lines_text(_CouncilExplanation(council, checked_language(lang)).lines())


class _CouncilExplanation(Explanation):
    """The sentences of one council in one language."""

    def __init__(self, council: CouncilScore, lang: Language) -> None:
        super().__init__(council, lang)
        self.council = council

    def tell(self, name: str, *values: object) -> str:
        """Return one of a council's own sentences, filled in."""
        return _TEXTS[name].get(self.lang).format(*values)

    def head(self) -> Iterator[str]:
        """Yield the product, the set, the members with their totals, and whether the result can stand."""
        council = self.council
        if council.is_practice:
            yield self.say("practice")
        if self.sheet.product:
            yield self.say("product", self.sheet.product)
        yield from self.set_lines()
        yield self.tell("members", len(council.scores))
        for each in council.scores:
            star = self.tell("no-star") if each.star is None else self.stars(each.star)
            yield self.tell("member", each.sheet.evaluator or self.tell("unnamed"), each.total, star)
        yield self.tell("spread", council.spread, council.record.rules.max_spread)
        if council.second_scoring_due:
            yield self.tell("second", ", ".join(each.criterion for each in council.disagreements[:3]))
        if council.quorum_met is False:
            yield self.tell("no-quorum")

    def total(self) -> str:
        """Return the sentence on the mean."""
        return self.tell("mean", exactly(self.council.mean), self.council.criteria_set.max_points)

    def part(self, step: Step) -> str:
        """Return the line on a part's mean points."""
        return self.tell("part", step.code, step.label.get(self.lang), exactly(step.points or 0), step.max_points)

    def now(self, step: Step, criterion: Criterion) -> str:
        """Return how many members are at an unmet minimum, or the mean where that is what counts."""
        if self.council.record.rules.minimum_by is Agreement.MEAN_POINTS:
            return self.tell("by-mean", exactly(Fraction(self.council.mean_of(criterion))))
        options = criterion.minimums[step.star] if step.star is not None else ()
        return self.tell("votes", self.council.votes(criterion, options), len(self.council.scores))
