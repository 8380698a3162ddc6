"""What a client may use up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, sizes in bytes.

    `workers` queries run at once; each has `deadline` to end and `memory` to work with, and its
    answer may have `answer` bytes. Others wait for their turn up to `patience`. A client has
    `reading` to send a whole request of at most `body` and `writing` to take the answer; of
    `connections` more than these are turned away.
    """

    workers: int = 2
    deadline: float = 10.0
    memory: int = 1 << 30
    answer: int = 64 << 20
    patience: float = 20.0
    body: int = 1 << 20
    reading: float = 20.0
    writing: float = 300.0
    connections: int = 512
    grace: float = 5.0
