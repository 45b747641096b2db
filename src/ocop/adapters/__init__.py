"""Doors to other libraries, one module for each; a module is loaded when first used, and needs its own extra.

``ocop.adapters.frames`` scores tables of pandas, polars and pyarrow (extra ``frames``).
``ocop.adapters.results`` reads published lists of recognised products: CSV, and the same tables (extra ``frames``).
"""

from importlib import import_module
from typing import Any

_ROOMS = ("frames", "results")


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"ocop.adapters.{name}")
    raise AttributeError(f"module 'ocop.adapters' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_ROOMS})
