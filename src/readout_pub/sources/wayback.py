"""Copies of the Wayback Machine → the page as it was: its toolbar taken out, its links rewritten back.

Line ends stay where they were, so that a note's "line 12" is line 12 of the file.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from readout_pub.sources.saver_signatures import english_day
from readout_pub.sources.urls import captured, day_of_stamp, unwrap_wayback

_TOOLBAR = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
_SCRIPTS = (
    re.compile(
        r"""<script\b[^<>]*\bsrc=["']?(?:(?:https?:)?//[\w.-]*\barchive\.org)?/(?:_static|includes)/""", re.IGNORECASE
    ),
    "<!-- End Wayback Rewrite JS Include -->",
)
"""What the machine puts in, from its own mark to its own mark."""

_TAIL = 5000
_APPENDED = re.compile(
    r"<!--\s*(?:FILE ARCHIVED ON [\d:]+ (?P<month>\w{3}) (?P<day>\d{2}), (?P<year>\d{4})|playback timings)"
    r"(?:(?!-->).)*-->",
    re.DOTALL,
)
"""The comments that it writes behind the page, within so many characters from the end."""

_PANEL_NAME = "wm-ipp"
_PANEL = re.compile(rf"""<div\b[^<>]*\bid=["']?{_PANEL_NAME}[\w-]*["']?[^<>]*>""", re.IGNORECASE)
_DIVISION = re.compile(r"<(/?)div\b[^<>]*>", re.IGNORECASE)
"""The toolbar itself, for copies whose comments were taken out by another program."""

_TAG = re.compile(r"<[a-z][^<>]*>", re.IGNORECASE)
_REWRITTEN = re.compile(
    r"""(?<=["'=\s,(])(?:(?:https?:)?//(?:web|wayback)\.archive\.org)?"""
    r"""/web/\d{4,14}\*?(?:[a-z]{2}_)?/(?=(?:https?:)?//|mailto:|javascript:|ftp:|data:)""",
    re.IGNORECASE,
)

_ADDRESS = r"""(?P<copy>https?://web\.archive\.org/web/\d+/[^\s"'<>]+)"""
_NAMED = (
    re.compile(rf"The Wayback Machine - {_ADDRESS}"),
    re.compile(r"""__wm\.bt\(\d+,\d+,\d+,\d+,"web","(?P<url>[^"]+)","(?P<stamp>\d{14})\""""),
    re.compile(rf"""<link\b[^<>]*\brel=["']?canonical["']?[^<>]*\bhref=["']?{_ADDRESS}"""),
    re.compile(rf"""<meta\b[^<>]*\bproperty=["']og:url["'][^<>]*\bcontent=["']{_ADDRESS}"""),
)
"""Where a copy says what it is a copy of, the surest first."""


class Copied(msgspec.Struct, frozen=True):
    """The page as it was, with the address and the day of the copy."""

    markup: str
    url: str | None
    retrieved: dt.date | None


def strip_wayback(markup: str, url: str | None) -> Copied | None:
    """Undo what the Wayback Machine did to a page; None if it is no copy. `url` is where the page was saved from."""
    ours = unwrap_wayback(url) if url else None
    page, tail = markup[:-_TAIL], markup[-_TAIL:]
    without = page + _APPENDED.sub("", tail)
    bare = _without_panel(_without_inserts(without))
    if bare == markup and not ours:
        return None
    address, day = (ours, captured(url or "")) if ours else _named(markup)
    return Copied(_TAG.sub(_with_own_links, bare), address, day or _archived(tail))


def _named(markup: str) -> tuple[str | None, dt.date | None]:
    for pattern in _NAMED:
        found = pattern.search(markup)
        if found:
            groups = found.groupdict()
            copy = groups.get("copy")
            return (unwrap_wayback(copy), captured(copy)) if copy else (groups["url"], day_of_stamp(groups["stamp"]))
    return None, None


def _archived(tail: str) -> dt.date | None:
    found = _APPENDED.search(tail)
    return english_day(found["day"], found["month"], found["year"]) if found and found["day"] else None


def _without_inserts(markup: str) -> str:
    first, last = _TOOLBAR
    markup = _cut(markup, markup.find(first), _behind(markup, last))
    end = _behind(markup, _SCRIPTS[1])
    found = _SCRIPTS[0].search(markup, 0, max(end, 0))
    return _cut(markup, found.start(), end) if found else markup


def _behind(markup: str, mark: str) -> int:
    at = markup.find(mark)
    return at + len(mark) if at >= 0 else -1


def _without_panel(markup: str) -> str:
    """Cut out the toolbar's divisions, each with all that it holds; one that nothing closes stays."""
    if _PANEL_NAME not in markup:  # quicker than to look at every division
        return markup
    kept, at = [], 0
    while (found := _PANEL.search(markup, at)) and (end := _end_of_division(markup, found.start())):
        kept += [markup[at : found.start()], "\n" * markup.count("\n", found.start(), end)]
        at = end
    return "".join([*kept, markup[at:]])


def _end_of_division(markup: str, start: int) -> int | None:
    depth = 0
    for tag in _DIVISION.finditer(markup, start):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return None


def _cut(markup: str, start: int, end: int) -> str:
    """Leave out `start` to `end`, if there is such a part, but not its line ends."""
    if not 0 <= start < end:
        return markup
    return markup[:start] + "\n" * markup.count("\n", start, end) + markup[end:]


def _with_own_links(tag: re.Match[str]) -> str:
    return _REWRITTEN.sub("", tag[0]) if "/web/" in tag[0] else tag[0]
