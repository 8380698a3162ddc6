"""Document -> Annotation: tokens, sentences, mentions, quantities and times."""

from kg.annotate.engine import Annotator

__all__ = ["Annotator"]
