"""Counts the photos of a readout by who described them, and those that still need a decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from readout_pub.model import Alt, Decorative, Described, Missing


class PhotoStatus(msgspec.Struct, frozen=True, omit_defaults=True):
    """The number of photos by who described them. The decision that a photo is decorative counts as a description.

    source     the page
    person     a person other than the author of the page
    caption    nobody: the caption is used as the text
    model      a model
    missing    nobody: outputs say that there is no description
    open       photos that need a decision: those of `missing`, and those of `caption` and `model` that no person has
               reviewed
    """

    source: int = 0
    person: int = 0
    caption: int = 0
    model: int = 0
    missing: int = 0
    open: int = 0

    def __str__(self) -> str:
        """Return the numbers that are not zero as a text, such as "2 described by the page"; "" without photos."""
        counts = {
            "described by the page": self.source,
            "by a person": self.person,
            "by the caption": self.caption,
            "by a model": self.model,
            "not described": self.missing,
        }
        stated = ", ".join(f"{count} {words}" for words, count in counts.items() if count)
        return f"{stated}; {self.open} to review" if self.open else stated


def photo_status(alts: Iterable[Alt]) -> PhotoStatus:
    """Count photos by who wrote their texts, and those that need a decision; `alts` has one item for each photo."""
    counts: Counter[str] = Counter()
    for alt in alts:
        match alt:
            case Described(by=by, reviewed=reviewed) | Decorative(by=by, reviewed=reviewed):
                counts[by] += 1
                counts["open"] += by in {"caption", "model"} and not reviewed
            case Missing():
                counts.update(("missing", "open"))
    return PhotoStatus(**counts)
