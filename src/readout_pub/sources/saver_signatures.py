"""What programs that save pages leave in them: a comment or an attribute that tells the address and the day."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import msgspec

from readout_pub.months import month_of
from readout_pub.sources.urls import day_of_stamp, is_host, is_web_address

_NEAR = 20_000
"""Characters from the start within which a program leaves its trace; SingleFile puts it behind the opening tags."""


class Trace(msgspec.Struct, frozen=True):
    """How a page was saved, from which address, and on which day (UTC)."""

    shape: str
    url: str | None = None
    retrieved: dt.date | None = None


class _Saver(msgspec.Struct, frozen=True):
    """A program, the pattern of what it leaves, with the groups `url` and `date`, and how it writes the date."""

    shape: str
    pattern: re.Pattern[str]
    day: Callable[[str], dt.date | None]


def trace(markup: str) -> Trace | None:
    """Return what the program that saved a page says of it; None if it says nothing."""
    start = markup[:_NEAR]
    for saver in _SAVERS:
        found = saver.pattern.search(start)
        if found:
            groups = found.groupdict()
            date = groups.get("date")
            return Trace(saver.shape, _address(groups.get("url"), markup), saver.day(date) if date else None)
    return None


def with_scheme(address: str, markup: str) -> str:
    """Complete an address whose scheme nobody wrote down: the page's own links tell which one its host had."""
    bare = address.removeprefix("https://")
    host = bare.partition("/")[0]
    insecure = f"http://{host}/" in markup and f"https://{host}/" not in markup
    return f"{'http' if insecure else 'https'}://{bare}"


def _address(written: str | None, markup: str) -> str | None:
    """Complete an address as HTTrack writes it; None for what was never published, such as about:blank."""
    if written is None:
        return None
    url = html.unescape(written.strip())
    if is_web_address(url):
        return url
    return with_scheme(url, markup) if is_host(url.partition("/")[0]) else None


def english_day(day: str, month: str, year: str) -> dt.date | None:
    """Return the day of "04", "Aug", "2031"; strptime's names of months depend on the machine's language."""
    try:
        return dt.date(int(year), month_of(month, "en") or 0, int(day))
    except ValueError:
        return None


_SCRIPT_DATE = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{4}) ([\d:]{8}) GMT([+-]\d{4})")


def _script_day(text: str) -> dt.date | None:
    """Read the date of a browser's script: "Mon Aug 04 2031 21:30:00 GMT-0500 (EST)" is 2031-08-05."""
    found = _SCRIPT_DATE.match(text)
    day = english_day(found[2], found[1], found[3]) if found else None
    if found is None or day is None:
        return None
    return _utc_day(dt.datetime.strptime(f"{day} {found[4]} {found[5]}", "%Y-%m-%d %H:%M:%S %z"))


def _iso_day(text: str) -> dt.date | None:
    """Read "2023-11-05T12:34:56Z"."""
    return _utc_day(dt.datetime.fromisoformat(text.strip()))


def mail_day(text: str) -> dt.date | None:
    """Read the date of a mail or of HTTP, as HTTrack and MHTML write it: "Sun, 05 Nov 2023 12:34:56 GMT"."""
    from email.utils import parsedate_to_datetime

    return _utc_day(parsedate_to_datetime(text))


def _utc_day(moment: dt.datetime) -> dt.date:
    return (moment if moment.tzinfo is None else moment.astimezone(dt.UTC)).date()


def _or_none(read: Callable[[str], dt.date | None]) -> Callable[[str], dt.date | None]:
    """Let `read` pass over a date that is none: a page without its date is better than no page."""

    def day(text: str) -> dt.date | None:
        try:
            return read(text)
        except (ValueError, OverflowError):
            return None

    return day


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.DOTALL)


_SAVERS = (
    _Saver(
        "SingleFile",
        _pattern(
            r"<!--\s*Page saved with SingleFile\s+url: (?P<url>\S+)(?:\s+saved date: (?P<date>[^\n]+?))?\s*(?:\n|-->)"
        ),
        _or_none(_script_day),
    ),
    _Saver(
        "HTTrack",
        _pattern(r"<!--\s*Mirrored from (?P<url>\S+) by HTTrack Website Copier[^,>]*, (?P<date>[^>]+? GMT)\s*-->"),
        _or_none(mail_day),
    ),
    _Saver(
        "monolith",
        _pattern(r"<!--\s*Saved from (?P<url>http\S+) at (?P<date>\S+) using monolith"),
        _or_none(_iso_day),
    ),
    _Saver(
        "Save Page WE",
        _pattern(
            r"""<meta name=["']?savepage-url["']? content=["'](?P<url>[^"']+)["']"""
            r""".*?<meta name=["']?savepage-date["']? content=["'](?P<date>[^"']+)["']"""
        ),
        _or_none(_script_day),
    ),
    _Saver(
        "WebScrapBook",
        _pattern(r'<html\b[^>]*data-scrapbook-source="(?P<url>[^"]+)"[^>]*data-scrapbook-create="(?P<date>\d{14})'),
        day_of_stamp,
    ),
    _Saver("browser", _pattern(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+?)\s*-->"), day_of_stamp),
)
"""One row a program."""
