"""Fixtures and settings for all tests: goldens, and the same Hypothesis examples on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import settings

GOLDENS = Path(__file__).parent / "goldens"
ACCEPTED_DIFFS = pytest.StashKey[list[str]]()

# Hypothesis' profile for CI: no deadline, no example database, no randomness, so that all machines get the same result.
settings.load_profile("ci")

Golden = Callable[[str | Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the goldens that differ, and print each difference")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ACCEPTED_DIFFS] = []
    if config.getoption("accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people: look at each difference, then commit the golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return a function that compares a text with a golden: `golden("emit/seed.txt", text)`, or with any other file."""

    def compare(path: str | Path, text: str) -> None:
        file = GOLDENS / path
        name = os.path.relpath(file, GOLDENS.parent)
        expected = file.read_text("utf-8") if file.exists() else ""
        if text == expected:
            return
        lines = unified_diff(expected.splitlines(), text.splitlines(), name, "now", lineterm="")
        difference = "\n".join(lines) or "only the line endings differ"
        if not request.config.getoption("accept"):
            pytest.fail(f"{difference}\n\nif this is right: ./dev test --accept '{request.node.nodeid}'", pytrace=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")
        request.config.stash[ACCEPTED_DIFFS].append(difference)

    return compare


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for difference in config.stash[ACCEPTED_DIFFS]:
        terminalreporter.section("accepted")
        terminalreporter.write_line(difference)
