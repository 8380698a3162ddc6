"""Repairs of a parse before anything else reads it: by what went wrong, one module each."""

from kg.annotate.repair.sentence import repair
from kg.annotate.repair.view import View

__all__ = ["View", "repair"]
