"""Addresses as archives write them: when two are the same, and what the Wayback Machine made of them."""

from __future__ import annotations

import datetime as dt
import html
import re
from itertools import islice
from urllib.parse import quote, unquote, urljoin, urlsplit

from readout_pub.model import url_host

_WAYBACK = re.compile(
    r"(?:(?:https?:)?//(?:web|wayback)\.archive\.org)?/web/(?P<stamp>\d{4,14})(?:[a-z]{2}_)?/(?P<url>https?:/{1,2}.+)",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}

_HOST = re.compile(r"(?P<names>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+)(?P<ending>[a-z]{2,})(?:[:+]\d+)?")
_COMMON_ENDINGS = frozenset("com org net int edu gov mil info biz asia example".split())
_FILE_SUFFIXES = frozenset("cc cs db go gz hs js md ml pl ps py rb rs sh so ts xz".split())


def is_web_address(text: str) -> bool:
    """Say whether a text is an address on the web, and not a file or an address without its host."""
    return text[:8].lower().startswith(("http://", "https://"))


def url_key(url: str) -> str:
    """Return what is equal for two addresses of one page.

    The scheme, the default port and the fragment do not count, nor do the Wayback Machine's prefix and the question
    which characters are percent-encoded. An address that cannot be taken apart is equal to itself only.
    """
    try:
        parts = urlsplit(unwrap_wayback(url) or url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return url
    try:
        port = parts.port
    except ValueError:
        port = None
    host += f":{port}" if port and port != _DEFAULT_PORTS.get(parts.scheme) else ""
    query = f"?{_same_escapes(parts.query)}" if parts.query else ""
    return f"{host}{_same_escapes(parts.path) or '/'}{query}"


def unwrap_wayback(url: str) -> str | None:
    """Return the address that the Wayback Machine made a copy of; None if `url` is none of its addresses."""
    found = _WAYBACK.fullmatch(url)
    return re.sub(r":/{1,2}", "://", found["url"], count=1) if found else None


def captured(url: str) -> dt.date | None:
    """Return the day on which the Wayback Machine made the copy that `url` names."""
    found = _WAYBACK.fullmatch(url)
    return day_of_stamp(found["stamp"]) if found else None


def day_of_stamp(stamp: str) -> dt.date | None:
    """Return the day of a stamp such as 20220804123456; None if it is too short or there is no such day."""
    try:
        return dt.date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    except ValueError:
        return None


def resolve(base: str, target: str) -> str:
    """Return the address that `target` means on a page at `base`; one that is none comes back as it is."""
    try:
        return urljoin(base, target)
    except ValueError:
        return target


_BASE = re.compile(r"""<base\b[^<>]*?[\s"'/]href\s*=\s*("[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)""", re.IGNORECASE)
_NEAR = 1_000_000
"""Characters from the start within which a page has its head."""
_PASSED_OVER = (("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<title", "</title"))
"""What begins and ends text in which a browser sees no elements."""
_MOST_BASES = 20
"""Of more than so many none is looked at, so that a hostile page costs no more than others."""


def base_of(markup: str, url: str) -> str:
    """Return the address that relative ones on a page at `url` are relative to; where nobody knows `url`, it is "".

    It is that of the first `base` that has one, unless that is none on the web.
    """
    for found in islice(_BASE.finditer(markup, 0, _NEAR), _MOST_BASES):
        if _is_element(markup, found.start()):
            base = resolve(url, html.unescape(found[1].strip("\"'")).strip())
            return base if is_web_address(base) and url_host(base) else url
    return url


def _is_element(markup: str, place: int) -> bool:
    before = markup[:place].lower()
    return all(before.rfind(begin) <= before.rfind(end) for begin, end in _PASSED_OVER)


def is_host(name: str) -> bool:
    """Say whether a folder of this name can be a mirrored host, such as www.atlantis.example.

    Its ending is that of a country, which has two letters, or one of the oldest. `page.files` is no host, nor is
    `node.js`: a name of two parts may not end like a file.
    """
    found = _HOST.fullmatch(name.lower())
    if found is None:
        return False
    if len(found["ending"]) == 2:
        return found["names"].count(".") > 1 or found["ending"] not in _FILE_SUFFIXES
    return found["ending"] in _COMMON_ENDINGS


def _same_escapes(text: str) -> str:
    return quote(unquote(text, errors="surrogateescape"), safe="/:@!$&'()*+,;=?~%", errors="surrogateescape")
