"""Tools for authors of themes: draft a theme, check it, and show a document in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from readout_pub.atomic import write_file
from readout_pub.convert import convert
from readout_pub.emit import RenderOptions
from readout_pub.errors import OutputError, ReadoutError, ToolMissing, UsageError, escape_controls
from readout_pub.themes import (
    CSS_FILE,
    LOGO_FILE,
    MIN_CONTRAST,
    PAPERS,
    POINTS_PER_MM,
    THEME_FILE,
    Theme,
    channels,
    contrast,
    load_theme,
    styles_folder,
    text_contrasts,
    theme_names,
)

GOOD_CONTRAST = 7.0
"""The contrast of text that WCAG recommends (1.4.6, level AAA)."""

MAX_LETTERS = 80
"""How many letters a line of Latin text may have (WCAG 1.4.8)."""

SPECIMEN = styles_folder() / "specimen" / "specimen.json"
"""A readout with every kind of block, which `preview_theme` and `check_theme` lay out."""

_ALPHABETS = {
    "Latin with accents": (*range(0x00C0, 0x0180), *range(0x0218, 0x021C), 0x1E9E),
    "Vietnamese": tuple(range(0x1EA0, 0x1EFA)),
    "Greek": (*range(0x0391, 0x03A2), *range(0x03A3, 0x03CF)),
    "Cyrillic": (*range(0x0401, 0x040D), *range(0x040E, 0x0450), *range(0x0451, 0x0460), 0x0490, 0x0491),
    "punctuation": tuple(map(ord, "–—‘’“”„…·•«»€§°№")),
}
"""Name → code points that ministries need: letters of European languages and Vietnamese, punctuation and symbols.

Source: Unicode 17, the blocks Latin-1 Supplement, Latin Extended-A, Extended-B and Extended Additional, Greek and
Coptic, Cyrillic, General Punctuation, Currency Symbols and Letterlike Symbols.
"""

_SAMPLE = "both sides welcomed the opening of the new ferry line and agreed to meet again before the end of the year "
"""English text, to measure how many letters a line holds."""

_STYLES = {"regular": (False, False), "bold": (True, False), "italic": (False, True), "bold italic": (True, True)}
"""Name of a face → whether it is bold, and whether it is slanted."""

_BOLD = 600
"""A face with this weight or more is bold (OpenType, OS/2 usWeightClass)."""


class ThemeFault(msgspec.Struct, frozen=True):
    """Something in a theme that its author should see; a theme with an "error" should not be published."""

    severity: Literal["error", "warning"]
    where: str
    message: str


# --- a new theme


def draft_theme(folder: Path, name: str | None = None, extends: str = "ministry") -> list[Path]:
    """Write a theme into `folder`, to be changed by its author; return the paths of its files.

    Raises UsageError if there is no theme `extends`, and OutputError if the folder has files of a theme.
    """
    if extends not in theme_names():
        raise UsageError(f"there is no theme {extends!r}", what_next=f"take one of {', '.join(theme_names())}")
    templates = sorted((styles_folder() / "templates" / "theme").iterdir())
    paths = [folder / template.name for template in templates]
    if old := next((path for path in paths if path.exists()), None):
        raise OutputError("this file exists", where=str(old), what_next="name another folder")
    title = escape_controls(name or Path(os.path.realpath(folder)).name.replace("-", " ").capitalize())
    fields = {
        "name": title.replace("\\", "\\\\").replace('"', '\\"'),
        "folder": escape_controls(str(folder)),
        "extends": extends,
    }
    for template, path in zip(templates, paths, strict=True):
        text = template.read_text("utf-8")
        for field, value in fields.items():
            text = text.replace(f"{{{field}}}", value) if template.name == THEME_FILE else text
        write_file(path, text.encode())
    return paths


# --- checks


def check_theme(name: str) -> list[ThemeFault]:
    """Return the faults of a theme (a name or a folder): in its colours, fonts, line length and logo.

    The notes and errors from rendering the specimen in the theme are among its faults.

    Raises UsageError if there is no such theme, and ThemeError if it cannot be read.
    """
    theme = load_theme(name)
    faults = [*contrast_faults(theme), *_logo_faults(theme)]
    faults += _specimen_faults(name)
    faults += _font_faults(theme)
    return faults


def contrast_faults(theme: Theme) -> Iterator[ThemeFault]:
    """Yield a fault for each colour of text that is hard to read on the paper of its mode."""
    for place, colour, paper, ratio in text_contrasts(theme):
        if ratio < GOOD_CONTRAST:
            nearest = _readable(colour, paper)
            advice = (
                f", which {nearest} has"
                if nearest
                else "; no colour has that on this paper: make the paper {}".format(
                    "lighter" if contrast("#000000", paper) > contrast("#ffffff", paper) else "darker"
                )
            )
            yield ThemeFault(
                "error" if ratio < MIN_CONTRAST else "warning",
                place,
                f"{colour} has a contrast of {int(ratio * 100) / 100:.2f}:1 to the paper {paper}; WCAG "
                f"requires {MIN_CONTRAST}:1 and recommends {GOOD_CONTRAST:g}:1{advice}",
            )


def _readable(colour: str, paper: str) -> str | None:
    """Return the colour nearest to `colour`, towards black or white, that has the recommended contrast to `paper`.

    None on papers such as middle grey, to which neither black nor white has this contrast.
    """
    nearer, farther = (0, 255) if contrast("#000000", paper) > contrast("#000000", colour) else (255, 0)
    start = channels(colour)
    for end in (nearer, farther):
        for step in range(1, 256):
            mixed = "#" + "".join(f"{round(value + (end - value) * step / 255):02x}" for value in start)
            if contrast(mixed, paper) >= GOOD_CONTRAST:
                return mixed
    return None


_ACTIVE = re.compile(rb"<\s*script|\bon\w+\s*=|<\s*foreignObject|(?:href|src)\s*=\s*[\"'](?!#|data:)", re.IGNORECASE)
"""What a logo must not contain: scripts, attributes such as `onclick`, HTML, and references to other files."""


def _logo_faults(theme: Theme) -> Iterator[ThemeFault]:
    from lxml import etree

    if theme.logo is None:
        return
    root = etree.fromstring(theme.logo, etree.XMLParser(resolve_entities=False, no_network=True))
    if "viewBox" not in root.attrib:
        yield ThemeFault("error", LOGO_FILE, "the svg element has no viewBox, so the logo cannot be scaled")
    if found := _ACTIVE.search(theme.logo):
        what = found[0].decode("utf-8", "replace")
        yield ThemeFault(
            "error", LOGO_FILE, f"it contains {what!r}: a logo has no scripts, and refers to no other file"
        )
    if b"<text" in theme.logo:
        yield ThemeFault("warning", LOGO_FILE, "readers may lack the fonts of its text; convert the text to paths")


def _specimen_faults(name: str) -> Iterator[ThemeFault]:
    """Yield the errors and notes from rendering the specimen in the theme, such as a note on an unknown CSS rule."""
    try:
        renditions = convert(SPECIMEN, ("pdf", "epub", "html"), render_options=RenderOptions(theme=name)).renditions
    except ToolMissing as reason:
        yield ThemeFault("error", "fonts", _sentence(reason))
        return
    except ReadoutError as reason:
        yield ThemeFault("error", CSS_FILE, _sentence(reason))
        return
    for rendition in renditions:
        for note in rendition.notes:
            yield ThemeFault("warning", rendition.format, note.message)


def _sentence(error: ReadoutError) -> str:
    """Return the message of an error without its place, which is in the specimen and not in the theme."""
    return "; ".join(filter(None, (error.what, error.what_next)))


def _font_faults(theme: Theme) -> Iterator[ThemeFault]:
    """Yield a fault for each missing face, for missing letters of an alphabet, and for lines that are too long."""
    for role in dict.fromkeys((theme.fonts.text, theme.fonts.head)):
        family = getattr(theme.fonts, role)[0]
        faces = _faces(family, theme.font_folder)
        if not faces:
            continue
        if missing := [style for style in _STYLES if style not in faces]:
            listed = ", ".join(missing)
            yield ThemeFault(
                "warning", f"fonts.{role}", f"{family} has no {listed}: emphasis in this font looks like other text"
            )
        yield from _glyph_faults(f"fonts.{role}", family, faces)
        if role == theme.fonts.text and "regular" in faces:
            yield from _line_faults(theme, faces["regular"])


@cache
def _faces(family: str, own: Path | None) -> Mapping[str, Path]:
    """Return style ("bold italic") → file of a family, from the folders of fonts; empty if it is not installed."""
    from fontTools.ttLib import TTFont

    from readout_pub.emit.pdf.fonts import FontSources, family_files

    found: dict[str, Path] = {}
    for path in family_files(family, FontSources(theme=own)):
        with TTFont(path, fontNumber=0, lazy=True) as font:
            os2 = font["OS/2"]
            face = (os2.usWeightClass >= _BOLD, bool(os2.fsSelection & 1))
        found.setdefault(next(name for name, style in _STYLES.items() if style == face), path)
    return found


def _glyph_faults(where: str, family: str, faces: Mapping[str, Path]) -> Iterator[ThemeFault]:
    from fontTools.ttLib import TTFont

    with TTFont(next(iter(faces.values())), fontNumber=0, lazy=True) as font:
        known = font.getBestCmap()
    for name, points in _ALPHABETS.items():
        missing = [chr(point) for point in points if point not in known]
        if missing:
            shown = "".join(missing[:12]) + ("…" if len(missing) > 12 else "")
            yield ThemeFault(
                "warning",
                where,
                f"{family} has no glyphs for {len(missing)} of {len(points)} characters of {name} ({shown}); another "
                "font draws them",
            )


def _line_faults(theme: Theme, regular: Path) -> Iterator[ThemeFault]:
    """Yield a warning if lines of the main text hold more letters than WCAG recommends."""
    from fontTools.ttLib import TTFont

    with TTFont(regular, fontNumber=0, lazy=True) as font:
        known, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        if any(ord(letter) not in known for letter in _SAMPLE):  # a font for another script
            return
        mean = sum(widths[known[ord(letter)]][0] for letter in _SAMPLE) / len(_SAMPLE) / unit
    page = theme.page
    width = PAPERS[page.paper][0] - sum(
        float(margin.removesuffix("mm")) for margin in (page.margin_left, page.margin_right)
    )
    size = float(theme.size.print.removesuffix("pt"))
    letters = width / page.columns * POINTS_PER_MM / (mean * size)
    if letters > MAX_LETTERS:
        yield ThemeFault(
            "warning",
            "page",
            f"a line holds {letters:.0f} letters of {size:g} points; WCAG recommends {MAX_LETTERS} at most: set wider "
            "margins, larger type or two columns",
        )


# --- preview


def preview_theme(name: str, source: str | None, formats: Sequence[str], folder: Path) -> list[Path]:
    """Convert `source` with the theme `name`, write the outputs into `folder`, and return their paths.

    Without `source`, a specimen with every kind of block is converted.
    """
    made = convert(source or SPECIMEN, list(formats), render_options=RenderOptions(theme=name, folder="preview_files"))
    return [rendition.write(folder, "preview") for rendition in made.renditions]
