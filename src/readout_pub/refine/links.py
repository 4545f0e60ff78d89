"""Links to documents that a page offers at its end."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import msgspec

from readout_pub.model import Attachment, Block, BulletList, Footnotes, Item, Link, Paragraph, Readout, plain

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|zip|epub)$", re.IGNORECASE)


def lift_attachments(readout: Readout) -> Readout:
    """Make a list of documents at the end of the body the attachments of the readout.

    bullets                                   attachment "Joint Minutes (PDF)" minutes.pdf
        link minutes.pdf "Joint Minutes (PDF)"
    """
    blocks = [block for block in readout.body if not isinstance(block, Footnotes)]
    found = _documents(blocks[-1]) if len(blocks) > 1 else ()
    if not found:
        return readout
    body = tuple(block for block in readout.body if block is not blocks[-1])
    return msgspec.structs.replace(readout, body=body, attachments=(*readout.attachments, *found))


def _documents(block: Block) -> tuple[Attachment, ...]:
    if not isinstance(block, BulletList):
        return ()
    found = tuple(_document(item) for item in block.items)
    return tuple(each for each in found if each) if all(found) else ()


def _document(item: Item) -> Attachment | None:
    match item.body:
        case (Paragraph((Link(href, children),)),) if _DOCUMENT.search(urlsplit(href).path):
            return Attachment(href, plain(children))
        case _:
            return None
