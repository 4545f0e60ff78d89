"""Tags → objects of the PDF: structure elements, the way back from content to them, artifacts, and link targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pydyf

from readout_pub.emit.pdf.tags.roles import NOT_IN_PDF_2, OLDER_NAMES, SIGNIFICANT_WHEN_EMPTY
from readout_pub.emit.pdf.tags.tree import Attributes, Mark, Run, Tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weasyprint.formatting_structure.boxes import Box
    from weasyprint.pdf.stream import Stream

NAMESPACE = "http://iso.org/pdf2/ssn"


class Written(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An object whose bytes are made once; pydyf makes them anew each time it looks."""

    data = b""


class Writer:
    """Writes the tree below `root` into `pdf`, whose pages have been painted into `streams`."""

    def __init__(self, pdf: pydyf.PDF, streams: Sequence[Stream], *, newer: bool) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._streams = streams
        self._newer = newer
        self._objects: dict[int, Written] = {}
        self._parents: list[list[bytes]] = [[b"null"] * len(stream._tags) for stream in streams]
        self._annotated: list[tuple[int, bytes]] = []
        self._named: dict[str, int] = {}
        self._spoken: dict[tuple[int, int], str] = {}
        self._namespace = b""

    def write(self, root: Tag) -> None:
        """Write the whole tree and what the catalog says of it."""
        pdf = self._pdf
        top = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        pdf.add_object(top)
        if self._newer:
            self._namespace = self._add(b"<</Type/Namespace/NS(%s)>>" % NAMESPACE.encode())
            top["Namespaces"] = pydyf.Array([self._namespace])
        else:
            top["RoleMap"] = pydyf.Dictionary({name: f"/{older}" for name, older in OLDER_NAMES.items()})
        prune(root)
        self._number(root)
        self._element(root, top.number)
        top["K"] = pydyf.Array([_reference(root.number)])
        top["ParentTree"] = self._add(self._parent_tree())
        top["ParentTreeNextKey"] = len(self._parents) + len(self._annotated)
        if self._named:
            top["IDTree"] = self._add(self._id_tree())
        pdf.catalog["StructTreeRoot"] = top.reference
        pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})

    def _add(self, data: bytes) -> bytes:
        written = Written()
        written.data = data
        self._pdf.add_object(written)
        return _reference(written.number)

    def _number(self, tag: Tag) -> None:
        written = Written()
        self._pdf.add_object(written)
        tag.number = written.number
        self._objects[tag.number] = written
        for kid in tag.kids:
            if isinstance(kid, Tag):
                self._number(kid)

    # --- structure elements

    def _element(self, tag: Tag, above: int) -> None:
        """Write `tag` and all below it."""
        entries = [f"<</Type/StructElem/S/{tag.role}/P {above} 0 R".encode()]
        if self._newer and tag.role not in NOT_IN_PDF_2:
            entries.append(b"/NS " + self._namespace)
        entries.extend(self._facts(tag))
        home = next((mark.page for mark in tag.marks()), None)
        if home is not None:
            entries.append(b"/Pg " + self._pages[home])
        entries.append(b"/K[" + b" ".join(self._kids(tag, home)) + b"]>>")
        self._objects[tag.number].data = b"".join(entries)

    def _facts(self, tag: Tag) -> Iterator[bytes]:
        if tag.lang:
            yield b"/Lang" + _string(tag.lang)
        if tag.alt:
            yield b"/Alt" + _string(tag.alt)
        if tag.actual:
            yield b"/ActualText" + _string(tag.actual)
        if tag.id:
            self._named[tag.id] = tag.number
            yield b"/ID" + _string(tag.id)
        if tag.refs:
            yield b"/Ref[" + b" ".join(_reference(ref.number) for ref in tag.refs if ref.number) + b"]"
        if tag.attributes:
            yield b"/A[" + b"".join(_attributes(owner, facts) for owner, facts in tag.attributes.items()) + b"]"

    def _kids(self, tag: Tag, home: int | None) -> Iterator[bytes]:
        for kid in tag.kids:
            if isinstance(kid, Tag):
                self._element(kid, tag.number)
                yield _reference(kid.number)
            else:
                for mark in kid.marks if isinstance(kid, Run) else (kid,):
                    yield self._content(mark, tag, home)
        for page, annotation in tag.annotations:
            yield b"<</Type/OBJR/Pg " + self._pages[page] + b"/Obj " + annotation.reference + b">>"
            annotation["StructParent"] = len(self._parents) + len(self._annotated)
            annotation["Contents"] = pydyf.String(tag.contents)
            self._annotated.append((annotation["StructParent"], _reference(tag.number)))

    def _content(self, mark: Mark, tag: Tag, home: int | None) -> bytes:
        number: int = self._streams[mark.page]._tags[mark.box]["mcid"]
        self._parents[mark.page][number] = _reference(tag.number)
        if mark.words is not None:
            self._spoken[mark.page, number] = mark.words
        if mark.page == home:
            return str(number).encode()
        return b"<</Type/MCR/Pg %s/MCID %d>>" % (self._pages[mark.page], number)

    # --- what leads to them

    def _parent_tree(self) -> bytes:
        pages = (b"%d[%s]" % (page, b" ".join(parents)) for page, parents in enumerate(self._parents))
        links = (b"%d %s" % link for link in self._annotated)
        return b"<</Nums[" + b" ".join([*pages, *links]) + b"]>>"

    def _id_tree(self) -> bytes:
        names = sorted((_string(name), number) for name, number in self._named.items())
        pairs = b" ".join(name + b" " + _reference(number) for name, number in names)
        return b"<</Kids[<</Limits[%s %s]/Names[%s]>>]>>" % (names[0][0], names[-1][0], pairs)

    # --- what the painted pages say

    def settle(self, running: Mapping[Box, str]) -> None:
        """Turn marks that no tag took into artifacts, and let those speak whose glyphs say something else.

        `running` gives the kind of artifact that a box of running text is.
        """
        for page, (stream, parents) in enumerate(zip(self._streams, self._parents, strict=True)):
            kinds = {mark["mcid"]: running[box] for box, mark in stream._tags.items() if box in running}
            for index, operator in enumerate(stream.stream):
                if operator != b"BDC":
                    continue
                facts = stream.stream[index - 1]
                number = facts["MCID"]
                if parents[number] == b"null":
                    stream.stream[index - 2] = "/Artifact"
                    stream.stream[index - 1] = _artifact(kinds.get(number))
                elif (page, number) in self._spoken:
                    facts["ActualText"] = pydyf.String(self._spoken[page, number])


def prune(tag: Tag) -> bool:
    """Take away tags below `tag` in which nothing is to be read; say whether anything is left of itself."""
    tag.kids = [kid for kid in tag.kids if _says(kid)]
    return bool(tag.kids) or tag.role in SIGNIFICANT_WHEN_EMPTY


def _says(kid: Tag | Run | Mark) -> bool:
    return prune(kid) if isinstance(kid, Tag) else isinstance(kid, Mark) or bool(kid.marks)


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _string(text: str) -> bytes:
    data: bytes = pydyf.String(text).data
    return data


def _attributes(owner: str, facts: Attributes) -> bytes:
    return b"<</O/" + owner.encode() + b"".join(b"/%s %s" % (n.encode(), _value(v)) for n, v in facts.items()) + b">>"


def _value(value: object) -> bytes:
    match value:
        case str():
            return b"/" + value.encode()
        case list():
            return b"[" + b" ".join(_string(v) if isinstance(v, str) else _value(v) for v in value) + b"]"
        case _:
            return f"{value:g}".encode()


def _artifact(kind: str | None) -> pydyf.Dictionary:
    if kind is None:
        return pydyf.Dictionary({"Type": "/Layout"})
    return pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{kind}"})
