"""Differences of two copies in words, for the terminal and the HTML page."""

from __future__ import annotations

from readout_pub.diff import Changes

NOT_STATED = "not stated"
"""Stands for a fact that a copy does not have."""

PHOTO_STATES = {
    "added": ("absent", "present"),
    "removed": ("present", "absent"),
    "replaced": ("one file", "another file"),
}
"""Kind of a `PhotoChange` → what the first and the second copy have."""


def alt_state(alt: str | None) -> str:
    """Return an alternative text, or what is in its place."""
    return "none" if alt is None else alt or "decorative"


def summary(changes: Changes) -> str:
    """Return one sentence on what differs, such as "3 words absent from the second copy, 1 word only in it"."""
    if not changes:
        return "no differences in words, facts, photos and alternative texts"
    counts = (
        (changes.words_removed, "word absent from the second copy", "words absent from the second copy"),
        (changes.words_added, "word only in the second copy", "words only in the second copy"),
        (changes.words_moved, "word at another place", "words at another place"),
        (len(changes.facts), "fact changed", "facts changed"),
        (len(changes.photos), "photo changed", "photos changed"),
        (len(changes.alts), "alternative text changed", "alternative texts changed"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else more}" for count, one, more in counts if count)
