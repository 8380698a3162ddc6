"""Names of persons that the recogniser cuts in two or takes for those of bodies and places.

Most have a given name, further ones, and two surnames: "Ana Maria Perez Rojas".
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.naming import NamedSpan, Namer
from kg.gazetteer import Entry, given_names
from kg.vocab import is_a, is_one_of

LONGEST = 5  # words of a name
SHORTEST = 3  # letters of a given name: "El" is none
_MISTAKEN = ("ORG", "GPE", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
_PLACES = ("GPE", "LOC", "FAC")
_SURNAMES = ("PERSON", *_MISTAKEN, "KNOWN", "WEAK")
_STATES = ("Country", "Region")
_PEOPLE = ("Person", "PersonGroup")
_LISTED = ("conj", "appos")
_TWO = 2
_DESCENT = ("bin", "bint", "ibn", "ben", "binti")
_INSIDE = ("compound", "nmod", "amod")


def whole_persons(spans: Iterable[NamedSpan], namer: Namer) -> list[NamedSpan]:
    """The spans in text order: those of one person's name joined, each with a label that fits."""
    inorder = sorted(spans)
    persons = [each for each in inorder if each.label == "PERSON" or _is_known(each, namer)]
    names = _Names(namer, persons)
    found: list[NamedSpan] = []
    for span in inorder:
        other = names.other_bearer(span, found)
        whole = other or names.grown(names.labelled(span), found[-1].last if found else 0)
        if found and names.are_one(found[-1], whole):
            whole = NamedSpan(found.pop().first, whole.last, "PERSON")
        found.append(whole)
    return found


def _is_known(span: NamedSpan, namer: Namer) -> bool:
    """Whether the name is one that the gazetteer has for persons alone."""
    text = namer.phrases.text(span.first, span.last)
    known = namer.gazetteer.candidates(text) if span.label == "KNOWN" else ()
    return bool(known) and all(is_a(each.type, "Person") for each in known)


class _Names:
    def __init__(self, namer: Namer, people: Iterable[NamedSpan]) -> None:
        """`people` are the names that the recogniser takes for persons'."""
        self._parties = namer.people.parties
        self._address = namer.people.address
        self._phrases = namer.phrases
        self._tokens = namer.phrases.tokens
        self._gazetteer = namer.gazetteer
        self._people = {self._phrases.head(each.first, each.last) for each in people}
        self._surnames = {self._tokens[head].form for head in self._people}

    def labelled(self, span: NamedSpan) -> NamedSpan:
        """As in "judge Gonzalo Perez", whatever the recogniser calls it; "Rose Garden" is none."""
        first, last, label = span
        if last - first == 1 and label in _MISTAKEN and self._is_told_before(first):
            return NamedSpan(first, last, "PERSON")
        if label == "PERSON" and (self._is_plural(first, last) or self._is_body(first, last)):
            return NamedSpan(first, last, "ORG")
        shaped = 1 < last - first < LONGEST and all(map(self._is_proper, range(first, last)))
        called = self._is_called(first) or (label not in _PLACES and self._is_somebody(first, last))
        if label not in _MISTAKEN or not shaped or not called:
            return span
        body = self._phrases.class_of(last - 1)
        listed = self._gazetteer.candidates(self._phrases.text(first, last))
        names = given_names()
        called = last - first > _TWO and self._tokens[first + 1].form in names
        if body or listed or not (called or self._is_told(first, last, label)):
            return span
        return NamedSpan(first, last, "PERSON")

    def _is_told_before(self, index: int) -> bool:
        """As "Khan" where the report tells of Imran Khan too, and no place is called so."""
        form = self._tokens[index].form
        return form in self._surnames and not self._gazetteer.candidates(form)

    def _is_somebody(self, first: int, last: int) -> bool:
        """As in "activist Arnon Nampa", "its chairman, Umaro Embalo,"."""
        title = self._title(first, last)
        before = self._tokens[-1 if title is None else title]
        single = before.xpos == "NN" and before.lemma.lower() not in self._parties
        return title is not None and single and self._phrases.class_of(title) == "Person"

    def _title(self, first: int, last: int) -> int | None:
        """The word before a name that belongs to it, or the other way round."""
        head = self._phrases.head(first, last)
        above = self._tokens[head]
        beside = above.deprel == "appos" and (
            above.head == first - 1 or self._tokens[first - 1].form == ","
        )
        if beside and above.head < first:
            return self._office(above.head)
        return first - 1 if first > 0 and self._tokens[first - 1].head == head else None

    def _office(self, noun: int) -> int:
        """As "head" in "the head of the mission, Ann Lee,", though the parse has the mission."""
        prep = self._tokens[noun].head
        if self._phrases.class_of(noun) in _PEOPLE or self._tokens[noun].deprel != "pobj":
            return noun
        return self._tokens[prep].head if self._tokens[prep].form == "of" else noun

    def _is_plural(self, first: int, last: int) -> bool:
        """As in "the Incorruptibles said": no surname, as "the Clintons" is one of Clinton."""
        token, before = self._tokens[first], self._tokens[max(first - 1, 0)]
        one = last - first == 1 and token.form.endswith("s") and token.deprel not in _INSIDE
        single = token.form.removesuffix("s")
        alone = one and single not in self._surnames and single not in given_names()
        return alone and before.form.lower() == "the" and before.head == first

    def _is_body(self, first: int, last: int) -> bool:
        """As in "the company, Sunrise Roads,": what is called so is no person."""
        above = self._tokens[self._phrases.head(first, last)]
        start = first - (self._tokens[first - 1].form.lower() == "the")
        if above.deprel != "appos" or above.head > first or self._tokens[start - 1].form != ",":
            return False
        noun, kind = self._tokens[above.head], self._phrases.class_of(self._office(above.head))
        one = noun.xpos == "NN" and self._tokens[first].form not in given_names()
        return one and is_a(kind or "Entity", "Organization")

    def _is_told(self, first: int, last: int, label: str) -> bool:
        """Whether the text says that a name is somebody's: "a judge", "24", "who", "X and he"."""
        title, head = self._title(first, last), self._phrases.head(first, last)
        if self._tokens[last - 1].form in self._surnames:
            return True
        if label == "ORG" and self._is_beside_people(head):
            return True  # a place stands beside what lies in it
        if title is not None and self._phrases.class_of(title) in _PEOPLE:
            return True
        beside = self._phrases.children(head, "appos", "nummod")
        told = any(self._phrases.class_of(i) in _PEOPLE or self._is_age(i) for i in beside)
        return told or any(
            self._tokens[i].form.lower() in ("who", "whose", "whom")
            for clause in self._phrases.children(head, "relcl")
            for i in self._phrases.children(clause)
        )

    def _is_beside_people(self, head: int) -> bool:
        above = [self._tokens[head].head] if self._tokens[head].deprel in _LISTED else []
        return any(i in self._people for i in (*above, *self._phrases.children(head, *_LISTED)))

    def _is_age(self, index: int) -> bool:
        return self._tokens[index].xpos == "CD" and self._tokens[index - 1].form == ","

    def grown(self, span: NamedSpan, floor: int) -> NamedSpan:
        """With the given names before it that the recogniser overlooked."""
        first, last, label = span
        head = self._phrases.head(first, last)
        while label == "PERSON" and first > floor and self._tokens[first - 1].head == head:
            if not self._is_proper(first - 1) or not self._is_called(first - 1):
                break
            first -= 1
        if label == "PERSON" and self._is_half_given(first, floor):
            first -= 2
        return NamedSpan(first, last, label)

    def other_bearer(self, span: NamedSpan, before: list[NamedSpan]) -> NamedSpan | None:
        """As in "Ludovic Orban", who is not the known Viktor Orban; takes what it is made of."""
        start = self._other_start(span) if span.last - span.first == 1 else None
        while start is not None and before and before[-1].last > start:
            other = before.pop()
            if other.first < start and other.label != "PERSON":
                before.append(NamedSpan(other.first, start, other.label))
            else:
                start = min(start, other.first)
        return None if start is None else NamedSpan(start, span.last, "PERSON")

    def _other_start(self, span: NamedSpan) -> int | None:
        surname = span.first
        before = self._tokens[max(surname - 1, 0)]
        if before.xpos != "NNP" or before.head != surname:
            return None
        if self._is_named_like_a_people(surname):
            return surname - 1
        known = self._gazetteer.candidates(self._tokens[surname].form)
        people = [entry for entry in known if entry.type == "Person"]
        called = before.form in given_names()  # "Winnie Mandela": there are towns of that name
        towns = called and all(is_one_of(e.type, (*_PEOPLE, "PopulatedPlace")) for e in known)
        if not people or not (towns or people == list(known)):
            firm = bool(known) and all(each.type == "Company" for each in known)
            if not firm or not (called or self._is_titled(surname)):
                return None  # but "General Tarek Saab" is no company
        start = self._given_before(surname, people or known)
        whole = range(surname - 1 if start is None else start, surname)
        texts = [self._phrases.text(i, surname + 1) for i in whole]
        listed = ((text, each) for text in texts for each in self._gazetteer.candidates(text))
        sure = any(text not in each.weak or each.type == "Person" for text, each in listed)
        return None if sure else start

    def _is_named_like_a_people(self, surname: int) -> bool:
        """As in "Minister German Galushchenko", who is no German: so the title tells."""
        before = self._tokens[surname - 1]
        person = self._is_titled(surname)
        known = self._gazetteer.candidates(before.form)
        return (
            person
            and before.form in given_names()
            and any(is_one_of(entry.type, _STATES) for entry in known)
        )

    def _is_titled(self, surname: int) -> bool:
        """As in "Minister X Y"."""
        title = self._tokens[max(surname - 2, 0)]
        titled = title.xpos == "NNP" and title.head == surname and title.form.istitle()
        return titled and self._phrases.class_of(surname - 2) == "Person"

    def _given_before(self, surname: int, known: Iterable[Entry]) -> int | None:
        """Where a given name stands before a surname, or before the first of two surnames.

        One that nobody lists is no title, nor that of the `known` bearers.
        """
        before, second = self._tokens[surname - 1], self._tokens[max(surname - 2, 0)]
        names = given_names()
        if before.form in names:
            return surname - 1
        title = self._phrases.class_of(surname - 2) is not None  # "General"
        if second.xpos == "NNP" and second.head == surname and second.form in names and not title:
            return surname - 2
        word = before.form.isalpha() and before.form.istitle() and len(before.form) >= SHORTEST
        if not word or before.form.lower() in self._address:
            return None
        other = self._phrases.class_of(surname - 1) or self._gazetteer.candidates(before.form)
        own = any(name.split()[0] == before.form for entry in known for name in entry.names)
        return None if other or own else surname - 1

    def _is_half_given(self, first: int, floor: int) -> bool:
        """As in "Jan-Åke Jonsson", of whom the recogniser found "Åke Jonsson"."""
        if first - 2 < floor or self._tokens[first - 1].form != "-":
            return False
        half = self._tokens[first - 2]
        tight = half.end + 1 == self._tokens[first].start
        return tight and half.form in given_names() and not self._gazetteer.candidates(half.form)

    def are_one(self, span: NamedSpan, after: NamedSpan) -> bool:
        """As in "Ana Maria" and "Perez Rojas" right after it, which it belongs to."""
        whole = range(span.first, after.last)
        if span.last != after.first or len(whole) > LONGEST:
            return False
        if span.label == after.label == "PERSON" and self._is_of_descent(span.last - 1):
            return True
        if span.label != "PERSON" and not self._is_aged(span, after):
            return False
        if after.label not in _SURNAMES or not all(map(self._is_proper, whole)):
            return False
        head = self._phrases.head(after.first, after.last)
        joined = all(self._tokens[i].head in whole for i in range(span.first, span.last))
        ends = self._tokens[head].deprel not in _INSIDE and self._phrases.class_of(head) is None
        return joined and ends and (after.label == "PERSON" or self._is_surname(span, after))

    def _is_of_descent(self, index: int) -> bool:
        """As in "Sara bint" before "Talal bin Saud": whose daughter she is."""
        return self._tokens[index].form.lower() in _DESCENT

    def _is_aged(self, span: NamedSpan, after: NamedSpan) -> bool:
        """As in "Dreeko Vano Smith, 28,": whatever stands before the surname is a given name."""
        known = self._gazetteer.candidates(self._phrases.text(span.first, span.last))
        head = self._phrases.head(after.first, after.last)
        ages = map(self._is_age, self._phrases.children(head, "appos", "nummod"))
        return span.label in _MISTAKEN and not known and any(ages)

    def _is_surname(self, span: NamedSpan, after: NamedSpan) -> bool:
        """A single word that also names a town or a firm, after a given name."""
        known = self._gazetteer.candidates(self._phrases.text(after.first, after.last))
        state = any(is_one_of(entry.type, _STATES) for entry in known)
        return after.last - after.first == 1 and not state and self._is_called(span.first)

    def _is_called(self, index: int) -> bool:
        """Whether a given name stands here that is no title ("Major") and that no place bears."""
        form = self._tokens[index].form
        title = form.lower() in self._phrases.classes or len(form) < SHORTEST
        return form in given_names() and not title and not self._gazetteer.candidates(form)

    def _is_proper(self, index: int) -> bool:
        token = self._tokens[index]
        if token.form == "-":  # "Heinz-Christian Strache"
            return token.start == self._tokens[index - 1].end and index + 1 < len(self._tokens)
        return token.xpos == "NNP" and token.form.isalpha() and token.form.istitle()
