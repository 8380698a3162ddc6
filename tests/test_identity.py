"""Which names merge over reports."""

from __future__ import annotations

import pytest

from kg.resolve.identity import identifies


@pytest.mark.parametrize(
    ("name", "type_", "sided"),
    [
        ("Orsa Velnik", "Person", False),
        ("President Orsa Velnik", "Person", False),
        ("Maria Smith Velnik", "Person", False),
        ("Vale Liberation Front", "ArmedGroup", False),
        ("Aurora Works", "Company", False),
        ("Supreme Court", "GovernmentBody", True),
        ("Hellenic Parliament", "GovernmentBody", False),
    ],
)
def test_a_name_that_says_which_identifies(name: str, type_: str, sided: bool) -> None:
    assert identifies(name, type_, sided=sided)


@pytest.mark.parametrize(
    ("name", "type_", "sided"),
    [
        ("Velnik", "Person", False),
        ("President Velnik", "Person", True),
        ("John Smith", "Person", False),
        ("Mohammed Ali", "Person", True),
        ("Supreme Court", "GovernmentBody", False),
        ("Ministry of Health", "GovernmentBody", False),
        ("People's Party", "Organization", False),
        ("72nd Brigade", "MilitaryUnit", False),
        ("University of", "Organization", True),
        ("Freedonian Embassy", "GovernmentBody", True),
        ("Velnik-Aurora", "Company", False),
        ("Mount Aurora", "Place", False),
    ],
)
def test_a_name_that_many_bear_does_not(name: str, type_: str, sided: bool) -> None:
    assert not identifies(name, type_, sided=sided)
