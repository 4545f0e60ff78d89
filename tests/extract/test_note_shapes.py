"""Footnotes in the markup of many programs become notes, with and without a profile."""

from __future__ import annotations

import pytest

from readout_pub import Readout, refine
from readout_pub.model import Footnotes, Inlines, NoteRef, descendants, map_inlines, texts
from tests.extract.note_shapes import FIRST, SECOND, SHAPES
from tests.pages import readouts_on_both_paths

BETWEEN = (
    "<p>The pilots of the bay thanked the harbour masters for the lights that they had lit along the shore.</p>"
    "<p>They will meet again in the spring, when the ice has left the northern ports of the island.</p>"
)


def page(shape: str) -> str:
    return SHAPES[shape].replace("{1}", FIRST).replace("{2}", SECOND).replace("{text}", BETWEEN)


def notes_with_calls(readout: Readout) -> list[str]:
    """Return the texts of the notes that have a call in the text."""
    called: set[str] = set()

    def collect(inlines: Inlines) -> Inlines:
        called.update(node.target for node in inlines if isinstance(node, NoteRef))
        return inlines

    map_inlines(readout.body, collect)
    blocks = (block for block in descendants(readout.body) if isinstance(block, Footnotes))
    return [" ".join(texts(note.body)) for block in blocks for note in block.notes if note.id in called]


@pytest.mark.parametrize("path", ["profile", "generic"])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_footnotes_of_many_programs_become_notes(shape: str, path: str) -> None:
    readout = refine(readouts_on_both_paths(page(shape), at_end=True)[path])
    assert notes_with_calls(readout) == [FIRST, SECOND]
    whole = "\n".join(texts(readout.body))
    assert (whole.count(FIRST), whole.count(SECOND)) == (1, 1)
    assert "pilots of the bay" in whole
