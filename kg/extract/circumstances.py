"""Where, why and by whom, told once for several events of a sentence.

"killed ten and wounded five in Herat", "soldiers were killed in a strike by X": the place of one
event is that of the others, and who comes to harm in an attack is its target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.aboard import aboard
from kg.extract.actors import is_disaster
from kg.extract.addressees import other_party
from kg.extract.aims import aims, means, purposes
from kg.extract.assembled import assembled
from kg.extract.causes import (
    FOR_A_DEED,
    inferred_cause,
    is_harm,
    told_cause,
)
from kg.extract.context import Context
from kg.extract.diseases import disease
from kg.extract.draft import Draft
from kg.extract.event_nouns import is_new
from kg.extract.fighters import doers_of_outcome, doers_told_last, force, other_side
from kg.extract.gone_with import gone_with
from kg.extract.places import containers, of_buildings
from kg.extract.reactions import prompted
from kg.extract.shared_places import between, occasion, shared_places
from kg.extract.untyped_causes import untyped_cause
from kg.model import Argument, Filler
from kg.vocab import is_a, is_one_of

_HURT = ("Killing", "Injury", "Casualties", "Death", "Destruction")
_DURING = frozenset(("in", "during", "via"))
_CONQUERED = frozenset(("after", "following", "in", "amid", "during"))
_BY = frozenset(("subject", "by", "from", "after", "following"))
_EARLIER = (*FOR_A_DEED, "after", "since", "because")
_PARTIES = ("Agent", "Materiel", "Facility")
_HOLDING = ("target", "theme", "destination")
_OWNERS = ("compound", "amod", "nmod", "poss")


def circumstances(
    draft: Draft, drafts: Sequence[Draft], opened: Sequence[Draft], context: Context
) -> list[Argument]:
    """Inferred locations, causes and parties of an event from its neighbours in the sentence.

    `opened` are the open claims of the sentence: what causes an event may have no event type.
    """
    found: list[Argument] = []
    inferred = inferred_cause(draft, drafts, context) or untyped_cause(draft, opened, context)
    cause = None if _is_punishment(draft, inferred) else inferred or occasion(draft, drafts)
    if inferred is not None:
        filler = Filler(inferred.claim.trigger, event=inferred.claim.id)
        found.append(Argument("cause", filler, inferred=True))
        found.extend(_further_deeds(draft, inferred, drafts, context))
    else:
        found.extend(_of_counted(draft, drafts, context))
        found.extend(_of_named(draft, drafts, context))
        found.extend(prompted(draft, drafts, opened, context))
    shared = shared_places(draft, drafts, opened, cause, context)
    found.extend(shared or assembled(draft, drafts, opened, context))
    located = [*draft.claim.fillers("location"), *found]
    located += [each for role in _HOLDING for each in draft.claim.fillers(role)]
    found.extend(containers(located, context))
    found.extend(of_buildings(draft.claim.type, located, context))
    found.extend(_parties(draft, drafts, context))
    if is_a(draft.claim.type, "Killing") or is_a(draft.claim.type, "Injury"):
        found.extend(doers_told_last(draft, drafts, context))
        found.extend(doers_of_outcome(draft, drafts, context))
    heads = {other.head for other in drafts}
    untold = [other for other in opened if other.head not in heads]
    moved = is_a(draft.claim.type, "ForceMovement")
    found.extend(other_party(draft, context))
    found.extend(purposes(draft, [*drafts, *untold] if moved else drafts, context))
    found.extend(means(draft, drafts))
    found.extend(aims(draft, drafts, context))
    found.extend(_meant(draft, drafts, context))
    found.extend(disease(draft, context))
    found.extend(aboard(draft, context))
    return found


def _of_counted(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "reports ten deaths from X, bringing the toll to 60": so is the toll."""
    told, tree = draft.match.proposition, context.tree
    if draft.claim.type != "Casualties" or told.kind != "noun" or draft.claim.fillers("cause"):
        return
    above = context.propositions.get(-1 if told.governor is None else told.governor)
    bringing = above is not None and above.link == "adverbial" and told.link == "object"
    if bringing and above is not None and tree[above.head].xpos == "VBG":
        events = {each.head for each in drafts}
        counted = [o for o in drafts if o.head < above.head and is_a(o.claim.type, "Death")]
        for slot in (each for o in counted for each in o.match.proposition.all("from")):
            if not slot.nested and slot.head not in events:
                yield Argument("cause", context.filler(slot.head), inferred=True)


def _of_named(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "Cyclone Ana causes floods and power cuts", "kills two, with ten more injured"."""
    if draft.claim.fillers("cause"):
        return
    beside = gone_with(draft, context) if is_harm(draft.claim.type) else None
    for other in drafts if beside is not None else ():
        if other.head == beside and is_harm(other.claim.type):
            yield from (replace(each, inferred=True) for each in other.claim.fillers("cause"))
    told = draft.match.proposition
    clause = context.propositions.get(-1 if told.governor is None else told.governor)
    if clause is None or told.kind != "noun" or told.link != "object" or clause.passive:
        return
    if clause.lemmas[-1] in context.lexicon.slots.causatives:
        for slot in clause.all("subject"):
            if is_disaster(context.tree.children(slot.head, "compound"), context):
                yield Argument("cause", context.filler(slot.head), inferred=True)


def _further_deeds(
    draft: Draft, deed: Draft, drafts: Sequence[Draft], context: Context
) -> Iterator[Argument]:
    """As in "jailed for robbing a bank and killing two": for all that is joined to the first."""
    if _is_punishment(draft, deed) and deed.match.proposition.marker in FOR_A_DEED:
        joined = context.tree.conjuncts(deed.head)[1:]
        for other in drafts:
            if other.head in joined or other.match.proposition.light in joined:
                filler = Filler(other.claim.trigger, event=other.claim.id)
                yield Argument("cause", filler, inferred=True)


def _is_punishment(draft: Draft, deed: Draft | None) -> bool:
    """As in "jailed for murdering two in X": where it was done, he need not have been jailed.

    So too in "arrested after a bomb exploded in X".
    """
    punished = is_one_of(draft.claim.type, ("JusticeEvent", "Detention"))
    return deed is not None and punished and deed.match.proposition.marker in _EARLIER


def _meant(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "an arrest warrant": what the paper is about."""
    for other in drafts:
        compound = context.tree[other.head].deprel == "compound"
        if compound and other.match.proposition.governor == draft.head:
            yield Argument("content", Filler(other.claim.trigger, event=other.claim.id))


def _parties(draft: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """Who attacks and is attacked, from the harm that was done in it and is as real."""
    battle = context.is_battle(draft.claim.type)
    if battle:
        yield from _from_victory(draft, drafts, context)
    else:
        yield from _from_attack(draft, drafts)
    for other in drafts:
        hurt = is_one_of(other.claim.type, _HURT)
        if other is draft or not hurt or not _are_as_real(draft, other):
            continue
        if (told_cause(other, drafts) or inferred_cause(other, drafts, context)) is not draft:
            continue
        if battle:
            yield from other_side(draft, other, context)
        elif is_a(draft.claim.type, "Attack") or is_a(draft.claim.type, "Raid"):
            yield from _from_harm(draft, other, context)


def _are_as_real(draft: Draft, harm: Draft) -> bool:
    """Whether the harm is done, or tried as the deed is: "tried to kill X in a bomb attack"."""
    value = harm.claim.factuality
    tried = value.modality == draft.claim.factuality.modality == "attempted"
    return value.realis or tried


def _from_attack(draft: Draft, drafts: Sequence[Draft]) -> Iterator[Argument]:
    """As in "X launched strikes on a region, with missiles hitting two towns": X hit them."""
    below = draft.match.proposition
    if draft.claim.fillers("agent") or below.marker != "with" or below.governor is None:
        return
    for other in drafts:
        alike = all(is_a(each.claim.type, "Attack") for each in (draft, other))
        if alike and below.governor in (other.head, other.match.proposition.light):
            for agent in other.claim.fillers("agent"):
                yield replace(agent, inferred=True)


def _from_harm(attack: Draft, harm: Draft, context: Context) -> Iterator[Argument]:
    """As in "killed ten in an attack" (by whom), "X was killed in a strike by Y" (who).

    What is done because of an attack is another's.
    """
    names = between(harm, attack)
    agents = [each for each in harm.claim.fillers("agent") if _is_party(each, context)]
    if agents and not attack.claim.fillers("agent") and names and names <= _DURING:
        yield from (replace(agent, inferred=True) for agent in agents)
    told = context.tree.children(attack.head, "dobj", "npadvmod")  # "attack the march"
    used = {role.head for role in attack.match.roles}  # "threw grenades", "opened fire"
    own = [i for i in told if context.tree.lemma(i) not in attack.match.lemma.split()]
    aimed = attack.claim.fillers("target") or not used.issuperset(own)
    doers = {each.filler.span for each in attack.claim.fillers("agent")}
    mine = not doers and names == {"in"}  # "X killed ten in an attack": X's, and on them
    told_of = bool(doers or (mine and agents)) or is_new(attack.head, context)
    others = bool(agents or {a.filler.span for a in harm.claim.fillers("agent")} - doers)
    others = others and not mine
    tree, above = context.tree, context.tree[attack.head].head
    told_only = tree.lemma(above) in context.lexicon.report_verbs  # "a strike was reported"
    repelled = tree[attack.head].deprel == "nsubjpass" and not told_only  # the attackers may fall
    if told_of and not (aimed or others or repelled) and names <= _DURING | _BY:
        for theme in harm.claim.fillers("theme"):
            if _is_party(theme, context) and _can_be_target(theme, attack, context):
                yield Argument("target", theme.filler, inferred=True)


def _can_be_target(theme: Argument, attack: Draft, context: Context) -> bool:
    """Not so of attackers who die in their attack, as fighters may where nobody is told to act."""
    allowed = attack.match.trigger.frame.types.get("target", ())
    if theme.filler.mention is None:
        return False
    head = context.mentions[theme.filler.mention].head
    kind = context.lexicon.noun_classes.get(context.tree.lemma(head), "Entity")
    kinds = [kind, *(context.type_of(i) for i in context.tree.children(head, *_OWNERS))]
    fighting = "ArmedGroup" in kinds and not attack.claim.fillers("agent")
    return not fighting and (not allowed or context.fits(head, allowed))


def _is_party(argument: Argument, context: Context) -> bool:
    """A named or described person, group or thing; who is told by a people's name is no state."""
    mention = argument.filler.mention
    if mention is None:
        return False
    told = context.mentions[mention]
    return told.level != "ADJ" and is_one_of(told.type, _PARTIES)


def _from_victory(clash: Draft, drafts: Sequence[Draft], context: Context) -> Iterator[Argument]:
    """As in "X captured the town after clashes with Y": X fought them."""
    if clash.claim.fillers("agent") or not clash.claim.fillers("coAgent"):
        return
    for other in drafts:
        won = is_a(other.claim.type, "TerritorialEvent") and other.claim.factuality.realis
        if won and between(other, clash) & _CONQUERED:
            for agent in other.claim.fillers("agent"):
                filler = force(agent, context)
                if filler is not None:
                    yield Argument("agent", filler, inferred=True)
