"""Fixtures for tests with a web server, and an empty cache for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from readout_pub.sources import FetchPolicy
from readout_pub.sources.web.client import Client
from tests.sources.web.server import WebServer


@pytest.fixture(autouse=True)
def _empty_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A web server. Each test sets its own pages."""
    with WebServer() as server:
        yield server


@pytest.fixture
def policy(site: WebServer) -> FetchPolicy:
    """A policy that allows the web server and has no pauses."""
    return FetchPolicy(delay=0.0, allowed_hosts=(site.authority,), backoff=0.001, time=60.0)


@pytest.fixture
def client(policy: FetchPolicy) -> Iterator[Client]:
    """A client with the policy of the fixture `policy`."""
    with Client(policy, max_bytes=200_000) as client:
        yield client
