"""Ace by DAISY: the accessibility of books, page by page and in their metadata."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.validators.findings import Verdicts, answers, decoded, node_script, program

PATIENCE = {"ACE_TIMEOUT_INITIAL": "60000"}
"""Milliseconds for the start of a browser on a busy machine."""

SETTINGS = ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")


def judge(books: Sequence[Path]) -> Verdicts:
    """Ask Ace about each book, in one browser."""
    with TemporaryDirectory() as folder:
        questions = [f"{book.resolve()}\t{folder}/{number}" for number, book in enumerate(books)]
        homes = dict.fromkeys(SETTINGS, folder)
        browser = program("chromium")
        found = answers(node_script("ace.mjs"), questions, PUPPETEER_EXECUTABLE_PATH=browser, **PATIENCE, **homes)
        return dict(zip(books, map(decoded, found), strict=True))
