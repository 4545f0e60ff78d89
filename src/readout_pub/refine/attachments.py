"""Turns the lists of links to documents at the end of a page into attachments of the readout."""

from __future__ import annotations

import re

import msgspec

from readout_pub.model import (
    Attachment,
    Block,
    Blocks,
    BulletList,
    Footnotes,
    Item,
    Link,
    Paragraph,
    Readout,
    Rule,
    Section,
    plain_text,
    url_path,
)
from readout_pub.refine.whitespace import drop_redundant_rules

_DOCUMENT_PATH = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|zip|epub)$", re.IGNORECASE)


def extract_attachments(readout: Readout) -> Readout:
    """Move the lists of documents at the end of the body to the attachments; footnotes and rules may follow them.

    paragraph "They met."                         paragraph "They met."
    rule                                          attachment "Joint Minutes (PDF)" minutes.pdf
    bullets                                 →
        link minutes.pdf "Joint Minutes (PDF)"

    A body or section that consists of documents alone keeps them, since it would be empty without them.
    """
    body, found = _split_documents(readout.body)
    if not found:
        return readout
    return msgspec.structs.replace(readout, body=body, attachments=(*readout.attachments, *found))


def _split_documents(blocks: Blocks) -> tuple[Blocks, tuple[Attachment, ...]]:
    """Return the rest of `blocks`, and the documents listed at the end of `blocks` and of their last section.

    The rest is `blocks` without these documents.
    """
    end = len(blocks)
    while end and (listed_documents(blocks[end - 1]) or isinstance(blocks[end - 1], Footnotes | Rule)):
        end -= 1
    if not end:
        return blocks, ()
    text, tail = blocks[:end], blocks[end:]
    inner: tuple[Attachment, ...] = ()
    if isinstance(last := text[-1], Section):
        body, inner = _split_documents(last.body)
        text = (*text[:-1], msgspec.structs.replace(last, body=body))
    found = (*inner, *(document for block in tail for document in listed_documents(block)))
    rest = (*text, *(block for block in tail if not listed_documents(block)))
    return (drop_redundant_rules(rest), found) if found else (blocks, ())


def listed_documents(block: Block) -> tuple[Attachment, ...]:
    """Return the documents of a bullet list; empty if an item is anything but a link to a document."""
    if not isinstance(block, BulletList):
        return ()
    found = tuple(_linked_document(item) for item in block.items)
    return tuple(each for each in found if each) if all(found) else ()


def _linked_document(item: Item) -> Attachment | None:
    match item.body:
        case (Paragraph((Link(href, children),)),) if _DOCUMENT_PATH.search(url_path(href)):
            return Attachment(href, plain_text(children))
        case _:
            return None
