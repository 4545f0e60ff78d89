"""Keeps the earlier outputs of a page that has changed, and says how the new version differs: `--keep-versions`.

The outputs of the earlier version are in `versions/STEM/NUMBER/`. If a run is killed, the next run finds them there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import msgspec

from readout_pub.atomic import write_file
from readout_pub.batch.job import VERSIONS_FOLDER, BatchConfig
from readout_pub.errors import ReadoutError
from readout_pub.ledger import LedgerEntry, OutputFile, PageVersion, RenditionRecord

COMPARED_FORMATS = ("json", "html", "epub", "docx", "odt", "txt", "md", "pdf")
"""Formats by which two versions can be compared, the most informative first: `diff` reads all of them back."""

CHANGES_PAGE = "changes.html"
"""The file in the folder of a version that shows this version and the next side by side."""


class VersionKeeper:
    """Keeps the outputs of `previous`, the last version of the page with this stem, when the page has changed."""

    def __init__(self, config: BatchConfig, stem: str, previous: LedgerEntry) -> None:
        self._config, self._previous = config, previous
        self._stem = PurePosixPath(stem)
        self._folder = PurePosixPath(VERSIONS_FOLDER, stem, str(len(previous.versions) + 1))
        self._files: dict[str, OutputFile] = {}

    def keep(self) -> None:
        """Copy the outputs of the earlier version, before they are replaced."""
        previous = self._previous
        formats = previous.current_renditions or previous.renditions
        made = [each for name, each in previous.existing_renditions.items() if name in formats]
        files = [file for each in made for file in each.files]
        for file in (*files, *([previous.receipt] if previous.receipt else [])):
            kept = str(self._folder / PurePosixPath(file.path).relative_to(self._stem.parent))
            path = self._config.path_of(kept)
            if _digest(path) != file.sha256:
                content = _content(self._config.path_of(file.path))
                if content is None or hashlib.sha256(content).hexdigest() != file.sha256:
                    continue  # the file was changed or removed since the last run
                write_file(path, content, scratch=self._config.scratch_folder)
            self._files[file.path] = OutputFile(kept, file.bytes, file.sha256, path.stat().st_mtime_ns)

    def finish(self, renditions: Mapping[str, RenditionRecord]) -> PageVersion | None:
        """Return how the new `renditions` differ from the earlier version.

        If they do not differ, remove what was kept, and return None; None also if no file could be kept.
        """
        compared = self._compare(renditions)
        if compared is None or not self._files:
            self._remove()
            return None
        changes, page = compared
        files = tuple(self._files.values())
        name = str(self._folder / CHANGES_PAGE)
        if page:
            path = self._config.path_of(name)
            write_file(path, page, scratch=self._config.scratch_folder)
            modified = path.stat().st_mtime_ns
            files += (OutputFile(name, len(page), hashlib.sha256(page).hexdigest(), modified),)
        previous = self._previous
        return PageVersion(previous.source_sha256, changes, files, previous.retrieved, name if page else None)

    def _remove(self) -> None:
        """Remove what was kept, and the parent folders that are then empty."""
        folder = self._config.path_of(str(self._folder))
        shutil.rmtree(folder, ignore_errors=True)
        for parent in folder.parents:
            if parent == self._config.out or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()

    def _compare(self, renditions: Mapping[str, RenditionRecord]) -> tuple[str, bytes] | None:
        """Return how the new version differs, and a page that shows it (b"" if the versions cannot be compared).

        None if nothing differs.
        """
        pairs = (
            (kept.path, renditions[name].files[0].path)
            for name in COMPARED_FORMATS
            if name in renditions and name in self._previous.renditions
            if (kept := self._files.get(self._previous.renditions[name].files[0].path))
        )
        names = next(pairs, None)
        if names is None:
            return "the versions have no format in common by which they can be compared", b""
        from readout_pub.diff import compare_copies
        from readout_pub.diff.description import summary
        from readout_pub.diff.files import open_copies
        from readout_pub.diff.html_page import render_changes

        first, second = (str(self._config.path_of(name)) for name in names)
        try:
            copies = open_copies(first, second)
        except ReadoutError as error:
            return f"the versions cannot be compared: {error.what}", b""
        before, after = (msgspec.structs.replace(copy, name=name) for copy, name in zip(copies, names, strict=True))
        changes = compare_copies(before, after)
        return (summary(changes, "new version"), render_changes(before, after, changes).encode()) if changes else None


def _content(path: Path) -> bytes | None:
    with contextlib.suppress(OSError):
        return path.read_bytes()
    return None


def _digest(path: Path) -> str | None:
    content = _content(path) if os.path.lexists(path) else None
    return None if content is None else hashlib.sha256(content).hexdigest()
