"""Workbooks of Excel: the form to fill in, reading it back, and results as tables. Needs the extra ``excel``."""

import io
import os
import re
from datetime import datetime
from typing import Any, Final

import click

from ocop.cli import completing, options
from ocop.cli.options import Scoring
from ocop.cli.output import failure, print_text, usage_error, write_output
from ocop.cli.programmes import results_for
from ocop.cli.rankings import ranking_of
from ocop.cli.reading import is_form, read
from ocop.criteria.catalog import Catalog
from ocop.errors import ConversionError, DocumentError, Report
from ocop.model.products import ProductCode
from ocop.programme.progress import Progress
from ocop.scoring.sheet import ScoreSheet
from ocop.text import Label, Language, nfc

_WROTE: Final = Label("Đã ghi {}", "Wrote {}")
_ODD: Final = re.compile(r"\W+")
_LONGEST: Final = 40
"""How many characters of a name stand in the name of a file."""


@click.group(short_help="Write forms, read them back, write results.")
def excel() -> None:
    """Write forms for a council, read them back, and write results as a workbook. Needs the extra excel."""


def _code(context: click.Context, parameter: click.Parameter, value: str | None) -> ProductCode | None:
    if value is None:
        return None
    try:
        return ProductCode.parse(value)
    except ConversionError as error:
        raise click.BadParameter(str(error)) from None


@excel.command(
    short_help="Write the form of a set for a council.",
    epilog=options.examples("ocop excel form qd26-2026/tea --member An --member Bình -o tea.xlsx"),
)
@options.set_id
@options.output("The workbook to write.")
@click.option("--member", "members", multiple=True, metavar="NAME", help="A member; may be given several times.")
@click.option("--product", default="", metavar="NAME", help="The product's name.")
@click.option("--product-code", metavar="CODE", callback=_code, help="The product's code, such as 79-25750-2-2026.")
@options.force
@options.catalog
@options.lang
def form(
    set_id: str,
    output: str,
    members: tuple[str, ...],
    product: str,
    product_code: ProductCode | None,
    force: bool,
    catalog: Catalog,
    lang: Language,
) -> None:
    """Write the form of SET as a workbook, with a sheet for each member of the council."""
    from ocop.adapters.excel import write_score_sheet

    the_set, file = options.set_of(set_id, catalog), io.BytesIO()
    options.not_an_input([output], ())
    options.ends_in(output, ".xlsx")
    options.not_there([output], force)
    try:
        write_score_sheet(file, the_set, members, product, product_code=product_code, lang=lang, catalog=catalog)
    except ConversionError as error:  # two members of one name
        raise usage_error(error) from None
    write_output(output, file.getvalue())


@excel.command(
    name="read",
    short_help="Read forms, and write score sheets as JSON.",
    epilog=options.examples("ocop excel read tea.xlsx -o sheets --mark marked.xlsx"),
)
@click.argument("file", metavar="FILE", shell_complete=completing.files(*options.FORMS))
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR",
    shell_complete=completing.folders,
    help="The folder for the sheets; made where it is not.",
)
@click.option(
    "--mark",
    metavar="COPY",
    shell_complete=completing.any_file,
    help="Write a copy of the workbook in which the cells with problems stand out.",
)
@options.force
@options.catalog
@options.lang
def read_forms(file: str, output: str, mark: str | None, force: bool, catalog: Catalog, lang: Language) -> None:
    """Read the filled-in forms in FILE, .xlsx or .csv, and write a score sheet for each of them as JSON.

    Where the report has problems, no sheet is written, and the status is 1.
    """
    if not is_form(file):
        raise usage_error(f"expected a file that ends in {' or '.join(options.FORMS)}; got {file}")
    if mark is not None and not file.lower().endswith(".xlsx"):
        raise usage_error("--mark needs a workbook: a file that ends in .xlsx")
    _, report, sheets = read(file, Scoring(catalog, lang))
    named = {os.path.join(output, _name(number, each)): each for number, each in enumerate(sheets, 1)}
    written = [*named, *([] if mark is None else [mark])]
    options.not_an_input(written, [file])
    options.ends_in(mark or "-", ".xlsx")
    options.not_there(written, force)
    print_text(report.text())
    if mark is not None:
        _mark(report, file, mark, lang)
    _write(output, named, lang)
    if not report.ok:
        raise click.exceptions.Exit(1)


def _name(number: int, sheet: ScoreSheet) -> str:
    """Return the name of the file for a sheet: its number tells it from all others, its evaluator is for the eye."""
    evaluator = _ODD.sub("-", nfc(sheet.evaluator)).strip("-")[:_LONGEST]
    return "-".join(filter(None, ("sheet", str(number), evaluator))) + ".json"


def _mark(report: Report, file: str, mark: str, lang: Language) -> None:
    from ocop.adapters.excel import write_back

    copy = io.BytesIO()
    try:
        write_back(report, file, copy, lang)
    except DocumentError as error:  # there is no workbook to mark, which the report mostly says
        if not set(error.report.codes) <= set(report.codes):
            print_text(Report(error.report.problems, file, lang).text())
        raise click.exceptions.Exit(1) from None
    write_output(mark, copy.getvalue())
    print_text(_WROTE.get(lang).format(mark))


def _write(folder: str, named: dict[str, ScoreSheet], lang: Language) -> None:
    from ocop.documents.kinds import dumps

    if named:
        try:
            os.makedirs(folder, exist_ok=True)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise failure(f"the folder {folder} cannot be made: {reason}") from None
    for name, sheet in named.items():
        write_output(name, dumps(sheet).encode())
        print_text(_WROTE.get(lang).format(name))


@excel.command(
    short_help="Write results as a workbook of tables.",
    epilog=options.examples(
        "ocop excel results *.json --rank -o results.xlsx",
        "ocop excel results 2023.json --programme binh-duong-2021-2025 -o 2023.xlsx",
    ),
)
@options.files
@options.output("The workbook to write.")
@click.option("--rank", is_flag=True, help="Rank the products as well.")
@options.programme
@options.scoring
def results(
    files: tuple[str, ...],
    output: str,
    rank: bool,
    programme_id: str | None,
    on: datetime | None,
    how: Scoring,
) -> None:
    """Write the results of the sheets, council records and scores in FILE... as a workbook of tables.

    With --programme, FILE is a portfolio, and the workbook has its progress.
    """
    from ocop.adapters.excel import write_results

    found = results_for(output, files, how, programme_id, on, (".xlsx",))
    progress = [each for each in found if isinstance(each, Progress)]
    if progress and (rank or len(found) > 1):
        raise usage_error("a workbook holds the progress of one portfolio, or scores: name either alone")
    file = io.BytesIO()
    shown: Any = progress[0] if progress else ranking_of(found, allow_practice=how.allow_practice) if rank else found
    write_results(file, shown, lang=how.lang)
    write_output(output, file.getvalue())
