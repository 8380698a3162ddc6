"""The audit as one HTML file that needs no network and runs no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.audit.sentences import Audited, summary
from kg.export.html.display import visible
from kg.export.html.pieces import pieces

_COLOURS: Mapping[str, str] = {
    "extracted": "all of it has event types",
    "partly": "some of it has none",
    "open": "open claims only",
    "not": "nothing was read",
}


def render(lines: Sequence[Audited]) -> str:
    """The page as text, to be written as UTF-8; equal audits give equal pages.

    Whatever comes from a report is escaped, and nothing may load or run: the content security
    policy names the page's own style by its hash and allows nothing else.
    """
    style = (files("kg.audit") / "templates" / "audit.css").read_text(encoding="utf-8")
    environment = Environment(
        loader=PackageLoader("kg.audit"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    closed = "default-src 'none'; base-uri 'none'; form-action 'none'"
    return environment.get_template("audit.html.j2").render(
        policy=f"{closed}; style-src 'sha256-{digest}'",
        style=style,
        colours=_COLOURS,
        reports=[list(group) for _, group in groupby(lines, key=lambda line: line.document)],
        summary=summary,
        colour=_colour,
        pieces=lambda line: pieces(line.text, line.start, line.marks),
    )


def _colour(line: Audited) -> str:
    return "open" if line.is_open_only else line.status
