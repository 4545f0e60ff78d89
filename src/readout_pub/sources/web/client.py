"""The HTTP client: GET requests with robots.txt, pauses, redirects, retries, limits and a cache."""

from __future__ import annotations

import contextlib
import datetime as dt
import email.utils
import logging
import ssl
import time
import weakref
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Self

import httpcore2
import httpx2
import stamina

from readout_pub.errors import FetchRefused, SourceError
from readout_pub.limits import network_time
from readout_pub.sources.blob import format_size, too_large
from readout_pub.sources.urls import resolve
from readout_pub.sources.web.content_encoding import ACCEPT_ENCODING, decode_content
from readout_pub.sources.web.policy import CACHE_FILE_NAME, FetchPolicy
from readout_pub.sources.web.rate_limit import RateLimit
from readout_pub.sources.web.response import ROBOTS_TXT, ContentSpec, Exchange, Response
from readout_pub.sources.web.robots import PRODUCT_TOKEN, RobotsRules, parse_robots
from readout_pub.sources.web.ssrf_guard import Resolver, printable_url, resolve_with_system, unused_proxy, validate_url
from readout_pub.sources.web.transport import Deadline, GuardedBackend, GuardedTransport

_MAX_ATTEMPTS = 4
"""How often one request is tried, the first attempt included. Chosen by hand."""

_MAX_CACHE_BYTES = 500_000_000
"""How many bytes the cache file may have on disk. Chosen by hand."""

_MAX_HOST_FAILURES = 3
"""After this many failed requests in a row, a host gets no more requests in this run. A request fails if all its
attempts fail."""

_MAX_ROBOTS_REDIRECTS = 5
"""How many redirects of robots.txt are followed; at least five, says RFC 9309, 2.3.1.2."""

_RETRY_STATUSES = frozenset({429, 502, 503, 504})
"""Too Many Requests, Bad Gateway, Service Unavailable, Gateway Timeout: the same request may succeed later."""

_REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})

_CONNECTION_HEADERS = frozenset({"connection", "keep-alive", "transfer-encoding"})
"""Headers that are dropped: they describe the connection, not the content."""

_CONNECTION_ERRORS = (httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException)

# Null handlers silence stamina and hishel, which log to the terminal. Our own messages report requests that fail after
# all retries. A cache that cannot be read counts as empty, which only costs time.
for _library in ("stamina", "hishel"):
    logging.getLogger(_library).addHandler(logging.NullHandler())


class _ServerBusyError(Exception):
    """A response with a retry status. `wait` is its Retry-After in seconds, None without a valid one."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_text)
        self.response = response
        # A date in Retry-After is compared with the response's own Date: the server's clock may be wrong.
        now = _parse_http_date(response.header("date")) or response.received_at
        self.wait = _parse_retry_after(response.header("retry-after"), now)


class Client:
    """Sends GET requests for one run, one at a time. `user_agent` is the User-Agent header of its requests.

    The content of one response, encoded or decoded, is limited to `max_bytes`, or to the `min_limit` of its ContentSpec
    if that is higher. `backend` connects to IP addresses that were checked, and `resolver` resolves host names; tests
    pass their own. A client closes its connections as a context manager, or else when it is garbage collected.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        max_bytes: int,
        backend: httpcore2.NetworkBackend | None = None,
        resolver: Resolver = resolve_with_system,
    ) -> None:
        self.policy, self.max_bytes = policy, max_bytes
        contact = f" (+{policy.contact})" if policy.contact else ""
        self.user_agent = f"{PRODUCT_TOKEN}/{version('readout-pub')}{contact}"
        self._deadline = Deadline()
        guarded = GuardedBackend(policy.allowed_hosts, self._deadline, backend=backend, resolver=resolver)
        self._transport = _with_cache(GuardedTransport(guarded, self._deadline), policy)
        self._close = weakref.finalize(self, self._transport.close)
        self._rate_limit = RateLimit(policy.delay)
        self._robots: dict[str, RobotsRules | SourceError] = {}
        self._failures: Counter[str] = Counter()
        self._busy_hosts: set[str] = set()
        self._request_count = self._bytes_received = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._close()

    def clock(self) -> float:
        """Return a monotonic time in seconds, minus all pauses so far between two requests to one host."""
        return time.monotonic() - self._rate_limit.paused

    @network_time()
    def get(self, url: str, spec: ContentSpec, *, headers: Mapping[str, str] | None = None) -> Exchange:
        """Request `url` and follow its redirects; the SSRF guard and robots.txt check each URL.

        `headers` are further request headers, such as If-None-Match. The final response may have any status, also that
        of a redirect without Location. Raises FetchRefused for a URL that must not be requested, or if the run has
        reached a limit. Raises SourceError if the server cannot be reached or redirects too often, or if it sends
        damaged content, too many bytes, or a media type that `spec` does not accept.
        """
        responses: list[Response] = []
        for _ in range(self.policy.max_redirects + 1):
            try:
                checked = validate_url(url)
                self.robots_rules(checked).require_allowed(str(checked))
                response = self._request_with_retries(checked, spec, headers or {})
            except FetchRefused as refused:
                # The error names the address that the user gave, not only the target of its redirect.
                what = f"it redirects to {printable_url(url)}: {refused.what}" if responses else refused.what
                where = printable_url(responses[0].url if responses else url)
                raise FetchRefused(what, where=where, what_next=refused.what_next) from refused
            responses.append(response)
            target = response.header("location")
            if response.status not in _REDIRECT_STATUSES or not target:
                return Exchange(tuple(responses))
            url = resolve(str(checked), target)
        raise SourceError(
            f"it redirects more than {self.policy.max_redirects} times, the last time to {printable_url(url)}",
            where=printable_url(responses[0].url),
            what_next="open it in a browser and convert the page that it shows",
        )

    def robots_rules(self, url: httpx2.URL) -> RobotsRules:
        """Return the rules of the host's robots.txt, requested once; its failure is raised at each call."""
        robots_url = _robots_url(url)
        if robots_url not in self._robots:
            try:
                self._robots[robots_url] = parse_robots(self._get_robots(robots_url))
            except SourceError as error:
                self._robots[robots_url] = error
        rules = self._robots[robots_url]
        if isinstance(rules, SourceError):
            raise rules
        return rules

    def _get_robots(self, url: str) -> Response:
        """Request robots.txt and follow its redirects. Only the SSRF guard checks them: there are no rules yet."""
        response = None
        for _ in range(_MAX_ROBOTS_REDIRECTS + 1):
            try:
                response = self._request_with_retries(validate_url(url), ROBOTS_TXT, {})
            except FetchRefused as refused:
                if response is None:
                    raise
                what = f"its robots.txt redirects to {printable_url(url)}: {refused.what}"
                raise FetchRefused(what, where=refused.where, what_next=refused.what_next) from refused
            target = response.header("location")
            if response.status not in _REDIRECT_STATUSES or not target:
                return response
            url = resolve(url, target)
        assert response is not None  # noqa: S101 - the loop ran
        return response

    def _request_with_retries(self, url: httpx2.URL, spec: ContentSpec, headers: Mapping[str, str]) -> Response:
        """Send a request; repeat it after a pause if the server is busy or the connection breaks.

        The last response of a server that stays busy, or asks for too long a pause, is returned.
        """
        policy = self.policy
        if self._failures[url.host] >= _MAX_HOST_FAILURES:
            raise FetchRefused(
                f"its host has failed {_MAX_HOST_FAILURES} times in a row and is not requested again in this run",
                where=printable_url(str(url)),
                what_next="run the command again later",
            )
        if url.host in self._busy_hosts:
            raise FetchRefused(
                f"its host asks for a pause of more than {policy.patience:g} seconds, and is not requested again in "
                "this run",
                where=printable_url(str(url)),
                what_next="run the command again later",
            )
        retries = stamina.retry_context(
            on=self._retry_delay,
            attempts=_MAX_ATTEMPTS,
            timeout=policy.patience + policy.time,
            wait_initial=policy.backoff,
            wait_max=policy.patience,
            wait_jitter=policy.backoff,
        )
        try:
            for attempt in retries:
                with attempt:
                    response = self._request(url, spec, headers)
                    self._failures[url.host] = 0
                    return response
        except _ServerBusyError as busy:
            self._failures[url.host] += 1
            if busy.wait is not None and busy.wait > policy.patience:
                self._busy_hosts.add(url.host)
            return busy.response
        except _CONNECTION_ERRORS as reason:
            self._failures[url.host] += 1
            if certificate_error := _certificate_error(reason):
                raise SourceError(
                    f"its certificate is not trusted ({certificate_error.verify_message})",
                    where=printable_url(str(url)),
                    what_next="check the address; if your network or the site uses a private certificate authority, "
                    "name the file with the certificate of this authority in the environment variable SSL_CERT_FILE",
                ) from reason
            raise SourceError(
                f"the server cannot be reached, or the connection broke off ({_network_error_text(reason)})",
                where=printable_url(str(url)),
                what_next=f"check the address, or try again later{unused_proxy()}",
            ) from reason
        raise AssertionError

    def _retry_delay(self, reason: Exception) -> bool | float:
        """Return the seconds before the next attempt, True for the usual backoff, or False to give up."""
        if isinstance(reason, _ServerBusyError) and reason.wait is not None:
            return reason.wait if reason.wait <= self.policy.patience else False
        if isinstance(reason, httpcore2.ConnectError | httpcore2.UnsupportedProtocol) or self._deadline.has_passed:
            return False  # no connection, an invalid certificate, or a response too slow for its time limit
        return isinstance(
            reason, _ServerBusyError | httpcore2.NetworkError | httpcore2.ProtocolError | httpcore2.TimeoutException
        )

    def _request(self, url: httpx2.URL, spec: ContentSpec, headers: Mapping[str, str]) -> Response:
        """Send one request after the pause of its host; raise _ServerBusyError for a retry status."""
        self._count_request(url)
        host = url.host
        rules = self._robots.get(_robots_url(url))
        self._rate_limit.wait(host, rules.crawl_delay if isinstance(rules, RobotsRules) else None)
        self._deadline.start(self.policy.time)
        request_headers = {
            "User-Agent": self.user_agent,
            "Accept": spec.accept,
            "Accept-Encoding": ACCEPT_ENCODING,
            **({"Cache-Control": "no-cache"} if spec.revalidate else {}),
            **headers,
        }
        try:
            request = httpx2.Request("GET", url, headers=request_headers)
            with contextlib.closing(self._transport.handle_request(request)) as received:
                response = self._read_response(str(url), received, spec)
        finally:
            self._rate_limit.start_pause(host)
        if response.status in _RETRY_STATUSES:
            raise _ServerBusyError(response)
        return response

    def _count_request(self, url: httpx2.URL) -> None:
        if self._bytes_received >= self.policy.max_run_bytes:
            raise FetchRefused(
                f"this run has received {format_size(self.policy.max_run_bytes)}, which is its limit",
                where=printable_url(str(url)),
                what_next="fetch again: saved pages and photos are not requested again",
            )
        self._request_count += 1
        if self._request_count > self.policy.max_requests:
            raise FetchRefused(
                f"this run has sent {self.policy.max_requests:,} requests, which is its limit",
                where=printable_url(str(url)),
                what_next="fetch again: saved pages and photos are not requested again",
            )

    def _read_response(self, url: str, received: httpx2.Response, spec: ContentSpec) -> Response:
        """Return the response with its content, except that of a redirect or a 304 (Not Modified).

        Raises SourceError for damaged content, for more bytes than the limit, and, with status 200, for a media type
        that `spec` does not accept.
        """
        response = Response(
            url=url,
            status=received.status_code,
            # httpx gives names in lower case; WARC files have them as HTTP/1.1 servers write them.
            headers=tuple(
                (name.title(), value)
                for name, value in received.headers.multi_items()
                if name not in _CONNECTION_HEADERS
            ),
            received_at=dt.datetime.now(dt.UTC).replace(microsecond=0),  # WARC 1.0 has dates without fractions
        )
        if response.status in _REDIRECT_STATUSES or response.status == 304:
            return response
        where = printable_url(url)
        if response.status == 200 and not spec.accepts(response.media_type):
            raise SourceError(
                f"the server sends {response.media_type}, and this should be {spec.description}",
                where=where,
                what_next="check the address",
            )
        limit = max(self.max_bytes, spec.min_limit)
        length = response.header("content-length")
        if length.isdecimal() and int(length[:20]) > limit:  # Python refuses to parse 5,000 digits
            raise too_large(where, int(length[:20]), limit)
        encoded = self._read_body(received, url, limit)
        coding = response.header("content-encoding")
        content = decode_content(encoded, coding, limit, where) if coding else encoded
        return Response(
            url=url,
            status=response.status,
            headers=response.headers,
            received_at=response.received_at,
            encoded_content=encoded,
            content=content,
        )

    def _read_body(self, received: httpx2.Response, url: str, limit: int) -> bytes:
        content = bytearray()
        for chunk in received.iter_raw():
            content += chunk
            self._bytes_received += len(chunk)
            if len(content) > limit:
                raise too_large(printable_url(url), len(content), limit)
        return bytes(content)


def _robots_url(url: httpx2.URL) -> str:
    return str(url.copy_with(path="/robots.txt", query=None))


def _with_cache(transport: httpx2.BaseTransport, policy: FetchPolicy) -> httpx2.BaseTransport:
    """Return `transport` behind the policy's HTTP cache on disk (RFC 9111), if there is one."""
    if policy.cache is None:
        return transport
    from hishel import CacheOptions, SqliteStorage
    from hishel.httpx2 import CacheTransport

    with contextlib.suppress(OSError):
        _make_private(policy.cache)
    storage = SqliteStorage(database_path=policy.cache / CACHE_FILE_NAME, max_size=_MAX_CACHE_BYTES)
    return CacheTransport(transport, storage, rfc=CacheOptions(shared=False))


def _make_private(folder: Path) -> None:
    """Make the folder and the file of the cache unreadable for other users; create them if necessary."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    file = folder / CACHE_FILE_NAME
    file.touch(mode=0o600)
    file.chmod(0o600)  # SQLite gives its other files the permissions of this one


def _parse_retry_after(value: str, now: dt.datetime) -> float | None:
    """Return the seconds that a Retry-After header asks to wait (RFC 9110, 10.2.3); None if it is not valid."""
    if value.isdecimal():
        return float(value[:9])
    date = _parse_http_date(value)
    return max(0.0, (date - now).total_seconds()) if date else None


def _parse_http_date(value: str) -> dt.datetime | None:
    """Return the time of an HTTP date (RFC 9110, 5.6.7); None if it is not valid."""
    try:
        date = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else None


def _certificate_error(reason: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """Return the error of a certificate that caused a network error, or None."""
    while reason is not None and not isinstance(reason, ssl.SSLCertVerificationError):
        reason = reason.__cause__ or reason.__context__
    return reason


def _network_error_text(reason: Exception) -> str:
    """Return the message of a network error, or the name of its class; httpcore2 raises some without a message."""
    return str(reason) or {"ReadTimeout": "it sends nothing"}.get(type(reason).__name__, type(reason).__name__)
