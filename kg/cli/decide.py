"""`kg merge`, `kg split` and `kg aliases`: what is one thing, decided by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import output_option

if TYPE_CHECKING:
    from kg.model import Decision, Verdict
    from kg.resolve.ledger import Ledger
    from kg.store import Store


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that all three share."""
    for option in (
        click.option("--author", default="", help="Who decides."),
        click.option("--reason", default="", help="Why; `kg explain` shows it."),
        click.option(
            "--decisions",
            type=click.Path(path_type=Path),
            help="The file to add to; by default the one that the build honoured, else "
            "decisions.yml beside the output folder.",
        ),
        output_option,
    ):
        command = option(command)
    return command


@click.command()
@click.argument("kept", metavar="ENTITY")
@click.argument("others", nargs=-1, required=True, metavar="ENTITY...")
@click.option("--unsure", is_flag=True, help="Note that they may be the same; nothing is merged.")
@_options
def merge(
    kept: str,
    others: tuple[str, ...],
    unsure: bool,
    output: Path,
    decisions: Path | None,
    reason: str,
    author: str,
) -> None:
    """Decide that entities are one thing; the first is kept.

    An entity is named by its IRI, its local name, or a name that only it has. The decision is added
    to a file that you may edit; the next build honours it. `kg split` takes it back. A merge of
    different kinds of things, such as a country and a city, is made with a warning.

    \b
    Examples:
      kg merge "eastern Congo" South_Kivu --reason "so this paper uses it" --author Ann
      kg merge --unsure kgr:p_amna_idris "Taras Hrynenko"
    """
    from kg.model import Decision

    book = _Book(output, decisions)
    entities = tuple(book.entity(name) for name in (kept, *others))
    if not unsure:
        book.warn(entities)
    book.add(Decision("unsure" if unsure else "same", entities, reason=reason, author=author))


@click.command()
@click.argument("entity")
@click.argument("where", nargs=-1, required=True, metavar="REPORT|MENTION|ENTITY...")
@click.option("--as", "other", help="Which entity is meant there; by default a new one.")
@_options
def split(
    entity: str,
    where: tuple[str, ...],
    other: str | None,
    output: Path,
    decisions: Path | None,
    reason: str,
    author: str,
) -> None:
    """Decide that an entity is another one in some reports, or not one with others.

    A REPORT is named as the build read it, a MENTION by its IRI or local name (`kg explain ENTITY`
    shows both). With entities a merge is taken back. `kg merge` of both takes a split back.

    \b
    Examples:
      kg split "Taras Hrynenko" samples/kursk-front.md --reason "a namesake"
      kg split Sudzha kursk-front.md --as Sudzha_district
      kg split eastern_congo_area South_Kivu
    """
    from kg.model import Decision
    from kg.store.identity import local_name

    book = _Book(output, decisions)
    local = book.entity(entity)
    places = {name: book.place(local, name) for name in where}
    reports = tuple(place for place in places.values() if place)
    entities = tuple(book.entity(name) for name, place in places.items() if not place)
    if reports and entities:
        raise click.UsageError("name either reports and mentions, or entities")
    if reports:
        entities = (local_name(other) if other else book.unused(local),)
    book.add(
        Decision("different", (local, *entities), reports=reports, reason=reason, author=author)
    )


@click.command()
@click.argument("entity")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--remove", is_flag=True, help="The names are not of this entity.")
@_options
def aliases(
    entity: str,
    names: tuple[str, ...],
    remove: bool,
    output: Path,
    decisions: Path | None,
    reason: str,
    author: str,
) -> None:
    """List the names of an entity, or give it more.

    What reports call by a name that is given, and nothing known links, becomes this entity in the
    next build, if it is of the same kind. Names for the reader to look for belong into an overlay.

    \b
    Examples:
      kg aliases "North Korea"
      kg aliases M23 "Movement of 23 March" --author Ann
      kg aliases Kyiv "Kiev cake" --remove
    """
    from kg.cli.console import table
    from kg.model import Decision
    from kg.store.identity import identity

    book = _Book(output, decisions)
    local = book.entity(entity)
    if names:
        word: Verdict = "different" if remove else "same"
        book.add(Decision(word, (local,), names, reason=reason, author=author))
        return
    found = identity(book.graph, local)
    uses: dict[str, int] = dict.fromkeys((found.label, *found.aliases), 0)
    for mention in found.mentions:
        if mention.level == "NAM":
            uses[mention.text] = uses.get(mention.text, 0) + mention.count
    click.echo(table(["name", "mentions"], ([name, f"{count:,}"] for name, count in uses.items())))


class _Book:
    """The graph of a build with the decisions on it."""

    def __init__(self, output: Path, decisions: Path | None) -> None:
        from kg.build.decided import ledger_path
        from kg.resolve import ledger
        from kg.store.sources import local_graph

        self.graph: Store = local_graph([output])
        self._path = ledger_path(output, decisions)
        self._ledger: Ledger = ledger.read(self._path)

    def entity(self, name: str) -> str:
        """The local name of an entity of the graph, or of one that was decided about before."""
        from kg.store.identity import entity_named, local_name

        local = local_name(name)
        return local if local in self._ledger.entities else entity_named(self.graph, name)

    def place(self, entity: str, where: str) -> str | None:
        """A report that mentions the entity, as the build names it, or a mention that means it."""
        from kg.store.identity import identity, is_known, local_name, referent

        if not is_known(self.graph, entity):
            return None
        local = local_name(where)
        if referent(self.graph, local) == entity:
            return local
        for each in identity(self.graph, entity).mentions:
            if where == each.uri or where.endswith(f"/{each.uri}") or local == each.document:
                return each.uri
        return None

    def unused(self, entity: str) -> str:
        """A local name like that of the entity which nothing has yet."""
        from itertools import count

        from kg.store.identity import is_known

        names = (f"{entity}_{number}" for number in count(2))
        return next(
            name
            for name in names
            if name not in self._ledger.entities and not is_known(self.graph, name)
        )

    def warn(self, entities: Sequence[str]) -> None:
        """Says which of the entities are no kind of what the first is, nor the reverse."""
        from kg.cli.console import say
        from kg.store.identity import class_of
        from kg.vocab import CLASSES, is_a

        kept, *others = ((name, class_of(self.graph, name)) for name in entities)
        for name, kind in others:
            known = {kind, kept[1]} <= CLASSES.keys()
            if known and kind and kept[1] and not (is_a(kind, kept[1]) or is_a(kept[1], kind)):
                say(f"warning: {kept[0]} is a {kept[1]}, {name} a {kind}")

    def add(self, decision: Decision) -> None:
        """Writes the decision and shows it."""
        from kg.cli.console import plain, say
        from kg.resolve import ledger

        ledger.append(self._path, decision)
        click.echo(plain(ledger.summary(decision)))
        say(f"{self._path}: written; the next `kg build` honours it")
