"""Inputs that once broke their parser, or kept it busy without end: parser and bytes by what they are."""

from __future__ import annotations

from tests.archives import zipped
from tests.fuzz.targets import picture

NAMELESS = zipped({"page.html": "<p>They met.</p>"}).replace(b"page.html", b"\0age.html")

LONG_TAG = picture("JPEG").replace(b"\x01\x12\x00\x03\x00\x00", b"\x01\x12\x00\x03\xff\xff")
"""The tag of the camera's turn says that it has millions of values."""

CASES: dict[str, tuple[str, bytes]] = {
    "a row of labels that begins anew on every line": ("txt", b"1. x\n" * 80_000),
    "a table whose header is a quotation that never ends": ("csv", b'"'),
    "tables within tables, each with words of its own": ("html", b"<table> x\n" * 20_000),
    "a meeting of more hours than a number may have digits": (
        "html",
        b"<html lang=en><h1>Talks</h1><p>The ministers met for " + b"9" * 5_000 + b" hours and agreed on salt.</p>",
    ),
    "a photo whose camera data break off": ("image", b"II*\0\xff\xd8\xff\xd8" + bytes(99)),
    "a photo whose camera data are longer than it is": ("image", LONG_TAG),
    "a zip archive with a member without a name": ("zip", NAMELESS),
}
