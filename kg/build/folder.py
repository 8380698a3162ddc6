"""The output folder: written aside, and then put in place as a whole.

What is complete is marked as such by one rename. From then on it is the output, even if the power
of putting it in place fails half way: the next build goes on with that.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import BuildError
from kg.store.disk import PREVIOUS

STAGING, READY, _GONE = ".partial", ".ready", ".gone"


@contextmanager
def replacing(output: Path, owned: Collection[str], last: str) -> Iterator[Path]:
    """Gives a staging folder; when the block ends well it becomes the output.

    Of the names `owned`, those that are not in the staging folder are taken out of the output;
    `last` is put in place after the others, for which it vouches. When the block fails, is
    interrupted or is killed, the output stays as it was; what a killed run left in the staging
    folder is removed by the next. It is inside `output`, because only then is it surely on the same
    file system. Raises `BuildError` when `output` cannot be written.
    """
    staging = output / STAGING
    try:
        with _located(output):
            shutil.rmtree(staging, ignore_errors=True)
            staging.mkdir(parents=True)
        yield staging
        with _located(output):
            for name in owned:
                if not (staging / name).exists() and (output / name).exists():
                    (staging / f"{name}{_GONE}").touch()
            staging.rename(output / READY)
            finish(output, last)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def finish(output: Path, last: str) -> None:
    """Puts in place what an earlier run completed; nothing is done if it did."""
    ready = output / READY
    if not ready.is_dir():
        return
    for path in sorted(ready.iterdir(), key=lambda path: (path.name == last, path.name)):
        target = output / path.name.removesuffix(_GONE)
        previous = target.with_name(target.name + PREVIOUS)  # where readers look in the meantime
        if target.is_dir():
            shutil.rmtree(previous, ignore_errors=True)
            target.rename(previous)
        if path.name.endswith(_GONE):
            target.unlink(missing_ok=True)
        else:
            path.replace(target)
        shutil.rmtree(previous, ignore_errors=True)
    shutil.rmtree(ready)


@contextmanager
def _located(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BuildError(f"cannot be written: {error.strerror or error}", str(output)) from error
