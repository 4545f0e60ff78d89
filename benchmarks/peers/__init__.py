"""Other extractors of main content, measured in the same run as ours: `./dev score bench|corpus FOLDER --peers`.

They are no dependencies of the project. When first asked for they are installed, pinned by hash, into folders of their
own below .tools; each then runs as a program that stays loaded and reads the names of pages from standard input.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers import pinned

HERE = Path(__file__).parent
PYTHON = pinned.TOOLS / "python"
NODE = pinned.TOOLS / "node"

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
    pip = (PYTHON / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    steps: tuple[pinned.Step, ...] = (
        (sys.executable, "-m", "venv", "--clear", PYTHON),
        (*pip, "--no-deps", "--require-hashes", "-r", lists[0]),  # the lock is whole: nothing is left to resolve
        pinned.NPM,
    )
    pinned.install("the peers", NODE, lists, steps)


def command(name: str, form: str) -> list[str]:
    """Return the words that start the peer `name`, asked for `form`."""
    program = HERE / PEERS[name]
    if program.suffix == ".py":
        return [str(PYTHON / "bin" / "python"), str(program), name, form]
    return pinned.node(NODE, program, name, form)


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
