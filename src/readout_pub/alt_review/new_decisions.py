"""Turns what a person decides on a photo into a decision for the decision file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import BY_PERSON, KINDS_WITH_TEXT, Decision, DecisionKind, page_name, text_of
from readout_pub.alt.lint import HouseRules, lint_photo
from readout_pub.alt.perceptual import hash_of_picture
from readout_pub.model import Described
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
    house_rules: HouseRules,
    page: Sequence[PhotoInContext],
) -> Decision:
    """Return the decision `kind` of a person on a photo of the page `saved`, whose decisions are in `file`.

    `text` is the text if `kind` is "described" or "accepted", else "". `existing` is the decision in the file now. If
    the person keeps its content, the new decision has the same `by`: a text that a model wrote is now reviewed, but the
    model remains its author. If the person accepts a text that breaks no rule of `house_rules` at the level "error",
    the text is recorded as "described". `page` has all photos of the page, since some may have the same text. Raises
    ValueError for an incomplete decision.
    """
    accepted = existing.accepted_rules(text, photo.caption) if existing else ()
    rules = _broken_rules(photo, text, house_rules, page, accepted) if kind == "accepted" else ()
    if kind == "accepted" and not rules:
        kind = "described"
    is_same = existing is not None and (existing.alt == text if kind in KINDS_WITH_TEXT else existing.decision == kind)
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
        rules=rules,
        perceptual=hash_of_picture(photo.sha256, photo.read_image) if photo.sha256 and photo.read_image else None,
    )


def _broken_rules(
    photo: PhotoInContext,
    text: str,
    house_rules: HouseRules,
    page: Sequence[PhotoInContext],
    accepted: Sequence[str],
) -> tuple[str, ...]:
    """Return the names of the house rules that a text by a person breaks at the level "error".

    If a text breaks a final rule, such as "file-name", the rules after it are tried only if that rule is in `accepted`.
    """
    judged = msgspec.structs.replace(photo, alt=Described(text, by="person", reviewed=True))
    found = lint_photo(judged, house_rules, page, accepted=accepted)
    return tuple(sorted(each.rule for each in found if each.level == "error"))
