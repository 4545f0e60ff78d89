"""The HTTP transport: connects only to IP addresses that the SSRF guard accepts, verifies TLS, limits time."""

from __future__ import annotations

import contextlib
import functools
import os
import ssl
import time
from collections.abc import Iterable, Iterator

import httpcore2
import httpx2

from readout_pub.errors import SourceError
from readout_pub.model.readout import CREDENTIAL_HEADERS
from readout_pub.sources.web.ssrf_guard import Resolver, resolve_public, resolve_with_system

_CONNECT_TIMEOUT = 10.0
"""How many seconds a connection to one IP address may take; a host may have several."""

_READ_TIMEOUT = 30.0
"""How many seconds may pass before a server sends or accepts something."""

_MAX_ADDRESSES = 4
"""How many IP addresses of a host are tried: many dead addresses fail within 40 seconds."""

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]

_CREDENTIAL_HEADERS = frozenset(name.encode() for name in CREDENTIAL_HEADERS)
"""Removed from every response: no cookie is sent back, or written to a cache, a WARC file or a readout."""

_MAX_HEAD_BYTES = 256 * 1024
"""The most bytes before the content: headers, of which h11 accepts 100 KB at once, and interim responses (1xx).

Endless interim responses would keep a core busy until the deadline.
"""


class Deadline:
    """The monotonic time by which a request must end, and the size of its response's head so far."""

    def __init__(self) -> None:
        self._end = float("inf")
        self._head_bytes: int | None = None

    def start(self, seconds: float) -> None:
        """Set the deadline of a request to `seconds` from now."""
        self._end = time.monotonic() + seconds

    @contextlib.contextmanager
    def limited_head(self) -> Iterator[None]:
        """Let `count` accept at most `_MAX_HEAD_BYTES` while the head of a response is read."""
        self._head_bytes = 0
        try:
            yield
        finally:
            self._head_bytes = None

    def count(self, data: bytes) -> bytes:
        """Return the received `data`; raise RemoteProtocolError if the head of the response is too long."""
        if self._head_bytes is not None:
            self._head_bytes += len(data)
            if self._head_bytes > _MAX_HEAD_BYTES:
                raise httpcore2.RemoteProtocolError("it sends headers or interim responses without end")
        return data

    @property
    def has_passed(self) -> bool:
        """Whether the time of the request is over."""
        return time.monotonic() >= self._end

    def limit(self, timeout: float | None) -> float:
        """Return the shorter of `timeout` (or `_READ_TIMEOUT`) and the time left; raise ReadTimeout if none is left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the request as a whole takes too long")
        return min(left, _READ_TIMEOUT if timeout is None else timeout)


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects only to addresses that `resolve_public` returns; `backend` makes the connections."""

    def __init__(
        self,
        allowed_hosts: Iterable[str],
        deadline: Deadline,
        *,
        backend: httpcore2.NetworkBackend | None = None,
        resolver: Resolver = resolve_with_system,
    ) -> None:
        self._allowed_hosts, self._deadline, self._resolver = tuple(allowed_hosts), deadline, resolver
        self._backend = backend or httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore2.NetworkStream:
        """Resolve, check and connect. Host header and TLS use the name: only this method sees the address."""
        failure: Exception = httpcore2.ConnectError("the host has no IP address")
        for address in resolve_public(host, port, self._allowed_hosts, self._resolver)[:_MAX_ADDRESSES]:
            seconds = self._deadline.limit(timeout)
            try:
                stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as reason:
                failure = reason
            else:
                return _DeadlineStream(stream, self._deadline)
        raise failure


class _DeadlineStream(httpcore2.NetworkStream):
    """A connection that enforces the deadline: a byte every 20 seconds would never exceed the read timeout."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._deadline.count(self._stream.read(max_bytes, self._deadline.limit(timeout)))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.limit(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.limit(timeout))
        return _DeadlineStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests through a `GuardedBackend`. It follows no redirects, keeps no cookies and uses no proxies."""

    def __init__(self, backend: httpcore2.NetworkBackend, deadline: Deadline) -> None:
        self._deadline = deadline
        self._pool = httpcore2.ConnectionPool(ssl_context=tls_context(), max_connections=10, network_backend=backend)

    def send(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request, and return the response with its content unread."""
        url = request.url
        timeouts = {"connect": _CONNECT_TIMEOUT, "read": _READ_TIMEOUT, "write": _READ_TIMEOUT, "pool": _READ_TIMEOUT}
        with self._deadline.limited_head():
            response = self._pool.handle_request(
                httpcore2.Request(
                    request.method,
                    httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    extensions={"timeout": timeouts},
                )
            )
        headers = [(name, value) for name, value in response.headers if name.lower() not in _CREDENTIAL_HEADERS]
        return httpx2.Response(response.status, headers=headers, stream=_ResponseStream(response))

    handle_request = send  # the name under which httpx2 and hishel call it

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


@functools.cache
def tls_context() -> ssl.SSLContext:
    """Return the context of all TLS connections, which trust the certificate authorities of this machine.

    Raises SourceError if the file of authorities that the environment names cannot be read.
    """
    try:
        return httpx2.create_ssl_context()
    except OSError as reason:
        raise SourceError(
            f"it is not a readable file of certificates ({reason.strerror or reason})",
            where=f"SSL_CERT_FILE={os.environ.get('SSL_CERT_FILE', '')}",
            what_next="name a PEM file with the authorities of your network, or unset the variable",
        ) from reason


class _ResponseStream(httpx2.SyncByteStream):
    def __init__(self, response: httpcore2.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.iter_stream()

    def close(self) -> None:
        self._response.close()
