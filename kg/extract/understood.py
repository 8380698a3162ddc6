"""Who is understood in a clause that leaves an argument unsaid: gaps, control, participles."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.obliques import noun_slots
from kg.extract.proposition import Proposition, Slot, surface_subject
from kg.extract.tree import RELATIVIZERS, Tree
from kg.lexicon import Lexicon
from kg.vocab import is_a

_BEFORE_DEEDS = (None, "of", "for", "from", "into", "with")
_INERT = ("Facility", "PopulatedPlace", "Area", "BodyOfWater", "GeographicFeature", "Border")


class Understood:
    """Adds the arguments that a clause shares with the one above it, read before it."""

    def __init__(self, tree: Tree, lexicon: Lexicon, found: Mapping[int, Proposition]) -> None:
        """`found` holds the verbs read so far, each before those below it."""
        self._tree = tree
        self._lexicon = lexicon
        self._found = found

    def complete(self, proposition: Proposition) -> None:
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
                for slot in noun_slots(self._tree, name, noun, proposition.head, self._lexicon):
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

        Nothing narrows a name; a thing or place does nothing; what an event noun does is its own
        ("an attack killing ten").
        """
        tree = self._tree
        if tree[noun].deprel == "pobj" and tree[tree[noun].head].form.lower() == "with":
            return tree[verb - 1].form == ","  # "ends with X beating Y"
        kind = self._lexicon.noun_classes.get(tree.lemma(noun))
        inert = kind is not None and any(is_a(kind, each) for each in _INERT)
        if tree[noun].upos == "PROPN" or inert:
            return True
        harmful = tree.lemma(verb) in self._lexicon.slots.harms
        apart = tree[min(tree.subtree(verb)) - 1].form == ","
        inside = tree[noun].deprel in ("dobj", "pobj") and not tree.children(verb, "mark")
        return (harmful or apart) and inside and tree.lemma(noun) not in self._lexicon.nouns

    def _doer_before(self, verb: int) -> int | None:
        """As in "a video of him claiming ...": whoever stands right before the participle."""
        tree, before = self._tree, verb - 1
        if before < tree.sentence.first or tree[verb].xpos != "VBG":
            return None
        prep = tree[before].head
        inside = tree[before].deprel == "pobj" and tree[prep].form.lower() == "of"
        return before if inside and tree[prep].head == tree[verb].head else None

    def _result_of(self, proposition: Proposition) -> None:
        """As in "blasts rock Herat killing 11", "storm a jail, freeing two": it is the verb's."""
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
        for slot in above.all("object") if proposition.link == "purpose" else ():
            asked = above.all("to") if self._asks(slot.head) else []
            if asked or self._addressed(slot.head):
                return asked or self._addressed(slot.head)  # "issued an ultimatum to X to leave"
        asking = above.lemmas[-1] in ("call", "appeal")
        if asking and proposition.link in ("infinitive", "purpose"):
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
        if below.link == "gerund" and below.marker not in _BEFORE_DEEDS:
            return False
        return above.lemmas[-1] in self._lexicon.slots.object_control

    def _through_noun(self, governor: int) -> list[Slot]:
        """Subject of a clause below a noun or adjective ("efforts to push", "likely to fall")."""
        tree = self._tree
        if tree[governor].upos == "ADJ":
            return self._through_adjective(governor)
        addressed = self._addressed(governor)
        if addressed:
            return addressed
        for child in tree.children(governor, "poss"):
            return [Slot("subject", child)]
        for prep in tree.children(governor, "prep", "agent"):
            nouns = tree.children(prep, "pobj")
            owners = [noun for noun in nouns if tree[noun].upos == "PROPN" or self._is_agent(noun)]
            if tree[prep].form.lower() in ("by", "from") or (
                tree[prep].form.lower() == "of" and owners
            ):
                return [Slot("subject", noun) for noun in nouns]
        above = self._found.get(tree[governor].head)
        if above is None or tree[governor].deprel not in ("dobj", "attr", "nsubjpass"):
            return []
        tables = (self._lexicon.nominal_verbs, self._lexicon.report_verbs)
        known = any(lemma in table for lemma in above.lemmas for table in tables)
        return surface_subject(above) if known else []

    def _asks(self, noun: int) -> bool:
        """Whether the noun is a word that asks somebody to act: an order, a warning."""
        cue = self._lexicon.report_nouns.get(self._tree.lemma(noun))
        return cue is not None and cue.modality in ("requested", "expected")

    def _is_agent(self, noun: int) -> bool:
        kind = self._lexicon.noun_classes.get(self._tree.lemma(noun))
        return kind is not None and is_a(kind, "Agent")

    def _addressed(self, noun: int) -> list[Slot]:
        """As in "a warning to its citizens to leave": they are to leave."""
        if not self._asks(noun):
            return []
        found = []
        for prep in self._tree.children(noun, "prep"):
            if self._tree[prep].form.lower() in ("to", "on"):
                found += [Slot("subject", each) for each in self._tree.children(prep, "pobj")]
        given = self._tree[noun].head if self._tree[noun].deprel == "dobj" else noun
        receivers = [i for i in self._tree.children(given, "dative") if self._tree.is_noun(i)]
        return found or [Slot("subject", each) for each in receivers]

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
