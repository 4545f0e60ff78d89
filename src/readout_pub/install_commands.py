"""How to install what is missing: the commands for the Python, the system and the user that run this program.

`dev` uses this module before anything is installed. So this module imports only the standard library.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

PROGRAM = "readout-pub"


def install_python(*requirements: str) -> str:
    """Return "run `…`" with the command that installs Python packages where this program runs.

    `requirements` are written as in pyproject.toml, such as "weasyprint==70.0" or "readout-pub[cjk]".
    """
    installer = next(each for each in PYTHON_INSTALLERS if each.is_used())
    return f"run `{installer.command(requirements)}`"


def install_extra(*extras: str) -> str:
    """Return "run `…`" with the command that installs extras of this program, such as "cjk"."""
    return install_python(f"{PROGRAM}[{','.join(extras)}]")


# ── Python packages ──────────────────────────────────────────────────────────────────────────────────────────────────


class PythonInstaller(NamedTuple):
    """A way to install Python packages: whether it fits the environment of this Python, and its command."""

    is_used: Callable[[], bool]
    command: Callable[[tuple[str, ...]], str]


def _in_prefix(name: str) -> Callable[[], bool]:
    return lambda: Path(sys.prefix, name).is_file()


def _pipx(requirements: tuple[str, ...]) -> str:
    """Return the command that injects the packages of an extra: pipx refuses an extra of an installed package."""
    return _join("pipx", "inject", Path(sys.prefix).name, *_expand_extras(requirements))


def _uv_tool(requirements: tuple[str, ...]) -> str:
    """Return a command that names all packages of the tool again: uv removes those that the command does not name."""
    import tomllib

    receipt = tomllib.loads(Path(sys.prefix, "uv-receipt.toml").read_text("utf-8"))
    ours, *others = map(_from_receipt, receipt["tool"]["requirements"])
    packages = dict.fromkeys((*others, *_expand_extras(requirements)))
    return _join("uv", "tool", "install", ours, *(word for each in packages for word in ("--with", each)))


def _from_receipt(entry: dict[str, Any]) -> str:
    """Return an entry of a uv receipt as a requirement (PEP 508)."""
    name = entry["name"] + (f"[{','.join(entry['extras'])}]" if entry.get("extras") else "")
    path = entry.get("directory") or entry.get("editable") or entry.get("path")
    url = Path(path).as_uri() if path else entry.get("url")
    return f"{name} @ {url}" if url else name + entry.get("specifier", "")


def _uv_pip(requirements: tuple[str, ...]) -> str:
    return _join("uv", "pip", "install", "--python", sys.executable, *requirements)


def _pip(requirements: tuple[str, ...]) -> str:
    return _join(sys.executable, "-m", "pip", "install", *requirements)


def _own_environment(requirements: tuple[str, ...]) -> str:
    """Return the command that installs the program again with pipx: PEP 668 forbids pip to change this Python."""
    own = [each for each in requirements if each.startswith(PROGRAM)]
    others = [each for each in requirements if each not in own]
    steps = [("pipx", "install", "--force", *(own or [PROGRAM]))]
    if others:
        steps.append(("pipx", "inject", PROGRAM, *others))
    return " && ".join(_join(*step) for step in steps)


def _is_externally_managed() -> bool:
    import sysconfig

    return sys.prefix == sys.base_prefix and Path(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED").is_file()


def _has_no_pip() -> bool:
    from importlib.util import find_spec

    return find_spec("pip") is None


PYTHON_INSTALLERS = (
    PythonInstaller(_in_prefix("pipx_metadata.json"), _pipx),
    PythonInstaller(_in_prefix("uv-receipt.toml"), _uv_tool),
    PythonInstaller(_is_externally_managed, _own_environment),
    PythonInstaller(_has_no_pip, _uv_pip),  # `uv venv` makes environments without pip
    PythonInstaller(lambda: True, _pip),
)
"""In order of preference: the first whose `is_used` returns True is taken."""


def _expand_extras(requirements: tuple[str, ...]) -> Iterator[str]:
    """Yield the requirements; an extra of an installed package is replaced by the packages of the extra."""
    from importlib.metadata import PackageNotFoundError, requires

    for requirement in requirements:
        package, _, extra = requirement.removesuffix("]").partition("[")
        try:
            known = (requires(package) or ()) if extra else ()
        except PackageNotFoundError:
            known = ()
        parts = (each.partition(";") for each in known)
        extras = "|".join(map(re.escape, extra.split(",")))
        named = re.compile(f"extra == ['\"]({extras})['\"]")
        packages = [name.strip() for name, _, marker in parts if named.search(marker)]
        yield from packages or [requirement]


# ── system packages ──────────────────────────────────────────────────────────────────────────────────────────────────


class PackageManager(NamedTuple):
    """A package manager: its program, its commands (package names follow the last), and whether root must run them."""

    program: str
    steps: tuple[tuple[str, ...], ...]
    needs_root: bool = True


APT = PackageManager("apt-get", (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends")))
"""The package lists are downloaded first: servers and containers often start without them."""

PACKAGE_MANAGERS = (
    APT,
    PackageManager("dnf", (("dnf", "install", "-y"),)),
    PackageManager("apk", (("apk", "add"),)),
    PackageManager("pacman", (("pacman", "-S", "--noconfirm"),)),
    PackageManager("zypper", (("zypper", "install", "-y"),)),
    PackageManager("brew", (("brew", "install"),), needs_root=False),
    PackageManager("winget", (("winget", "install"),), needs_root=False),
)

PLATFORM_MANAGERS = {"darwin": ("brew",), "win32": ("winget",)}
"""`sys.platform` → the package managers for which users get commands there, installed or not.

On other systems users get commands for the first of `PACKAGE_MANAGERS` that is installed.
"""


class SystemPackage(NamedTuple):
    """Something that a system provides: its name for readers, and the words that follow each package manager's command.

    `then` has a further command for package managers where one is not enough.
    """

    title: str
    names: dict[str, str]
    then: tuple[tuple[str, str], ...] = ()


PANGO = SystemPackage(
    "Pango",
    {
        "apt-get": "libpango-1.0-0 libpangoft2-1.0-0",
        "dnf": "pango",
        "apk": "pango",
        "pacman": "pango",
        "zypper": "libpango-1_0-0",
        "brew": "pango",
        "winget": "MSYS2.MSYS2",
    },
    (("winget", r"C:\msys64\usr\bin\pacman -S --noconfirm mingw-w64-ucrt-x86_64-pango"),),
)
"""On Windows, WeasyPrint looks for Pango in the default folder of MSYS2."""

NOTO_FONTS = SystemPackage(
    "the Noto fonts",
    {"apt-get": "fonts-noto-core", "dnf": "google-noto-fonts-all", "apk": "font-noto-all", "pacman": "noto-fonts"},
)
"""Fonts for most scripts. The systems of `SYSTEMS_WITH_FONTS` need no package."""

SYSTEMS_WITH_FONTS = {"darwin": "macOS", "win32": "Windows"}
"""`sys.platform` → name of a system that comes with fonts for most scripts."""

JDK = SystemPackage(
    "a JDK of Java 11 or newer",
    {
        "apt-get": "default-jdk-headless",
        "dnf": "java-latest-openjdk-devel",
        "apk": "openjdk21",
        "pacman": "jdk-openjdk",
        "zypper": "java-21-openjdk-devel",
        "brew": "openjdk",
        "winget": "Microsoft.OpenJDK.21",
    },
)

CHROMIUM = SystemPackage(
    "Chromium",
    {
        "apt-get": "chromium",
        "dnf": "chromium",
        "apk": "chromium",
        "pacman": "chromium",
        "zypper": "chromium",
        "brew": "--cask chromium",
        "winget": "Google.Chrome",
    },
)


def install_system(*packages: SystemPackage) -> str:
    """Return "run `…`" with the command that installs system packages, or their titles if no command is known."""
    manager = package_manager()
    if manager is None or not all(manager.program in each.names for each in packages):
        return f"install {' and '.join(each.title for each in packages)} with the package manager of your system"
    names = " ".join(each.names[manager.program] for each in packages)
    commands = [system_command(manager, names.split())]
    commands += [command for each in packages for program, command in each.then if program == manager.program]
    return f"run {', then '.join(f'`{command}`' for command in commands)}"


def package_manager() -> PackageManager | None:
    """Return the package manager of this system; None if it is not in the table."""
    usual = PLATFORM_MANAGERS.get(sys.platform)
    found = (each for each in PACKAGE_MANAGERS if (each.program in usual if usual else shutil.which(each.program)))
    return next(found, None)


def system_command(manager: PackageManager, names: list[str]) -> str:
    """Return one command line that installs packages, as root if that is needed."""
    *before, install = manager.steps
    steps = [*before, (*install, *names)]
    is_root = not hasattr(os, "geteuid") or os.geteuid() == 0
    if is_root or not manager.needs_root:
        return " && ".join(_join(*step) for step in steps)
    if shutil.which("sudo"):
        return " && ".join(_join("sudo", *step) for step in steps)
    return _join("su", "-c", " && ".join(_join(*step) for step in steps))


DOUBLE_QUOTES = {"win32"}
"""Values of `sys.platform` with a shell that does not support single quotes."""


def _join(*words: str) -> str:
    """Return a command line for the shell of this system, with quotes where it needs them."""
    if sys.platform not in DOUBLE_QUOTES:
        return shlex.join(words)
    return " ".join(word if re.fullmatch(r"[\w.:/\\=-]+", word) else f'"{word}"' for word in words)
