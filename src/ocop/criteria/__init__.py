"""Criteria sets as data: what a decision prints, loaded, checked and looked up."""

import os

from ocop.criteria.amend import amend
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.compare import compare
from ocop.criteria.lint import lint, lint_edition

__all__ = ["PACKAGED", "Catalog", "amend", "compare", "lint", "lint_edition", "register"]


def register(path: str | os.PathLike[str], catalog: Catalog = PACKAGED) -> Catalog:
    """Return a new catalog that holds the editions of `catalog`, and the one in the folder `path`.

    It is `ocop.documents.register.register`, which says more.

    Raises:
        DocumentError: for a folder that is refused; its report has every problem of every file.

    >>> register("docs/examples/own/craft-award").edition("craft-award").decision
    'MH-02 (minh họa)'
    """
    # A folder is checked by the schemas, which stand on a higher floor: nothing here may import from there by name.
    from importlib import import_module

    made: Catalog = import_module("ocop.documents.register").register(path, catalog)
    return made
