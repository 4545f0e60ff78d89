"""Inputs that once broke their parser, or kept it busy without end: parser and bytes by what they are."""

from __future__ import annotations

from tests.archives import zipped

NAMELESS = zipped({"page.html": "<p>They met.</p>"}).replace(b"page.html", b"\0age.html")

CASES: dict[str, tuple[str, bytes]] = {
    "a row of labels that begins anew on every line": ("txt", b"1. x\n" * 80_000),
    "a table whose header is a quotation that never ends": ("csv", b'"'),
    "tables within tables, each with words of its own": ("html", b"<table> x\n" * 20_000),
    "a zip archive with a member without a name": ("zip", NAMELESS),
}
