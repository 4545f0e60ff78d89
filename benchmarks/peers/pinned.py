"""Programs of others, installed pinned by hash into folders below .tools when they are first asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

TOOLS = Path(__file__).parents[2] / ".tools" / "peers"

NPM = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
"""Installs what the lists in its folder say; none of its own install steps is run."""

Step = Sequence[str | Path]


def install(name: str, folder: Path, lists: Sequence[Path], steps: Sequence[Step] = (NPM,)) -> None:
    """Run `steps` in `folder`, beside copies of `lists`, unless they were run with these lists already.

    Leaves with what is to be done if one fails. The Node of this environment is found before the machine's.
    """
    wanted = "".join(path.read_text("utf-8") for path in lists)
    stamp = folder / "installed-from"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print(f"installing {name} into .tools", file=sys.stderr)
    folder.mkdir(parents=True, exist_ok=True)
    for path in lists:
        shutil.copy(path, folder)
    environment = os.environ | {"PATH": _path()}
    for step in steps:
        if subprocess.run(step, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"{name} could not be installed; the reason stands above. Leave --peers out to measure ours alone")
    stamp.write_text(wanted, "utf-8")


def node(folder: Path, script: Path, *words: str, **settings: str) -> list[str]:
    """Return the words that start a script with what npm installed in `folder`.

    They carry what Node has to know, since a runner may set no environment.
    """
    environment = {"PATH": _path(), "NODE_PATH": str(folder / "node_modules")} | settings
    return ["env", *(f"{name}={value}" for name, value in environment.items()), "node", str(script), *words]


def _path() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
