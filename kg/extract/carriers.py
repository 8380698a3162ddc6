"""What an event noun takes from the word that it completes: "X launched an attack in Y".

Light verbs, states ("under attack"), accusations and verbs of effect pass their arguments on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.extract import effects
from kg.extract.charges import accused, is_accusing, is_charge
from kg.extract.coordination import beside_person
from kg.extract.fillings import resolve
from kg.extract.ground import ground_before
from kg.extract.measured import through_measures
from kg.extract.obliques import oblique_slots
from kg.extract.proposition import Proposition, Slot, obliques, surface_subject
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_BEARING = ("in", "under", "within", "into")
_VIOLENT = ("CombatEvent", "HarmEvent")
_AS_ONE = frozenset(("the", "a", "an"))
_ASKING = frozenset(("which", "what", "whose", "who"))


class CarrierReader:
    """Adds to event nouns what their governing words say of them."""

    def __init__(
        self,
        tree: Tree,
        lexicon: Lexicon,
        verbs: Mapping[int, Proposition],
        names: Collection[int],
    ) -> None:
        """`names` holds the tokens that belong to names."""
        self._tree = tree
        self._lexicon = lexicon
        self._verbs = verbs
        self._names = names
        self._effects = frozenset(lexicon.slots.effects)

    def complete(self, proposition: Proposition) -> None:
        """The arguments of the verb or noun that the event noun completes."""
        self._from_relative(proposition)
        self._from_charge(proposition)
        governor = proposition.governor
        if governor is None:
            return
        claimed = self._lexicon.slots.claimed
        if proposition.marker == "for" and self._tree.lemma(governor) in claimed:
            governor = self._tree[governor].head  # "claimed responsibility for an attack"
            proposition.link = "oblique"
        clause = self._verbs.get(governor)
        if clause is None:
            self._from_state_of(proposition, governor)
        elif proposition.link == "oblique":
            self._from_oblique(proposition, clause)
        elif self._doer_after(proposition, clause):
            return
        elif self.is_light(clause) and not self._is_effect(proposition, clause):
            self._from_light(proposition, clause)
        elif (proposition.link == "object" and self._controls(clause)) or (
            proposition.marker != "for" and self._is_owned(proposition, clause)
        ):
            for slot in clause.all("subject"):
                proposition.add(Slot("subject", slot.head))
        else:
            self._from_effect(proposition, clause)

    def _from_relative(self, proposition: Proposition) -> None:
        """As in "the toll of the quake that struck Kano": where it was."""
        for verb in self._tree.children(proposition.head, "relcl"):
            clause = self._verbs.get(verb)
            if clause is None or clause.passive:
                continue
            idle = (
                not clause.slot("object") and clause.lemmas[-1] not in self._lexicon.slots.leading
            )
            if clause.lemmas[-1] not in self._effects and not idle:
                continue  # but "a fire that is burning near Kano"
            if proposition.head in {slot.head for slot in clause.all("subject")}:
                for slot in effects.struck(clause, self._tree, self._lexicon):
                    proposition.add(slot)
                for slot in obliques(clause.slots):
                    place = self._lexicon.slots.places.get(slot.name)
                    if place is not None and place.role == "location":
                        proposition.add(slot)  # "a strike that hit a house near Kano"

    def _from_state_of(self, proposition: Proposition, word: int) -> None:
        """As in "a town under attack", "responsible for the attack"."""
        if proposition.marker == "for" and self._tree.lemma(word) == "responsible":
            self._from_guilt(proposition, word)
        elif proposition.marker in _BEARING and not self._is_occasion(proposition):
            kind = self._lexicon.noun_classes.get(self._tree.lemma(word), "Entity")
            if proposition.marker != "in" or not is_a(kind, "Person"):  # "suspects in the raid"
                proposition.add(Slot("bearer", resolve(self._tree, word, self._lexicon).head))

    def _from_charge(self, proposition: Proposition) -> None:
        """As in "arrested on charges of fraud": against whom they are, whose the fraud would be."""
        count, counts = proposition.governor, self._lexicon.slots.counts
        if self._tree.lemma(proposition.head) in counts and not proposition.slot("against"):
            for slot in accused(proposition.head, self._tree, self._lexicon, self._verbs):
                proposition.add(Slot("against", slot.head))
        elif count is not None and self._tree.lemma(count) in counts:
            for slot in accused(count, self._tree, self._lexicon, self._verbs):
                proposition.add(Slot("by", slot.head))

    def _is_occasion(self, proposition: Proposition) -> bool:
        """As in "the driver in the attack", "a man in the raids": in it, but not its victim."""
        tree, noun = self._tree, proposition.head
        told = tree[noun].xpos == "NNS" or bool(tree.children(noun, "det"))
        return proposition.marker != "under" and (told or self._is_described(proposition))

    def _top(self, proposition: Proposition) -> int:
        """The noun that stands for the event: its measure, or that of the first before "and"."""
        first = self._tree.first_conjunct(proposition.head)
        return through_measures(self._tree, self._lexicon, first)

    def _is_described(self, proposition: Proposition) -> bool:
        """As in "complicit in an attack", which tells of no state of anybody."""
        tree = self._tree
        prep = tree.head(self._top(proposition))
        return prep is not None and tree[tree[prep].head].upos == "ADJ"

    def _from_guilt(self, proposition: Proposition, adjective: int) -> None:
        """As in "X was responsible for the attack", which is as real as the clause says."""
        clause = self._verbs.get(self._tree[adjective].head)
        if clause is None or self._tree[adjective].deprel not in ("acomp", "oprd"):
            return
        self._from_doer(proposition, clause)

    def _from_doer(self, proposition: Proposition, clause: Proposition) -> None:
        """Nobody told where it is asked ("did not say which group was behind the attack")."""
        doers = surface_subject(clause)
        words = {self._tree[i].form.lower() for s in doers for i in self._tree.subtree(s.head)}
        if words.isdisjoint(_ASKING):
            proposition.light = clause.head
            for slot in doers:
                proposition.add(Slot("by", slot.head))  # no subject: "Iran was behind the blast"

    def _from_instigator(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "X is behind the attack"; who is behind a deal or a plan supports it."""
        if self._is_violent(proposition) and clause.lemmas[-1] == "be":
            self._from_doer(proposition, clause)

    def _is_violent(self, proposition: Proposition) -> bool:
        told = self._lexicon.nouns.get(proposition.lemmas[-1], ())
        return any(is_one_of(trigger.type, _VIOLENT) for trigger in told)

    def _from_oblique(self, proposition: Proposition, clause: Proposition) -> None:
        charged = is_charge(proposition, clause, self._lexicon)
        if charged or is_accusing(clause, proposition.marker, self._lexicon):
            named = [self._tree[i].form.lower() for i in self._tree.children(proposition.head)]
            known = "the" in named or bool(self._tree.children(proposition.head, "poss"))
            said = not (clause.passive or charged)
            if said or not known:  # who is guilty of "the attack" may not have done what was done
                for slot in clause.all("object"):
                    proposition.add(Slot("by", slot.head))
        elif self._is_joined(proposition, clause):
            for slot in (*surface_subject(clause), *clause.all("with")):
                proposition.add(Slot("subject", slot.head))
        elif self._is_owned(proposition, clause) or self._is_gesture(proposition, clause):
            for slot in clause.all("subject"):
                proposition.add(Slot("subject", slot.head))
        elif proposition.marker == "behind":
            self._from_instigator(proposition, clause)
        elif not self._befalls(proposition, clause):
            self._from_state(proposition, clause)

    def _is_gesture(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "resigned in protest at X", where who resigns protests."""
        tree, noun = self._tree, proposition.head
        told = self._lexicon.nouns.get(proposition.lemmas[-1], ())
        bare = tree[noun].xpos == "NN" and not tree.children(noun, "det", "poss", "amod")
        bare = bare and proposition.marker == "in" and not clause.passive
        after = noun + 1  # a text may end there
        over = after < tree.sentence.last and tree[after].deprel == "prep"  # or of the verb
        return bare and over and any(trigger.type == "Protest" for trigger in told)

    def _befalls(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "a port in Yemen is hit in an air strike", "she died of a heart attack".

        So too "X subjected Y to shelling", which is X's.
        """
        lemma, marker = clause.lemmas[-1], proposition.marker
        if marker == "to" and lemma in self._lexicon.slots.imposing:
            proposition.light = clause.head
            for slot in (*clause.all("object"), *clause.all("subject")):
                name = "undergoer" if slot.name == "object" else "by"
                proposition.add(Slot(name, slot.head))
            return True
        if lemma in self._lexicon.slots.overcome and marker in ("of", "from"):
            for slot in surface_subject(clause):
                proposition.add(Slot("undergoer", slot.head))
            return True
        hit = clause.passive and lemma in self._effects
        if hit and marker in ("in", "by") and not proposition.slot("on"):
            for slot in clause.all("object"):
                proposition.add(Slot("on", slot.head))
            for slot in obliques(clause.slots):
                if slot.nested:
                    proposition.add(slot)
        return hit

    def _is_joined(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "agreed to a truce"; who agreed to a demand or an offer did not make it."""
        told = self._lexicon.nouns.get(proposition.lemmas[-1], ())
        said = any(is_a(trigger.type, "CommunicationEvent") for trigger in told)
        agreeing = self._lexicon.slots.agreeing.get(clause.lemmas[-1], ())
        return proposition.marker in agreeing and not said

    def _is_owned(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "X claimed responsibility for the attack": by X's own word it was X."""
        named = [self._is_one(slot.head) for slot in clause.all("subject")]
        told = (self._lexicon.verbs.get(lemma, ()) for lemma in clause.lemmas[:1])
        claimed = any(trigger.type == "ResponsibilityClaim" for each in told for trigger in each)
        told_of = "subject" if clause.passive else "object"  # "claimed the attack"
        mine = claimed and (proposition.marker == "for" or proposition.link == told_of)
        unsure = any(self._tree[i].xpos == "MD" for i in self._tree.children(clause.head, "aux"))
        mine = mine and not (unsure or self.is_of_nobody(clause) or self._is_denied(clause))
        return mine and bool(named) and all(named)

    def _is_one(self, noun: int) -> bool:
        """Somebody by name, or a group told as one; of two who claim a deed only one did it."""
        tree, kind = self._tree, self._lexicon.noun_classes.get(self._tree.lemma(noun), "Entity")
        told = any(tree[i].form.lower() in _AS_ONE for i in tree.children(noun, "det"))
        joined = bool(tree.children(noun, "conj", "nummod"))
        return noun in self._names or (told and not joined and is_a(kind, "Agent"))

    def _doer_after(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "blamed the attack on X": X did it, wherever the parser hung the preposition.

        Whatever else the verb has, it is no part of the deed.
        """
        marker = self._lexicon.slots.doers_after.get(clause.lemmas[-1])
        if marker is None or proposition.link != "object":
            return marker is not None and clause.passive  # "is blamed on X": by nobody named
        doers = [slot for slot in (*proposition.slots, *clause.slots) if slot.name == marker]
        proposition.slots = [slot for slot in proposition.slots if slot.name != marker]
        for slot in doers[-1:]:
            proposition.add(Slot("by", slot.head))
        return True

    def _from_state(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "X remains in the grip of Y", "X engaged in clashes"."""
        lemma, slots = clause.lemmas[-1], self._lexicon.slots
        if proposition.marker in _BEARING and self._is_described(proposition):
            return
        if proposition.marker in _BEARING and lemma in slots.states:
            proposition.light = clause.head
            prep = self._tree[through_measures(self._tree, self._lexicon, proposition.head)].head
            ground = ground_before(self._tree, prep, self._lexicon)
            for slot in ground or clause.all("object") or clause.all("subject"):
                proposition.add(Slot("bearer", slot.head, slot.spatial, slot.part))
        elif proposition.marker == "on" and lemma in slots.starting_on:
            proposition.light = clause.head
            for slot in surface_subject(clause):
                proposition.add(Slot("bearer", slot.head))
            for slot in obliques(clause.slots):
                if slot.head != proposition.head:
                    proposition.add(slot)
        elif proposition.marker in ("in", "with") and {*clause.lemmas} & {*slots.taking_part}:
            self._from_part(proposition, clause)
        elif proposition.marker in ("in", "for") and lemma in slots.applying:
            self._from_arms(proposition, clause)

    def _from_arms(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "X used rifles in the attack", "dynamite was used in the attack"."""
        classes = self._lexicon.noun_classes
        for slot in clause.all("object"):
            if is_a(classes.get(self._tree.lemma(slot.head), "Entity"), "Materiel"):
                proposition.add(Slot("with", slot.head))
                for doer in clause.all("subject"):
                    proposition.add(Slot("subject", doer.head))

    def _from_part(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "X took part in exercises with Y"."""
        if proposition.slot("between"):
            return  # the parties are told; who takes part may be one of either
        proposition.light = clause.head
        for slot in surface_subject(clause):
            proposition.add(Slot("subject", slot.head))
        for slot in () if clause.passive else clause.all("object"):
            proposition.add(Slot("with", slot.head))  # "engaged X in combat"
        for slot in clause.all("against"):  # hung on the verb in "engaged in raids against X"
            proposition.add(slot)

    def _from_light(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "launched an attack in X", "talks were held in Y"."""
        proposition.light = clause.head
        described = clause.lemmas[-1] == "be"  # "it was the first attack": the subject is the event
        if described and self._tree.lemma(self._top(proposition)) in self._lexicon.slots.sufferers:
            for slot in surface_subject(clause):
                proposition.add(Slot("undergoer", slot.head, slot.spatial, slot.part))
        if described and proposition.link == "subject":
            for slot in self._authors(clause.head):
                proposition.add(slot)
        lemma, slots = clause.lemmas[-1], self._lexicon.slots
        later = lemma in slots.succeeding  # "it follows two attacks"
        if ((proposition.link == "object" and not described) or clause.passive) and not later:
            had = lemma == "have" and not proposition.slot("with")  # "had an attack"
            undergone = lemma in slots.undergone or (had and self._is_violent(proposition))
            by = proposition.slot("by") or clause.slot("by")
            resisted = lemma in slots.resisting and by  # "fights an offensive by X"
            seen = "in" if lemma in slots.witnessing else "subject"  # "the town saw two attacks"
            name = "undergoer" if undergone or resisted else seen
            apart = beside_person(self._tree, self._lexicon, proposition.head)
            for slot in clause.all("subject"):
                if (not resisted or slot.head < clause.head) and not apart:
                    proposition.add(Slot(name, slot.head, slot.spatial, slot.part))
        aimed = proposition.slot("on") is not None  # "an attack on rebels on the island of X"
        outcome = self._lexicon.slots.leading.get(clause.lemmas[-1])  # "ended in ten deaths"
        of_others = self._of_others(proposition, clause)
        for slot in obliques(clause.slots):
            told = slot.name == outcome and not slot.nested
            told = told or (aimed and slot.name == "on")
            if slot.head != proposition.head and not told and slot.head not in of_others:
                proposition.add(slot)

    def _of_others(self, proposition: Proposition, clause: Proposition) -> set[int]:
        """As in "there were three deaths in X and none in Y": each has a place of its own."""
        acts = proposition.link == "subject"
        if acts and effects.is_reacted_to(clause, self._tree, self._lexicon):
            return {slot.head for slot in clause.slots}  # "led to protests in X"
        events = [slot.head for slot in clause.all("object")]
        if len(set(events)) < 2:
            return set()
        owners = {
            slot.head: next((i for i in self._tree.ancestors(slot.head) if i in events), None)
            for slot in clause.slots
            if slot.nested
        }
        if proposition.head not in owners.values():
            return set()
        return {place for place, owner in owners.items() if owner != proposition.head}

    def _authors(self, verb: int) -> Iterator[Slot]:
        """As in "the attack was the work of X"."""
        for said in self._tree.children(verb, "attr"):
            if self._tree.lemma(said) in self._lexicon.slots.authorship:
                of = [s for s in oblique_slots(self._tree, said, self._lexicon) if s.name == "of"]
                yield from (Slot("by", slot.head) for slot in of)

    def _controls(self, clause: Proposition) -> bool:
        operators = (self._lexicon.nominal_verbs.get(lemma) for lemma in clause.lemmas)
        return not clause.passive and any(op is not None and op.controls for op in operators)

    def _is_effect(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "tornadoes strike a town", where "strike a deal" is light."""
        hits = clause.lemmas[-1] in self._lexicon.slots.effects and clause.slot("object")
        return proposition.link == "subject" and (
            bool(hits) or effects.acts_on(clause, self._tree, self._lexicon)
        )

    def _from_effect(self, proposition: Proposition, clause: Proposition) -> None:
        """Where an event acts or is reported is where it was: "the blast killed ten in Herat"."""
        told = any(lemma in self._lexicon.report_verbs for lemma in clause.lemmas)
        link = None if self._is_denied(clause) else proposition.link  # "denied that the strike hit"
        if link == "object":
            for slot in effects.places_of_caused(clause, self._lexicon):
                proposition.add(slot)
        elif link == "subject" and (told or not clause.passive):
            for slot in effects.places_of_effect(clause, self._tree, self._lexicon):
                proposition.add(slot)
                if slot.name == "on" and clause.lemmas[-1] == "target":
                    proposition.light = clause.head  # the raid itself is on X

    def _is_denied(self, clause: Proposition) -> bool:
        if clause.link != "complement" or clause.governor is None:
            return False
        cue = self._lexicon.report_verbs.get(self._tree.lemma(clause.governor))
        return cue is not None and cue.polarity == "negative"

    def is_of_nobody(self, clause: Proposition) -> bool:
        """As in "for which no group has claimed responsibility", "that X did not carry out"."""
        heads = [slot.head for slot in clause.all("subject")]
        words = [*heads, *(i for head in heads for i in self._tree.children(head, "det"))]
        negators = self._lexicon.negators
        nobody = any(self._tree[i].form.lower() in negators for i in words)
        return nobody or bool(self._tree.children(clause.head, "neg"))

    def is_light(self, clause: Proposition) -> bool:
        """As "launch", "declare"; not where it says something of the event ("declared it over")."""
        if set(clause.lemmas) & self._lexicon.report_verbs.keys():
            below = self._tree.children(clause.head, "xcomp")  # "announced orders to expand X"
            told = any(clause.passive or self._tree.lemma(i) == "be" for i in below)
            preps = {self._tree[i].form.lower() for i in self._tree.children(clause.head, "prep")}
            if told or "as" in preps or self._tree.children(clause.head, "ccomp", "oprd", "prt"):
                return False
        operators = self._lexicon.nominal_verbs
        first = clause.lemmas[0]
        particle = " " in first and bool(self._tree.children(clause.head, "prt"))
        if particle and first in self._lexicon.verbs and first not in operators:
            return False  # "strikes down" strikes nothing
        return any(
            lemma in operators and operators[lemma].effect == "pass" for lemma in clause.lemmas
        )
