"""Fixtures shared with the tests of `sources.web`: a web server on this machine, and an empty cache for each test."""

from __future__ import annotations

from tests.sources.web.conftest import _empty_cache, site

__all__ = ["_empty_cache", "site"]
