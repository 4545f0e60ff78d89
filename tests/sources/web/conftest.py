"""Fixtures for tests with a web server. No test can reach anything but loopback, even if the SSRF guard fails."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from readout_pub.sources import FetchPolicy
from readout_pub.sources.web.client import Client
from tests.sources.web.server import WebServer


@pytest.fixture(autouse=True)
def _nothing_but_loopback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: tuple[str, int]) -> None:
        if not ipaddress.ip_address(address[0]).is_loopback:
            pytest.fail(f"a test would have connected to {address[0]}")
        connect(self, address)

    def known(host: str, *rest: object, **more: object) -> object:
        if host != "localhost" and not _is_number(host):
            raise socket.gaierror("tests resolve no host names")
        return resolve(host, *rest, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", known)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _is_number(host: str) -> bool:
    return not any(letter in "ghijklmnopqrstuvwyz" for letter in host.lower())


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A web server whose pages the test sets."""
    with WebServer() as server:
        yield server


@pytest.fixture
def policy(site: WebServer) -> FetchPolicy:
    """A policy that allows the web server and has no pauses."""
    return FetchPolicy(delay=0.0, allowed_hosts=(site.authority,), backoff=0.001, time=5.0)


@pytest.fixture
def client(policy: FetchPolicy) -> Iterator[Client]:
    """A client with this policy."""
    with Client(policy, max_bytes=200_000) as client:
        yield client
