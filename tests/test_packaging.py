"""The wheel: what it contains, and that an installation of it works like the checkout."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
SAMPLE = ROOT / "samples/atlantis/readout.html"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network: the environment has the build backend."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([*PIP, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, ROOT], check=True)
    (built,) = folder.glob("*.whl")
    return built


def files_under(folder: Path, name: str) -> set[str]:
    """Return the paths that the files of `folder` have in the wheel, where the folder is called `name`."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {f"{name}/{path.relative_to(folder).as_posix()}" for path in files}


@pytest.mark.slow
def test_the_wheel_contains_exactly_the_package_its_styles_and_the_manual(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    package = files_under(ROOT / "src/readout_pub", "readout_pub") | files_under(ROOT / "styles", "readout_pub/styles")
    (manual,) = packed - package
    assert manual.endswith(".data/data/share/man/man1/readout-pub.1")
    assert package < packed


@pytest.mark.slow
def test_links_of_the_pypi_description_are_absolute_and_their_files_exist(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        description = archive.read(metadata).decode()
    targets = re.findall(r'(?:\]\(|src="|href=")([^)"]+)', description)
    assert len(targets) > 10
    assert [target for target in targets if not target.startswith("https://")] == []
    files = (target.partition("#")[0] for target in targets)
    paths = {re.sub(r"https://[^/]+/readout-pub/readout-pub/(?:blob/)?main/", "", file) for file in files}
    assert [path for path in paths if not path.startswith("https:") and not (ROOT / path).exists()] == []


@pytest.mark.slow
def test_the_wheel_contains_the_licence_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        about = {name.partition(".dist-info/")[2]: archive.read(name) for name in archive.namelist()}
    assert b"The readout-pub authors" in about["licenses/LICENSE"]
    assert b"readout-pub = readout_pub.cli:main" in about["entry_points.txt"]


def converted(folder: Path, python_path: Path) -> dict[str, bytes]:
    """Convert a sample into `folder` with the package in `python_path`; return the files that it wrote."""
    program = "from readout_pub.cli import main; main()"
    words = ["convert", str(SAMPLE), "--to", "html,pdf,json", "-o", f"{folder}/", "--quiet"]
    command = [sys.executable, "-c", program, *words]
    subprocess.run(command, cwd=folder.parent, env={**os.environ, "PYTHONPATH": str(python_path)}, check=True)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_an_installed_wheel_writes_the_same_bytes_as_the_checkout(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "installed"
    subprocess.run([*PIP, "install", "--quiet", "--no-deps", "--no-index", "--target", installed, wheel], check=True)
    from_wheel = converted(tmp_path / "from-wheel", installed)
    from_checkout = converted(tmp_path / "from-checkout", ROOT / "src")
    photos = [name for name in from_wheel if name.startswith("readout_files/")]
    assert photos
    assert sorted(from_wheel) == sorted(
        ["readout.html", "readout.json", "readout.pdf", "readout.receipt.json", *photos]
    )
    assert from_wheel == from_checkout
