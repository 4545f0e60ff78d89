"""Readout → readout, by small pure functions that know no profile: structure and space are mended, never words."""

from __future__ import annotations

from collections.abc import Callable

from readout_pub.model import Readout
from readout_pub.refine.footnotes import join_typed_footnotes, set_footnotes_last
from readout_pub.refine.headings import build_sections
from readout_pub.refine.links import lift_attachments
from readout_pub.refine.lists import lift_labels, merge_lists
from readout_pub.refine.meeting import read_meeting
from readout_pub.refine.paragraphs import split_at_breaks
from readout_pub.refine.text import normalize_space
from readout_pub.refine.title import note_missing_title

REFINEMENTS: tuple[Callable[[Readout], Readout], ...] = (
    normalize_space,
    split_at_breaks,
    join_typed_footnotes,
    lift_attachments,
    merge_lists,
    lift_labels,
    build_sections,
    set_footnotes_last,
    note_missing_title,
    read_meeting,
)
"""In this order: each function may rely on what those above it have done."""

__all__ = ["REFINEMENTS", "refine"]


def refine(readout: Readout) -> Readout:
    """Mend the structure of `readout`; refining twice is refining once."""
    for refinement in REFINEMENTS:
        readout = refinement(readout)
    return readout
