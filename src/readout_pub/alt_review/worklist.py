"""The worklist: one row for each photo on each page, the most urgent first, with what is wrong with its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import (
    KINDS_WITH_TEXT,
    Decision,
    DecisionFinder,
    DecisionKind,
    Decisions,
    Proposal,
    decision_on,
    text_of,
    with_decided_text,
)
from readout_pub.alt.lint import LEVELS, AdviceLanguage, AltFinding, HouseRules, Level
from readout_pub.alt.photo_names import readable_name
from readout_pub.alt.release import lint_decided_photos
from readout_pub.alt_review.photos import PagePhotos
from readout_pub.alt_review.review_messages import review_messages
from readout_pub.model import Alt, Decorative, Described, Missing
from readout_pub.sources import SavedPage


class PhotoProblem(msgspec.Struct, frozen=True):
    """Why a photo is listed, and what to do; both are sentences, the first without a full stop.

    `proposed` is a text for the same picture elsewhere.
    """

    level: Level
    message: str
    what_to_write: str
    proposed: str = ""


class ListedPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the worklist, its problems, and the decision of a person on it."""

    photo: PhotoInContext
    problems: tuple[PhotoProblem, ...] = ()
    decision: Decision | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody, perhaps an expert, has to decide on the photo, or a release refuses the decision."""
        if self.decision:
            return self.decision.decision == "expert" or is_refused(self.decision, self.problems)
        return bool(self.problems)


def is_refused(decision: Decision, problems: Iterable[PhotoProblem]) -> bool:
    """Return whether a release refuses a decision that gives a text or "decorative", for a problem that is an error."""
    return decision.decision in {*KINDS_WITH_TEXT, "decorative"} and any(each.level == "error" for each in problems)


class WorklistRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row: its fields are the columns, in their order. `decision` is "" until somebody decides."""

    id: str
    archive: str
    page: str
    file: str
    title: str
    caption: str
    context: str
    current_alt: str
    problem: str
    alt: str
    decision: DecisionKind | Literal[""]
    reviewer: str
    reason: str


COLUMNS = WorklistRow.__struct_fields__

TO_FILL_IN = ("alt", "decision", "reviewer", "reason")
"""The columns that a person fills in; the others are for reading."""


def list_photos(pages: Iterable[PagePhotos], rules: HouseRules, language: AdviceLanguage = "en") -> list[ListedPhoto]:
    """Return the photos of `pages`, the most urgent first, with problems in `language`."""
    finder = DecisionFinder()
    listed: list[ListedPhoto] = []
    for page in pages:
        found = finder.file_of(page.saved) if page.saved and page.photos else None
        of_page = found.of_page(page.saved) if found and page.saved else ()
        judged = judged_photos(page, rules, language, of_page)
        listed += (
            (with_decision(each, found, page.saved, language) for each in judged) if found and page.saved else judged
        )
    return by_urgency(listed)


def judged_photos(
    page: PagePhotos, rules: HouseRules, language: AdviceLanguage, decisions: Sequence[Decision] = ()
) -> Iterator[ListedPhoto]:
    """Yield the photos of a page with their problems, without errors that one of the `decisions` accepts."""
    for photo, findings in lint_decided_photos(page.photos, decisions, rules, language):
        of_origin = _origin_problems(photo.alt, language, has_findings=bool(findings))
        yield ListedPhoto(photo=photo, problems=(*_problems(findings), *of_origin))


def with_decided_texts(photos: Iterable[PhotoInContext], decisions: Sequence[Decision]) -> tuple[PhotoInContext, ...]:
    """Return the photos of one page with the texts that `decisions` give them."""
    return tuple(with_decided_text(photo, decision_on(photo, decisions)) for photo in photos)


def decided_problems(
    photos: Sequence[PhotoInContext], decisions: Sequence[Decision], rules: HouseRules, language: AdviceLanguage
) -> dict[str, tuple[PhotoProblem, ...]]:
    """Return id of a photo → the problems of its text, for each photo that gets a text by a decision.

    `photos` are all photos of one page, since some rules compare their texts.
    """
    decided = with_decided_texts(photos, decisions)
    with_text = {new.id for old, new in zip(photos, decided, strict=True) if new is not old}
    return {
        photo.id: _problems(findings)
        for photo, findings in lint_decided_photos(decided, decisions, rules, language)
        if photo.id in with_text
    }


def _problems(findings: Iterable[AltFinding]) -> tuple[PhotoProblem, ...]:
    """Return the findings as problems, without those that a reviewer has accepted."""
    return tuple(PhotoProblem(each.level, each.message, each.what_to_write) for each in findings if not each.accepted)


def by_urgency(listed: Iterable[ListedPhoto]) -> list[ListedPhoto]:
    """Return the photos, the most urgent first; equally urgent ones stay in their order."""
    return sorted(listed, key=_urgency)


def problem_sentences(problems: Iterable[PhotoProblem], language: AdviceLanguage) -> str:
    """Return what is wrong and what to do about it as sentences in `language`."""
    words = review_messages(language)["problems"]
    return words["between"].join(
        words["sentence"].format(problem=each.message, advice=each.what_to_write) for each in problems
    )


def with_decision(
    listed: ListedPhoto, decisions: Decisions, page: SavedPage, language: AdviceLanguage = "en"
) -> ListedPhoto:
    """Return a photo of `page` with the decision of a person on it.

    Without a decision, a photo with problems gets the decisions on the same picture elsewhere as proposals.
    """
    if decision := reviewed_decision(listed.photo, decisions, page):
        return msgspec.structs.replace(listed, decision=decision)
    if not listed.problems:
        return listed
    proposed = (_proposal(each, language) for each in decisions.proposals(listed.photo))
    return msgspec.structs.replace(listed, problems=(*listed.problems, *proposed))


def reviewed_decision(photo: PhotoInContext, decisions: Decisions, page: SavedPage) -> Decision | None:
    """Return the decision of a person on a photo of `page`; None if there is none."""
    of_page = decisions.of_page(page)
    decision = decision_on(photo, of_page)
    return decision if decision and decision.is_reviewed else None


def _proposal(proposal: Proposal, language: AdviceLanguage) -> PhotoProblem:
    """Return a problem that states what people decided on the same picture elsewhere."""
    decision, messages = proposal.decision, review_messages(language)
    words = messages["problems"]
    message = words["proposed_text" if decision.alt else "proposed_decision"].format(
        picture=words["copy_of_picture" if proposal.is_copy else "same_picture"],
        alt=decision.alt,
        decision=messages["decisions"][decision.decision],
        page=decision.page,
        reviewer=decision.reviewer,
    )
    return PhotoProblem("note", message, words["proposed_advice"], decision.alt)


def row_of(listed: ListedPhoto, language: AdviceLanguage = "en") -> WorklistRow:
    """Return the row of a photo; its problems are in `language`.

    `alt` has a text only after a decision: a text there counts as written by a person.
    """
    photo, decision = listed.photo, listed.decision
    return WorklistRow(
        id=photo.id,
        archive=photo.archive,
        page=photo.page,
        file=readable_name(photo.file),
        title=photo.title,
        caption=photo.caption,
        context=photo.context,
        current_alt=text_of(photo.alt),
        problem=problem_sentences(listed.problems, language),
        alt=decision.alt if decision else "",
        decision=decision.decision if decision else "",
        reviewer=decision.reviewer if decision else "",
        reason=decision.reason if decision else "",
    )


def origin_text(alt: Described | Decorative, language: AdviceLanguage = "en") -> str:
    """Return the origin of an alternative text, or of the decision "decorative", as a phrase for people."""
    words = review_messages(language)["origins"]
    name = alt.name if alt.by in ("person", "model") else None
    return words[f"{alt.by}_name"].format(name=name) if name else words[alt.by]


def _urgency(listed: ListedPhoto) -> tuple[bool, int, bool, int]:
    levels = [LEVELS.index(problem.level) for problem in listed.problems]
    has_text = not isinstance(listed.photo.alt, Missing)  # a caption that serves as the text counts
    return (not listed.is_open, -max(levels, default=-1), has_text, -len(levels))


def _origin_problems(alt: Alt, language: AdviceLanguage, *, has_findings: bool) -> Iterator[PhotoProblem]:
    """Yield what is wrong with the origin of a text; with `has_findings`, the text breaks house rules."""
    words = review_messages(language)["problems"]
    match alt:
        case Described(by="model", reviewed=False) | Decorative(by="model", reviewed=False):
            yield PhotoProblem("error", words["unreviewed"], words["unreviewed_advice"])
        case Described(by="caption", reviewed=False) if not has_findings:
            yield PhotoProblem("note", words["caption"], words["caption_advice"])
        case Missing() if not has_findings:
            yield PhotoProblem("note", words["missing"], words["missing_advice"])
        case _:
            pass
