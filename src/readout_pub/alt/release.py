"""Decides whether a page may be released: whether a person vouches for the alternative text of each of its photos.

Also lowers the findings of the linter that a reviewer has accepted to notes.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import Decision, decision_on
from readout_pub.alt.lint import LEVELS, AltFinding, lint_photos, load_house_rules
from readout_pub.alt.policy import MAX_PHOTOS_NAMED
from readout_pub.errors import AltRefused
from readout_pub.model import Decorative, Described, Missing


def require_released(photos: Sequence[PhotoInContext], decisions: Sequence[Decision], profile: str) -> None:
    """Raise AltRefused, which lists the photos and why, unless each photo of a page may be released.

    A photo may not be released if

    - a reviewer asked for an expert,
    - it has no text,
    - its text is the caption, or a model wrote it or called the photo decorative, and nobody has reviewed that,
    - its text breaks a rule of the house rules `profile` at the level "error", and no reviewer has accepted that.
    """
    problems = [
        f"{photo.file!r} ({problem})"
        for photo, findings in lint_photos(photos, load_house_rules(profile))
        if (problem := _problem(photo, decisions, with_acceptance(photo, findings, decisions)))
    ]
    if not problems:
        return
    count = "1 photo needs" if len(problems) == 1 else f"{len(problems)} photos need"
    more = f" and {len(problems) - MAX_PHOTOS_NAMED} more" if len(problems) > MAX_PHOTOS_NAMED else ""
    raise AltRefused(
        f"it is not released: {count} a text or a review: {', '.join(problems[:MAX_PHOTOS_NAMED])}{more}",
        what_next="decide with `readout-pub alt review`",
    )


def with_acceptance(
    photo: PhotoInContext, findings: Sequence[AltFinding], decisions: Sequence[Decision]
) -> tuple[AltFinding, ...]:
    """Return the findings on a photo, worst first; errors that a reviewer has accepted for its text are notes.

    `decisions` are the decisions on its page. A decision counts only for the text, the caption and the rules that its
    reviewer saw.
    """
    decision = decision_on(photo, decisions)
    alt = photo.alt
    if (
        decision is None
        or not isinstance(alt, Described)
        or (alt.text.split(), photo.caption) != (decision.alt.split(), decision.caption)
    ):
        return tuple(findings)
    accepted = f"{decision.reviewer}: {decision.reason}"
    lowered = (
        msgspec.structs.replace(each, level="note", accepted=accepted) if each.rule in decision.rules else each
        for each in findings
    )
    return tuple(sorted(lowered, key=lambda each: -LEVELS.index(each.level)))


def _problem(photo: PhotoInContext, decisions: Sequence[Decision], findings: Sequence[AltFinding]) -> str | None:
    """Return why a photo may not be released; None if it may."""
    decision = decision_on(photo, decisions)
    if decision and decision.decision == "expert":
        return f"{decision.reviewer} asks for a subject expert"
    match photo.alt:
        case Missing():
            return "it has no text"
        case Described(by="caption", reviewed=False):
            return "its text is the caption, and nobody has decided that it is enough"
        case Described(by="model", reviewed=False):
            return "a model wrote its text, and nobody has reviewed that"
        case Decorative(by="model", reviewed=False):
            return "a model calls it decorative, and nobody has reviewed that"
        case Described(by="caption"):
            return None
        case _:
            error = next((each for each in findings if each.level == "error"), None)
            return f"{error.rule}: {error.message}" if error else None
