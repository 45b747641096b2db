"""Score sheets and results as CSV: rows are criteria, columns are members, as in the form of a workbook.

A spreadsheet that opens CSV takes a text with ``=``, ``+``, ``-``, ``@`` or a tab in front for a formula. So such a
text gets an apostrophe before it on the way out, which is taken off again on the way in.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal, get_args

from ocop.adapters import form_layout as layout
from ocop.adapters.byte_files import Source, Target, check_cells, decoded, printable, put, subject_of, take
from ocop.adapters.form_reading import Cell, Form, Reading, read_forms
from ocop.adapters.tidy_tables import Results, Value, tables_of
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import Choice
from ocop.errors import ConversionError, DocumentError, Problem, Report, pointer, shortened
from ocop.scoring.sheet import Purpose, ScoreSheet
from ocop.text import Language, checked_language

Delimiter = Literal[",", ";", "\t", "|"]
DELIMITERS: Final[tuple[Delimiter, ...]] = get_args(Delimiter)
"""What may stand between the cells of a row."""

_BOM: Final = "\ufeff"
"""At the head of a file, it tells a spreadsheet that the text is UTF-8."""
_DANGEROUS: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_ESCAPED: Final = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_HEAD: Final = re.compile(f'(?:sep=[^\r\n]*\r?\n)?(?P<mark>"?{re.escape(layout.MARK)}"?)(?P<delimiter>[,;\t|])')
_FIRST: Final = 2
"""The first column of a sheet: before it stand the keys and their meaning."""


def escaped(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> escaped("=1+1"), escaped("'=1+1"), escaped("Chè"), escaped("'Chè")
    ("'=1+1", "''=1+1", 'Chè', "'Chè")
    """
    return "'" + text if _DANGEROUS.match(text) else text


def unescaped(text: str) -> str:
    """Return the text that `escaped` was given.

    >>> unescaped("'=1+1"), unescaped("=1+1"), unescaped("'Chè")
    ('=1+1', '=1+1', "'Chè")
    """
    return text[1:] if _ESCAPED.match(text) else text


def write_csv(
    path: Target,
    sheets: Iterable[ScoreSheet],
    *,
    lang: Language = "vi",
    delimiter: Delimiter = ",",
    catalog: Catalog = PACKAGED,
) -> None:
    """Write score sheets of one criteria set as CSV, a column for each; `read_csv` reads them back.

    A choice is a letter, ``none`` where no option is met, and blank where nothing is filled in: a `ScoreSheet.blank`
    gives a form to fill in. The file is UTF-8 with a byte order mark.

    Args:
        path: a path, or a file open for writing bytes.
        sheets: the sheets, at least one.
        lang: the language of the words beside the keys.
        delimiter: ``","``, ``";"`` for spreadsheets with a decimal comma, a tab or ``"|"``.
        catalog: where the set is looked up.

    Raises:
        ConversionError: for no sheets, sheets of several sets, and another delimiter.
        UnknownIdError: where there is no such set.
        ValueError: for another language.

    >>> import io, ocop
    >>> file = io.BytesIO()
    >>> write_csv(file, [ocop.load("docs/examples/tea.json")], lang="en")
    >>> file.getvalue().decode("utf-8-sig").splitlines()[6]
    'criterion:1.1,1.1 Origin of inputs,c'
    """
    lang, kept = checked_language(lang), list(sheets)
    ids = list(dict.fromkeys(sheet.criteria_set for sheet in kept))
    if len(ids) != 1:
        raise ConversionError(f"expected sheets of one criteria set; got {shortened(ids)}")
    the_set = catalog.criteria_set(ids[0])
    rows: list[list[str]] = [[layout.MARK, layout.say("item", lang), *_titles(kept, lang)]]

    def add(key: str, words: str, values: Iterable[str]) -> None:
        rows.append([key, words, *values])

    add(layout.SET, layout.say(layout.SET, lang), (the_set.id for _ in kept))
    add(layout.DIGEST, layout.say(layout.DIGEST, lang), (the_set.digest for _ in kept))
    add(layout.PRODUCT, layout.say(layout.PRODUCT, lang), (sheet.product for sheet in kept))
    codes = (str(sheet.product_code or "") for sheet in kept)
    add(layout.PRODUCT_CODE, layout.say(layout.PRODUCT_CODE, lang), codes)
    add(layout.EVALUATOR, layout.say(layout.EVALUATOR, lang), (sheet.evaluator for sheet in kept))
    if any(sheet.purpose is Purpose.PRACTICE for sheet in kept):
        add(layout.PURPOSE, layout.say(layout.PURPOSE, lang), (sheet.purpose.value for sheet in kept))
    words = {each.code: f"{each.code} {layout.one_line(each.label, lang)}" for each in the_set.criteria}
    # What the set does not know is written as well, and told when it is read.
    for code in dict.fromkeys([*words, *(code for sheet in kept for code in sheet.choices)]):
        letters = (_letters(sheet.choices.get(code, "")) for sheet in kept)
        add(layout.CRITERION + code, words.get(code, code), letters)
    causes = dict(layout.findings_of(the_set, lang))
    yes = layout.say("yes", lang)
    for cause in dict.fromkeys([*causes, *(cause for sheet in kept for cause in sheet.findings)]):
        add(layout.FINDING + cause, causes.get(cause, cause), (yes if cause in each.findings else "" for each in kept))
    _write(path, rows, delimiter)


def _letters(choice: Choice) -> str:
    if choice is None or choice == ():
        return layout.NONE
    return " ".join(choice) if isinstance(choice, tuple) else choice


def _titles(sheets: Sequence[ScoreSheet], lang: Language) -> list[str]:
    """Return a title of its own for each sheet: its evaluator's name."""
    titles: dict[str, None] = {}
    for number, sheet in enumerate(sheets, 1):
        title = layout.normal(sheet.evaluator) or layout.say("sheet", lang, number)
        while title in titles:
            title = f"{title} ({number})"
        titles[title] = None
    return list(titles)


def write_results_csv(
    path: Target, results: Results, *, table: int = 0, lang: Language = "vi", delimiter: Delimiter = ","
) -> None:
    """Write one of the tables of results as CSV; `ocop.adapters.excel.write_results` says which there are.

    Args:
        path: a path, or a file open for writing bytes.
        results: a score, a council's result, several of them, a ranking, or the progress of a programme.
        table: the place of the table among them; 0 is the main one.
        lang: the language of titles and words.
        delimiter: ``","``, ``";"`` for spreadsheets with a decimal comma, a tab or ``"|"``.

    Raises:
        ConversionError: for what is no result, a table that there is not, and another delimiter.
        ValueError: for another language.

    >>> import io, ocop
    >>> file = io.BytesIO()
    >>> write_results_csv(file, ocop.score(ocop.load("docs/examples/tea.json")), lang="en")
    >>> file.getvalue().decode("utf-8-sig").splitlines()[0][:34]
    'Product,Product code,Criteria set,'
    """
    tables = tables_of(results, checked_language(lang))
    if table not in range(len(tables)):
        raise ConversionError(f"table must be from 0 to {len(tables) - 1}; got {shortened(table)}")
    rows = [tables[table].titles, *tables[table].rows]
    _write(path, ([_number(value) for value in row] for row in rows), delimiter)


def _number(value: Value) -> str | int | float | None:
    """Return a value as CSV shows it: a fraction as the nearest number."""
    if not isinstance(value, Fraction):
        return value
    return float(value) if value.denominator > 1 else int(value)


def _write(path: Target, rows: Iterable[Sequence[str | int | float | None]], delimiter: Delimiter) -> None:
    if delimiter not in DELIMITERS:
        raise ConversionError(f"delimiter knows {', '.join(map(repr, DELIMITERS))}; got {shortened(delimiter)}")
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    for row in rows:
        writer.writerow([escaped(printable(value)) if isinstance(value, str) else value for value in row])
    put(path, (_BOM + text.getvalue()).encode())


def read_csv(path: Source, catalog: Catalog = PACKAGED, *, lang: Language = "vi") -> Reading:
    """Return the score sheets of a CSV file that `write_csv` wrote and somebody filled in, with a report.

    The separator may be another than it was, and the file may have a byte order mark or none. What an answer may be,
    and what the report holds, is as in `ocop.adapters.excel.read_score_sheets`; pointers are of row and column title.
    Nothing is raised for bad data.

    Args:
        path: a path, or the bytes of a file.
        catalog: where criteria sets are looked up.
        lang: the language in which the report prints itself.

    Raises:
        ValueError: for another language.

    >>> import io, ocop
    >>> sheet, file = ocop.load("docs/examples/tea.json"), io.BytesIO()
    >>> write_csv(file, [sheet], delimiter=";")
    >>> sheets, report = read_csv(file.getvalue())
    >>> sheets == (sheet,), report.ok
    (True, True)
    """
    lang = checked_language(lang)
    try:
        forms = list(_forms(_rows(decoded(take(path)))))
    except DocumentError as error:
        return Reading((), Report(error.report.problems, subject_of(path), lang))
    sheets, problems = read_forms(forms, catalog)
    if not forms:
        problems.append(Problem.of("form-none"))
    return Reading(tuple(sheets), Report(problems, subject_of(path), lang))


def _rows(text: str) -> list[list[str]]:
    head = _HEAD.match(text)
    if head is None:
        raise DocumentError(Report([Problem.of("form-none")]))
    body = io.StringIO(text[head.start("mark") :], newline="")
    reader = csv.reader(body, delimiter=head["delimiter"], strict=True)
    try:
        return [[unescaped(cell) for cell in row] for row in reader]
    except csv.Error as error:
        raise DocumentError(Report([Problem.of("csv-broken", line=reader.line_num, got=str(error))])) from None


def _forms(rows: Sequence[Sequence[str]]) -> Iterator[Form]:
    """Yield a form for each column that holds something."""
    titles, width = rows[0], max(map(len, rows))
    check_cells(len(rows), width)
    for column in range(_FIRST, width):
        values = [row[column] if column < len(row) else "" for row in rows]
        if not any(map(str.strip, values)):
            continue
        title = titles[column] if column < len(titles) else str(column + 1)
        named = [
            (row[0], value, number) for number, (row, value) in enumerate(zip(rows, values, strict=True), 1) if row
        ]
        head = {key: layout.normal(value) for key, value, _ in reversed(named)}
        cells = ((key, Cell(value, pointer(number, title))) for key, value, number in named if layout.is_key(key))
        yield Form(pointer(title), head.get(layout.SET, ""), head.get(layout.DIGEST, ""), tuple(cells))
