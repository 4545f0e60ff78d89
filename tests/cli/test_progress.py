"""How a batch shows that it goes on: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from readout_pub.batch import Outcome
from readout_pub.cli import progress
from readout_pub.cli.progress import Progress
from readout_pub.ledger import Entry, Failure
from tests.batch.conftest import fill

COMMAND = Path(sys.executable).with_name("readout-pub")


def outcome(name: str, failure: Failure | None = None) -> Outcome:
    return Outcome(number=1, name=name, status="failed" if failure else "made", entry=Entry(failure=failure))


def test_without_a_terminal_there_are_plain_lines_and_each_failure_at_once(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "LINE_SECONDS", 0)
    with Progress(400, quiet=False) as shown:
        shown.show(outcome("talks1.html"))
        shown.show(outcome("talks2.html", Failure("SourceError", "it is empty", what_next="save it again")))
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("1 of 400 pages, 0 failed, ")
    assert lines[1] == "readout-pub: talks2.html: it is empty; save it again"
    assert lines[2].startswith("2 of 400 pages, 1 failed, ")


def test_when_nothing_is_to_be_done_or_said_there_is_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress(0, quiet=False):
        pass
    with Progress(2, quiet=True) as shown:
        shown.show(outcome("talks1.html"))
    assert capsys.readouterr().err == ""


@pytest.mark.slow
def test_on_a_terminal_there_is_a_bar_with_pace_failures_and_the_page(tmp_path: Path) -> None:
    saved = fill(tmp_path / "saved", 12)
    (saved / "talks5.html").write_text("<html><body></body></html>", "utf-8")
    ours, theirs = pty.openpty()
    run = subprocess.Popen(
        [COMMAND, "batch", "saved", "--to", "txt", "--jobs", "1"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "140"},
    )
    os.close(theirs)
    shown = read(ours)
    assert run.wait(60) == 1
    for words in ("12/12", "pages/s", "1 failed", "talks9.html", "talks5.html: no document was found"):
        assert words in shown


def read(terminal: int) -> str:
    """Read until nobody writes any more, which Linux says by an error."""
    parts: list[bytes] = []
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            part = b""
        if not part:
            os.close(terminal)
            return b"".join(parts).decode()
        parts.append(part)
