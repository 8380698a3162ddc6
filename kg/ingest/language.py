"""The language guard: reports that are not in English are told apart before they are read."""

from __future__ import annotations

SHORTEST, LONGEST = 60, 4000  # characters judged


def foreign(text: str) -> str | None:
    """The ISO 639-1 code of a text that is surely not English; texts too short give `None`."""
    if len(text) < SHORTEST:
        return None
    import py3langid

    code, _ = py3langid.classify(text[:LONGEST])
    return None if code == "en" else str(code)
