"""`kg` and `python -m kg`."""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130
PIPE_CLOSED = 141


def main() -> None:
    """Runs the command line and exits: 0 fine, 1 findings, 2 bad usage or data, 130 interrupted."""
    from click.exceptions import Abort, ClickException

    from kg.cli import cli
    from kg.cli.console import say

    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (Abort, KeyboardInterrupt):
        say("kg: interrupted; the last finished output stands")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader (`head`, a closed pager) has seen enough; the interpreter must not flush again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
