"""The net and the server of the room that asks the web."""

from __future__ import annotations

from tests.sources.web.conftest import _nothing_but_loopback, site

__all__ = ["_nothing_but_loopback", "site"]
