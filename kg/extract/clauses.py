"""From a dependency tree to propositions: the one place where syntax is undone.

Verbs are read from the root downwards, so that a clause without a subject of its own can take the
one that its governor already has (coordination, control, raising, participles).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.obliques import nested_places, oblique_slots, preposition, resolve
from kg.extract.proposition import Link, Proposition, Slot
from kg.extract.tree import RELATIVIZERS, Tree
from kg.lexicon import Lexicon

_PARTICLES = ("prt", "advmod", "prep", "acomp", "oprd", "dobj", "dative")


_TAKING = ("deny", "reject", "dismiss", "refute", "dispute", "make", "confirm", "capture", "take")


class VerbReader:
    """Propositions of the verbs of one sentence, by token."""

    def __init__(self, tree: Tree, lexicon: Lexicon) -> None:
        self._tree = tree
        self._lexicon = lexicon
        self._found: dict[int, Proposition] = {}

    def read(self) -> dict[int, Proposition]:
        tree = self._tree
        verbs = [i for i in tree.indices() if tree.is_verb(i) and tree[i].deprel != "amod"]
        depth = {i: sum(1 for _ in tree.ancestors(i)) for i in verbs}
        for index in sorted(verbs, key=lambda i: (depth[i], i)):
            self._found[index] = self._proposition(index)
        self._share_objects()
        self._turn_parataxis()
        self._lift_speech()
        return self._found

    # ------------------------------------------------------------- slots

    def _proposition(self, index: int) -> Proposition:
        passive = self._is_passive(index)
        proposition = Proposition(index, "verb", tuple(self._lemmas(index)), passive=passive)
        self._place(proposition)
        for slot in self._own_slots(index, passive):
            proposition.add(slot)
        self._inherit(proposition)
        return proposition

    def _lemmas(self, index: int) -> Iterator[str]:
        """The verb with its particle or object noun where such a trigger is listed, then alone."""
        tree, lemma = self._tree, self._tree.lemma(index)
        for child in tree.children(index, *_PARTICLES):
            for word in (tree[child].form.lower(), tree.lemma(child)):
                if f"{lemma} {word}" in self._lexicon.verbs or (
                    f"{lemma} {word}" in self._lexicon.nominal_verbs
                ):
                    yield f"{lemma} {word}"
                    break
        yield lemma

    def _is_passive(self, index: int) -> bool:
        tree, token = self._tree, self._tree[index]
        if tree.child(index, "nsubjpass", "auxpass") is not None:
            return True
        if token.deprel == "acl" and tree.child(index, "agent") is not None:
            return True
        if token.xpos != "VBN" or tree.child(index, "nsubj") is not None:
            return False
        if token.deprel == "conj" and tree.child(index, "aux") is None:
            governor = self._found.get(token.head)
            return governor is not None and governor.passive
        return token.deprel in ("acl", "advcl", "relcl") and tree.child(index, "aux") is None

    def _own_slots(self, index: int, passive: bool) -> Iterator[Slot]:
        tree = self._tree
        for child in tree.children(index):
            deprel = tree[child].deprel
            if deprel in ("nsubj", "nsubjpass") and not self._is_garbled(index):
                yield from self._nouns(self._subject_slot(index, deprel), child, index)
            elif deprel == "agent":
                for noun in tree.children(child, "pobj"):
                    yield from self._nouns("subject", noun, index)
            elif deprel in ("dobj", "attr") and self._is_object(child):
                yield from self._object_slots(index, child)
            elif deprel == "dative" and tree.is_noun(child):
                yield from self._nouns("indirect", child, index)
        for slot in oblique_slots(tree, index, self._lexicon):
            if slot.name != "by" or not passive:
                yield slot

    def _subject_slot(self, index: int, deprel: str) -> str:
        """What stands before the verb; of a passive it is the object, or who is given something."""
        if deprel == "nsubj":
            return "subject"
        return "object" if self._tree.child(index, "dobj") is None else "indirect"

    def _object_slots(self, index: int, child: int) -> Iterator[Slot]:
        """The object, and what belongs to the verb although it hangs on the object."""
        yield from self._nouns("object", child, index)
        yield from nested_places(self._tree, child, self._lexicon)
        yield from self._phrasal(index, child)
        yield from self._taken_from(child)
        yield from self._means(child)
        yield from self._receivers(index, child)

    def _is_garbled(self, index: int) -> bool:
        """A participle as the head of a sentence: a headline that the parser did not understand."""
        token = self._tree[index]
        return (
            token.deprel == "ROOT" and token.xpos == "VBG" and not self._tree.children(index, "aux")
        )

    def _is_object(self, child: int) -> bool:
        """A noun, or a direction taken for one ("territory west of Manbij")."""
        lemma, slots = self._tree.lemma(child), self._lexicon.slots
        return self._tree.is_noun(child) or lemma in self._lexicon.relators or lemma in slots.parts

    def _phrasal(self, index: int, noun: int) -> Iterator[Slot]:
        """Complements of the noun in "take control of X": they belong to the whole."""
        if f"{self._tree.lemma(index)} {self._tree.lemma(noun)}" in self._lexicon.verbs:
            yield from oblique_slots(self._tree, noun, self._lexicon)
            owners = self._tree.children(noun, "poss")
            yield from (Slot("possessor", i) for i in owners if self._tree[i].upos != "PRON")

    def _means(self, noun: int) -> Iterator[Slot]:
        """As in "attack Odesa with drones": the means was hung on the object."""
        slots = oblique_slots(self._tree, noun, self._lexicon)
        yield from (slot for slot in slots if slot.name in ("with", "using"))

    def _receivers(self, verb: int, noun: int) -> Iterator[Slot]:
        """As in "ceded half of X to Y": a verb of giving takes the "to" from its object."""
        triggers = self._lexicon.verbs.get(self._tree.lemma(verb), ())
        if not any("to" in trigger.frame.roles for trigger in triggers):
            return
        for prep in self._tree.subtree(noun):
            direct = not any(self._tree.is_verb(i) and i > noun for i in self._tree.ancestors(prep))
            to = self._tree[prep].form.lower() == "to" and self._tree[prep].deprel == "prep"
            if to and direct:
                for head in self._tree.children(prep, "pobj"):
                    yield from (Slot("to", each) for each in self._tree.conjuncts(head))

    def _taken_from(self, noun: int) -> Iterator[Slot]:
        """As in "territory from X's troops": the loser hangs on the ground, not on the verb."""
        if self._tree.lemma(noun) in self._lexicon.slots.territory:
            slots = oblique_slots(self._tree, noun, self._lexicon)
            yield from (slot for slot in slots if slot.name == "from")

    def _nouns(self, name: str, child: int, verb: int) -> Iterator[Slot]:
        """One slot for each coordinated filler; a relative pronoun gives its antecedent."""
        tree = self._tree
        if tree[child].form.lower() in RELATIVIZERS and tree[child].xpos in ("WP", "WDT", "IN"):
            antecedent = self._antecedent(verb)
            if antecedent is None:
                return
            child = antecedent
        for head in tree.conjuncts(child):
            filling = resolve(tree, head, self._lexicon)
            heads = [filling.head]
            if filling.head != head:
                heads = tree.conjuncts(filling.head)
            for each in heads:
                yield Slot(name, each, filling.spatial, filling.part)
            for prep in tree.children(head, "prep"):
                if tree[prep].form.lower() == "including":
                    for part in tree.children(prep, "pobj"):
                        yield from (Slot(name, each) for each in tree.conjuncts(part))

    def _antecedent(self, verb: int) -> int | None:
        """The noun that a relative clause (or the clause around it) modifies."""
        for index in (verb, *self._tree.ancestors(verb)):
            if self._tree[index].deprel == "relcl":
                noun = self._tree.head(index)
                return noun if noun is None else self._meant_event(noun, verb)
        return None

    def _meant_event(self, noun: int, verb: int) -> int:
        """As in "a stabbing in X, Y, which killed one": no place does harm, the event does."""
        tree = self._tree
        harmful = tree.lemma(verb) in self._lexicon.slots.harms
        if tree[noun].upos != "PROPN" or not harmful or tree[noun].deprel == "nsubj":
            return noun
        for index in tree.ancestors(noun):
            if tree.is_verb(index):
                return noun
            if tree[index].upos == "NOUN" and tree.lemma(index) in self._lexicon.nouns:
                return index
        return noun

    # --------------------------------------------------- place in the tree

    def _place(self, proposition: Proposition) -> None:
        tree, index = self._tree, proposition.head
        token = tree[index]
        proposition.governor = tree.head(index)
        mark = self._marker(index)
        proposition.marker = mark
        infinitive = any(tree[c].form.lower() == "to" for c in tree.children(index, "aux"))
        if token.deprel == "ccomp" and self._is_loose(index):
            proposition.governor = None
            return
        links: dict[str, Link] = {
            "ccomp": "complement",
            "xcomp": "infinitive" if infinitive else "gerund",
            "relcl": self._relative(index, infinitive=infinitive),
            "acl": self._clause_of_noun(index, infinitive=infinitive),
            "csubj": "subject",
            "csubjpass": "subject",
        }
        if infinitive and mark == "for":
            proposition.link = "infinitive"  # "calls for X to withdraw"
        elif token.deprel == "advcl":
            proposition.link = "purpose" if infinitive else "adverbial"
        elif infinitive and self._is_purpose(index):
            proposition.link = "purpose"
            proposition.governor = tree.head(tree[token.head].head)
        elif token.deprel == "pcomp" and proposition.governor is not None:
            proposition.link = "gerund"
            proposition.marker = preposition(tree, proposition.governor)
            proposition.governor = tree.head(proposition.governor)
            self._beside_gerund(proposition)
            if tree.child(index, "nsubj", "nsubjpass") is not None:
                proposition.link = "root"  # "with the US claiming": a statement of its own
        elif proposition.governor is None:
            proposition.link = "root"
        elif token.xpos == "VBG" and token.deprel in ("pobj", "dobj"):
            self._as_gerund(proposition)
        elif token.deprel == "conj":
            self._place_conjunct(proposition)
        else:
            proposition.link = links.get(token.deprel, "root")

    def _place_conjunct(self, proposition: Proposition) -> None:
        """Beside the verb that it agrees with, or as content ("announced a plan, and that ...")."""
        index, first = proposition.head, self._tree[proposition.head].head
        if proposition.marker == "that" and self._tree.lemma(first) in self._lexicon.report_verbs:
            proposition.link = "complement"
            return
        speech = self._speech_beside(index, first)
        if speech is not None:
            proposition.governor = speech
        elif not self._agrees(index, first):
            proposition.governor = self._agreeing(index)
        elif not self._is_joined(index, first):
            proposition.governor = None
        proposition.link = "conjunct" if proposition.governor is not None else "root"

    def _speech_beside(self, index: int, first: int) -> int | None:
        """As in "X says that Y has ..., and calls for ...": who says goes on to call.

        A verb of saying in the form of the one above, joined to content of another form.
        """
        tree, said = self._tree, self._tree[first].head
        saying = self._lexicon.report_verbs
        content = tree[first].deprel == "ccomp" and tree.lemma(said) in saying
        own = tree.child(index, "nsubj", "nsubjpass", "aux", "auxpass") is not None
        if not content or own or tree.lemma(index) not in saying:
            return None
        alike = tree[index].xpos == tree[said].xpos and not tree.children(said, "aux")
        other = tree[first].xpos != tree[index].xpos or bool(tree.children(first, "aux"))
        turned = tree[first].xpos != tree[index].xpos  # "had said that X ... but now says"
        return said if other and (alike or turned) else None

    def _is_joined(self, index: int, first: int) -> bool:
        """A finite verb without a subject needs an "and" somewhere in its list."""
        tree = self._tree
        if self._finite(index) is None or tree.child(index, "nsubj", "nsubjpass") is not None:
            return True
        chain = [first, index, *tree.children(index, "conj"), *tree.children(first, "conj")]
        return any(tree.children(each, "cc") for each in chain)

    def _as_gerund(self, proposition: Proposition) -> None:
        """As in "threats of flooding", "fear bombing": a deed that stands where a noun would."""
        tree, above = self._tree, self._tree[proposition.head].head
        proposition.link = "gerund"
        if tree[proposition.head].deprel == "pobj":
            proposition.marker = preposition(tree, above)
            proposition.governor = tree.head(above)

    def _is_purpose(self, index: int) -> bool:
        """As in "in order to take X", "in a bid to take X"."""
        noun = self._tree[index].head
        prep = self._tree[noun].head
        plain = self._tree[noun].deprel == "pobj" and self._tree[prep].form.lower() == "in"
        return plain and self._tree.lemma(noun) in ("order", "bid", "effort", "attempt", "move")

    def _beside_gerund(self, proposition: Proposition) -> None:
        """As in "accuses X of arming rebels and of sending troops": both hang on "accuses"."""
        above = self._found.get(proposition.governor) if proposition.governor is not None else None
        same = above is not None and above.link == "gerund" and above.marker == proposition.marker
        if above is not None and same and proposition.marker in ("of", "for"):
            proposition.governor = above.governor

    def _relative(self, index: int, *, infinitive: bool) -> Link:
        """As in "the town that fell"; "a contract to build X" is only a plan of it."""
        if infinitive and self._tree.child(index, "nsubj", "nsubjpass") is None:
            return "infinitive"
        return "complement" if self._is_that_clause(index) else "relative"

    def _clause_of_noun(self, index: int, *, infinitive: bool) -> Link:
        """As in "plans to attack", "reports that X attacked", "a town captured by X"."""
        if infinitive:
            return "infinitive"
        return "complement" if self._is_that_clause(index) else "participle"

    def _is_that_clause(self, index: int) -> bool:
        """A full clause after the conjunction "that"; with a relative pronoun it has a gap."""
        tree = self._tree
        marks = [tree[i].form.lower() for i in tree.children(index, "mark")]
        gap = tree.lemma(index) in _TAKING and not tree.children(index, "dobj", "ccomp", "xcomp")
        subject = tree.child(index, "nsubj", "nsubjpass") is not None
        return "that" in marks and subject and not gap

    def _agrees(self, index: int, other: int) -> bool:
        """A verb without a subject of its own must agree in number with the one it is joined to."""
        tree = self._tree
        if tree.child(index, "nsubj", "nsubjpass") is not None:
            return True
        one, two = self._finite(index), self._finite(other)
        return {one, two} != {"VBZ", "VBP"}

    def _finite(self, index: int) -> str | None:
        tree = self._tree
        words = [*tree.children(index, "aux", "auxpass"), index]
        return next(
            (tree[i].xpos for i in words if tree[i].xpos in ("VBZ", "VBP", "VBD", "MD")), None
        )

    def _agreeing(self, index: int) -> int | None:
        """The next verb above that agrees; the parser joined the clause too low."""
        own = self._finite(index)
        for above in self._tree.ancestors(self._tree[index].head):
            if above in self._found and self._finite(above) == own:
                return above
        return None

    def _is_loose(self, index: int) -> bool:
        """A clause set before a verb that reports nothing: two statements side by side."""
        above = self._tree[index].head
        between = (self._tree[i].form for i in range(index, above))
        told = self._tree.lemma(above) in self._lexicon.report_verbs and ";" not in between
        return index < above and not told

    def _marker(self, index: int) -> str | None:
        tree = self._tree
        marks = " ".join(tree[child].form.lower() for child in tree.children(index, "mark"))
        if marks in self._lexicon.subordinators:
            return marks  # "so that", "as if"
        for child in tree.children(index, "mark", "advmod"):
            form = tree[child].form.lower()
            if tree[child].deprel == "mark" or tree[child].xpos == "WRB":
                return form
        return None

    # --------------------------------------------------------- inheritance

    def _inherit(self, proposition: Proposition) -> None:
        if proposition.link == "relative":
            self._fill_gap(proposition)
            return
        if proposition.link == "participle" and proposition.governor is not None:
            if not proposition.passive and self._is_result(proposition.head, proposition.governor):
                self._result_of(proposition)
                return
            name = "object" if proposition.passive else "subject"
            if proposition.slot(name) is None:
                noun = self._doer_before(proposition.head) or proposition.governor
                for slot in self._nouns(name, noun, proposition.head):
                    proposition.add(slot)
            return
        if proposition.slot("subject") and not proposition.passive:
            return
        name = "object" if proposition.passive else "subject"
        if proposition.slot(name) is None and not self._is_unclear(proposition):
            for slot in self._governing_subject(proposition):
                proposition.add(Slot(name, slot.head, slot.spatial, slot.part))

    def _is_unclear(self, proposition: Proposition) -> bool:
        """Whether nothing tells who acts in an added clause.

        A finite verb without subject was torn off; after a relative clause and a comma
        ("... houses where X slept, killing ten") either clause may be meant.
        """
        tree, index = self._tree, proposition.head
        if proposition.link != "adverbial" or proposition.marker is not None:
            return False
        if tree[index].xpos in ("VB", "VBP"):
            return True
        for above in tree.ancestors(index):
            if tree[above].deprel == "relcl":
                return tree[min(tree.subtree(index)) - 1].form == ","
            if tree[above].deprel not in ("xcomp", "ccomp", "conj"):
                return False
        return False

    def _is_result(self, verb: int, noun: int) -> bool:
        """As in "shot down a plane killing ten": harm comes of the whole clause before it.

        Nothing narrows a name; what an event noun does is its own ("an attack killing ten").
        """
        tree = self._tree
        if tree[noun].upos == "PROPN":
            return True
        harmful = tree.lemma(verb) in self._lexicon.slots.harms
        inside = tree[noun].deprel in ("dobj", "pobj") and not tree.children(verb, "mark")
        return harmful and inside and tree.lemma(noun) not in self._lexicon.nouns

    def _doer_before(self, verb: int) -> int | None:
        """As in "a video of him claiming ...": whoever stands right before the participle."""
        tree, before = self._tree, verb - 1
        if before < tree.sentence.first or tree[verb].xpos != "VBG":
            return None
        prep = tree[before].head
        inside = tree[before].deprel == "pobj" and tree[prep].form.lower() == "of"
        return before if inside and tree[prep].head == tree[verb].head else None

    def _result_of(self, proposition: Proposition) -> None:
        """As in "blasts rock Herat killing 11": nothing narrows a name, so it is the verb's."""
        for above in self._tree.ancestors(proposition.head):
            clause = self._found.get(above)
            if clause is not None:
                proposition.governor, proposition.link = above, "adverbial"
                for slot in surface_subject(clause):
                    proposition.add(Slot("subject", slot.head))
                return

    def _fill_gap(self, proposition: Proposition) -> None:
        """A relative clause without its pronoun: "the town Russia captured"."""
        governor = proposition.governor
        if governor is None or proposition.slot("subject") is None:
            return
        tree, verb = self._tree, proposition.head
        pronouns = any(tree[i].form.lower() in RELATIVIZERS for i in tree.subtree(verb))
        if (
            not pronouns
            and not proposition.slot("object")
            and not tree.children(verb, "ccomp", "xcomp")
        ):
            proposition.add(Slot("object", governor))
        elif any(tree[i].form.lower() == "where" for i in tree.children(verb, "advmod")):
            proposition.add(Slot("in", governor))

    def _governing_subject(self, proposition: Proposition) -> list[Slot]:
        """Who is understood as subject: the controller in the governing clause."""
        governor = proposition.governor
        if governor is None or proposition.link in ("root", "complement", "subject"):
            return self._bare_complement(proposition)
        above = self._found.get(governor)
        if above is None:
            return self._through_noun(governor)
        if proposition.link in ("infinitive", "gerund") and self._controls_object(
            above, proposition
        ):
            return above.all("object") or above.all("indirect")
        if proposition.link == "infinitive" and above.lemmas[-1] in ("call", "appeal"):
            return above.all("on") or above.all("to")
        return surface_subject(above)

    def _bare_complement(self, proposition: Proposition) -> list[Slot]:
        above = self._found.get(proposition.governor) if proposition.governor is not None else None
        if above is None or proposition.link != "complement" or proposition.marker is not None:
            return []
        if self._tree[proposition.head].xpos in ("VBG", "VB"):
            return surface_subject(above)
        return []

    def _controls_object(self, above: Proposition, below: Proposition) -> bool:
        if above.passive or not above.all("object"):
            return False
        if below.link == "gerund" and below.marker not in (None, "of", "for", "from", "into"):
            return False
        return above.lemmas[-1] in self._lexicon.slots.object_control

    def _through_noun(self, governor: int) -> list[Slot]:
        """Subject of a clause below a noun or adjective ("efforts to push", "likely to fall")."""
        tree = self._tree
        if tree[governor].upos == "ADJ":
            return self._through_adjective(governor)
        for child in tree.children(governor, "poss"):
            return [Slot("subject", child)]
        for prep in tree.children(governor, "prep", "agent"):
            if tree[prep].form.lower() in ("by", "from"):
                return [Slot("subject", noun) for noun in tree.children(prep, "pobj")]
        above = self._found.get(tree[governor].head)
        if above is None or tree[governor].deprel not in ("dobj", "attr", "nsubjpass"):
            return []
        tables = (self._lexicon.nominal_verbs, self._lexicon.report_verbs)
        known = any(lemma in table for lemma in above.lemmas for table in tables)
        return surface_subject(above) if known else []

    def _through_adjective(self, adjective: int) -> list[Slot]:
        """As in "is guilty of killing": who is so described; anything less plain is left open."""
        tree = self._tree
        own = tree.children(adjective, "nsubj")
        if own:
            return [Slot("subject", own[0])]
        above = self._found.get(tree[adjective].head)
        if above is None:
            return []
        if tree[adjective].deprel == "acomp":
            return surface_subject(above)
        return above.all("object") if tree[adjective].deprel == "oprd" else []

    def _share_objects(self) -> None:
        """As in "attacked and captured the town": the first verb takes the shared object."""
        for index, proposition in self._found.items():
            for other in self._tree.children(index, "conj"):
                right = self._found.get(other)
                if right is None or proposition.slot("object") or proposition.passive:
                    continue
                between = range(index + 1, other)
                plain = all(self._tree[i].upos in ("CCONJ", "ADV") for i in between)
                if right.slot("subject") is None or not plain:
                    continue
                for slot in right.all("object"):
                    proposition.add(slot)

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
            if set(speech.lemmas) & self._lexicon.report_verbs.keys():
                own = [slot for slot in proposition.slots if slot.name != "subject"]
                said = [Slot("subject", s.head) for s in surface_subject(speech)]
                proposition.slots = own + said
                proposition.governor = speech.head

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
        objects = [i for i in tree.children(verb, "dobj") if not self._is_told(verb)]
        if subject is None or own or objects or tree.children(verb, "mark", "neg"):
            return False
        before = min(inside) - 1
        after = [i for i in range(max(inside) + 1, tree.sentence.last) if tree[i].upos != "PUNCT"]
        return before > tree[verb].head and tree[before].form == "," and not after

    def _is_told(self, verb: int) -> bool:
        return self._tree.lemma(verb) in ("tell", "inform", "assure", "remind", "notify")


def surface_subject(proposition: Proposition) -> list[Slot]:
    """What stands before the verb: the logical object of a passive."""
    return proposition.all("object") if proposition.passive else proposition.all("subject")


def obliques(slots: Iterable[Slot]) -> Iterator[Slot]:
    """The slots that are neither subject nor object."""
    return (s for s in slots if s.name not in ("subject", "object", "indirect"))
