"""The font files that are installed: those of this package, and those of its extras."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from readout_pub.errors import ThemeError
from readout_pub.themes import styles_folder

EXTRAS = {
    "arabic": ("fontpkg_amiri",),
    "cjk": ("noto_cjk_sans_jp_bold", "noto_cjk_sans_jp_regular", "pylopdf_fonts_jp"),
    "hebrew": ("pylopdf_fonts_he",),
    "noto": ("manimgx_fonts",),
    "readable": ("fontpkg_atkinson_hyperlegible",),
}
"""Extra of this package → the font packages that it installs; each has its fonts in the folder of its `__init__`."""

UNUSED_FONTS = (
    *("NotoSans[wght].ttf", "NotoSans-Italic[wght].ttf", "NotoSansSymbols[wght].ttf", "NotoEmoji[wght].ttf"),
    *("NotoSansArabic[wght].ttf", "NotoSansHebrew[wght].ttf"),
)
"""Files of the extra `noto` that PDFs and EPUB covers do not use.

Instead, a PDF uses the Noto Sans and the symbols that ship with this package. For Arabic and Hebrew, it uses the fonts
of the extras `arabic` and `hebrew`, whose glyphs map back to characters (decision 15). So installing `noto` changes
only pages that need its other fonts.
"""

OPENTYPE_SUFFIXES = {".otf", ".ttf", ".otc", ".ttc", ".woff", ".woff2"}
"""Suffixes of fonts with the tables of OpenType."""

FONT_SUFFIXES = {*OPENTYPE_SUFFIXES, ".pfa", ".pfb", ".pcf"}
"""Suffixes of the files in which fontconfig looks for fonts."""


@cache
def font_folders() -> tuple[Path, ...]:
    """Return the folders of the fonts that are installed: ours first, then those of extras."""
    return (styles_folder() / "fonts", *(folder for extra in EXTRAS for folder in package_folders(extra)))


def package_folders(extra: str) -> list[Path]:
    """Return the folders of those font packages of `extra` that are installed, without importing the packages."""
    specs = map(importlib.util.find_spec, EXTRAS[extra])
    return [Path(spec.origin).parent for spec in specs if spec and spec.origin]


def font_files(folder: Path) -> list[Path]:
    """Return the font files in `folder` in alphabetical order."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in FONT_SUFFIXES)


def unreadable_font(path: Path) -> ThemeError:
    """Return the error for a font that cannot be read: a font of a theme, since installed fonts are verified."""
    return ThemeError("this font cannot be read", where=str(path), what_next="replace it by an undamaged copy")
