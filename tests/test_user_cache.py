"""The folder of this program in the user's cache."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub.user_cache import cache_folder


@pytest.mark.parametrize("named", ["", "cache", "./cache"])
def test_a_relative_cache_folder_is_ignored(named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache/readout-pub"


def test_an_absolute_cache_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "readout-pub"


def test_the_cache_of_a_relative_home_folder_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "home")
    assert cache_folder() == tmp_path / "home/.cache/readout-pub"
