from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Part, Rule
from ocop.errors import ConversionError, SheetError
from ocop.model.products import ProductCode
from ocop.model.stars import Level, Star
from ocop.scoring.council import Agreement, CouncilRecord, CouncilRules, CouncilScore, MissedMinimum
from ocop.scoring.result import Outcome
from ocop.scoring.steps import StepKind
from ocop.testing import criteria_sets, score_sheets
from packaged import COMPLETE

TEA = ocop.criteria_set("qd26-2026/tea")
WATER = ocop.criteria_set("qd26-2026/bottled-water")
NAMES = ("An", "Bình", "Chi", "Dung", "Em")


def exact_set(minimum_at: int | None = None, rules: tuple[Rule, ...] = ()) -> CriteriaSet:
    """A set of one criterion with an option for each number of points up to 100."""
    options = tuple(Option(chr(200 + n), f"o{n}", n, Star.FOUR if n == minimum_at else None) for n in range(101))
    part = Part("A", "a", 100, (Criterion("1", "one", 100, options),))
    return CriteriaSet("qd26-2026/exact", ocop.edition("qd26-2026"), 1, (part,), rules)


def council(points: list[int], rules: CouncilRules | None = None, **more: Any) -> CouncilScore:
    the_set = more.pop("the_set", None) or exact_set()
    findings = more.pop("findings", [()] * len(points))
    sheets = [
        ocop.ScoreSheet(the_set.id, {"1": chr(200 + n)}, found, evaluator=name)
        for n, name, found in zip(points, NAMES, findings, strict=False)
    ]
    return ocop.score_council(sheets, rules, criteria_set=the_set, **more)


@pytest.mark.parametrize(
    ("points", "mean", "star"),
    [
        ([89, 90, 91], Fraction(90), Star.FIVE),
        ([90, 90, 89], Fraction(269, 3), Star.FOUR),
        ([70, 70, 70], Fraction(70), Star.FOUR),
        ([70, 69], Fraction(139, 2), Star.THREE),
        ([30], Fraction(30), Star.TWO),
        ([0, 0], Fraction(0), Star.ONE),
    ],
)
def test_the_mean_is_exact_and_banded_exactly(points: list[int], mean: Fraction, star: Star) -> None:
    result = council(points)
    assert (result.mean, result.star_by_points, result.star) == (mean, star, star)


@pytest.mark.parametrize(("points", "spread", "due"), [([60, 70], 10, False), ([60, 71], 11, True), ([60], 0, False)])
def test_a_spread_of_exactly_10_passes_and_more_asks_for_a_second_scoring(
    points: list[int], spread: int, due: bool
) -> None:
    result = council(points)
    assert (result.spread, result.second_scoring_due, result.final) == (spread, due, not due)


def test_the_spread_allowed_is_a_rule() -> None:
    assert council([60, 66], CouncilRules(max_spread=5)).second_scoring_due
    with pytest.raises(ValueError, match="max_spread"):
        CouncilRules(max_spread=-1)


@pytest.mark.parametrize(
    ("present", "members", "chair", "met"),
    [
        (3, 4, "An", True),
        (2, 4, "An", False),
        (3, 4, "Dung", False),
        (3, 4, None, True),
        (3, 0, None, None),
        (1, 1, "An", True),
    ],
)
def test_the_quorum_is_three_quarters_with_the_chair(
    present: int, members: int, chair: str | None, met: bool | None
) -> None:
    result = council([75] * present, members=NAMES[:members], chair=chair)
    assert (result.quorum_met, result.final) == (met, met is not False)


@pytest.mark.parametrize(
    ("points", "by", "holds"),
    [
        ([70, 70, 80], Agreement.MAJORITY, False),
        ([70, 80, 80], Agreement.MAJORITY, True),
        ([70, 80], Agreement.MAJORITY, False),
        ([70, 80, 80], Agreement.ALL, False),
        ([75, 80, 80], Agreement.ALL, True),
        ([70, 80], Agreement.MEAN_POINTS, True),
        ([70, 79], Agreement.MEAN_POINTS, False),
    ],
)
def test_when_a_minimum_holds(points: list[int], by: Agreement, holds: bool) -> None:
    result = council(points, CouncilRules(minimum_by=by), the_set=exact_set(minimum_at=75))
    assert result.star_by_points is Star.FOUR
    assert result.star is (Star.FOUR if holds else Star.THREE)
    assert bool(result.unmet_minimums) is not holds


def test_a_missed_minimum_may_mean_not_reached() -> None:
    rules = CouncilRules(missed_minimum=MissedMinimum.NOT_REACHED)
    missed = council([72, 73], rules, the_set=exact_set(minimum_at=75))
    assert (missed.outcome, missed.star, missed.causes) == (Outcome.NOT_REACHED, None, ())
    assert "Kết quả: không đạt" in missed.explain("vi")
    fine = council([60, 61], rules, the_set=exact_set(minimum_at=75))  # the minimum of a star out of reach
    assert (fine.outcome, fine.star) == (Outcome.RANKED, Star.THREE)


@pytest.mark.parametrize(
    ("found", "by", "outcome"),
    [
        ([1, 0, 0], Agreement.MAJORITY, Outcome.RANKED),
        ([1, 1, 0], Agreement.MAJORITY, Outcome.DISQUALIFIED),
        ([1, 1, 0], Agreement.ALL, Outcome.RANKED),
        ([1, 1, 1], Agreement.ALL, Outcome.DISQUALIFIED),
        ([1, 1, 0], Agreement.MEAN_POINTS, Outcome.DISQUALIFIED),
    ],
)
def test_when_a_finding_holds(found: list[int], by: Agreement, outcome: Outcome) -> None:
    the_set = exact_set(rules=(Rule(Effect.DISQUALIFIED, "forged"),))
    result = council(
        [80] * 3, CouncilRules(finding_by=by), the_set=the_set, findings=[("forged",) if each else () for each in found]
    )
    assert result.outcome is outcome
    assert result.causes == (("forged",) if outcome is Outcome.DISQUALIFIED else ())
    assert (result.star is None) is (outcome is Outcome.DISQUALIFIED)


def test_bottled_water_stops_when_most_members_give_a_0() -> None:
    best = {c.code: c.options[-1].letter for c in WATER.criteria}
    fine, stopped = best, {**best, "6.1": "a"}
    for choices, outcome in (([fine, stopped, stopped], Outcome.STOPPED), ([fine, fine, stopped], Outcome.RANKED)):
        sheets = [ocop.ScoreSheet(WATER.id, each, evaluator=name) for each, name in zip(choices, NAMES, strict=False)]
        assert ocop.score_council(sheets).outcome is outcome


def refused(sheets: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(SheetError) as caught:
        ocop.score_council(sheets, **more)
    return [(problem.code, problem.pointer) for problem in caught.value.report.problems]


def sheet(evaluator: str = "An", **changes: Any) -> ocop.ScoreSheet:
    loaded: ocop.ScoreSheet = ocop.load("docs/examples/tea.json")
    return evolve(loaded, evaluator=evaluator, **changes)


def test_what_a_council_may_not_be() -> None:
    assert refused([]) == [("council-empty", "/sheets")]
    assert refused([sheet(), sheet()]) == [("council-evaluator-twice", "/sheets/1/evaluator")]
    assert refused([sheet(), sheet("")]) == [("council-evaluator-missing", "/sheets/1/evaluator")]
    assert refused([sheet(), sheet("Bình", product="x")]) == [("council-product", "/sheets/1/product")]
    one, two = (ProductCode.parse(f"68-24781-{number}-2026") for number in (1, 2))
    coded = [sheet(), sheet("Bình", product_code=one), sheet("Chi", product_code=two)]
    assert refused(coded) == [("council-product", "/sheets/2/product_code")]
    assert ocop.score_council(coded[:2]).star == 4
    flowers = ocop.criteria_set("qd26-2026/flowers")
    other = sheet("Bình", criteria_set=flowers.id, choices={c.code: None for c in flowers.criteria})
    assert refused([sheet(), other]) == [("council-criteria-set", "/sheets/1/criteria_set")]
    assert refused([sheet()], members=["Bình"]) == [("council-evaluator-unknown", "/sheets/0/evaluator")]
    assert refused([sheet()], members=["An"], chair="Chi") == [("council-chair-unknown", "/chair")]
    assert refused([sheet()], members=["An", "An"]) == [("council-member-twice", "/members/1")]


def test_every_problem_of_every_sheet_comes_at_once() -> None:
    wrong = sheet("Bình").with_choices({"1.1": "z"})
    assert refused([sheet(), wrong, sheet("Bình").with_choices({"7": ""})]) == [
        ("council-evaluator-twice", "/sheets/2/evaluator"),
        ("option-unknown", "/sheets/1/choices/1.1"),
        ("choice-empty", "/sheets/2/choices/7"),
    ]


def test_one_member_without_a_name_is_a_council_of_one() -> None:
    result = ocop.score_council([sheet("")])
    single = ocop.score(sheet(""))
    assert result.mean == single.total
    assert (result.star, result.unmet_minimums) == (single.star, single.unmet_minimums)
    assert "(không ghi tên): 81 điểm" in result.explain()


def test_the_criteria_on_which_members_differ_most_come_first() -> None:
    result = ocop.score_council([sheet(), sheet("Bình").with_choices({"6.2.3": "a", "1.4": "a"})])
    assert [(each.criterion, each.spread) for each in result.disagreements] == [("6.2.3", 5), ("1.4", 1)]


def test_who_recognises_a_councils_star() -> None:
    assert council([75]).recognised_by is Level.PROVINCE
    assert council([95]).potential_five_stars
    assert council([10]).recognised_by is None
    forged = council([95], the_set=exact_set(rules=(Rule(Effect.DISQUALIFIED, "x"),)), findings=[("x",)])
    assert forged.recognised_by is None


def test_points_to_the_next_band_are_exact() -> None:
    assert council([69, 70]).points_to_next_band == Fraction(1, 2)
    assert council([95]).points_to_next_band is None
    assert "Còn thiếu 0.5 điểm để tới khung 4 sao." in council([69, 70]).explain("vi")


def test_an_explanation_in_both_languages() -> None:
    result = ocop.score_council(ocop.load("docs/examples/tea-council.json"))
    english, vietnamese = result.explain("en"), result.explain("vi")
    for text in (
        "Council: 3 members scored.",
        "  An: 77 points, 3 stars",
        "Mean: 78 2/3 of 100 points.",
        "with 1 of 3 members at it",
    ):
        assert text in english
    for text in (
        "Hội đồng: 3 thành viên chấm.",
        "Điểm trung bình: 78 2/3 trên 100.",
        "đang 1 trên 3 thành viên chấm đạt",
    ):
        assert text in vietnamese
    assert "{" not in english + vietnamese


def test_an_explanation_says_what_is_not_final() -> None:
    result = council(
        [60, 80],
        CouncilRules(minimum_by=Agreement.MEAN_POINTS),
        the_set=exact_set(minimum_at=75),
        members=NAMES[:4],
        chair="Dung",
    )
    text = result.explain("en")
    assert "They must discuss and score again" in text
    assert "The quorum is missed" in text
    assert "at a mean of 70 points; needs option" in text


def test_a_member_without_a_star_is_shown_so() -> None:
    the_set = exact_set(rules=(Rule(Effect.DISQUALIFIED, "x"),))
    assert "An: 80 points, no star" in council([80, 80, 80], the_set=the_set, findings=[("x",), (), ()]).explain("en")


def test_the_steps_name_members_parts_minimums_and_bands() -> None:
    result = ocop.score_council(ocop.load("docs/examples/tea-council.json"))
    steps = list(result.steps.walk())
    assert [(s.code, s.points) for s in steps if s.kind is StepKind.MEMBER] == [("An", 77), ("Bình", 78), ("Chi", 81)]
    assert sum(s.points or 0 for s in steps if s.kind is StepKind.PART) == result.mean == result.steps.points
    unmet = [(s.code, s.star) for s in steps if s.kind is StepKind.MINIMUM and not s.met]
    assert unmet == [(each.criterion, each.star) for each in result.unmet_minimums]
    assert all("26/2026/QĐ-TTg" in s.source.vi for s in steps)


@given(st.data())
def test_agreement_with_a_plain_reckoning(data: st.DataObject) -> None:
    the_set = data.draw(st.one_of(criteria_sets(), st.sampled_from(COMPLETE)))
    count = data.draw(st.integers(1, 5))
    sheets = [evolve(data.draw(score_sheets(the_set)), product="P", evaluator=NAMES[i]) for i in range(count)]
    result = ocop.score_council(sheets, criteria_set=the_set)
    singles = [ocop.score(each, the_set) for each in sheets]
    mean = Fraction(sum(each.total for each in singles), count)
    assert result.mean == mean == sum(result.part_means.values())
    assert result.star_by_points == max(b.star for b in the_set.edition.bands if b.floor <= mean)
    missing: list[tuple[str, int]] = []
    for criterion in the_set.criteria:
        marks = [criterion.minimum_for, *(option.minimum_for for option in criterion.options)]
        for star in sorted({mark for mark in marks if mark}):
            missed = sum(
                (criterion.code, star) in {(u.criterion, u.star) for u in each.unmet_minimums} for each in singles
            )
            if 2 * (count - missed) <= count:
                missing.append((criterion.code, star))
    assert [(each.criterion, each.star) for each in result.unmet_minimums] == missing
    if result.star is not None:
        blocked = [star for _, star in missing if star <= result.star_by_points]
        assert result.star == (min(blocked) - 1 if blocked else result.star_by_points)
    again = ocop.score_council(sheets[::-1], criteria_set=the_set)
    assert (again.mean, again.star, again.outcome, again.unmet_minimums) == (
        result.mean,
        result.star,
        result.outcome,
        result.unmet_minimums,
    )


@given(score_sheets(), st.integers(1, 4))
def test_a_council_of_the_same_sheets_agrees_with_the_sheet(one: ocop.ScoreSheet, count: int) -> None:
    result = ocop.score_council([evolve(one, evaluator=name) for name in NAMES[:count]])
    alone = ocop.score(one)
    assert result.mean == alone.total
    assert (result.star, result.outcome, result.causes) == (alone.star, alone.outcome, alone.causes)
    assert result.unmet_minimums == alone.unmet_minimums
    assert dict(result.part_means) == dict(alone.part_totals)
    assert not result.disagreements


def test_the_record_is_a_document_and_the_digest_is_stable() -> None:
    record = ocop.load("docs/examples/tea-council.json")
    assert isinstance(record, CouncilRecord)
    assert ocop.loads(ocop.dumps(record)) == record
    result = ocop.score_council(record)
    assert result.digest == ocop.score_council(record).digest
    assert result.to_json()["mean"] == "236/3"
    custom = evolve(
        record, rules=CouncilRules(Agreement.ALL, Agreement.ALL, MissedMinimum.NOT_REACHED, 3, Fraction(1, 2))
    )
    assert ocop.loads(ocop.dumps(custom)) == custom
    assert ocop.score_council(custom).digest != result.digest


def test_a_record_is_validated_with_pointers_into_its_sheets() -> None:
    record = ocop.load("docs/examples/tea-council.json")
    assert ocop.validate(record).ok
    wrong = evolve(record, sheets=(record.sheets[0].with_choices({"1.1": "z"}), *record.sheets[:2]))
    report = ocop.validate(wrong)
    assert [(p.code, p.pointer) for p in report.problems] == [
        ("council-evaluator-twice", "/sheets/1/evaluator"),
        ("option-unknown", "/sheets/0/choices/1.1"),
    ]


@pytest.mark.parametrize("quorum", ["0.75", "3/0", "-1/2", "3/4\n", 0.75, 1, None])
def test_a_quorum_is_a_fraction(quorum: Any) -> None:
    from ocop.documents.kinds import to_document

    document = to_document(ocop.load("docs/examples/tea-council.json"))
    report = ocop.validate({**document, "rules": {"quorum": quorum}})
    assert [p.pointer for p in report.problems] == ["/rules/quorum"]


@pytest.mark.parametrize("more", [{"rules": CouncilRules()}, {"members": ["An"]}, {"chair": "An"}])
def test_a_record_takes_nothing_beside_it(more: dict[str, Any]) -> None:
    record = ocop.load("docs/examples/tea-council.json")
    with pytest.raises(ConversionError, match="brings its own rules, members and chair"):
        ocop.score_council(record, **more)
