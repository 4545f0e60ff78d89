"""Returns the markup of the text: the smallest subtree with all kept lines, without dropped lines and pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, islice, takewhile
from urllib.parse import unquote

from lxml import etree

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.photo_pages import box_of_photos
from readout_pub.extract.generic.pictures import choose_pictures
from readout_pub.extract.generic.text_blocks import (
    BLOCK_ELEMENTS,
    ElementBox,
    Image,
    Line,
    innermost_common_box,
    parent_of,
)
from readout_pub.html_elements import HEADINGS, NO_TEXT
from readout_pub.sources.lxml_elements import (
    LxmlElement,
    clear_content,
    has_more_children,
    remove_element,
    text_of_element,
)

_DEPENDENT_ELEMENTS = frozenset("table tbody thead tfoot tr td th ul ol dl dt dd li caption".split())
"""Elements that cannot be the root of a subtree: a part means nothing without its table or list."""
_MAX_LEVELS_OF_CARD = 8
_MAX_KICKER = 40
_EXCLUDED_ELEMENTS = frozenset({"nav", "dialog"})
"""The elements of `EXCLUDED_FROM_BODY` that can contain lines."""
_GENERIC_ELEMENTS = frozenset("div section aside center".split())
"""Elements that lose nothing when they become a `figure`."""


def cut_subtree(
    page: PageAnalysis, keep: list[bool], title: Line | None, declared_images: frozenset[str] = frozenset()
) -> str:
    """Return the markup of the kept lines and their pictures; modifies the tree, which is useless afterwards.

    Sets `keep` for the captions of chosen pictures. `title` is the line of the headline; `declared_images` are the file
    names that the metadata declare as the picture of the page.
    """
    text_box = _find_text_box(page, keep) or box_of_photos(page)
    images = choose_pictures(page, keep, text_box, title, declared_images) if text_box else []
    if not images and not any(keep):
        return ""
    _move_photos_below_headings(page, keep, images)
    kept = _kept_elements(page, keep, images)
    _rename_excluded(kept)
    if title is not None:
        _end_figures_above(title, kept)
    root = _subtree_root(page, keep, images)
    kept |= _empty_link_targets(root, kept)
    _mark_figures(images)
    _clear_dropped_lines(page.lines, keep)
    _remove_dropped_elements(root, kept, {id(image.element) for image in images})
    _strip_addresses(root)
    return etree.tostring(root, encoding="unicode", method="html", with_tail=False)


def _move_photos_below_headings(page: PageAnalysis, keep: Sequence[bool], images: Sequence[Image]) -> None:
    """Move the photos of cards below their headings. A photo above a heading would end the previous card's section."""
    cards: dict[tuple[str, str | ElementBox | None], list[tuple[LxmlElement, LxmlElement]]] = {}
    photos = Counter(image.box.index for image in images)
    photos_until = list(accumulate((photos[index] for index in range(len(page.boxes))), initial=0))
    kept_until = list(accumulate(keep, initial=0))
    for image in images if len(images) > 1 else ():
        boxes = image.box.self_and_ancestors(_MAX_LEVELS_OF_CARD)
        card = next((box for box in boxes if kept_until[box.last] - kept_until[box.first] > 1), None)
        if card is None or photos_until[card.end] - photos_until[card.index] != 1:
            continue
        first, *others = islice((line for line in page.lines[card.first : card.last] if keep[line.index]), 2)
        may_be_kicker = bool(others) and not first.is_heading and first.size <= _MAX_KICKER
        # If a box has both lines but not the photo, the first line is no caption.
        is_kicker = may_be_kicker and not innermost_common_box(first.box, others[0].box).contains_box(image.box)
        heading = others[0] if is_kicker else first
        photo, element = _photo_without_caption(image), heading.box.element
        is_above = image.index <= first.index and not any(each is element for each in image.element.iterancestors())
        if is_above and element.tag in HEADINGS and photo is not None:
            # Cards of one class may be in several columns, so the parent is compared only for cards without a class.
            name = next(iter((card.signature[1] or "").split()), card.parent)
            cards.setdefault((card.signature[0], name), []).append((photo, element))
    for photo, element in (pair for alike in cards.values() if len(alike) > 1 for pair in alike):
        photo.tail = None  # no line right behind the photo is kept
        frame = photo
        if photo.tag == "img":
            frame = etree.Element("figure")  # so that the text of the card is not read as the caption
            frame.append(photo)
        element.addnext(frame)


def _photo_without_caption(image: Image) -> LxmlElement | None:
    """Return an image, or the `figure` around it; None if the image has a caption."""
    figure = next(image.element.iterancestors("figure"), None)
    if image.figure_box is not None or (figure is not None and text_of_element(figure).strip()):
        return None
    return image.element if figure is None else figure


def _rename_excluded(kept: set[LxmlElement]) -> None:
    """Rename to `div` the elements around kept text that would be excluded, such as a `nav` without an end tag."""
    for element in kept:
        if element.tag in _EXCLUDED_ELEMENTS:
            element.tag = "div"


def _end_figures_above(title: Line, kept: set[LxmlElement]) -> None:
    """End a `figure` between a photo and the headline.

    The headline and the paragraphs below it would become captions.
    """
    headline = title.box.element
    for around in list(headline.iterancestors("figure")):
        above = list(takewhile(lambda child: headline not in child.iter(), around))
        if any(next(child.iter("img"), None) is not None for child in above):
            figure = etree.Element("figure")
            figure.extend(above)
            around.tag = "div"
            around.insert(0, figure)
            kept.add(figure)


def _find_text_box(page: PageAnalysis, keep: Sequence[bool]) -> ElementBox | None:
    kept = [line for line in page.lines if keep[line.index]]
    if not kept:
        return None
    box: ElementBox | None = kept[0].box
    while box is not None and not box.contains_line(kept[-1]):
        box = box.parent
    return box


def _kept_elements(page: PageAnalysis, keep: Sequence[bool], images: Sequence[Image]) -> set[LxmlElement]:
    """Return the elements around kept text and chosen images, and the cells of kept data tables."""
    kept: set[LxmlElement] = set()
    parents = [parent_of(node) for line in page.lines if keep[line.index] for node in line.text_nodes]
    for start in (*parents, *(image.element for image in images)):
        element = start
        while element is not None and element not in kept:
            kept.add(element)
            element = element.getparent()
    return kept | _data_table_cells(page.lines, keep, kept)


def _data_table_cells(lines: Sequence[Line], keep: Sequence[bool], kept: set[LxmlElement]) -> set[LxmlElement]:
    """Return the rows with kept text in data tables, and all their cells.

    Without an empty cell, the cells after it would move into other columns. A `rowspan` may extend into an empty row.
    """
    tables = {line.box.data_table for line in lines if line.box.data_table and keep[line.index]}
    dropped = {line.box.element for line in lines if line.box.data_table in tables and not keep[line.index]}
    cells: set[LxmlElement] = set()
    for table in tables:
        has_spans = table.element.find(".//*[@rowspan]") is not None
        for row in table.element.iter("tr"):
            if row in kept or (has_spans and row not in dropped):
                cells.update((row, *row.iterancestors("tbody", "thead", "tfoot"), *row.iterchildren("td", "th")))
    return cells


def _empty_link_targets(root: LxmlElement, kept: set[LxmlElement]) -> set[LxmlElement]:
    """Return the empty elements that links of the text lead to, such as `<a name="x"></a>`, with their wrappers."""
    hrefs = (link.get("href") or "" for link in root.iter("a"))
    names = {unquote(href[1:]) for href in hrefs if href.startswith("#")}
    targets: set[LxmlElement] = set()
    for element in root.iter() if names else ():
        if len(element) or element.text or element.tag in NO_TEXT:
            continue
        if names.isdisjoint((element.get("id"), element.get("name"))):
            continue
        wrappers, parent = [element], element.getparent()
        while parent is not None and parent not in kept and not (has_more_children(parent, 1) or parent.text):
            wrappers.append(parent)
            parent = parent.getparent()
        if parent in kept:
            targets.update(wrappers)
    return targets


def _subtree_root(page: PageAnalysis, keep: Sequence[bool], images: Sequence[Image]) -> LxmlElement:
    """Return the smallest element that contains all kept lines and images and is valid without its parent."""
    boxes = [line.box for line in page.lines if keep[line.index]] + [image.box for image in images]
    box = boxes[0]
    for each in boxes:
        while box.parent is not None and not box.contains_box(each):
            box = box.parent
    while box.parent is not None and box.element.tag in _DEPENDENT_ELEMENTS:
        box = box.parent
    return box.element


def _mark_figures(images: Sequence[Image]) -> None:
    """Turn the box of a single image and its captions into a `figure`.

    A caption may be marked up as a heading or two paragraphs.
    """
    counts = Counter(image.figure_box for image in images)
    for box, photos in counts.items():
        if box is not None and photos == 1 and box.element.tag in _GENERIC_ELEMENTS:
            box.element.tag = "figure"


def _clear_dropped_lines(lines: Sequence[Line], keep: Sequence[bool]) -> None:
    for line in lines:
        if not keep[line.index]:
            for element, is_tail in line.text_nodes:
                if is_tail:
                    element.tail = None
                else:
                    element.text = None


def _remove_dropped_elements(root: LxmlElement, kept: set[LxmlElement], images: set[int]) -> None:
    """Remove blocks without kept content, other images, and elements that cannot contain text.

    `images` has the Python `id()` of each chosen image.
    """
    dropped = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag = element.tag
        if tag == "img":
            if id(element) not in images:
                dropped.append(element)
        elif element not in kept and (tag in NO_TEXT or tag in BLOCK_ELEMENTS) and tag != "hr":
            dropped.append(element)
            walk.skip_subtree()
    for element in dropped:
        _drop_element(element)


def _strip_addresses(root: LxmlElement) -> None:
    """Strip white space around addresses, which lxml would serialize as "%20"."""
    for element in root.iter("a", "img"):
        for name in ("href", "src"):
            if address := element.get(name):
                element.set(name, address.strip())


def _drop_element(element: LxmlElement) -> None:
    """Remove an element but keep its tail; an empty block stays before text, to separate words."""
    if element.tail and element.tail.strip() and element.tag in BLOCK_ELEMENTS:
        clear_content(element)
    else:
        remove_element(element)
