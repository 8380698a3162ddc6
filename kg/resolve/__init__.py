"""Mentions -> entities: linking, metonymy, coreference, sides."""

from kg.resolve.reading import resolve

__all__ = ["resolve"]
