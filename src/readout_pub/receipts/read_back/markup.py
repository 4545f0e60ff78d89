"""Reads a tree of HTML or XHTML elements: its text as browsers break it into lines, and its images."""

from __future__ import annotations

from itertools import accumulate

from lxml import etree

from readout_pub.html_elements import BLOCKS, LOGO
from readout_pub.receipts.read_back.content import PhotoPlace

_LINE_ENDS = BLOCKS | {"br", "option"}
"""Elements before and after which a new line begins."""

_UNSEEN = frozenset(
    "head title script style template svg audio video iframe object canvas datalist meter noembed noframes noscript "
    "progress".split()
)
"""Elements whose text is not read: browsers that run scripts do not display it, or it is not text of the document."""

DELIMITER = "data-delimiter"
"""Attribute of `ol`: the character after each number. Without the attribute, a full stop follows, as in browsers."""


class MarkupReader:
    """Collects the text and the images of one document, or of several in a row.

    `images` has `src` and `alt` of each image; `alt` is None if it is missing. `formulas` has the characters of each
    formula, which are in the text too.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._images_before: list[int] = []  # for each image, the number of pieces before it
        self._captions: list[tuple[str, ...]] = []  # for each image, the lines of its caption
        self.images: list[tuple[str, str | None]] = []
        self.formulas: list[str] = []

    @property
    def text(self) -> str:
        """The text so far, with a line feed wherever a new line begins."""
        return "".join(self._pieces)

    @property
    def alts(self) -> tuple[str, ...]:
        """The alternative texts so far; "" for an image without one."""
        return tuple(alt or "" for _, alt in self.images)

    @property
    def places(self) -> tuple[PhotoPlace, ...]:
        """The places of the images so far, with the captions of their figures."""
        ends = [0, *accumulate(map(len, self._pieces))]
        places = zip(self._images_before, self._captions, strict=True)
        return tuple(PhotoPlace(ends[pieces], caption) for pieces, caption in places)

    def read(self, root: etree._Element, *, list_numbers: bool = True) -> None:
        """Add the text of `root` and the elements inside it, with the numbers of `ol` if `list_numbers`."""
        pieces = self._pieces
        numbers: list[int] = []  # for each open `ol`, the number of its next item
        figures: list[int] = []  # for each open `figure`, the number of images before it
        caption = 0  # the number of pieces before the open caption
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
                elif name == "figure":
                    figures.pop()
                elif name == "figcaption" and figures:
                    lines = filter(None, map(str.strip, "".join(pieces[caption:]).split("\n")))
                    self._captions[figures[-1] :] = [tuple(lines)] * (len(self.images) - figures[-1])
                if element.tail and element is not root:
                    pieces.append(element.tail)
                continue
            if name == "ol":
                numbers.append(int(element.get("start") or 1))
            elif name == "figure":
                figures.append(len(self.images))
            elif name == "figcaption":
                caption = len(pieces)
            elif name == "math":
                self.formulas.append("".join(map(str, element.itertext())))
            if name in _UNSEEN or _is_hidden(element):
                walker.skip_subtree()
                continue
            if name == "img" and element.get("class") != LOGO:
                self.images.append((element.get("src") or "", element.get("alt")))
                self._images_before.append(len(pieces))
                self._captions.append(())
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
    if element.get("role") == "doc-backlink":
        return not any(map(str.isalnum, "".join(map(str, element.itertext()))))
    is_closed = _local_name(element) == "dialog" and element.get("open") is None
    return is_closed or element.get("hidden") is not None or element.get("popover") is not None
