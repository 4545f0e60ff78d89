"""Renditions put in their places, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from readout_pub.atomic import write_file
from readout_pub.emit import Rendition
from readout_pub.errors import OutputError, escape_controls

STANDARD_OUTPUT = "-"
"""The path that means standard output."""


class WrittenFile(msgspec.Struct, frozen=True):
    """One file that was written: its format, path, size in bytes and SHA-256 (hex)."""

    format: str
    path: str
    bytes: int
    sha256: str


def write_renditions(
    renditions: Sequence[tuple[Rendition, str]], *, scratch: Path | None = None
) -> tuple[WrittenFile, ...]:
    """Write each rendition to its path, "-" for standard output; an OutputError leaves what stood there before.

    What lies beside a rendition is written before it, so that no page ever shows without its photos. `scratch` is
    where files lie while they are written, as in `write_file`.
    """
    return tuple(_published(rendition, path, scratch) for rendition, path in renditions)


def _published(rendition: Rendition, path: str, scratch: Path | None) -> WrittenFile:
    if path == STANDARD_OUTPUT:
        _to_standard_output(rendition)
    else:
        for place, content in _files(rendition, Path(path)):
            write_file(place, content, scratch=scratch)
    return WrittenFile(
        rendition.format, escape_controls(path), len(rendition.data), hashlib.sha256(rendition.data).hexdigest()
    )


def _files(rendition: Rendition, path: Path) -> Iterator[tuple[Path, bytes]]:
    yield from ((path.parent / name, content) for name, content in rendition.extra_files.items())
    yield path, rendition.data


def _to_standard_output(rendition: Rendition) -> None:
    if rendition.extra_files:
        raise OutputError(
            f"the photos of {rendition.format} would lie beside it, and nothing lies beside standard output",
            where="-o -",
            what_next="take --photos inline where the format can, or name a file",
        )
    if sys.stdout is None:  # a shell can close it: `>&-`
        raise OutputError("it is closed", where="standard output", what_next="name a file with -o")
    try:
        sys.stdout.buffer.write(rendition.data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as reason:
        # What was not written stays in the buffer; some Pythons try it again at the end, and would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputError(f"it cannot be written ({reason.strerror})", where="standard output") from reason
