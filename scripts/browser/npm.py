"""Packages of the npm registry, fetched by npm itself and checked against a known digest."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Package:
    """A package at a version; `integrity` is the SHA-512 of its archive as npm writes it."""

    name: str
    version: str
    integrity: str

    def files(self, *names: str) -> list[bytes]:
        """The content of files of the package. Raises `ValueError` if the archive is another."""
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(
                ["npm", "pack", "--silent", f"{self.name}@{self.version}"],  # noqa: S607
                cwd=folder,
                check=True,
            )
            [archive] = Path(folder).glob("*.tgz")
            digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
            if f"sha512-{digest}" != self.integrity:
                raise ValueError(f"{archive.name} is not the package that was reviewed")
            with tarfile.open(archive) as packed:
                members = [packed.extractfile(f"package/{name}") for name in names]
                return [member.read() for member in members if member]
