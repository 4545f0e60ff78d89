"""How many cores there are for us: what a container lets us use, in both versions of cgroups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from readout_pub.batch import available_cpus


@pytest.fixture(autouse=True)
def eight_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)


def cores(folder: Path, own: str, files: dict[str, str]) -> int:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "ascii")
    (folder / "self").write_text(own, "ascii")
    return available_cpus(folder, folder / "self")


@pytest.mark.parametrize(
    ("quota", "expected"),
    [("200000 100000\n", 2), ("150000 100000\n", 2), ("50000 100000\n", 1), ("max 100000\n", 8), ("", 8), ("-1 x", 8)],
)
def test_a_container_of_version_2_has_the_cores_of_its_quota(quota: str, expected: int, tmp_path: Path) -> None:
    assert cores(tmp_path, "0::/job\n", {"job/cpu.max": quota}) == expected


def test_a_group_above_limits_those_below(tmp_path: Path) -> None:
    files = {"cpu.max": "max 100000", "night/cpu.max": "300000 100000", "night/job/cpu.max": "500000 100000"}
    assert cores(tmp_path, "0::/night/job\n", files) == 3


def test_a_container_of_version_1_has_them_too(tmp_path: Path) -> None:
    group = "cpu,cpuacct/job"
    files = {f"{group}/cpu.cfs_quota_us": "400000\n", f"{group}/cpu.cfs_period_us": "100000\n"}
    assert cores(tmp_path, "4:cpu,cpuacct:/job\n3:memory:/job\n", files) == 4


def test_without_a_quota_they_are_those_that_this_process_may_run_on(tmp_path: Path) -> None:
    assert cores(tmp_path, "", {}) == 8
    assert available_cpus(tmp_path / "none", tmp_path / "nor-this") == 8
