"""Scoring sheets and council records, and checking documents."""

import click

from ocop.cli import options
from ocop.cli.options import Scoring
from ocop.cli.output import print_json, print_text, tables_fit, tracked
from ocop.cli.reading import Result, read, results_of
from ocop.criteria.catalog import Catalog
from ocop.text import Language


@click.command(
    short_help="Score sheets and councils, and explain every star.",
    epilog=options.examples("ocop score tea.json", "ocop score --lang en --council tea.xlsx"),
)
@options.files
@options.scoring
@options.as_json
def score(files: tuple[str, ...], how: Scoring, as_json: bool) -> None:
    """Score the sheets and council records in FILE... and explain every star; "-" reads standard input.

    A FILE that ends in .xlsx or .csv is read as filled-in forms.
    """
    results = results_of(files, how)
    if as_json:
        print_json([each.to_dict() for each in results])
    else:
        _print(results, how.lang)
    _exit(all(each.fine for each in results))


@click.command(
    short_help="Check documents and forms, and print every problem.",
    epilog=options.examples("ocop validate --lang en tea.json"),
)
@options.files
@options.catalog
@options.lang
@options.as_json
def validate(files: tuple[str, ...], catalog: Catalog, lang: Language, as_json: bool) -> None:
    """Check the documents in FILE... and print every problem; "-" reads standard input.

    A FILE that ends in .xlsx or .csv is read as filled-in forms.
    """
    how = Scoring(catalog, lang)
    results = [Result((name,), read(name, how).report) for name in tracked(files, lang)]
    if as_json:
        print_json([each.to_dict() for each in results])
    else:
        for each in results:
            print_text(each.text(lang))
    _exit(all(each.fine for each in results))


def _print(results: list[Result], lang: Language) -> None:
    """Print what results say of themselves; a terminal gets a table before a single one, or after several."""
    if tables_fit():
        from ocop.cli import drawing

        drawing.details(results, lang)
    for index, each in enumerate(results):
        if index:
            click.echo()
        print_text(each.text(lang))
    if tables_fit():
        from ocop.cli import drawing

        drawing.summary(results, lang)


def _exit(fine: bool) -> None:
    if not fine:
        raise click.exceptions.Exit(1)
