"""Reads parts of the URLs in pages. A malformed URL such as `http://[x/` has neither path nor host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SAFE_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "tel"})
"""The allowed schemes of links. Schemes of scripts and of local files are not allowed."""


def url_path(address: str) -> str:
    """Return the path of a URL; "" if the URL is malformed."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def url_host(address: str | None) -> str | None:
    """Return the host of a URL in lower case; None if it has none or is malformed."""
    try:
        return urlsplit(address).hostname if address else None
    except ValueError:
        return None


_USERINFO = re.compile(
    r"""(?P<kept>[\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|https?(?=/))?[/\\]*)
    (?: [^/?#]*@
      | (?<=[/\\])[^/?#@[\]]*:(?!\d*[/?#])[^/?#@]*[/?#].*@ )
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
"""The start of a URL (`kept`), then user name, password and "@". A password may not contain "/", "?" or "#". The second
alternative matches invalid URLs with such a password, as in `https://anna:a/b@host/`. It does not match
`https://host:80/b@c`: digits alone between ":" and "/" are a port."""

_MAX_USERINFO = 4000
"""How many characters of a URL are searched, so that a URL of several megabytes takes no noticeable time."""


def strip_userinfo(address: str) -> str:
    """Return a URL without user name and password, so that outputs contain no passwords. The URL may be malformed."""
    match = _USERINFO.match(address, 0, _MAX_USERINFO)
    return f"{match['kept']}{address[match.end() :]}" if match else address


_WITH_HOST = re.compile(r"[\x00-\x20]*(?:(?:https?|ftp):|[/\\]{2})", re.IGNORECASE)


def strip_userinfo_of_link(address: str) -> str:
    """Return the URL of a link without user name and password.

    A URL without a host, such as `mailto:anna@host` or a relative URL, is unchanged, since it has no password.
    """
    return strip_userinfo(address) if _WITH_HOST.match(address) else address
