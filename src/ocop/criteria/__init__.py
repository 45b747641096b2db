"""Criteria sets as data: what a decision prints, loaded, checked and looked up."""

from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.lint import lint, lint_edition

__all__ = ["PACKAGED", "Catalog", "lint", "lint_edition"]
