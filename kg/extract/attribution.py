"""Who says so: from an event up to the words that introduce a source.

Source, cue and content follow PARC and PolNeAR (Pareti 2012; Newell et al. 2018): reporting verbs
and nouns, prepositional cues and adverbs of distance, each listed in `lexicon/reporting.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.context import Context
from kg.extract.obliques import objects, preposition
from kg.extract.proposition import Proposition, Slot, surface_subject
from kg.lexicon import Cue
from kg.model import Attribution, AttributionKind, Filler, Span
from kg.vocab import is_a

_CONTENT = (
    "ccomp",
    "xcomp",
    "dobj",
    "pcomp",
    "parataxis",
    "nsubjpass",
    "csubj",
    "acl",
    "relcl",
    "pobj",
    "attr",
)


_NONE = ("no", "any", "little")
_POINTING = ("this", "that", "these", "those", "which", "what", "there")
_NOBODY = ("no", "nobody", "none", "neither")
_CUE_WORDS = ("according", "as", "citing", "quoting", "per", "in")


@dataclass(frozen=True, slots=True)
class Step:
    """An attribution together with the token of its cue, by which content is linked to speech."""

    attribution: Attribution
    cue: int


@dataclass(frozen=True, slots=True)
class _ClauseCue:
    """A cue without a verb: it reaches the tokens `first..last` but for its own phrase."""

    first: int
    last: int
    own: frozenset[int]
    citing: bool
    step: Step

    def reaches(self, head: int) -> bool:
        return self.first <= head <= self.last and head not in self.own


class AttributionReader:
    """Attributions of the events of one sentence."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tree = context.tree
        self._lexicon = context.lexicon
        self._prepositional = list(self._prepositional_cues())

    def steps(self, proposition: Proposition) -> list[Step]:
        """From the nearest source to the outermost; empty when the report itself says so."""
        found = self._governing(proposition)
        for cue in self._prepositional:
            if not cue.reaches(proposition.head):
                continue
            if cue.citing:
                if found:
                    found[0] = self._passed_on(found[0], cue.step.attribution)
            elif not self._repeats(cue.step, found):
                found.append(cue.step)
        found = self._with_basis(found)
        if not found:
            found.extend(self._adverbial(proposition))
        return found

    # ---------------------------------------------------- verbs and nouns

    def _governing(self, proposition: Proposition) -> list[Step]:
        """Climbs from the event; every reporting word that it is the content of is a step."""
        found: list[Step] = []
        below = proposition.head
        index = proposition.governor
        if proposition.kind != "verb":
            index = self._tree.head(below)
        seen = {below}
        while index is not None and index not in seen and not self._is_aside(below):
            seen.add(index)
            above = self._context.propositions.get(index)
            direct = below == proposition.head or self._is_measure(below)
            step = self._step(index, above, below, direct=direct)
            if step is not None and not self._repeats(step, found):
                found.append(step)
            below, index = index, self._above(index, above)
        return found

    def _is_measure(self, index: int) -> bool:
        """As in "announced a series of strikes"."""
        operator = self._lexicon.nominal_nouns.get(self._tree.lemma(index))
        return operator is not None and operator.effect == "pass"

    def _is_aside(self, below: int) -> bool:
        """A relative clause or an attribute is told by the report, not by its source."""
        tree = self._tree
        clause = self._context.propositions.get(below)
        if clause is not None and clause.governor is None and tree[below].deprel == "ccomp":
            return True  # a statement that only stands beside the next one
        if tree[below].deprel == "relcl":
            return all(tree[i].form.lower() != "when" for i in tree.children(below, "advmod"))
        if tree[below].deprel in ("amod", "compound", "poss"):
            return True
        if tree[below].deprel == "advcl" and tree.lemma(below) in self._lexicon.report_verbs:
            marks = [tree[i].form.lower() for i in tree.children(below, "mark")]
            return bool(set(marks) & {"as", "while", "whereas"})  # "... as Y warns that ..."
        if tree[below].deprel != "acl" or below not in self._context.propositions:
            return False
        return tree[below].xpos == "VBN" and self._context.propositions[below].link == "participle"

    def _above(self, index: int, above: Proposition | None) -> int | None:
        if above is not None and above.kind == "verb":
            turned = above.link == "complement" and above.governor is not None
            if turned and self._tree.head(index) != above.governor:
                return above.governor
        return self._tree.head(index)

    def _step(
        self, index: int, above: Proposition | None, below: int, *, direct: bool
    ) -> Step | None:
        if above is not None and above.kind == "verb":
            return self._verb_step(above, below, direct=direct)
        if self._tree[index].upos == "NOUN":
            return self._noun_step(index, below)
        return None

    def _verb_step(self, above: Proposition, below: int, *, direct: bool) -> Step | None:
        cue = self._cue(above)
        turned = self._turned(above, below)
        if cue is None or not (turned or self._is_content(above, below, cue, direct=direct)):
            return None
        kind: AttributionKind = cue.kind
        subjects = [slot for slot in above.all("subject") if not self._is_nobody(slot.head)]
        if not subjects and above.slot("subject") and self._context.is_event(below):
            return None  # "nobody claimed the attack": the report tells of it
        if not subjects and above.passive:
            kind = "unspecified_allegation"
            if cue.modality == "expected":
                kind = "unspecified_expectation"
        return self._speech(above, subjects, kind)

    def _is_nobody(self, head: int) -> bool:
        tree = self._tree
        words = (head, *tree.children(head, "det"))
        return any(tree[index].form.lower() in _NOBODY for index in words)

    def _cue(self, above: Proposition) -> Cue | None:
        table = self._lexicon.report_verbs
        return next((table[lemma] for lemma in above.lemmas if lemma in table), None)

    def _turned(self, above: Proposition, below: int) -> bool:
        proposition = self._context.propositions.get(below)
        return (
            proposition is not None
            and proposition.governor == above.head
            and (proposition.link == "complement")
        )

    def _is_content(self, above: Proposition, below: int, cue: Cue, *, direct: bool) -> bool:
        tree = self._tree
        deprel = tree[below].deprel
        if deprel == "pcomp":
            clause = self._context.propositions.get(below)
            return clause is not None and clause.marker in cue.preps
        if deprel == "prep":
            return tree[below].form.lower() in cue.preps
        if deprel == "xcomp":
            operator = next(
                (o for w in above.lemmas if (o := self._lexicon.complements.get(w))), None
            )
            return operator is None or operator.modality is None or cue.modality is not None
        if deprel in ("ccomp", "oprd"):
            return True
        if deprel == "dobj":
            rejected = cue.polarity == "negative" and self._context.is_speech(below)
            told = (direct or self._is_report(below)) and not rejected  # others have said it
            return told and not above.passive
        return deprel == "nsubjpass"

    def speech(self, above: Proposition) -> Attribution:
        """The attribution that a reporting verb would give to its content."""
        return self._speech(above, above.all("subject"), "indirect").attribution

    def _speech(self, above: Proposition, subjects: list[Slot], kind: AttributionKind) -> Step:
        """The step of a reporting verb: subject, channel, medium and what it rests on."""
        sources: list[Filler] = []
        basis: list[Filler] = []
        medium: list[Filler] = []
        for slot in subjects:
            if self._tree[slot.head].form.lower() in _POINTING:
                continue  # "that said": nobody
            owners = self._owners(slot.head)
            lemma = self._tree.lemma(slot.head)
            if not owners and self._is_artifact(slot.head) and slot.head != above.head:
                owners = self._subject_of_light(slot.head)
            if lemma in self._lexicon.reporting.basis:
                basis.append(self._context.filler(slot.head))
                sources.extend(owners)
            elif owners and (self._is_artifact(slot.head) or self._is_report(slot.head)):
                medium.append(self._context.filler(slot.head))
                sources.extend(owners)
            else:
                sources.append(self._context.filler(slot.head))
        via, media = self._channels(above)
        attribution = Attribution(
            kind=kind,
            sources=tuple(sources),
            via=tuple(via),
            medium=tuple(dict.fromkeys(medium + media)),
            basis=tuple(basis),
            cue=self._tree.token_span(above.head),
        )
        return Step(attribution, above.head)

    def _owners(self, noun: int) -> list[Filler]:
        """Whose report it is: possessor, "from X", "by X", or the people in "X intelligence"."""
        tree, found = self._tree, []
        for child in tree.children(noun, "poss"):
            found.extend(tree.conjuncts(child))
        for prep in tree.children(noun, "prep"):
            if tree[prep].form.lower() in ("from", "by"):
                for each in objects(tree, prep):
                    found.extend(tree.conjuncts(each))
        for clause in tree.children(noun, "acl"):
            for agent in tree.children(clause, "agent"):
                found.extend(tree.children(agent, "pobj"))  # "images released by X"
        if not found and self._is_report(noun):
            names = tree.children(noun, "compound", "nmod", "amod")
            found.extend(c for c in names if self._context.type_of(c) is not None)
        for child in found[:]:
            found.extend(c for c in tree.children(child, "appos") if c not in found)
        return [self._context.filler(head) for head in found]

    def _is_artifact(self, head: int) -> bool:
        type_ = self._context.type_of(head)
        return type_ is not None and is_a(type_, "InformationArtifact")

    def _channels(self, above: Proposition) -> tuple[list[Filler], list[Filler]]:
        via: list[Filler] = []
        medium: list[Filler] = []
        for slot in above.slots:
            if slot.name == "subject":
                continue
            type_ = self._context.type_of(slot.head)
            if type_ == "NewsAgency" and slot.name in ("object", "indirect", "to", "by", "with"):
                via.append(self._context.filler(slot.head))
            elif type_ == "Platform":
                medium.append(self._context.filler(slot.head))
            elif slot.name == "in" and self._tree.lemma(slot.head) in self._lexicon.reporting.media:
                medium.append(self._context.filler(slot.head))
                medium.extend(self._platforms(slot.head))
        return via, medium

    def _platforms(self, noun: int) -> Iterator[Filler]:
        for index in self._tree.subtree(noun):
            if self._context.type_of(index) == "Platform":
                yield self._context.filler(index)

    def _noun_step(self, index: int, below: int) -> Step | None:
        """As in "the claim that ...", "reports of ...", "a threat by X to ..."."""
        tree = self._tree
        cue = self._lexicon.report_nouns.get(tree.lemma(index))
        deprel = tree[below].deprel
        if cue is None or deprel not in ("acl", "ccomp", "prep", "relcl"):
            return None
        if deprel == "prep" and tree[below].form.lower() not in ("of", "about", "on"):
            return None
        if deprel == "relcl" and not self._is_that_clause(below):
            return None
        if any(tree[i].form.lower() in _NONE for i in tree.children(index, "det")):
            return None  # "no evidence that"
        within = self._told_in(index)
        if within is not None:
            return within
        sources = self._owners(index) or self._subject_of_light(index)
        if not sources and cue.modality is None:
            sources = [self._context.filler(index)]
        kind: AttributionKind = cue.kind
        if not sources and kind == "indirect":
            kind = "unspecified_allegation"
        return Step(Attribution(kind, tuple(sources), cue=tree.token_span(index)), index)

    def _told_in(self, noun: int) -> Step | None:
        """As in "announced in a memo that ...": the memo is the medium of who announced it."""
        prep = self._tree[noun].head
        above = self._context.propositions.get(self._tree[prep].head)
        plain = self._tree[noun].deprel == "pobj" and self._tree[prep].form.lower() in ("in", "on")
        if not plain or above is None or above.kind != "verb" or self._cue(above) is None:
            return None
        return self._speech(above, above.all("subject"), "indirect")

    def _is_that_clause(self, below: int) -> bool:
        """A full clause after "that": content, though the parser took it for a relative clause."""
        tree = self._tree
        marks = tree.children(below, "mark")
        return bool(marks) and tree[marks[0]].form.lower() == "that"

    def _subject_of_light(self, noun: int) -> list[Filler]:
        head = self._tree.head(noun)
        above = self._context.propositions.get(head) if head is not None else None
        if above is None or above.kind != "verb" or self._tree[noun].deprel != "dobj":
            return []
        cue = self._cue(above)
        if cue is not None and cue.polarity == "negative":
            return []  # who rejects claims has not made them
        return [self._context.filler(slot.head) for slot in surface_subject(above)]

    # --------------------------------------------------- prepositional cues

    def _prepositional_cues(self) -> Iterator[_ClauseCue]:
        """As in "according to X", "as per X", "citing X"."""
        tree = self._tree
        for index in tree.indices():
            form = tree[index].form.lower()
            if form not in _CUE_WORDS:
                continue
            name = preposition(tree, index)
            heads = objects(tree, index) or tree.children(index, "dobj")
            words = self._in_words_of(index)
            if words is not None:
                name, heads = words
            heads = [head for head in heads if self._can_speak(head)]
            if name not in self._lexicon.reporting.prepositions or not heads:
                continue
            own = frozenset(tree.subtree(index))
            citing = form in ("citing", "quoting")
            first, last = self._scope(index, own)
            yield _ClauseCue(first, last, own, citing, self._said_by(index, heads))

    def _in_words_of(self, index: int) -> tuple[str, list[int]] | None:
        """A listed cue of several words, and its objects."""
        tree = self._tree
        for cue in self._lexicon.reporting.prepositions:
            words = cue.split()
            last = index + len(words) - 1
            if len(words) > 2 and last < tree.sentence.last:
                forms = [tree[i].form.lower() for i in range(index, last + 1)]
                if forms == words:
                    return cue, tree.children(last, "pobj")
        return None

    def _with_basis(self, found: list[Step]) -> list[Step]:
        """As in "footage shows X, according to Y": Y says it, on the basis of the footage."""
        if len(found) < 2 or found[0].attribution.sources or not found[0].attribution.basis:
            return found
        first, second = found[0].attribution, found[1].attribution
        merged = replace(second, basis=first.basis + second.basis)
        return [replace(found[0], attribution=merged), *found[2:]]

    def _passed_on(self, step: Step, cited: Attribution) -> Step:
        """As in "Reuters said, citing officials": the officials say it, through Reuters.

        Somebody who is no outlet speaks for himself and only rests on what he cites.
        """
        speaker = step.attribution
        outlets = [f for f in speaker.sources if self._is_outlet(f)]
        if cited.sources and outlets and len(outlets) == len(speaker.sources):
            passed = replace(
                speaker, sources=cited.sources, via=speaker.sources + speaker.via, basis=cited.basis
            )
        else:
            passed = replace(speaker, basis=speaker.basis + cited.basis + cited.sources)
        return replace(step, attribution=passed)

    def _is_outlet(self, filler: Filler) -> bool:
        mention = None if filler.mention is None else self._context.mentions[filler.mention]
        return mention is not None and mention.type == "NewsAgency"

    def _can_speak(self, head: int) -> bool:
        """Whether a noun can be a source: somebody, a report, or whatever has a name."""
        type_ = self._context.type_of(head)
        name = self._tree[head].upos == "PROPN"
        if name and (type_ is not None or self._tree.children(head, "compound")):
            return type_ is None or not is_a(type_, "Law")
        if type_ is None:
            cue = self._lexicon.report_nouns.get(self._tree.lemma(head))
            return cue is not None and cue.modality is None
        kinds = ("Agent", "InformationArtifact", "Platform", "PopulatedPlace")
        return self._context.is_open(head) or any(is_a(type_, kind) for kind in kinds)

    def _said_by(self, index: int, heads: list[int]) -> Step:
        sources: list[Filler] = []
        medium: list[Filler] = []
        basis: list[Filler] = []
        for head in heads:
            owners = self._owners(head) if self._is_artifact(head) or self._is_report(head) else []
            if owners:
                medium.append(self._context.filler(head))
                sources.extend(owners)
            elif self._tree.lemma(head) in self._lexicon.reporting.basis:
                basis.append(self._context.filler(head))
            else:
                sources.extend(self._context.filler(each) for each in self._tree.conjuncts(head))
        last = max(self._tree.subtree(index)[0], index)
        second = index + 1 if self._tree[index + 1].form.lower() in ("to", "per") else index
        span = Span(self._tree[last].start, self._tree[second].end)
        found = Attribution(
            "according_to", tuple(sources), medium=tuple(medium), basis=tuple(basis), cue=span
        )
        return Step(found, index)

    def _is_report(self, head: int) -> bool:
        return self._tree.lemma(head) in self._lexicon.report_nouns

    def _scope(self, index: int, own: frozenset[int]) -> tuple[int, int]:
        """The clause that the cue is attached to; a parenthesis reaches the whole sentence."""
        tree = self._tree
        top = index
        for above in tree.ancestors(index):
            token = tree[above]
            own_subject = tree.child(above, "nsubj", "nsubjpass") is not None
            top = above
            if tree.is_verb(above) and token.deprel == "conj" and own_subject:
                break
        outside = self._is_outside(index, own)
        if outside:
            top = next(i for i in tree.indices() if tree.head(i) is None)
        inside = [i for i in tree.subtree(top) if i not in own]
        if tree[top].deprel != "conj" and not outside:
            inside = self._without_later_clauses(top, index, inside)
        return (min(inside), max(inside)) if inside else (index, index)

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

    def _repeats(self, step: Step, found: list[Step]) -> bool:
        """Whether a nearer step has the same speaker already."""
        spans = {source.span for other in found for source in other.attribution.sources}
        return any(source.span in spans for source in step.attribution.sources)

    # -------------------------------------------------------------- adverbs

    def _adverbial(self, proposition: Proposition) -> Iterator[Step]:
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
