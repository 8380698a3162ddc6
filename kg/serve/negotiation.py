"""Which of the forms we have a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_SAME: Mapping[str, str] = {
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
    "text/plain": "text/tab-separated-values",
    "application/x-turtle": "text/turtle",
}
"""What clients call a form that has a better name."""


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered media type that the Accept header rates highest, the first among equals.

    No header accepts anything. `None` when nothing that is offered is accepted.
    """
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    rated = [(_quality(media_type, ranges), media_type) for media_type in offered]
    quality, chosen = max(rated, key=lambda pair: pair[0], default=(0.0, ""))
    return chosen if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if media_range:
            yield _SAME.get(media_range, media_range), _weight(parameters)


def _weight(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """The rating by the most specific range that fits."""
    family = media_type.partition("/")[0] + "/*"
    for wanted in (media_type, family, "*/*"):
        qualities = [quality for name, quality in ranges if name == wanted]
        if qualities:
            return max(qualities)
    return 0.0
