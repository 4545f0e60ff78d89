"""A copy from the Wayback Machine → the original page: without the toolbar, and with the original links.

Line ends stay where they were, so that "line 12" in a note is line 12 of the file.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from readout_pub.sources.saver_signatures import parse_english_date
from readout_pub.sources.urls import date_of_timestamp, unwrap_wayback, wayback_date

# Start and end of the parts that the Wayback Machine inserts.
_TOOLBAR_START = "<!-- BEGIN WAYBACK TOOLBAR INSERT -->"
_TOOLBAR_END = "<!-- END WAYBACK TOOLBAR INSERT -->"
_SCRIPTS_START = re.compile(
    r"""<script\b[^<>]*\bsrc=["']?(?:(?:https?:)?//[\w.-]*\barchive\.org)?/(?:_static|includes)/""", re.IGNORECASE
)
_SCRIPTS_END = "<!-- End Wayback Rewrite JS Include -->"

_TAIL_CHARACTERS = 5000
"""How many characters at the end are searched for the comments that the Wayback Machine appends.

Chosen by hand; a comment further up may belong to the page.
"""
_APPENDED_COMMENT = re.compile(
    r"<!--\s*(?:FILE ARCHIVED ON [\d:]+ (?P<month>\w{3}) (?P<day>\d{2}), (?P<year>\d{4})|playback timings)"
    r"(?:(?!-->|<!--).)*-->",
    re.DOTALL,
)
"""A comment that the Wayback Machine appends: when it captured the page, or how long each step of playback took."""

# The elements of the toolbar, for copies from which another program removed the comments.
_TOOLBAR_ID = "wm-ipp"
_TOOLBAR_DIV = re.compile(rf"""<div\b(?=[^<>]*+>)[^<>]*?\bid=["']?{_TOOLBAR_ID}[^<>]*+>""", re.IGNORECASE)
_DIV_TAG = re.compile(r"<(/?)div\b[^<>]*>", re.IGNORECASE)

_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_REWRITTEN_PREFIX = re.compile(
    r"""(?<=["'=\s,(])(?:(?:https?:)?//(?:web|wayback)\.archive\.org)?"""
    r"""/web/\d{4,14}\*?(?:[a-z]{2}_)?/(?=(?:https?:)?//|mailto:|javascript:|ftp:|data:)""",
    re.IGNORECASE,
)

_COPY_URL = r"""(?P<copy>https?://web\.archive\.org/web/\d+/[^\s"'<>]+)"""
_ORIGINAL_PATTERNS = (
    re.compile(rf"The Wayback Machine - {_COPY_URL}"),
    re.compile(r"""__wm\.bt\(\d+,\d+,\d+,\d+,"web","(?P<url>[^"]+)","(?P<timestamp>\d{14})\""""),
    re.compile(rf"""<link\b(?=[^<>]*?\brel=["']?canonical\b)[^<>]*?\bhref=["']?{_COPY_URL}"""),
    re.compile(rf"""<meta\b(?=[^<>]*?\bproperty=["']og:url["'])[^<>]*?\bcontent=["']{_COPY_URL}"""),
)
"""Where a copy names its original, the most reliable place first: in the text of the toolbar, in the toolbar's script,
in the canonical link, in the URL for Open Graph.
"""


class OriginalPage(msgspec.Struct, frozen=True):
    """The page before the Wayback Machine changed it, with its URL and the day (UTC) of the capture."""

    markup: str
    url: str | None
    retrieved: dt.date | None


def strip_wayback(markup: str, url: str | None) -> OriginalPage | None:
    """Return the original of a Wayback Machine copy; None if the page is not a copy.

    `url` is where the page was saved from, if known.
    """
    original_url = unwrap_wayback(url) if url else None
    page, tail = markup[:-_TAIL_CHARACTERS], markup[-_TAIL_CHARACTERS:]
    stripped = _without_toolbar(_without_inserts(page + _APPENDED_COMMENT.sub("", tail)))
    if stripped == markup and not original_url:
        return None
    if original_url:
        day = wayback_date(url or "")
    else:
        original_url, day = _find_original(markup)
    return OriginalPage(_TAG.sub(_restore_links, stripped), original_url, day or _day_in_comment(tail))


def _find_original(markup: str) -> tuple[str | None, dt.date | None]:
    for pattern in _ORIGINAL_PATTERNS:
        found = pattern.search(markup)
        if found:
            groups = found.groupdict()
            copy = groups.get("copy")
            if copy:
                return unwrap_wayback(copy), wayback_date(copy)
            return groups["url"], date_of_timestamp(groups["timestamp"])
    return None, None


def _day_in_comment(tail: str) -> dt.date | None:
    found = _APPENDED_COMMENT.search(tail)
    return parse_english_date(found["day"], found["month"], found["year"]) if found and found["day"] else None


def _without_inserts(markup: str) -> str:
    markup = _cut_out(markup, markup.find(_TOOLBAR_START), _end_of(markup, _TOOLBAR_END))
    end = _end_of(markup, _SCRIPTS_END)
    found = _SCRIPTS_START.search(markup, 0, max(end, 0))
    return _cut_out(markup, found.start(), end) if found else markup


def _end_of(markup: str, mark: str) -> int:
    """Return the position after the first `mark`; -1 if there is none."""
    at = markup.find(mark)
    return at + len(mark) if at >= 0 else -1


def _without_toolbar(markup: str) -> str:
    """Remove the toolbar's elements with their content; an element without an end tag stays."""
    if _TOOLBAR_ID not in markup:  # faster than the pattern, and true for nearly every page
        return markup
    kept, at = [], 0
    while (found := _TOOLBAR_DIV.search(markup, at)) and (end := _end_of_div(markup, found.start())):
        kept += [markup[at : found.start()], "\n" * markup.count("\n", found.start(), end)]
        at = end
    return "".join([*kept, markup[at:]])


def _end_of_div(markup: str, start: int) -> int | None:
    """Return the position after the end tag of the `div` at `start`; None without an end tag."""
    depth = 0
    for tag in _DIV_TAG.finditer(markup, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None


def _cut_out(markup: str, start: int, end: int) -> str:
    """Return the markup without the part from `start` to `end`, but keep line ends; unchanged if a position is -1."""
    if not 0 <= start < end:
        return markup
    return markup[:start] + "\n" * markup.count("\n", start, end) + markup[end:]


def _restore_links(tag: re.Match[str]) -> str:
    return _REWRITTEN_PREFIX.sub("", tag[0]) if "/web/" in tag[0] else tag[0]
