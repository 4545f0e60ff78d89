"""The settings of the user for all requests of a run."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from readout_pub.arguments import require_names, require_seconds, require_type, set_plain_strings, shown
from readout_pub.errors import UsageError, option

DEFAULT_DELAY = 1.0
"""Seconds between two requests to one host. Chosen by hand as polite; robots.txt can only make it longer."""

CACHE_FILE_NAME = "http.sqlite"
"""The HTTP cache, a file in `FetchPolicy.cache`."""


class FetchPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """How a run behaves towards servers. All times are in seconds; None for `cache` switches the cache off.

    contact           mail or web address at which a webmaster reaches the user; sent with every request
    delay             pause between two requests to one host
    allowed_hosts     hosts that may be requested although their IP addresses are private: "HOST" at the ports 80 and
                      443, "HOST:PORT" at that port
    cache             folder of the HTTP cache
    patience          longest Retry-After that is waited for
    backoff           first pause before a retry where the server names none; it grows with each retry
    time              limit for one request as a whole
    max_redirects     redirects from one URL
    max_requests      requests of the whole run
    max_photos        photos of one page
    max_photo_bytes   bytes of these photos together; the photo that exceeds this limit is the last one
    max_photo_time    time in which servers send these photos, without the pauses between two requests to one host; the
                      photo that exceeds this limit is the last one
    max_lists         lists that are read for one `--from`: the list, the lists it refers to, and their next pages
    max_run_bytes     bytes that the servers may send in the whole run, compressed or not
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
    max_photo_time: float = 600.0
    max_lists: int = 1_000
    max_run_bytes: int = 20_000_000_000

    def __post_init__(self) -> None:
        """Make a tuple of the hosts; UsageError for a single string, or an impossible contact, host or time."""
        require_type(self.contact, (str, type(None)), "contact")
        set_plain_strings(self)
        if self.contact is not None and not _CONTACT.fullmatch(self.contact):
            raise UsageError(
                f"{shown(self.contact)} has no mail or web address, or has characters that are not ASCII",
                where=option("--contact"),
                what_next="write it, or READOUT_PUB_CONTACT in the environment, as archive@ministry.example or https://ministry.example/archive",
            )
        msgspec.structs.force_setattr(self, "allowed_hosts", require_names(self.allowed_hosts, "allowed_hosts", _HOSTS))
        for host in self.allowed_hosts:
            found = _HOST.fullmatch(host)
            if found is None or int(found["port"] or 0) > _MAX_PORT:
                raise UsageError(f"{shown(host)} is not a host", where=option("--allow-host"), what_next=_HOST_EXAMPLE)
        for field in ("delay", "patience", "backoff", "time", "max_photo_time"):
            require_seconds(getattr(self, field), field)


_CONTACT = re.compile(r"(?=.*(?:[^\s@]@[^\s@]|https?://[^\s/]))[ -~]+", re.IGNORECASE)
"""A text that an HTTP header can contain, and that has a mail address or a web address."""

_HOST = re.compile(
    r"(?:[^\s/:@*\[\]]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?|[0-9a-f.]*:[0-9a-f.]*:[0-9a-f:.]*", re.IGNORECASE
)
"""HOST, HOST:PORT, IPv6 or [IPv6]:PORT."""

_MAX_PORT = 65_535

_HOSTS = '["localhost:8080"]'
"""An example of allowed hosts, as Python writes them."""
_HOST_EXAMPLE = "write it without https://, such as archive.example or localhost:8080"
