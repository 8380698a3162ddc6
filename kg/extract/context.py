"""What a sentence offers to the matcher besides its syntax: mentions and event nouns by token."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from kg.extract.proposition import Proposition
from kg.extract.tree import Tree
from kg.gazetteer import given_names
from kg.lexicon import Lexicon
from kg.model import Filler, Mention, Span
from kg.vocab import is_a, is_one_of

_BEFORE = ("compound", "amod")
_CONFUSED = ("Organization", "PopulatedPlace", "Materiel", "EventSeries")
_PERSONS = ("he", "she", "him", "his", "her", "hers", "anyone", "anybody", "someone", "somebody")
_REFLEXIVE = ("themselves", "itself", "himself", "herself", "myself", "ourselves", "yourself")
_DEFINITE = ("the", "this", "that", "these", "those", "no", "all")
_UNKNOWN = ("-guess", "-unknown")
_NEAR = ("near", "outside")
_RECIPROCAL = {"other": "each", "another": "one"}
_VERSUS = ("v.", "vs.")
_NOBODY = ("one", "nobody", "none", "anyone", "someone", "somebody")


class Context(Struct, frozen=True):
    """One sentence: its tree, its mentions by head token, its propositions by token."""

    tree: Tree
    lexicon: Lexicon
    mentions: Sequence[Mention]
    by_head: dict[int, int]
    propositions: dict[int, Proposition]
    dated: Collection[int] = ()

    def mention(self, head: int) -> Mention | None:
        index = self.by_head.get(head)
        return None if index is None else self.mentions[index]

    def type_of(self, head: int) -> str | None:
        """Class of the filler: None for a literal, "Entity" for a name of unknown kind."""
        mention = self.mention(head)
        return mention.type if mention else self._weapon_before(head)

    def _weapon_before(self, head: int) -> str | None:
        """The class of a weapon in the name of an event, which is no mention: "a bomb attack"."""
        kind = self.lexicon.noun_classes.get(self.tree.lemma(head))
        armed = kind is not None and is_a(kind, "Materiel")
        told = self.tree[head].deprel in _BEFORE and self.is_event(self.tree[head].head)
        return kind if armed and told else None

    def is_open(self, head: int) -> bool:
        """A pronoun or a name of unknown kind: it may be anything."""
        mention = self.mention(head)
        if mention is None:
            return self.tree.lemma(head) in _NOBODY
        return mention.level in ("PRO", "NAM") and mention.type == "Entity"

    def is_named_place(self, head: int) -> bool:
        mention = self.mention(head)
        return mention is not None and mention.level == "NAM" and is_a(mention.type, "Place")

    def is_event(self, head: int) -> bool:
        proposition = self.propositions.get(head)
        return proposition is not None and proposition.kind == "noun"

    def is_reciprocal(self, head: int) -> bool:
        """As in "accused each other", "one another": those who do it, and nobody else."""
        before = _RECIPROCAL.get(self.tree[head].form)
        return before is not None and self.tree[head - 1].form.lower() == before

    def is_mutual(self, type_: str) -> bool:
        """Whether the agents of such an event act on each other, as its plain edges say."""
        rules = self.lexicon.edges.get(type_, ())
        return any(rule.object == rule.subject for rule in rules)

    def is_battle(self, type_: str) -> bool:
        """Whether such an event is a fight of its parties with each other."""
        return is_a(type_, "CombatEvent") and self.is_mutual(type_)

    def is_speech(self, head: int) -> bool:
        """Whether the noun names words that somebody has spoken: a claim, an offer, a demand."""
        if self.tree.lemma(head) in self.lexicon.report_nouns:
            return True
        proposition = self.propositions.get(head)
        if proposition is None or proposition.kind != "noun":
            return False
        triggers = (self.lexicon.nouns.get(lemma, ()) for lemma in proposition.lemmas)
        return any(is_a(each.type, "CommunicationEvent") for found in triggers for each in found)

    def fits(self, head: int, kinds: Sequence[str]) -> bool:
        """Whether the filler is of one of the classes, or headed by one of the (lower case) nouns.

        "-Company" excludes a class below an admitted one, "-storm" a noun or title; "unlisted"
        admits common nouns (and "another", "many") that no class lists; "-guess" excludes names
        that nothing but the recogniser takes for a person's, "-unknown" those of which it is not
        known what they name.
        """
        type_ = self.type_of(head)
        if self.tree[head].form.lower() in _PERSONS:
            persons = (kind[0].isupper() and is_a("Person", kind) for kind in kinds)
            return "-Person" not in kinds and any(persons)
        if self._is_excluded(head, type_, kinds) or self._is_lawsuit(head):
            return False
        if self._is_condition(head):
            return False
        if any(self._is_one(head, type_, kind) for kind in kinds if kind[0] != "-"):
            return True
        if "PersonGroup" in kinds and type_ is None and self._is_counted(head):
            return True
        if "Person" in kinds and self._is_counted_people(head):
            return True
        if "unlisted" in kinds and self._is_unlisted_noun(head):
            return True
        if "Person" in kinds and self._is_unlisted_name(head):
            return True
        if "Place" in kinds and self._may_be_place(head):
            return True
        return self.is_open(head) and any(kind[0].isupper() for kind in kinds)

    def _speaker_before(self, pronoun: int) -> int | None:
        """As in "the army said it had hit X": the army, which speaks of itself."""
        tree, clause = self.tree, self.tree[pronoun].head
        cue = tree[clause].head
        said = tree.lemma(cue) in self.lexicon.report_verbs and tree[clause].deprel == "ccomp"
        return tree.child(cue, "nsubj") if said and cue < pronoun else None

    def _is_one(self, head: int, type_: str | None, kind: str) -> bool:
        """Whether the filler is of a class, or headed by a (lower case) noun."""
        if kind[0].isupper():
            return type_ is not None and is_a(type_, kind)
        return self.has_head(head, kind) or self._is_titled(head, kind)

    def _is_condition(self, head: int) -> bool:
        """As in "the state of emergency", which is no state that could act."""
        tree = self.tree
        if tree[head].form.lower() != "state":
            return False
        of = [i for i in tree.children(head, "prep") if tree[i].form.lower() == "of"]
        return any(tree[i].upos == "NOUN" for prep in of for i in tree.children(prep, "pobj"))

    def _is_lawsuit(self, head: int) -> bool:
        """As in "dismissed Doe v. Roe": the name of a case is none of its parties."""
        if self.tree.forms.isdisjoint(_VERSUS):
            return False
        beside = range(max(head - 2, self.tree.sentence.first), head + 2)
        return any(i < self.tree.sentence.last and self.tree[i].form in _VERSUS for i in beside)

    def _is_unlisted_name(self, head: int) -> bool:
        """A name that nobody listed; the recogniser often takes foreign people for bodies."""
        mention = self.mention(head)
        return (
            mention is not None
            and mention.level == "NAM"
            and not mention.candidates
            and (mention.type in _CONFUSED)
            and self.tree[head].upos == "PROPN"  # "the Independence Day weekend"
        )

    def _may_be_place(self, head: int) -> bool:
        """A guessed name of something else that is a place elsewhere in the report or its list.

        Recognisers know few villages: "captured X, Y and Z", "the town of X ... X was held by Y".
        """
        if not self._is_name(head) or self._is_shown_person(head):
            return False
        if self.is_told_as_place(head):
            return True
        tree, own = self.tree, self.mentions[self.by_head[head]]
        length = own.span.end - own.span.start
        for each in self.mentions:
            same = tree.tokens[each.head].form == tree[head].form
            if same and each.span.end - each.span.start == length and is_a(each.type, "Place"):
                return True
        others = [i for i in tree.conjuncts(tree.first_conjunct(head)) if i != head]
        types = [self.type_of(i) or "" for i in others if self._is_name(i)]
        if len(types) != len(others) or any(self._is_shown_person(i) for i in others):
            return False
        places = any(is_a(type_, "Place") for type_ in types)
        return places or types.count("Entity") > 1

    def is_told_as_place(self, head: int) -> bool:
        """As in "near X", "the airport in X", "in X, Syria": what else is there has no place."""
        tree = self.tree
        prep = tree[head].head
        if tree[head].deprel != "pobj" or tree[prep].form.lower() not in self.lexicon.slots.places:
            return False
        thing = self.type_of(tree[prep].head) or "Entity"
        listed = [] if tree.children(head, "cc") else tree.children(head, "conj")
        beside = [self.mention(i) for i in (*tree.children(head, "appos"), *listed)]
        around = any(m is not None and m.level == "NAM" and is_a(m.type, "Place") for m in beside)
        return tree[prep].form.lower() in _NEAR or is_a(thing, "Facility") or around

    def _is_excluded(self, head: int, type_: str | None, kinds: Sequence[str]) -> bool:
        if "-guess" in kinds and self._is_guess(head):
            return True
        if "-it" in kinds and self.tree[head].form.lower() == "it":
            speaker = self._speaker_before(head)
            return speaker is None or not self.fits(speaker, kinds)
        if self.tree[head].form.lower() in _REFLEXIVE and not _has_agents(kinds):
            return True  # no weapon or ship is "themselves"
        if "-unknown" in kinds and self._is_name(head) and type_ == "Entity":
            return True
        barred = (kind[1:] for kind in kinds if kind[0] == "-" and kind not in _UNKNOWN)
        return any(self._is_one(head, type_, kind) for kind in barred)

    def _is_guess(self, head: int) -> bool:
        """A name without a title, a known given name or an office beside it, or joined to one.

        Recognisers take villages that they have not seen for people, most of all in lists.
        """
        names = [i for i in self.tree.conjuncts(self.tree.first_conjunct(head)) if self._is_name(i)]
        return self._is_name(head) and not all(self._is_shown_person(i) for i in names)

    def _is_name(self, head: int) -> bool:
        mention = self.mention(head)
        return mention is not None and mention.level == "NAM" and not mention.candidates

    def _is_shown_person(self, head: int) -> bool:
        tree, mention = self.tree, self.mentions[self.by_head[head]]
        beside = [*tree.children(head, "compound", "appos"), tree[head].head]
        of_people = (self.lexicon.noun_classes.get(tree.lemma(i).lower()) for i in beside)
        if any(kind is not None and is_a(kind, "Person") for kind in of_people):
            return True
        if any(self._is_fuller(each, mention) for each in self.mentions):
            return True
        first = next(i for i in tree.indices() if tree[i].start >= mention.span.start)
        if first >= head or tree[first + 1].form == "-":  # "Al-Hasakah" is not of Al
            return False
        return tree[first].form in given_names()

    def _is_fuller(self, other: Mention, mention: Mention) -> bool:
        """As "Imran Khan", of whom the report tells as "Khan" too."""
        if other.level != "NAM" or not other.candidates or not is_a(other.type, "Person"):
            return False
        tokens = self.tree.tokens
        same = tokens[other.head].form == tokens[mention.head].form
        return same and other.span.start < tokens[other.head].start

    def _is_unlisted_noun(self, head: int) -> bool:
        mention = self.mention(head)
        plain = self.tree[head].upos in ("NOUN", "PRON", "DET", "ADJ")
        plain = plain or self.tree.child(head, "det") is not None  # "the wounded"
        return plain and not self.is_event(head) and (mention is None or mention.type == "Entity")

    def _is_counted(self, head: int) -> bool:
        """A number or counted plural of no known kind: who is killed in numbers is people."""
        tree = self.tree
        if tree[head].xpos == "CD":
            return not any(tree[i].xpos in ("$", "SYM") for i in tree.children(head))
        timed = tree.lemma(head) in self.lexicon.slots.durations
        return tree[head].xpos == "NNS" and not timed and tree.child(head, "nummod") is not None

    def _is_counted_people(self, head: int) -> bool:
        """As in "killed one Malian", "an Australian": a people's name so told is one of them."""
        mention = self.mention(head)
        named = mention is not None and mention.level == "ADJ"
        words = self.tree.children(head, "nummod", "det")
        return named and any(self.tree[i].lemma.lower() not in _DEFINITE for i in words)

    def has_head(self, head: int, noun: str) -> bool:
        """Whether the phrase ends in this noun or compound ("cruise missile")."""
        words = noun.split()
        if self.tree.lemma(head) != words[-1]:
            return False
        first = head - len(words) + 1
        if first < self.tree.sentence.first:
            return False
        before = [self.tree.lemma(index) for index in range(first, head)]
        return before == words[:-1]

    def _is_titled(self, head: int, noun: str) -> bool:
        """Whether the noun stands before the name as its title ("ambassador Max Baucus")."""
        tree = self.tree
        named = tree[head].upos == "PROPN"
        return named and any(tree.lemma(i) == noun for i in tree.children(head, "compound"))

    def filler(self, head: int) -> Filler:
        """The mention headed there, else the literal noun phrase."""
        index = self.by_head.get(head)
        if index is not None and not self._is_counted_people(head):  # no state is "one Malian"
            return Filler(self.mentions[index].span, mention=index)
        first, last = self.tree.phrase(head)
        if self.tree[last].deprel == "case":
            last -= 1  # "the coroner's report"
        return Filler(self.tree.span(first, last))

    def phrase_span(self, head: int) -> Span:
        first, last = self.tree.phrase(head)
        return self.tree.span(first, last)


def _has_agents(kinds: Sequence[str]) -> bool:
    return any(kind[0].isupper() and is_one_of(kind, ("Agent", "ArmedForce")) for kind in kinds)
