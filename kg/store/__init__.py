"""The embedded SPARQL store: load a graph, ask it, and never reach for the network unasked.

`Store` answers in memory or on disk; `write_store` and `update_store` keep one on disk. Beside them
`sources` opens whatever the user names, `search` finds sentences by their words.
"""

from kg.store.answers import Answer, Value
from kg.store.disk import (
    changed_store,
    load_store,
    replace_document,
    update_store,
    write_store,
)
from kg.store.questions import named_query, questions
from kg.store.store import MEDIA_TYPES, Found, Store

__all__ = [
    "MEDIA_TYPES",
    "Answer",
    "Found",
    "Store",
    "Value",
    "changed_store",
    "load_store",
    "named_query",
    "questions",
    "replace_document",
    "update_store",
    "write_store",
]
