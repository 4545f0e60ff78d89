"""A net below every test of this room: nothing but loopback can be reached, even where a guard fails."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
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
            pytest.fail(f"a test would have reached {address[0]}")
        connect(self, address)

    def known(host: str, *rest: object, **more: object) -> object:
        if host != "localhost" and not _is_number(host):
            raise socket.gaierror("no name is asked for in a test")
        return resolve(host, *rest, **more)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", known)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _is_number(host: str) -> bool:
    return not any(letter in "ghijklmnopqrstuvwyz" for letter in host.lower())


@pytest.fixture
def site() -> Iterator[WebServer]:
    """A server whose pages the test sets."""
    with WebServer() as server:
        yield server


@pytest.fixture
def manners() -> FetchPolicy:
    """Manners of a visitor that may ask loopback, without pauses."""
    return FetchPolicy(delay=0.0, allowed_hosts=("127.0.0.1",), backoff=0.001, time=5.0)


Visitors = Callable[[FetchPolicy], Client]


@pytest.fixture
def visitor(manners: FetchPolicy) -> Iterator[Client]:
    """A visitor with these manners."""
    with Client(manners, max_bytes=200_000) as visitor:
        yield visitor
