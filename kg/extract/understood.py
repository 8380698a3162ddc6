"""Who is understood in a clause that leaves an argument unsaid: gaps, control, participles."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.charges import accused, is_accusing
from kg.extract.meant_nouns import identified, noun_slots
from kg.extract.members import is_singled_out, named_for_office
from kg.extract.participles import charged_there, is_addressed_so, is_doer, is_of_killers
from kg.extract.proposition import Proposition, Slot, surface_subject
from kg.extract.tree import RELATIVIZERS, Tree
from kg.extract.unclear import Unclear
from kg.lexicon import Lexicon
from kg.vocab import is_a, is_one_of

_BEFORE_DEEDS = ("against", "as", None, "of", "for", "from", "into", "with")
_INERT = ("Facility", "PopulatedPlace", "Area", "BodyOfWater", "GeographicFeature", "Border")


class Understood:
    """Adds the arguments that a clause shares with the one above it, read before it."""

    def __init__(self, tree: Tree, lexicon: Lexicon, found: Mapping[int, Proposition]) -> None:
        """`found` holds the verbs read so far, each before those below it."""
        self._tree = tree
        self._lexicon = lexicon
        self._found = found
        self._unclear = Unclear(tree, lexicon, found)

    def complete(self, proposition: Proposition) -> None:
        if proposition.link == "relative":
            self._fill_gap(proposition)
            return
        if proposition.link == "participle" and proposition.governor is not None:
            self._complete_participle(proposition, proposition.governor)
            return
        if proposition.slot("subject") and not proposition.passive:
            return
        if proposition.marker in self._lexicon.slots.reasons and not proposition.slot("object"):
            return  # "two deaths due to flooding", a noun as well
        name = "object" if proposition.passive else "subject"
        if proposition.slot(name) is None and not self._unclear.is_unclear(proposition):
            doer = self._doer_in_phrase(proposition)
            if doer is not None:
                for slot in noun_slots(self._tree, name, doer, proposition.head, self._lexicon):
                    proposition.add(slot)
                return
            for slot in self._governing_subject(proposition):
                proposition.add(Slot(name, slot.head, slot.spatial, slot.part))

    def _doer_in_phrase(self, proposition: Proposition) -> int | None:
        """X in "the threat of X leaving Y", which the parser took for the object of "of" or a name.

        It hangs "leaving" on X, or X as part of a name on "leaving".
        """
        tree, index, governor = self._tree, proposition.head, proposition.governor
        inside = proposition.link == "gerund" and tree[index].xpos == "VBG"
        if not inside or governor is None or not tree.is_noun(governor):
            return None
        if tree[index].deprel in ("pcomp", "pobj"):
            names = [i for i in tree.children(index, "compound") if tree[i].upos == "PROPN"]
            return names[-1] if names else None
        for prep in tree.children(governor, "prep"):
            if tree[prep].form.lower() == proposition.marker:
                return next((i for i in tree.children(prep, "pobj") if i < index), None)
        return None

    def _complete_participle(self, proposition: Proposition, noun: int) -> None:
        """As in "missiles fired at X", "a strike killing two", "a rally demanding reforms"."""
        if not proposition.passive and self._is_result(proposition.head, noun):
            event = self._event_around(proposition.head, noun)
            if event is None:
                self._result_of(proposition)
                return
            proposition.governor = noun = event
        if self._is_staged(proposition):
            self._result_of(proposition)
        name = "object" if proposition.passive else "subject"
        if proposition.passive:
            verb, lexicon = proposition.head, self._lexicon
            noun = charged_there(self._tree, lexicon, verb, noun) or noun
        if proposition.slot(name) is None and not self._unclear.may_be_of_clause(proposition, noun):
            noun = identified(self._tree, self._doer_before(proposition.head) or noun)
            noun = self._part_around(noun) if proposition.passive else noun
            for slot in noun_slots(self._tree, name, noun, proposition.head, self._lexicon):
                proposition.add(slot)

    def _is_result(self, verb: int, noun: int) -> bool:
        """As in "shot down a plane killing ten": harm comes of the whole clause before it.

        Nothing narrows a name; a thing or place does nothing; what an event noun does is its own
        ("an attack killing ten").
        """
        tree = self._tree
        if tree[noun].deprel == "pobj" and tree[tree[noun].head].form.lower() == "with":
            return tree[verb - 1].form == ","  # "ends with X beating Y"
        if is_addressed_so(tree, self._lexicon, verb, noun):
            return True
        kind = self._lexicon.noun_classes.get(tree.lemma(noun))
        inert = kind is not None and is_one_of(kind, _INERT)
        inert = inert and tree.lemma(verb) not in self._lexicon.slots.describing
        if is_doer(tree, self._lexicon, verb, noun):
            return False
        if inert or (tree[noun].upos == "PROPN" and not tree.is_people(noun)):
            return True
        harmful = tree.lemma(verb) in self._lexicon.slots.harms
        apart = tree[min(tree.subtree(verb)) - 1].form == ","
        inside = tree[noun].deprel in ("dobj", "pobj") and not tree.children(verb, "mark")
        return (harmful or apart) and inside and tree.lemma(noun) not in self._lexicon.nouns

    def _is_staged(self, proposition: Proposition) -> bool:
        """As in "hold a rally demanding higher wages": who holds it demands."""
        tree, noun = self._tree, proposition.governor
        asking = set(proposition.lemmas) & self._lexicon.report_verbs.keys()
        if noun is None or proposition.passive or not asking or tree[noun].deprel != "dobj":
            return False
        above = self._found.get(tree[noun].head)
        operators = self._lexicon.nominal_verbs
        light = above is not None and any(
            lemma in operators and operators[lemma].effect == "pass" for lemma in above.lemmas
        )
        return light and tree.lemma(noun) in self._lexicon.nouns

    def _event_around(self, verb: int, noun: int) -> int | None:
        """As in "an operation in the Red Sea enforcing X": what narrows no name is the event's."""
        tree, prep = self._tree, self._tree[noun].head
        plain = tree[noun].upos == "PROPN" and tree[noun].deprel == "pobj"
        if not plain or tree.lemma(verb) in self._lexicon.slots.harms:
            return None
        for above in tree.ancestors(prep):
            if tree.is_verb(above):
                return None
            tables = (self._lexicon.nouns, self._lexicon.report_nouns)
            if tree[above].upos == "NOUN" and any(tree.lemma(above) in t for t in tables):
                return above
        return None

    def _part_around(self, noun: int) -> int:
        """As in "a section of the capital held by X": no more than the section need be held."""
        prep = self._tree.head(noun)
        inside = prep is not None and self._tree[noun].deprel == "pobj"
        if prep is None or not inside or self._tree[prep].form.lower() != "of":
            return noun
        whole = self._tree[prep].head
        return whole if self._tree.lemma(whole) in self._lexicon.slots.parts else noun

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
        below = proposition.head
        for above in self._tree.ancestors(proposition.head):
            clause = self._found.get(above)
            if clause is not None:
                proposition.governor, proposition.link = above, "adverbial"
                if self._tree[below].deprel in ("nsubj", "nsubjpass"):
                    proposition.add(Slot("subject", below))  # "a strike on X killing two was ..."
                    return
                # Who suffers in a passive clause does not go on to act: "killed by X targeting Y".
                if not clause.passive or self._tree[below].deprel == "agent":
                    for slot in clause.all("subject"):
                        proposition.add(Slot("subject", slot.head))
                return
            below = above

    def _fill_gap(self, proposition: Proposition) -> None:
        """A relative clause without its pronoun: "the town Russia captured"."""
        governor = proposition.governor
        if governor is None or proposition.slot("subject") is None:
            return
        tree, verb = self._tree, proposition.head
        inside = tree.subtree(verb)
        pronouns = any(tree[i].form.lower() in RELATIVIZERS for i in inside)
        apart = any(tree[i].form == "," for i in range(governor + 1, inside[0]))
        if (
            not pronouns
            and not apart  # "ten suspects, three of them men held for theft": a garbled clause
            and not proposition.slot("object")
            and not tree.children(verb, "ccomp", "xcomp")
        ):
            for slot in noun_slots(tree, "object", governor, verb, self._lexicon):
                proposition.add(slot)
        elif any(tree[i].form.lower() == "where" for i in tree.children(verb, "advmod")):
            proposition.add(Slot("in", governor))

    def _governing_subject(self, proposition: Proposition) -> list[Slot]:
        """Who is understood as subject: the controller in the governing clause."""
        governor = proposition.governor
        if governor is None or proposition.link in ("root", "complement", "subject"):
            return self._bare_complement(proposition)
        above = self._found.get(governor)
        if above is None:  # a verb joined to a noun is so by mistake: who acts stands elsewhere
            return [] if proposition.link == "conjunct" else self._through_noun(governor)
        below = proposition.link in ("infinitive", "gerund")
        if below and self._controls_object(above, proposition):
            return above.all("object") or above.all("indirect")
        found = self._receivers(above, proposition)
        if proposition.link == "purpose":
            found = found or self._through_objects(above, proposition)
        if found:
            return found
        if proposition.link == "gerund" and self._is_of_others(above, proposition):
            return [] if not above.passive else surface_subject(above)
        asking = above.lemmas[-1] in ("call", "appeal")
        if asking and proposition.link in ("infinitive", "purpose"):
            return above.all("on") or above.all("to")
        checks = (self._is_suffered, self._is_plotted, self._is_accuser, self._is_tried)
        killed = is_of_killers(above, proposition, self._tree, self._lexicon)
        if killed or any(check(above, proposition) for check in checks):
            return []
        if self._is_charged(proposition) and not above.passive:
            return self._charged_by(above)
        return surface_subject(above)

    def _is_of_others(self, above: Proposition, below: Proposition) -> bool:
        """As in "revoked their passes for leaving camp", "warned against arming X": not who did."""
        warned = below.marker == "against" and above.lemmas[-1] in self._lexicon.report_verbs
        spared = f"{above.lemmas[-1]} from" in self._lexicon.complements  # "shield X from looting"
        own = below.marker == "for" or (below.marker == "from" and spared)
        return warned or (own and bool(above.all("object")))

    def _receivers(self, above: Proposition, below: Proposition) -> list[Slot]:
        """As in "gave X two days to leave", "X was given until May to leave": X is to leave."""
        given = above.lemmas[-1] in self._lexicon.slots.granting
        if not given or below.link not in ("infinitive", "purpose"):
            return []
        tree, objects = self._tree, above.all("object")
        somebody = [s for s in objects if tree[s.head].upos != "NOUN" or self._is_agent(s.head)]
        return above.all("indirect") or somebody

    def _charged_by(self, above: Proposition) -> list[Slot]:
        """Whom a police arrests is charged; of a name that is attacked it may be either's."""
        objects = above.all("object")
        names = [slot for slot in objects if self._tree[slot.head].upos == "PROPN"]
        if names and not set(above.lemmas) & set(self._lexicon.slots.penalties):
            return []
        people = [slot for slot in objects if slot in names or self._is_somebody(slot.head)]
        return people or surface_subject(above)

    def _is_charged(self, below: Proposition) -> bool:
        """As in "police arrested two men, accused of plotting": the men are."""
        loose = below.passive and below.link == "adverbial" and below.marker is None
        cues, accusing = self._lexicon.report_verbs, self._lexicon.slots.accusing
        said = (w in accusing or (w in cues and cues[w].kind == "accusation") for w in below.lemmas)
        return loose and any(said)

    def _is_suffered(self, above: Proposition, below: Proposition) -> bool:
        """As in "the militia was shelled, killing ten", "X was charged, alleging that he fled"."""
        loose = below.link == "adverbial" and below.marker is None
        if not (loose and above.passive and not below.passive):
            return False
        lemma = self._tree.lemma(below.head)
        return lemma == "allege" or lemma in self._lexicon.slots.harms

    def _is_tried(self, above: Proposition, below: Proposition) -> bool:
        """As in "lifted the immunity of X to face trial": not who lifted it."""
        suffered = below.lemmas[-1] in self._lexicon.slots.undergone
        return suffered and below.link == "purpose" and bool(above.all("object"))

    def _through_objects(self, above: Proposition, below: Proposition) -> list[Slot]:
        """Who is to act where a purpose hangs on the verb but belongs to its object.

        As in "issued an ultimatum to X to leave", "puts pressure on X to leave", "banned a rally by
        X to protest against Y".
        """
        slots = self._lexicon.slots
        if self._is_tried(above, below):
            return [slot for slot in above.all("object") if self._is_somebody(slot.head)]
        for slot in above.all("object"):
            pressed = above.all("on") if self._tree.lemma(slot.head) in slots.pressing else []
            asked = above.all("to") if self._asks(slot.head) else []
            held = above.all("by") if self._is_stopped(slot.head, above) else []
            found = pressed or asked or held or self._addressed(slot.head)
            if self._tree.lemma(slot.head) in slots.plots:
                found = self._owner(slot.head)
            if found:
                return found
        return []

    def _is_accuser(self, above: Proposition, below: Proposition) -> bool:
        """As in "ten from X it had accused of plotting": whoever was accused, not who accused."""
        return not above.passive and is_accusing(above, below.marker, self._lexicon)

    def _is_plotted(self, above: Proposition, below: Proposition) -> bool:
        """As in "foiled a plot to kill X": the plot is not of who foiled it."""
        plots = self._lexicon.slots.plots
        found = (slot.head for slot in above.all("object") if slot.head < below.head)
        return below.link == "purpose" and any(self._tree.lemma(i) in plots for i in found)

    def _is_stopped(self, noun: int, above: Proposition) -> bool:
        """As in "ban a rally by X": an event that others hold than who acts on it."""
        operators = (self._lexicon.nominal_verbs.get(lemma) for lemma in above.lemmas)
        stopped = any(op is not None and op.effect == "negate" for op in operators)
        return stopped and self._tree.lemma(noun) in self._lexicon.nouns

    def _bare_complement(self, proposition: Proposition) -> list[Slot]:
        above = self._found.get(proposition.governor) if proposition.governor is not None else None
        bare = proposition.marker in (None, "whether")
        if above is None or proposition.link != "complement" or not bare:
            return []
        return surface_subject(above) if self._tree[proposition.head].xpos in ("VBG", "VB") else []

    def _controls_object(self, above: Proposition, below: Proposition) -> bool:
        if above.passive or not above.all("object"):
            return False
        if below.link == "gerund" and below.marker not in _BEFORE_DEEDS:
            return False
        if below.link == "gerund" and below.marker == "into":
            return True  # "tortured a man into confessing"
        if below.link == "infinitive" and above.lemmas[-1] in self._lexicon.slots.departing:
            return any(self._is_somebody(slot.head) for slot in above.all("object"))
        return above.lemmas[-1] in self._lexicon.slots.object_control

    def _through_noun(self, governor: int) -> list[Slot]:
        """Subject of a clause below a noun or adjective ("efforts to push", "likely to fall")."""
        tree = self._tree
        if tree[governor].upos == "ADJ":
            return self._through_adjective(governor)
        if tree.lemma(governor) in self._lexicon.slots.sufferers:
            return []  # "the target of shelling" has not shelled
        if addressed := self._addressed(governor):
            return addressed
        above = self._found.get(tree[governor].head)
        if above is not None and tree[governor].deprel == "dobj" and above.all("indirect"):
            return above.all("indirect")  # "gave X six months to close the camp"
        named = [Slot("subject", i) for i in named_for_office(governor, tree, self._lexicon)]
        if owner := named or self._owner(governor):
            return owner
        ranked = is_singled_out(tree, governor, self._lexicon)  # "the first envoy of X to resign"
        for prep in tree.children(governor, "prep", "agent"):
            nouns = tree.children(prep, "pobj")
            owners = [noun for noun in nouns if tree[noun].upos == "PROPN" or self._is_agent(noun)]
            form = tree[prep].form.lower()
            own = form == "of" and owners and not (ranked and self._is_somebody(governor))
            if form in ("by", "from") or own:
                return [Slot("subject", noun) for noun in nouns]
        if above is None or tree[governor].deprel not in ("dobj", "attr", "nsubjpass"):
            return []
        operators = self._lexicon.nominal_verbs
        said = self._lexicon.report_verbs.keys() - self._lexicon.reporting.clausal
        known = not said.isdisjoint(above.lemmas)  # not so "discovered plans to"
        for operator in (operators[lemma] for lemma in above.lemmas if lemma in operators):
            known = operator.effect == "pass" or operator.controls  # who discusses a plan has none
        attr = ranked and tree[governor].deprel == "attr"  # "became the first to visit X"
        return surface_subject(above) if known or attr else []

    def _owner(self, noun: int) -> list[Slot]:
        """As in "its plan to leave", "a Russian plot to kill X", "held on suspicion of theft"."""
        if self._tree.lemma(noun) in self._lexicon.slots.counts:
            return accused(noun, self._tree, self._lexicon, self._found)
        plot = self._tree.lemma(noun) in self._lexicon.slots.plots
        found = [*self._tree.children(noun, "poss")]
        sides = self._tree.children(noun, "amod") if plot else ()
        found += [i for i in sides if self._tree[i].form[0].isupper()]
        return [Slot("subject", each) for each in found[:1]]

    def _asks(self, noun: int) -> bool:
        """Whether the noun is a word that asks somebody to act: an order, a warning."""
        cue = self._lexicon.report_nouns.get(self._tree.lemma(noun))
        return cue is not None and cue.modality in ("requested", "expected")

    def _is_agent(self, noun: int) -> bool:
        return is_a(self._lexicon.noun_classes.get(self._tree.lemma(noun), "Entity"), "Agent")

    def _is_somebody(self, noun: int) -> bool:
        """A person, who may be left to do something; a country is left in order to do it."""
        kind = self._lexicon.noun_classes.get(self._tree.lemma(noun), "Entity")
        return is_one_of(kind, ("Person", "PersonGroup")) or self._tree[noun].upos == "PRON"

    def _addressed(self, noun: int) -> list[Slot]:
        """As in "a warning to X to leave", "gives the order to X to leave": X is to leave."""
        if not self._asks(noun):
            return []
        found = []
        for prep in self._tree.children(noun, "prep"):
            if self._tree[prep].form.lower() in ("to", "on"):
                found += [Slot("subject", each) for each in self._tree.children(prep, "pobj")]
        given = self._tree[noun].head if self._tree[noun].deprel == "dobj" else noun
        given_to = (i for i in self._tree.children(given, "dative") if self._tree.is_noun(i))
        found = found or [Slot("subject", each) for each in given_to]
        return found or (self._found[given].all("to") if given in self._found else [])

    def _through_adjective(self, adjective: int) -> list[Slot]:
        """As in "is guilty of killing": who is so described; anything less plain is left open."""
        tree = self._tree
        for own in tree.children(adjective, "nsubj")[:1]:
            return [Slot("subject", own)]
        above = self._found.get(tree[adjective].head)
        if above is not None and tree[adjective].deprel == "acomp":
            return surface_subject(above)
        described = tree[adjective].deprel == "oprd"
        return above.all("object") if above is not None and described else []
