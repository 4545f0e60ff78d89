"""DOCX, ODT, Markdown, reStructuredText, LaTeX and every other pandoc format, by way of pandoc's syntax tree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.front_matter import foot_text
from readout_pub.emit.messages import messages_for
from readout_pub.emit.pandoc import rst
from readout_pub.emit.pandoc.formats import PandocWriter, pandoc_writer
from readout_pub.emit.pandoc.office_tokens import OfficeTokens, office_tokens
from readout_pub.emit.pandoc.package_fixes import fix_package
from readout_pub.emit.pandoc.page import pandoc_document
from readout_pub.emit.pandoc.photos import ImageWriter
from readout_pub.emit.pandoc.program import run_pandoc
from readout_pub.emit.pandoc.reference_docs import OPTIONS, reference_files
from readout_pub.emit.record import source_record
from readout_pub.emit.rendition import Emitter, RenderOptions, Rendition
from readout_pub.emit.timestamps import timestamp
from readout_pub.notes import note
from readout_pub.seal import seal_package
from readout_pub.source_record import property_texts

if TYPE_CHECKING:
    from readout_pub.emit.pandoc.nodes import Node
    from readout_pub.image_store import ImageStore
    from readout_pub.model import Readout
    from readout_pub.notes import Note


def pandoc_emitter(target: str) -> Emitter:
    """Return the function that renders `target`: docx, odt, md, rst, tex or the name of a pandoc writer.

    Raises UsageError if there is no such format; the error suggests other formats. Raises ToolMissing if only pandoc
    knows whether there is one, and pandoc is not installed.
    """
    return partial(_emit, target, pandoc_writer(target))


def _emit(
    target: str, writer: PandocWriter, readout: Readout, images: ImageStore, render_options: RenderOptions
) -> Rendition:
    """Return the file that pandoc makes of `readout`; in DOCX and ODT, `fix_package` adds what pandoc leaves out."""
    image_writer = ImageWriter(writer, images, render_options)
    record = source_record(readout, render_options, target)
    tokens = office_tokens(render_options, readout.language)
    logo = _logo_nodes(readout, writer, image_writer, tokens, render_options)
    tree, table_notes = pandoc_document(
        readout,
        writer,
        image_writer.place,
        property_texts(record),
        tokens=tokens,
        render_options=render_options,
        logo=logo,
    )
    inside, beside = (image_writer.files, {}) if writer.photos == "inside" else ({}, image_writer.files)
    files = reference_files(writer.to, readout.language, render_options, inside) if writer.styled else inside
    source = msgspec.json.encode(tree)
    if writer.counts_marks:
        source = rst.with_placeholders(source)
    output = run_pandoc(source, _arguments(writer), files, timestamp(readout))
    warnings = (note("PANDOC_COMPLAINT", None, complaint=warning) for warning in output.warnings)
    notes = (
        *image_writer.notes,
        *table_notes,
        *warnings,
        *_placement_notes(target, writer, render_options),
        *_safety_notes(target, writer),
        *_style_notes(target, writer, readout, render_options),
    )
    data = output.data
    if writer.styled:
        foot = foot_text(readout, render_options, messages_for(readout.language))
        data = seal_package(fix_package(data, writer.to, tree, tokens, foot), record)
    if writer.counts_marks:
        data = rst.without_placeholders(data)
    return Rendition(target, data, writer.suffix, writer.media_type, beside, notes)


def _logo_nodes(
    readout: Readout,
    writer: PandocWriter,
    image_writer: ImageWriter,
    tokens: OfficeTokens,
    render_options: RenderOptions,
) -> list[Node]:
    """Return the logo of the theme, if it has one and the format has a masthead."""
    svg = render_options.design(readout.language).theme.logo
    return image_writer.logo_nodes(svg, tokens.points("--size-print")) if svg and writer.front == "template" else []


def _arguments(writer: PandocWriter) -> list[str]:
    return [
        f"--to={writer.to}",
        *(["--standalone"] if writer.standalone else []),
        # In its sandbox, pandoc can read no files.
        *([] if writer.photos == "inside" else ["--sandbox"]),
        *(OPTIONS if writer.styled else []),
    ]


def _safety_notes(target: str, writer: PandocWriter) -> tuple[Note, ...]:
    return () if writer.guarded else (note("MARKUP_UNGUARDED", None, format=target),)


def _style_notes(
    target: str, writer: PandocWriter, readout: Readout, render_options: RenderOptions
) -> tuple[Note, ...]:
    """Return a note if a styled format leaves out the rules of the user's theme."""
    rules = render_options.own_rules(readout.language) if writer.styled and render_options.css is None else None
    return (note("RULES_UNUSED", None, format=target, rules=rules),) if rules else ()


def _placement_notes(target: str, writer: PandocWriter, render_options: RenderOptions) -> tuple[Note, ...]:
    """Return a note if the user asked for photos inside the file and the format cannot embed photos."""
    if writer.photos == "beside" and render_options.photos == "inline":
        return (note("PHOTOS_BESIDE", None, format=target, folder=render_options.folder),)
    return ()
