"""Readings without an engine: reports read by hand in a YAML file, for tests of what shows them."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from kg import model
from kg.model import Argument, Attribution, Claim, Factuality, Filler, Reading, Span, Statement

CASES = Path(__file__).parent / "cases"
WAR = CASES / "page.yml"

Case = Mapping[str, Any]


def load(path: Path = WAR) -> dict[str, Any]:
    """The raw case, for tests that change a word before they read it."""
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return case


def read(case: Case) -> tuple[list[Reading], list[Statement]]:
    """The readings of the case's reports and the statements that follow from them."""
    entities = tuple(_entity(key, fields) for key, fields in case["entities"].items())
    sides: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    engine = case.get("engine", "read by hand 1")
    readings = [_reading(report, entities, sides, engine) for report in case["reports"]]
    status = {edge: name for name, edges in case["status"].items() for edge in edges}
    days = sorted(report["published"] for report in case["reports"])
    statements = [
        Statement(
            *edge.split(" "), status=status.get(edge, "asserted"), supported_by=tuple(supporting),
            opposed_by=tuple(opposing), first_reported=days[0], last_reported=days[-1],
        )
        for edge, (supporting, opposing) in sides.items()
    ]  # fmt: skip
    return readings, statements


PAYLOADS = (
    "<script>window.hacked = 1</script>",
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror=window.hacked=1>",
    "\"><svg onload='window.hacked = 1'>",
    "<a href=javascript:window.hacked=1>href</a>",
    "{{ 7 * 7 }} ${window.hacked = 1}",
    "gnp\u202eexe \u2066isolated\u2069",
    "line\u2028paragraph\u2029end \x00\x1b",
    "__proto__",
    "A" * 10_000,
)
ADDRESSES = (
    "javascript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    "java\nscript:window.hacked=1",
    'https://exa mple/"><script>window.hacked=1</script>',
)


def hostile(case: Case) -> Case:
    """The same war, told by somebody who attacks the reader through every field there is."""
    payload = itertools.cycle(PAYLOADS)
    case = {**case, "engine": next(payload)}
    for fields in case["entities"].values():
        fields |= {"label": next(payload), "aliases": [next(payload), next(payload)]}
    for report, address in zip(case["reports"], ADDRESSES, strict=True):
        report |= {"title": next(payload), "publisher": next(payload), "uri": address}
        for sentence in report["sentences"]:
            sentence["text"] = f"{sentence['text']} {next(payload)}"
            sentence["audit"] = {"status": "partly", "reason": next(payload)}
            for claim in sentence.get("claims", ()):
                claim["rule"] = next(payload)
            for claim in sentence.get("open", ()):
                claim["predicate"] = next(payload)
    return case


def renamed(case: Case) -> Case:
    """The hostile case with ids as bad as its labels; an id has no blank in it."""
    names = {
        key: f"{key}_{'_'.join(fields['label'].split())}"
        for key, fields in case["entities"].items()
    }

    def rename(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: rename(each) for key, each in value.items()}
        if isinstance(value, list):
            return [" ".join(names.get(word, word) for word in edge.split(" ")) for edge in value]
        entity, equals, words = str(value).rpartition(" = ")
        return f"{names.get(entity, entity)} = {words}" if equals else value

    for report in case["reports"]:
        for sentence in report["sentences"]:
            for claim in sentence.get("claims", ()):
                named = {"roles", "said", "for", "against"}
                claim |= {key: rename(value) for key, value in claim.items() if key in named}
    entities = {
        names[key]: {**fields, "wikidata": fields["label"]}
        for key, fields in case["entities"].items()
    }
    return {**case, "entities": entities, "status": rename(case["status"])}


def star(leaves: int) -> tuple[list[Reading], list[Statement]]:
    """One state that attacked very many: more than a page draws at once."""
    countries = [f"Country_{number:04}" for number in range(leaves + 1)]
    claim = {"type": "Attack", "trigger": "attacked", "roles": {}}
    edges = [f"{countries[0]} attacked {country}" for country in countries[1:]]
    report = {
        "title": "A long war",
        "uri": "war.txt",
        "published": date(2031, 4, 6),
        "sentences": [{"text": "It attacked everybody.", "claims": [{**claim, "for": edges}]}],
    }
    entities = {key: {"type": "Country", "label": key.replace("_", " ")} for key in countries}
    return read({"entities": entities, "reports": [report], "status": {}})


def _entity(key: str, fields: Case) -> model.Entity:
    return model.Entity(key, **{**fields, "aliases": tuple(fields.get("aliases", ()))})


def _reading(report: Case, entities: tuple[model.Entity, ...], sides: Any, engine: str) -> Reading:
    texts = [sentence["text"] for sentence in report["sentences"]]
    text = " ".join(texts)
    key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    whole = Span(0, len(text))
    about = {name: report.get(name) for name in ("title", "uri", "publisher", "published")}
    sentences: list[model.Sentence] = []
    claims: list[Claim] = []
    open_claims: list[Claim] = []
    audit: list[model.Audit] = []
    start = 0
    for index, sentence in enumerate(report["sentences"]):
        span = Span(start, start + len(texts[index]))
        sentences.append(model.Sentence(index, span, 0, 0, "body"))
        for fields in sentence.get("claims", ()):
            claim = _claim(f"ev_{key[:8]}_{len(claims)}", fields, index, span, texts[index])
            claims.append(claim)
            _take_sides(claim, fields, sides)
        for fields in sentence.get("open", ()):
            worded = _open_claim(f"oc_{key[:8]}_{len(open_claims)}", fields, index, span, text)
            open_claims.append(worded)
        audit.append(
            model.Audit(index, **{"status": "extracted", "reason": "", **sentence.get("audit", {})})
        )
        start = span.end + 1
    named = _named(claims)
    return Reading(
        document=model.Document(key, text=text, sections=(model.Section(whole, "body"),), **about),
        sentences=tuple(sentences),
        mentions=tuple(model.Mention(span, span.start, "NAM", "Entity") for span in named),
        claims=tuple(claims),
        entities=entities,
        references=tuple(
            model.Reference(number, entity, "by hand")
            for number, entity in enumerate(named.values())
        ),
        audit=tuple(audit),
        engine=engine,
        open_claims=tuple(open_claims),
    )


def _open_claim(key: str, fields: Case, index: int, sentence: Span, text: str) -> Claim:
    start = text.index(fields["trigger"], sentence.start)
    words = Span(start, start + len(fields["trigger"]))
    predicate = model.Predicate(fields["predicate"], (words,))
    return Claim(key, "OpenClaim", index, words, (), Factuality(), predicate=predicate)


def _named(claims: list[Claim]) -> dict[Span, str]:
    """The words that fill a role with an entity, in the order of the text."""
    fillers = (argument.filler for claim in claims for argument in claim.arguments)
    pairs = {(each.span, each.entity) for each in fillers if each.entity}
    return dict(sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end, pair[1])))


def _claim(key: str, fields: Case, index: int, sentence: Span, text: str) -> Claim:
    def span(words: str) -> Span:
        start = sentence.start + text.index(words)
        return Span(start, start + len(words))

    def filler(pair: str) -> Filler:
        entity, _, words = pair.rpartition("= ")
        return Filler(span(words), entity=entity.strip() or None)

    roles = fields.get("roles", {})
    return Claim(
        id=key,
        type=fields["type"],
        sentence=index,
        trigger=span(fields["trigger"]),
        arguments=tuple(Argument(role, filler(pair)) for role, pair in roles.items()),
        factuality=Factuality(**fields.get("factuality", {})),
        attributions=_attributions(fields.get("said"), filler),
        quantities=_quantities(fields.get("quantity"), span),
        time=_time(fields.get("time"), span),
        rule=fields.get("rule", f"{fields['type'].lower()}#1"),
        confidence=fields.get("confidence", 0.95),
    )


def _attributions(said: Case | None, filler: Any) -> tuple[Attribution, ...]:
    if said is None:
        return ()
    steps = {name: (filler(said[name]),) for name in ("via", "basis", "medium") if name in said}
    sources = (filler(said["by"]),) if "by" in said else ()
    return (Attribution(said.get("kind", "indirect"), sources, **steps),)


def _quantities(fields: Case | None, span: Any) -> tuple[model.Quantity, ...]:
    if fields is None:
        return ()
    counted = span(fields["counted"])
    return (model.Quantity(span(fields["words"]), fields["comparator"], counted=counted),)


def _time(fields: Case | None, span: Any) -> model.Time | None:
    if fields is None:
        return None
    bounds = {name: fields[name] for name in ("precision", "earliest", "latest")}
    return model.Time(span(fields["words"]), **bounds)


def _take_sides(claim: Claim, fields: Case, sides: Any) -> None:
    for edge in fields.get("for", ()):
        sides[edge][0].append(claim.id)
    for edge in fields.get("against", ()):
        sides[edge][1].append(claim.id)
    for step in claim.attributions:
        for source in step.sources:
            sides[f"{source.entity} claimed {claim.id}"][0].append(claim.id)
