"""Writes a structure tree as PDF objects: structure elements, parent tree and ID tree; also marks artifacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from readout_pub.emit.pdf.tags.roles import NOT_IN_PDF_2, ROLE_MAP, SIGNIFICANT_WHEN_EMPTY
from readout_pub.emit.pdf.tags.tree import Attributes, ContentItem, Tag, TextRun
from readout_pub.emit.pdf.weasyprint_adapter import LayoutBox, SubsettingStream, marked_content, mcids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PDF_2_NAMESPACE = "http://iso.org/pdf2/ssn"


class RawObject(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """A PDF object whose bytes are built once; pydyf rebuilds the bytes of its own dictionaries at each use."""

    data = b""


class StructureWriter:
    """Writes a structure tree into `pdf`, whose pages have been drawn into `streams`."""

    def __init__(self, pdf: pydyf.PDF, streams: Sequence[SubsettingStream], *, is_pdf_2: bool) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._streams = streams
        self._mcids = [mcids(stream) for stream in streams]
        self._is_pdf_2 = is_pdf_2
        self._objects: dict[int, RawObject] = {}
        self._page_parents: list[list[bytes]] = [[b"null"] * len(each) for each in self._mcids]
        self._annotation_parents: list[tuple[int, bytes]] = []
        self._ids: dict[str, int] = {}
        self._actual_texts: dict[tuple[int, int], str] = {}
        self._namespace = b""

    def write_structure(self, root: Tag) -> None:
        """Write the tags from `root` down, the parent tree, and the catalog entries of a tagged PDF."""
        pdf = self._pdf
        tree_root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(tree_root)
        if self._is_pdf_2:
            self._namespace = self._add_object(b"<</Type/Namespace/NS(%s)>>" % PDF_2_NAMESPACE.encode())
            tree_root["Namespaces"] = pydyf.Array([self._namespace])
        else:
            tree_root["RoleMap"] = pydyf.Dictionary({name: f"/{older}" for name, older in ROLE_MAP.items()})
        remove_empty_tags(root)
        self._assign_object_numbers(root)
        self._write_tag(root, tree_root.number)
        tree_root["K"] = pydyf.Array([_reference(root.object_number)])
        tree_root["ParentTree"] = self._add_object(self._parent_tree())
        tree_root["ParentTreeNextKey"] = len(self._page_parents) + len(self._annotation_parents)
        if self._ids:
            tree_root["IDTree"] = self._add_object(self._id_tree())
        pdf.catalog["StructTreeRoot"] = tree_root.reference
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _add_object(self, data: bytes) -> bytes:
        """Add an object to the PDF and return the reference to it."""
        raw = RawObject()
        raw.data = data
        self._pdf.add_object(raw)
        return _reference(raw.number)

    def _assign_object_numbers(self, tag: Tag) -> None:
        raw = RawObject()
        self._pdf.add_object(raw)
        tag.object_number = raw.number
        self._objects[tag.object_number] = raw
        for kid in tag.kids:
            if isinstance(kid, Tag):
                self._assign_object_numbers(kid)

    # --- structure elements

    def _write_tag(self, tag: Tag, parent: int) -> None:
        """Write `tag` and all tags below it; `parent` is the object number of its parent."""
        entries = [f"<</Type/StructElem/S/{tag.role}/P {parent} 0 R".encode()]
        if self._is_pdf_2 and tag.role not in NOT_IN_PDF_2:
            entries.append(b"/NS " + self._namespace)
        entries.extend(self._element_entries(tag))
        page = next((item.page for item in tag.content_items()), None)
        if page is not None:
            entries.append(b"/Pg " + self._pages[page])
        entries.append(b"/K[" + b" ".join(self._write_kids(tag, page)) + b"]>>")
        self._objects[tag.object_number].data = b"".join(entries)

    def _element_entries(self, tag: Tag) -> Iterator[bytes]:
        """Yield the entries of a structure element that do not depend on its content."""
        if tag.lang:
            yield b"/Lang" + _string(tag.lang)
        if tag.alt:
            yield b"/Alt" + _string(tag.alt)
        if tag.actual_text:
            yield b"/ActualText" + _string(tag.actual_text)
        if tag.id:
            self._ids[tag.id] = tag.object_number
            yield b"/ID" + _string(tag.id)
        if tag.refs:
            yield b"/Ref[" + b" ".join(_reference(ref.object_number) for ref in tag.refs if ref.object_number) + b"]"
        if tag.attributes:
            yield b"/A[" + b"".join(_attributes(owner, values) for owner, values in tag.attributes.items()) + b"]"

    def _write_kids(self, tag: Tag, page: int | None) -> Iterator[bytes]:
        """Yield the items of K, and write the tags among them; `page` is the page of the Pg entry."""
        for kid in tag.kids:
            if isinstance(kid, Tag):
                self._write_tag(kid, tag.object_number)
                yield _reference(kid.object_number)
            else:
                for item in kid.items if isinstance(kid, TextRun) else (kid,):
                    yield self._content_reference(item, tag, page)
        for page_number, annotation in tag.annotations:
            yield b"<</Type/OBJR/Pg " + self._pages[page_number] + b"/Obj " + annotation.reference + b">>"
            annotation["StructParent"] = len(self._page_parents) + len(self._annotation_parents)
            annotation["Contents"] = pydyf.String(tag.contents)
            self._annotation_parents.append((annotation["StructParent"], _reference(tag.object_number)))

    def _content_reference(self, item: ContentItem, tag: Tag, page: int | None) -> bytes:
        """Return the MCID of `item`, with its page if it is not on `page`; enter `tag` in the parent tree."""
        mcid = self._mcids[item.page][item.box]
        self._page_parents[item.page][mcid] = _reference(tag.object_number)
        if item.actual_text is not None:
            self._actual_texts[item.page, mcid] = item.actual_text
        if item.page == page:
            return str(mcid).encode()
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (self._pages[item.page], mcid)

    # --- number tree and name tree

    def _parent_tree(self) -> bytes:
        """Return the parent tree: StructParents of a page → tags by MCID, StructParent of an annotation → tag."""
        pages = (b"%d[%s]" % (page, b" ".join(parents)) for page, parents in enumerate(self._page_parents))
        annotations = (b"%d %s" % parent for parent in self._annotation_parents)
        return b"<</Nums[" + b" ".join([*pages, *annotations]) + b"]>>"

    def _id_tree(self) -> bytes:
        names = sorted((_string(name), number) for name, number in self._ids.items())
        pairs = b" ".join(name + b" " + _reference(number) for name, number in names)
        return b"<</Kids[<</Limits[%s %s]/Names[%s]>>]>>" % (names[0][0], names[-1][0], pairs)

    # --- content streams

    def update_marked_content(self, pagination: Mapping[LayoutBox, str]) -> None:
        """Turn marked content without a tag into artifacts, and write the ActualText of items that have one.

        `pagination` maps each box in a page margin to the Subtype of its Pagination artifact. All other artifacts have
        the type Layout.
        """
        for page, (stream, parents) in enumerate(zip(self._streams, self._page_parents, strict=True)):
            subtypes = {mcid: pagination[box] for box, mcid in self._mcids[page].items() if box in pagination}
            for content in marked_content(stream):
                mcid = content.mcid
                if parents[mcid] == b"null":
                    content.make_artifact(_artifact_properties(subtypes.get(mcid)))
                elif (page, mcid) in self._actual_texts:
                    content.set_actual_text(self._actual_texts[page, mcid])


def remove_empty_tags(tag: Tag) -> bool:
    """Remove the empty tags below `tag`; return whether `tag` itself is to be kept.

    A tag whose role is in `SIGNIFICANT_WHEN_EMPTY` is kept even if it is empty.
    """
    tag.kids = [kid for kid in tag.kids if _is_kept(kid)]
    return bool(tag.kids) or tag.role in SIGNIFICANT_WHEN_EMPTY


def _is_kept(kid: Tag | TextRun | ContentItem) -> bool:
    return remove_empty_tags(kid) if isinstance(kid, Tag) else isinstance(kid, ContentItem) or bool(kid.items)


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _string(text: str) -> bytes:
    data: bytes = pydyf.String(text).data
    return data


def _attributes(owner: str, values: Attributes) -> bytes:
    return b"<</O/" + owner.encode() + b"".join(b"/%s %s" % (n.encode(), _value(v)) for n, v in values.items()) + b">>"


def _value(value: object) -> bytes:
    match value:
        case str():
            return b"/" + value.encode()
        case list():
            return b"[" + b" ".join(_string(v) if isinstance(v, str) else _value(v) for v in value) + b"]"
        case _:
            return f"{value:g}".encode()


def _artifact_properties(pagination_subtype: str | None) -> pydyf.Dictionary:
    if pagination_subtype is None:
        return pydyf.Dictionary({"Type": "/Layout"})
    return pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{pagination_subtype}"})
