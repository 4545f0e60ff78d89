"""Fixtures that run the command line as a shell does, and that save a page to convert."""

from __future__ import annotations

import functools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
import typer.main

from readout_pub.cli import main

PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head><title>Atlantis and Lemuria | Ministry of the Sea</title></head>
<body>
<article>
<h1>Atlantis and Lemuria agree on the tides</h1>
<p>4 August 2022</p>
<figure><img src="tides.jpg" alt="photo1"><figcaption>The two ministers at the quay</figcaption></figure>
<p>On 4 August, Ms. Nerea Salt, Minister of the Sea of Atlantis, met Mr. Orm Kelp, Keeper of the Tides of Lemuria, in
the harbour office. Both sides had looked forward to the meeting for some years, and both had brought their charts.</p>
<p>They agreed that the tides should come in twice a day, as before, and that the tables of the coming year would be
printed together, in both languages, before the end of the winter. The harbour masters will meet again in spring.</p>
</article>
</body>
</html>
"""


class Run(NamedTuple):
    """The exit code and the output of a command."""

    code: int
    out: str
    err: str


Command = Callable[..., Run]

get_command = functools.cache(typer.main.get_command)
"""Building a command from its options takes longer than most tests of it, so each test process builds it once."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """A function that runs `readout-pub` with the arguments it gets."""
    monkeypatch.setattr(typer.main, "get_command", get_command)

    def command(*arguments: str | Path) -> Run:
        monkeypatch.setattr(sys, "argv", ["readout-pub", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            main()
        code = stop.value.code
        out, err = capfd.readouterr()
        return Run(code if isinstance(code, int) else 0, out, err)

    return command


@pytest.fixture
def run_in_a_process() -> Command:
    """A function that runs `readout-pub` in a process of its own, for limits of memory.

    The process of the tests can hold 100 MB that earlier tests freed. A page that reuses this memory does not reach its
    limit.
    """

    def command(*arguments: str | Path) -> Run:
        program = [sys.executable, "-m", "readout_pub", *map(str, arguments)]
        result = subprocess.run(program, capture_output=True, text=True, check=False)
        return Run(result.returncode, result.stdout, result.stderr)

    return command


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Save a page in an empty working directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "tides.html"
    path.write_text(PAGE, "utf-8")
    return path
