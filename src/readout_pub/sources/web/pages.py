"""An address on the web → the page that stands there, and the photos that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import msgspec

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage, Page, SavedPage
from readout_pub.sources.urls import base_of, is_web_address, resolve
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.policy import FetchPolicy
from readout_pub.sources.web.response import PAGE, PHOTO, Exchange
from readout_pub.sources.web.response_check import require_document, require_ok
from readout_pub.sources.web.ssrf_guard import printable_url

Fetch = Callable[[str], bytes]
"""Gets the photo at an address, or raises SourceError."""


def web_pages(url: str, limit: int, manners: FetchPolicy) -> Iterator[SavedPage]:
    """Yield the page at an address; nothing is asked before it is opened."""
    where = printable_url(url)
    yield SavedPage(name=where, where=where, open=partial(_open, url, limit, manners), addresses=(url,))


def _open(url: str, limit: int, manners: FetchPolicy) -> Page:
    return fetch_page(shared_client(manners, limit), url)


@lru_cache(maxsize=4)
def shared_client(manners: FetchPolicy, limit: int) -> Client:
    """Return the one visitor of this program for such manners: a host is asked by it one request at a time."""
    return Client(manners, max_bytes=limit)


def fetch_page(shared_client: Client, url: str) -> Page:
    """Fetch the page at an address; a SourceError says what stands there in its place."""
    return parse_page(
        shared_client.visit(url, PAGE),
        lambda src: photo_content(shared_client.visit(src, PHOTO)),
        shared_client.manners,
    )


def parse_page(visit: Exchange, fetch: Fetch, manners: FetchPolicy) -> Page:
    """Read the page that a visit found; `fetch` gets the photos that it shows, as many as `manners` allow."""
    require_ok(visit)
    last = visit.last
    known = Provenance("web", last.url, last.moment.date(), last.charset)
    page = read_page(
        last.content, printable_url(last.url), lambda: last.content, where=printable_url(last.url), known=known
    )
    if isinstance(page, HtmlPage):
        require_document(visit, page.markup)
        page = msgspec.structs.replace(page, assets=WebAssets(fetch, base_of(page.markup, last.url), manners))
    return msgspec.structs.replace(page, retrieval=visit.record)


def photo_content(visit: Exchange) -> bytes:
    """Return the photo that a visit found; a SourceError says that none is there."""
    if visit.last.status != 200:
        raise SourceError(f"the server answers {visit.last.phrase}", where=printable_url(visit.last.url))
    return visit.last.content


class WebAssets:
    """The files that a page on the web refers to, each fetched when it is read, and once."""

    def __init__(self, fetch: Fetch, base: str, manners: FetchPolicy) -> None:
        self._fetch, self._base = fetch, base
        self._most, self._left = manners.max_photos, manners.max_photo_bytes
        self._files: dict[str, bytes | SourceError] = {}

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Say how to fetch what `src` is on the page; only reading it tells whether it is there."""
        url = resolve(self._base, src).partition("#")[0]
        return partial(self._read, url) if is_web_address(url) else None

    def _read(self, url: str) -> bytes:
        if url not in self._files:
            self._files[url] = self._fetched(url)
        found = self._files[url]
        if isinstance(found, SourceError):
            raise found
        return found

    def _fetched(self, url: str) -> bytes | SourceError:
        if len(self._files) >= self._most:
            return FetchRefused(
                f"the page shows more than {self._most} photos, which is the limit", where=printable_url(url)
            )
        if self._left <= 0:
            return FetchRefused(
                "the photos before it are as large as those of a page may be together", where=printable_url(url)
            )
        try:
            content = self._fetch(url)
        except SourceError as error:
            return error
        self._left -= len(content)
        return content
