"""The readout: one official record of one meeting, as understood from its page."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from readout_pub.model.block import Blocks
from readout_pub.model.inline import Inlines, Link
from readout_pub.notes import Note

MODEL_VERSION = "1"
"""The JSON member `version`; raised when a JSON written by an older program can no longer be read."""

MAX_DEPTH = 100
"""Deepest nesting of blocks and inlines; JSON readers and PDF tag trees break near 500."""


class Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The base of the plain records below."""


class Participant(Value, frozen=True):
    """Somebody who was there, as the text names and titles them."""

    name: str
    role: str | None = None
    side: str | None = None


class Meeting(Value, frozen=True):
    """The meeting itself, as far as the text says: what it does not say is None or empty."""

    date: dt.date | None = None
    start: dt.time | None = None
    duration_minutes: int | None = None
    place: str | None = None
    people: tuple[Participant, ...] = ()


class Attachment(Value, frozen=True):
    """A document that the page offers: its address and its name as printed."""

    href: str
    title: str


class Undecided(Value, frozen=True):
    """A text whose role nobody can tell; `could_be` lists the roles in question."""

    text: str
    could_be: tuple[Literal["alt", "caption"], ...] = ("alt", "caption")


class Licence(Value, frozen=True):
    """What the publisher allows. `credit` is a template: "Source: …[, {url}][ (accessed {date})]"."""

    name: str
    url: str | None = None
    credit: str | None = None


class Retrieval(Value, frozen=True):
    """One visit to the web, as its server answered: `url` was asked for, `final_url` is where redirects led.

    `time` is in universal time, `headers` are those of the answer but for credentials, `sha256` (hex) is that of the
    content, unpacked.
    """

    url: str
    final_url: str
    time: dt.datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    sha256: str


class Origin(Value, frozen=True):
    """Where the readout came from.

    `sha256` (hex) names the source's bytes in the album, `profile` is "site/layout" or None for the general extractor,
    `name` the file's own name, `retrieved` the day it was fetched, where that is known; `retrieval` tells more of it.
    """

    name: str
    sha256: str
    url: str | None = None
    retrieved: dt.date | None = None
    publisher: str | None = None
    licence: Licence | None = None
    profile: str | None = None
    retrieval: Retrieval | None = None


class Readout(Value, frozen=True, kw_only=True, tag_field="version", tag=MODEL_VERSION):
    """The contract between all stages: title, date, body and notes of one page.

    `language` is BCP 47. `issued_text` is the date as printed, `issued` the day it means. `title` is None where the
    source has no headline: see `display_title`.
    """

    language: str
    body: Blocks
    origin: Origin
    title: Inlines | None = None
    series: str | None = None
    issued: dt.date | None = None
    issued_text: str | None = None
    byline: str | None = None
    back_link: Link | None = None
    meeting: Meeting | None = None
    attachments: tuple[Attachment, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    notes: tuple[Note, ...] = ()
