"""Tagged PDF: replaces WeasyPrint's structure tree by one built from the elements of the HTML, in their order.

WeasyPrint's tags do not conform to PDF/UA: WeasyPrint tags the boxes of each page, line by line (decision 8).

roles           tables: element → structure type
tree            the structure tree as plain values
reading_order   the text of the document, and the tag of each character
structure       elements → structure tree
marked_content  boxes → their tags
depth           limit on the depth of the structure tree
write           structure tree → PDF objects
links           link annotations and structure destinations
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readout_pub.emit.pdf.tags.links import (
    add_link_annotations,
    add_structure_destinations,
    cover_text_with_links,
    drop_nested_links,
)
from readout_pub.emit.pdf.tags.marked_content import ContentMatcher
from readout_pub.emit.pdf.tags.structure import StructureBuilder
from readout_pub.emit.pdf.tags.write import StructureWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pydyf

    from readout_pub.emit.pdf.weasyprint_adapter import SubsettingStream, TaggedDocument, Tagger


def plan_tags(document: TaggedDocument, structure: StructureBuilder) -> Tagger:
    """Return the function that writes the structure tree when `document` is written.

    Changes `document` before that: removes link annotations within links, makes the others as high as their text, and
    draws spaces that layout removed at line ends. Raises EmitError if the pages do not show the text of `structure`.
    """
    drop_nested_links(document)
    cover_text_with_links(document)
    matcher = ContentMatcher(structure)
    matcher.match(document)

    def write_tags(pdf: pydyf.PDF, page_streams: Sequence[SubsettingStream]) -> None:
        matcher.set_actual_text(document.to_unicode_texts())
        writer = StructureWriter(pdf, page_streams, is_pdf_2=structure.is_pdf_2)
        add_link_annotations(structure, document)
        writer.write_structure(structure.root)
        writer.update_marked_content(matcher.pagination)
        if structure.is_pdf_2:
            add_structure_destinations(pdf, structure, matcher.bookmarked)

    return write_tags
