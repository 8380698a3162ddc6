"""Who can act in an event, and who stands behind the arms that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.context import Context
from kg.extract.proposition import Proposition, Slot
from kg.lexicon import Frame, Trigger
from kg.vocab import is_a, is_one_of

_FIGHTS = ("CombatEvent",)
HURTS = ("Killing", "Injury", "Casualties", "Death")
_DOING = ("agent", "coAgent", "instrument")
_INERT = ("Facility", "BodyOfWater", "GeographicFeature", "Border", "Area")
_SCENES = ("Facility", "PopulatedPlace")
_SITES = ("PopulatedPlace", "Region", "GeographicFeature", "BodyOfWater")
_OWNERS = ("possessor", "compound")
_BEFALLING = ("Disaster", "Explosion", "Protest", "Unrest", "Epidemic")
_ABOUT = ("against", "over", "about", "for", "at", "following", "after")
_THERE = ("in", "outside", "near", "across")
_TOPICS = ("on", "over", "about", "regarding", "concerning", "to")
_TALKS = ("Negotiation", "Agreement", "Vote", "Meeting")
_REASONS = ("for", "over", "of", "with")
_PEOPLE = ("Person", "PersonGroup", "ArmedForce", "ArmedGroup", "Country")
_VIOLENT = ("HarmEvent", "Disaster", "CombatEvent")
_ARMED = ("Country", "ArmedForce", "ArmedGroup", "GroupOfStates", "InternationalOrganization")


def can_act(role: str, head: int, context: Context) -> bool:
    """Buildings, waters and areas act only where their name is that of a power (the Kremlin).

    The adjective of an area tells where, never who: "the West African offensive".
    """
    mention = context.mention(head)
    if role == "instrument" and context.tree.lemma(head) == "none":
        return False  # "with none of the gunmen held"
    if role not in ("agent", "coAgent") or mention is None:
        return True
    if mention.level == "ADJ" and is_a(mention.type, "Area"):
        return False
    if mention.candidates:
        return True
    return not is_one_of(mention.type, _INERT)


def is_disaster(words: Iterable[int], context: Context) -> bool:
    """Whether one of the words of a name is that for a disaster.

    As in "Typhoon Nari", "Cyclones Ana and Bob", which kill, but are nobody.
    """
    tree, nouns = context.tree, context.lexicon.nouns
    lemmas = (tree.lemma(i).lower() for i in words)
    kinds = (nouns.get(lemma, nouns.get(lemma.removesuffix("s"), ())) for lemma in lemmas)
    return any(is_a(trigger.type, "Disaster") for each in kinds for trigger in each)


def ravages(slot: Slot, type_: str, context: Context) -> bool:
    """As in "Typhoon Jebi killed six": what the harm comes of, and nobody who did it."""
    harms = slot.name == "subject" and is_one_of(type_, HURTS)
    return harms and is_disaster(context.tree.children(slot.head, "compound"), context)


def is_no_cause(slot: Slot, type_: str, context: Context) -> bool:
    """As in "resigned two days after the vote": when, and not why. Who dies then dies of it.

    Nor does an attack come of itself: "bombed a depot in an overnight attack", or a coup.
    """
    triggers = context.lexicon.nouns.get(context.tree.lemma(slot.head), ())
    if slot.name == "subject" and type_ == "Coup" and any(each.type == type_ for each in triggers):
        return True
    fought = slot.name == "in" and is_one_of(type_, _FIGHTS)
    if fought and any(is_one_of(each.type, _FIGHTS) for each in triggers):
        return True
    tree, prep = context.tree, context.tree.head(slot.head)
    measured = prep is not None and bool(tree.children(prep, "npadvmod"))
    return measured and slot.name in ("after", "following") and not is_one_of(type_, HURTS)


def is_no_doer(name: str, slot: Slot, proposition: Proposition, context: Context) -> bool:
    """Who suffers an event, or owns the place of it, does not act in it."""
    idle = slot.name == "undergoer" or is_of_scene(slot, proposition, context)
    idle = idle or (slot.name == "possessor" and _is_done_to(proposition, context))
    kinds = context.tree.children(slot.head, "compound")
    return name in _DOING and (idle or is_disaster(kinds, context))


def _is_done_to(proposition: Proposition, context: Context) -> bool:
    """As in "Turkey's bombing by rebels of X"; not so "Chad's claim of misdeeds by rebels"."""
    if proposition.kind != "noun":
        return False
    first = min((slot.head for slot in proposition.all("of")), default=proposition.head)
    doers = (slot.head for slot in proposition.all("by") if context.fits(slot.head, _PEOPLE))
    return any(head < first or first == proposition.head for head in doers)


def own_doer(
    slots: list[Slot], proposition: Proposition, frame: Frame, context: Context
) -> list[Slot]:
    """Who an event noun itself names goes before the subject of the verb that it hangs on.

    As in "announced the resignation of X", "condemned Y's attack". Who only announces what is
    said of others need not have done it.
    """
    if proposition.kind != "noun" or proposition.light is None:
        return slots
    role = frame.roles.get("subject")
    own = any(slot.name in _OWNERS for slot in proposition.slots)
    told = context.tree.lemma(proposition.light) in context.lexicon.report_verbs and not own
    granted = context.tree.lemma(proposition.light) in context.lexicon.slots.granting
    named = any(
        (slot.name in _OWNERS and not _is_kind(slot.head, context))
        or (slot.name == "possessor" and granted)
        or (slot.name in ("of", "by") and role is not None and frame.roles.get(slot.name) == role)
        or (told and slot.name == "of" and context.fits(slot.head, _PEOPLE))
        for slot in slots
    )
    return [slot for slot in slots if slot.name != "subject"] if named else slots


def is_of_another(
    role: str | None, proposition: Proposition, frame: Frame, context: Context
) -> bool:
    """As in "the sheriff's arrest of two men", where "the sheriff's arrest" were that of him."""
    other = proposition.slot("of")
    told = other is not None and not context.is_event(other.head)  # not "X's conviction of fraud"
    return told and role is not None and role == frame.roles.get("of")


def _is_kind(head: int, context: Context) -> bool:
    """A noun or a weapon before an event, which names nobody: "a dynamite attack by X"."""
    return context.tree[head].upos == "NOUN" or context.fits(head, ("Materiel",))


def is_scene(slot: Slot, proposition: Proposition, type_: str, context: Context) -> bool:
    """As in "the Benghazi attack": a name before an event noun that is nobody who could act."""
    if slot.name == "possessor":
        words = (context.tree[i].form.lower() for i in context.tree.children(proposition.head))
        if any(word in context.lexicon.slots.superlatives for word in words):
            return context.fits(slot.head, ("Place",))  # "Mali's deadliest attack"
    plain = slot.name in _OWNERS and context.tree[slot.head].deprel in ("compound", "nmod")
    mention = context.mention(slot.head) if plain and proposition.kind == "noun" else None
    if mention is None or mention.level != "NAM":
        return False
    before = context.tree[max(slot.head - 1, 0)].form.lower()
    part = before in context.lexicon.people.directions  # "the northern Syria offensive"
    named = part or is_one_of(mention.type, _SITES) or not mention.candidates
    return named or _is_land_of(slot.head, proposition, type_, context)


def _is_land_of(land: int, proposition: Proposition, type_: str, context: Context) -> bool:
    """As in "the Haiti earthquake", "the 2011 Norway attacks": no land does what befalls it.

    Who is told by initials is rather the doer: "the 2011 US raids".
    """
    tree = context.tree
    if not context.fits(land, ("Country",)):
        return False
    if is_one_of(type_, _BEFALLING):
        return True
    doer = tree[land].form[-2:].isupper() or "." in tree[land].form
    struck = is_a(type_, "CombatEvent") and not context.is_battle(type_)
    if doer or not struck or proposition.slot("on") or proposition.slot("against"):
        return False
    beside = tree.children(proposition.head, "nummod", "amod", "nmod")
    dated = any(tree[i].upos == "NUM" and tree[i].form.isdigit() for i in beside)
    before = min(tree.subtree(land)) - 1
    known = before >= tree.sentence.first and tree[before].form.lower() == "the"
    return dated or (known and tree[proposition.head].xpos == "NNS")


def is_subject_matter(slot: Slot, proposition: Proposition, context: Context) -> bool:
    """As in "their Russia investigation": of two before an event, the owner is who acts."""
    tree = context.tree
    if proposition.kind != "noun" or tree[slot.head].deprel not in ("compound", "nmod"):
        return False
    mention = context.mention(slot.head)
    land = mention is not None and mention.level == "NAM" and context.fits(slot.head, ("Place",))
    return land and bool(tree.children(proposition.head, "poss"))


def is_of_scene(slot: Slot, proposition: Proposition, context: Context) -> bool:
    """As in "a Turkish hospital bombing": whose the place before the event is, not who acted."""
    tree = context.tree
    if proposition.kind != "noun" or tree[slot.head].deprel != "amod":
        return False
    between = range(slot.head + 1, proposition.head)
    kinds = (context.lexicon.noun_classes.get(tree.lemma(i)) for i in between)
    return any(kind is not None and is_one_of(kind, _SCENES) for kind in kinds)


def is_of_reason(slot: Slot, proposition: Proposition, type_: str, context: Context) -> bool:
    """As in "sentenced for a bombing in Burgas": the bombing was there.

    So too of what a protest is about, where its own place is told: "rallied in Lima against a
    massacre in Cusco". Those who speak of a place are elsewhere: "discussed the war in X".
    """
    noun = slot.head
    if is_one_of(type_, _TALKS):
        return _is_of_topic(slot, proposition, context)
    if not slot.nested:
        return False
    if is_a(type_, "Protest"):
        head, there = proposition.head, (s for s in proposition.slots if s.name in _THERE)
        told = any(not _hangs_by(slot.head, head, _ABOUT, context) for slot in there)
        return told and _hangs_by(noun, head, _ABOUT, context)
    if proposition.kind != "verb" or not is_one_of(type_, ("JusticeEvent", "Detention")):
        return False
    return _hangs_by(noun, proposition.head, _REASONS, context)


def _is_of_topic(slot: Slot, proposition: Proposition, context: Context) -> bool:
    """As in "talks on arms in X", "discussed the war in X", wherever the place was hung."""
    tree, discussing = context.tree, context.lexicon.slots.discussing
    objects = tree.children(proposition.head, "dobj")
    discussed = any(lemma in discussing for lemma in proposition.lemmas)
    above: list[int] = []
    for index in tree.ancestors(slot.head):
        if index == proposition.head:
            break
        above.append(index)
    if not slot.nested:
        return discussed and any(i - 1 in objects and slot.name == "in" for i in above)
    topics = any(tree[i].form.lower() in _TOPICS for i in above)
    return topics or (discussed and any(i in objects for i in above))


def _hangs_by(noun: int, head: int, names: Sequence[str], context: Context) -> bool:
    """Whether one of the prepositions leads from the head to the noun, or from its adjective."""
    tree = context.tree
    heads = (head, *tree.children(head, "oprd", "acomp", "acl"))  # "found guilty of", "held over"
    preps = [i for i in tree.ancestors(noun) if tree[i].head in heads]
    return any(tree[i].form.lower() in names for i in preps)


def is_weapon(head: int, type_: str, context: Context) -> bool:
    """As in "a drone killed two": arms and war machines in an event of violence."""
    violent = is_one_of(type_, _VIOLENT)
    return violent and not context.is_open(head) and context.fits(head, ("Materiel",))


def wielders(head: int, context: Context) -> Iterator[int]:
    """As in "Israeli jets struck X": whose they are, unless another is said to use them.

    The maker is told otherwise ("Iranian-made drones"), as is who launched them.
    """
    tree = context.tree
    told = context.lexicon.verbs.get(tree.lemma(tree[head].head), ())
    crashed = tree[head].deprel == "nsubj" and any(each.type == "Accident" for each in told)
    bursting = (each.frame.roles.get("subject") for each in told if each.type == "Explosion")
    broken = any(isinstance(spec, dict) for spec in bursting)  # who "hits" a mine is another
    broken = broken and any(context.has_head(head, each) for each in context.lexicon.slots.crafts)
    if crashed or broken or tree.children(head, "acl", "relcl"):
        return  # "an army plane crashed killing ten", "X's space rocket exploded": nobody meant to
    owners = [*tree.children(head, "poss", "amod", "compound", "nmod")]
    forces = [i for i in owners if context.lexicon.noun_classes.get(tree.lemma(i)) is not None]
    owners += [i for force in forces for i in tree.children(force, "amod", "nmod")]  # "X army jets"
    for owner in owners:
        mention = context.mention(owner)
        named = mention is not None and mention.level in ("NAM", "ADJ")
        if mention is not None and named and is_one_of(mention.type, _ARMED):
            yield owner


def reciprocal_roles(slots: list[Slot], frame: Frame, context: Context) -> set[str]:
    """As in "accused each other of": the role is told, and nobody else has it."""
    roles = [frame.roles.get(s.name) for s in slots if context.is_reciprocal(s.head)]
    names = (role if isinstance(role, str) else (role or {}).get("other") for role in roles)
    return {name for name in names if name}


def is_ignored(slot: Slot, proposition: Proposition, trigger: Trigger, context: Context) -> bool:
    """As in "ten years in prison": a noun that the frame gives no role, wherever it hangs.

    So too where a deed was that is looked into: "an inquiry into the killing of two in X".
    """
    if is_a(trigger.type, "Investigation") and slot.head > proposition.head:
        return True
    spec = trigger.frame.roles.get(slot.name)
    nouns = [k for k, role in spec.items() if role is None] if isinstance(spec, dict) else []
    return any(context.has_head(slot.head, noun) for noun in nouns if noun[0].islower())
