"""One name for all of it, and one sentence where the extra is missing."""

import io
import subprocess
import sys
from collections.abc import Callable

import pytest

import ocop
from ocop.adapters import excel
from ocop.errors import MissingExtraError, Report
from workbooks import form


def test_the_names_that_others_rely_on() -> None:
    assert sorted(excel.__all__) == [
        "Reading", "read_score_sheets", "write_back", "write_results", "write_score_sheet",
    ]  # fmt: skip
    assert all(hasattr(excel, name) for name in excel.__all__)


USES: dict[str, Callable[[bytes], object]] = {
    "xlsxwriter": lambda _: excel.write_score_sheet(io.BytesIO(), "qd26-2026/tea"),
    "openpyxl": lambda data: excel.write_back(Report(), data, io.BytesIO()),
    "python_calamine": excel.read_score_sheets,
}


@pytest.mark.parametrize("name", USES)
def test_without_its_libraries_the_extra_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = form()
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtraError) as caught:
        USES[name](data)
    assert str(caught.value) == "this needs the extra 'excel': pip install 'ocop[excel]'"


def test_results_need_the_extra_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtraError):
        excel.write_results(io.BytesIO(), ocop.score(ocop.load("docs/examples/tea.json")))


def test_no_library_is_imported_before_it_is_needed() -> None:
    code = (
        "import sys, ocop.adapters.excel, ocop.adapters.csv_sheets\n"
        "print({'xlsxwriter', 'python_calamine', 'openpyxl', 'numpy', 'narwhals'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
