"""Reading plain text back."""

from __future__ import annotations

from benchmarks.readback import read_back


def test_every_line_with_words_is_a_line() -> None:
    written = "\ufeffAtlantis Relations\r\n\r\n  1. Trade\r\n    They spoke of　fish.\r\n".encode()
    assert read_back("txt", written) == ("Atlantis Relations", "1. Trade", "They spoke of　fish.")
