"""Signatures that saving programs leave in pages: a comment or an attribute with the URL and the day."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable

import msgspec

from readout_pub.months import month_of
from readout_pub.sources.urls import date_of_timestamp, is_host_name, is_web_address

_SEARCHED_CHARACTERS = 20_000
"""How many characters at the start of a page are searched for a signature. Chosen by hand: signatures stand before the
page or, like that of SingleFile, among its first tags."""


class SaverSignature(msgspec.Struct, frozen=True):
    """The program that saved a page, the page's URL, and the day (UTC) on which it was saved."""

    program: str
    url: str | None = None
    retrieved: dt.date | None = None


class _Saver(msgspec.Struct, frozen=True):
    """A saving program, the pattern of its signature, and the parser of the date in it.

    The pattern has a group `url` and, if the program records the day, a group `date`.
    """

    program: str
    pattern: re.Pattern[str]
    parse_date: Callable[[str], dt.date | None]


def find_saver_signature(markup: str) -> SaverSignature | None:
    """Return the signature of the program that saved a page; None if the page has none."""
    start = markup[:_SEARCHED_CHARACTERS]
    for saver in _SAVERS:
        found = saver.pattern.search(start)
        if found:
            groups = found.groupdict()
            date = groups.get("date")
            url = _normalize_url(groups.get("url"), markup)
            return SaverSignature(saver.program, url, saver.parse_date(date) if date else None)
    return None


def guess_scheme(url: str, markup: str) -> str:
    """Return `url` with the likelier scheme: http if `markup` links to the host of `url` only by http, else https."""
    bare = url.removeprefix("https://")
    host = bare.partition("/")[0]
    insecure = f"http://{host}/" in markup and f"https://{host}/" not in markup
    return f"{'http' if insecure else 'https'}://{bare}"


def _normalize_url(written: str | None, markup: str) -> str | None:
    """Return the URL with a scheme, which HTTrack leaves out. Return None for a URL like about:blank."""
    if written is None:
        return None
    url = html.unescape(written.strip())
    if is_web_address(url):
        return url
    return guess_scheme(url, markup) if is_host_name(url.partition("/")[0]) else None


def parse_english_date(day: str, month: str, year: str) -> dt.date | None:
    """Return the date of the words "04", "Aug" and "2031"; None if they are not a valid date.

    strptime cannot be used: its month names depend on the locale.
    """
    try:
        return dt.date(int(year), month_of(month, "en") or 0, int(day))
    except ValueError:
        return None


_SCRIPT_DATE = re.compile(r"\w{3} (\w{3}) (\d{1,2}) (\d{4}) ([\d:]{8}) GMT([+-]\d{4})")


def _parse_javascript_date(text: str) -> dt.date | None:
    """Return the UTC day of JavaScript's `Date.toString()`: "Mon Aug 04 2031 21:30:00 GMT-0500" is 2031-08-05.

    None if the text has another form or the day does not exist; raises ValueError for an impossible time.
    """
    found = _SCRIPT_DATE.match(text)
    day = parse_english_date(found[2], found[1], found[3]) if found else None
    if found is None or day is None:
        return None
    return _utc_day(dt.datetime.strptime(f"{day} {found[4]} {found[5]}", "%Y-%m-%d %H:%M:%S %z"))


def _parse_iso_date(text: str) -> dt.date | None:
    """Return the UTC day of a date like "2023-11-05T12:34:56Z". Raises ValueError for an invalid date."""
    return _utc_day(dt.datetime.fromisoformat(text.strip()))


def parse_mail_date(text: str) -> dt.date | None:
    """Return the UTC day of a date as in mails and HTTP, such as "Sun, 05 Nov 2023 12:34:56 GMT".

    Raises ValueError for an invalid date.
    """
    from email.utils import parsedate_to_datetime

    return _utc_day(parsedate_to_datetime(text))


def _utc_day(moment: dt.datetime) -> dt.date:
    return (moment if moment.tzinfo is None else moment.astimezone(dt.UTC)).date()


def _or_none(parse: Callable[[str], dt.date | None]) -> Callable[[str], dt.date | None]:
    """Return a parser that returns None where `parse` raises: a page with an invalid date is read without its date."""

    def parse_or_none(text: str) -> dt.date | None:
        try:
            return parse(text)
        except (ValueError, OverflowError):
            return None

    return parse_or_none


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.DOTALL)


_SAVERS = (
    _Saver(
        "SingleFile",
        _pattern(
            r"<!--\s*Page saved with SingleFile\s+url: (?P<url>\S+)(?:\s+saved date: (?P<date>[^\n]+?))?\s*(?:\n|-->)"
        ),
        _or_none(_parse_javascript_date),
    ),
    _Saver(
        "HTTrack",
        _pattern(r"<!--\s*Mirrored from (?P<url>\S+) by HTTrack Website Copier[^,>]*, (?P<date>[^>]+? GMT)\s*-->"),
        _or_none(parse_mail_date),
    ),
    _Saver(
        "monolith",
        _pattern(r"<!--\s*Saved from (?P<url>http\S+) at (?P<date>\S+) using monolith"),
        _or_none(_parse_iso_date),
    ),
    _Saver(
        "Save Page WE",
        _pattern(
            r"""<meta name=["']?savepage-url["']? content=["'](?P<url>[^"']+)["']"""
            r""".*?<meta name=["']?savepage-date["']? content=["'](?P<date>[^"']+)["']"""
        ),
        _or_none(_parse_javascript_date),
    ),
    _Saver(
        "WebScrapBook",
        _pattern(r'<html\b[^>]*data-scrapbook-source="(?P<url>[^"]+)"[^>]*data-scrapbook-create="(?P<date>\d{14})'),
        date_of_timestamp,
    ),
    _Saver("browser", _pattern(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+?)\s*-->"), date_of_timestamp),
)
"""One row for each saving program. The first program whose pattern matches is taken."""
