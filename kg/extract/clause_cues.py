"""Cues without a verb: "according to X", "citing X", "in the words of X", "allegedly"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.context import Context
from kg.extract.obliques import objects, preposition
from kg.extract.proposition import Proposition
from kg.extract.sources import SourceFinder, Step
from kg.extract.told import is_timed
from kg.model import Attribution


@dataclass(frozen=True, slots=True)
class ClauseCue:
    """It reaches the tokens `first..last` but for its own phrase.

    `alone`: what it reaches is told by nobody else, whoever speaks in the clause above.
    """

    first: int
    last: int
    own: frozenset[int]
    citing: bool
    alone: bool
    step: Step

    def reaches(self, head: int) -> bool:
        return self.first <= head <= self.last and head not in self.own


class ClauseCueReader:
    """The cues of one sentence that no verb or noun governs."""

    def __init__(self, context: Context, sources: SourceFinder) -> None:
        self._context = context
        self._tree = context.tree
        self._lexicon = context.lexicon
        self._sources = sources

    def prepositional(self) -> Iterator[ClauseCue]:
        """As in "according to X", "as per X", "citing X"."""
        tree = self._tree
        first_words = {cue.split()[0] for cue in self._lexicon.reporting.prepositions}
        for index in () if tree.forms.isdisjoint(first_words) else tree.indices():
            form = tree[index].form.lower()
            if form not in first_words:
                continue
            name = preposition(tree, index)
            heads = objects(tree, index) or tree.children(index, "dobj")
            words = self._in_words_of(index)
            if words is not None:
                name, heads = words
            heads = [head for head in heads if self._can_be_cited(head, name)]
            heads = [head for head in heads if not self._is_act(head)]
            if name not in self._lexicon.reporting.prepositions or not heads:
                continue
            if tree[tree[index].head].form.lower() == "without":
                continue  # "without citing sources"
            own = frozenset(tree.subtree(index))
            citing = form in ("citing", "quoting")
            closed = self._closed(index, own)
            first, last = (closed[0], closed[-1]) if closed else self._scope(index, own)
            step = self._sources.said_by(index, heads)
            yield ClauseCue(first, last, own, citing, bool(closed), step)

    def _can_be_cited(self, head: int, cue: str) -> bool:
        """Whoever stands after "according to" speaks, if it is no plan or law.

        Nobody does in "100 cases per 100,000 people", "five tons per entity".
        """
        kind = self._lexicon.noun_classes.get(self._tree.lemma(head), "Entity")
        each = self._tree[head].xpos == "NN" and kind not in ("GovernmentBody", "Person")
        each = each and not self._tree.children(head, "det", "poss")
        if cue == "per" and (each or self._tree.children(head, "nummod")):
            return False
        if self._sources.can_speak(head):
            return True
        plain = self._tree[head].upos == "NOUN" and cue == "according to"
        return plain and self._tree.lemma(head) not in self._lexicon.reporting.norms

    def _is_act(self, head: int) -> bool:
        """As in "citing the king's decision to leave": a reason, not a report."""
        cue = self._lexicon.report_nouns.get(self._tree.lemma(head))
        return cue is not None and cue.modality is not None

    def adverbial(self, proposition: Proposition) -> Iterator[Step]:
        """As in "allegedly", "is said to": distance without a source."""
        tree = self._tree
        indices = [proposition.head]
        if proposition.light is not None:
            indices.append(proposition.light)
        indices.append(tree.first_conjunct(indices[-1]))
        for index in dict.fromkeys(indices):
            for child in tree.children(index, "advmod", "amod"):
                cue = self._lexicon.report_adverbs.get(tree.lemma(child))
                if cue is not None and (cue.modality or cue.kind != "indirect"):
                    span = tree.token_span(child)
                    yield Step(Attribution("unspecified_allegation", (), cue=span), child)
                    return

    def _in_words_of(self, index: int) -> tuple[str, list[int]] | None:
        """A listed cue of several words, and its objects."""
        tree = self._tree
        for cue in self._lexicon.reporting.prepositions:
            words = cue.split()
            last = index + len(words) - 1
            if len(words) > 2 and last < tree.sentence.last:
                forms = [tree[i].form.lower() for i in range(index, last + 1)]
                if forms == words:
                    return cue, [*tree.children(last, "pobj")]
        return None

    def _scope(self, index: int, own: frozenset[int]) -> tuple[int, int]:
        """The clause that the cue is attached to; a parenthesis reaches the whole sentence."""
        tree = self._tree
        top = index
        for above in tree.ancestors(index):
            token = tree[above]
            own_subject = tree.child(above, "nsubj", "nsubjpass") is not None
            top = above
            if tree.is_verb(above) and token.deprel in ("conj", "advcl") and own_subject:
                break  # "fled, although, according to X, Y had won"
            if token.deprel == "relcl" and tree[above].head < index < self._root():
                break  # "Y, which Z backs according to X, won"
        outside = self._is_outside(index, own)
        if outside:
            top = self._root()
        inside = [i for i in tree.subtree(top) if i not in own]
        if self._opens_conjunct(index):
            inside = [i for i in inside if i > index]
        elif tree[top].deprel != "conj" and not outside:
            inside = self._without_later_clauses(top, index, inside)
        return (min(inside), max(inside)) if inside else (index, index)

    def _root(self) -> int:
        return next(i for i in self._tree.indices() if self._tree.head(i) is None)

    def _closed(self, cue: int, own: frozenset[int]) -> list[int]:
        """As in "X said it held on, hours after Y fled, according to Z": Z tells of the last alone.

        The words of the clause before a cue that closes the sentence, where another speaks.
        """
        tree, reports = self._tree, self._lexicon.report_verbs
        root = self._root()
        speaks = tree.lemma(root) in reports and tree.child(root, "nsubj") is not None
        if not speaks or cue - 2 <= root or not self._is_outside(cue, own):
            return []
        for above in (cue - 2, *tree.ancestors(cue - 2)):
            if tree[above].deprel == "prep" and is_timed(above, self._context):
                return [i for i in tree.subtree(above) if i not in own]
            if tree.is_verb(above) and tree.child(above, "nsubj", "nsubjpass") is not None:
                inside = [i for i in tree.subtree(above) if i not in own]
                return inside if self._is_second(above, inside[0]) else []
        return []

    def _is_second(self, clause: int, first: int) -> bool:
        """Whether a clause, from its first word, only stands beside another behind a comma."""
        tree, joints = self._tree, self._lexicon.operators.junctions
        marks = tree.children(clause, "mark", "advmod")
        if any(is_timed(i, self._context) for i in marks):
            return True
        words = {tree[i].form.lower() for i in marks}
        beside = not words.isdisjoint((*joints["temporal"], *joints["contrast"]))
        return beside and tree[clause].deprel == "advcl" and tree[first - 1].form == ","

    def _opens_conjunct(self, index: int) -> bool:
        """As in "fled and, according to X, killed": the cue is of what follows alone."""
        tree = self._tree
        before = range(index - 1, tree.sentence.first, -1)
        words = (i for i in before if tree[i].upos not in ("PUNCT", "ADV"))
        word = next(words, index)
        return tree[word].deprel == "cc" and tree.is_verb(tree[word].head)

    def _is_outside(self, index: int, own: frozenset[int]) -> bool:
        """A cue that opens or closes the sentence, set off by a comma, is about all of it."""
        tree = self._tree
        last = max(i for i in tree.indices() if tree[i].upos != "PUNCT")
        closes = max(own) >= last and index > tree.sentence.first and tree[index - 1].form == ","
        return index == tree.sentence.first or closes

    def _without_later_clauses(self, top: int, cue: int, inside: list[int]) -> list[int]:
        tree = self._tree
        for other in tree.children(top, "conj"):
            if other > cue and tree.child(other, "nsubj", "nsubjpass") is not None:
                later = set(tree.subtree(other))
                inside = [i for i in inside if i not in later]
        return inside
