"""The progress of a batch: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import io
import sys
import time

import pytest

from readout_pub.batch import Outcome
from readout_pub.cli import progress
from readout_pub.cli.progress import Progress
from readout_pub.ledger import Failure, LedgerEntry
from readout_pub.notes import note


def outcome(name: str, failure: Failure | None = None) -> Outcome:
    return Outcome(number=1, name=name, status="failed" if failure else "made", entry=LedgerEntry(failure=failure))


def test_without_a_terminal_progress_and_failures_are_lines(
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


def test_a_failure_takes_one_line_and_warnings_are_counted(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_INTERVAL", 0)
    warned = LedgerEntry(notes=(note("PHOTO_FILE_MISSING", src="quay.jpg"),))
    with Progress(400, quiet=False) as shown:
        shown.show(Outcome(number=1, name="talks1.html", status="made", entry=warned))
        shown.show(outcome("talks2.html", Failure("EmitError", "pandoc says:\n  no", "line 4")))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("1 of 400 pages, 0 failed, 1 with warnings, ")
    assert lines[1] == "readout-pub: talks2.html: line 4: pandoc says: no"
    assert len(lines) == 4  # progress, the failure, progress, and the counts at the end


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (59, ""),
        (60, ", about 1 minute left"),
        (100, ", about 2 minutes left"),
        (7000, ", about 117 minutes left"),
        (9000, ", about 2 hours left"),
    ],
)
def test_the_time_left_is_rounded_to_minutes_or_hours(
    seconds: int, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "LINE_INTERVAL", 0)
    now = iter((0, 1, 1, 1, 1, 1, 1))
    monkeypatch.setattr(time, "monotonic", lambda: next(now))
    with Progress(seconds + 1, quiet=False) as shown:
        shown.show(outcome("talks1.html"))
    assert capsys.readouterr().err.splitlines()[0] == f"1 of {seconds + 1:,} pages, 0 failed, 1.0 pages/s{words}"


def test_an_empty_or_quiet_batch_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(0, quiet=False):
        pass
    with Progress(2, quiet=True) as shown:
        shown.show(outcome("talks1.html"))
    assert capsys.readouterr().err == ""


class Terminal(io.StringIO):
    """Replaces standard error, and says that it is a terminal: a test machine may have no terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.slow
@pytest.mark.parametrize("no_color", [False, True])
def test_a_bar_shows_speed_failures_and_page_with_and_without_colour(
    monkeypatch: pytest.MonkeyPatch, *, no_color: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", "1" if no_color else "")
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    for name, value in {"TERM": "xterm", "COLUMNS": "140"}.items():
        monkeypatch.setenv(name, value)
    with Progress(12, quiet=False) as shown:
        shown.show(outcome("talks5.html", Failure("SourceError", "it is empty", what_next="save it again")))
        for number in range(11):
            shown.show(outcome(f"talks{number}.html"))
    assert ("\x1b[1;31mreadout-pub: talks5.html" in terminal.getvalue()) != no_color
    for words in ("12/12", "pages/s", "1 failed", "talks10.html", "talks5.html: it is empty; save it again"):
        assert words in terminal.getvalue()
