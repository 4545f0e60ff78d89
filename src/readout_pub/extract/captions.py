"""Which texts around a photo are its caption and its credit line, by what pages call them and by how they begin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec
from bs4 import Tag
from bs4.element import NavigableString, PageElement

from readout_pub.extract.inlines import InlineContext, read_inlines
from readout_pub.extract.photo_credits import is_credit_line
from readout_pub.extract.tree import classes, has_words, holds_marker, letters
from readout_pub.model import Inlines

_CAPTION = re.compile(
    r"caption|legend|bildunter|photo-?(?:text|desc|info)|image-?(?:text|desc)|kuva|didascalia", re.IGNORECASE
)
_CREDIT = re.compile(r"credit|copyright|photographer|bildnachweis|courtesy|crédit|image-?source", re.IGNORECASE)
"""Class names in which sites say that a text belongs to a photo."""

_OF_PHOTOS = re.compile(
    r"(?<![a-z])(?:gallery|galerie|slide|image|img|photo|foto|bild|picture|figure|thumb)(?:s|en|er|box|item|wrap)?(?![a-z])",
    re.IGNORECASE,
)
"""Class names in which sites say that an element holds a photo with all that is said of it."""

_SAID_OF_PHOTO = re.compile(
    r"^(?:图为|图片[:：]|图[:：]|【写真|写真[:：]|photo:|foto:|bild:|photo caption:)|摄[)）]$", re.IGNORECASE
)
"""How a paragraph under a photo begins or ends that speaks of the photo."""

SHORT = 320
"""Characters that a text around a photo may have to be its caption; body paragraphs are longer."""


class Selectors(msgspec.Struct, frozen=True):
    """What a site profile says of its photos, as CSS selectors; None where it says nothing."""

    caption: str | None = None
    credit: str | None = None


class PhotoTexts:
    """Knows the captions and credit lines of one page."""

    def __init__(self, root: Tag, selectors: Selectors) -> None:
        self._captions = set(map(id, root.select(selectors.caption))) if selectors.caption else set()
        self._credits = set(map(id, root.select(selectors.credit))) if selectors.credit else set()

    def is_credit(self, tag: Tag) -> bool:
        """Say whether a text is a credit line."""
        return id(tag) in self._credits or bool(_CREDIT.search(_names(tag)))

    def is_named(self, tag: Tag) -> bool:
        """Say whether a text is called the caption or credit of a photo, and short enough to be it."""
        return (self._is_caption(tag) or self.is_credit(tag)) and letters(tag, 3 * SHORT) <= 3 * SHORT

    def beside(self, frame: Tag) -> Iterator[Tag]:
        """Yield captions and credits that follow `frame` as its siblings; to a frame with words only credits belong.

        A caption that stands before a photo is its own if the photo before has not taken it.
        """
        full = has_words(frame)
        follower = next(_siblings(frame.next_siblings), None)
        if not full and (above := next(_siblings(frame.previous_siblings), None)) is not None:
            follows = isinstance(follower, Tag) and self._speaks_of_photo(follower)
            if (
                not follows
                and isinstance(above, Tag)
                and self.is_named(above)
                and above.find("img") is None
                and not holds_marker(above)
            ):
                yield above
        for sibling in _siblings(frame.next_siblings):
            if not isinstance(sibling, Tag) or sibling.find("img") is not None or holds_marker(sibling):
                return
            if not (self._is_credit_line(sibling) if full else self._speaks_of_photo(sibling)):
                return
            yield sibling

    def _is_credit_line(self, tag: Tag) -> bool:
        return letters(tag, SHORT) <= SHORT and (self.is_credit(tag) or is_credit_line(tag.get_text()))

    def _is_caption(self, tag: Tag) -> bool:
        return tag.name == "figcaption" or id(tag) in self._captions or bool(_CAPTION.search(_names(tag)))

    def _speaks_of_photo(self, tag: Tag) -> bool:
        if self.is_named(tag):
            return True
        return letters(tag, SHORT) <= SHORT and says_of_photo(tag.get_text())


def says_of_photo(words: str) -> bool:
    """Say whether a text under a photo speaks of it, by how it begins or ends."""
    return bool(_SAID_OF_PHOTO.search(words.strip())) or is_credit_line(words)


def is_of_photos(tag: Tag) -> bool:
    """Say whether an element is called the box of a photo."""
    return names_photos(_names(tag))


def names_photos(names: str) -> bool:
    """Say whether class names are those of the box of a photo."""
    return bool(_OF_PHOTOS.search(names))


def read_out(tags: list[Tag], reading: InlineContext) -> Inlines:
    """Read texts and empty them, so that they are not read again with what is around them."""
    known = set(map(id, tags))
    outer = [tag for tag in tags if not any(id(parent) in known for parent in tag.parents)]
    lines = tuple(read_inlines(tag.children, reading) for tag in outer)
    for tag in outer:
        tag.clear()
    return joined(lines)


def joined(lines: tuple[Inlines, ...]) -> Inlines:
    """Join the lines of a caption with a space."""
    return tuple(chain.from_iterable((" ", *line) for line in lines if line))[1:]


def _siblings(nodes: Iterable[PageElement]) -> Iterator[PageElement]:
    """Yield siblings that are no white space."""
    return (node for node in nodes if not isinstance(node, NavigableString) or node.strip())


def _names(tag: Tag) -> str:
    return " ".join([*classes(tag), str(tag.get("id") or "")])
