# /// script
# requires-python = ">=3.11"
# ///
"""Convert every sample into its folder `out`, and render the first page of each PDF. `./dev samples` runs this."""

from __future__ import annotations

import os
from pathlib import Path

import pypdfium2

from readout_pub import RenderOptions, convert

HERE = Path(__file__).resolve().parent
SOURCES = tuple(sorted((*HERE.glob("*/readout.html"), *HERE.glob("*/readout.txt"))))
FORMATS = ("html", "pdf", "epub", "docx", "md", "txt", "json")
PICTURE = "page-1.webp"

SCALE = 1.1
"""Pixels for each point of the page (1/72 inch)."""


def build(source: Path) -> dict[str, bytes]:
    """Return the outputs of one sample: path in its folder `out` → bytes.

    `readout-pub convert … -o out/` writes the same files, and also a receipt.
    """
    made = {}
    for rendition in convert(source, FORMATS, render_options=RenderOptions(folder=f"{source.stem}_files")).renditions:
        made[source.stem + rendition.suffix] = rendition.data
        made |= rendition.extra_files
    return made


def picture(pdf: bytes, path: Path) -> None:
    """Render the first page of a PDF to an image file."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0].render(scale=SCALE).to_pil()
    page.convert("RGB").save(path, quality=72, method=6)


def write(source: Path) -> None:
    """Replace the outputs of one sample."""
    out = source.parent / "out"
    made = build(source)
    for old in (path for path in out.rglob("*") if path.is_file()):
        old.unlink()
    for name, data in made.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    picture(made[f"{source.stem}.pdf"], out / PICTURE)


if __name__ == "__main__":
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    for each in SOURCES:
        write(each)
