"""Exports to any place that fsspec reaches: object stores, servers, the memory of the process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from kg.errors import BuildError


def is_remote(target: str) -> bool:
    """Whether a target is a URL ("s3://bucket/graph") and no path."""
    return "://" in target


def write_remote(url: str, write: Callable[[Path], object]) -> None:
    """Puts at `url` what `write` makes at the path that it is given, a file or a folder of files.

    It is made on this machine first, so that nothing is sent before all of it can be written.
    Raises `BuildError` when fsspec, or what it needs for such a URL, is not installed, and when the
    place cannot be written.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        message = "is not installed; run: pip install 'claimgraph[fsspec]'"
        raise BuildError(message, "fsspec") from None
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made"
        write(made)
        try:
            system, root = url_to_fs(url)
            for path in [made] if made.is_file() else sorted(made.iterdir()):
                target = root if path == made else f"{root}/{path.name}"
                system.makedirs(target.rpartition("/")[0], exist_ok=True)
                system.put_file(str(path), target)
        except Exception as error:  # each kind of place has errors of its own
            raise BuildError(f"cannot be written: {error}", url) from error
