"""What an event is about or comes of where no event type covers it: told in its words.

"announced lower fees", "jailed for blasphemy", "died of thirst", "resigned as chairman".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kg.extract.actors import HURTS
from kg.extract.context import Context
from kg.extract.draft import Draft
from kg.extract.obliques import preposition
from kg.extract.proposition import Slot
from kg.extract.tree import Tree
from kg.model import Argument, Claim, Filler, Span
from kg.vocab import is_a, is_one_of

_ABOUT = ("content", "cause")
_CHARGED = ("on", "under")
_DEALINGS = ("PoliticalEvent", "JusticeEvent", "CommunicationEvent", "Detention")
_QUARRELS = ("Clash", "Riot", "Unrest")
_HELD = ("JusticeEvent", "Detention")
_TRIED = ("Charge", "Conviction", "Trial", "Acquittal")
_BEFORE_TERMS = ("for", "after", "over")
_OFFICES = ("destination", "origin")
_PARTIES = ("agent", "coAgent", "theme", "target", "recipient", "beneficiary")
_PEOPLE = ("Person", "PersonGroup")
_DESCRIBED = (
    *_PEOPLE,
    "ArmedForce",
    "ArmedGroup",
    "Organization",
    "Facility",
    "Materiel",
    "Vessel",
)
_OF_OFFICES = ("of", "to", "in")
_STOPS = (",", ";", ":", "–", "—")


def untyped(
    draft: Draft, drafts: Sequence[Draft], told: Sequence[Argument], context: Context
) -> Iterator[Argument]:
    """Contents, causes and offices in words, for roles that no argument of `told` fills."""
    roles = {each.role for each in told}
    tried = is_a(draft.claim.type, "JusticeEvent")  # whom, and for what: "convicted X of treason"
    told_of = "content" in roles or ("theme" in roles and not tried)
    if told_of or "content" in draft.match.trigger.frame.require:
        roles.add("content")
    taken = {role.head for role in draft.match.roles}
    yield from _done(draft, drafts, told, context)
    if "content" not in roles and draft.claim.type in ("Assessment", "Claim"):
        yield from _label(draft, taken, context)
    if "cause" not in roles and not is_a(draft.claim.type, "CommunicationEvent"):
        yield from _cited(draft, taken, context)
    for slot in (*draft.match.proposition.slots, *_of_who_left(draft, context)):
        role = _role(slot, draft, context)
        own = slot.head not in taken and not slot.nested and not slot.member
        beside = slot.name in _CHARGED or _is_beside_deed(slot, draft, context)
        full = role in roles and not beside
        if role is None or full or not own or not _is_thing(slot, draft, context):
            continue
        if slot.name == "as" and _is_told(draft, context):
            continue  # "announces the choice of X as its capital": the choice is announced
        deeds = _deeds(slot.head, drafts, context)
        if slot.name in _CHARGED:  # "arrested on charges of fraud"
            deeds = deeds or [each.claim for each in drafts if each.head == slot.head]
        yield from (Argument(role, Filler(each.trigger, event=each.id)) for each in deeds)
        if not deeds:
            words = _words(slot.head, taken, context, office=role not in _ABOUT)
            yield Argument(role, Filler(words))


def with_whole_phrases(arguments: Sequence[Argument], context: Context) -> list[Argument]:
    """As in "director of the museum", "two members of the clan": with what they are of."""
    return [_whole_phrase(each, context) for each in arguments]


def _whole_phrase(argument: Argument, context: Context) -> Argument:
    number, parties = argument.filler.mention, argument.role in _PARTIES
    if number is None or not (parties or argument.role in _OFFICES):
        return argument
    mention, tree = context.mentions[number], context.tree
    prep = mention.head + 1
    if mention.level != "NOM" or prep >= tree.sentence.last or tree[prep].deprel != "prep":
        return argument
    named = tree[prep].form.lower() in (("of",) if parties else _OF_OFFICES[:2])
    described = named and tree[prep].head == mention.head
    if not described or not is_one_of(mention.type, _DESCRIBED if parties else _PEOPLE):
        return argument
    last = _end_of_phrase(mention.head, tree)
    whole = Span(mention.span.start, max(tree[last].end, mention.span.end))
    return replace(argument, filler=replace(argument.filler, span=whole))


def _end_of_phrase(noun: int, tree: Tree) -> int:
    """The last word of what the noun is of: "heads of Mali and the Bank of Mali", not "in May"."""
    preps = [i for i in tree.children(noun, "prep") if i == noun + 1]
    inner = tree.children(preps[0], "pobj") if preps else ()
    if not inner:
        return noun
    last, within = tree.conjuncts(inner[0])[-1], set(tree.subtree(inner[0]))
    if not within.issuperset(range(inner[0], last)):
        last = inner[0]
    again = last + 1 < tree.sentence.last and tree[last + 1].form.lower() == "of"
    return _end_of_phrase(last, tree) if again else last


def _done(
    draft: Draft, drafts: Sequence[Draft], told: Sequence[Argument], context: Context
) -> Iterator[Argument]:
    """As in "banned nurses from wearing veils", "found guilty of robbing X": events or words."""
    tree, roles = context.tree, draft.match.trigger.frame.roles
    events: dict[int | None, list[Claim]] = {}
    for each in drafts:
        for head in {each.head, each.match.proposition.light}:
            events.setdefault(head, []).append(each.claim)
    known = [argument.filler.span for argument in told if argument.filler.event is not None]
    for name, prep in _with_preps(draft, context):
        spec = roles.get(name)
        role = spec.get("doing") if isinstance(spec, dict) else None
        first = tree.children(prep, "pcomp") if role is not None else ()
        for verb in [each for head in first for each in tree.conjuncts(head)]:
            deeds, words = events.get(verb, ()), _clause(verb, context)
            if tree[verb].xpos != "VBG" or any(words.contains(span) for span in known):
                continue
            fillers = [Filler(each.trigger, event=each.id) for each in deeds] or [Filler(words)]
            yield from (Argument(role or "theme", filler) for filler in fillers)


def _is_beside_deed(slot: Slot, draft: Draft, context: Context) -> bool:
    """As in "jailed for murder, mischief and fraud": listed with a deed, and told like it."""
    listed = context.tree.conjuncts(context.tree.first_conjunct(slot.head))
    told = [role.head for role in draft.match.roles if role.event and role.name in _ABOUT]
    return is_one_of(draft.claim.type, _DEALINGS) and not set(listed).isdisjoint(told)


def _label(draft: Draft, taken: set[int], context: Context) -> Iterator[Argument]:
    """As in "critics call it censorship", where nothing else tells what they think of it."""
    tree, head = context.tree, draft.head
    words = tree.children(head, "oprd")
    for above in (head, *tree.children(head, "dobj")):
        for prep in tree.children(above, "prep"):  # "describes the law as absurd", "as a threat"
            if draft.claim.type == "Assessment" and tree[prep].form.lower() == "as":
                words = (*words, *tree.children(prep, "amod", "acomp", "pobj"))
    for word in words:
        if word > head and word not in taken:
            yield Argument("content", Filler(_words(word, taken, context, office=False)))


def _is_told(draft: Draft, context: Context) -> bool:
    """Whether what is said is the object of the verb, and no part of it stands behind "as"."""
    said = is_a(draft.claim.type, "CommunicationEvent")
    objects = draft.match.proposition.all("object") if said else ()
    return any(_is_thing(slot, draft, context) for slot in objects)


def _with_preps(draft: Draft, context: Context) -> Iterator[tuple[str, int]]:
    """The prepositions of a verb, and of the words that tell of the event with it ("guilty").

    With their names, as in "against", "in favor of".
    """
    tree, head = context.tree, draft.match.proposition.head
    words = draft.match.lemma.split()[1:]
    own = [i for i in tree.children(head, "acomp", "oprd", "ccomp", "dobj") if words]
    for above in (head, *(i for i in own if tree.lemma(i) in words)):
        for prep in tree.children(above, "prep"):
            form = preposition(tree, prep)
            yield form, prep
            for noun in tree.children(prep, "pobj"):
                for inner in tree.children(noun, "prep"):
                    yield f"{form} {tree.lemma(noun)} {tree[inner].form.lower()}", inner


def _clause(verb: int, context: Context) -> Span:
    """The words of a clause up to what is joined to it."""
    tree = context.tree
    inside, joined = tree.subtree(verb), tree.children(verb, "cc", "conj")
    ends = (i for i in inside if i in joined or (i > verb and tree[i].form in _STOPS))
    return tree.span(verb, next(ends, inside[-1] + 1) - 1)


def _cited(draft: Draft, taken: set[int], context: Context) -> Iterator[Argument]:
    """As in "recalls cars, citing a fault": why, where it is no source ("citing officials")."""
    tree, lexicon = context.tree, context.lexicon
    for verb in tree.children(draft.match.proposition.head, "advcl"):
        citing = tree[verb].form.lower() == "citing"
        for noun in tree.children(verb, "dobj") if citing else ():
            lemma = tree.lemma(noun)
            source = lemma in lexicon.report_nouns or lemma in lexicon.noun_classes
            if tree[noun].upos == "NOUN" and context.mention(noun) is None and not source:
                yield Argument("cause", Filler(_words(noun, taken, context, office=False)))


def _deeds(noun: int, drafts: Sequence[Draft], context: Context) -> list[Claim]:
    """As in "his role in the attack", "their decision to join the war": what is a share in that.

    Not so "the decision, announced by X,".
    """
    tree = context.tree
    if tree.lemma(noun) not in context.lexicon.slots.sharing:
        return []
    first = [i for i in tree.children(noun, "acl") if tree[i].xpos != "VBN"]
    for prep in tree.children(noun, "prep"):
        first += tree.children(prep, "pobj", "pcomp")
    heads = {each for head in first for each in tree.conjuncts(head)}
    return [
        each.claim
        for each in drafts
        if not heads.isdisjoint((each.head, each.match.proposition.light))
    ]


def _role(slot: Slot, draft: Draft, context: Context) -> str | None:
    """The role that the frame gives to the words of a slot, or else the preposition."""
    clause, spec = draft.match.proposition, draft.match.trigger.frame.roles.get(slot.name)
    roles = draft.match.trigger.frame.roles
    finder = draft.claim.type == "Death" and "subject" in roles and spec is None
    hurt = is_one_of(draft.claim.type, (*HURTS, "Illness"))
    harms = slot.name == "subject" and hurt and not finder
    if harms and (clause.passive or (clause.kind != "noun" and _is_matter(slot.head, context))):
        return "cause"  # "two are killed by the waves", "exposure to gas kills two"
    if slot.name in ("subject", "object"):
        said = is_a(draft.claim.type, "CommunicationEvent") and clause.kind == "verb"
        said = said and not _is_all_denied(slot, draft, context)
        return "content" if said and slot.name == "object" else None
    if isinstance(spec, dict):
        about = spec.get("event")
        set_in = slot.name == "in" and about == "cause"  # "deaths in custody"
        return spec.get("words", about if about in _ABOUT and not set_in else None)
    if slot.name in _CHARGED and spec is None and is_one_of(draft.claim.type, _HELD):
        charged = context.tree.lemma(slot.head) in context.lexicon.slots.counts
        return ("content" if draft.claim.type in _TRIED else "cause") if charged else None
    reason = slot.name in context.lexicon.slots.reasons or _is_about(slot, draft, context)
    return "cause" if reason and spec is None else None


def _of_who_left(draft: Draft, context: Context) -> Iterator[Slot]:
    """As in "smog left ten ill": what left them so."""
    told = draft.match.proposition
    above = context.propositions.get(-1 if told.governor is None else told.governor)
    if told.kind == "adjective" and above is not None:
        left = above.lemmas[-1] in context.lexicon.slots.resulting
        yield from above.all("subject") if left else ()


def _is_matter(noun: int, context: Context) -> bool:
    """As "exposure", "poisoning", "toxic gas", "smog", which have a doer at most behind them."""
    tree, slots, lemma = context.tree, context.lexicon.slots, context.tree.lemma(noun)
    if tree[noun].upos != "NOUN" or lemma in slots.matter:
        return tree[noun].upos == "NOUN"
    if context.fits(noun, ("Agent",)):
        return False
    return lemma.endswith(slots.abstract_ends) or context.fits(noun, ("Resource",))


def _is_all_denied(slot: Slot, draft: Draft, context: Context) -> bool:
    """As in "accused X of sailing in a storm, which X denied": not the storm, but the charge."""
    tree, clause = context.tree, draft.match.proposition
    if draft.claim.type != "Denial" or clause.link != "relative":
        return False
    which = [i for i in tree.children(clause.head, "dobj") if tree[i].form.lower() == "which"]
    apart = bool(which) and tree[which[0] - 1].form == ","
    cue = context.lexicon.report_nouns.get(tree.lemma(slot.head))
    return apart and (cue is None or cue.modality == "expected")  # but "claims, which X denied"


def _is_about(slot: Slot, draft: Draft, context: Context) -> bool:
    """As in "summons the envoy over the remarks", "clash over land": not at a place, nor so long.

    Nor "approved the dam over the ministry's objections", which were no reason.
    """
    apart = slot.head in context.dated or context.fits(slot.head, ("Place",))
    apart = apart or context.tree.lemma(slot.head) in context.lexicon.slots.overridden
    told = is_one_of(draft.claim.type, (*_DEALINGS, *_QUARRELS))
    return slot.name == "over" and told and not apart


def _is_thing(slot: Slot, draft: Draft, context: Context) -> bool:
    """A noun that is no part of the trigger and nobody: not "declared Anna Lee the winner"."""
    tree, mention = context.tree, context.mention(slot.head)
    spec = draft.match.trigger.frame.roles.get(slot.name)
    office = isinstance(spec, dict) and "words" in spec
    titled = context.lexicon.noun_classes.get(tree.lemma(slot.head).lower(), "Entity")
    person = mention is not None and (
        is_a(mention.type, "Person") or (office and is_a(titled, "Person"))
    )
    if mention is not None and mention.level == "NAM" and is_a(draft.claim.type, "JusticeEvent"):
        return False  # "convicted by X for China"
    _, *words = draft.match.lemma.split()
    terms = context.lexicon.slots.for_which if slot.name in _BEFORE_TERMS else ()
    idle = tree.lemma(slot.head) in (*words, *terms)
    idle = idle or (slot.name == "after" and context.is_event(slot.head))  # told as one, or not
    idle = idle or slot.head in context.dated  # "signed a pact on Monday"
    kind = context.lexicon.noun_classes.get(tree.lemma(slot.head), "Entity")
    owned = slot.name == "compound" and is_one_of(kind, ("Place", "Agent"))  # "state charges"
    whose = slot.name == "of" and mention is not None and context.fits(slot.head, ("Agent",))
    idle = idle or owned or whose
    sum_ = tree[slot.head].upos == "NUM" and slot.name == "object"  # "announced $2 million in aid"
    deed = tree[slot.head].xpos == "VBG" and slot.name == "on"  # "a pact on fishing"
    noun = sum_ or deed or tree[slot.head].upos in ("NOUN", "PROPN")
    return noun and person is office and not idle


def _words(noun: int, apart: set[int], context: Context, *, office: bool) -> Span:
    """The noun with what is said of it before the next comma, conjunct, or `apart`.

    Of an office only what it is of: not "governor for incompetence".
    """
    tree, last = context.tree, noun
    inside = set(tree.subtree(noun))
    for below in tree.children(noun):
        joined = tree[below].deprel in ("conj", "cc", "appos")
        beside = tree[below].deprel == "prep" and (
            not apart.isdisjoint(tree.subtree(below))
            or (office and tree[below].form.lower() not in _OF_OFFICES)
        )
        if joined or beside:
            inside -= set(tree.subtree(below))
    while last + 1 in inside and tree[last + 1].form not in _STOPS:
        last += 1
    while tree[last].upos == "CCONJ":
        last -= 1
    return tree.span(tree.phrase(noun)[0], last)
