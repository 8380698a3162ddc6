"""How large and how fast the page is: `python benchmarks/page.py [OPTION ...] [FACTS ...]`.

Makes graphs of the given numbers of facts (default: 1,000, 20,000 and 100,000) after the recipe of
preferential attachment, two entities for five facts, a claim for each fact with a sentence of its
own. The sentences are those of FILE (plain text, or JSON lines gzipped whose strings are taken),
shuffled word by word beyond their number; else those of `samples/`. Prints per size: bytes of the
page, seconds to write it (processor and clock), the same for pyvis' own writer (up to `--pyvis`
facts: its lists are searched for every edge), and in a browser, if there is one, seconds until
ready (the best of three) and milliseconds from a click to the next frame (the median of three).
After a slash stands how long the page's own thread had the processor for it, which other work on
the machine does not blur.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.export.html import render
from kg.model import (
    Argument,
    Attribution,
    Claim,
    Document,
    Entity,
    Factuality,
    Filler,
    Reading,
    Section,
    Sentence,
    Span,
    Statement,
)
from kg.vocab import EDGES

SEED = 7
PER_REPORT = 20
TYPES = ("Country", "City", "ArmedGroup", "Person", "GovernmentBody", "Materiel", "MilitaryUnit")
ROUNDS = 3
PAUSE = 2_000  # milliseconds between clicks, in which a new layout comes to its end


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--text", type=Path)
    parser.add_argument("--pyvis", type=int, default=20_000)
    parser.add_argument("facts", nargs="*", type=int, default=[1_000, 20_000, 100_000])
    options = parser.parse_args()
    known = list(dict.fromkeys(sentences(options.text)))
    print(f"{len(known):,} sentences; their mean length is {sum(map(len, known)) / len(known):.0f}")
    for size in options.facts:
        readings, statements = graph(size, known)
        page, clock, processor = timed(lambda: render(readings, statements, title="Benchmark"))  # noqa: B023
        print(
            f"\n{len(statements):,} facts: {len(page.encode()) / 1e6:.2f} MB, "
            f"written in {clock:.1f} s ({processor:.1f} s of processor)"
        )
        if size <= options.pyvis:
            _, _, other = timed(lambda: pyvis_page(readings, statements))  # noqa: B023
            print(
                f"  pyvis' own writer: {other:.1f} s of processor, "
                f"{other / processor:.1f} times ours"
            )
        for name, value in browse(page).items():
            print(f"  {name}: {value}")


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, time.perf_counter() - clock, time.process_time() - processor


def sentences(path: Path | None) -> Iterator[str]:
    for text in _texts(path):
        for sentence in re.split(r"(?<=[.!?])\s+|\n", text):
            if 40 <= len(sentence) <= 400:
                yield sentence.strip()


def _texts(path: Path | None) -> Iterator[str]:
    if path is None:
        for sample in sorted((ROOT / "samples").iterdir()):
            yield re.sub(r"<[^>]+>", "\n", sample.read_text(encoding="utf-8"))
    elif path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield from _strings(json.loads(line))
    else:
        yield path.read_text(encoding="utf-8")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def graph(size: int, known: list[str]) -> tuple[list[Reading], list[Statement]]:
    """Readings and statements of about `size` facts; the same for the same sentences."""
    draw = random.Random(SEED)  # noqa: S311
    words = " ".join(known).split()
    entities = [_entity(number, draw, words) for number in range(size * 2 // 5)]
    ends: list[int] = list(range(len(entities)))
    edges = sorted(EDGES)[:9]
    supported: dict[tuple[str, str, str], list[str]] = {}
    readings = []
    for first in range(0, size, PER_REPORT):
        texts = [
            _sentence(number, known, words, draw)
            for number in range(first, min(first + PER_REPORT, size))
        ]
        reading, triples = _reading(first, texts, entities, ends, edges, draw)
        readings.append(reading)
        for triple, claim in triples:
            supported.setdefault(triple, []).append(claim)
    status = ("asserted", "unasserted", "disputed", "negated")
    statements = [
        Statement(
            *triple,
            status=draw.choices(status, (70, 20, 5, 5))[0],
            supported_by=tuple(claims),
            first_reported=None,
        )  # type: ignore[arg-type]
        for triple, claims in sorted(supported.items())
    ]
    return readings, statements


def _entity(number: int, draw: random.Random, words: list[str]) -> Entity:
    label = " ".join(draw.sample(words, 2))
    place = {"lat": f"{draw.uniform(44, 54):.2f}", "lon": f"{draw.uniform(24, 44):.2f}"}
    kind = TYPES[number % len(TYPES)]
    return Entity(
        f"{label.replace(' ', '_')}_{number}", kind, label, **(place if kind == "City" else {})
    )


def _sentence(number: int, known: list[str], words: list[str], draw: random.Random) -> str:
    """A sentence of the text while there are any, then words of it as often as they occur there."""
    return known[number] if number < len(known) else " ".join(draw.choices(words, k=22))


def _reading(
    first: int,
    texts: list[str],
    entities: list[Entity],
    ends: list[int],
    edges: list[str],
    draw: random.Random,
) -> tuple[Reading, list[tuple[tuple[str, str, str], str]]]:
    text = " ".join(texts)
    key = hashlib.sha256(f"{first} {text}".encode()).hexdigest()
    claims, marks, triples, start = [], [], [], 0
    used: dict[str, Entity] = {}
    for index, sentence in enumerate(texts):
        span = Span(start, start + len(sentence))
        subject, object_, source = (entities[draw.choice(ends)] for _ in range(3))
        ends += [entities.index(subject)] if len(entities) < 500 else []
        gaps = [match.start() for match in re.finditer(" ", sentence)]
        cuts = [0, *sorted(draw.sample(gaps, min(3, len(gaps)))), len(sentence)]
        parts = [Span(start + a, start + b) for a, b in pairwise(cuts)]
        used |= {each.id: each for each in (subject, object_, source)}
        said = (
            (Attribution("indirect", (Filler(parts[-1], entity=source.id),)),)
            if draw.random() < 0.6
            else ()
        )
        claim = Claim(
            f"ev_{key[:8]}_{start}", "Attack", index, parts[0],
            (
                Argument("agent", Filler(parts[1 % len(parts)], entity=subject.id)),
                Argument("target", Filler(parts[2 % len(parts)], entity=object_.id)),
            ),
            Factuality(), said, rule="attack#1", confidence=draw.choice((1.0, 0.95, 0.9, 0.8, 0.7)),
        )  # fmt: skip
        claims.append(claim)
        marks.append(Sentence(index, span, 0, 0, "body"))
        triples.append(((subject.id, draw.choice(edges), object_.id), claim.id))
        start = span.end + 1
    published = date(2024, 1, 1) + timedelta(days=first // PER_REPORT % 700)
    document = Document(
        key,
        f"reports/{first}.txt",
        text,
        (Section(Span(0, len(text)), "body"),),
        texts[0][:70],
        "Benchmark Wire",
        published,
    )
    return Reading(
        document, tuple(marks), (), tuple(claims), tuple(used.values()), (), (), "benchmark"
    ), triples


def pyvis_page(readings: Iterable[Reading], statements: Iterable[Statement]) -> str:
    """What pyvis' own API and writer make of the same graph, with the sentence as tooltip."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="in_line")
    texts = {
        claim.id: reading.document.text[
            (span := reading.sentences[claim.sentence].span).start : span.end
        ]
        for reading in readings
        for claim in reading.claims
    }
    names = {entity.id: entity.label for reading in readings for entity in reading.entities}
    for key, label in names.items():
        network.add_node(key, label=label)
    for each in statements:
        network.add_edge(
            each.subject, each.object, title=texts[each.supported_by[0]], label=each.predicate
        )
    return str(network.generate_html())


def browse(page: str) -> dict[str, str]:
    """Seconds until the page says it is ready, and milliseconds of some filters and searches."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        return {"browser": "none found"}
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "graph.html"
        path.write_text(page, encoding="utf-8", newline="\n")
        chromium = playwright.chromium.launch(
            executable_path=browser, args=["--no-sandbox", "--disable-gpu"]
        )
        visits = [Visit(chromium, path.as_uri()) for _ in range(ROUNDS)]
        spent = [visits[-1].clicks() for _ in range(ROUNDS)]
        chromium.close()
    ready, busy = min(visit.ready for visit in visits), min(visit.busy for visit in visits)
    median = {
        name: [statistics.median(each[name][side] for each in spent) for side in (0, 1)]
        for name in spent[0]
    }
    return {
        "ready": f"{ready:.2f} / {busy:.2f} s",
        "clicks and searches": ", ".join(
            f"{name} {clock:.0f} / {own:.0f} ms" for name, (clock, own) in median.items()
        ),
    }


class Visit:
    """The page opened in a tab of its own; seconds until it was ready and the processor's share."""

    def __init__(self, chromium: Any, address: str) -> None:
        self._tab = chromium.new_context(offline=True, bypass_csp=True).new_page()
        self._meter = self._tab.context.new_cdp_session(self._tab)
        self._meter.send("Performance.enable", {"timeDomain": "threadTicks"})
        self._tab.goto(address)
        self._tab.wait_for_selector("html[data-ready]", timeout=120_000)
        self.busy = self._busy()
        self.ready = self._tab.evaluate("performance.getEntriesByName('ready')[0].startTime / 1000")

    def clicks(self) -> dict[str, tuple[float, float]]:
        """Milliseconds by the clock and of the processor, by what was clicked or searched."""
        spent = {name: self._timed(_TIMED_CLICK, target) for name, target in _FILTERS.items()}
        return spent | {repr(words): self._timed(_TIMED_SEARCH, words) for words in _SEARCHES}

    def _timed(self, work: str, argument: str) -> tuple[float, float]:
        self._tab.wait_for_timeout(PAUSE)
        before = self._busy()
        clock = self._tab.evaluate(work, argument)
        return clock, 1000 * (self._busy() - before)

    def _busy(self) -> float:
        metrics = self._meter.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


_SEARCHES = ("attack", "president of", "")
_FILTERS = {
    "status": "#status-0",
    "relation": "#relation-0",
    "source": "#source-0",
    "plain": "#plain",
    "clear": "#clear",
}
_TIMED_CLICK = """(selector) => new Promise((resolve) => {
  const begun = performance.now();
  document.querySelector(selector).click();
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
})"""
_TIMED_SEARCH = """(words) => new Promise((resolve) => {
  const field = document.querySelector("#query");
  field.value = words;
  const status = document.querySelector("#range");
  const begun = performance.now();
  const observer = new MutationObserver(() => requestAnimationFrame(() => setTimeout(() => {
    observer.disconnect();
    resolve(performance.now() - begun - 120);
  })));
  observer.observe(status, { childList: true });
  field.dispatchEvent(new Event("input"));
})"""


if __name__ == "__main__":
    main()
