"""How far a place is with the targets of a programme."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import click

from ocop.cli import completing, options
from ocop.cli.options import Scoring
from ocop.cli.output import print_json, print_text, tables_fit, usage_error
from ocop.cli.reading import read_one, results_of, verdicts
from ocop.errors import DocumentError, Report, UnknownIdError
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import Programme
from ocop.programme.programmes import programme as packaged
from ocop.programme.progress import Progress
from ocop.text import Language


@click.command(
    short_help="Say how far a place is with its targets.",
    epilog=options.examples("ocop progress binh-duong-2021-2025 portfolio.json --on 2023-06-30"),
)
@click.argument("programme_id", metavar="PROGRAMME", shell_complete=options.PROGRAMME)
@click.argument("portfolio", metavar="PORTFOLIO", shell_complete=completing.files(".json"))
@options.on
@options.lang
@options.as_json
def progress(programme_id: str, portfolio: str, on: datetime | None, lang: Language, as_json: bool) -> None:
    """Say how far the place of PORTFOLIO is with the targets of PROGRAMME, by id or as a file.

    Without --on, it is the day that the portfolio itself names.
    """
    measure = measure_of(programme_id, on, lang)
    record = read_one(portfolio, Scoring(lang=lang), Portfolio, "portfolio")
    try:
        result = measure(record)
    except DocumentError as error:
        print_text(Report(error.report.problems, error.report.subject or portfolio, lang).text())
        raise click.exceptions.Exit(1) from None
    if as_json:
        print_json(result.to_json())
        return
    print_text(result.explain(lang))
    if tables_fit():
        from ocop.cli import drawing

        drawing.targets(result, lang)


def measure_of(programme_id: str, on: datetime | None, lang: Language) -> Callable[[Portfolio], Progress]:
    """Return what holds a portfolio against a programme, on a day or else on the portfolio's own."""
    programme = _programme(programme_id, lang)

    def measure(portfolio: Portfolio) -> Progress:
        day = portfolio.on if on is None else on.date()
        if day is None:
            raise usage_error("the portfolio names no day of its own: give one with --on")
        return programme.progress(portfolio, on=day)

    return measure


def results_for(
    output: str,
    files: Sequence[str],
    how: Scoring,
    programme_id: str | None,
    on: datetime | None,
    suffixes: tuple[str, ...],
) -> list[Any]:
    """Return the results of files, which are to be written to an output; what stands in the way ends the command."""
    options.not_an_input([output], [*files, programme_id or "-"])
    options.ends_in(output, *suffixes)
    return verdicts(results_of(files, how, _measured(programme_id, on, how.lang)), how, err=output == "-")


def _measured(programme_id: str | None, on: datetime | None, lang: Language) -> Callable[[Portfolio], Progress] | None:
    """Return what portfolios among files are held against, or None where no programme is named."""
    if programme_id is not None:
        return measure_of(programme_id, on, lang)
    if on is not None:
        raise usage_error("--on is the day of a programme's progress: name the programme with --programme")
    return None


def _programme(name: str, lang: Language) -> Programme:
    """Return the programme with an id, or that of a file."""
    if name.endswith(".json"):
        return read_one(name, Scoring(lang=lang), Programme, "programme")
    try:
        return packaged(name)
    except UnknownIdError as error:
        raise usage_error(error) from None
