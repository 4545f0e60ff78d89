"""Turns saved readouts of foreign ministries into faithful, accessible publications.

    from pathlib import Path
    from readout_pub import convert

    conversion = convert("page.html", ["pdf", "epub"])
    for rendition in conversion.renditions:
        Path("page" + rendition.suffix).write_bytes(rendition.data)

What holds several pages, such as a folder or a web archive, is converted page by page:

    for page in saved_pages("crawl.warc.gz"):
        convert(page, ["epub"])

The stages can be called one by one: `open_source`, `extract`, `refine`, `describe`, `emit`.
"""

from readout_pub.album import Album, Picture
from readout_pub.alt import describe
from readout_pub.convert import Conversion, Known, convert, understand
from readout_pub.emit import Certifier, Look, Rendition, emit
from readout_pub.errors import (
    EmitError,
    OutputError,
    ProfileError,
    ReadoutError,
    SourceError,
    ToolMissing,
    UsageError,
)
from readout_pub.extract import Extraction, extract
from readout_pub.model import Readout, from_json, json_schema, to_json
from readout_pub.notes import Note
from readout_pub.refine import refine
from readout_pub.sources import HtmlPage, SavedPage, TextPage, open_source, saved_pages

__version__ = "0.1.0"

__all__ = [
    "Album",
    "Certifier",
    "Conversion",
    "EmitError",
    "Extraction",
    "HtmlPage",
    "Known",
    "Look",
    "Note",
    "OutputError",
    "Picture",
    "ProfileError",
    "Readout",
    "ReadoutError",
    "Rendition",
    "SavedPage",
    "SourceError",
    "TextPage",
    "ToolMissing",
    "UsageError",
    "convert",
    "describe",
    "emit",
    "extract",
    "from_json",
    "json_schema",
    "open_source",
    "refine",
    "saved_pages",
    "to_json",
    "understand",
]
