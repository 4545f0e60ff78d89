"""Converts saved readouts of foreign ministries into faithful, accessible publications.

    from readout_pub import convert, saved_pages

    conversion = convert("page.html", ["pdf", "epub"])
    for rendition in conversion.renditions:
        rendition.write("out", "page")

A folder or a web archive with several pages is converted page by page:

    for page in saved_pages("crawl.warc.gz"):
        convert(page, ["epub"])

`batch` does the same on all cores, writes the files, and in later runs converts only what has changed.

The stages can also be called one by one: `open_source`, `extract`, `refine`, `describe`, `emit`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readout_pub.alt import PhotoContext, Withheld, describe
    from readout_pub.alt.decisions import Decision, Decisions
    from readout_pub.batch import Outcome, Selection, batch
    from readout_pub.checks import FileReport, check
    from readout_pub.convert import Conversion, Overrides, convert, read
    from readout_pub.deposit import Deposit, deposit
    from readout_pub.diff import Changes, compare_copies
    from readout_pub.diff.files import open_copies
    from readout_pub.emit import Certifier, RenderOptions, Rendition, emit
    from readout_pub.errors import (
        AltRefused,
        DecisionsUnreadable,
        EmitError,
        FetchRefused,
        ImpossibleDecision,
        OutputError,
        ProfileError,
        ReadoutError,
        ReceiptError,
        SourceError,
        ThemeError,
        ToolMissing,
        UsageError,
    )
    from readout_pub.extract import Extraction, extract
    from readout_pub.fetch import FetchOutcome, FetchRequest, UrlFilter, fetch
    from readout_pub.image_store import ImageStore, Picture
    from readout_pub.model import (
        Decorative,
        Described,
        Missing,
        Readout,
        from_json,
        json_schema,
        photos,
        plain_text,
        to_json,
    )
    from readout_pub.notes import Note
    from readout_pub.receipts import Receipt
    from readout_pub.refine import refine
    from readout_pub.sources import FetchPolicy, HtmlPage, SavedPage, StoredReadout, TextPage, open_source, saved_pages
    from readout_pub.verify import Verification, verify

__version__ = "0.1.0"

_PUBLIC_NAMES = {
    "alt": ("PhotoContext", "Withheld", "describe"),
    "alt.decisions": ("Decision", "Decisions"),
    "batch": ("Selection", "Outcome", "batch"),
    "checks": ("FileReport", "check"),
    "convert": ("Conversion", "Overrides", "convert", "read"),
    "deposit": ("Deposit", "deposit"),
    "diff": ("Changes", "compare_copies"),
    "diff.files": ("open_copies",),
    "emit": ("Certifier", "RenderOptions", "Rendition", "emit"),
    "errors": (
        "AltRefused",
        "DecisionsUnreadable",
        "EmitError",
        "FetchRefused",
        "ImpossibleDecision",
        "OutputError",
        "ProfileError",
        "ReadoutError",
        "ReceiptError",
        "SourceError",
        "ThemeError",
        "ToolMissing",
        "UsageError",
    ),
    "extract": ("Extraction", "extract"),
    "fetch": ("FetchOutcome", "FetchRequest", "UrlFilter", "fetch"),
    "image_store": ("ImageStore", "Picture"),
    "model": (
        "Decorative",
        "Described",
        "Missing",
        "Readout",
        "from_json",
        "json_schema",
        "photos",
        "plain_text",
        "to_json",
    ),
    "notes": ("Note",),
    "receipts": ("Receipt",),
    "refine": ("refine",),
    "sources": ("FetchPolicy", "HtmlPage", "SavedPage", "StoredReadout", "TextPage", "open_source", "saved_pages"),
    "verify": ("Verification", "verify"),
}
"""Module → the public names defined in it. A name is imported at its first use, so `readout-pub --help` imports
none."""

_MODULE_OF = {name: module for module, names in _PUBLIC_NAMES.items() for name in names}

__all__ = [
    "AltRefused",
    "Certifier",
    "Changes",
    "Conversion",
    "Decision",
    "Decisions",
    "DecisionsUnreadable",
    "Decorative",
    "Deposit",
    "Described",
    "EmitError",
    "Extraction",
    "FetchOutcome",
    "FetchPolicy",
    "FetchRefused",
    "FetchRequest",
    "FileReport",
    "HtmlPage",
    "ImageStore",
    "ImpossibleDecision",
    "Missing",
    "Note",
    "Outcome",
    "OutputError",
    "Overrides",
    "PhotoContext",
    "Picture",
    "ProfileError",
    "Readout",
    "ReadoutError",
    "Receipt",
    "ReceiptError",
    "RenderOptions",
    "Rendition",
    "SavedPage",
    "Selection",
    "SourceError",
    "StoredReadout",
    "TextPage",
    "ThemeError",
    "ToolMissing",
    "UrlFilter",
    "UsageError",
    "Verification",
    "Withheld",
    "batch",
    "check",
    "compare_copies",
    "convert",
    "deposit",
    "describe",
    "emit",
    "extract",
    "fetch",
    "from_json",
    "json_schema",
    "open_copies",
    "open_source",
    "photos",
    "plain_text",
    "read",
    "refine",
    "saved_pages",
    "to_json",
    "verify",
]


class _Package(ModuleType):
    """The package's module type: imports public names at first use, and keeps names like `extract` bound to functions.

    When a submodule is imported, Python binds the module to its name in the package. `convert`, `emit`, `extract`,
    `refine`, `batch`, `deposit`, `fetch` and `verify` are public functions with the names of submodules, so the package
    ignores this binding for public names.
    """

    def __getattr__(self, name: str) -> object:
        if name not in _MODULE_OF:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"{self.__name__}.{_MODULE_OF[name]}"), name)
        setattr(self, name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _MODULE_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package
