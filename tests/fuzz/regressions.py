"""Inputs that once crashed or hung their parser."""

from __future__ import annotations

from tests.archives import zipped
from tests.fuzz.targets import picture

NAMELESS = zipped({"page.html": "<p>They met.</p>"}).replace(b"page.html", b"\0age.html")

LONG_TAG = picture("JPEG").replace(b"\x01\x12\x00\x03\x00\x00", b"\x01\x12\x00\x03\xff\xff")
"""A JPEG whose Exif orientation tag claims four billion values."""

REGRESSIONS: dict[str, tuple[str, bytes]] = {
    "labels that restart on every line": ("txt", b"1. x\n" * 80_000),
    "a CSV header with an unclosed quote": ("csv", b'"'),
    "nested tables, each with text": ("html", b"<table> x\n" * 20_000),
    "a meeting whose number of hours has too many digits for int()": (
        "html",
        b"<html lang=en><h1>Talks</h1><p>The ministers met for " + b"9" * 5_000 + b" hours and agreed on salt.</p>",
    ),
    "a photo with truncated Exif data": ("image", b"II*\0\xff\xd8\xff\xd8" + bytes(99)),
    "a photo with an Exif tag longer than the file": ("image", LONG_TAG),
    "a zip archive with an empty member name": ("zip", NAMELESS),
}
"""What is wrong with the input → the name of its parser in `TARGETS`, and the input."""
