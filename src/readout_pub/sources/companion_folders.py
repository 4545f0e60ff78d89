"""The folders that browsers and word processors put beside a saved page for its photos, style sheets and scripts."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

_SUFFIXES = (
    "_files",  # Chrome and Edge in every language, Firefox and Internet Explorer in English
    ".files",  # Windows and Microsoft Word in some languages, such as Chinese and Japanese
    ".fld",  # Microsoft Word for the Mac
    "-files",
    "-Dateien",  # German
    "_fichiers",  # French
    "_archivos",  # Spanish
    "_arquivos",  # Portuguese of Brazil
    "_ficheiros",  # Portuguese
    "_file",  # Italian
    "_bestanden",  # Dutch
    "_pliki",  # Polish
    "_soubory",  # Czech
    "_tiedostot",  # Finnish
    "-filer",  # Danish, Norwegian, Swedish
    "_filer",
    "_elemei",  # Hungarian
    "_dosyalar",  # Turkish
    "_datoteke",  # Croatian, Slovenian
    "_fajlovi",  # Serbian
    "_fitxers",  # Catalan
    "_fitxategiak",  # Basque
    "_failid",  # Estonian
    "_fails",  # Latvian
    "_bylos",  # Lithuanian
)
"""What follows the page's name in the folder's name, the most frequent first.

Source: "Connected Files" in the documentation of the Windows shell. Firefox uses the same translations.
"""

_NAME = re.compile(
    "(?P<stem>.+)(?:" + "|".join(re.sub("^[_-]", "[_-]", re.escape(each)) for each in _SUFFIXES) + ")", re.IGNORECASE
)
"""The name of such a folder; programs differ in "_" or "-", and in case."""


def is_companion_folder(name: str) -> bool:
    """Return whether a folder of this name belongs to a page saved beside it: "talks_files", "Gespräche-Dateien"."""
    return stem_of_companion_folder(name) is not None


def stem_of_companion_folder(name: str) -> str | None:
    """Return the name, without suffix, of the page of a companion folder: "talks" for "talks_files"; else None."""
    found = _NAME.fullmatch(name)
    return found["stem"] if found else None


def companion_folders(stem: str) -> tuple[str, ...]:
    """Return the possible names of a page's companion folder; `stem` is the page's name without suffix."""
    return tuple(f"{stem}{suffix}" for suffix in _SUFFIXES)


def photo_folder(stem: str) -> str:
    """Return the name of the folder beside an output for its photos: "talks_files"."""
    return f"{stem}{_SUFFIXES[0]}"


def is_in_companion_folder(src: str) -> bool:
    """Return whether the address of a photo leads into a companion folder: "./talks_files/quay.jpg".

    The program that saved the page wrote this address; the photo was published under another.
    """
    folder, slash, _ = src.removeprefix("./").partition("/")
    return bool(slash) and ":" not in folder and is_companion_folder(folder)


def companion_folders_in(markup: bytes) -> set[str]:
    """Return the companion folders with files that a page embeds, such as photos and frames; links do not count."""
    names = (unescape(name.decode("utf-8", "replace")) for name in _FOLDER.findall(_LINK.sub(b"", markup)))
    return {form for name in names for form in (name, unquote(name)) if is_companion_folder(form)}


_LINK = re.compile(rb"<a\s[^<>]*", re.IGNORECASE)
_FOLDER = re.compile(rb"""["'(=]\s*+(?:\./)?([^"'()<>/=]{1,255})/""")
"""The first folder of an address in an attribute or in CSS; on most file systems, a name has at most 255 bytes."""
