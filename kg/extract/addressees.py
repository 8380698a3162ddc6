"""Whom an act is towards where its own clause does not say it.

Who shall act is asked ("demanded that X withdraw"), who shall suffer is threatened; who rejects an
offer or condemns a crime turns on whoever made the one or did the other. All of it is inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.obliques import objects
from kg.lexicon import Towards
from kg.model import Argument, Span
from kg.vocab import is_a, is_one_of

_WHOSE = ("compound", "amod", "nmod")
_FROM = ("by", "from")
_MOVES = "ForceMovement"
_VIOLENCE = ("CombatEvent", "HarmEvent")
_ABOUT = ("content", "theme")
_INQUIRIES = ("Investigation",)
_TABLE = {"Meeting": ("coAgent",), "Negotiation": ("recipient",), "Agreement": ("coAgent",)}
_MEETING_AT = ("during", "at", "in", "after", "following")
_SPEAKERS = ("Person", "PersonGroup", "Country", "Government", "GovernmentBody")
_PARTIES = ("Country", "Government", "GovernmentBody", "ArmedGroup", "Organization")
_BODIES = ("Organization", "GovernmentBody")
_CITIES = ("PopulatedPlace", "Country")
_OCCASIONS = ("against", "at", "over")
_ANSWERED = ("object", "to", "with")


def towards(
    draft: Draft,
    drafts: Sequence[Draft],
    opened: Sequence[Draft],
    told: Sequence[Argument],
    context: Context,
) -> list[Argument]:
    """The addressee or opponent, as the event's file says where to look; empty where it is told.

    `opened` are the clauses of the sentence that no event type covers.
    """
    rule = context.lexicon.events[draft.claim.type].towards
    if rule is None or any(argument.role == rule.role for argument in told):
        return []
    speakers = [argument.filler.span for argument in told if argument.role == "agent"]
    drafts = [*drafts, *opened]
    for found in (_of_content, _whose, _of_condition, _of_aim):
        arguments = [
            Argument(rule.role, argument.filler, inferred=True)
            for argument in found(draft, drafts, told, rule, context)
            if not any(argument.filler.span.overlaps(span) for span in speakers)
            and _can_be_meant(argument, context)
        ]
        if arguments:
            return list(dict.fromkeys(arguments))
    return []


def _heads(draft: Draft) -> tuple[int | None, ...]:
    return draft.head, draft.match.proposition.light


def _of_content(
    draft: Draft,
    drafts: Sequence[Draft],
    told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Parties of the event that is demanded, threatened, condemned.

    But "calls for a joint UN inquiry" asks no more of the UN than of others.
    """
    content = {argument.filler.event for argument in told if argument.role in _ABOUT}
    for role in rule.content:
        for other in drafts:
            below = other.match.proposition
            if below.link == "purpose" or below.governor not in _heads(draft):
                continue  # "demands that X be formed to inquire": X is asked nothing
            # "demanded that X tell of the raid": the content is the raid, but X is asked
            clause = other.claim.predicate is not None and below.link == "complement"
            if clause or other.claim.id in content:
                inside = _in_compound(other, context) if other.claim.type in _INQUIRIES else ()
                parties = _parties(other, role, context)
                yield from (each for each in parties if each.filler.span not in inside)


def _parties(draft: Draft, role: str, context: Context) -> tuple[Argument, ...]:
    """The fillers of a role; of a clause without an event type who is asked to do something."""
    if draft.claim.predicate is None:
        return draft.claim.fillers(role)
    slots = context.lexicon.slots
    idle = {*slots.states, *slots.undergone, "have"}  # "demanded that X get its share"
    acting = role == "agent" and context.tree.lemma(draft.head) not in idle
    acting = acting and draft.claim.factuality.modality == "requested"
    return draft.claim.fillers("subject") if acting else ()


def _is_said(noun: int, context: Context) -> bool:
    """Whether a noun names what somebody has said: "an accusation", "a demand"."""
    triggers = context.lexicon.nouns.get(context.tree.lemma(noun), ())
    said = any(is_a(trigger.type, "CommunicationEvent") for trigger in triggers)
    return said or context.fits(noun, ("InformationArtifact",))


def _in_compound(draft: Draft, context: Context) -> set[Span]:
    beside = context.tree.children(draft.head, *_WHOSE)
    return {context.filler(each).span for each in beside}


def _whose(
    draft: Draft,
    drafts: Sequence[Draft],
    _told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Whose the thing is: "a Senegalese plan", "Assad's failure", "a demand from the president"."""
    proposition = draft.match.proposition
    told = proposition.passive and proposition.marker == "as"  # "as requested by X": not of whom
    if not rule.owner or told or (proposition.kind != "verb" and not rule.aim):
        return
    things = list(_things(draft, drafts, rule, context))
    moved = {d.head for d in drafts if is_a(d.claim.type, _MOVES)}  # "withdrawal from X"
    for name in () if proposition.passive else _FROM[:1] if moved & set(things) else _FROM:
        if things or proposition.kind == "verb":
            # "demand reforms by X": the parser gives X to the verb
            yield from (Argument(rule.role, context.filler(s.head)) for s in proposition.all(name))
    # "the Rohingya genocide" names those who were killed; whose a strike is, its own roles tell
    violence = {d.head for d in drafts if is_one_of(d.claim.type, _VIOLENCE)}
    within = context.tree.lemma(draft.head) in context.lexicon.slots.cast_within
    for thing in (each for each in things if each not in violence):
        done_to = _done_to(thing, drafts)
        for owner in _owners(thing, thing in moved, context):
            for each in context.tree.conjuncts(owner):
                if each not in done_to and not (within and context.fits(each, _BODIES)):
                    yield Argument(rule.role, context.filler(each))


def _things(
    draft: Draft, drafts: Sequence[Draft], rule: Towards, context: Context
) -> Iterator[int]:
    """What is demanded, rejected, protested at; also what somebody refuses to answer."""
    tree, asked_from = context.tree, context.lexicon.slots.asked_from
    names = ("object", *_OCCASIONS) if rule.aim else ("object",)
    if draft.match.proposition.kind == "noun":  # "protests at the port", "over X's problems"
        names = _OCCASIONS[:1]
    # "protested at the G20 summit": that is where, and nobody's deed
    met = {each.head for each in drafts if is_a(each.claim.type, "Meeting")}
    for slot in draft.match.proposition.slots:
        wanted = slot.name == "for" and tree.lemma(slot.head) in asked_from
        if (slot.name in names or wanted) and not (slot.name == "at" and slot.head in met):
            yield slot.head
    operator = context.lexicon.complements.get(tree.lemma(draft.head))
    for other in drafts if operator is not None and operator.effect == "negate" else ():
        below = other.match.proposition
        if below.governor == draft.head and below.link == "infinitive":
            for slot in below.slots:  # "refused to respond to X's demand"
                if slot.name in _ANSWERED and _is_said(slot.head, context):
                    yield slot.head


def _owners(thing: int, moved: bool, context: Context) -> Iterator[int]:
    """Who made, did or said it; an "of" tells that only of some nouns, of others to whom."""
    tree = context.tree
    if tree.lemma(thing) not in context.lexicon.slots.gained:  # "demanded Basque independence"
        yield from tree.children(thing, "poss")
        yield from (each for each in tree.children(thing, *_WHOSE) if _is_named(each, context))
    of = ("of",) if tree.lemma(thing) in context.lexicon.slots.authored else ()
    for prep in tree.children(thing, "prep"):
        if tree[prep].form.lower() in (*(_FROM[:1] if moved else _FROM), *of):
            yield from objects(tree, prep)


def _done_to(event: int, drafts: Sequence[Draft]) -> set[int]:
    """Whom an event is done to: "X's extradition" is asked of others than X."""
    return {
        role.head
        for draft in drafts
        if draft.head == event
        for role in draft.match.roles
        if role.name in ("theme", "target")
    }


def _of_aim(
    draft: Draft,
    drafts: Sequence[Draft],
    _told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Of whom something is demanded at once: "a rally to demand reforms by the president"."""
    proposition = draft.match.proposition
    for other in drafts if rule.aim else ():
        below = other.match.proposition
        joined = below.governor in (proposition.head, proposition.light) and below.kind == "verb"
        if joined and other.claim.type == rule.aim:
            named = context.lexicon.events[rule.aim].towards
            found = other.claim.fillers(named.role) if named else ()
            yield from found or towards(other, drafts, (), other.claim.arguments, context)


def _of_condition(
    draft: Draft,
    _drafts: Sequence[Draft],
    _told: Sequence[Argument],
    rule: Towards,
    context: Context,
) -> Iterator[Argument]:
    """Who can still prevent it: "threatened to leave if X builds the dam"."""
    tree = context.tree
    own = {
        tree.lemma(i) for s in draft.match.proposition.all("subject") for i in tree.subtree(s.head)
    }
    for index in tree.subtree(draft.head) if rule.condition else ():
        marks = [tree[each].form.lower() for each in tree.children(index, "mark")]
        if tree[index].deprel == "advcl" and ("if" in marks or "unless" in marks):
            for subject in tree.children(index, "nsubj"):
                if tree.lemma(subject) in own:
                    continue  # "the leader of the gang ... if the gang is not paid"
                yield Argument(rule.role, context.filler(subject))


def _is_named(head: int, context: Context) -> bool:
    mention = context.mention(head)
    return mention is not None and mention.level in ("NAM", "ADJ")


def _can_be_meant(argument: Argument, context: Context) -> bool:
    mention = argument.filler.mention
    if mention is None:
        return False
    found = context.mentions[mention]
    return any(is_a(found.type, kind) for kind in ("Agent", "GeopoliticalEntity", "City"))


def other_party(draft: Draft, context: Context) -> Iterator[Argument]:
    """As in "X announces a deal after talks with Y": who speaks then has met them.

    So too "X arrives in Z for talks with Y", who will, and "X frees Z under a deal with Y".
    """
    roles = _TABLE.get(draft.claim.type, ())
    noun = draft.match.proposition
    ahead = noun.marker == "for" and not draft.claim.factuality.realis
    coming = ahead and _is_coming(noun.governor, context)
    bound = draft.claim.type == "Agreement"
    fitting = _is_under(draft, context) if bound else coming or noun.marker in _MEETING_AT
    if not roles or noun.kind != "noun" or not fitting:
        return
    if draft.claim.fillers("agent") or not any(draft.claim.fillers(role) for role in roles):
        return
    for index in context.tree.ancestors(draft.head):
        clause = context.propositions.get(index)
        if clause is None or clause.kind != "verb":
            continue
        said = bound or coming
        said = said or any(lemma in context.lexicon.report_verbs for lemma in clause.lemmas)
        for slot in clause.all("subject") if said and not clause.passive else ():
            if context.fits(slot.head, _PARTIES if bound else _SPEAKERS):
                yield Argument("agent", context.filler(slot.head), inferred=True)
        return


def _is_under(draft: Draft, context: Context) -> bool:
    """As in "under a deal with X", "as part of a deal with X"."""
    tree, marker = context.tree, draft.match.proposition.marker
    above = list(tree.ancestors(draft.head))[:2]
    return marker == "under" or (marker == "as" and "part" in map(tree.lemma, above))


def _is_coming(verb: int | None, context: Context) -> bool:
    """Whether the verb may tell of a visit: "arrives in X", "is in X"."""
    clause = context.propositions.get(verb) if verb is not None else None
    if clause is None:
        return False
    verbs = context.lexicon.verbs
    triggers = (each for w in clause.lemmas for each in verbs.get(w, ()))
    there = clause.lemmas[-1] == "be" and any(
        context.fits(s.head, _CITIES) for s in clause.all("in")
    )
    return there or any(trigger.type == "Visit" for trigger in triggers)
