"""The folder of this program in the cache of the user."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the absolute path of the folder; RuntimeError if the user has no home folder.

    The XDG Base Directory Specification ignores a relative path in XDG_CACHE_HOME. fontconfig, which gets this path,
    crashes with a relative one.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    return cache.absolute() / "readout-pub"
