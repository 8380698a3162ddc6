"""Repairs of lists: one person under several titles, one deed of several owners."""

from __future__ import annotations

from msgspec.structs import replace

from kg.annotate.reattach import Repair
from kg.annotate.view import View
from kg.lexicon import Lexicon
from kg.model import Token
from kg.vocab import is_a

_SINGLED = ("det", "poss", "nummod")
_LOOSE = (*_SINGLED, "prep", "relcl", "acl")
_TITLE = ("compound", "amod", "nmod")


def _one_with_titles(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "trafficker and fugitive X is held", "singer, writer and actor X": one person.

    Bare singular nouns for what somebody is, the last of them right before a name.
    """
    for name in view.related("conj"):
        token = view[name]
        if token.xpos != "NNP" or view.children(name, *_SINGLED):
            continue
        titles = [i for i in view.children(name, *_TITLE) if _is_role(view, i, lexicon)]
        start = min(view.children(name, *_TITLE), default=name)
        if not titles and view[start - 1].deprel == "conj" and _is_role(view, start - 1, lexicon):
            start -= 1
            titles = [start]
        if not titles or start - 1 <= view.first or view[start - 1].form.lower() != "and":
            continue
        roles = _roles_before(view, start - 1, lexicon)
        if not roles or view[roles[0]].deprel in ("conj", "appos", "ROOT"):
            continue
        first = view[roles[0]]
        changed = {i: replace(view[i], head=name, deprel="appos") for i in roles}
        changed |= {i: replace(view[i], head=name, deprel="compound") for i in titles}
        changed[start - 1] = replace(view[start - 1], head=name)
        after = (i for i in view.children(roles[0]) if i > roles[0] and i not in (*changed, name))
        changed |= {i: replace(view[i], head=name) for i in after}
        torn = view.children(name, "prep") if token.head == first.head else []
        changed |= {i: replace(view[i], head=first.head) for i in torn if first.head < i}
        return changed | {name: replace(token, head=first.head, deprel=first.deprel)}
    return {}


def _roles_before(view: View, joint: int, lexicon: Lexicon) -> list[int]:
    """The titles that end at "and", in text order; none where they may be said of somebody else."""
    roles: list[int] = []
    end = joint - 1 - (view[joint - 1].form == ",")
    while end >= view.first and _is_role(view, end, lexicon):
        if view.children(end, *_LOOSE):
            return []
        roles.insert(0, end)
        left = min([end, *view.children(end, *_TITLE)])
        if left - 1 < view.first or view[left - 1].form != ",":
            return roles
        end = left - 2
    return []  # "X, director and writer Y": the director is X


def _is_role(view: View, index: int, lexicon: Lexicon) -> bool:
    token = view[index]
    kind = lexicon.noun_classes.get(token.lemma.lower())
    return token.xpos in ("NN", "JJ") and kind is not None and is_a(kind, "Person")


def _joint_owners(view: View, lexicon: Lexicon) -> dict[int, Token]:
    """As in "X and Y's bombing of Z killed ten": X was taken for who kills, beside the bombing."""
    changed: dict[int, Token] = {}
    for owner in view.related("poss", "conj"):
        token = view[owner]
        joint = min([owner, *view.children(owner, "compound")]) - 1
        other = joint - 1
        if token.xpos != "NNP" or other < view.first or view[joint].deprel != "cc":
            continue
        if not view.children(owner, "case") or view[other].xpos != "NNP":
            continue
        if token.deprel == "conj":  # "Brown and Smith's resignations", already before the noun
            if token.head == other and view[other].deprel == "nmod":
                changed[other] = replace(view[other], deprel="poss")
            continue
        event = token.head
        if view[event].lemma not in lexicon.nouns or view[event].deprel != "conj":
            continue
        if view[event].head != other or view.children(other, "appos", "det"):
            continue
        changed[event] = replace(view[event], head=view[other].head, deprel=view[other].deprel)
        changed[other] = replace(view[other], head=event, deprel="poss")
        changed[owner] = replace(token, head=other, deprel="conj")
    return changed


LIST_REPAIRS: tuple[Repair, ...] = (_one_with_titles, _joint_owners)
"""In the order in which they are tried."""
