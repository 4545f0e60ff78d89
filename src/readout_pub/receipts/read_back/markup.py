"""Reads a tree of HTML or XHTML elements: its text as browsers break it into lines, and its images."""

from __future__ import annotations

from lxml import etree

from readout_pub.html_elements import BLOCKS, LOGO

_LINE_ENDS = BLOCKS | {"br", "option"}
"""Elements before and after which a new line begins."""

_UNSEEN = frozenset("head script style template svg audio video iframe object".split())
"""Elements whose text is not displayed, or is not text of the document."""

DELIMITER = "data-delimiter"
"""Attribute of `ol` with what stands after its numbers; browsers write a full stop."""


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

    @property
    def alts(self) -> tuple[str, ...]:
        """The alternative texts so far; "" for an image without one."""
        return tuple(alt or "" for _, alt in self.images)

    def read(self, root: etree._Element, *, list_numbers: bool = True) -> None:
        """Add the text of `root` and the elements inside it, with the numbers of `ol` if `list_numbers`."""
        pieces = self._pieces
        numbers: list[int] = []  # the number of the next item, for each `ol` that is open
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        names: dict[object, str] = {}  # tag → local name; "" for comments and processing instructions
        for event, element in walker:
            tag = element.tag
            name = names.get(tag)
            if name is None:
                name = names[tag] = _local_name(element) if isinstance(tag, str) else ""
            if name in _LINE_ENDS:
                pieces.append("\n")
            if event != "start":
                if name == "ol":
                    numbers.pop()
                if element.tail and element is not root:
                    pieces.append(element.tail)
                continue
            if name == "ol":
                numbers.append(int(element.get("start") or 1))
            if name in _UNSEEN or _is_hidden(element):
                walker.skip_subtree()
                continue
            if name == "img" and element.get("class") != LOGO:
                self.images.append((element.get("src") or "", element.get("alt")))
            elif name == "li" and list_numbers and _local_name(parent := element.getparent()) == "ol":
                pieces.append(f"{numbers[-1]}{parent.get(DELIMITER) or '.'} ")
                numbers[-1] += 1
            if element.text:
                pieces.append(element.text)


def _local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    name: str = element.tag
    return name.rpartition("}")[2]


def _is_hidden(element: etree._Element) -> bool:
    """Return whether an element is not displayed, or is an arrow that leads from a footnote back to the text."""
    return element.get("hidden") is not None or element.get("role") == "doc-backlink"
