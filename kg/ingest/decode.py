"""Bytes to text, strictly: what cannot be decoded without doubt is refused, not guessed."""

from __future__ import annotations

import codecs
import re

from kg.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"GIF8")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "koi8_r", "shift_jis"]
# Symbols inside a word: the same bytes are letters in another code page.
_MOJIBAKE = re.compile(
    r"[^\W\d_][\u00a1-\u00bf\u201a\u201e\u2020-\u2022\u2026\u2030\u2039]+[^\W\d_]"
)
_HEAD = 8192


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file: by its byte order mark, as UTF-8, as `declared`, or as cp1252 if sure.

    Raises `InputError` for empty, binary and undecodable data.
    """
    if not data.strip():
        raise InputError("the file is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if data.startswith(_MAGIC) or len(_CONTROL.findall(data[:_HEAD])) > len(data[:_HEAD]) // 100:
        raise InputError("binary data, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, declared) if declared else _cp1252(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise InputError(f"wrong encoding: not valid {encoding}") from error


def _cp1252(data: bytes) -> str:
    """Windows-1252, if no other code page makes a cleaner text of the bytes."""
    from charset_normalizer import from_bytes

    matches = from_bytes(data, cp_isolation=_CODE_PAGES)
    best = matches.best()
    for match in matches:
        if best and match.chaos <= best.chaos and "cp1252" in match.could_be_from_charset:
            text = data.decode("cp1252")
            if not _MOJIBAKE.search(text):
                return text
    raise InputError("wrong encoding: neither UTF-8 nor certainly Windows-1252")
