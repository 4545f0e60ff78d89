"""Readout → rendition. `EMITTERS` is the table of formats; any other name is asked of pandoc."""

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
"""Format → "module:function". Named, not imported, since a command that makes HTML need not load a PDF library."""

__all__ = ["EMITTERS", "Certifier", "RenderOptions", "Rendition", "emit", "emitter", "suffix_of"]


def emitter(target: str) -> Emitter:
    """Return the emitter of format `target`; a UsageError names the formats if there is none."""
    if target not in EMITTERS:
        from readout_pub.emit.pandoc import pandoc_emitter

        return pandoc_emitter(target)
    module, function = EMITTERS[target].split(":")
    found: Emitter = getattr(importlib.import_module(module), function)
    return found


def suffix_of(target: str) -> str:
    """Return how the names of files of format `target` end, with the dot; a UsageError if there is no such format."""
    if target in EMITTERS:
        return f".{target}"
    from readout_pub.emit.pandoc.formats import pandoc_writer

    return pandoc_writer(target).suffix


def emit(readout: Readout, album: ImageStore, target: str, look: RenderOptions | None = None) -> Rendition:
    """Render `readout` as `target`, such as "epub" or any writer of pandoc; its photos are read from `album`.

    Opens no connection, writes no file, keeps nothing. Raises UsageError for an unknown format, theme or PDF profile,
    ToolMissing where a library or font has to be installed first, EmitError where the format cannot hold this readout.
    """
    return emitter(target)(readout, album, look or RenderOptions())
