"""What grammar lets a pronoun mean, and forbids: who acts beside it, who speaks, who is quoted.

The syntactic filter of Lappin and Leass (1994): two arguments of one verb are two things, also
where the verb shares its subject with another ("he did not kill X and stabbed him").
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kg.gazetteer import Gender
from kg.lexicon import Lexicon
from kg.resolve.discourse import Discourse
from kg.resolve.joint import is_of_pair
from kg.resolve.rules import coreference_rules
from kg.vocab import is_one_of

SUBJECTS = ("nsubj", "nsubjpass")
_OBJECTIVE = ("him", "her", "them")  # "X allowed him to go": not X
_ARGUMENTS = (*SUBJECTS, "dobj", "dative")
_GOING_ON = ("advcl", "pcomp")
_SAID_TO_BE = ("attr", "oprd")
_LONGEST = 8  # clauses climbed for a subject
_LAST_SENTENCE = 30  # mentions looked back over
_FOUGHT = ("CombatEvent", "Killing")
_CONTENT = ("acl", "ccomp", "relcl")  # how the parser hangs what a report tells on its noun
_BY = ("by", "from")
_ANSWERED = ("Refusal", "Approval", "CourtRuling")
_STOPS = (".", "!", "?", ";")
_WON = ("Capture", "Advance", "Interception", "PushBack")


class Binding:
    """The filter of one document."""

    def __init__(self, discourse: Discourse, lexicon: Lexicon) -> None:
        self._discourse = discourse
        self._speaking, self._judging = lexicon.speech_verbs, lexicon.slots.judging
        self._describing = lexicon.reporting.describing
        self._events, self._verbs = lexicon.nouns, lexicon.verbs
        self._cues, self._nouns = lexicon.report_verbs, lexicon.report_nouns
        self._mentions = discourse.mentions
        self._tokens = discourse.tokens
        self._index = discourse.index

    def judged(self, number: int) -> int | None:
        """Whose a possessive is in "X condemned Y for its invasion": the head of Y."""
        noun = self._tokens[self._discourse.token(number).head]
        prep = self._tokens[noun.head]
        if noun.deprel != "pobj" or prep.form.lower() not in ("for", "over"):
            return None
        above = self._tokens[prep.head]
        verb = above.head if above.deprel == "dobj" else prep.head
        judging = self._tokens[verb].lemma in self._judging
        return next(iter(self._index.children(verb, "dobj")), None) if judging else None

    def claimant(self, number: int) -> int | None:
        """Whose "it" or "its" is in "X rejected a claim by Y that its men hold Z": the head of Y.

        Of what Y accuses X, X may be meant as well.
        """
        clause = self._content_clause(number)
        noun = self._tokens[clause].head
        cue = self._nouns.get(self._tokens[noun].lemma)
        if self._tokens[clause].deprel not in _CONTENT or cue is None or cue.kind == "accusation":
            return None
        told = (noun, self._tokens[noun].head) if self._tokens[noun].deprel == "dobj" else (noun,)
        by = [i for each in told for i in self._index.children(each, "prep")]
        found = self._index.children(noun, "poss")
        by = [i for i in by if self._tokens[i].form in _BY]
        found += [i for prep in by for i in self._index.children(prep, "pobj")]
        return next(iter(found), None)

    def is_contested(self, number: int) -> bool:
        """As in "X rejected Y's claim that its men had fled": they may be X's, or Y's.

        What Y claims to have won, it has won.
        """
        if self.claimant(number) is None:
            return False
        clause = self._content_clause(number)
        above = self._tokens[self._tokens[clause].head].head
        cue = self._cues.get(self._tokens[above].lemma)
        told = [trigger.type for trigger in self._verbs.get(self._tokens[clause].lemma, ())]
        won = any(is_one_of(each, _WON) for each in told)
        return cue is not None and cue.polarity == "negative" and not won

    def _content_clause(self, number: int) -> int:
        """The verb whose subject a pronoun is, or owns."""
        token = self._discourse.token(number)
        return self._tokens[token.head].head if token.xpos == "PRP$" else token.head

    def is_acted_on(self, number: int, before: int) -> bool:
        """As in "X put sanctions on Y, accusing him of ...", "X shot Y after beating him": Y."""
        token, earlier = self._discourse.token(number), self._discourse.token(before)
        clause = self._tokens[token.head]
        if token.deprel != "dobj" or clause.deprel not in _GOING_ON or clause.xpos != "VBG":
            return False
        clause = self._tokens[clause.head] if clause.deprel == "pcomp" else clause
        if earlier.deprel not in ("dobj", "pobj", "dative"):
            return False
        above = self._mentions[before].head
        while self._tokens[above].upos != "VERB" and self._tokens[above].head != above:
            above = self._tokens[above].head
        return above == clause.head

    def beside(self, number: int) -> int | None:
        """Whose a possessive is in "met X and his wife": the head of X."""
        token = self._discourse.token(number)
        noun = self._tokens[token.head]
        if noun.deprel == "poss":
            noun = self._tokens[noun.head]  # "X and his party's stance"
        own = any(self._tokens[i].form == "own" for i in self._index.children(token.head, "amod"))
        joined = token.xpos == "PRP$" and noun.deprel == "conj" and not own
        return noun.head if joined else None

    def author(self, number: int) -> int | None:
        """As in "remarks made by X, where he accused Y": X, whoever tells of them."""
        token = self._tokens[self._mentions[number].head]
        verb = self._tokens[token.head]
        if token.deprel != "nsubj" or verb.deprel != "relcl":
            return None
        made = self._index.children(verb.head, "acl")
        by = (i for each in made for i in self._index.children(each, "agent"))
        return next((i for each in by for i in self._index.children(each, "pobj")), None)

    def is_happening(self, number: int) -> bool:
        """As in "it was the deadliest attack", "called it a disgrace": what was told, no body."""
        token = self._discourse.token(number)
        judged = token.deprel in (*SUBJECTS, "dobj") and self._index.children(token.head, "oprd")
        if token.form.lower() == "it" and judged and self._is_described(token.head):
            return True
        if token.form.lower() != "it" or token.deprel not in SUBJECTS:
            return False
        verbs = [token.head, *self._index.children(token.head, "xcomp")]
        told = [i for verb in verbs for i in self._index.children(verb, *_SAID_TO_BE)]
        lemmas = {self._tokens[i].lemma.lower() for i in told}
        happenings = coreference_rules().happenings
        return any(lemma in self._events or lemma in happenings for lemma in lemmas)

    def _is_described(self, verb: int) -> bool:
        """As in "called it a lie", "called the deal a lie"."""
        return self._tokens[verb].lemma in self._describing

    def is_empty(self, number: int) -> bool:
        """As in "it is important to note that ...", "it was X who fled": nothing is meant by it."""
        token = self._discourse.token(number)
        verb = token.head
        if token.form.lower() != "it" or token.deprel not in SUBJECTS:
            return False
        if self._is_cleft(verb):
            return True
        so = self._index.children(verb, "acomp")
        clauses = self._index.children(verb, "ccomp", "xcomp", "csubj")
        clauses += [i for each in so for i in self._index.children(each, "ccomp", "xcomp")]
        so = [i for i in so if self._tokens[i].lemma.lower() not in coreference_rules().minded]
        return self._tokens[verb].lemma == "be" and bool(so) and any(i > verb for i in clauses)

    def _is_cleft(self, verb: int) -> bool:
        """As in "it was Armenians who shot first", "it is Kyiv that broke the truce"."""
        told = self._index.children(verb, "attr") if self._tokens[verb].lemma == "be" else ()
        clauses = (i for each in told for i in self._index.children(each, "relcl"))
        words = (self._tokens[i] for each in clauses for i in self._index.children(each))
        return any(each.form.lower() in ("who", "that") for each in words)

    def is_of_pair(self, number: int) -> bool:
        """Whether "they" may mean two whom no mention names together."""
        return is_of_pair(number, self._discourse, self._cues)

    def barred(self, number: int) -> frozenset[int]:
        """What the other arguments of a pronoun's verb mean; of a possessive none."""
        token = self._discourse.token(number)
        if token.xpos == "PRP$":
            return frozenset(map(self._discourse.root, self._assailants(number)))
        others = {*self._discourse.others(number), *self._accusers(number)}
        verb = self._verb(number)
        if self._is_infinitive(verb) and verb != self._tokens[verb].head:
            verb = self._tokens[verb].head  # "X caused it to fall": not X
        for head in (*self._index.children(verb, *_ARGUMENTS), *self._shared(verb)):
            for each in (head, *self._index.children(head, "appos")):
                found = self._index.by_head.get(each)
                if found is not None and found != number:
                    others.add(found)
        return frozenset(map(self._discourse.root, others))

    def _assailants(self, number: int) -> list[int]:
        """As in "X attacked its base": a power attacks what is another's, where not "its own".

        So too "X rejected its request": nobody rejects his own.
        """
        token = self._discourse.token(number)
        noun = self._tokens[token.head]
        own = any(self._tokens[i].form == "own" for i in self._index.children(token.head, "amod"))
        of = self._tokens[noun.head]
        if noun.deprel == "pobj" and of.form.lower() == "of":
            noun = self._tokens[of.head]  # "killed two of its soldiers"
        triggers = self._verbs.get(self._tokens[noun.head].lemma, ())
        fought = any(is_one_of(each.type, _FOUGHT) for each in triggers)
        answered = noun.lemma in self._nouns and any(each.type in _ANSWERED for each in triggers)
        if token.form.lower() not in ("its", "his", "her", "their") or noun.deprel != "dobj" or own:
            return []
        if not answered and not (fought and token.form.lower() == "its"):
            return []
        subjects = self._index.children(noun.head, "nsubj")
        return [self._index.by_head[i] for i in subjects if i in self._index.by_head]

    def _accusers(self, number: int) -> list[int]:
        """As in "X accused Y of shelling Z. It denies the charge", "a charge it rejects": not X."""
        near = self._discourse.near(number, _LAST_SENTENCE)
        found = [before for before in near if self._is_of_charge(number, before, "nsubj")]
        return found[-1:]  # of the last charge; who brought another may deny this one

    def is_accused(self, number: int, before: int) -> bool:
        """As Y in "X accused Y of shelling Z. It denies the charge"."""
        return self._is_of_charge(number, before, "dobj", "nsubjpass")

    def _is_of_charge(self, number: int, before: int, *deprels: str) -> bool:
        """Whether a mention has such a part in the accusation that the pronoun's verb denies."""
        token, earlier = self._discourse.token(number), self._discourse.token(before)
        if token.deprel != "nsubj" or self._kind(token.head) != "denial":
            return False
        at = self._discourse.sentence_of
        kind = self._kind(earlier.head)
        said = self._tokens[token.head].deprel == "relcl" and kind not in (None, "denial")
        said = said and at[number] == at[before]  # "X said Y left, an allegation they denied"
        charged = earlier.deprel in deprels and (kind == "accusation" or said)
        return charged and at[number] - at[before] <= 1

    def _is_out_of_reach(self, number: int, fitting: Sequence[int]) -> bool:
        """As in "The navy came. Families accused the government. It ...": named once, long ago."""
        discourse = self._discourse
        if not fitting or discourse.distance(fitting[0], number) <= 1:
            return False
        root = discourse.root(fitting[0])
        if sum(discourse.root(each) == root for each in range(number)) > 1:
            return False
        return any(
            discourse.distance(each, number) == 1 and discourse.is_any(each, ("Agent",))
            for each in fitting[1:]
        )

    def is_of_last(self, number: int, best: int, speaking: Collection[str]) -> bool:
        """As in "Chad fell silent. The war began in May. It has displaced millions": not Chad.

        What opens a sentence and does not speak takes up what the one before was about.
        """
        token, first = self._discourse.token(number), self._mentions[number].head
        clause = self._tokens[token.head]
        opens = token.form == "It" and token.deprel in SUBJECTS and clause.deprel == "ROOT"
        if not opens or clause.lemma in speaking or self._discourse.distance(best, number) == 0:
            return False
        roots = (i for i in range(first - 1, -1, -1) if self._tokens[i].head == i)
        for subject in self._index.children(next(roots, first), *SUBJECTS):
            told = self._index.by_head.get(subject)
            one = self._tokens[subject].xpos == "NN" and subject < first
            same = told is not None and self._discourse.root(told) == self._discourse.root(best)
            acts = told is not None and self._discourse.is_any(told, ("Agent", "Place"))
            return one and not same and not acts
        return False

    def is_far(self, number: int, fitting: Sequence[int], gender: Gender | None) -> bool:
        """Whether the likeliest was named so long ago that who came since may be meant."""
        if gender is None:
            far = self._is_out_of_reach(number, fitting)
            return far or self._is_of_things(number, fitting[0])
        return self._is_passed_over(number, fitting[0], gender)

    def _is_of_things(self, number: int, best: int) -> bool:
        """As in "The army ... X, which wants elections and calls them a sham": not the army."""
        token, body = self._discourse.token(number), self._discourse.token(best)
        one = body.xpos in ("NN", "NNP") and self._discourse.distance(best, number) > 0
        if token.form.lower() not in ("they", "them") or not one:
            return False
        index = self._mentions[number].head - 1
        while index >= 0 and self._tokens[index].form not in _STOPS:
            word = self._tokens[index]
            told = self._index.by_head.get(index)
            thing = told is None or told in self._discourse.things
            if thing and word.xpos == "NNS" and word.deprel == "dobj":
                return True
            index -= 1
        return False

    def _is_passed_over(self, number: int, best: int, gender: Gender) -> bool:
        """As in "An aide spoke. Alix Roy left. He ...": the name nearer may be a man's."""
        if self._discourse.distance(best, number) <= 1:
            return False
        return any(
            self._discourse.distance(each, number) <= 1
            and self._mentions[each].level == "NAM"
            and self._discourse.is_any(each, ("Person",))
            and self._discourse.gender(each) not in (None, gender)
            and not self._discourse.is_shown(each)
            for each in self._discourse.near(number, _LAST_SENTENCE)
        )

    def forbids(self, number: int, before: int) -> bool:
        """Whether a pronoun cannot mean a mention for where the two stand."""
        return (
            self._is_prefix(before)
            or self._leaves_quote(number, before)
            or self._is_speaker(number, before)
            or self._clash(number, before)
        )

    def _is_prefix(self, before: int) -> bool:
        """As X in "X-backed rebels": the rebels may be meant."""
        after = self._mentions[before].head + 1
        return after < len(self._tokens) and self._tokens[after].form == "-"

    def _is_infinitive(self, verb: int) -> bool:
        """Of a clause with its own subject: "it to fall"."""
        to = any(self._tokens[i].xpos == "TO" for i in self._index.children(verb, "aux"))
        return to and bool(self._index.children(verb, "nsubj"))

    def _shared(self, verb: int) -> list[int]:
        """The subject that a verb without its own has from another clause."""
        for _ in range(_LONGEST):
            if self._index.children(verb, *SUBJECTS, "agent"):
                return []
            kind, above = self._tokens[verb].deprel, self._tokens[verb].head
            if kind == "acl":
                return [above]
            if kind not in ("conj", "xcomp", "advcl"):
                return []
            found = self._index.children(above, "dobj") if kind == "xcomp" else []
            found = found or self._index.children(above, *SUBJECTS)
            if found:
                return found
            verb = above
        return []

    def _leaves_quote(self, number: int, before: int) -> bool:
        """Whether the pronoun is in other words than the quotation that its antecedent is in.

        Who is quoted again goes on: "“X is weak,” he said. “They need us.”".
        """
        quoted = self._discourse.quoted
        own, other = (quoted.get(self._mentions[n].head) for n in (before, number))
        if own is None or own == other:
            return False
        return other is None or self._discourse.voice(before) != self._discourse.voice(number)

    def _kind(self, verb: int) -> str | None:
        """What a verb does to what it tells: an accusation, a denial."""
        cue = self._cues.get(self._tokens[verb].lemma)
        return cue.kind if cue is not None else None

    def _is_speaker(self, number: int, before: int) -> bool:
        """Whether the antecedent speaks the quotation that the pronoun stands in."""
        span, root = self._mentions[number].span, self._discourse.root(before)
        return any(
            quote.contains(span) and self._discourse.root(source) == root
            for quote, source in self._discourse.speakers.items()
        )

    def _clash(self, number: int, before: int) -> bool:
        """Two arguments of one verb are two things, unless the pronoun is possessive."""
        token, earlier = self._discourse.token(number), self._discourse.token(before)
        if token.xpos == "PRP$":
            return self._mentions[before].head == token.head or (
                token.head == earlier.head and earlier.deprel in ("poss", "appos", "compound")
            )
        if self._verb(number) == self._verb(before) or self._is_said_by(number, before):
            return True
        above = self._tokens[token.head].head
        caused = token.form.lower() in _OBJECTIVE and token.deprel in SUBJECTS
        return caused and self._verb(before) == above

    def _verb(self, number: int) -> int:
        """What a mention is an argument of, through its preposition."""
        head = self._discourse.token(number).head
        return self._tokens[head].head if self._tokens[head].deprel == "prep" else head

    def _is_said_by(self, number: int, before: int) -> bool:
        """As in "Moscow sent missiles, it added": what is named in content is not its speaker."""
        token = self._discourse.token(number)
        index = self._mentions[before].head
        if self._tokens[token.head].lemma not in self._speaking:
            return False
        while self._tokens[index].head != index and self._tokens[index].head != token.head:
            index = self._tokens[index].head
        apart = any(t.form == ";" for t in self._tokens[index : self._mentions[number].head])
        return token.deprel == "nsubj" and self._tokens[index].deprel == "ccomp" and not apart
