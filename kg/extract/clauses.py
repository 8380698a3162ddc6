"""From a dependency tree to propositions: the one place where syntax is undone.

Verbs are read from the root downwards, so that a clause without a subject of its own can take the
one that its governor already has (coordination, control, raising, participles).
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.attachments import (
    aims_of,
    counted_among,
    is_where,
    losers,
    means_of,
    places_of,
    raised_places,
    reasons_of,
    receivers,
    share_last,
    stray_doers,
)
from kg.extract.linkage import Linker
from kg.extract.meant_nouns import noun_slots
from kg.extract.members import is_told_of, member_clause, named_members
from kg.extract.obliques import oblique_slots
from kg.extract.proposition import Proposition, Slot, surface_subject
from kg.extract.tree import Tree
from kg.extract.understood import Understood
from kg.extract.whose_places import add_places_of_parties
from kg.lexicon import Lexicon

_SUBJECTS = ("nsubj", "nsubjpass")
_JOINING = frozenset((",", "-", "\u2013", "\u2014"))
_ANEW = frozenset(("(", ":"))
_PARTICLES = ("prt", "advmod", "prep", "acomp", "oprd", "dobj", "dative")
_TOLD = ("tell", "inform", "assure", "remind", "notify")
_BELOW = ("prep", "pobj", "acomp", "amod")


class VerbReader:
    """Propositions of the verbs of one sentence, by token."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._found: dict[int, Proposition] = {}
        self._linker = Linker(tree, lexicon, self._found)
        self._understood = Understood(tree, lexicon, self._found)

    def read(self) -> dict[int, Proposition]:
        tree = self._tree
        verbs = [i for i in tree.indices() if tree.is_verb(i) and tree[i].deprel != "amod"]
        depth = {i: sum(1 for _ in tree.ancestors(i)) for i in verbs}
        for index in sorted(verbs, key=lambda i: (depth[i], i)):
            self._found[index] = self._proposition(index)
        share_last(tree, self._found, self._lexicon)
        self._drop_disposed()
        self._turn_parataxis()
        self._lift_speech()
        raised_places(self._found, self._lexicon)
        add_places_of_parties(self._tree, self._found, self._lexicon)
        return self._found

    # ------------------------------------------------------------- slots

    def _proposition(self, index: int) -> Proposition:
        told_of = is_told_of(self._tree, index)
        passive = told_of or self._is_passive(index)
        proposition = Proposition(index, "verb", tuple(self._lemmas(index)), passive=passive)
        self._linker.place(proposition)
        clause = member_clause(self._tree, index, self._lexicon) if told_of else None
        if clause is not None:
            proposition.governor, proposition.link = clause, "conjunct"
        for slot in self._own_slots(index, passive):
            proposition.add(slot)
        self._understood.complete(proposition)
        return proposition

    def _lemmas(self, index: int) -> Iterator[str]:
        """The verb with its particle or object noun where such a trigger is listed, then alone."""
        tree, lemma = self._tree, self._tree.lemma(index)
        yield from (" ".join((lemma, *phrase)) for phrase in self._phrases(index))
        named = tree.child(index, "oprd")  # "a campaign called X on the site" calls on nobody
        small = [i for i in tree.children(index, "ccomp") if tree[i].upos == "ADJ"]
        lexicon = self._lexicon
        tables = (lexicon.verbs, lexicon.nominal_verbs, lexicon.slots.idioms)
        for child in (*tree.children(index, *_PARTICLES), *small):  # "found him guilty"
            if named is not None and named < child and tree[child].deprel == "prep":
                continue
            if lemma == "call" and tree.children(index, "dobj") and tree.lemma(child) == "on":
                continue  # "called the effect on children the worst"
            if child + 1 < tree.sentence.last and tree[child + 1].form == "-":
                continue  # "back-to-back"
            negated = (f"not {word}" for word in self._words(child) if tree.children(child, "neg"))
            for word in (*negated, *self._words(child)):  # "found not guilty"
                both = f"{lemma} {word}"
                if any(both in table for table in tables):
                    yield both
                    break
        said = named is not None and bool(tree.children(index, "dobj"))
        if said and f"{lemma} as" in lexicon.verbs:
            yield f"{lemma} as"  # "calls it a success"
        if f"{lemma} to" in lexicon.verbs and self._has_infinitive(index):
            yield f"{lemma} to"
        yield lemma

    def _phrases(self, index: int) -> Iterator[tuple[str, ...]]:
        """As in "took X into custody", "laid siege to X": all words stand below the verb."""
        tree = self._tree
        phrases = self._lexicon.verb_phrases.get(tree.lemma(index), ())
        if not phrases:
            return
        near = tree.children(index, *_PARTICLES)
        below = [i for each in near for i in tree.children(each, *_BELOW)]
        bare = [i for each in below for i in tree.children(each, "pobj") if not tree.children(i)]
        near = [*near, *below, *bare]  # "set X on fire", with "on" hung on X
        words = {word for i in near for word in self._words(i)}
        yield from (phrase for phrase in phrases if words.issuperset(phrase))

    def _words(self, index: int) -> tuple[str, ...]:
        """Form and lemma; not of a preposition: "signed up, according to X" tells of no accord."""
        form = self._tree[index].form.lower()
        return (form,) if self._tree[index].deprel == "prep" else (form, self._tree.lemma(index))

    def _has_infinitive(self, index: int) -> bool:
        """As in "warned them to leave", which asks, where "warned them that ..." tells."""
        tree = self._tree
        below = tree.children(index, "xcomp", "ccomp", "advcl")
        return any(
            tree[i].form.lower() == "to" for each in below for i in tree.children(each, "aux")
        )

    def _is_passive(self, index: int) -> bool:
        tree, token = self._tree, self._tree[index]
        if tree.child(index, "nsubjpass", "auxpass") is not None:
            return True
        if token.deprel == "acl" and tree.child(index, "agent") is not None:
            return True
        if self._is_absolute(index):
            return True
        if token.deprel == "conj" and self._joins_passive(index):
            return True
        lost = tree[token.head].form.lower() in self._lexicon.slots.states_in_ing
        lost = lost or tree[token.head].deprel == "acomp"
        raised = token.xpos == "VBD" and tree.lemma(index) in self._lexicon.reporting.raised
        if lost and token.deprel == "conj" and (token.xpos == "VBN" or raised):
            return True  # "are missing and presumed dead"
        states = tree.children(index, "oprd") if token.deprel == "conj" else []
        if token.xpos == "VBN" and states == [index + 1] and tree[index - 1].form == ",":
            return True  # "are missing, presumed dead"
        if token.xpos != "VBN" or tree.child(index, "nsubj") is not None:
            return False
        return (
            token.deprel in ("acl", "advcl", "relcl", "xcomp") and tree.child(index, "aux") is None
        )

    def _is_absolute(self, index: int) -> bool:
        """As in "with ten people killed", "leaves two dead and six injured": a subject suffers."""
        tree, token = self._tree, self._tree[index]
        if token.xpos not in ("VBN", "VBD") or tree.children(index, "aux", "dobj", "prt"):
            return False
        marks = [token.head] if token.deprel == "pcomp" else tree.children(index, "mark")
        above = any(tree[mark].form.lower() == "with" for mark in marks)
        left = token.deprel == "ccomp" and tree.lemma(token.head) in self._lexicon.slots.resulting
        return above or left

    def _joins_passive(self, index: int) -> bool:
        """As in "were looted and burned": without subject, auxiliary or object of its own."""
        tree = self._tree
        governor = self._found.get(tree[index].head)
        if governor is None or not governor.passive or tree[index].xpos not in ("VBN", "VBD"):
            return False
        return not tree.children(index, "nsubj", "aux", "auxpass", "dobj")

    def _own_slots(self, index: int, passive: bool) -> Iterator[Slot]:
        tree = self._tree
        subjects = self._subjects(index)
        torn = tree.children(index, "dobj")[1:]  # "hangs X, the leader of Y", with two objects
        for child in tree.children(index):
            deprel = tree[child].deprel
            if child in subjects:
                yield from self._subject(index, child)
            elif deprel == "agent":
                for noun in tree.children(child, "pobj"):
                    yield from self._nouns("subject", noun, index)
            elif deprel in ("dobj", "attr") and self._is_object(child) and child not in torn:
                yield from self._object_slots(index, child)
            elif deprel == "dative" and tree.is_noun(child):
                yield from self._nouns("indirect", child, index)
            elif deprel == "oprd" and tree.is_noun(child):  # "named X head of Y", "as head of Y"
                yield from (Slot("as", child), *self._phrasal(index, child))
        yield from self._further_slots(index, passive)

    def _further_slots(self, index: int, passive: bool) -> Iterator[Slot]:
        """What prepositions add to the clause, wherever they were hung."""
        tree = self._tree
        for slot in oblique_slots(tree, index, self._lexicon):
            if slot.name != "by" or not passive:
                yield slot
        yield from counted_among(tree, self._lexicon, index)
        for small in tree.children(index, "oprd", "acomp", "ccomp"):
            if f"{tree.lemma(index)} {tree.lemma(small)}" in self._lexicon.slots.accusing:
                yield from oblique_slots(tree, small, self._lexicon)  # "found guilty of a murder"
        for child in tree.children(index, *_SUBJECTS):
            place = self._preposition_before(child)
            if place is not None:
                yield Slot(place, child)
        if passive and not tree.children(index, "agent"):
            yield from stray_doers(tree, self._lexicon, index)
        yield from self._named_after(index)

    def _named_after(self, index: int) -> Iterator[Slot]:
        """As in "also killed was X", "the injured were X and Y": who suffers comes last."""
        bare = not self._tree.children(index, *_SUBJECTS)
        for copula in self._tree.children(index, "auxpass") if bare else ():
            for noun in self._tree.children(copula, "attr"):
                yield from self._nouns("object", noun, index)
        if is_told_of(self._tree, index):
            members = named_members(self._tree, index, self._lexicon)
            yield from (Slot("object", each) for each in members)

    def _subjects(self, verb: int) -> list[int]:
        """The event if one is a subject; of two before the verb none, for either may be meant.

        But Y in "X Group (XG) owner Y agrees", where "owner" was not understood, and after a
        heading ("Dhaka fire: Y resigns").
        """
        event = self._event_subject(verb)
        if event is not None:
            return [event]
        subjects = self._tree.children(verb, *_SUBJECTS)
        subjects = [each for each in subjects if self._preposition_before(each) is None]
        if self._is_garbled(verb) or self._is_name_of_place(verb, subjects):
            return []
        before = [each for each in subjects if each < verb]
        parted = [i for i in range(before[0], verb) if self._tree[i].form == ";"] if before else []
        if parted:
            return [each for each in before if each > parted[-1]]
        between = {self._tree[i].form for i in range(before[0], verb)} if before else set()
        if len(before) < 2 or between & _JOINING:
            return subjects  # "X Front - General Command", "the 1st Battalion, 2nd Marines"
        return before[-1:] if between & _ANEW else []

    def _preposition_before(self, noun: int) -> str | None:
        """As in "Near Dabiq, a strike destroyed a bunker", where "Near" was read as a name."""
        first = self._tree.sentence.first
        form = self._tree[first].form.lower()
        named = self._tree[first].head == noun and self._tree[first].deprel in ("compound", "amod")
        return form if named and form in self._lexicon.slots.places else None

    def _is_name_of_place(self, verb: int, subjects: list[int]) -> bool:
        """As in "blasts in the capital Dhaka kill ten": Dhaka is the capital, and kills nobody."""
        tree, noun = self._tree, self._tree[verb].head
        whole = tree[verb].deprel == "relcl" and tree.child(verb, "dobj") is not None
        beside = subjects == [noun + 1] and tree[noun + 1].upos == "PROPN"
        return whole and beside and tree.lemma(noun) in self._lexicon.slots.kinds

    def _subject(self, verb: int, noun: int) -> Iterator[Slot]:
        deprel = self._tree[noun].deprel
        name = self._subject_slot(verb, "nsubj" if deprel == "dep" else deprel)
        yield from self._nouns(name, noun, verb)
        lemmas = tuple(self._lemmas(verb))
        if is_where(self._tree, self._lexicon, lemmas, noun, suffering=deprel == "nsubjpass"):
            yield from places_of(self._tree, self._lexicon, noun)

    def _subject_slot(self, verb: int, deprel: str) -> str:
        """What stands before the verb; of a passive it is the object, or who is given something."""
        if deprel == "nsubj":
            return "object" if self._is_absolute(verb) else "subject"
        nouns = self._tree.children(verb, "dobj")
        given = [noun for noun in nouns if not self._is_in_trigger(verb, noun)]
        return "indirect" if given else "object"

    def _object_slots(self, index: int, child: int) -> Iterator[Slot]:
        """The object, and what belongs to the verb although it hangs on the object."""
        yield from self._nouns("object", child, index)
        yield from self._phrasal(index, child)
        yield from reasons_of(self._tree, self._lexicon, index, child)
        yield from places_of(self._tree, self._lexicon, child)
        yield from losers(self._tree, self._lexicon, index, child)
        yield from means_of(self._tree, self._lexicon, child)
        yield from aims_of(self._tree, self._lexicon, index, child)
        yield from receivers(self._tree, self._lexicon, index, child)

    def _event_subject(self, index: int) -> int | None:
        """As in "bombings in the capital Kabul kill ten", with "Kabul" as a second subject.

        So too "an attack on a village, Kabo killed ten", where nothing holds the attack.
        """
        subjects = self._tree.children(index, *_SUBJECTS)
        if subjects and self._tree[subjects[0]].upos == "PROPN":
            subjects = [*self._tree.children(index, "dep"), *subjects]
        event = len(subjects) > 1 and self._tree.lemma(subjects[0]) in self._lexicon.nouns
        headed = event and ":" in {self._tree[i].form for i in range(subjects[0], subjects[1])}
        return subjects[0] if event and not headed else None

    def _is_garbled(self, index: int) -> bool:
        """A participle as the head of a sentence: a headline that the parser did not understand."""
        token = self._tree[index]
        return (
            token.deprel == "ROOT" and token.xpos == "VBG" and not self._tree.children(index, "aux")
        )

    def _is_object(self, child: int) -> bool:
        """A noun, or a direction taken for one ("territory west of Manbij")."""
        lemma, slots = self._tree.lemma(child), self._lexicon.slots
        bare = self._tree[child].xpos in ("VBN", "JJ")
        if bare and self._tree.children(child, "det", "nummod"):
            return True  # "the wounded", "one Malian"
        return self._tree.is_noun(child) or lemma in self._lexicon.relators or lemma in slots.parts

    def _phrasal(self, index: int, noun: int) -> Iterator[Slot]:
        """Complements of the noun in "take control of X": they belong to the whole."""
        if self._is_in_trigger(index, noun):
            yield from oblique_slots(self._tree, noun, self._lexicon)
            owners = self._tree.children(noun, "poss")
            yield from (Slot("possessor", i) for i in owners if self._tree[i].upos != "PRON")
            if self._tree.lemma(noun) in self._lexicon.slots.counts:  # "filed fraud charges"
                for kind in self._tree.children(noun, "compound", "nmod"):
                    yield from (Slot("compound", i) for i in self._tree.conjuncts(kind))

    def _is_in_trigger(self, verb: int, noun: int) -> bool:
        """Whether verb and object noun are one trigger ("hold hostage", "gain ground")."""
        lemma, word = self._tree.lemma(verb), self._tree.lemma(noun)
        longer = any(word in phrase for phrase in self._phrases(verb))  # "take legal action"
        return longer or f"{lemma} {word}" in self._lexicon.verbs

    def _nouns(self, name: str, child: int, verb: int) -> Iterator[Slot]:
        yield from noun_slots(self._tree, name, child, verb, self._lexicon)

    def _drop_disposed(self) -> None:
        """As in "ordered the party to be dissolved": it is not the party that is told to act."""
        for below in self._found.values():
            above = self._found.get(below.governor) if below.governor is not None else None
            if above is None or below.link != "infinitive" or not below.passive:
                continue
            if above.lemmas[-1] in self._lexicon.slots.disposing and not above.passive:
                changed = {slot.head for slot in below.all("object")}
                kept = [s for s in above.slots if s.name != "object" or s.head not in changed]
                above.slots = kept

    def _lift_speech(self) -> None:
        """As in "says X, adding that Y": the parser hangs "adding" on X; the speaker says it."""
        for proposition in self._found.values():
            above = self._found.get(proposition.governor) if proposition.governor else None
            if above is None or proposition.link != "adverbial" or proposition.marker is not None:
                continue
            speech = self._found.get(above.governor) if above.governor is not None else None
            lemmas = set(proposition.lemmas) & self._lexicon.report_verbs.keys()
            if speech is None or above.link != "complement" or not lemmas:
                continue
            if proposition.head < speech.head or self._tree[proposition.head - 1].form != ",":
                continue  # "X marched calling for Y, witnesses said", "said X marched calling ..."
            if set(speech.lemmas) & self._lexicon.report_verbs.keys():
                own = [slot for slot in proposition.slots if slot.name != "subject"]
                said = [Slot("subject", s.head) for s in surface_subject(speech)]
                proposition.slots = own + said
                proposition.governor = speech.head
                self._lift_joined(proposition, said)

    def _lift_joined(self, lifted: Proposition, speakers: list[Slot]) -> None:
        """As in "..., saying that Y and accusing Z": the same who says accuses."""
        for below in self._found.values():
            joined = below.link == "conjunct" and below.governor == lifted.head
            if joined and not below.passive and not self._tree.children(below.head, "nsubj"):
                own = [slot for slot in below.slots if slot.name != "subject"]
                below.slots = own + speakers

    def _turn_parataxis(self) -> None:
        """As in "..., he said, ...": the inserted verb of saying governs the clause around it."""
        for index in list(self._found):
            for inserted in self._tree.children(index, "parataxis", "conj", "ccomp"):
                above = self._found.get(inserted)
                if above is None or not set(above.lemmas) & self._lexicon.report_verbs.keys():
                    continue
                if self._tree[inserted].deprel != "parataxis" and not self._is_added(inserted):
                    continue
                proposition = self._found[index]
                above.governor, above.link = proposition.governor, proposition.link
                proposition.governor, proposition.link = inserted, "complement"

    def _is_added(self, verb: int) -> bool:
        """As in "..., satellite images show": a subject and a verb of saying after a comma.

        It closes the sentence and has no content of its own, so its content stands before it.
        """
        tree = self._tree
        subject = tree.child(verb, "nsubj")
        inside = tree.subtree(verb)
        closing = {tree[i].deprel for i in tree.children(verb) if i > verb}
        own = closing & {"ccomp", "xcomp", "advcl", "conj", "attr", "acomp", "oprd"}
        objects = [i for i in tree.children(verb, "dobj") if tree.lemma(verb) not in _TOLD]
        if subject is None or own or objects or tree.children(verb, "mark", "neg"):
            return False
        before = min(inside) - 1
        after = [i for i in range(max(inside) + 1, tree.sentence.last) if tree[i].upos != "PUNCT"]
        return before > tree[verb].head and tree[before].form == "," and not after
