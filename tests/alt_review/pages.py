"""Writes invented pages with photos, some of them without an alternative text."""

from __future__ import annotations

from hashlib import sha256
from html import escape
from pathlib import Path

from tests.pages import PROSE, jpeg

CAPTION = "The talks at the quay"


def write_page(folder: Path, name: str, photos: dict[str, str | None], *, caption: str = "") -> Path:
    """Write a page with `photos` (file name → alternative text, or None for no `alt`), and return its path.

    The colour of a photo depends on its file name. All photos have the same `caption`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    figures = []
    for file, alt in photos.items():
        (folder / file).write_bytes(picture(file))
        attribute = "" if alt is None else f' alt="{escape(alt)}"'
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        figures.append(f'<figure><img src="{file}"{attribute} width="640" height="400">{below}</figure>')
    page = folder / name
    page.write_text(
        f'<!DOCTYPE html><html lang="en"><title>Talks</title><body><main><h1>Talks of {name}</h1>{"".join(PROSE)}'
        f"{'<p>Both sides agreed on the tide.</p>'.join(figures)}<p>They will meet again.</p></main></body></html>",
        "utf-8",
    )
    return page


def picture(file: str) -> bytes:
    """Return the bytes of the photo with this file name."""
    return jpeg(640, 400, f"#{sha256(file.encode()).hexdigest()[:6]}")
