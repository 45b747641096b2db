"""Tables of pandas, polars and pyarrow: a row for each sheet, scored as `ocop.batch` does (extra ``frames``).

A table has a column for each criterion of the set, named by its code. It holds letters, ``""`` where nothing is filled
in; or the codes of `ocop.batch`, as integers. What an empty cell (null, None, NaN of pandas) means, the caller says: by
default, that nothing is filled in, so that no missing answer is taken for 0 points.

The table is read in slices of rows, so that the work needs little memory besides the result. Findings are no part of a
table, as they are no part of codes.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Sized
from importlib.util import find_spec
from typing import Any, Final, Literal, TypeAlias, TypeVar

from attrs import define, field

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion
from ocop.errors import ConversionError, MissingExtraError, Problem, nearest, pointer, shortened
from ocop.scoring.checks import MAX_HINTS

if any(find_spec(name) is None for name in ("narwhals", "numpy")):
    raise MissingExtraError("frames")

import narwhals as nw
import numpy as np
from narwhals import dependencies as known
from numpy.typing import NDArray

from ocop.batch import MISSING
from ocop.batch import compile as compile_set
from ocop.batch.encoding import MAX_ROWS, WRONG, Codes, Flags, codes_of, refuse, tell

__all__ = ["Frame", "Null", "score_frame", "score_record_batch"]

Frame = TypeVar("Frame", bound=Sized)
"""The kind of table: what goes in comes out."""
Null = Literal["missing", "none-met"]
"""What an empty cell means: nothing is filled in, or no option is met."""

_NULLS: Final[Mapping[Any, int]] = {"missing": MISSING, "none-met": 0}
_SLICE: Final = 1 << 17
"""How many rows are read at a time."""
_Arrays: TypeAlias = dict[str, NDArray[Any]]


def score_frame(
    df: Frame,
    criteria_set: CriteriaSet | str,
    *,
    catalog: Catalog = PACKAGED,
    keep: Sequence[str] = (),
    null: Null = "missing",
) -> Frame:
    """Return the scores of a table, as a table of the same kind: a row for each of its rows, in their order.

    The columns: those named in `keep`; ``total`` and one ``part_A`` for each part (int16); ``star_by_points`` and
    ``star`` (int8); ``complete`` (bool). Where a row is not complete, all but ``complete`` is null, so that no mean or
    sum counts it. Star 0 stands for no star: the row is complete, and a stop acts. In pandas, numbers are of the
    nullable types (``Int16``), and the index is that of `df`.

    Args:
        df: a DataFrame of pandas or polars, or a Table of pyarrow, with a column for each criterion.
        criteria_set: the set, or its id.
        catalog: where the id is looked up.
        keep: the columns that are no criteria, such as the product's name; they are passed on as they are. Any other
            column that the set does not know is refused: it may be a slip of the pen.
        null: what an empty cell means: ``"missing"``, nothing is filled in; or ``"none-met"``, no option is met, as
            with None in `ScoreSheet.choices`.

    Raises:
        UnknownIdError: where there is no such set.
        ConversionError: for what is no such table, a wrong `keep` or `null`, and sets that `ocop.batch` refuses.
        SheetError: for columns that are missing, unknown or repeated, and for values that are neither letters nor
            codes. The report's pointers are the column and the row, counted from 0. Of a column's wrong values, the
            first 50 are told and the rest counted.

    >>> import ocop, pandas
    >>> sheets = [ocop.load(f"docs/examples/{name}.json") for name in ("tea", "tea-capped")]
    >>> frame = pandas.DataFrame([sheet.choices for sheet in sheets]).assign(product=["Chè đinh", "Chè xanh"])
    >>> print(score_frame(frame, "qd26-2026/tea", keep=["product"]).to_string())
        product  total  part_A  part_B  part_C  star_by_points  star  complete
    0  Chè đinh     81      35      18      28               4     4      True
    1  Chè xanh     77      34      16      27               4     3      True
    """
    compiled = compile_set(criteria_set, catalog=catalog)
    the_set = compiled.criteria_set
    names, column_of, build = _opened(df)
    scores = [f"part_{part.code}" for part in the_set.parts]
    points, stars = ["total", *scores], ["star_by_points", "star"]
    _check_keep(keep, [*points, *stars, "complete"])
    if null not in tuple(_NULLS):
        raise ConversionError(f"null knows {', '.join(map(repr, _NULLS))}; got {shortened(null)}")
    problems = _name_problems(names, the_set, keep)
    once = {name for name, count in Counter(names).items() if count == 1}
    columns = [
        _Column(criterion, nw.from_native(column_of(criterion.code), series_only=True), _NULLS[null])
        for criterion in the_set.criteria
        if criterion.code in once
    ]
    rows = len(df)
    out: _Arrays = {name: np.empty(rows, np.int16) for name in points}
    out |= {name: np.empty(rows, np.int8) for name in stars}
    complete = np.empty(rows, np.bool_)
    for start in range(0, rows, _SLICE):
        here = slice(start, min(start + _SLICE, rows))
        codes = [column.codes(here) for column in columns]
        if problems or any(column.count for column in columns):
            continue  # nothing is scored any more, but all that is wrong is told
        result = compiled.score(np.stack(codes))
        found = (result.total, *result.part_totals, result.star_by_points, result.star)
        for array, values in zip(out.values(), found, strict=True):
            array[here] = values
        complete[here] = result.complete
    for column in columns:
        column.tell(problems)
    refuse(problems)
    scored: Frame = build(list(keep), out, complete)
    return scored


def score_record_batch(
    batch: Any,
    criteria_set: CriteriaSet | str,
    *,
    catalog: Catalog = PACKAGED,
    keep: Sequence[str] = (),
    null: Null = "missing",
) -> Any:
    """Return the scores of a RecordBatch of pyarrow as a RecordBatch, with the columns of `score_frame`.

    It is a plain function of its arguments and can be pickled, so a cluster can send it to its workers.

    Raises:
        ConversionError: for what is no RecordBatch, and as `score_frame` does.
        UnknownIdError: where there is no such set.
        SheetError: as `score_frame` does; rows are counted within the batch.

    >>> import ocop, pyarrow
    >>> batch = pyarrow.RecordBatch.from_pylist([ocop.load("docs/examples/tea.json").choices])
    >>> score_record_batch(batch, "qd26-2026/tea").to_pydict()["star"]
    [4]
    """
    import pyarrow as pa

    if not isinstance(batch, pa.RecordBatch):
        raise ConversionError(f"expected a RecordBatch of pyarrow; got {_kind(batch)}")
    table: Any = pa.Table.from_batches([batch])
    table = score_frame(table, criteria_set, catalog=catalog, keep=keep, null=null)
    return pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)


@define
class _Column:
    """The column of a criterion, and what was found wrong in it so far."""

    criterion: Criterion
    series: Any
    """A series of narwhals."""
    null: int
    """The code of an empty cell."""
    count: int = 0
    """How many values are wrong."""
    wrong: list[tuple[int, Any]] = field(factory=list)
    """The first of them, and their rows."""

    def codes(self, rows: slice) -> Codes:
        """Return the codes of some rows; what is wrong is noted."""
        piece = self.series[rows]
        empty = np.asarray(piece.is_null().to_numpy(), np.bool_)
        codes = self._read(piece, empty)
        codes[empty] = self.null
        wrong = np.flatnonzero(codes == WRONG)
        if len(wrong):
            self.count += len(wrong)
            few = wrong[: MAX_ROWS - len(self.wrong)].tolist()
            self.wrong += zip([rows.start + row for row in few], piece[few].to_list(), strict=True)
        return codes

    def _read(self, piece: Any, empty: Flags) -> Codes:
        """Return the codes of a piece, and `WRONG` for what is neither; empty cells get whatever comes."""
        dtype, limit = piece.dtype, len(self.criterion.options)
        places: dict[Any, int] = {"": MISSING} | {letter: i for i, letter in enumerate(self.criterion.letters, 1)}
        if dtype.is_float():
            return np.full(len(piece), WRONG, np.int8)
        if dtype.is_integer() and not isinstance(dtype, (nw.Int128, nw.UInt128)):
            values = (piece.fill_null(0) if empty.any() else piece).to_numpy()
            return np.where((values < MISSING) | (values > limit), np.int8(WRONG), values.astype(np.int8))
        if isinstance(dtype, (nw.String, nw.Categorical, nw.Enum)):
            texts = piece.cast(nw.String())
            found = texts.replace_strict(list(places), list(places.values()), default=WRONG, return_dtype=nw.Int8())
            codes = np.array(found.fill_null(WRONG).to_numpy(), np.int8)
            # Categories may be integers, whose codes are not told from texts such as "1" here.
            if isinstance(dtype, nw.String) or not (codes[~empty] == WRONG).any():
                return codes
        values = piece.to_list()
        return codes_of([None if gap else value for value, gap in zip(values, empty, strict=True)], places, limit)

    def tell(self, problems: list[Problem]) -> None:
        """Add what was found wrong to `problems`."""
        if self.count and self.series.dtype.is_float():
            row, value = self.wrong[0]
            where = pointer(self.criterion.code, row)
            expected = ", ".join((*self.criterion.letters, "null"))
            problems.append(
                Problem.of(
                    "column-floats", where, criterion=self.criterion.code, expected=expected, got=shortened(value)
                )
            )
        else:
            tell(self.criterion, self.wrong, self.count, problems)


def _check_keep(keep: object, made: Sequence[str]) -> None:
    """Refuse names that cannot be kept; `made` are the columns that scoring makes."""
    if not isinstance(keep, (tuple, list)):
        raise ConversionError(f"keep must be a tuple of names; got {shortened(keep)}")
    for place, name in enumerate(keep):
        if name in keep[:place]:
            raise ConversionError(f"keep names {name!r} twice")
        if name in made:
            raise ConversionError(f"keep names {name!r}, which is a column of the result; rename it first")


def _name_problems(names: Sequence[Any], the_set: CriteriaSet, keep: Sequence[Any]) -> list[Problem]:
    """Return what is wrong with the names of the columns."""
    problems, counts = list[Problem](), Counter(names)
    codes = [criterion.code for criterion in the_set.criteria]
    lacking = [code for code in codes if code not in counts]
    for name, count in counts.items():
        where = pointer(str(name))
        if count > 1:
            problems.append(Problem.of("column-repeated", where, name=name))
        if name not in codes and name not in keep:
            near = nearest(str(name), lacking) if len(problems) < MAX_HINTS else None
            # A number for a name, as spreadsheets give, looks like a code and is none.
            hint = (near if isinstance(name, str) else shortened(near)) if near else f"keep=[{name!r}]"
            problems.append(Problem.of("criterion-unknown", where, set=the_set.id, got=shortened(name), hint=hint))
    problems += [
        Problem.of("column-missing", pointer(str(name)), name=name, hint=nearest(name, map(str, counts)))
        for name in keep
        if name not in counts
    ]
    return problems + [Problem.of("criterion-missing", pointer(code), criterion=code) for code in lacking]


_Build: TypeAlias = Callable[[list[str], _Arrays, Flags], Any]


def _opened(df: Any) -> tuple[list[Any], Callable[[str], Any], _Build]:
    """Return the names of a table's columns, what returns a column, and what builds the result."""
    if known.is_pandas_dataframe(df):
        return list(df.columns), df.__getitem__, lambda *parts: _pandas(df, *parts)
    if known.is_polars_dataframe(df):
        return df.columns, df.get_column, lambda *parts: _polars(df, *parts)
    if known.is_pyarrow_table(df):
        return df.column_names, df.column, lambda *parts: _pyarrow(df, *parts)
    if known.is_polars_lazyframe(df):
        raise ConversionError("a LazyFrame has no rows yet; give score_frame what its collect() returns")
    raise ConversionError(f"expected a DataFrame of pandas or polars, or a Table of pyarrow; got {_kind(df)}")


def _kind(value: object) -> str:
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _pandas(df: Any, keep: list[str], scores: _Arrays, complete: Flags) -> Any:
    import pandas as pd

    # A mask of its own for each column: whoever writes to one must not change the others.
    columns = {name: pd.arrays.IntegerArray(values, ~complete) for name, values in scores.items()}
    made = pd.DataFrame({**columns, "complete": complete}, index=df.index, copy=False)
    return pd.concat([df[keep], made], axis=1) if keep else made


def _polars(df: Any, keep: list[str], scores: _Arrays, complete: Flags) -> Any:
    import polars as pl

    made = pl.DataFrame({**scores, "complete": complete}).with_columns(
        pl.when("complete").then(pl.col(name)).alias(name) for name in scores
    )
    return pl.concat([df.select(keep), made], how="horizontal") if keep else made


def _pyarrow(df: Any, keep: list[str], scores: _Arrays, complete: Flags) -> Any:
    import pyarrow as pa

    arrays = {name: pa.array(values, mask=~complete) for name, values in scores.items()} | {
        "complete": pa.array(complete)
    }
    fields = [*(df.schema.field(name) for name in keep), *(pa.field(name, each.type) for name, each in arrays.items())]
    return pa.Table.from_arrays([*(df.column(name) for name in keep), *arrays.values()], schema=pa.schema(fields))
