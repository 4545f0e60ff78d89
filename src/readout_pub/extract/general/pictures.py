"""Which pictures of a page are photos of its text, and which words are theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from readout_pub.extract.general.lines import HEADINGS, Box, Element, Image, Line
from readout_pub.extract.general.page import BIG, Page
from readout_pub.extract.lazy import address_of
from readout_pub.extract.photo_texts import says_of_photo
from readout_pub.extract.picture_files import declared_size, file_name, without_size

_OF_PICTURES = frozenset("<figure> <figcaption> caption picture".split())
_NO_CAPTIONS = frozenset("meta tools share skip menu".split())
"""Traits of boxes beside a picture that say nothing of it: counters, buttons."""
_CAPTION = 600
"""Letters that the texts of one picture may have."""
_BESIDE = 8
"""Lines within which a picture with its caption must have text."""
_SENTENCE = 120
"""Letters from which a box with a picture holds a text around it."""
_BUTTON = 30
"""Letters up to which the words beside a picture are a button on it, such as "Enlarge"."""
_FAR = 20
"""Boxes around a picture in which its texts are looked for: many sites wrap it in frame after frame."""
_ABOVE = 6
"""Lines over the headline within which the picture that opens a page may stand: its caption and the kicker."""
_WIDE, _BANNER = 400, 3
"""Pixels from which a picture is wide enough to open a page; times that a banner is wider than high."""
_MARK = 4
"""Times from which a picture on one page is a mark, such as a bullet, rather than a photo."""

_PORTRAIT = re.compile(r"gravatar\.com/|/(?:avatars?|authors?|profile_images)/", re.IGNORECASE)
_AVATAR = re.compile(r"\bavatar", re.IGNORECASE)
"""Addresses and names of portraits that stand beside the name of who wrote something."""

_ADVERT = re.compile(
    r"(?<!\d)(?:728x90|468x60|300x250|336x280|160x600|120x600|300x600|320x50|970x90|970x250)(?!\d)", re.IGNORECASE
)
"""Sizes in which advertising is sold."""

_COUNTER = re.compile(
    r"\W*(?:(?:bild|foto|photo|image|imagen|immagine|imagem|picture|slide|фото|写真|图)\W*)?"
    r"\d{1,3}(?:\s*(?:/|of|von|de|sur|di|van|av|из)\s*\d{1,3})?\W*",
    re.IGNORECASE,
)
"""What a gallery says of the place of a photo in it: "3", "3 / 10", "Bild 3 von 10"."""


def chosen_pictures(page: Page, keep: list[bool], root: Box, title: Line | None, named: frozenset[str]) -> list[Image]:
    """Return the photos of a text in document order: among its lines, between headline and text, over the headline.

    `keep` says which lines are of the text, and learns which captions came in with their pictures. `root` is the
    smallest box that holds the text, `title` the line of the headline, `named` the files that the head of the page
    gives as its picture.
    """
    return _Choice(page, keep, root, title, named).made()


class _Choice:
    """The choice on one page."""

    def __init__(self, page: Page, keep: list[bool], root: Box, title: Line | None, named: frozenset[str]) -> None:
        self._page, self._keep, self._root, self._title, self._named = page, keep, root, title, named
        self._kept = list(accumulate(keep, initial=0))
        self._first = next((index for index, kept in enumerate(keep) if kept), 0)
        self._top = title.index if title else self._first
        self._files = {id(image): without_size(address_of(_attributes(image.element))) for image in page.images}
        self._times = Counter(self._files[id(image)] for image in page.images if not _is_twin(image))
        self._shown: dict[str, Image] = {}

    def made(self) -> list[Image]:
        """Choose; a picture over the headline opens the page only if it is not shown again below."""
        images = self._page.images
        below = {id(image) for image in images if self._is_inside(image) and self._takes(image)}
        above = {id(image) for image in images if self._is_lead(image) and self._takes(image)}
        chosen = below | above
        return [image for image in images if id(image) in chosen]

    def _takes(self, image: Image) -> bool:
        file = self._files[id(image)]
        if file in self._shown:
            self._drop_copy(image, self._shown[file])
            return False
        taken = not self._is_no_photo(image, file) and self._belongs(image)
        if taken and file:
            self._shown[file] = image
        return taken

    def _is_no_photo(self, image: Image, file: str) -> bool:
        box = image.box
        return (
            bool(box.chrome)
            or (self._times[file] >= _MARK and file_name(file) not in self._named)
            or _is_portrait(image.element, file)
            or (box.element.tag in HEADINGS and box.size > 0 and not _is_wide(image.element))
            or _is_advert(image.element)
            or self._is_on_a_link(image)
        )

    def _belongs(self, image: Image) -> bool:
        """Say whether a picture stands in the text or beside it, with nothing but its captions; those are kept."""
        for box in image.box.upwards(_FAR):
            if "author" in box.traits and self._page.share(box) < BIG:
                return False
            if self._kept[box.last] > self._kept[box.first] or self._holds_title(box):
                return not self._is_card(box, image) and self._keep_line_below(image)
            lines = self._lines(box)
            if box.size <= _BUTTON and (box.linked or (lines and not self._are_captions(box, image))):
                continue
            if lines and not self._are_captions(box, image):
                return False
            if lines and (box.element.tag == "figure" or box.parent is None or not _is_frame(box.parent, box)):
                return self._has_text_beside(box) and self._keep_captions(lines)
        return False

    def _keep_captions(self, lines: Sequence[Line]) -> bool:
        for line in lines:
            button = line.size <= _BUTTON and line.linked > 0.9
            no_caption = line.box.traits & _NO_CAPTIONS or _COUNTER.fullmatch(line.text)
            self._keep[line.index] = not button and not no_caption
        return True

    def _keep_line_below(self, image: Image) -> bool:
        """Keep the line under a picture in the middle of the text if it speaks of it, such as "© N. Ereus"."""
        if image.index < len(self._page.lines):
            line = self._page.lines[image.index]
            beside = image.box.parent is not None and image.box.parent.holds(line) and not line.box.chrome
            self._keep[line.index] |= beside and line.size <= _SENTENCE and says_of_photo(line.text)
        return True

    def _drop_copy(self, image: Image, shown: Image) -> None:
        """Leave out what is said again around the copy of a picture: galleries repeat it all for other screens."""
        for box in image.box.upwards(_FAR if image.box is not shown.box else 0):
            if lines := self._lines(box):
                for line in lines if box.size <= _CAPTION else ():
                    self._keep[line.index] &= line.index not in self._page.twice
                return

    # --- where a picture stands

    def _is_inside(self, image: Image) -> bool:
        return self._root.surrounds(image.box) or (
            self._title is not None and self._title.index < image.index <= self._first
        )

    def _is_lead(self, image: Image) -> bool:
        """Say whether a picture opens the page: it stands right over the headline, and more than its place says so."""
        if self._is_inside(image) or not self._top - _ABOVE <= image.index <= self._top:
            return False
        is_named = file_name(self._files[id(image)]) in self._named
        if not is_named and (_leads_elsewhere(image) or not (_is_wide(image.element) or _is_framed(image))):
            return False
        for box in image.box.upwards(_FAR):
            if box.first <= self._top < box.last:
                return True
            if box.last > box.first and box.size > _BUTTON and not self._are_captions(box, image):
                return False
        return False

    def _is_card(self, box: Box, image: Image) -> bool:
        """Say whether a box mostly links elsewhere, or is of a row that does: portraits, further stories."""
        row = self._page.repeated.get(box)
        return (row is not None and row.linked > 0.5) or (box.linked > box.size / 2 and _leads_elsewhere(image))

    def _is_on_a_link(self, image: Image) -> bool:
        """Say whether a picture belongs to the words of a link: a portrait that is shown with a name, an icon."""
        link = next(_links(image), None)
        if link is None or not any(map(str.strip, map(str, link.itertext()))):
            return False
        if image.box.size >= _SENTENCE or self._has_words_before(link, image):
            return True
        return _leads_elsewhere(image) and not _is_framed(image)

    def _has_words_before(self, link: Element, image: Image) -> bool:
        line = self._page.lines[image.index] if image.index < len(self._page.lines) else None
        if line is None or line.box is not image.box:
            return False
        first, tail = next(
            (each, tail) for each, tail in line.slots if ((each.tail if tail else each.text) or "").strip()
        )
        holder = first.getparent() if tail else first
        return holder is not None and holder is not link and link not in holder.iterancestors()

    def _has_text_beside(self, box: Box) -> bool:
        """Say whether text that is kept, or the headline, stands within a few lines of a box."""
        first = max(0, box.first - _BESIDE)
        below_title = self._title is not None and first <= self._title.index < box.first
        return below_title or any(self._keep[first : box.first]) or any(self._keep[box.last : box.last + _BESIDE])

    def _are_captions(self, box: Box, image: Image) -> bool:
        """Say whether the lines in a box can be what is said of a picture."""
        if box.size > _CAPTION or (box.linked > box.size / 2 and box.element.tag != "figure"):
            return False
        one_of_many = box in self._page.repeated and not _is_wide(image.element)
        alone = box.last - box.first <= 2 and not box.linked and not one_of_many
        named = box.traits | frozenset(trait.partition(" ")[2] for trait in box.seen)
        inside = (line.box.traits for line in self._lines(box))
        return alone or any(_OF_PICTURES & traits for traits in (named, *inside))

    def _holds_title(self, box: Box) -> bool:
        return self._title is not None and box.holds(self._title)

    def _lines(self, box: Box) -> list[Line]:
        return self._page.lines[box.first : box.last]


def _links(image: Image) -> Iterator[Element]:
    """Yield the link around a picture within its box, if there is one."""
    return (each for each in image.element.iterancestors("a", image.box.element.tag) if each.tag == "a")


def _is_framed(image: Image) -> bool:
    """Say whether a picture stands in a box that is made for pictures."""
    return any(_OF_PICTURES & box.traits for box in image.box.upwards(2))


def _leads_elsewhere(image: Image) -> bool:
    """Say whether a picture is a link to something else than itself in large."""
    links = image.element.iterancestors("a")
    return any(not file_name(link.get("href") or "") for link in links)


def _attributes(element: Element) -> dict[str, object]:
    return {str(name): value for name, value in element.items()}


def _is_wide(element: Element) -> bool:
    width, height = declared_size(_attributes(element))
    return width is not None and width >= _WIDE and (height is None or width <= _BANNER * height)


def _is_twin(image: Image) -> bool:
    """Say whether an image is one more copy of another: for browsers without scripts, or in a menu or pop-up."""
    return bool(image.box.chrome) or next(image.element.iterancestors("noscript"), None) is not None


def _is_portrait(element: Element, file: str) -> bool:
    names = " ".join(str(element.get(name) or "") for name in ("class", "id", "data-testid"))
    return bool(_PORTRAIT.search(file) or _AVATAR.search(names))


def _is_advert(element: Element) -> bool:
    attributes = _attributes(element)
    width, height = declared_size(attributes)
    size = f"{address_of(attributes)} {width}x{height}"
    return bool(_ADVERT.search(size)) and next(element.iterancestors("a"), None) is not None


def _is_frame(parent: Box, box: Box) -> bool:
    """Say whether `parent` holds nothing but what `box` holds."""
    return parent.first == box.first and parent.last == box.last
