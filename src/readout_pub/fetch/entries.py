"""What a list of pages says of each: where it stands, and between which days it was issued."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from urllib.parse import unquote

import msgspec

ANY_DAY = (dt.date.min, dt.date.max)


class ListEntry(msgspec.Struct, frozen=True):
    """An address that a list names; its page was issued on one of the days from `earliest` to `latest`."""

    url: str
    earliest: dt.date = dt.date.min
    latest: dt.date = dt.date.max


class PageList(msgspec.Struct, frozen=True):
    """What a list holds: pages, and `more` lists: its parts, or the one that it goes on with."""

    leads: tuple[ListEntry, ...] = ()
    more: tuple[ListEntry, ...] = ()


def make_entry(url: str, issued: str | None = None, changed: str | None = None) -> ListEntry:
    """Return the lead to an address, with dates as its list writes them.

    A page that was changed on a day was issued then or before. Where its list names no day of issue, its address may:
    /2031/08/04/talks.html.
    """
    named = _days(issued or "")
    if named is not None:
        return ListEntry(url, *named)
    earliest, latest = _days_in_address(url)
    until = _days(changed or "")
    return ListEntry(url, earliest, max(earliest, min(latest, until[1])) if until else latest)


_ISO = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """Read a date of a sitemap or a feed: 2031-08-04T10:00:00Z, 2031-08, Mon, 04 Aug 2031 10:00:00 GMT."""
    iso = _ISO.match(text)
    if iso:
        return _span(int(iso[1]), int(iso[2] or 0), int(iso[3] or 0))
    try:
        day = email.utils.parsedate_to_datetime(text.strip()).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day, day


_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2])|/([1-9]))(?:[/_-]?([0-3]\d)|/([1-9]))?(?!\d)")


def _days_in_address(url: str) -> tuple[dt.date, dt.date]:
    path = unquote(url.partition("://")[2].partition("/")[2])
    for found in _IN_ADDRESS.finditer(path):
        days = _span(int(found[1]), int(found[2] or found[3]), int(found[4] or found[5] or 0))
        if days:
            return days
    return ANY_DAY


def _span(year: int, month: int, day: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of a year, a month or a day; None if the calendar has none such."""
    try:
        if day:
            return dt.date(year, month, day), dt.date(year, month, day)
        first = dt.date(year, month or 1, 1)
        following = dt.date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
    return first, following - dt.timedelta(days=1)
