"""Photos and their alternative texts. The bytes live beside the model, in an album."""

from __future__ import annotations

from typing import Literal

import msgspec

AltBy = Literal["source", "caption", "person", "model"]


class AltNode(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"):
    """The base of the three things that can be said of a photo's alternative text."""


class Described(AltNode, frozen=True, tag="described"):
    """A text that stands for the photo. `by` says where it came from, `name` who wrote it; captions are not alts."""

    text: str
    by: AltBy = "source"
    name: str | None = None
    reviewed: bool = False


class Decorative(AltNode, frozen=True, tag="decorative"):
    """Somebody decided that the photo says nothing."""


class Missing(AltNode, frozen=True, tag="missing"):
    """Nobody has said anything yet."""


Alt = Described | Decorative | Missing


class Photo(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One picture. `src` is its address as the source gives it; `sha256` (hex) names its bytes in the album.

    `sha256`, `media_type`, `width` and `height` (pixels, after orientation) are None where the file is missing.
    """

    src: str
    alt: Alt = Missing()
    sha256: str | None = None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
