"""A request and a response, as values that know no socket."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any
from urllib.parse import parse_qsl

_FIELDS = 100


class HttpError(Exception):
    """A request that is not answered as wished: status, a sentence for the client, headers."""

    def __init__(self, status: int, text: str, **headers: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Fields:
    """The fields of a query string or a form, in order."""

    def __init__(self, encoded: str) -> None:
        """Raises `HttpError` for too many fields and for what is not UTF-8."""
        try:
            self._pairs = parse_qsl(
                encoded, keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
            )
        except ValueError as error:
            raise HttpError(400, f"not a form in UTF-8: {error}") from error

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._pairs)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self if key == name)

    def one(self, name: str) -> str | None:
        """The value of a field that may be there once. Raises `HttpError` if it is there twice."""
        values = self.all(name)
        if len(values) > 1:
            raise HttpError(400, f"{name} is given {len(values)} times")
        return values[0] if values else None

    def only(self, *names: str) -> None:
        """Raises `HttpError` for a field that nobody asked for, which may be a slip."""
        for name, _ in self:
            if name not in names:
                raise HttpError(400, f"there is no {name!r} here, but {', '.join(names)}")

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number up to `most`. Raises `HttpError` for anything else."""
        text = self.one(name) or str(default)
        if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
            raise HttpError(400, f"{name} must be a whole number up to {most}")
        return int(text)


@dataclass(frozen=True, slots=True)
class Request:
    """What a client wants. `path` is decoded, header names are in lower case."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def fields(self) -> Fields:
        """The fields of the query string. Raises `HttpError`."""
        return Fields(self.query)

    @property
    def site(self) -> str:
        """The address that the client uses for this server, without a slash at its end."""
        return f"http://{self.headers.get('host', 'localhost')}"

    @property
    def accept(self) -> str:
        return self.headers.get("accept", "")


@dataclass(frozen=True, slots=True)
class Response:
    """What a client gets. A file is closed when it has been sent."""

    body: bytes | IO[bytes] = b""
    media_type: str = "text/plain; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def json_response(value: Any) -> Response:
    """Any JSON value, indented for the people who look at it in a browser."""
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return Response(text.encode(), "application/json")


def error_response(error: HttpError) -> Response:
    """The error as a line of text."""
    return Response(f"{error.text}\n".encode(), status=error.status, headers=error.headers)
