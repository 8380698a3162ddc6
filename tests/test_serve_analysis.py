"""`kg stats` and `kg path`: small networks whose answers can be seen by eye."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner, Result

from kg import graph
from kg.cli import cli
from kg.errors import QueryError
from kg.export.trig import trig
from kg.graph import analysis
from kg.model import Entity, Statement
from kg.store import Store, write_store
from kg.store.identity import entity_named
from kg.store.network import network_of, passages
from tests.builders import argument, claim, reading, report

Network = networkx.MultiDiGraph


def network(*facts: str, status: str = "asserted") -> Network[str]:
    """`A met B 2` is a fact with two sources."""
    made: Network[str] = networkx.MultiDiGraph()
    rows = [(*fact.split(), "1")[:4] for fact in facts]
    for name in sorted({end for row in rows for end in (row[0], row[2])}):
        made.add_node(name, label=name.title(), type="Country")
    for subject, predicate, object_, sources in sorted(rows):
        made.add_edge(
            subject, object_, key=predicate, status=status, sources=int(sources), documents=1
        )
    return made


TWO_CAMPS = network(
    "a met b 3", "b met c 3", "a met c 3", "x met y 3", "y met z 3", "x met z 3", "c attacked x 1"
)


def test_who_stands_between_others_is_central() -> None:
    found = analysis.stats(network("a met hub", "b met hub", "hub met c", "p met q"))
    assert next(each.id for each in found.entities) == "hub"
    hub = found.entities[0]
    assert (hub.label, hub.facts, hub.neighbours, hub.sources) == ("Hub", 3, 3, 3)
    assert hub.centrality == pytest.approx(3 / 10)  # 3 of the 10 pairs of five others
    assert found.parts == 2


def test_communities_are_those_that_are_linked_among_each_other() -> None:
    found = analysis.stats(TWO_CAMPS)
    assert [each.members for each in found.communities] == [("c", "a", "b"), ("x", "y", "z")]
    assert {each.id: each.community for each in found.entities}["z"] == 2


def test_facts_are_ordered_by_support() -> None:
    facts = analysis.stats(network("a met b 1", "a met c 4", "a struck b 2")).facts
    assert [(each.predicate, each.object, each.sources) for each in facts] == [
        ("met", "c", 4), ("struck", "b", 2), ("met", "b", 1),
    ]  # fmt: skip


def test_an_empty_network_has_no_stats() -> None:
    assert analysis.stats(network()) == analysis.Stats((), (), (), 0)


def test_only_facts_of_the_wanted_status_are_kept() -> None:
    mixed = networkx.compose(network("a met b"), network("b met c", status="disputed"))
    assert set(analysis.of_status(mixed, ["asserted"])) == {"a", "b"}
    assert set(analysis.of_status(mixed, ["asserted", "disputed"])) == {"a", "b", "c"}
    assert len(analysis.of_status(mixed, [])) == 0


def test_the_shortest_path_goes_first_and_of_equal_ones_the_best_sourced() -> None:
    net = network(
        "a met m 1", "m met z 1", "a met n 5", "n met z 5", "a met o", "o met p", "p met z"
    )
    assert analysis.paths(net, "a", "z", 5) == (
        ("a", "n", "z"), ("a", "m", "z"), ("a", "o", "p", "z"),
    )  # fmt: skip
    assert analysis.paths(net, "a", "z", 1) == (("a", "n", "z"),)


def test_many_sources_never_make_a_longer_path_the_shorter_one() -> None:
    chain = [f"n{number} met n{number + 1} 99" for number in range(20)]
    net = network("n0 met b", "b met n20", *chain)
    assert analysis.paths(net, "n0", "n20", 1) == (("n0", "b", "n20"),)


def test_without_a_connection_there_is_no_path() -> None:
    net = network("a met b", "x met y")
    assert analysis.paths(net, "a", "x", 3) == ()
    with pytest.raises(KeyError):
        analysis.paths(net, "a", "nobody", 3)


def test_all_facts_between_two_are_given_in_both_directions() -> None:
    net = network("a attacked b 1", "b struck a 2", "a met c")
    assert [each.predicate for each in analysis.between(net, "a", "b")] == ["struck", "attacked"]


SEEDED = """
from tests.test_serve_analysis import network
from kg.graph import analysis
names = [f"n{i}" for i in range(60)]
facts = [f"{a} met {b}" for i, a in enumerate(names) for b in names[i + 1 :: 7]]
print(analysis.stats(network(*facts)))
"""


def test_the_results_do_not_depend_on_the_hash_seed(root: Path) -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", SEEDED], capture_output=True, text=True, check=True, cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1


# ------------------------------------------------------------- out of a graph


DOCUMENT = report(
    "Karden attacked Brenna.", "Brenna struck Solvik.", "Hask met Duvall.", uri="war.txt"
)
NAMES = ("Karden", "Brenna", "Solvik", "Hask", "Duvall")
ENTITIES = [
    Entity(name, "Country", name, aliases=("Republic",) if name in NAMES[:2] else (f"New {name}",))
    for name in NAMES
]


def attack(trigger: str, agent: str, target: str) -> object:
    return claim(
        DOCUMENT, "Attack", trigger,
        argument(DOCUMENT, "agent", agent, agent), argument(DOCUMENT, "target", target, target),
    )  # fmt: skip


CLAIMS = [attack("attacked", "Karden", "Brenna"), attack("struck", "Brenna", "Solvik"),
          attack("met", "Hask", "Duvall")]  # fmt: skip
STATEMENTS = [
    Statement("Karden", "attacked", "Brenna", "asserted", (CLAIMS[0].id,), source_count=1),
    Statement("Brenna", "struck", "Solvik", "asserted", (CLAIMS[1].id,), source_count=1),
    Statement("Hask", "met", "Duvall", "disputed", (CLAIMS[2].id,), source_count=1),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("network") / "graph.trig"
    quads = graph.quads([reading(DOCUMENT, CLAIMS, ENTITIES)], STATEMENTS)
    path.write_text("".join(trig(quads)), encoding="utf-8")
    return path


def test_an_entity_can_be_named_in_many_ways(file: Path) -> None:
    store = Store.of_files(file)
    net = network_of(store)
    iri = "https://w3id.org/claimgraph/id/Karden"
    for name in ("Karden", "kgr:Karden", iri, f"<{iri}>", "karden"):
        assert entity_named(store, name, net) == "Karden"
    assert entity_named(store, "new solvik", net) == "Solvik"
    with pytest.raises(QueryError, match="several entities have this name: Brenna, Karden"):
        entity_named(store, "republic", net)
    for nobody in ("Atlantis", 'x")) } #', "\\", ""):
        with pytest.raises(QueryError, match="no fact is about"):
            entity_named(store, nobody, net)


def test_a_fact_leads_to_its_sentences(file: Path) -> None:
    store = Store.of_files(file)
    (edge,) = analysis.between(network_of(store), "Karden", "Brenna")
    ((passage),) = passages(store, [edge])[edge]
    assert (passage.text, passage.sentence) == ("Karden attacked Brenna.", 0)
    assert (passage.uri, passage.published) == ("war.txt", "2024-11-24")
    assert passage.claim == CLAIMS[0].id
    assert passages(store, []) == {}


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_kg_stats_shows_tables_and_json(file: Path) -> None:
    shown = kg("stats", "--graph", file)
    assert shown.exit_code == 0
    assert [line.split()[0] for line in shown.stdout.splitlines()[2:5]] == [
        "Brenna", "Karden", "Solvik",
    ]  # fmt: skip
    assert "3 entities, 2 facts, 1 community, 1 part" in shown.stderr
    told = json.loads(kg("stats", "--graph", file, "--format", "json", *_any()).stdout)
    assert len(told["entities"]) == 5
    assert told["parts"] == 2


def _any() -> Iterable[str]:
    for status in ("asserted", "disputed"):
        yield from ("--status", status)


def test_kg_path_shows_every_step_with_its_sentence(file: Path) -> None:
    shown = kg("path", "Karden", "new solvik", "--graph", file)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == [
        "Karden - Brenna - Solvik",
        "  Karden attacked Brenna (asserted, 1 source)",
        "    Karden attacked Brenna.",
        "      war.txt, 2024-11-24, sentence 1",
        "  Brenna struck Solvik (asserted, 1 source)",
        "    Brenna struck Solvik.",
        "      war.txt, 2024-11-24, sentence 2",
        "",
    ]
    ((first, second),) = json.loads(
        kg("path", "Karden", "Solvik", "--graph", file, "--format", "json").stdout
    )
    assert first[0]["evidence"][0]["text"] == "Karden attacked Brenna."
    assert second[0]["object"] == "Solvik"


def test_kg_path_says_when_there_is_none(file: Path) -> None:
    apart = kg("path", "Karden", "Hask", "--graph", file, *_any())
    assert (apart.exit_code, apart.stdout) == (1, "")
    assert "no fact connects Karden with Hask" in apart.stderr
    for unknown in ("Atlantis", "Hask"):  # whom only a disputed fact names
        missing = kg("path", "Karden", unknown, "--graph", file)
        assert missing.exit_code == 2
        assert unknown in missing.stderr


def test_a_store_on_disk_gives_the_same_as_the_file(file: Path, tmp_path: Path) -> None:
    write_store(tmp_path / "store", Store.of_files(file).quads())
    for command in (["stats"], ["path", "Karden", "Solvik"], ["query", "attacks"]):
        from_store = kg(*command, "--graph", tmp_path / "store")
        assert from_store.stdout == kg(*command, "--graph", file).stdout
        assert from_store.exit_code == 0
