"""Fetches pages with their photos into a folder that is converted like any other archive.

discovery   which pages: those that are named, and those of lists
lists       one list: sitemap, feed, index page, robots.txt or text; it uses feeds and list_entries
archive     the folder: files, WARC file, list of retrievals
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from itertools import chain
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.arguments import require_names, require_path, require_paths, require_type
from readout_pub.convert import read
from readout_pub.diff import compare_copies, copy_of
from readout_pub.diff.description import summary
from readout_pub.errors import OutputError, ReadoutError, internal_error_message
from readout_pub.extract import extract
from readout_pub.extract.registry import require_profiles
from readout_pub.fetch.archive import ArchiveWriter, FetchArchive
from readout_pub.fetch.discovery import ListResult, UrlFilter, discover
from readout_pub.fetch.list_entries import ListEntry
from readout_pub.limits import PageLimits
from readout_pub.notes import number_with_noun
from readout_pub.sources import MAX_BYTES, FetchPolicy
from readout_pub.sources.fetch_folder import Retrieved, read_retrieved_page
from readout_pub.sources.page import HtmlPage, NoAssets, Page
from readout_pub.sources.urls import find_base_url, url_key
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.pages import WebAssets, parse_page, photo_content
from readout_pub.sources.web.response import PAGE, PHOTO, Exchange
from readout_pub.sources.web.ssrf_guard import printable_url

__all__ = ["FetchOutcome", "FetchRequest", "State", "UrlFilter", "fetch", "plan_fetch"]

State = Literal["new", "changed", "unchanged", "recent", "listed", "later", "failed"]


class FetchOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """The outcome of one URL. `file` is the path in the folder, `error` says what went wrong.

    `note` says what is missing, where the URL redirects to, and how a page has changed if its versions are kept.

    new, changed, unchanged   the page was requested
    recent                    it was fetched or checked a short time ago and was not requested
    listed                    the URL is a list; the outcomes of its pages come before it, and `note` counts them
    later                     the first page over the limit; left for the next run, as are all after it
    failed                    see `error`
    """

    url: str
    state: State
    file: str | None = None
    note: str | None = None
    error: str | None = None


_URLS = '["https://www.ministry.example/talks.html"]'


class FetchRequest(msgspec.Struct, frozen=True):
    """What to fetch: the pages at `urls`, then those of `lists` that `url_filter` lets through.

    A page that was fetched or checked at `fresh_since` or later is not requested again; by default, no page is fresh.
    At most `limit` pages are requested. `sites` are folders of site profiles besides the built-in ones. `limits` apply
    to reading one page or list. With `keep_versions`, the earlier content of changed pages and photos is kept.
    """

    urls: tuple[str, ...]
    fresh_since: dt.datetime = dt.datetime.max.replace(tzinfo=dt.UTC)
    lists: tuple[str, ...] = ()
    url_filter: UrlFilter = UrlFilter()
    limit: int | None = None
    sites: tuple[Path, ...] = ()
    limits: PageLimits = PageLimits()
    keep_versions: bool = False

    def __post_init__(self) -> None:
        """Make tuples of the URLs, lists and folders; UsageError for a single string."""
        for field in ("urls", "lists"):
            msgspec.structs.force_setattr(self, field, require_names(getattr(self, field), field, _URLS))
        msgspec.structs.force_setattr(self, "sites", require_paths(self.sites, "sites"))


def plan_fetch(
    request: FetchRequest,
    folder: str | Path,
    *,
    policy: FetchPolicy = FetchPolicy(),
    max_bytes: int = MAX_BYTES,
    site: str | None = None,
) -> Iterator[FetchOutcome]:
    """Yield what `fetch` would do with each page; "unchanged" means that it would check a known page.

    Only lists are requested, and nothing is written. The parameters are those of `fetch`.
    """
    require_profiles(site, request.sites)
    archive = FetchArchive(Path(folder))
    with Client(policy, max_bytes=max_bytes) as client:
        for each in _select_pages(request, archive, client):
            if isinstance(each, FetchOutcome):
                yield each
            else:
                known = archive.find_page(each)
                yield FetchOutcome(printable_url(each), "unchanged" if known else "new", known.file if known else None)


def fetch(
    request: FetchRequest,
    folder: str | Path,
    *,
    policy: FetchPolicy = FetchPolicy(),
    max_bytes: int = MAX_BYTES,
    site: str | None = None,
) -> Iterator[FetchOutcome]:
    """Fetch pages with the photos that their readouts show, and yield each outcome once its page is on the disk.

    `site` is as in `extract`; `max_bytes` limits one page or photo. A page that fails does not stop the others. Raises
    OutputError if the folder cannot be written. Before any request, raises OutputError if another run is writing to the
    folder, UsageError if the folder has other content, and UsageError or ProfileError for a wrong `site` or `sites`.
    """
    require_type(request, (FetchRequest,), "request")
    require_path(folder, "folder")
    require_type(policy, (FetchPolicy,), "policy")
    require_profiles(site, request.sites)
    archive = FetchArchive(Path(folder))
    with (
        Client(policy, max_bytes=max_bytes) as client,
        archive.open_writer(client.user_agent, keep_versions=request.keep_versions) as writer,
    ):
        fetcher = _PageFetcher(archive, writer, client, site, request)
        unwritten: deque[tuple[FetchOutcome, Future[None]]] = deque()
        for each in _select_pages(request, archive, client):
            outcome = each if isinstance(each, FetchOutcome) else fetcher.fetch(each, archive.find_page(each))
            unwritten.append((outcome, writer.written))
            while unwritten and (unwritten[0][1].done() or len(unwritten) > _MAX_UNWRITTEN):
                yield _wait_for_disk(*unwritten.popleft())
        while unwritten:
            yield _wait_for_disk(*unwritten.popleft())


_MAX_UNWRITTEN = 4
"""How many fetched pages may wait to be written while the next one is fetched. More would only cost memory."""


def _wait_for_disk(outcome: FetchOutcome, written: Future[None]) -> FetchOutcome:
    """Return `outcome` when its page is on the disk; raise OutputError if it could not be written."""
    written.result()
    return outcome


def _select_pages(request: FetchRequest, archive: FetchArchive, client: Client) -> Iterator[str | FetchOutcome]:
    """Yield the URLs of the pages to request, and the outcomes of lists and of all other pages."""
    selected = 0
    named = dict.fromkeys(request.urls)
    for each in chain(
        map(ListEntry, named), discover(request.lists, request.url_filter, client, request.sites, request.limits)
    ):
        if isinstance(each, ListResult):
            if each.error:
                yield FetchOutcome(each.url, "failed", error=each.error)
            else:
                yield FetchOutcome(each.url, "listed", note=each.summary)
            continue
        known = archive.find_page(each.url)
        # A time in the future comes from a clock that was wrong: the page would be fresh for years.
        if known and request.fresh_since <= (known.checked or known.time) <= dt.datetime.now(dt.UTC):
            yield FetchOutcome(printable_url(each.url), "recent", known.file)
        elif selected == request.limit:
            limit = number_with_noun(selected, "page")
            note = f"the limit of {limit} for one run is reached; fetch again for this page and the rest"
            yield FetchOutcome(printable_url(each.url), "later", note=note)
            return
        else:
            selected += 1
            yield each.url


class _PageFetcher:
    """Fetches single pages of a run into the archive."""

    def __init__(
        self, archive: FetchArchive, writer: ArchiveWriter, client: Client, site: str | None, request: FetchRequest
    ) -> None:
        self._archive, self._writer, self._client = archive, writer, client
        self._site, self._sites, self._limits = site, request.sites, request.limits
        self._keep_versions = request.keep_versions

    def fetch(self, url: str, known: Retrieved | None) -> FetchOutcome:
        """Fetch one page, or check whether `known` has changed. Raises OutputError; other errors are outcomes."""
        try:
            exchange = self._client.get(url, PAGE, headers=_conditional_headers(known))
            if exchange.final.status == 304 and known:
                outcome = self._keep_page(exchange, known)
            else:
                outcome = self._store_page(exchange, known)
            redirected = url_key(exchange.final.url) != url_key(exchange.url)
            redirect = f"it leads to {printable_url(exchange.final.url)}" if redirected else None
            return msgspec.structs.replace(outcome, note="; ".join(filter(None, (redirect, outcome.note))) or None)
        except OutputError:
            raise  # for instance a full disk, which would stop every other page too
        except ReadoutError as error:
            return FetchOutcome(printable_url(url), "failed", error=str(error))
        except Exception as error:  # noqa: BLE001 - a bug that one page triggers must not end the run
            where = printable_url(url)
            return FetchOutcome(where, "failed", error=f"{where}: {internal_error_message(error)}")

    def _store_page(self, exchange: Exchange, known: Retrieved | None) -> FetchOutcome:
        """Store a page that was sent, and its photos. If it differs from `known`, check known photos too."""
        same = known is not None and known.sha256 == exchange.retrieval.sha256
        photos = _PhotoDownloader(self._archive, self._writer, self._client, revalidate=known is not None and not same)
        url = printable_url(exchange.url)
        with self._limits.enforced(url):
            page = parse_page(exchange, photos.fetch, self._client)
        note = self._fetch_photos(page)
        if known and same:
            self._writer.mark_unchanged(known, exchange.final.received_at, photos.urls)
            return FetchOutcome(url, "unchanged", known.file, note)
        before = self._writer.read(known) if known and self._keep_versions else None
        stored = self._writer.add(exchange, page=True, shows=photos.urls)
        if known and before is not None and stored.earlier:
            kept = f"{self._compare(known, before, page)}; the earlier content is in {stored.earlier}"
            note = "; ".join(filter(None, (kept, note)))
        return FetchOutcome(url, "changed" if known else "new", stored.file, note)

    def _keep_page(self, exchange: Exchange, known: Retrieved) -> FetchOutcome:
        """Keep an unchanged page (304), and fetch photos that an earlier run could not get."""
        content = self._writer.read(known)
        if content is None:
            return self._store_page(self._client.get(exchange.url, PAGE), None)
        photos = _PhotoDownloader(self._archive, self._writer, self._client, revalidate=False)
        page = read_retrieved_page(known, content, where=known.file)
        if isinstance(page, HtmlPage):
            base = find_base_url(page.markup, known.url)
            page = msgspec.structs.replace(page, assets=WebAssets(photos.fetch, base, self._client))
        note = self._fetch_photos(page)
        self._writer.mark_unchanged(known, exchange.final.received_at, photos.urls)
        return FetchOutcome(printable_url(exchange.url), "unchanged", known.file, note)

    def _compare(self, known: Retrieved, before: bytes, page: Page) -> str:
        """Return in one clause how `page` differs from its earlier content; photos are compared by name."""
        old = read_retrieved_page(known, before, where=known.file)
        copies = []
        try:
            for each in (old, page):
                alone = msgspec.structs.replace(each, assets=NoAssets()) if isinstance(each, HtmlPage) else each
                with self._limits.enforced(page.name):
                    readout, _ = read(alone, site=self._site, sites=self._sites)
                copies.append(copy_of(readout, known.file))
        except ReadoutError as error:
            return f"the versions cannot be compared ({error.what})"
        except Exception as error:  # noqa: BLE001 - a bug that one page triggers must not end the run
            return f"the versions cannot be compared ({internal_error_message(error)})"
        return summary(compare_copies(*copies), "new version")

    def _fetch_photos(self, page: Page) -> str | None:
        """Extract the readout, which requests its photos; return a note if something is missing.

        An error becomes the note: the page is kept, since a later version of this program may read it.
        """
        try:
            with self._limits.enforced(page.name):
                notes = extract(page, site=self._site, sites=self._sites).readout.notes
        except ReadoutError as error:
            return f"it was kept, but no readout was found: {error.what}"
        except Exception as error:  # noqa: BLE001 - a bug that one page triggers must not end the run
            return f"it was kept, but it cannot be read: {internal_error_message(error)}"
        missing = sum(note.code in {"PHOTO_UNREADABLE", "PHOTO_FILE_MISSING"} for note in notes)
        return f"{number_with_noun(missing, 'photo')} could not be fetched" if missing else None


class _PhotoDownloader:
    """Gets the photos of one page from the archive or the web; `urls` are their final URLs so far.

    With `revalidate`, it asks the server whether photos in the archive have changed.
    """

    def __init__(self, archive: FetchArchive, writer: ArchiveWriter, client: Client, *, revalidate: bool) -> None:
        self._archive, self._writer, self._client, self._revalidate = archive, writer, client, revalidate
        self.urls: tuple[str, ...] = ()

    def fetch(self, url: str) -> bytes:
        """Return the photo at `url`; a new or changed photo is added to the archive. Raises SourceError."""
        known = self._archive.find(url)
        content = self._writer.read(known) if known else None
        if known is None or content is None:
            exchange = self._client.get(url, PHOTO)
            content = photo_content(exchange)
            known = self._writer.add(exchange)
        elif self._revalidate:
            exchange = self._client.get(url, PHOTO, headers=_conditional_headers(known))
            if exchange.final.status == 200 and exchange.retrieval.sha256 != known.sha256:
                content, known = exchange.final.content, self._writer.add(exchange)
        self.urls = (*self.urls, known.url)
        return content


def _conditional_headers(known: Retrieved | None) -> Mapping[str, str]:
    """Return the headers of a conditional request (RFC 9110, 13.1): the server sends 304 if `known` is unchanged."""
    if known is None:
        return {}
    headers = {"If-None-Match": known.header("etag"), "If-Modified-Since": known.header("last-modified")}
    # The archive does not store the original bytes of a value that is not ASCII; the server would not recognise it.
    return {name: value for name, value in headers.items() if value and value.isascii()}
