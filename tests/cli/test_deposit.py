"""`readout-pub deposit` on the command line."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import bagit
import pytest

from tests.cli.conftest import Command


@pytest.fixture
def out(run: Command, page: Path, tmp_path: Path) -> Path:
    """The output folder of a batch over one page."""
    assert run("batch", page, "--to", "html,txt", "-o", tmp_path / "out", "--quiet").code == 0
    return tmp_path / "out"


@pytest.mark.slow
def test_a_deposit_says_what_is_in_the_bag(run: Command, out: Path, tmp_path: Path) -> None:
    bag = tmp_path / "bag"
    made = run("deposit", out, "-o", bag, "--date", "2031-08-04", "--info", "Contact-Name=A. Keeper = B.")
    assert (made.code, made.err) == (0, "")
    assert made.out.startswith(f"{bag}: 1 readout, ")
    assert made.out.endswith(" bytes; valid\n")
    info = bagit.Bag(str(bag)).info
    assert (info["Bagging-Date"], info["Contact-Name"]) == ("2031-08-04", "A. Keeper = B.")


@pytest.mark.slow
def test_the_json_report_names_the_bag(run: Command, out: Path, tmp_path: Path) -> None:
    report = json.loads(run("deposit", out, "-o", tmp_path / "bag", "--json").out)
    files = [path for path in (tmp_path / "bag/data").rglob("*") if path.is_file()]
    assert report["bag"] == str(tmp_path / "bag")
    assert (report["readouts"], report["files"]) == (1, len(files))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM that a program can handle")
def test_a_terminated_deposit_leaves_nothing(out: Path, tmp_path: Path) -> None:
    with (out / "tides.html").open("wb") as large:  # so large that the signal arrives while it is copied
        large.truncate(1_000_000_000)
    command = [sys.executable, "-m", "readout_pub", "deposit", str(out), "-o", str(tmp_path / "bag")]
    before = {*tmp_path.iterdir()}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        while not any((each / "data").is_dir() for each in {*tmp_path.iterdir()} - before) and process.poll() is None:
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=30)
    assert (process.returncode, output) == (143, b"")
    assert {*tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--date", "4 August"], "--date: '4 August' is not a valid date"),
        (["--info", "Contact-Name"], "--info: 'Contact-Name' has no ="),
        (["--info", "Payload-Oxum=1.1"], "Payload-Oxum is filled in by this program; leave it out"),
        (["--info", "Contact Name=A."], "'Contact Name' is not a label of bag-info.txt"),
    ],
)
@pytest.mark.slow
def test_mistakes_in_options_are_reported(
    run: Command, out: Path, tmp_path: Path, options: list[str], message: str
) -> None:
    made = run("deposit", out, "-o", tmp_path / "bag", *options)
    assert made.code == 2
    assert message in made.err
    assert not (tmp_path / "bag").exists()


@pytest.mark.slow
def test_a_deposit_of_a_changed_output_fails_and_leaves_no_bag(run: Command, out: Path, tmp_path: Path) -> None:
    next(out.glob("*.txt")).write_text("x", "utf-8")
    made = run("deposit", out, "-o", tmp_path / "bag")
    assert made.code == 1
    assert ".txt was changed; run the batch again" in made.err
    assert not (tmp_path / "bag").exists()
