"""Links to documents that a page offers at its end."""

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
    plain,
    url_path,
)
from readout_pub.refine.text import without_needless_rules

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|csv|zip|epub)$", re.IGNORECASE)


def lift_attachments(readout: Readout) -> Readout:
    """Make the lists of documents at the end of the body, footnotes and rules passed over, the attachments.

    paragraph "They met."                         paragraph "They met."
    rule                                          attachment "Joint Minutes (PDF)" minutes.pdf
    bullets                                 →
        link minutes.pdf "Joint Minutes (PDF)"

    A body of nothing but documents keeps them.
    """
    body, found = _without_documents(readout.body)
    if not found:
        return readout
    return msgspec.structs.replace(readout, body=body, attachments=(*readout.attachments, *found))


def _without_documents(blocks: Blocks) -> tuple[Blocks, tuple[Attachment, ...]]:
    """Return blocks without the documents at their end, be they in the last section, and those documents."""
    end = len(blocks)
    while end and (documents(blocks[end - 1]) or isinstance(blocks[end - 1], Footnotes | Rule)):
        end -= 1
    if not end:
        return blocks, ()
    text, tail = blocks[:end], blocks[end:]
    inner: tuple[Attachment, ...] = ()
    if isinstance(last := text[-1], Section):
        body, inner = _without_documents(last.body)
        text = (*text[:-1], msgspec.structs.replace(last, body=body))
    found = (*inner, *(document for block in tail for document in documents(block)))
    rest = (*text, *(block for block in tail if not documents(block)))
    return (without_needless_rules(rest), found) if found else (blocks, ())


def documents(block: Block) -> tuple[Attachment, ...]:
    """Return the documents of a list that holds nothing else."""
    if not isinstance(block, BulletList):
        return ()
    found = tuple(_document(item) for item in block.items)
    return tuple(each for each in found if each) if all(found) else ()


def _document(item: Item) -> Attachment | None:
    match item.body:
        case (Paragraph((Link(href, children),)),) if _DOCUMENT.search(url_path(href)):
            return Attachment(href, plain(children))
        case _:
            return None
