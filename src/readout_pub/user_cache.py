"""The folder of this program in the cache of the user."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the absolute path of the folder; RuntimeError if the user has no home folder.

    A relative path in XDG_CACHE_HOME is ignored, as the XDG Base Directory Specification demands. fontconfig, which
    gets the returned path, crashes with a relative one.
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    cache = Path(named) if Path(named).is_absolute() else Path.home() / ".cache"
    return cache.absolute() / "readout-pub"
