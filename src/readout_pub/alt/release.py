"""Decides whether a page may be released: whether a person vouches for the alternative text of each of its photos.

Also lints photos, and takes the decisions on them into account: errors that a reviewer has accepted become notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import Decision, decision_on, text_of
from readout_pub.alt.lint import LEVELS, AdviceLanguage, AltFinding, HouseRules, lint_photos, load_house_rules
from readout_pub.alt.photo_names import readable_name
from readout_pub.alt.policy import MAX_REFUSED_NAMED
from readout_pub.errors import AltRefused
from readout_pub.model import Decorative, Described, Missing
from readout_pub.notes import name_first


def require_released(photos: Sequence[PhotoInContext], decisions: Sequence[Decision], profile: str) -> None:
    """Raise AltRefused, which lists the photos with reasons, unless all photos of a page may be released.

    A photo may not be released if

    - a reviewer asked for an expert,
    - it has no text,
    - its text is the caption or comes from a model, and nobody has reviewed the text,
    - a model called the photo decorative, and nobody has reviewed that,
    - its text breaks a rule of the house rules `profile` at the level "error", and no reviewer has accepted that.

    A caption that a reviewer found to be enough is not judged by the house rules, nor is the text of a photo that is
    withheld.
    """
    problems = [
        f"{readable_name(photo.file)!r} ({problem})"
        for photo, findings in lint_decided_photos(photos, decisions, load_house_rules(profile))
        if (problem := _problem(photo, decisions, findings))
    ]
    if not problems:
        return
    count = "1 photo needs" if len(problems) == 1 else f"{len(problems)} photos need"
    raise AltRefused(
        f"it is not released: {count} a text or a review: {name_first(problems, MAX_REFUSED_NAMED)}",
        what_next="decide with `readout-pub alt review`",
    )


def lint_decided_photos(
    photos: Iterable[PhotoInContext],
    decisions: Sequence[Decision],
    profile: HouseRules,
    language: AdviceLanguage = "en",
) -> Iterator[tuple[PhotoInContext, tuple[AltFinding, ...]]]:
    """Yield each photo of a page with its findings, as `lint_photos` does; errors that a reviewer accepted are notes.

    A withheld photo has no findings. `decisions` are the decisions on the page. A decision counts only for the text,
    the caption and the rules that its reviewer saw: another error in the same text stays an error.
    """
    of_page = list(photos)
    accepting = {
        photo.id: decision
        for photo in of_page
        if (decision := decision_on(photo, decisions)) and decision.accepted_rules(text_of(photo.alt), photo.caption)
    }

    def accepted_rules(photo: PhotoInContext) -> tuple[str, ...]:
        return accepting[photo.id].rules if photo.id in accepting else ()

    for photo, findings in lint_photos(of_page, profile, language, accepted_rules):
        decision = decision_on(photo, decisions)
        if decision and decision.decision == "withheld":
            yield photo, ()
        else:
            yield photo, _with_notes(findings, accepting[photo.id]) if photo.id in accepting else findings


def _with_notes(findings: Iterable[AltFinding], decision: Decision) -> tuple[AltFinding, ...]:
    """Return the findings, worst first; those that `decision` accepts become notes."""
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
