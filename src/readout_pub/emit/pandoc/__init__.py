"""DOCX, ODT, Markdown, reStructuredText, LaTeX and every other format of pandoc, from its syntax tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.pandoc.formats import PandocWriter, pandoc_writer
from readout_pub.emit.pandoc.package_fixes import fix_package
from readout_pub.emit.pandoc.page import pandoc_document
from readout_pub.emit.pandoc.photos import ImageWriter
from readout_pub.emit.pandoc.program import run_pandoc
from readout_pub.emit.pandoc.reference_docs import OPTIONS, reference_files
from readout_pub.emit.rendition import Emitter, RenderOptions, Rendition
from readout_pub.emit.timestamps import timestamp
from readout_pub.notes import note

if TYPE_CHECKING:
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Readout
    from readout_pub.notes import Note


def pandoc_emitter(target: str) -> Emitter:
    """Return the emitter of `target`: docx, odt, md, rst, tex or the name of a pandoc writer.

    A UsageError names the formats if there is none of that name; a ToolMissing says how to get pandoc.
    """
    return partial(_emit, target, pandoc_writer(target))


def _emit(target: str, writer: PandocWriter, readout: Readout, album: ImageStore, look: RenderOptions) -> Rendition:
    shelf = ImageWriter(writer, album, look)
    tree = pandoc_document(readout, writer, shelf.place)
    inside = shelf.files if writer.photos == "inside" else {}
    files = reference_files(writer.to, readout.language, look.theme, inside) if writer.styled else inside
    outcome = run_pandoc(msgspec.json.encode(tree), _arguments(writer), files, timestamp(readout))
    complaints = (note("PANDOC_COMPLAINT", None, complaint=warning) for warning in outcome.warnings)
    notes = (*shelf.notes, *complaints, *_notes(target, writer, look))
    data = fix_package(outcome.data, writer.to) if writer.styled else outcome.data
    return Rendition(target, data, writer.suffix, writer.media_type, {} if inside else shelf.files, notes)


def _arguments(writer: PandocWriter) -> list[str]:
    return [
        f"--to={writer.to}",
        *(["--standalone"] if writer.standalone else []),
        # In its sandbox pandoc reads no file at all, so not even the photos that we lay out for it.
        *(["--sandbox"] if writer.photos != "inside" else []),
        *(OPTIONS if writer.styled else []),
    ]


def _notes(target: str, writer: PandocWriter, look: RenderOptions) -> tuple[Note, ...]:
    """Say where the photos are if they are not where they were wanted."""
    if writer.photos == "beside" and look.photos == "inline":
        return (note("PHOTOS_BESIDE", None, format=target, folder=look.folder),)
    return ()
