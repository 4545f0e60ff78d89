"""Links: the areas of each belong to its one tag, and in PDF 2.0 they lead to tags, not to places on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from weasyprint import Document

    from readout_pub.emit.pdf.tags.structure import StructureBuilder
    from readout_pub.emit.pdf.tags.tree import Tag


def keep_whole_links(document: Document) -> None:
    """Take away areas of emphasis and the like within links, which lie upon those of the links, and of blank links."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if _is_whole(link[3].element)]


def _is_whole(element: Element) -> bool:
    return element.tag == "a" and bool("".join(element.itertext()).strip())


def add_areas(plan: StructureBuilder, document: Document) -> None:
    """Give the areas of all links to their tags; WeasyPrint has made one for each line and page."""
    for number, page in enumerate(document.pages):
        for *_, box in page.links:
            if box.link_annotation:
                plan.tags[box.element].annotations.append((number, box.link_annotation))


def add_structure_destinations(pdf: pydyf.PDF, plan: StructureBuilder, headings: Sequence[Tag]) -> None:
    """Let links within the document and its outline lead to tags; `headings` are those of the outline."""
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", [])
    places = {name.string: place for name, place in zip(names[::2], names[1::2], strict=True)}
    for link in (annotation for tag in plan.tags.values() for _, annotation in tag.annotations):
        if "Dest" in link:
            name = link["Dest"].string
            _lead(link, places[name], plan.targets.get(name, plan.root), plan.root)
    entries = [entry for entry in pdf.objects if isinstance(entry, dict) and "Title" in entry and "Dest" in entry]
    for entry, heading in zip(entries, headings, strict=True):
        _lead(entry, entry["Dest"], heading, plan.root)


def _lead(origin: pydyf.Dictionary, place: pydyf.Array, target: Tag, root: Tag) -> None:
    _, *position = place
    number = target.number or root.number  # a place at which nothing is to be read has no tag
    inside = pydyf.Array([f"{number} 0 R", *position])
    del origin["Dest"]
    origin["A"] = pydyf.Dictionary({"S": "/GoTo", "D": place, "SD": inside})
