"""Puts spans back into the text as it was given, where reading it in moved the offsets."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kg.model import Span


def moved[T: Struct](record: T, stored: str, given: str) -> T:
    """The record with every `Span` in `stored` moved to the same words in `given`.

    Texts of one length (white space at the end aside) differ in single characters only, so nothing
    moves. The document inside the record, if any, is left as it is.
    """
    if len(stored) == len(given.rstrip()) or stored == given:
        return record
    table = _table(stored, given)
    moved_record: T = _move(record, table)
    return moved_record


def _table(stored: str, given: str) -> list[int]:
    """For each offset into `stored`, the offset into `given`."""
    table = [0] * (len(stored) + 1)
    blocks = SequenceMatcher(None, stored, given, autojunk=False).get_matching_blocks()
    at = 0
    for block in blocks:
        for offset in range(at, block.a):
            table[offset] = min(table[at - 1] + 1 if at else 0, block.b)
        for step in range(block.size):
            table[block.a + step] = block.b + step
        at = block.a + block.size
    table[len(stored)] = len(given)
    return table


def _move(value: Any, table: list[int]) -> Any:
    if isinstance(value, Span):
        return Span(table[value.start], table[value.end - 1] + 1)
    if isinstance(value, tuple):
        return tuple(_move(each, table) for each in value)
    if isinstance(value, Struct):
        changed = {
            name: _move(getattr(value, name), table)
            for name in value.__struct_fields__
            if name != "document"
        }
        return replace(value, **changed)
    return value
