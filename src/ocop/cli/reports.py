"""A page to hand over: scores, councils, a ranking, the progress of a programme."""

from datetime import datetime

import click

from ocop.cli import options
from ocop.cli.options import Scoring
from ocop.cli.output import usage_error, write_output
from ocop.cli.programmes import results_for
from ocop.cli.rankings import ranking_of
from ocop.programme.progress import Progress


@click.command(
    short_help="Write results as one page of HTML.",
    epilog=options.examples(
        "ocop report tea.json -o report.html",
        "ocop report --council --rank *.xlsx -o report.html --lang en",
        "ocop report 2023.json --programme binh-duong-2021-2025 -o report.html",
    ),
)
@options.files
@options.output("The page to write, as HTML.")
@click.option("--rank", is_flag=True, help="Begin with the ranking of the products.")
@options.programme
@options.scoring
def report(
    files: tuple[str, ...],
    output: str,
    rank: bool,
    programme_id: str | None,
    on: datetime | None,
    how: Scoring,
) -> None:
    """Write a report on the sheets, council records and scores in FILE... as one page of HTML.

    With --programme, portfolios may be among them, and their progress is shown. The page needs no network and no
    script. Where a file has problems, they are printed, and nothing is written.
    """
    from ocop.adapters.report import report_html

    found = results_for(output, files, how, programme_id, on, (".html", ".htm"))
    scores = [each for each in found if not isinstance(each, Progress)]
    if rank and not scores:
        raise usage_error("--rank needs scores")
    ranking = [ranking_of(scores, allow_practice=how.allow_practice)] if rank else []
    write_output(output, report_html(*ranking, *found, lang=how.lang).encode())
