"""Elements whose words are no part of a document: ways through the site, controls, what stands in for a film."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from readout_pub.notes import Note, note

LEFT_OUT = ("input ~ button", "select", "textarea", "nav", "dialog", "noscript", "audio", "video", "canvas")
"""What is never read, as CSS selectors. `noscript` is asked for its photos before.

A button is left out where it sends what was typed; else it may be the heading of what it opens.
"""


def leave_out(root: Tag) -> Iterator[Note]:
    """Take those elements out of `root`, and name the words that go with them."""
    for selector in LEFT_OUT:
        words = 0
        for tag in root.select(selector):
            if not tag.decomposed:
                words += len(tag.get_text(" ").split())
                tag.decompose()
        if words:
            yield note("DROPPED", count=words, rule=selector)
