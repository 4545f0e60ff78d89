"""Parts of addresses. Pages hold addresses that are none, such as `http://[x/`; they have neither path nor host."""

from __future__ import annotations

from urllib.parse import urlsplit


def path_of(address: str) -> str:
    """Return the path of an address, empty if it is not to be taken apart."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def host_of(address: str | None) -> str | None:
    """Return the host of an address in lower case; None if it has none or is not to be taken apart."""
    try:
        return urlsplit(address).hostname if address else None
    except ValueError:
        return None
