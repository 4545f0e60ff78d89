"""URLs as pages and archives write them: equality, base URL, `file:` and `data:`, Wayback Machine, names of hosts."""

from __future__ import annotations

import binascii
import datetime as dt
import html
import re
from base64 import b64decode
from itertools import islice
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_to_bytes, urljoin, urlsplit
from urllib.request import url2pathname

from readout_pub.errors import SourceError
from readout_pub.model import url_host
from readout_pub.sources.content_type import ContentType, parse_content_type

_DEFAULT_PORTS = {"http": 80, "https": 443}


def is_web_address(text: str) -> bool:
    """Return whether a text is an absolute http or https URL; it may be invalid (see `url_host` of the model)."""
    return text[:8].lower().startswith(("http://", "https://"))


def is_file_url(text: str) -> bool:
    """Return whether a text is a `file:` URL."""
    return text[:5].lower() == "file:"


def local_path(source: str) -> str:
    """Return the path of a `file:` URL, and any other text unchanged; SourceError for a file of another computer."""
    if not is_file_url(source):
        return source
    parts = urlsplit(source)
    if parts.netloc.lower() not in {"", "localhost"}:
        raise SourceError("this names a file of another computer", where=source, what_next="copy it, and name its path")
    return url2pathname(parts.path)


def is_data_url(text: str) -> bool:
    """Return whether a text is a `data:` URL, which contains the bytes of a file."""
    return text.lstrip()[:5].lower() == "data:"


class DataUrl(NamedTuple):
    """The content of a `data:` URL, and the type that it states."""

    content_type: ContentType
    data: bytes


_BASE64 = re.compile(r";\s*+base64\s*+\Z", re.IGNORECASE)


def read_data_url(url: str) -> DataUrl | None:
    """Return what a `data:` URL contains; None for another URL, or a malformed one.

    As in browsers (WHATWG Fetch, "data: URL processor"), spaces around the URL and in base64 do not count, and base64
    may lack its padding.
    """
    if not is_data_url(url):
        return None
    head, comma, payload = url.strip()[5:].partition(",")
    if not comma:
        return None
    data = unquote_to_bytes(payload)
    if base64 := _BASE64.search(head):
        head = head[: base64.start()]
        try:
            data = b64decode(data + b"==")
        except binascii.Error:
            return None
    return DataUrl(parse_content_type(head), data)


def resolve(base: str, reference: str) -> str:
    """Return `reference` resolved against the URL `base` (RFC 3986, section 5); an invalid URL comes back unchanged."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def url_key(url: str) -> str:
    """Return a key that is equal for all spellings of one page's URL; an invalid URL is its own key.

    The key ignores the scheme, the default port, the fragment, the Wayback Machine's prefix, and which characters are
    percent-encoded.
    """
    try:
        parts = urlsplit(unwrap_wayback(url) or url)
        host = (parts.hostname or "").lower()
        port = parts.port
    except ValueError:
        return url
    host += f":{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme) else ""
    query = f"?{_normalize_escapes(parts.query)}" if parts.query else ""
    return f"{host}{_normalize_escapes(parts.path) or '/'}{query}"


def _normalize_escapes(text: str) -> str:
    return quote(unquote(text, errors="surrogateescape"), safe="/:@!$&'()*+,;=?~%", errors="surrogateescape")


# --- the Wayback Machine


_WAYBACK = re.compile(
    r"(?:(?:https?:)?//(?:web|wayback)\.archive\.org)?/web/(?P<timestamp>\d{4,14})(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}.+)",
    re.IGNORECASE,
)


def unwrap_wayback(url: str) -> str | None:
    """Return the original URL of a Wayback Machine URL; None for any other URL."""
    found = _WAYBACK.fullmatch(url)
    # Some archives keep only one of the two slashes: /web/2031/https:/www.atlantis.example/.
    return re.sub(r":/{1,2}", "://", found["url"], count=1) if found else None


def wayback_date(url: str) -> dt.date | None:
    """Return the day (UTC) of the capture in a Wayback Machine URL; None if `url` names no day."""
    found = _WAYBACK.fullmatch(url)
    return date_of_timestamp(found["timestamp"]) if found else None


def date_of_timestamp(timestamp: str) -> dt.date | None:
    """Return the day of an archive's timestamp such as 20220804123456; None if it names no valid day."""
    try:
        return dt.date(int(timestamp[:4]), int(timestamp[4:6]), int(timestamp[6:8]))
    except ValueError:
        return None


# --- the base URL of a page


_BASE_HREF = re.compile(r"""<base\b[^<>]*?[\s"'/]href\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""", re.IGNORECASE)
_HEAD_CHARACTERS = 1_000_000
"""How many characters are searched for `base`. Chosen by hand: inlined styles make long heads."""
_RAW_TEXT = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<title", "</title"))
"""Start and end of the parts of a page in which browsers find no elements, such as comments."""
_MAX_BASES = 20
"""How many `base` elements are examined: each needs a search through all text before it."""


def find_base_url(markup: str, url: str) -> str:
    """Return the URL against which the relative URLs of a page at `url` are resolved; `url` is "" if unknown.

    This is the `href` of the first `base` with one, resolved against `url`. If it is no web URL with a host, or if it
    is missing, this is `url`.
    """
    for found in islice(_BASE_HREF.finditer(markup, 0, _HEAD_CHARACTERS), _MAX_BASES):
        if _is_parsed_as_element(markup, found.start()):
            base = resolve(url, html.unescape(found[1].strip("\"'")).strip())
            return base if is_web_address(base) and url_host(base) else url
    return url


def _is_parsed_as_element(markup: str, at: int) -> bool:
    before = markup[:at].lower()
    return all(before.rfind(begin) <= before.rfind(end) for begin, end in _RAW_TEXT)


# --- folders named after hosts


_HOST = re.compile(r"(?P<names>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+)(?P<ending>[a-z]{2,})(?:[:+]\d+)?")
"""A host with an optional port. Where a file system forbids ":", wget writes "+" before the port."""
_GENERIC_DOMAINS = frozenset("com org net int edu gov mil info biz asia example".split())
_TWO_LETTER_SUFFIXES = frozenset("cc cs db go gz hs js md ml pl ps py rb rs sh so ts xz".split())
"""File suffixes of two letters that are also top-level domains of countries."""


def is_host_name(name: str) -> bool:
    """Return whether a folder name looks like a mirrored host, such as www.atlantis.example.

    `page.files` has no common top-level domain. `node.js` has only two parts, and the suffix of a file.
    """
    found = _HOST.fullmatch(name.lower())
    if found is None:
        return False
    if len(found["ending"]) == 2:
        return found["names"].count(".") > 1 or found["ending"] not in _TWO_LETTER_SUFFIXES
    return found["ending"] in _GENERIC_DOMAINS
