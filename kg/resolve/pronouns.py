"""Pronouns: relative and reflexive ones by grammar, the others by the most salient antecedent.

Salience after Lappin and Leass (1994): recency, grammatical role, parallelism, how often a thing
was mentioned; gender and number must agree; two arguments of one verb are two things.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.lexicon import Lexicon
from kg.resolve.binding import SUBJECTS, Binding
from kg.resolve.deeds import Deeds
from kg.resolve.discourse import Discourse, Tie
from kg.resolve.fronted import announced_after
from kg.resolve.rules import Pronoun, coreference_rules
from kg.resolve.speakers import person_of
from kg.resolve.weights import WEIGHTS
from kg.vocab import is_a, is_one_of

_OBJECTIVE = ("him", "her", "them")  # "X allowed him to go": not X
_COLLECTIVE = ("Organization", "PersonGroup")  # "the family said they would not come"
_PREDICATES = ("attr", "oprd")
_CONFUSED = ("Organization", "PopulatedPlace", "Materiel", "Facility", "EventSeries", "Entity")
_WINDOW = 60
_FARTHEST = 3  # sentences
_CLEAR = 0.05  # less than this apart, two things tie; of people the nearer is taken


class Pronouns:
    """The passes that tie pronouns."""

    def __init__(self, discourse: Discourse, lexicon: Lexicon) -> None:
        self._discourse = discourse
        self._speaking = lexicon.speech_verbs.difference(lexicon.reporting.naming)
        self._telling = self._speaking & lexicon.report_verbs.keys()
        self._kinds = lexicon.noun_classes
        self._events = lexicon.nouns
        self._mentions = discourse.mentions
        self._tokens = discourse.tokens
        self._index = discourse.index
        self._binding = Binding(discourse, lexicon)
        self._deeds = Deeds(discourse, lexicon)
        self._counts: dict[int, int] = {}

    @property
    def passes(self) -> tuple[Callable[[], Iterator[Tie]], ...]:
        return (self._relatives, self._reflexives, self._personal)

    # ------------------------------------------------------- by grammar

    def _relatives(self) -> Iterator[Tie]:
        """As in "the governor, who resigned": what the clause modifies."""
        for number in self._all("who", "whom"):
            index = self._mentions[number].head
            while self._tokens[index].deprel != "relcl" and self._tokens[index].head != index:
                index = self._tokens[index].head
            antecedent = self._index.by_head.get(self._tokens[index].head)
            if antecedent is not None and antecedent < number:
                yield Tie(number, antecedent, "relative")

    def _reflexives(self) -> Iterator[Tie]:
        """As in "the bomber blew himself up": the subject of the clause."""
        for number in self._all("himself", "herself", "itself", "themselves"):
            verb = self._clause(self._mentions[number].head)
            for subject in self._index.children(verb, *SUBJECTS):
                antecedent = self._index.by_head.get(subject)
                if antecedent is not None and antecedent < number:
                    yield Tie(number, antecedent, "reflexive")

    def _clause(self, index: int) -> int:
        """The verb of the clause that a token stands in."""
        while not self._is_verb(index) and self._tokens[index].head != index:
            index = self._tokens[index].head
        return index

    def _is_verb(self, index: int) -> bool:
        """Not so of "following" in "a week following its advance"."""
        token = self._tokens[index]
        return token.upos in ("VERB", "AUX") and token.deprel != "prep"

    def _all(self, *words: str) -> Iterator[int]:
        for number, mention in enumerate(self._mentions):
            if mention.level == "PRO" and self._word(number) in words:
                yield number

    def _word(self, number: int) -> str:
        return self._discourse.text(self._mentions[number]).lower()

    # ------------------------------------------------------ by salience

    def _personal(self) -> Iterator[Tie]:
        rules = coreference_rules().pronouns
        for number in self._discourse.speakers_first():
            mention = self._mentions[number]
            pronoun = rules.get(self._word(number)) if mention.level == "PRO" else None
            if pronoun is None or number in self._discourse.ties:
                self._count(number)
                continue
            antecedent = self._last_reporter(number, pronoun)
            method = "same speaker"
            if antecedent is None:
                antecedent, method = self._most_salient(number, pronoun), "pronoun"
            if antecedent is not None:
                yield Tie(number, antecedent, method)
                self._discourse.learn(antecedent, pronoun.gender)
                self._count(antecedent)

    def _count(self, number: int) -> None:
        root = self._discourse.root(number)
        self._counts[root] = self._counts.get(root, 0) + 1

    def _most_salient(self, number: int, pronoun: Pronoun) -> int | None:
        binding = self._binding
        checks = (binding.is_empty, binding.is_happening, binding.is_of_pair, binding.is_contested)
        if any(check(number) for check in (self._is_orphaned, self._continues_event, *checks)):
            return None
        announced = announced_after(number, self._discourse)
        near = self._discourse.near(number, _WINDOW)
        barred, favoured = binding.barred(number), self._favoured(number)
        scored: list[tuple[float, int]] = sorted(
            (
                -self._salience(number, before, pronoun, announced)
                - favoured.get(self._mentions[before].head, 0.0),
                -before,
            )
            for before in {*near, *(() if announced is None else (announced,))}
            if self._discourse.root(before) not in barred and self._fits(number, before, pronoun)
        )
        fitting = [-before for _, before in scored]
        far = bool(fitting) and binding.is_far(number, fitting, pronoun.gender)
        far = far or (bool(fitting) and binding.is_of_last(number, fitting[0], self._speaking))
        if not fitting or far or (pronoun.gender is None and self._tie(scored)):
            return None
        dead = self._deeds.died(number, fitting)
        if dead:
            return dead[0]
        return None if self._deeds.is_open(number, fitting) else fitting[0]

    def _tie(self, scored: list[tuple[float, int]]) -> bool:
        best = self._discourse.root(-scored[0][1])
        rivals = [each for each in scored[1:] if self._discourse.root(-each[1]) != best]
        return bool(rivals) and rivals[0][0] - scored[0][0] < _CLEAR

    def _is_orphaned(self, number: int) -> bool:
        """Subject of reported content whose speaker the parser lost: better no guess."""
        token = self._discourse.token(number)
        clause = self._tokens[token.head]
        if token.deprel != "nsubj" or clause.deprel != "ccomp":
            return False
        saying = clause.head
        while self._tokens[saying].deprel == "xcomp":  # "failed to show that he ..."
            saying = self._tokens[saying].head
        return not self._subjects(saying) or self._is_about_object(number, clause.head)

    def _is_about_object(self, number: int, saying: int) -> bool:
        """As in "X criticised the sanctions, saying they ...": of X or of the sanctions?"""
        verb = self._tokens[saying]
        word = self._word(number)
        if verb.deprel != "advcl" or self._doers(saying) or word not in ("it", "they"):
            return False
        plural = word == "they"
        objects = self._index.children(verb.head, "dobj")
        return any((self._tokens[i].xpos in ("NNS", "NNPS")) == plural for i in objects)

    def _subjects(self, verb: int) -> list[int]:
        """Subjects of a verb, also of one that shares it: "X fled and said", "X fled, saying"."""
        found = self._doers(verb)
        while not found and self._shares_subject(verb):
            verb = self._tokens[verb].head
            found = self._doers(verb)
        return found

    def _shares_subject(self, verb: int) -> bool:
        token = self._tokens[verb]
        loose = token.deprel == "advcl" and token.xpos == "VBG"
        return token.deprel == "conj" or (loose and not self._index.children(verb, "mark", "prep"))

    def _doers(self, verb: int) -> list[int]:
        agents = self._index.children(verb, "agent")
        found = [noun for by in agents for noun in self._index.children(by, "pobj")]
        return self._index.children(verb, *SUBJECTS) + found

    def _continues_event(self, number: int) -> bool:
        """As in "the raid hit a base and it killed 20": "it" takes up what is no mention."""
        subjects = self._subjects_before(number)
        return bool(subjects) and subjects[0] not in self._index.by_head

    def _subjects_before(self, number: int) -> list[int]:
        """Of the clause that the one with "it" goes on from.

        Behind a dash the parser hangs the clause before below the one with "it".
        """
        token = self._discourse.token(number)
        clause = self._tokens[token.head]
        if token.deprel != "nsubj" or token.form.lower() != "it":
            return []
        before = [clause.head] if clause.deprel == "conj" else []
        if self._tokens[token.head].lemma not in self._speaking:
            told = self._index.children(token.head, "ccomp")
            before += [i for i in told if i < self._mentions[number].head]
        return [i for each in before for i in self._index.children(each, *SUBJECTS)]

    def _last_reporter(self, number: int, pronoun: Pronoun) -> int | None:
        """As in "the agency said ...; it added": who goes on speaking is who spoke before."""
        if not self._reports(number):
            return None
        for before in reversed(self._discourse.near(number, _WINDOW)):
            distance = self._discourse.sentence_of[number] - self._discourse.sentence_of[before]
            if distance > 1:
                return None
            if self._discourse.root(before) in self._binding.barred(number):
                return None
            if self._reports(before) and before not in self._discourse.others(number):
                body = pronoun.plural and self._discourse.token(before).xpos == "NN"
                # "the army said rebels had fled, but they accused it": no army is "they"
                return before if self._agrees(before, pronoun) and not body else None
        return None

    def _reports(self, number: int) -> bool:
        token = self._discourse.token(number)
        return token.deprel == "nsubj" and self._tokens[token.head].lemma in self._telling

    def _fits(self, number: int, before: int, pronoun: Pronoun) -> bool:
        discourse, other = self._discourse, self._mentions[before]
        if abs(discourse.sentence_of[number] - discourse.sentence_of[before]) > _FARTHEST:
            return False
        people = other.level == "ADJ" and pronoun.plural and self._index.are_people(other)
        if other.level == "ADJ" and not people:
            return False
        if other.level == "PRO" and before not in discourse.ties:
            return False
        around = pronoun.gender is None and not pronoun.plural and discourse.is_container(before)
        if around or discourse.token(before).deprel in _PREDICATES:
            return False
        if not self._agrees(before, pronoun) or self._is_mute(number, before):
            return False
        if self._deeds.tells_own_death(number, before):
            return False
        return not self._binding.forbids(number, before)

    def _is_mute(self, number: int, before: int) -> bool:
        """As the district in "it said": land says nothing, a state does, the dead do not."""
        if not self._reports(number):
            return False
        prep = self._tokens[self._discourse.token(before).head]
        events = self._events.get(self._tokens[prep.head].lemma, ()) if prep.form == "of" else ()
        if any(is_one_of(each.type, ("Killing", "Death")) for each in events):
            return True
        kind = self._discourse.class_of(before)
        return kind != "Country" and is_a(kind, "Place")

    def _agrees(self, before: int, pronoun: Pronoun) -> bool:
        """Class, number and gender."""
        discourse, other = self._discourse, self._mentions[before]
        thing = before in discourse.things and pronoun.gender is None
        if (
            not thing
            and not discourse.is_any(before, pronoun.classes)
            and not self._may_be_person(before, pronoun)
        ):
            return False
        if pronoun.gender is not None:
            known = discourse.gender(before)
            if known is not None and known != pronoun.gender:
                return False
        token = discourse.token(before)
        if other.level == "NOM" and token.xpos in ("NN", "NNS"):
            collective = pronoun.plural and discourse.is_any(before, _COLLECTIVE)
            return (token.xpos == "NNS") == pronoun.plural or collective
        if other.level == "PRO":
            return self._same_person(before, pronoun)
        if not pronoun.plural:
            return pronoun.gender is not None or token.form not in discourse.plural_names
        if discourse.gender(before) is not None:
            return False  # whom "he" meant before
        return not is_a(discourse.class_of(before), "Country")

    def _same_person(self, before: int, pronoun: Pronoun) -> bool:
        """No "we" or "you" is taken up by "it" or "they"."""
        said = coreference_rules().pronouns.get(self._word(before))
        if said is not None:
            return said.plural == pronoun.plural
        return person_of(self._word(before)) is None

    def _may_be_person(self, before: int, pronoun: Pronoun) -> bool:
        """A name that nobody listed; people are often taken for bodies or places."""
        other = self._mentions[before]
        article = self._index.children(other.head, "det")
        unlisted = other.level == "NAM" and before not in self._discourse.linked and not article
        kind = self._kinds.get(self._discourse.lemma(before), "Person")
        plural = self._discourse.token(before).xpos == "NNPS"  # "Baltic Lines"
        if plural or (not is_a(kind, "Person") and " " in self._discourse.text(other)):
            return False  # "Kyoto University"
        confused = other.type in _CONFUSED or is_a(other.type, "PopulatedPlace")
        return unlisted and pronoun.gender is not None and confused

    def _favoured(self, number: int) -> dict[int, float]:
        """Points of the words that the clause of a pronoun speaks for, whatever else does."""
        binding, points = self._binding, WEIGHTS
        told: list[tuple[int | None, float]] = [
            (head, points.main) for head in {*self._subjects_above(number)}
        ]
        told += [(head, points.going_on) for head in {*self._subjects_before(number)}]
        told += [
            (binding.judged(number), points.judged),
            (binding.beside(number), points.beside),
            (binding.claimant(number), points.claimant),
            (binding.author(number), points.claimant),
        ]
        found: dict[int, float] = {}
        for head, more in told:
            if head is not None:
                found[head] = found.get(head, 0.0) + more
        return found

    def _salience(self, number: int, before: int, pronoun: Pronoun, announced: int | None) -> float:
        weights, discourse = WEIGHTS, self._discourse
        token, own = discourse.token(before), discourse.token(number)
        score = -float(abs(discourse.sentence_of[number] - discourse.sentence_of[before]))
        score += weights.repeated * min(self._counts.get(discourse.root(before), 0), 3)
        told = (
            (discourse.is_subject(before), weights.subject),
            (discourse.is_subject(before) and own.deprel in SUBJECTS, weights.parallel),
            (own.xpos == "PRP$" and self._governs(before, number), weights.clause),
            (own.xpos == "PRP$" and self._is_told(before, number), weights.told),
            (self._binding.is_accused(number, before), weights.accused),
            (self._binding.is_acted_on(number, before), weights.acted_on),
            (token.deprel == "poss", weights.owner),
            (self._is_oblique(before), weights.oblique),
            (discourse.is_inside(before), weights.inside),
            (discourse.is_by_name(before), weights.name),
            (self._mentions[before].level == "PRO", weights.carried_on),
            (self._says(before, number), weights.speaker),
            (self._is_many_of(before, number), weights.many),
            (before == announced, weights.announced),
            (not discourse.is_any(before, pronoun.classes), weights.mistaken),
        )
        lone = discourse.leaning(before) if pronoun.gender else None
        if lone is not None:
            score += weights.called if lone == pronoun.gender else weights.miscalled
        return score + sum(points for holds, points in told if holds)

    def _is_many_of(self, before: int, number: int) -> bool:
        """As in "X arrests two men after they ...": the object, of which alone there are many."""
        clause = self._tokens[self._discourse.token(number).head]
        token = self._discourse.token(before)
        above = token.head == clause.head and clause.deprel == "advcl"
        if self._word(number) != "they" or not above or token.deprel != "dobj":
            return False
        doers = [self._tokens[i] for i in self._subjects(token.head)]
        one = all(each.xpos in ("NN", "NNP") for each in doers) and len(doers) == 1
        return one and token.xpos in ("NNS", "NNPS")

    def _is_oblique(self, before: int) -> bool:
        token = self._discourse.token(before)
        doer = self._tokens[token.head].deprel == "agent"
        return token.deprel in ("pobj", "conj", "compound") and not doer

    def _governs(self, before: int, number: int) -> bool:
        """Whether a mention acts in the clause of another ("X ordered Y to halt its advance")."""
        clause = self._clause(self._mentions[number].head)
        doers = self._subjects(clause)
        if not doers and self._tokens[clause].deprel == "xcomp":
            above = self._tokens[clause].head
            doers = self._index.children(above, "dobj") or self._subjects(above)
        return self._mentions[before].head in doers

    def _subjects_above(self, number: int) -> list[int]:
        """As in "X said Y was shot before he could fire", "Y went to Oslo, where he died": Y."""
        token = self._discourse.token(number)
        clause = self._tokens[token.head]
        above = self._tokens[clause.head]
        if token.deprel in SUBJECTS and clause.deprel == "relcl":
            there = [self._tokens[i].lemma for i in self._index.children(token.head, "advmod")]
            return self._subjects(self._clause(clause.head)) if "where" in there else []
        aside = token.deprel in SUBJECTS and clause.deprel == "advcl" and above.deprel == "ccomp"
        return self._index.children(clause.head, *SUBJECTS) if aside else []

    def _is_told(self, before: int, number: int) -> bool:
        """As in "X orders Y to halt its invasion", "gives Y a day to halt its invasion": Y's."""
        clause = self._clause(self._mentions[number].head)
        above = self._tokens[clause].head
        told = {"xcomp": "dobj", "advcl": "dative"}.get(self._tokens[clause].deprel)
        head = self._mentions[before].head
        return told is not None and head in self._index.children(above, told)

    def _says(self, before: int, number: int) -> bool:
        """As in "X said it had ...", "X said its units ...": most often X, or X's."""
        token = self._discourse.token(number)
        clause = self._tokens[token.head]
        said = token.deprel in SUBJECTS and token.form.lower() not in _OBJECTIVE
        if token.form.lower() in ("its", "their"):
            said, clause = clause.deprel in SUBJECTS, self._tokens[clause.head]
        said = said and clause.deprel == "ccomp"
        return said and self._mentions[before].head in self._subjects(clause.head)
