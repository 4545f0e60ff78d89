"""Asks a model for drafts of missing alternative texts, judges them, and records them in the decision file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.alt.context import PhotoInContext, lacks_own_text
from readout_pub.alt.decisions import (
    DecidedOtherwise,
    Decision,
    DecisionFinder,
    decision_on,
    file_for,
    page_name,
    record,
    text_of,
)
from readout_pub.alt.drafts import MAX_ANSWER_TOKENS, PATH, draft_request, estimated_tokens, read_answer
from readout_pub.alt.lint import AltFinding, HouseRules, lint_photo
from readout_pub.alt_review.photos import PagePhotos
from readout_pub.alt_review.thumbnails import thumbnail_of
from readout_pub.arguments import require_unicode
from readout_pub.errors import DecisionsUnreadable, SourceError
from readout_pub.model import Described
from readout_pub.sources import SavedPage
from readout_pub.sources.path_list import LIST_MARK
from readout_pub.sources.web.json_api import JsonApi

PICTURE_SIDE = 1024
"""Longest side of the picture that is sent, in pixels: faces and flags remain recognisable, and models scale larger
pictures down. The picture has no metadata, such as the place where the photo was taken.
"""

_MAX_FAILURES = 3
"""After this many photos in a row without an answer, the run ends."""


class PhotoToDraft(msgspec.Struct, frozen=True):
    """A photo without a text of its own, the photos of its page, and about how many tokens its request has."""

    photo: PhotoInContext
    others: tuple[PhotoInContext, ...]
    saved: SavedPage
    picture_bytes: int
    tokens: int


class DraftPlan(msgspec.Struct, frozen=True):
    """The photos that a run would send, and how many others it would leave out: `without_file` and `beyond_limit`."""

    photos: tuple[PhotoToDraft, ...]
    without_file: int = 0
    beyond_limit: int = 0

    @property
    def picture_bytes(self) -> int:
        """The size of all pictures together."""
        return sum(each.picture_bytes for each in self.photos)

    @property
    def tokens_in(self) -> int:
        """About how many tokens the requests have together."""
        return sum(each.tokens for each in self.photos)

    @property
    def tokens_out(self) -> int:
        """How many tokens the answers have at most, without second attempts."""
        return len(self.photos) * MAX_ANSWER_TOKENS


DraftState = Literal["recorded", "refused", "failed", "decided"]


class DraftOutcome(msgspec.Struct, frozen=True):
    """What became of one photo.

    recorded   the draft is in the decision file; `findings` are warnings about it
    refused    the draft breaks a rule at the level of an error, also in a second attempt
    failed     no text was received: `error` says why
    decided    somebody has decided on the photo meanwhile: `error` says who
    """

    state: DraftState
    archive: str
    page: str
    file: str
    text: str = ""
    findings: tuple[AltFinding, ...] = ()
    error: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


def plan_drafts(pages: Iterable[PagePhotos], profile: HouseRules, max_images: int) -> DraftPlan:
    """Return the photos of source pages that need a draft: those without a text of their own, a decision or a draft."""
    finder = DecisionFinder()
    chosen: list[PhotoToDraft] = []
    without_file = beyond_limit = 0
    for page in pages:
        decisions = finder.decisions_of(page.saved) if page.saved and page.photos else ()
        for photo in page.photos if page.saved else ():
            if not lacks_own_text(photo.alt) or decision_on(photo, decisions):
                continue
            if len(chosen) == max_images:
                beyond_limit += 1
                continue
            small = thumbnail_of(photo, PICTURE_SIDE)
            if small is None or page.saved is None:
                without_file += 1
                continue
            tokens = estimated_tokens(photo, profile, small.width, small.height)
            chosen.append(PhotoToDraft(photo, page.photos, page.saved, len(small.data), tokens))
    return DraftPlan(tuple(chosen), without_file, beyond_limit)


def write_drafts(
    plan: DraftPlan, api: JsonApi, model: str, profile: HouseRules, now: dt.datetime
) -> Iterator[DraftOutcome]:
    """Ask for a draft of each photo, and record each at once, so that an interruption loses none.

    If a draft breaks a rule at the level of an error, the model is asked once more. Raises SourceError if the server
    fails for all photos, or for `_MAX_FAILURES` in a row; DecisionsUnreadable for an unreadable decision file;
    UsageError if `model` is not valid Unicode.
    """
    require_unicode(model, "model")
    failures = 0
    drafter = _Drafter(api, model, profile, now)
    for each in plan.photos:
        try:
            outcome = drafter.draft(each)
        except DecisionsUnreadable:
            raise  # no further draft could be recorded, and each request may cost money
        except SourceError as error:
            failures += 1
            if failures == _MAX_FAILURES or failures == len(plan.photos):
                raise
            outcome = _outcome(each, "failed", error=str(error))
        else:
            failures = 0
        yield outcome


class _Drafter:
    """Asks one model for drafts, judges each draft beside the other texts of its page, and records it."""

    def __init__(self, api: JsonApi, model: str, profile: HouseRules, now: dt.datetime) -> None:
        self._api, self._model, self._profile, self._now = api, model, profile, now
        self._drafted: dict[str, PhotoInContext] = {}  # id → the photo with its draft

    def draft(self, each: PhotoToDraft) -> DraftOutcome:
        """Ask for the draft of one photo, twice if the first has an error; raise SourceError without an answer."""
        photo = each.photo
        others = tuple(self._drafted.get(other.id, other) for other in each.others if other.id != photo.id)
        small = thumbnail_of(photo, PICTURE_SIDE)
        if small is None:
            raise SourceError("the file of the photo is gone", where=photo.file, what_next="run the command again")
        findings: tuple[AltFinding, ...] = ()
        tokens_in = tokens_out = 0
        text = ""
        for _ in range(2):
            request = draft_request(photo, small.data, self._profile, self._model, findings)
            answer = read_answer(self._api.post(PATH, request), self._api.url)
            text, tokens_in, tokens_out = answer.text, tokens_in + answer.tokens_in, tokens_out + answer.tokens_out
            as_draft = msgspec.structs.replace(photo, alt=Described(text, by="model", name=self._model))
            findings = lint_photo(as_draft, self._profile, others)
            if not any(finding.level == "error" for finding in findings):
                try:
                    self._record(each, text)
                except DecidedOtherwise as otherwise:
                    who = otherwise.decisions[0].reviewer or otherwise.decisions[0].by
                    error = f"{who} has decided on this photo meanwhile; the draft is not recorded"
                    return _outcome(each, "decided", text, error=error, tokens_in=tokens_in, tokens_out=tokens_out)
                self._drafted[photo.id] = as_draft
                return _outcome(each, "recorded", text, findings, tokens_in=tokens_in, tokens_out=tokens_out)
        return _outcome(each, "refused", text, findings, tokens_in=tokens_in, tokens_out=tokens_out)

    def _record(self, each: PhotoToDraft, text: str) -> None:
        """Add a draft to the decisions on its page, without a reviewer."""
        photo = each.photo
        file = file_for(each.saved, Path(photo.archive.removeprefix(LIST_MARK)))
        decision = Decision(
            page=page_name(each.saved, file.parent),
            src=photo.file,
            picture=photo.sha256 or "",
            caption=photo.caption,
            decision="described",
            alt=text,
            language=photo.language,
            reviewer="",
            when=self._now,
            by=f"model {self._model}",
            replaced=text_of(photo.alt),
            reason="",
        )
        record(file, [decision], known=())  # raises DecidedOtherwise if somebody has decided meanwhile


def _outcome(
    each: PhotoToDraft,
    state: DraftState,
    text: str = "",
    findings: tuple[AltFinding, ...] = (),
    *,
    error: str = "",
    tokens_in: int = 0,
    tokens_out: int = 0,
) -> DraftOutcome:
    photo = each.photo
    return DraftOutcome(state, photo.archive, photo.page, photo.file, text, findings, error, tokens_in, tokens_out)
