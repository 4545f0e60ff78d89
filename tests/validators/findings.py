"""What all validators share: findings by file, and where the tools are installed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from readout_pub.checks.external_validators import Finding

__all__ = ["HERE", "MODULES", "TOOLS", "Finding", "FindingsByFile", "NotInstalled", "node_script", "program", "report"]

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".tools" / "validators"
"""Where `./dev test` runs npm to install what `package-lock.json` pins."""

MODULES = TOOLS / "node_modules"

FindingsByFile = dict[Path, tuple[Finding, ...]]
"""File → what a validator found in it; an empty tuple means that the file passed."""


class NotInstalled(RuntimeError):
    """A validator is missing. Tests then fail and are not skipped, since the program must not promise conformance that
    was not measured.
    """


def program(*names: str) -> str:
    """Return the path of the first of these programs that is installed; raise NotInstalled if none is."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise NotInstalled(f"{' or '.join(names)} is not installed; `./dev test` installs it")
    return found


def node_script(name: str) -> list[str]:
    """Return the command that runs a script of this folder with Node, as installed in this Python environment."""
    if not MODULES.is_dir():
        raise NotInstalled("Ace and axe-core are not installed; `./dev test` installs them")
    return [program(str(Path(sys.executable).with_name("node"))), str(HERE / name)]


def report(findings: Mapping[Path, tuple[Finding, ...]]) -> str:
    """Return one line for each finding; an empty string if all files passed."""
    return "\n".join(
        f"{path.name}: {found.severity} {found.rule} at {found.where}: {found.message}"
        for path, in_file in findings.items()
        for found in in_file
    )
