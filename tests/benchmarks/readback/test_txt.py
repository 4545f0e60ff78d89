"""Reading plain text."""

from __future__ import annotations

from benchmarks.readback import read_back


def test_lines_that_are_not_blank_are_kept_without_indentation() -> None:
    written = "\ufeffAtlantis Relations\r\n\r\n  1. Trade\r\n    They spoke of　fish.\r\n".encode()
    assert read_back("txt", written) == ("Atlantis Relations", "1. Trade", "They spoke of　fish.")
