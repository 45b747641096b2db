"""The options and arguments that several commands have."""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, Final, TypeVar, cast

import attrs
import click
from attrs import frozen

from ocop.cli import completing
from ocop.cli.output import print_json, print_text, usage_error
from ocop.criteria.catalog import PACKAGED, Catalog
from ocop.criteria.model import CriteriaSet
from ocop.errors import DocumentError, Report, UnknownIdError
from ocop.text import Language

Command = TypeVar("Command", bound=Callable[..., Any])

FORMS: Final = (".xlsx", ".csv")
"""How the name of a file ends that holds filled-in forms."""
OTHER_WORKBOOKS: Final = (".xls", ".xlsb", ".xlsm", ".ods")
"""How workbooks end that are no .xlsx; the reader of forms says what to do with one, a reader of JSON could not."""
PROGRAMME: Final = completing.either(completing.programme_ids, completing.files(".json"))
"""What completes a programme."""
_FOLDERS: Final = "ocop.edition_folders"
"""Under which name a call keeps the folders of its editions."""


@frozen
class Scoring:
    """How files are read and scored: the options that all commands have that do so."""

    catalog: Catalog = PACKAGED
    lang: Language = "vi"
    council: bool = False
    allow_practice: bool = False
    allow_incomplete: bool = False


def examples(*lines: str) -> str:
    """Return examples as they stand at the end of a command's help."""
    head = "Example:" if len(lines) == 1 else "Examples:"
    return "\n  ".join(["\b\n" + head, *lines])  # click folds no lines after this mark


def lang(command: Command) -> Command:
    """Add ``--lang``."""
    return click.option(
        "--lang",
        type=click.Choice(["vi", "en"]),
        default="vi",
        show_default=True,
        is_eager=True,  # another option may have problems to tell
        help="Language of the output.",
    )(command)


def as_json(command: Command) -> Command:
    """Add ``--json``."""
    return click.option("--json", "as_json", is_flag=True, is_eager=True, help="Print JSON, for programs.")(command)


def _registered(context: click.Context, _: click.Parameter, folders: tuple[str, ...]) -> Catalog:
    """Return the packaged editions with those in `folders`; of a folder that is refused, print every problem."""
    catalog = PACKAGED
    context.meta[_FOLDERS] = folders
    if folders and not context.resilient_parsing:  # which is so while a shell completes
        from ocop.documents.kinds import to_document
        from ocop.documents.register import register

        for folder in folders:
            try:
                catalog = register(folder, catalog)
            except DocumentError as error:
                language: Language = context.params.get("lang", "vi")
                if context.params.get("as_json"):
                    report = Report(error.report.problems, folder, language)
                    print_json([{"file": folder, "report": to_document(report)}])
                else:
                    print_text(error.report.text(language))
                context.exit(1)
    return catalog


def catalog(command: Command) -> Command:
    """Add ``--edition-folder``."""
    return click.option(
        "--edition-folder",
        "catalog",
        multiple=True,
        metavar="DIR",
        callback=_registered,
        shell_complete=completing.folders,
        help="Take criteria of one's own from DIR as well; may be given several times.",
    )(command)


def allow_incomplete(command: Command) -> Command:
    """Add ``--allow-incomplete``."""
    return click.option(
        "--allow-incomplete", is_flag=True, help="Score by a set that is not complete as well, for reference."
    )(command)


def scoring(command: Command) -> Command:
    """Add the options of scoring, which the command gets together as ``how``."""
    names = [each.name for each in attrs.fields(Scoring)]

    @wraps(command)
    def called(**given: Any) -> Any:
        return command(how=Scoring(**{name: given.pop(name) for name in names}), **given)

    council = click.option(
        "--council",
        is_flag=True,
        help="Take the sheets of each workbook or CSV file as those of one council, and so all other sheets together.",
    )
    practice = click.option("--allow-practice", is_flag=True, help="Take practice sheets as well.")
    return cast("Command", council(practice(allow_incomplete(catalog(lang(called))))))


def files(command: Command) -> Command:
    """Add ``FILE...``."""
    return click.argument(
        "files", nargs=-1, required=True, metavar="FILE...", shell_complete=completing.files(".json", *FORMS)
    )(command)


def set_id(command: Command) -> Command:
    """Add ``SET``."""
    return click.argument("set_id", metavar="SET", shell_complete=completing.set_ids)(command)


def set_of(name: str, catalog: Catalog) -> CriteriaSet:
    """Return the criteria set with an id; an unknown one is a wrong call."""
    try:
        return catalog.criteria_set(name)
    except UnknownIdError as error:
        raise usage_error(error) from None


def not_an_input(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Refuse to write over a file that is read, be it one of an edition's folder."""
    read = [*inputs, *_files_of_editions()]
    for name in outputs:
        if any(_same(name, each) for each in read):
            raise usage_error(f"{name} is read as well, and would be lost: write to another file")


def not_there(outputs: Iterable[str], force: bool) -> None:
    """Refuse to write over files that somebody may have worked in, unless that is asked for."""
    there = [] if force else [name for name in outputs if os.path.lexists(name) and not os.path.isdir(name)]
    if there:
        raise usage_error(f"there already: {', '.join(there)}; write over with --force")


def ends_in(name: str, *suffixes: str) -> None:
    """Refuse a name of another kind of file: a workbook named .csv is one that nothing opens. ``-`` has no kind."""
    if name != "-" and not name.lower().endswith(suffixes):
        raise usage_error(f"expected a file that ends in {' or '.join(suffixes)}; got {name}")


def _files_of_editions() -> Iterator[str]:
    for top in click.get_current_context().meta.get(_FOLDERS, ()):
        for folder, _, names in os.walk(top):
            yield from (os.path.join(folder, name) for name in names)


def _same(one: str, other: str) -> bool:
    """Return whether two names are of one file that there is; ``-`` is none."""
    try:
        return "-" not in (one, other) and os.path.samefile(one, other)
    except (OSError, ValueError):
        return False


def force(command: Command) -> Command:
    """Add ``--force``."""
    return click.option("--force", is_flag=True, help="Write over files that are there already.")(command)


def output(help_text: str) -> Callable[[Command], Command]:
    """Return what adds ``-o``."""
    return click.option(
        "-o", "--output", required=True, metavar="FILE", shell_complete=completing.any_file, help=help_text
    )


def programme(command: Command) -> Command:
    """Add ``--programme`` and ``--on``."""
    named = click.option(
        "--programme",
        "programme_id",
        metavar="PROGRAMME",
        shell_complete=PROGRAMME,
        help="Hold portfolios among the files against this programme, by id or as a file.",
    )
    return named(on(command))


class _Day(click.DateTime):
    """A day, as 2023-12-31; 31/12/2023 and 12/31/2023 are not told apart, and so neither is taken."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"expected year-month-day, such as 2023-12-31; got {value!r}", param, ctx)


def on(command: Command) -> Command:
    """Add ``--on``."""
    return click.option(
        "--on",
        "on",
        type=_Day(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="The day that progress is asked of.",
    )(command)
