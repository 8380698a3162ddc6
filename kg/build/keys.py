"""What a stored result depends on, as hashes: the same key, the same result.

A parse depends on the text, the engine, its words and the names of the gazetteer; what a report
adds to the graph depends on its parse, on what is known about the report, on all language data and
on the code of the stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

import kg
from kg import codec
from kg.build.lock import fingerprint
from kg.model import Document
from kg.resources import ontology_path

_NAMES = ("entities", "gazetteer")
_PARSING = (*_NAMES, "lexicon/engine.yml")
_LANGUAGE = (*_NAMES, "events", "lexicon")
_PARSE_CODE = (
    "annotate/engine.py",
    "annotate/ruler.py",
    "codec.py",
    "gazetteer.py",
    "model/annotation.py",
)
_CODE = (
    "annotate", "build/contribution.py", "codec.py", "description.py", "export/claims.py",
    "export/fragments.py", "export/turtle.py", "extract", "gazetteer.py", "graph", "lexicon.py",
    "model", "rdf.py", "resolve", "resources.py", "store/search.py", "vocab.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """The part of every key that is the same for all documents of a build."""

    engine: str
    parsing: str
    reading: str

    @classmethod
    def now(cls, engine: str, overlays: Sequence[Path], decisions: str = "") -> Keys:
        """The keys for the installed code and data; `decisions` is the hash of the ledger."""
        return cls(
            engine,
            _joined(engine, _resources(_PARSING, overlays), _code(_PARSE_CODE)),
            _joined(kg.__version__, _resources(_LANGUAGE, overlays), _code(_CODE), decisions),
        )

    def parse(self, document: Document) -> str:
        """The key of the parse of a document."""
        return _joined(self.parsing, document.id, codec.digest(document.sections))

    def contribution(self, document: Document) -> str:
        """The key of all that a document adds to the graph."""
        return _joined(self.reading, self.parse(document), codec.digest(document))


def _resources(folders: Iterable[str], overlays: Sequence[Path]) -> str:
    roots = (ontology_path(), *overlays)
    return fingerprint(root / folder for root in roots for folder in folders)


@cache
def _code(names: Sequence[str]) -> str:
    """Hash of the sources below the given names; a release is told by its version alone."""
    root = Path(kg.__file__).parent
    total = sha256()
    for name in names:
        path = root / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes())
    return total.hexdigest()


def _joined(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
