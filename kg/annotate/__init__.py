"""Document -> Annotation: tokens, sentences, mentions, quantities and times."""

from kg.annotate.engine import Annotator, Parse, complete, engine_name

__all__ = ["Annotator", "Parse", "complete", "engine_name"]
