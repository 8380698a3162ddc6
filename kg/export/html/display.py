"""How a name or a sentence from a hostile report may appear on a screen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_LINE_BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
# Characters that reorder or hide their neighbours; "gnp.exe" would be read as "exe.png".
_REORDERING = [0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_TAGS = range(0xE0000, 0xE0080)
_CONTROLS = [code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"]
_SURROGATES = range(0xD800, 0xE000)

_VISIBLE = dict.fromkeys([*_REORDERING, *_TAGS, *_CONTROLS, *_SURROGATES], _REPLACEMENT)
_VISIBLE |= dict.fromkeys(map(ord, _LINE_BREAKS), " ")

_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def visible(text: str) -> str:
    """Replace what is invisible or reorders text, one character for one: offsets stay right."""
    return text if text.isprintable() else text.translate(_VISIBLE)


@lru_cache(maxsize=1024)
def words(local_name: str) -> str:
    """The words of an ontology name: `advancedIn` and `AdvancedIn` give `advanced in`."""
    return _HUMP.sub(" ", local_name).replace("_", " ").lower()


def shorten(text: str, width: int) -> str:
    """At most `width` characters, the last one an ellipsis if something was cut off."""
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"
