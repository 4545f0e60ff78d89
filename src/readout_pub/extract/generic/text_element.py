"""Keeps lines that scored too low, if lines near them are kept.

benchmarks/experiments.md has the figures of these rules, and of rules that were tried and not used.
"""

from __future__ import annotations

from functools import partial
from itertools import pairwise, takewhile

from readout_pub.extract.generic.chrome import elements_around
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, Line, leads_to_file
from readout_pub.extract.generic.weights import load_weights
from readout_pub.html_elements import HEADINGS
from readout_pub.sentences import ends_sentence

_MIN_SHARE = 0.8
"""The element of the text is the deepest one with at least this share of the kept letters."""
_MAX_LINKED = 0.5
"""Lines with more links may be menus; a heading with more may be the headline of another page."""
_MAX_LEVELS_OF_COMPONENT = 8
"""How many boxes around the first and the last line of prose are tried as components."""
_NAME_FOR_TESTS = "data-testid"
"""The attribute with the name of a component on pages whose classes are hashes, as with CSS modules."""
_MIN_MARGIN_OF_COMPONENT = -4.0
"""The margin, a line's score minus the threshold, that one line of a component must exceed."""
_MIN_MARGIN = -0.8
"""Prose is kept only above this margin."""
_MIN_MARGIN_BELOW_HEADING = -1.0
"""Below a heading without text, lines with a higher margin are kept."""
_MAX_SOURCE, _MAX_LEVELS_TO_QUOTE = 150, 4
"""How many letters the source of a quotation may have, and how many boxes around it are searched for the quotation."""
_MIN_LIKE_LINES = 19
"""At least this many lines in boxes of one kind are the entries of the page, such as its posts."""
_MIN_ENTRY = 40
"""In letters; a shorter line may be a button that every entry has."""


def keep_text_element(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for prose that scores slightly below the threshold, and for entries of a list, such as posts.

    In pages that declare themselves articles, such prose is usually not part of the text.
    """
    element = _element_of_most_text(page, keep)
    for line in page.lines[element.first : element.last] if element else ():
        if not keep[line.index] and _may_be_text(line, page) and not _is_of_dropped_story(line, page, keep):
            is_sentence = page.declared_type != "article" and page.is_prose(line) and ends_sentence(line.text)
            is_entry = line.size >= _MIN_ENTRY and page.groups[line.index].count >= _MIN_LIKE_LINES
            keep[line.index] = is_entry or (is_sentence and page.margins[line.index] > _MIN_MARGIN)


def keep_text_below_headings(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for doubtful lines below a kept heading that would otherwise have no text."""
    pictures = {image.index for image in page.images}
    title = page.title_line
    kept = [line for line in page.lines if keep[line.index]]
    for heading, below in pairwise(kept):
        tag, next_tag = heading.box.element.tag, below.box.element.tag
        is_empty = tag in HEADINGS and next_tag in HEADINGS and next_tag <= tag and heading is not title
        if is_empty and pictures.isdisjoint(range(heading.index + 1, below.index + 1)):
            for line in page.lines[heading.index + 1 : below.index]:
                is_doubtful = page.margins[line.index] > _MIN_MARGIN_BELOW_HEADING
                keep[line.index] = is_doubtful and not line.link_density and _may_be_text(line, page)


def keep_components(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for the components right above and below the kept prose.

    Content management systems put each paragraph, list or table into a component: siblings that share a class.
    """
    title = page.title_line
    kept = [line for line in page.lines if keep[line.index] and page.is_prose(line)]
    if not kept or title is None or page.is_forum_or_shop:
        return
    children: dict[ElementBox, list[ElementBox]] = {}
    for box in page.boxes:
        if box.parent is not None and box.size:
            children.setdefault(box.parent, []).append(box)
    for edge, step in ((kept[0], -1), (kept[-1], 1)):
        for box in edge.box.self_and_ancestors(_MAX_LEVELS_OF_COMPONENT):
            if box.parent is None or box.contains_line(title):
                break
            beside = children[box.parent]
            start = beside.index(box)
            others = beside[start + 1 :] if step > 0 else beside[:start][::-1]
            for other in takewhile(partial(_is_like_component, box), others):
                if any(keep[other.first : other.last]):
                    continue  # such as a figure whose caption the scores left out
                if not _is_component_of_text(box, other, page):
                    break
                keep[other.first : other.last] = [True] * (other.last - other.first)


def _is_like_component(own: ElementBox, other: ElementBox) -> bool:
    """Return whether `other` may be a component of the same kind as `own`."""
    if own.signature[1] is None:
        return False
    name = own.element.get(_NAME_FOR_TESTS)
    is_named = name is not None and name == other.element.get(_NAME_FOR_TESTS)
    return other.signature == own.signature or is_named or _are_fields(own, other)


def _are_fields(own: ElementBox, other: ElementBox) -> bool:
    return all("field" in (box.signature[1] or "").split() for box in (other, own))


def _is_component_of_text(own: ElementBox, other: ElementBox, page: PageAnalysis) -> bool:
    """Return whether `other`, a box like `own` below the title, belongs to the text."""
    title = page.title_line
    if other.chrome or title is None or other.first <= title.index:
        return False
    are_fields = _are_fields(own, other)
    lines = page.lines[other.first : other.last]
    are_files = any(map(leads_to_file, lines)) and all(leads_to_file(line) or line.is_heading for line in lines)
    are_prose = are_fields and all(page.is_prose(line) and ends_sentence(line.text) for line in lines)
    is_text = not other.linked_size or are_files or are_prose
    is_text = is_text and max(page.margins[line.index] for line in lines) > _MIN_MARGIN_OF_COMPONENT
    has_field = next(other.element.iter("form", "input", "select", "textarea"), None) is not None
    # A field of the document may be named like a footer: "disclaimer".
    names = load_weights().beside_text - ({"footer"} if are_fields else set())
    is_beside = any(not box.traits.isdisjoint(names) for box in page.boxes[other.index : other.end])
    return (
        is_text
        and not has_field
        and not is_beside
        and page.exclusions.keys().isdisjoint(range(other.first, other.last))
    )


def keep_captions_of_figures(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for the `figcaption` of each `figure` that has a kept line in a quotation or table."""
    for figure in page.boxes:
        parts = page.boxes[figure.index + 1 : figure.end] if figure.element.tag == "figure" else []
        if any(any(keep[box.first : box.last]) for box in parts if box.element.tag in {"blockquote", "table"}):
            captions = (box for box in parts if box.element.tag == "figcaption")
            for line in (line for box in captions for line in page.lines[box.first : box.last]):
                if page.may_be_text(line):
                    keep[line.index] = True


def keep_sources_of_quotes(page: PageAnalysis, keep: list[bool]) -> None:
    """Set `keep` for short lines with a `cite`, right below a kept line of the same `blockquote`."""
    sources = elements_around(page.boxes[0].element, "cite") if page.boxes else frozenset()
    for above, line in pairwise(page.lines if sources else ()):
        if line.box.element in sources and line.size <= _MAX_SOURCE and keep[above.index]:
            around = line.box.self_and_ancestors(_MAX_LEVELS_TO_QUOTE)
            quote = next((box for box in around if box.element.tag == "blockquote"), None)
            if quote is not None and quote.contains_line(above) and page.may_be_text(line):
                keep[line.index] = True


def _may_be_text(line: Line, page: PageAnalysis) -> bool:
    is_new = line.index not in page.duplicate_lines and not line.box.data_table
    return page.may_be_text(line) and is_new and line.link_density <= _MAX_LINKED


def _is_of_dropped_story(line: Line, page: PageAnalysis, keep: list[bool]) -> bool:
    """Return whether a line belongs to another story: the heading above was left out and is a link."""
    heading = page.heading_above.get(line.index)
    return heading is not None and not keep[heading.index] and heading.link_density > _MAX_LINKED


def _element_of_most_text(page: PageAnalysis, keep: list[bool]) -> ElementBox | None:
    """Return the innermost box with most of the kept letters; None if no line is kept."""
    kept: dict[ElementBox, int] = {}
    for line in page.lines:
        if keep[line.index]:
            kept[line.box] = kept.get(line.box, 0) + line.size
    for box in reversed(page.boxes):
        if box.parent is not None and box in kept:
            kept[box.parent] = kept.get(box.parent, 0) + kept[box]
    needed = _MIN_SHARE * kept.get(page.boxes[0], 0) if page.boxes else 0
    return max((box for box, size in kept.items() if size >= needed), key=lambda box: box.depth, default=None)
