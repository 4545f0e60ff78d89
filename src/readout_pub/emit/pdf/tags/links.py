"""Links: each has one tag for all its annotations. In PDF 2.0, a link leads to a tag and to a point on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from readout_pub.emit.pdf.weasyprint_adapter import BoxKind, LayoutBox, TaggedDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readout_pub.emit.pdf.tags.structure import StructureBuilder
    from readout_pub.emit.pdf.tags.tree import Tag


def drop_nested_links(document: TaggedDocument) -> None:
    """Drop the link annotations of emphasis and other content within links, and of links without text.

    WeasyPrint makes an annotation for every box within a link, one on top of the other. One of these boxes is the
    number that a theme prints after a link.
    """
    for page in document.pages:
        page.links[:] = [link for link in page.links if _is_link_with_text(LayoutBox(link[3]))]


def cover_text_with_links(document: TaggedDocument) -> None:
    """Make each link annotation as high as the text of its link, so that readers can click on it.

    WeasyPrint makes an annotation as high as the line height. A superscript, such as the call of a footnote, has a line
    height of 0: with a larger line height, it would move the lines of the paragraph apart.
    """
    for page in document.pages:
        page.links[:] = [
            (kind, target, (left, top - overhang, right, bottom + overhang), box)
            for kind, target, (left, top, right, bottom), box in page.links
            for overhang in (LayoutBox(box).overhang,)
        ]


def _is_link_with_text(box: LayoutBox) -> bool:
    is_link = box.element.tag == "a" and box.kind is not BoxKind.GENERATED
    return is_link and bool("".join(box.element.itertext()).strip())


def add_link_annotations(structure: StructureBuilder, document: TaggedDocument) -> None:
    """Add all link annotations to the tags of their links; WeasyPrint makes an annotation for each line of a link."""
    for number, page in enumerate(document.pages):
        for *_, weasyprint_box in page.links:
            box = LayoutBox(weasyprint_box)
            if box.link_annotation:
                structure.tags[box.element].annotations.append((number, box.link_annotation))


def add_structure_destinations(pdf: pydyf.PDF, structure: StructureBuilder, bookmarked: Sequence[Tag]) -> None:
    """Make internal links and outline items lead to tags, as PDF/UA-2 requires.

    `bookmarked` are the headings of the outline, in its order.
    """
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    destinations = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for link in (annotation for tag in structure.tags.values() for _, annotation in tag.annotations):
        if "Dest" in link:
            name = link["Dest"].string
            _set_destination(link, destinations[name], structure.targets.get(name, structure.root), structure.root)
    outline = [item for item in pdf.objects if isinstance(item, dict) and "Title" in item and "Dest" in item]
    for item, heading in zip(outline, bookmarked, strict=True):
        _set_destination(item, item["Dest"], heading, structure.root)


def _set_destination(origin: pydyf.Dictionary, page_destination: pydyf.Array, target: Tag, root: Tag) -> None:
    """Replace the Dest of a link or outline item by an action with `target` as SD and the point on the page as D."""
    _, *position = page_destination
    # A tag without content is not written, so it has no object number; the link goes to the root instead.
    number = target.object_number or root.object_number
    structure_destination = pydyf.Array([f"{number} 0 R", *position])
    del origin["Dest"]
    origin["A"] = pydyf.Dictionary({"S": "/GoTo", "D": page_destination, "SD": structure_destination})
