"""Keeps parts of the text that do not look like text: footnotes, boxes of notes, videos, listings of code."""

from __future__ import annotations

from itertools import islice

from readout_pub.extract.footnote_links import NOTE_ROLE, called_notes
from readout_pub.extract.generic.chrome import HIDDEN_TRAITS
from readout_pub.extract.generic.excluded_boxes import CONSENT
from readout_pub.extract.generic.page_analysis import PageAnalysis
from readout_pub.extract.generic.text_blocks import ElementBox, parent_of
from readout_pub.extract.media import MEDIA_ATTRIBUTE

_MAX_CAPTION_LINES = 2
"""How many short lines beside a video may be its caption."""
_MAX_WRAPPERS = 5
"""How many boxes around a video or a listing of code may contain nothing else."""
_NOTE_TRAIT = f"role {NOTE_ROLE}"


def keep_notes_of_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep the footnotes to which the text refers, even those that look like lists of links."""
    if not any(_NOTE_TRAIT in box.traits for box in page.boxes):
        return
    called = list(called_notes(page.boxes[0].element))
    line_of = {parent_of(node): line.index for line in page.lines for node in line.text_nodes}
    box_of = {box.element: box for box in page.boxes}
    for call, note in called:
        call_line = next((line_of[each] for each in call.iter() if each in line_of), None)
        box = box_of.get(note)
        if call_line is not None and keep[call_line] and box is not None:
            # The tables of a notice of cookies have labels that look like those of notes: "1 year".
            keep[box.first : box.last] = [page.exclusions.get(index) != CONSENT for index in range(box.first, box.last)]


def keep_media_of_text(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep videos and listings of code beside text, with captions: alone, these lines look like buttons."""
    for box in page.boxes:
        is_listing = box.signature[0] == "pre"
        is_part = is_listing or (box.signature[0] == "figure" and box.element.get(MEDIA_ATTRIBUTE))
        is_hidden = is_listing and not HIDDEN_TRAITS.isdisjoint(box.traits)  # data for scripts
        if not is_part or is_hidden or box.chrome or box.parent is None:
            continue
        around = _box_with_more(box)
        count = (around.last - around.first) - (box.last - box.first)
        is_framed = around.parent is not None and 0 < count <= _MAX_CAPTION_LINES
        captions = page.lines[around.first : box.first] + page.lines[box.last : around.last] if is_framed else []
        if is_framed and all(page.may_be_unlinked_text(line) and not page.is_prose(line) for line in captions):
            frame, around = around, _box_with_more(around)
        else:
            frame = box
        if any(keep[around.first : around.last]):
            shown = range(frame.first, frame.last)
            keep[frame.first : frame.last] = [is_listing or index not in page.exclusions for index in shown]


def _box_with_more(box: ElementBox) -> ElementBox:
    """Return the innermost box around `box` with more text, else the outermost: `<div><div><video></div></div>`."""
    *_, outermost = around = tuple(islice(box.self_and_ancestors(_MAX_WRAPPERS + 2), 1, None)) or (box,)
    return next((each for each in around if each.size > box.size), outermost)


def keep_declared_notes(page: PageAnalysis, keep: list[bool]) -> None:
    """Keep each box of role "note" between kept lines."""
    for box in page.boxes:
        is_note = "role note" in box.traits and not box.chrome and box.size > 0
        if is_note and box.first > 0 and box.last < len(keep) and keep[box.first - 1] and keep[box.last]:
            keep[box.first : box.last] = page.included_lines(box)
