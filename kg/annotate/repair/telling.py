"""Repairs of what is told in the words of somebody, or beside them."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.repair.step import Changes, Repair, formed
from kg.annotate.repair.view import View
from kg.lexicon import Lexicon

_DOERS = ("nsubj", "nsubjpass")


@formed(";")
def _behind_semicolon(view: View, mark: int, lexicon: Lexicon) -> Changes:
    """As in "X says Y fled; Z denies it": X says nothing of Z."""
    for second in view.at(("ccomp",)):
        cue = view[second].head
        firsts = [i for i in view.children(second, "ccomp") if cue < i < mark]
        apart = cue < mark < second and mark < min(view.children(second, *_DOERS), default=0)
        if not apart or not firsts or view[cue].lemma not in lexicon.report_verbs:
            continue
        yield firsts[0], replace(view[firsts[0]], head=cue)
        yield second, replace(view[second], deprel="conj")
        return


@formed("what")
def _so_called(view: View, what: int, lexicon: Lexicon) -> Changes:
    """As in "raided what it called a base", "fired at what it described as a boat": at the boat."""
    verb = view[what].head
    if view[verb].lemma not in lexicon.reporting.describing or view[verb].head == verb:
        return
    behind = [p for a in view.children(verb, "prep") for p in view.children(a, "pobj")]
    things = [i for i in (*view.children(verb, "oprd"), *behind) if i > verb]
    relation = {"pcomp": "pobj", "ccomp": "dobj"}.get(view[verb].deprel)
    if not things or relation is None or not view.children(verb, "nsubj"):
        return
    yield things[0], replace(view[things[0]], head=view[verb].head, deprel=relation)
    yield verb, replace(view[verb], head=things[0], deprel="relcl")
    yield from view.hung(_after(view, verb, things[0]), things[0])


def _after(view: View, verb: int, thing: int) -> list[int]:
    """What tells more of the thing: "what it called bases in X"."""
    return [i for i in view.children(verb, "prep") if i > thing]


@formed("that")
def _that_as_object(view: View, index: int, _: Lexicon) -> Changes:
    """As in "rejected that as a lie", "called that a lie": a pronoun, and no conjunction."""
    token, noun = view[index], view[index].head
    if token.deprel == "dobj" and token.xpos == "IN" and noun < index:
        yield index, replace(token, upos="PRON", xpos="DT")
    verb, label = view[noun].head, view[noun].deprel == "dobj" and view.children(noun, "det")
    if token.deprel == "mark" and view[noun].upos == "NOUN" and label and verb == index - 1:
        yield index, replace(token, upos="PRON", xpos="DT", head=verb, deprel="dobj")
        yield noun, replace(view[noun], deprel="oprd")


TELLING_REPAIRS: tuple[Repair, ...] = (_that_as_object, _behind_semicolon, _so_called)
"""In the order in which they are tried."""
