"""The connection: made to an address that was checked, by nothing but TLS that is verified, within a time."""

from __future__ import annotations

import functools
import ssl
import time
from collections.abc import Iterable, Iterator

import httpcore2
import httpx2

from readout_pub.sources.web.ssrf_guard import Resolver, resolve_public, resolve_with_system

_CONNECTING = 10.0
"""Seconds for a connection to one address; a host may have several."""

_SILENCE = 30.0
"""Seconds for which a server may say nothing."""

_MAX_ADDRESSES = 4

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

_CREDENTIALS = frozenset({b"set-cookie", b"set-cookie2", b"www-authenticate", b"authentication-info"})
"""Headers that are left at the door: no cookie is ever sent back, and none gets into a cache or a record."""


class Deadline:
    """The end of the request that is under way, as seconds of the monotonic clock."""

    def __init__(self) -> None:
        self._end = float("inf")

    def set(self, seconds: float) -> None:
        """Let the request that begins now take `seconds`."""
        self._end = time.monotonic() + seconds

    @property
    def is_over(self) -> bool:
        """Say whether the request has taken its time."""
        return time.monotonic() >= self._end

    def within(self, timeout: float | None) -> float:
        """Return `timeout`, or what is left if that is less; a TimeoutException where nothing is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("it takes too long as a whole")
        return min(left, _SILENCE if timeout is None else timeout)


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to what `resolve_public` gives, and to nothing else; `inner` makes the connections."""

    def __init__(
        self,
        allowed: Iterable[str],
        deadline: Deadline,
        *,
        inner: httpcore2.NetworkBackend | None = None,
        resolve: Resolver = resolve_with_system,
    ) -> None:
        self._allowed, self._deadline, self._resolve = tuple(allowed), deadline, resolve
        self._inner = inner or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, check and connect. Host header and TLS keep the name, since they never see the address."""
        failure: Exception = httpcore2.ConnectError("it has no address")
        for address in resolve_public(host, port, self._allowed, self._resolve)[:_MAX_ADDRESSES]:
            seconds = self._deadline.within(timeout)
            try:
                stream = self._inner.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as reason:
                failure = reason
            else:
                return _TimedStream(stream, self._deadline)
        raise failure


class _TimedStream(httpcore2.NetworkStream):
    """A connection on which no single read can outlast the request: a server may send a byte a minute."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests through a `GuardedBackend`. It follows no redirect, keeps no cookie and knows no proxy."""

    def __init__(self, backend: httpcore2.NetworkBackend) -> None:
        self._pool = httpcore2.ConnectionPool(ssl_context=_verifying(), max_connections=10, network_backend=backend)

    def send(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request and return the answer, whose body is still on its way."""
        url = request.url
        response = self._pool.handle_request(
            httpcore2.Request(
                request.method,
                httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions={"timeout": {"connect": _CONNECTING, "read": _SILENCE, "write": _SILENCE, "pool": _SILENCE}},
            )
        )
        headers = [(name, value) for name, value in response.headers if name.lower() not in _CREDENTIALS]
        return httpx2.Response(response.status, headers=headers, stream=_Body(response))

    handle_request = send  # the name that httpx2 and hishel have for it

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


@functools.cache
def _verifying() -> ssl.SSLContext:
    """Return the one way in which TLS is spoken: certificates are checked against those that this machine trusts."""
    return httpx2.create_ssl_context()


class _Body(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
