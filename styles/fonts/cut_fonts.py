# /// script
# requires-python = ">=3.11"
# dependencies = ["fonttools==4.68.0", "fontpkg-noto-serif==2.15", "fontpkg-noto-sans==2.15", "matplotlib==3.11.2"]
# ///
"""Build the font files in this folder. To update to a new release, change the versions above, run this, and commit.

    uv run styles/fonts/cut_fonts.py

The fonts are static, because WeasyPrint subsets a variable font again for each weight: slowly, and with different bytes
in each run. They are reduced to Latin, Greek, Cyrillic and the characters that all scripts share. If they had a few
letters of another script, the program would not notice that a font for that script is missing. They have no hinting,
which print does not need.

The symbols come from DejaVu Sans, which matplotlib contains: one small static font has arrows, bullets, ticks, stars
and telephones; in Noto, they are in three fonts. Listings have the letters of DejaVu Sans Mono. The licences reserve
neither "Noto" nor "DejaVu", so the names of the reduced fonts may contain these words.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from fontTools import subset, unicodedata
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

HERE = Path(__file__).parent

ALPHABETS = {"Latn", "Grek", "Cyrl", "Zyyy", "Zinh"}
"""ISO 15924 codes. Zyyy and Zinh are the digits, punctuation, symbols and marks that scripts share."""

SYMBOLS = {"Zyyy"}

NOTO = {
    # face: (family folder, variable font, weight)
    "NotoSerif-Regular": ("noto-serif", "NotoSerif[wdth,wght].ttf", 400),
    "NotoSerif-Italic": ("noto-serif", "NotoSerif-Italic[wdth,wght].ttf", 400),
    "NotoSerif-Bold": ("noto-serif", "NotoSerif[wdth,wght].ttf", 700),
    "NotoSerif-BoldItalic": ("noto-serif", "NotoSerif-Italic[wdth,wght].ttf", 700),
    "NotoSans-Regular": ("noto-sans", "NotoSans[wdth,wght].ttf", 400),
    "NotoSans-Italic": ("noto-sans", "NotoSans-Italic[wdth,wght].ttf", 400),
    "NotoSans-Bold": ("noto-sans", "NotoSans[wdth,wght].ttf", 700),
    "NotoSans-BoldItalic": ("noto-sans", "NotoSans-Italic[wdth,wght].ttf", 700),
}

FAMILY, FULL_NAME, POSTSCRIPT_NAME, TYPOGRAPHIC_FAMILY = 1, 4, 6, 16
"""Name ids of the OpenType `name` table."""


def cut_noto(face: str, folder: str, variable: str, weight: int) -> None:
    """Write one static font from the package `fontpkg-FOLDER`, and the package's licence beside it."""
    package = files(f"fontpkg_{folder.replace('-', '_')}")
    with as_file(package / "files" / variable) as path:
        font = TTFont(path, recalcTimestamp=False)
    static = instantiateVariableFont(font, {"wght": weight, "wdth": 100}, updateFontNames=True)
    save(static, ALPHABETS, HERE / folder / f"{face}.ttf")
    (HERE / folder / "LICENSE").write_bytes((package / "LICENSE").read_bytes())


def cut_symbols() -> None:
    """Write the symbols of DejaVu Sans as a separate family, since the system may have the complete font too."""
    folder = HERE / "dejavu-sans-symbols"
    font = open_dejavu("DejaVuSans", folder)
    for record in font["name"].names:
        if record.nameID in {FAMILY, FULL_NAME, TYPOGRAPHIC_FAMILY}:
            record.string = "DejaVu Sans Symbols"
        elif record.nameID == POSTSCRIPT_NAME:
            record.string = "DejaVuSansSymbols"
    save(font, SYMBOLS, folder / "DejaVuSansSymbols.ttf")


def cut_mono() -> None:
    """Write the fonts of listings."""
    folder = HERE / "dejavu-sans-mono"
    for face in ("DejaVuSansMono", "DejaVuSansMono-Bold"):
        save(open_dejavu(face, folder), ALPHABETS, folder / f"{face}.ttf")


def open_dejavu(face: str, folder: Path) -> TTFont:
    """Return a font that matplotlib contains, and write its licence into `folder`."""
    package = files("matplotlib") / "mpl-data" / "fonts" / "ttf"
    folder.mkdir(exist_ok=True)
    (folder / "LICENSE").write_bytes((package / "LICENSE_DEJAVU").read_bytes())
    with as_file(package / f"{face}.ttf") as path:
        return TTFont(path, recalcTimestamp=False)


def save(font: TTFont, scripts: Iterable[str], path: Path) -> None:
    """Subset `font` to the characters of `scripts`, keep all layout features, and write it to `path`."""
    if "fvar" in font:
        raise SystemExit(f"{path.name} is a variable font")
    options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True, hinting=False)
    options.drop_tables += ["FFTM", "MATH", "STAT", "kern"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if unicodedata.script(chr(code)) in scripts])
    subsetter.subset(font)
    path.parent.mkdir(exist_ok=True)
    font.save(path)


if __name__ == "__main__":
    for face, (folder, variable, weight) in NOTO.items():
        cut_noto(face, folder, variable, weight)
    cut_symbols()
    cut_mono()
