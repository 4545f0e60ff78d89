"""Photos that a person leaves out of all outputs, for example because the right to publish them is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import msgspec

from readout_pub.alt.context import caption_text
from readout_pub.model import Alt, Block, Blocks, Figure, Photo, Readout, WithheldPhoto, map_blocks


class Withheld(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type", tag="withheld"):
    """Stands in place of an alternative text: outputs leave the photo out."""


GivenAlt = Alt | Withheld
"""What a person gives for a photo: an alternative text, or the decision to leave the photo out."""


class PhotoInFigure(NamedTuple):
    """Identifies a withheld photo by its `src`, the SHA-256 of its file, and the caption of its figure."""

    src: str
    sha256: str | None
    caption: str

    @classmethod
    def of(cls, photo: Photo, figure: Figure) -> PhotoInFigure:
        """Return the value that identifies `photo` in `figure`."""
        return cls(photo.src, photo.sha256, caption_text(figure))


def without_photos(readout: Readout, withheld: Collection[PhotoInFigure]) -> Readout:
    """Return `readout` without the photos that are `withheld`; `origin` names them, and captions and credits stay."""
    if not withheld:
        return readout

    def within(blocks: Blocks) -> Blocks:
        return tuple(changed for block in blocks for changed in _without(block, withheld))

    names = (WithheldPhoto(each.src, each.sha256) for each in withheld)
    origin = readout.origin
    return msgspec.structs.replace(
        readout,
        body=map_blocks(readout.body, within),
        origin=msgspec.structs.replace(origin, withheld=tuple(dict.fromkeys((*origin.withheld, *names)))),
    )


def _without(block: Block, withheld: Collection[PhotoInFigure]) -> Iterator[Block]:
    if not isinstance(block, Figure) or not block.photos:
        yield block
        return
    kept = tuple(photo for photo in block.photos if PhotoInFigure.of(photo, block) not in withheld)
    if kept or block.caption or block.credit:
        yield msgspec.structs.replace(block, photos=kept)
