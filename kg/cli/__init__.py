"""The command line: one file a verb.

The module of a verb imports only click at its top; what the verb needs is loaded when it runs, so
that `kg --help` answers at once. Results go to stdout and talk to stderr.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from kg import __version__
from kg.cli.audit import audit
from kg.cli.build import build
from kg.cli.check import check
from kg.cli.console import Failure, Interrupted
from kg.cli.decide import aliases, merge, split
from kg.cli.diff import diff
from kg.cli.eval import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.path import path
from kg.cli.push import push
from kg.cli.query import query
from kg.cli.rebuild import rebuild
from kg.cli.search import search
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.view import view
from kg.errors import KgError

PIPE_CLOSED = 141  # as a shell reports a program that a closed pipe ended


class Commands(click.Group):
    """A group in the order of work, whose commands fail with one line and exit code 2."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            raise Interrupted from None
        except KgError as error:
            raise Failure(str(error), getattr(error, "__notes__", ())) from error
        except BrokenPipeError:
            # The reader (`head`, a pager) has seen enough; the interpreter must not flush again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise Failure(f"{where}{error.strerror or error}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kg")
def cli() -> None:
    """Turn news reports into a sourced knowledge graph, and ask it.

    \b
    kg build samples -o output      reports in, graph.ttl and graph.html out
    kg query advances               a shipped question, or SPARQL of your own
    kg explain "Russia advancedIn"  the sentence, the speaker and the rule behind a fact

    Exit codes: 0 fine, 1 findings or nothing found, 2 bad usage or data, 130 interrupted.
    """


for _command in (
    build,
    rebuild,
    diff,
    query,
    search,
    stats,
    path,
    view,
    serve,
    explain,
    merge,
    split,
    aliases,
    audit,
    check,
    export,
    push,
    evaluate,
):
    cli.add_command(_command)
