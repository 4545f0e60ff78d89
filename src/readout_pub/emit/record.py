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
from readout_pub.errors import escape_controls
from readout_pub.model import Decorative, Described, photos, plain_text
from readout_pub.source_record import OWN_CSS, OWN_THEME, SourceRecord, recorded_source
from readout_pub.themes import theme_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readout_pub.model import Readout


_NOT_LISTED_AS_OPTIONS = frozenset({"receipt", "folder", "css", "theme"})
"""Options that `_options` does not copy into the record: the record has a field `receipt`, the paths of its files begin
with `folder`, and `style_options` describes the theme and the style sheet.
"""


def source_record(
    readout: Readout, render_options: RenderOptions, target: str, files: Mapping[str, str] | None = None
) -> SourceRecord:
    """Return the record for an output of `readout` in the format `target`. It has no seal yet.

    `files` are the files beside the output: relative path → SHA-256 (hex).
    """
    return SourceRecord(
        program=program(),
        format=target,
        title=document_title(readout),
        language=readout.language,
        source=recorded_source(readout.origin),
        receipt=render_options.receipt,
        issued=readout.issued,
        options=_options(readout, render_options, target),
        edited=_edited_fields(readout),
        alts_given=count_given_alts(readout),
        alt_authors=alt_authors(readout),
        withheld=tuple(photo.sha256 or photo.src for photo in readout.origin.withheld),
        files=dict(files or {}),
    )


def recorded_render_options(record: SourceRecord) -> RenderOptions:
    """Return the options of a record, without the user's own theme and style sheet, which the record only names.

    Raises a ValidationError of msgspec, or a UsageError, if this version of the program does not know the value of an
    option.
    """
    known = {name: record.options[name] for name in RenderOptions.__struct_fields__ if name in record.options}
    return msgspec.convert({**known, "receipt": record.receipt}, RenderOptions)


def count_given_alts(readout: Readout) -> int:
    """Return how many alternative texts are by a person or a model, and not from the page."""
    alts = (photo.alt for photo in photos(readout))
    return sum(isinstance(alt, Described | Decorative) and alt.by in {"person", "model"} for alt in alts)


@cache
def program() -> str:
    """Return the name and version of this program."""
    return f"readout-pub {version('readout-pub')}"


def _options(readout: Readout, render_options: RenderOptions, target: str) -> dict[str, object]:
    """Return the options that change outputs in the format `target`, unless they have their default values.

    `keep` and `alt_policy`, which change how the page is read, are among them, and SOURCE_DATE_EPOCH if it is set.
    """
    defaults = RenderOptions()
    options: dict[str, object] = {
        option: msgspec.to_builtins(getattr(render_options, option))
        for option in relevant_options(target)
        if option not in _NOT_LISTED_AS_OPTIONS and getattr(render_options, option) != getattr(defaults, option)
    }
    if "theme" in relevant_options(target):
        options |= style_options(render_options)
    if readout.origin.keep:
        options["keep"] = readout.origin.keep
    if readout.origin.alt_policy:
        options["alt_policy"] = readout.origin.alt_policy
    if epoch := os.environ.get(EPOCH_VARIABLE):
        options[EPOCH_VARIABLE] = epoch
    return options


def style_options(render_options: RenderOptions) -> dict[str, object]:
    """Return the theme and the style sheet, unless they are the defaults; the user's own are given by name and digest.

    Their paths are left out, since a published file should not tell them.
    """
    options: dict[str, object] = {}
    if render_options.theme in theme_names():
        if render_options.theme != RenderOptions().theme:
            options["theme"] = render_options.theme
    else:
        theme = render_options.design().theme
        options[OWN_THEME] = {"name": theme.name, "sha256": theme.digest}
    if render_options.css is not None:
        options[OWN_CSS] = {
            "name": escape_controls(Path(render_options.css).name),
            "sha256": hashlib.sha256(render_options.design().css.encode()).hexdigest(),
        }
    return options


def _edited_fields(readout: Readout) -> dict[str, str]:
    values = {
        "title": plain_text(readout.title, line_break=" ") if readout.title else "",
        "series": readout.series or "",
        "issued": readout.issued.isoformat() if readout.issued else "",
        "issued_text": readout.issued_text or "",
        "language": readout.language,
        "json": "edited as JSON",
    }
    return {field: values[field] for field in readout.origin.edited if field in values}
