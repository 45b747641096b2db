"""Products in the order of their scores, and who moved since an earlier order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import click

from ocop.adapters.markup import visible
from ocop.canonical import plain
from ocop.cli import completing, options
from ocop.cli.options import FORMS, Scoring
from ocop.cli.output import failure, print_json, print_text, tables_fit
from ocop.cli.reading import results_of, verdicts
from ocop.errors import ConversionError
from ocop.scoring.ranking import METHODS, TIE_BREAKS, Method, Move, Ranking
from ocop.scoring.ranking import rank as ranked
from ocop.text import Label, Language

_TEXTS: Final = {
    "moved": Label("Thay đổi thứ hạng so với lần trước:", "Ranks that changed since the earlier ranking:"),
    "same": Label("Thứ hạng không thay đổi so với lần trước.", "No rank changed since the earlier ranking."),
    "move": Label("  - {}: {} → {}", "  - {}: {} → {}"),
    "unnamed": Label("(không tên)", "(unnamed)"),
}


@click.command(
    short_help="Rank products, and say who moved.",
    epilog=options.examples(
        "ocop rank tea.json honey.json --lang en",
        "ocop rank --council *.xlsx --group criteria-set",
        "ocop rank 2026/*.json --before 2025/tea.json --before 2025/honey.json",
    ),
)
@options.files
@click.option("--method", type=click.Choice(METHODS), default="competition", show_default=True,
              help="How ranks are counted where products tie: 1, 2, 2, 4; 1, 2, 2, 3; or 1, 2, 3, 4.")  # fmt: skip
@click.option(
    "--by",
    multiple=True,
    default=TIE_BREAKS,
    show_default=True,
    metavar="part-X",
    help="What is compared after the star and the total; may be given several times.",
)
@click.option("--group", type=click.Choice(["criteria-set"]), help="Rank the products of each criteria set apart.")
@click.option(
    "--before",
    multiple=True,
    metavar="FILE",
    shell_complete=completing.files(".json", *FORMS),
    help="A file of an earlier ranking, to say who moved; may be given several times.",
)
@options.scoring
@options.as_json
def rank(
    files: tuple[str, ...],
    method: Method,
    by: tuple[str, ...],
    group: Any,
    before: tuple[str, ...],
    how: Scoring,
    as_json: bool,
) -> None:
    """Rank the products in FILE... by their stars and points; "-" reads standard input.

    FILE... are score sheets, council records and scores; one that ends in .xlsx or .csv is read as filled-in forms.
    The ranking needs every one of them: where a file has problems, they are printed, and nothing is ranked.
    """
    asked = {"method": method, "by": by, "group": group, "allow_practice": how.allow_practice}
    found = ranking_of(verdicts(results_of(files, how), how), **asked)
    moves = None
    if before:
        moves = ranking_of(verdicts(results_of(before, how), how), **asked).diff(found)
    if as_json:
        print_json(_as_json(found, moves))
        return
    if tables_fit():
        from ocop.cli import drawing

        drawing.ranking(found, how.lang)
    else:
        click.echo(visible(found.text(how.lang)))  # a table, whose lines stay whole
    if moves is not None:
        click.echo()
        print_text("\n".join(_lines(moves, how.lang)))


def ranking_of(scores: Sequence[Any], **asked: Any) -> Ranking[Any]:
    """Return the ranking of scores; what cannot be ranked is told, and ends with status 1."""
    try:
        return ranked(scores, **asked)
    except ConversionError as error:
        raise failure(error) from None


def _lines(moves: Sequence[Move], lang: Language) -> Iterator[str]:
    yield _TEXTS["moved" if moves else "same"].get(lang)
    names = Counter(move.product for move in moves)
    for move in moves:
        name = " ".join(move.product.split()) or _TEXTS["unnamed"].get(lang)
        if names[move.product] > 1:
            name += f" ({', '.join(filter(None, (move.criteria_set, move.product_code)))})"
        ranks = ("–" if rank is None else rank for rank in (move.before, move.after))
        yield _TEXTS["move"].get(lang).format(name, *ranks)


def _as_json(found: Ranking[Any], moves: Sequence[Move] | None) -> dict[str, Any]:
    rows = found.to_json()
    return rows if moves is None else {**rows, "moves": [plain(each) for each in moves]}
