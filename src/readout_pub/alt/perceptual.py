"""Perceptual hashes: photos that were re-encoded or resized have nearly the same hash. Needs the extra "similar"."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from importlib.util import find_spec

MAX_DISTANCE = 10
"""Two photos count as copies of one if their hashes differ in at most this many of 64 bits.

125 photos were copied in these ways. The table shows the share of copies that a limit of 10 or 4 bits finds:

    copies                                                                  10 bits         4 bits
    resized (800 to 200 pixels wide), encoded again (JPEG quality 50 to 75) 98 to 99 %      97 %
    cropped by 5 % at one side or all round                                 88 to 94 %      19 to 42 %
    with a name across a corner or the middle                               90 to 93 %      64 to 78 %

Of 74,650 pairs of different photos, none is within 10 bits, one within 12 and 30 within 16. Photos of one scene that
were taken a moment apart are not among them: they differ in only 2 bits, as copies do, so a person decides on each
proposal.
"""

_DRAFT_SIDE = 256
"""A JPEG file is decoded to about this many pixels a side: the hash needs only 32."""

_MIN_DEVIATION = 8
"""Grey values (0 to 255) with a smaller standard deviation give no hash, which would depend on noise."""


_HASHES: dict[str, str | None] = {}
"""SHA-256 of a picture → its hash, which takes 2 to 10 ms; a review needs it many times."""


def hash_of_picture(sha256: str, read_image: Callable[[], bytes]) -> str | None:
    """Return what `perceptual_hash` returns, computed once for each picture."""
    if sha256 not in _HASHES:
        _HASHES[sha256] = perceptual_hash(read_image)
    return _HASHES[sha256]


def perceptual_hash(read_image: Callable[[], bytes]) -> str | None:
    """Return the hash of a photo as 16 hex digits.

    None without the extra, and for a file that cannot be read, is no picture, is too large for Pillow, or is nearly
    plain grey.
    """
    if find_spec("imagehash") is None:
        return None
    import imagehash
    from PIL import Image, ImageStat

    from readout_pub.errors import SourceError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(read_image())) as image:
                image.draft("L", (_DRAFT_SIDE, _DRAFT_SIDE))
                grey = image.convert("L")
    except (
        SourceError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return None
    return str(imagehash.phash(grey)) if ImageStat.Stat(grey).stddev[0] >= _MIN_DEVIATION else None


def are_similar(first: int, second: int) -> bool:
    """Return whether the photos of two hashes (as `hash_bits` returns them) may be copies of one photo."""
    return (first ^ second).bit_count() <= MAX_DISTANCE


def hash_bits(text: str | None) -> int | None:
    """Return a hash as a number; None if `text` is not a hash, as in a file of decisions that somebody edited."""
    try:
        return int(text or "", 16)
    except ValueError:
        return None
