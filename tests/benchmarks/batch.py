"""How fast the batch scorer is, as ratios in the same run: ``python tests/benchmarks/batch.py [--report]``.

Each figure is the median over rounds of one time divided by the other, the two taking turns; see ``run.py``. Baselines
that need polars or pandas are left out where they are not installed. ``--report`` adds all 26 sets. It takes 3 GB.

The batch scorer uses one core. So does polars here, unless POLARS_MAX_THREADS says otherwise.
"""

import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

import ocop
from ocop import batch
from ocop.batch.encoding import Codes

SHEETS = 1_000_000
FRESH = "qd26-2026/fresh-produce"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def ratio(one: Callable[[], object], other: Callable[[], object], rounds: int = 21) -> tuple[float, float, float]:
    """Return the median ratio, and the median seconds of both."""
    one(), other()
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def sheets_of(compiled: batch.CompiledSet, count: int) -> Codes:
    """Draw complete sheets that keep the rules."""
    rng, the_set = np.random.default_rng(26), compiled.criteria_set
    rows = [rng.integers(0, len(criterion.options) + 1, count, dtype=np.int8) for criterion in the_set.criteria]
    for needy, needed in the_set.table.needs:
        first = next(i for i, option in enumerate(the_set.criteria[needed].options, 1) if option.points)
        rows[needy][rows[needed] < first] = 0
    return np.stack(rows)


def minimum_rows(the_set: ocop.CriteriaSet) -> list[tuple[int, int, int]]:
    """Return the row, the place and the star of each minimum, for sets without cases."""
    return [
        (row, criterion.options.index(marked[0]) + 1, int(star))
        for row, criterion in enumerate(the_set.criteria)
        for star, marked in criterion.minimums.items()
    ]


def polars_work(compiled: batch.CompiledSet, codes: Codes, pick: str) -> Callable[[], Any]:
    """Return a lazy polars query of totals and stars: points by when/then, or by comparisons and weights."""
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    import polars as pl

    the_set = compiled.criteria_set
    frame = pl.DataFrame({f"c{row}": column for row, column in enumerate(codes)})
    points = []
    for row, criterion in enumerate(the_set.criteria):
        column = pl.col(f"c{row}")
        each: Any
        if pick == "when/then":
            each = pl.when(column == 0).then(pl.lit(0, pl.UInt8))
            for place, option in enumerate(criterion.options, 1):
                each = each.when(column == place).then(pl.lit(option.points, pl.UInt8))
            each = each.otherwise(None)
        else:
            before, each = 0, pl.lit(0, pl.UInt8)
            for place, option in enumerate(criterion.options, 1):
                if option.points != before:
                    gain = pl.lit(option.points - before, pl.UInt8)
                    each = each + pl.when(column >= place).then(gain).otherwise(pl.lit(0, pl.UInt8))
                before = option.points
        points.append(each)
    total, star = pl.sum_horizontal(points).alias("total"), pl.lit(1, pl.UInt8)
    by_points: Any = pl.when(pl.col("total") < 30).then(pl.lit(1, pl.UInt8))
    for floor, lower in ((50, 2), (70, 3), (90, 4)):
        by_points = by_points.when(pl.col("total") < floor).then(pl.lit(lower, pl.UInt8))
    by_points = by_points.otherwise(pl.lit(5, pl.UInt8))
    cap: Any = pl.lit(5, pl.UInt8)
    for lowest in (5, 4, 3):
        unmet = pl.any_horizontal(
            [pl.col(f"c{row}") < place for row, place, star in minimum_rows(the_set) if star == lowest]
        )
        cap = pl.when(unmet).then(pl.lit(lowest - 1, pl.UInt8)).otherwise(cap)
    star = pl.min_horizontal(by_points, cap).alias("star")
    query: Any = frame.lazy().with_columns(total).select("total", by_points.alias("by_points"), star)
    collect: Callable[[], Any] = query.collect
    return collect


def pandas_work(compiled: batch.CompiledSet, codes: Codes) -> Callable[[], Any]:
    """Return the long form: a row for each answer, merged with a table of points, and grouped by sheet."""
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

    the_set = compiled.criteria_set
    criteria, count = codes.shape
    answers = pd.DataFrame(
        {
            "sheet": np.tile(np.arange(count), criteria),
            "criterion": np.repeat(np.arange(criteria), count),
            "code": codes.ravel(),
        }
    )
    rows = [
        (row, place, points, *(place < least.get(star, 0) for star in (3, 4, 5)))
        for row, criterion in enumerate(the_set.criteria)
        for least in [{star: least for other, least, star in minimum_rows(the_set) if other == row}]
        for place, points in enumerate([0, *(option.points for option in criterion.options)])
    ]
    table = pd.DataFrame(rows, columns=["criterion", "code", "points", "unmet3", "unmet4", "unmet5"])
    table["code"] = table["code"].astype(np.int8)

    def work() -> Any:
        merged = answers.merge(table, on=["criterion", "code"])
        found = merged.groupby("sheet")[["points", "unmet3", "unmet4", "unmet5"]].sum()
        by_points = np.searchsorted([30, 50, 70, 90], found["points"], side="right") + 1
        cap = np.select([found["unmet3"] > 0, found["unmet4"] > 0, found["unmet5"] > 0], [2, 3, 4], 5)
        return pd.DataFrame({"total": found["points"], "star": np.minimum(by_points, cap)})

    return work


def python_work(compiled: batch.CompiledSet, codes: Codes) -> Callable[[], Any]:
    """Return a plain loop over dicts of letters."""
    the_set = compiled.criteria_set
    letters = [(None, *criterion.letters) for criterion in the_set.criteria]
    names = [criterion.code for criterion in the_set.criteria]
    sheets = [
        {name: each[code] for name, each, code in zip(names, letters, column, strict=True)}
        for column in codes.T.tolist()
    ]
    points = {
        each.code: {None: 0, **{option.letter: option.points for option in each.options}} for each in the_set.criteria
    }
    minimums = [(names[row], set(letters[row][:place]), star) for row, place, star in minimum_rows(the_set)]

    def work() -> list[tuple[int, int]]:
        found = []
        for sheet in sheets:
            total = 0
            for name, letter in sheet.items():
                total += points[name][letter]
            star = 1 + (total >= 30) + (total >= 50) + (total >= 70) + (total >= 90)
            for name, unmet, lowest in minimums:
                if star >= lowest and sheet[name] in unmet:
                    star = lowest - 1
            found.append((total, star))
        return found

    return work


def peak(work: Callable[[], object], codes: Codes) -> float:
    """Return the most memory that work needs at a time, its results included, as a share of the input."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / codes.nbytes


def show(found: float, goal: str, one: float, other: float, what: str) -> None:
    print(f"{found:8.2f} {goal:>8} {one * 1e3:9.2f} ms {other * 1e3:9.2f} ms  {what}", flush=True)


def against_numpy(compiled: batch.CompiledSet, goal: str) -> None:
    codes = sheets_of(compiled, SHEETS)
    figures = ratio(lambda: compiled.score(codes), lambda: np.add.reduce(codes, axis=0, dtype=np.uint8))
    show(figures[0], goal, figures[1], figures[2], f"score / numpy sum of the codes, {compiled.criteria_set.slug}")


def against_frames(compiled: batch.CompiledSet, codes: Codes) -> None:
    result = compiled.score(codes)
    try:
        queries = {pick: polars_work(compiled, codes, pick) for pick in ("when/then", "comparisons")}
    except ImportError:
        print("polars is not installed: left out")
    else:
        for pick, query in queries.items():
            assert (query()["star"].to_numpy() == result.star).all()
            figures = ratio(query, lambda: compiled.score(codes), rounds=7)
            threads = os.environ["POLARS_MAX_THREADS"]
            goal = ">= 3.5" if pick == "when/then" else ""  # the other is written as only this scorer's author would
            show(figures[0], goal, figures[1], figures[2], f"polars, {pick}, {threads} thread(s) / score")
    try:
        frame = pandas_work(compiled, codes)
    except ImportError:
        print("pandas is not installed: left out")
    else:
        assert (frame()["star"].to_numpy() == result.star).all()
        figures = ratio(frame, lambda: compiled.score(codes), rounds=5)
        show(figures[0], ">= 200", figures[1], figures[2], "pandas, merge and groupby / score")
    loop = python_work(compiled, codes)
    assert loop() == list(zip(result.total.tolist(), result.star.tolist(), strict=True))
    figures = ratio(loop, lambda: compiled.score(codes), rounds=5)
    show(figures[0], ">= 200", figures[1], figures[2], "a plain loop over dicts / score")


def councils(compiled: batch.CompiledSet, codes: Codes) -> None:
    sizes = np.random.default_rng(7).integers(5, 12, SHEETS // 5)
    edges = np.concatenate([[0], np.cumsum(sizes)])
    offsets = np.append(edges[edges < SHEETS], SHEETS)
    found, both, alone = ratio(lambda: compiled.score_councils(codes, offsets), lambda: compiled.score(codes))
    show(found - 1, "<= 1.5", both - alone, alone, f"reducing {len(offsets) - 1:,} councils / scoring their sheets")


def main() -> None:
    compiled = batch.compile(FRESH)
    codes = sheets_of(compiled, SHEETS)
    gaps = codes.copy()
    gaps[3, ::100] = -1
    print(f"{SHEETS:,} sheets, numpy {np.__version__}, Python {sys.version.split()[0]}")
    print(f"{'ratio':>8} {'goal':>8} {'first':>12} {'second':>12}  first / second")
    against_numpy(compiled, "<= 4.0")
    figures = ratio(lambda: compiled.score(gaps), lambda: compiled.score(codes))
    show(figures[0], "", figures[1], figures[2], "score, one sheet in a hundred not complete / score")
    councils(compiled, codes)
    print(f"{peak(lambda: compiled.score(codes), codes):8.2f} {'~ 0.25':>8}  peak memory of score / the codes")
    against_frames(compiled, codes)
    if "--report" in sys.argv[1:]:
        for set_id in ocop.PACKAGED.set_ids("qd26-2026"):
            against_numpy(batch.compile(set_id), "<= 4.5")


if __name__ == "__main__":
    main()
