"""A URL → the page there, and the photos that it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial

import msgspec

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources.markup import Provenance, read_page
from readout_pub.sources.page import HtmlPage, Page, SavedPage
from readout_pub.sources.urls import find_base_url, is_web_address, resolve
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.policy import FetchPolicy
from readout_pub.sources.web.response import PAGE, PHOTO, Exchange
from readout_pub.sources.web.response_check import require_document, require_ok
from readout_pub.sources.web.ssrf_guard import printable_url

FetchPhoto = Callable[[str], bytes]
"""Returns the photo at a URL, or raises SourceError."""


def web_pages(url: str, limit: int, policy: FetchPolicy) -> Iterator[SavedPage]:
    """Yield the page at `url`. It is requested when it is opened; `limit` is in bytes."""
    where = printable_url(url)
    yield SavedPage(name=where, where=where, open=partial(_fetch_with, policy, limit, url), urls=(url,))


def _fetch_with(policy: FetchPolicy, limit: int, url: str) -> Page:
    return fetch_page(shared_client(policy, limit), url)


@lru_cache(maxsize=4)  # most programs use one policy; older clients are dropped with their connections
def shared_client(policy: FetchPolicy, limit: int) -> Client:
    """Return one client for all pages of a policy, so that pauses and robots.txt apply to all of them."""
    return Client(policy, max_bytes=limit)


def fetch_page(client: Client, url: str) -> Page:
    """Return the page at `url`, whose photos are requested when they are read; SourceError if it is not a document."""
    return parse_page(client.get(url, PAGE), lambda src: photo_content(client.get(src, PHOTO)), client)


def parse_page(exchange: Exchange, fetch_photo: FetchPhoto, client: Client) -> Page:
    """Return the page in `exchange`. `fetch_photo` requests its photos; the policy of `client` limits how many.

    Raises SourceError if the response is not a document.
    """
    require_ok(exchange)
    final = exchange.final
    where = printable_url(final.url)
    provenance = Provenance("web", final.url, final.received_at.date(), final.charset)
    page = read_page(final.content, where, where=where, provenance=provenance)
    if isinstance(page, HtmlPage):
        require_document(exchange, page.markup)
        page = msgspec.structs.replace(
            page, assets=WebAssets(fetch_photo, find_base_url(page.markup, final.url), client)
        )
    return msgspec.structs.replace(page, retrieval=exchange.retrieval)


def photo_content(exchange: Exchange) -> bytes:
    """Return the photo in `exchange`; raise SourceError unless its status is 200 OK."""
    if exchange.final.status != 200:
        raise SourceError(f"the server answers {exchange.final.status_text}", where=printable_url(exchange.final.url))
    return exchange.final.content


class WebAssets:
    """The photos of a page on the web. Each is requested when it is first read, and only once."""

    def __init__(self, fetch_photo: FetchPhoto, base: str, client: Client) -> None:
        self._fetch_photo, self._base, self._clock = fetch_photo, base, client.clock
        policy = client.policy
        self._max_photos, self._bytes_left = policy.max_photos, policy.max_photo_bytes
        self._seconds_left = self._max_seconds = policy.max_photo_time
        self._files: dict[str, bytes | SourceError] = {}

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return a function that requests the photo and may raise SourceError; None if `src` is not on the web."""
        url = resolve(self._base, src).partition("#")[0]
        return partial(self._read, url) if is_web_address(url) else None

    def _read(self, url: str) -> bytes:
        if url not in self._files:
            self._files[url] = self._fetch(url)
        found = self._files[url]
        if isinstance(found, SourceError):
            raise found
        return found

    def _fetch(self, url: str) -> bytes | SourceError:
        """Return the photo, or the error that every attempt to read it raises."""
        where = printable_url(url)
        if len(self._files) >= self._max_photos:
            return FetchRefused(f"the page shows more than {self._max_photos} photos, which is the limit", where=where)
        if self._bytes_left <= 0:
            return FetchRefused("the photos before it have reached the limit of bytes for one page", where=where)
        if self._seconds_left <= 0:
            return FetchRefused(
                f"the photos before it took more than {self._max_seconds:g} seconds, the limit for one page",
                where=where,
            )
        start = self._clock()
        try:
            content = self._fetch_photo(url)
        except SourceError as error:
            return error
        finally:
            self._seconds_left -= self._clock() - start
        self._bytes_left -= len(content)
        return content
