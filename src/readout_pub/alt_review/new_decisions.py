"""What a person decides on a photo → the decision for the file of its archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import BY_PERSON, Decision, DecisionKind, page_name, text_of
from readout_pub.alt.perceptual import hash_of_picture
from readout_pub.sources import SavedPage


def new_decision(
    photo: PhotoInContext,
    saved: SavedPage,
    file: Path,
    kind: DecisionKind,
    text: str,
    *,
    reviewer: str,
    reason: str,
    now: dt.datetime,
    existing: Decision | None,
) -> Decision:
    """Return the decision `kind` of a person on a photo of the page `saved`, whose decisions are in `file`.

    `text` is the description, "" for another decision. `existing` is the decision in the file now: a person who keeps
    the text of a model has reviewed it, and has not written it. Raises ValueError for a decision that lacks something.
    """
    is_same = existing is not None and (existing.decision, existing.alt) == (kind, text)
    before = (existing.alt or existing.decision) if existing else text_of(photo.alt)
    return Decision(
        page=page_name(saved, file.parent),
        src=photo.file,
        picture=photo.sha256 or "",
        caption=photo.caption,
        decision=kind,
        alt=text,
        language=photo.language,
        reviewer=reviewer,
        when=now,
        by=existing.by if existing and is_same else BY_PERSON,
        replaced=before if before != text else "",
        reason=reason,
        perceptual=hash_of_picture(photo.sha256, photo.read_image) if photo.sha256 and photo.read_image else None,
    )
