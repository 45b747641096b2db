"""The script by which a shell completes what is typed after ``ocop``."""

from typing import Final

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

_SHELLS: Final[dict[str, type[ShellComplete]]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}

_INSTALL: Final = """\b
To install it:
  bash  ocop completion bash > ~/.ocop-completion.bash
        echo '. ~/.ocop-completion.bash' >> ~/.bashrc
  zsh   ocop completion zsh > ~/.ocop-completion.zsh
        echo '. ~/.ocop-completion.zsh' >> ~/.zshrc
  fish  ocop completion fish > ~/.config/fish/completions/ocop.fish"""


@click.command(short_help="Print the script that completes commands and ids.", epilog=_INSTALL)
@click.argument("shell", type=click.Choice([*_SHELLS]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script by which a shell completes commands, options, ids and files.

    Shells that are opened after it was installed complete. For zsh, "compinit" has to come before it in ~/.zshrc.
    """
    made = _SHELLS[shell](context.find_root().command, {}, "ocop", "_OCOP_COMPLETE")
    # Not made.source(), which first asks the shell of this machine for its version.
    click.echo(made.source_template % made.source_vars())
