"""Fixtures and settings for all tests: goldens, no network, no waiting for the disk.

Hypothesis draws the same examples on every machine.
"""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from difflib import unified_diff
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

GOLDENS = Path(__file__).parent / "goldens"
ACCEPTED_DIFFS = pytest.StashKey[list[str]]()

# Hypothesis' profile for CI: no deadline, no example database, no randomness, so that all machines get the same result.
settings.load_profile("ci")
settings.register_profile("quick", settings.get_profile("ci"), max_examples=10)  # `./dev check --fast`

Golden = Callable[[str | Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the goldens that differ, and print each difference")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ACCEPTED_DIFFS] = []
    if config.getoption("accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people: look at each difference, then commit the golden")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In a process of xdist, run slow tests first, since one that starts last would keep the other cores waiting."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """Collect garbage more rarely, and never the objects that exist so far. Collection took a sixth of the CPU time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(autouse=True, scope="session")
def _allow_only_loopback() -> Iterator[None]:
    """Let tests connect to this machine only, even if the SSRF guard fails."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded(self: socket.socket, address: tuple[str, int]) -> None:
        if self.family != socket.AF_UNIX and not ipaddress.ip_address(address[0]).is_loopback:
            pytest.fail(f"a test would have connected to {address[0]}")
        connect(self, address)

    def known(host: str | bytes | None, port: object, *rest: int, **more: int) -> object:
        if host in {"localhost", b"localhost"}:
            return resolve(host, port, *rest, **more)  # type: ignore[arg-type]  # passed on unchanged
        given = dict(zip(("family", "type", "proto", "flags"), rest, strict=False)) | more
        given["flags"] = given.get("flags", 0) | socket.AI_NUMERICHOST
        try:
            return resolve(host, port, **given)  # type: ignore[arg-type]
        except socket.gaierror as error:
            raise socket.gaierror("tests resolve no host names") from error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(socket, "getaddrinfo", known)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Make fsync do nothing: no test simulates a power failure, and a busy disk takes a second to sync."""
    connect = partial(sqlite3.connect, factory=_ConnectionWithoutSync)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        patch.setattr(os, "sync", lambda: None, raising=False)  # Windows lacks `os.sync`
        patch.setattr(sqlite3, "connect", connect)
        yield


class _ConnectionWithoutSync(sqlite3.Connection):
    """A connection that does not wait for the disk, whatever `PRAGMA synchronous` asks for."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]  # passed on unchanged
        super().execute("PRAGMA synchronous = OFF")

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:  # type: ignore[override]
        return super().execute("" if sql.startswith("PRAGMA synchronous") else sql, parameters)


LONG_FILE = 2_000
"""Files of more bytes than this are not compared line by line: for some outputs, pytest would need minutes."""


def pytest_assertrepr_compare(op: str, left: object, right: object) -> list[str] | None:
    """Say in one line where long files differ; return None for other values, which pytest explains."""
    if op != "==" or type(left) is not type(right):
        return None
    if isinstance(left, bytes) and isinstance(right, bytes) and max(len(left), len(right)) > LONG_FILE:
        return [f"two files of {len(left)} and {len(right)} bytes are equal", _first_difference(left, right)]
    if isinstance(left, dict) and isinstance(right, dict) and any(_is_long_file(value) for value in left.values()):
        differing = [name for name in left.keys() | right.keys() if left.get(name) != right.get(name)]
        return ["all files are equal", *(f"{name}: {_difference(left, right, name)}" for name in sorted(differing))]
    return None


def _is_long_file(value: object) -> bool:
    return isinstance(value, bytes) and len(value) > LONG_FILE


def _difference(left: dict[str, object], right: dict[str, object], name: str) -> str:
    if name not in left or name not in right:
        return f"only on the {'left' if name in left else 'right'}"
    one, other = left[name], right[name]
    if isinstance(one, bytes) and isinstance(other, bytes):
        return _first_difference(one, other)
    return f"{one!r:.300} != {other!r:.300}"


def _first_difference(one: bytes, other: bytes) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - 60)
    return f"they differ at byte {at}: {one[start : at + 100]!r} != {other[start : at + 100]!r}"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a function that compares a text with a golden, as in `golden("tags/atlantis.txt", text)`.

    A relative path is below the folder of goldens; an absolute path may name any file.
    """

    def compare(path: str | Path, text: str) -> None:
        file = GOLDENS / path
        name = os.path.relpath(file, GOLDENS.parent)
        expected = file.read_text("utf-8") if file.exists() else ""
        if text == expected:
            return
        lines = unified_diff(expected.splitlines(), text.splitlines(), name, "now", lineterm="")
        difference = "\n".join(lines) or "only the line endings differ"
        if not request.config.getoption("accept"):
            pytest.fail(
                f"{difference}\n\nif the new text is right: ./dev test --accept '{request.node.nodeid}'", pytrace=False
            )
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")
        request.config.stash[ACCEPTED_DIFFS].append(difference)

    return compare


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for difference in config.stash[ACCEPTED_DIFFS]:
        terminalreporter.section("accepted")
        terminalreporter.write_line(difference)
