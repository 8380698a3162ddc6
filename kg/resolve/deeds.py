"""Whose deed it was: of two who fit, none is taken for "he" or "it" that killed or was tried."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lexicon import Lexicon
from kg.resolve.binding import SUBJECTS
from kg.resolve.discourse import Discourse
from kg.vocab import is_a, is_one_of

_HARM = (
    "CombatEvent", "Killing", "Injury", "Abduction", "Abuse", "Destruction", "Looting", "Theft",
    "Detention", "FinancialCrime",
)  # fmt: skip
_TRIAL = "JusticeEvent"
_DEAD = "dead"
_KILLINGS = ("Killing", "Assassination", "Execution")
_DEATHS = ("Death", "Killing")
_NAMING = ("Appointment", "Nomination")
_THINGS = ("it", "they", "them")
_ADDED = ("advcl", "relcl")
_NEAR = 1
"""Sentences within which somebody else may be meant."""


class Deeds:
    """Tells pronouns whose meaning is too grave to be guessed."""

    def __init__(self, discourse: Discourse, lexicon: Lexicon) -> None:
        self._discourse = discourse
        self._tokens = discourse.tokens
        self._verbs, self._nouns = lexicon.verbs, lexicon.nouns
        self._onward = lexicon.operators.junctions["onward"]

    def is_open(self, number: int, fitting: Sequence[int]) -> bool:
        """As in "the judge sentenced X. He had killed two": not the judge, though he fits best.

        `fitting` are the mentions that it may take up, the likeliest first. Who did one deed goes
        on to the next: "a gunman shot a guard. He then killed two".
        """
        token = self._discourse.token(number)
        if self._is_after_another(number, fitting) or self._is_after_naming(number, fitting):
            return True
        if self._is_of_dead(number, fitting) or self._is_of_speaker(number, fitting):
            return True
        if token.deprel not in (*SUBJECTS, "dobj") or not self._is_deed(token.head, tried=True):
            return False
        if self._is_object_again(number, fitting[0]):
            return False
        if self._discourse.text(self._discourse.mentions[number]).lower() in _THINGS:
            above = self._tokens[token.head]
            if above.deprel == "ccomp" and self._discourse.token(fitting[0]).head == above.head:
                return False  # "the rebels said they took X"
            fitting = [each for each in fitting if self._may_act(each)] or fitting
        best, at = self._discourse.root(fitting[0]), self._discourse.sentence_of
        rivals = [
            other
            for other in self._beside(number, fitting)
            if self._discourse.root(other) != best and at[number] - at[other] <= _NEAR
        ]
        return bool(rivals) and not self._goes_on(number, fitting[0])

    def died(self, number: int, fitting: Sequence[int]) -> list[int]:
        """Who of those that a possessive may mean has been told dead, in "X died ... his death"."""
        if not self._owns_death(number):
            return []
        return [each for each in fitting if self._has_died(each)]

    def tells_own_death(self, number: int, before: int) -> bool:
        """As in "police say they were executed": others were, as the dead say nothing."""
        clause = self._tokens[self._discourse.token(number).head]
        speakers = self._discourse.index.children(clause.head, *SUBJECTS)
        told = clause.deprel == "ccomp" and self._discourse.mentions[before].head in speakers
        return told and self._has_died(number)

    def _owns_death(self, number: int) -> bool:
        """As in "his death", "her murder"."""
        token = self._discourse.token(number)
        told = (trigger.type for trigger in self._nouns.get(self._tokens[token.head].lemma, ()))
        return token.xpos == "PRP$" and any(is_one_of(each, _DEATHS) for each in told)

    def _is_object_again(self, number: int, before: int) -> bool:
        """As in "the court convicted X and jailed him": X, as nobody else is acted on."""
        token, best = self._discourse.token(number), self._discourse.token(before)
        joined = self._tokens[token.head].deprel == "conj" and best.deprel == token.deprel == "dobj"
        own = self._discourse.index.children(token.head, *SUBJECTS)
        return joined and not own and self._tokens[token.head].head == best.head

    def _has_died(self, number: int) -> bool:
        token = self._discourse.token(number)
        verb = self._tokens[token.head]
        told = [trigger.type for trigger in self._verbs.get(verb.lemma, ())]
        found = self._discourse.index.children(token.head, "oprd", "acomp")  # "is found dead"
        if any(self._tokens[i].lemma == _DEAD for i in found):
            return True
        if token.deprel == "nsubj":
            return "Death" in told
        killed = any(is_one_of(each, _KILLINGS) for each in told)
        return token.deprel in ("nsubjpass", "dobj") and killed

    def _is_of_dead(self, number: int, fitting: Sequence[int]) -> bool:
        """As in "X met Y. His death was announced": of either, where nobody was told dead."""
        if not self._owns_death(number):
            return False
        roots = {self._discourse.root(each) for each in fitting}
        return len(roots) > 1 and not self._has_died(fitting[0])

    def _is_of_speaker(self, number: int, fitting: Sequence[int]) -> bool:
        """As in "X told reporters ... His lawyer said they would appeal": not the reporters."""
        token = self._discourse.token(number)
        clause = self._tokens[token.head]
        if token.form.lower() != "they" or token.deprel not in SUBJECTS or clause.deprel != "ccomp":
            return False
        index, at = self._discourse.index, self._discourse.sentence_of
        speakers = index.children(clause.head, "nsubj")
        owned = any(index.children(i, "poss") and self._tokens[i].xpos == "NN" for i in speakers)
        return owned and at[number] != at[fitting[0]]

    def _is_after_another(self, number: int, fitting: Sequence[int]) -> bool:
        """As in "X cut ties with Y after its police stormed Z", "X's men shot Y after he had ...".

        Whose police, or who had: either.
        """
        token, best = self._discourse.token(number), self._discourse.token(fitting[0])
        owner = token.deprel == "poss" and self._tokens[token.head].deprel == "nsubj"
        verb = self._tokens[token.head].head if owner else token.head
        clause, at = self._tokens[verb], self._discourse.sentence_of
        if clause.deprel != "advcl" or at[number] != at[fitting[0]]:
            return False
        root = self._discourse.root(fitting[0])
        others = [each for each in fitting[1:] if at[each] == at[number]]
        others = [each for each in others if self._discourse.root(each) != root]
        if owner:
            deed = self._is_deed(verb) and self._discourse.is_any(fitting[0], ("Agent",))
            return deed and any(self._discourse.is_any(each, ("Agent",)) for each in others)
        owned = token.deprel == "nsubj" and best.deprel == "poss"
        struck = (self._discourse.token(each) for each in others)
        return owned and any(each.head == clause.head and each.deprel == "dobj" for each in struck)

    def _is_after_naming(self, number: int, fitting: Sequence[int]) -> bool:
        """As in "the president named Ann Lee. She had led the army": either did."""
        token, best = self._discourse.token(number), self._discourse.token(fitting[0])
        named = [trigger.type for trigger in self._verbs.get(self._tokens[best.head].lemma, ())]
        if not any(is_one_of(each, _NAMING) for each in named) or token.deprel != "nsubj":
            return False
        at, root = self._discourse.sentence_of, self._discourse.root(fitting[0])
        if best.deprel != "nsubj" or at[number] - at[fitting[0]] != _NEAR:
            return False
        others = (self._discourse.token(e) for e in fitting if self._discourse.root(e) != root)
        return any(each.head == best.head and each.deprel == "dobj" for each in others)

    def _may_act(self, number: int) -> bool:
        """Whether it is a power, a body or people, and no place where something is done."""
        placed = self._discourse.token(number).deprel == "pobj"
        return not placed and self._discourse.is_any(number, ("Agent",))

    def _beside(self, number: int, fitting: Sequence[int]) -> Sequence[int]:
        """Of the clause around "before he ..." or "which it ...", if the likeliest is of it."""
        clause = self._tokens[self._discourse.token(number).head]
        above = clause.head
        while not self._tokens[above].xpos.startswith("VB") and self._tokens[above].head != above:
            above = self._tokens[above].head
        near = [each for each in fitting if self._discourse.token(each).head == above]
        genders = [self._discourse.gender(each) for each in fitting]
        if genders[0] is None and any(genders):
            return fitting  # "a suspect in the killing of Ann Lee ... after she was shot"
        return near if clause.deprel in _ADDED and fitting[0] in near else fitting

    def _is_deed(self, verb: int, *, tried: bool = False) -> bool:
        """Whether a verb, or one beside it that shares its subject, tells of harm or of a trial."""
        index = self._discourse.index
        beside = (i for i in index.children(verb, "conj") if not index.children(i, *SUBJECTS))
        return any(self._is_grave(self._tokens[i].lemma, tried) for i in (verb, *beside))

    def _is_grave(self, lemma: str, tried: bool) -> bool:
        told = [trigger.type for trigger in self._verbs.get(lemma, ())]
        grave = [each for each in told if tried or not is_a(each, _TRIAL)]
        grave = [each for each in grave if is_one_of(each, (*_HARM, _TRIAL))]
        return bool(grave) and 2 * len(grave) >= len(told)

    def _goes_on(self, number: int, before: int) -> bool:
        """Whether the doer of harm acts again, in a clause that leads on and not back."""
        token, doer = self._discourse.token(number), self._discourse.token(before)
        clause, index = self._tokens[token.head], self._discourse.index
        helpers = [self._tokens[i].form for i in index.children(token.head, "aux")]
        adverbs = [self._tokens[i].form.lower() for i in index.children(token.head, "advmod")]
        onward = clause.deprel == "conj" or any(each in self._onward for each in adverbs)
        leads = onward and "had" not in helpers
        return leads and token.deprel == "nsubj" == doer.deprel and self._is_deed(doer.head)
