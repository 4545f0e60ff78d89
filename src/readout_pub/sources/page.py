"""What opening a source gives: an HTML page or a text page, with where it came from and the way to its photos."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Protocol

import msgspec

from readout_pub.notes import Note


class Assets(Protocol):
    """The files that a page refers to."""

    def find(self, src: str) -> Callable[[], bytes] | None:
        """Return what reads the file that `src` names in the page; None if the source does not hold it."""


class NoAssets:
    """The assets of a page that came alone."""

    def find(self, src: str) -> Callable[[], bytes] | None:  # noqa: ARG002 - it holds nothing, whatever is asked
        """Hold nothing."""
        return None


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of any page. `name` names it to people; `raw` reads the bytes it was decoded from.

    `url` is where it was published and `retrieved` the day it was fetched, where the source says so.
    """

    name: str
    raw: Callable[[], bytes]
    url: str | None = None
    retrieved: dt.date | None = None
    notes: tuple[Note, ...] = ()


class HtmlPage(Source, frozen=True, kw_only=True):
    """A page of HTML, decoded."""

    markup: str
    assets: Assets = NoAssets()


class TextPage(Source, frozen=True, kw_only=True):
    """A page as plain text, decoded."""

    text: str


Page = HtmlPage | TextPage
