"""Which pictures of a page are photos of its text, and which words are theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

from readout_pub.extract.captions import describes_photo, names_photo_box
from readout_pub.extract.generic.boilerplate_images import attributes_of, is_boilerplate_image
from readout_pub.extract.generic.page import BIG, Page
from readout_pub.extract.generic.text_blocks import Element, ElementBox, Image, Line, parent_of
from readout_pub.extract.image_urls import declared_size, file_name, is_image_url, without_size
from readout_pub.extract.lazy_images import loaded_url
from readout_pub.html_elements import HEADINGS

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
_NEAR = 4
"""Boxes around a photo under the text within which the text stands too."""
_ABOVE = 6
"""Lines over the headline within which the picture that opens a page may stand: its caption and the kicker."""
_WIDE, _BANNER = 400, 3
"""Pixels from which a picture is wide enough to open a page; times that a banner is wider than high."""
_SMALL = 200
"""Pixels: a picture that is less wide and leads elsewhere is the mark of a partner, or a button."""
_TITLE = 20
"""Letters from which a link may be a headline."""
_MARK = 4
"""Times from which a picture on one page is a mark, such as a bullet, rather than a photo."""

_PICTURE = r"(?:bild|foto|photo|image|imagen|immagine|imagem|picture|slide|фото|写真|图)\W*"
_PLACE = r"\d{1,3}(?:\s*(?:/|of|von|de|sur|di|van|av|из)\s*\d{1,3})?"
_COUNTER = re.compile(rf"\W*(?:{_PICTURE})?{_PLACE}\W*", re.IGNORECASE)
"""What a gallery says of the place of a photo in it: "3", "3 / 10", "Bild 3 von 10"."""
_SURE_COUNTER = re.compile(rf"\W*{_PICTURE}{_PLACE}\W*", re.IGNORECASE)
"""The same where it can be nothing else."""


def chosen_pictures(
    page: Page, keep: list[bool], root: ElementBox, title: Line | None, named: frozenset[str]
) -> list[Image]:
    """Return the photos of a text in document order: among its lines, between headline and text, over the headline.

    `keep` says which lines are of the text, and learns which captions came in with their pictures; tables of facts are
    kept or left out as wholes, whatever pictures stand in them. `root` is the
    smallest box that holds the text, `title` the line of the headline, `named` the files that the head of the page
    gives as its picture.
    """
    return _Choice(page, keep, root, title, named).made()


class _Choice:
    """The choice on one page."""

    def __init__(
        self, page: Page, keep: list[bool], root: ElementBox, title: Line | None, named: frozenset[str]
    ) -> None:
        self._page, self._keep, self._root, self._title, self._named = page, keep, root, title, named
        self._kept = list(accumulate(keep, initial=0))
        self._first = next((index for index, kept in enumerate(keep) if kept), 0)
        self._top = title.index if title else self._first
        self._files = {id(image): without_size(loaded_url(attributes_of(image.element))) for image in page.images}
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
            _is_in_chrome(box)
            or (box.facts is not None and self._kept[box.facts.last] == self._kept[box.facts.first])
            or (self._times[file] >= _MARK and not self._is_named(image))
            or is_boilerplate_image(image.element, file, framed=_is_framed(image) or _is_wide(image.element))
            or (box.element.tag in HEADINGS and box.size > 0 and not _is_wide(image.element))
            or (self._is_on_a_link(image) and not self._is_named(image))
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
                if self._is_named(image):
                    continue  # the page itself says that it is its picture, whatever it stands in
                return False
            if lines and (box.element.tag == "figure" or box.parent is None or not _is_frame(box.parent, box)):
                image.frame = box
                return self._has_text_beside(box) and self._keep_captions(lines)
        return False

    def _keep_captions(self, lines: Sequence[Line]) -> bool:
        for line in lines:
            button = line.size <= _BUTTON and line.linked > 0.9
            no_caption = line.box.traits & _NO_CAPTIONS or _COUNTER.fullmatch(line.text)
            self._settle(line, keep=not button and not no_caption)
        return True

    def _keep_line_below(self, image: Image) -> bool:
        """Keep the two lines under a picture in the middle of the text if they speak of it, such as "© N. Ereus".

        The place of the picture in its gallery, such as "Photo 3 of 10", is left out.
        """
        for line in self._page.lines[image.index : image.index + 2]:
            beside = image.box.parent is not None and image.box.parent.holds(line) and not line.box.chrome
            counts = beside and _SURE_COUNTER.fullmatch(line.text) is not None
            speaks = beside and line.size <= _SENTENCE and describes_photo(line.text)
            self._settle(line, keep=(self._keep[line.index] or speaks) and not counts)
            if not beside:
                break
        return True

    def _drop_copy(self, image: Image, shown: Image) -> None:
        """Leave out what is said again around the copy of a picture: galleries repeat it all for other screens."""
        for box in image.box.upwards(_FAR if image.box is not shown.box else 0):
            if lines := self._lines(box):
                for line in lines if box.size <= _CAPTION else ():
                    self._settle(line, keep=self._keep[line.index] and line.index not in self._page.twice)
                return

    def _settle(self, line: Line, *, keep: bool) -> None:
        if not line.box.facts:
            self._keep[line.index] = keep

    # --- where a picture stands

    def _is_inside(self, image: Image) -> bool:
        between = self._title is not None and self._title.index < image.index <= self._first
        return self._root.surrounds(image.box) or between or self._is_right_below(image)

    def _is_right_below(self, image: Image) -> bool:
        """Say whether a picture stands in a box for photos under the text, in the box that the text stands in."""
        if not self._root.last <= image.index <= self._root.last + _BESIDE:
            return False
        near = any(box.surrounds(self._root) for box in islice(image.box.upwards(_NEAR), 1, None))
        return near and (_is_framed(image) or names_photo_box(image.box.element.get("class") or ""))

    def _is_lead(self, image: Image) -> bool:
        """Say whether a picture opens the page: it stands right over the headline, and more than its place says so."""
        if self._is_inside(image) or not self._top - _ABOVE <= image.index <= self._top:
            return False
        if self._is_named(image):
            return True
        if _leads_elsewhere(image) or not (_is_wide(image.element) or _is_framed(image)):
            return False
        if self._files[id(image)].lower().endswith(".gif"):
            return False  # a drawing with the name of the site
        for box in image.box.upwards(_FAR):
            if box.first <= self._top < box.last:
                return True
            if box.last > box.first and box.size > _BUTTON and not self._are_captions(box, image):
                return False
        return False

    def _is_card(self, box: ElementBox, image: Image) -> bool:
        """Say whether a box mostly links elsewhere, or is of a row that does: portraits, further stories."""
        row = self._page.repeated.get(box)
        if row is not None and row.linked > 0.5 and (box.linked or box.size < _SENTENCE):
            return True
        if (row is not None or box.element.tag == "article") and self._has_headline_of_another(box):
            return True
        return box.linked > box.size / 2 and _leads_elsewhere(image)

    def _has_headline_of_another(self, box: ElementBox) -> bool:
        """Say whether a small box has in it the headline of another page: a link in another article, or in no text."""
        lines = self._lines(box) if box.size <= _CAPTION else []
        other = box.element.tag == "article" and self._title is not None and not box.holds(self._title)
        return any(
            line.linked > 0.9 and line.size >= _TITLE and (other or not self._keep[line.index]) for line in lines
        )

    def _is_named(self, image: Image) -> bool:
        """Say whether the head of the page gives a picture as its own."""
        return file_name(self._files[id(image)]) in self._named

    def _is_on_a_link(self, image: Image) -> bool:
        """Say whether a picture belongs to the words of a link: a portrait that is shown with a name, an icon."""
        link = next(_links(image), None)
        if link is None:
            return False
        if not any(map(str.strip, map(str, link.itertext()))):
            width, _ = declared_size(attributes_of(image.element))
            return width is not None and width < _SMALL and _leads_elsewhere(image) and not _is_framed(image)
        if image.box.size >= _SENTENCE or self._has_words_before(link, image):
            return True
        return _leads_elsewhere(image) and not _is_framed(image)

    def _has_words_before(self, link: Element, image: Image) -> bool:
        line = self._page.lines[image.index] if image.index < len(self._page.lines) else None
        if line is None or line.box is not image.box:
            return False
        held = parent_of(line.slots[0])
        return held is not None and held is not link and link not in held.iterancestors()

    def _has_text_beside(self, box: ElementBox) -> bool:
        """Say whether text that is kept, or the headline, stands within a few lines of a box."""
        first = max(0, box.first - _BESIDE)
        beside_title = self._title is not None and first <= self._title.index < box.last + _BESIDE
        return beside_title or any(self._keep[first : box.first]) or any(self._keep[box.last : box.last + _BESIDE])

    def _are_captions(self, box: ElementBox, image: Image) -> bool:
        """Say whether the lines in a box can be what is said of a picture."""
        linked = box.linked > box.size / 2 and box.element.tag != "figure"
        if box.size > _CAPTION or (linked and not self._is_named(image)):
            return False
        one_of_many = box in self._page.repeated and not _is_wide(image.element) and not self._is_line_below(box, image)
        alone = box.last - box.first <= 2 and not box.linked and not one_of_many
        named = box.traits | frozenset(trait.partition(" ")[2] for trait in box.seen)
        inside = (line.box.traits for line in self._lines(box))
        return alone or any(_OF_PICTURES & traits for traits in (named, *inside))

    def _is_line_below(self, box: ElementBox, image: Image) -> bool:
        """Say whether a box holds a framed picture over one line that heads nothing."""
        only = self._page.lines[box.first]
        return box.last - box.first == 1 and _is_framed(image) and only.box.element.tag not in HEADINGS

    def _holds_title(self, box: ElementBox) -> bool:
        return self._title is not None and box.holds(self._title)

    def _lines(self, box: ElementBox) -> list[Line]:
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
    return any(not is_image_url(link.get("href") or "") for link in links)


def _is_wide(element: Element) -> bool:
    width, height = declared_size(attributes_of(element))
    return width is not None and width >= _WIDE and (height is None or width <= _BANNER * height)


def _is_twin(image: Image) -> bool:
    """Say whether an image is one more copy of another: for browsers without scripts, or in a menu or pop-up."""
    return _is_in_chrome(image.box) or next(image.element.iterancestors("noscript"), None) is not None


def _is_in_chrome(box: ElementBox) -> bool:
    """Say whether a picture stands in what is no text; a frame without words that pops up shows it in large."""
    while box.chrome == "popup" and not box.size and box.parent is not None and _OF_PICTURES & box.traits:
        box = box.parent
    return bool(box.chrome)


def _is_frame(parent: ElementBox, box: ElementBox) -> bool:
    """Say whether `parent` holds nothing but what `box` holds."""
    return parent.first == box.first and parent.last == box.last
