"""An explanation as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.cli.console import count, plain
from kg.explain import Claim, Explainer, Explanation, Firmness, Role, Step
from kg.model import Decision
from kg.resolve.ledger import summary
from kg.store.identity import Identity
from kg.vocab import DATA


def lines(explanation: Explanation, explainer: Explainer) -> Iterator[str]:
    """The fact, then each claim with its sentence, speaker, firmness, rule and links."""
    fact = explanation.fact
    if fact:
        subject, object_ = explainer.label(fact.subject), explainer.label(fact.object)
        yield plain(f"{subject} {fact.predicate} {object_}")
        yield (
            f"  {fact.status}; {count(fact.sources, 'source')}, {count(fact.documents, 'report')}"
        )
    for claim in explanation.supporting:
        yield from _claim(claim, "claim", explainer)
    for claim in explanation.opposing:
        yield from _claim(claim, "against", explainer)
    yield ""


def identity_lines(
    identity: Identity, links: Sequence[str], decisions: Sequence[Decision], limit: int
) -> Iterator[str]:
    """An entity's names and links, and the rule or decision by which each report means it."""
    yield plain(f"{identity.label} = {DATA}{identity.entity}")
    if identity.aliases:
        yield _row("also", ", ".join(identity.aliases))
    if links:
        yield _row("links", ", ".join(links))
    for decision in decisions:
        yield _row("decided", summary(decision))
    for each in identity.mentions[:limit]:
        times = f", {each.count} times" if each.count > 1 else ""
        yield _row("mention", f'"{each.text}" in {each.uri}{times} ({each.method})')
    if len(identity.mentions) > limit:
        yield _row("", f"and {len(identity.mentions) - limit:,} more mentions")
    yield ""


def _claim(claim: Claim, heading: str, explainer: Explainer) -> Iterator[str]:
    day = f", {claim.document.published}" if claim.document.published else ""
    yield f"  {heading:<10} {DATA}{claim.id}"
    yield _row("report", f"{claim.document.uri}{day}, sentence {claim.sentence.index + 1}")
    yield _row("sentence", _marked(claim))
    yield _row("event", claim.type)
    if claim.predicate:
        yield _row("predicate", claim.predicate.lemma)
    for role in claim.roles:
        yield _row(role.role, _filler(role, explainer))
    for number in claim.quantities:
        yield _row("number", f"{number.text} ({number.comparator})")
    if claim.time:
        yield _row(
            "when", f"{claim.time.text} ({claim.time.edtf or claim.time.duration or 'undated'})"
        )
    for step in claim.attributions:
        yield _row("says", _speaker(step))
    if claim.against_interest:
        yield _row("", "against the interest of its own side")
    if not claim.attributions:
        yield _row("says", "the report itself")
    yield _row("firmness", _firmness(claim.factuality))
    for rival in explainer.rivals(claim):
        yield _row("disputed", f"{DATA}{rival.id}: {_marked(rival)}")
    yield _row("rule", f"{claim.rule}, confidence {claim.confidence:g}")


def _row(name: str, value: str) -> str:
    return plain(f"    {name:<10} {value}")


def _marked(claim: Claim) -> str:
    sentence, trigger = claim.sentence, claim.trigger
    start, end = trigger.start - sentence.start, trigger.end - sentence.start
    return f"{sentence.text[:start]}>>{sentence.text[start:end]}<<{sentence.text[end:]}"


def _filler(role: Role, explainer: Explainer) -> str:
    relation = "".join(f" ({word})" for word in (role.spatial, role.marker) if word)
    if role.event:
        return f"{role.text}{relation} = {DATA}{role.event}"
    if role.entity:
        links = explainer.links(role.entity)
        return " ".join([f"{role.text}{relation} = {explainer.label(role.entity)}", *links])
    return role.text + relation


def _speaker(step: Step) -> str:
    parts = [", ".join(step.sources) or "somebody unnamed", step.kind.replace("_", " ")]
    if step.cue:
        parts.append(f'cue "{step.cue}"')
    for label, names in (
        ("via", step.via),
        ("in", step.medium),
        ("on the basis of", step.basis),
    ):
        if names:
            parts.append(f"{label} {', '.join(names)}")
    return "; ".join(parts)


def _firmness(firmness: Firmness) -> str:
    chain = f" ({' > '.join(firmness.operators)})" if firmness.operators else ""
    return f"{firmness.value}, {firmness.tense}, {firmness.modality}{chain}"
