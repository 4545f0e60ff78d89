"""Keeps a batch inside its output folder: somebody else may have put links and a ledger into that folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from readout_pub.errors import OutputError


def resolve_inside(folder: Path, name: str) -> Path:
    """Return the path `name` below `folder`; OutputError if ".." or a link leads out, or for a device or a pipe."""
    if "\0" in name:
        raise OutputError(
            "a path in its ledger has a null character, which no file name can have",
            where=str(folder),
            what_next="name a new folder with -o",
        )
    path = folder / name
    root, target = os.path.realpath(folder), os.path.realpath(path)
    if not target.startswith(os.path.join(root, "")):  # noqa: PTH118 - a string, with the separator at its end
        raise OutputError(
            "it is outside of the output folder: a link, or a path in the ledger, leads there",
            where=str(path),
            what_next="remove the link, or name a new folder with -o",
        )
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OutputError("it is a device or a pipe, not a file", where=str(path), what_next="remove it")
    return path


def require_unoccupied(folder: Path, names: Iterable[str]) -> None:
    """Raise OutputError if one of `names` exists in `folder`: no run has written it, and this run would replace it."""
    for name in names:
        if os.path.lexists(folder / name):
            raise OutputError(
                "it exists already, no ledger says that this program has written it, and the batch would replace it",
                where=str(folder / name),
                what_next="name an empty folder with -o",
            )


def require_private(folder: Path) -> None:
    """Raise OutputError if `folder`, or what is directly in it, is a link or belongs to another user.

    A ledger names files that later runs remove, so a run obeys only its own user's ledger.
    """
    for path in (folder, *sorted(folder.iterdir())):
        if path.is_symlink():
            raise OutputError(
                "it is a link, which can lead out of the output folder",
                where=str(path),
                what_next="remove it, or name a new folder with -o",
            )
        if not _is_own(path.lstat().st_uid):
            raise OutputError(
                "it belongs to another user, whose ledger could name any file for removal",
                where=str(path),
                what_next="name a new folder with -o, or make it yours with chown if you trust what is in it",
            )


def _is_own(user: int) -> bool:
    """Return whether `user` is ours; root also accepts the user who called sudo, as git does."""
    if not hasattr(os, "geteuid"):  # Windows has no numeric owners
        return True
    own = os.geteuid()
    return user == own or (own == 0 and str(user) == os.environ.get("SUDO_UID"))
