"""Element ids of outputs are unique: ids that would be equal are numbered."""

from __future__ import annotations

import pytest

from readout_pub.emit.anchor_ids import AnchorIds
from readout_pub.model import Paragraph


def test_ids_that_become_equal_are_numbered() -> None:
    body = [Paragraph(children=(name,), id=name) for name in ("a", "a!", "a-2", "a?", "a!!")]
    anchors = AnchorIds(tuple(body))
    assert [anchors.claim(block.id) for block in body] == ["a", "a-2", "a-2-2", "a-3", "a-4"]


@pytest.mark.slow
def test_many_equal_ids_get_successive_numbers() -> None:
    """If each id started a search from 1, this would take a minute."""
    count = 20_000
    anchors = AnchorIds(tuple(Paragraph(children=(), id=f"a{'!' * (n % 100)}{'?' * (n // 100)}") for n in range(count)))
    calls = [anchors.new_call("note") for _ in range(count)]
    assert calls[-1] == f"call-note-{count}"
