"""One run's visits to the web: polite to servers, careful with addresses, frugal with bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import logging
import weakref
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from types import TracebackType
from typing import Self

import httpcore2
import httpx2
import stamina

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.sources.blob import too_large
from readout_pub.sources.urls import resolve
from readout_pub.sources.web.content_encoding import ACCEPT_ENCODING, decode_content
from readout_pub.sources.web.policy import CACHE_FILE_NAME, FetchPolicy
from readout_pub.sources.web.rate_limit import RateLimit
from readout_pub.sources.web.response import ROBOTS_TXT, ContentSpec, Exchange, Response
from readout_pub.sources.web.robots import PRODUCT_TOKEN, RobotsRules, parse_robots
from readout_pub.sources.web.ssrf_guard import Resolver, printable_url, resolve_with_system, validate_url
from readout_pub.sources.web.transport import Deadline, GuardedBackend, GuardedTransport

_ATTEMPTS = 4
_MAX_CACHE = 500_000_000
"""Bytes on disk."""

_MOST_FAILURES = 3
"""Addresses in a row that a host may fail to answer, each after all attempts."""

_BUSY = frozenset({429, 502, 503, 504})
"""What a server says that may answer later."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_OF_CONNECTION = frozenset({"connection", "keep-alive", "transfer-encoding"})
"""Headers about the connection and not about what was sent: chunks are joined when they are read."""

_BROKEN = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException)

# These write to the terminal what is told to people in our own words, or costs nothing but time: a cache that cannot be
# used is a cache that holds nothing.
for _library in ("stamina", "hishel"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


class _Busy(Exception):
    """A server asks to come back later, after `wait` seconds if it says so."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.phrase)
        self.answer = answer
        self.wait = _seconds(answer.header("retry-after"), _moment(answer.header("date")) or answer.moment)


class Client:
    """Asks servers for pages and photos, one request at a time. Its connections are closed with it at the latest.

    `agent` is how it introduces itself. `inner` makes connections to addresses that were checked, `resolve` finds the
    addresses of a name; tests give their
    own.
    """

    def __init__(
        self,
        manners: FetchPolicy,
        *,
        max_bytes: int,
        inner: httpcore2.NetworkBackend | None = None,
        resolve: Resolver = resolve_with_system,
    ) -> None:
        self.manners, self.max_bytes = manners, max_bytes
        contact = f" (+{manners.contact})" if manners.contact else ""
        self.agent = f"{PRODUCT_TOKEN}/{version('readout-pub')}{contact}"
        self._deadline = Deadline()
        backend = GuardedBackend(manners.allowed_hosts, self._deadline, inner=inner, resolve=resolve)
        self._transport = _cached(GuardedTransport(backend), manners)
        self._close = weakref.finalize(self, self._transport.close)
        self._pace = RateLimit(manners.delay)
        self._rules: dict[str, RobotsRules | SourceError] = {}
        self._failures: Counter[str] = Counter()
        self._requests = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, place: TracebackType | None
    ) -> None:
        self._close()

    def visit(self, url: str, want: ContentSpec, *, conditions: Mapping[str, str] | None = None) -> Exchange:
        """Ask for what stands at an address, wherever it redirects to.

        `conditions` are headers such as If-None-Match. The answer may be of any status but a redirect. Raises
        FetchRefused for an address, here or on the way, that is not to be asked, and SourceError for a server that
        cannot be reached, sends something else than is wanted, or too much.
        """
        answers: list[Response] = []
        for _ in range(self.manners.max_redirects + 1):
            asked = validate_url(url)
            try:
                self.rules(asked).require(str(asked))
                answer = self._ask(asked, want, conditions or {})
            except FetchRefused as refused:
                if refused.where != asked.host:
                    raise
                raise FetchRefused(
                    refused.what, where=printable_url(str(asked)), what_next=refused.what_next
                ) from refused
            answers.append(answer)
            target = answer.header("location")
            if answer.status not in _REDIRECTS or not target:
                return Exchange(tuple(answers))
            url = resolve(str(asked), target)
        raise SourceError(
            f"it redirects more than {self.manners.max_redirects} times, at last to {printable_url(url)}",
            where=printable_url(answers[0].url),
            what_next="open it in a browser and convert the page that it shows",
        )

    def rules(self, url: httpx2.URL) -> RobotsRules:
        """Return what robots.txt of a host allows; it is asked for once a run, and one that fails fails for the run."""
        origin = _robots_of(url)
        if origin not in self._rules:
            try:
                self._rules[origin] = parse_robots(self._robots(origin))
            except SourceError as error:
                self._rules[origin] = error
        found = self._rules[origin]
        if isinstance(found, SourceError):
            raise found
        return found

    def _robots(self, url: str) -> Response:
        """Ask for robots.txt, which nobody but the guard can forbid; RFC 9309 follows five redirects."""
        answer = None
        for _ in range(6):
            answer = self._ask(validate_url(url), ROBOTS_TXT, {})
            target = answer.header("location")
            if answer.status not in _REDIRECTS or not target:
                return answer
            url = resolve(url, target)
        assert answer is not None  # noqa: S101 - the loop ran
        return answer

    def _ask(self, url: httpx2.URL, want: ContentSpec, conditions: Mapping[str, str]) -> Response:
        """Send one request, and again after a pause while the server is busy or the connection breaks.

        A host that fails time and again is asked no more in this run.
        """
        manners = self.manners
        if self._failures[url.host] >= _MOST_FAILURES:
            raise FetchRefused(
                f"its host has failed {_MOST_FAILURES} times in a row, and is left alone in this run",
                where=printable_url(str(url)),
                what_next="run it again later",
            )
        retries = stamina.retry_context(
            on=self._pause_before_retry,
            attempts=_ATTEMPTS,
            timeout=manners.patience + manners.time,
            wait_initial=manners.backoff,
            wait_max=manners.patience,
            wait_jitter=manners.backoff,
        )
        try:
            for attempt in retries:
                with attempt:
                    answer = self._once(url, want, conditions)
                    self._failures[url.host] = 0
                    return answer
        except _Busy as busy:
            self._failures[url.host] += 1
            return busy.answer
        except _BROKEN as reason:
            self._failures[url.host] += 1
            raise SourceError(
                f"the server cannot be reached, or the connection broke off ({_worded(reason)})",
                where=printable_url(str(url)),
                what_next="check the address, or try again later",
            ) from reason
        raise AssertionError

    def _pause_before_retry(self, reason: Exception) -> bool | float:
        """Say how long to wait before the next attempt; False for what another attempt would not mend."""
        if isinstance(reason, _Busy) and reason.wait is not None:
            return reason.wait if reason.wait <= self.manners.patience else False
        if isinstance(reason, httpcore2.ConnectError | httpcore2.UnsupportedProtocol) or self._deadline.is_over:
            return False  # nobody listens there, its certificate is wrong, or it would take as long again
        return isinstance(reason, _Busy | httpcore2.NetworkError | httpcore2.ProtocolError | httpcore2.TimeoutException)

    def _once(self, url: httpx2.URL, want: ContentSpec, conditions: Mapping[str, str]) -> Response:
        self._count(url)
        host = url.host
        rules = self._rules.get(_robots_of(url))
        self._pace.wait(host, rules.pause if isinstance(rules, RobotsRules) else None)
        self._deadline.set(self.manners.time)
        headers = {
            "User-Agent": self.agent,
            "Accept": want.accept,
            "Accept-Encoding": ACCEPT_ENCODING,
            **({"Cache-Control": "no-cache"} if want.fresh else {}),
            **conditions,
        }
        try:
            request = httpx2.Request("GET", url, headers=headers)
            with contextlib.closing(self._transport.handle_request(request)) as response:
                answer = self._received(str(url), response, want)
        finally:
            self._pace.ended(host)
        if answer.status in _BUSY:
            raise _Busy(answer)
        return answer

    def _count(self, url: httpx2.URL) -> None:
        self._requests += 1
        if self._requests > self.manners.max_requests:
            raise FetchRefused(
                f"this run has asked {self.manners.max_requests:,} times, which is its limit",
                where=printable_url(str(url)),
                what_next="run it again: what is saved already is not asked for",
            )

    def _received(self, url: str, response: httpx2.Response, want: ContentSpec) -> Response:
        """Read an answer as far as it is wanted: nothing of a redirect, nothing of another type, nothing too large."""
        answer = Response(
            url=url,
            status=response.status_code,
            headers=tuple(
                (name.title(), value) for name, value in response.headers.multi_items() if name not in _OF_CONNECTION
            ),
            moment=dt.datetime.now(dt.UTC).replace(microsecond=0),
        )
        if answer.status in _REDIRECTS or answer.status == 304:
            return answer
        if answer.status == 200 and not want.takes(answer.media_type):
            raise SourceError(
                f"the server sends {answer.media_type}, and this should be {want.noun}", where=printable_url(url)
            )
        limit = max(self.max_bytes, want.least)
        stated = answer.header("content-length")
        if stated.isdecimal() and int(stated[:20]) > limit:
            raise too_large(printable_url(url), int(stated[:20]), limit)
        body = _body(response, url, limit)
        coding = answer.header("content-encoding")
        content = decode_content(body, coding, limit, printable_url(url)) if coding else body
        return Response(
            url=url, status=answer.status, headers=answer.headers, moment=answer.moment, body=body, content=content
        )


def _body(response: httpx2.Response, url: str, limit: int) -> bytes:
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > limit:
            raise too_large(printable_url(url), len(body), limit)
    return bytes(body)


def _robots_of(url: httpx2.URL) -> str:
    return str(url.copy_with(path="/robots.txt", query=None))


def _cached(transport: httpx2.BaseTransport, manners: FetchPolicy) -> httpx2.BaseTransport:
    """Let a cache on disk answer where RFC 9111 allows it, and turn the other requests into conditional ones."""
    if manners.cache is None:
        return transport
    from hishel import CacheOptions, SqliteStorage
    from hishel.httpx2 import CacheTransport

    with contextlib.suppress(OSError):
        manners.cache.mkdir(parents=True, exist_ok=True)
    storage = SqliteStorage(database_path=manners.cache / CACHE_FILE_NAME, max_size=_MAX_CACHE)
    return CacheTransport(transport, storage, rfc=CacheOptions(shared=False))


def _seconds(retry_after: str, now: dt.datetime) -> float | None:
    """Read the header Retry-After, which is a number of seconds or a date."""
    if retry_after.isdecimal():
        return float(retry_after[:9])
    moment = _moment(retry_after)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def _moment(date: str) -> dt.datetime | None:
    """Read a date of a header."""
    try:
        moment = email.utils.parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else None


def _worded(reason: Exception) -> str:
    return str(reason) or {"ReadTimeout": "it says nothing"}.get(type(reason).__name__, type(reason).__name__)
