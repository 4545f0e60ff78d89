"""Photos of one pandoc rendition, and the logo: their files or data URLs, and their nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from readout_pub.emit.pandoc.nodes import SPACE, Node, attr, node, text_nodes
from readout_pub.emit.pandoc.raw_photos import raw_photo
from readout_pub.emit.pictures import PictureLoader
from readout_pub.image_store import picture_file_name

if TYPE_CHECKING:
    from readout_pub.emit.pandoc.formats import PandocWriter
    from readout_pub.emit.rendition import RenderOptions
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Photo
    from readout_pub.notes import Note

POINTS_PER_PIXEL = 72 / 96
"""The size of a CSS pixel in points; pandoc assumes the same resolution of 96 dpi."""

LOGO_FILE = "logo.png"
"""The file of the logo. No photo has this name: files of photos are named by their digests."""

EM_SPACE = "\u2003"


class PrintedSize(msgspec.Struct, frozen=True):
    """The size of a photo on paper, in points."""

    width: float
    height: float


class WrittenImage(msgspec.Struct, frozen=True):
    """A photo that has been placed: its URL for `src`, its size in pixels, its bytes and their media type."""

    url: str
    width: int
    height: int
    data: bytes = b""
    media_type: str = ""

    @property
    def natural_height(self) -> float:
        """The height in points at 96 dpi: at a greater height, the photo would look blurred."""
        return self.height * POINTS_PER_PIXEL

    def at_height(self, height: float) -> PrintedSize:
        """Return the size of the photo with `height` in points."""
        return PrintedSize(height * self.width / self.height, height)


def image_node(image: WrittenImage, size: PrintedSize, alt: str, writer: PandocWriter) -> Node:
    """Return a photo as a node with `alt`; a format that is not `styled`, such as Markdown, gets no `size`.

    A format without photos, or without alternative texts, gets `alt` in brackets.
    """
    in_brackets = text_nodes(f"[{alt}]" if alt else "")
    if writer.photos == "none":
        return node("Span", attr(), in_brackets)
    if writer.raw_photos:
        return raw_photo(writer.raw_photos, image, size, alt)
    sizes = {"width": f"{size.width / 72:.4f}in", "height": f"{size.height / 72:.4f}in"}
    photo = node("Image", attr(**(sizes if writer.styled else {})), text_nodes(alt), [image.url, ""])
    return photo if writer.alternative_texts or not alt else node("Span", attr(), [photo, SPACE, *in_brackets])


class ImageWriter:
    """Places the photos of one rendition: inside the file, in a folder beside it, or as data URLs.

    `files` are the photos and the logo placed as files: relative path → bytes.
    """

    def __init__(self, writer: PandocWriter, images: ImageStore, render_options: RenderOptions) -> None:
        self._writer = writer
        self._inline = writer.photos == "either" and render_options.photos == "inline"
        self._pictures = PictureLoader(images, repeated=self._inline)
        self._folder = f"{render_options.folder}/" if writer.photos != "inside" else writer.photo_folder
        self.files: dict[str, bytes] = {}

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes so far, in reading order."""
        return self._pictures.notes

    def place(self, photo: Photo) -> WrittenImage | None:
        """Place `photo` and return its URL and size; None if it is missing or unreadable."""
        picture = self._pictures.load(photo)
        if picture is None or photo.sha256 is None:
            return None
        if self._writer.photos == "none":
            url = ""
        elif self._inline:
            url = picture.data_url
        else:
            path = f"{self._folder}{picture_file_name(photo.sha256, picture.suffix)}"
            self.files[path] = picture.data
            url = quote(path)
        return WrittenImage(url, picture.width, picture.height, picture.data, picture.media_type)

    def logo_nodes(self, svg: bytes, rem: float) -> list[Node]:
        """Place the logo of the theme; return it with the space after it. `rem` is 1rem in points."""
        from readout_pub.emit.pdf.logo import draw_logo

        logo = draw_logo(svg)
        path = f"{self._folder}{LOGO_FILE}"
        self.files[path] = logo.png
        size = PrintedSize(logo.width * rem, logo.height * rem)
        # Without an alternative text: the publisher's name stands beside it.
        return [image_node(WrittenImage(path, 0, 0), size, "", self._writer), node("Str", EM_SPACE)]
