"""Each extra works by itself, and where it is missing one sentence names it.

Each test runs in a process of its own, in which some libraries are hidden as if they were not installed. What an extra
brings is read from `pyproject.toml`, and what its libraries bring from what they say of themselves.
"""

import importlib
import json
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ocop.errors import MissingExtraError

PROJECT = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
EXTRAS: dict[str, list[str]] = {
    name: found for name, found in PROJECT["optional-dependencies"].items() if name != "all"
}
IMPORTS: dict[str, set[str]] = {}
"""By each installed distribution the names under which it is imported."""
for imported, owners in packages_distributions().items():
    for owner in owners if imported != "__pycache__" else ():
        IMPORTS.setdefault(canonicalize_name(owner), set()).add(imported)

# The finders are asked as before, but not for what is hidden: to `import` and to `find_spec` alike it is not there.
HIDE = """
import json, sys

class Hidden:
    def __init__(self, finders, names):
        self.finders, self.names = finders, names

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            return None
        found = (each.find_spec(name, path, target) for each in self.finders if hasattr(each, "find_spec"))
        return next((spec for spec in found if spec is not None), None)

    def find_distributions(self, *context):
        for each in self.finders:
            yield from getattr(each, "find_distributions", lambda *_: ())(*context)

# What an installation loads before anything else, such as a measurement of coverage, cannot be hidden any more.
hidden = {*json.loads(sys.argv[1])} - {name.partition(".")[0] for name in sys.modules}
sys.meta_path[:] = [Hidden(sys.meta_path[:], hidden)]
"""


def run(hidden: set[str], code: str) -> str:
    """Return what the code prints where these names cannot be imported."""
    command = [sys.executable, "-W", "error", "-c", HIDE + code, json.dumps(sorted(hidden))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def named(requirements: list[str], extra: str = "") -> list[Requirement]:
    """Return the requirements that hold here, with an extra or without."""
    parsed = map(Requirement, requirements)
    return [each for each in parsed if each.marker is None or each.marker.evaluate({"extra": extra})]


def closure(requirements: list[Requirement]) -> set[str]:
    """Return the distributions that come with some requirements, and with what these require in turn."""
    found: set[tuple[str, str]] = set()
    waiting = [(canonicalize_name(each.name), extra) for each in requirements for extra in ("", *each.extras)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in found:
            continue
        found.add((name, extra))
        try:
            below = named(requires(name) or [], extra)
        except PackageNotFoundError:  # what another platform or Python needs
            continue
        waiting += [(canonicalize_name(each.name), more) for each in below for more in ("", *each.extras)]
    return {name for name, _ in found}


def imports(distributions: set[str]) -> set[str]:
    return set().union(*(IMPORTS.get(name, set()) for name in distributions))


def libraries(extra: str) -> set[str]:
    """Return the names under which the libraries of an extra are imported."""
    return imports({canonicalize_name(each.name) for each in named(EXTRAS[extra])})


SENTENCE = "this needs the extra '{0}': pip install 'ocop[{0}]'"
CORE = """
import ocop
score = ocop.score(ocop.load("docs/examples/tea.json"))
assert (score.total, int(score.star)) == (81, 4)
"""
TOLD = """
try:
    {}
except {} as error:
    print(type(error).__name__, error)
"""
ABSENT = {
    "cli": ("from ocop.__main__ import main; main()", "SystemExit"),
    "testing": ("import ocop.testing", "ocop.errors.MissingExtraError"),
    "batch": ("ocop.batch", "ocop.errors.MissingExtraError"),
    "frames": ("import ocop.adapters.frames", "ocop.errors.MissingExtraError"),
    "calendar": (
        "from ocop.procedure.calendars import VietnamCalendar; VietnamCalendar()",
        "ocop.errors.MissingExtraError",
    ),
    "plots": ("import ocop.adapters.plots", "ocop.errors.MissingExtraError"),
    "excel": (
        "from ocop.adapters.excel import write_score_sheet; write_score_sheet('/nowhere/a.xlsx', 'qd26-2026/tea')",
        "ocop.errors.MissingExtraError",
    ),
}
"""What needs an extra, and what it raises without. Without `ids` nothing is raised; it has a test of its own."""


def test_every_extra_is_looked_at() -> None:
    assert set(EXTRAS) == {*ABSENT, "ids"} == set(ALONE)
    everything = Requirement(PROJECT["optional-dependencies"]["all"][0])
    assert everything.extras == set(EXTRAS)
    assert all(libraries(extra) for extra in EXTRAS), "an extra is not installed here"


def test_without_any_extra_sheets_are_scored_and_told() -> None:
    hidden = set().union(*map(libraries, EXTRAS))
    code = CORE + (
        "council = ocop.score_council(ocop.load('docs/examples/tea-council.json'))\n"
        "plan = ocop.plan_upgrade(score.sheet, ocop.Star.FIVE)\n"
        "from ocop.adapters.csv_sheets import read_csv, write_csv\n"
        "from ocop.adapters.report import report_html\n"
        "import io, pathlib\n"
        "file = io.BytesIO(); write_csv(file, [score.sheet]); assert read_csv(file.getvalue()).report.ok\n"
        "page = report_html(score, council, ocop.rank([score, council]), plan)\n"
        "assert '<figure>' not in page and score.digest in page\n"
        "print(len(ocop.validate(pathlib.Path('docs/examples/tea.json')).problems))"
    )
    assert run(hidden, code) == "0"


def test_no_extra_is_loaded_before_it_is_asked_for() -> None:
    code = CORE + (
        "council = ocop.score_council(ocop.load('docs/examples/tea-council.json'))\n"
        "ranking = ocop.rank([score, council]); text = council.explain('vi'); ocop.adapters; ocop.testing\n"
        "print(*{name.partition('.')[0] for name in sys.modules})"
    )
    loaded = {*run(set(), code.replace("; ocop.testing", "")).split()}
    assert "ocop" in loaded
    assert not loaded & set().union(*map(libraries, EXTRAS))
    assert "hypothesis" in run(set(), code).split()


@pytest.mark.parametrize("extra", ABSENT)
def test_without_an_extra_one_sentence_names_it(extra: str) -> None:
    call, error = ABSENT[extra]
    printed = run(libraries(extra), CORE + TOLD.format(call, error))
    assert printed == f"{error.rpartition('.')[2]} {SENTENCE.format(extra)}"


def test_without_ids_a_note_says_that_no_check_digit_was_looked_at() -> None:
    code = CORE + (
        "from ocop.model.numbers import gtin_problems, tax_id_problems\n"
        "problems = tax_id_problems('0100112438') + gtin_problems('4006381333932')\n"
        "print([(each.code, each.note) for each in problems])\n"
        "print(problems[0].text('en'))"
    )
    assert run(libraries("ids"), code).splitlines() == [
        "[('check-digit-not-checked', True), ('check-digit-not-checked', True)]",
        "The check digit was not checked; install ocop[ids] for that. [check-digit-not-checked]",
    ]


ALONE = {
    "cli": """
import contextlib
from ocop.__main__ import main
sys.argv = ["ocop", "score", "docs/examples/tea.json", "--lang", "en"]
with contextlib.suppress(SystemExit):
    main()
""",
    "testing": """
from hypothesis import given, settings
from ocop.testing import criteria_sets, faulty_sheets, score_sheets
seen = []
@settings(max_examples=3, database=None)
@given(score_sheets("qd26-2026/tea"), criteria_sets())
def check(sheet, the_set):
    seen.append(ocop.score(sheet).total + len(the_set.criteria))
check()
print("81 of 100" if seen else "nothing drawn")
""",
    "batch": """
compiled = ocop.batch.compile("qd26-2026/tea")
result = compiled.score(compiled.encode([ocop.load("docs/examples/tea.json")]))
print(int(result.total[0]), "of 100")
""",
    "ids": """
from ocop.model.numbers import gtin_problems, tax_id_problems
assert [each.code for each in tax_id_problems("0100112438")] == ["tax-id-check-digit"]
assert [each.code for each in gtin_problems("4006381333932")] == ["gtin-check-digit"]
assert tax_id_problems("0100112437") == [] == gtin_problems("4006381333931")
print("81 of 100")
""",
    "calendar": """
from datetime import date
from ocop.procedure.calendars import VietnamCalendar
calendar = VietnamCalendar()
assert not calendar.is_working_day(date(2026, 9, 2)) and calendar.is_working_day(date(2026, 9, 9))
print("81 of 100")
""",
    "plots": """
from ocop.adapters import plots
from ocop.adapters.report import report_html
svg = plots.to_svg(plots.plot_waterfall(score, lang="en"))
assert svg.startswith("<svg ") and report_html(score).count("<figure>") == 2
print(svg[svg.index("81 of 100"):][:9])
""",
    "excel": """
import io
from ocop.adapters.excel import read_score_sheets, write_back, write_results, write_score_sheet
form, marked, results = io.BytesIO(), io.BytesIO(), io.BytesIO()
write_score_sheet(form, "qd26-2026/tea", ["An"], "Ch\\u00e8")
sheets, report = read_score_sheets(form.getvalue())
assert (sheets, report.codes) == ((), ("form-not-begun",))
assert write_back(report, form.getvalue(), marked) == ()
write_results(results, score)
import openpyxl
book = openpyxl.load_workbook(form)
for row in book.worksheets[0].iter_rows():
    if str(row[0].value).startswith("criterion:"):
        row[4].value = score.sheet.choices[row[0].value.partition(":")[2]]
filled = io.BytesIO()
book.save(filled)
(sheet,), report = read_score_sheets(filled.getvalue())
assert report.ok and sheet.product == "Ch\\u00e8"
print(ocop.score(sheet).total, "of 100")
""",
    # The extra is for tables that its user already has: it brings no library of tables by itself.
    "frames": """
from ocop.adapters.frames import score_frame
import {table} as tables
codes = {{code: [choice] for code, choice in score.sheet.choices.items()}}
scored = score_frame(tables.{made}(codes), "qd26-2026/tea")
print(scored["total"][0], "of 100")
""",
}
"""What is done with each extra by itself."""


def alone(extra: str, *also: str) -> set[str]:
    """Return the names of all that is installed here, and does not come with an extra."""
    brought = closure(named(PROJECT["dependencies"]) + named(EXTRAS[extra]) + [Requirement(each) for each in also])
    return set().union(*IMPORTS.values()) - imports(brought) - {"ocop"}


@pytest.mark.parametrize("extra", [extra for extra in ALONE if extra != "frames"])
def test_an_extra_works_alone(extra: str) -> None:
    hidden = alone(extra)
    assert not hidden & libraries(extra)
    others = set().union(*(libraries(each) for each in EXTRAS)) - imports(closure(named(EXTRAS[extra])))
    assert others <= hidden
    printed = run(hidden, CORE + ALONE[extra])
    assert "81 of 100" in printed or "81/100" in printed


@pytest.mark.parametrize(("table", "made"), [
    ("pandas", "DataFrame"), ("polars", "DataFrame"), ("pyarrow", "table"),
])  # fmt: skip
def test_frames_need_nothing_but_the_users_own_tables(table: str, made: str) -> None:
    pytest.importorskip(table, reason=f"{table} is not installed")
    hidden = alone("frames", table)
    assert {"pandas", "polars", "pyarrow"} - {table} <= hidden
    assert run(hidden, CORE + ALONE["frames"].format(table=table, made=made)) == "81 of 100"


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "ocop.testing", raising=False)
    with pytest.raises(MissingExtraError) as caught:
        importlib.import_module("ocop.testing")
    assert str(caught.value) == SENTENCE.format("testing")
