"""A page taken apart again: its elements, its islands, its records."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[tuple[str, dict[str, str | None], str]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style") and self.cdata_elem:
            self.code.append((*self.tags[-1], data))


def islands(page: str) -> dict[str, bytes]:
    """What the page carries packed, by the id of its element."""
    return {
        str(attributes["id"]): gzip.decompress(base64.b85decode(text.replace(",", "<")))
        for tag, attributes, text in Elements(page).code
        if tag == "script" and attributes.get("type") == "application/octet-stream"
    }


def data(page: str) -> dict[str, Any]:
    """The data island: `view` as records, `drawing` as it is."""
    parts: dict[str, Any] = json.loads(islands(page)["island"])
    [view] = unpack(parts["view"], 1)
    return {**parts, "view": view}


def unpack(column: dict[str, Any], count: int) -> list[Any]:
    """The values of a column, as `island.js` finds them."""
    [(form, body)] = column.items()
    match form:
        case "n" | "v":
            return list(body)
        case "d":
            return [*accumulate(body)]
        case "t":
            return [body[0][place] for place in body[1]]
        case "o":
            values: list[Any] = [None] * count
            places = [*accumulate(body[0])]
            for place, value in zip(places, unpack(body[1], len(places)), strict=True):
                values[place] = value
            return values
        case "l":
            lengths = unpack(body[0], count)
            items = iter(unpack(body[1], sum(lengths)))
            return [[next(items) for _ in range(length)] for length in lengths]
        case "r":
            columns = [unpack(each, count) for each in body.values()]
            return [dict(zip(body, row, strict=True)) for row in zip(*columns, strict=True)]
    raise ValueError(form)


def digest(text: str) -> str:
    """How a content security policy names a script or a style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
