"""`graph.html`: the page an analyst works in, one file that needs nothing else."""

from kg.export.html.page import render

__all__ = ["render"]
