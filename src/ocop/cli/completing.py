"""What a shell is offered to complete: ids, and files of the kinds that a command takes."""

import os
import re
from collections.abc import Callable, Sequence
from typing import Final

import click
from click.shell_completion import CompletionItem

from ocop.criteria.catalog import PACKAGED

Complete = Callable[[click.Context, click.Parameter, str], list["CompletionItem"]]
"""What click asks for completions."""

_PLAIN: Final = re.compile(r"[\w.@%+=:,/\\-]*")
"""Names that no shell has to quote."""


def set_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the packaged criteria sets that begin so."""
    return _ids(PACKAGED.set_ids(), incomplete)


def edition_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the packaged editions that begin so."""
    return _ids(PACKAGED.edition_ids, incomplete)


def programme_ids(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the packaged programmes that begin so."""
    from ocop.programme import programmes

    return _ids(programmes.PACKAGED.ids, incomplete)


def files(*suffixes: str) -> Complete:
    """Return what completes the names of files that end in one of `suffixes`."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        folder, typed = os.path.split(incomplete)
        try:
            entries = [each for each in os.scandir(folder or ".") if _begins(each.name, typed)]
        except OSError:
            return [_by_the_shell(incomplete)]
        names = [each.name for each in entries if each.name.lower().endswith(suffixes)]
        # A shell goes down into folders and puts quotes around odd names better than we do.
        if any(each.is_dir() for each in entries) or not all(map(_PLAIN.fullmatch, [folder, *names])):
            return [_by_the_shell(incomplete)]
        return [CompletionItem(os.path.join(folder, name)) for name in sorted(names)]

    return complete


def any_file(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the name of a file of any kind."""
    return [_by_the_shell(incomplete)]


def folders(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Let the shell complete the name of a folder."""
    return [CompletionItem(incomplete, type="dir")]


def either(*kinds: Complete) -> Complete:
    """Return what completes all that any of `kinds` does."""

    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        found = [item for kind in kinds for item in kind(context, parameter, incomplete)]
        # Where a shell is to look for files itself, it forgets all else.
        return [item for item in found if item.type == "plain"] or found

    return complete


def _ids(ids: Sequence[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(each) for each in ids if each.startswith(incomplete)]


def _by_the_shell(incomplete: str) -> CompletionItem:
    return CompletionItem(incomplete, type="file")


def _begins(name: str, typed: str) -> bool:
    return name.startswith(typed) and (typed != "" or not name.startswith("."))
