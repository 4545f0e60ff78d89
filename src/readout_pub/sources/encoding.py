"""Bytes → text: which encoding a page is really in.

In this order: a byte order mark; ISO-2022-JP's escapes, which nothing else has; valid UTF-8 that goes beyond ASCII,
since no other encoding yields that by chance; what the page declares, if its bytes fit; what the letters' statistics
say. A page that breaks off in the middle of a character is still what it declares.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from readout_pub.notes import Note, note

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_DECLARED = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a declaration must stand; HTML says 1024, real pages often need more."""

_WIDER: dict[str, tuple[str, ...]] = {
    "shift_jis": ("cp932", "shift_jisx0213"),
    "x-sjis": ("cp932", "shift_jisx0213"),
    "windows-31j": ("cp932", "shift_jisx0213"),
    "euc-jp": ("euc_jp", "euc_jisx0213"),
    "x-euc-jp": ("euc_jp", "euc_jisx0213"),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("big5", "big5hkscs"),
    "euc-kr": ("cp949",),
    "ks_c_5601-1987": ("cp949",),
    "iso-8859-1": ("cp1252",),
    "iso-8859-9": ("cp1254",),
    "us-ascii": ("cp1252",),
    "ascii": ("cp1252",),
    "utf8": ("utf-8",),
}
"""What a declared name means in practice: pages use the characters that their vendors added."""

_TOLERATED = 3
"""Unreadable bytes that a declared encoding may have and still be believed."""


class Decoded(msgspec.Struct, frozen=True):
    """The text, the encoding it was in, and what was noticed on the way."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(raw: bytes, transport: str | None = None) -> Decoded:
    """Decode the bytes of a page; never fails, since what cannot be read becomes U+FFFD with a note.

    `transport` is the encoding that a server or a mail named.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding)
    declared = transport or declared_encoding(raw)
    if _is_iso_2022_jp(raw):
        return _decoded(raw, "iso2022_jp_ext", declared)
    if not raw.isascii() and _reads(raw, "utf-8", tolerated=0):
        return _decoded(raw, "utf-8", declared)
    names = _codecs(declared) if declared else ()
    for tolerated in (0, _TOLERATED):
        for name in names:
            if _reads(raw, name, tolerated):
                return _decoded(raw, name, declared)
    return _decoded(raw, "utf-8" if raw.isascii() else _detected(raw), declared)


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that a page names in its first bytes, in lower case; None if it names none."""
    found = _DECLARED.search(raw[:_HEAD])
    return found[1].decode("ascii", "replace").lower() if found else None


def _codecs(label: str) -> tuple[str, ...]:
    names = _WIDER.get(label, (label,))
    return tuple(name for name in names if _is_codec(name))


def _is_codec(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - the only way to tell "hex" from "utf-8"
    except LookupError:
        return False


def _is_iso_2022_jp(raw: bytes) -> bool:
    return raw.isascii() and any(escape in raw for escape in (b"\x1b$B", b"\x1b$@", b"\x1b(J"))


def _reads(raw: bytes, name: str, tolerated: int) -> bool:
    if not tolerated:
        try:
            raw.decode(name)
        except UnicodeDecodeError as error:
            # A page cut off inside its last character is still in this encoding.
            return error.end == len(raw) and error.start >= len(raw) - 3
        return True
    return raw.decode(name, "replace").count("\ufffd") <= tolerated


def _detected(raw: bytes) -> str:
    import cchardet

    guess = cchardet.detect(raw)["encoding"]
    names = _codecs(guess.lower()) if guess else ()
    return next((name for name in names if _reads(raw, name, 0)), names[0] if names else "cp1252")


def _decoded(raw: bytes, name: str, declared: str | None = None) -> Decoded:
    text = raw.decode(name, "replace")
    notes = []
    if declared and name not in _codecs(declared):
        notes.append(note("ENCODING_MENDED", declared=declared, actual=name))
    if lost := text.count("\ufffd"):
        notes.append(note("BYTES_UNREADABLE", count=lost, encoding=name))
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", ""), name, tuple(notes))
