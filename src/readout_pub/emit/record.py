"""The source record of an output, from its readout and its options."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.markup import document_title
from readout_pub.emit.pictures import alt_authors
from readout_pub.emit.rendition import RenderOptions, relevant_options
from readout_pub.emit.timestamps import EPOCH_VARIABLE
from readout_pub.model import Decorative, Described, photos, plain_text
from readout_pub.source_record import OWN_CSS, OWN_THEME, SourceRecord, recorded_source
from readout_pub.themes import theme_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readout_pub.model import Readout


_ELSEWHERE = frozenset({"receipt", "folder", "css", "theme"})
"""Options that the record states in another way: the folder of photos is in the paths of its files."""


def source_record(
    readout: Readout, options: RenderOptions, target: str, files: Mapping[str, str] | None = None
) -> SourceRecord:
    """Return the record of `readout` as `target`, not sealed yet.

    `files` are those beside the output: relative path → SHA-256 (hex).
    """
    return SourceRecord(
        program=program(),
        format=target,
        title=document_title(readout),
        language=readout.language,
        source=recorded_source(readout.origin),
        receipt=options.receipt,
        issued=readout.issued,
        options=_options(readout, options, target),
        edited=_edited_fields(readout),
        alts_given=count_given_alts(readout),
        alt_authors=alt_authors(readout),
        files=dict(files or {}),
    )


def count_given_alts(readout: Readout) -> int:
    """Return how many alternative texts a person or a model gave in place of the page."""
    alts = (photo.alt for photo in photos(readout))
    return sum(isinstance(alt, Described | Decorative) and alt.by in {"person", "model"} for alt in alts)


@cache
def program() -> str:
    """Return the name and version of this program."""
    return f"readout-pub {version('readout-pub')}"


def _options(readout: Readout, options: RenderOptions, target: str) -> dict[str, object]:
    """Return the options that are not the defaults and that change `target`, and the time set from outside.

    `keep` and `alt_policy` change how the page is read.
    """
    defaults = RenderOptions()
    recorded: dict[str, object] = {
        option: msgspec.to_builtins(getattr(options, option))
        for option in relevant_options(target)
        if option not in _ELSEWHERE and getattr(options, option) != getattr(defaults, option)
    }
    if "theme" in relevant_options(target):
        recorded |= style_options(options)
    if readout.origin.keep:
        recorded["keep"] = readout.origin.keep
    if readout.origin.alt_policy:
        recorded["alt_policy"] = readout.origin.alt_policy
    if epoch := os.environ.get(EPOCH_VARIABLE):
        recorded[EPOCH_VARIABLE] = epoch
    return recorded


def style_options(options: RenderOptions) -> dict[str, object]:
    """Return the theme and the style sheet, unless they are the defaults: those of a user by name and digest.

    Their paths are left out, since a published file should not tell them.
    """
    recorded: dict[str, object] = {}
    if options.theme in theme_names():
        if options.theme != RenderOptions().theme:
            recorded["theme"] = options.theme
    else:
        theme = options.design().theme
        recorded[OWN_THEME] = {"name": theme.name, "sha256": theme.digest}
    if options.css is not None:
        recorded[OWN_CSS] = {
            "name": Path(options.css).name,
            "sha256": hashlib.sha256(options.design().css.encode()).hexdigest(),
        }
    return recorded


def _edited_fields(readout: Readout) -> dict[str, str]:
    values = {
        "title": plain_text(readout.title, line_break=" ") if readout.title else "",
        "series": readout.series or "",
        "issued": readout.issued.isoformat() if readout.issued else "",
        "language": readout.language,
        "json": "edited as JSON",
    }
    return {field: values[field] for field in readout.origin.edited if field in values}
