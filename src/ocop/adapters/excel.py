"""Score sheets and results in workbooks of Excel (extra ``excel``): what the other modules here do, under one name.

`write_score_sheet` writes the form, `read_score_sheets` reads it when it is filled in, `write_back` marks what is wrong
in a copy, `write_results` writes scores, rankings and the progress of programmes as tables.
"""

from ocop.adapters.excel_form import write_score_sheet
from ocop.adapters.excel_marks import write_back
from ocop.adapters.excel_read import read_score_sheets
from ocop.adapters.excel_results import write_results
from ocop.adapters.form_reading import Reading

__all__ = ["Reading", "read_score_sheets", "write_back", "write_results", "write_score_sheet"]
