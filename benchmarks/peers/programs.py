"""Installs the pinned packages of other projects into folders below .tools, and runs their programs as subprocesses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).parents[2] / ".tools" / "peers"

NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
"""Installs the packages that package-lock.json in the working directory pins, without running their install scripts."""

Step = Sequence[str | Path]


def install(name: str, folder: Path, lists: Sequence[Path], steps: Sequence[Step] = (NPM,)) -> None:
    """Copy `lists` to `folder` and run `steps` there, unless that was done with the same lists before.

    `lists` are files that pin packages, such as package-lock.json. Exit with an explanation if a step fails. A Node in
    the Python environment takes precedence over the system's.
    """
    wanted = "".join(path.read_text("utf-8") for path in lists)
    stamp = folder / "installed-from"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print(f"installing {name} into .tools", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    for path in lists:
        shutil.copy(path, folder)
    environment = os.environ | {"PATH": _search_path()}
    for step in steps:
        if subprocess.run(step, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(
                f"{name} could not be installed; see the error above. Without --peers, only readout-pub is measured"
            )
    stamp.write_text(wanted, "utf-8")


def node_command(folder: Path, script: Path, *words: str, **environment: str) -> list[str]:
    """Return the command that runs a script with the packages that npm installed in `folder`.

    The command sets all environment variables that it needs: run.py, a program that belongs to the pages of `bench`,
    may start it with an empty environment.
    """
    variables = {"PATH": _search_path(), "NODE_PATH": str(folder / "node_modules")} | environment
    return ["env", *(f"{name}={value}" for name, value in variables.items()), "node", str(script), *words]


def responses(command: Sequence[str], pages: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Start the program and yield its JSON response to each page, in order.

    Protocol: the program prints "ready", then reads one path per line and prints one line of JSON for each.
    Raise ChildProcessError if the program does not start.
    """
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as program:
        if program.stdin is None or program.stdout is None or program.stdout.readline().strip() != "ready":
            raise ChildProcessError(f"the peer did not start: {' '.join(command)}")
        for page in pages:
            program.stdin.write(f"{page}\n")
            program.stdin.flush()
            yield json.loads(program.stdout.readline())


def _search_path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
