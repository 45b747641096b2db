"""The command line: score, plan and rank, read and write forms, look at the criteria. Needs the extra ``cli``.

Each module here holds a family of commands, and is loaded when one of them is called.
"""

import io
import sys
from typing import IO

import click

from ocop import __version__
from ocop.cli.options import examples
from ocop.cli.pages import Pages


@click.group(
    cls=Pages,
    sections={
        "Score and explain": {"score": "scores", "validate": "scores", "plan": "plans", "rank": "rankings"},
        "Look up the criteria": {"sets": "lookup", "show": "lookup", "blank": "lookup", "compare": "lookup"},
        "Excel, CSV and reports": {"excel": "workbooks", "report": "reports"},
        "Programmes": {"progress": "programmes"},
        "Shell": {"completion": "completion"},
    },
    epilog=examples(
        "ocop score tea.json --lang en               the star of a sheet, and why",
        "ocop plan tea.json --to 5                   the way to five stars",
        "ocop excel form qd26-2026/tea -o tea.xlsx   a form to fill in",
        "ocop score --council tea.xlsx               what a council gave",
        "ocop report --rank *.json -o report.html    a page to hand over",
    )
    + "\n\nExit status: 0 fine, 1 a document has problems, 2 the command was called wrongly.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="ocop")
def main() -> None:
    """Score products of Vietnam's OCOP programme, and see why they have the star they have.

    A score sheet is a JSON document, or a form that members of a council filled in, as a workbook (.xlsx) or as CSV.
    The explanation of a result names every criterion, rule and article that it stands on. Output is Vietnamese, or
    English with --lang en.
    """


def speak_utf8(stream: IO[str]) -> None:
    """Let a stream write UTF-8, whatever the machine's own encoding is."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run() -> None:
    """Run the command line, in UTF-8 whatever the machine's own encoding."""
    speak_utf8(sys.stdout)
    speak_utf8(sys.stderr)
    main(prog_name="ocop")
