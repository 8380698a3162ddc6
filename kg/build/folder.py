"""The output folder: written aside, then put in place file by file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from kg.errors import BuildError

STAGING = ".partial"


@contextmanager
def replacing(output: Path, names: Sequence[str]) -> Iterator[Path]:
    """Gives a staging folder; when the block ends well its files replace those of `output`.

    The files are moved in the order of `names`, so the last one vouches for the others. When the
    block fails, is interrupted or is killed, the files of `output` stay as they were; what a killed
    run left in the staging folder is removed by the next. The staging folder is inside `output`,
    because only then is it surely on the same file system. Raises `BuildError` when `output` cannot
    be written.
    """
    staging = output / STAGING
    made = not output.exists()
    try:
        with _located(output):
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir(parents=True)
        yield staging
        with _located(output):
            for name in names:
                (staging / name).replace(output / name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if made:
            with suppress(OSError):
                output.rmdir()


@contextmanager
def _located(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BuildError(f"cannot be written: {error.strerror or error}", str(output)) from error
