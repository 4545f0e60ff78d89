"""Photos of one rendition: where their bytes lie, and how ODT frames them."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from readout_pub.emit.markup.inlines import escape
from readout_pub.emit.pandoc.nodes import Node, node
from readout_pub.emit.pictures import PictureLoader

if TYPE_CHECKING:
    from readout_pub.emit.pandoc.formats import PandocWriter
    from readout_pub.emit.rendition import RenderOptions
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Photo
    from readout_pub.notes import Note

TEXT_WIDTH = 148 / 25.4 * 72
"""The width of the text on the page of DOCX and ODT, in points."""

POINTS = 72 / 96
"""The size of a pixel on paper, in points, as CSS and pandoc have it."""

FRAME = (
    '<draw:frame{style} text:anchor-type="as-char" svg:width="{width:.2f}pt" svg:height="{height:.2f}pt">'
    '<draw:image xlink:href="{address}" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
    "{title}</draw:frame>"
)


class WrittenImage(msgspec.Struct, frozen=True):
    """A photo that can be shown: its address for `src`, and its size in pixels."""

    address: str
    width: int
    height: int

    def framed(self, alt: str, share: float) -> Node:
        """Return the photo for ODT, no wider than `share` of the text: pandoc would drop `alt` and let it run off."""
        width = min(self.width * POINTS, TEXT_WIDTH * share)
        facts = {
            "style": "" if alt else ' draw:style-name="Decorative"',
            "title": f"<svg:title>{escape(alt)}</svg:title>" if alt else "",
            "width": width,
            "height": width * self.height / self.width,
        }
        return node("RawInline", "opendocument", FRAME.format(address=self.address, **facts))


class ImageWriter:
    """Where the photos of one rendition lie: in the file, in a folder beside it, or in their own addresses."""

    def __init__(self, writer: PandocWriter, album: ImageStore, look: RenderOptions) -> None:
        self._pictures = PictureLoader(album)
        self._inline = writer.photos == "either" and look.photos == "inline"
        self._folder = f"{look.folder}/" if writer.photos != "inside" else writer.folder
        self.files: dict[str, bytes] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """Give what was noticed so far, in reading order."""
        return self._pictures.notes

    def place(self, photo: Photo) -> WrittenImage | None:
        """Lay down the bytes of `photo` and say where; None if its texts must stand in its place."""
        picture = self._pictures.load(photo)
        if picture is None or photo.sha256 is None:
            return None
        if self._inline:
            address = f"data:{picture.media_type};base64,{b64encode(picture.data).decode()}"
        else:
            path = f"{self._folder}{photo.sha256[:16]}{picture.suffix}"
            self.files[path] = picture.data
            address = quote(path)
        return WrittenImage(address, picture.width, picture.height)
