"""The embedded SPARQL store: load a graph, ask it, and never reach for the network unasked.

`Store` answers in memory or on disk; `write_store`, `load_store` and `changed_store` make one on
disk. Beside them `sources` opens whatever the user names, `search` finds sentences by their words,
`push` sends a graph elsewhere.
"""

from kg.store.answers import Answer, Value
from kg.store.disk import (
    changed_store,
    load_store,
    loading_order,
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
    "loading_order",
    "named_query",
    "questions",
    "write_store",
]
