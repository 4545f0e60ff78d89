"""A headline that is not there."""

from __future__ import annotations

import msgspec

from readout_pub.model import Readout, display_title, plain
from readout_pub.notes import note


def note_missing_title(readout: Readout) -> Readout:
    """Say that the source has no headline, and what stands in its place; nothing is made up."""
    if readout.title or any(given.code == "TITLE_MISSING" for given in readout.notes):
        return readout
    told = note("TITLE_MISSING", shown=plain(display_title(readout)))
    return msgspec.structs.replace(readout, notes=(*readout.notes, told))
