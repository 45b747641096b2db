"""Doors to other libraries, one module for each; a module is loaded when first used, and needs its own extra.

``ocop.adapters.csv_sheets`` writes and reads score sheets as CSV, and writes results (no extra).
``ocop.adapters.excel`` does so with workbooks of Excel, and marks what is wrong in them (extra ``excel``).
``ocop.adapters.frames`` scores tables of pandas, polars and pyarrow (extra ``frames``).
``ocop.adapters.html`` shows results in notebooks and web pages (no extra).
``ocop.adapters.plots`` draws results with matplotlib (extra ``plots``).
``ocop.adapters.report`` writes results as one page to hand over (no extra; pictures with the extra ``plots``).
``ocop.adapters.results`` reads published lists of recognised products: CSV, and the same tables (extra ``frames``).
"""

from importlib import import_module
from typing import Any

_ROOMS = ("csv_sheets", "excel", "frames", "html", "plots", "report", "results")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"ocop.adapters.{name}")
    raise AttributeError(f"module 'ocop.adapters' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
