"""How fast, as ratios against a baseline in the same run: ``python tests/benchmarks/run.py``.

Each figure is the median over rounds of ours divided by the baseline's, the two taking turns. No test fails because a
machine is slow: the goals are printed beside the figures, and people judge.
"""

import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import ocop
from ocop.criteria.catalog import Catalog

DATA = Path(ocop.__file__).parent / "data" / "editions"


def seconds(work: Callable[[], object], times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def ratio(
    ours: Callable[[], object], baseline: Callable[[], object], times: int, rounds: int
) -> tuple[float, float, float]:
    """Return the median ratio, and the median seconds of both."""
    ours(), baseline()
    pairs = [(seconds(ours, times), seconds(baseline, times)) for _ in range(rounds)]
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def importing(modules: str) -> Callable[[], object]:
    """Return work that measures, inside a fresh interpreter, the import alone."""
    code = f"import time; s = time.perf_counter(); import {modules}; print(time.perf_counter() - s)"
    return lambda: float(subprocess.check_output([sys.executable, "-c", code], text=True))


def import_ratio(rounds: int = 15) -> tuple[float, float, float]:
    ours, baseline = importing("ocop"), importing("attrs, cattrs")
    pairs = [(float(str(ours())), float(str(baseline()))) for _ in range(rounds)]
    return (
        statistics.median(a / b for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def loading_ratio() -> tuple[float, float, float]:
    folder = DATA / "qd26-2026"
    files = [str(path) for path in (folder / "edition.json", *folder.glob("sets/*"), *folder.glob("labels/*"))]

    def parse() -> None:
        for name in files:
            with open(name, "rb") as file:
                json.loads(file.read())

    return ratio(
        lambda: list(Catalog(str(DATA)).sets("qd26-2026")),
        parse,
        times=5,
        rounds=41,
    )


def scoring_ratio(set_id: str) -> tuple[float, float, float]:
    the_set = ocop.criteria_set(set_id)
    points = {c.code: {None: 0, **{option.letter: option.points for option in c.options}} for c in the_set.criteria}
    sheet = ocop.ScoreSheet(set_id, {c.code: c.options[-1].letter for c in the_set.criteria})
    choices = dict(sheet.choices)

    def loop() -> int:
        total = 0
        for code, letter in choices.items():
            total += points[code][letter]
        return total

    assert loop() == ocop.score(sheet).total
    return ratio(lambda: ocop.score(sheet), loop, times=2000, rounds=15)


def planning_ratio() -> tuple[float, float, float]:
    """Plans of real sets for all stars above, against an integer programme for the same sheets."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from integer_programme import integer_programme, random_sheet

    chance = random.Random(1)  # noqa: S311
    pairs: list[tuple[float, float]] = []
    for set_id in ocop.PACKAGED.set_ids("qd26-2026"):
        the_set = ocop.criteria_set(set_id)
        sheet = random_sheet(the_set, chance)
        for star in ocop.Star:
            if star > (ocop.score(sheet).star or 0):
                ours = statistics.median(seconds(partial(ocop.plan_upgrade, sheet, star), 1) for _ in range(5))
                pairs.append((ours, seconds(partial(integer_programme, the_set, sheet, star, {}), 1)))
    return (
        statistics.median(b / a for a, b in pairs),
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
    )


def main() -> None:
    rows = [("import ocop / import attrs, cattrs", 0.1, import_ratio())]
    rows.append(("26 sets into classes / json.loads of the files", 2.5, loading_ratio()))
    rows += [
        (f"score / a loop over dicts, {set_id.partition('/')[2]}", 3.0, scoring_ratio(set_id))
        for set_id in ("qd26-2026/fresh-produce", "qd26-2026/bottled-water", "qd26-2026/community-tourism")
    ]
    print(f"{'ratio':>7} {'goal':>5} {'ours':>11} {'baseline':>11}  what (Python {sys.version.split()[0]})")
    for name, goal, (found, ours, baseline) in rows:
        print(f"{found:7.3f} {goal:5.1f} {ours * 1e6:8.1f} µs {baseline * 1e6:8.1f} µs  {name}")

    try:
        found, ours, baseline = planning_ratio()
    except ImportError:
        print("plan_upgrade is compared with an integer programme where scipy is installed")
    else:
        print(f"{found:7.1f}  ≥ 40 {ours * 1e6:8.1f} µs {baseline * 1e6:8.1f} µs  an integer programme / plan_upgrade")


if __name__ == "__main__":
    main()
