"""What all validators share: what they find, and how a program is asked about many files in one start."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

HERE = Path(__file__).parent
TOOLS = HERE.parents[1] / ".tools" / "validators"
"""Where `./dev test` lets npm install what `package-lock.json` pins."""

HASTE = ("-Xss16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""What makes short runs of Java shorter by a third; deeply nested pages need the larger stack."""

HEAD_OF_COMPLAINT = 2000


class Finding(NamedTuple):
    """One thing that a validator found wrong: by which rule, how grave, and where in the file."""

    rule: str
    severity: str
    message: str
    where: str


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
    if not (TOOLS / "node_modules").is_dir():
        raise NotInstalled("npm has not installed Ace and axe-core; `./dev test` does it")
    return [program(str(Path(sys.executable).with_name("node"))), str(HERE / name)]


def answers(command: Sequence[str], questions: Sequence[str], **environment: str) -> list[str]:
    """Start a program of this folder once, give it a question a line, and return its answers, which are a line each."""
    run = subprocess.run(
        command,
        input="".join(f"{question}\n" for question in questions),
        cwd=TOOLS,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = run.stdout.splitlines()
    if run.returncode or len(lines) != len(questions):
        raise RuntimeError(f"{command[-1]} broke after {len(lines)} answers: {run.stderr[:HEAD_OF_COMPLAINT]}")
    return lines


def decoded(answer: str) -> tuple[Finding, ...]:
    """Read an answer that is a list of findings as JSON."""
    return tuple(Finding(**each) for each in msgspec.json.decode(answer, type=list[dict[str, str]]))


def report(verdicts: Mapping[Path, tuple[Finding, ...]]) -> str:
    """Return a line for each finding, for people; nothing if all files passed."""
    return "\n".join(
        f"{path.name}: {found.severity} {found.rule} at {found.where}: {found.message}"
        for path, findings in verdicts.items()
        for found in findings
    )
