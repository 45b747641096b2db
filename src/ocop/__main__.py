"""``python -m ocop`` is the command ``ocop``."""

import sys


def main() -> None:
    """Run the command line; without the extra ``cli`` say in one sentence what to install."""
    from ocop.errors import MissingExtraError

    try:
        from ocop.cli import run
    except ImportError:
        sys.exit(str(MissingExtraError("cli")))

    run()


if __name__ == "__main__":
    main()
