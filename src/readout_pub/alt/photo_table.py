"""Tables of photos that people have filled in: the file that `--alt-file` names, and the worklist of `alt worklist`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from readout_pub.alt.decisions import DECISION_KINDS, KINDS_WITH_TEXT, DecisionKind
from readout_pub.filled_tables.table import FilledRow, FilledTable, RowError, read_table

HEADERS: dict[str, tuple[str, ...]] = {
    "id": ("id",),
    "archive": ("archive",),
    "page": ("page", "source"),
    "file": ("file", "file name", "filename", "photo", "image", "picture", "src"),
    "alt": ("alt", "alt text", "alttext", "alternative text", "text alternative"),
    "current_alt": ("current alt",),
    "caption": ("caption",),
    "decision": ("decision",),
    "by": ("by",),
    "author": ("author",),
    "reviewed": ("reviewed",),
    "reviewer": ("reviewer", "reviewed by"),
    "reason": ("reason",),
}
"""Column → the headers that people may write above it, as `read_table` takes them."""

REQUIRED_COLUMNS = ("file", "alt")

DECORATIVE: Literal["decorative"] = "decorative"
WITHHELD: Literal["withheld"] = "withheld"
KINDS_IN_PLACE_OF_TEXT: tuple[DecisionKind, ...] = (DECORATIVE, WITHHELD)
"""Decisions that people may write into the column of the alternative text, instead of a text."""


def read_photo_table(path: Path, what: str, help_text: str) -> FilledTable:
    """Return the table of photos in a file, as `read_table` does."""
    return read_table(path, what, help_text, HEADERS, REQUIRED_COLUMNS)


def decision_of(row: FilledRow) -> tuple[DecisionKind, str] | None:
    """Return what a person has decided, and the text if there is one; None if the row is not filled in.

    A text without a decision is a description, unless it is "decorative" or "withheld". An accepted text is by default
    the current text. Raises RowError if cells are missing or contradict each other.
    """
    text = row.text("alt")
    decision = row.cells.get("decision", "").casefold()
    kind: DecisionKind | None = next((kind for kind in DECISION_KINDS if kind == decision), None)
    if decision and kind is None:
        raise RowError(
            f"{decision!r} is not a decision", f"write one of {', '.join(DECISION_KINDS)}, or leave it empty"
        )
    in_place_of_text = _in_place_of_text(text)
    if kind is None and text:
        kind = in_place_of_text or "described"
    is_own_text = bool(text) and text != " ".join(row.cells.get("current_alt", "").split())
    if kind in KINDS_IN_PLACE_OF_TEXT and is_own_text and in_place_of_text != kind:
        raise RowError(f"the photo is {kind}, but has a text", "remove one of the two")
    if kind in {"caption", "expert"} and is_own_text:
        raise RowError(f"the decision is {kind!r}, but there is a text", "remove one of the two")
    if in_place_of_text and kind in {"described", *KINDS_IN_PLACE_OF_TEXT} and kind != in_place_of_text:
        raise RowError(f"the decision is {kind!r}, but the text says {in_place_of_text!r}", "keep one of the two")
    if kind == "accepted":
        text = text or " ".join(row.cells.get("current_alt", "").split())
        if not row.cells.get("reason", "").strip():
            raise RowError("a text is accepted against the house rules, but nothing says why", "write the reason")
        if in_place_of_text := _in_place_of_text(text):
            raise RowError(f"the photo is {in_place_of_text}, and has no text to accept", "write the text")
    if kind in KINDS_WITH_TEXT and not text:
        raise RowError(f"the decision is {kind!r}, but there is no text", "write the text")
    return (kind, text if kind in KINDS_WITH_TEXT else "") if kind else None


def _in_place_of_text(text: str) -> DecisionKind | None:
    """Return the decision that stands in the column of the text, or None."""
    return next((kind for kind in KINDS_IN_PLACE_OF_TEXT if text.casefold().strip("()[]") == kind), None)
