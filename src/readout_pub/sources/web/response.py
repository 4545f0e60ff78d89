"""What came back from an address, and the whole way there."""

from __future__ import annotations

import datetime as dt
import hashlib
from http import HTTPStatus

import msgspec

from readout_pub.model import Retrieval
from readout_pub.sources.fetch_folder import charset_in


class ContentSpec(msgspec.Struct, frozen=True):
    """What is asked for: `noun` names it to people, `types` are the media types that it may have.

    A type that ends in "/" stands for all of its kind, "*" for all there are, "" for a server that names none. `fresh`
    says that a copy in the cache is not taken before the server has said that it still holds. So many bytes as `least`
    are read, whatever the limit.
    """

    noun: str
    accept: str
    types: frozenset[str]
    fresh: bool = False
    least: int = 0

    def takes(self, media_type: str) -> bool:
        """Say whether something of this media type can be what is wanted."""
        return bool({media_type, f"{media_type.partition('/')[0]}/", "*"} & self.types)


_UNSAID = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-unknown-content-type"})

PAGE = ContentSpec(
    "a page",
    "text/html, application/xhtml+xml, text/plain;q=0.8",
    frozenset({"text/html", "application/xhtml+xml", "text/plain", *_UNSAID}),
    fresh=True,
)
PHOTO = ContentSpec("a picture", "image/jpeg, image/png, image/webp, image/*;q=0.8", frozenset({"image/", *_UNSAID}))
ROBOTS_TXT = ContentSpec("robots.txt", "text/plain, */*;q=0.5", frozenset({"*"}), least=500_000)
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
            *_UNSAID,
        }
    ),
    fresh=True,
)


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of a server: `body` is what it sent, with its chunks joined, `content` the same unpacked.

    `moment` is when it was asked, in universal time. Headers of credentials are not among the `headers`.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    moment: dt.datetime
    body: bytes = b""
    content: bytes = b""

    def header(self, name: str) -> str:
        """Return a header of this name (in lower case), "" if there is none."""
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def media_type(self) -> str:
        """The media type in lower case, "" if the server names none."""
        return self.header("content-type").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        return charset_in(self.header("content-type"))

    @property
    def phrase(self) -> str:
        """The status as people read it: "404 Not Found"."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class Exchange(msgspec.Struct, frozen=True):
    """The answers on the way from one address to where its redirects end; the last is none of them."""

    answers: tuple[Response, ...]

    @property
    def last(self) -> Response:
        """The answer at the end."""
        return self.answers[-1]

    @property
    def url(self) -> str:
        """The address that was asked first."""
        return self.answers[0].url

    @property
    def record(self) -> Retrieval:
        """What the origin of a readout tells of the visit."""
        return Retrieval(
            url=self.url,
            final_url=self.last.url,
            time=self.last.moment,
            status=self.last.status,
            headers=self.last.headers,
            sha256=hashlib.sha256(self.last.content).hexdigest(),
        )
