"""Bytes → text: which encoding a page is really in. Decision 7 argues the order.

A byte order mark; ISO-2022-JP's escapes, which nothing else has; valid UTF-8 that goes beyond ASCII, since no other
encoding yields that by chance; what the server and then the page declare, if the bytes fit and the text looks like
writing; what the letters' statistics say. A page that breaks off in the middle of a character is still what it
declares.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import msgspec

from readout_pub.notes import Note, note
from readout_pub.sources.encoding_score import MULTIBYTE, plausibility

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

_DECLARED = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml\b[^>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096
"""Bytes in which a declaration must stand; HTML says 1024, real pages often need more."""

_WIDER: dict[str, tuple[str, ...]] = {
    "shift_jis": ("cp932", "shift_jisx0213"),
    "shift-jis": ("cp932", "shift_jisx0213"),
    "x-sjis": ("cp932", "shift_jisx0213"),
    "windows-31j": ("cp932", "shift_jisx0213"),
    "euc-jp": ("euc_jp", "euc_jisx0213"),
    "x-euc-jp": ("euc_jp", "euc_jisx0213"),
    "gb2312": ("gb18030",),
    "gb_2312-80": ("gb18030",),
    "gbk": ("gb18030",),
    "x-gbk": ("gb18030",),
    **dict.fromkeys(
        ("iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "csiso2022jp"), ("iso2022_jp_ext",)
    ),
    "koi8-r": ("koi8-r", "koi8_u"),
    "big5": ("big5", "big5hkscs"),
    "x-x-big5": ("big5", "big5hkscs"),
    "euc-kr": ("cp949",),
    "ks_c_5601-1987": ("cp949",),
    "iso-8859-1": ("cp1252",),
    "latin1": ("cp1252",),
    "iso-8859-9": ("cp1254",),
    "iso-8859-11": ("cp874",),
    "tis-620": ("cp874",),
    "windows-874": ("cp874",),
    "us-ascii": ("cp1252",),
    "ascii": ("cp1252",),
    "utf8": ("utf-8",),
    "utf-16": ("utf-8",),  # a page that can be read as far as its declaration is not in UTF-16
    "utf-16le": ("utf-8",),
    "utf-16be": ("utf-8",),
    "unicode": ("utf-8",),
}
"""What a declared name means in practice: pages use the characters that their vendors added."""

_NEVER_IN_PAGES = re.compile(
    r"utf-7|utf-16.*|utf-32.*|idna|punycode|undefined|(?:raw_)?unicode.escape|mbcs|oem", re.ASCII
)
"""Codecs of Python that no page is in, and that would read markup into what is none."""

_TOLERATED = 3
"""Unreadable bytes that a declared encoding may have and still be believed."""

_SOUND = 2
"""Letters of UTF-8 that make up for a byte which is none; Japanese in Shift_JIS has half a one by chance."""

_BELIEVED = 0.95
_MUCH_BETTER = 0.05
"""A declaration is believed if its text is this plausible, or if no other is more plausible by so much."""


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
    declared = tuple(label.lower() for label in (transport, declared_encoding(raw)) if label)
    if _is_iso_2022_jp(raw):
        return _decoded(raw, "iso2022_jp_ext", declared)
    if not raw.isascii() and _is_utf8(raw):
        return _decoded(raw, "utf-8", declared)
    found = _believed(raw, declared) or ("utf-8" if raw.isascii() else _detected(raw))
    return _decoded(raw, _ukrainian(raw, found), declared)


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding that a page names in its first bytes, in lower case; None if it names none."""
    found = _DECLARED.search(raw[:_HEAD])
    return found[1].decode("ascii", "replace").lower() if found else None


def _believed(raw: bytes, declared: tuple[str, ...]) -> str | None:
    """Return the codec of the first declaration that the bytes fit; another one if that gives mojibake."""
    fitting = list(_fitting(raw, declared))
    if not fitting:
        return None
    first = fitting[0]
    believed = plausibility(_text(raw, first).replace("\ufffd", ""), first)
    if believed >= _BELIEVED:
        return first
    others = [*fitting[1:], _detected(raw)]
    best = max(others, key=lambda name: plausibility(_text(raw, name), name))
    return best if plausibility(_text(raw, best), best) >= believed + _MUCH_BETTER else first


def _fitting(raw: bytes, declared: tuple[str, ...]) -> Iterator[str]:
    for label in declared:
        for tolerated in (0, _TOLERATED):
            found = next((name for name in _codecs(label) if _reads(raw, name, tolerated)), None)
            if found:
                yield found
                break


def _codecs(label: str) -> tuple[str, ...]:
    names = _WIDER.get(label, (label,))
    return tuple(name for name in names if _is_codec(name))


def _is_codec(name: str) -> bool:
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    text = codec._is_text_encoding  # noqa: SLF001 - the only way to tell "hex" from "utf-8"
    return text and not _NEVER_IN_PAGES.fullmatch(codec.name)


def _is_utf8(raw: bytes) -> bool:
    """Say whether the bytes are UTF-8, be it with some that are damaged: a template cuts a text inside of a letter."""
    if _reads(raw, "utf-8", tolerated=0):
        return True
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return sound >= _SOUND * damaged


def _ukrainian(raw: bytes, name: str) -> str:
    """Return KOI8-U for KOI8-R where its four letters stand, which would be lines of boxes inside of words."""
    if name not in {"koi8-r", "koi8_r"}:
        return name
    better = plausibility(_text(raw, "koi8_u"), "koi8_u") > plausibility(_text(raw, name), name)
    return "koi8_u" if better else name


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
    """Ask the statistics. They take one encoding of ideographs for another, so the more plausible one is taken."""
    import cchardet

    guess = cchardet.detect(raw)["encoding"]
    names = _codecs(guess.lower()) if guess else ()
    fitting = next((name for name in names if _reads(raw, name, 0)), None)
    if fitting and plausibility(_text(raw, fitting), fitting) >= _BELIEVED:
        return fitting
    ideographic = (name for name in MULTIBYTE if _reads(raw, name, 0))
    return max((*names, *ideographic, "cp1252"), key=lambda name: plausibility(_text(raw, name), name))


def _text(raw: bytes, name: str) -> str:
    return raw.decode(name, "replace")


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f]")
"""Control characters, which no text means and no XML may hold."""


_NO_CHARACTERS = re.compile("[\x80\uf8f0-\uf8f3]")
"""What Python makes of the bytes 80, A0, FD, FE and FF of Shift_JIS, which stand for nothing."""


def _decoded(raw: bytes, name: str, declared: tuple[str, ...] = ()) -> Decoded:
    text = _text(raw, name)
    if name == "cp932":
        text = _NO_CHARACTERS.sub("\ufffd", text)
    notes = []
    if declared and not any(name in _codecs(label) for label in declared):
        notes.append(note("ENCODING_MENDED", declared=declared[0], actual=name))
    if lost := text.count("\ufffd"):
        notes.append(note("BYTES_UNREADABLE", count=lost, encoding=name))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", text)
    lead = _DOUBLED_IN_UTF8 if name == "utf-8" else _LEAD
    if name.startswith("utf") and lead.search(raw) and _DOUBLED.search(text):
        text, mended = _encoded_once(text)
        notes += mended
    return Decoded(text, name, tuple(notes))


_BEHIND = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_DOUBLED = re.compile(f"[Â-ï](?:(?<=[Â-ß]){_BEHIND}|(?<=[à-ï]){_BEHIND}{{2}})")  # one set in front is searched for fast
"""UTF-8 that was read as windows-1252 and written as UTF-8 again: é became Ã©, and ’ became â€™."""
_LEAD = re.compile(b"\xc3")
_DOUBLED_IN_UTF8 = re.compile(b"\xc3[\x82-\xaf][\xc2\xc5\xc6\xcb\xe2]")
"""How each of these begins as bytes, and few sound texts: quicker to find."""


def _encoded_once(text: str) -> tuple[str, list[Note]]:
    """Undo the second encoding, line by line, since most of such pages are sound but for one pasted passage."""
    from ftfy import fix_encoding

    lines = text.split("\n")
    mended = [fix_encoding(line) if _DOUBLED.search(line) else line for line in lines]
    changed = [before for before, after in zip(lines, mended, strict=True) if before != after]
    if not changed:
        return text, []
    example = _DOUBLED.search(changed[0])
    shown = example[0] if example else ""
    return "\n".join(mended), [note("DOUBLY_ENCODED", count=len(changed), example=shown)]
