"""Memory: how often Python looks for garbage that holds itself, and what is given back."""

from __future__ import annotations

import ctypes
import gc
import os

_NEW_OBJECTS = 200_000
"""Between two looks. Python's own 700 have a start of two seconds look for it 600 times."""


def look_seldom() -> None:
    """To be called before much is loaded; what has no other use goes at once all the same.

    Reading leaves next to no garbage that holds itself.
    """
    gc.set_threshold(_NEW_OBJECTS)


def give_back() -> None:
    """Gives to the system what nobody uses any more, kept models of the start included.

    Python and the C library of Linux keep freed memory for themselves, of no use to a library that
    asks the system for its own.
    """
    gc.unfreeze()
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if os.name == "posix" else None
    if trim:
        trim(0)
