"""The group of all commands: its help, and how errors are told."""

import errno
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import click

from ocop.adapters.markup import visible
from ocop.errors import MissingExtraError, nearest


class Pages(click.Group):
    """A group whose commands are loaded when they are called, and stand under headings in its help."""

    def __init__(self, *args: Any, sections: Mapping[str, Mapping[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sections = sections
        """By heading the names of commands, and by name the module that holds a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order of the help."""
        return [name for names in self.sections.values() for name in names]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of this name, or None."""
        for names in self.sections.values():
            if cmd_name in names:
                module = import_module(f"ocop.cli.{names[cmd_name]}")
                command: click.Command = getattr(module, cmd_name)
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is called; of a name that there is not, say which was meant."""
        meant = nearest(args[0], names := self.list_commands(ctx))
        if meant and args[0] not in names and not ctx.resilient_parsing:
            ctx.fail(f"there is no command {args[0]!r}; did you mean {meant!r}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, under their headings."""
        names = self.list_commands(ctx)
        longest = max(map(len, names))
        room = formatter.width - longest - 6
        for heading, listed in self.sections.items():
            with formatter.section(heading):
                commands = [(name, self.get_command(ctx, name)) for name in listed]
                rows = [(name.ljust(longest), each.get_short_help_str(room)) for name, each in commands if each]
                formatter.write_dl(rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words before the command."""
        with _told():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command."""
        with _told():
            return super().invoke(ctx)


@contextmanager
def _told() -> Generator[None]:
    """Tell a missing extra or a full disk in one sentence, and no error with characters that a terminal acts on."""
    try:
        yield
    except MissingExtraError as error:
        click.echo(str(error), err=True)
        raise click.exceptions.Exit(1) from None
    except click.ClickException as error:
        vars(error)["message"] = visible(error.message)  # which is final to type checkers; click shows no other
        raise
    except OSError as error:
        if error.errno == errno.EPIPE:  # nobody reads on, which click ends without a word
            raise
        message = f"the output cannot be written: {error.strerror or error}"
        raise click.ClickException(visible(message)) from None
