"""Other extractors of main content, measured in the same run as ours: `./dev score bench|corpus FOLDER --peers`.

They are no dependencies of the project. When first asked for they are installed, pinned by hash, into folders of their
own below .tools; each then runs as a program that stays loaded and reads the names of pages from standard input.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOLS = ROOT / ".tools" / "peers"
PYTHON = TOOLS / "python"
NODE = TOOLS / "node"

PEERS: dict[str, str] = {
    "trafilatura": "extractors.py",
    "readability-lxml": "extractors.py",
    "newspaper4k": "extractors.py",
    "defuddle": "extractors.mjs",
    "readability": "extractors.mjs",
}
"""Peer → the program that runs it. A new one is a function there, its pinned package, and a row here."""

TEXT, MARKUP = "text", "markup"
"""What a peer is asked for: its text, or its HTML with photos and headings."""


def install() -> None:
    """Install what the lists here say, unless it is there already; leave with what is to be done if that fails."""
    lists = [HERE / name for name in ("requirements.lock", "package.json", "package-lock.json")]
    wanted = "".join(path.read_text("utf-8") for path in lists)
    stamp = TOOLS / "installed-from"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print("installing the peers into .tools/peers", file=sys.stderr)
    NODE.mkdir(parents=True, exist_ok=True)
    for path in lists[1:]:
        shutil.copy(path, NODE)
    pip = (PYTHON / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    steps = (
        (sys.executable, "-m", "venv", "--clear", PYTHON),
        (*pip, "--no-deps", "--require-hashes", "-r", lists[0]),  # the lock is whole: nothing is left to resolve
        ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"),
    )
    for step in steps:
        if subprocess.run(step, cwd=NODE, env=_environment(), stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit("the peers could not be installed; the reason stands above. Without --peers, ours is judged alone")
    stamp.write_text(wanted, "utf-8")


def command(name: str, form: str) -> list[str]:
    """Return the words that start the peer `name`, asked for `form`."""
    program = str(HERE / PEERS[name])
    if program.endswith(".py"):
        return [str(PYTHON / "bin" / "python"), program, name, form]
    # The bench's runner sets no environment, so the words carry what Node has to know.
    return ["env", f"PATH={_environment()['PATH']}", f"NODE_PATH={NODE / 'node_modules'}", "node", program, name, form]


def answers(words: Sequence[str], pages: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Yield what the peer that `words` start says of each page, in their order."""
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    ) as peer:
        if peer.stdin is None or peer.stdout is None or peer.stdout.readline().strip() != "ready":
            raise ChildProcessError(f"the peer did not start: {' '.join(words)}")
        for page in pages:
            peer.stdin.write(f"{page}\n")
            peer.stdin.flush()
            yield json.loads(peer.stdout.readline())


def _environment() -> dict[str, str]:
    """Return the environment in which the Node of this environment is found before the machine's."""
    return os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
