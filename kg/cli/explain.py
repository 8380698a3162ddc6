"""`kg explain`."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import limit_option, output_option


@click.command()
@click.argument("wanted", nargs=-1, required=True, metavar="IRI|TEXT...")
@output_option
@limit_option(5, "Facts or claims to show.")
def explain(wanted: tuple[str, ...], output: Path, limit: int) -> None:
    """Show the sentence, the speaker and the rule behind a fact.

    Of an entity it first shows the names, and by which rule or decision each report means it.
    Takes the IRI or the local name of a fact, an entity or a claim, or words of a fact. The words
    of the report that name the event stand between >> and <<. Exit code 1 when nothing matches.

    \b
    Examples:
      kg explain "Russia advancedIn Kursk"
      kg explain kgr:Sudzha
      kg explain https://w3id.org/claimgraph/id/Sudzha --limit 1
    """
    from functools import partial

    from kg.build.claims import claim_lines
    from kg.build.decided import ledger_path
    from kg.cli.console import say
    from kg.cli.evidence import identity_lines, lines
    from kg.explain import Explainer
    from kg.resolve import ledger
    from kg.store.sources import local_graph

    text = " ".join(wanted)
    explainer = Explainer(local_graph([output]), partial(claim_lines, output))
    found = explainer.explain(text)
    if (entity := explainer.identity(text)) is not None:
        decided = ledger.read(ledger_path(output)).about(entity.entity)
        links = explainer.links(entity.entity)
        click.echo("\n".join(identity_lines(entity, links, decided, limit)))
    elif not found:
        say(f"no fact or claim matches {text!r}")
        click.get_current_context().exit(1)
    for explanation in found[:limit]:
        click.echo("\n".join(lines(explanation, explainer)))
    if len(found) > limit:
        say(f"and {len(found) - limit} more; --limit shows them")
