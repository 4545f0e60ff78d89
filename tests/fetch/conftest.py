"""The fixtures of `sources.web`: a web server on loopback, and an empty cache."""

from __future__ import annotations

from tests.sources.web.conftest import _empty_cache, site

__all__ = ["_empty_cache", "site"]
