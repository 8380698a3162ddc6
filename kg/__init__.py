"""Claimgraph: news reports in, a sourced and queryable knowledge graph out.

    import kg
    result = kg.build.build(["reports"], "output")

The public names are loaded when they are first used, so that `import kg` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg import audit, build, explain
    from kg.build import BuildResult
    from kg.errors import KgError
    from kg.model import Claim, Document, Entity, Reading, Statement

__version__ = "0.1.0"
__all__ = [
    "BuildResult",
    "Claim",
    "Document",
    "Entity",
    "KgError",
    "Reading",
    "Statement",
    "audit",
    "build",
    "explain",
]

_MODULES = frozenset({"audit", "build", "explain"})
_HOMES = {
    "BuildResult": "kg.build",
    "Claim": "kg.model",
    "Document": "kg.model",
    "Entity": "kg.model",
    "KgError": "kg.errors",
    "Reading": "kg.model",
    "Statement": "kg.model",
}


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"kg.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
