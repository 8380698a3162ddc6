"""A second reading of who did what to whom, by the order of the words, beside that of the parse.

Where the words tell otherwise nobody is named; where they leave it open only they are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract.borrowed_doers import BORROWED_CHECKS
from kg.extract.context import Context
from kg.extract.frames import Match
from kg.extract.misread_doers import DOER_CHECKS
from kg.extract.parties import (
    PARTY_CHECKS,
    is_each_for_itself,
    is_of_own_side,
)
from kg.extract.role import Role
from kg.extract.suspects import Suspect, is_violent, lemma_at, start_of, word_at
from kg.vocab import is_a, is_one_of

_DOERS = ("agent", "coAgent")
_UNDERGOERS = ("target", "theme")
_INSIDE = ("in", "at", "near", "inside")
_LEFT = ("compound", "amod", "nmod", "det", "poss", "nummod", "advmod")
_WRECKING = ("Accident", "Sinking")
_CONDITIONS = ("if", "unless", "until")
_SOME = ("some", "many", "most", "several", "one", "half", "none", "few")


def is_misread(role: Role, found: Match, context: Context) -> bool:
    """Whether the words give the role to somebody else than the parse; then nobody is named."""
    checks = _DOER_CHECKS if role.name in _DOERS else _OTHER_CHECKS
    suspect = Suspect(role.head, found, context)
    if role.name == "target" and (_is_second_place(suspect) or _is_only_scene(suspect)):
        return True
    if role.name in _UNDERGOERS and _is_of_either_place(suspect):
        return True
    return any(check(suspect) for check in checks)


def is_doubtful(role: Role, found: Match, context: Context) -> bool:
    """Whether the words leave open who is meant by the filler; then only they are kept."""
    suspect = Suspect(role.head, found, context)
    return any(check(suspect) for check in _OPEN_CHECKS)


def _is_identity_guess(suspect: Suspect) -> bool:
    """As in "militants believed to be X fighters detonate": whether they were X is a belief."""
    head, context = suspect.head, suspect.context
    if "be" not in context.tree.forms:
        return False
    before = start_of(head, context) - 1
    said = context.lexicon.report_verbs
    told = before - 2 >= context.tree.sentence.first and lemma_at(before - 2, context) in said
    return told and word_at(before - 1, context) == "to" and word_at(before, context) == "be"


def _is_likely_only(suspect: Suspect) -> bool:
    """As in "most likely killed by X": that they were killed is sure, by whom is a guess."""
    found, context = suspect.found, suspect.context
    if not found.proposition.passive:
        return False
    tree, verb = context.tree, found.proposition.head
    adverbs = [context.lexicon.report_adverbs.get(tree.lemma(i)) for i in tree.children(verb)]
    return any(
        cue is not None and cue.certainty == "probable" and cue.modality is None for cue in adverbs
    )


def _is_unclear_pronoun(suspect: Suspect) -> bool:
    """As in "a man was hurt and another shot when they were attacked": who, is a guess.

    Not exactly one in the governing clause may be meant by "it" or "they".
    """
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, form = context.tree, context.tree[head].form.lower()
    proposition, light = found.proposition, found.proposition.light
    if light is not None:
        proposition = context.propositions.get(light, proposition)  # "launched attacks"
    verb = proposition.head
    said = is_a(found.trigger.type, "CommunicationEvent")
    open_ = proposition.marker in _CONDITIONS
    if form not in ("it", "they") or tree[verb].deprel != "advcl" or (said and not open_):
        return False
    if tree[head].head != verb:
        return False
    above = context.propositions.get(proposition.governor or -1)
    if above is None or proposition.link != "adverbial":
        return False
    slots = list(above.slots)
    seen = {proposition.head}
    while above is not None and above.link == "infinitive" and above.head not in seen:
        seen.add(above.head)  # "told X to pay Y after it had ..."
        above = context.propositions.get(-1 if above.governor is None else above.governor)
        slots += above.slots if above is not None else []
    fitting = {
        slot.head for slot in slots if _may_mean(form, slot.head, context) and slot.head < head
    }
    if open_:
        before = _plurals_before(verb, context) if form == "they" else _states_before(verb, context)
        fitting |= {i for i in before if _may_mean(form, i, context)}
    return len(fitting) != 1


def _plurals_before(verb: int, context: Context) -> Iterator[int]:
    """As in "warns the rebels that the army will act if they refuse": any of them."""
    tree = context.tree
    return (i for i in range(tree.sentence.first, verb) if tree[i].xpos in ("NNS", "NNPS"))


def _states_before(verb: int, context: Context) -> Iterator[int]:
    """As in "China will cut ties with Taiwan unless it leaves": either of them."""
    for index, number in context.by_head.items():
        mention = context.mentions[number]
        acting = is_one_of(mention.type, ("Country", "Organization"))
        if context.tree.sentence.first <= index < verb and mention.level == "NAM" and acting:
            yield index


def _is_speaker_unlike(suspect: Suspect) -> bool:
    """As in "the agency reports that they downed a drone": they are not who reports it."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb, form = context.tree, found.proposition.head, context.tree[suspect.head].form.lower()
    told = tree[verb].deprel == "ccomp" and tree[head].head == verb
    if form not in ("it", "they") or not told or not _is_charging(found):
        return False
    above = context.propositions.get(tree[verb].head)
    speakers = [slot.head for slot in above.all("subject")] if above is not None else []
    kinds = [context.type_of(each) or "Entity" for each in speakers]
    unlike = ("NewsAgency", "Person") if form == "it" else ("NewsAgency",)
    return bool(kinds) and all(kind in unlike for kind in kinds)


def _is_charging(found: Match) -> bool:
    return is_violent(found) or found.trigger.type in ("Threat", "Accusation", "Condemnation")


def _may_mean(pronoun: str, head: int, context: Context) -> bool:
    tree, mention = context.tree, context.mention(head)
    if mention is None or tree[head].xpos == "PRP":
        return tree[head].form.lower() == pronoun
    plural = tree[head].xpos in ("NNS", "NNPS", "CD")
    collective = is_a(mention.type, "Organization") and pronoun == "they"
    return plural == (pronoun == "they") or collective


def _is_half_name(suspect: Suspect) -> bool:
    """As in "North and South Korea agree": "North" alone names nobody."""
    head, context = suspect.head, suspect.context
    relation = context.lexicon.relators.get(context.tree[head].form.lower(), "")
    if not relation.endswith("_of"):
        return False
    mention = context.mention(head)
    return mention is not None and mention.span == context.tree.token_span(head)


def _is_garbled(suspect: Suspect) -> bool:
    """As in "supported by planes attack insurgents": a clause was taken for a noun phrase.

    A noun in the singular would have an article there: "a car makers trade group".
    """
    head, context = suspect.head, suspect.context
    tree, lexicon = context.tree, context.lexicon
    mention = context.mention(head)
    if mention is None or mention.level != "NOM" or tree[head].xpos == "NN":
        return False
    inside = [i for i in range(start_of(head, context), head) if tree[i].deprel in _LEFT]
    for index in inside:
        plural = tree[index].xpos in ("NNS", "NNPS") and tree[index].deprel == "compound"
        named = tree[index].form[0].isupper() and tree[index].form.endswith("s")
        after = index + 1
        verbal = (
            after < head
            and tree[after].xpos in ("NN", "VB", "VBP")
            and (tree.lemma(after) in lexicon.verbs or tree.lemma(after) in lexicon.report_verbs)
        )
        if (plural or (named and tree[index].xpos == "NNP")) and verbal:
            return True
    return False


def _is_shifted_object(suspect: Suspect) -> bool:
    """As in "calls for talks with X, unions and others": what is joined to X is no object."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    if tree[head].deprel != "dobj" or tree[head].head != verb:
        return False
    start = start_of(head, context)
    before = [
        i for i in tree.children(verb, "prep") if verb < i < start and tree.children(i, "pobj")
    ]
    return bool(before) and word_at(start - 1, context) in (",", "and", "or")


def _is_of_either_place(suspect: Suspect) -> bool:
    """As in "Kherson in Kherson Oblast, which X had lost": the city or all the region."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, proposition = context.tree, found.proposition
    prep = tree.head(head)
    if proposition.link != "relative" or proposition.governor != head or prep is None:
        return False
    name = context.mention(head)
    placed = name is not None and name.level == "NAM" and is_a(name.type, "Place")
    inside = tree[prep].form.lower() in _INSIDE and tree[head].deprel == "pobj"
    before = context.mention(prep - 1) if inside else None
    return placed and before is not None and is_a(before.type, "Place")


def _is_as_said(suspect: Suspect) -> bool:
    """As in "parliament passes a bill, as asked by the party": it was not the bill that was asked.

    Such a clause has no subject; who or what the parse supplies is a guess.
    """
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, verb = context.tree, found.proposition.head
    if not found.proposition.passive or tree[verb].deprel != "advcl" or head >= verb:
        return False
    marks = [tree[i].form.lower() for i in tree.children(verb, "mark")]
    return "as" in marks and not tree.children(verb, "nsubjpass")


def _is_land_around(suspect: Suspect) -> bool:
    """As in "captures Dinder, Sudan", "the town in X, Sudan": it is not the land."""
    head, context = suspect.head, suspect.context
    tree, mention = context.tree, context.mention(suspect.head)
    if mention is None or tree[head].deprel not in ("conj", "appos"):
        return False
    land = mention.level == "NAM" and is_a(mention.type, "GeopoliticalEntity")
    town, comma = tree[head].head, start_of(head, context) - 1
    inside = comma - 1 == town or comma - 1 in tree.subtree(town)  # "Goma in North Kivu, Congo"
    beside = word_at(comma, context) == "," and inside and tree[comma - 1].upos == "PROPN"
    last = not tree.children(town, "cc") and not tree.children(head, "conj")
    return beside and ((land and last) or _is_state_around(head, town, context))


def _is_state_around(head: int, town: int, context: Context) -> bool:
    """As in "stormed Arbinda, Soum Province, Burkina Faso, and its base": no list of targets.

    A state after what is none, or what stands between the two.
    """
    after = context.tree.children(head, "conj", "appos")[:1]
    kinds = [context.type_of(each) or "Entity" for each in (town, head, *after)]
    if context.tree.lemma(head).lower() in context.lexicon.slots.kinds:
        kinds[1] = "Region"  # "Mambasa Territory", though nobody knows it
    placed = all(is_a(kind, "Place") for kind in kinds[:2]) and kinds[0] != "Country"
    return placed and "Country" in kinds


def _is_only_scene(suspect: Suspect) -> bool:
    """As in "attacked managers at the site": who is attacked is told, and where."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].form.lower() != "at" or found.proposition.kind != "verb":
        return False
    objects = tree.children(found.proposition.head, "dobj", "nsubjpass")
    return any(each.name == "target" and each.head in objects for each in found.roles)


def _is_after_but(suspect: Suspect) -> bool:
    """As in "arrested ten men but the leader is at large": the leader begins a clause."""
    head, context = suspect.head, suspect.context
    tree, token = context.tree, context.tree[head]
    if token.deprel != "conj":
        return False
    joints = tree.children(token.head, "cc")
    return any(tree[i].form.lower() in ("but", "yet") for i in joints if i < head)


def _is_one_of_them(suspect: Suspect) -> bool:
    """As in "shot two attackers, killing one of them": not both."""
    head, context = suspect.head, suspect.context
    tree, prep = context.tree, context.tree.head(head)
    if tree[head].upos != "PRON" or prep is None or tree[prep].form.lower() != "of":
        return False
    part = tree.head(prep)
    return part is not None and (tree[part].upos == "NUM" or tree.lemma(part) in _SOME)


def _is_second_place(suspect: Suspect) -> bool:
    """As in "throws a grenade at them at a market": the market is where, not at whom."""
    head, context = suspect.head, suspect.context
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].deprel != "prep":
        return False
    form = tree[prep].form.lower()
    earlier = [
        i
        for i in tree.children(tree[prep].head, "prep")
        if i < prep and tree[i].form.lower() == form and tree.children(i, "pobj")
    ]
    kind = context.type_of(head)
    return bool(earlier) and kind is not None and is_a(kind, "Place")


def _is_left_place(suspect: Suspect) -> bool:
    """As in "demanded a withdrawal of troops from X": X is asked nothing, they are there."""
    head, found, context = suspect.head, suspect.found, suspect.context
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].form.lower() != "from" or found.proposition.kind != "verb":
        return False
    thing = tree[prep].head
    moved = (each.type for each in context.lexicon.nouns.get(tree.lemma(thing), ()))
    objects = tree.children(found.proposition.head, "dobj", "prep")
    above = thing in objects or tree[thing].deprel == "pobj"
    return above and any(is_a(kind, "ForceMovement") for kind in moved)


def _is_after_participle(suspect: Suspect) -> bool:
    """As in "an office, headed by X, and Y": what comes after the participle is not headed."""
    head, found, context = suspect.head, suspect.found, suspect.context
    proposition, tree = found.proposition, context.tree
    governor = proposition.governor
    if proposition.link != "participle" or governor is None or head < proposition.head:
        return False
    return head != governor and governor in (tree.first_conjunct(head), tree[head].head)


def _is_wreck(suspect: Suspect) -> bool:
    """As in "a ferry sank, killing ten": what was wrecked is not what they were killed with."""
    role = next((r for r in suspect.found.roles if r.head == suspect.head), None)
    tree = suspect.context.tree
    subject = tree.first_conjunct(suspect.head)
    verb = tree[subject].head
    if role is None or role.name != "instrument" or tree[subject].deprel != "nsubj":
        return False
    told = suspect.context.lexicon.verbs.get(tree.lemma(verb), ())
    other = verb not in (suspect.found.proposition.head, suspect.found.proposition.light)
    return other and any(is_one_of(each.type, _WRECKING) for each in told)


def _is_within_name(suspect: Suspect) -> bool:
    """As in "Syrian Air Force strikes": the force acts, of whose name the state is a part."""
    context = suspect.context
    mention = context.mention(suspect.head)
    own = [role.name for role in suspect.found.roles if role.head == suspect.head]
    if mention is None:
        return False
    others = (
        context.mention(role.head)
        for role in suspect.found.roles
        if role.head != suspect.head and role.name in own
    )
    named = (each for each in others if each is not None and each.level == "NAM")
    return any(each.span.contains(mention.span) for each in named)


def _is_believed_doer(suspect: Suspect) -> bool:
    """As in "the gunman believed responsible for the killing": that he did it is a belief."""
    proposition, context = suspect.found.proposition, suspect.context
    above = {proposition.light, proposition.governor} - {None}
    raised = context.lexicon.reporting.raised
    if proposition.kind != "noun":
        return False
    told = [i for i in above if i is not None and context.tree.lemma(i) in raised]
    return any(context.tree.children(i, "acomp", "oprd") for i in told)


_DOER_CHECKS = (_is_within_name, _is_believed_doer, *DOER_CHECKS, *BORROWED_CHECKS, *PARTY_CHECKS)
_OTHER_CHECKS: tuple[Callable[[Suspect], bool], ...] = (
    _is_after_but,
    _is_shifted_object,
    _is_as_said,
    _is_land_around,
    _is_after_participle,
    _is_left_place,
    _is_wreck,
)
_OPEN_CHECKS: tuple[Callable[[Suspect], bool], ...] = (
    _is_garbled,
    _is_identity_guess,
    _is_likely_only,
    _is_half_name,
    _is_one_of_them,
    _is_unclear_pronoun,
    _is_speaker_unlike,
    is_each_for_itself,
    is_of_own_side,
)
