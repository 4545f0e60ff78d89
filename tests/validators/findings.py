"""What all validators share in these tests: verdicts, and where what they need is installed."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from readout_pub.checks.programs import Finding

__all__ = ["HERE", "MODULES", "TOOLS", "Finding", "NotInstalled", "Verdicts", "node_script", "program", "report"]

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".tools" / "validators"
"""Where `./dev test` lets npm install what `package-lock.json` pins."""

MODULES = TOOLS / "node_modules"

Verdicts = dict[Path, tuple[Finding, ...]]
"""What was found in each file; nothing means that the file passed."""


class NotInstalled(RuntimeError):
    """A validator is not there. That is a failure and no reason to skip: what was not measured is not promised."""


def program(*names: str) -> str:
    """Return the path of the first of these programs that is installed."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise NotInstalled(f"{' or '.join(names)} is not installed; `./dev test` installs it")
    return found


def node_script(name: str) -> list[str]:
    """Return the command that runs a script of this folder, in this environment's Node, with what npm installed."""
    if not MODULES.is_dir():
        raise NotInstalled("npm has not installed Ace and axe-core; `./dev test` does it")
    return [program(str(Path(sys.executable).with_name("node"))), str(HERE / name)]


def report(verdicts: Mapping[Path, tuple[Finding, ...]]) -> str:
    """Return a line for each finding, for people; nothing if all files passed."""
    return "\n".join(
        f"{path.name}: {found.severity} {found.rule} at {found.where}: {found.message}"
        for path, findings in verdicts.items()
        for found in findings
    )
