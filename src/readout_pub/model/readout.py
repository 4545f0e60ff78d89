"""The readout: one official record of one meeting, as read from its page."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from readout_pub.model.block import Blocks
from readout_pub.model.inline import Inlines, Link
from readout_pub.notes import Note

CREDENTIAL_HEADERS = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "authentication-info"})
"""Response headers that may contain credentials, in lower case. The program stores them nowhere, not even in its cache.
"""

MODEL_VERSION = "1"
"""The value of `version` in JSON; it increases when JSON of an older program can no longer be read."""

MAX_DEPTH = 100
"""How many levels deep the elements of a page may be nested; a readout may be nested twice as deep.

JSON parsers and PDF tag trees fail near 500 levels.
"""


Keep = Literal["more", "most"]
"""The option `keep`, for pages without a profile: "more" adds lines that score a little too low to be text, "most" adds
all lines but navigation and the like.
"""


AltPolicy = Literal["caption", "placeholder", "refuse"]
"""What happens to a photo without an alternative text of its own: it gets its caption, or a text saying that there is
no description, or the page is refused.
"""


class Value(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The base of the structs below."""


class Participant(Value, frozen=True):
    """A person at the meeting, with name and role as in the text, and the side they represent."""

    name: str
    role: str | None = None
    side: str | None = None


class Meeting(Value, frozen=True):
    """The facts of the meeting; a field is None or empty if the text does not state its fact."""

    date: dt.date | None = None
    start: dt.time | None = None
    duration_minutes: int | None = None
    place: str | None = None
    people: tuple[Participant, ...] = ()


class Attachment(Value, frozen=True):
    """A document linked from the page: its URL and its title as printed."""

    href: str
    title: str


class Undecided(Value, frozen=True):
    """A text whose role is not known; `could_be` lists the possible roles."""

    text: str
    could_be: tuple[Literal["alt", "caption"], ...] = ("alt", "caption")


class Licence(Value, frozen=True):
    """The publisher's licence. `credit` is the template of its credit line: see `source_record.credit_line`."""

    name: str
    url: str | None = None
    credit: str | None = None


class Retrieval(Value, frozen=True):
    """One HTTP retrieval: `url` is the requested URL, `final_url` the URL after redirects.

    `time` is in UTC. `headers` are the response headers without `CREDENTIAL_HEADERS`. `sha256` (hex) is the digest of
    the decoded content.
    """

    url: str
    final_url: str
    time: dt.datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    sha256: str


class WithheldPhoto(Value, frozen=True):
    """A photo that a person has left out: its URL in the source, and the SHA-256 (hex) of its bytes if they exist."""

    src: str
    sha256: str | None = None


class Origin(Value, frozen=True):
    """Where the readout came from.

    `name` is the name of the source file, `sha256` (hex) the digest of its bytes. `profile` is "site/layout", or None
    for the generic extractor. `retrieved` is the date of retrieval if known, `retrieval` the HTTP retrieval, if there
    was one. `keep` and `alt_policy` are the values of these options; None stands for the default ("caption" for
    `alt_policy`). `edited` names the fields whose values a person has replaced: "title", "series", "issued",
    "issued_text" or "language"; "json" stands for an edited JSON file. `withheld` are the photos that a person has left
    out.
    """

    name: str
    sha256: str
    url: str | None = None
    retrieved: dt.date | None = None
    publisher: str | None = None
    licence: Licence | None = None
    profile: str | None = None
    retrieval: Retrieval | None = None
    keep: Keep | None = None
    alt_policy: AltPolicy | None = None
    edited: tuple[str, ...] = ()
    withheld: tuple[WithheldPhoto, ...] = ()


class Confidence(Value, frozen=True):
    """How sure the generic extractor is of the text of a page: two numbers from 0 to 1.

    `expected_f1` is the average F1 of pages like this one: the harmonic mean of recall (how many of the document's
    words are in the readout) and precision (how many of the readout's words are in the document). `words_in_doubt` is
    the share of doubtful words, in letters, among all words that the extractor kept or nearly kept.
    """

    expected_f1: float
    words_in_doubt: float


class Readout(Value, frozen=True, kw_only=True, tag_field="version", tag=MODEL_VERSION):
    """One page in the model, which all stages read or return.

    `language` is BCP 47. `issued_text` is the publication date as printed, `issued` the day it denotes. `title` is None
    if the source has no headline: see `display_title`. `confidence` is None if a profile or a person decided what is
    text. `seal` is the SHA-256 (hex) of the JSON of all other fields, as the program wrote it into a file; None outside
    of files.
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
    confidence: Confidence | None = None
    notes: tuple[Note, ...] = ()
    seal: str | None = None
