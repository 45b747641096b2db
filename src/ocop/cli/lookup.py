"""Looking up editions, sets and criteria."""

from collections.abc import Iterator

import click

from ocop.canonical import plain
from ocop.cli import completing, options
from ocop.cli.output import cell, console, print_json, print_line, print_text, usage_error
from ocop.criteria.catalog import Catalog
from ocop.criteria.model import CriteriaSet, Criterion, Remark, Section
from ocop.errors import UnknownIdError
from ocop.model.stars import Grade, Rank, Star
from ocop.scoring.sheet import ScoreSheet
from ocop.text import Label, Language

_TEXTS = {
    "part": Label("Phần {} – {} ({} điểm)", "Part {} – {} ({} points)"),
    "rules": Label("Quy tắc", "Rules"),
    "errata": Label("Lỗi in đã xử lý", "Errata"),
    "remarks": Label("Ghi chú", "Remarks"),
    "open-issues": Label("Bộ này không đầy đủ", "This set is not complete"),
    "erratum": Label("{}: bản in ghi {}, dùng {}. {}", "{}: printed {}, adopted {}. {}"),
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


@click.command(
    short_help="List the criteria sets.",
    epilog=options.examples("ocop sets --edition qd26-2026 --lang en"),
)
@click.option(
    "--edition",
    "edition_id",
    metavar="ID",
    shell_complete=completing.edition_ids,
    help="Only the sets of this edition.",
)
@options.catalog
@options.lang
@options.as_json
def sets(edition_id: str | None, catalog: Catalog, lang: Language, as_json: bool) -> None:
    """List the criteria sets."""
    try:
        found = list(catalog.sets(edition_id))
    except UnknownIdError as error:
        raise usage_error(error) from None
    if as_json:
        print_json([{"id": each.id, "number": each.number, "label": plain(each.label)} for each in found])
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    table.add_column(_TEXTS["number"].get(lang), justify="right")
    table.add_column(_TEXTS["id"].get(lang), no_wrap=True)
    table.add_column(_TEXTS["name"].get(lang))
    for each in found:
        table.add_row(str(each.number), cell(each.id), cell(each.label.get(lang)))
    console().print(table)


@click.command(short_help="Show one criteria set.", epilog=options.examples("ocop show qd26-2026/tea --lang en"))
@options.set_id
@options.catalog
@options.lang
@options.as_json
def show(set_id: str, catalog: Catalog, lang: Language, as_json: bool) -> None:
    """Show the criteria, options, minimums and rules of SET, such as qd26-2026/tea."""
    the_set = options.set_of(set_id, catalog)
    if as_json:
        from ocop.documents.kinds import to_document

        print_json(to_document(the_set))
        return
    for indent, line, style in _shown(the_set, lang):
        print_line(line, indent, indent + " " * 11, style)


@click.command(
    short_help="Print a blank score sheet.",
    epilog=options.examples('ocop blank qd26-2026/tea --product "Chè ví dụ" > tea.json'),
)
@options.set_id
@click.option("--product", default="", help="The product's name.")
@click.option("--evaluator", default="", help="Who scores.")
@options.catalog
def blank(set_id: str, product: str, evaluator: str, catalog: Catalog) -> None:
    """Print a blank score sheet of SET, to be filled in with option letters or null."""
    from ocop.documents.kinds import to_document

    print_json(to_document(ScoreSheet.blank(options.set_of(set_id, catalog), product, evaluator)))


_BOTH = completing.either(completing.set_ids, completing.files(".json"))


@click.command(
    short_help="Say what differs between two criteria sets.",
    epilog=options.examples("ocop compare qd148-2023/tea qd26-2026/tea --lang en"),
)
@click.argument("old", metavar="OLD", shell_complete=_BOTH)
@click.argument("new", metavar="NEW", shell_complete=_BOTH)
@options.catalog
@options.lang
@options.as_json
def compare(old: str, new: str, catalog: Catalog, lang: Language, as_json: bool) -> None:
    """Say what differs between two criteria sets, OLD and NEW: by id, or as .json files of the kind criteria-set."""
    from ocop.criteria.compare import compare as compared

    found = compared(_set(old, catalog, lang), _set(new, catalog, lang))
    if as_json:
        print_json(found.to_dict())
    else:
        print_text(found.text(lang))


def _set(name: str, catalog: Catalog, lang: Language) -> CriteriaSet:
    """Return the set with an id, or that of a file; print what is wrong with one, and end with status 1."""
    if not name.endswith(".json"):
        return options.set_of(name, catalog)
    from ocop.cli.reading import read_one

    return read_one(name, options.Scoring(catalog, lang), CriteriaSet, "criteria-set")


def _shown(the_set: CriteriaSet, lang: Language) -> Iterator[tuple[str, str, str]]:
    """Yield indent, text and style of each line that shows a set."""
    yield "", f"{the_set.id}: {the_set.label.get(lang)} ({the_set.citation.get(lang)})", "bold"
    stars = isinstance(the_set.edition.bands[0].star, Star)
    yield "", _TEXTS["minimum" if stars else "class-minimum"].get(lang), "dim"
    for part in the_set.parts:
        yield "", "", ""
        yield "", _TEXTS["part"].get(lang).format(part.code, part.label.get(lang), part.max_points), "bold"
        for item in part.items:
            yield from lines_of_item(item, lang, "  ")
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


def lines_of_item(item: Section | Criterion, lang: Language, indent: str) -> Iterator[tuple[str, str, str]]:
    """Yield indent, text and style of each line that shows a section or a criterion."""
    head = f"{item.code} {item.label.get(lang)} ({item.max_points})"
    if isinstance(item, Section):
        yield indent, head, "bold"
        for below in item.items:
            yield from lines_of_item(below, lang, indent + "  ")
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
