"""Other extractors of main content, measured in the same run as ours: `./dev score bench|corpus FOLDER --peers`.

They are not dependencies of the project. `programs` installs them, pinned by hash, into separate folders below .tools;
each runs as a subprocess that stays loaded and reads the file names of pages from standard input.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.peers import programs

HERE = Path(__file__).parent
PYTHON = programs.TOOLS / "python"
NODE = programs.TOOLS / "node"

EXTRACTORS: dict[str, str] = {
    "trafilatura": "extractors.py",
    "readability-lxml": "extractors.py",
    "newspaper4k": "extractors.py",
    "defuddle": "extractors.mjs",
    "readability": "extractors.mjs",
}
"""Peer → the program that runs it. To add a peer, write a function in that program, pin its package, and add a row."""

TEXT, MARKUP = "text", "markup"
"""What a peer returns: its plain text, or its HTML with photos and headings."""


def install() -> None:
    """Install the extractors unless they are installed already; exit with an explanation if that fails."""
    lists = [HERE / name for name in ("requirements.lock", "package.json", "package-lock.json")]
    pip = (PYTHON / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "install", "-qq")
    steps: tuple[programs.Step, ...] = (
        (sys.executable, "-m", "venv", "--clear", PYTHON),
        (*pip, "--no-deps", "--require-hashes", "-r", lists[0]),  # the lock is complete: pip resolves nothing
        programs.NPM,
    )
    programs.install("the peers", NODE, lists, steps)


def command(name: str, form: str) -> list[str]:
    """Return the command that starts the peer `name`; `form` is TEXT or MARKUP."""
    program = HERE / EXTRACTORS[name]
    if program.suffix == ".py":
        return [str(PYTHON / "bin" / "python"), str(program), name, form]
    return programs.node_command(NODE, program, name, form)
