"""Finds the pages that the user wants in lists such as sitemaps and feeds, with their further pages and parts."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec

from readout_pub.arguments import require_names, require_type
from readout_pub.errors import ReadoutError, SourceError, UsageError
from readout_pub.fetch.list_entries import ListEntry, PageList
from readout_pub.fetch.lists import read_list
from readout_pub.limits import PageLimits
from readout_pub.model import url_host
from readout_pub.notes import number_with_noun
from readout_pub.sources import STANDARD_INPUT, is_web_address
from readout_pub.sources.blob import file_blob, too_large
from readout_pub.sources.urls import url_key
from readout_pub.sources.web.client import Client
from readout_pub.sources.web.response import LIST
from readout_pub.sources.web.response_check import require_ok
from readout_pub.sources.web.ssrf_guard import printable_url


class UrlFilter(msgspec.Struct, frozen=True):
    """Which pages of a list are wanted: those that meet every condition.

    include, exclude   patterns of whole URLs, in which * stands for anything; without `include`, all are included
    since, until       the first and the last date of publication, in the list or in the URL; a page without a date is
                       wanted

    A page on another host is wanted only if `include` names it: a list must not direct the run to other hosts.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: dt.date = dt.date.min
    until: dt.date = dt.date.max

    def __post_init__(self) -> None:
        """Raise UsageError for patterns in a single string, a day that is not a date, or days out of order."""
        for field in ("include", "exclude"):
            patterns = require_names(getattr(self, field), field, '["*/press/*"]')
            msgspec.structs.force_setattr(self, field, patterns)
        for field in ("since", "until"):
            require_type(getattr(self, field), (dt.date,), field)
        if self.since > self.until:
            raise UsageError(
                f"since ({self.since}) is later than until ({self.until}), so that no page is wanted",
                what_next="exchange the days",
            )

    def rejection(self, entry: ListEntry, host: str | None) -> str | None:
        """Return why a page in a list on `host` is not wanted, or None. Local lists have no host."""
        # `fnmatchcase` and not `fnmatch`: the path of a URL is case-sensitive on every system.
        included = any(fnmatchcase(entry.url, pattern) for pattern in self.include)
        if not is_web_address(entry.url):
            return "without a web address"
        if (self.include and not included) or any(fnmatchcase(entry.url, pattern) for pattern in self.exclude):
            return "by address"
        if not included and not _is_on_host(entry.url, host):
            return "on other hosts"
        return None if self.overlaps_dates(entry) else "by date"

    def overlaps_dates(self, entry: ListEntry) -> bool:
        """Return whether the page or list may have been published from `since` to `until`."""
        return entry.earliest <= self.until and entry.latest >= self.since


def _is_on_host(url: str, host: str | None) -> bool:
    """Return whether `url` is on `host`, with or without "www."; always if `host` is None."""
    return host is None or _without_www(url_host(url)) == _without_www(host)


def _without_www(host: str | None) -> str:
    return (host or "").removeprefix("www.")


class ListResult(msgspec.Struct, frozen=True):
    """The result of one list: how many pages are wanted, how many are left out and why; or the error."""

    url: str
    wanted: int = 0
    left_out: dict[str, int] = {}
    error: str | None = None

    @property
    def summary(self) -> str:
        """The counts in words: "2 pages wanted; left out: 1 by date, 3 on other hosts"."""
        wanted = f"{number_with_noun(self.wanted, 'page')} wanted"
        reasons = ", ".join(f"{count} {reason}" for reason, count in self.left_out.items())
        return f"{wanted}; left out: {reasons}" if reasons else wanted


def discover(
    lists: Sequence[str],
    url_filter: UrlFilter,
    client: Client,
    sites: Sequence[Path] = (),
    limits: PageLimits = PageLimits(),
) -> Iterator[ListEntry | ListResult]:
    """Yield the wanted pages of lists, each once, and after the pages of each list its ListResult.

    A list is a URL, a file, or "-" for standard input; a failed list is a result with an error. A list is read only
    when all pages before it have been consumed: a caller with a limit of pages requests no needless list. `sites` are
    folders of site profiles besides the built-in ones; `limits` apply to reading one list.
    """
    seen: set[str] = set()
    max_lists = client.policy.max_lists
    for start in lists:
        queue = deque([ListEntry(start)])
        read: set[str] = set()
        while queue and len(read) < max_lists:
            url = queue.popleft().url
            if (key := url_key(url) if is_web_address(url) else url) in read:
                continue
            read.add(key)
            try:
                with limits.enforced(printable_url(url)):
                    final_url, listed = _read_list_at(url, client, sites)
            except ReadoutError as error:
                yield ListResult(printable_url(url), error=str(error))
                continue
            host = url_host(final_url) if is_web_address(final_url) else None
            yield from _filter_pages(url, host, listed, url_filter, seen)
            if listed.is_cut_off:
                where = printable_url(url)
                yield ListResult(where, error=f"{where}: the end of the list is missing; get the whole list again")
            # To the front of the queue: a list's next pages come before the next part of an index.
            queue.extendleft(reversed(_further_lists(host, listed, url_filter)))
        if queue:
            where = printable_url(start)
            yield ListResult(where, error=f"{where}: it continues for more than {max_lists:,} lists")


def _filter_pages(
    url: str, host: str | None, listed: PageList, url_filter: UrlFilter, seen: set[str]
) -> Iterator[ListEntry | ListResult]:
    wanted, left_out = 0, Counter[str]()
    for entry in listed.pages:
        reason = url_filter.rejection(entry, host)
        if reason:
            left_out[reason] += 1
        elif (key := url_key(entry.url)) not in seen:
            seen.add(key)
            wanted += 1
            yield entry
    if elsewhere := sum(not _is_on_host(each.url, host) for each in listed.further_lists):
        left_out["of its further lists on other hosts"] = elsewhere
    yield ListResult(printable_url(url), wanted, dict(left_out))


def _further_lists(host: str | None, listed: PageList, url_filter: UrlFilter) -> list[ListEntry]:
    """Return the further lists to read: none if all pages are too old, since lists continue with older pages."""
    if listed.pages and all(page.latest < url_filter.since for page in listed.pages):
        return []
    lists = (each for each in listed.further_lists if is_web_address(each.url) and url_filter.overlaps_dates(each))
    return [each for each in lists if _is_on_host(each.url, host)]


def _read_list_at(url: str, client: Client, sites: Sequence[Path]) -> tuple[str, PageList]:
    """Return the URL after redirects, and the list there."""
    limit = client.max_bytes
    if is_web_address(url):
        exchange = client.get(url, LIST)
        require_ok(exchange)
        final = exchange.final
        today = final.received_at.date()
        return final.url, read_list(final.content, final.url, limit, charset=final.charset, today=today, sites=sites)
    if url == STANDARD_INPUT:
        raw = sys.stdin.buffer.read(limit + 1)
        if len(raw) > limit:
            raise too_large("standard input", len(raw), limit)
    else:
        raw = file_blob(Path(url)).read(limit)
    if not raw.strip():
        raise SourceError("it is empty", where=url, what_next="write one address on each line")
    return url, read_list(raw, url, limit, sites=sites)
