"""What a case has to prove, in one table."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from readout_pub.alt import describe
from readout_pub.emit import EMITTERS, emit
from readout_pub.errors import ReadoutError, SourceError
from readout_pub.extract import extract
from readout_pub.extract.coverage import kept_words
from readout_pub.extract.profile import Profile
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, from_json, photos, plain, texts, to_json
from readout_pub.refine import refine
from readout_pub.sources import HtmlPage, open_source

_MOST_SHOWN = 12
"""Lines or words of a difference that are shown; the rest is counted."""


class CaseRun(msgspec.Struct, frozen=True):
    """What a profile made of a page: `refined` before and `readout` after its photos were described."""

    page: HtmlPage
    profile: Profile
    refined: Readout
    readout: Readout
    album: ImageStore


def run_case(path: Path, profile: Profile) -> CaseRun:
    """Understand the page at `path` by a profile, whatever its host."""
    page = open_source(path)
    if not isinstance(page, HtmlPage):
        raise SourceError("a case is a page of HTML", where=str(path))
    found = extract(page, site=profile.site, sites=[profile.path.parent.parent])
    refined = refine(found.readout)
    return CaseRun(page, profile, refined, describe(refined, {}), found.album)


def _is_expected(trial: CaseRun, expected: bytes | None) -> Iterator[str]:
    if expected is None:
        yield "there is no readout.json yet; --accept writes it for you to read"
        return
    made = to_json(trial.readout)
    if made != expected:
        lines = difflib.unified_diff(
            expected.decode().splitlines(), made.decode().splitlines(), "expected", "now", n=1, lineterm=""
        )
        yield "it is understood in another way; if rightly so, --accept\n" + _shown(list(lines), "\n")


def _is_claimed(trial: CaseRun, _: bytes | None) -> Iterator[str]:
    """Ask as a conversion asks, without the site's name."""
    taken = extract(trial.page, sites=[trial.profile.path.parent.parent]).readout.origin.profile
    if taken != trial.readout.origin.profile:
        yield f"by its address and markers the page goes to {taken or 'no profile'}: see hosts and marker"


def _is_refined_once(trial: CaseRun, _: bytes | None) -> Iterator[str]:
    if refine(trial.refined) != trial.refined:
        yield "refining it twice gives more than refining it once"


def _comes_back(trial: CaseRun, _: bytes | None) -> Iterator[str]:
    if from_json(to_json(trial.readout)) != trial.readout:
        yield "it does not come back from JSON as it was"


def _has_photos(trial: CaseRun, _: bytes | None) -> Iterator[str]:
    yield from (f"photo {photo.src} is not there" for photo in photos(trial.readout) if photo.sha256 is None)


def _is_emitted(trial: CaseRun, _: bytes | None) -> Iterator[str]:
    for target in EMITTERS:
        try:
            emit(trial.readout, trial.album, target)
        except ReadoutError as error:
            yield f"{target}: {error}"


def _keeps_words(trial: CaseRun, _: bytes | None) -> Iterator[str]:
    """Compare letters, since white space, labels and captions move; then name the words that are nowhere found."""
    kept = kept_words(trial.page, trial.profile.site, [trial.profile.path.parent.parent])
    arrived = _letters("".join(_printed(trial.readout)))
    if Counter(_letters("".join(kept))) - Counter(arrived):
        lost = [word for word in kept if _letters(word) not in arrived]
        yield "lost without a name in drop: " + (_shown(lost, " ") or "some words that stand there twice")


def _printed(readout: Readout) -> Iterator[str]:
    fields = readout.series, readout.issued_text, readout.byline
    yield from (field for field in fields if field)
    yield from (plain(line) for line in (readout.title, readout.back_link and readout.back_link.children) if line)
    yield from (each.text for each in readout.undecided)
    yield from (each.title for each in readout.attachments)
    yield from texts(readout.body)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _shown(parts: list[str], between: str) -> str:
    more = f"{between}… and {len(parts) - _MOST_SHOWN} more" if len(parts) > _MOST_SHOWN else ""
    return between.join(parts[:_MOST_SHOWN]) + more


CHECKS: dict[str, Callable[[CaseRun, bytes | None], Iterator[str]]] = {
    "readout": _is_expected,
    "profile": _is_claimed,
    "words": _keeps_words,
    "photos": _has_photos,
    "refine": _is_refined_once,
    "json": _comes_back,
    "formats": _is_emitted,
}
"""What is proven → the function that yields what is wrong with it."""
