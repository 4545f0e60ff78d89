"""A web server on loopback for tests: it sends the replies that a test sets, and logs the requests."""

from __future__ import annotations

import socket
import ssl
import struct
import time
from collections.abc import Callable, Iterable, Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple

from tests.loopback_server import LoopbackServer


class ReceivedRequest(NamedTuple):
    """One request; `at` is its time in seconds of the monotonic clock."""

    path: str
    headers: dict[str, str]
    at: float


class Reply(NamedTuple):
    """What the server sends. If `raw` is given, it is the whole response, and the connection ends after it.

    With `raw` and `reset`, the connection ends with a TCP reset.
    """

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    media_type: str = "text/html; charset=utf-8"
    raw: Iterable[bytes] | None = None
    reset: bool = False


Route = Reply | Callable[[ReceivedRequest], Reply]


class WebServer(LoopbackServer):
    """Answers a path and its query as `routes` says, and any other path with 404; `log` has every request."""

    def __init__(self, routes: Mapping[str, Route] | None = None, *, latency: float = 0.0) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.log: list[ReceivedRequest] = []
        self._latency = latency
        super().__init__(self._handler())

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path."""
        return f"http://{host}:{self.port}{path}"

    @property
    def authority(self) -> str:
        """Host and port, as in a URL."""
        return f"127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """The requested paths, without robots.txt."""
        return [request.path for request in self.log if request.path != "/robots.txt"]

    def reply(self, request: ReceivedRequest) -> Reply:
        """Return the reply to a request."""
        route = self.routes.get(request.path, Reply("Not here.", 404, media_type="text/plain"))
        return route if isinstance(route, Reply) else route(request)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server, latency = self, self._latency

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1  # header and body in one packet

            def do_GET(self) -> None:
                request = ReceivedRequest(
                    self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic()
                )
                server.log.append(request)
                time.sleep(latency)
                reply = server.reply(request)
                if reply.raw is not None:
                    self._send_raw(reply)
                    return
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                self.send_response(reply.status)
                for name, value in {"Content-Type": reply.media_type, **reply.headers}.items():
                    self.send_header(name, value)
                if reply.status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if reply.status != 304:
                    self.wfile.write(body)

            def _send_raw(self, reply: Reply) -> None:
                self.close_connection = True
                try:
                    for part in reply.raw or ():
                        self.wfile.write(part)
                        self.wfile.flush()
                except OSError:
                    return  # the client has closed the connection
                if reply.reset:
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    self.connection.close()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
                pass

        return Handler


CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""A self-signed certificate for localhost with its key, for these tests only; it expires in 2126."""


class TlsServer(WebServer):
    """A WebServer with TLS."""

    def __init__(self, routes: Mapping[str, Route] | None = None) -> None:
        super().__init__(routes)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)


def redirect(target: str, status: int = 302) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": target})
