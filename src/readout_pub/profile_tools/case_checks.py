"""The checks that every case of a profile has to pass. A case is a saved page and the readout expected from it."""

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
from readout_pub.extract.coverage import Coverage, cover
from readout_pub.extract.profile import NO_SITE, SiteProfile
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, from_json, photos, plain_text, texts, unsealed_json
from readout_pub.refine import refine
from readout_pub.sources import HtmlPage, open_source

_MAX_SHOWN = 12
"""How many lines or words a complaint shows, so that it fits a screen."""


class CaseRun(msgspec.Struct, frozen=True):
    """One run of a profile on the page of a case: `refined` is the readout before photos are described.

    `coverage` is what the profile finds on the page, None without a layout that fits.
    """

    page: HtmlPage
    profile: SiteProfile
    refined: Readout
    readout: Readout
    images: ImageStore
    coverage: Coverage | None


def run_case(path: Path, profile: SiteProfile) -> CaseRun:
    """Read the page at `path` with a profile, whatever the host of the page. Raises SourceError if it is not HTML."""
    page = open_source(path)
    if not isinstance(page, HtmlPage):
        raise SourceError("the page of a case must be HTML", where=str(path), what_next="save the page as HTML")
    sites = [profile.path.parent.parent]
    found = extract(page, site=profile.site, sites=sites)
    refined = refine(found.readout)
    return CaseRun(page, profile, refined, describe(refined, {}), found.images, cover(page, profile.site, sites))


def _check_readout(run: CaseRun, expected: bytes | None) -> Iterator[str]:
    if expected is None:
        yield "there is no readout.json yet; --accept writes it for you to read"
        return
    actual = unsealed_json(run.readout)
    if actual != expected:
        lines = difflib.unified_diff(
            expected.decode().splitlines(), actual.decode().splitlines(), "expected", "now", n=1, lineterm=""
        )
        yield "the readout changed; if this is right, add --accept\n" + _join_truncated(list(lines), "\n")


def _check_selectors(run: CaseRun, _: bytes | None) -> Iterator[str]:
    """Check that a layout fits the page, and that none of its selectors is ambiguous."""
    if run.coverage:
        yield from run.coverage.ambiguities()
    else:
        yield f"no layout of site {run.profile.site!r} has its marker and its body on this page; add a [[layout]]"


def _check_profile(run: CaseRun, _: bytes | None) -> Iterator[str]:
    """Check that a conversion chooses this profile without `--site`."""
    chosen = extract(run.page, sites=[run.profile.path.parent.parent]).readout.origin.profile
    if chosen != run.readout.origin.profile:
        yield f"without --site, {chosen or 'no profile'} is chosen for this page; correct hosts or marker"


def _check_idempotence(run: CaseRun, _: bytes | None) -> Iterator[str]:
    if refine(run.refined) != run.refined:
        yield "refining the refined readout again changes it"


def _check_json(run: CaseRun, _: bytes | None) -> Iterator[str]:
    if from_json(unsealed_json(run.readout)) != run.readout:
        yield "the JSON of the readout, read again, gives another readout"


def _check_photos(run: CaseRun, _: bytes | None) -> Iterator[str]:
    yield from (f"photo {photo.src} is missing" for photo in photos(run.readout) if photo.sha256 is None)


def _check_formats(run: CaseRun, _: bytes | None) -> Iterator[str]:
    for target in EMITTERS:
        try:
            emit(run.readout, run.images, target)
        except ReadoutError as error:
            yield f"{target}: {error}"


def _check_words(run: CaseRun, _: bytes | None) -> Iterator[str]:
    """Check that all words of the fields and the body are in the readout, except ruby readings and what `drop` selects.

    Compares how often each letter and digit occurs, since white space, labels and captions may move.
    """
    kept = run.coverage.words if run.coverage else ()
    output = _letters("".join(_texts_of(run.readout)))
    if Counter(_letters("".join(kept))) - Counter(output):
        lost = [word for word in kept if _letters(word) not in output]
        yield "lost, and not selected by drop: " + (_join_truncated(lost, " ") or "words that also occur elsewhere")


def _texts_of(readout: Readout) -> Iterator[str]:
    fields = readout.series, readout.issued_text, readout.byline
    yield from (field for field in fields if field)
    yield from (plain_text(line) for line in (readout.title, readout.back_link and readout.back_link.children) if line)
    yield from (each.text for each in readout.undecided)
    yield from (each.title for each in readout.attachments)
    yield from texts(readout.body)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _join_truncated(parts: list[str], between: str) -> str:
    more = f"{between}… and {len(parts) - _MAX_SHOWN} more" if len(parts) > _MAX_SHOWN else ""
    return between.join(parts[:_MAX_SHOWN]) + more


CHECKS: dict[str, Callable[[CaseRun, bytes | None], Iterator[str]]] = {
    "selectors": _check_selectors,
    "readout": _check_readout,
    "profile": _check_profile,
    "words": _check_words,
    "photos": _check_photos,
    "refine": _check_idempotence,
    "json": _check_json,
    "formats": _check_formats,
}
"""Name of a check → the function that yields its complaints, given a run and the expected JSON."""


def words_outside(run: CaseRun) -> str | None:
    """Return the first words that the generic extraction takes for text, but the profile neither reads nor drops.

    They give only a warning: the generic extraction keeps some boilerplate.
    """
    if run.coverage is None:
        return None
    try:
        estimate = refine(extract(run.page, site=NO_SITE).readout)
    except SourceError:
        return None
    # One block of the generic extraction can be several fields of the readout, such as author and day.
    read = _letters("".join((*_texts_of(run.readout), *run.coverage.words, *run.coverage.dropped)))
    lost = [text.strip() for text in texts(estimate.body) if _letters(text) not in read]
    return _join_truncated(" ".join(lost).split(), " ") or None
