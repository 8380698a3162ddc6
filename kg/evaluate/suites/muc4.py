"""Suite `muc4`: who did what to whom in terrorist incidents (MUC-3/4), as role-filler entities.

The text is upper case and is given its case back before it is read; documents that come in mixed
case are also reported apart, as the part `mixed_case`.

=========================================== =======================================================
ceaf_ree_f1, _precision, _recall            over the five roles together, micro
ceaf_ree_<role>_f1                          perp_ind, perp_org, target, victim, weapon
incident_f1                                 documents with an incident against those without
=========================================== =======================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg import gazetteer
from kg.annotate.dictionary import is_word, word_classes
from kg.evaluate.lookup import Lookup, by_class, fillers, sentence_of
from kg.evaluate.measure import F1, PRECISION, RECALL, Metric, Row
from kg.evaluate.pipeline import Outcome, Pipeline, Text
from kg.evaluate.scores.fillers import align_fillers, ceaf_ree_row
from kg.evaluate.suite import Judgement, Slip, Suite
from kg.evaluate.truecase import Truecaser
from kg.gazetteer import given_names
from kg.model import Claim, Entity, Span

ROLES = {
    "perp_ind": "PerpInd",
    "perp_org": "PerpOrg",
    "target": "Target",
    "victim": "Victim",
    "weapon": "Weapon",
}
# The incidents that the templates are about: violence, and harm to people and things, done, planned
# or threatened; who is let go was held. Fighting between forces is none, nor is an air strike.
INCIDENTS = dict.fromkeys(
    ("Attack", "HarmEvent", "ResponsibilityClaim", "Theft", "Looting", "Release"), True
) | (
    dict.fromkeys(
        ("Disaster", "Displacement", "Evacuation", "Detention", "Diversion", "Illness",
         "AirStrike", "DroneStrike", "MissileStrike", "NavalAttack", "Shelling", "Counterattack",
         "Abuse", "Disappearance"),
        False,
    )
)  # fmt: skip
TO_PEOPLE = dict.fromkeys(("Casualties", "Abduction", "Release"), True)
THINGS = dict.fromkeys(("Facility", "Materiel", "Vessel", "Organization"), True)
NO_PERPETRATORS = frozenset({"Country", "City", "Town", "Government", "GovernmentBody"})
PEOPLE = dict.fromkeys(("Person", "PersonGroup"), True)
FORCES = dict.fromkeys(("ArmedGroup", "MilitaryOrganization", "GeopoliticalEntity"), True)
# The wire's own heading ("BOGOTA, 11 JAN 90 (EFE) -- [EXCERPTS]") and the breaks of its lines.
_HEADING = re.compile(r"\A[^\[\]]*--\s*\[[^\[\]]*\]\s*")
_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
_OF = re.compile(r" of (?:the )?")
_END = re.compile(r"[.,]|\Z")
_HYPHEN = re.compile(r"(?<=\w-)\n(?=\w)")
_LEAD = re.compile(
    r"\A(?:(?:the|a|an|some|about|around|at least|more than|over|nearly|several|many|few|other|"
    r"another|one|two|three|four|five|six|seven|eight|nine|ten|\d[\d,]*|this|that|these|those|"
    r"first|second|third|various|our|his|her|its|their|or|all|both|approximately|"
    r"alleged|suspected|presumed|supposed|mr|mrs|dr|msgr|gen|col|maj|capt|lt|sgt|monsignor)\.?\s+)+",
    re.IGNORECASE,
)
HOMES = frozenset({"home", "house", "residence", "homes", "houses", "residences"})
MEMBERS = ("member", "members")
# No devices to the set: what is shot, and what the devices are carried by.
CRAFTS = ("helicopter", "gunship", "plane", "airplane", "aircraft", "jet")
NO_WEAPONS = ("bullet", "ammunition", *CRAFTS)
# No targets either: what forces fight with.
NO_TARGETS = ("helicopter", "gunship", "tank")
# Roads are targets to the set where they are hit, not where a bomb goes off in them.
ROADS = ("street", "avenue", "road", "highway")
# What is hit in fighting between forces, which is no incident.
MILITARY = re.compile(
    r"\b(?:military|army|armou?red|enemy|combat|troops?|convoys?|patrols?(?! car)|garrisons?|"
    r"barracks|positions?|guardsmen)\b",
    re.IGNORECASE,
)
# Bodies also in the plural, and groups of unnamed people, who are individuals to the set.
CRIME = ("mafia", "cartel")
BANDS = ("group", "band", "gang", "column", "unit", "squad")
# Deeds in the plural, which are no one incident where nobody and nothing is told that they hit.
SERIES = frozenset(
    {"bombings", "explosions", "killings", "murders", "assassinations", "massacres", "kidnappings",
     "abductions", "terrorist actions", "terrorist acts", "actions", "acts"}
)  # fmt: skip
# Words that say of nobody who he is.
EMPTY = frozenset(
    (*BANDS, *(f"{band}s" for band in BANDS), "force", "forces", "element", "elements")
)
# Not done, and not tried: what somebody would have others do, or aims at.
AIMS = frozenset({"intended", "requested"})
ACCUSATIONS = frozenset({"Accusation", "Charge", "Arrest"})
BLASTS = frozenset({"Explosion", "Bombing"})
_PLURAL = ("s", "men", "people", "troops")
PEER = "GTT .560, GE 1992 .522"


@dataclass(frozen=True, slots=True)
class Item:
    id: str
    text: str
    templates: tuple[dict[str, object], ...]
    ree_entities: dict[str, tuple[tuple[str, ...], ...]]
    text_mixed_case: str | None = None


type Answer = dict[str, tuple[str, ...]]
"""Role of `ROLES` -> one mention for each entity."""


class Muc4(Suite[Item, Answer]):
    """Terrorist incidents in Latin American news and radio reports."""

    name = "muc4"
    patterns = ("muc4_*.jsonl", "muc4_*.jsonl.gz")
    without = ("*_system_responses*",)
    record = Item
    metrics = (
        Metric("ceaf_ree_f1", "all", F1, PEER),
        Metric("ceaf_ree_precision", "all", PRECISION),
        Metric("ceaf_ree_recall", "all", RECALL),
        *(Metric(f"ceaf_ree_{role}_f1", role, F1) for role in ROLES),
        Metric("incident_f1", "incident", F1),
    )

    def text(self, item: Item) -> Text:
        body = _HEADING.sub("", item.text_mixed_case or item.text, count=1)
        lines = _BREAK.sub(" ", _HYPHEN.sub("", body))
        plain = lines.replace("[", "(").replace("]", ")")
        return Text(item.id, _truecaser().restore(plain))

    def part(self, item: Item) -> str | None:
        return "mixed_case" if item.text_mixed_case else None

    def key(self, item: Item) -> Answer:
        return {
            role: tuple(entity[0] for entity in item.ree_entities.get(name, ()))
            for role, name in ROLES.items()
        }

    def blank(self, _item: Item) -> Answer:
        return {}

    def answer(self, _item: Item, outcome: Outcome, _pipeline: Pipeline) -> Answer:
        lookup = Lookup(outcome.reading)
        found: dict[str, dict[str, str]] = {role: {} for role in ROLES}
        for claim in outcome.reading.claims:
            for entity in _accused(claim, lookup):
                for role, identity, mention in _perpetrators(entity, lookup):
                    found[role].setdefault(identity, mention)
            if _is_incident(claim):
                for role, identity, mention in _fillers(claim, lookup):
                    found[role].setdefault(identity, mention)
        return {role: tuple(dict.fromkeys(named.values())) for role, named in found.items()}

    def judge(self, item: Item, answer: Answer) -> Judgement:
        rows: dict[str, Row] = {}
        for role, name in ROLES.items():
            gold = item.ree_entities.get(name, ())
            rows[role] = ceaf_ree_row(gold, [(mention,) for mention in answer.get(role, ())])
        rows["all"] = tuple(map(sum, zip(*rows.values(), strict=True)))
        told, relevant = any(answer.values()), any(item.ree_entities.values())
        rows["incident"] = (told and relevant, told, told and relevant, relevant)
        return Judgement(rows, tuple(self._slips(item, answer)))

    def _slips(self, item: Item, answer: Answer) -> Iterator[Slip]:
        text = self.text(item).text
        for role, name in ROLES.items():
            gold, ours = item.ree_entities.get(name, ()), answer.get(role, ())
            pairs = align_fillers(gold, [(mention,) for mention in ours])
            for at, entity in enumerate(gold):
                if at not in pairs:
                    yield Slip(f"{role}_miss", _context(text, entity[0]), " / ".join(entity))
            for at, mention in enumerate(ours):
                if at not in pairs.values():
                    yield Slip(f"{role}_false", _context(text, mention), "", mention)


@cache
def _truecaser() -> Truecaser:
    strong = (name.text for name in gazetteer.load().names() if name.strength == "strong")
    given = frozenset(name.lower() for name in given_names())
    return Truecaser({name.lower(): name for name in strong}, given, word_classes, is_word)


def _is_incident(claim: Claim) -> bool:
    """Whether the claim tells of an incident, not of what might or usually does happen."""
    told = claim.factuality
    general = told.value in ("Uu", "PS+") and told.tense != "past"
    if told.polarity == "negative" or general or told.modality in AIMS:
        return False
    return bool(by_class(INCIDENTS, claim.type))


def _fillers(claim: Claim, lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """The claim's fillers by MUC role, each as role, identity and best mention."""
    harmed = list(_entities(claim, lookup, "target", "theme"))
    text = lookup.reading.document.text
    series = text[claim.trigger.start : claim.trigger.end].lower() in SERIES
    if _is_fighting(claim, lookup) or (series and not harmed):
        return
    for entity in _entities(claim, lookup, "agent"):
        yield from _perpetrators(entity, lookup)
    for entity in harmed:
        yield from _harmed(entity, lookup, by_class(TO_PEOPLE, claim.type) is None)
        yield from _dwellers(entity, lookup)
    weapons = list(_weapons(claim, lookup))
    if claim.type in BLASTS or (weapons and not harmed):  # "placed a bomb in a bank"
        for entity in _entities(claim, lookup, "location"):
            if by_class(THINGS, entity.type):
                places = _harmed(entity, lookup, True)
                yield from (each for each in places if not _ends_in(each[2], ROADS))
    for weapon in weapons:
        yield "weapon", weapon.lower(), weapon


def _is_fighting(claim: Claim, lookup: Lookup) -> bool:
    """Whether all that is hit belongs to forces."""
    text = lookup.reading.document.text
    hit = [each for each in fillers(claim, "target", "theme") if each.event is None]
    return bool(hit) and all(
        MILITARY.search(text[each.span.start : each.span.end])
        or ((entity := lookup.filler_entity(each)) and by_class(FORCES, entity.type))
        for each in hit
    )


def _accused(claim: Claim, lookup: Lookup) -> Iterator[Entity]:
    """Whom somebody blames for an incident."""
    deeds = {each.id: each for each in lookup.reading.claims}
    told = (deeds.get(each.event or "") for each in fillers(claim, "content"))
    if claim.type in ACCUSATIONS and any(deed and _is_incident(deed) for deed in told):
        yield from _entities(claim, lookup, "target")


def _entities(claim: Claim, lookup: Lookup, *roles: str) -> Iterator[Entity]:
    found = (lookup.filler_entity(each) for each in fillers(claim, *roles) if each.event is None)
    return (entity for entity in found if entity is not None)


def _weapons(claim: Claim, lookup: Lookup) -> Iterator[str]:
    """The instruments told by a noun."""
    text = lookup.reading.document.text
    for filler in fillers(claim, "instrument"):
        mention = None if filler.mention is None else lookup.reading.mentions[filler.mention]
        if mention is None or mention.level != "PRO":
            words = _bare(text[filler.span.start : filler.span.end])
            if not _ends_in(words, NO_WEAPONS):
                yield words


def _ends_in(words: str, nouns: tuple[str, ...]) -> bool:
    """Whether a phrase is headed by one of the nouns, in the singular or the plural."""
    last = words.lower().rsplit(None, 1)[-1]
    return last in nouns or last.removesuffix("s") in nouns


def _perpetrators(entity: Entity, lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """Unnamed forces and groups are individuals to MUC, the body they act for the organisation."""
    names = _mentions(entity, lookup, "NAM")
    words = names or _people(entity, lookup)
    if not words or entity.type in NO_PERPETRATORS or words[0].lower() in EMPTY:
        return
    people = by_class(PEOPLE, entity.type) or (not names and _is_many(words[0]))
    if people and not words[0].isupper() and not _ends_in(words[0], CRIME):
        yield "perp_ind", entity.id, words[0]
        yield from _side(entity, lookup)
    elif names or entity.type != "Organization":  # "the group", "this organization"
        fighters = [each for each in _people(entity, lookup) if _is_many(each)] if names else []
        yield from (("perp_ind", entity.id, each) for each in fighters[:1])
        yield "perp_org", entity.id, (names or list(_phrases(entity, lookup)))[0]


def _is_many(words: str) -> bool:
    """Whether a phrase is of several people: "rebels", "armed men"."""
    many = words.endswith(_PLURAL) and not words.endswith("forces")
    return many or _ends_in(words, BANDS)


def _harmed(entity: Entity, lookup: Lookup, things: bool) -> Iterator[tuple[str, str, str]]:
    """People are victims, by name only as the set has them; things and places are targets."""
    names = _mentions(entity, lookup, "NAM")
    if by_class(PEOPLE, entity.type):
        yield from (("victim", entity.id, name) for name in names[:1])
    elif things and by_class(THINGS, entity.type) and not by_class(FORCES, entity.type):
        words = names or list(_phrases(entity, lookup))
        fit = [word for word in words[:1] if not _ends_in(word, NO_TARGETS)]
        yield from (("target", entity.id, word) for word in fit)


def _dwellers(entity: Entity, lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """Whose home is hit is a victim to MUC: "the home of Ana Perez", "Ana Perez's residence"."""
    reading = lookup.reading
    text = reading.document.text
    for span in (reading.mentions[each].span for each in lookup.clusters().get(entity.id, ())):
        if text[span.start : span.end].rsplit(None, 1)[-1].lower() not in HOMES:
            continue
        stop = _END.search(text, span.end) if text.startswith(" of ", span.end) else None
        end = span.end if stop is None else stop.start()
        for number, mention in enumerate(reading.mentions):
            owner = lookup.entity(number) if span.start <= mention.span.start < end else None
            if owner is not None and by_class(PEOPLE, owner.type):
                names = _mentions(owner, lookup, "NAM")
                yield from (("victim", owner.id, name) for name in names[:1])


def _people(entity: Entity, lookup: Lookup) -> list[str]:
    """The common nouns for people, as told most fully, without the body before them.

    Whose they are is another filler: "FMLN guerrillas" are "guerrillas" and the FMLN; but
    "members" alone says nothing, and the answer is "members of the FMLN" or none.
    """
    reading = lookup.reading
    text = reading.document.text
    ends = {each.span.start: each.span.end for each in reading.mentions if each.level == "NAM"}
    found = []
    for mention in (reading.mentions[each] for each in lookup.clusters().get(entity.id, ())):
        span = mention.span
        words = _bare(text[span.start : span.end])
        start = span.end - len(words)
        body = _OF.match(text, span.end)
        if mention.level == "NOM" and body and words.lower() in MEMBERS and body.end() in ends:
            found.append(text[start : ends[body.end()]])
        elif mention.level == "NOM" and words.lower() not in MEMBERS:
            group = "group of " if text.endswith("group of ", 0, start) else ""
            found.append(group + _unowned(words, text, start, ends))
    return sorted(found, key=lambda each: (-len(each), each))


def _unowned(words: str, text: str, start: int, ends: Mapping[int, int]) -> str:
    """The words without a name that they begin with, and its acronym."""
    end = ends.get(start, start)
    rest = text[end : start + len(words)].removeprefix("'s").strip()
    rest = rest.split(") ", 1)[-1] if rest.startswith("(") else rest
    return rest or words


def _phrases(entity: Entity, lookup: Lookup) -> Iterator[str]:
    """The common nouns for a thing as MUC fills them in: first told first, with what follows "of".

    The answer to "a bomb destroyed the office of the mayor" is "office of the mayor".
    """
    reading = lookup.reading
    text = reading.document.text
    spans = [each.span for each in reading.mentions]
    mentions = (reading.mentions[each] for each in lookup.clusters().get(entity.id, ()))
    for span in sorted(each.span for each in mentions if each.level == "NOM"):
        after = span.end + len(" of ") if text.startswith(" of ", span.end) else None
        end = max((each.end for each in spans if each.start == after), default=span.end)
        yield _bare(text[span.start : end])


def _side(entity: Entity, lookup: Lookup) -> Iterator[tuple[str, str, str]]:
    """The named body that an unnamed group acts for; states are no perpetrators in MUC."""
    side = lookup.entities.get(entity.side or "")
    if side is not None and side.id != entity.id and side.type != "Country":
        for name in _mentions(side, lookup, "NAM")[:1]:
            yield "perp_org", side.id, name


def _mentions(entity: Entity, lookup: Lookup, level: str) -> list[str]:
    """The entity's mentions of one level in the report, the longest first."""
    reading = lookup.reading
    mentions = (reading.mentions[each] for each in lookup.clusters().get(entity.id, ()))
    words = [
        _bare(reading.document.text[each.span.start : each.span.end])
        for each in mentions
        if each.level == level
    ]
    return sorted(words, key=lambda each: (-len(each), each))


def _bare(words: str) -> str:
    """The words without article, number, quantifier, hedge and title before them."""
    return _LEAD.sub("", words, count=1).strip() or words


def _context(text: str, words: str) -> str:
    start = text.lower().find(words.lower())
    return sentence_of(text, Span(start, start + len(words))) if start >= 0 else ""
