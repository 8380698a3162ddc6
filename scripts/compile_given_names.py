"""Compiles `ontology/gazetteer/given_names.tsv.gz`: given names that tell whether he or she.

Run it by hand when the source changes; the build never does:

    python scripts/compile_given_names.py                # fetches the source with pip
    python scripts/compile_given_names.py --sources DIR  # keeps it in DIR and uses it again

Source: the names of all languages in Latin script that the package Faker carries (MIT). A name
that some languages give to women and others to men is kept only where one side has three times as
many languages; those that the policy has are kept without telling which. Rows are sorted and the
archive carries no time: same source, same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import sys
import tempfile
from collections import Counter
from collections.abc import Collection
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from gazetteer.sources import Policy, fetch_faker, person_names

from kg.resources import load_yaml, ontology_path

_CLEAR = 3


def compile_names(folder: Path, unclear: Collection[str]) -> list[str]:
    """Rows of name, tab, `f` or `m`; of the `unclear` names `-`."""
    women = Counter(person_names(folder, "first_names_female"))
    men = Counter(person_names(folder, "first_names_male"))
    rows = []
    for name in sorted(women.keys() | men.keys()):
        if name.isalpha() and name.istitle():
            if name in unclear:
                rows.append(f"{name}\t-")
            elif women[name] >= _CLEAR * men[name]:
                rows.append(f"{name}\tf")
            elif men[name] >= _CLEAR * women[name]:
                rows.append(f"{name}\tm")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description="Compile ontology/gazetteer/given_names.tsv.gz.")
    parser.add_argument("--sources", type=Path, help="folder that keeps the downloaded package")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.sources or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        fetch_faker(folder)
        policy = load_yaml(ontology_path("gazetteer", "policy.yml"), Policy)
        rows = compile_names(folder, policy.of_either)
    path = ontology_path("gazetteer", "given_names.tsv.gz")
    path.write_bytes(gzip.compress("".join(f"{line}\n" for line in rows).encode(), 9, mtime=0))
    print(f"{len(rows)} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
