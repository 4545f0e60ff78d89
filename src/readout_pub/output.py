"""Writes renditions to files or standard output, each file completely or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.emit import Rendition
from readout_pub.errors import OutputError, escape_controls, option

STANDARD_OUTPUT = "-"
"""The path that means standard output."""


def is_stream(path: str) -> bool:
    """Return whether a path is standard output, a device or a pipe: nothing is written beside these."""
    if path == STANDARD_OUTPUT:
        return True
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


class WrittenFile(msgspec.Struct, frozen=True):
    """One file that was written: its format, path, size in bytes and SHA-256 (hex)."""

    format: str
    path: str
    bytes: int
    sha256: str


def write_rendition(rendition: Rendition, path: str, *, scratch: Path | None = None) -> WrittenFile:
    """Write a rendition to its path, "-" for standard output.

    If it cannot be written, an OutputError is raised, and the old file at this path stays as it was.

    Photos in a folder beside a rendition are written before it, so that a browser never shows the page without them.
    `scratch` is the folder for unfinished files, as in `write_file`.
    """
    if is_stream(path):
        _require_no_files_beside(rendition, path)
    if path == STANDARD_OUTPUT:
        _write_to_standard_output(rendition)
    else:
        for file, content in rendition.files(Path(path)).items():
            write_file(file, content, scratch=scratch)
    return WrittenFile(
        rendition.format, escape_controls(path), len(rendition.data), hashlib.sha256(rendition.data).hexdigest()
    )


def _require_no_files_beside(rendition: Rendition, path: str) -> None:
    if rendition.extra_files:
        what = "standard output" if path == STANDARD_OUTPUT else "a device or a pipe"
        raise OutputError(
            f"{rendition.format} has its photos in a folder beside it, and {what} has no folder",
            where=f"-o {path}",
            what_next=f"use {option('--photos', 'inline')} if the format allows it, or name a file",
        )


def _write_to_standard_output(rendition: Rendition) -> None:
    if sys.stdout is None:  # a shell can close it: `>&-`
        raise OutputError("it is closed", where="standard output", what_next="name a file with -o")
    try:
        sys.stdout.buffer.write(rendition.data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as reason:
        # The rest stays in the buffer, and some versions of Python try to write it again when they exit. So that this
        # does not fail again, standard output now leads to the null device.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(
            f"it cannot be written ({reason.strerror})", where="standard output", what_next="name a file with -o"
        ) from reason
