"""What a sitemap, feed or index page says of each page: its URL, and the days on which it may have been published."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from urllib.parse import unquote

import msgspec

ANY_DAY = (dt.date.min, dt.date.max)
"""The range of days for a page without a date in its list or its URL: it may have been published on any day."""


class ListEntry(msgspec.Struct, frozen=True):
    """A URL that a list names; its page was published on one of the days from `earliest` to `latest`."""

    url: str
    earliest: dt.date = dt.date.min
    latest: dt.date = dt.date.max


class PageList(msgspec.Struct, frozen=True):
    """What a list names: pages, and further lists (the parts of a sitemap index, the next page of a feed).

    If `is_cut_off`, the end of the list is missing.
    """

    pages: tuple[ListEntry, ...] = ()
    further_lists: tuple[ListEntry, ...] = ()
    is_cut_off: bool = False


def make_entry(url: str, published: str | None = None, modified: str | None = None) -> ListEntry:
    """Return the entry for `url`. `published` and `modified` are dates in the notation of the list.

    A page that was modified on a day was published on that day or before. Without a publication date the path of the
    URL is searched for one: /2031/08/04/talks.html.
    """
    days = _parse_days(published or "")
    if days is not None:
        return ListEntry(url, *days)
    earliest, latest = _days_in_path(url)
    until = _parse_days(modified or "")
    return ListEntry(url, earliest, max(earliest, min(latest, until[1])) if until else latest)


_ISO_DATE = re.compile(r"\s*(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")


def _parse_days(text: str) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a W3C date (2031-08-04T10:00:00Z, 2031-08, 2031) or an RFC 5322 date.

    The day is the one in the time zone of the text: a ministry dates its releases by its own clock.
    """
    iso = _ISO_DATE.match(text)
    if iso:
        return _days_of(int(iso[1]), int(iso[2] or 0), int(iso[3] or 0))
    try:
        day = email.utils.parsedate_to_datetime(text.strip()).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day, day


# /2031/08/04/, /2031/8/4/, /2031-08/, /20310804_talks: a year from 1900, a month, and perhaps a day.
_DATE_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[/_-]?(0[1-9]|1[0-2])|/([1-9]))(?:[/_-]?([0-3]\d)|/([1-9]))?(?!\d)"
)


def _days_in_path(url: str) -> tuple[dt.date, dt.date]:
    path = unquote(url.partition("://")[2].partition("/")[2])
    for found in _DATE_IN_PATH.finditer(path):
        days = _days_of(int(found[1]), int(found[2] or found[3]), int(found[4] or found[5] or 0))
        if days:
            return days
    return ANY_DAY


def _days_of(year: int, month: int, day: int) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of a date: a day, a month (`day` 0) or a year (`month` 0); None if invalid."""
    try:
        if day:
            return dt.date(year, month, day), dt.date(year, month, day)
        first = dt.date(year, month or 1, 1)
        following = dt.date(year + (month in {0, 12}), month % 12 + 1 if month else 1, 1)
    except ValueError:
        return None
    return first, following - dt.timedelta(days=1)
