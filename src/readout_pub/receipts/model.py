"""The receipt of a conversion: which words of the page are in the model, and which of the model are in each output.

A receipt counts words as `readout_pub.words` does. It names whatever differs, with the words before it.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from readout_pub.model import WithheldPhoto
from readout_pub.notes import number_with_noun
from readout_pub.source_record import SourceRecord

RECEIPT_VERSION = "1"
"""The value of `version` in JSON; it increases when receipts of an older program can no longer be read."""


class ReceiptPart(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The base of all parts of a receipt."""


class Mismatch(ReceiptPart, frozen=True):
    """One difference: the `expected` and the `found` text (one may be empty), and the words before them.

    An item of the kind `what` is missing, altered, added or at another place. An output is compared with the readout,
    and the readout with the page. `at` is the position of the item from 0, in words or in items of its kind. "caption":
    the caption and credit of a photo are in the text, but belong to another photo or to none.
    """

    what: Literal["words", "alt", "photo", "caption", "formula", "title", "language"]
    at: int
    expected: str = ""
    found: str = ""
    context: str = ""


class Found(ReceiptPart, frozen=True):
    """How many photos or alternative texts an output should have (`expected`), and how many it has."""

    found: int
    expected: int


AddedKind = Literal["label", "navigation", "contents", "message", "alt", "colophon"]
"""The kinds of words of an output that are not words of the page.

label       bullets, numbers and names of parts, such as "Photo:"
navigation  links within the output
contents    the table of contents, whose words are in the text too
message     what stands in place of a missing photo, and headings such as "Attachments";
            the publisher above the title, the mark of a draft, and the addresses of links;
            the facts of the meeting, which repeat words of the text
alt         alternative texts that are printed as text
colophon    source, retrieval and licence
"""


class AddedWords(ReceiptPart, frozen=True):
    """How many words of one kind the program added to an output."""

    what: AddedKind
    words: int


class FileDigest(ReceiptPart, frozen=True):
    """One file: its relative path or name, its size, and its SHA-256 in hex."""

    name: str
    sha256: str
    bytes: int


class RenditionReceipt(ReceiptPart, frozen=True):
    """What is in one output, read back from its bytes.

    `file` is None until the output has a name. `words` is the number of words of the model that this format shows,
    `found` the number of these in the right place. `in_order` is False if a word is at another place. `not_read` says
    why a format is not read back; only the digests are known then. `record` is the source record if the format, such as
    plain text, has no place for it. `more_differences` counts the differences after the first `MAX_MISMATCHES`.
    """

    format: str
    sha256: str
    bytes: int
    words: int
    found: int
    in_order: bool
    photos: Found
    alts: Found
    file: str | None = None
    added: tuple[AddedWords, ...] = ()
    differences: tuple[Mismatch, ...] = ()
    more_differences: int = 0
    extra_files: tuple[FileDigest, ...] = ()
    not_read: str | None = None
    record: SourceRecord | None = None

    @property
    def is_proven(self) -> bool:
        """Whether the output was read back and has no difference."""
        return self.not_read is None and not self.differences


MAX_MISMATCHES = 100
"""How many differences a receipt lists: enough to see what is wrong, and only a few kilobytes."""


JPEG = b"\xff\xd8"
"""The first bytes of a JPEG file. A PDF contains JPEG files unchanged, so their digests identify them."""


_REDRAWN = "redrawn, "


def redrawn_size(width: int, height: int) -> str:
    """Return the text that stands for the digest of a photo other than JPEG: a PDF contains only its pixels."""
    return f"{_REDRAWN}{width}×{height} pixels"


def is_redrawn(photo: str) -> bool:
    """Return whether a photo is identified by its `redrawn_size`, not by its digest."""
    return photo.startswith(_REDRAWN)


class LeftOut(ReceiptPart, frozen=True):
    """Words of the page that are not in the model.

    `rule` is what left them out, `where` the region of the page, `words` their number, `sample` the first of them.
    """

    rule: str
    where: str
    words: int
    sample: str = ""


class AddedText(ReceiptPart, frozen=True):
    """Words of the model that are not in the text of the page, but in its markup: attributes, metadata or scripts.

    `what` is the field of the model, or "text".
    """

    what: str
    words: int
    sample: str = ""


class PageWords(ReceiptPart, frozen=True):
    """The words of the source document, aligned with those of the model.

    `kept` words are in the model, `moved` of them at another place. `lost` words are neither in the model nor left out
    by a rule. `unknown` words of the model are neither in the text of the page nor in its markup. `differences` are the
    first lost and unknown words. `not_read` says why the words were not compared; nothing else is known then.
    """

    words: int
    kept: int
    in_order: bool
    moved: int = 0
    lost: int = 0
    unknown: int = 0
    left_out: tuple[LeftOut, ...] = ()
    added: tuple[AddedText, ...] = ()
    differences: tuple[Mismatch, ...] = ()
    not_read: str | None = None


class SourceFile(ReceiptPart, frozen=True):
    """The source of a conversion: its name, its URL if known, and its SHA-256 in hex."""

    name: str
    sha256: str
    url: str | None = None


class Receipt(ReceiptPart, frozen=True, tag_field="version", tag=RECEIPT_VERSION):
    """The receipt of one source.

    `program` is the name and version of the program. `page` is None if the source is a readout in JSON. `words` is the
    number of words of the model, `sha256` the digest of its JSON. `withheld` are the photos that a person has left out
    of all outputs. `digest` is the SHA-256 (hex) of the file of the receipt with zeros in place of the digest; "" until
    the receipt has a file.
    """

    program: str
    source: SourceFile
    words: int
    sha256: str
    page: PageWords | None = None
    withheld: tuple[WithheldPhoto, ...] = ()
    renditions: tuple[RenditionReceipt, ...] = ()
    digest: str = ""

    @property
    def summary(self) -> str:
        """One line for people: "1,043 of 1,043 words, in order; 87 words of the page left out by rules".

        The first two numbers are always equal: an output that lacks words is not written.
        """
        line = f"{self.words:,} of {self.words:,} words"
        page = self.page
        if page is None:
            return line
        if page.not_read:
            return f"{line}; the words of the page were not compared"
        moved = f"{page.moved:,} of them moved" if page.moved else "in order"
        left_out = sum(each.words for each in page.left_out)
        lost = f", {number_with_noun(page.lost, 'word')} neither kept nor left out by a rule" if page.lost else ""
        unknown = f", {number_with_noun(page.unknown, 'word')} not of the page" if page.unknown else ""
        return f"{line}, {moved}; {number_with_noun(left_out, 'word')} of the page left out by rules{lost}{unknown}"
