"""Parts of addresses. Pages hold addresses that are none, such as `http://[x/`; they have neither path nor host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


def url_path(address: str) -> str:
    """Return the path of an address, empty if it is not to be taken apart."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def url_host(address: str | None) -> str | None:
    """Return the host of an address in lower case; None if it has none or is not to be taken apart."""
    try:
        return urlsplit(address).hostname if address else None
    except ValueError:
        return None


_USER = re.compile(
    r"""(?P<kept>[\x00-\x20]*(?:[a-z][a-z0-9+.-]*:|https?(?=/))?[/\\]*)
    (?: [^/?#]*@                                               # as it should be written
      | (?<=[/\\])[^/?#@[\]]*:(?!\d*[/?#])[^/?#@]*[/?#].*@ )   # no port behind the colon, but a password with slashes
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


def strip_userinfo(address: str) -> str:
    """Return an address without user name and password, however wrongly it is written."""
    found = _USER.match(address, 0, 4000)
    return f"{found['kept']}{address[found.end() :]}" if found else address
