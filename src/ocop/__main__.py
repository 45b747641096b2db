"""``python -m ocop`` is the command ``ocop``."""

import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command line; without the extra ``cli`` say in one sentence what to install."""
    from ocop.errors import MissingExtraError

    if any(find_spec(name) is None for name in ("click", "rich")):
        sys.exit(str(MissingExtraError("cli")))
    from ocop.cli import run

    run()


if __name__ == "__main__":
    main()
