"""Normalisation of raw text: what no reader of news should see is gone, the rest keeps its place.

Everything but line ends, invisible characters, marks of footnotes and Unicode composition is
replaced one to one.
"""

from __future__ import annotations

import re
import sys
import unicodedata

_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
_REMOVED = re.compile(f"[{_INVISIBLE}\U000e0000-\U000e007f]")
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACE = re.compile("[\x00-\x09\x0e-\x1f\x7f-\x9f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_UNSTORABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# An opening quotation mark inside a word is a badly typed apostrophe.
_APOSTROPHE = re.compile(r"(?<=\w)‘(?=\w)")
# As in "fled.[2][3]", copied from an encyclopedia: glued to the word, it would join two sentences.
_FOOTNOTE = re.compile(r"(?<=[\w.,;:!?)\"'”’])(?:\[[0-9]{1,3}\])+(?=[\s.,;:)]|$)")
_RUN = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text as it is stored: NFC, LF line ends, plain spaces, no control or bidi characters.

    Marks of footnotes ("[2]") behind a word or a sentence are gone too.

    Lone surrogates and noncharacters become U+FFFD, because no output format can carry them.
    """
    text = _REMOVED.sub("", _LINE_END.sub("\n", text))
    text = _FOOTNOTE.sub("", _UNSTORABLE.sub("\ufffd", _SPACE.sub(" ", text)))
    return _APOSTROPHE.sub("’", unicodedata.normalize("NFC", text)).rstrip()


def one_line(text: str) -> str:
    """The normalised text with every run of white space as one space."""
    return _RUN.sub(" ", normalise(text)).strip()


def printable(name: str) -> str:
    """A file name fit for one line of output: what cannot be shown is percent-encoded."""
    return "".join(
        character if character.isprintable() else _percent(character) for character in name
    )


def _percent(character: str) -> str:
    raw = character.encode(sys.getfilesystemencoding(), "surrogateescape")
    return "".join(f"%{byte:02X}" for byte in raw)
