"""The tag tree: what a listener hears of the pages, in the order of the source, in place of WeasyPrint's own.

roles     what an element is: tables
tree      the tree as plain values
script    the words that are to be read
plan      elements → tree
pages     boxes → their places in the tree
write     tree → objects of the PDF
links     what is clicked, and where it leads

WeasyPrint's tags do not keep the rules of PDF/UA: it tags what stands on each page, line by line (decision 8).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from readout_pub.emit.pdf.patching import patched
from readout_pub.emit.pdf.tags.links import add_areas, add_structure_destinations, keep_whole_links
from readout_pub.emit.pdf.tags.marked_content import ContentMatcher
from readout_pub.emit.pdf.tags.structure import StructureBuilder
from readout_pub.emit.pdf.tags.write import Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType
    from xml.etree.ElementTree import Element

    import pydyf
    from weasyprint import Document
    from weasyprint.pdf.stream import Stream


@contextmanager
def own_tags(weasyprint: ModuleType, document: Document, html: Element, version: str) -> Iterator[None]:
    """Let `document`, laid out from `html`, be tagged by us when it is written in this context.

    `version` is that of PDF. An EmitError if the pages do not show what `html` says.
    """
    keep_whole_links(document)
    theirs = weasyprint.pdf.add_tags
    plan = StructureBuilder(html, version)
    follower = ContentMatcher(plan, weasyprint.formatting_structure.boxes)
    follower.follow(document)

    def add_tags(pdf: pydyf.PDF, written: Document, pdf_version: str, page_streams: Sequence[Stream]) -> None:
        if written is not document:  # somebody else's, in another thread
            theirs(pdf, written, pdf_version, page_streams)
            return
        newer = pdf_version >= "2"
        follower.spell_out(document.fonts.values())
        writer = Writer(pdf, page_streams, newer=newer)
        add_areas(plan, document)
        writer.write(plan.root)
        writer.settle(follower.running)
        if newer:
            add_structure_destinations(pdf, plan, follower.headings)

    with patched(weasyprint.pdf, "add_tags", ["pdf", "document", "pdf_version", "page_streams"], add_tags):
        yield
