"""Pages on the web → a folder that holds them for good, with their photos, as files and as a web archive."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from itertools import chain
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.errors import OutputError, ReadoutError, internal_error_message
from readout_pub.extract import extract
from readout_pub.fetch.archive import FetchArchive
from readout_pub.fetch.discovery import ListResult, UrlFilter, discover
from readout_pub.fetch.entries import ListEntry
from readout_pub.fetch.writer import ArchiveWriter
from readout_pub.sources import FetchPolicy
from readout_pub.sources.fetch_folder import Retrieved, kept_page
from readout_pub.sources.page import HtmlPage, Page
from readout_pub.sources.urls import base_of, url_key
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.pages import WebAssets, parse_page, photo_content
from readout_pub.sources.web.response import PAGE, PHOTO, Exchange
from readout_pub.sources.web.ssrf_guard import printable_url

__all__ = ["FetchOutcome", "FetchRequest", "State", "UrlFilter", "fetch", "plan_fetch"]

State = Literal["new", "changed", "unchanged", "recent", "listed", "later", "failed"]


class FetchOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one address, and the file within the folder that holds it.

    `note` says what the page lacks, `error` what went wrong. A page is "recent" if it was fetched or checked a short
    time ago, and so was not asked for. A list of pages is "listed", behind its pages, and `note` counts them. The first
    page beyond the limit is left for "later", with all behind it.
    """

    url: str
    state: State
    file: str | None = None
    note: str | None = None
    error: str | None = None


class FetchRequest(msgspec.Struct, frozen=True):
    """What a run is about: the pages at `urls`, then those of `lists` that `choice` takes.

    What was checked at `since` or later is not asked for; of the others, `limit` at most. `sites` are folders of
    profiles besides the program's own.
    """

    urls: tuple[str, ...]
    since: dt.datetime
    lists: tuple[str, ...] = ()
    choice: UrlFilter = UrlFilter()
    limit: int | None = None
    sites: tuple[Path, ...] = ()


def plan_fetch(wanted: FetchRequest, folder: Path, *, manners: FetchPolicy, max_bytes: int) -> Iterator[FetchOutcome]:
    """Say what `fetch` would do with each page: "new", "recent", or "unchanged" if known. Only lists are asked for."""
    archive = FetchArchive(folder)
    with Client(manners, max_bytes=max_bytes) as visitor:
        for each in _due(wanted, archive, visitor):
            if isinstance(each, FetchOutcome):
                yield each
            else:
                known = archive.page(each)
                yield FetchOutcome(printable_url(each), "unchanged" if known else "new", known.file if known else None)


def fetch(
    wanted: FetchRequest, folder: Path, *, manners: FetchPolicy, max_bytes: int, site: str | None = None
) -> Iterator[FetchOutcome]:
    """Fetch pages and their photos into a folder, one by one; a page that fails does not stop the others.

    Photos are those that the readout of a page shows; `site` is as in `extract`. Raises OutputError if the folder
    cannot be written, UsageError if it is not for this.
    """
    archive = FetchArchive(folder)
    with Client(manners, max_bytes=max_bytes) as visitor, archive.writing(visitor.agent) as writer:
        run = _Run(archive, writer, visitor, site, wanted.sites)
        said: deque[tuple[FetchOutcome, Future[None]]] = deque()
        for each in _due(wanted, archive, visitor):
            outcome = each if isinstance(each, FetchOutcome) else run.fetch(each, archive.page(each))
            said.append((outcome, writer.safe))
            while said and (said[0][1].done() or len(said) > _AHEAD):
                yield _when_safe(*said.popleft())
        while said:
            yield _when_safe(*said.popleft())


_AHEAD = 4
"""Pages that may be fetched while one is still being written."""


def _when_safe(outcome: FetchOutcome, safe: Future[None]) -> FetchOutcome:
    """Say what became of a page when it stands on the disk."""
    safe.result()
    return outcome


def _due(wanted: FetchRequest, archive: FetchArchive, visitor: Client) -> Iterator[str | FetchOutcome]:
    """Yield the addresses that are to be asked for, and what is to be said of the others."""
    asked = 0
    named = dict.fromkeys(wanted.urls)
    for each in chain(map(ListEntry, named), discover(wanted.lists, wanted.choice, visitor, wanted.sites)):
        if isinstance(each, ListResult):
            yield FetchOutcome(each.url, "failed", error=each.error) if each.error else _listed(each)
            continue
        known = archive.page(each.url)
        if known and _last_checked(known) >= wanted.since:
            yield FetchOutcome(printable_url(each.url), "recent", known.file)
        elif asked == wanted.limit:
            limit = f"{asked:,} page{'' if asked == 1 else 's'}"
            yield FetchOutcome(
                printable_url(each.url), "later", note=f"a run asks for {limit}; run it again for this one and the rest"
            )
            return
        else:
            asked += 1
            yield each.url


def _listed(read: ListResult) -> FetchOutcome:
    return FetchOutcome(read.url, "listed", note=read.summary)


def _last_checked(kept: Retrieved) -> dt.datetime:
    return kept.checked or kept.time


class _Run:
    """One run's way from an address to what is kept of it."""

    def __init__(
        self, archive: FetchArchive, writer: ArchiveWriter, visitor: Client, site: str | None, sites: Sequence[Path]
    ) -> None:
        self._archive, self._writer, self._visitor = archive, writer, visitor
        self._site, self._sites = site, sites

    def fetch(self, url: str, known: Retrieved | None) -> FetchOutcome:
        """Fetch one page; whatever goes wrong becomes part of what is said of it."""
        try:
            visit = self._visitor.visit(url, PAGE, conditions=_conditions(known))
            found = self._again(visit, known) if visit.last.status == 304 and known else self._anew(visit, known)
            elsewhere = url_key(visit.last.url) != url_key(visit.url)
            leads = f"it leads to {printable_url(visit.last.url)}" if elsewhere else None
            return msgspec.structs.replace(found, note="; ".join(filter(None, (leads, found.note))) or None)
        except OutputError:
            raise  # the disk is full, and so it is for all others
        except ReadoutError as error:
            return FetchOutcome(printable_url(url), "failed", error=str(error))
        except Exception as error:  # noqa: BLE001 - one page that nobody foresaw must not end the run of all others
            return FetchOutcome(
                printable_url(url), "failed", error=f"{printable_url(url)}: {internal_error_message(error)}"
            )

    def _anew(self, visit: Exchange, known: Retrieved | None) -> FetchOutcome:
        """Keep a page that was sent, with its photos, which may have changed as well."""
        same = known is not None and known.sha256 == visit.record.sha256
        photos = _Photos(self._archive, self._writer, self._visitor, anew=known is not None and not same)
        note = self._look(parse_page(visit, photos.fetch, self._visitor.manners))
        if known and same:
            self._writer.still_holds(known, visit.last.moment, photos.shown)
            return FetchOutcome(printable_url(visit.url), "unchanged", known.file, note)
        kept = self._writer.keep(visit, page=True, shows=photos.shown)
        return FetchOutcome(printable_url(visit.url), "changed" if known else "new", kept.file, note)

    def _again(self, visit: Exchange, known: Retrieved) -> FetchOutcome:
        """Fetch what an earlier run could not get of a page that has not changed: a photo, for instance."""
        content = self._writer.read(known)
        if content is None:
            return self._anew(self._visitor.visit(visit.url, PAGE), None)
        photos = _Photos(self._archive, self._writer, self._visitor, anew=False)
        page = kept_page(known, lambda: content, where=known.file)
        if isinstance(page, HtmlPage):
            base = base_of(page.markup, known.url)
            assets = WebAssets(photos.fetch, base, self._visitor.manners)
            page = msgspec.structs.replace(page, assets=assets)
        note = self._look(page)
        self._writer.still_holds(known, visit.last.moment, photos.shown)
        return FetchOutcome(printable_url(visit.url), "unchanged", known.file, note)

    def _look(self, page: Page) -> str | None:
        """Read a page as it will be read later, so that all photos are asked for; say what it lacks.

        Whatever goes wrong with that, the page is worth keeping.
        """
        try:
            notes = extract(page, site=self._site, sites=self._sites).readout.notes
        except ReadoutError as error:
            return f"it was kept, but it holds no readout: {error.what}"
        except Exception as error:  # noqa: BLE001 - as above
            return f"it was kept, but it cannot be read: {internal_error_message(error)}"
        lost = sum(note.code in {"PHOTO_UNREADABLE", "PHOTO_FILE_MISSING"} for note in notes)
        return f"{lost} photo{'' if lost == 1 else 's'} could not be had" if lost else None


class _Photos:
    """The photos of one page, from the archive or the web; `anew` asks whether those in the archive still hold."""

    def __init__(self, archive: FetchArchive, writer: ArchiveWriter, visitor: Client, *, anew: bool) -> None:
        self._archive, self._writer, self._visitor, self._anew = archive, writer, visitor, anew
        self.shown: tuple[str, ...] = ()

    def fetch(self, url: str) -> bytes:
        """Return a photo, which is in the archive then."""
        known = self._archive.file(url)
        content = self._writer.read(known) if known else None
        if known is None or content is None:
            visit = self._visitor.visit(url, PHOTO)
            content = photo_content(visit)
            known = self._writer.keep(visit)
        elif self._anew:
            visit = self._visitor.visit(url, PHOTO, conditions=_conditions(known))
            if visit.last.status == 200 and visit.record.sha256 != known.sha256:
                content, known = visit.last.content, self._writer.keep(visit)
        self.shown = (*self.shown, known.url)
        return content


def _conditions(known: Retrieved | None) -> Mapping[str, str]:
    """Return the headers by which a server sends only what has changed."""
    if known is None:
        return {}
    named = {"If-None-Match": known.header("etag"), "If-Modified-Since": known.header("last-modified")}
    return {name: value for name, value in named.items() if value}
