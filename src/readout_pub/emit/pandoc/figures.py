"""Figures as pandoc nodes: photos in sizes that fit the page, several side by side, with their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.colophon import program_text
from readout_pub.emit.markup.figure import MIN_PRINTED_DPI, MIN_PRINTED_WIDTH, PHOTOS_PER_ROW
from readout_pub.emit.pandoc.nodes import SPACE, Node, attr, formulas_in_line, node, paragraph, wrapped_in_div
from readout_pub.emit.pandoc.photos import WrittenImage, image_node
from readout_pub.emit.pictures import alt_text, missing_photo_texts, unreviewed_mark
from readout_pub.model import Figure, Inlines, LineBreak, Photo, Strong
from readout_pub.themes import POINTS_PER_MM

if TYPE_CHECKING:
    from readout_pub.emit.messages import Messages
    from readout_pub.emit.pandoc.formats import PandocWriter

PlaceImage = Callable[[Photo], WrittenImage | None]
"""Places a photo and returns its URL and size, or None if it cannot be shown: its texts then take its place."""

MAX_HEIGHT = 75 * POINTS_PER_MM
"""Greatest height of a photo in points. A photo of 4:3 in two thirds of a text width of 141 mm is 71 mm tall."""

NARROW_SHARE = 2 / 3
"""The share of the text's width for a photo that would be too tall at the whole width."""

GAP = 3 * POINTS_PER_MM
"""The space between two photos in points: 3 mm."""

_SECTION_END = '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/>{columns}</w:sectPr></w:pPr></w:p>'
_COLUMNS = {
    "openxml": (
        _SECTION_END.format(columns=""),
        '<w:r><w:br w:type="column"/></w:r>',
        _SECTION_END.format(columns=f'<w:cols w:num="2" w:space="{GAP * 20:.0f}"/>'),
    ),
    "opendocument": ('<text:section text:style-name="Columns" text:name="{name}">', "", "</text:section>"),
}
"""Raw format → markup before two columns, at the start of the second column, and after both.

A table would be announced by screen readers and need headers. In ODT, the style of the second photo starts the second
column.
"""


class PlacedFigure(msgspec.Struct, frozen=True):
    """A figure and its photos, each with its image, or with None if it cannot be shown."""

    figure: Figure
    photos: tuple[tuple[Photo, WrittenImage | None], ...]

    @property
    def is_single(self) -> bool:
        """Whether the figure is one photo that can be shown."""
        return len(self.photos) == 1 and self.photos[0][1] is not None


def in_rows(figures: Sequence[PlacedFigure]) -> Iterator[tuple[PlacedFigure, ...]]:
    """Yield consecutive figures of one photo in pairs, which stand side by side, and others one by one."""
    waiting: PlacedFigure | None = None
    for figure in figures:
        if waiting and figure.is_single:
            yield waiting, figure
            waiting = None
            continue
        if waiting:
            yield (waiting,)
        waiting = figure if figure.is_single else None
        if waiting is None:
            yield (figure,)
    if waiting:
        yield (waiting,)


class PandocFigureWriter:
    """Writes the figures of one document; `measure` is the width of the text in points, `inline` writes a line."""

    def __init__(
        self,
        writer: PandocWriter,
        messages: Messages,
        place: PlaceImage,
        measure: float,
        inline: Callable[[Inlines], list[Node]],
    ) -> None:
        self._writer, self._messages = writer, messages
        self._place, self._measure, self._inline = place, measure, inline
        self._rows = 0

    def place(self, figure: Figure) -> PlacedFigure:
        """Place the photos of `figure`."""
        return PlacedFigure(figure, tuple((photo, self._place(photo)) for photo in figure.photos))

    def columns(self) -> tuple[list[Node], list[Node]]:
        """Return the nodes to write before and after two figures side by side."""
        self._rows += 1
        before, _, after = _COLUMNS[self._writer.raw]
        start = before.format(name=f"photos-{self._rows}")
        return [node("RawBlock", self._writer.raw, start)], [node("RawBlock", self._writer.raw, after)]

    def write(self, placed: PlacedFigure, column: int | None = None) -> list[Node]:
        """Return a figure; `column` is 0 or 1 if it is in one of two columns."""
        figure = placed.figure
        missing = self._placeholder([photo for photo, image in placed.photos if image is None], figure)
        images = self._images(placed, self._measure if column is None else (self._measure - GAP) / 2)
        texts = (figure.caption, figure.credit, unreviewed_mark(figure, self._messages))
        lines = [paragraph(formulas_in_line(self._inline(line))) for line in texts if line]
        if not self._writer.styled:
            if images and lines and self._can_caption(placed):
                return [*missing, node("Figure", attr(), [None, lines], [node("Plain", images)])]
            return [*missing, *([paragraph(images)] if images else []), *lines]
        alone = "Captioned Figure" if lines else "Uncaptioned Figure"
        style = alone if column is None else ("First Figure", "Second Figure")[column]
        column_break = _COLUMNS[self._writer.raw][1] if column else ""
        before = [node("RawInline", self._writer.raw, column_break)] if column_break else []
        shown = wrapped_in_div([paragraph([*before, *images])], custom_style=style) if images else []
        # Without this style, the link to a video below a photo would look like the caption of that photo.
        of_lines = "Image Caption" if figure.photos else "Media Link"
        captions = wrapped_in_div(lines, custom_style=of_lines) if lines else []
        placeholders = wrapped_in_div(missing, custom_style="Missing Photo") if missing else []
        return [*placeholders, *shown, *captions]

    def _can_caption(self, placed: PlacedFigure) -> bool:
        """Return whether pandoc writes the caption of a figure."""
        captions = self._writer.figure_captions
        is_written = captions == "all" or (captions == "of one photo" and placed.is_single)
        return is_written and self._writer.photos != "none"

    def _images(self, placed: PlacedFigure, width: float) -> list[Node]:
        """Return the photos that can be shown; the photos of one row have the same height."""
        shown = [(photo, image) for photo, image in placed.photos if image is not None]
        nodes: list[Node] = []
        for start in range(0, len(shown), PHOTOS_PER_ROW):
            row = shown[start : start + PHOTOS_PER_ROW]
            height = self._row_height([image for _, image in row], width)
            for photo, image in row:
                size = image.at_height(height)
                nodes += [SPACE, image_node(image, size, alt_text(photo, self._messages), self._writer)]
        return nodes[1:]

    def _row_height(self, images: Sequence[WrittenImage], width: float) -> float:
        """Return the height in points at which `images` side by side fit `width` (points).

        Images side by side, or in a column, are not taller than their natural height. A single image in the whole width
        has the limits of resolution and width that photos have in PDF.
        """
        ratio = sum(image.width / image.height for image in images)
        available = width - GAP * (len(images) - 1)
        height = available / ratio
        if len(images) > 1 or width < self._measure:
            return min(height, MAX_HEIGHT, *(image.natural_height for image in images))
        if height > MAX_HEIGHT:
            height = available * NARROW_SHARE / ratio
        sharp = max(images[0].width / MIN_PRINTED_DPI * 72, MIN_PRINTED_WIDTH * POINTS_PER_MM)
        return min(height, MAX_HEIGHT, sharp / ratio)

    def _placeholder(self, missing: Sequence[Photo], figure: Figure) -> list[Node]:
        """Return the paragraph in place of missing photos, if any: a message and their own alternative texts."""
        if not missing:
            return []
        message, found = missing_photo_texts(missing, figure, self._messages)
        bold = Strong((program_text(message, self._messages),))
        if not self._writer.styled:
            return [paragraph(self._inline((bold, *(f" {text}" for text in found))))]
        return [paragraph(self._inline((bold, *(part for text in found for part in (LineBreak(), text)))))]
