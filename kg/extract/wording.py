"""A clause in the words of the text: its predicate phrase and its full argument phrases.

The slots of a proposition name what is meant (the counted noun, the antecedent); open information
extraction wants what is said, whole phrases in their surface order (ClausIE, Del Corro and Gemulla
2013; PredPatt, White et al. 2016). Both are read here from the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.members import is_singled_out
from kg.extract.obliques import preposition
from kg.extract.phrases import (
    ASIDE,
    OUTSIDE,
    Phrase,
    PhraseRole,
    extent,
    inner_phrases,
    measure_of,
    noun_phrase,
)
from kg.extract.proposition import Link, Proposition, Slot, surface_subject
from kg.extract.tree import RELATIVIZERS, Tree
from kg.vocab import is_a

_NARROW = OUTSIDE | {"acl"}
_PREDICATE = ("aux", "auxpass", "neg", "prt")
_CONFIDENCE: dict[Link, float] = {
    "root": 0.8,
    "complement": 0.7,
    "conjunct": 0.7,
    "infinitive": 0.7,
    "relative": 0.6,
    "adverbial": 0.6,
    "purpose": 0.6,
    "participle": 0.5,
    "gerund": 0.4,
}  # in the order and distance in which each is right on open sets


class Wording(Struct, frozen=True):
    """A predicate in words (token indices in text order), its lemma, and its arguments."""

    words: tuple[int, ...]
    lemma: str
    phrases: tuple[Phrase, ...]
    confidence: float


def wording(proposition: Proposition, context: Context) -> Wording:
    """The proposition of a verb in words; the subject comes first, the rest in text order."""
    return _Worder(proposition, context).read()


class _Worder:
    def __init__(self, proposition: Proposition, context: Context) -> None:
        self._proposition = proposition
        self._context = context
        self._tree = context.tree
        self._verb = proposition.head

    def read(self) -> Wording:
        first = list(self._subjects())
        rest = sorted(self._dependents(), key=lambda phrase: phrase.first)
        rest.extend(self._gap(rest))
        words = tuple(self._words())
        lemma = self._lemma(rest)
        if self._tree.child(self._verb, "expl") is None:
            after = [phrase for phrase in rest if phrase.first > words[-1]]
            lemma = f"{lemma} {_relational(after, self._context)}".rstrip()
        return Wording(words, lemma, (*first, *rest), self._confidence())

    def _confidence(self) -> float:
        return _CONFIDENCE.get(self._proposition.link, _CONFIDENCE["adverbial"])

    # --------------------------------------------------------- predicate

    def _words(self) -> list[int]:
        """The verb with its auxiliaries, negation, particle, and the adverbs between them."""
        tree, verb = self._tree, self._verb
        words = [verb, *tree.children(verb, *_PREDICATE), *self._particle()]
        if self._is_bare_conjunct():
            words += tree.children(tree[verb].head, "aux", "auxpass", "neg")
        for child in tree.children(verb, "advmod"):
            if min(words) < child < verb or child == verb - 1:
                words += [child, *tree.children(child, "neg", "det")]  # "no longer"
        return sorted(words)

    def _is_bare_conjunct(self) -> bool:
        """As in "was founded and dissolved": the auxiliaries stand with the first verb only."""
        tree, verb = self._tree, self._verb
        token = tree[verb]
        if token.deprel != "conj" or tree.children(verb, "aux", "auxpass", "nsubj", "nsubjpass"):
            return False
        return token.xpos in ("VB", "VBN", "VBG") and tree[token.head].xpos == token.xpos

    def _lemma(self, rest: Sequence[Phrase]) -> str:
        """The verb with its particle; of a participle that tells a state, as of an adjective."""
        tree = self._tree
        form = tree[self._verb].form.lower()
        if (
            all(phrase.role != "object" for phrase in rest)
            and form in self._context.lexicon.slots.states_in_ing
        ):
            return f"be {form}"
        particles = [*tree.children(self._verb, "prt"), *self._particle()]
        return " ".join((tree.lemma(self._verb), *(tree[i].form.lower() for i in particles)))

    def _particle(self) -> list[int]:
        """As in "set aside", "come forward": an adverb that makes one word with the verb."""
        tree, after = self._tree, self._verb + 1
        listed = self._context.lexicon.slots.particles
        found = [i for i in tree.children(self._verb, "advmod") if i == after]
        return [i for i in found if tree.lemma(i) in listed and not tree.children(i, "prep")]

    # ---------------------------------------------------------- subjects

    def _subjects(self) -> Iterator[Phrase]:
        """What stands before the verb, else what is understood there."""
        passive = self._proposition.passive
        role: PhraseRole = "object" if passive else "subject"
        children = self._tree.children(self._verb, "nsubj", "nsubjpass", "csubj", "expl")
        for child in children:
            if child > children[0] and self._is_part_of_first(child, children[0]):
                continue
            if self._tree[child].deprel == "csubj":
                yield self._clause("subject", child)
            elif self._is_relative(child):
                yield from self._understood(role)
            else:
                if passive and self._tree.children(self._verb, "dobj"):
                    role = "indirectObject"
                yield from self._nouns(role, child)
        if not children:
            yield from self._understood(role)

    def _is_part_of_first(self, second: int, first: int) -> bool:
        """As in "The toll in the capital Dhaka rises": no comma or "and" parts two subjects."""
        return max(self._tree.subtree(first)) == min(self._tree.subtree(second)) - 1

    def _is_relative(self, child: int) -> bool:
        token = self._tree[child]
        return token.form.lower() in RELATIVIZERS and token.xpos in ("WP", "WDT", "IN")

    def _understood(self, role: PhraseRole) -> Iterator[Phrase]:
        """The fillers that the proposition took over from another clause."""
        cause = self._cause()
        if cause is not None:
            yield cause
            return
        slots = self._proposition.all("object" if role == "object" else "subject")
        if self._is_aim_of_others():
            slots = []
        slots = slots or self._singled_out(role)
        own = self._tree.subtree(self._verb) if slots else []
        for slot in slots:
            late = self._proposition.link == "participle" and slot.head > self._verb
            if slot.head not in own and not late:  # "men carrying knives and a cleaver"
                yield from self._taken(role, slot)

    def _cause(self) -> Phrase | None:
        """As in "The tax passed, sparking protests": what has the consequence is the clause before.

        Where its subject is an event already, that event has it.
        """
        tree, above = self._tree, self._proposition.governor
        loose = self._proposition.link == "adverbial" and self._proposition.marker is None
        clause = self._context.propositions.get(above) if above is not None else None
        if clause is not None and clause.marker in ("when", "while"):
            above = clause.governor  # "calls X mad when asked about Y, prompting anger"
            clause = self._context.propositions.get(above) if above is not None else None
        if clause is None or above is None or not loose or clause.kind != "verb":
            return None
        lemma, objects = tree.lemma(self._verb), tree.children(self._verb, "dobj")
        named = {lemma, *(f"{lemma} {tree.lemma(i)}" for i in objects)}
        if above > self._verb or named.isdisjoint(self._context.lexicon.slots.consequences):
            return None
        if any(self._context.is_event(slot.head) for slot in surface_subject(clause)):
            return None
        told = [i for i in tree.subtree(above) if i < min(tree.subtree(self._verb))]
        while tree[told[-1]].upos == "PUNCT":
            told.pop()
        while told[0] != above and tree[told[0]].deprel in ("mark", "cc", "punct"):
            told.pop(0)
        events = self._context.propositions.values()
        event = next((each.head for each in events if each.light == above), above)
        return Phrase("subject", event, told[0], told[-1], understood=True)

    def _is_aim_of_others(self) -> bool:
        """As in "tours were suspended to reduce the risk": it is not the tours that aim at it."""
        above = self._context.propositions.get(self._proposition.governor or -1)
        if above is None or self._proposition.link != "purpose" or not above.passive:
            return False
        doers = [self._context.type_of(slot.head) for slot in above.all("object")]
        acting = any(kind is not None and is_a(kind, "Agent") for kind in doers)
        return not acting or above.lemmas[-1] not in self._context.lexicon.slots.object_control

    def _singled_out(self, role: PhraseRole) -> list[Slot]:
        """As in "the last nurse to leave": she leaves."""
        tree, noun = self._tree, self._proposition.governor
        if self._proposition.link != "infinitive" or noun is None or not tree.is_noun(noun):
            return []
        return [Slot(role, noun)] if is_singled_out(tree, noun, self._context.lexicon) else []

    def _taken(self, role: PhraseRole, slot: Slot) -> Iterator[Phrase]:
        """Without its participles, of which this clause may be one: "legislation passed by X".

        In the measure in which it is told, unless the clause describes what is measured.
        """
        described = slot.head == self._proposition.governor
        head = slot.head if described else measure_of(slot.head, self._context)
        first, last = extent(self._tree, head, _NARROW)
        yield Phrase(role, slot.head, first, last, understood=True)

    def _gap(self, found: list[Phrase]) -> Iterator[Phrase]:
        """The object that a relative clause leaves out: "the town Russia captured"."""
        if self._proposition.passive or any(phrase.role == "object" for phrase in found):
            return
        slots, noun = self._proposition.all("object"), self._proposition.governor
        if any(self._tree[i].xpos == "WRB" for i in self._tree.children(self._verb, "advmod")):
            return  # "2016, when he was old"
        pronouns = [i for i in self._tree.children(self._verb, "dobj") if self._is_relative(i)]
        if pronouns and not slots and noun is not None and self._proposition.link == "relative":
            slots = [Slot("object", noun)]
        own = self._tree.subtree(self._verb) if slots else []
        for slot in slots:
            if slot.head not in own:
                yield from self._taken("object", slot)

    # -------------------------------------------------------- dependents

    def _dependents(self) -> Iterator[Phrase]:
        tree, verb = self._tree, self._verb
        for child in tree.children(verb):
            deprel = tree[child].deprel
            if deprel == "attr" or (deprel == "dobj" and child == tree.child(verb, "dobj")):
                # A second object is a time or place ("won the prize, a first for any woman").
                yield from self._object(child)
            elif deprel == "dative" and tree.is_noun(child):
                yield from self._nouns("indirectObject", child)
            elif deprel in ("acomp", "oprd", "ccomp", "xcomp"):
                yield from self._completion(child)
            elif deprel in ("prep", "agent", "dative"):
                yield from self._prepositional(child)
            elif deprel in ("advmod", "prt"):
                for prep in tree.children(child, "prep"):
                    yield from self._prepositional(prep, adverb=child)
            elif deprel == "npadvmod" and tree[child].xpos not in ("JJ", "CD"):
                yield noun_phrase(tree, child, "oblique", self._context)

    def _is_governed(self, child: int) -> bool:
        """Not where two statements stand side by side and the parser joined them."""
        clause = self._context.propositions.get(child)
        return clause is None or clause.governor is not None

    def _prepositional(self, prep: int, adverb: int | None = None) -> Iterator[Phrase]:
        """What stands behind a preposition, and behind its adverb: "short of X", "back to X"."""
        tree = self._tree
        name = preposition(tree, prep)
        if name == "including" or name in self._context.lexicon.reporting.prepositions:
            return  # one of those told of; "according to X" tells who says so, not what
        role: PhraseRole = "subject" if tree[prep].deprel == "agent" else "oblique"
        inner = prep
        for child in tree.children(prep, "prep", "pcomp"):
            if name.endswith(f" {tree[child].form.lower()}") and inner == prep:
                inner = child
        if adverb == prep - 1 and tree[adverb].deprel == "advmod":
            name = f"{tree[adverb].form.lower()} {name}"
        for child in tree.children(inner, "pobj") or tree.children(prep, "pobj"):
            if not self._is_relative(child):
                yield from self._nouns(role, child, name)
        for child in tree.children(inner, "pcomp"):
            if tree.is_verb(child):
                yield self._clause("oblique", child, name)

    def _object(self, child: int) -> Iterator[Phrase]:
        if self._tree[child].form.lower() in self._context.lexicon.slots.place_adverbs:
            yield Phrase("oblique", child, child, child)
        elif not self._is_relative(child):
            yield from self._nouns("object", child)
        if self._tree[child].deprel == "attr":
            yield from inner_phrases(child, self._context)

    def _completion(self, child: int) -> Iterator[Phrase]:
        """An adjective with what it is of, or a clause."""
        if self._tree[child].deprel in ("acomp", "oprd"):
            yield Phrase("attribute", child, *extent(self._tree, child, ASIDE))
            yield from inner_phrases(child, self._context)
        elif self._is_governed(child):
            yield self._clause("complement", child)

    def _clause(self, role: PhraseRole, child: int, marker: str | None = None) -> Phrase:
        tree = self._tree
        inside = [i for i in tree.subtree(child) if tree[i].deprel != "punct"]
        first = inside[0]
        if tree[first].deprel == "mark" and len(inside) > 1:
            first, marker = inside[1], tree[first].form.lower()
        return Phrase(role, child, first, inside[-1], marker)

    def _nouns(self, role: PhraseRole, child: int, marker: str | None = None) -> Iterator[Phrase]:
        """A phrase for each coordinated noun; "between 5 and 10" is one."""
        number = self._tree[child].upos == "NUM"
        for head in [child] if number else self._tree.conjuncts(child):
            if self._tree[head].upos == "ADJ" and head != child:
                continue  # "sport and cultural venues", with "cultural" beside the sport
            yield noun_phrase(self._tree, head, role, self._context, marker)


def _relational(phrases: Sequence[Phrase], context: Context) -> str:
    """What belongs to the lemma besides the verb: "be capital of", "take part in", "rely on"."""
    tree = context.tree
    first = next((p for p in phrases if p.role in ("object", "attribute")), None)
    if first is not None and not _is_predicative(first, context):
        return ""
    words = [tree.lemma(first.noun)] if first is not None else []
    nearest = next((p for p in phrases if p is not first), None)
    if nearest is not None and nearest.role == "oblique" and tree[nearest.noun].xpos != "CD":
        words.append(nearest.marker or "")
    return " ".join(words)


def _is_predicative(phrase: Phrase, context: Context) -> bool:
    """A noun that tells what somebody is ("the capital of X"), or a bare one ("took part")."""
    token = context.tree[phrase.noun]
    if phrase.role == "attribute":
        return token.upos == "ADJ"
    if token.upos != "NOUN" or phrase.understood:
        return False
    bare = phrase.first == phrase.last == phrase.noun and token.xpos == "NN"
    return token.deprel in ("attr", "appos") or bare


def apposition(index: int, context: Context) -> Wording | None:
    """As in "X, leader of Y": what stands beside a noun is what it is."""
    tree = context.tree
    token = tree[index]
    if token.deprel != "appos" or tree.one_name(index, token.head):
        return None
    kinds = (tree[token.head].upos, token.upos)
    if "NOUN" not in kinds or {*kinds} - {"NOUN", "PROPN"} or _is_list(index, tree):
        return None  # "Salt Lake City, Utah", "John, 45", "they all"
    if not _is_set_off(index, kinds, tree) or tree.child(index, "nummod") is not None:
        return None  # "4.2 million km, 2.6 million miles"
    if tree.lemma(index) in context.lexicon.slots.clause_nouns:
        return None  # "X is named adviser to Y, a move criticised by Z"
    first = min(tree.subtree(index))
    subject = noun_phrase(tree, token.head, "subject", context)
    subject = replace(subject, last=min(subject.last, first - 1))
    objects = [noun_phrase(tree, each, "object", context) for each in tree.conjuncts(index)]
    inner = list(inner_phrases(index, context)) if len(objects) == 1 else []
    lemma = f"be {_relational([*objects, *inner], context)}".rstrip()
    return Wording((), lemma, (subject, *objects, *inner), _CONFIDENCE["participle"])


def _is_set_off(index: int, kinds: tuple[str, str], tree: Tree) -> bool:
    """Behind a comma, or a name next to its noun ("its leader X").

    Not "a hurricane (75 mph winds)", "the Finland–Russia border", "others in Kabul, Afghanistan".
    """
    first = extent(tree, index, OUTSIDE)[0]
    if first - 2 < tree.sentence.first:
        return False
    before, named = tree[first - 1], kinds == ("NOUN", "PROPN")
    between = [tree[i].form for i in range(tree[index].head, first - 1)]
    if "," in between or "(" in between:
        return False  # "a photo, taken in X, of a rare animal, the saola"
    if before.form != ",":
        return named and before.upos not in ("PUNCT", "CCONJ")
    return not (named and tree[first - 2].upos == "PROPN")


def _is_list(index: int, tree: Tree) -> bool:
    """As in "councils, activists and others", "partners, especially X": parts, not the whole."""
    head = tree[index].head
    several = len(tree.children(head, "appos")) > 1 or tree.child(head, "conj") is not None
    second = tree.child(index, "conj")
    listed = second is not None and (
        tree[index].xpos == "NNS" or any(tree[i].form == "," for i in range(index, second))
    )
    return several or listed or tree.child(index, "advmod") is not None
