"""Annotation -> claims: propositions first, then frames, sources and factuality."""

from kg.extract.claims import Extraction, extract

__all__ = ["Extraction", "extract"]
