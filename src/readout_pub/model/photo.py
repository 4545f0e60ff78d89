"""Photos and their alternative texts. The bytes of photos are in an `ImageStore`, not in the document model."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

AltBy = Literal["source", "caption", "person", "model"]
"""Where an alternative text comes from: the page, the caption, a person, or a language model that describes photos."""


class AltNode(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="type"):
    """The base of the three states of an alternative text.

    A description and the decision "decorative" have an origin (`by`), an author (`name`), and `reviewed`, which tells
    whether a person has checked the description or decision.
    """


class Described(AltNode, frozen=True, tag="described"):
    """An alternative text."""

    text: str
    by: AltBy = "source"
    name: str | None = None
    reviewed: bool = False


class Decorative(AltNode, frozen=True, tag="decorative"):
    """Somebody has decided that the photo is decorative: screen readers skip it."""

    by: AltBy = "source"
    name: str | None = None
    reviewed: bool = False


class Missing(AltNode, frozen=True, tag="missing"):
    """The photo has no alternative text."""


Alt = Described | Decorative | Missing


def is_unreviewed_draft(alt: Alt) -> bool:
    """Return whether a model wrote the text, and nobody has reviewed it."""
    return isinstance(alt, Described) and alt.by == "model" and not alt.reviewed


Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""A SHA-256 in hex. It becomes a part of file names, so JSON with any other text in this field is refused."""


class Photo(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One photo. `src` is its URL in the source; `sha256` (hex) is the key of its bytes in the image store.

    `sha256`, `media_type`, `width` and `height` (pixels, with the EXIF orientation applied) are None without a file.
    """

    src: str
    alt: Alt = Missing()
    sha256: Digest | None = None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
