"""Replaces the pictures of an archive by photos as large as real ones, and measures the time to prepare a photo."""

from __future__ import annotations

import io
import random
import shutil
from pathlib import Path
from statistics import median
from time import process_time

from PIL import Image

from readout_pub.image_store import prepare_picture

WIDTHS = (1600, 4000)
"""In pixels: a photo for the web, and one from a camera."""


def photo(width: int, seed: int) -> bytes:
    """Return a JPEG with the grain, the edges and the size of a real photo; each `seed` gives another photo.

    A photo of 1600 pixels has 0.4 MB, one of 4000 pixels 2.5 MB.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    height = width * 2 // 3
    shapes, edges, grain = (
        Image.frombytes("RGB", size, rng.randbytes(3 * size[0] * size[1])).resize((width, height))
        for size in ((width // 200, height // 200), (width // 40, height // 40), (width, height))
    )
    out = io.BytesIO()
    Image.blend(Image.blend(shapes, edges, 0.3), grain, 0.1).save(out, "JPEG", quality=88)
    return out.getvalue()


def with_large_photos(archive: Path, folder: Path, count: int) -> Path:
    """Copy `count` × 2 pages of an archive to `folder`, with photos of the two sizes in place of its pictures."""
    pages = sorted(archive.glob("*.html"))[: count * 2]
    folder.mkdir(parents=True)
    for page in pages:
        shutil.copy(page, folder)
    for number, picture in enumerate(sorted((archive / "img").iterdir())):
        (folder / "img").mkdir(exist_ok=True)
        (folder / "img" / picture.name).write_bytes(photo(WIDTHS[number % 2], number))
    return folder


def preparation_time(width: int) -> float:
    """Return the CPU time in milliseconds to prepare a photo, the median of five."""
    taken = []
    for seed in range(5):
        data = photo(width, seed)
        before = process_time()
        prepare_picture(data)
        taken.append(1000 * (process_time() - before))
    return median(taken)
