"""Tables give the answers of `ocop.batch` and of `ocop.score`, whatever library holds them."""

import importlib
import pickle
import random
import re
import shutil
import sys
import tracemalloc
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ocop
from ocop.criteria.model import CriteriaSet
from ocop.errors import ConversionError, MissingExtraError, SheetError, UnknownIdError
from ocop.scoring.sheet import ScoreSheet
from ocop.testing import criteria_sets

np = pytest.importorskip("numpy")
nw = pytest.importorskip("narwhals", reason="the extra frames is not installed")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
from ocop import adapters, batch  # noqa: E402
from ocop.adapters import frames  # noqa: E402
from ocop.adapters.frames import score_frame, score_record_batch  # noqa: E402

TEA = "qd26-2026/tea"
SETS = (TEA, "qd26-2026/bottled-water", "qd26-2026/community-tourism", "qd26-2026/fresh-produce")
COMPILED = {set_id: batch.compile(set_id) for set_id in SETS}
CODES = [criterion.code for criterion in COMPILED[TEA].criteria_set.criteria]
RESULT = ["total", "part_A", "part_B", "part_C", "star_by_points", "star", "complete"]
GUIDE = Path("docs/guides/many-sheets.md")
KINDS = ("pandas", "polars", "pyarrow")
every_kind = pytest.mark.parametrize("kind", KINDS)
DATA = Any  # frames and arrays


def frame_of(kind: str, columns: dict[str, Any]) -> DATA:
    if kind == "pandas":
        return pd.DataFrame(columns)
    return pl.DataFrame(columns, strict=False) if kind == "polars" else pa.table(columns)


def rows_of(frame: DATA) -> list[dict[str, Any]]:
    """Return the rows of a result; null is None."""
    found = nw.from_native(frame).to_arrow()
    assert found.schema.names[-1] == "complete"
    return list(found.to_pylist())


def random_codes(the_set: CriteriaSet, count: int, rng: random.Random) -> DATA:
    """Draw codes, from all bad to nearly all best, some with gaps: shape (criteria, count)."""
    pulls = [rng.choice([0.0, 0.5, 0.9, 0.99]) for _ in range(count)]
    gaps = [rng.choice([0.0, 0.0, 0.05]) for _ in range(count)]
    rows = [
        [-1 if rng.random() < gap else top if rng.random() < pull else rng.randint(0, top)
         for pull, gap in zip(pulls, gaps, strict=True)]
        for top in (len(criterion.options) for criterion in the_set.criteria)
    ]  # fmt: skip
    return np.array(rows, np.int8).reshape(len(the_set.criteria), count)


def letters(the_set: CriteriaSet, codes: DATA) -> dict[str, list[str | None]]:
    """Return columns of letters, "" for what is missing and None where no option is met."""
    return {
        criterion.code: [("", None, *criterion.letters)[code + 1] for code in row]
        for criterion, row in zip(the_set.criteria, codes.tolist(), strict=True)
    }


def expected(compiled: batch.CompiledSet, codes: DATA) -> list[dict[str, Any]]:
    result, parts = compiled.score(codes), [f"part_{part.code}" for part in compiled.criteria_set.parts]
    names = ["total", *parts, "star_by_points", "star"]
    columns = np.stack([result.total, *result.part_totals, result.star_by_points, result.star])
    return [
        {**dict(zip(names, values if complete else [None] * len(names), strict=True)), "complete": complete}
        for values, complete in zip(columns.T.tolist(), result.complete.tolist(), strict=True)
    ]


def agrees_with_score(the_set: CriteriaSet, codes: DATA, rows: list[dict[str, Any]]) -> None:
    columns = letters(the_set, codes)
    for place, row in enumerate(rows):
        sheet = ScoreSheet(the_set.id, {code: column[place] for code, column in columns.items()})
        try:
            score = ocop.score(sheet, the_set)
        except SheetError:
            assert (row["complete"], row["total"]) == (False, None)
            continue
        assert row["complete"]
        assert (row["total"], row["star"]) == (score.total, score.star or 0)
        assert row["star_by_points"] == score.star_by_points
        assert {code: row[f"part_{code}"] for code in score.part_totals} == dict(score.part_totals)


@every_kind
@pytest.mark.parametrize("set_id", SETS)
def test_letters_and_codes_give_the_answers_of_the_engine(kind: str, set_id: str) -> None:
    compiled = COMPILED[set_id]
    the_set = compiled.criteria_set
    codes = random_codes(the_set, 120, random.Random(set_id))  # noqa: S311
    answers = expected(compiled, codes)
    agrees_with_score(the_set, codes, answers)
    assert {row["complete"] for row in answers} == {True, False}
    frame = frame_of(kind, letters(the_set, codes))
    assert rows_of(score_frame(frame, set_id, null="none-met")) == answers
    frame = frame_of(kind, dict(zip([criterion.code for criterion in the_set.criteria], codes, strict=True)))
    assert rows_of(score_frame(frame, the_set)) == answers


@given(st.data())
def test_drawn_tables_give_the_answers_of_the_batch(data: st.DataObject) -> None:
    the_set = data.draw(criteria_sets())
    compiled = batch.compile(the_set)
    codes = random_codes(the_set, data.draw(st.integers(0, 6)), random.Random(data.draw(st.integers(0, 999))))  # noqa: S311
    kind = data.draw(st.sampled_from(KINDS))
    null: frames.Null = data.draw(st.sampled_from(("missing", "none-met")))
    empty = -1 if null == "missing" else 0
    columns: dict[str, Any] = {}
    for criterion, row in zip(the_set.criteria, codes, strict=True):
        as_codes = data.draw(st.booleans()) or (empty == -1 and 0 in row)  # letters cannot tell 0 from a gap then
        holes = [code == empty and data.draw(st.booleans()) for code in row.tolist()]
        names = ("", None, *criterion.letters)
        cells = [
            None if hole else code if as_codes else names[code + 1]
            for code, hole in zip(row.tolist(), holes, strict=True)
        ]
        if kind == "pandas" and as_codes:
            columns[criterion.code] = pd.array(cells, dtype="Int8")
        else:
            columns[criterion.code] = pl.Series(cells, dtype=pl.Int8 if as_codes else pl.String)
            if kind != "polars":
                columns[criterion.code] = cells if kind == "pandas" else columns[criterion.code].to_arrow()
    found = rows_of(score_frame(frame_of(kind, columns), the_set, null=null))
    assert found == expected(compiled, codes)


def table(**changed: Any) -> dict[str, Any]:
    """Return columns of three rows, the best of tea; those named `c1_1` and so on are put in their place."""
    best: dict[str, Any] = {
        criterion.code: [criterion.letters[-1]] * 3 for criterion in COMPILED[TEA].criteria_set.criteria
    }
    return best | {name[1:].replace("_", "."): column for name, column in changed.items()}


TEXTS = ["a", "", None, "c"]
INTEGERS = [1, -1, None, 3]
AS_PANDAS = [
    (pd.Series(TEXTS, dtype=object), [1, -1, -1, 3]),
    (pd.Series(["a", "", float("nan"), "c"], dtype=object), [1, -1, -1, 3]),
    (pd.Series(TEXTS, dtype="string[python]"), [1, -1, -1, 3]),
    (pd.Series(TEXTS, dtype="string[pyarrow]"), [1, -1, -1, 3]),
    (pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string())), [1, -1, -1, 3]),
    (pd.Series(TEXTS, dtype="category"), [1, -1, -1, 3]),
    (pd.Series(INTEGERS, dtype="category"), [1, -1, -1, 3]),
    (pd.Series(INTEGERS, dtype="Int64"), [1, -1, -1, 3]),
    (pd.Series(INTEGERS, dtype=pd.ArrowDtype(pa.int16())), [1, -1, -1, 3]),
    (pd.Series(INTEGERS, dtype=object), [1, -1, -1, 3]),
    (pd.Series(["a", -1, pd.NA, 3], dtype=object), [1, -1, -1, 3]),
    (pd.Series([3, 0, 1, 2], dtype="uint64"), [3, 0, 1, 2]),
    (pd.Series([3, 0, 1, 2], dtype="Sparse[int]"), [3, 0, 1, 2]),
    (pd.Series([float("nan")] * 4), [-1] * 4),
    (pd.Series([None] * 4, dtype=object), [-1] * 4),
    (pd.Series(TEXTS * 2, dtype=object)[::2], [1, -1, 1, -1]),
]
AS_POLARS = [
    (pl.Series(TEXTS), [1, -1, -1, 3]),
    (pl.Series(TEXTS, dtype=pl.Categorical), [1, -1, -1, 3]),
    (pl.Series(TEXTS, dtype=pl.Enum(["c", "b", "a", ""])), [1, -1, -1, 3]),
    (pl.Series(INTEGERS), [1, -1, -1, 3]),
    (pl.Series([1, 0, None, 3], dtype=pl.UInt8), [1, 0, -1, 3]),
    (pl.Series(INTEGERS, dtype=pl.Int128), [1, -1, -1, 3]),
    (pl.Series(["a", -1, None, 3], dtype=pl.Object), [1, -1, -1, 3]),
    (pl.Series([None] * 4), [-1] * 4),
    (pl.Series([None] * 4, dtype=pl.Float64), [-1] * 4),
]
AS_PYARROW = [
    (pa.array(TEXTS), [1, -1, -1, 3]),
    (pa.array(TEXTS, pa.large_string()), [1, -1, -1, 3]),
    (pa.array(TEXTS, pa.string_view()), [1, -1, -1, 3]),
    (pa.array(TEXTS).dictionary_encode(), [1, -1, -1, 3]),
    (pa.chunked_array([TEXTS[:1], TEXTS[1:3], [], TEXTS[3:]]), [1, -1, -1, 3]),
    (pa.array(INTEGERS, pa.int8()), [1, -1, -1, 3]),
    (pa.array([1, 0, None, 3], pa.uint64()), [1, 0, -1, 3]),
    (pa.array(INTEGERS).dictionary_encode(), [1, -1, -1, 3]),
    (pa.nulls(4), [-1] * 4),
]


@pytest.mark.parametrize(
    ("kind", "column", "codes"),
    [
        (kind, column, codes)
        for kind, columns in zip(KINDS, (AS_PANDAS, AS_POLARS, AS_PYARROW), strict=True)
        for column, codes in columns
    ],
)
def test_columns_of_many_types(kind: str, column: DATA, codes: list[int]) -> None:
    columns = {code: ["a"] * 4 for code in CODES}
    column = column.reset_index(drop=True) if kind == "pandas" else column
    matrix = np.ones((32, 4), np.int8)
    matrix[0] = codes
    frame = frame_of(kind, {**columns, "1.1": column})
    assert rows_of(score_frame(frame, TEA)) == expected(COMPILED[TEA], matrix)
    values = column.to_pylist() if kind == "pyarrow" else column.to_list()
    nulls = np.array([pd.isna(value) for value in values])
    matrix[0, nulls] = 0
    assert rows_of(score_frame(frame, TEA, null="none-met")) == expected(COMPILED[TEA], matrix)


def test_the_result_of_pandas() -> None:
    frame = pd.DataFrame(table(c1_1=["a", None, "c"]), index=pd.Index([7, 7, 3], name="sheet"))
    frame.insert(0, "product", ["x", "y", "z"])
    frame["evaluator"] = pd.Categorical(["An", "An", "Ba"])
    result = score_frame(frame, TEA, keep=("evaluator", "product"))
    assert list(result.columns) == ["evaluator", "product", *RESULT]
    assert (result.dtypes.iloc[:2] == frame.dtypes[["evaluator", "product"]]).all()
    assert [str(dtype) for dtype in result.dtypes[2:]] == ["Int16"] * 4 + ["Int8"] * 2 + ["bool"]
    assert result.index.equals(frame.index)
    assert result.index.name == "sheet"
    assert result["star"].isna().tolist() == [False, True, False]
    assert score_frame(frame[CODES], TEA).index.equals(frame.index)
    # Nothing is shared: neither with the table nor between columns.
    result.iloc[0, 1], result.iloc[0, 2] = "changed", None
    assert frame["product"].iloc[0] == "x"
    assert result["part_A"].notna().iloc[0]


def test_the_result_of_polars() -> None:
    frame = pl.DataFrame(table(c1_1=["a", None, "c"])).with_columns(product=pl.Series(["x", "y", "z"]))
    result = score_frame(frame, TEA, keep=["product"])
    assert result.columns == ["product", *RESULT]
    assert result.dtypes == [pl.String, *[pl.Int16] * 4, pl.Int8, pl.Int8, pl.Boolean]
    assert result["total"].null_count() == result["star"].null_count() == 1
    assert score_frame(frame.select(CODES), TEA).columns == RESULT


def test_the_result_of_pyarrow() -> None:
    fields = [*(pa.field(code, pa.string()) for code in CODES), pa.field("id", pa.int32(), False, {"note": "kept"})]
    frame = pa.table({**table(c1_1=["a", None, "c"]), "id": [1, 2, 3]}, schema=pa.schema(fields))
    result = score_frame(frame, TEA, keep=["id"])
    assert result.column_names == ["id", *RESULT]
    assert result.schema.types == [pa.int32(), *[pa.int16()] * 4, pa.int8(), pa.int8(), pa.bool_()]
    assert result.schema.field("id").equals(fields[-1], check_metadata=True)
    assert result.column("star").null_count == 1
    assert score_frame(frame.select(CODES), TEA).num_rows == 3


@every_kind
def test_a_stop_takes_the_star_and_leaves_the_row_complete(kind: str) -> None:
    criteria = COMPILED["qd26-2026/bottled-water"].criteria_set.criteria
    columns: dict[str, Any] = {criterion.code: [criterion.letters[-1]] for criterion in criteria}
    columns["6.2"] = pd.array([0], dtype="Int8") if kind == "pandas" else [0]
    (row,) = rows_of(score_frame(frame_of(kind, columns), "qd26-2026/bottled-water"))
    assert (row["star"], row["star_by_points"], row["complete"]) == (0, 5, True)


@every_kind
def test_no_rows_give_no_rows_of_the_right_types(kind: str) -> None:
    filled, empty = frame_of(kind, {**table(), "product": ["x"] * 3}), frame_of(kind, {**table(), "product": ["x"] * 3})
    empty = empty.slice(0, 0) if kind != "pandas" else empty.iloc[:0]
    whole, none = (score_frame(frame, TEA, keep=["product"]) for frame in (filled, empty))
    assert (len(whole), len(none)) == (3, 0)
    assert nw.from_native(none).schema == nw.from_native(whole).schema
    if kind == "pandas":
        assert len(score_frame(pd.DataFrame(columns=CODES), TEA)) == 0


@every_kind
def test_slices_meet_without_a_seam(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = random_codes(COMPILED[TEA].criteria_set, 20, random.Random(2))  # noqa: S311
    frame = frame_of(kind, letters(COMPILED[TEA].criteria_set, codes))
    for size in (1, 7, 19, 20, 21):
        monkeypatch.setattr(frames, "_SLICE", size)
        assert rows_of(score_frame(frame, TEA, null="none-met")) == expected(COMPILED[TEA], codes)


# What is refused


def problems_of(frame: DATA, **options: Any) -> list[tuple[str, str]]:
    return [(problem.code, problem.pointer) for problem in report_of(frame, **options).problems]


def report_of(frame: DATA, **options: Any) -> ocop.Report:
    with pytest.raises(SheetError) as caught:
        score_frame(frame, TEA, **options)
    return caught.value.report


@every_kind
def test_columns_too_many_and_too_few_are_told_at_once(kind: str) -> None:
    columns: dict[str, Any] = table() | {"1.l": ["a"] * 3, "product": ["x"] * 3, "1.2": ["A", "b", "z"]}
    del columns["1.1"]
    report = report_of(frame_of(kind, columns), keep=["prodcut", "person"])
    assert [(problem.code, problem.pointer, problem.hint) for problem in report.problems] == [
        ("criterion-unknown", "/1.l", "1.1"),
        ("criterion-unknown", "/product", "keep=['product']"),
        ("column-missing", "/prodcut", "product"),
        ("column-missing", "/person", None),
        ("criterion-missing", "/1.1", None),
        ("option-unknown", "/1.2/0", "a"),
        ("option-unknown", "/1.2/2", None),
    ]


@pytest.mark.parametrize("kind", ["pandas", "pyarrow"])  # polars itself refuses them
def test_columns_of_one_name_are_told(kind: str) -> None:
    names = [*CODES, "1.1", "product", "product"]
    if kind == "pandas":
        frame = pd.DataFrame([["a"] * len(names)], columns=names)
    else:
        frame = pa.table([["a"]] * len(names), names=names)
    report = report_of(frame, keep=["product"])
    assert [problem.code for problem in report.problems] == ["column-repeated", "column-repeated"]
    assert report.problems[0].text("en") == "/1.1: The table has several columns named 1.1. [column-repeated]"
    assert report.problems[0].text("vi") == "/1.1: Bảng có nhiều cột cùng tên 1.1. [column-repeated]"


def test_names_that_are_no_text_are_told() -> None:
    columns: dict[Any, Any] = table()
    columns[7] = columns.pop("7")
    columns[("x", 1)] = ["a"] * 3
    report = report_of(pd.DataFrame(columns))
    assert [(problem.code, problem.got, problem.hint) for problem in report.problems] == [
        ("criterion-unknown", "7", '"7"'),
        ("criterion-unknown", '["x", 1]', "keep=[('x', 1)]"),
        ("criterion-missing", None, None),
    ]


def test_only_the_first_unknown_names_are_looked_up() -> None:
    columns = table() | {f"1.1 {place}": ["a"] * 3 for place in range(60)}
    del columns["1.1"]
    hints = [problem.hint for problem in report_of(pd.DataFrame(columns)).problems[:60]]
    assert {hint == "1.1" for hint in hints[:50]} == {True}
    assert hints[50] == "keep=['1.1 50']"


WRONG: list[tuple[Any, str, str | None]] = [
    (["a", "A", "c"], "option-unknown", "a"), (["a", "z", "c"], "option-unknown", None),
    (["a", "a ", "c"], "option-unknown", "a"), (["a", "1", "c"], "option-unknown", None),
    ([1, 4, 2], "choice-not-a-letter", None), ([1, -2, 2], "choice-not-a-letter", None),
    ([1, 2**62, 2], "choice-not-a-letter", None), ([b"a", b"a", b"a"], "choice-not-a-letter", None),
    ([True, False, True], "choice-not-a-letter", None), ([["a"], ["a"], ["a"]], "choice-not-a-letter", None),
]  # fmt: skip


@every_kind
@pytest.mark.parametrize(("column", "code", "hint"), WRONG)
def test_wrong_values_are_told_with_column_and_row(kind: str, column: Any, code: str, hint: str | None) -> None:
    report = report_of(frame_of(kind, table(c1_1=column)))
    found = {problem.pointer: problem for problem in report.problems}
    problem = found["/1.1/1"]
    assert (problem.code, problem.hint, problem.expected) == (code, hint, "a, b, c, null")
    assert len(found) == len(report.problems) == (3 if isinstance(column[0], (bool, bytes, list)) else 1)


@pytest.mark.parametrize(("column", "pointer", "got"), [
    (pd.Categorical(["a", "A", "b"]), "/1.1/1", '"A"'),
    (pd.Categorical([1, 9, 2]), "/1.1/1", "9"),
    (pd.Series(["a", 9, None], dtype=object), "/1.1/1", "9"),
    (pd.Series(["a", 1.0, None], dtype=object), "/1.1/1", "1.0"),
    (pd.Series(["a", True, None], dtype=object), "/1.1/1", "true"),
    (pd.Series([1, 9, None], dtype="Int64"), "/1.1/1", "9"),
    (pd.Series([1, 300, 2], dtype="uint16"), "/1.1/1", "300"),
    (pd.Series(pd.to_datetime(["2026-01-01", None, None])), "/1.1/0", "\"Timestamp('2026-01-01 00:00:00')\""),
])  # fmt: skip
def test_wrong_values_of_pandas(column: DATA, pointer: str, got: str) -> None:
    report = report_of(pd.DataFrame(table(c1_1=column)))
    assert [(problem.pointer, problem.got) for problem in report.problems] == [(pointer, got)]


@every_kind
@pytest.mark.parametrize(("column", "row", "got"), [
    ([1.0, None, 2.0], 0, "1.0"), ([None, None, 1.5], 2, "1.5"), ([1.0, 2.0, 3.0], 0, "1.0"),
])  # fmt: skip
def test_columns_of_floats_are_told_once(kind: str, column: Any, row: int, got: str) -> None:
    (problem,) = report_of(frame_of(kind, table(c1_1=column))).problems
    assert (problem.code, problem.pointer, problem.got) == ("column-floats", f"/1.1/{row}", got)
    assert problem.text("en") == (
        f"/1.1/{row}: The column of criterion 1.1 holds floats; use letters, or integers with empty cells "
        f"(pandas: Int64). Expected: a, b, c, null. Got: {got}. [column-floats]"
    )
    assert problem.message.vi == (
        "Cột tiêu chí 1.1 là số thực; hãy ghi chữ cái, hoặc dùng kiểu số nguyên có ô trống (pandas: Int64)"
    )


@pytest.mark.parametrize("kind", ["polars", "pyarrow"])
def test_nan_is_no_empty_cell_but_in_pandas(kind: str) -> None:
    frame = frame_of(kind, table(c1_1=[None, float("nan"), None]))
    (problem,) = report_of(frame).problems
    assert (problem.code, problem.pointer, problem.got) == ("column-floats", "/1.1/1", "NaN")


@every_kind
def test_of_many_wrong_rows_the_first_are_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frames, "_SLICE", 40)
    columns: dict[str, Any] = {code: ["a"] * 1000 for code in CODES}
    columns |= {"1.1": ["A"] * 1000, "1.2": [9] * 1000, "1.3": [1.5] * 1000, "1.4": [*["a"] * 950, *["z"] * 50]}
    report = report_of(frame_of(kind, columns))
    found = [(problem.code, problem.pointer) for problem in report.problems]
    assert found == [
        *(("option-unknown", f"/1.1/{row}") for row in range(50)),
        ("column-more", "/1.1"),
        *(("choice-not-a-letter", f"/1.2/{row}") for row in range(50)),
        ("column-more", "/1.2"),
        ("column-floats", "/1.3/0"),
        *(("option-unknown", f"/1.4/{row}") for row in range(950, 1000)),
    ]
    assert report.problems[50].text("en") == (
        "/1.1: The column of criterion 1.1 has 950 more wrong rows. [column-more]"
    )
    assert report.problems[50].message.vi == "Cột tiêu chí 1.1 còn 950 dòng sai nữa"


@pytest.mark.parametrize(("keep", "message"), [
    ("product", 'keep must be a tuple of names; got "product"'),
    (None, "keep must be a tuple of names; got null"),
    (("product", "product"), "keep names 'product' twice"),
    (["total"], "keep names 'total', which is a column of the result; rename it first"),
    (["part_A"], "keep names 'part_A', which is a column of the result; rename it first"),
    (["complete"], "keep names 'complete', which is a column of the result; rename it first"),
])  # fmt: skip
def test_what_cannot_be_kept_is_refused(keep: Any, message: str) -> None:
    with pytest.raises(ConversionError, match=re.escape(message)):
        score_frame(pd.DataFrame({**table(), "product": "x", "total": 1}), TEA, keep=keep)


def test_a_criterion_can_be_kept() -> None:
    result = score_frame(pl.DataFrame(table(c1_1=["a", "b", "c"])), TEA, keep=["1.1"])
    assert result.columns == ["1.1", *RESULT]
    assert result["1.1"].to_list() == ["a", "b", "c"]


@pytest.mark.parametrize("null", ["zero", None, 0, ["missing"]])
def test_other_readings_of_null_are_refused(null: Any) -> None:
    with pytest.raises(ConversionError, match="null knows 'missing', 'none-met'; got"):
        score_frame(pl.DataFrame(table()), TEA, null=null)


@pytest.mark.parametrize("wrong", [table(), [table()], None, np.zeros((3, 32)), pl.Series([1]), pd.Series([1])])
def test_what_is_no_table_is_refused(wrong: Any) -> None:
    with pytest.raises(ConversionError, match="expected a DataFrame of pandas or polars, or a Table of pyarrow; got"):
        score_frame(wrong, TEA)


def test_a_lazy_frame_is_refused() -> None:
    with pytest.raises(ConversionError, match="a LazyFrame has no rows yet; give score_frame what its collect"):
        score_frame(pl.DataFrame(table()).lazy(), TEA)


def test_an_unknown_set_is_refused() -> None:
    with pytest.raises(UnknownIdError, match="did you mean 'qd26-2026/tea'"):
        score_frame(pl.DataFrame(table()), "qd26-2026/tee")


# Record batches and clusters


def test_record_batches_are_scored_as_tables_are() -> None:
    codes = random_codes(COMPILED[TEA].criteria_set, 40, random.Random(9))  # noqa: S311
    columns = {**letters(COMPILED[TEA].criteria_set, codes), "id": list(range(40))}
    whole = pa.RecordBatch.from_pydict(columns)
    found = score_record_batch(whole, TEA, keep=["id"], null="none-met")
    assert isinstance(found, pa.RecordBatch)
    assert pa.Table.from_batches([found]) == score_frame(pa.table(columns), TEA, keep=["id"], null="none-met")
    for piece in (whole.slice(0, 0), whole.slice(17, 9)):
        start = 17 if piece.num_rows else 0
        assert score_record_batch(piece, TEA, keep=["id"], null="none-met") == found.slice(start, piece.num_rows)


def test_what_is_no_record_batch_is_refused() -> None:
    with pytest.raises(ConversionError, match=r"expected a RecordBatch of pyarrow; got pyarrow\.lib\.Table"):
        score_record_batch(pa.table(table()), TEA)


@pytest.mark.parametrize("by", [TEA, ocop.criteria_set(TEA)], ids=["id", "set"])
def test_the_function_can_be_sent_to_a_worker(by: Any) -> None:
    batch_of = pa.RecordBatch.from_pydict(table())
    work = pickle.loads(pickle.dumps(partial(score_record_batch, criteria_set=by)))  # noqa: S301
    assert work(batch_of) == score_record_batch(batch_of, TEA)
    wrong = pa.RecordBatch.from_pydict(table(c1_1=["a", "A", "c"]))
    with pytest.raises(SheetError) as caught:
        work(wrong)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301
    assert again.report.problems[0].pointer == "/1.1/1"


@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")  # no pandas takes part
def test_the_recipe_for_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is too large for the test group; install it by hand")
    if shutil.which("java") is None:
        pytest.skip("PySpark needs Java, and there is none on the PATH")
    (recipe,) = re.findall(r"^```py\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)
    assert "mapInArrow" in recipe
    codes = random_codes(COMPILED[TEA].criteria_set, 500, random.Random(4))  # noqa: S311
    rows = [(f"p{place}", *column) for place, column in enumerate(codes.T.tolist())]
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)  # or the workers run another Python, without the extra
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    try:
        sheets = session.createDataFrame(rows, ["product", *CODES]).repartition(3)
        names: dict[str, Any] = {"sheets": sheets, "__name__": "__main__"}
        exec(recipe, names)  # noqa: S102
        found = {row.product: row.asDict() for row in names["scored"].collect()}
    finally:
        session.stop()
    answers = expected(COMPILED[TEA], codes)
    assert [found[f"p{place}"] for place in range(500)] == [
        {"product": f"p{place}", **row} for place, row in enumerate(answers)
    ]


# Memory, and the extra


def test_ten_million_sheets_need_little_memory_besides() -> None:
    compiled, count = COMPILED[TEA], 10_000_000
    few = random_codes(compiled.criteria_set, 1000, random.Random(6))  # noqa: S311
    codes = np.tile(few, count // 1000)
    answers = compiled.score(few)
    frame = pd.DataFrame(codes.T, columns=CODES, copy=False)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        result = compiled.score(codes)
        extra = tracemalloc.get_traced_memory()[1] - before
        assert extra <= 0.3 * codes.nbytes
        assert (result.total.reshape(-1, 1000) == answers.total).all()
        assert (result.star.reshape(-1, 1000) == answers.star).all()
        del result
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        scored = score_frame(frame, TEA)
        after, peak = tracemalloc.get_traced_memory()
        assert after - before <= 0.6 * codes.nbytes  # what the result itself takes
        assert peak - after <= 0.1 * codes.nbytes
    finally:
        tracemalloc.stop()
    assert (scored["star"].to_numpy(np.uint8, na_value=0).reshape(-1, 1000) == answers.star).all()
    assert (scored["complete"].to_numpy().reshape(-1, 1000) == answers.complete).all()


@pytest.mark.parametrize("name", ["narwhals", "numpy"])
def test_without_its_libraries_the_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "ocop.adapters.frames")
    with pytest.raises(MissingExtraError, match=r"pip install 'ocop\[frames\]'"):
        importlib.import_module("ocop.adapters.frames")


def test_the_room_is_loaded_on_the_way() -> None:
    assert ocop.adapters.frames is frames
    assert "frames" in dir(adapters)
    with pytest.raises(AttributeError, match=r"module 'ocop\.adapters' has no attribute 'frame'"):
        ocop.adapters.frame  # noqa: B018
