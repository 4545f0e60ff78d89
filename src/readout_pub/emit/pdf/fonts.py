"""The fonts that a PDF may use: those that ship, those of installed extras, and what hides all others.

A page must not look different because another machine has other fonts. Pango finds fonts through fontconfig alone, so
an own file that lists nothing but our folders is enough. It lies in the user's cache, an index of the fonts beside it.
"""

from __future__ import annotations

import atexit
import hashlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from readout_pub.atomic import write_file
from readout_pub.styles import styles_folder

EXTRAS = {
    "arabic": ("fontpkg_amiri",),
    "cjk": ("noto_cjk_sans_jp_bold", "noto_cjk_sans_jp_regular", "pylopdf_fonts_jp"),
    "hebrew": ("pylopdf_fonts_he",),
}
"""Extra of this package → the packages of fonts that it installs; each keeps them beside its `__init__`."""

SCRIPTS = {"Arab": "arabic", "Hebr": "hebrew", **dict.fromkeys(("Hani", "Hira", "Kana", "Hang", "Bopo"), "cjk")}
"""Script (ISO 15924) → the extra that has its fonts. Latin, Greek and Cyrillic ship; others are left to the machine."""

GENERIC = {"serif": "Noto Serif", "sans-serif": "Noto Sans", "monospace": "Noto Sans"}

JAPANESE = ("Noto Serif JP", "Noto Sans JP")
"""Families that have Japanese characters only, and one weight only."""

ALL_OF_CJK = "Noto Sans CJK JP"
"""The family that takes their place in bold, and where the text is Chinese or Korean: it has all their characters, and
draws those that they share with Japanese in their own forms."""

NOT_JAPANESE = (
    '<test name="lang" compare="contains"><string>zh</string></test>',
    '<test name="lang" compare="contains"><string>ko</string></test>',
    '<test name="weight" compare="more_eq"><const>bold</const></test>',
)

CONFIGURATION = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
{rules}
<cachedir>{index}</cachedir>
</fontconfig>
"""

MACHINE = '<include ignore_missing="yes">{file}</include>'
"""The machine's own configuration: the user's choice, else fonts.conf where fontconfig was built to look."""

FOLDER = "<dir>{path}</dir>"

PREFERENCE = '<alias binding="same"><family>{generic}</family><prefer><family>{family}</family></prefer></alias>'

REPLACEMENT = """\
<match target="pattern">{test}<test name="family"><string>{before}</string></test>
<edit name="family" mode="assign" binding="same"><string>{after}</string></edit></match>"""


def remedy(script: str) -> str:
    """Say what to do so that text in `script` (ISO 15924) can be drawn."""
    if script in SCRIPTS:
        return f"run `pip install 'readout-pub[{SCRIPTS[script]}]'`"
    return "install a font for it on this machine (Debian: `apt-get install fonts-noto-core`) and use --system-fonts"


@cache
def font_folders() -> tuple[Path, ...]:
    """Return the folders of fonts that are installed: ours first, then those of the extras, found without importing."""
    found = (importlib.util.find_spec(package) for packages in EXTRAS.values() for package in packages)
    extras = [Path(spec.origin).parent for spec in found if spec and spec.origin]
    return (styles_folder() / "fonts", *extras)


@contextmanager
def fontconfig(*, system: bool) -> Iterator[None]:
    """Let fontconfig, when it is set up within this context, find our fonts, and with `system` the machine's as well.

    It reads FONTCONFIG_FILE from the environment when a configuration is made and never again.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    machine = MACHINE.format(file=escape(before or "fonts.conf")) if system else ""
    os.environ["FONTCONFIG_FILE"] = str(_configuration_file(machine))
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def _configuration_file(machine: str) -> Path:
    """Write the file that names our fonts, unless it is there; it is named after its content and so never ages."""
    rules = [
        machine,
        *(FOLDER.format(path=escape(str(path))) for path in font_folders()),
        *(PREFERENCE.format(generic=generic, family=family) for generic, family in GENERIC.items()),
        *(
            REPLACEMENT.format(test=test, before=family, after=ALL_OF_CJK)
            for test in NOT_JAPANESE
            for family in JAPANESE
        ),
    ]
    folder = _cache_folder()
    text = CONFIGURATION.format(rules="\n".join(filter(None, rules)), index=escape(str(folder / "index")))
    path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.conf"
    if not path.exists():
        write_file(path, text.encode())
    return path


@cache
def _cache_folder() -> Path:
    """Return a folder to write to: in the user's cache, or, where that cannot be, one that goes with this process."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "readout-pub" / "fonts"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: nobody knows the home of this user
        folder = Path(tempfile.mkdtemp(prefix="readout-pub-fonts-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
