"""The wheel: what it ships, and that a build works from it with the checkout out of sight."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel built from the files that git would commit, so that no ignored file helps."""
    folder = tmp_path_factory.mktemp("wheel")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (source := root / name).is_file():
            target = folder / "source" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    (folder / "source" / "ontology" / "events" / "draft.yml~").write_text("a backup")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, "."],
        cwd=folder / "source", check=True, capture_output=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def test_the_wheel_ships_the_ontology_and_no_scratch_file(root: Path, wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    kinds = {".ttl", ".yml", ".rq"}
    wanted = {
        f"kg/{path.relative_to(root).as_posix()}"
        for path in (root / "ontology").rglob("*")
        if path.suffix in kinds
    }
    assert wanted <= shipped
    assert not [name for name in shipped if name.endswith("~") or "/tests/" in name]


def test_the_wheel_ships_every_part_of_the_page(root: Path, wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    parts = [
        path.relative_to(root).as_posix()
        for folder in ("static", "templates", "vendor")
        for path in (root / "kg" / "export" / "html" / folder).iterdir()
    ]
    assert len(parts) > 20
    assert set(parts) <= shipped


def test_a_clean_environment_builds_with_the_wheel(root: Path, wheel: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text((root / "samples" / "kursk-front.md").read_text())
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", wheel]
    subprocess.run(install, check=True, capture_output=True)
    _lend_dependencies(python)
    done = subprocess.run(
        [python, "-I", "-m", "kg", "build", "report.txt", "-o", "out", "--no-validate"],
        cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Russia" in (tmp_path / "out" / "graph.ttl").read_text()
    where = [python, "-c", "import kg; print(kg.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert Path(found.strip()).is_relative_to(tmp_path)


def _lend_dependencies(python: Path) -> None:
    """Puts the installed packages after the environment's own on its path.

    They come as a plain folder, so the `.pth` of an editable install in it is not followed.
    """
    ask = [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip()
    lent = next(path for path in sys.path if path.endswith("site-packages"))
    (Path(site) / "lent.pth").write_text(f"{lent}\n")
