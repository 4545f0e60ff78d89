"""How a run behaves towards the servers that it asks, as its user sets it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

DEFAULT_DELAY = 1.0
"""Seconds between two requests to one host unless the user or robots.txt asks for more, or the user for less."""

CACHE_FILE_NAME = "http.sqlite"
"""The file that keeps what servers sent, in the cache folder of this program."""


class FetchPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says once for a whole run.

    `contact` is the mail or web address at which a webmaster reaches the user; it goes out with every request.
    `allowed_hosts` may be asked although their addresses are private. `cache` is a folder, None for no cache.
    `patience` is how many seconds a server that is busy may ask us to wait, `backoff` the first pause where it does
    not say; `time` limits one request as a whole. A run asks at most `max_requests` times, and a page for `max_photos`,
    which may have about `max_photo_bytes` together; of one list of pages it reads `max_lists`, its parts and further
    pages included.
    """

    contact: str | None = None
    delay: float = DEFAULT_DELAY
    allowed_hosts: tuple[str, ...] = ()
    cache: Path | None = None
    patience: float = 120.0
    backoff: float = 1.0
    time: float = 120.0
    max_redirects: int = 10
    max_requests: int = 20_000
    max_photos: int = 100
    max_photo_bytes: int = 200_000_000
    max_lists: int = 1_000


def cache_folder() -> Path:
    """Return the folder for what can be fetched again, by the rules of freedesktop.org."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "readout-pub"
