"""The types that every emitter takes and returns: render options and renditions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.arguments import (
    PathField,
    require_file_name,
    require_inside,
    require_path,
    require_type,
    require_unicode,
    set_plain_strings,
    shown,
)
from readout_pub.atomic import write_file
from readout_pub.emit.photo_places import place_of_photos
from readout_pub.errors import ReadoutError, UsageError, escape_controls
from readout_pub.image_store import ImageStore
from readout_pub.model import Readout
from readout_pub.notes import Note
from readout_pub.styles import Design, design
from readout_pub.themes import MIN_CONTRAST, Paper, require_paper, text_contrasts, theme_names, theme_text

Placement = Literal["inline", "beside"]
"""Where photos are: inside the file, or in a folder beside it."""


class Certifier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who certifies the accessibility of an EPUB, their credential, and the URL of their report."""

    name: str
    credential: str | None = None
    report: str | None = None

    def __post_init__(self) -> None:
        """Raise a UsageError for a value of another type, or a text that cannot be written as UTF-8."""
        require_type(self.name, (str,), "name")
        for field in ("name", "credential", "report"):
            require_type(getattr(self, field), (str, type(None)), field)
            require_unicode(getattr(self, field) or "", field)
        set_plain_strings(self)


PDF_PROFILES = {
    "ua1+a2a": "PDF/UA-1 and PDF/A-2a",
    "ua1+a3a": "PDF/UA-1 and PDF/A-3a, with source and model attached",
    "ua2": "PDF/UA-2 and PDF/A-4f, in PDF 2.0, with source and model attached",
}
"""Name of a PDF profile → its standards, for people. `emit.pdf.profiles` says what they require."""

MAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
"""What may be a mail address; only a server can say whether it is one."""


class RenderOptions(msgspec.Struct, frozen=True):
    """Options for all formats.

    `theme` is the name of a theme of this program, or the path of a folder with a theme.toml. `paper` replaces the
    paper of the theme, and `css` is the path of a file whose rules come after those of the theme. `photos` says where
    photos are; with None, each format decides. `folder` is the relative path of the folder for photos beside the file.
    `system_fonts` allows fonts of this computer in PDF. `pdf` is the PDF profile: the standards to conform to. An EPUB
    names `certifier` as the certifier of its accessibility; with None, it names this program. `contact` is a mail
    address in an EPUB for questions about its accessibility. `draft` marks each output as a draft. `embargo` is the day
    before which no output may be released: each output says so. `receipt`, which `convert` sets, makes the source
    record say that the words of the output were compared with the source. `theme`, `paper` and `pdf` may be in upper or
    lower case.
    """

    theme: PathField = "plain"
    paper: Paper | None = None
    css: PathField | None = None
    photos: Placement | None = None
    folder: str = "photos"
    system_fonts: bool = False
    pdf: str = "ua1+a2a"
    certifier: Certifier | None = None
    contact: str | None = None
    draft: bool = False
    embargo: dt.date | None = None
    receipt: bool = False

    def __post_init__(self) -> None:
        """Put the names into lower case, so that equal options are equal values; UsageError for an impossible value."""
        set_plain_strings(self)
        require_type(self.theme, (str, Path), "theme")
        require_type(self.pdf, (str,), "pdf")
        require_type(self.css, (str, Path, type(None)), "css")
        require_type(self.paper, (str, type(None)), "paper")
        require_inside(self.folder, "folder")
        require_type(self.system_fonts, (bool,), "system_fonts")
        require_type(self.receipt, (bool,), "receipt")
        require_type(self.draft, (bool,), "draft")
        require_type(self.embargo, (dt.date, type(None)), "embargo")
        require_type(self.certifier, (Certifier, type(None)), "certifier")
        require_type(self.contact, (str, type(None)), "contact")
        require_unicode(self.contact or "", "contact")
        if self.contact is not None and not MAIL_ADDRESS.fullmatch(self.contact):
            raise UsageError(f"contact is {self.contact!r}", what_next="give a mail address")
        if self.photos not in (None, "inline", "beside"):
            raise UsageError(f"photos is {shown(self.photos)}", what_next='give "inline", "beside" or None')
        if self.paper is not None:
            msgspec.structs.force_setattr(self, "paper", require_paper(self.paper))
        msgspec.structs.force_setattr(self, "theme", theme_text(self.theme))
        if self.css is not None:
            msgspec.structs.force_setattr(self, "css", str(self.css))
        msgspec.structs.force_setattr(self, "pdf", self.pdf.strip().lower())
        if self.pdf not in PDF_PROFILES:
            raise UsageError(
                f"there is no PDF profile {self.pdf!r}", what_next=f"take one of {', '.join(PDF_PROFILES)}"
            )

    def design(self, language: str = "") -> Design:
        """Return how documents in `language` look; raises UsageError or ThemeError if the theme or CSS is unusable."""
        return design(self.theme, language, paper=self.paper, css=self.css)

    def own_rules(self, language: str) -> str | None:
        """Return how messages name the CSS rules of the user, which nobody has checked; None if there are none."""
        if self.css is not None:
            return f"the style sheet {escape_controls(str(self.css))}"
        is_own = self.theme not in theme_names() and self.design(language).has_theme_rules
        return f"theme.css of the theme {escape_controls(str(self.theme))}" if is_own else None

    def pale_colours(self) -> tuple[str, ...]:
        """Return the keys of text colours whose contrast is below the WCAG minimum, such as "colours.dark.ink"."""
        contrasts = text_contrasts(self.design().theme)
        return tuple(place for place, _, _, ratio in contrasts if ratio < MIN_CONTRAST)

    def own_style(self, target: str) -> str | None:
        """Return how messages name the user's own style sheet or theme for `target`; None if the user has neither."""
        relevant = relevant_options(target)
        if self.css is not None and "css" in relevant:
            return f"the style sheet {self.css}"
        return f"the theme {self.theme}" if "theme" in relevant and self.theme not in theme_names() else None


_STYLE_OPTIONS = ("css", "paper", "theme")
"""The options that change only the appearance; a format without styles, such as plain text, ignores them."""

_IRRELEVANT_OPTIONS = {
    "html": ("certifier", "contact", "paper", "pdf", "system_fonts"),
    "epub": ("paper", "pdf", "photos", "folder", "system_fonts"),
    "pdf": ("certifier", "contact", "photos", "folder"),
    "docx": ("certifier", "contact", "css", "pdf", "photos", "folder", "system_fonts"),
    "odt": ("certifier", "contact", "css", "pdf", "photos", "folder", "system_fonts"),
    "txt": ("certifier", "contact", "pdf", "photos", "folder", "receipt", "system_fonts", *_STYLE_OPTIONS),
    "json": ("certifier", "contact", "draft", "embargo", "pdf", "receipt", "system_fonts", *_STYLE_OPTIONS),
}
"""Format → the render options that do not change it."""

_IRRELEVANT_FOR_OTHER_FORMATS = ("certifier", "contact", "pdf", "system_fonts", *_STYLE_OPTIONS)
"""The options that do not change any other format, such as Markdown."""

_IRRELEVANT_IF_PHOTOS_ARE = {
    "inside": ("photos", "folder"),
    "none": ("photos", "folder"),
    "beside": ("photos",),
    "either": (),
}
"""Where a format of pandoc has its photos → further options that do not change it."""


def relevant_options(target: str) -> tuple[str, ...]:
    """Return the names of the render options that decide the bytes of format `target`."""
    other = (*_IRRELEVANT_FOR_OTHER_FORMATS, *_IRRELEVANT_IF_PHOTOS_ARE[place_of_photos(target)])
    irrelevant = _IRRELEVANT_OPTIONS.get(target, other)
    return tuple(option for option in RenderOptions.__struct_fields__ if option not in irrelevant)


class Rendition(msgspec.Struct, frozen=True):
    """One output: its bytes, the files that belong beside it (relative path → bytes), and the notes of its emitter.

    `suffix` is the suffix of its file name, with the dot.
    """

    format: str
    data: bytes
    suffix: str
    media_type: str
    extra_files: Mapping[str, bytes] = {}
    notes: tuple[Note, ...] = ()

    def files(self, path: Path) -> dict[Path, bytes]:
        """Return path → content for every file of the rendition. The last is the output, at `path`."""
        return {path.parent / name: data for name, data in self.extra_files.items()} | {path: self.data}

    def write(self, folder: str | Path, stem: str = "readout") -> Path:
        """Write the rendition as `folder`/`stem`.suffix with the files beside it; return its path.

        Folders are made; each file is written whole or not at all. Raises an OutputError if a file cannot be written, a
        UsageError if `stem` is not a plain name or `folder` is not a path.
        """
        require_path(folder, "folder")
        require_file_name(stem, "stem")
        path = Path(folder) / (stem + self.suffix)
        for file, data in self.files(path).items():
            write_file(file, data)
        return path


class FailedFormat(msgspec.Struct, frozen=True):
    """A format that cannot be rendered, and why."""

    format: str
    error: ReadoutError

    def __str__(self) -> str:
        """Return both for users: "pdf: …"."""
        return f"{self.format}: {self.error}"


Emitter = Callable[[Readout, ImageStore, RenderOptions], Rendition]
"""Renders a readout, with photos from an image store, in one format."""
