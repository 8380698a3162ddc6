"""Same input, same bytes: whatever the hash seed, the order of the reports and the folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def test_another_process_hash_seed_order_and_place_give_the_same_bytes(
    root: Path, samples: Path, tmp_path: Path
) -> None:
    shutil.copytree(root / "samples", tmp_path / "samples")
    reports = sorted((tmp_path / "samples").iterdir(), reverse=True)
    environment = {
        **os.environ,
        "PYTHONPATH": str(root),
        "PYTHONHASHSEED": "31",
        "TZ": "Asia/Tokyo",
    }
    done = subprocess.run(
        [sys.executable, "-m", "kg", "build", *reports, "-o", "elsewhere", "--no-validate"],
        cwd=tmp_path, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for name in ("graph.ttl", "graph.trig", "claims.jsonl", "graph.html"):
        again = (tmp_path / "elsewhere" / name).read_bytes()
        assert again == (samples / name).read_bytes(), name
