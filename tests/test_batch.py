"""The batch scorer gives the answers of `ocop.score`, sheet by sheet, and those of councils, exactly."""

import importlib
import random
import sys
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import ocop
from ocop.criteria.model import CriteriaSet, Criterion, Effect, Option, Part, Rule
from ocop.errors import ConversionError, MissingExtraError, SheetError, UnknownIdError
from ocop.scoring.sheet import ScoreSheet
from ocop.testing import criteria_sets, score_sheets
from packaged import COMPLETE, COMPLETE_IDS, turns

np = pytest.importorskip("numpy")
from ocop import batch  # noqa: E402
from ocop.batch import kernel  # noqa: E402

TEA = "qd26-2026/tea"
COMPILED = {the_set.id: batch.compile(the_set) for the_set in COMPLETE}
DATA = Any  # arrays; numpy may be missing where the tests are type-checked


def random_codes(the_set: CriteriaSet, count: int, rng: random.Random, missing: float = 0.0) -> DATA:
    """Draw columns of codes, from all bad to nearly all best; some contradict a rule, some have gaps."""
    columns = []
    for _ in range(count):
        pull, gap = rng.choice([0.0, 0.5, 0.8, 0.95, 0.99]), rng.random() < missing
        column = []
        for criterion in the_set.criteria:
            top = len(criterion.options)
            code = top if rng.random() < pull else rng.randint(0, top)
            column.append(-1 if gap and rng.random() < 0.05 else code)
        columns.append(column)
    return np.ascontiguousarray(np.array(columns, np.int8).reshape(count, len(the_set.criteria)).T)


def sheet_of(the_set: CriteriaSet, column: Any, findings: tuple[str, ...] = ()) -> ScoreSheet:
    letters = [("", None, *criterion.letters) for criterion in the_set.criteria]
    choices = {
        criterion.code: letter[int(code) + 1]
        for criterion, letter, code in zip(the_set.criteria, letters, column, strict=True)
    }
    return ScoreSheet(the_set.id, choices, findings)


def scalar(sheet: ScoreSheet, the_set: CriteriaSet) -> tuple[Any, ...]:
    try:
        score = ocop.score(sheet, the_set)
    except SheetError:
        return (False,)
    star = 0 if score.star is None else int(score.star)
    return True, score.total, tuple(score.part_totals.values()), int(score.star_by_points), star


def answers(result: batch.BatchScores) -> list[tuple[Any, ...]]:
    """Return what the batch says of each sheet; of an incomplete one, that all else is 0."""
    rows: list[tuple[Any, ...]] = []
    for i, complete in enumerate(result.complete.tolist()):
        row = (
            int(result.total[i]),
            tuple(result.part_totals[:, i].tolist()),
            int(result.star_by_points[i]),
            int(result.star[i]),
        )
        if complete:
            rows.append((True, *row))
        else:
            assert row == (0, (0,) * len(row[1]), 0, 0)
            rows.append((False,))
    return rows


def same(compiled: batch.CompiledSet, codes: DATA) -> list[tuple[Any, ...]]:
    the_set = compiled.criteria_set
    expected = [scalar(sheet_of(the_set, column), the_set) for column in codes.T]
    assert answers(compiled.score(codes)) == expected
    return expected


@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_batch_equals_scalar_on_random_sheets(set_id: str) -> None:
    rng = random.Random(set_id)  # noqa: S311
    compiled = COMPILED[set_id]
    rows = same(compiled, random_codes(compiled.criteria_set, turns(set_id, 600), rng, missing=0.2))
    assert len({row[-1] for row in rows if row[0]}) > 3
    assert any(not row[0] for row in rows)
    rows = same(compiled, random_codes(compiled.criteria_set, turns(set_id, 300), rng))


@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_every_answer_to_every_criterion_counts_the_same(set_id: str) -> None:
    compiled = COMPILED[set_id]
    best = [len(criterion.options) for criterion in compiled.criteria_set.criteria]
    columns = [
        [*best[:row], code, *best[row + 1 :]] for row, options in enumerate(best) for code in range(-1, options + 1)
    ]
    same(compiled, np.ascontiguousarray(np.array(columns, np.int8).T))


@given(score_sheets())
def test_batch_equals_scalar_on_drawn_sheets(sheet: ScoreSheet) -> None:
    compiled = COMPILED[sheet.criteria_set]
    result = compiled.score(compiled.encode([sheet]), compiled.findings([sheet]))
    assert answers(result) == [scalar(sheet, compiled.criteria_set)]


@given(st.data())
@settings(max_examples=150)
def test_batch_equals_scalar_on_drawn_sets(data: st.DataObject) -> None:
    the_set = data.draw(criteria_sets())
    compiled = batch.compile(the_set)
    sheets = data.draw(st.lists(score_sheets(the_set), max_size=4))
    result = compiled.score(compiled.encode(sheets), compiled.findings(sheets))
    assert answers(result) == [scalar(sheet, the_set) for sheet in sheets]
    codes = random_codes(the_set, 20, random.Random(data.draw(st.integers(0, 999))), missing=0.2)  # noqa: S311
    same(compiled, codes)


def test_a_derived_stop_takes_the_star_and_leaves_the_sheet_complete() -> None:
    compiled = COMPILED["qd26-2026/bottled-water"]
    codes = np.array([[len(criterion.options)] for criterion in compiled.criteria_set.criteria], np.int8)
    row = [criterion.code for criterion in compiled.criteria_set.criteria].index("6.2")
    codes[row] = 0
    result = compiled.score(codes)
    assert (result.star.tolist(), result.star_by_points.tolist(), result.complete.tolist()) == ([0], [5], [True])


def test_sheets_with_findings_have_no_star() -> None:
    compiled = COMPILED[TEA]
    codes = np.array([[len(each.options)] * 2 for each in compiled.criteria_set.criteria], np.int8)
    result = compiled.score(codes, np.array([True, False]))
    assert (result.star.tolist(), result.star_by_points.tolist(), result.total.tolist()) == ([0, 5], [5, 5], [100, 100])


def small_set(*criteria: Criterion, rules: tuple[Rule, ...] = ()) -> CriteriaSet:
    most = sum(criterion.max_points for criterion in criteria)
    return CriteriaSet("qd26-2026/small", ocop.edition("qd26-2026"), 99, (Part("A", "a", most, criteria),), rules)


def criterion(code: str, *points: int, case: int | None = None) -> Criterion:
    """Make a criterion; from the option numbered `case` on, the second case begins."""
    options = tuple(
        Option("abcdefgh"[i], f"o{i}", each, case=None if case is None else "x" if i < case else "y")
        for i, each in enumerate(points)
    )
    return Criterion(code, f"c{code}", max(points), options)


def test_criteria_without_points_and_rules_on_cases() -> None:
    needs = Rule(Effect.APPLIES_ONLY_IF, "needs", "1", "3")
    stop = Rule(Effect.EVALUATION_STOPS, "zero", criteria=("2", "3"))
    the_set = small_set(
        criterion("1", 0, 0), criterion("2", 0, 40, 0, 60, case=2), criterion("3", 5, 0, 40, case=1),
        rules=(needs, stop, Rule(Effect.APPLIES_ONLY_IF, "needs", "3", "2")),
    )  # fmt: skip
    columns = [(a, b, c) for a in range(-1, 3) for b in range(-1, 5) for c in range(-1, 4)]
    same(batch.compile(the_set), np.ascontiguousarray(np.array(columns, np.int8).T))


@pytest.mark.parametrize("count", [0, 1, 2, 15, 16, 17, 31, 32, 33, 64, 65])
def test_blocks_meet_without_a_seam(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = COMPILED["qd26-2026/bottled-water"]
    codes = random_codes(compiled.criteria_set, count, random.Random(count), missing=0.3)  # noqa: S311
    whole = answers(compiled.score(codes))
    monkeypatch.setattr(kernel, "BLOCK", 16)
    assert len(whole) == count
    assert answers(compiled.score(codes)) == whole == same(compiled, codes)


@pytest.mark.parametrize("extra", [-1, 0, 1])
def test_real_blocks_meet_without_a_seam(extra: int) -> None:
    compiled = COMPILED[TEA]
    few = random_codes(compiled.criteria_set, 97, random.Random(5), missing=0.3)  # noqa: S311
    count = kernel.BLOCK + extra
    result = compiled.score(np.ascontiguousarray(np.resize(few.T, (count, len(few))).T))
    expected = compiled.score(few)
    for name in ("total", "star_by_points", "star", "complete", "part_totals"):
        found = getattr(result, name)
        assert (found == np.resize(getattr(expected, name).T, found.T.shape).T).all()


def test_any_memory_order_is_read() -> None:
    compiled = COMPILED[TEA]
    codes = random_codes(compiled.criteria_set, 50, random.Random(3))  # noqa: S311
    expected = answers(compiled.score(codes))
    assert answers(compiled.score(np.asfortranarray(codes))) == expected
    assert answers(compiled.score(np.repeat(codes, 2, axis=1)[:, ::2])) == expected
    assert answers(compiled.score(codes[:, ::-1])) == expected[::-1]
    before = codes.copy()
    compiled.score_councils(codes, [0, 20, 50])
    assert (codes == before).all()


@pytest.mark.parametrize("wrong", [
    [[0] * 3] * 32, np.zeros((32, 3)), np.zeros((32, 3), np.uint8), np.zeros((31, 3), np.int8), np.zeros(32, np.int8),
])  # fmt: skip
def test_wrong_codes_are_refused(wrong: Any) -> None:
    with pytest.raises(ConversionError, match=r"expected codes of shape \(32, sheets\), int8; got"):
        COMPILED[TEA].score(wrong)


@pytest.mark.parametrize("wrong", [[True, False], np.zeros(2), np.zeros(3, bool), np.zeros((1, 2), bool)])
def test_wrong_findings_are_refused(wrong: Any) -> None:
    with pytest.raises(ConversionError, match=r"expected findings of shape \(2,\), bool; got"):
        COMPILED[TEA].score(np.zeros((32, 2), np.int8), wrong)


def test_codes_that_are_no_option_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = COMPILED[TEA]
    monkeypatch.setattr(kernel, "BLOCK", 4)
    codes = np.zeros((32, 10), np.int8)
    codes[:, 0], codes[0, 6], codes[0, 7], codes[3, 5] = -1, 4, 5, -2
    with pytest.raises(SheetError) as caught:
        compiled.score(codes)
    problems = [(each.code, each.pointer, each.expected, each.got) for each in caught.value.report.problems]
    assert problems == [
        ("option-unknown", "/1.1/6", "-1 … 3", "4"),
        ("option-unknown", "/1.4/5", "-1 … 3", "-2"),
    ]
    with pytest.raises(SheetError):
        compiled.score_councils(codes, [0, 10])


# Councils


def council(compiled: batch.CompiledSet, codes: DATA) -> tuple[Any, ...]:
    """Reckon a council in plain Python."""
    the_set = compiled.criteria_set
    sheets = [sheet_of(the_set, column) for column in codes.T]
    try:
        scores = [ocop.score(sheet, the_set) for sheet in sheets]
    except SheetError:
        scores = []
    if not scores:
        return (0, len(sheets), 0, 0, False)
    mean = Fraction(sum(score.total for score in scores), len(scores))
    unmet = {
        star
        for criterion in the_set.criteria
        for star in criterion.minimums
        if 2 * sum(star not in criterion.unmet(sheet.choices[criterion.code]) for sheet in sheets) <= len(sheets)
    }
    bands = [band.star for band in the_set.edition.bands if band.floor <= mean]
    star = max([bands[0], *(star for star in bands if star < min(unmet, default=9))])
    stopped = 2 * sum(score.star is None for score in scores) > len(scores)
    return (sum(score.total for score in scores), len(scores), int(bands[-1]), 0 if stopped else int(star), True)


def council_answers(result: batch.CouncilScores) -> list[tuple[Any, ...]]:
    columns = (result.total_sum, result.count, result.star_by_points, result.star, result.complete)
    assert [column.dtype for column in columns] == [np.int32, np.int32, np.uint8, np.uint8, np.bool_]
    return list(zip(*(column.tolist() for column in columns), strict=True))


@pytest.mark.parametrize("block", [8, kernel.BLOCK])
@pytest.mark.parametrize("set_id", COMPLETE_IDS)
def test_councils_equal_plain_python(set_id: str, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel, "BLOCK", block)
    compiled = COMPILED[set_id]
    rng = random.Random(set_id)  # noqa: S311
    parts, sizes = [np.zeros((len(compiled.criteria_set.criteria), 0), np.int8)], []
    for _ in range(turns(set_id, 150)):
        sizes.append(rng.choice([0, 1, 2, 3, 4, 5, 7, 9, 11, 17]))
        # Members who agree by and large: neighbours of one sheet.
        column = random_codes(compiled.criteria_set, 1, rng, missing=0.05)
        members = np.repeat(column, sizes[-1], axis=1)
        for member in members.T:
            for _ in range(rng.randint(0, 4)):
                row = rng.randrange(len(member))
                member[row] = rng.randint(0, len(compiled.criteria_set.criteria[row].options))
        parts.append(members)
    codes = np.concatenate(parts, axis=1)
    offsets = np.cumsum([0, *sizes])
    expected = [council(compiled, codes[:, a:b]) for a, b in pairwise(offsets)]
    assert council_answers(compiled.score_councils(codes, offsets)) == expected
    assert len({row[3] for row in expected}) > 3


def test_a_council_as_score_council_has_it() -> None:
    compiled = COMPILED["qd26-2026/bottled-water"]
    rng = random.Random(1)  # noqa: S311
    for size in (1, 2, 3, 4, 5):
        for _ in range(40):
            codes = random_codes(compiled.criteria_set, size, rng)
            sheets = [evolve(sheet_of(compiled.criteria_set, c), evaluator=str(i)) for i, c in enumerate(codes.T)]
            result = compiled.score_councils(codes, [0, size])
            try:
                found = ocop.score_council(sheets)
            except SheetError:
                assert not result.complete[0]
                continue
            assert Fraction(int(result.total_sum[0]), int(result.count[0])) == found.mean
            assert result.star_by_points[0] == found.star_by_points
            assert result.star[0] == (found.star or 0)


def test_the_mean_is_not_rounded_and_half_is_no_majority() -> None:
    compiled = COMPILED[TEA]
    rows = [each.code for each in compiled.criteria_set.criteria]
    best = [len(criterion.options) for criterion in compiled.criteria_set.criteria]
    codes = np.repeat(np.array([best], np.int8).T, 4, axis=1)
    codes[rows.index("3.4"), :2] = 1  # below the minimum for four stars
    result = compiled.score_councils(codes, [0, 4, 4])
    assert council_answers(result) == [(398, 4, 5, 3, True), (0, 0, 0, 0, False)]
    assert compiled.score_councils(codes[:, 1:], [0, 3]).star.tolist() == [5]


@pytest.mark.parametrize("size", [14, 15, 16, 127, 128, 254, 255, 256, 257, 300, 65_535])
def test_large_councils_are_counted_exactly(size: int) -> None:
    rule = Rule(Effect.EVALUATION_STOPS, "zero", criteria=("2",))
    the_set = small_set(
        Criterion("1", "c1", 200, (Option("a", "o", 200, ocop.Star.THREE),)), criterion("2", 55), rules=(rule,)
    )
    compiled = batch.compile(the_set)
    for met in (size // 2, size // 2 + 1):
        codes = np.ones((2, size + 1), np.int8)
        codes[0, met:size] = 0
        codes[1, : size - met] = 0
        result = compiled.score_councils(codes, [0, size, size + 1])
        total = 200 * met + 55 * met
        points, star = (5 if total >= 90 * size else 1), 0
        if 2 * (size - met) <= size:
            star = points if 2 * met > size else 2
        assert council_answers(result) == [(total, size, points, star, True), (255, 1, 5, 5, True)]


def test_councils_that_are_too_large_are_refused() -> None:
    compiled = batch.compile(small_set(criterion("1", 1)))
    with pytest.raises(ConversionError, match="a council may have 65535 members"):
        compiled.score_councils(np.zeros((1, 65_536), np.int8), [0, 65_536])


@pytest.mark.parametrize("offsets", [[0], [0, 0, 0], np.zeros(4, np.uint64)])
def test_no_sheets_make_no_council(offsets: Any) -> None:
    result = COMPILED[TEA].score_councils(np.zeros((32, 0), np.int8), offsets)
    assert council_answers(result) == [(0, 0, 0, 0, False)] * (len(offsets) - 1)


@pytest.mark.parametrize(("offsets", "message"), [
    ([], r"expected offsets of shape \(councils \+ 1,\), integers; got \(0,\), float64"),
    (np.zeros(0, np.int64), r"integers; got \(0,\), int64"),
    ([0.0, 3.0], "integers; got"),
    ([[0, 3]], "integers; got"),
    (3, "integers; got"),
    ([False, True], "integers; got"),
    ([1, 3], "ascend from 0 to the number of sheets, 3"),
    ([0, 2], "ascend"),
    ([0, 4], "ascend"),
    ([0, 2, 1, 3], "ascend"),
])  # fmt: skip
def test_wrong_offsets_are_refused(offsets: Any, message: str) -> None:
    with pytest.raises(ConversionError, match=message):
        COMPILED[TEA].score_councils(np.zeros((32, 3), np.int8), offsets)


# Encoding


def test_sheets_become_columns() -> None:
    compiled = COMPILED[TEA]
    blank = ScoreSheet.blank(TEA)
    codes = compiled.encode([blank, ScoreSheet(TEA, {"1.1": "b"}), blank.with_choices(dict.fromkeys(blank.choices))])
    assert (codes.dtype, codes.shape, codes.flags.c_contiguous) == (np.int8, (32, 3), True)
    assert codes[:2].tolist() == [[-1, 2, 0], [-1, -1, 0]]
    assert compiled.encode([]).shape == (32, 0)
    assert compiled.findings([]).shape == (0,)


def test_sheets_that_do_not_fit_are_reported_with_their_place() -> None:
    compiled = COMPILED[TEA]
    best = {each.code: each.letters[-1] for each in compiled.criteria_set.criteria}
    sheets = [
        ScoreSheet(TEA, best),
        ScoreSheet(TEA, {**best, "1.1": "C"}),
        ScoreSheet(TEA, {**best, "9.9": "a", "1.2": ["a"]}),
        ScoreSheet("qd26-2026/flowers", {}),
        ScoreSheet(TEA, {"5.1": None, "5.2": best["5.2"], "1.1": {}}),
    ]
    with pytest.raises(SheetError) as caught:
        compiled.encode(sheets)
    assert [(each.pointer, each.code) for each in caught.value.report.problems] == [
        ("/1/choices/1.1", "option-unknown"),
        ("/2/choices/1.2", "several-options"),
        ("/2/choices/9.9", "criterion-unknown"),
        ("/3/criteria_set", "set-unknown"),
        ("/4/choices/1.1", "choice-not-a-letter"),
    ]


def test_findings_are_told_and_checked() -> None:
    compiled = COMPILED[TEA]
    known = compiled.criteria_set.findings[0]
    assert compiled.findings([ScoreSheet(TEA, {}), ScoreSheet(TEA, {}, [known])]).tolist() == [False, True]
    with pytest.raises(SheetError) as caught:
        compiled.findings([ScoreSheet(TEA, {}, [known, "x", known]), ScoreSheet("qd26-2026/flowers", {})])
    assert [(each.pointer, each.code) for each in caught.value.report.problems] == [
        ("/0/findings/1", "finding-unknown"),
        ("/0/findings/2", "finding-repeated"),
        ("/1/criteria_set", "set-unknown"),
    ]


@pytest.mark.parametrize("column", [
    ["a", None, "", "c"],
    ("a", None, "", "c"),
    np.array(["a", None, "", "c"], object),
    [1, 0, -1, 3],
    np.array([1, 0, -1, 3], np.int64),
    np.array([1, 0, -1, 3], object),
    ["a", 0, np.int8(-1), "c"],
    np.array([1, 0, -1, 3], np.int8)[::1],
])  # fmt: skip
def test_columns_of_letters_and_codes(column: Any) -> None:
    compiled = COMPILED[TEA]
    codes = compiled.encode_columns({each.code: column for each in compiled.criteria_set.criteria} | {
        each.code: ["a"] * 4 for each in compiled.criteria_set.criteria[1:]
    })  # fmt: skip
    assert (codes.dtype, codes.shape, codes.flags.c_contiguous) == (np.int8, (32, 4), True)
    assert codes[0].tolist() == [1, 0, -1, 3]
    assert (codes[1:] == 1).all()


def test_text_arrays_and_frames_are_columns() -> None:
    compiled = COMPILED[TEA]
    codes = [each.code for each in compiled.criteria_set.criteria]
    assert compiled.encode_columns({code: np.array(["a", ""]) for code in codes})[0].tolist() == [1, -1]
    assert compiled.encode_columns({code: [] for code in codes}).shape == (32, 0)
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame({code: ["a", None] for code in codes}, dtype=object)
    assert compiled.encode_columns(frame)[0].tolist() == [1, 0]


WRONG = [
    ("C", "option-unknown", "c"), ("z", "option-unknown", None), ("c ", "option-unknown", "c"),
    (float("nan"), "choice-not-a-letter", None), (1.0, "choice-not-a-letter", None),
    (True, "choice-not-a-letter", None), (4, "choice-not-a-letter", None), (-2, "choice-not-a-letter", None),
    (["a"], "choice-not-a-letter", None), (b"a", "choice-not-a-letter", None),
]  # fmt: skip


@pytest.mark.parametrize(("value", "code", "hint"), WRONG)
def test_wrong_values_are_reported_with_column_and_row(value: Any, code: str, hint: str | None) -> None:
    compiled = COMPILED[TEA]
    columns: dict[str, Any] = {each.code: ["a"] * 3 for each in compiled.criteria_set.criteria}
    with pytest.raises(SheetError) as caught:
        compiled.encode_columns({**columns, "1.1": ["a", "b", value]})
    (problem,) = caught.value.report.problems
    assert (problem.code, problem.pointer, problem.hint) == (code, "/1.1/2", hint)
    assert problem.expected == "a, b, c, null"


@pytest.mark.parametrize("column", [
    np.array([1, 4]), np.array([0.0, 1.0]), np.array([True, False]), np.array([300, 300]),
])  # fmt: skip
def test_arrays_of_other_things_are_reported(column: Any) -> None:
    compiled = COMPILED[TEA]
    columns: dict[str, Any] = {each.code: ["a"] * 2 for each in compiled.criteria_set.criteria}
    with pytest.raises(SheetError, match=r"/1\.1/1"):
        compiled.encode_columns({**columns, "1.1": column})


def test_hints_are_given_to_the_first_only() -> None:
    compiled = COMPILED[TEA]
    with pytest.raises(SheetError) as caught:
        compiled.encode_columns({each.code: ["A"] * 5 for each in compiled.criteria_set.criteria})
    hints = [each.hint for each in caught.value.report.problems]
    assert hints == ["a"] * 50 + [None] * 110


def test_of_a_column_with_many_wrong_values_the_first_are_told() -> None:
    compiled = COMPILED[TEA]
    columns: dict[str, Any] = {each.code: ["a"] * 1000 for each in compiled.criteria_set.criteria}
    with pytest.raises(SheetError) as caught:
        compiled.encode_columns({**columns, "1.1": ["A"] * 1000, "1.2": [9] * 50 + ["a"] * 950})
    assert [(each.code, each.pointer) for each in caught.value.report.problems] == [
        *(("option-unknown", f"/1.1/{row}") for row in range(50)),
        ("column-more", "/1.1"),
        *(("choice-not-a-letter", f"/1.2/{row}") for row in range(50)),
    ]
    assert caught.value.report.problems[50].message.en == "The column of criterion 1.1 has 950 more wrong rows"


def test_missing_and_unknown_columns_are_reported() -> None:
    compiled = COMPILED[TEA]
    columns: dict[Any, Any] = {each.code: ["a"] for each in compiled.criteria_set.criteria[1:]}
    with pytest.raises(SheetError) as caught:
        compiled.encode_columns(columns | {"1.l": ["a"], 7: ["a"]})
    assert [(each.code, each.pointer) for each in caught.value.report.problems] == [
        ("criterion-unknown", "/1.l"),
        ("criterion-unknown", "/7"),
        ("criterion-missing", "/1.1"),
    ]


@pytest.mark.parametrize("column", [
    "a", b"a", None, 3, {"a"}, {0: "a"}, np.array("a"), np.array([["a"]]), np.ma.masked_array([1], [True]),
])  # fmt: skip
def test_what_is_no_column_is_refused(column: Any) -> None:
    compiled = COMPILED[TEA]
    columns: dict[str, Any] = {each.code: ["a"] for each in compiled.criteria_set.criteria}
    with pytest.raises(ConversionError, match=r"expected a column of letters for criterion 1\.1; got"):
        compiled.encode_columns({**columns, "1.1": column})


def test_columns_that_differ_in_length_are_refused() -> None:
    compiled = COMPILED[TEA]
    columns: dict[str, Any] = {each.code: ["a"] * 3 for each in compiled.criteria_set.criteria}
    with pytest.raises(ConversionError, match="the columns differ in length: 2, 3 rows"):
        compiled.encode_columns({**columns, "1.1": ["a", "b"]})


# Compiling


def test_a_set_compiles_by_id_or_as_it_is() -> None:
    tea = ocop.criteria_set(TEA)
    assert batch.compile(tea).criteria_set is batch.compile(TEA).criteria_set is tea
    assert repr(batch.compile(tea)) == "CompiledSet('qd26-2026/tea')"
    with pytest.raises(UnknownIdError):
        batch.compile("qd26-2026/tee")


def test_sets_beyond_bytes_are_refused() -> None:
    same(batch.compile(small_set(criterion("1", 100, 255))), np.array([[0, 1, 2, -1]], np.int8))
    with pytest.raises(ConversionError, match="its best total is 256 points, and 255 is the most"):
        batch.compile(small_set(criterion("1", 255), criterion("2", 1)))
    many = Criterion("1", "c1", 1, tuple(Option(f"a{i}", f"o{i}", i % 2) for i in range(127)))
    with pytest.raises(ConversionError, match="a criterion may have 126 options"):
        batch.compile(small_set(many))
    the_set = small_set(evolve(many, options=many.options[:126]))
    same(batch.compile(the_set), np.arange(-1, 127, dtype=np.int8).reshape(1, -1))


def test_without_numpy_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "ocop.batch")
    with pytest.raises(MissingExtraError, match=r"pip install 'ocop\[batch\]'"):
        importlib.import_module("ocop.batch")
