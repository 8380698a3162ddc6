"""Event nouns as propositions: "its offensive into X", "clashes with Y"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kg.extract.adjectives import adjective_proposition
from kg.extract.charges import is_accusing
from kg.extract.obliques import ground_before, oblique_slots, preposition, resolve
from kg.extract.proposition import Proposition, Slot, obliques, surface_subject
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_BEARING = ("in", "under", "within", "into")


class NominalReader:
    """Propositions of the listed event nouns and state adjectives of one sentence."""

    def __init__(
        self,
        tree: Tree,
        lexicon: Lexicon,
        verbs: Mapping[int, Proposition],
        names: Collection[int],
    ) -> None:
        """`names` holds the tokens that belong to names; an event noun in a name is no event."""
        self._tree = tree
        self._lexicon = lexicon
        self._verbs = verbs
        self._names = names

    def read(self) -> dict[int, Proposition]:
        found: dict[int, Proposition] = {}
        for index in self._tree.indices():
            if index in self._names or index in self._verbs:
                continue
            token = self._tree[index]
            apart = token.deprel not in ("compound", "npadvmod") or self._is_of_plan(index)
            if token.upos in ("NOUN", "PROPN") and apart:
                lemmas = tuple(self._noun_lemmas(index))
                if lemmas:
                    found[index] = self._noun(index, lemmas)
            elif (
                token.lemma in self._lexicon.adjectives
                or token.form.lower() in self._lexicon.adjectives
            ):
                adjective = adjective_proposition(
                    self._tree, index, self._lexicon, self._verbs, self._names
                )
                if adjective is not None:
                    found[index] = adjective
        return found

    def _is_of_plan(self, index: int) -> bool:
        """As in "an arrest warrant", "the withdrawal deadline": only meant by the noun after it."""
        tree, head = self._tree, self._tree[index].head
        operator = self._lexicon.nominal_nouns.get(tree.lemma(head))
        plain = tree[index].upos == "NOUN" and tree[index].deprel == "compound"
        return plain and head == index + 1 and operator is not None and operator.effect != "pass"

    def _noun_lemmas(self, index: int) -> Iterator[str]:
        """Listed triggers ending in this noun, the longest first ("cruise missile strike").

        A plural may be listed for itself where the singular means more ("talks", "deaths").
        """
        tree = self._tree
        lemma = tree.lemma(index)
        if f"{tree[index - 1].form.lower()} {lemma}" in self._lexicon.slots.idioms:
            return  # "in order to leave" orders nothing
        for first in range(max(index - 3, tree.sentence.first), index):
            if tree[first].head == index or tree.head(first) in range(first, index):
                words = [tree[first].form.lower()]
                for before, after in zip(
                    range(first, index), range(first + 1, index + 1), strict=True
                ):
                    gap = "" if tree[before].end == tree[after].start else " "
                    words.append(gap + (lemma if after == index else tree[after].form.lower()))
                phrase = "".join(words)
                if phrase in self._lexicon.nouns:
                    yield phrase
        asked = any(
            tree[i].form.lower() == "to"
            for clause in tree.children(index, "acl", "relcl")
            for i in tree.children(clause, "aux")
        )
        if asked and f"{lemma} to" in self._lexicon.nouns:
            yield f"{lemma} to"  # "a warning to leave" asks, where other warnings tell
        for word in dict.fromkeys((tree[index].form.lower(), lemma)):
            if word in self._lexicon.nouns:
                yield word

    # ------------------------------------------------------------- nouns

    def _noun(self, index: int, lemmas: tuple[str, ...]) -> Proposition:
        tree = self._tree
        proposition = Proposition(index, "noun", lemmas)
        top = self._through_measures(tree.first_conjunct(index))
        self._place(proposition, top)
        for slot in self._own_slots(index):
            proposition.add(slot)
        first = tree.first_conjunct(index)
        for each in self._carriers(index, top):
            for slot in self._own_slots(each):
                if each == top and slot.name == "of" and slot.head in tree.conjuncts(first):
                    continue  # "a wave of air strikes and missiles" is on no missiles
                if each != first or slot.name in ("possessor", "compound") or slot.head > index:
                    proposition.add(slot)
        self._from_clauses(proposition, index)
        if not self._from_gerund(proposition):
            self._from_governor(proposition)
        return proposition

    def _from_gerund(self, proposition: Proposition) -> bool:
        """As in "claimed responsibility for bombing X and an attack on Y": done by the same."""
        tree, index = self._tree, proposition.head
        deed = self._verbs.get(tree[index].head)
        if deed is None or tree[index].deprel != "conj" or tree[deed.head].xpos != "VBG":
            return False
        proposition.governor, proposition.marker = deed.governor, deed.marker
        proposition.link = "oblique" if deed.link == "gerund" else deed.link
        for slot in deed.all("subject"):
            proposition.add(slot)
        return True

    def _carriers(self, index: int, top: int) -> list[int]:
        """Nouns whose complements are the event's: its measure, the event before "and".

        What stands between the two coordinated nouns belongs to the first alone.
        """
        found: list[int] = []
        first = self._tree.first_conjunct(index)
        if first != index and self._tree.lemma(first) in self._lexicon.nouns:
            found.append(first)
        if top not in (index, first):
            found.append(top)
        return found

    def _through_measures(self, index: int) -> int:
        """As in "a wave of attacks": the measure noun stands where the event would stand."""
        tree = self._tree
        prep = tree.head(index)
        if tree[index].deprel != "pobj" or prep is None or tree[prep].form.lower() != "of":
            return index
        noun = tree.head(prep)
        if noun is None or not tree.is_noun(noun):
            return index
        operator = self._lexicon.nominal_nouns.get(tree.lemma(noun))
        if operator is None or operator.effect != "pass":
            return index
        return self._through_measures(tree.first_conjunct(noun))

    def _place(self, proposition: Proposition, top: int) -> None:
        tree, token = self._tree, self._tree[top]
        head = tree.head(top)
        if head is None:
            return
        if self._is_of_plan(top):
            self._place_planned(proposition, head)
            return
        if token.deprel in ("dobj", "attr", "oprd", "dative"):
            proposition.governor, proposition.link = head, "object"
        elif token.deprel in ("nsubj", "nsubjpass"):
            proposition.governor, proposition.link = head, "subject"
        elif token.deprel == "pobj":
            self._place_prepositional(proposition, head)

    def _place_planned(self, proposition: Proposition, noun: int) -> None:
        """As in "arrest warrants for X": whom the paper names is who is to be arrested."""
        proposition.governor, proposition.link, proposition.marker = noun, "of-noun", "of"
        clause = self._verbs.get(self._tree[noun].head)
        carried = clause.slots if clause is not None and self._is_light(clause) else ()
        for slot in (*oblique_slots(self._tree, noun, self._lexicon), *carried):
            if slot.name in ("for", "against"):
                proposition.add(Slot("of", slot.head, slot.spatial, slot.part))

    def _place_prepositional(self, proposition: Proposition, prep: int) -> None:
        tree = self._tree
        proposition.marker = preposition(tree, prep)
        governor = tree.head(prep)
        while governor is not None and not tree.is_noun(governor):
            compound = f"{tree[governor].form.lower()} {tree[prep].form.lower()}"
            if compound in self._lexicon.nominal_prepositions:
                proposition.marker = compound  # "ahead of talks"
            elif not self._is_passed(governor):
                break
            governor = tree.head(governor)
        if governor is not None and tree[governor].deprel == "dobj":
            verb = self._verbs.get(tree[governor].head)
            if verb is not None and is_accusing(verb, proposition.marker, self._lexicon):
                governor = verb.head  # "convicted two men of an attack", with "of" hung on the men
        proposition.governor = governor
        of_noun = governor is not None and tree.is_noun(governor)
        proposition.link = "of-noun" if of_noun else "oblique"

    def _is_passed(self, word: int) -> bool:
        """As "due" in "was due to an attack"; who is responsible for one is its doer."""
        deprel, verb = self._tree[word].deprel, self._tree[word].head
        if deprel in ("oprd", "ccomp") and f"{self._tree.lemma(verb)} {self._tree.lemma(word)}" in (
            self._lexicon.slots.accusing
        ):
            return True  # "found guilty of an attack"
        described = deprel == "acomp" and self._tree.lemma(word) != "responsible"
        return described or deprel in ("prep", "advmod", "prt")

    def _own_slots(self, index: int) -> Iterator[Slot]:
        tree = self._tree
        for child in tree.children(index, "poss", "amod", "compound", "nmod"):
            owner = tree[child].deprel in ("poss", "amod")
            if tree[child].deprel == "poss" or self._is_owner(child):
                for head in tree.conjuncts(child):
                    yield Slot("possessor" if owner else "compound", head)
            elif self._is_kind(child):
                yield Slot("compound", child)
        yield from oblique_slots(tree, index, self._lexicon)

    def _is_kind(self, child: int) -> bool:
        """A common noun before the event; taggers take "dynamite attack" for an adjective."""
        kind = self._lexicon.noun_classes.get(self._tree.lemma(child))
        plain = self._tree[child].upos == "NOUN"
        return kind is not None and (plain or is_a(kind, "Materiel"))

    def _is_owner(self, child: int) -> bool:
        """A name or demonym before the event; not that of whom it is for ("pro-Serbian rally")."""
        tree = self._tree
        if child not in self._names or not tree[child].form[0].isupper():
            return False
        prefix = tree[child - 2].form.lower() if tree[child - 1].form == "-" else ""
        return prefix not in ("pro", "anti")

    def _from_clauses(self, proposition: Proposition, index: int) -> None:
        """As in "an attack carried out by X", "talks held in Y": participles on the noun itself."""
        for child in self._tree.children(index, "acl", "relcl"):
            clause = self._verbs.get(child)
            linked = clause is not None and clause.link not in ("complement", "infinitive")
            if clause is None or not linked or not self._is_light(clause):
                continue
            hosted = clause.lemmas[-1] in self._lexicon.slots.hosting
            doers = [] if hosted else clause.all("subject")
            for slot in (*doers, *obliques(clause.slots)):
                if slot.head != index and not (hosted and slot.name == "by"):
                    proposition.add(slot)
            proposition.light = child if clause.passive else proposition.light

    def _from_governor(self, proposition: Proposition) -> None:
        """The arguments of the verb or noun that the event noun completes."""
        governor = proposition.governor
        if governor is None:
            return
        if proposition.marker == "for" and self._tree.lemma(governor) == "responsibility":
            governor = self._tree[governor].head  # "claimed responsibility for an attack"
            proposition.link = "oblique"
        clause = self._verbs.get(governor)
        if clause is None:
            self._from_state_of(proposition, governor)
        elif proposition.link == "oblique":
            self._from_oblique(proposition, clause)
        elif self._doer_after(proposition, clause) or self._held_by(proposition, clause):
            return
        elif self._is_light(clause) and not self._is_effect(proposition, clause):
            self._from_light(proposition, clause)
        elif proposition.link == "object" and self._controls(clause):
            for slot in clause.all("subject"):
                proposition.add(Slot("subject", slot.head))
        else:
            self._from_effect(proposition, clause)

    def _from_state_of(self, proposition: Proposition, word: int) -> None:
        """As in "a town under attack", "responsible for the attack"."""
        if proposition.marker == "for" and self._tree.lemma(word) == "responsible":
            self._from_guilt(proposition, word)
        elif proposition.marker in _BEARING and not self._is_occasion(proposition):
            proposition.add(Slot("bearer", resolve(self._tree, word, self._lexicon).head))

    def _is_occasion(self, proposition: Proposition) -> bool:
        """As in "the driver in the attack", "a man in the raids": in it, but not its victim."""
        tree, noun = self._tree, proposition.head
        told = tree[noun].xpos == "NNS" or bool(tree.children(noun, "det"))
        return proposition.marker != "under" and (told or self._is_described(proposition))

    def _is_described(self, proposition: Proposition) -> bool:
        """As in "complicit in an attack", which tells of no state of anybody."""
        tree = self._tree
        prep = tree.head(self._through_measures(tree.first_conjunct(proposition.head)))
        return prep is not None and tree[tree[prep].head].upos == "ADJ"

    def _from_guilt(self, proposition: Proposition, adjective: int) -> None:
        """As in "X was responsible for the attack", which is as real as the clause says."""
        clause = self._verbs.get(self._tree[adjective].head)
        if clause is None or self._tree[adjective].deprel not in ("acomp", "oprd"):
            return
        proposition.light = clause.head
        for slot in surface_subject(clause):
            proposition.add(Slot("subject", slot.head))

    def _from_oblique(self, proposition: Proposition, clause: Proposition) -> None:
        if is_accusing(clause, proposition.marker, self._lexicon):
            named = [self._tree[i].form.lower() for i in self._tree.children(proposition.head)]
            known = "the" in named or bool(self._tree.children(proposition.head, "poss"))
            if not known:  # who is accused of "the attack" may not have done what was done
                for slot in clause.all("object"):
                    proposition.add(Slot("subject", slot.head))
        elif self._is_joined(proposition, clause):
            for slot in (*surface_subject(clause), *clause.all("with")):
                proposition.add(Slot("subject", slot.head))
        elif self._is_owned(proposition, clause):
            for slot in clause.all("subject"):
                proposition.add(Slot("subject", slot.head))
        else:
            self._from_state(proposition, clause)

    def _is_joined(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "agreed to a truce"; who agreed to a demand or an offer did not make it."""
        told = self._lexicon.nouns.get(proposition.lemmas[-1], ())
        said = any(is_a(trigger.type, "CommunicationEvent") for trigger in told)
        agreeing = self._lexicon.slots.agreeing.get(clause.lemmas[-1], ())
        return proposition.marker in agreeing and not said

    def _is_owned(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "X claimed responsibility for the attack": by X's own word it was X."""
        named = [slot.head in self._names for slot in clause.all("subject")]
        mine = proposition.marker == "for" and "claim responsibility" in clause.lemmas
        return mine and bool(named) and all(named)

    def _doer_after(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "blamed the attack on X": X did it, wherever the parser hung the preposition."""
        marker = self._lexicon.slots.doers_after.get(clause.lemmas[-1])
        if marker is None or proposition.link != "object":
            return False
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
            prep = self._tree[self._through_measures(proposition.head)].head
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
        elif proposition.marker in ("in", "with") and clause.lemmas[0] in slots.taking_part:
            self._from_part(proposition, clause)

    def _from_part(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "X took part in exercises with Y"."""
        if proposition.slot("between"):
            return  # the parties are told; who takes part may be one of either
        proposition.light = clause.head
        for slot in surface_subject(clause):
            proposition.add(Slot("subject", slot.head))

    def _from_light(self, proposition: Proposition, clause: Proposition) -> None:
        """As in "launched an attack in X", "talks were held in Y"."""
        proposition.light = clause.head
        described = clause.lemmas[-1] == "be"  # "it was the first attack": the subject is the event
        over = self._through_measures(self._tree.first_conjunct(proposition.head))
        if described and self._tree.lemma(over) in self._lexicon.slots.sufferers:
            for slot in surface_subject(clause):
                proposition.add(Slot("undergoer", slot.head, slot.spatial, slot.part))
        if (proposition.link == "object" and not described) or clause.passive:
            undergone = clause.lemmas[-1] in self._lexicon.slots.undergone
            name = "undergoer" if undergone else "subject"
            for slot in clause.all("subject"):
                proposition.add(Slot(name, slot.head, slot.spatial, slot.part))
        aimed = proposition.slot("on") is not None  # "an attack on rebels on the island of X"
        for slot in obliques(clause.slots):
            if slot.head != proposition.head and not (aimed and slot.name == "on"):
                proposition.add(slot)

    def _controls(self, clause: Proposition) -> bool:
        operators = (self._lexicon.nominal_verbs.get(lemma) for lemma in clause.lemmas)
        return not clause.passive and any(op is not None and op.controls for op in operators)

    def _held_by(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "ban a rally by X": X holds it, though the parser gives X to the verb."""
        operators = (self._lexicon.nominal_verbs.get(lemma) for lemma in clause.lemmas)
        stopped = any(op is not None and op.effect == "negate" for op in operators)
        if proposition.link != "object" or clause.passive or not stopped:
            return False
        for slot in clause.all("by"):
            proposition.add(slot)
        return True

    def _is_effect(self, proposition: Proposition, clause: Proposition) -> bool:
        """As in "tornadoes strike a town", where "strike a deal" is light."""
        hits = clause.lemmas[-1] in self._lexicon.slots.effects
        return hits and proposition.link == "subject" and clause.slot("object") is not None

    def _from_effect(self, proposition: Proposition, clause: Proposition) -> None:
        """Where an event acts or is reported is where it was: "the blast killed ten in Herat"."""
        told = any(lemma in self._lexicon.report_verbs for lemma in clause.lemmas)
        if proposition.link != "subject" or (clause.passive and not told):
            return
        places = self._lexicon.slots.places
        for slot in clause.slots:
            place = places.get(slot.name)
            if place is not None and place.role == "location":
                proposition.add(slot)
            elif slot.name == "object" and clause.lemmas[-1] in self._lexicon.slots.effects:
                proposition.add(Slot("on", slot.head))

    def _is_light(self, clause: Proposition) -> bool:
        """As "launch", "declare"; not where it says something of the event ("declared it over")."""
        if set(clause.lemmas) & self._lexicon.report_verbs.keys():
            below = self._tree.children(clause.head, "xcomp")  # "announced orders to expand X"
            told = any(clause.passive or self._tree.lemma(i) == "be" for i in below)
            if told or self._tree.children(clause.head, "ccomp", "oprd", "prt"):
                return False
        operators = (self._lexicon.nominal_verbs.get(lemma) for lemma in clause.lemmas)
        return any(op is not None and op.effect == "pass" for op in operators)
