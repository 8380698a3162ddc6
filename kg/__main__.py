"""`kg` and `python -m kg`."""

from __future__ import annotations

import sys

from kg.garbage import look_seldom


def main() -> None:
    """Runs the command line and exits: 0 fine, 1 findings, 2 bad usage or data, 130 interrupted."""
    try:
        look_seldom()
        from kg.cli import cli

        cli()
    except KeyboardInterrupt:  # while the program itself is loaded
        sys.exit(130)


if __name__ == "__main__":
    main()
