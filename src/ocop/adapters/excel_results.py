"""Results as a workbook: a sheet for each table."""

from typing import Final

from ocop.adapters.byte_files import Target
from ocop.adapters.excel_writing import Book
from ocop.adapters.tidy_tables import Results, Table, tables_of
from ocop.errors import ConversionError
from ocop.text import Language, checked_language

MAX_ROWS: Final = 1_048_575
"""How many rows a sheet has room for, below the titles."""
_WIDEST: Final = 50
"""In characters; longer texts go on in the cell, and are not cut."""
_LOOKED_AT: Final = 1000
"""By so many rows a column's width is chosen."""
_TITLE: Final = {"bold": True, "bg_color": "#1F5F4A", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}
_A4: Final = 9


def write_results(path: Target, results: Results, *, lang: Language = "vi") -> None:
    """Write results as a workbook of plain tables, one a sheet; the same results give the same bytes.

    Scores of sheets and results of councils give a table of results, one of the minimums that are not met, and one with
    a row for each criterion of each sheet. A ranking has its own table before these. The progress of a programme gives
    its targets, and what was counted. What else has a method ``tables(lang)`` gives what that returns.

    A mean is written as the nearest number, and exactly, as text, beside it.

    Args:
        path: a path, or a file open for writing bytes.
        results: a score, a council's result, several of them, a ranking, or the progress of a programme.
        lang: the language of titles and words.

    Raises:
        ConversionError: for what is no result, and for more rows than a sheet has.
        MissingExtraError: without the extra ``excel``.
        ValueError: for another language.

    >>> import io, ocop
    >>> file = io.BytesIO()
    >>> write_results(file, ocop.score(ocop.load("docs/examples/tea.json")))
    >>> file.getvalue()[:2]
    b'PK'
    """
    lang = checked_language(lang)
    book = Book()
    for table in tables_of(results, lang):
        _write(book, table)
    book.save(path)


def _write(book: Book, table: Table) -> None:
    if len(table.rows) > MAX_ROWS:
        raise ConversionError(f"a sheet of a workbook has {MAX_ROWS:,} rows; the table {table.name!r} has more")
    sheet = book.sheet(table.name, table.name)
    for column, title in enumerate(table.titles):
        sheet.text(0, column, title, book.look(**_TITLE))
        shown = [title[:20], *(str(row[column] or "") for row in table.rows[:_LOOKED_AT])]
        sheet.do("set_column", column, column, min(max(map(len, shown)), _WIDEST) + 2)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.text(number, column, value)
            elif value is not None:
                sheet.number(number, column, value)
    sheet.do("set_row", 0, 32)
    sheet.do("freeze_panes", 1, 0)
    sheet.do("autofilter", 0, 0, len(table.rows), len(table.titles) - 1)
    sheet.do("set_landscape")
    sheet.do("set_paper", _A4)
    sheet.do("fit_to_pages", 1, 0)
    sheet.do("repeat_rows", 0)
