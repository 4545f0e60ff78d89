"""The server of `alt review`: it serves a page for reviewers, in a browser on the same computer.

The page sends each decision to the server at once. The server listens on the loopback interface only. The path of every
URL begins with a secret token. The header Host must name the loopback address or localhost: otherwise, another site
could give its own host name the loopback address, and send requests (DNS rebinding).
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar, cast

import msgspec

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.lint import AdviceLanguage
from readout_pub.alt_review.review import DecidedMeanwhile, NewDecision, Review
from readout_pub.alt_review.review_messages import language_of_browser
from readout_pub.alt_review.review_page import write_review_page
from readout_pub.alt_review.thumbnails import PAGE_SIDE, thumbnail_of
from readout_pub.errors import DECODE_ERRORS, ReadoutError, SourceError, UsageError, internal_error_message
from readout_pub.image_store import prepare_picture
from readout_pub.numerals import decimal_number

LOOPBACK = "127.0.0.1"

MAX_REQUEST = 100_000
"""How many bytes a decision may have. Three Japanese texts of 5,000 characters (`MAX_TEXT`, review.py) have 45,000."""

TOKEN_BYTES = 16
"""How many random bytes the token has: too many to guess."""

FIRST_PORT, PORTS = 49152, 16384
"""The first port without registered services, and the number of these ports (RFC 6335, 8.1.2)."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of responses to GET and POST: no other site gets the URL, shows the page in a frame, or reads an image."""


class ReviewResponse(msgspec.Struct, frozen=True):
    """What is sent back: bytes, their media type, and the HTTP status."""

    data: bytes
    media_type: str = "application/json"
    status: HTTPStatus = HTTPStatus.OK


class ReviewServer(ThreadingHTTPServer):
    """The server for one review; `address` is what a reviewer opens."""

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows, True would let two programs listen on one port

    def __init__(
        self, review: Review, *, theme: str, port: int | None = None, language: AdviceLanguage | None = None
    ) -> None:
        """Listen on `port`; by default on one that depends on the archive's path, or on any port if that is taken.

        Browsers keep unsaved texts by host and port: on the same port, a later run finds them. The page is in
        `language`, by default the language that each browser prefers. Raises UsageError if `port` cannot be used.
        """
        self.review, self.theme, self.language = review, theme, language
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        try:
            super().__init__((LOOPBACK, _usual_port(review.archive) if port is None else port), _Handler)
        except OSError as reason:
            if port is not None:
                raise UsageError(
                    f"port {port} cannot be used ({reason.strerror})", what_next="name another port, or none"
                ) from reason
            super().__init__((LOOPBACK, 0), _Handler)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The values of the header Host by which a browser on this computer names the server."""
        return (f"{LOOPBACK}:{self.server_port}", f"localhost:{self.server_port}")

    @property
    def address(self) -> str:
        """The URL of the page."""
        return f"http://{self.hosts[0]}/{self.token}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing: browsers often close a connection early."""


def _usual_port(archive: str) -> int:
    digest = hashlib.sha256(str(Path(archive).absolute()).encode("utf-8", "surrogatepass")).digest()
    return FIRST_PORT + int.from_bytes(digest[:4]) % PORTS


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    timeout: ClassVar[float | None] = 60.0  # seconds without a byte, after which a connection is closed
    server_version, sys_version = "readout-pub", ""

    @property
    def _server(self) -> ReviewServer:
        return cast("ReviewServer", self.server)

    @property
    def _language(self) -> AdviceLanguage:
        return self._server.language or language_of_browser(self.headers.get("Accept-Language", ""))

    def do_GET(self) -> None:
        """Send the page, the decisions, a thumbnail or a photo."""
        self._respond(self._get)

    def do_POST(self) -> None:
        """Save a decision."""
        self._respond(self._post)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class has this name
        """Print nothing: addresses have the token, and each decision would print a line."""

    def _respond(self, respond: Callable[[str], ReviewResponse]) -> None:
        try:
            response = respond(self._path()) if self._is_allowed() else _NOTHING
        except DecidedMeanwhile as meanwhile:
            response = ReviewResponse(msgspec.json.encode(meanwhile.state), status=HTTPStatus.CONFLICT)
        except UsageError as error:
            response = _error(str(error), HTTPStatus.BAD_REQUEST)
        except ReadoutError as error:
            response = _error(str(error), HTTPStatus.INTERNAL_SERVER_ERROR)
        except Exception as error:  # noqa: BLE001 - the reviewer must see the error, and can go on with other photos
            response = _error(internal_error_message(error), HTTPStatus.INTERNAL_SERVER_ERROR)
        self._send(response)

    def _is_allowed(self) -> bool:
        """Return whether the request is from the page: with the token, this host, and no other origin."""
        _, token, *_ = f"{self.path}//".split("/", 2)
        origin = self.headers.get("Origin")
        return (
            hmac.compare_digest(token.encode(), self._server.token.encode())
            and self.headers.get("Host") in self._server.hosts
            and (origin is None or origin in [f"http://{host}" for host in self._server.hosts])
        )

    def _path(self) -> str:
        """Return the path after the token."""
        return self.path.partition("?")[0].removeprefix(f"/{self._server.token}").removeprefix("/")

    def _get(self, path: str) -> ReviewResponse:
        review = self._server.review
        if not path:
            page = io.BytesIO()
            listed = review.photos(self._language)
            write_review_page(page, listed, review.archive, theme=self._server.theme, language=self._language)
            return ReviewResponse(page.getvalue(), "text/html; charset=utf-8")
        if path == "decisions":
            return ReviewResponse(msgspec.json.encode(list(review.decisions())))
        kind, _, name = path.partition("/")
        photo = review.photo(name)
        image = _IMAGES[kind](photo) if photo and kind in _IMAGES else None
        return image or _NOTHING

    def _post(self, path: str) -> ReviewResponse:
        length = decimal_number(self.headers.get("Content-Length", ""))
        is_json = self.headers.get_content_type() == "application/json"
        if path != "decisions" or not is_json or length is None or length > MAX_REQUEST:
            return _error("this is not a decision", HTTPStatus.BAD_REQUEST)
        try:
            new = msgspec.json.decode(self.rfile.read(length), type=NewDecision)
        except DECODE_ERRORS as reason:
            return _error(f"this is not a decision ({reason})", HTTPStatus.BAD_REQUEST)
        return ReviewResponse(msgspec.json.encode(self._server.review.decide(new, self._language)))

    def _send(self, response: ReviewResponse) -> None:
        self.send_response(response.status)
        for name, value in {
            **HEADERS,
            "Content-Type": response.media_type,
            "Content-Length": len(response.data),
        }.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(response.data)


def _error(message: str, status: HTTPStatus) -> ReviewResponse:
    return ReviewResponse(msgspec.json.encode({"error": message}), status=status)


_NOTHING = _error("there is nothing here", HTTPStatus.NOT_FOUND)
"""The response to a wrong path, and to a request that may not be answered."""


def _thumbnail(photo: PhotoInContext) -> ReviewResponse | None:
    found = thumbnail_of(photo, PAGE_SIDE)
    return ReviewResponse(found.data, "image/jpeg") if found else None


def _large_photo(photo: PhotoInContext) -> ReviewResponse | None:
    """Return the photo as outputs have it: its own bytes can be of any type."""
    if photo.read_image is None:
        return None
    try:
        picture = prepare_picture(photo.read_image())
    except SourceError:
        return None
    return ReviewResponse(picture.data, picture.media_type)


_IMAGES: dict[str, Callable[[PhotoInContext], ReviewResponse | None]] = {
    "thumbnails": _thumbnail,
    "photos": _large_photo,
}
"""Folder in the address → the function that makes the image of a photo."""
