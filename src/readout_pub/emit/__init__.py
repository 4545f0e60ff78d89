"""Readout → rendition. `EMITTERS` is the table of our own formats; pandoc writes all others."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence

from readout_pub.arguments import require_type
from readout_pub.emit.rendition import Certifier, Emitter, FailedFormat, RenderOptions, Rendition
from readout_pub.errors import (
    EmitError,
    ReadoutError,
    ToolMissing,
    UsageError,
    internal_error_message,
    is_out_of_memory,
)
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout, printable_readout, require_valid

EMITTERS: dict[str, str] = {
    "html": "readout_pub.emit.html:emit_html",
    "pdf": "readout_pub.emit.pdf:emit_pdf",
    "epub": "readout_pub.emit.epub:emit_epub",
    "txt": "readout_pub.emit.text:emit_text",
    "json": "readout_pub.emit.json:emit_json",
}
"""Format → "module:function", imported at first use: a command that makes HTML need not load the PDF library."""

_OTHER_SUFFIXES = {".htm": ("html",), ".markdown": ("md",), ".text": ("txt",)}
"""Another common suffix of a format → that format."""

__all__ = [
    "EMITTERS",
    "Certifier",
    "FailedFormat",
    "RenderOptions",
    "Rendition",
    "canonical_format",
    "emit",
    "emit_each",
    "emitter",
    "formats_of_suffix",
    "suffix_of",
]


def canonical_format(name: str) -> str:
    """Return the name by which a format is known: " PDF", ".pdf" and "pdf" are "pdf"."""
    return name.strip().lower().removeprefix(".")


def emitter(target: str) -> Emitter:
    """Return the function that renders `target`; for an unknown format, raises UsageError, which suggests others."""
    target = canonical_format(target)
    if target not in EMITTERS:
        from readout_pub.emit.pandoc import pandoc_emitter

        return pandoc_emitter(target)
    module, function = EMITTERS[target].split(":")
    found: Emitter = getattr(importlib.import_module(module), function)
    return found


def suffix_of(target: str) -> str:
    """Return the file name suffix of format `target` with its dot; raises UsageError if there is no such format."""
    target = canonical_format(target)
    if target in EMITTERS:
        return f".{target}"
    from readout_pub.emit.pandoc.formats import pandoc_writer

    return pandoc_writer(target).suffix


def formats_of_suffix(suffix: str) -> tuple[str, ...]:
    """Return the formats that a file name with this suffix can mean: one of `EMITTERS`, else those of pandoc.

    Some other suffixes mean one format: `.markdown` means "md". Empty if no format has the suffix, or if only
    pandoc could tell and is not installed.
    """
    suffix = suffix.lower()
    if canonical_format(suffix) in EMITTERS:
        return (canonical_format(suffix),)
    if suffix in _OTHER_SUFFIXES:
        return _OTHER_SUFFIXES[suffix]
    from readout_pub.emit.pandoc.formats import writers_of_suffix

    try:
        return writers_of_suffix(suffix)
    except ToolMissing:
        return ()


def emit(readout: Readout, images: ImageStore, target: str, render_options: RenderOptions | None = None) -> Rendition:
    """Return `readout` rendered as `target`, such as "epub" or any pandoc writer, with its photos from `images`.

    In every format, the texts are as `printable` returns them. The function opens no connection, and leaves no file on
    the disk. Raises UsageError for a readout with a value of a wrong type, and for an unknown format, theme or PDF
    profile; ToolMissing if a library, font or program is not installed; EmitError if the format cannot represent this
    readout, or if rendering fails with the user's own style sheet or theme.
    """
    require_valid(readout)
    require_type(images, (ImageStore,), "images")
    require_type(target, (str,), "target")
    require_type(render_options, (RenderOptions, type(None)), "render_options")
    render_options = render_options or RenderOptions()
    function = emitter(target)
    try:
        return function(printable_readout(readout), images, render_options)
    except Exception as error:
        if is_out_of_memory(error) or (isinstance(error, ReadoutError) and not isinstance(error, EmitError)):
            raise
        own_style = render_options.own_style(canonical_format(target))
        if own_style is None:
            raise
        raise _style_error(own_style, error) from error


def _style_error(own_style: str, error: Exception) -> EmitError:
    """Return the error for a rendition that failed with a style of the user, which is the likely cause."""
    reason = error.what if isinstance(error, EmitError) else f"{type(error).__name__}: {error}"
    return EmitError(
        f"{own_style} is the likely cause: {reason}",
        what_next="remove rules that add words, hide words or set extreme sizes, and nest elements less deeply; "
        "if the format fails without these rules too, report the error with the page",
    )


def emit_each(
    readout: Readout, images: ImageStore, targets: Sequence[str], render_options: RenderOptions
) -> Iterator[Rendition | FailedFormat]:
    """Yield each of `targets` as `emit` renders it; a format that cannot be rendered does not stop the others.

    UsageError, a mistake in the call, ends the iteration. So does MemoryError: the next format needs as much memory.
    """
    for target in targets:
        try:
            yield emit(readout, images, target, render_options)
        except (UsageError, MemoryError):
            raise
        except ReadoutError as error:
            yield FailedFormat(target, error)
        except Exception as error:  # noqa: BLE001 - an unforeseen error in one format must not cost the others
            yield FailedFormat(target, EmitError(internal_error_message(error)))
