"""Keeps the lines of cards: small boxes of one kind, such as those of key figures, measures, persons and events.

Alone, such lines look like menus or facts of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise

from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.page_lines import is_about_page, is_lone_time
from readout_pub.extract.generic.page_parts import element_of_title_and_prose
from readout_pub.extract.generic.publication_date import is_day
from readout_pub.extract.generic.text_blocks import (
    ElementBox,
    Line,
    innermost_common_box,
    leads_to_file,
    spaced_text,
    texts_of_nodes,
)
from readout_pub.sentences import ends_sentence

_MIN_CARDS, _MAX_LABEL, _MIN_TEXT_OF_CARD = 3, 60, 40
"""For cards of one kind: their minimum number, maximum letters of a label, minimum letters of a text."""
_MAX_LINES_OF_CARD = 8
"""Maximum lines of a card."""
_MIN_LIKE_LINES_KEPT = 0.6
"""If at least this share of the lines at one place of cards is kept, the others are kept too."""
_MAX_LINES_OF_PERSON, _MAX_LINES_OF_FILE = 4, 4
"""Maximum lines of the card of a person, and of a file."""
_MAX_WORDS_OF_NAME = 5
"""Maximum words of the name of a person."""
_PARTICLES = frozenset("da de del della di do dos du van von der den bin al el la le".split())
"""Words within names that do not begin with a capital letter."""
_FIGURE = re.compile(r"[^\w\s]{0,3}\s?\d[\d.,:\u00a0 –-]{0,14}\s?(?:%|\w{1,8}\.?)?")
"""A figure such as "+3.2%" or "€ 4 bn", or a time such as "9:00–10:30"."""
_MAX_LABEL_OF_FIGURE = 100
"""Maximum letters of the label of a figure."""
_TEXTS_OF_TILE, _MAX_BOXES_AROUND_TILE = 2, 8
"""How many texts a tile in one line has, and how many boxes around a tile may hold nothing else."""
_NAMES_OF_CAPTIONS = frozenset({"<figcaption>", "caption", "picture"})
"""Traits of captions and credits, which are kept with their photos."""


def keep_figures(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep, in place, tiles with a figure and what it counts, such as "+3.2 %" above "on 2030", below the headline.

    A heading right above them is kept too. Counters of visitors are left out.
    """
    title = page.title_line
    text = element_of_title_and_prose(page)
    if page.is_forum_or_shop or text is None or title is None:
        return
    lines = page.lines[title.index + 1 : text.last]
    tiles: dict[ElementBox | None, list[tuple[Line, ...]]] = {}
    for line, below in zip(lines, (*lines[1:], None), strict=False):
        tile = _tile_of_line(line, keep) or (_tile_of_two_lines(line, below, keep) if below is not None else None)
        if tile is None:
            continue
        own = (line,) if below is None or not tile.contains_line(below) else (line, below)
        if all(page.may_be_unlinked_text(each) for each in own) and not is_about_page(" ".join(map(spaced_text, own))):
            tiles.setdefault(_row_of(tile), []).append(own)
    for row in tiles.values():
        heading = page.lines[row[0][0].index - 1]
        is_heading = heading.is_heading and heading is not title and page.may_be_unlinked_text(heading)
        are_different = len({line.text for tile in row for line in tile if not _is_figure(line.text)}) > 1
        for line in (*([heading] if is_heading else []), *chain.from_iterable(row)) if are_different else ():
            keep[line.index] = True


def _tile_of_line(line: Line, keep: list[bool]) -> ElementBox | None:
    """Return the box of a line with only a figure and its label, each in an element of its own, or None."""
    texts = texts_of_nodes(line) if len(line.text_nodes) > 1 else []
    if len(texts) != _TEXTS_OF_TILE:
        return None
    label, figure = sorted(texts, key=_is_figure)
    is_tile = _is_figure(figure) and not _is_figure(label) and len(label.split()) > 1 and _is_label(label)
    return line.box if is_tile and (keep[line.index] or ":" not in figure) else None


def _tile_of_two_lines(line: Line, below: Line, keep: list[bool]) -> ElementBox | None:
    """Return the box with a figure and its label as its first lines, or with a label above a figure, or None."""
    if _is_figure(line.text):
        tile = below.box.parent
        is_tile = tile is not None and tile.parent is not None and tile in {line.box, line.box.parent}
        # Times, and numbers without a box of their own, can be facts of the page as well.
        is_sure = keep[below.index] or (tile is not line.box and ":" not in line.text)
        return tile if is_tile and is_sure and _is_label(below.text) else None
    if not _is_figure(below.text) or ":" in below.text or not _is_label(line.text):
        return None
    tile = innermost_common_box(line.box, below.box)
    is_tile = (tile.first, tile.last) == (line.index, below.index + 1) and tile not in {line.box, below.box}
    return tile if is_tile else None


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None


def _is_label(text: str) -> bool:
    return len(text) <= _MAX_LABEL_OF_FIGURE and any(map(str.isalpha, text))


def _row_of(tile: ElementBox) -> ElementBox | None:
    """Return the box around a tile that has other lines too: builders of pages nest boxes around each tile."""
    around = islice(tile.self_and_ancestors(_MAX_BOXES_AROUND_TILE), 1, None)
    return next((box for box in around if (box.first, box.last) != (tile.first, tile.last)), None)


def keep_labels_of_cards(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep, in place, the first lines of cards of one kind, above kept text, such as the names of services.

    Equal first lines are buttons or kinds, such as "Add to wishlist" and "Blog".
    """
    cards: dict[tuple[object, ...], list[Line]] = {}
    for label, text in pairwise(page.lines):
        is_pair = keep[text.index] and not label.link_density and not text.link_density and label.size <= _MAX_LABEL
        if not is_pair or not (label.is_heading or "title" in label.box.traits):
            continue
        card = innermost_common_box(label.box, text.box)
        if card.first == label.index and label.box is not card and text.size >= _MIN_TEXT_OF_CARD:
            around = card.parent.signature if card.parent is not None else None
            cards.setdefault((around, card.signature, label.box.signature), []).append(label)
    for labels in cards.values():
        may_stay = all(map(page.may_be_text, labels))
        if may_stay and len(labels) >= _MIN_CARDS and len({label.text for label in labels}) == len(labels):
            for label in labels:
                keep[label.index] = True


def keep_lines_of_cards(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep, in place, lines of cards that are like kept lines of other cards, and the days of cards such as events.

    The days of cards with links are those of other pages.
    """
    for cards in _rows_of_cards(page, _MAX_LINES_OF_CARD):
        started = [card for card in cards if any(keep[card.first : card.last])]
        if len(started) < _MIN_LIKE_LINES_KEPT * len(cards):
            continue
        are_linked = any(card.linked_size for card in cards)
        alike: dict[tuple[str, str | None], list[Line]] = {}
        for line in (line for card in started for line in page.lines[card.first : card.last]):
            if _NAMES_OF_CAPTIONS.isdisjoint(line.box.near_traits):
                alike.setdefault(line.box.signature, []).append(line)
        for lines in alike.values():
            count = sum(keep[line.index] for line in lines)
            are_days = count == 0 and not are_linked and len(lines) == len(cards) and all(map(_is_day_or_time, lines))
            are_missing = _MIN_LIKE_LINES_KEPT * len(lines) <= count < len(lines)
            for line in lines if are_days or are_missing else ():
                keep[line.index] = keep[line.index] or (page.may_be_text(line) and not _numbers_item(line))


def _rows_of_cards(page: PageAnalysis, most: int) -> Iterator[list[ElementBox]]:
    """Yield the rows of repeated boxes in the element of the text, each box with two to `most` lines."""
    text = element_of_title_and_prose(page)
    if page.is_forum_or_shop or text is None:
        return
    rows: dict[int, list[ElementBox]] = {}
    for box, row in page.repeated_boxes.items():
        if 1 < box.last - box.first <= most and not box.chrome and not box.data_table and text.contains_box(box):
            rows.setdefault(id(row), []).append(box)
    yield from rows.values()


def keep_persons(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep, in place, rows of persons in the text, such as the members of a council, and their heading.

    Outside the prose of an article, such rows show who works for the site.
    """
    for cards in _rows_of_cards(page, _MAX_LINES_OF_PERSON):
        lines = [page.lines[card.first : card.last] for card in cards]
        is_amid_prose = page.prose_start < cards[0].first < page.prose_end
        is_of_site = page.declared_type == "article" and not is_amid_prose
        if len(cards) < _MIN_CARDS or is_of_site or not all(map(_is_person, lines)):
            continue
        heading = page.lines[cards[0].first - 1]
        is_heading = heading.is_heading and page.may_be_unlinked_text(heading)
        for line in chain([heading] if is_heading else [], *lines):
            keep[line.index] = keep[line.index] or page.may_be_text(line)


def _is_person(lines: Sequence[Line]) -> bool:
    """Return whether lines are the name of a person and a role, without digits and sentences."""
    name, *roles = lines
    are_short = all(line.size <= _MAX_LABEL and not ends_sentence(line.text) for line in lines)
    has_digits = any(map(str.isdecimal, "".join(line.text for line in lines)))
    return are_short and not has_digits and _is_name(name.text) and not roles[0].link_density


def _is_name(text: str) -> bool:
    """Return whether a text is two to five capitalized words, like the name of a person."""
    words = text.split()
    return 1 < len(words) <= _MAX_WORDS_OF_NAME and all(word[0].isupper() or word in _PARTICLES for word in words)


def keep_file_cards(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep, in place, cards of files below a kept heading, with the names and sizes beside the links."""
    end = 0  # the index after the last card
    for line in page.lines:
        card = _file_card(line, page) if line.links and line.index >= end and leads_to_file(line) else None
        above = page.lines[card.first - 1] if card is not None and card.first else None
        if card is None or above is None or not (card.first == end or (above.is_heading and keep[above.index])):
            continue
        end = card.last
        for own in page.lines[card.first : card.last]:
            keep[own.index] = page.may_be_text(own)


def _file_card(line: Line, page: PageAnalysis) -> ElementBox | None:
    """Return the largest box around a link to a file that may be a card, or None."""
    card: ElementBox | None = None
    for box in line.box.self_and_ancestors(_MAX_BOXES_AROUND_TILE):
        lines = page.lines[box.first : box.last] if box.last - box.first <= _MAX_LINES_OF_FILE else []
        has_other_link = any(each.link_density and not leads_to_file(each) for each in lines)
        if not lines or has_other_link or any(each.is_heading for each in lines):
            break
        card = box if not lines[0].link_density else card
    return card


def _is_day_or_time(line: Line) -> bool:
    return is_day(line.text) or is_lone_time(line.text)


def _numbers_item(line: Line) -> bool:
    """Return whether a line is only the number of an item, which the list shows anyway."""
    is_in_item = line.box.parent is not None and line.box.parent.element.tag == "li"
    return is_in_item and not any(map(str.isalpha, line.text)) and not is_day(line.text)
