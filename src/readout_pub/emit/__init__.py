"""Readout → rendition. `EMITTERS` is the table of our own formats; pandoc writes all others."""

from __future__ import annotations

import importlib

from readout_pub.emit.rendition import Certifier, Emitter, RenderOptions, Rendition
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout

EMITTERS: dict[str, str] = {
    "html": "readout_pub.emit.html:emit_html",
    "pdf": "readout_pub.emit.pdf:emit_pdf",
    "epub": "readout_pub.emit.epub:emit_epub",
    "txt": "readout_pub.emit.text:emit_text",
    "json": "readout_pub.emit.json:emit_json",
}
"""Format → "module:function", imported at first use: a command that makes HTML need not load the PDF library."""

__all__ = ["EMITTERS", "Certifier", "RenderOptions", "Rendition", "emit", "emitter", "suffix_of"]


def emitter(target: str) -> Emitter:
    """Return the function that renders format `target`; raises UsageError with the known formats if there is none."""
    if target not in EMITTERS:
        from readout_pub.emit.pandoc import pandoc_emitter

        return pandoc_emitter(target)
    module, function = EMITTERS[target].split(":")
    found: Emitter = getattr(importlib.import_module(module), function)
    return found


def suffix_of(target: str) -> str:
    """Return the file name suffix of format `target` with its dot; raises UsageError if there is no such format."""
    if target in EMITTERS:
        return f".{target}"
    from readout_pub.emit.pandoc.formats import pandoc_writer

    return pandoc_writer(target).suffix


def emit(readout: Readout, album: ImageStore, target: str, look: RenderOptions | None = None) -> Rendition:
    """Return `readout` rendered as `target`, such as "epub" or any pandoc writer, with its photos from `album`.

    Opens no connection, writes no file and keeps no state. Raises UsageError for an unknown format, theme or PDF
    profile, ToolMissing if a library, font or program is not installed, EmitError if the format cannot represent this
    readout.
    """
    return emitter(target)(readout, album, look or RenderOptions())
