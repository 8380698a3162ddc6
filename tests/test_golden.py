"""What the samples give, kept as files so that every change of the output is seen in review.

`pytest --update-golden` writes what they give now.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export import WRITERS
from kg.store import Store

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("name", ["edges.csv", "claims.jsonl"])
def test_the_samples_give_what_they_gave(
    name: str, samples: Path, pytestconfig: pytest.Config
) -> None:
    if name == "edges.csv":
        quads = Store.of_files(samples / "graph.trig").quads()
        now = "".join(WRITERS["csv"].write(quads))
    else:
        now = (samples / name).read_text(encoding="utf-8")
    if pytestconfig.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        (GOLDEN / name).write_text(now, encoding="utf-8")
    assert now == (GOLDEN / name).read_text(encoding="utf-8")
