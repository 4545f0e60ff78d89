"""The progress of a batch: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import io
import sys

import pytest

from readout_pub.batch import Outcome
from readout_pub.cli import progress
from readout_pub.cli.progress import Progress
from readout_pub.ledger import Failure, LedgerEntry


def outcome(name: str, failure: Failure | None = None) -> Outcome:
    return Outcome(number=1, name=name, status="failed" if failure else "made", entry=LedgerEntry(failure=failure))


def test_without_a_terminal_progress_is_lines_and_failures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_INTERVAL", 0)
    with Progress(400, quiet=False) as shown:
        shown.show(outcome("talks1.html"))
        shown.show(outcome("talks2.html", Failure("SourceError", "it is empty", what_next="save it again")))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("1 of 400 pages, 0 failed, ")
    assert lines[1] == "readout-pub: talks2.html: it is empty; save it again"
    assert lines[2].startswith("2 of 400 pages, 1 failed, ")


def test_an_empty_or_quiet_batch_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(0, quiet=False):
        pass
    with Progress(2, quiet=True) as shown:
        shown.show(outcome("talks1.html"))
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """A standard error that calls itself a terminal, since a test machine may have none."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_bar_shows_speed_failures_and_page(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for name, value in {"TERM": "xterm", "COLUMNS": "140"}.items():
        monkeypatch.setenv(name, value)
    with Progress(12, quiet=False) as shown:
        shown.show(outcome("talks5.html", Failure("SourceError", "it is empty", what_next="save it again")))
        for number in range(11):
            shown.show(outcome(f"talks{number}.html"))
    for words in ("12/12", "pages/s", "1 failed", "talks10.html", "talks5.html: it is empty; save it again"):
        assert words in terminal.getvalue()
