"""Chooses the pictures that belong to the text, with their captions.

A picture is kept if the text around it is kept, unless it is a portrait, advert, logo, teaser or second copy. The rules
and limits come from the annotated pages of half of the sites, so that the other half can test them; lengths were chosen
by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise, takewhile
from urllib.parse import unquote

from readout_pub.extract.captions import (
    describes_photo,
    is_button_on_photo,
    is_quotation,
    names_caption,
    names_photo_box,
)
from readout_pub.extract.decorative_images import MIN_PHOTO_SIDE, is_icon, is_share_button
from readout_pub.extract.generic.chrome import LARGE_SHARE, hides_itself
from readout_pub.extract.generic.excluded_lines import LABEL_OF_PHOTO, LINKS_TO_PARTS
from readout_pub.extract.generic.other_stories import OTHER_STORY
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import ABOUT_PAGE, heads_media
from readout_pub.extract.generic.publication_date import prints_only_days
from readout_pub.extract.generic.text_blocks import (
    DOCUMENT_FILE,
    ElementBox,
    Image,
    Line,
    parent_of,
    texts_of_nodes,
)
from readout_pub.extract.image_urls import declared_size, image_file_name, is_image_url, without_size
from readout_pub.extract.lazy_images import loaded_url
from readout_pub.extract.media import MEDIA_ATTRIBUTE
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import COLONS, ends_sentence
from readout_pub.sources.lxml_elements import LxmlElement, text_of_element

_FIGURE_TRAITS = frozenset("<figure> <figcaption> caption picture".split())
_NAMES_OF_OVERLAYS = frozenset({"popup", "subscribe"})
"""An empty box around a photo is no chrome, even with the name "figure__cta"."""
_NON_CAPTION_TRAITS = frozenset("meta tools share skip menu".split())
"""Traits of view counters and buttons beside a picture."""
_MAX_CAPTIONS = 600
"""In letters; a larger box is a text of its own."""
_LINES_BESIDE = 8
"""How many lines on each side of a picture and its captions are searched for text or the headline."""
_MAX_CAPTION_LINE = 120
"""In letters; a longer line or box beside a picture is text."""
_MAX_COPIES = 3
_MAX_LABEL = 40
"""How many characters a label such as "Declared:" may have."""
_MAX_BUTTON = 30
"""How many letters a button such as "Enlarge" may have."""
_MAX_ANCESTORS = 20
"""How many boxes around a picture are searched; many sites nest wrappers."""
_ANCESTORS_BELOW_TEXT, _MAX_ANCESTORS_BELOW_TEXT = 4, 8
"""How many boxes around a picture below the text are searched for the text; the second number is for galleries."""
_LINES_ABOVE_HEADLINE = 6
"""How many lines may be between the lead picture and the headline: a caption, the kicker and the date."""
_MIN_PHOTO_WIDTH, _MAX_BANNER_RATIO = 400, 3
"""A photo is at least this many pixels wide, and at most this many times as wide as high."""
_MAX_SITE_BANNER_RATIO = 5
"""Width to height; a wider picture above the headline shows the site's name."""
_MAX_EMBLEM = 150
"""In pixels; a picture above the headline up to this width is an emblem."""
_MIN_LINKED_WIDTH = 200
"""In pixels; a narrower picture that links to another page is a logo or a button."""
_MIN_TEASER_HEADLINE = 20
"""How many letters the linked headline of another page has at least."""
_MAX_BANNERS = 40
"""How many images at the start of the page are searched for a row of banners."""
_MIN_BULLET_COUNT = 4
"""A picture that occurs at least this often on a page is a bullet or logo."""

_LOGO = re.compile(r"(?<![a-z])logo(?:s|type)?(?![a-z])", re.IGNORECASE)
"""A logo counts only below the text, which may show a new logo."""
_QR_CODE = re.compile(r"(?<![a-z])(?:qr[-_]?codes?|ewm|erweima)(?![a-z])", re.IGNORECASE)
"""Names in English and Pinyin. A QR code counts only outside of the text, which may show one."""
_PICTURE_WORD = r"(?:bild|foto|photo|image|imagen|immagine|imagem|picture|slide|фото|写真|图)\W*"
_NUMBER_OF_TOTAL = r"\d{1,3}(?:\s*(?:/|of|von|de|sur|di|van|av|из)\s*\d{1,3})?"
_GALLERY_COUNTER = re.compile(rf"\W*(?:{_PICTURE_WORD})?{_NUMBER_OF_TOTAL}\W*", re.IGNORECASE)
"""The counter in a box of captions: "3", "3 / 10", "Bild 3 von 10"."""
_NAMED_GALLERY_COUNTER = re.compile(rf"\W*{_PICTURE_WORD}{_NUMBER_OF_TOTAL}\W*", re.IGNORECASE)
"""The counter in the text, with a word such as "Photo": "9/11" and "(3)" are text."""

_PORTRAIT_ADDRESS = re.compile(r"gravatar\.com/|/(?:avatars?|authors?|profile_images)/", re.IGNORECASE)
_PORTRAIT_NAME = re.compile(r"\bavatar", re.IGNORECASE)
_ADVERT_SIZE = re.compile(
    r"(?<!\d)(?:728x90|468x60|300x250|336x280|160x600|120x600|300x600|320x50|970x90|970x250)(?!\d)", re.IGNORECASE
)
"""Standard sizes (Interactive Advertising Bureau), in the address or the size attributes."""
_ADVERT_ALT = re.compile(
    r"\W*(?:ad|advert|advertisement|advertising|sponsored|anzeige|werbung|publicité|publicidad|pubblicità|advertentie|"
    r"annonse?|reklam[ae]?|реклама|広告|廣告|广告|광고|إعلان)\W*",
    re.IGNORECASE,
)
_NO_PAGE = re.compile(r"(?=.)(?:https?:)?(?://[^/]+)?/?(?:(?<=/)[a-z]{2}/?)?|#.+")
"""Links to the home page, as around logos, or to a part of the page, as around arrows."""
_DESIGN_FOLDER = re.compile(
    r"/(?:themes?|skins?|templates?|plugins|buttons?|smilies|emojis?|social|symbols?|sprites?)/", re.IGNORECASE
)


def choose_pictures(
    page: PageAnalysis, keep: list[bool], text_box: ElementBox, title: Line | None, declared_images: frozenset[str]
) -> list[Image]:
    """Return the pictures of the text in document order, and set `keep` for their captions.

    `keep` tells which lines are text; its values for rows of data tables stay as they are. `text_box` is the smallest
    box that contains the text, `title` the line of the headline. `declared_images` are the file names that the metadata
    declare as the picture of the page: such a picture needs less evidence.
    """
    return _PictureChooser(page, keep, text_box, title, declared_images).choose()


class _PictureChooser:
    """Chooses the pictures of one page; the arguments are those of `choose_pictures`."""

    def __init__(
        self,
        page: PageAnalysis,
        keep: list[bool],
        text_box: ElementBox,
        title: Line | None,
        declared_images: frozenset[str],
    ) -> None:
        self._page, self._keep, self._text_box, self._title = page, keep, text_box, title
        self._declared_images = declared_images
        self._kept_until = list(accumulate(keep, initial=0))
        self._first = next((index for index, kept in enumerate(keep) if kept), 0)
        self._top = title.index if title else self._first
        prose = (line.index for line in reversed(page.lines) if keep[line.index] and page.is_prose(line))
        self._last_prose = next(prose, len(page.lines))
        self._files = {id(image): without_size(loaded_url(_attributes_of(image.element))) for image in page.images}
        self._counts = Counter(self._files[id(image)] for image in page.images if not _is_extra_copy(image))
        images = Counter(image.box.index for image in page.images)
        self._images_until = list(accumulate((images[index] for index in range(len(page.boxes))), initial=0))
        self._overlays = {line.index for line in page.lines if _is_overlay(line)}
        self._chosen: dict[str, dict[str, Image]] = {}  # file → alternative text → image

    def choose(self) -> list[Image]:
        """Return the chosen images."""
        images = self._page.images
        within = [image for image in images if self._is_inside(image)]
        inside = {id(image) for image in within if self._accept(image)}
        # Judge photos above the text again, from the last to the first: the captions of the next photo, perhaps of the
        # same slider, may now be text nearby.
        for image, below in reversed(list(pairwise(image for image in within if image.index < self._first))):
            if id(below) in inside and id(image) not in inside and self._accept(image):
                inside.add(id(image))
        # The lead picture comes last, since a copy of an image in the text is no lead picture.
        lead = {id(image) for image in images if self._is_lead(image) and self._accept(image)}
        chosen = inside | lead
        self._keep_captions_of_galleries([image for image in images if id(image) in chosen])
        return [image for image in images if id(image) in chosen]

    def _accept(self, image: Image) -> bool:
        """Return whether an image belongs to the text, and is no copy of a chosen one; sets `keep` for captions."""
        file, alt = self._files[id(image)], _alternative_text(image)
        originals = self._chosen.setdefault(file, {}) if file else {}
        if original := _find_original(originals, alt):
            self._drop_repeated_captions(image, original)
            if alt:
                original.element.set("alt", alt)
            return False
        accepted = not self._is_excluded(image, file) and self._belongs_to_text(image)
        if accepted:
            self._keep_heading_above(image)
            originals[alt] = image
        return accepted

    def _keep_heading_above(self, image: Image) -> None:
        """Keep the heading of a block of images, but not the label of a gallery below the text, such as "Photos"."""
        block = next((box for box in image.box.self_and_ancestors(_MAX_ANCESTORS) if box.last > box.first), image.box)
        lines = self._lines_in(block)
        if not self._holds_title(block) and all(
            _heads_photos(line, image) and line.index not in self._page.exclusions for line in lines
        ):
            is_below_text = image.index > self._last_prose
            for line in lines:
                is_label = is_below_text and heads_media(line.text)
                self._set_keep(line, keep=not is_label and (line.is_heading or self._keep[line.index]))

    def _is_excluded(self, image: Image, file: str) -> bool:
        box = image.box
        return (
            _is_in_chrome(box)
            or _is_icon(image.element, file)
            or _is_hidden_copy(image.element)
            or (box.data_table is not None and not self._has_kept_lines(box.data_table))
            or (self._counts[file] >= _MIN_BULLET_COUNT and not self._is_declared(image))
            or _is_boilerplate(image.element, file, is_framed=_is_framed(image) or _is_wide(image.element))
            or (box.element.tag in HEADINGS and box.size > 0 and not _is_wide(image.element))
            or self._is_in_linked_summary(image)
            or (self._is_on_text_link(image) and not self._is_declared(image))
            or (image.index > self._last_prose and _names_logo(image, file))
            or (not self._first < image.index <= self._last_prose and _is_qr_code(image))
            or (image.index <= self._top and (_is_banner(image.element) or _is_emblem(image.element)))
            or any(self._leads_nowhere(link, image) for link in _enclosing_links(image))
        )

    def _leads_nowhere(self, link: LxmlElement, image: Image) -> bool:
        """Return whether a link leads to the home page or a part of the page, and enlarges no photo with a caption."""
        address = link.get("href") or ""
        figures = (box for box in image.box.self_and_ancestors(_MAX_ANCESTORS) if box.element.tag == "figure")
        figure = next(figures, None) if address.startswith("#") else None
        has_caption = figure is not None and next(figure.element.iter("figcaption"), None) is not None
        is_only = figure is not None and has_caption and self._count_images(figure) == 1
        return not is_only and _NO_PAGE.fullmatch(address) is not None

    def _belongs_to_text(self, image: Image) -> bool:
        """Return whether nothing but captions separates an image from the text, and keep the captions."""
        boxes = list(image.box.self_and_ancestors(_MAX_ANCESTORS))
        if any(map(self._is_summary, boxes)):
            return False
        for box in boxes:
            if "author" in box.traits and self._page.prose_share(box) < LARGE_SHARE:
                return False
            lines = self._lines_in(box)
            if self._overlays:
                lines = [line for line in lines if line.index not in self._overlays]
            if lines and all(is_button_on_photo(line.text) or self._leads_to_parts(line) for line in lines):
                continue
            if lines and all(map(self._is_about_page, lines)) and not self._is_declared(image):
                return False  # such as the QR code of the page
            if lines and not self._holds_title(box) and all(_heads_photos(line, image) for line in lines):
                continue
            if self._are_facts(box):
                for line in lines:
                    self._set_keep(line, keep=True)
                return self._has_text_beside(box)
            if self._is_photo_box(box, image):
                return self._has_text_beside(box) and self._keep_captions(lines, box, image)
            if self._has_kept_lines(box) or self._holds_title(box):
                return not self._is_card(box, image) and self._keep_credit_below(image)
            if box.size <= _MAX_BUTTON and (box.linked_size or (lines and not self._may_be_captions(box, image))):
                continue
            if lines and not self._may_be_captions(box, image):
                if self._is_declared(image):
                    continue  # the neighbours of a declared picture do not matter
                return False
            if lines and (box.element.tag == "figure" or box.parent is None or not _is_wrapper(box.parent, box)):
                return self._has_text_beside(box) and self._keep_captions(lines, box, image)
        return False

    def _is_photo_box(self, box: ElementBox, image: Image) -> bool:
        """Return whether a box is made for one picture and its captions, even if the captions score as text."""
        is_named = bool(_FIGURE_TRAITS & box.traits) and box.last > box.first
        return (
            is_named
            and not self._holds_title(box)
            and self._may_be_captions(box, image)
            and self._count_images(box) == 1
            and (box.element.tag == "figure" or box.parent is None or not _is_wrapper(box.parent, box))
        )

    def _are_facts(self, box: ElementBox) -> bool:
        """Return whether a small box has only labelled facts beside its image, such as "Declared: 4 May 2031".

        Captions may have labels too: "Photo: A. Reef".
        """
        lines = self._lines_in(box)
        return (
            len(lines) > 1
            and box.size <= _MAX_CAPTIONS
            and not self._holds_title(box)
            and all(_has_label(line) for line in lines)
            and all(self._page.exclusions.get(line.index, ABOUT_PAGE) == ABOUT_PAGE for line in lines)
            and not any(describes_photo(line.text) or line.box.chrome or _is_named_caption(line) for line in lines)
        )

    def _count_images(self, box: ElementBox) -> int:
        return self._images_until[max(box.end, box.index + 1)] - self._images_until[box.index]

    def _keep_captions(self, lines: Sequence[Line], box: ElementBox, image: Image) -> bool:
        """Keep the captions among the lines of a figure, and set `figure_box` of the image; returns True.

        Beside a named caption, lines such as "Print version" are left out. A heading with a sentence below it is text
        beside the picture.
        """
        if (outer := self._box_of_named_caption(lines, box)) is not None:
            others = [line for line in lines if not (ends_sentence(line.text) or describes_photo(line.text))]
            lines = [line for line in self._page.lines[outer.first : outer.last] if line not in others]
            box = outer
        if box.element.tag == "figure" or not _is_headed_text(lines):
            image.figure_box = box
        for line in lines:
            is_medium = any(box.element.get(MEDIA_ATTRIBUTE) for box in line.box.self_and_ancestors(_MAX_ANCESTORS))
            is_link = line.is_link and not is_medium
            is_on_link_to_photo = _is_named_caption(line) and not (line.links or _links_elsewhere(image))
            is_button = line.size <= _MAX_BUTTON and not is_on_link_to_photo
            is_button = is_link and (is_button or is_button_on_photo(line.text))
            is_about_page = self._is_about_page(line) and not _is_named_caption(line)
            is_fact = not _NON_CAPTION_TRAITS.isdisjoint(line.box.traits) or is_about_page
            is_named = names_caption(line.box.element.get("class") or "")
            is_named_otherwise = is_fact and not is_named and not describes_photo(line.text)
            has_words = any(map(str.isalnum, line.text))
            is_label = line.index < image.index and heads_media(line.text)
            is_other = not has_words or is_label or is_named_otherwise or _GALLERY_COUNTER.fullmatch(line.text)
            self._set_keep(line, keep=not is_button and not is_other)
        return True

    def _box_of_named_caption(self, lines: Sequence[Line], box: ElementBox) -> ElementBox | None:
        """Return the box with the lines of `box` and a named caption right below them; None if there is none."""
        below = self._page.lines[box.last : box.last + 1]
        if not (below and _is_named_caption(below[0])) or any(_is_named_caption(line) for line in lines):
            return None
        boxes = islice(box.self_and_ancestors(_MAX_ANCESTORS), 1, None)
        outer = next((each for each in boxes if each.contains_line(below[0])), None)
        is_whole = outer is not None and (outer.first, outer.last) == (box.first, box.last + 1)
        return outer if lines and is_whole else None

    def _keep_credit_below(self, image: Image) -> bool:
        """Keep the captions among the two lines below an image, but not "Photo 3 of 10"; returns True."""
        below = (line for line in self._page.lines[image.index : image.index + 4] if line.index not in self._overlays)
        for line in islice(below, 2):
            is_beside = image.box.parent is not None and image.box.parent.contains_line(line) and not line.box.chrome
            is_counter = is_beside and _NAMED_GALLERY_COUNTER.fullmatch(line.text) is not None
            is_named = line.size <= _MAX_CAPTIONS and names_caption(line.box.element.get("class") or "")
            is_credit = is_beside and (is_named or (line.size <= _MAX_CAPTION_LINE and describes_photo(line.text)))
            self._set_keep(line, keep=(self._keep[line.index] or is_credit) and not is_counter)
            if not is_beside:
                break
        return True

    def _keep_captions_of_galleries(self, chosen: list[Image]) -> None:
        """Keep the lines of each `figure` with several chosen pictures, and each `figcaption` beside several."""
        galleries: Counter[ElementBox] = Counter()
        for image in chosen:
            galleries.update(box for box in image.box.self_and_ancestors(_MAX_ANCESTORS) if box.element.tag == "figure")
        for gallery in (box for box, count in galleries.items() if count > 1):
            for line in self._lines_in(gallery):
                own = next(
                    (box for box in line.box.self_and_ancestors(_MAX_ANCESTORS) if box.element.tag == "figure"), None
                )
                self._set_keep(line, keep=self._keep[line.index] or own is gallery)
        indices = sorted(image.box.index for image in chosen)
        for line in self._page.lines:
            block = line.box.parent if line.box.element.tag == "figcaption" and not line.box.chrome else None
            if block and bisect_left(indices, max(block.end, block.index + 1)) - bisect_left(indices, block.index) > 1:
                self._set_keep(line, keep=True)

    def _drop_repeated_captions(self, image: Image, chosen: Image) -> None:
        """Leave out repeated lines around a copy: galleries repeat captions for other screen sizes."""
        for box in image.box.self_and_ancestors(_MAX_ANCESTORS if image.box is not chosen.box else 0):
            if lines := self._lines_in(box):
                for line in lines if box.size <= _MAX_CAPTIONS else ():
                    is_duplicate = line.index in self._page.duplicate_lines
                    self._set_keep(line, keep=self._keep[line.index] and not is_duplicate)
                return

    def _set_keep(self, line: Line, *, keep: bool) -> None:
        if not line.box.data_table:
            self._keep[line.index] = keep

    # --- where a picture is

    def _is_inside(self, image: Image) -> bool:
        """Return whether an image is in the text, between headline and text, or right below the text."""
        below_title = self._title is not None and self._title.index < image.index <= self._first
        return self._text_box.contains_box(image.box) or below_title or self._is_right_below(image)

    def _is_right_below(self, image: Image) -> bool:
        """Return whether an image right below the text is in a box for photos or can be enlarged."""
        if not self._text_box.last <= image.index <= self._text_box.last + _LINES_BESIDE:
            return False
        if self._follows_single_paragraph(image):
            return True
        around = list(image.box.self_and_ancestors(_MAX_ANCESTORS_BELOW_TEXT))
        inside = list(takewhile(lambda box: not box.contains_box(self._text_box), around))
        if len(inside) == len(around):
            return False
        wholes = (box for box in inside if (box.first, box.last) == (inside[-1].first, inside[-1].last))
        if any(_FIGURE_TRAITS & box.traits for box in wholes):
            # The whole block is a gallery, unless it has headings of other parts of the page.
            return not any(line.is_heading for line in self._lines_in(inside[-1])[1:])
        is_photo = _is_framed(image) or _is_enlarged(image)
        is_near = len(inside) < _ANCESTORS_BELOW_TEXT and bool(inside)
        return is_near and (is_photo or names_photo_box(image.box.element.get("class") or ""))

    def _follows_single_paragraph(self, image: Image) -> bool:
        """Return whether an image with an alternative text is beside a text of one paragraph."""
        element = self._text_box.parent
        is_single = element is not None and self._text_box.last - self._text_box.first == 1
        return is_single and bool(_alternative_text(image)) and element in {image.box, image.box.parent}

    def _is_lead(self, image: Image) -> bool:
        """Return whether an image is the lead picture: above the headline, or first in the document."""
        if self._is_inside(image) or not self._top - _LINES_ABOVE_HEADLINE <= image.index <= self._top:
            return False
        if self._is_declared(image) or self._begins_document(image):
            return True
        if _links_elsewhere(image) or not (_is_wide(image.element) or _is_framed(image)):
            return False
        if self._is_in_row_of_links(image):
            return False
        if self._files[id(image)].lower().endswith(".gif"):
            return False  # a banner with the name of the site
        for box in image.box.self_and_ancestors(_MAX_ANCESTORS):
            if box.first <= self._top < box.last:
                return True
            if box.last > box.first and box.size > _MAX_BUTTON and not self._may_be_captions(box, image):
                return False
        return False

    def _is_in_row_of_links(self, image: Image) -> bool:
        """Return whether an image is in a row of banners: images without words that link elsewhere."""
        around = image.box.self_and_ancestors(_MAX_ANCESTORS)
        row = next((box for box in around if self._count_images(box) > 1), None)
        if row is None or row.size:
            return False
        return any(
            row.contains_box(other.box) and _kind_of(other) == _kind_of(image) and _links_elsewhere(other)
            for other in self._page.images[:_MAX_BANNERS]
        )

    def _begins_document(self, image: Image) -> bool:
        """Return whether an image begins the box of the headline, with only facts between the two.

        An image that begins the page may be the emblem of an office.
        """
        box: ElementBox | None = image.box
        while box is not None and box.first == box.last and self._count_images(box) == 1:
            box = box.parent
        between = self._page.lines[image.index : self._top]
        return (
            box is not None
            and (box is image.box or box.element.tag == "article")
            and 0 < box.first == image.index
            and self._holds_title(box)
            and box.element.tag != "header"
            and box.contains_box(self._text_box)
            and all(prints_only_days(line.text) or self._is_about_page(line) for line in between)
        )

    def _leads_to_parts(self, line: Line) -> bool:
        return self._page.exclusions.get(line.index) == LINKS_TO_PARTS

    def _is_about_page(self, line: Line) -> bool:
        return self._page.exclusions.get(line.index) == ABOUT_PAGE

    def _is_card(self, box: ElementBox, image: Image) -> bool:
        """Return whether a box is a card that links elsewhere, such as a teaser or a portrait in a row of them."""
        row = self._page.repeated_boxes.get(box)
        if row is not None and row.link_density > 0.5 and (box.linked_size or box.size <= _MAX_CAPTION_LINE):
            return True
        if (row is not None or box.element.tag == "article") and self._has_other_headline(box):
            return True
        return box.linked_size > box.size / 2 and _links_elsewhere(image)

    def _is_summary(self, box: ElementBox) -> bool:
        """Return whether a small box summarises another page: its linked headline was left out."""
        return (
            box.size <= _MAX_CAPTIONS
            and not self._holds_title(box)
            and any(
                line.is_heading
                and line.is_link
                and not (self._keep[line.index] or self._leads_to_parts(line))
                and self._page.exclusions.get(line.index) != LABEL_OF_PHOTO  # a hidden link with the file's name
                for line in self._lines_in(box)
            )
        )

    def _is_in_linked_summary(self, image: Image) -> bool:
        """Return whether an image is in a link with the headline and the day of another page."""
        link = next(image.element.iterancestors("a"), None) if _links_elsewhere(image) else None
        near = self._page.lines[max(0, image.index - 1) : image.index + 2] if link is not None else []
        own = [line for line in near if link in list(line.box.element.iterancestors("a"))]
        has_headline = any(line.is_heading and not self._keep[line.index] for line in own)
        return has_headline and any(prints_only_days(line.text) for line in own)

    def _has_other_headline(self, box: ElementBox) -> bool:
        """Return whether a small box has another page's headline."""
        lines = self._lines_in(box) if box.size <= _MAX_CAPTIONS else []
        is_other = box.element.tag == "article" and self._title is not None and not box.contains_line(self._title)
        return any(
            line is not self._title
            and line.is_link
            and line.size >= _MIN_TEASER_HEADLINE
            and (is_other or self._may_be_headline(line))
            for line in lines
        )

    def _may_be_headline(self, line: Line) -> bool:
        """Return whether a linked line was left out, and may be the headline of another page."""
        is_part_of_page = line.box.chrome or self._page.exclusions.get(line.index, OTHER_STORY) != OTHER_STORY
        return not self._keep[line.index] and not is_part_of_page

    def _is_declared(self, image: Image) -> bool:
        return image_file_name(self._files[id(image)]) in self._declared_images

    def _is_on_text_link(self, image: Image) -> bool:
        """Return whether an image belongs to the words of a link: a portrait beside a name, an icon, a logo."""
        link = next(_enclosing_links(image), None)
        if link is None:
            return False
        if not any(map(str.strip, map(str, link.itertext()))):
            width, _ = declared_size(_attributes_of(image.element))
            is_small = width is not None and width < _MIN_LINKED_WIDTH
            return is_small and _links_elsewhere(image) and not _is_framed(image)
        if _is_enlarged(image) and _has_only_caption(link):
            return False
        if image.box.size > _MAX_CAPTION_LINE or self._has_words_before(link, image):
            return True
        return _links_elsewhere(image) and not _is_framed(image)

    def _has_words_before(self, link: LxmlElement, image: Image) -> bool:
        """Return whether the line below the image begins outside the link."""
        line = self._page.lines[image.index] if image.index < len(self._page.lines) else None
        if line is None or line.box is not image.box:
            return False
        parent = parent_of(line.text_nodes[0])
        return parent is not None and parent is not link and link not in parent.iterancestors()

    def _has_text_beside(self, box: ElementBox) -> bool:
        start, end = max(0, box.first - _LINES_BESIDE), box.last + _LINES_BESIDE
        beside_title = self._title is not None and start <= self._title.index < end
        return beside_title or any(self._keep[start : box.first]) or any(self._keep[box.last : end])

    def _may_be_captions(self, box: ElementBox, image: Image) -> bool:
        """Return whether the lines of a box can be captions: one or two lines alone, or in boxes for pictures."""
        is_linked = box.linked_size > box.size / 2 and box.element.tag != "figure"
        if box.size > _MAX_CAPTIONS or (is_linked and not self._is_declared(image)):
            return False
        if any(is_quotation(line.text) for line in self._lines_in(box)):
            return False
        is_repeated = box in self._page.repeated_boxes
        in_row = is_repeated and not _is_wide(image.element) and not self._has_one_line_below(box, image)
        is_alone = box.last - box.first <= 2 and not box.linked_size and not in_row
        outer = box.traits | frozenset(trait.partition(" ")[2] for trait in box.ancestor_traits)
        inner = (line.box.traits for line in self._lines_in(box))
        return is_alone or any(_FIGURE_TRAITS & traits for traits in (outer, *inner))

    def _has_one_line_below(self, box: ElementBox, image: Image) -> bool:
        only = self._page.lines[box.first]
        return box.last - box.first == 1 and _is_framed(image) and only.box.element.tag not in HEADINGS

    def _has_kept_lines(self, box: ElementBox) -> bool:
        """Return whether a box had kept lines before any caption was judged."""
        return self._kept_until[box.last] > self._kept_until[box.first]

    def _holds_title(self, box: ElementBox) -> bool:
        return self._title is not None and box.contains_line(self._title)

    def _lines_in(self, box: ElementBox) -> list[Line]:
        return self._page.lines[box.first : box.last]


def _is_overlay(line: Line) -> bool:
    """Return whether a line, such as the name of a section, is drawn over a photo."""
    if line.box.chrome != "popup" or describes_photo(line.text):
        return False
    return not any(names_caption(box.element.get("class") or "") for box in line.box.self_and_ancestors(2))


def _has_label(line: Line) -> bool:
    """Return whether a line begins with a label: "<b>Declared:</b> 4 May 2031"."""
    texts = texts_of_nodes(line)
    is_label = len(texts) > 1 and len(texts[0]) <= _MAX_LABEL
    return is_label and (texts[0].endswith(COLONS) or texts[1].startswith(COLONS))


def _is_named_caption(line: Line) -> bool:
    boxes = line.box.self_and_ancestors(2)
    return any(box.element.tag == "figcaption" or names_caption(box.element.get("class") or "") for box in boxes)


def _is_headed_text(lines: Sequence[Line]) -> bool:
    """Return whether lines beside a picture are a heading with a sentence below it."""
    is_headed = bool(lines) and lines[0].is_heading and any(ends_sentence(line.text) for line in lines[1:])
    return is_headed and not any(_is_named_caption(line) or describes_photo(line.text) for line in lines)


def _heads_photos(line: Line, image: Image) -> bool:
    return (line.is_heading or heads_media(line.text)) and line.index < image.index


def _attributes_of(element: LxmlElement) -> dict[str, object]:
    return {str(name): value for name, value in element.items()}


def _find_original(originals: dict[str, Image], alt: str) -> Image | None:
    """Return the chosen image that an image with the alternative text `alt` copies, or None.

    `originals` have the same file, by alternative text. An original without one gets the key `alt`.
    """
    if alt and "" in originals:
        originals[alt] = originals.pop("")
    return originals.get(alt) if alt else next(iter(originals.values()), None)


def _alternative_text(image: Image) -> str:
    return " ".join((image.element.get("alt") or "").split())


# --- images that are never pictures of the text


def _is_hidden_copy(element: LxmlElement) -> bool:
    """Return whether the style of an image hides it, and its parent shows another image."""
    parent = element.getparent()
    others = list(parent.iter("img")) if parent is not None and hides_itself(element) else []
    return len(others) <= _MAX_COPIES and any(other is not element and not hides_itself(other) for other in others)


def _is_boilerplate(element: LxmlElement, file: str, *, is_framed: bool) -> bool:
    """Return whether an image is a portrait, an advert, a button or a graphic of the design."""
    file = unquote(file)
    is_of_site = _is_portrait(element, file) or _is_advert(element) or _is_share_button(element)
    # A photo may be in such a folder, too.
    return is_of_site or (not is_framed and bool(_DESIGN_FOLDER.search(file)))


def _is_icon(element: LxmlElement, file: str) -> bool:
    sides = [side for side in declared_size(_attributes_of(element)) if side is not None]
    return is_icon(file, sides) or (len(sides) > 1 and max(sides) < MIN_PHOTO_SIDE)


def _is_portrait(element: LxmlElement, file: str) -> bool:
    names = " ".join(str(element.get(name) or "") for name in ("class", "id", "data-testid"))
    return bool(_PORTRAIT_ADDRESS.search(file) or _PORTRAIT_NAME.search(names))


def _is_advert(element: LxmlElement) -> bool:
    if next(element.iterancestors("a"), None) is None:
        return False
    attributes = _attributes_of(element)
    width, height = declared_size(attributes)
    size = f"{loaded_url(attributes)} {width}x{height}"
    return bool(_ADVERT_SIZE.search(size) or _ADVERT_ALT.fullmatch(element.get("alt") or ""))


def _is_share_button(element: LxmlElement) -> bool:
    link = next(element.iterancestors("a"), None)
    src = (element.get("src") or "").partition("?")[0]
    return link is not None and is_share_button(link.get("href") or "", src, element.get("alt") or "")


# --- what surrounds an image


def _kind_of(image: Image) -> tuple[object, ...]:
    return (*image.box.signature, image.element.get("class"))


def _enclosing_links(image: Image) -> Iterator[LxmlElement]:
    return image.element.iterancestors("a")


def _has_only_caption(link: LxmlElement) -> bool:
    """Return whether all words of a link are in an element with a class for captions."""
    captions = (each for each in link.iter("div", "p", "span") if names_caption(each.get("class") or ""))
    caption = next(captions, None)
    return caption is not None and text_of_element(caption) == text_of_element(link)


def _is_framed(image: Image) -> bool:
    """Return whether the box of an image or its parent is made for pictures."""
    return any(_FIGURE_TRAITS & box.traits for box in image.box.self_and_ancestors(2))


def _is_enlarged(image: Image) -> bool:
    """Return whether an image is on a link to an image file, mostly the same image enlarged."""
    return any(is_image_url(link.get("href") or "") for link in image.element.iterancestors("a"))


def _links_elsewhere(image: Image) -> bool:
    """Return whether an image links to a page, and not to a file such as a larger image or a PDF."""
    addresses = [link.get("href") or "" for link in image.element.iterancestors("a")]
    return any(not is_image_url(each) and not DOCUMENT_FILE.search(each) for each in addresses)


def _is_wide(element: LxmlElement) -> bool:
    width, height = declared_size(_attributes_of(element))
    return width is not None and width >= _MIN_PHOTO_WIDTH and (height is None or width <= _MAX_BANNER_RATIO * height)


def _is_banner(element: LxmlElement) -> bool:
    """Return whether an image has the declared size of a banner with the name of a site."""
    width, height = declared_size(_attributes_of(element))
    return width is not None and height is not None and width > _MAX_SITE_BANNER_RATIO * height


def _names_logo(image: Image, file: str) -> bool:
    """Return whether the file or a class of an image is named after a logo."""
    figure = next(image.element.iterancestors("figure"), None)
    if figure is not None and next(figure.iter("figcaption"), None) is not None:
        return False  # a photo of a logo
    names = (image_file_name(file), image.element.get("class") or "", image.box.signature[1] or "")
    return any(map(_LOGO.search, names))


def _is_qr_code(image: Image) -> bool:
    return any(map(_QR_CODE.search, (image.element.get("class") or "", image.box.signature[1] or "")))


def _is_emblem(element: LxmlElement) -> bool:
    width, _ = declared_size(_attributes_of(element))
    return width is not None and width <= _MAX_EMBLEM


def _is_extra_copy(image: Image) -> bool:
    """Return whether an image is a copy for browsers without scripts, or in a menu or pop-up."""
    return _is_in_chrome(image.box) or next(image.element.iterancestors("noscript"), None) is not None


def _is_in_chrome(box: ElementBox) -> bool:
    """Return whether a box is chrome, and not an empty box that is drawn over its photo."""
    while box.chrome in _NAMES_OF_OVERLAYS and not box.size and box.parent is not None and _is_for_pictures(box):
        box = box.parent
    return bool(box.chrome)


def _is_for_pictures(box: ElementBox) -> bool:
    around = box.self_and_ancestors(_MAX_ANCESTORS)
    return bool(_FIGURE_TRAITS & box.traits) or any(each.element.tag == "figure" for each in around)


def _is_wrapper(parent: ElementBox, box: ElementBox) -> bool:
    return parent.first == box.first and parent.last == box.last
