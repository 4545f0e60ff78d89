"""What every test may use: goldens, and the same examples on every machine."""

from __future__ import annotations

import os
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import settings

GOLDENS = Path(__file__).parent / "goldens"
ACCEPTED = pytest.StashKey[list[str]]()

# Hypothesis' own profile for CI: no clock, no memory, no chance. What passes here passes everywhere.
settings.load_profile("ci")

Golden = Callable[[str | Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="rewrite the goldens that differ, and print each difference")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ACCEPTED] = []
    if config.getoption("accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people: look at each difference, then commit the golden")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare a text with the golden of this path: `golden("emit/seed.txt", text)`, or with a file elsewhere."""

    def compare(path: str | Path, text: str) -> None:
        file = GOLDENS / path
        name = os.path.relpath(file, GOLDENS.parent)
        expected = file.read_text("utf-8") if file.exists() else ""
        if text == expected:
            return
        lines = unified_diff(expected.splitlines(), text.splitlines(), name, "now", lineterm="")
        difference = "\n".join(lines) or "only the line ends differ"
        if not request.config.getoption("accept"):
            pytest.fail(f"{difference}\n\nif this is right: ./dev test --accept '{request.node.nodeid}'", pytrace=False)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")
        request.config.stash[ACCEPTED].append(difference)

    return compare


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for difference in config.stash[ACCEPTED]:
        terminalreporter.section("accepted")
        terminalreporter.write_line(difference)
