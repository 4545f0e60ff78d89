"""Source → page: everything that can be opened, told apart by content and not by name."""

from __future__ import annotations

import sys
from pathlib import Path

from readout_pub.sources.file import open_file, read_page, too_large
from readout_pub.sources.page import Assets, HtmlPage, NoAssets, Page, TextPage

MAX_BYTES = 20_000_000
"""Size up to which a source is opened unless the caller allows more: readouts are small, and hostile files are not."""

STANDARD_INPUT = "-"

__all__ = ["MAX_BYTES", "STANDARD_INPUT", "Assets", "HtmlPage", "NoAssets", "Page", "TextPage", "open_source"]


def open_source(source: str | Path, *, max_bytes: int = MAX_BYTES) -> Page:
    """Open a saved page: the path of an HTML or text file, or "-" for standard input.

    Raises SourceError for what is missing, empty, binary or larger than `max_bytes`.
    """
    if source == STANDARD_INPUT:
        return _standard_input(max_bytes)
    return open_file(Path(source), max_bytes)


def _standard_input(max_bytes: int) -> Page:
    raw = sys.stdin.buffer.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise too_large("standard input", len(raw), max_bytes)
    return read_page(raw, "stdin", lambda: raw, where="standard input")
