"""The way of least effort to a star."""

from collections.abc import Iterable, Sequence

import click

from ocop.cli import completing, options
from ocop.cli.options import FORMS, Scoring
from ocop.cli.output import print_json, print_text, tables_fit, usage_error
from ocop.cli.reading import read
from ocop.criteria.catalog import Catalog
from ocop.errors import DocumentError, Problem, Report, SheetError
from ocop.model.stars import Grade, Rank
from ocop.scoring.council import CouncilRecord
from ocop.scoring.engine import score
from ocop.scoring.plan import UpgradePlan
from ocop.scoring.planner import plan_upgrade
from ocop.scoring.result import Score
from ocop.scoring.sheet import ScoreSheet
from ocop.text import LANGUAGES, Language, match_key


def _efforts(context: click.Context, parameter: click.Parameter, values: Sequence[str]) -> dict[str, int]:
    efforts: dict[str, int] = {}
    for value in values:
        code, _, number = value.partition("=")
        if not (code and number.isascii() and number.isdecimal() and len(number) <= 9):
            raise click.BadParameter(f"expected CODE=N, such as 3.4=2; got {value!r}")
        if code in efforts:
            raise click.BadParameter(f"criterion {code!r} is given twice")
        efforts[code] = int(number)
    return efforts


@click.command(
    short_help="Say what to improve to reach a star.",
    epilog=options.examples(
        "ocop plan tea.json --lang en",
        "ocop plan tea.json --to 5 --lock 1.3 --effort 3.4=3",
        'ocop plan tea.xlsx --evaluator "Nguyễn Văn An" --ladder',
    ),
)
@click.argument("file", metavar="FILE", shell_complete=completing.files(".json", *FORMS))
@click.option("--to", metavar="STAR", help="The star to reach: its number, or the name of a class.")
@click.option("--ladder", is_flag=True, help="Plan for every star above today's.")
@click.option("--lock", multiple=True, metavar="CODE", help="Keep this criterion as it is; may be given several times.")
@click.option(
    "--effort",
    multiple=True,
    metavar="CODE=N",
    callback=_efforts,
    help="What one step up costs in this criterion, instead of 1; may be given several times.",
)
@click.option("--evaluator", metavar="NAME", help="Whose sheet to take, where the file holds several.")
@options.allow_incomplete
@options.catalog
@options.lang
@options.as_json
def plan(
    file: str,
    to: str | None,
    ladder: bool,
    lock: tuple[str, ...],
    effort: dict[str, int],
    evaluator: str | None,
    allow_incomplete: bool,
    catalog: Catalog,
    lang: Language,
    as_json: bool,
) -> None:
    """Say what to improve on the sheet in FILE, with the least effort, to reach a star; "-" reads standard input.

    Without --to, it is the next star above today's. A star that cannot be reached is a fine result, which says why.
    """
    if ladder and to is not None:
        raise usage_error("--ladder plans for every star: leave out --to")
    how = Scoring(catalog, lang, allow_incomplete=allow_incomplete)
    sheet = _sheet(file, evaluator, how)
    try:
        today = score(sheet, allow_incomplete=allow_incomplete, catalog=catalog)
        stars = _above(today) if to is None else (_star(today, to),)
        plans = [
            plan_upgrade(sheet, star, effort=effort, locked=lock, criteria_set=today.criteria_set,
                         allow_incomplete=allow_incomplete)
            for star in (stars if ladder else stars[:1])
        ]  # fmt: skip
    except SheetError as error:  # the sheet is valid, but its set is not complete
        print_text(Report(error.report.problems, file, lang).text())
        raise click.exceptions.Exit(1) from None
    except DocumentError as error:  # a criterion of --lock or --effort is none of the set
        raise usage_error("; ".join(problem.text("en") for problem in error.report.problems)) from None
    if as_json:
        found = [each.to_json() for each in plans]
        print_json(found if ladder else found[0])
    else:
        _print(plans, lang)


def _print(plans: Iterable[UpgradePlan], lang: Language) -> None:
    for index, each in enumerate(plans):
        if index:
            click.echo()
        if tables_fit():
            from ocop.cli import drawing

            drawing.way(each, lang)
        else:
            print_text(each.explain(lang))


def _sheet(file: str, evaluator: str | None, how: Scoring) -> ScoreSheet:
    """Return the sheet in a file, or that of one evaluator."""
    _, report, found = read(file, how)
    sheets = [sheet for item in found for sheet in _sheets(item)]
    if report.ok and not sheets:
        expected = "score-sheet, council-record, score"
        report = Report([Problem.of("kind-not-scored", "/kind", expected=expected)], file, how.lang)
    if report.problems:
        print_text(report.text(), err=report.ok)
    if not report.ok:
        raise click.exceptions.Exit(1)
    names = ", ".join(repr(sheet.evaluator) for sheet in sheets)
    if evaluator is not None:
        sheets = [sheet for sheet in sheets if match_key(sheet.evaluator) == match_key(evaluator)]
        if not sheets:
            raise usage_error(f"{file} has no sheet of {evaluator!r}; it has those of {names}")
    if len(sheets) > 1:
        raise usage_error(f"{file} has several sheets: those of {names}; choose one with --evaluator")
    return sheets[0]


def _sheets(item: object) -> Sequence[ScoreSheet]:
    if isinstance(item, CouncilRecord):
        return item.sheets
    if isinstance(item, Score):
        return (item.sheet,)
    return (item,) if isinstance(item, ScoreSheet) else ()


def _above(today: Score) -> tuple[Rank, ...]:
    """Return the stars above today's, the next one first; today's where it is the highest."""
    bands = today.criteria_set.edition.bands
    return tuple(band.star for band in bands if band.star > (today.star or 0)) or (bands[-1].star,)


def _star(today: Score, wanted: str) -> Rank:
    """Return the star or class that is called so."""
    stars = [band.star for band in today.criteria_set.edition.bands]
    for star in stars:
        names = [str(star), *(star.label.get(lang) for lang in LANGUAGES)]
        names += [star.slug] if isinstance(star, Grade) else []
        if match_key(wanted) in map(match_key, names):
            return star
    known = ", ".join(f"{star} ({star.slug})" if isinstance(star, Grade) else str(star) for star in stars)
    raise usage_error(f"there is no star {wanted!r}; known: {known}")
