"""The program pandoc: found by pypandoc, run without the user's own templates, its complaints turned into ours."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.timestamps import MIN_ZIP_TIME
from readout_pub.errors import EmitError, ToolMissing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

INSTALL = "run `pip install pypandoc_binary`"

WARNING = "[WARNING]"

UNASKED = ("Could not load translations", "The term Abstract has no translation")
"""Complaints that pandoc lacks words of its own in a language: it is asked for none of them."""


class PandocOutput(msgspec.Struct, frozen=True):
    """What pandoc wrote, and the warnings it gave."""

    data: bytes
    warnings: tuple[str, ...]


def writer_names() -> tuple[str, ...]:
    """Return the names of all formats that the installed pandoc writes; a ToolMissing if there is none."""
    import pypandoc

    _pandoc_path()
    return tuple(pypandoc.get_pandoc_formats()[1])


def pandoc_version() -> str:
    """Return the version of the installed pandoc; a ToolMissing if there is none, or none that is new enough."""
    import pypandoc

    _pandoc_path()
    return str(pypandoc.get_pandoc_version())


def run_pandoc(
    tree: bytes, arguments: Sequence[str], files: Mapping[str, bytes], at: dt.datetime | None
) -> PandocOutput:
    """Let pandoc write the syntax tree `tree` (JSON); it runs in a folder that holds `files` and nothing else.

    `at` is the time that DOCX and ODT bear; None is the earliest they can. An EmitError carries the first line of what
    pandoc says when it fails, a ToolMissing says how to get pandoc.
    """
    program = _pandoc_path()
    seconds = int(max(at or MIN_ZIP_TIME, MIN_ZIP_TIME).timestamp())
    with TemporaryDirectory(prefix="readout-pub-") as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        # pypandoc itself can neither give its child an environment nor return what a binary writer prints.
        # The folder is the data folder too: a reference document of the user's own would change the bytes.
        done = subprocess.run(  # noqa: S603  # the program that pypandoc found, and no shell
            [program, "--from=json", "--wrap=none", "--data-dir=.", *arguments, "--output=-"],
            input=tree,
            capture_output=True,
            cwd=folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(seconds)},
            check=False,
        )
    said = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        raise EmitError(f"pandoc failed: {said.splitlines()[0] if said else f'exit code {done.returncode}'}")
    complaints = (" ".join(complaint.split()) for complaint in said.split(WARNING) if complaint)
    return PandocOutput(done.stdout, tuple(one for one in complaints if not one.startswith(UNASKED)))


def default_file(name: str) -> bytes:
    """Return one of the files that pandoc carries, such as "reference.docx"."""
    command = [_pandoc_path(), f"--print-default-data-file={name}"]
    # pandoc reads the time even here, and fails where it is none.
    sound = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    return subprocess.run(command, capture_output=True, check=True, env=sound).stdout  # noqa: S603  # as above


def _pandoc_path() -> str:
    """Return the path of pandoc 3; a ToolMissing if there is none."""
    import pypandoc

    try:
        path: str = pypandoc.get_pandoc_path()
        new_enough = pypandoc.ensure_pandoc_minimal_version(3)
    except OSError as reason:
        raise ToolMissing("pandoc, which writes this format, is not there", what_next=INSTALL) from reason
    if not new_enough:
        found = pypandoc.get_pandoc_version()
        raise ToolMissing(f"pandoc {found} is too old; this format needs pandoc 3", where=path, what_next=INSTALL)
    return path
