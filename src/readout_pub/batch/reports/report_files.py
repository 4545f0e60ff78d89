"""Lists the files of the reports, for the manifest, for SHA256SUMS, and for the code that reads reports."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from readout_pub.digests import has_digest
from readout_pub.manifest import CHECKSUMS_NAME, MANIFEST_NAME

REPORT_FILES = (
    CHECKSUMS_NAME,
    "failures.jsonl",
    "feed/atom.xml",
    "feed/cover.png",
    "feed/opds.json",
    "feed/opds-*.json",
    "index.html",
    MANIFEST_NAME,
    "notes.csv",
    "notes.html",
)
"""The paths of the reports in the output folder. A path with `*` stands for any number of files, or for none."""

REPORT_NAMES = tuple(dict.fromkeys(path.split("/")[0] for path in REPORT_FILES))
"""The files and folders of the reports directly in the output folder."""


def report_files(out: Path) -> Iterator[str]:
    """Yield the path of each file of the reports, relative to the output folder `out`.

    A path of `REPORT_FILES` without `*` is yielded even if the file does not exist.
    """
    for path in REPORT_FILES:
        if "*" in path:
            yield from sorted(found.relative_to(out).as_posix() for found in out.glob(path))
        else:
            yield path


def stated_digests(out: Path) -> dict[str, str]:
    """Return the path of each report → the SHA-256 (hex) that SHA256SUMS states.

    The digest is "" if SHA256SUMS cannot be read, or is damaged and states none for the report. SHA256SUMS itself is in
    the result only if it is missing.
    """
    stated = {name: "" for name in REPORT_FILES if "*" not in name}
    checksums = out / CHECKSUMS_NAME
    if checksums.is_file():
        names = {*report_files(out)}
        with contextlib.suppress(OSError), checksums.open(encoding="utf-8", errors="replace") as lines:
            digests = (line.rstrip("\n").partition("  ") for line in lines)
            stated |= {name: digest for digest, _, name in digests if name in names}
        del stated[CHECKSUMS_NAME]
    return stated


def are_intact(out: Path) -> bool:
    """Return whether every report exists and can be read, with the digest that SHA256SUMS states."""
    return all(has_digest(out / name, digest) for name, digest in stated_digests(out).items())
