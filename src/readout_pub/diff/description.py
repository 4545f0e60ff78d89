"""Describes the differences between two copies, for the terminal and the HTML page."""

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
    """Return an alternative text, or words for a missing or decorative one."""
    return "none" if alt is None else alt or "decorative"


def summary(changes: Changes, second: str = "second copy") -> str:
    """Return what differs, such as "3 words absent from the second copy"; `second` is the name for that copy."""
    if not changes:
        return "no differences in words, facts, photos and alternative texts"
    counts = (
        (changes.words_removed, f"word absent from the {second}", f"words absent from the {second}"),
        (changes.words_added, f"word only in the {second}", f"words only in the {second}"),
        (changes.words_moved, "word at another place", "words at another place"),
        (len(changes.facts), "fact changed", "facts changed"),
        (len(changes.photos), "photo changed", "photos changed"),
        (len(changes.alts), "alternative text changed", "alternative texts changed"),
    )
    return ", ".join(f"{count:,} {one if count == 1 else more}" for count, one, more in counts if count)
