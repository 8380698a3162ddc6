"""What a check has found, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import ResourceError


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place: a stable code, `file` or `file:line`, and what is wrong."""

    code: str
    where: str
    message: str

    @classmethod
    def of_error(cls, code: str, error: ResourceError) -> Finding:
        return cls(code, error.where or "ontology", error.message)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by file, line and code."""
    return tuple(sorted(set(findings), key=_place))


def _place(finding: Finding) -> tuple[str, int, str, str]:
    path, _, line = finding.where.rpartition(":")
    if not line.isdigit():
        path, line = finding.where, "0"
    return path, int(line), finding.code, finding.message
