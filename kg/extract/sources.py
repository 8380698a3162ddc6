"""The source of an attribution: who speaks, through whom, in what medium and on what basis."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.obliques import objects
from kg.extract.proposition import Proposition, Slot, surface_subject
from kg.lexicon import Cue, Lexicon
from kg.model import Attribution, AttributionKind, Factuality, Filler, Span
from kg.vocab import is_a, is_one_of

_ASKING = ("requested", "planned", "threatened")
_NEW = ("a", "an", "another", "any", "no", "some")
_OFFICIAL = ("Government", "GovernmentBody", "ArmedForce")
_MUTE = ("Disaster", "CombatEvent", "HarmEvent", "Withdrawal", "Accident")
_POINTING = ("this", "that", "these", "those", "which", "what", "there")


class Step(Struct, frozen=True):
    """An attribution together with the token of its cue, by which content is linked to speech."""

    attribution: Attribution
    cue: int


def is_naming(above: Proposition, context: Context) -> bool:
    """As in "called the attack a crime": what it is to somebody, not what he calls for."""
    tree, naming = context.tree, context.lexicon.reporting.naming
    if not any(lemma in naming for lemma in above.lemmas):
        return False
    nouns = tree.children(above.head, "dobj")
    words = (tree[i].form.lower() for noun in nouns for i in tree.children(noun, "det", "poss"))
    named = bool(tree.children(above.head, "oprd")) or any(word not in _NEW for word in words)
    return bool(nouns) and named


def is_refusal(above: Proposition, lexicon: Lexicon) -> bool:
    """As in "denied a request": it was made, and is not granted."""
    phrases = (word for word in above.lemmas if " " in word)
    return any(each.type == "Refusal" for word in phrases for each in lexicon.verbs.get(word, ()))


def presupposing(steps: list[Step], value: Factuality, context: Context) -> list[Step]:
    """Without who only asks: "ordered an inquiry into the attack" is no word of his about it."""
    if not value.realis or value.modality != "asserted":
        return steps
    verbs, tree = context.lexicon.report_verbs, context.tree
    checking = context.lexicon.reporting.checking  # "asks X to investigate the attack"
    steps = [step for step in steps if tree.lemma(step.cue) not in checking]
    calling = [step.cue for step in steps if tree.children(step.cue, "oprd")]  # "called it a coup"
    cues = ((step, verbs.get(tree.lemma(step.cue))) for step in steps)
    asking = [s for s, cue in cues if cue is not None and cue.modality in _ASKING]
    return [step for step in steps if step not in asking or step.cue in calling]


class SourceFinder:
    """Sources of the reporting words of one sentence."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tree = context.tree
        self._lexicon = context.lexicon

    def cue(self, above: Proposition, marker: str | None = None) -> Cue | None:
        """The reporting cue that a verb is listed as, if with the preposition then as that."""
        idle = above.lemmas[0] in self._lexicon.slots.idioms  # "showed up"
        if idle or is_naming(above, self._context):
            return None
        table = self._lexicon.report_verbs
        charge = table.get(f"{above.lemmas[-1]} {marker}")
        if charge is not None:
            return charge if self._is_admitted(above) else None
        found = next((table[lemma] for lemma in above.lemmas if lemma in table), None)
        turned_down = found is not None and found.polarity == "negative"
        return None if turned_down and is_refusal(above, self._lexicon) else found

    def _is_admitted(self, above: Proposition) -> bool:
        """Not so "pleads not guilty to theft", "pleads no contest to it"."""
        if above.lemmas[-1] != "plead":
            return True
        tree, first = self._context.tree, above.head
        said = [tree[i].form.lower() for i in range(first + 1, min(first + 4, tree.sentence.last))]
        return "guilty" in said and "not" not in said[: said.index("guilty")]

    def speech(self, above: Proposition, subjects: list[Slot], kind: AttributionKind) -> Step:
        """The step of a reporting verb: subject, channel, medium and what it rests on."""
        sources: list[Filler] = []
        basis: list[Filler] = []
        medium: list[Filler] = []
        for slot in (*self._tellers_before(above), *subjects):
            if self._tree[slot.head].form.lower() in _POINTING:
                continue  # "that said": nobody
            owners = self.owners(slot.head)
            lemma = self._tree.lemma(slot.head)
            if not owners and self._is_artifact(slot.head) and slot.head != above.head:
                owners = self.subject_of_light(slot.head)
            if lemma in self._lexicon.reporting.basis:
                basis.append(self._context.filler(slot.head))
                sources.extend(owners)
            elif owners and (self._is_artifact(slot.head) or self.is_report(slot.head)):
                medium.append(self._context.filler(slot.head))
                sources.extend(owners)
            elif not self._is_mute(slot.head):
                sources.append(self._context.filler(slot.head))
        sources = self._speaking(sources)
        via, media = self._channels(above)
        attribution = Attribution(
            kind=kind,
            sources=tuple(sources),
            via=tuple(via),
            medium=tuple(dict.fromkeys(medium + media)),
            basis=tuple(basis),
            cue=self._tree.token_span(above.head),
        )
        return Step(attribution, above.head)

    def _tellers_before(self, above: Proposition) -> list[Slot]:
        """As in "X said, and Y confirmed, that Z fled": X as well, who has said nothing else."""
        first = self._context.propositions.get(-1 if above.governor is None else above.governor)
        if above.link != "conjunct" or first is None or first.kind != "verb":
            return []
        cues = [self.cue(each) for each in (first, above)]
        firm = all(cue is not None and cue.polarity is None for cue in cues)
        own = self._tree.children(above.head, "nsubj")
        told = self._tree.children(first.head, "ccomp", "xcomp", "dobj", "neg", "prep")
        return first.all("subject") if firm and own and not told else []

    def _speaking(self, sources: list[Filler]) -> list[Filler]:
        """Without the things that a list has beside people ("hit two clinics, says X")."""
        types = {
            f: self._context.mentions[f.mention].type for f in sources if f.mention is not None
        }
        things = [f for f, kind in types.items() if is_a(kind, "Facility")]
        people = any(is_a(kind, "Person") for kind in types.values())
        return [f for f in sources if f not in things] if people else sources

    def _is_mute(self, head: int) -> bool:
        """As in "rain prompts an order to leave": no storm or raid says anything."""
        event, nouns = self._context.propositions.get(head), self._lexicon.nouns
        told = [each for word in (event.lemmas if event else ()) for each in nouns.get(word, ())]
        return bool(told) and all(is_one_of(each.type, _MUTE) for each in told)

    def said_by(self, index: int, heads: list[int]) -> Step:
        sources: list[Filler] = []
        medium: list[Filler] = []
        basis: list[Filler] = []
        for head in heads:
            owners = self.owners(head) if self._is_artifact(head) or self.is_report(head) else []
            if owners:
                medium.append(self._context.filler(head))
                sources.extend(owners)
            elif self._tree.lemma(head) in self._lexicon.reporting.basis:
                basis.append(self._context.filler(head))
            else:
                sources.extend(self._context.filler(each) for each in self._tree.conjuncts(head))
        last = max(self._tree.subtree(index)[0], index)
        second = index + 1 if self._tree[index + 1].form.lower() in ("to", "per") else index
        span = Span(self._tree[last].start, self._tree[second].end)
        found = Attribution(
            "according_to", tuple(sources), medium=tuple(medium), basis=tuple(basis), cue=span
        )
        return Step(found, index)

    def passed_on(self, step: Step, cited: Attribution) -> Step:
        """As in "Reuters said, citing officials": the officials say it, through Reuters.

        Somebody who is no outlet speaks for himself and only rests on what he cites.
        """
        speaker = step.attribution
        outlets = [f for f in speaker.sources if self._is_outlet(f)]
        if cited.sources and outlets and len(outlets) == len(speaker.sources):
            passed = replace(
                speaker, sources=cited.sources, via=speaker.sources + speaker.via, basis=cited.basis
            )
        else:
            passed = replace(speaker, basis=speaker.basis + cited.basis + cited.sources)
        return replace(step, attribution=passed)

    def _is_outlet(self, filler: Filler) -> bool:
        mention = None if filler.mention is None else self._context.mentions[filler.mention]
        return mention is not None and mention.type == "NewsAgency"

    def owners(self, noun: int) -> list[Filler]:
        """Whose report it is: possessor, "from X", "by X", or the people in "X intelligence"."""
        tree, found = self._tree, []
        for child in tree.children(noun, "poss"):
            if child not in self._context.dated:  # "Tuesday's statement by X"
                found.extend(tree.conjuncts(child))
        for prep in tree.children(noun, "prep"):
            if tree[prep].form.lower() in ("from", "by"):
                for each in objects(tree, prep):
                    places = tree[prep].form.lower() == "from" and self._is_gathered(noun, each)
                    found.extend([] if places else tree.conjuncts(each))
        found.extend(self._makers(noun))
        if not found and self.is_report(noun):
            names = tree.children(noun, "compound", "nmod", "amod")
            kinds = {c: self._context.type_of(c) or "Entity" for c in names}
            press = any(is_a(self._noun_class(c), "NewsAgency") for c in names)
            found.extend(
                c
                for c, kind in kinds.items()  # "a German newspaper report" is not Germany's
                if kind != "Entity" and not (press and is_a(kind, "Place"))
            )
        for child in found[:]:
            found.extend(c for c in tree.children(child, "appos") if c not in found)
        return [self._context.filler(head) for head in found]

    def _is_gathered(self, noun: int, origin: int) -> bool:
        """As in "media reports from X", "footage from X"; "intelligence reports from X" are X's."""
        type_, reporting = self._context.type_of(origin), self._lexicon.reporting
        common = self._tree.lemma(noun) in (*reporting.gathered, *reporting.basis)
        if not common or type_ is None or not is_a(type_, "Place"):
            return False
        makers = self._tree.children(noun, "compound", "amod")
        return not any(is_one_of(self._noun_class(maker), _OFFICIAL) for maker in makers)

    def _noun_class(self, word: int) -> str:
        return self._lexicon.noun_classes.get(self._tree.lemma(word), "Entity")

    def _makers(self, noun: int) -> Iterator[int]:
        """As in "images released by X"; but "a report seen by X", "that Y was hurt by X"."""
        tree = self._tree
        for clause in tree.children(noun, "acl"):
            passed = tree.lemma(clause) in self._lexicon.reporting.passing
            if not passed and not tree.children(clause, "mark", "nsubj", "nsubjpass"):
                for agent in tree.children(clause, "agent"):
                    yield from tree.children(agent, "pobj")

    def subject_of_light(self, noun: int) -> list[Filler]:
        head = self._tree.head(noun)
        above = self._context.propositions.get(head) if head is not None else None
        if above is None or above.kind != "verb" or self._tree[noun].deprel != "dobj":
            return []
        cue = self.cue(above)
        reporting, lemma = self._lexicon.reporting, above.lemmas[-1]
        others = lemma in (*self._lexicon.slots.undergone, *reporting.judging)
        if others or (cue is not None and cue.kind == "denial"):
            return []  # who faces, describes or rejects claims has not made them
        noun_cue = self._lexicon.report_nouns.get(self._tree.lemma(noun))
        operator = self._lexicon.nominal_verbs.get(lemma)
        brought = cue is not None or (operator is not None and operator.effect == "pass")
        if noun_cue is not None and noun_cue.kind == "accusation" and not brought:
            return []  # a judge who throws out charges has not brought them
        subjects = (slot.head for slot in surface_subject(above))
        return [self._context.filler(head) for head in subjects if not self._is_mute(head)]

    def can_speak(self, head: int) -> bool:
        """Whether a noun can be a source: somebody, a report, or whatever has a name."""
        type_ = self._context.type_of(head)
        name = self._tree[head].upos == "PROPN"
        if name and (type_ is not None or self._tree.children(head, "compound")):
            return type_ is None or not is_a(type_, "Law")
        if type_ is None:
            cue = self._lexicon.report_nouns.get(self._tree.lemma(head))
            return cue is not None and cue.modality is None
        kinds = ("Agent", "InformationArtifact", "Platform", "PopulatedPlace")
        return self._context.is_open(head) or is_one_of(type_, kinds)

    def is_report(self, head: int) -> bool:
        """Whether the noun is one for a report, and not of a body ("U.S. Geological Survey")."""
        mention = self._context.mention(head)
        body = mention is not None and mention.level == "NAM" and is_a(mention.type, "Agent")
        return self._tree.lemma(head) in self._lexicon.report_nouns and not body

    def _is_artifact(self, head: int) -> bool:
        type_ = self._context.type_of(head)
        return type_ is not None and is_a(type_, "InformationArtifact")

    def _channels(self, above: Proposition) -> tuple[list[Filler], list[Filler]]:
        via: list[Filler] = []
        medium: list[Filler] = []
        for slot in above.slots:
            if slot.name == "subject":
                continue
            type_ = self._context.type_of(slot.head)
            if type_ == "NewsAgency" and slot.name in ("object", "indirect", "to", "by", "with"):
                via.append(self._context.filler(slot.head))
            elif type_ == "Platform":
                medium.append(self._context.filler(slot.head))
            elif slot.name == "in" and self._tree.lemma(slot.head) in self._lexicon.reporting.media:
                medium.append(self._context.filler(slot.head))
                medium.extend(self._platforms(slot.head))
        return via, medium

    def _platforms(self, noun: int) -> Iterator[Filler]:
        for index in self._tree.subtree(noun):
            if self._context.type_of(index) == "Platform":
                yield self._context.filler(index)
