"""Small measures of names and numbers that several steps share."""

from __future__ import annotations


def shared_bigrams(left: str, right: str) -> float:
    """Dice coefficient of letter pairs, so that transliterations outrank foreign exonyms."""
    a, b = ({s[i : i + 2] for i in range(len(s) - 1)} for s in (left.lower(), right.lower()))
    return 2 * len(a & b) / (len(a) + len(b) or 1)


def degrees(value: float) -> str:
    """Four decimals (about ten metres), canonical: no trailing zeros, no "-0"."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def positive(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) and value > 0 else None
