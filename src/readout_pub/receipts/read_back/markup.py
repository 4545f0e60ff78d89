"""Reads a tree of HTML or XHTML elements: its text as browsers break it into lines, and its images."""

from __future__ import annotations

from lxml import etree

from readout_pub.html_elements import BLOCKS

_LINE_ENDS = BLOCKS | {"br", "option"}
"""Elements before and after which a new line begins."""

_UNSEEN = frozenset("head script style template svg math audio video iframe object".split())
"""Elements whose text is not displayed, or is not text of the document."""


class MarkupReader:
    """Collects the text and the images of one document, or of several in a row.

    `images` has `src` and `alt` of each image; `alt` is None if it is missing.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.images: list[tuple[str, str | None]] = []

    @property
    def text(self) -> str:
        """The text so far, with a line feed wherever a new line begins."""
        return "".join(self._pieces)

    def read(self, root: etree._Element) -> None:
        """Add the text of `root` and the elements inside it."""
        pieces = self._pieces
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                name = local_name(element)
                if name in _UNSEEN or _is_hidden(element):
                    walker.skip_subtree()
                    continue
                if name == "img":
                    self.images.append((element.get("src") or "", element.get("alt")))
                if name in _LINE_ENDS:
                    pieces.append("\n")
                if element.text:
                    pieces.append(element.text)
            else:
                if event == "end" and local_name(element) in _LINE_ENDS:
                    pieces.append("\n")
                if element.tail and element is not root:
                    pieces.append(element.tail)


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    name: str = element.tag
    return name.rpartition("}")[2]


def _is_hidden(element: etree._Element) -> bool:
    """Return whether an element is not displayed, or is an arrow that leads from a footnote back to the text."""
    return element.get("hidden") is not None or element.get("role") == "doc-backlink"


def first_text(root: etree._Element, name: str) -> str | None:
    """Return the text of the first element of this name, whatever its namespace; None without one."""
    element = next(root.iter(f"{{*}}{name}"), None)
    return None if element is None else "".join(map(str, element.itertext()))
