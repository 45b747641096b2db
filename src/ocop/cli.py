"""The command line: score, validate, and look at the criteria sets. Needs the extra ``cli``."""

import io
import json
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import IO, Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ocop import __version__, strict_json
from ocop.canonical import plain
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet, Criterion, Remark, Section
from ocop.documents.kinds import dumps, loads, read_bytes, to_document
from ocop.documents.register import register
from ocop.documents.validate import validate as validated
from ocop.errors import DocumentError, Problem, Report, SheetError, UnknownIdError
from ocop.model.stars import Grade, Rank, Star
from ocop.programme.portfolio import Portfolio
from ocop.programme.programmes import Programme, check_programme, programme
from ocop.scoring.council import CouncilRecord, CouncilScore, score_council
from ocop.scoring.engine import score as scored
from ocop.scoring.result import Score
from ocop.scoring.sheet import ScoreSheet
from ocop.text import Label, Language

WIDTH = 80
"""Columns of the output, also where nobody looks at it."""

Command = TypeVar("Command", bound=Callable[..., Any])
T = TypeVar("T")

_TEXTS = {
    "part": Label("Phần {} – {} ({} điểm)", "Part {} – {} ({} points)"),
    "none": Label("(không đáp ứng phương án nào: 0 điểm)", "(no option met: 0 points)"),
    "rules": Label("Quy tắc", "Rules"),
    "errata": Label("Lỗi in đã xử lý", "Errata"),
    "remarks": Label("Ghi chú", "Remarks"),
    "open-issues": Label("Bộ này không đầy đủ", "This set is not complete"),
    "erratum": Label(
        "{}: bản in ghi {}, dùng {}. {}",
        "{}: printed {}, adopted {}. {}",
    ),
    "blank": Label("(để trống)", "(blank)"),
    "number": Label("Số", "No."),
    "id": Label("Mã", "Id"),
    "name": Label("Tên", "Name"),
    "class-minimum": Label("[…] yêu cầu tối thiểu của hạng này", "[…] a minimum for this class"),
    "minimum": Label(
        "*** yêu cầu tối thiểu của hạng sao (số dấu * là số sao)",
        "*** a star minimum (as many * as stars)",
    ),
}


def _lang(command: Command) -> Command:
    return click.option(
        "--lang",
        type=click.Choice(["vi", "en"]),
        default="vi",
        show_default=True,
        is_eager=True,  # another option may have problems to tell
        help="Language of the output.",
    )(command)


def _json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, is_eager=True, help="Print JSON, for programs.")(command)


def _registered(context: click.Context, _: click.Parameter, folders: tuple[str, ...]) -> Catalog:
    """Return the packaged editions with those in `folders`; of a folder that is refused, print every problem."""
    catalog = PACKAGED
    for folder in folders:
        try:
            catalog = register(folder, catalog)
        except DocumentError as error:
            lang: Language = context.params.get("lang", "vi")
            if context.params.get("as_json"):
                _print_json([_as_json(folder, Report(error.report.problems, folder, lang))])
            else:
                _print_wrapped(error.report.text(lang))
            context.exit(1)
    return catalog


def _catalog(command: Command) -> Command:
    return click.option(
        "--edition-folder",
        "catalog",
        multiple=True,
        metavar="DIR",
        callback=_registered,
        help="Take criteria of one's own from DIR as well; may be given several times.",
    )(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ocop")
def main() -> None:
    """Score products of Vietnam's OCOP programme, and see why they have the star they have.

    Exit status: 0 fine, 1 a document has problems, 2 the command was called wrongly.
    """


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--allow-incomplete", is_flag=True, help="Score by a set that is not complete as well, for reference.")
@_catalog
@_lang
@_json
def score(files: tuple[str, ...], allow_incomplete: bool, catalog: Catalog, lang: Language, as_json: bool) -> None:
    """Score the sheets and council records in FILE... and explain every star; "-" reads standard input."""
    results = [(name, _scored(name, lang, catalog, allow_incomplete)) for name in files]
    if as_json:
        _print_json([_as_json(name, result) for name, result in results])
    else:
        for index, (_, result) in enumerate(results):
            if index:
                click.echo()
            _print_wrapped(result.text(lang) if isinstance(result, Report) else result.explain(lang))
    _exit(not any(isinstance(result, Report) for _, result in results))


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@_catalog
@_lang
@_json
def validate(files: tuple[str, ...], catalog: Catalog, lang: Language, as_json: bool) -> None:
    """Check the documents in FILE... and print every problem; "-" reads standard input."""
    reports = [_checked(name, lang, catalog)[0] for name in files]
    if as_json:
        _print_json([_as_json(name, report) for name, report in zip(files, reports, strict=True)])
    else:
        for report in reports:
            _print_wrapped(report.text(lang))
    _exit(all(report.ok for report in reports))


@main.command()
@click.option("--edition", "edition_id", metavar="ID", help="Only the sets of this edition.")
@_catalog
@_lang
@_json
def sets(edition_id: str | None, catalog: Catalog, lang: Language, as_json: bool) -> None:
    """List the criteria sets."""
    try:
        found = list(catalog.sets(edition_id))
    except UnknownIdError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        _print_json([{"id": each.id, "number": each.number, "label": plain(each.label)} for each in found])
        return
    table = Table(box=None, pad_edge=False)
    table.add_column(_TEXTS["number"].get(lang), justify="right")
    table.add_column(_TEXTS["id"].get(lang), no_wrap=True)
    table.add_column(_TEXTS["name"].get(lang))
    for each in found:
        table.add_row(str(each.number), each.id, each.label.get(lang))
    _console().print(table)


@main.command()
@click.argument("set_id", metavar="SET")
@_catalog
@_lang
@_json
def show(set_id: str, catalog: Catalog, lang: Language, as_json: bool) -> None:
    """Show the criteria, options, minimums and rules of SET, such as qd26-2026/tea."""
    the_set = _set(set_id, catalog)
    if as_json:
        _print_json(to_document(the_set))
        return
    console = _console()
    for indent, line, style in _shown(the_set, lang):
        for row in _wrapped(line, indent, indent + " " * 11):
            console.print(Text(row, style=style), soft_wrap=True)


@main.command()
@click.argument("set_id", metavar="SET")
@click.option("--product", default="", help="The product's name.")
@click.option("--evaluator", default="", help="Who scores.")
@_catalog
def blank(set_id: str, product: str, evaluator: str, catalog: Catalog) -> None:
    """Print a blank score sheet of SET, to be filled in with option letters or null."""
    click.echo(dumps(ScoreSheet.blank(_set(set_id, catalog), product, evaluator)), nl=False)


@main.command()
@click.argument("programme_id", metavar="PROGRAMME")
@click.argument("portfolio", metavar="PORTFOLIO")
@click.option(
    "--on", "on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day that progress is asked of."
)
@_lang
@_json
def progress(programme_id: str, portfolio: str, on: datetime | None, lang: Language, as_json: bool) -> None:
    """Say how far the place of PORTFOLIO is with the targets of PROGRAMME, by id or as a file.

    Without --on, it is the day that the portfolio itself names.
    """
    try:
        found = _programme(programme_id)
        record = _loaded(portfolio, Portfolio, "portfolio")
        day = record.on if on is None else on.date()
        if day is None:
            raise click.UsageError("the portfolio names no day of its own: give one with --on")
        result = found.progress(record, on=day)
    except UnknownIdError as error:
        raise click.UsageError(str(error)) from None
    except DocumentError as error:
        _print_wrapped(Report(error.report.problems, error.report.subject or portfolio, lang).text(lang))
        raise click.exceptions.Exit(1) from None
    if as_json:
        _print_json(result.to_json())
    else:
        _print_wrapped(result.explain(lang))


def _programme(name: str) -> Programme:
    """Return the programme with an id, or that of a file."""
    if not name.endswith(".json"):
        return programme(name)
    found = _loaded(name, Programme, "programme")
    report = check_programme(found)
    if not report.ok:
        raise DocumentError(Report(report.problems, name))
    return found


def _loaded(name: str, cls: type[T], kind: str) -> T:
    """Return what a file's document describes, which must be of a certain kind."""
    found = loads(_stdin() if name == "-" else read_bytes(name))
    if not isinstance(found, cls):
        got = to_document(found)["kind"]
        raise DocumentError(Report([Problem.of("value-not-allowed", "/kind", expected=kind, got=got)], name))
    return found


def _set(set_id: str, catalog: Catalog) -> CriteriaSet:
    try:
        return catalog.criteria_set(set_id)
    except UnknownIdError as error:
        raise click.UsageError(str(error)) from None


def _checked(name: str, lang: Language, catalog: Catalog) -> tuple[Report, bytes]:
    """Return what is wrong with a document, and its bytes."""
    try:
        data = _stdin() if name == "-" else read_bytes(name)
    except DocumentError as error:
        return Report(error.report.problems, name, lang), b""
    return Report(validated(data, lang, catalog=catalog).problems, name, lang), data


def _stdin() -> bytes:
    return sys.stdin.buffer.read(strict_json.MAX_BYTES + 1)


def _scored(name: str, lang: Language, catalog: Catalog, allow_incomplete: bool) -> Score | CouncilScore | Report:
    report, data = _checked(name, lang, catalog)
    if not report.ok:
        return report
    found = loads(data, catalog=catalog)
    if isinstance(found, Score):
        return found
    if not isinstance(found, ScoreSheet | CouncilRecord):
        kind = to_document(found)["kind"]
        return Report(
            [Problem.of("kind-not-scored", "/kind", expected="score-sheet, council-record, score", got=kind)],
            name,
            lang,
        )
    try:
        if isinstance(found, CouncilRecord):
            return score_council(found, allow_incomplete=allow_incomplete, catalog=catalog)
        return scored(found, allow_incomplete=allow_incomplete, catalog=catalog)
    except SheetError as error:  # the document is valid, but its set is not complete
        return Report(error.report.problems, name, lang)


def _as_json(name: str, result: Score | CouncilScore | Report) -> dict[str, Any]:
    if isinstance(result, CouncilScore):
        return {"file": name, "council": result.to_json()}
    return {"file": name, "report" if isinstance(result, Report) else "score": to_document(result)}


def _shown(the_set: CriteriaSet, lang: Language) -> Iterator[tuple[str, str, str]]:
    """Yield indent, text and style of each line that shows a set."""
    yield "", f"{the_set.id}: {the_set.label.get(lang)} ({the_set.citation.get(lang)})", "bold"
    stars = isinstance(the_set.edition.bands[0].star, Star)
    yield "", _TEXTS["minimum" if stars else "class-minimum"].get(lang), "dim"
    for part in the_set.parts:
        yield "", "", ""
        yield "", _TEXTS["part"].get(lang).format(part.code, part.label.get(lang), part.max_points), "bold"
        for item in part.items:
            yield from _item(item, lang, "  ")
    for name, rows in (
        ("open-issues", _remarks(the_set.open_issues, lang)),
        ("rules", _rules(the_set, lang)),
        ("errata", _errata(the_set, lang)),
        ("remarks", _remarks(the_set.remarks, lang)),
    ):
        lines = list(rows)
        if lines:
            yield "", _TEXTS[name].get(lang), "bold"
            yield from (("  ", line, "") for line in lines)


def _item(item: Section | Criterion, lang: Language, indent: str) -> Iterator[tuple[str, str, str]]:
    head = f"{item.code} {item.label.get(lang)} ({item.max_points})"
    if isinstance(item, Section):
        yield indent, head, "bold"
        for below in item.items:
            yield from _item(below, lang, indent + "  ")
        return
    yield indent, f"{head} {_mark(item.minimum_for, lang)}".rstrip(), "bold"
    case = None
    for option in item.options:
        if option.case != case:
            case = option.case
            yield indent + "  ", option.case_label.get(lang), "italic"
        mark = _mark(option.minimum_for, lang)
        yield indent + "  ", f"{option.letter} {option.points:>2} {mark:<5} {option.label.get(lang)}", ""


def _mark(rank: Rank | None, lang: Language) -> str:
    """Return the mark of a minimum: an asterisk for each star, or the name of the class."""
    if isinstance(rank, Grade):
        return f"[{rank.label.get(lang)}]"
    return "*" * (rank or 0)


def _rules(the_set: CriteriaSet, lang: Language) -> Iterator[str]:
    for rule in the_set.rules:
        where = f"{rule.criterion}: " if rule.criterion else ""
        yield (
            f"{where}{rule.effect.value} [{rule.cause}] {rule.label.get(lang)}"
            if rule.cause
            else f"{where}{rule.effect.value}"
        )


def _errata(the_set: CriteriaSet, lang: Language) -> Iterator[str]:
    for erratum in the_set.errata:
        where = f"{erratum.criterion} {erratum.option or ''}".strip()
        printed = _TEXTS["blank"].get(lang) if erratum.printed is None else erratum.printed
        yield _TEXTS["erratum"].get(lang).format(where, printed, erratum.adopted, erratum.label.get(lang))


def _remarks(remarks: tuple[Remark, ...], lang: Language) -> Iterator[str]:
    for remark in remarks:
        where = f"{remark.criterion}: " if remark.criterion else ""
        yield where + remark.label.get(lang)


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal and console.width < WIDTH else Console(highlight=False, width=WIDTH)


def _print_wrapped(text: str) -> None:
    for line in text.splitlines():
        indent = line[: len(line) - len(line.lstrip())] + "  "
        click.echo("\n".join(_wrapped(line, "", indent)))


def _wrapped(line: str, first: str, further: str) -> list[str]:
    """Return a line cut at blanks to the width of the output, one piece at least."""
    return textwrap.wrap(
        line, WIDTH, initial_indent=first, subsequent_indent=further, break_on_hyphens=False, break_long_words=False
    ) or [""]


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _exit(fine: bool) -> None:
    sys.exit(0 if fine else 1)


def _speak_utf8(stream: IO[str]) -> None:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def run() -> None:
    """Run the command line, in UTF-8 whatever the machine's own encoding."""
    _speak_utf8(sys.stdout)
    _speak_utf8(sys.stderr)
    main(prog_name="ocop")
