"""Reads the lines of an output back, from its bytes alone.

`benchmarks.score` measures the program with this package, so the package shares no code with the program.
"""

from __future__ import annotations

import importlib

READERS = ("txt", "html", "epub", "pdf", "docx")
"""The formats. Each has a module of its name in this package, loaded on first use with the library it needs."""


def read_back(target: str, data: bytes) -> tuple[str, ...]:
    """Return the text of a rendition in reading order, one line for each heading, paragraph, caption or cell.

    A label, or the number that a list shows, is at the beginning of its line. Bullets, alternative texts, navigation,
    running headers and page numbers are left out. Raises ModuleNotFoundError for a format that is not in READERS.
    """
    lines: tuple[str, ...] = importlib.import_module(f"{__name__}.{target}").read(data)
    return lines
