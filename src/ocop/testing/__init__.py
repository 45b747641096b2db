"""Hypothesis strategies for your own tests: valid sheets, faulty sheets, criteria sets (extra ``testing``).

With the extra installed, ``st.from_type(ocop.ScoreSheet)`` works too, without importing this.
"""

from importlib.util import find_spec

from ocop.errors import MissingExtraError

if find_spec("hypothesis") is None:
    raise MissingExtraError("testing")

from ocop.testing.sets import criteria_sets
from ocop.testing.sheets import FAULTS, Fault, faulty_sheets, findings_of, score_sheets

__all__ = ["FAULTS", "Fault", "criteria_sets", "faulty_sheets", "findings_of", "score_sheets"]
