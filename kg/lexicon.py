"""Language knowledge as data: event types, slots, cues and operators from `ontology/`.

Every table is a small YAML file that carries its own examples. This module only gives them types
and indexes them by lemma; what they mean is applied by the stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from msgspec import Struct

from kg.model import AttributionKind, Certainty, Modality, Polarity, Tense
from kg.people import People
from kg.resources import ontology_path, read_yaml, resource_files
from kg.slots import Slots
from kg.vocab import is_one_of

Effect = Literal["replace", "pass", "negate", "presuppose"]


@dataclass(frozen=True, slots=True)
class EdgeRule:
    """Which plain edge an event type gives.

    `subject` and `object` are roles. `spatial` lists the spatial relations of the object's
    argument under which the rule applies (empty = any that no other rule of the type names);
    `part` restricts it to partitive (True) or whole (False) objects; `as_told` keeps people as the
    text names them, not lifted to their state; `said` asks that the clause itself names the object
    (to condemn a deed is not to condemn its doer); `unless` is a role that bars the edge.
    """

    edge: str
    object: str
    subject: str = "agent"
    spatial: tuple[str, ...] = ()
    part: bool | None = None
    as_told: bool = False
    said: bool = False
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """Triggers that share one mapping from grammatical slots to roles.

    A slot is `subject`, `object`, `indirect`, `bearer`, `undergoer`, `possessor`, `compound` or a
    preposition. Its value is a role (`theme/part`: a part of it), `null` (ignore it), or a mapping
    from the filler's class to a role, `event` for what it is about, `words` for an office, `doing`
    for a gerund, `other` for the rest. `types` restricts the classes that may fill a role
    (`unlisted`: a common noun of no known class), `require` names roles it cannot do without.
    """

    roles: dict[str, str | dict[str, str | None] | None] = field(default_factory=dict)
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    types: dict[str, tuple[str, ...]] = field(default_factory=dict)
    require: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Borrow:
    """A role left open by a clause of means is that of the event it serves.

    "backed Y by sending missiles": the recipient of `source` (Support) is the recipient here.
    """

    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Towards:
    """Where to look for whom an act is towards, if its clause does not say it.

    `role` is what they fill, `content` the roles of the event that is demanded, threatened or
    condemned, by rank; `owner` takes whose the object is ("rejected a US offer"), `condition` the
    subject of an "if" clause ("threatened to leave if X builds it"), `aim` whom an event of that
    class, which is done by it, is towards ("rallied to demand reforms by X").
    """

    role: str
    content: tuple[str, ...] = ()
    owner: bool = False
    condition: bool = False
    aim: str | None = None


@dataclass(frozen=True, slots=True)
class EventFile:
    """One file of `ontology/events/`: the class, its plain edges, triggers and examples.

    An example holds `say` (a sentence) and the expected fillers by role, plus optionally `value`
    (FactBank), `source` and `type`; `never` instead of `say` means that no such event is found.
    `borrow` fills a role from the event that this one is the means of, `towards` from what the act
    is about. `agent_from` is the role
    whose side is the agent where the text names none.
    """

    type: str
    frames: tuple[Frame, ...]
    edges: tuple[EdgeRule, ...] = ()
    examples: tuple[dict[str, str], ...] = ()
    agent_from: str | None = None
    borrow: Borrow | None = None
    towards: Towards | None = None


class Trigger(Struct, frozen=True):
    """A frame as found by one of its lemmas; `rule` is `file#number` of the frame."""

    type: str
    frame: Frame
    rule: str


class Cue(Struct, frozen=True):
    """A word that introduces a source and how firmly it presents what follows."""

    lemmas: tuple[str, ...]
    kind: AttributionKind = "indirect"
    certainty: Certainty | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    preps: tuple[str, ...] = ()
    when: str | None = None


class Operator(Struct, frozen=True):
    """What a governing word does to the factuality of what it governs.

    `presuppose`: the clause is taken for true, even where the word is negated or asked.
    `controls`: its subject is the agent of the event noun it takes ("is planning an offensive").
    """

    lemmas: tuple[str, ...] = ()
    name: str = ""
    effect: Effect = "replace"
    certainty: Certainty | None = None
    modality: Modality | None = None
    tense: Tense | None = None
    controls: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reporting:
    """`lexicon/reporting.yml`: cues of attribution."""

    verbs: tuple[Cue, ...]
    nouns: tuple[Cue, ...]
    prepositions: tuple[str, ...]
    norms: tuple[str, ...]
    adverbs: tuple[Cue, ...]
    claiming: tuple[str, ...]
    hearsay: tuple[str, ...]
    raised: tuple[str, ...]
    elaborating: frozenset[str]
    details: frozenset[str]
    clausal: frozenset[str]
    naming: tuple[str, ...]
    private: tuple[str, ...]
    writs: tuple[str, ...]
    resolves: tuple[str, ...]
    doubting: tuple[str, ...]
    unvouched: dict[str, tuple[str, ...]]
    unfounded: tuple[str, ...]
    fictions: tuple[str, ...]
    checking: tuple[str, ...]
    contrary: tuple[str, ...]
    retracting: tuple[str, ...]
    describing: tuple[str, ...]
    proving: tuple[str, ...]
    reacting: frozenset[str]
    aired: frozenset[str]
    untrue: tuple[str, ...]
    judging: tuple[str, ...]
    passing: tuple[str, ...]
    basis: tuple[str, ...]
    gathered: tuple[str, ...]
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operators:
    """`lexicon/operators.yml`: signatures of governing words."""

    complements: tuple[Operator, ...]
    adjectives: tuple[Operator, ...]
    modals: tuple[Operator, ...]
    spared: dict[str, tuple[str, ...]]
    phrases: tuple[Operator, ...]
    mandative: frozenset[str]
    polite: tuple[str, ...]
    turned: tuple[str, ...]
    dependent: tuple[str, ...]
    own_wishes: tuple[str, ...]
    bare_objects: tuple[str, ...]
    junctions: dict[str, tuple[str, ...]]
    possible: dict[str, tuple[str, ...]]
    soon: tuple[str, ...]
    faced: tuple[str, ...]
    assembling: dict[str, str]
    next_deeds: tuple[str, ...]
    stopping_deeds: tuple[str, ...]
    settled_by_vote: tuple[str, ...]
    befalling: frozenset[str]
    averting: frozenset[str]
    drafts: tuple[str, ...]
    defending: tuple[str, ...]
    negators: tuple[str, ...]
    never: tuple[str, ...]
    subordinators: tuple[Operator, ...]
    purpose: Operator
    nominal_verbs: tuple[Operator, ...]
    nominal_nouns: tuple[Operator, ...]
    nominal_prepositions: tuple[Operator, ...]
    adjective_modifiers: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Interest:
    """`lexicon/interest.yml`: who speaks for a party, and what tells against it.

    `roles` gives for event classes the classes that the party fills a role as. The examples are
    like those of an event file, with `type` and `interest` (`against` or `none`).
    """

    speakers: tuple[str, ...]
    offices: frozenset[str]
    roles: dict[str, dict[str, tuple[str, ...]]]
    examples: tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All language knowledge, indexed by lemma (multiword lemmas with spaces)."""

    events: Mapping[str, EventFile]
    edges: Mapping[str, tuple[EdgeRule, ...]]
    verbs: Mapping[str, tuple[Trigger, ...]]
    verb_phrases: Mapping[str, tuple[tuple[str, ...], ...]]  # longer than two words, by the verb
    nouns: Mapping[str, tuple[Trigger, ...]]
    noun_ends: frozenset[str]  # the last words of those of several words
    adjectives: Mapping[str, tuple[Trigger, ...]]
    noun_classes: Mapping[str, str]
    people: People
    interest: Interest
    slots: Slots
    relators: Mapping[str, str]
    speech_verbs: frozenset[str]
    report_verbs: Mapping[str, Cue]
    report_nouns: Mapping[str, Cue]
    report_adverbs: Mapping[str, Cue]
    reporting: Reporting
    operators: Operators
    complements: Mapping[str, Operator]
    copular: Mapping[str, Operator]
    modals: Mapping[str, Operator]
    phrases: Mapping[str, Operator]
    negators: frozenset[str]
    subordinators: Mapping[str, Operator]
    purpose: Operator
    nominal_verbs: Mapping[str, Operator]
    nominal_nouns: Mapping[str, Operator]
    nominal_prepositions: Mapping[str, Operator]
    modifiers: Mapping[str, Operator]


_VIOLENCE = ("CombatEvent", "HarmEvent")


def load(overlays: Sequence[Path] = ()) -> Lexicon:
    """Reads `ontology/events` and `ontology/lexicon` (and overlays of the same layout).

    Raises `ResourceError` with `file:line` for a file that breaks its schema.
    """
    events = _events(overlays)
    slots = _table("slots", Slots)
    reporting = _table("reporting", Reporting)
    operators = _table("operators", Operators)
    classes = read_yaml(ontology_path("lexicon", "nouns.yml")).convert(dict[str, tuple[str, ...]])
    verbs, nouns = _triggers(events, "verbs"), _triggers(events, "nouns")
    return Lexicon(
        events={event.type: event for _, event in events},
        edges={event.type: event.edges for _, event in events},
        verbs=verbs,
        verb_phrases=_phrases(verbs),
        nouns=nouns,
        noun_ends=frozenset(part for noun in nouns for part in _ends(noun)),
        adjectives=_triggers(events, "adjectives"),
        noun_classes=_first(dict.fromkeys(nouns, name) for name, nouns in classes.items()),
        people=_table("people", People),
        interest=_table("interest", Interest),
        slots=slots,
        relators=_first(dict.fromkeys(nouns, name) for name, nouns in slots.relators.items()),
        speech_verbs=_verbs_of(events, "CommunicationEvent") - _verbs_of(events, *_VIOLENCE),
        report_verbs=_by_lemma(reporting.verbs),
        report_nouns=_by_lemma(reporting.nouns),
        report_adverbs=_by_lemma(reporting.adverbs),
        reporting=reporting,
        operators=operators,
        complements=_by_lemma(operators.complements),
        copular=_by_lemma(operators.adjectives),
        modals=_by_lemma(operators.modals),
        phrases={operator.name: operator for operator in operators.phrases},
        negators=frozenset(operators.negators),
        subordinators=_by_lemma(operators.subordinators),
        purpose=operators.purpose,
        nominal_verbs=_by_lemma(operators.nominal_verbs),
        nominal_nouns=_by_lemma(operators.nominal_nouns),
        nominal_prepositions=_by_lemma(operators.nominal_prepositions),
        modifiers=_by_lemma(operators.adjective_modifiers),
    )


def _table[T](name: str, kind: type[T]) -> T:
    return read_yaml(ontology_path("lexicon", f"{name}.yml")).convert(kind)


def _events(overlays: Sequence[Path]) -> list[tuple[str, EventFile]]:
    files = resource_files("events", "*.yml", overlays)
    return [(path.stem, read_yaml(path).convert(EventFile)) for path in files]


def _verbs_of(events: Sequence[tuple[str, EventFile]], *kinds: str) -> frozenset[str]:
    """The verbs of the classes; "attack" is a word of speech now and then, and tells no speaker."""
    found = (event for _, event in events if is_one_of(event.type, kinds))
    return frozenset(verb for event in found for frame in event.frames for verb in frame.verbs)


def _triggers(
    events: Sequence[tuple[str, EventFile]], kind: Literal["verbs", "nouns", "adjectives"]
) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for stem, event in events:
        for number, frame in enumerate(event.frames, 1):
            trigger = Trigger(event.type, frame, f"{stem}#{number}")
            for lemma in cast("tuple[str, ...]", getattr(frame, kind)):
                found.setdefault(lemma, []).append(trigger)
    return {lemma: tuple(triggers) for lemma, triggers in found.items()}


def _phrases(verbs: Iterable[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for verb, *words in (lemma.split() for lemma in verbs):
        if len(words) > 1:
            found.setdefault(verb, []).append(tuple(words))
    return {verb: tuple(phrases) for verb, phrases in found.items()}


def _ends(noun: str) -> Iterator[str]:
    return (noun.rsplit(mark, 1)[1] for mark in " -" if mark in noun)


def _by_lemma[T: (Cue, Operator)](entries: Iterable[T]) -> dict[str, T]:
    return _first(dict.fromkeys(entry.lemmas, entry) for entry in entries)


def _first[T](tables: Iterable[Mapping[str, T]]) -> dict[str, T]:
    """One table; where a lemma stands twice the first wins (`kg check` reports the second)."""
    merged: dict[str, T] = {}
    for table in tables:
        for lemma, value in table.items():
            merged.setdefault(lemma, value)
    return merged
