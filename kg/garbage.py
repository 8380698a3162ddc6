"""Memory: how often Python looks for garbage that holds itself."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 200_000
"""Between two looks. Python's own 700 have a start of two seconds look for it 600 times."""


def look_seldom() -> None:
    """To be called before much is loaded; what has no other use goes at once all the same.

    Reading leaves next to no garbage that holds itself.
    """
    gc.set_threshold(_NEW_OBJECTS)
