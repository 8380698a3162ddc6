"""A second reading of who did it, by the order of the words, beside that of the parse.

A parser errs most where it has to choose what a late clause belongs to. Where the words leave that
choice open, whoever it took for the doer is kept as words and charged with nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from kg.extract.context import Context
from kg.extract.frames import Match, Role
from kg.extract.proposition import Proposition
from kg.vocab import is_a

_DOERS = ("agent", "coAgent")
_VIOLENT = ("CombatEvent", "HarmEvent")
_BLOWS = (*_VIOLENT, "Disaster", "Explosion", "Accident")
_SAYING = ("CommunicationEvent",)
_INSIDE = ("in", "at", "near", "inside")
_BEFORE_PLACES = ("in", "at", "near", "from", "outside", "inside", "of", "around")
_LEFT = ("compound", "amod", "nmod", "det", "poss", "nummod", "advmod")
_FINITE = ("VBD", "VBZ", "VBP")
_DIRECTIONS = ("north", "south", "east", "west")
_TIMES = ("after", "before", "as", "when", "since", "once", "until")


def is_misread(role: Role, found: Match, context: Context) -> bool:
    """Whether the words give the role to somebody else than the parse; then nobody is named."""
    checks = _DOER_CHECKS if role.name in _DOERS else _OTHER_CHECKS
    if role.name == "target" and _is_second_place(role.head, context):
        return True
    return any(check(role.head, found, context) for check in checks)


def is_doubtful(role: Role, found: Match, context: Context) -> bool:
    """Whether the words leave open who is meant by the filler; then only they are kept."""
    return any(check(role.head, found, context) for check in _OPEN_CHECKS)


def _is_violent(found: Match) -> bool:
    return any(is_a(found.trigger.type, kind) for kind in _VIOLENT)


def _is_blow(index: int, context: Context) -> bool:
    """Whether the word names an attack, an accident or a disaster, which may kill as well."""
    tree = context.tree
    tables = (context.lexicon.nouns, context.lexicon.verbs)
    if f"{_lemma(index - 1, context)} {tree.lemma(index)}" in context.lexicon.verbs:
        return False  # "open fire", wherever the parser hung it
    table = tables[0] if tree[index].upos in ("NOUN", "PROPN") else tables[1]
    triggers = table.get(tree.lemma(index), ())
    return any(is_a(trigger.type, kind) for trigger in triggers for kind in _BLOWS)


def _start(head: int, context: Context) -> int:
    """The first word of the noun phrase, without what the parser hung on it from afar."""
    tree, first = context.tree, head
    while first - 1 >= tree.sentence.first and tree[first - 1].deprel in _LEFT:
        if tree[first - 1].form == "," or tree[first - 1].upos in ("ADP", "VERB"):
            break
        first -= 1
    return first


def _word(index: int, context: Context) -> str:
    inside = context.tree.sentence.first <= index < context.tree.sentence.last
    return context.tree[index].form.lower() if inside else ""


def _lemma(index: int, context: Context) -> str:
    inside = context.tree.sentence.first <= index < context.tree.sentence.last
    return context.tree.lemma(index) if inside else ""


# ------------------------------------------------------------------ doers


def _is_rest_of_place(head: int, found: Match, context: Context) -> bool:
    """As in "a raid in Assam, northeast India kills ten": where it was, and no doer."""
    tree, mention = context.tree, context.mention(head)
    if mention is None or mention.level != "NAM" or not is_a(mention.type, "Place"):
        return False
    if tree[head].deprel not in ("nsubj", "nsubjpass"):
        return False
    before = _start(head, context) - 1
    if _word(before, context) in _BEFORE_PLACES:
        return tree[tree[head].head].deprel != "pcomp"  # "the idea of X leaving Y"
    place = before - 1
    if _word(before, context) != "," or tree[place].deprel != "pobj":
        return False
    if tree[tree[place].head].form.lower() not in _BEFORE_PLACES:
        return False
    kind = context.type_of(place) or context.lexicon.noun_classes.get(tree.lemma(place))
    return kind is not None and is_a(kind, "Place") and not _is_fronted(place, head, context)


def _is_fronted(noun: int, subject: int, context: Context) -> bool:
    """Whether a phrase before the subject is only the setting of its clause ("In Bonn, X said")."""
    tree = context.tree
    above = [each for each in tree.ancestors(noun) if each != tree[subject].head]
    inside = {noun, *above} & set(range(tree.sentence.first, subject))
    return tree.sentence.first in inside and not any(tree.is_verb(each) for each in inside)


def _is_beside_blow(head: int, found: Match, context: Context) -> bool:
    """As in "charged five men over attacks in X that killed ten": the attacks killed."""
    proposition = found.proposition
    if not _is_violent(found) or proposition.kind != "verb":
        return False
    if not head < proposition.head or proposition.link not in ("relative", "participle"):
        return False
    governor = proposition.governor if proposition.governor is not None else head
    if _is_below_blow(governor, proposition, context):
        return True
    return any(
        context.tree[i].upos == "NOUN" and _is_blow(i, context)
        for i in range(max(head, governor) + 1, proposition.head)
        if i not in (governor, head)
    )


def _is_below_blow(noun: int, proposition: Proposition, context: Context) -> bool:
    """As in "condemned attacks on X and Y, which killed ten": neither X nor Y did."""
    tree = context.tree
    which = [tree[i].form.lower() for i in tree.children(proposition.head, "nsubj")]
    if proposition.link != "relative" or not {"which", "that"} & set(which):
        return False
    prep = tree.head(tree.first_conjunct(noun))
    above = tree.head(prep) if prep is not None and tree[prep].deprel == "prep" else None
    return above is not None and tree[above].upos == "NOUN" and _is_blow(above, context)


def _is_loose_relative(head: int, found: Match, context: Context) -> bool:
    """As in "X declares an emergency as rioting goes on, which has killed four"."""
    tree, verb = context.tree, found.proposition.head
    relative = any(tree[i].xpos == "WDT" for i in tree.children(verb, "nsubj"))
    return relative and tree[verb].deprel == "advcl" and tree[head].head != verb


def _is_of_nearer_clause(head: int, found: Match, context: Context) -> bool:
    """As in "X ends the search for a jet which crashed, killing ten": the crash, and not X, did.

    The harm is the outcome of the finite clause right before it; who acts there is the doer.
    """
    tree, verb = context.tree, found.proposition.head
    loose = found.proposition.link == "adverbial" and not found.proposition.marker
    harm = loose and tree[verb].xpos == "VBG" and tree.lemma(verb) in context.lexicon.slots.harms
    if not harm or head > verb:
        return False
    before = [i for i in range(head + 1, verb) if tree[i].xpos in _FINITE and tree.is_verb(i)]
    clause = context.propositions.get(before[-1]) if before else None
    if clause is None or clause.passive:
        return False
    subjects = {slot.head for slot in clause.all("subject")}
    acts = head in subjects or bool(subjects & set(tree.conjuncts(tree.first_conjunct(head))))
    thrown = any(is_a(context.type_of(each) or "Entity", "Materiel") for each in subjects)
    return bool(subjects) and not acts and not (thrown and _is_blow(clause.head, context))


def _is_kind_of_place(head: int, found: Match, context: Context) -> bool:
    """As in "the region surrounding X": a common noun for a place attacks nobody."""
    mention = context.mention(head)
    if mention is None or mention.level != "NOM" or not _is_violent(found):
        return False
    placed = is_a(mention.type, "Place") and not is_a(mention.type, "Country")
    return placed and not is_a(mention.type, "Organization")


def _is_included_doer(head: int, found: Match, context: Context) -> bool:
    """As in "labelled by the government, including X and Y": of one doer there are no others."""
    tree = context.tree
    prep = tree.head(tree.first_conjunct(head))
    while prep is not None and tree[prep].deprel == "appos":
        prep = tree.head(prep)
    if prep is not None and tree[prep].deprel == "pobj":
        prep = tree.head(prep)
    if prep is None or tree[prep].form.lower() != "including":
        return False
    whole = tree.head(prep)
    return whole is not None and tree[whole].xpos in ("NN", "NNP")


def _is_first_with(head: int, found: Match, context: Context) -> bool:
    """As in "discusses the war with X with Y": they talk with Y, of a war with X."""
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].form.lower() != "with" or found.proposition.kind != "verb":
        return False
    topic, verb = prep - 1, found.proposition.head
    told = tree[topic].deprel == "dobj" and tree[topic].head == verb
    return told and any(
        tree[i].form.lower() == "with" and i > prep and tree[i - 1].form != ","
        for above in (verb, topic)
        for i in tree.children(above, "prep")
    )


def _is_sufferer(head: int, found: Match, context: Context) -> bool:
    """As in "ten are wounded as a bomb goes off, targeting a van": not targeted by the ten."""
    proposition, tree = found.proposition, context.tree
    if not _is_violent(found) or proposition.kind != "verb" or proposition.passive:
        return False
    above = tree[tree.first_conjunct(head)]
    prep = tree.head(proposition.head)
    if prep is not None and tree[prep].deprel == "agent":
        return True  # "executed by firing squad"
    suffers = above.deprel == "nsubjpass" and tree[head].head != proposition.head
    return suffers and proposition.link == "adverbial" and proposition.marker is None


def _is_victim_acting(head: int, found: Match, context: Context) -> bool:
    """As in "went to stab people attacking ten": who is hit, or who hits, attacks."""
    tree, verb = context.tree, found.proposition.head
    if not _is_violent(found) or tree[verb].deprel != "acl" or tree[verb].xpos != "VBG":
        return False
    above = tree.head(head)
    if tree[head].deprel != "dobj" or above in (None, verb):
        return False
    return above is not None and _is_blow(above, context)


def _is_of_subordinate(head: int, found: Match, context: Context) -> bool:
    """As in "X resigns after Y collapsed, accusing Z": X accuses, or Y."""
    proposition, tree = found.proposition, context.tree
    if proposition.kind != "verb" or proposition.link != "adverbial" or proposition.marker:
        return False
    verb, clause = proposition.head, context.propositions.get(proposition.governor or -1)
    if clause is None or tree[clause.head].deprel != "advcl" or clause.link != "adverbial":
        return False
    said = any(is_a(found.trigger.type, kind) for kind in _SAYING)
    if not said or clause.marker not in _TIMES:
        return False
    if _word(min(tree.subtree(verb)) - 1, context) != "," or clause.head > verb:
        return False
    main = context.propositions.get(clause.governor if clause.governor is not None else -1)
    if main is None or main.head > clause.head:
        return False
    rivals = [slot.head for slot in main.all("subject") if slot.head != head]
    return any(_can_act(each, context) for each in rivals)


def _can_act(head: int, context: Context) -> bool:
    mention = context.mention(head)
    return mention is not None and (mention.level == "PRO" or is_a(mention.type, "Agent"))


def _is_after_report_noun(head: int, found: Match, context: Context) -> bool:
    """As in "X and an official report that jets bombed, and have killed ten": a verb, no noun."""
    tree, lexicon = context.tree, context.lexicon
    for index in range(head + 1, found.proposition.head - 1):
        noun = tree[index].upos == "NOUN" and tree[index].xpos == "NN"
        if noun and tree.lemma(index) in lexicon.report_verbs and index not in context.by_head:
            if _word(index + 1, context) == "that" and tree[index + 1].deprel == "mark":
                return True
        said = noun and tree.lemma(index) in lexicon.report_verbs
        if said and _word(index + 1, context) == "that" and tree[index + 1].deprel == "mark":
            return True
    return False


def _is_as_noun(head: int, found: Match, context: Context) -> bool:
    """As in "refuses to see X as mayor and calls on Y": the mayor does not call."""
    tree = context.tree
    bare = tree[head].xpos == "NN" and _start(head, context) == head
    as_ = _word(head - 1, context) == "as"
    return bare and as_ and tree[head].deprel == "nsubj" and _is_joint(head + 1, context)


def _is_joint(index: int, context: Context) -> bool:
    return _word(index, context) in ("and", "or", "but", ",")


def is_peaceful_aim(found: Match, context: Context) -> bool:
    """As in "widens sanctions, targeting banks": nothing before tells of violence."""
    proposition, tree = found.proposition, context.tree
    if proposition.lemmas[-1] != "target" or proposition.link not in ("adverbial", "participle"):
        return False
    if tree[proposition.head].xpos != "VBG":
        return False
    kinds = context.lexicon.noun_classes
    before = range(tree.sentence.first, proposition.head)
    armed = (kinds.get(tree.lemma(i)) for i in before)
    return not any(_is_blow(i, context) for i in before) and not any(
        kind is not None and (is_a(kind, "Materiel") or is_a(kind, "ArmedGroup")) for kind in armed
    )


def _is_counted_outcome(head: int, found: Match, context: Context) -> bool:
    """As in "X and Y clash with ten people injured": the outcome, and no party."""
    tree, prep = context.tree, context.tree.head(head)
    if prep is None or tree[prep].form.lower() != "with" or head + 1 >= tree.sentence.last:
        return False
    harmed = tree[head + 1].xpos == "VBN" or tree.lemma(head + 1) in ("dead", "missing")
    if head + 2 < tree.sentence.last and tree[head + 2].form.lower() == "by":
        return False
    return harmed and bool(tree.children(head, "nummod") or tree[head].xpos == "CD")


def _is_identity_guess(head: int, found: Match, context: Context) -> bool:
    """As in "militants believed to be X fighters detonate": whether they were X is a belief."""
    before = _start(head, context) - 1
    said = context.lexicon.report_verbs
    told = before - 2 >= context.tree.sentence.first and _lemma(before - 2, context) in said
    return told and _word(before - 1, context) == "to" and _word(before, context) == "be"


def _is_likely_only(head: int, found: Match, context: Context) -> bool:
    """As in "most likely killed by X": that they were killed is sure, by whom is a guess."""
    tree, verb = context.tree, found.proposition.head
    adverbs = [context.lexicon.report_adverbs.get(tree.lemma(i)) for i in tree.children(verb)]
    guessed = any(
        cue is not None and cue.certainty == "probable" and cue.modality is None for cue in adverbs
    )
    return guessed and found.proposition.passive


def _is_common_compound(head: int, found: Match, context: Context) -> bool:
    """As in "a government agreement": of what kind it is, not who made it with whom."""
    kind = context.tree[head].deprel == "compound" and context.tree[head].upos == "NOUN"
    return kind and found.proposition.kind == "noun" and context.is_mutual(found.trigger.type)


def _is_ill_joined(head: int, found: Match, context: Context) -> bool:
    """As in "is accused of crimes, and killing ten": a gerund goes on with no finite verb."""
    tree, verb = context.tree, found.proposition.head
    if tree[verb].deprel != "conj" or tree[head].head == verb or tree.children(verb, "aux"):
        return False
    return tree[verb].xpos == "VBG" and tree[tree[verb].head].xpos in (*_FINITE, "VBN")


def _is_unclear_pronoun(head: int, found: Match, context: Context) -> bool:
    """As in "a man was hurt and another shot when they were attacked": who, is a guess.

    Not exactly one in the governing clause may be meant by "it" or "they".
    """
    tree, verb = context.tree, found.proposition.head
    form = tree[head].form.lower()
    proposition = found.proposition
    if form not in ("it", "they") or not _is_violent(found) or tree[verb].deprel != "advcl":
        return False
    if tree[head].head != verb:
        return False
    above = context.propositions.get(proposition.governor if proposition.governor else -1)
    if above is None or proposition.link != "adverbial":
        return False
    fitting = {
        slot.head
        for slot in above.slots
        if _may_mean(form, slot.head, context) and slot.head < head
    }
    return len(fitting) != 1


def _may_mean(pronoun: str, head: int, context: Context) -> bool:
    tree, mention = context.tree, context.mention(head)
    if mention is None or tree[head].xpos == "PRP":
        return tree[head].form.lower() == pronoun
    plural = tree[head].xpos in ("NNS", "NNPS", "CD")
    collective = is_a(mention.type, "Organization") and pronoun == "they"
    return plural == (pronoun == "they") or collective


def _is_only_involved(head: int, found: Match, context: Context) -> bool:
    """As in "four people involved in the murder were held": not each of them has killed."""
    light = found.proposition.light
    return light is not None and _is_violent(found) and context.tree.lemma(light) == "involve"


def _is_left_behind(head: int, found: Match, context: Context) -> bool:
    """As in "blew up a pylon, leaving the town in the dark": nobody has left it."""
    tree, verb = context.tree, found.proposition.head
    leaving = tree.lemma(verb) == "leave" and tree[verb].xpos == "VBG"
    return leaving and found.proposition.link == "adverbial" and not found.proposition.marker


def _is_of_name_after(head: int, found: Match, context: Context) -> bool:
    """As in "the Mother's Day shooting": the owner belongs to the name before the event."""
    tree, mark = context.tree, head + 1
    owner = tree[head].deprel == "poss" and mark + 1 < found.proposition.head
    if not owner or tree[mark].deprel != "case" or found.proposition.kind != "noun":
        return False
    return (
        tree[mark + 1].xpos == "NNP"
        and context.mention(head) is not None
        and (context.mentions[context.by_head[head]].level != "NAM")
    )


def _is_half_name(head: int, found: Match, context: Context) -> bool:
    """As in "North and South Korea agree": "North" alone names nobody."""
    mention, token = context.mention(head), context.tree[head]
    alone = mention is not None and mention.span == context.tree.token_span(head)
    return alone and token.form.lower() in _DIRECTIONS


# ------------------------------------------------------------------ others


def _is_garbled(head: int, found: Match, context: Context) -> bool:
    """As in "supported by planes attack insurgents": a clause was taken for a noun phrase."""
    tree, lexicon = context.tree, context.lexicon
    mention = context.mention(head)
    if mention is None or mention.level != "NOM":
        return False
    inside = [i for i in range(_start(head, context), head) if tree[i].deprel in _LEFT]
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


def _is_next_clause(head: int, found: Match, context: Context) -> bool:
    """As in "with X shelling Y and rebels killing ten": the rebels kill, and are not shelled."""
    tree, verb = context.tree, head + 1
    if tree[head].deprel != "conj" or verb >= tree.sentence.last:
        return False
    mention = context.mention(head)
    acts = mention is not None and is_a(mention.type, "Agent")
    if tree[verb].xpos in _FINITE and tree[verb].deprel in ("ccomp", "conj", "advcl", "parataxis"):
        return acts and not tree.children(verb, "nsubj", "nsubjpass", "mark")
    if tree[verb].xpos != "VBG":
        return False
    clause = tree[verb].deprel in ("acl", "advcl") and bool(tree.children(verb, "dobj"))
    return acts and clause and found.proposition.head < head


def _is_shifted_object(head: int, found: Match, context: Context) -> bool:
    """As in "calls for talks with X, unions and others": what is joined to X is no object."""
    tree, verb = context.tree, found.proposition.head
    if tree[head].deprel != "dobj" or tree[head].head != verb:
        return False
    start = _start(head, context)
    before = [
        i for i in tree.children(verb, "prep") if verb < i < start and tree.children(i, "pobj")
    ]
    return bool(before) and _word(start - 1, context) in (",", "and", "or")


def _is_of_either_place(head: int, found: Match, context: Context) -> bool:
    """As in "Kherson in Kherson Oblast, which X had lost": the city or all the region."""
    tree, proposition = context.tree, found.proposition
    prep = tree.head(head)
    if proposition.link != "relative" or proposition.governor != head or prep is None:
        return False
    name = context.mention(head)
    placed = name is not None and name.level == "NAM" and is_a(name.type, "Place")
    inside = tree[prep].form.lower() in _INSIDE and tree[head].deprel == "pobj"
    before = context.mention(prep - 1) if inside else None
    return placed and before is not None and is_a(before.type, "Place")


def _is_after_but(head: int, found: Match, context: Context) -> bool:
    """As in "arrested ten men but the leader is at large": the leader begins a clause."""
    tree, token = context.tree, context.tree[head]
    if token.deprel != "conj":
        return False
    joints = tree.children(token.head, "cc")
    return any(tree[i].form.lower() in ("but", "yet") for i in joints if i < head)


def _is_one_of_them(head: int, found: Match, context: Context) -> bool:
    """As in "shot two attackers, killing one of them": not both."""
    tree, prep = context.tree, context.tree.head(head)
    if tree[head].upos != "PRON" or prep is None or tree[prep].form.lower() != "of":
        return False
    part = tree.head(prep)
    return part is not None and (tree[part].upos == "NUM" or tree.lemma(part) in _SOME)


_SOME = ("some", "many", "most", "several", "one", "half", "none", "few")


def _is_second_place(head: int, context: Context) -> bool:
    """As in "throws a grenade at them at a market": the market is where, not at whom."""
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


_DOER_CHECKS = (
    _is_rest_of_place, _is_beside_blow, _is_loose_relative, _is_sufferer, _is_victim_acting,
    _is_of_subordinate, _is_after_report_noun, _is_as_noun,
    _is_counted_outcome, _is_only_involved, _is_left_behind, _is_of_name_after,
    _is_of_nearer_clause, _is_kind_of_place, _is_included_doer, _is_first_with,
    _is_common_compound, _is_ill_joined,
)  # fmt: skip
_OTHER_CHECKS = (
    _is_after_but, _is_shifted_object, _is_of_either_place, _is_next_clause,
)  # fmt: skip
_OPEN_CHECKS = (
    _is_garbled, _is_identity_guess, _is_likely_only, _is_half_name, _is_one_of_them,
    _is_unclear_pronoun,
)  # fmt: skip
