"""Who says so: from an event up to the words that introduce a source.

Source, cue and content follow PARC and PolNeAR (Pareti 2012; Newell et al. 2018): reporting verbs
and nouns, prepositional cues and adverbs of distance, each listed in `lexicon/reporting.yml`.
"""

from __future__ import annotations

from functools import cached_property

from msgspec.structs import replace

from kg.extract.clause_cues import ClauseCue, ClauseCueReader
from kg.extract.context import Context
from kg.extract.event_nouns import exemplifies
from kg.extract.predicate import own_value, verb_above
from kg.extract.proposition import Proposition
from kg.extract.sources import SourceFinder, Step
from kg.extract.told import is_either_threat, is_owned, is_raised, is_timed, tells_anew
from kg.lexicon import Cue
from kg.model import Attribution, AttributionKind, Factuality

_NONE = ("no", "any", "little")
_NOBODY = ("no", "nobody", "none", "neither")


class AttributionReader:
    """Attributions of the events of one sentence."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._tree = context.tree
        self._lexicon = context.lexicon
        self._sources = SourceFinder(context)
        self._cues = ClauseCueReader(context, self._sources)

    @cached_property
    def _prepositional(self) -> list[ClauseCue]:
        return list(self._cues.prepositional())

    def steps(self, proposition: Proposition) -> list[Step]:
        """From the nearest source to the outermost; empty when the report itself says so."""
        found = self._governing(proposition)
        for cue in self._prepositional:
            if not cue.reaches(proposition.head):
                continue
            if cue.citing:
                if found:
                    found[0] = self._sources.passed_on(found[0], cue.step.attribution)
            elif cue.alone:
                found = [cue.step]
            elif not self._repeats(cue.step, found):
                found.append(cue.step)
        found = self._with_basis(found)
        if not found:
            found.extend(self._cues.adverbial(proposition))
        return found

    def _governing(self, proposition: Proposition) -> list[Step]:
        """Climbs from the event; every reporting word that it is the content of is a step."""
        found: list[Step] = []
        last = below = proposition.head
        index = proposition.governor
        if proposition.kind != "verb":
            index = self._tree.head(below)
        seen = {below}
        heads = self._heads(proposition)
        anew = proposition.kind == "verb" and tells_anew(below, self._context)
        while index is not None and index not in seen and not self._is_aside(below, proposition):
            seen.add(index)
            above = self._context.propositions.get(index)
            example = last == self._tree.head(proposition.head) and exemplifies(last, self._tree)
            direct = (
                example
                or below in heads
                or self._is_measure(below)
                or self._is_charge(index, below, last)
                or (anew and self._is_accusing(index))
            )
            step = self._step(index, above, below, direct=direct)
            if step is not None and not self._repeats(step, found):
                found.append(step)
            last, below, index = below, index, self._above(index, above)
        return found

    def _heads(self, proposition: Proposition) -> tuple[int, int]:
        """The event, and what it is joined to: "reported 12 cases and 3 deaths"."""
        return proposition.head, self._tree.first_conjunct(proposition.head)

    def _is_charge(self, verb: int, below: int, last: int) -> bool:
        """As in "accused the army of abuses": the parser may hang "of" on the accused."""
        tree, cue = self._tree, self._lexicon.report_verbs.get(self._tree.lemma(verb))
        charged = cue is not None and tree[last].form.lower() in cue.preps
        return charged and tree[last].deprel == "prep" and tree[below].deprel == "dobj"

    def _is_accusing(self, verb: int) -> bool:
        """As in "blamed the raid on men hired by X": who blames them tells that, too."""
        cue = self._lexicon.report_verbs.get(self._tree.lemma(verb))
        return cue is not None and cue.kind == "accusation"

    def _is_measure(self, index: int) -> bool:
        """As in "announced a series of strikes"."""
        operator = self._lexicon.nominal_nouns.get(self._tree.lemma(index))
        return operator is not None and operator.effect == "pass"

    def _is_aside(self, below: int, event: Proposition) -> bool:
        """A relative clause or an attribute is told by the report, not by its source."""
        tree = self._tree
        clause = self._context.propositions.get(below)
        if self._is_result(below) or tree.is_cleft(below):
            return False
        if tree[below].deprel == "ccomp" and self._is_beside(below):
            return True
        if event.kind == "verb" and tells_anew(below, self._context):
            return False
        if tree[below].deprel == "relcl" and (clause is None or clause.link != "complement"):
            return all(tree[i].form.lower() != "when" for i in tree.children(below, "advmod"))
        if tree[below].deprel in ("amod", "compound", "poss"):
            return not self._is_bidden(below)
        if tree[below].deprel == "appos" and self._context.is_event(below):
            return True  # "says that X left the NPT, a treaty with Y"
        if tree[below].deprel == "prep" and self._is_background(below):
            return True
        if tree[below].deprel == "advcl":
            return self._is_second(below)
        if tree[below].deprel != "acl" or below not in self._context.propositions:
            return False
        return tree[below].xpos == "VBN" and self._context.propositions[below].link == "participle"

    def _is_second(self, clause: int) -> bool:
        """What only goes with the statement: "says X, hours after Y", "..., which Z denies"."""
        tree = self._tree
        if any(is_timed(i, self._context) for i in tree.children(clause, "mark")):
            return True
        if any(tree[i].form.lower() == "which" for i in tree.children(clause, "dobj")):
            return True
        marks = {tree[i].form.lower() for i in tree.children(clause, "mark")}
        conceded = marks.intersection(self._lexicon.operators.junctions["concession"])
        if clause > tree[clause].head and conceded:
            return True
        told = tree.lemma(clause) in self._lexicon.report_verbs  # "... as Y warns that ..."
        told = told or any(map(self._context.is_speech, tree.children(clause, "dobj")))
        beside = tree[tree[clause].head].deprel == "xcomp"  # "is said to have fled, as Y fell"
        return bool(marks & {"as", "while", "whereas"}) and (told or beside)

    def _is_result(self, below: int) -> bool:
        """As in "left ten dead and six injured": what the clause says, not what a noun is like."""
        tree = self._tree
        if tree[below].deprel not in ("amod", "acl"):
            return False
        noun = tree.first_conjunct(tree[below].head)
        verb = tree[noun].head
        return tree[noun].deprel == "dobj" and tree.lemma(verb) in self._lexicon.slots.resulting

    def _is_beside(self, below: int) -> bool:
        """A statement that only stands before the next one ("X fled, however Y says that ...")."""
        tree = self._tree
        clause = self._context.propositions.get(below)
        after = range(below, tree[below].head)
        adverbs = (tree.lemma(i) for i in tree.children(tree[below].head, "advmod") if i in after)
        turns = self._lexicon.operators.junctions["turn"]
        return (clause is not None and clause.governor is None) or any(w in turns for w in adverbs)

    def _is_background(self, prep: int) -> bool:
        """As in "since the September attacks": known to all; not so "resulting in ten deaths"."""
        tree, form = self._tree, self._tree[prep].form.lower()
        if form not in self._lexicon.operators.junctions["background"]:
            return False
        if self._lexicon.slots.leading.get(tree.lemma(tree[prep].head)) == form:
            return False
        if tree[tree[prep].head].form.lower() in self._lexicon.slots.states_in_ing:
            return True  # "reported missing during floods"
        if is_timed(prep, self._context):
            return True
        nouns = [i for i in tree.children(prep, "pobj") if self._context.is_event(i)]
        return any(tree[d].form.lower() == "the" for i in nouns for d in tree.children(i, "det"))

    def _is_bidden(self, below: int) -> bool:
        """As in "an arrest warrant": what the owner of the noun wants done."""
        noun = self._tree.head(below)
        writ = noun is not None and self._tree.lemma(noun) in self._lexicon.reporting.writs
        return writ and self._tree[below].deprel == "compound"

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
        if self._is_calling(above, below):
            return self._sources.speech(above, above.all("subject"), "indirect")
        cue = self._sources.cue(above, self._charge_marker(below))
        state = direct and self._is_state(below)
        if cue is not None and state and not self._is_distant(above, cue):
            return None  # "were found dead"
        if cue is not None and cue.certainty and self._is_open(below):
            return None  # "considers whether to invade": he tells of nothing
        if cue is not None and self._is_unsaid(above, below, cue):
            return None
        turned = self._turned(above, below) or is_either_threat(below, self._context)
        if cue is None or not (turned or self._is_content(above, below, cue, direct=direct)):
            return None
        kind: AttributionKind = cue.kind
        subjects = [slot for slot in above.all("subject") if not self._is_nobody(slot.head)]
        clause = self._context.propositions.get(below)
        raised = clause is not None and is_raised(clause, above, self._context)
        if raised or is_either_threat(above.head, self._context):
            subjects = []
        if not subjects and above.slot("subject") and self._context.is_event(below):
            return None  # "nobody claimed the attack": the report tells of it
        if not subjects and (raised or above.passive or self._tree[above.head].xpos == "VBZ"):
            kind = "unspecified_allegation"
            if cue.modality == "expected":
                kind = "unspecified_expectation"
        return self._sources.speech(above, subjects, kind)

    def _is_calling(self, above: Proposition, below: int) -> bool:
        """As in "called his removal a coup": so he says."""
        calling = self._tree.lemma(above.head) in self._lexicon.reporting.describing
        named = self._tree[below].deprel == "oprd" and self._tree.is_noun(below)
        return calling and named and above.slot("subject") is not None

    def _is_unsaid(self, above: Proposition, below: int, cue: Cue) -> bool:
        """As in "has not acknowledged the losses": so they are nothing that he has told of."""
        own = own_value(above, Factuality(), self._context)
        silent = own.polarity == "negative" and cue.polarity != "negative"
        return silent and self._tree[below].deprel == "dobj"

    def _is_distant(self, above: Proposition, cue: Cue) -> bool:
        """As in "are feared dead", "are reported dead"."""
        hearsay = bool(set(above.lemmas) & set(self._lexicon.reporting.hearsay))
        return hearsay or bool(cue.certainty or cue.modality)

    def _is_open(self, below: int) -> bool:
        clause = self._context.propositions.get(below)
        return clause is not None and clause.marker == "whether"

    def _charge_marker(self, below: int) -> str | None:
        """The "for" of "condemned X for shelling Y"."""
        clause = self._context.propositions.get(below)
        gerund = clause is not None and clause.kind == "verb" and clause.link == "gerund"
        return clause.marker if clause is not None and gerund else None

    def _is_state(self, below: int) -> bool:
        return self._tree[below].deprel in ("oprd", "acomp") and self._tree[below].upos == "ADJ"

    def _is_nobody(self, head: int) -> bool:
        tree = self._tree
        words = (head, *tree.children(head, "det"))
        return any(tree[index].form.lower() in _NOBODY for index in words)

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
            doers = self._lexicon.slots.doers_after.get(above.lemmas[-1]) if direct else None
            return tree[below].form.lower() in (*cue.preps, doers)
        if deprel == "xcomp":
            operator = next(
                (o for w in above.lemmas if (o := self._lexicon.complements.get(w))), None
            )
            return operator is None or operator.modality is None or cue.modality is not None
        if deprel in ("ccomp", "oprd") or (deprel == "acomp" and not direct):
            return True  # "found him guilty of killing X"
        if deprel == "advcl":
            return self._is_unmarked(above, below)
        if deprel == "dobj" and "of" in cue.preps and self._context.is_event(below):
            return False  # "accused the protests of ...": what is blamed is not what is said
        if deprel == "dobj" and not {*above.lemmas}.isdisjoint(self._lexicon.reporting.clausal):
            return False
        if deprel == "dobj":
            reports = self._sources.is_report(below)
            rejected = cue.polarity == "negative" and self._context.is_speech(below)
            if rejected and reports and not direct:
                return not is_owned(below, self._context)  # else others have said it
            return (direct or reports) and not rejected and not above.passive
        return deprel == "nsubjpass" and not self._is_known(above)

    def _is_unmarked(self, above: Proposition, below: int) -> bool:
        """As in "officials report X has fled", where the parser saw no complement."""
        tree = self._tree
        if below < above.head or tree.children(above.head, "ccomp", "xcomp", "dobj"):
            return False
        words = (below, *tree.children(below, "aux", "auxpass"))
        finite = any(tree[i].xpos in ("VBZ", "VBP", "VBD", "MD") for i in words)
        marked = tree.children(below, "mark", "advmod")
        return finite and not marked and tree.child(below, "nsubj", "nsubjpass") is not None

    def _is_known(self, above: Proposition) -> bool:
        """As in "the blast is being investigated": nobody says by this that it happened."""
        operators = (self._lexicon.nominal_verbs.get(lemma) for lemma in above.lemmas)
        found = next((each for each in operators if each is not None), None)
        return found is not None and found.effect == "presuppose"

    def speech(self, above: Proposition) -> Attribution:
        """The attribution that a reporting verb would give to its content."""
        return self._sources.speech(above, above.all("subject"), "indirect").attribution

    def _noun_step(self, index: int, below: int) -> Step | None:
        """As in "the claim that ...", "reports of ...", "a threat by X to ..."."""
        tree = self._tree
        cue = self._noun_cue(index)
        deprel = tree[below].deprel
        if deprel == "compound":
            return self._writ_step(index, below)
        if cue is None or deprel not in ("acl", "ccomp", "prep", "relcl"):
            return None
        if deprel == "prep" and tree[below].form.lower() not in ("of", "about"):
            return None
        if deprel == "relcl" and not self._is_that_clause(below):
            return None
        within = self._told_in(index)
        if within is not None:
            return within
        sources = self._sources.owners(index) or self._sources.subject_of_light(index)
        if not sources and self._is_denied(index):
            return None  # "denies reports that": what counts is the word of who denies them
        if not sources and cue.modality is None and not cue.certainty:
            sources = [self._context.filler(index)]
        kind: AttributionKind = cue.kind
        if not sources and kind == "indirect":
            kind = "unspecified_allegation"
        return Step(Attribution(kind, tuple(sources), cue=tree.token_span(index)), index)

    def _noun_cue(self, noun: int) -> Cue | None:
        """Not of "no evidence that", "X's decision to leave", an inquiry into it, a border post."""
        lemma = self._tree.lemma(noun)
        none = any(self._tree[i].form.lower() in _NONE for i in self._tree.children(noun, "det"))
        asked = lemma in self._lexicon.slots.inquiries and self._tree.children(noun, "prep")
        kinds = (f"{self._tree.lemma(i)} {lemma}" for i in self._tree.children(noun, "compound"))
        thing = any(self._lexicon.noun_classes.get(kind) == "Facility" for kind in kinds)
        resolved = asked or lemma in self._lexicon.reporting.resolves
        return None if none or resolved or thing else self._lexicon.report_nouns.get(lemma)

    def _is_denied(self, noun: int) -> bool:
        above = verb_above(noun, self._context)
        if above is None or above.slot("subject") is None:
            return False
        cue = self._sources.cue(above)
        told = self._tree[noun].deprel in ("dobj", "pobj")
        return told and cue is not None and cue.polarity == "negative"

    def _writ_step(self, index: int, below: int) -> Step | None:
        """As in "the court issued an arrest warrant": the court wants the arrest."""
        sources = self._sources.owners(index) or self._sources.subject_of_light(index)
        if not sources or not self._is_bidden(below):
            return None
        cue = self._tree.token_span(index)
        return Step(Attribution("indirect", tuple(sources), cue=cue), index)

    def _told_in(self, noun: int) -> Step | None:
        """As in "announced in a memo that ...": the memo is the medium of who announced it."""
        prep = self._tree[noun].head
        above = self._context.propositions.get(self._tree[prep].head)
        plain = self._tree[noun].deprel == "pobj" and self._tree[prep].form.lower() in ("in", "on")
        if not plain or above is None or above.kind != "verb" or self._sources.cue(above) is None:
            return None
        return self._sources.speech(above, above.all("subject"), "indirect")

    def _is_that_clause(self, below: int) -> bool:
        """A full clause after "that": content, though the parser took it for a relative clause."""
        tree = self._tree
        marks = tree.children(below, "mark")
        return bool(marks) and tree[marks[0]].form.lower() == "that"

    def _with_basis(self, found: list[Step]) -> list[Step]:
        """As in "footage shows X, according to Y": Y says it, on the basis of the footage."""
        if len(found) < 2 or found[0].attribution.sources or not found[0].attribution.basis:
            return found
        first, second = found[0].attribution, found[1].attribution
        merged = replace(second, basis=first.basis + second.basis)
        return [replace(found[0], attribution=merged), *found[2:]]

    def _repeats(self, step: Step, found: list[Step]) -> bool:
        """Whether a nearer step has the same speaker already."""
        spans = {source.span for other in found for source in other.attribution.sources}
        return any(source.span in spans for source in step.attribution.sources)
