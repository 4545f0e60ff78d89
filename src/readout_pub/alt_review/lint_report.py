"""Writes what the linter of alternative texts found: as a report for people, JSON, SARIF, and annotations of GitHub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.decisions import Decision, text_of
from readout_pub.alt.lint import (
    LEVELS,
    AdviceLanguage,
    AltFinding,
    Citation,
    HouseRules,
    Level,
    at_least,
)
from readout_pub.alt.photo_names import readable_name
from readout_pub.alt.release import lint_decided_photos
from readout_pub.alt_review.photos import PagePhotos
from readout_pub.checks.results import THIS_PROGRAM
from readout_pub.checks.sarif import SarifResult, SarifRule, SarifRun, sarif_log
from readout_pub.notes import number_with_noun

MAX_TEXT_SHOWN = 100
"""How many characters of an alternative text the report for people shows: one or two lines."""


class LintedPhoto(msgspec.Struct, frozen=True):
    """A photo with its findings, the worst first.

    `alt` is the text that outputs show, "" if there is none. `replaced` is the alternative text on the page if outputs
    leave it out, because it says nothing about the photo; else "".
    """

    id: str
    file: str
    alt: str
    findings: tuple[AltFinding, ...]
    replaced: str = ""


class LintedPage(msgspec.Struct, frozen=True):
    """A page: its photos with findings, how many photos were judged, and, as `error`, why it could not be read.

    `is_output`: the page is an output of this program, on whose photos nobody decides.
    """

    archive: str
    page: str
    judged: int = 0
    photos: tuple[LintedPhoto, ...] = ()
    error: str | None = None
    is_output: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a photo has a finding that nobody has accepted."""
        return any(not finding.accepted for photo in self.photos for finding in photo.findings)


class LintReport(msgspec.Struct, frozen=True):
    """The judged pages, also those without findings, and the house rules."""

    profile: str
    source: Citation
    pages: tuple[LintedPage, ...]

    @property
    def findings(self) -> Iterator[AltFinding]:
        """All findings in the order of the pages."""
        return (finding for page in self.pages for photo in page.photos for finding in photo.findings)

    @property
    def counts(self) -> Mapping[Level, int]:
        """Level → number of findings, worst first; levels without findings have 0."""
        found = Counter(finding.level for finding in self.findings)
        return {level: found[level] for level in reversed(LEVELS)}

    def fails(self, level: Level) -> bool:
        """Return whether there is a finding of this level or worse."""
        return any(at_least(finding.level, level) for finding in self.findings)


def lint_page(
    page: PagePhotos, profile: HouseRules, language: AdviceLanguage = "en", decisions: Sequence[Decision] = ()
) -> LintedPage:
    """Judge the photos of one page. An error becomes a note if one of the page's `decisions` accepts it."""
    if page.error is not None:
        return LintedPage(page.archive, page.page, error=str(page.error))
    linted = lint_decided_photos(page.photos, decisions, profile, language)
    return LintedPage(
        page.archive,
        page.page,
        len(page.photos),
        tuple(_linted_photo(photo, found) for photo, found in linted if found),
        is_output=page.saved is None,
    )


def _linted_photo(photo: PhotoInContext, found: tuple[AltFinding, ...]) -> LintedPhoto:
    replaced = photo.replaced_alt.text if photo.replaced_alt else ""
    return LintedPhoto(photo.id, photo.file, text_of(photo.alt), found, replaced)


def make_report(pages: Iterable[LintedPage], profile: HouseRules) -> LintReport:
    """Return the report on these pages."""
    return LintReport(profile.name, profile.citation, tuple(pages))


def page_lines(page: LintedPage) -> Iterator[str]:
    """Yield the lines that show people what was found on a page; none for a page without findings."""
    if page.photos:
        yield _path_of(page)
    for photo in page.photos:
        yield f"  {readable_name(photo.file)}: {_texts_of(photo)}".rstrip()
        for finding in photo.findings:
            yield f"    {finding.level} {finding.rule}: {finding.message}"
            yield f"      {f'accepted by {finding.accepted}' if finding.accepted else finding.what_to_write}"


def _texts_of(photo: LintedPhoto) -> str:
    """Return the quoted text of a photo, or ""; if outputs leave it out, also what they show instead."""
    if not photo.replaced:
        return _quoted(photo.alt)
    shown = f"the caption {_quoted(photo.alt)}" if photo.alt else "no description"
    return f"{_quoted(photo.replaced)}; outputs have {shown} instead"


def _quoted(text: str) -> str:
    return repr(text if len(text) <= MAX_TEXT_SHOWN else f"{text[:MAX_TEXT_SHOWN]}…") if text else ""


def summary_lines(report: LintReport) -> Iterator[str]:
    """Yield each broken rule and its guideline, then the numbers of photos and findings."""
    citations = {finding.rule: finding.citation for finding in report.findings}
    if citations:
        yield "Why:"
        yield from (
            f"  {rule}: {', '.join(filter(None, (f'{cited.says} {cited}', cited.url)))}"
            for rule, cited in citations.items()
        )
    photos, pages = sum(page.judged for page in report.pages), sum(page.error is None for page in report.pages)
    numbers = ", ".join(number_with_noun(number, level) for level, number in report.counts.items())
    where = f"{number_with_noun(photos, 'photo')} on {number_with_noun(pages, 'page')}"
    yield f"{where}: {numbers} (profile {report.profile}: {report.source})"


def json_report(report: LintReport) -> object:
    """Return the report with its counts, for JSON."""
    return {"profile": report.profile, "source": report.source, "counts": report.counts, "pages": report.pages}


def to_sarif(report: LintReport, profile: HouseRules) -> bytes:
    """Return the report as a SARIF log, which names each broken rule and its guideline."""
    advice = {finding.rule: finding.what_to_write for finding in report.findings}
    rules = [
        SarifRule(name, setting.citation.says or name, advice[name], setting.citation.url)
        for name, setting in profile.rules.items()
        if name in advice
    ]
    results = [
        SarifResult(finding.rule, finding.level, f"{finding.message}. {finding.what_to_write}", path, finding.file)
        for page in report.pages
        for path in (_path_of(page),)
        for photo in page.photos
        for finding in photo.findings
    ]
    errors = [page.error for page in report.pages if page.error is not None]
    return sarif_log([SarifRun(THIS_PROGRAM, rules, results, errors)])


_GITHUB_COMMANDS: Mapping[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def github_annotations(report: LintReport) -> Iterator[str]:
    """Yield a workflow command for each finding and unreadable page: GitHub shows them at the file.

    Source: docs.github.com, "Workflow commands for GitHub Actions".
    """
    for page in report.pages:
        path = _github_value(_path_of(page))
        if page.error is not None:
            yield f"::error file={path},title=alternative text::{_github_text(page.error)}"
        for photo in page.photos:
            for finding in photo.findings:
                command = f"{_GITHUB_COMMANDS[finding.level]} file={path},title=alternative text ({finding.rule})"
                message = f"{finding.file}: {finding.message}\n{finding.what_to_write}"
                yield f"::{command}::{_github_text(message)}"


def _github_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _github_value(text: str) -> str:
    return _github_text(text).replace(":", "%3A").replace(",", "%2C")


def _path_of(page: LintedPage) -> str:
    """Return the path of the page's file, or of the archive that contains it."""
    archive = Path(page.archive)
    return str(archive / page.page) if archive.is_dir() else page.archive
