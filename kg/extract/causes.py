"""What an event follows from, where another event of the sentence tells it.

"attacked a base, killing two", "killed after X struck", "a blast left ten dead", "jailed for
robbing a bank": a harm follows from the violence it is told with, a penalty from the deed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.gone_with import gone_with, told_by
from kg.extract.meanwhile import are_others, is_told_meanwhile
from kg.extract.measured import through_measures
from kg.extract.proposition import Proposition
from kg.model import Claim
from kg.vocab import is_a, is_one_of

VIOLENT = ("CombatEvent", "Disaster", "Explosion", "Arson")
_SUDDEN = ("Attack", "Raid", "Clash", "Explosion", "Accident", "Earthquake")
SUBJECTS = ("nsubj", "nsubjpass")
SETTING = frozenset(("in", "during", "amid"))
_AFTER = ("after", "when", "as", "because", "since")
_MISHAPS = ("Accident", "Explosion", "Sinking")
_MEANTIME = ("while", "when", "as")
AFTERMATH = ("in", "after", "following", "by", "from", "due", "due to")
FOR_A_DEED = ("for", "over")


def is_harm(type_: str) -> bool:
    """Whether an event of this class is what violence or a disaster does."""
    return is_a(type_, "HarmEvent") and not is_a(type_, "Disaster")


def without_mutual_doers(drafts: list[Draft], context: Context) -> list[Draft]:
    """As in "X and Y clash, killing ten": which of them killed whom is not told."""
    by_head = {draft.head: draft for draft in drafts}
    for draft in drafts:
        proposition = draft.match.proposition
        clash = by_head.get(-1 if proposition.governor is None else proposition.governor)
        if clash is None or not context.is_battle(clash.claim.type):
            continue
        if not is_harm(draft.claim.type):
            continue
        parties = (*clash.claim.fillers("agent"), *clash.claim.fillers("coAgent"))
        if len(parties) > 1 and is_outcome(proposition):
            kept = tuple(a for a in draft.claim.arguments if a.role != "agent")
            draft.claim = replace(draft.claim, arguments=kept)
    return drafts


def told_cause(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """The event that the clause itself names as its cause ("killed in a blast")."""
    by_head = {other.head: other for other in drafts if other is not draft}
    heads = (role.head for role in draft.match.roles if role.event and role.name == "cause")
    return next((by_head[head] for head in heads if head in by_head), None)


def inferred_cause(draft: Draft, drafts: Sequence[Draft], context: Context) -> Draft | None:
    """The event of the sentence that this one follows from, unless its own clause names one."""
    if any(role.name == "cause" for role in draft.match.roles):
        return None
    by_head = {other.head: other for other in drafts if other is not draft}
    found = (
        punished_deed(draft, by_head)
        or _causing_subject(draft, by_head, context)
        or _resulting(draft, by_head, context)
    )
    if found is not None:
        return found
    if not is_harm(draft.claim.type):
        return None
    return (
        _violence(draft, by_head, context)
        or _through_measure(draft, by_head)
        or _told_with(draft, drafts, context)
        or _told_at_last(draft, by_head, context)
        or _told_before(draft, drafts, context)
    )


def punished_deed(draft: Draft, by_head: Mapping[int, Draft]) -> Draft | None:
    """As in "jailed for robbing a bank"."""
    for other in by_head.values():
        below = other.match.proposition
        governed = below.governor in (draft.head, draft.match.proposition.light)
        if below.link == "gerund" and governed and below.marker in FOR_A_DEED:
            return other
    return None


def _causing_subject(draft: Draft, by_head: Mapping[int, Draft], context: Context) -> Draft | None:
    """As in "the blast left ten dead", "floods caused 30 deaths", "a fire caused by a blast"."""
    told, causing = draft.match.proposition, context.lexicon.slots.causatives
    for head in (told.light, told.governor, *context.tree.children(draft.head, "acl")):
        clause = context.propositions.get(-1 if head is None else head)
        if clause is None or clause.lemmas[-1] not in causing:
            continue
        done = not clause.passive or any(slot.head == draft.head for slot in clause.all("object"))
        if done and draft.head not in (slot.head for slot in clause.all("subject")):
            return next((by_head[s.head] for s in clause.all("subject") if s.head in by_head), None)
    return None


def _resulting(draft: Draft, by_head: Mapping[int, Draft], context: Context) -> Draft | None:
    """As in "launched strikes, resulting in ten deaths", "floods that led to power cuts"."""
    beside = gone_with(draft, context) if is_harm(draft.claim.type) else None
    if beside is not None:
        sudden = (o for o in by_head.values() if is_one_of(o.claim.type, _SUDDEN))
        deed = next((each for each in sudden if beside in told_by(each)), None)
        harm = by_head.get(beside)  # "a blast kills two, with ten missing and six injured"
        if deed is not None or harm is None or not is_harm(harm.claim.type):
            return deed
        others = [each for each in (*by_head.values(), draft) if each is not harm]
        return told_cause(harm, others) or inferred_cause(harm, others, context)
    clause = _leading(draft, context)
    if clause is None:
        return None
    heads = [slot.head for slot in clause.all("subject")]
    own = context.tree.children(clause.head, "nsubj")  # "hurt after a leak led to a blast"
    if clause.link in ("adverbial", "participle") and clause.governor is not None and not own:
        heads.append(clause.governor)
    for other in by_head.values():
        if other.head in heads or other.match.proposition.light in heads:
            return other
    return None


def is_result(event: int, drafts: Sequence[Draft], context: Context) -> bool:
    """As in "attacked a port, resulting in nine deaths": the deaths caused no attack."""
    harms = (each for each in drafts if each.head == event and is_harm(each.claim.type))
    return any(_leading(each, context) for each in harms)


def _leading(draft: Draft, context: Context) -> Proposition | None:
    """The clause that tells what came of something: "led to cuts", "resulted in ten killed"."""
    told, tree, leading = draft.match.proposition, context.tree, context.lexicon.slots.leading
    above, marker = told.governor, told.marker
    first = tree.first_conjunct(draft.head)
    if tree[first].deprel in ("acl", "amod"):  # "resulting in ten killed", "in ten dead"
        prep = tree[tree[first].head].head
        above, marker = tree.head(prep), tree[prep].form.lower()
    elif told.link != "oblique":
        return None
    clause = context.propositions.get(-1 if above is None else above)
    led = clause is not None and leading.get(clause.lemmas[-1]) == marker
    return clause if led else None


def _violence(draft: Draft, by_head: Mapping[int, Draft], context: Context) -> Draft | None:
    for other in by_head.values():
        violent = is_one_of(other.claim.type, VIOLENT)
        wrecked = is_a(other.claim.type, "Destruction") and other.match.proposition.marker == "when"
        if (violent or wrecked) and _leads_to(other, draft, context):
            return other
    return None


def _through_measure(draft: Draft, by_head: Mapping[int, Draft]) -> Draft | None:
    """As in "killed after the resumption of clashes": in the clashes."""
    harm = draft.match.proposition
    if not is_harm(draft.claim.type):
        return None
    named = {slot.head for slot in harm.slots}
    for other in by_head.values():
        told = other.match.proposition
        behind = told.link == "oblique" and told.marker in AFTERMATH and other.head not in named
        violent = behind and is_one_of(other.claim.type, VIOLENT)
        if violent and told.governor in (draft.head, harm.light) and other.head > draft.head:
            return other
    return None


def _told_before(draft: Draft, drafts: Sequence[Draft], context: Context) -> Draft | None:
    """As in "attacked a base and killed two", "a bus hit a mine and two died": joined by "and".

    Not where somebody else does the harm, or it has its own place or time, or who acted suffers;
    but "a boat sank and two drowned off X on Monday" tells those at the last for both.
    """
    harm, tree = draft.claim, context.tree
    if not is_a(harm.type, "Casualties"):
        return None
    verb = draft.head if draft.match.proposition.light is None else draft.match.proposition.light
    before = [i for i in tree.conjuncts(tree.first_conjunct(verb)) if i < verb]
    found = [
        each
        for each in drafts
        if (each.head in before or each.match.proposition.light in before)
        and is_one_of(each.claim.type, _SUDDEN)
        and each.claim.factuality.realis == harm.factuality.realis
        and _may_be_there(each, harm)
    ]
    if not found:
        return None
    apart = tree.children(verb, *SUBJECTS)
    returned = found[-1].match.proposition.passive and is_a(found[-1].claim.type, "CombatEvent")
    active = not draft.match.proposition.passive and harm.type != "Death"
    if apart and (active or returned):
        return None  # "and another bomb killed two", "X was shelled and ten rebels were killed"
    doers = {each.filler.span for each in found[-1].claim.fillers("agent")}
    others = {each.filler.span for each in harm.fillers("agent")} - doers
    own = any(each.filler.span in doers for each in harm.fillers("theme"))
    return None if others or own else found[-1]


def _may_be_there(mishap: Draft, harm: Claim) -> bool:
    """Whether a harm has no place or time of its own, or those of what happened before it.

    So of a mishap, and of a deed done to the same: "was stabbed and injured in X on Monday".
    """
    if harm.time is None and not harm.fillers("location"):
        return True
    told = mishap.claim.time is not None or mishap.claim.fillers("location")
    same = mishap.match.proposition.passive and {a.filler for a in harm.fillers("theme")} == {
        a.filler for a in mishap.claim.fillers("target")
    }
    return (same or is_one_of(mishap.claim.type, _MISHAPS)) and not told


def _told_with(draft: Draft, drafts: Sequence[Draft], context: Context) -> Draft | None:
    """As in "five are killed and ten hurt in a blast": told at the last for all."""
    located = bool(draft.claim.fillers("location"))
    done = draft.claim.fillers("agent") or draft.claim.fillers("instrument")
    if located and done:
        return None  # "rebels killed ten in X and five were hurt in a crash"
    first = _first(draft, context)
    for other in drafts:
        if other is draft or not (is_harm(other.claim.type) or other.claim.type == "Rescue"):
            continue
        meanwhile = not located and not done and is_told_meanwhile(other, draft)
        meanwhile = meanwhile or (not located and are_others(draft, other, context))
        if meanwhile or _first(other, context) == first:
            by_head = {each.head: each for each in drafts if each is not other}
            told = told_cause(other, drafts) or _violence(other, by_head, context)
            if told is None or told is draft or (located and told.claim.fillers("location")):
                continue
            clause = told.match.proposition.link == "adverbial"
            if not (meanwhile and clause) and not _at_other_times(draft, told):
                return told
    return None


def _at_other_times(one: Draft, other: Draft) -> bool:
    """As in "six died on Monday, and two were killed when a shaft collapsed on Friday"."""
    times = [each.claim.time for each in (one, other)]
    return None not in times and times[0] != times[1]


def _told_at_last(draft: Draft, by_head: Mapping[int, Draft], context: Context) -> Draft | None:
    """As in "five are killed and ten are missing in a blast", where none is told of the missing."""
    tree, first, slots = context.tree, _first(draft, context), context.lexicon.slots
    if draft.claim.fillers("location"):
        return None
    by_top = {through_measures(tree, context.lexicon, i): each for i, each in by_head.items()}
    for verb in tree.conjuncts(first)[1:]:
        told = (verb, *tree.children(verb, "oprd", "acomp", "xcomp"))  # "reported missing"
        lost = verb > draft.head
        lost = lost and any(tree[i].form.lower() in slots.states_in_ing for i in told)
        for prep in (i for each in told for i in tree.children(each, "prep") if lost):
            found = (by_top.get(noun) for noun in tree.children(prep, "pobj"))
            for other in found if tree[prep].form.lower() in (*AFTERMATH, *SETTING) else ():
                if other is not None and is_one_of(other.claim.type, VIOLENT):
                    return other
    return None


def _first(draft: Draft, context: Context) -> int:
    """The first of the clauses that the event's clause is joined to.

    In "ten are killed, five are hurt" the parser takes the first for what is told by the second.
    """
    told, tree = draft.match.proposition, context.tree
    verb = draft.head if told.light is None else told.light
    if told.kind == "noun" and told.link == "subject" and told.governor is not None:
        verb = told.governor  # "and damage is reported in a blast"
    first = tree.first_conjunct(verb)
    above = tree[first].head
    if tree[first].deprel == "acl" and tree[above].deprel == "conj":
        return tree[above].head  # "ten are dead and five injured in a blast"
    beside = tree[first].deprel == "ccomp" and first < above and not tree.children(first, "mark")
    return above if beside and tree.lemma(above) in context.lexicon.slots.harmed else first


def _leads_to(other: Draft, draft: Draft, context: Context) -> bool:
    cause = other.match.proposition
    heads = {other.head, cause.light}
    if _is_set_in(draft, other.head, context):
        return True
    outcome = _outcome(draft, context)
    if outcome is not None:
        return bool(heads & set(_above(outcome, context)))
    told = _setting_off(other, context) or _told_clause(cause, context)
    timed = told.link in ("adverbial", "gerund") and told.marker in _AFTER
    return timed and told.governor in with_conjuncts(draft, context)


def _is_set_in(harm: Draft, event: int, context: Context) -> bool:
    """As in "an attack in which ten were killed"."""
    tree, verb = context.tree, context.tree.first_conjunct(harm.head)
    if tree[verb].deprel != "relcl" or tree[verb].head != event:
        return False
    preps = [i for i in tree.children(verb, "prep") if tree[i].form.lower() in SETTING]
    return any(tree[i].form.lower() == "which" for p in preps for i in tree.children(p, "pobj"))


def _setting_off(cause: Draft, context: Context) -> Proposition | None:
    """As in "killed after a truck caused a leak that triggered a blast": the clause before it."""
    tree, causing = context.tree, context.lexicon.slots.causatives
    verb = tree.head(cause.head)
    while verb is not None and tree.is_verb(verb) and tree.lemma(verb) in causing:
        clause = context.propositions.get(verb)
        if clause is None or tree[verb].deprel != "relcl":
            return clause
        verb = tree.head(tree[verb].head)
    return None


def _told_clause(cause: Proposition, context: Context) -> Proposition:
    """The clause that an event heads or acts in: "after tornadoes strike the town".

    In "after a man walked into a bar and opened fire" that which begins with the subordinator.
    """
    above = context.propositions.get(-1 if cause.governor is None else cause.governor)
    acts = above is not None and (cause.link == "subject" or cause.light == above.head)
    acts = acts and cause.kind == "noun"  # "after a blast struck", "after X launched a raid"
    told = above if acts and above is not None and above.kind == "verb" else cause
    if told.link != "conjunct":
        return told
    first = context.propositions.get(context.tree.first_conjunct(told.head), told)
    return first if first.link == "adverbial" else told


def with_conjuncts(draft: Draft, context: Context) -> set[int | None]:
    """The verb of a harm and those joined to it: "ten are dead and five hurt after X struck"."""
    heads = [draft.head]
    if draft.match.proposition.light is not None:
        heads.append(draft.match.proposition.light)
    tree = context.tree
    return {each for head in heads for each in tree.conjuncts(tree.first_conjunct(head))}


def is_outcome(proposition: Proposition) -> bool:
    """Whether a clause tells what came of the one above: "..., killing two", "with two killed"."""
    loose = proposition.link == "adverbial" and proposition.marker is None
    return loose or (proposition.link in ("adverbial", "root") and proposition.marker == "with")


def result_of(draft: Draft, context: Context) -> int | None:
    """The verb that an event came of, also as the last of "drove off, killing two and ..."."""
    outcome = _outcome(draft, context)
    if outcome is None:
        return None
    own = outcome.marker is None and context.tree.children(outcome.head, "nsubj")
    return None if own else outcome.governor


def _outcome(draft: Draft, context: Context) -> Proposition | None:
    """The clause of outcome in which an event is told: its own, or that which it is joined to.

    Or "leaving" in "fired, leaving two dead", "killing" in "..., killing ten with two wounded".
    """
    told = context.propositions.get(
        context.tree.first_conjunct(draft.head), draft.match.proposition
    )
    above = context.propositions.get(-1 if told.governor is None else told.governor)
    outer = above is not None and is_outcome(above)
    if above is not None and outer and (told.kind == "adjective" or told.link == "complement"):
        left = above.lemmas[-1] in context.lexicon.slots.resulting
        return above if left else None
    if above is not None and outer and told.marker == "with":
        return above
    if above is not None and outer and (told.kind, told.link) == ("noun", "object"):
        brought = {*context.lexicon.slots.causatives, *context.lexicon.slots.causing}
        apart = above.slot("from")  # "bringing the toll from floods in X to ten"
        return above if above.lemmas[-1] in brought and not apart else None  # "causing damage"
    return told if is_outcome(told) else None


def _above(proposition: Proposition, context: Context) -> Iterator[int | None]:
    """The governing verb and its subject: "an air strike hits a base, killing two".

    Or by what it is hit: "a base is hit in an air strike, killing two". In "a train derails as it
    crosses a bridge, killing two" the outcome is that of the first verb.
    """
    yield proposition.governor
    clause = context.propositions.get(proposition.governor or -1)
    if clause is not None and clause.link == "adverbial" and clause.marker in _MEANTIME:
        doers = context.tree.children(clause.head, *SUBJECTS)
        if all(context.tree[i].lemma == "it" for i in doers):
            yield clause.governor
    if clause is not None and clause.kind == "verb":
        # "the attack was repelled, leaving two dead"
        names = ("in", "by", "subject", "object") if clause.passive else ("subject",)
        yield from (slot.head for slot in clause.slots if slot.name in names and not slot.nested)
