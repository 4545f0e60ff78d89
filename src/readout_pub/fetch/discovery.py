"""Lists of pages → the addresses that are wanted of them: lists are followed to their parts and to their next page."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from readout_pub.errors import ReadoutError, SourceError
from readout_pub.fetch.entries import ListEntry, PageList
from readout_pub.fetch.lists import read_list
from readout_pub.model import host_of
from readout_pub.sources import STANDARD_INPUT, is_web_address
from readout_pub.sources.blob import file_blob, too_large
from readout_pub.sources.urls import url_key
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.response import LIST
from readout_pub.sources.web.response_check import require_ok
from readout_pub.sources.web.ssrf_guard import printable_url


class UrlFilter(msgspec.Struct, frozen=True):
    """Which of the pages on a list are wanted: those that every condition takes.

    `include` and `exclude` are patterns of whole addresses, in which * stands for anything; none to include takes all.
    A page whose list says that it was issued before `since` or after `until` is left out; one of which it says nothing
    is not. A page on another host than its list is left out unless a pattern to include takes it.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max

    def against(self, lead: ListEntry, host: str | None) -> str | None:
        """Say why a page on a list of `host` is not wanted; None if it is. A list on this machine has no host."""
        included = any(fnmatchcase(lead.url, pattern) for pattern in self.include)
        if not is_web_address(lead.url):
            return "no web addresses"
        if (self.include and not included) or any(fnmatchcase(lead.url, pattern) for pattern in self.exclude):
            return "by their addresses"
        if host and not included and _bare(host_of(lead.url)) != _bare(host):
            return "on other hosts"
        return None if self.may_hold(lead) else "by their dates"

    def may_hold(self, lead: ListEntry) -> bool:
        """Say whether something of the days of a page, or of a part of a list, is within those that are wanted."""
        return lead.earliest <= self.until and lead.latest >= self.since


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")


class ListResult(msgspec.Struct, frozen=True):
    """A list that was read, how many of its pages are wanted, and how many are not by which reason; or what failed."""

    url: str
    wanted: int = 0
    left_out: dict[str, int] = {}
    error: str | None = None

    @property
    def summary(self) -> str:
        """Word the counts."""
        reasons = [f"{count} left out {reason}" for reason, count in self.left_out.items()]
        return ", ".join([f"{self.wanted} page{'' if self.wanted == 1 else 's'} wanted", *reasons])


def discover(
    lists: Sequence[str], choice: UrlFilter, visitor: Client, sites: Sequence[Path] = ()
) -> Iterator[ListEntry | ListResult]:
    """Yield the pages of lists, each once, and behind those of each list what was read of it.

    A list is an address on the web, a file, or "-" for standard input. The next one is read when its turn comes.
    """
    seen: set[str] = set()
    most = visitor.manners.max_lists
    for named in lists:
        waiting = deque([ListEntry(named)])
        read: set[str] = set()
        while waiting and len(read) < most:
            url = waiting.popleft().url
            if (mark := url_key(url) if is_web_address(url) else url) in read:
                continue
            read.add(mark)
            try:
                stood_at, listed = _read(url, visitor, sites)
            except ReadoutError as error:
                yield ListResult(printable_url(url), error=str(error))
                continue
            host = host_of(stood_at) if is_web_address(stood_at) else None
            yield from _wanted(url, host, listed, choice, seen)
            waiting.extendleft(reversed(_further(host, listed, choice)))
        if waiting:
            yield ListResult(
                printable_url(named), error=f"{printable_url(named)}: it goes on for more than {most:,} lists"
            )


def _wanted(
    url: str, host: str | None, listed: PageList, choice: UrlFilter, seen: set[str]
) -> Iterator[ListEntry | ListResult]:
    wanted, left_out = 0, Counter[str]()
    for lead in listed.leads:
        reason = choice.against(lead, host)
        if reason:
            left_out[reason] += 1
        elif (mark := url_key(lead.url)) not in seen:
            seen.add(mark)
            wanted += 1
            yield lead
    yield ListResult(printable_url(url), wanted, dict(left_out))


def _further(host: str | None, listed: PageList, choice: UrlFilter) -> list[ListEntry]:
    """Return the lists that follow: a list whose pages are all too old goes on with older ones, and is left there."""
    if listed.leads and all(lead.latest < choice.since for lead in listed.leads):
        return []
    lists = (lead for lead in listed.more if is_web_address(lead.url) and choice.may_hold(lead))
    return [lead for lead in lists if host is None or _bare(host_of(lead.url)) == _bare(host)]


def _read(url: str, visitor: Client, sites: Sequence[Path]) -> tuple[str, PageList]:
    """Read a list; return it, and where it stood in the end."""
    limit = visitor.max_bytes
    if is_web_address(url):
        visit = visitor.visit(url, LIST)
        require_ok(visit)
        last = visit.last
        day = last.moment.date()
        return last.url, read_list(last.content, last.url, limit, charset=last.charset, today=day, sites=sites)
    if url == STANDARD_INPUT:
        raw = sys.stdin.buffer.read(limit + 1)
        if len(raw) > limit:
            raise too_large("standard input", len(raw), limit)
    else:
        raw = file_blob(Path(url)).read(limit)
    if not raw.strip():
        raise SourceError("it is empty", where=url, what_next="write one address a line")
    return url, read_list(raw, url, limit, sites=sites)
