"""Photos and what belongs to them, joined whatever the markup: figure, div, table cell, sibling paragraph, lazy image.

`lift_figures` reads each figure, takes it out of the tree, and leaves a marker where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec
from bs4 import Tag
from bs4.element import NavigableString

from readout_pub.extract.inlines import Reading, read_inlines
from readout_pub.extract.lazy import fill_lazy_images
from readout_pub.extract.tables import own, own_cells
from readout_pub.extract.tree import holds_marker
from readout_pub.model import Figure, Inlines, Photo

_CAPTION = re.compile(
    r"caption|legend|bildunter|photo-?(?:text|desc|info)|image-?(?:text|desc)|kuva|didascalia", re.IGNORECASE
)
_CREDIT = re.compile(r"credit|copyright|photographer|bildnachweis|courtesy|crédit|image-?source", re.IGNORECASE)
"""Class names in which sites say that a text belongs to a photo."""

_TRACKED = re.compile(r"spacer|pixel|blank\.gif|transparent|1x1|/tr\?|/b/ss/|beacon|track", re.IGNORECASE)
_ORNAMENT = re.compile(
    r"(?:^|[/_-])(?:arrow|icon|ico|bullet|btn|button|line|dot|logo|back|sns|share|print|rss|banner|bg)"
    r"(?:[_.-]|\d|$)[^/]*$",
    re.IGNORECASE,
)
"""File names of pictures that decorate a page; they count only where nothing else tells."""

_ICON = re.compile(r"(?:^|/)(?:icon|ico|arrow|btn|button|spacer)[_.-][^/]*$", re.IGNORECASE)
"""File names of pictures that decorate a page whatever else is said of them."""

_SAID_OF_PHOTO = re.compile(
    r"^(?:图为|图片[:：]|图[:：]|【写真|写真[:：]|photo:|foto:|bild:|photo caption:)|摄[)）]$", re.IGNORECASE
)
"""How a paragraph under a photo begins or ends that speaks of the photo."""

_SMALL = 48
"""Pixels: a picture whose shorter side is below this is an ornament."""

_SHORT = 320
"""Characters that a text around a photo may have to be its caption; body paragraphs are longer."""

_LIGHT = frozenset("a b center div em figure font i li p picture small span strong td th tr tbody table".split())
"""Elements that may be nothing but the frame of a photo."""


class Found(msgspec.Struct, frozen=True):
    """Facts of one picture that its page and file give; sizes in pixels, None where nobody says."""

    photo: Photo
    width: int | None
    height: int | None


Look = Callable[[Tag], Found]
"""Reads an `img`: its address, its alt, its file."""


class Selectors(msgspec.Struct, frozen=True):
    """What a site profile says of its photos, as CSS selectors; None where it says nothing."""

    caption: str | None = None
    credit: str | None = None


def lift_figures(
    root: Tag, look: Look, reading: Reading, mark: Callable[[Figure], Tag], selectors: Selectors = Selectors()
) -> None:
    """Replace every photo below `root`, with its caption and credit, by the marker that `mark` makes of the figure."""
    fill_lazy_images(root)
    frames = _Frames(root, look, reading, selectors)
    for image in list(root.find_all("img")):
        if _is_ornament(image, look(image)):
            image.decompose()
    for image in list(root.find_all("img")):
        if root in image.parents:
            frames.lift(image, mark)


def _is_ornament(image: Tag, found: Found) -> bool:
    sides = [side for side in (found.width, found.height) if side is not None]
    if sides and min(sides) < _SMALL:
        return True
    if _TRACKED.search(found.photo.src) or _ICON.search(found.photo.src.split("?")[0]):
        return True
    known = len(sides) == 2
    return not known and not image.get("alt") and bool(_ORNAMENT.search(found.photo.src))


class _Frames:
    """The frames of the photos below one root: which element holds a photo with its texts and nothing else."""

    def __init__(self, root: Tag, look: Look, reading: Reading, selectors: Selectors) -> None:
        self._root, self._look, self._reading = root, look, reading
        self._captions = set(map(id, root.select(selectors.caption))) if selectors.caption else set()
        self._credits = set(map(id, root.select(selectors.credit))) if selectors.credit else set()

    def lift(self, image: Tag, mark: Callable[[Figure], Tag]) -> None:
        """Read the figure that `image` stands in and put its marker there."""
        table = image.find_parent("table")
        if table is not None and self._root in table.parents and self._is_photo_table(table):
            self._lift_table(table, mark)
            return
        frame = self._frame(image)
        beside = list(self._texts_beside(frame))
        figure = self._figure(frame, beside)
        for text in beside:
            text.extract()
        frame.replace_with(mark(figure))

    # --- which element is the frame

    def _frame(self, image: Tag) -> Tag:
        figure = image.find_parent("figure")
        if figure is not None and self._root in figure.parents:
            return figure
        frame = image
        while self._may_grow(frame):
            assert frame.parent is not None  # noqa: S101 - `_may_grow` saw it
            frame = frame.parent
        return frame

    def _may_grow(self, frame: Tag) -> bool:
        parent = frame.parent
        if parent is None or parent is self._root or parent.name not in _LIGHT:
            return False
        if frame.find("img") is not None and self._has_texts(frame):
            return False  # it has its caption already; what is around it is another photo's or the page's
        others = [node for node in parent.children if node is not frame]
        return all(self._belongs(node, parent) for node in others)

    def _has_texts(self, frame: Tag) -> bool:
        return bool(frame.get_text(strip=True))

    def _belongs(self, node: object, parent: Tag) -> bool:
        """Say whether a neighbour of a photo may stand in its frame: another photo, a caption, white space."""
        if isinstance(node, NavigableString):
            return not node.strip() or (_is_frame_like(parent) and len(parent.get_text(strip=True)) <= _SHORT)
        if not isinstance(node, Tag):
            return True
        if holds_marker(node):
            return False
        if node.name in {"br", "img", "source", "hr"} or self._is_text_of_photo(node):
            return True
        if node.find("img") is not None:  # with a text of its own it is another figure
            return node.name in _LIGHT and not node.get_text(strip=True)
        if not node.get_text(strip=True):
            return True
        return _is_frame_like(parent) and node.name in _SMALL_PRINT and len(parent.get_text(strip=True)) <= _SHORT

    # --- which texts are caption and credit

    def _is_caption(self, tag: Tag) -> bool:
        return tag.name == "figcaption" or id(tag) in self._captions or bool(_CAPTION.search(_names(tag)))

    def _is_credit(self, tag: Tag) -> bool:
        return id(tag) in self._credits or bool(_CREDIT.search(_names(tag)))

    def _is_text_of_photo(self, tag: Tag) -> bool:
        return (self._is_caption(tag) or self._is_credit(tag)) and len(tag.get_text(strip=True)) <= 3 * _SHORT

    def _speaks_of_photo(self, tag: Tag) -> bool:
        words = tag.get_text().strip()
        return self._is_text_of_photo(tag) or (len(words) <= _SHORT and bool(_SAID_OF_PHOTO.search(words)))

    def _texts_beside(self, frame: Tag) -> Iterator[Tag]:
        """Yield captions and credits that follow `frame` as its siblings, if it holds none itself."""
        if self._has_texts(frame):
            return
        for sibling in frame.next_siblings:
            if isinstance(sibling, NavigableString) and not sibling.strip():
                continue
            if not (isinstance(sibling, Tag) and self._speaks_of_photo(sibling) and sibling.find("img") is None):
                return
            yield sibling

    def _figure(self, frame: Tag, beside: list[Tag]) -> Figure:
        images = [frame] if frame.name == "img" else frame.find_all("img")
        photos = tuple(self._look(image).photo for image in images)
        texts = [*beside]
        credit_tags = [tag for tag in [*texts, *_below(texts), *_below([frame])] if self._is_credit(tag)]
        credit = self._take(credit_tags)
        inside = read_inlines([frame], self._reading) if frame.name != "img" else ()
        outside = tuple(read_inlines([tag], self._reading) for tag in texts if tag not in credit_tags)
        return Figure(photos, _joined((inside, *outside)), credit)

    def _take(self, tags: list[Tag]) -> Inlines:
        """Read credit lines and take them out of the frame, so that they are not read again as caption."""
        outer = [tag for tag in tags if not any(parent in tags for parent in tag.parents)]
        lines = tuple(read_inlines(tag.children, self._reading) for tag in outer)
        for tag in outer:
            tag.clear()
        return _joined(lines)

    # --- tables that arrange photos over their captions

    def _is_photo_table(self, table: Tag) -> bool:
        if table.find(["th", "h1", "h2", "h3", "ul", "ol", "table"]) is not None:
            return False
        texts = [cell.get_text(strip=True) for cell in own(table, ["td"]) if cell.find("img") is None]
        with_photo = [cell for cell in own(table, ["td"]) if cell.find("img") is not None]
        return all(len(text) <= _SHORT for text in texts) and len(with_photo) * 2 >= sum(1 for text in texts if text)

    def _lift_table(self, table: Tag, mark: Callable[[Figure], Tag]) -> None:
        """Read a table of photos: the cell below a photo, or the row below all of them, is the caption."""
        rows = [own_cells(row) for row in own(table, ["tr"])]
        markers: list[Tag] = []
        for row, below in zip(rows, [*rows[1:], []], strict=True):
            photo_cells = [cell for cell in row if cell.find("img") is not None]
            if not photo_cells:
                continue
            captions = below if not any(cell.find("img") for cell in below) else []
            if len(captions) == len(row):
                pairs = [
                    ([cell], [caption]) for cell, caption in zip(row, captions, strict=True) if cell in photo_cells
                ]
            else:
                pairs = [(photo_cells, captions)]
            markers += [mark(self._table_figure(photos, texts)) for photos, texts in pairs]
        table.replace_with(*markers)

    def _table_figure(self, photo_cells: list[Tag], captions: list[Tag]) -> Figure:
        images = [image for cell in photo_cells for image in cell.find_all("img")]
        texts = tuple(read_inlines(cell.children, self._reading) for cell in (*photo_cells, *captions))
        return Figure(tuple(self._look(image).photo for image in images), _joined(texts))


_SMALL_PRINT = frozenset("small em i font span b strong a p".split())


def _is_frame_like(tag: Tag) -> bool:
    """Say whether an element holds a photo and little else: its own words are short and it is no list or page."""
    return tag.name in {"div", "p", "td", "center", "span", "figure", "li"} and len(tag.find_all("p")) <= 1


def _names(tag: Tag) -> str:
    return " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])


def _below(tags: list[Tag]) -> list[Tag]:
    return [inner for tag in tags for inner in tag.find_all(True)]


def _joined(lines: tuple[Inlines, ...]) -> Inlines:
    """Join the lines of a caption with a space."""
    out: Inlines = ()
    for line in lines:
        if line:
            out = (*out, " ", *line) if out else line
    return out
