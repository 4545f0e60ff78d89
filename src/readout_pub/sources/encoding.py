"""Bytes → text: finds the actual character encoding of a page, which its declaration may state wrongly (decision 7).

The first of these decides:
- a byte order mark;
- the escapes of ISO-2022-JP, which no other encoding has;
- UTF-8, if most bytes beyond ASCII are valid in it, as text in another encoding hardly ever is;
- the declaration of the server and then of the page, if it fits the bytes and the text is plausible (`encoding_score`);
- detection by the statistics of letters.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

import msgspec
import webencodings

from readout_pub.notes import Note, note
from readout_pub.sources.encoding_score import IDEOGRAPHIC_CODECS, score_plausibility

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16-LE, whose mark is the first half of this one
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARATION = re.compile(
    rb"""<(?:meta\b[^<>]*?charset|\?xml\b[^<>]*?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARATION_BYTES = 4096
"""How many bytes are searched for a declaration; HTML says 1024, but real pages often need more."""

_CODECS: dict[str, tuple[str, ...]] = {
    "shift_jis": ("cp932", "shift_jisx0213"),
    "euc-jp": ("euc_jp", "euc_jisx0213"),
    "iso-2022-jp": ("iso2022_jp_ext",),
    "gbk": ("gb18030",),  # as in the standard, whose GBK decoder is that of gb18030
    "big5": ("big5", "big5hkscs"),
    "euc-kr": ("cp949",),
    "koi8-r": ("koi8-r", "koi8-u"),
    "utf-16be": ("utf-8",),  # the declaration is wrong: UTF-16 without a byte order mark was refused before
    "utf-16le": ("utf-8",),
    "x-user-defined": ("cp1252",),  # as the HTML standard wants it for declarations in pages
    "replacement": (),  # no decoder: the standard refuses these encodings, since they can hide markup
}
"""Encodings of WHATWG's list for which Python's codec of the same name is wrong → the codecs to try, in order.

Pages declare a standard, but use the characters that vendors added.
"""

_MAX_BAD_BYTES = 3
"""A declaration is believed if at most this many bytes cannot be read. Chosen by hand."""

_MIN_VALID_PER_DAMAGED = 2
"""How many valid characters beyond ASCII UTF-8 has for each invalid byte. Japanese in Shift_JIS has about 0.5 by
chance.
"""

_LATIN_CODECS = ("cp1252", "mac-roman")
"""Codecs for Western European languages; old Macs saved text in the second."""

_RARE_CODECS = frozenset({"cp437", "cp775", "cp850", "cp852", "cp858", "cp865", "iso8859-10", "mac-latin2"})
"""Codecs that must be more plausible than every other candidate."""

_PLAUSIBLE = 0.95
"""A declaration is believed if its text has at least this score, of 0 to 1."""
_MUCH_MORE_PLAUSIBLE = 0.05
"""Below `_PLAUSIBLE`, another encoding must score higher by this much.

Both were measured on 600 pages, under right and wrong declarations: decision 7.
"""


class Decoded(msgspec.Struct, frozen=True):
    """The text of a page, the Python name of the codec that read it, and notes about what was repaired or lost."""

    text: str
    encoding: str
    notes: tuple[Note, ...] = ()


def decode(raw: bytes, transport: str | None = None) -> Decoded:
    """Return what `decode_markup` returns, without control characters."""
    decoded = decode_markup(raw, transport)
    return msgspec.structs.replace(decoded, text=decoded.text.replace(REMOVED, ""))


def decode_markup(raw: bytes, transport: str | None = None) -> Decoded:
    """Return the bytes of a page as text, with line feeds as line ends; never fails.

    `transport` is the encoding label that the server or the mail declares. Undecodable bytes become U+FFFD and give a
    note; control characters become `REMOVED`.
    """
    for mark, codec in _BOMS:
        if raw.startswith(mark):
            return _decode_as(raw[len(mark) :], codec)
    labels = tuple(label.lower() for label in (transport, declared_encoding(raw)) if label)
    if _is_iso_2022_jp(raw):
        return _decode_as(raw, "iso2022_jp_ext", labels)
    if not raw.isascii() and _is_utf8(raw):
        return _decode_as(raw, "utf-8", labels)
    codec = _believed_codec(raw, labels) or ("utf-8" if raw.isascii() else _detect_codec(raw))
    return _decode_as(raw, _koi8_u_if_ukrainian(raw, codec), labels)


def declared_encoding(raw: bytes) -> str | None:
    """Return the encoding label that a page declares in its first bytes, in lower case; None if there is none."""
    found = _DECLARATION.search(raw[:_DECLARATION_BYTES])
    return found[1].decode("ascii", "replace").lower() if found else None


def _believed_codec(raw: bytes, labels: tuple[str, ...]) -> str | None:
    """Return the codec of the first label that fits the bytes, unless another codec is much more plausible."""
    fitting = list(_fitting_codecs(raw, labels))
    if not fitting:
        return None
    first = fitting[0]
    score = score_plausibility(_decode_lossy(raw, first).replace("\ufffd", ""), first)
    if score >= _PLAUSIBLE:
        return first
    best = max((*fitting[1:], _detect_codec(raw)), key=lambda codec: _plausibility_as(raw, codec))
    return best if _plausibility_as(raw, best) >= score + _MUCH_MORE_PLAUSIBLE else first


def _fitting_codecs(raw: bytes, labels: tuple[str, ...]) -> Iterator[str]:
    """Yield for each label the codec that decodes all bytes, or all but a few."""
    for label in labels:
        for max_bad_bytes in (0, _MAX_BAD_BYTES):
            found = next((codec for codec in _codecs_of_label(label) if _can_decode(raw, codec, max_bad_bytes)), None)
            if found:
                yield found
                break


def _codecs_of_label(label: str) -> tuple[str, ...]:
    """Return Python's codecs for a label of the WHATWG Encoding Standard; () for any other label, as in browsers."""
    encoding = webencodings.lookup(label)
    if encoding is None:
        return ()
    return _CODECS.get(encoding.name, (encoding.codec_info.name,))


def _codecs_of_guess(name: str) -> tuple[str, ...]:
    """Return Python's codecs for a name from cchardet. WHATWG's list lacks some, such as "IBM855"."""
    codecs_of_label = _codecs_of_label(name)
    if codecs_of_label:
        return codecs_of_label
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return ()
    # UTF-7 and UTF-32 are refused, as in browsers: a check for ASCII would not see their markup.
    return () if codec.startswith("utf") else (codec,)


def _is_utf8(raw: bytes) -> bool:
    """Return whether most bytes beyond ASCII are valid UTF-8.

    Some may be invalid: templates that shorten a text may cut a character in two.
    """
    if _can_decode(raw, "utf-8", max_bad_bytes=0):
        return True
    text = _decode_lossy(raw, "utf-8")
    damaged = text.count("\ufffd")
    valid = len(text) - len(text.encode("ascii", "ignore")) - damaged
    return valid >= _MIN_VALID_PER_DAMAGED * damaged


def _koi8_u_if_ukrainian(raw: bytes, codec: str) -> str:
    """Return KOI8-U for KOI8-R if that is more plausible: KOI8-R lacks four letters of Ukrainian."""
    if codec != "koi8-r":
        return codec
    return "koi8-u" if _plausibility_as(raw, "koi8-u") > _plausibility_as(raw, codec) else codec


def _is_iso_2022_jp(raw: bytes) -> bool:
    return raw.isascii() and any(escape in raw for escape in (b"\x1b$B", b"\x1b$@", b"\x1b(J"))


def _can_decode(raw: bytes, codec: str, max_bad_bytes: int) -> bool:
    if max_bad_bytes:
        return _decode_lossy(raw, codec).count("\ufffd") <= max_bad_bytes
    try:
        raw.decode(codec)
    except UnicodeDecodeError as error:
        # Only the last character is incomplete: the page is cut off.
        return error.end == len(raw) and error.start >= len(raw) - 3
    return True


def _detect_codec(raw: bytes) -> str:
    """Return cchardet's guess if it is plausible, else the best of that guess, the ideographic and the Latin codecs.

    cchardet confuses ideographic encodings, and guesses rare ones for texts with few accented letters.
    """
    import cchardet

    guess = cchardet.detect(raw)["encoding"]
    guessed = _codecs_of_guess(guess) if guess else ()
    fitting = next((codec for codec in guessed if _can_decode(raw, codec, 0)), None)
    if fitting and fitting not in _RARE_CODECS and _plausibility_as(raw, fitting) >= _PLAUSIBLE:
        return fitting
    common = [codec for codec in guessed if codec not in _RARE_CODECS]
    ideographic = [codec for codec in IDEOGRAPHIC_CODECS if _can_decode(raw, codec, 0)]
    candidates = (*common, *ideographic, *_LATIN_CODECS, *guessed)
    return max(candidates, key=lambda codec: _plausibility_as(raw, codec))


def _plausibility_as(raw: bytes, codec: str) -> float:
    return score_plausibility(_decode_lossy(raw, codec), codec)


def _decode_lossy(raw: bytes, codec: str) -> str:
    return raw.decode(codec, "replace")


REMOVED = "\ufdd0"
"""Stands for a removed control character until the markup is parsed. Unicode reserves U+FDD0 for use within a program.

Deleting the character would change the markup. Browsers show the text of an element whose name is "script" with a
U+0008; without the U+0008, it would be a script.
"""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0d-\x1f\x7f]")
"""Control characters, which carry no text; XML forbids nearly all of them."""
_CONTROL_BYTES = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])
"""A text without these bytes has no control character except carriage returns."""

_SHIFT_JIS_UNASSIGNED = re.compile("[\x80\uf8f0-\uf8f3]")
"""The characters to which Python's cp932 decodes the bytes 80, A0, FD, FE and FF, which Shift_JIS does not assign."""


def _decode_as(raw: bytes, codec: str, labels: tuple[str, ...] = ()) -> Decoded:
    """Decode with one codec and repair double encoding. Notes report repairs, lost bytes, and wrong `labels`."""
    text = _decode_lossy(raw, codec)
    if codec == "cp932":
        text = _SHIFT_JIS_UNASSIGNED.sub("\ufffd", text)
    notes = []
    if labels and not any(codec in _codecs_of_label(label) for label in labels):
        notes.append(note("ENCODING_MENDED", declared=labels[0], actual=codec))
    if lost := text.count("\ufffd"):
        notes.append(note("BYTES_UNREADABLE", count=lost, encoding=codec))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(raw.translate(None, _CONTROL_BYTES)) < len(raw):
        text = _CONTROLS.sub(REMOVED, text)
    may_be_double = _MOJIBAKE_LEAD.search(raw) is not None if codec == "utf-8" else codec.startswith("utf")
    if may_be_double and _MOJIBAKE.search(text):
        text, repair_notes = _undo_double_encoding(text)
        notes += repair_notes
    return Decoded(text, codec, tuple(notes))


_CONTINUATION = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_MOJIBAKE = re.compile(f"[Â-ï](?:(?<=[Â-ß]){_CONTINUATION}|(?<=[à-ï]){_CONTINUATION}{{2}})")
"""UTF-8 that was read as windows-1252 and encoded as UTF-8 again: é became Ã©, and ’ became â€™.

It begins with one character set, for which `re` searches quickly.
"""
_MOJIBAKE_LEAD = re.compile(b"\xc3[\x82-\xaf][\xc2\xc5\xc6\xcb\xe2]")
"""The first bytes of `_MOJIBAKE` in UTF-8. They are searched first, since few correct pages have them."""


def _undo_double_encoding(text: str) -> tuple[str, list[Note]]:
    """Undo the second encoding line by line: most such pages have only one wrong passage."""
    from ftfy import fix_encoding

    lines = text.split("\n")
    repaired = [fix_encoding(line) if _MOJIBAKE.search(line) else line for line in lines]
    changed = [before for before, after in zip(lines, repaired, strict=True) if before != after]
    if not changed:
        return text, []
    example = _MOJIBAKE.search(changed[0])
    return "\n".join(repaired), [note("DOUBLY_ENCODED", count=len(changed), example=example[0] if example else "")]
