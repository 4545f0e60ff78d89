"""Outputs do not depend on folder, locale, time zone, user, hash seed and number of workers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted((*ROOT.glob("samples/*/readout.html"), *ROOT.glob("samples/*/readout.txt")))
FORMATS = "html,pdf,epub,docx,odt,md,rst,tex,txt,json"

HERE = {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0", "USER": "root", "SOURCE_DATE_EPOCH": ""}
ELSEWHERE = {"LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4711", "USER": "ömer"}
"""The environments of the two runs. In Turkish, the upper case of "i" is not "I"; in Auckland it is often tomorrow."""

NOT_COMPARED = frozenset({".readout-pub"})
"""The folder in the output of a batch that is not compared, since its ledger has times."""


def outputs(folder: Path, environment: dict[str, str], workers: int) -> dict[str, bytes]:
    """Convert all samples as a batch in `folder`; return every file that is written: path → bytes."""
    saved = folder / "saved"
    for sample in SAMPLES:
        shutil.copytree(sample.parent, saved / sample.parent.name, ignore=shutil.ignore_patterns("out", "*.csv"))
    home = folder / "home"
    home.mkdir()
    subprocess.run(
        [sys.executable, "-m", "readout_pub", "batch", "saved", "--to", FORMATS, "-o", "out", "--jobs", str(workers)],
        cwd=folder,
        env={**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home), **environment},
        capture_output=True,
        check=True,
    )
    written = {path.relative_to(folder / "out"): path for path in sorted((folder / "out").rglob("*")) if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in written.items() if name.parts[0] not in NOT_COMPARED}


@pytest.mark.slow
def test_two_environments_and_numbers_of_workers_give_the_same_bytes(tmp_path: Path) -> None:
    folders = (tmp_path / "a", tmp_path / "another folder ü" / "deeper")
    for folder in folders:
        folder.mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        here, elsewhere = pool.map(outputs, folders, (HERE, ELSEWHERE), (1, 2))
    assert list(here) == list(elsewhere)
    assert [name for name, data in here.items() if elsewhere[name] != data] == []
    assert len(here) > len(SAMPLES) * len(FORMATS.split(","))
