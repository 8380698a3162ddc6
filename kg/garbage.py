"""How often Python looks for garbage that holds itself, of which reading leaves next to none."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 200_000
"""Between two looks. Python's own 700 have a start of two seconds look for it 600 times."""


def look_seldom() -> None:
    """To be called before much is loaded; what has no other use goes at once all the same."""
    gc.set_threshold(_NEW_OBJECTS)
