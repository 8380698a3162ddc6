"""How a clause hangs on the rest of its sentence: what governs it, and by which link."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.obliques import preposition
from kg.extract.proposition import Link, Proposition
from kg.extract.tree import RELATIVIZERS, Tree
from kg.lexicon import Lexicon

_THOUGHTS = ("of", "for", "about")


class Linker:
    """Gives the propositions of verbs their governor, link and marker."""

    def __init__(self, tree: Tree, lexicon: Lexicon, found: Mapping[int, Proposition]) -> None:
        """`found` holds the verbs read so far, each before those below it."""
        self._tree = tree
        self._lexicon = lexicon
        self._found = found

    def place(self, proposition: Proposition) -> None:
        tree, index = self._tree, proposition.head
        token = tree[index]
        proposition.governor = tree.head(index)
        mark = self._marker(index)
        infinitive = self._is_to(index)
        proposition.marker = "only" if infinitive and self._is_outcome(index) else mark
        if self._is_placed_apart(proposition):
            return
        links: dict[str, Link] = {
            "ccomp": "complement",
            "xcomp": "infinitive" if infinitive else "gerund",
            "relcl": self._relative(index, infinitive=infinitive),
            "acl": self._clause_of_noun(index, infinitive=infinitive),
            "csubj": "subject",
            "csubjpass": "subject",
        }
        thought = self._thought_of(index)
        if infinitive and mark == "for":
            proposition.link = "infinitive"  # "calls for X to withdraw"
        elif thought is not None:
            proposition.link, (proposition.governor, proposition.marker) = "gerund", thought
        elif token.deprel == "advcl":
            self._place_adverbial(proposition, infinitive=infinitive)
        elif infinitive and self._is_purpose(index):
            proposition.link = "purpose"
            proposition.governor = tree.head(tree[token.head].head)
        elif token.deprel == "pcomp" and proposition.governor is not None:
            self._place_gerund(proposition, proposition.governor)
        elif proposition.governor is None:
            proposition.link = "root"
        elif token.xpos == "VBG" and token.deprel in ("pobj", "dobj"):
            self._as_gerund(proposition)
        elif token.deprel == "conj":
            self._place_conjunct(proposition)
        else:
            proposition.link = links.get(token.deprel, "root")

    def _is_placed_apart(self, proposition: Proposition) -> bool:
        """Places what hangs elsewhere than where the parser says, if it does."""
        index = proposition.head
        if self._tree[index].deprel == "ccomp" and self._is_loose(index):
            proposition.governor = None
            return True
        aimed, timed = self._aimed(index), self._timed(index)
        if aimed is not None:
            proposition.link, proposition.governor = "purpose", aimed
        elif timed is not None:
            proposition.link, proposition.governor, proposition.marker = "adverbial", timed, "when"
        return aimed is not None or timed is not None

    def _timed(self, index: int) -> int | None:
        """The verb that a time is told of, as in "will flee by the time that X takes Y"."""
        tree, noun = self._tree, self._tree[index].head
        if tree[index].deprel != "relcl" or tree.lemma(noun) not in self._lexicon.slots.moments:
            return None
        subject = tree.child(index, "nsubj", "nsubjpass")
        if subject is None or tree[subject].form.lower() in RELATIVIZERS:
            return None
        above = tree.head(tree[noun].head) if tree[noun].deprel == "pobj" else tree[noun].head
        return above if above in self._found and above != index else None

    def _place_adverbial(self, proposition: Proposition, *, infinitive: bool) -> None:
        index = proposition.head
        if self._is_after_particle(index):
            proposition.link = "gerund"
            return
        if self._is_kept_from(index):
            proposition.link, proposition.marker = "gerund", "from"
            return
        proposition.link = "purpose" if infinitive else "adverbial"
        proposition.governor = self._intended_above(index, self._tree[index].head)
        self._join_as_soon(proposition)

    def _is_kept_from(self, index: int) -> bool:
        """As in "stopped rebels taking X", without "from": right behind who is stopped."""
        tree, above = self._tree, self._tree[index].head
        objects = tree.children(above, "dobj")
        listed = f"{tree.lemma(above)} from" in self._lexicon.complements
        beside = objects and max(tree.subtree(objects[-1])) == min(tree.subtree(index)) - 1
        return tree[index].xpos == "VBG" and listed and bool(beside)

    def _thought_of(self, index: int) -> tuple[int, str] | None:
        """The noun and "of" in "the threat of X leaving Y", where the parser let X be leaving.

        Or it hung "leaving" on the verb around, though no comma parts it from X.
        """
        tree, token = self._tree, self._tree[index]
        being = any(tree[i].form.lower() == "being" for i in tree.children(index, "auxpass"))
        if not (being or token.xpos == "VBG") or token.deprel not in ("acl", "advcl"):
            return None
        direct = [token.head] if token.deprel == "acl" else []
        for whole in (*direct, *self._ending_before(index)):
            if tree[whole].deprel != "pobj":
                continue
            noun, marker = tree.head(tree[whole].head), preposition(tree, tree[whole].head)
            if noun is not None and self._is_thought(noun, marker):
                return noun, marker
        return None

    def _ending_before(self, index: int) -> list[int]:
        """The phrases that end right before an added clause; none if a comma or mark parts them."""
        tree, before = self._tree, min(self._tree.subtree(index)) - 1
        told = tree.lemma(index) in self._lexicon.report_verbs  # "dismissed fears of war saying"
        if before < tree.sentence.first or tree[before].form == "," or told:
            return []
        return [i for i in (before, *tree.ancestors(before)) if max(tree.subtree(i)) == before]

    def _is_thought(self, noun: int, marker: str) -> bool:
        """As "risk of", "fears of", "plan for": what follows is only in somebody's mind."""
        lemma = self._tree.lemma(noun)
        tables = (self._lexicon.nominal_nouns, self._lexicon.report_nouns)
        modalities = {table[lemma].modality for table in tables if lemma in table} - {None}
        # "a call of three officials", "the case of a man being shot"
        owned = marker == "of" and ("requested" in modalities or lemma == "case")
        return marker in _THOUGHTS and bool(modalities) and not owned

    def _place_gerund(self, proposition: Proposition, prep: int) -> None:
        tree = self._tree
        noun, marker = tree.head(prep), preposition(tree, prep)
        proposition.link, proposition.governor, proposition.marker = "gerund", noun, marker
        self._beside_gerund(proposition)
        asked = self._marker(proposition.head)
        if asked == "whether":
            proposition.link, proposition.marker = "complement", asked  # "looks into whether"
            return
        own = tree.child(proposition.head, "nsubj", "nsubjpass") is not None
        if own and (noun is None or not self._is_thought(noun, marker)):
            proposition.link = "root"  # "with the US claiming": a statement of its own

    def _join_as_soon(self, proposition: Proposition) -> None:
        """As in "will leave as soon as X is able to": hung on "soon", but said of "leave"."""
        above = self._tree[proposition.head].head
        if proposition.marker == "as" and self._tree.lemma(above) == "soon":
            proposition.marker, proposition.governor = "as soon as", self._tree.head(above)

    def _place_conjunct(self, proposition: Proposition) -> None:
        """Beside the verb that it agrees with, or as content ("announced a plan, and that ...")."""
        index, first = proposition.head, self._tree[proposition.head].head
        if self._is_passed_over(index):
            proposition.link, proposition.marker = "adverbial", "rather than"
            return
        if proposition.marker == "that" and self._tree.lemma(first) in self._lexicon.report_verbs:
            proposition.link = "complement"
            return
        if self._is_to(index) and first in self._found and not self._is_to(first):
            proposition.link = "infinitive"  # "proposed a truce and to hold talks"
            return
        if not self._agrees(index, first):
            proposition.governor = self._agreeing(index)
        elif not self._is_joined(index, first):
            if self._tree[first].deprel == "ccomp":  # torn off, but still content of who speaks
                proposition.governor, proposition.link = self._tree[first].head, "complement"
                return
            proposition.governor = None
        proposition.link = "conjunct" if proposition.governor is not None else "root"

    def _is_passed_over(self, index: int) -> bool:
        """As in "left rather than fight": what was not done instead."""
        words = [self._tree[i].form.lower() for i in range(index - 2, index)]
        return self._tree[index].xpos == "VB" and words == ["rather", "than"]

    def _is_after_particle(self, index: int) -> bool:
        """As in "ruled out sending troops", where nothing parts verb, particle and deed."""
        token, before = self._tree[index], self._tree[index - 1]
        close = before.deprel == "prt" and before.head == token.head
        return close and token.xpos == "VBG" and token.deprel == "advcl"

    def _is_to(self, index: int) -> bool:
        return any(self._tree[i].form.lower() == "to" for i in self._tree.children(index, "aux"))

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

    def _aimed(self, index: int) -> int | None:
        """What the purpose is of, in "launched a raid aimed at freeing X", "designed to free X"."""
        tree, token = self._tree, self._tree[index]
        if token.deprel not in ("pcomp", "xcomp"):
            return None
        gerund = token.deprel == "pcomp"
        aim = tree[token.head].head if gerund else token.head
        if tree.lemma(aim) not in self._lexicon.slots.aiming:
            return None
        noun = tree[aim].head
        if tree[aim].deprel != "acl":
            return aim if gerund and tree[token.head].form.lower() == "at" else None
        return tree[noun].head if tree[noun].deprel in ("dobj", "nsubjpass") else noun

    def _intended_above(self, index: int, above: int) -> int:
        """As in "decided to withdraw the army, deploying it ...": what goes on with the plan."""
        tree = self._tree
        plans = [i for i in tree.children(above, "xcomp") if i < index and self._is_to(i)]
        loose = tree[index].xpos == "VBG" and not tree.children(index, "mark", "aux")
        speaks = tree.lemma(index) in self._lexicon.report_verbs
        operator = self._lexicon.complements.get(tree.lemma(above))
        tried = operator is None or operator.modality in (None, "attempted")
        return plans[-1] if plans and loose and not speaks and not tried else above

    def _is_outcome(self, index: int) -> bool:
        """As in "took the town, only to lose it": what came of it, which nobody wanted."""
        first = min(self._tree.children(index), default=index)
        return self._tree[first].form.lower() == "only" and self._tree[first - 1].form == ","

    def _beside_gerund(self, proposition: Proposition) -> None:
        """As in "accuses X of arming rebels and of sending troops": both hang on "accuses".

        So does "killing" in "accuses X of crimes including killing Y".
        """
        tree, noun = self._tree, proposition.governor
        prep = tree.head(noun) if noun is not None else None
        if proposition.marker == "including" and noun is not None and prep is not None:
            inside = tree[noun].deprel == "pobj" and tree[prep].deprel == "prep"
            if inside and tree.head(prep) in self._found:
                proposition.marker, proposition.governor = preposition(tree, prep), tree.head(prep)
                return
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
        content = self._is_that_clause(index) or self._is_bare_content(index)
        return "complement" if content else "participle"

    def _is_bare_content(self, index: int) -> bool:
        """As in "claims he attacked X": a finite clause of its own after a noun that reports."""
        tree = self._tree
        told = tree.lemma(tree[index].head) in self._lexicon.report_nouns
        subject = tree.child(index, "nsubj", "nsubjpass")
        own = subject is not None and tree[subject].form.lower() not in RELATIVIZERS
        return told and own and self._finite(index) is not None

    def _is_that_clause(self, index: int) -> bool:
        """A full clause after the conjunction "that"; with a relative pronoun it has a gap."""
        tree = self._tree
        marks = [tree[i].form.lower() for i in tree.children(index, "mark")]
        gap = tree.lemma(index) in self._lexicon.slots.taking
        gap = gap and not tree.children(index, "dobj", "ccomp", "xcomp")
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
        # "X struck Y, many are believed to be buried": what is believed follows.
        own = [*self._tree.children(above, "xcomp", "oprd")]
        own += [i for i in self._tree.children(above, "ccomp") if i > above]
        return index < above and (not told or bool(own))

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
