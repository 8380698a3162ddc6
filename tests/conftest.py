"""What the tests share: the samples built once, the stages, the switch for new golden files."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from kg.build import Pipeline

ROOT = Path(__file__).resolve().parent.parent


# A run in the background has Ctrl-C ignored, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the samples give now over tests/golden/ instead of comparing with it",
    )


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _one_language_model() -> Iterator[None]:
    """Lets all builds of the session share a pipeline: it keeps nothing of what it has read."""
    from kg.build import task

    with pytest.MonkeyPatch.context() as patch:
        shared = cache(task.Pipeline)
        patch.setattr(task, "Pipeline", lambda overlays: shared(tuple(overlays)))
        yield


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of `kg build samples`, built once for all tests; not to be written to."""
    from kg.build import build

    output = tmp_path_factory.mktemp("samples") / "output"
    build([ROOT / "samples"], output)
    return output


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The stages with the language model, loaded once for all tests."""
    from kg.build import Pipeline

    return Pipeline()
