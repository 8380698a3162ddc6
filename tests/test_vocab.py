"""The closed tables of `kg.vocab`."""

from __future__ import annotations

import pytest

from kg import vocab


def test_a_class_is_itself_and_everything_above_it() -> None:
    assert vocab.is_a("Recapture", "Recapture")
    assert vocab.is_a("Recapture", "TerritorialEvent")
    assert not vocab.is_a("Capture", "Recapture")


def test_a_country_is_agent_and_place() -> None:
    assert vocab.is_a("Country", "Agent")
    assert vocab.is_a("Country", "Place")


def test_super_classes_come_nearest_first_and_once() -> None:
    assert vocab.superclasses("Country") == ("GeopoliticalEntity", "Agent", "Place", "Entity")
    assert vocab.superclasses("Event") == ()


@pytest.mark.parametrize(("name", "ancestor"), [("Advnace", "Event"), ("Advance", "Evnet")])
def test_a_misspelt_class_is_an_error_not_a_no(name: str, ancestor: str) -> None:
    with pytest.raises(KeyError):
        vocab.is_a(name, ancestor)
