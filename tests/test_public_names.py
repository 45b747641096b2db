import importlib
import inspect
import pkgutil
import subprocess
import sys
from typing import Any

import pytest

import ocop

PUBLIC = {
    "Catalog", "Certificate", "CouncilRecord", "CouncilRules", "CouncilScore", "CriteriaSet", "Criterion",
    "DocumentError", "Dossier", "Edition", "Facts", "OcopError", "Option", "Outcome", "PACKAGED", "Portfolio",
    "Problem", "Product", "ProductIdea", "Ranking", "Report", "Score", "ScoreSheet", "SheetError", "Star",
    "Subject", "UpgradePlan", "amend", "carry_over", "check_dossier", "compare", "criteria_set", "dumps",
    "edition", "edition_in_force", "editions", "lint", "load", "loads", "plan_upgrade", "programmes", "rank",
    "register", "rules_for", "score", "score_council", "set_display_language", "suggest_choices", "validate",
}  # fmt: skip


def test_the_public_names_are_pinned() -> None:
    assert set(ocop.__all__) == PUBLIC
    assert set(dir(ocop)) >= PUBLIC
    for name in PUBLIC:
        assert getattr(ocop, name) is not None


def test_what_type_checkers_see_is_what_there_is() -> None:
    source = inspect.getsource(ocop)
    for name in PUBLIC:
        assert f" as {name}\n" in source


def test_an_unknown_name_is_an_attribute_error() -> None:
    missing: Any = ocop
    with pytest.raises(AttributeError, match="module 'ocop' has no attribute 'skore'"):
        missing.skore  # noqa: B018


@pytest.mark.parametrize(
    "room",
    [
        "adapters",
        "canonical",
        "convert",
        "criteria",
        "display",
        "documents",
        "errors",
        "model",
        "procedure",
        "programme",
        "scoring",
        "strict_json",
        "text",
    ],
)
def test_rooms_are_loaded_on_the_way(room: str) -> None:
    code = f"import ocop; print(ocop.{room}.__name__)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == f"ocop.{room}"


def loaded_by(code: str) -> set[str]:
    code += "; import sys; print(*sys.modules)"
    return set(subprocess.check_output([sys.executable, "-c", code], text=True).split())


HEAVY = {
    "attr",
    "cattrs",
    "jsonschema",
    "rfc8785",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "matplotlib",
    "hypothesis",
    "click",
    "rich",
    "importlib.resources",
}


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = loaded_by("import ocop")
    assert not loaded & HEAVY
    assert {name for name in loaded if name.startswith("ocop")} == {"ocop"}


def test_scoring_a_sheet_loads_neither_cattrs_nor_jsonschema() -> None:
    code = (
        "import ocop; s = ocop.ScoreSheet.blank('qd26-2026/tea'); ocop.score(s.with_choices(dict.fromkeys(s.choices)))"
    )
    assert not loaded_by(code) & (HEAVY - {"attr"})


def test_hypothesis_itself_loads_only_the_class_of_a_sheet() -> None:
    pytest.importorskip("hypothesis")
    loaded = loaded_by("import hypothesis")
    assert not loaded & {"cattrs", "jsonschema", "rfc8785", "click", "rich", "ocop.testing.sheets", "ocop.documents"}


def modules() -> list[str]:
    found = [info.name for info in pkgutil.walk_packages(ocop.__path__, "ocop.") if not info.name.endswith("__main__")]
    return ["ocop", *found]


@pytest.mark.parametrize("name", modules())
def test_every_public_thing_has_a_docstring(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for attribute, value in vars(module).items():
        if attribute.startswith("_") or getattr(value, "__module__", None) != name:
            continue
        if inspect.isclass(value) or inspect.isfunction(value):
            assert value.__doc__, f"{name}.{attribute}"
        if inspect.isclass(value):
            for member, function in vars(value).items():
                if inspect.isfunction(function) and not function.__name__.startswith("_"):
                    assert function.__doc__, f"{name}.{attribute}.{member}"


def test_the_package_says_that_it_is_typed() -> None:
    from pathlib import Path

    assert (Path(ocop.__file__).parent / "py.typed").exists()
