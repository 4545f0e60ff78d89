"""Outputs do not depend on the folder, locale, time zone, user, hash seed or number of workers."""

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
ELSEWHERE = {"LC_ALL": "ja_JP.UTF-8", "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "4711", "USER": "ömer"}
"""The environments of the two runs. A Japanese locale may change the glyphs of Chinese text; in Auckland it may already
be the next day."""

CHINESE = """\
<!DOCTYPE html>
<html lang="zh"><head><title>港口：“潮汐”会谈</title></head><body><main><h1>港口：“潮汐”会谈</h1>
<p>亚特兰蒂斯海洋大臣在港口会见了利莫里亚潮汐守护者，双方讨论了渔业协定，并商定明年春季再次会谈。</p>
</main></body></html>
"""

NOT_COMPARED = frozenset({".readout-pub"})
"""A folder that a batch writes into its output. It is not compared, since the ledger in it has times."""


def make_locale(folder: Path, name: str) -> None:
    """Write a locale into `folder`, to which LOCPATH points: a system without the locale would use the C locale."""
    language, _, encoding = name.partition(".")
    if program := shutil.which("localedef"):
        subprocess.run([program, "-i", language, "-f", encoding, folder / name], capture_output=True, check=False)


def outputs(folder: Path, environment: dict[str, str], workers: int) -> dict[str, bytes]:
    """Convert all samples as a batch in `folder`; return every file that is written: path → bytes."""
    saved = folder / "saved"
    for sample in SAMPLES:
        shutil.copytree(sample.parent, saved / sample.parent.name, ignore=shutil.ignore_patterns("out", "*.csv"))
    (saved / "harbour.html").write_text(CHINESE, "utf-8")
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
    locales = tmp_path / "locales"
    locales.mkdir()
    make_locale(locales, ELSEWHERE["LC_ALL"])
    folders = (tmp_path / "a", tmp_path / "another folder ü" / "deeper")
    for folder in folders:
        folder.mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        here, elsewhere = pool.map(outputs, folders, (HERE, {**ELSEWHERE, "LOCPATH": str(locales)}), (1, 2))
    assert list(here) == list(elsewhere)
    assert [name for name, data in here.items() if elsewhere[name] != data] == []
    assert len(here) > len(SAMPLES) * len(FORMATS.split(","))
