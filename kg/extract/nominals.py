"""Event nouns as propositions: "its offensive into X", "clashes with Y"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from kg.extract.adjectives import adjective_proposition
from kg.extract.carriers import CarrierReader
from kg.extract.charges import is_accusing
from kg.extract.event_nouns import exemplifies
from kg.extract.measured import through_measures
from kg.extract.obliques import inside_clause, oblique_slots, preposition
from kg.extract.proposition import Proposition, Slot, obliques
from kg.extract.tree import Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_WITHIN = ("compound", "npadvmod", "amod")
_STANCES = ("anti", "pro")
_LISTED = ("cc", "conj", "compound", "nmod", "punct")
"""How a noun hangs on another that it is only a part of the name of: "shelling range"."""


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
        self._governors = CarrierReader(tree, lexicon, verbs, names)

    def read(self) -> dict[int, Proposition]:
        found: dict[int, Proposition] = {}
        for index in self._tree.indices():
            if index in self._names or index in self._verbs:
                continue
            token = self._tree[index]
            apart = token.deprel not in _WITHIN or self._is_of_plan(index)
            noun = token.upos in ("NOUN", "PROPN") and apart
            lemmas = tuple(self._noun_lemmas(index)) if noun else ()
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
        """As in "an arrest warrant", "the withdrawal deadline": only meant by the noun after it.

        So too both of "fraud and theft charges".
        """
        tree, head = self._tree, self._tree[index].head
        operator = self._lexicon.nominal_nouns.get(tree.lemma(head))
        if operator is None or operator.effect == "pass" or tree[index].upos != "NOUN":
            return False
        beside = (tree[i].deprel in _LISTED for i in range(index + 1, head))
        within = tree[index].deprel in ("compound", "nmod") and index < head
        return within and all(beside)

    def _lent_slots(self, noun: int, event: int) -> Iterator[Slot]:
        """Not those of "French victims of the attack": who they are, and not who attacked."""
        hurt = noun != event and self._tree.lemma(noun) in self._lexicon.slots.sufferers
        for slot in self._own_slots(noun):
            if not hurt or slot.name not in ("possessor", "compound"):
                yield slot

    def _is_in_idiom(self, index: int, lemma: str) -> bool:
        """As in "in order to leave", "imposing order": nobody is told to do anything."""
        tree, idioms = self._tree, self._lexicon.slots.idioms
        if f"{tree[index - 1].form.lower()} {lemma}" in idioms:
            return True
        bare = tree[index].deprel == "dobj" and not tree.children(index, "det", "poss")
        return bare and f"{tree.lemma(tree[index].head)} {lemma}" in idioms

    def _noun_lemmas(self, index: int) -> Iterator[str]:
        """Listed triggers ending in this noun, the longest first ("cruise missile strike").

        A plural may be listed for itself where the singular means more ("talks", "deaths").
        """
        tree, lexicon = self._tree, self._lexicon
        lemma = tree.lemma(index)
        if self._is_in_idiom(index, lemma):
            return
        farthest = max(index - 3, tree.sentence.first) if lemma in lexicon.noun_ends else index
        for first in range(farthest, index):
            joined = tree[tree.first_conjunct(first)].head == index  # "missile and drone strikes"
            if joined or tree[first].head == index or tree.head(first) in range(first, index):
                phrase = self._phrase(first, index)
                if phrase in lexicon.slots.idioms:
                    return  # "a penalty shoot-out"
                if phrase in lexicon.nouns:
                    yield phrase
        for prep in tree.children(index, "prep"):  # "cases of cholera", where other cases are none
            wholes = tree.children(prep, "pobj") if tree[prep].form.lower() == "of" else ()
            phrases = (f"{lemma} of {tree.lemma(each).lower()}" for each in wholes)
            yield from (phrase for phrase in phrases if phrase in lexicon.nouns)
        asking = f"{lemma} to" in lexicon.nouns
        if asking and any(
            tree[i].form.lower() == "to"
            for clause in tree.children(index, "acl", "relcl")
            for i in tree.children(clause, "aux")
        ):
            yield f"{lemma} to"  # "a warning to leave" asks, where other warnings tell
        for word in dict.fromkeys((tree[index].form.lower(), lemma)):
            if word in lexicon.nouns:
                yield word

    def _phrase(self, first: int, last: int) -> str:
        """The words as they stand, but for the last as its lemma: "penalty shoot-out"."""
        tree = self._tree
        words = [tree[first].form.lower()]
        for before, after in zip(range(first, last), range(first + 1, last + 1), strict=True):
            gap = "" if tree[before].end == tree[after].start else " "
            words.append(gap + (tree.lemma(last) if after == last else tree[after].form.lower()))
        return "".join(words)

    # ------------------------------------------------------------- nouns

    def _noun(self, index: int, lemmas: tuple[str, ...]) -> Proposition:
        tree = self._tree
        proposition = Proposition(index, "noun", lemmas)
        top = through_measures(tree, self._lexicon, tree.first_conjunct(index))
        self._place(proposition, top)
        for slot in self._own_slots(index):
            proposition.add(slot)
        self._add_first_party(proposition)
        for slot in self._opponents([*proposition.all("by"), *proposition.all("from")]):
            proposition.add(slot)
        first = tree.first_conjunct(index)
        apart = index != first and (tree.children(index, "det") or self._is_suffered(first))
        for each in self._carriers(index, top):
            for slot in self._lent_slots(each, index):
                if apart and each == first and slot.name in ("possessor", "compound"):
                    continue  # "the mayor's arrest and an attack on a church"
                if each == top and slot.name == "of" and slot.head in tree.conjuncts(first):
                    continue  # "a wave of air strikes and missiles" is on no missiles
                if each != first or self._is_of_both(slot) or slot.head > index:
                    proposition.add(slot)
        self._from_clauses(proposition, index)
        if top not in (index, first):
            self._from_clauses(proposition, top)  # "a pair of blasts targeting X"
        if not self._from_gerund(proposition):
            self._governors.complete(proposition)
        return proposition

    def _is_suffered(self, noun: int) -> bool:
        """As "the mayor's arrest": whose it is has not done it."""
        lemma = self._tree.lemma(noun)
        triggers = self._lexicon.nouns.get(lemma, ())
        harmed = any(is_a(each.type, "HarmEvent") for each in triggers)
        return harmed or lemma in self._lexicon.slots.verdicts

    def _is_of_both(self, slot: Slot) -> bool:
        """As in "Iran's raids and shelling"; in "drone strikes and shelling" no drones shell."""
        kind = self._lexicon.noun_classes.get(self._tree.lemma(slot.head), "Entity")
        return slot.name == "possessor" or (slot.name == "compound" and not is_a(kind, "Materiel"))

    def _from_gerund(self, proposition: Proposition) -> bool:
        """As in "claimed responsibility for bombing X and an attack on Y": done by the same.

        Who "was investigating a theft, and the murder of X" has murdered nobody.
        """
        tree, index = self._tree, proposition.head
        deed = self._verbs.get(tree[index].head)
        if deed is None or tree[index].deprel != "conj" or tree[deed.head].xpos != "VBG":
            return False
        if tree.children(deed.head, "aux"):
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
        """As in "arrest warrants for X over the raid": who is to be arrested, and what for."""
        proposition.governor, proposition.link, proposition.marker = noun, "of-noun", "of"
        clause = self._verbs.get(self._tree[noun].head)
        carried = clause.slots if clause is not None and self._governors.is_light(clause) else ()
        charged = self._tree.lemma(noun) in self._lexicon.slots.counts
        for slot in (*oblique_slots(self._tree, noun, self._lexicon), *carried):
            if slot.name == "against" and charged:
                proposition.add(Slot("subject", slot.head))  # "murder charges against X"
            elif slot.name in ("for", "against"):
                proposition.add(Slot("of", slot.head, slot.spatial, slot.part))
            elif slot.name == "over":
                proposition.add(slot)

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
        governor = self._counted(governor)
        proposition.governor = governor
        of_noun = governor is not None and tree.is_noun(governor)
        proposition.link = "of-noun" if of_noun else "oblique"

    def _add_first_party(self, proposition: Proposition) -> None:
        """As in "raids a camp in cooperation with X": who raids it works with X."""
        tree, governor = self._tree, proposition.governor
        joint = tree.lemma(proposition.head) in self._lexicon.slots.jointly
        if governor is None or proposition.marker != "in" or not joint:
            return
        own = [proposition.slot(name) for name in ("subject", "possessor", "between", "by")]
        verb = self._verbs.get(tree[governor].head if tree[governor].deprel == "dobj" else governor)
        if verb is not None and proposition.slot("with") and not any(own):
            proposition.governor, proposition.link = (
                verb.head,
                "oblique",
            )  # "plans to raid it in ..."
            for slot in verb.all("subject"):
                proposition.add(slot)

    def _counted(self, governor: int | None) -> int | None:
        """As in "charged with ten counts, including six of fraud": six counts."""
        tree = self._tree
        if governor is None or tree[governor].upos != "NUM":
            return governor
        first = tree.first_conjunct(governor)
        prep = tree[first].head
        whole = tree[prep].head
        inside = tree[first].deprel == "pobj" and exemplifies(prep, tree)
        return whole if inside and tree.lemma(whole) in self._lexicon.slots.counts else governor

    def _is_passed(self, word: int) -> bool:
        """As "due" in "was due to an attack"; who is responsible for one is its doer."""
        deprel, verb = self._tree[word].deprel, self._tree[word].head
        if deprel == "conj" and self._tree[verb].upos == "ADJ":
            verb = self._tree[verb].head  # "guilty of one and not guilty of the other"
        found = f"{self._tree.lemma(verb)} {self._tree.lemma(word)}"
        if deprel in ("oprd", "ccomp", "conj") and found in self._lexicon.slots.accusing:
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
                if tree.lemma(index) in self._lexicon.slots.counts:
                    yield from (Slot("compound", each) for each in tree.conjuncts(child)[1:])
                owners = tree.children(child, "amod", "compound", "nmod")  # "an RSF drone attack"
                yield from (Slot("compound", each) for each in owners if self._is_owner(each))
            stance = self._stance(child)
            if stance is not None:
                yield Slot(stance, child)
        yield from oblique_slots(tree, index, self._lexicon)
        yield from inside_clause(tree, index, self._lexicon)

    def _stance(self, child: int) -> str | None:
        """As in "anti-government protests", "a pro-EU rally": what they are against or for."""
        tree, first = self._tree, child - 2
        if tree[child - 1].form != "-" or first < tree.sentence.first:
            return None
        prefix = tree[first].form.lower()
        return prefix if prefix in _STANCES and tree[first].end == tree[child - 1].start else None

    def _is_kind(self, child: int) -> bool:
        """A common noun before the event; taggers take "dynamite attack" for an adjective."""
        tree, deed = self._tree, self._tree[child].head
        if tree.lemma(deed) in self._lexicon.slots.counts and tree[child].upos == "NOUN":
            return True  # "drug charges", "misconduct allegations"
        if tree[child - 1].form == "-" and tree[child - 2].upos == "ADP":
            return False  # "in-person talks"
        kind = self._lexicon.noun_classes.get(tree.lemma(child))
        if kind is None or tree[child].upos == "NOUN" or is_a(kind, "Materiel"):
            return kind is not None
        whole = f"{tree.lemma(child)} {tree.lemma(deed)}" in self._lexicon.nouns
        return is_a(kind, "ArmedGroup") and not whole  # "a militant attack"

    def _is_owner(self, child: int) -> bool:
        """A name or demonym before the event; not that of whom it is for ("pro-Serbian rally")."""
        tree = self._tree
        if child not in self._names or not tree[child].form[0].isupper():
            return False
        prefix = tree[child - 2].form.lower() if tree[child - 1].form == "-" else ""
        return prefix not in _STANCES

    def _from_clauses(self, proposition: Proposition, index: int) -> None:
        """As in "an attack carried out by X", "talks held in Y": participles on the noun itself."""
        tree = self._tree
        for child in tree.children(index, "acl", "relcl"):
            clause = self._verbs.get(child)
            if clause is not None and "target" in clause.lemmas and not clause.passive:
                for slot in clause.slots:  # "a raid targeting X in Y"
                    if slot.name == "object":
                        proposition.add(Slot("against", slot.head))
                    elif slot.name != "subject":
                        proposition.add(slot)
            linked = clause is not None and clause.link not in ("complement", "infinitive")
            about = (
                i for prep in tree.children(child, "prep") for i in tree.children(prep, "pobj")
            )
            linked = linked and not any(tree[i].xpos == "WDT" for i in about)  # "for which they"
            if clause is None or not linked or not self._is_done(clause):
                continue
            hosted = clause.lemmas[-1] in self._lexicon.slots.hosting
            later = clause.lemmas[-1] in self._lexicon.slots.succeeding  # "followed by a fire"
            nobody = hosted or later or self._governors.is_of_nobody(clause)
            doers = [] if nobody else clause.all("subject")
            against = self._opponents(doers) if clause.passive else ()
            for slot in (*doers, *obliques(clause.slots), *against):
                if slot.head != index and not (hosted and slot.name == "by"):
                    proposition.add(slot)
            proposition.light = child if clause.passive else proposition.light

    def _is_done(self, clause: Proposition) -> bool:
        """As in "an attack carried out by X", "a lawsuit brought by X"."""
        brought = clause.passive and clause.lemmas[-1] in self._lexicon.slots.brought
        return brought or self._governors.is_light(clause)

    def _opponents(self, doers: Sequence[Slot]) -> Iterator[Slot]:
        """As in "an attack by X against Y", where the parser hangs Y on X."""
        for doer in doers:
            slots = oblique_slots(self._tree, doer.head, self._lexicon)
            yield from (slot for slot in slots if slot.name == "against")
