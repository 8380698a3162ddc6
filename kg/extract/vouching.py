"""Who stands behind what is told: nobody, where it is a story, a hoax or an unconfirmed report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.context import Context
from kg.extract.event_nouns import is_of_doer
from kg.extract.frames import Match
from kg.extract.obliques import objects
from kg.extract.predicate import verb_above
from kg.extract.proposition import Proposition
from kg.extract.sources import Step
from kg.extract.told import is_owned
from kg.extract.values import replaced, uncommitted
from kg.model import Factuality
from kg.vocab import is_one_of

_AROUND = ("in", "under")  # a story, what happens in it
_LIKE = ("similar", "like", "identical")
_PARTICIPLES = ("acl", "advcl")
_THROUGH = ("with", "by")  # how a story goes: "the war game ended with X taking Y"
_WORDS = ("confession", "testimony", "statement")
_FOUGHT = ("CombatEvent", "TerritorialEvent", "Advance", "Destruction")


def vouched(value: Factuality, found: Match, steps: Sequence[Step], context: Context) -> Factuality:
    """The value of an event, which commits nobody if no one vouches for the words that tell it."""
    proposition = found.proposition
    if not value.realis:
        return value
    for why, checks in _UNVOUCHED.items():
        if any(check(step.cue, context) for step in steps for check in checks):
            return uncommitted(value, why)
    if _is_outdated(proposition, context):
        return uncommitted(value, "corrected")
    if any(step.attribution.sources for step in steps) and _is_blamed(proposition, context):
        return replaced(value, None, "accused", None, "blamed")
    told_by = [noun for step in steps for noun in _tellers(step.cue, context)]
    if context.tree[proposition.head].deprel in ("acl", "relcl"):
        told_by += _shown_by(proposition.head, context)
        told_by += _described(proposition.head, context) if steps else []
    elif context.tree[proposition.head].xpos == "VBG" and proposition.link == "complement":
        told_by += context.tree.children(context.tree[proposition.head].head, "nsubj")
    if proposition.governor is not None:
        told_by += _reports_of(proposition.governor, context)
    empty = next((noun for noun in told_by if _is_empty(noun, context)), None)
    if empty is None:
        empty = _story_around(found, context) or _story_about(found, context)
        empty = empty or _talk_around(found, context)
    return value if empty is None else uncommitted(value, context.tree.lemma(empty))


def _is_said_falsely(cue: int, context: Context) -> bool:
    """As in "wrongly said that X", "falsely claimed to have left": the report contradicts it."""
    doubting = context.lexicon.reporting.doubting
    return any(context.tree.lemma(i) in doubting for i in context.tree.children(cue, "advmod"))


def _is_outdated(proposition: Proposition, context: Context) -> bool:
    """As in "corrected a figure of 41 dead", "up from an earlier toll of 20 dead": no longer so."""
    tree, unvouched = context.tree, context.lexicon.reporting.unvouched
    for slot in proposition.all("bearer"):
        noun = tree[tree[slot.head].head].head
        if tree[slot.head].deprel != "pobj" or tree.lemma(noun) not in unvouched["tallies"]:
            continue
        older = (tree[i].form.lower() in unvouched["outdated"] for i in tree.children(noun, "amod"))
        if any(older) or tree.lemma(tree[noun].head) in context.lexicon.reporting.retracting:
            return True
    return False


def _is_anybody_s(cue: int, context: Context) -> bool:
    """As in "those who claim that X", "whoever says that X": nobody who is told of says it."""
    tree, anyone = context.tree, context.lexicon.reporting.unvouched["anyone"]
    holders = tree.children(cue, "nsubj")
    of = (prep for i in holders for prep in tree.children(i, "prep"))  # "60 percent of voters"
    holders = (*holders, *(i for prep in of for i in tree.children(prep, "pobj")))
    if any(tree.lemma(i) in anyone for i in holders):
        return tree[cue].xpos in ("VBZ", "VBP")
    noun = tree[cue].head
    told = tree.children(noun, "nummod", "amod", "poss", "compound", "prep")
    return tree[cue].deprel == "relcl" and tree.lemma(noun) in anyone and not told


def _is_taken_back(cue: int, context: Context) -> bool:
    """As in "apologised for reporting that X", "retracted saying that X"."""
    above = verb_above(cue, context) if context.tree[cue].deprel in ("pcomp", "xcomp") else None
    return above is not None and above.lemmas[-1] in context.lexicon.reporting.retracting


def _is_put_right(cue: int, context: Context) -> bool:
    """As in "first said that X but later admitted that Y": no longer so by the same source."""
    tree, verbs = context.tree, context.lexicon.report_verbs
    at_first = context.lexicon.operators.junctions["at_first"]
    first = any(tree[i].form.lower() in at_first for i in tree.children(cue, "advmod"))
    first = first or any(
        tree[i].form.lower() == "at" and "first" in {tree[j].form.lower() for j in tree.subtree(i)}
        for i in tree.children(cue, "prep")
    )
    if not first:
        return False
    later = range(cue + 1, tree.sentence.last)
    turn = any(tree[i].form.lower() in ("but", "before", "then") for i in later)
    return turn and any(tree.is_verb(i) and tree.lemma(i) in verbs for i in later)


def _is_retracted(cue: int, context: Context) -> bool:
    """As in "a man who confessed to killing X retracted his confession"."""
    tree, reporting = context.tree, context.lexicon.reporting
    for index in range(cue + 1, tree.sentence.last):
        if not tree.is_verb(index) or tree.lemma(index) not in reporting.retracting:
            continue
        objects = tree.children(index, "dobj")
        if any(context.is_speech(i) or tree.lemma(i) in _WORDS for i in objects):
            return True
    return False


def _is_blamed(proposition: Proposition, context: Context) -> bool:
    """As in "police say X is responsible for the attack"; who says so of himself claims it."""
    doers = [slot.head for slot in proposition.all("by")]
    others = any(context.tree[i].upos != "PRON" for i in doers)
    return others and is_of_doer(proposition, context)


def _tellers(cue: int, context: Context) -> Iterator[int]:
    """The nouns of who or what tells it: "a hoax says that", "according to a report"."""
    clause = context.propositions.get(cue)
    if clause is not None and clause.kind == "verb":
        yield from (slot.head for slot in clause.all("subject"))
        if context.tree[cue].deprel == "relcl":  # "a video that claims"
            yield context.tree[cue].head
        above = cue
        while context.tree[above].deprel in _PARTICIPLES:  # "a novel titled X, describing Y"
            above = context.tree[above].head
        yield above
    else:
        yield cue
    yield from objects(context.tree, cue)


def _reports_of(noun: int, context: Context) -> list[int]:
    """As in "reports of X attacking Y", "the report of an attack": the reports."""
    return [noun] if context.tree.lemma(noun) in context.lexicon.report_nouns else []


def _described(participle: int, context: Context) -> list[int]:
    """As in "a video showing X", which tells it."""
    tree = context.tree
    return [tree[participle].head] if tree[participle].deprel == "acl" else []


def _shown_by(participle: int, context: Context) -> list[int]:
    """As in "a video shows X entering Y", "the film has X entering Y": the video, the film."""
    tree = context.tree
    verb = tree[tree[participle].head].head
    if tree[verb].form.lower() == "of":  # "the novel tells of a king who murdered X"
        verb = tree[verb].head
    subjects = tree.children(verb, "nsubj")
    if tree[verb].deprel == "xcomp":  # "a video that purports to show X entering Y"
        above = tree[verb].head
        subjects = [tree[above].head] if tree[above].deprel == "relcl" else []
    reporting = context.lexicon.reporting
    shown = (*reporting.basis, *reporting.fictions)
    return [i for i in subjects if tree.lemma(i) in shown or _is_rehearsal(i, context)]


def _is_empty(noun: int, context: Context) -> bool:
    """As in "few believe", "a hoax", "an unconfirmed report", "denies a report saying"."""
    tree, reporting = context.tree, context.lexicon.reporting
    lemma = tree.lemma(noun)
    doubted = lemma in reporting.unvouched["doubters"]
    if doubted or _is_fiction(noun, context) or _is_rehearsal(noun, context):
        return True
    if any(tree[i].form.lower() in reporting.unfounded for i in tree.children(noun, "amod")):
        return True
    if lemma not in context.lexicon.report_nouns and lemma not in reporting.basis:
        return False
    if tree[noun].deprel == "nsubj":  # "reports of an attack are false", "turned out to be false"
        verbs = [tree[noun].head, *tree.children(tree[noun].head, "xcomp")]
        said = [i for verb in verbs for i in tree.children(verb, "acomp", "attr", "oprd")]
        untrue = (*reporting.untrue, *reporting.unfounded, *reporting.fictions)
        return any(tree.lemma(i) in untrue for i in said)
    if _is_contrary(noun, context) or _is_judged_untrue(noun, context):
        return True
    above = verb_above(noun, context)
    cues = (context.lexicon.report_verbs.get(w) for w in (above.lemmas if above else ()))
    judged = any(cue is not None and cue.polarity == "negative" for cue in cues)
    if tree[noun].deprel not in ("dobj", "pobj", "nsubjpass"):
        return False
    if above is not None and _is_under_check(above, context):
        return True
    if above is not None and above.lemmas[-1] in reporting.retracting:
        return True
    return (judged or _is_only_heard(noun, context)) and not is_owned(noun, context)


def _is_judged_untrue(noun: int, context: Context) -> bool:
    """As in "called reports of a mutiny fiction", wherever the parser hung the last word."""
    tree, reporting = context.tree, context.lexicon.reporting
    verb = tree[noun].head
    if tree[noun].deprel != "dobj" or tree.lemma(verb) not in reporting.judging:
        return False
    untrue = (*reporting.untrue, *reporting.unfounded)
    return any(tree.lemma(i) in untrue for i in tree.subtree(verb) if i > noun)


def _is_contrary(noun: int, context: Context) -> bool:
    """As in "contrary to reports that X fled"."""
    tree = context.tree
    above = tree[tree[noun].head].head
    return (
        tree[noun].deprel == "pobj"
        and tree[above].form.lower() in context.lexicon.reporting.contrary
    )


def _is_only_heard(noun: int, context: Context) -> bool:
    """As in "commented on reports that", "is aware of reports that": who reported is not told."""
    tree = context.tree
    above = tree[noun].head if tree[noun].deprel == "dobj" else tree[tree[noun].head].head
    return bool({tree.lemma(above), tree[above].form.lower()} & context.lexicon.reporting.reacting)


def _is_under_check(verb: Proposition, context: Context) -> bool:
    """As in "seeks to verify a video that claims", "is checking reports which say"."""
    tree = context.tree
    done = tree[verb.head].xpos in ("VBD", "VBN") or verb.link == "conjunct"
    return not done and verb.lemmas[-1] in context.lexicon.reporting.checking


def _story_around(found: Match, context: Context) -> int | None:
    """As in "in the film, X bombs Y", "under a scenario in which X bombs Y": the scenario."""
    tree = context.tree
    if tree.forms.isdisjoint((*_AROUND, *_THROUGH)):
        return None
    fought = is_one_of(found.trigger.type, _FOUGHT) and not found.proposition.passive
    for index in (found.proposition.head, *tree.ancestors(found.proposition.head)):
        for prep in tree.children(index, "prep"):
            form = tree[prep].form.lower()
            for noun in tree.children(prep, "pobj"):
                relative = tree[index].deprel == "relcl" and tree[noun].form.lower() == "which"
                story = tree[index].head if relative else noun
                if (
                    form in _AROUND
                    and _is_fiction(story, context)
                    and not _is_alike(story, context)
                ):
                    return story
                if form == "in" and fought and _is_rehearsal(story, context):
                    return story
            if form in _THROUGH and fought:
                for story in tree.children(index, "nsubj")[:1]:
                    if _is_rehearsal(story, context):
                        return story  # "the war game ended with X taking Y"
    return None


def _talk_around(found: Match, context: Context) -> int | None:
    """As in "according to rumours, X fled": nobody says so who could be asked."""
    tree, nouns = context.tree, context.lexicon.report_nouns
    above = (found.proposition.head, *tree.ancestors(found.proposition.head))
    for prep in tree.indices() if "according" in tree.forms else ():
        if tree[prep].form.lower() != "according" or tree.head(prep) not in above:
            continue
        for noun in (i for to in tree.children(prep, "prep") for i in tree.children(to, "pobj")):
            cue = nouns.get(tree.lemma(noun))
            if cue is not None and cue.certainty == "possible":
                return noun
    return None


def _story_about(found: Match, context: Context) -> int | None:
    """As in "a play about the killing": the play."""
    tree = context.tree
    about = tree[found.proposition.head].head
    story = tree[about].head
    return story if tree[about].form == "about" and _is_fiction(story, context) else None


def _is_alike(story: int, context: Context) -> bool:
    """As in "in a scenario similar to that of X", which describes what did happen."""
    return any(context.tree.lemma(i) in _LIKE for i in context.tree.children(story, "amod"))


def _is_fiction(noun: int, context: Context) -> bool:
    """As "novel", "video game"."""
    return any(name in context.lexicon.reporting.fictions for name in _names(noun, context))


def _is_rehearsal(noun: int, context: Context) -> bool:
    """As "exercise", "war game": what is fought there is played."""
    return any(name in context.lexicon.slots.rehearsals for name in _names(noun, context))


def _names(noun: int, context: Context) -> tuple[str, str]:
    """The noun alone, and with the word before it."""
    tree = context.tree
    before = tree.lemma(noun - 1) if noun > tree.sentence.first else ""
    return tree.lemma(noun), f"{before} {tree.lemma(noun)}"


_UNVOUCHED = {
    "falsely": (_is_said_falsely,),
    "whoever says so": (_is_anybody_s,),
    "taken back": (_is_taken_back, _is_put_right, _is_retracted),
}
"""What a cue shows of whoever speaks by it."""
