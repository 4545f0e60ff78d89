"""Readout → readout: pure functions that correct structure and white space, never words, for pages of any publisher."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from readout_pub.arguments import require_type
from readout_pub.model import Readout, display_title, plain_text
from readout_pub.notes import note
from readout_pub.refine.attachments import extract_attachments
from readout_pub.refine.footnotes import link_typed_footnotes, move_footnotes_last
from readout_pub.refine.lists import limit_list_depth, merge_consecutive_lists, move_typed_labels
from readout_pub.refine.meeting import read_meeting
from readout_pub.refine.paragraphs import split_at_breaks
from readout_pub.refine.sections import build_sections
from readout_pub.refine.whitespace import normalize_space

__all__ = ["REFINEMENTS", "refine"]


def refine(readout: Readout) -> Readout:
    """Apply all refinements to `readout`. Idempotent. Raises UsageError for anything but a readout."""
    require_type(readout, (Readout,), "readout")
    for refinement in REFINEMENTS:
        readout = refinement(readout)
    return readout


def note_missing_title(readout: Readout) -> Readout:
    """Add a note if the source has no headline. The note says what outputs show instead; `title` stays empty."""
    if readout.title or any(given.code == "TITLE_MISSING" for given in readout.notes):
        return readout
    missing = note("TITLE_MISSING", shown=plain_text(display_title(readout)))
    return msgspec.structs.replace(readout, notes=(*readout.notes, missing))


REFINEMENTS: tuple[Callable[[Readout], Readout], ...] = (
    normalize_space,
    split_at_breaks,
    link_typed_footnotes,
    extract_attachments,
    limit_list_depth,
    merge_consecutive_lists,
    move_typed_labels,
    build_sections,
    move_footnotes_last,
    note_missing_title,
    read_meeting,
)
"""The refinements in the order in which they run. Each may rely on the refinements before it."""
