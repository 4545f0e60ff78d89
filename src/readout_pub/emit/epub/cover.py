"""The cover of an EPUB: the logo, publisher, series, title and date, drawn from the design tokens of the theme.

It is a PNG, since most e-readers show no SVG in their lists of books. Its texts are also its alternative text.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

import msgspec

from readout_pub.emit.font_files import UNUSED_FONTS, font_folders, unreadable_font
from readout_pub.emit.front_matter import publisher_name
from readout_pub.model import display_date, display_series, display_title, plain_text
from readout_pub.text_direction import language_direction

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

    from readout_pub.model import Readout
    from readout_pub.styles import Design

WIDTH, HEIGHT = 1000, 1500
"""The size of the cover in pixels. E-book libraries want at least 1000 on the short side; most books are 2:3."""

MARGIN = 100
"""The space at the left and the right of the text, in pixels."""

TITLE_SIZES = tuple(range(96, 43, -4))
"""Sizes of the title in pixels; the first in which the title fits is taken."""

SMALLER_SIZES = 6
"""How many smaller sizes are tried for a title whose last line is one word: from 96 pixels down to 72."""

MAX_TITLE_HEIGHT = 760
"""The greatest height of the title in pixels: about half of the cover."""

SMALL = 38
"""The size of publisher, series and date in pixels."""

LOGO_TOP, LOGO_BOTTOM, MAX_LOGO_WIDTH = 84, 224, 600
"""The place of the logo in pixels: between the bar above and the publisher below."""

PUBLISHER_TOP, PUBLISHER_BELOW_LOGO, SERIES_TOP = 130, 248, 380
"""Distances from the top in pixels; the publisher is lower if there is a logo."""

_NO_LINE_START = frozenset("、。，．）」』】〕〉》！？：；・ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)]}”’»…%")
"""Characters that no line may start with (JIS X 4051, 8.1)."""

MAX_WORD = 24
"""A word of more letters may break: this many fit on a line in the smallest size of the title."""

_SPACE = re.compile(r"\s+")


class CoverText(msgspec.Struct, frozen=True):
    """What a cover says."""

    publisher: str | None
    series: str | None
    title: str
    date: str | None

    @property
    def alt(self) -> str:
        """The alternative text: all texts from the top."""
        return " – ".join(filter(None, (self.publisher, self.series, self.title, self.date)))


def cover_text(readout: Readout, design: Design) -> CoverText:
    """Return the texts on the cover of `readout`."""
    return CoverText(
        publisher_name(readout, design.theme),
        display_series(readout),
        _SPACE.sub(" ", plain_text(display_title(readout), line_break=" ")).strip(),
        display_date(readout),
    )


def draw_cover(text: CoverText, design: Design, language: str) -> bytes:
    """Return the cover as PNG. A text for which no font is installed is only in the alternative text."""
    tokens = design.tokens
    page = _Canvas({name: tokens[f"--{name}"] for name in ("paper", *_INKS)})
    page.fill(0, 36, 0, "accent")
    column = _Column(page, design, language)
    logo = design.theme.logo
    column.write(text.publisher, PUBLISHER_BELOW_LOGO if logo else PUBLISHER_TOP, "quiet")
    y = column.write(text.series, SERIES_TOP, "accent", bold=True) + 20
    y = column.write(text.title, y, design.theme.fonts.head_colour, TITLE_SIZES, bold=True) + 60
    page.fill(y, 3, MARGIN, "line")
    column.write(text.date, y + 40, "quiet")
    if logo:
        column.place_logo(logo)
    return page.png()


_Part = tuple[str, float, float]
"""A word with the space after it; its width in pixels without and with that space."""

_INKS = ("accent", "ink", "quiet", "line")
_SHADES = 32
"""How many shades each ink has, from the colour of the paper to its own. With a palette of these 4 × 32 colours, a
cover has a third of the bytes of one in RGB.
"""


class _Canvas:
    """A picture in which each pixel is the number of a shade of one colour; lengths and positions are in pixels."""

    def __init__(self, colours: Mapping[str, str]) -> None:
        from PIL import Image, ImageColor

        self._image = Image.new("P", (WIDTH, HEIGHT), 0)
        paper = ImageColor.getrgb(colours["paper"])
        shades = (
            round(back + (front - back) * shade / (_SHADES - 1))
            for name in _INKS
            for shade in range(_SHADES)
            for back, front in zip(paper, ImageColor.getrgb(colours[name]), strict=True)
        )
        self._image.putpalette(list(shades))

    def fill(self, y: float, height: int, margin: int, colour: str) -> None:
        """Draw a bar across the page."""
        box = (margin, round(y), WIDTH - margin, round(y) + height)
        self._image.paste(_INKS.index(colour) * _SHADES + _SHADES - 1, box)

    def write(
        self,
        text: str,
        y: float,
        font: FreeTypeFont,
        colour: str,
        *,
        language: str | None,
        is_rtl: bool,
        is_centred: bool,
    ) -> None:
        """Draw one line of text, centred or from the margin at which lines start.

        `language` has to be None if Pillow lacks the library raqm.
        """
        from PIL import Image, ImageDraw

        line = Image.new("L", (WIDTH, round(font.size * 2)), 0)
        at_start = (WIDTH - MARGIN, "ra") if is_rtl else (MARGIN, "la")
        x, anchor = (WIDTH / 2, "ma") if is_centred else at_start
        direction = "rtl" if is_rtl else None
        # FreeType raises an OSError for a glyph with very many curves, such as U+FDFD; the line then stays empty.
        with contextlib.suppress(OSError):
            ImageDraw.Draw(line).text((x, 0), text, 255, font, anchor, direction=direction, language=language)
        first = _INKS.index(colour) * _SHADES
        shades = line.point([first + value * (_SHADES - 1) // 255 for value in range(256)])
        self._image.paste(shades, (0, round(y)), line.point([0] * 8 + [255] * 248))

    def place(self, picture: Image, y: float, *, is_rtl: bool, is_centred: bool) -> None:
        """Draw a transparent picture, centred or from the margin at which lines start.

        Call `write` first: it needs the palette, and this makes the page RGB.
        """
        at_start = WIDTH - MARGIN - picture.width if is_rtl else MARGIN
        x = (WIDTH - picture.width) // 2 if is_centred else at_start
        self._image = self._image.convert("RGB")
        self._image.paste(picture, (x, round(y)), picture)

    def png(self) -> bytes:
        """Return the page as PNG."""
        out = io.BytesIO()
        self._image.save(out, "PNG", compress_level=6)
        return out.getvalue()


class _Column:
    """Sets a logo and lines of text between the margins: at the side where lines of `language` start, or centred.

    Glyphs of Chinese and Japanese depend on the language. Without one, Pillow would use the language of the machine.
    """

    def __init__(self, page: _Canvas, design: Design, language: str) -> None:
        from PIL import features

        own = (design.theme.font_folder,) if design.theme.font_folder else ()
        self._page, self._folders = page, (*own, *font_folders())
        self._families = tuple(name.strip().strip('"') for name in design.tokens["--head"].split(","))
        self._leading = float(design.tokens["--heading-leading"])
        self._is_rtl = language_direction(language) == "rtl"
        self._is_centred = design.theme.masthead.align == "center"
        self._shaped_language = language if features.check("raqm") else None  # without raqm, Pillow takes no language

    def write(
        self, text: str | None, y: float, colour: str, sizes: Sequence[int] = (SMALL,), *, bold: bool = False
    ) -> float:
        """Draw `text` from `y` on, and return where it ends; `_set_lines` chooses the size among `sizes`.

        A text that is too long in the last size is cut. Nothing is drawn if no font has its characters, or if Pillow
        cannot shape right-to-left text.
        """
        text = " ".join((text or "").splitlines())  # the library that shapes text fails at line breaks
        font = _font(text, self._families, sizes[0], self._folders, bold=bold) if text else None
        if not text or font is None or (self._is_rtl and self._shaped_language is None):
            return y
        size, lines = _set_lines(text, font, sizes, self._leading, self._shaped_language)
        sized = _font(text, self._families, size, self._folders, bold=bold) or font
        for line in lines:
            self._page.write(
                line,
                y,
                sized,
                colour,
                language=self._shaped_language,
                is_rtl=self._is_rtl,
                is_centred=self._is_centred,
            )
            y += size * self._leading
        return y

    def place_logo(self, svg: bytes) -> None:
        """Draw the logo in its place above the publisher."""
        from PIL import Image

        from readout_pub.emit.pdf.logo import draw_logo

        logo = Image.open(io.BytesIO(draw_logo(svg).png))
        shrink = min((LOGO_BOTTOM - LOGO_TOP) / logo.height, MAX_LOGO_WIDTH / logo.width)
        sized = logo.resize((max(1, round(logo.width * shrink)), max(1, round(logo.height * shrink))))
        self._page.place(sized, LOGO_TOP, is_rtl=self._is_rtl, is_centred=self._is_centred)


def _set_lines(
    text: str, font: FreeTypeFont, sizes: Sequence[int], leading: float, language: str | None
) -> tuple[int, list[str]]:
    """Return the size at which `text` is set, and its lines; `font` was loaded in the first of `sizes`.

    The size is the first in which the text fits, else the last. If the last line would be a single word, the next
    `SMALLER_SIZES` sizes are tried.
    """
    length = partial(font.getlength, language=language)
    parts = [(part, length(part.rstrip()), length(part)) for part in _parts(text)]
    narrowest = max(ink for _, ink, _ in parts)
    fitting: list[tuple[int, list[str]]] = []
    for size in sizes:
        width = (WIDTH - 2 * MARGIN) * sizes[0] / size
        lines, most = _wrap(parts, width), int(MAX_TITLE_HEIGHT / size / leading)
        if size == sizes[-1] or (width >= narrowest and len(lines) <= most):
            fitting.append((size, _balanced(parts, lines, width, narrowest)[:most]))
        if len(fitting) > SMALLER_SIZES:
            break
    return next((each for each in fitting if " " in each[1][-1] or len(each[1]) == 1), fitting[0])


def _balanced(parts: Sequence[_Part], lines: list[str], width: float, narrowest: float) -> list[str]:
    """Return `parts` in as many lines as `lines`, with the longest line as short as possible."""
    while len(lines) > 1 and width > narrowest and len(shorter := _wrap(parts, width * 0.97)) == len(lines):
        lines, width = shorter, width * 0.97
    return lines


def _wrap(parts: Sequence[_Part], width: float) -> list[str]:
    lines, taken = [""], 0.0
    for part, ink, advance in parts:
        if taken and taken + ink > width:
            lines.append("")
            taken = 0.0
        lines[-1] += part
        taken += advance
    return [line.strip() for line in lines]


def _parts(text: str) -> Iterator[str]:
    """Yield the parts of `text` between which a line may break: words, and Chinese, Japanese and Korean characters.

    A line may also break after every `MAX_WORD` letters of a word.
    """
    part = ""
    for char in text:
        is_wide = east_asian_width(char) in "WF"
        after_wide = bool(part) and east_asian_width(part[-1]) in "WF"
        breaks = part and (part[-1].isspace() or is_wide or after_wide or len(part) >= MAX_WORD)
        if breaks and not char.isspace() and char not in _NO_LINE_START and part[-1] not in "（「『【〔〈《([{“‘«":
            yield part
            part = ""
        part += char
    yield part


class _Face(msgspec.Struct, frozen=True):
    path: Path
    family: str
    is_bold: bool
    is_variable: bool


@cache
def _faces(folder: Path) -> tuple[_Face, ...]:
    """Return the upright faces in `folder` in regular and bold weight."""
    from PIL import ImageFont

    found = []
    for path in sorted(folder.rglob("*.[ot]tf")):
        try:
            family, style = ImageFont.truetype(path, 10).getname()
        except OSError as reason:
            raise unreadable_font(path) from reason
        is_variable = "[wght]" in path.name
        if path.name not in UNUSED_FONTS and (is_variable or style in {"Regular", "Bold", None}):
            found.append(_Face(path, family or "", style == "Bold", is_variable))
    return tuple(found)


@lru_cache(maxsize=64)
def _font(
    text: str, families: tuple[str, ...], size: int, folders: tuple[Path, ...], *, bold: bool
) -> FreeTypeFont | None:
    """Return a face that has all characters of `text`; None if no face has.

    Faces of `families` are tried first, and among them those in the wanted weight. A variable face counts as regular,
    although it has both weights.
    """
    from PIL import ImageFont

    rank = {family: number for number, family in enumerate(families)}
    needed = {ord(char) for char in text if not char.isspace() and not combining(char)}
    faces = [face for folder in folders for face in _faces(folder)]
    faces.sort(key=lambda face: (face.family not in rank, face.is_bold != bold, rank.get(face.family, 0)))
    for face in faces:
        if needed <= _characters(face.path):
            font = ImageFont.truetype(face.path, size)
            if face.is_variable:
                font.set_variation_by_axes([700 if bold else 400])
            return font
    return None


@lru_cache(maxsize=64)
def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
