"""Inputs that once broke their parser, or kept it busy without end: parser and bytes by what they are."""

from __future__ import annotations

CASES: dict[str, tuple[str, bytes]] = {
    "a row of labels that begins anew on every line": ("txt", b"1. x\n" * 80_000),
}
