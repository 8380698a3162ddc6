"""The folder of vendored files, and the record of what was put there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "kg" / "export" / "html" / "vendor"
_RECORD = VENDOR / "checksums.json"


def write(name: str, content: bytes) -> None:
    """Write a file and its SHA-256 into `checksums.json`, which a test compares."""
    VENDOR.mkdir(exist_ok=True)
    (VENDOR / name).write_bytes(content)
    sums = json.loads(_RECORD.read_text("ascii")) if _RECORD.exists() else {}
    sums[name] = hashlib.sha256(content).hexdigest()
    _RECORD.write_text(json.dumps(sums, indent=1, sort_keys=True) + "\n", encoding="ascii")
    print(name, len(content))
