"""The web: pages fetched from their servers, politely and safely. The only room that asks it."""

from __future__ import annotations

from readout_pub.sources.web.manners import Manners

__all__ = ["Manners", "is_web_address"]


def is_web_address(source: str) -> bool:
    """Say whether a source is an address on the web, and not a file."""
    return source.lower().startswith(("http://", "https://"))
