"""A review in progress: the photos of an archive with their decisions. Each new decision is saved at once."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import (
    KINDS_WITH_TEXT,
    DecidedOtherwise,
    Decision,
    DecisionKind,
    Decisions,
    decision_on,
    file_for,
    record,
)
from readout_pub.alt.lint import AdviceLanguage, HouseRules
from readout_pub.alt_review.new_decisions import new_decision
from readout_pub.alt_review.photos import PagePhotos
from readout_pub.alt_review.worklist import (
    ListedPhoto,
    PhotoProblem,
    by_urgency,
    decided_problems,
    is_refused,
    judged_photos,
    problem_sentences,
    reviewed_decision,
    with_decided_texts,
    with_decision,
)
from readout_pub.errors import UsageError
from readout_pub.sources import SavedPage
from readout_pub.sources.path_list import LIST_MARK

MAX_TEXT = 5_000
"""How many characters an alternative text, a name or a reason may have: more than a description of a chart needs."""


class NewDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a reviewer decides on the photo `id`; `seen` is the time of the decision that they saw, or ""."""

    id: str
    decision: DecisionKind
    alt: str = ""
    reviewer: str = ""
    reason: str = ""
    seen: str = ""


class DecisionState(msgspec.Struct, frozen=True):
    """The current decision on the photo `id`; `when` is its time in ISO 8601.

    `remarks` is what the house rules say about a text just saved; `refused`: a release refuses it.
    """

    id: str
    decision: DecisionKind
    alt: str
    reviewer: str
    reason: str
    when: str
    remarks: str = ""
    refused: bool = False


class DecidedMeanwhile(Exception):
    """Somebody else has decided on the photo since the reviewer saw it; `state` is that decision."""

    def __init__(self, state: DecisionState) -> None:
        super().__init__(state.id)
        self.state = state


class _Place(msgspec.Struct, frozen=True):
    """A photo, its page, all photos of this page, and the file with the decisions on them."""

    photo: PhotoInContext
    saved: SavedPage
    page: tuple[PhotoInContext, ...]
    file: Path


class _DecidedPage(msgspec.Struct, frozen=True):
    """The decisions on the photos of a page. `problems` has what the rules say about each text, by photo id."""

    decisions: tuple[Decision, ...]
    problems: dict[str, tuple[PhotoProblem, ...]]


class Review:
    """The photos of one archive; threads and other programs can decide on them at the same time."""

    def __init__(self, pages: Iterable[PagePhotos], archive: str, rules: HouseRules) -> None:
        """Raise UsageError if `archive` is an output."""
        self.archive = archive
        self._rules = rules
        self._pages: list[PagePhotos] = []
        self._places: dict[str, _Place] = {}
        self._judged: dict[AdviceLanguage, list[ListedPhoto]] = {}
        self._decided: dict[tuple[str, AdviceLanguage], _DecidedPage] = {}
        self._lock = threading.Lock()
        for page in pages:
            if page.photos and page.saved is None:
                raise UsageError(
                    "this is an output; decisions are kept beside the saved pages that outputs are made of",
                    where=archive,
                    what_next="name the folder or archive of the saved pages",
                )
            if page.saved is not None and page.photos:
                file = file_for(page.saved, Path(archive.removeprefix(LIST_MARK)))
                self._pages.append(page)
                self._places |= {photo.id: _Place(photo, page.saved, page.photos, file) for photo in page.photos}

    @property
    def files(self) -> list[Path]:
        """The files to which decisions are written."""
        return list(dict.fromkeys(place.file for place in self._places.values()))

    def photos(self, language: AdviceLanguage = "en") -> list[ListedPhoto]:
        """Return the photos with their current decisions, the most urgent first, with problems in `language`."""
        if language not in self._judged:
            self._judged[language] = [
                each for page in self._pages for each in judged_photos(page, self._rules, language)
            ]
        return by_urgency(self._with_decision(each, language) for each in self._judged[language])

    def photo(self, photo_id: str) -> PhotoInContext | None:
        """Return the photo of this `id`; None if there is none."""
        place = self._places.get(photo_id)
        return place.photo if place else None

    def decisions(self) -> Iterator[DecisionState]:
        """Yield the current decisions of people, without drafts of models that nobody has reviewed.

        Raises SourceError if a file of decisions cannot be read.
        """
        for place in self._places.values():
            decisions = Decisions.load(place.file)
            if decision := reviewed_decision(place.photo, decisions, place.saved):
                yield self._state(place, decision)

    def decide(self, new: NewDecision, language: AdviceLanguage = "en") -> DecisionState:
        """Save a decision, and return it as it is in the file, with remarks in `language`.

        Raises DecidedMeanwhile if another person has decided otherwise since `new.seen`, UsageError for an incomplete
        decision, SourceError or OutputError if the file cannot be read or written.
        """
        place = self._places.get(new.id)
        if place is None:
            raise UsageError("this photo is not in the archive", what_next="load the page again")
        photo = place.photo
        if max(map(len, (new.alt, new.reviewer, new.reason))) > MAX_TEXT:
            raise UsageError(f"a text has more than {MAX_TEXT:,} characters", what_next="write a shorter text")
        if new.decision == "caption" and not photo.caption:
            raise UsageError("the photo has no caption", what_next="write a text")
        with self._lock:
            decision = self._record(new, place)
        remarks = problem_sentences(self._problems(place, language), language)
        return msgspec.structs.replace(self._state(place, decision), remarks=remarks)

    def _record(self, new: NewDecision, place: _Place) -> Decision:
        while True:
            decisions = self._decisions(place)
            existing = decision_on(place.photo, decisions)
            try:
                decision = new_decision(
                    place.photo,
                    place.saved,
                    place.file,
                    new.decision,
                    " ".join(new.alt.split()) if new.decision in KINDS_WITH_TEXT else "",
                    reviewer=" ".join(new.reviewer.split()),
                    reason=" ".join(new.reason.split()),
                    now=dt.datetime.now(dt.UTC),
                    existing=existing,
                    house_rules=self._rules,
                    page=with_decided_texts(place.page, decisions),
                )
            except ValueError as reason:
                raise UsageError(str(reason), what_next="fill in the field, and decide again") from reason
            if existing and existing.is_reviewed and _needs_confirmation(existing, decision, new.seen):
                raise DecidedMeanwhile(self._state(place, existing))
            # If another program has decided meanwhile, the loop reads and compares its decision.
            with contextlib.suppress(DecidedOtherwise):
                record(place.file, [decision], known=decisions)
                return decision

    def _state(self, place: _Place, decision: Decision) -> DecisionState:
        return DecisionState(
            place.photo.id,
            decision.decision,
            decision.alt,
            decision.reviewer,
            decision.reason,
            decision.when.isoformat(),
            refused=is_refused(decision, self._problems(place, "en")),
        )

    def _problems(self, place: _Place, language: AdviceLanguage) -> tuple[PhotoProblem, ...]:
        """Return what the house rules say about the text that people have given a photo.

        Browsers ask every few seconds, so a page is judged again only after a new decision on it.
        """
        key = (place.photo.page, language)
        decisions = self._decisions(place)
        if key not in self._decided or self._decided[key].decisions != decisions:
            problems = decided_problems(place.page, decisions, self._rules, language)
            self._decided[key] = _DecidedPage(decisions, problems)
        return self._decided[key].problems.get(place.photo.id, ())

    def _with_decision(self, listed: ListedPhoto, language: AdviceLanguage) -> ListedPhoto:
        place = self._places[listed.photo.id]
        found = with_decision(listed, Decisions.load(place.file), place.saved, language)
        if found.decision is None or found.decision.decision == "expert":
            return found
        return msgspec.structs.replace(found, problems=self._problems(place, language))

    def _decisions(self, place: _Place) -> tuple[Decision, ...]:
        return Decisions.load(place.file).of_page(place.saved)


def _needs_confirmation(before: Decision, now: Decision, seen: str) -> bool:
    """Return whether `now` would replace an unseen decision by another person with another result.

    `seen` is the time of the decision that the reviewer saw.
    """
    return before.when.isoformat() != seen and before.reviewer != now.reviewer and not before.has_same_result(now)
