"""What the word of a source makes of its content: firm, alleged, denied, or nobody's.

The cues are data (`lexicon/reporting.yml`); a speech act that is itself not real commits nobody.
"""

from __future__ import annotations

from msgspec.structs import replace

from kg.extract.context import Context
from kg.extract.event_nouns import is_labelled, is_new
from kg.extract.predicate import is_nor, operator_of, own_value, verb_above
from kg.extract.proposition import Proposition
from kg.extract.sources import SourceFinder
from kg.extract.values import apply, by_cue, replaced, uncommitted, weaker
from kg.extract.wanted import is_no_fact
from kg.lexicon import Cue
from kg.model import Factuality
from kg.vocab import is_a, is_one_of

_PEOPLE = ("Person", "PersonGroup", "ArmedForce", "ArmedGroup")
_INDEFINITE = frozenset(("a", "an", "some", "several", "another", "no", "any", "many"))


def source_cue(current: Proposition, above: Proposition | None, context: Context) -> Cue | None:
    """The cue of a reporting verb whose content the clause is; there the climb ends."""
    if above is None or above.kind != "verb":
        return None
    lexicon = context.lexicon
    gerund = current.link == "gerund"
    cue = SourceFinder(context).cue(above, current.marker if gerund else None)
    if cue is not None and cue.modality == "expected" and _is_perfect(current, context):
        cue = replace(cue, certainty=None, modality=None)  # "warns that X has fled"
    if cue is None or current.link in ("complement", "subject"):
        return cue
    if gerund and current.marker is not None:
        return cue if current.marker in cue.preps else None
    operator = operator_of(above, lexicon.complements)
    told = above.passive or is_raised(current, above, context)
    own = told and operator is not None and operator.modality is None
    if operator is not None and not own:
        return None  # "is said to have left" is told by somebody, "claims to have left" by its own
    return None if _is_for(current, above, context) else cue


def _is_perfect(clause: Proposition, context: Context) -> bool:
    tree = context.tree
    auxiliaries = tree.children(clause.head, "aux")
    finite = clause.link == "complement" and not any(tree[i].xpos == "MD" for i in auxiliaries)
    return finite and any(tree.lemma(i) == "have" for i in auxiliaries)


def is_raised(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "a man thought to have fled": others think so, though the parser made it his thought.

    What these verbs are told of with an infinitive is never their own subject's word.
    """
    bare = not above.passive and not above.all("object")
    raised = context.lexicon.reporting.raised
    return bare and current.link == "infinitive" and any(w in raised for w in above.lemmas)


def _is_for(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "announced a mission to land on X": what a noun is for, not what is reported.

    Also "commented on the mission to land on X".
    """
    tree, verb = context.tree, current.head
    perfect = any(tree.lemma(i) == "have" for i in tree.children(verb, "aux"))
    perfect = perfect or tree[verb].xpos == "VBG"  # "is thought to be attacking"
    plain = current.link == "infinitive" and tree.lemma(verb) != "be" and not perfect
    nouns = [i for i in tree.children(above.head, "dobj", "prep") if above.head < i < verb]
    return plain and bool(nouns or above.all("object"))


def reported(
    value: Factuality, cue: Cue, above: Proposition, context: Context, *, raised: bool = False
) -> Factuality:
    """What a reporting verb does; a speech act that is itself not real commits nobody.

    `raised`: the subject of the verb is who it is told of.
    """
    if cue.certainty == "probable" and _is_motive(above, context):
        return uncommitted(value, above.lemmas[-1])
    finite = above.passive or context.tree[above.head].xpos == "VBZ"
    named = not finite or above.slot("subject") is not None  # "Claims that X fled" may be a noun
    named = named and not raised and not _was_private(above, context)
    value = told_by(value, cue, above.lemmas[-1], context, named=named)
    act = own_value(above, Factuality(), context)
    first = context.propositions.get(above.governor) if above.governor is not None else None
    if above.link == "conjunct" and first is not None and is_nor(first, context):
        return uncommitted(value, "neither")
    if act.polarity == "negative" or act.certainty == "underspecified":
        return uncommitted(value, "not " + above.lemmas[-1])
    if act.certainty == "possible":
        return replace(value, certainty="possible")
    if _seems(above, context):
        return replace(value, certainty=weaker(value.certainty, "probable"))
    return value


def _seems(telling: Proposition, context: Context) -> bool:
    """As in "the video appears to show X": what it seems to show seems to be so."""
    if telling.link != "infinitive" or telling.governor is None:
        return False
    above = context.propositions.get(telling.governor)
    operator = operator_of(above, context.lexicon.complements) if above is not None else None
    return operator is not None and (operator.certainty, operator.modality) == ("probable", None)


def told_by(
    value: Factuality, cue: Cue, lemma: str, context: Context, *, named: bool
) -> Factuality:
    """What a cue makes of its content; where nobody is named it is an allegation or a guess."""
    value = by_cue(value, cue, lemma)
    if named or cue.modality is not None:
        return value
    if lemma in context.lexicon.reporting.claiming:
        return replaced(value, "possible", "alleged", None, lemma)
    if lemma in context.lexicon.reporting.hearsay:
        return replaced(value, "probable", "reported", None, lemma)
    return replaced(value, None, "considered", None, lemma) if cue.certainty else value


def is_aired(current: Proposition, above: Proposition, context: Context) -> bool:
    """As in "went on television to announce that": who did so for that has announced it."""
    tree, aired = context.tree, context.lexicon.reporting.aired
    told = any(word in context.lexicon.report_verbs for word in current.lemmas)
    return told and any(
        tree.lemma(noun) in aired
        for prep in tree.children(above.head, "prep")
        for noun in tree.children(prep, "pobj")
    )


def is_owned(noun: int, context: Context) -> bool:
    """Whether the text says whose report or claim it is."""
    sources = SourceFinder(context)
    return bool(sources.owners(noun) or sources.subject_of_light(noun))


def _was_private(above: Proposition, context: Context) -> bool:
    """As in "she thought that X had fled": a belief that somebody had, and may have lost."""
    private = any(lemma in context.lexicon.reporting.private for lemma in above.lemmas)
    return private and own_value(above, Factuality(), context).tense == "past"


def _is_motive(belief: Proposition, context: Context) -> bool:
    """As in "shot him, thinking that he had fired": why it was done, as often an error."""
    loose = belief.link == "adverbial" and belief.marker is None
    return loose and context.tree[belief.head].xpos == "VBG"


def by_report(value: Factuality, noun: int, cue: Cue, context: Context) -> Factuality:
    """As in "reports of an attack", and what is done to them: "could not confirm claims that".

    Who rejects a claim of somebody else leaves it his; the denial is told apart (`denials`).
    """
    above, lemma = verb_above(noun, context), context.tree.lemma(noun)
    if _is_wanting(noun, above, context):
        return uncommitted(value, f"no {lemma}")
    verdict: Cue | None = None
    if above is not None and context.tree[noun].deprel in ("dobj", "nsubjpass", "pobj"):
        cues = (context.lexicon.report_verbs.get(word) for word in above.lemmas)
        verdict = next((each for each in cues if each is not None), None)
    judged = verdict is not None and verdict.polarity == "negative"  # who denies it is sure
    owned = is_owned(noun, context)
    value = told_by(value, cue, lemma, context, named=judged or owned)
    if verdict is None or above is None or (judged and owned and above.slot("subject")):
        return value
    return reported(value, verdict, above, context)


def left_open(event: Proposition, context: Context) -> str | None:
    """Why an event noun tells of nothing: it is only called so, or nobody confirms it."""
    if is_labelled(event.head, context):
        return "quoted"
    if _is_inquired_into(event, context):
        return "investigated"
    if is_no_fact(event, context):
        return "no fact"
    if _is_mere_possibility(event, context):
        return "possible"
    if "if" in context.tree.forms and _is_if_true(event, context):
        return "if"
    return "not confirmed" if _is_unconfirmed(event, context) else None


def _is_if_true(event: Proposition, context: Context) -> bool:
    """As in "the fall of the town, if confirmed, would open the road"."""
    tree = context.tree
    after = max(tree.subtree(event.head)) + 1
    words = [tree[i].form.lower() for i in range(after, min(after + 3, tree.sentence.last))]
    return words[:2] == [",", "if"] and words[-1] in context.lexicon.slots.confirming


def _is_inquired_into(event: Proposition, context: Context) -> bool:
    """As in "an investigation into fraud": whether there was any is what it is to find out.

    What is alleged stays so: "investigated for alleged fraud".
    """
    lexicon, governor = context.lexicon, event.governor
    if context.tree.children(context.tree.first_conjunct(event.head), "amod"):
        return False
    crimes = lexicon.nouns.get(event.lemmas[-1], ())
    crime = context.tree.lemma(event.head) in lexicon.slots.findings
    crime = crime or any(is_a(each.type, "FinancialCrime") for each in crimes)
    if governor is None or not crime:
        return False
    table = lexicon.nouns if context.tree.is_noun(governor) else lexicon.verbs
    above = table.get(context.tree.lemma(governor), ())
    return is_new(event.head, context) and any(each.type == "Investigation" for each in above)


def _is_mere_possibility(event: Proposition, context: Context) -> bool:
    """As in "prone to flooding", "tips leading to the arrest of X", "shield it against attacks"."""
    tree, words = context.tree, context.lexicon.operators.possible
    if event.governor is None or event.marker not in ("to", "against", "from"):
        return False
    lemma, above = tree.lemma(event.governor), context.propositions.get(event.governor)
    if event.marker == "to" and lemma == "lead" and above is not None:
        sought = any(tree.lemma(slot.head) in words["informing"] for slot in above.all("subject"))
        return sought and tree[above.head].xpos != "VBD"
    held = tree[event.governor].deprel == "dobj" and tree.lemma(tree[event.governor].head)
    guards = {lemma, held} & set(words["protecting"])
    return (event.marker == "against" and bool(guards)) or lemma in words["prone"]


def _is_unconfirmed(event: Proposition, context: Context) -> bool:
    """As in "did not confirm the capture of X", "neither confirmed nor denied it"."""
    above = context.propositions.get(-1 if event.governor is None else event.governor)
    if above is None or not (event.link == "object" or (event.link == "subject" and above.passive)):
        return False
    first = context.propositions.get(-1 if above.governor is None else above.governor)
    verbs = [above, *([first] if above.link in ("conjunct", "infinitive") and first else [])]
    vouching = context.lexicon.reporting.unvouched["vouching"]
    if not any(lemma in vouching for verb in verbs for lemma in verb.lemmas):
        return False
    return any(_is_withheld(verb, context) for verb in verbs)


def _is_withheld(verb: Proposition, context: Context) -> bool:
    """As in "did not confirm", "could not confirm", "refused to confirm"."""
    act = own_value(verb, Factuality(), context)
    operator = operator_of(verb, context.lexicon.complements)
    refused = operator is not None and operator.effect == "negate"
    return refused or act.polarity == "negative" or act.certainty != "certain"


def _is_wanting(noun: int, above: Proposition | None, context: Context) -> bool:
    """As in "no reports of deaths", "searches for evidence of fraud": there is none, or not yet.

    So too "has not received any reports of people dying".
    """
    tree = context.tree
    if any(tree[c].form.lower() == "no" for c in tree.children(noun, "det")):
        return True
    if above is None:
        return False
    unheard = tree[noun].deprel == "dobj" and not tree.children(noun, "poss")
    if unheard and own_value(above, Factuality(), context).polarity == "negative":
        return True
    operator = operator_of(above, context.lexicon.nominal_verbs)
    prep = tree[tree[noun].head].form.lower()
    aimed = tree[noun].deprel == "dobj" or prep in context.lexicon.operators.junctions["aimed"]
    return aimed and operator is not None and operator.modality is not None


def as_thought(verb: Proposition, value: Factuality, context: Context) -> Factuality:
    """As in "are feared dead", "is presumed dead": what the verb makes of a state."""
    lexicon = context.lexicon
    cue = next((lexicon.report_verbs[w] for w in verb.lemmas if w in lexicon.report_verbs), None)
    if cue is not None:
        named = not verb.passive or verb.slot("subject") is not None
        return told_by(value, cue, verb.lemmas[-1], context, named=named)
    operator = operator_of(verb, lexicon.complements)
    return value if operator is None else apply(value, operator, verb.lemmas[-1])


def is_timed(link: int, context: Context) -> bool:
    """As in "said X had left, hours after Y fled": behind a comma the report says since when.

    `link` is the word that joins such a clause or phrase to the one above.
    """
    tree, measure = context.tree, link - 1
    timed = tree[link].form.lower() in context.lexicon.operators.junctions["temporal"]
    if not timed or measure < tree.sentence.first or tree[measure].deprel != "npadvmod":
        return False
    first = tree.subtree(measure)[0]
    return first > tree.sentence.first and tree[first - 1].form == ","


def is_said_of(current: Proposition, event: Proposition, context: Context) -> bool:
    """As in "accused of fraud, which he denies": he does deny it, whether there was any or not."""
    told = any(lemma in context.lexicon.report_verbs for lemma in current.lemmas)
    whats = [slot.head for slot in current.all("object")]
    return told and current.link == "relative" and not current.passive and event.head in whats


def is_either_threat(verb: int, context: Context) -> bool:
    """As in "X said that Y had seized a ship and threatened to sink it": Y threatens, or X.

    A threat has the form both of what has been done and of one more thing that is said.
    """
    tree, above = context.tree, context.tree[verb].head
    threats = (each.type for each in context.lexicon.verbs.get(tree.lemma(verb), ()))
    if tree[verb].deprel != "conj" or "Threat" not in threats or tree[verb].xpos != "VBD":
        return False
    own = tree.children(verb, "aux", "auxpass", "nsubj")
    return tree.lemma(above) in context.lexicon.report_verbs and any(
        tree.lemma(i) == "have"
        for told in (() if own else tree.children(above, "ccomp"))
        if told < verb
        for i in tree.children(told, "aux")
    )


def tells_anew(clause: int, context: Context) -> bool:
    """As in "said ten men hired by X fled": who tells of them first tells what they are, too.

    Who accuses also tells of things: "blamed the blast on a bomb planted by X".
    """
    tree, noun = context.tree, context.tree[clause].head
    if tree[clause].deprel not in ("relcl", "acl") or tree[noun].deprel == "appos":
        return False
    lexicon = context.lexicon
    if tree.lemma(clause) in lexicon.report_verbs or tree.lemma(clause) not in lexicon.verbs:
        return False  # "said it had shelled a ship, which X denied"
    kind = lexicon.noun_classes.get(tree.lemma(noun), "Entity")
    above = verb_above(noun, context)
    cue = None if above is None else lexicon.report_verbs.get(above.lemmas[-1])
    accusing = cue is not None and cue.kind == "accusation"
    told = tree[noun].upos == "NOUN" and not tree.children(noun, "poss")
    if not told or not (accusing or is_one_of(kind, _PEOPLE)):
        return False
    return {tree[i].form.lower() for i in tree.children(noun, "det")} <= _INDEFINITE
