"""Kinds of content that are requested, the response of a server, and the exchange of a response and its redirects."""

from __future__ import annotations

import datetime as dt
import hashlib
from http import HTTPStatus

import msgspec

from readout_pub.model import Retrieval
from readout_pub.sources.content_type import parse_content_type


class ContentSpec(msgspec.Struct, frozen=True):
    """A kind of content that is requested, such as a page or a photo.

    description   a noun for error messages
    accept        the Accept header
    media_types   the media types of a response: "text/" stands for all text types, "*" for any type, "" for no type
    revalidate    whether the server has to confirm a cached copy, even a fresh one
    min_limit     bytes that are read even if the limit of the client is lower
    """

    description: str
    accept: str
    media_types: frozenset[str]
    revalidate: bool = False
    min_limit: int = 0

    def accepts(self, media_type: str) -> bool:
        """Return whether content of this media type can be what was requested."""
        return bool({media_type, f"{media_type.partition('/')[0]}/", "*"} & self.media_types)


_OPAQUE_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-unknown-content-type"})
"""What servers send for a file of unknown type; the program then recognises the type by the content."""

# A readout states when its page was retrieved. For a cached page, this is true only if the server confirmed the copy on
# that day, so pages are revalidated (decision 12).
PAGE = ContentSpec(
    "a page",
    "text/html, application/xhtml+xml, text/plain;q=0.8",
    frozenset({"text/html", "application/xhtml+xml", "text/plain", *_OPAQUE_TYPES}),
    revalidate=True,
)
PHOTO = ContentSpec(
    "a picture", "image/jpeg, image/png, image/webp, image/*;q=0.8", frozenset({"image/", *_OPAQUE_TYPES})
)
MAX_ROBOTS_BYTES = 512_000
"""How many bytes of robots.txt are parsed. RFC 9309, 2.5, requires at least 500 kibibytes."""
# Some servers send robots.txt as HTML or without a type.
ROBOTS_TXT = ContentSpec("robots.txt", "text/plain, */*;q=0.5", frozenset({"*"}), min_limit=MAX_ROBOTS_BYTES)
LIST = ContentSpec(
    "a list of pages",
    "application/xml, text/xml, application/rss+xml, application/atom+xml, text/html, text/plain;q=0.8",
    frozenset(
        {
            "text/",
            "application/xml",
            "application/rss+xml",
            "application/atom+xml",
            "application/rdf+xml",
            "application/xhtml+xml",
            "application/gzip",
            "application/x-gzip",
            *_OPAQUE_TYPES,
        }
    ),
    revalidate=True,
)


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """One response of a server.

    `encoded_content` has the Content-Encoding, `content` is decoded. `received_at` is in UTC. `headers` never contain
    cookies or authentication headers (see `transport`).
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    received_at: dt.datetime
    encoded_content: bytes = b""
    content: bytes = b""

    def header(self, name: str) -> str:
        """Return the value of the first header with the lower-case `name`; "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The media type in lower case without parameters; "" if there is no Content-Type."""
        return parse_content_type(self.header("content-type")).media_type

    @property
    def charset(self) -> str | None:
        """The charset parameter of Content-Type; None without one."""
        return parse_content_type(self.header("content-type")).charset

    @property
    def status_text(self) -> str:
        """Status code and reason phrase: "404 Not Found"; a code that HTTP does not define has no phrase."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class Exchange(msgspec.Struct, frozen=True):
    """The responses to the request for one URL: the redirects in their order, then the final response.

    A repeated request has only the response to its last attempt.
    """

    responses: tuple[Response, ...]

    @property
    def final(self) -> Response:
        """The last response. If it is a redirect, its server named no target."""
        return self.responses[-1]

    @property
    def url(self) -> str:
        """The URL that was requested first."""
        return self.responses[0].url

    @property
    def retrieval(self) -> Retrieval:
        """The record of this exchange for the `origin` of a readout."""
        return Retrieval(
            url=self.url,
            final_url=self.final.url,
            time=self.final.received_at,
            status=self.final.status,
            headers=self.final.headers,
            sha256=hashlib.sha256(self.final.content).hexdigest(),
        )
