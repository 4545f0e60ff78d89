"""The fixtures of `sources.web`: a web server on loopback; nothing else can be reached."""

from __future__ import annotations

from tests.sources.web.conftest import _nothing_but_loopback, site

__all__ = ["_nothing_but_loopback", "site"]
