"""Hidden boxes that say again what the page shows, such as a text laid out once more for print or for telephones."""

from __future__ import annotations

from collections.abc import Sequence

from readout_pub.extract.generic.text_blocks import ElementBox, Line

COPY = "copy"
"""The name of such a box among the traits of chrome."""

_HIDDEN = frozenset({"hidden", "hidden by attribute", "hidden by style"})
"""Traits of boxes that are not shown, or not everywhere."""

_SHARE = 0.7
"""Part of the letters of a hidden box from which it is a copy: the date or the address may be written differently."""


def hidden_duplicates(boxes: Sequence[ElementBox], lines: Sequence[Line]) -> frozenset[ElementBox]:
    """Return the outermost hidden boxes of which most stands outside of all hidden boxes too, word for word."""
    hidden: list[ElementBox] = []
    for box in boxes:
        if box.traits & _HIDDEN and box.parent and not (hidden and hidden[-1].surrounds(box)):
            hidden.append(box)
    if not hidden:
        return frozenset()
    within = {index for box in hidden for index in range(box.first, box.last)}
    shown = {line.text for line in lines if line.index not in within}
    return frozenset(box for box in hidden if _said(lines[box.first : box.last], shown) > _SHARE * box.size > 0)


def _said(lines: Sequence[Line], shown: set[str]) -> int:
    return sum(line.size for line in lines if line.text in shown)
