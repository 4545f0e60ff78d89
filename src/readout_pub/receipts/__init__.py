"""Proves outputs: compares the words of each output with the readout, and the words of the readout with the page.

page          page → which words are in the readout, and which rules left the others out
model         the receipt, which says what was found
expected      readout → what an output of it must contain
read_back     output → what is in it, one reader for each format
compare       compares what an output contains with what it must contain
side_by_side  receipt → an HTML page
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec.structs import asdict, replace

from readout_pub.emit.record import program, source_record
from readout_pub.emit.rendition import RenderOptions, Rendition
from readout_pub.errors import DECODE_ERRORS, ReceiptError, SourceError
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, printable_readout, unsealed_json
from readout_pub.named_file import read_large_file
from readout_pub.notes import shorten_quote
from readout_pub.receipts.compare import compare
from readout_pub.receipts.expected import expected
from readout_pub.receipts.model import (
    FileDigest,
    Found,
    Mismatch,
    PageWords,
    Receipt,
    RenditionReceipt,
    SourceFile,
)
from readout_pub.receipts.page import notes_of_page, prove_page, read_page_text
from readout_pub.receipts.read_back import READERS, read_output
from readout_pub.seal import EMPTY_DIGEST, FORMATS_WITH_RECORD, seal_receipt
from readout_pub.source_record import SourceRecord
from readout_pub.words import count_words

__all__ = [
    "Mismatch",
    "PageWords",
    "Receipt",
    "RenditionReceipt",
    "encode_receipt",
    "make_receipt",
    "notes_of_page",
    "prove_page",
    "prove_rendition",
    "read_page_text",
    "read_receipt",
    "require_proven",
    "unread_rendition",
]


def make_receipt(readout: Readout, page: PageWords | None, renditions: Iterable[RenditionReceipt]) -> Receipt:
    """Return the receipt of one source: what was found about its page, and about the outputs of its `readout`.

    `page` is None if the source is JSON.
    """
    origin = readout.origin
    texts = expected(printable_readout(readout), ImageStore(), "json", RenderOptions()).texts
    return Receipt(
        program=program(),
        source=SourceFile(origin.name, origin.sha256, origin.url),
        words=sum(count_words(text.text) for text in texts if text.what == "content"),
        sha256=hashlib.sha256(unsealed_json(readout)).hexdigest(),
        page=page,
        withheld=origin.withheld,
        renditions=tuple(renditions),
    )


def encode_receipt(receipt: Receipt) -> bytes:
    """Return the content of the file of a receipt: indented JSON, with a digest that reveals later changes."""
    content = msgspec.json.encode(replace(receipt, digest=EMPTY_DIGEST))
    return seal_receipt(msgspec.json.format(content, indent=1) + b"\n")


def read_receipt(path: Path) -> Receipt | None:
    """Return the receipt in a file; None if the file cannot be read, or is not a receipt of this version."""
    try:
        return msgspec.json.decode(read_large_file(path), type=Receipt)
    except (SourceError, *DECODE_ERRORS):
        return None


def require_proven(receipt: RenditionReceipt, own_style: str | None = None) -> None:
    """Raise a ReceiptError that quotes the first difference between readout and output, if there is any.

    `own_style` names the style sheet or theme of the user, if there is one, which is then the likely cause.
    """
    if not receipt.differences:
        return
    more = len(receipt.differences) - 1 + receipt.more_differences
    others = f"; and {more} more {'difference' if more == 1 else 'differences'}" if more else ""
    raise ReceiptError(
        f"{_describe(receipt.differences[0], 'the readout', f'the {receipt.format} output')}{others}",
        what_next=f"{own_style} is the likely cause: if this happens without it too, report this page"
        if own_style
        else "report this page; --no-receipt writes the files without this check",
    )


def _describe(mismatch: Mismatch, source: str, target: str) -> str:
    """Return what differs, with the words before it: 'after "met on", "Mu" of the readout is not in the pdf output'."""
    where = f'after "{mismatch.context}", ' if mismatch.context else ""
    kind = "" if mismatch.what == "words" else f"the {mismatch.what} "
    expected, found = f'{kind}"{shorten_quote(mismatch.expected)}"', f'{kind}"{shorten_quote(mismatch.found)}"'
    if not mismatch.found:
        return f"{where}{expected} of {source} is not in {target}"
    if not mismatch.expected:
        return f"{where}{target} has {found}, which {source} does not have there"
    return f"{where}{target} has {found} instead of {expected}"


def prove_rendition(
    readout: Readout, images: ImageStore, rendition: Rendition, render_options: RenderOptions
) -> RenditionReceipt:
    """Return the receipt of `rendition`, which `emit` made of `readout`, `images` and `render_options`.

    Reads words, photos, alternative texts, captions, formulas, title and language back from the bytes of the output,
    and compares them with the readout. Never raises for an output that differs: see `RenditionReceipt.is_proven`.
    """
    record = _record_beside(readout, rendition, render_options)
    if rendition.format not in READERS:
        return replace(unread_rendition(rendition, f"the program cannot read {rendition.format} back"), record=record)
    wanted = expected(printable_readout(readout), images, rendition.format, render_options)
    compared = compare(wanted, read_output(rendition))
    return replace(unread_rendition(rendition, None), **asdict(compared), record=record)


def _record_beside(readout: Readout, rendition: Rendition, render_options: RenderOptions) -> SourceRecord | None:
    """Return the source record of `rendition`, for its receipt; None for a format whose files contain it."""
    if rendition.format in FORMATS_WITH_RECORD:
        return None
    files = {name: hashlib.sha256(data).hexdigest() for name, data in rendition.extra_files.items()}
    return source_record(readout, render_options, rendition.format, files)


def unread_rendition(rendition: Rendition, reason: str | None) -> RenditionReceipt:
    """Return the receipt of an output with its digests only; `reason` says why the output was not read back."""
    return RenditionReceipt(
        format=rendition.format,
        sha256=hashlib.sha256(rendition.data).hexdigest(),
        bytes=len(rendition.data),
        words=0,
        found=0,
        in_order=False,
        photos=Found(0, 0),
        alts=Found(0, 0),
        extra_files=tuple(
            FileDigest(name, hashlib.sha256(data).hexdigest(), len(data))
            for name, data in sorted(rendition.extra_files.items())
        ),
        not_read=reason,
    )
