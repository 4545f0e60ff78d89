"""POST requests with JSON to an API whose address the user has configured, such as the API of a model.

No page decides the address, so it may be on this machine or in a private network. Redirects are not followed: they
would send the key and the content to another server.
"""

from __future__ import annotations

import time
from ipaddress import ip_address
from types import TracebackType
from typing import Self

import httpx2
import msgspec

from readout_pub.errors import DECODE_ERRORS, SourceError, UsageError
from readout_pub.sources.web.ssrf_guard import printable_url
from readout_pub.sources.web.transport import tls_context

_CONNECT_TIMEOUT = 10.0
"""Seconds to connect. This and the next four limits were chosen by hand."""

_MAX_ATTEMPTS = 3
"""How often one request is tried, the first attempt included."""

_FIRST_PAUSE = 1.0
"""Seconds before the second attempt; each later pause is twice as long as the one before."""

_MAX_PAUSE = 60.0
"""The longest Retry-After in seconds for which the program waits; if a server asks for more, the request fails."""

_MAX_RESPONSE_BYTES = 1_000_000
"""How many bytes a response may have. A response with an alternative text has a few hundred bytes."""

_RETRY_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed."""

_WHAT_NEXT = {
    401: "set the key that the server expects",
    403: "set a key that may use this model",
    404: "check address and model; the address often ends in /v1",
    413: "choose a model that takes larger requests",
}


class JsonApi:
    """Sends JSON to one API. `seconds` is the longest time without an answer, `key` is sent as a bearer token.

    Use it in a `with` statement, which closes its connections at the end. Raises UsageError if the address is not http
    or https, has a user name or password, or would send the key or the photos over the open internet without
    encryption.
    """

    def __init__(self, url: str, *, key: str | None = None, seconds: float = 120.0) -> None:
        try:
            parsed = httpx2.URL(url.rstrip("/"))
        except httpx2.InvalidURL:
            parsed = httpx2.URL("")
        if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo:
            raise UsageError(
                "this is not the address of an API",
                where=printable_url(url),
                what_next="write it as http://localhost:11434/v1, without user name and password",
            )
        if parsed.scheme == "http" and not _is_private(parsed.host):
            raise UsageError("what is sent over http is not encrypted", where=printable_url(url), what_next="use https")
        self.url = str(parsed)
        self._seconds = seconds
        self._client = httpx2.Client(
            headers={"Authorization": f"Bearer {key}"} if key else None,
            timeout=httpx2.Timeout(seconds, connect=min(_CONNECT_TIMEOUT, seconds)),
            follow_redirects=False,
            verify=tls_context(),
            trust_env=not _is_private(parsed.host),  # a proxy is used only for the internet
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, reason: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._client.close()

    def post(self, path: str, body: object) -> bytes:
        """Send `body` as JSON to `path` below the address, and return the content of the response.

        The request is sent again after a connection error or a status of `_RETRY_STATUSES`. Raises SourceError if no
        attempt succeeds.
        """
        content = msgspec.json.encode(body)
        pause = _FIRST_PAUSE
        for attempt in range(1, _MAX_ATTEMPTS + 1):
            is_last = attempt == _MAX_ATTEMPTS
            try:
                status, answer, wait = self._send(path, content)
            except httpx2.TimeoutException as reason:
                if is_last:
                    raise self._error(
                        f"it does not answer within {self._seconds:g} s", "allow more with --timeout"
                    ) from reason
            except httpx2.TransportError as reason:
                if is_last:
                    raise self._error(
                        f"it cannot be reached ({reason})", "check that the server is running"
                    ) from reason
            else:
                if status == 200:
                    return answer
                if is_last or status not in _RETRY_STATUSES or (wait or 0) > _MAX_PAUSE:
                    raise self._status_error(status, answer)
                pause = max(pause, wait or 0)
            time.sleep(pause)
            pause *= 2
        raise AssertionError("the last attempt returns or raises")

    def _send(self, path: str, content: bytes) -> tuple[int, bytes, float | None]:
        """Return status and content of the response to one request, and its Retry-After in seconds."""
        headers = {"Content-Type": "application/json"}
        with self._client.stream("POST", f"{self.url}{path}", content=content, headers=headers) as response:
            answer = bytearray()
            for part in response.iter_bytes():
                answer += part
                if len(answer) > _MAX_RESPONSE_BYTES:
                    raise self._error("its answer is longer than 1 MB", "check that this is the address of a model")
            retry_after = response.headers.get("retry-after", "")
            return response.status_code, bytes(answer), float(retry_after) if retry_after.isdecimal() else None

    def _status_error(self, status: int, answer: bytes) -> SourceError:
        try:
            message = msgspec.json.decode(answer, type=_ErrorBody).text
        except DECODE_ERRORS:
            message = ""
        what = f"it answers with status {status}{f' ({message})' if message else ''}"
        return self._error(what, _WHAT_NEXT.get(status, "try again later"))

    def _error(self, what: str, what_next: str) -> SourceError:
        return SourceError(what, where=printable_url(self.url), what_next=what_next)


class _ErrorBody(msgspec.Struct):
    """The body of an error: `{"error": {"message": "…"}}` at OpenAI, `{"error": "…"}` at Ollama."""

    error: str | dict[str, object]

    @property
    def text(self) -> str:
        message = self.error if isinstance(self.error, str) else str(self.error.get("message", ""))
        return message[:300]


def _is_private(host: str) -> bool:
    """Return whether a host is this machine, or has an address or a name that only a private network uses."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return ip_address(host).is_private
    except ValueError:
        return False
