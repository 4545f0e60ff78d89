"""The fonts that a PDF may use: the fonts of this package and of installed extras, and on request those of the machine.

The same page must look the same on every machine. Pango finds fonts only through fontconfig, so we write a fontconfig
file that lists only our folders. The file is in the user's cache folder, beside fontconfig's index of the fonts.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from readout_pub.atomic import write_file
from readout_pub.digests import file_digest
from readout_pub.emit.font_files import (
    EXTRAS,
    OPENTYPE_SUFFIXES,
    UNUSED_FONTS,
    font_files,
    font_folders,
    package_folders,
    unreadable_font,
)
from readout_pub.errors import ToolMissing, option
from readout_pub.install_commands import NOTO_FONTS, SYSTEMS_WITH_FONTS, install_extra, install_system
from readout_pub.themes import FONT_FOLDER
from readout_pub.user_cache import cache_folder

NOTO_SCRIPTS = "Armn Beng Deva Ethi Geor Gujr Guru Khmr Knda Laoo Mlym Mymr Orya Sinh Taml Telu Thai".split()
"""The scripts (ISO 15924) of the extra `noto`."""

SCRIPT_EXTRAS = {
    "Arab": "arabic",
    "Hebr": "hebrew",
    **dict.fromkeys(("Hani", "Hira", "Kana", "Hang", "Bopo"), "cjk"),
    **dict.fromkeys(NOTO_SCRIPTS, "noto"),
}
"""Script → the extra with its fonts. This package has fonts for Latin, Greek and Cyrillic; scripts that are not listed
have no extra.
"""

FAMILY_EXTRAS = {"Atkinson Hyperlegible": "readable"}
"""Family of a theme of this program → the extra with its fonts."""

GENERIC_FAMILIES = {"serif": "Noto Serif", "sans-serif": "Noto Sans", "monospace": "DejaVu Sans Mono"}

JAPANESE_FAMILIES = ("Noto Serif JP", "Noto Sans JP")
"""The families of Japanese text in regular weight. They have no other weight, and lack characters that only Chinese or
Korean text needs.
"""

CJK_FAMILY = "Noto Sans CJK JP"
"""The family that replaces `JAPANESE_FAMILIES` for bold, Chinese and Korean text (decision 5).

It has each character in the form of the language of the text.
"""

CJK_TESTS = (
    '<test name="lang" compare="contains"><string>zh</string></test>',
    '<test name="lang" compare="contains"><string>ko</string></test>',
    '<test name="weight" compare="more_eq"><const>bold</const></test>',
)
"""Conditions of fontconfig for this replacement; one of them is enough."""

CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{rules}
<cachedir>{index}</cachedir>
</fontconfig>
"""

INCLUDE = '<include ignore_missing="yes">{file}</include>'
"""Includes the machine's configuration: FONTCONFIG_FILE, else fonts.conf in fontconfig's own folder."""

FOLDER = "<dir>{path}</dir>"

REJECTION = "<selectfont><rejectfont><glob>*/{name}</glob></rejectfont></selectfont>"
"""Excludes all files with this name. fontconfig has no wildcards except * and ?, so brackets need no escape."""

PREFERENCE = '<alias binding="same"><family>{generic}</family><prefer><family>{family}</family></prefer></alias>'

REPLACEMENT = """\
<match target="pattern">{test}<test name="family"><string>{before}</string></test>
<edit name="family" mode="assign" binding="same"><string>{after}</string></edit></match>"""


def font_remedy(scripts: Sequence[str]) -> str:
    """Return what to do so that text in `scripts` (ISO 15924) can be drawn, as the end of an error message."""
    extras = dict.fromkeys(SCRIPT_EXTRAS[script] for script in scripts if script in SCRIPT_EXTRAS)
    steps = [install_extra(*extras)] if extras else []
    if any(script not in SCRIPT_EXTRAS for script in scripts):
        steps.append(_system_font_remedy())
    return ", then ".join(steps)


def _system_font_remedy() -> str:
    use = f"use {option('--system-fonts')}"
    if sys.platform in SYSTEMS_WITH_FONTS:
        return f"{use}: {SYSTEMS_WITH_FONTS[sys.platform]} has fonts for most scripts"
    return f"{install_system(NOTO_FONTS)}, or another font for this script, and {use}"


def verify_font_digests(extra: str) -> None:
    """Raise ToolMissing if a font file of an installed extra is not the one whose SHA-256 is in font_digests.toml.

    The makers of the fonts do not publish these packages, so a later release may contain other files. A manipulated
    font could attack a library written in C that parses it (decision 18).
    """
    known = tomllib.loads(files("readout_pub.emit.pdf").joinpath("font_digests.toml").read_text("utf-8"))
    for folder in package_folders(extra):
        for path in font_files(folder):
            digest = file_digest(path)
            if known[folder.name].get(path.name) != digest:
                package = folder.name.replace("_", "-")
                raise ToolMissing(
                    f"this font is not the one that {package} is known to install (SHA-256 {digest})",
                    where=str(path),
                    what_next=f"uninstall {package}, then {install_extra(extra)}",
                )


class FontSources(NamedTuple):
    """Where the fonts of a PDF are, besides our folders: on the machine if `system`, and in the folder of a theme."""

    system: bool = False
    theme: Path | None = None


OURS = FontSources()
"""The fonts that come with this package and its extras."""


def fontconfig_file(sources: FontSources = OURS) -> Path:
    """Return a fontconfig file that lists our font folders and those of `sources`."""
    before = os.environ.get("FONTCONFIG_FILE") or "fonts.conf"
    return _write_configuration(INCLUDE.format(file=escape(before)) if sources.system else "", sources.theme)


def require_family(family: str, sources: FontSources) -> None:
    """Raise ToolMissing, with what to do next, if no font of `family` is in our folders or in that of the theme.

    If `sources` has the fonts of the machine, any family may be there.
    """
    if sources.system or family in GENERIC_FAMILIES.values():
        return
    if family_files(family, sources):
        return
    extra = FAMILY_EXTRAS.get(family)
    raise ToolMissing(
        f"the theme is set in {family}, and this font is not installed",
        what_next=install_extra(extra)
        if extra
        else f"put its files in the folder {FONT_FOLDER} of the theme, or use {option('--system-fonts')}",
    )


def family_files(family: str, sources: FontSources = OURS) -> list[Path]:
    """Return the files of `family` in our folders and in that of the theme, not on the machine."""
    folders = (*font_folders(), *([sources.theme] if sources.theme else []))
    return [path for folder in folders for path, names in _family_names(folder).items() if family in names]


@lru_cache(maxsize=64)
def _family_names(folder: Path) -> Mapping[Path, frozenset[str]]:
    """Return file → the names of its family in its `name` table, for each font in `folder`."""
    from fontTools.ttLib import TTFont

    found = {}
    for path in font_files(folder):
        if path.suffix.lower() not in OPENTYPE_SUFFIXES:
            continue
        try:
            with path.open("rb") as file, TTFont(file, fontNumber=0, lazy=True) as font:
                names = [font["name"].getDebugName(number) for number in (1, 16)]
        except Exception as reason:  # fontTools raises many types of exceptions for damaged fonts
            raise unreadable_font(path) from reason
        found[path] = frozenset(filter(None, names))
    return found


@contextmanager
def fontconfig_environment() -> Iterator[None]:
    """Set FONTCONFIG_FILE to our file, for code that makes a font configuration from the environment."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(fontconfig_file())
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@lru_cache(maxsize=16)
def _write_configuration(include: str, theme: Path | None) -> Path:
    """Write the fontconfig file unless it exists, and return its path. Its name is a digest of its content."""
    # The file lists names, sizes and times of the fonts of extras. So if a font changes, a new file is written, after
    # the fonts have been verified again.
    extras = [(path, path.stat()) for folder in font_folders()[1:] for path in font_files(folder)]
    rules = [
        include,
        *(f"<!-- {escape(path.name)} {stat.st_size} {stat.st_mtime_ns} -->" for path, stat in extras),
        *(FOLDER.format(path=escape(str(path))) for path in (*font_folders(), *([theme.resolve()] if theme else []))),
        *(REJECTION.format(name=escape(name)) for name in UNUSED_FONTS),
        *(PREFERENCE.format(generic=generic, family=family) for generic, family in GENERIC_FAMILIES.items()),
        *(
            REPLACEMENT.format(test=test, before=family, after=CJK_FAMILY)
            for test in CJK_TESTS
            for family in JAPANESE_FAMILIES
        ),
    ]
    folder = _cache_folder()
    text = CONFIGURATION.format(rules="\n".join(filter(None, rules)), index=escape(str(folder / "index")))
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not path.exists():
        for extra in EXTRAS:
            verify_font_digests(extra)
        write_file(path, text.encode())
    return path


@cache
def _cache_folder() -> Path:
    """Return a writable folder in the user's cache, or else a temporary one that is deleted when this process ends."""
    try:
        folder = cache_folder() / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: the user has no home folder
        folder = Path(tempfile.mkdtemp(prefix="readout-pub-fonts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
