"""Coreference within a document: one pass after the other, from the surest to the least sure.

A multi-pass sieve after Lee et al. (2013): exact names, acronyms and appositions, surnames,
definite noun phrases, pronouns last; a pass that finds two equal candidates abstains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from kg.model import Annotation, Mention, Span
from kg.resolve.rules import coreference_rules
from kg.resolve.sides import PhraseIndex
from kg.vocab import is_a

_WORD = re.compile(r"[^\W_]+")
_DEFINITE = ("the", "this", "that", "these", "those")
_POSSESSIVE = ("PRP$",)
_SUBJECTS = ("nsubj", "nsubjpass", "agent")


@dataclass(frozen=True, slots=True)
class Tie:
    """A mention that refers to what an earlier mention refers to, and the pass that says so."""

    mention: int
    antecedent: int
    method: str


class Sieve:
    """Ties the mentions of one document; `classes` are the classes known after linking."""

    def __init__(
        self,
        annotation: Annotation,
        index: PhraseIndex,
        classes: Mapping[int, str],
        speakers: Mapping[Span, int],
        beside: Mapping[int, frozenset[int]],
        reporters: Mapping[int, int | None],
    ) -> None:
        """`speakers` names who speaks in each quotation; nobody calls himself "they".

        `beside` gives the mentions that fill other roles of the same event: they are others.
        `reporters` gives who spoke before a pronoun that speaks.
        """
        self._reporters = reporters
        self._speakers = speakers
        self._beside = beside
        self._quoted = _quoted_tokens(annotation)
        self._mentions = annotation.mentions
        self._index = index
        self._tokens = annotation.tokens
        self._classes = classes
        self._sentence_of = _sentence_numbers(annotation)
        self._ties: dict[int, Tie] = {}
        self._texts: dict[Span, str] = {}

    def run(self) -> dict[int, Tie]:
        """Ties by mention; an antecedent always stands before, or beside in an apposition."""
        for step in (self._appositions, self._names, self._definites, self._pronouns):
            for tie in step():
                self._ties.setdefault(tie.mention, tie)
        return self._ties

    # ------------------------------------------------------------- names

    def _appositions(self) -> Iterator[Tie]:
        """As in "the Institute for the Study of War (ISW)", "Oleksiy Kuleba, the governor"."""
        for number, mention in enumerate(self._mentions):
            token = self._tokens[mention.head]
            if token.deprel != "appos":
                continue
            before = self._index.by_head.get(token.head)
            if before is None or before >= number:
                continue
            other = self._mentions[before]
            if _acronym(self._text(mention)) and self._spells(mention, other):
                yield Tie(number, before, "acronym")
            elif mention.level == "NOM" and self._agree(number, before):
                yield Tie(number, before, "apposition")
            elif other.level == "NOM" and mention.level == "NAM" and self._agree(number, before):
                yield Tie(before, number, "apposition")

    def _names(self) -> Iterator[Tie]:
        """Repeated names, acronyms and surnames; the first mention of a name is the antecedent."""
        first: dict[str, int] = {}
        for number, mention in enumerate(self._mentions):
            if mention.level not in ("NAM", "ADJ"):
                continue
            text = self._text(mention)
            if text in first:
                yield Tie(number, first[text], "same name")
                continue
            for before in first.values():
                method = self._same_name(number, before)
                if method:
                    yield Tie(number, before, method)
                    break
            first[text] = number

    def _same_name(self, number: int, before: int) -> str | None:
        mention, other = self._mentions[number], self._mentions[before]
        text, earlier = self._text(mention), self._text(other)
        if _acronym(text) and self._spells(mention, other):
            return "acronym"
        if self._class(number) == "Person" == self._class(before):
            words, full = text.split(), earlier.split()
            if len(words) < len(full) and words == full[-len(words) :]:
                return "surname"
            if len(full) < len(words) and full == words[-len(full) :]:
                return "surname"
        return None

    def _spells(self, short: Mention, full: Mention) -> bool:
        """Whether the capitals of a name spell the short form."""
        letters = self._text(short).replace(".", "")
        initials = "".join(w[0] for w in _WORD.findall(self._text(full)) if w[0].isupper())
        return len(letters) > 1 and letters == initials

    # --------------------------------------------------------- definites

    def _definites(self) -> Iterator[Tie]:
        """As in "the region", "these fighters": the last fitting thing named before."""
        rules = coreference_rules()
        for number, mention in enumerate(self._mentions):
            if mention.level != "NOM" or number in self._ties:
                continue
            if self._index.determiner(mention) not in _DEFINITE or self._is_specified(mention):
                continue
            lemma = self._tokens[mention.head].lemma.lower()
            repeated = self._last_headed(number, lemma)
            classes = rules.anaphors.get(lemma)
            named = self._last_named(number, classes or ())
            best = max((n for n in (repeated, named) if n is not None), default=None)
            if best is not None:
                yield Tie(number, best, "definite")

    def _last_headed(self, number: int, lemma: str) -> int | None:
        """The last phrase with the same head noun."""
        return self._last(number, lambda n: self._lemma(n) == lemma)

    def _lemma(self, number: int) -> str:
        return self._tokens[self._mentions[number].head].lemma

    def _last_named(self, number: int, classes: tuple[str, ...]) -> int | None:
        """The last thing of the first class that has one ("the group": rather M23 than an army)."""
        others = self._beside.get(number, ())
        for name in classes:
            fits = partial(self._is_other_named, number=number, name=name, others=others)
            found = self._last(number, fits)
            if found is not None:
                return found
        return None

    def _is_other_named(
        self, before: int, *, number: int, name: str, others: Collection[int]
    ) -> bool:
        return before not in others and self._is_named(before, number, (name,))

    def _is_named(self, before: int, number: int, classes: tuple[str, ...]) -> bool:
        """A name of one of the classes; people may also have been introduced without a name."""
        if not self._is_any(before, classes):
            return False
        if self._mentions[before].level != "NOM":
            return True
        same = self._tokens[self._mentions[before].head].xpos == (
            self._tokens[self._mentions[number].head].xpos
        )
        return same and not is_a(classes[0], "Place")

    def _is_specified(self, mention: Mention) -> bool:
        """A phrase with its own complement names something new ("the army in X")."""
        children = self._index.children(mention.head, "prep", "acl", "poss", "nummod")
        children += [
            clause
            for clause in self._index.children(mention.head, "relcl")
            if self._tokens[mention.head + 1].form != ","
        ]
        own = list(self._index.owners(mention))
        return bool(children or own)

    def _last(self, number: int, fits: Callable[[int], bool], *, window: int = 60) -> int | None:
        for before in range(number - 1, max(-1, number - window), -1):
            if self._mentions[before].level == "PRO" or self._mentions[before].level == "ADJ":
                continue
            if fits(before):
                return before
        return None

    # ---------------------------------------------------------- pronouns

    def _pronouns(self) -> Iterator[Tie]:
        rules = coreference_rules().pronouns
        for number, mention in enumerate(self._mentions):
            pronoun = rules.get(self._text(mention).lower())
            if mention.level != "PRO" or pronoun is None:
                continue
            speaker = self._reporters.get(number, number)
            if speaker is None:
                continue
            if speaker != number and self._fits_pronoun(
                number, speaker, pronoun.classes, plural=pronoun.plural
            ):
                yield Tie(number, speaker, "still speaking")
                continue
            scored = sorted(
                (-self._salience(number, before), -before)
                for before in range(max(0, number - 40), number)
                if self._fits_pronoun(number, before, pronoun.classes, plural=pronoun.plural)
            )
            if self._is_orphaned(mention) or self._continues_event(mention):
                continue
            if scored and not (
                len(scored) > 1 and scored[0][0] == scored[1][0] and self._differ(scored)
            ):
                yield Tie(number, -scored[0][1], "pronoun")

    def _is_orphaned(self, mention: Mention) -> bool:
        """Subject of reported content whose speaker the parser lost: better no guess."""
        token = self._tokens[mention.head]
        clause = self._tokens[token.head]
        if token.deprel != "nsubj" or clause.deprel != "ccomp":
            return False
        return not self._index.children(clause.head, "nsubj", "nsubjpass", "agent")

    def _continues_event(self, mention: Mention) -> bool:
        """As in "the raid hit a base and it killed 20": "it" takes up what is no mention."""
        token = self._tokens[mention.head]
        clause = self._tokens[token.head]
        if token.deprel != "nsubj" or clause.deprel != "conj" or token.form.lower() != "it":
            return False
        subjects = self._index.children(clause.head, "nsubj", "nsubjpass")
        return bool(subjects) and subjects[0] not in self._index.by_head

    def _differ(self, scored: list[tuple[float, int]]) -> bool:
        return self._root(-scored[0][1]) != self._root(-scored[1][1])

    def _fits_pronoun(
        self, number: int, before: int, classes: tuple[str, ...], *, plural: bool
    ) -> bool:
        other = self._mentions[before]
        if self._is_speaker(number, before) or before in self._beside.get(number, ()):
            return False
        if self._leaves_quote(number, before):
            return False
        if other.level == "ADJ" or (other.level == "PRO" and before not in self._ties):
            return False
        distance = self._sentence_of[number] - self._sentence_of[before]
        if distance > 2 or not self._is_any(before, classes) or self._clash(number, before):
            return False
        token = self._tokens[other.head]
        if other.level == "NOM" and token.xpos in ("NN", "NNS"):
            collective = plural and is_a(self._class(before), "Organization")
            return (token.xpos == "NNS") == plural or collective
        if other.level == "PRO":
            return self._text(other).lower()[:2] == self._text(self._mentions[number]).lower()[:2]
        return not plural or not is_a(self._class(before), "Country")

    def _leaves_quote(self, number: int, before: int) -> bool:
        """Whether the pronoun stands outside the quotation that its antecedent stands in."""
        quoted = self._quoted.get(self._mentions[before].head)
        return quoted is not None and quoted != self._quoted.get(self._mentions[number].head)

    def _is_speaker(self, number: int, before: int) -> bool:
        """Whether the antecedent speaks the quotation that the pronoun stands in."""
        span = self._mentions[number].span
        for quote, source in self._speakers.items():
            if quote.contains(span) and self._root(source) == self._root(before):
                return True
        return False

    def _clash(self, number: int, before: int) -> bool:
        """Two arguments of one verb are two things, unless the pronoun is possessive."""
        mention, other = self._mentions[number], self._mentions[before]
        token, earlier = self._tokens[mention.head], self._tokens[other.head]
        if token.xpos in _POSSESSIVE:
            return token.head == other.head or (
                token.head == earlier.head and earlier.deprel == "poss"
            )
        return token.head == earlier.head or self._is_said_by(number, before)

    def _is_said_by(self, number: int, before: int) -> bool:
        """As in "Moscow sent missiles, it added": what is named in content is not its speaker."""
        token = self._tokens[self._mentions[number].head]
        index = self._mentions[before].head
        while self._tokens[index].head != index and self._tokens[index].head != token.head:
            index = self._tokens[index].head
        return token.deprel == "nsubj" and self._tokens[index].deprel == "ccomp"

    def _salience(self, number: int, before: int) -> float:
        distance = self._sentence_of[number] - self._sentence_of[before]
        token = self._tokens[self._mentions[before].head]
        score = 3.0 - distance
        if token.deprel in _SUBJECTS:
            score += 1.0
        if token.deprel == "poss":
            score += 0.5
        if token.deprel in ("pobj", "conj", "compound"):
            score -= 0.5
        if self._mentions[before].level == "NAM":
            score += 0.25
        if self._says(before, number) or self._does(before, number):
            score += 2.0
        return score

    def _does(self, before: int, number: int) -> bool:
        """As in "X ordered Y to halt its advance": a possessive means who acts in its clause."""
        index = self._mentions[number].head
        if self._tokens[index].xpos not in _POSSESSIVE:
            return False
        while self._tokens[index].upos not in ("VERB", "AUX"):
            if self._tokens[index].head == index:
                return False
            index = self._tokens[index].head
        doers = self._index.children(index, "nsubj")
        if not doers and self._tokens[index].deprel == "xcomp":
            above = self._tokens[index].head
            doers = self._index.children(above, "dobj") or self._index.children(above, "nsubj")
        return self._mentions[before].head in doers

    def _says(self, before: int, number: int) -> bool:
        """As in "X said it had ...": the subject of the content is most often the speaker."""
        token = self._tokens[self._mentions[number].head]
        clause = self._tokens[token.head]
        speaker = self._tokens[self._mentions[before].head]
        return (
            token.deprel in ("nsubj", "nsubjpass")
            and clause.deprel == "ccomp"
            and speaker.deprel in ("nsubj", "nsubjpass")
            and speaker.head == clause.head
        )

    # ------------------------------------------------------------ shared

    def _root(self, number: int) -> int:
        seen = {number}
        while number in self._ties and self._ties[number].antecedent not in seen:
            number = self._ties[number].antecedent
            seen.add(number)
        return number

    def _class(self, number: int) -> str:
        return self._classes.get(self._root(number), self._mentions[number].type)

    def _is_any(self, number: int, classes: tuple[str, ...]) -> bool:
        """Whether it is of one of the classes, here or where it is first named.

        "Kyiv" may be the town in one sentence and the government in the next.
        """
        here = self._classes.get(number, self._mentions[number].type)
        return any(is_a(kind, name) for kind in (here, self._class(number)) for name in classes)

    def _agree(self, number: int, before: int) -> bool:
        one, other = self._class(number), self._class(before)
        return is_a(one, other) or is_a(other, one)

    def _text(self, mention: Mention) -> str:
        """The words of a mention, single spaced."""
        if mention.span not in self._texts:
            self._texts[mention.span] = self._words(mention)
        return self._texts[mention.span]

    def _words(self, mention: Mention) -> str:
        first = mention.head
        while first and self._tokens[first - 1].start >= mention.span.start:
            first -= 1
        last = mention.head
        while last + 1 < len(self._tokens) and self._tokens[last + 1].end <= mention.span.end:
            last += 1
        return " ".join(token.form for token in self._tokens[first : last + 1])


def _quoted_tokens(annotation: Annotation) -> dict[int, int]:
    """The number of the quotation for each token that stands in one."""
    found: dict[int, int] = {}
    number, inside = 0, False
    for index, token in enumerate(annotation.tokens):
        if token.form in ("“", "”", '"'):
            inside = token.form == "“" or (token.form == '"' and not inside)
            number += inside
        elif inside:
            found[index] = number
    return found


def _acronym(text: str) -> bool:
    plain = text.replace(".", "")
    return plain.isupper() and plain.isalpha() and 2 <= len(plain) <= 8


def _sentence_numbers(annotation: Annotation) -> list[int]:
    """Sentence number of each mention."""
    ends = [sentence.span.end for sentence in annotation.sentences]
    numbers, current = [], 0
    for mention in annotation.mentions:
        while current + 1 < len(ends) and mention.span.start >= ends[current]:
            current += 1
        numbers.append(current)
    return numbers
