"""What a reader finds in a finished file: its paragraphs, read from the bytes alone.

This is the instrument of `benchmarks.score`, so it shares no code with the program that it measures.
"""

from __future__ import annotations

import importlib

READERS: dict[str, str] = {
    "txt": "text",
    "html": "markup",
    "epub": "epub",
    "pdf": "pdf",
    "docx": "docx",
}
"""Format → the module of this package that reads it; loaded when asked for, since each needs a library of its own."""


def read_back(target: str, data: bytes) -> tuple[str, ...]:
    """Return the text of a rendition in reading order, one line a heading, paragraph, caption or cell.

    Labels stand before what they label, as a reader sees them, automatic numbers included. Bullets, alternative
    texts, navigation, running headers and page numbers are no text. A KeyError if no reader knows the format.
    """
    lines: tuple[str, ...] = importlib.import_module(f"{__name__}.{READERS[target]}").read(data)
    return lines
