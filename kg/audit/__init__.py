"""What became of every sentence: as records out of a graph, and as a page of its own."""

from kg.audit.page import render
from kg.audit.sentences import Audited, Counts, Told, audit, counts, summary

__all__ = ["Audited", "Counts", "Told", "audit", "counts", "render", "summary"]
