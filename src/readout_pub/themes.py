"""Themes: the colours, fonts, sizes and spaces of all formats, read from TOML.

styles/tokens.toml defines each value. A theme is a folder: one of this program, in styles/themes/, or any of a user.
Its theme.toml overrides some values, theme.css adds CSS rules, logo.svg or logo.png is the logo of the masthead, and
fonts/ has font files for PDF.
"""

from __future__ import annotations

import hashlib
import io
import math
import os
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_type_hints

import msgspec

from readout_pub.arguments import shown
from readout_pub.errors import ThemeError, UsageError, documentation
from readout_pub.image_metadata import strip_png
from readout_pub.named_file import read_named_file
from readout_pub.settings_file import hint_on_key, location_of_key, read_toml, value_error

if TYPE_CHECKING:
    from lxml import etree

THEME_FILE, CSS_FILE, LOGO_FILE, FONT_FOLDER = "theme.toml", "theme.css", "logo.svg", "fonts"
PNG_LOGO_FILE = "logo.png"
_FILES = (THEME_FILE, CSS_FILE, LOGO_FILE, PNG_LOGO_FILE)
"""The files of a theme, apart from its fonts. Only theme.toml is required."""

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4), "a5": (148.0, 210.0), "b5": (176.0, 250.0)}
"""Name of a paper → its width and height in millimetres (ISO 216; letter: ANSI/ASME Y14.1)."""

POINTS_PER_MM = 72 / 25.4

Paper = Literal["a4", "letter", "a5", "b5"]
"""The keys of `PAPERS`."""


def require_paper(name: str) -> Paper:
    """Return `name` in lower case; raises UsageError with the known papers if it names none."""
    for paper in get_args(Paper):
        if paper == name.strip().lower():
            found: Paper = paper
            return found
    raise UsageError(f"there is no paper {name!r}", what_next=f"take one of {', '.join(PAPERS)}")


_FORMS = {
    "^#[0-9A-Fa-f]{6}$": 'a colour of six digits, such as "#1b1d21"',
    r"^[0-9]{1,3}(\.[0-9]+)?mm$": 'millimetres, such as "27mm"',
    r"^[1-9][0-9]{0,2}(\.[0-9]+)?pt$": 'points, such as "10.5pt"',
    r"^[0-9]{1,3}(\.[0-9]+)?rem$": 'a multiple of the size of body text, such as "1.3rem"',
    r"^(0\.[1-9][0-9]*|[1-9][0-9]{0,2}(\.[0-9]+)?)rem$": (
        'a multiple of the size of body text, such as "1.3rem", at least 0.1'
    ),
    r"^[1-9][0-9]{0,2}(\.[0-9]+)?%$": 'a percentage, such as "112.5%"',
    r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$": "one line without control characters",
    r"""^[^\x00-\x1f\x7f-\x9f"'\\<>&{};,]+$""": 'the name of a family of fonts, such as "Noto Serif"',
    "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$": 'a language (BCP 47), such as "ja" or "pt-BR"',
}
"""Pattern of a value → what an author of a theme may write."""

_COLOUR, _MM, _PT, _REM, _POSITIVE_REM, _PERCENT, _LINE, _FAMILY, _LANGUAGE = _FORMS
Colour = Annotated[str, msgspec.Meta(pattern=_COLOUR)]
Millimetres = Annotated[str, msgspec.Meta(pattern=_MM)]
Points = Annotated[str, msgspec.Meta(pattern=_PT)]
Rems = Annotated[str, msgspec.Meta(pattern=_REM)]
PositiveRems = Annotated[str, msgspec.Meta(pattern=_POSITIVE_REM)]
Percent = Annotated[str, msgspec.Meta(pattern=_PERCENT)]
Line = Annotated[str, msgspec.Meta(pattern=_LINE)]
Family = Annotated[str, msgspec.Meta(pattern=_FAMILY)]
Language = Annotated[str, msgspec.Meta(pattern=_LANGUAGE)]
Factor = Annotated[float, msgspec.Meta(ge=0.1, le=10)]
Families = Annotated[list[Family], msgspec.Meta(min_length=1)]
Localized = dict[Language, Line]
"""Language (BCP 47) → text; the first entry is used for every language without an entry."""

MIN_TEXT = 20.0
"""How many millimetres opposite margins must leave for the text: room for a few words in a line."""

MAX_FILE = 5_000_000
"""How many bytes theme.toml, theme.css or the logo may have. A crest drawn as paths has 100,000."""

MAX_DRAWN, MAX_USERS = 50_000, 50
"""How many elements a logo may draw, and how long a chain of references may be. A crest has hundreds, in a few levels.
WeasyPrint draws a used element anew each time: 12 levels, each with ten uses of the next, take hours.
"""


MIN_CONTRAST = 4.5
"""The contrast of text that WCAG requires (1.4.3, level AA)."""

_TEXT_COLOURS = ("ink", "quiet", "accent", "visited")


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The base of the tables in `tokens.toml` and `theme.toml`."""


class PageTokens(ThemeTable, frozen=True):
    """The paper, and the margins of pages of this size; `margin_wide` is for left and right of landscape pages.

    `columns` and `footnotes` are for PDF. Footnotes stand at the "foot" of the pages that call them, or where the
    source prints them, mostly at the "end".
    """

    paper: Paper
    margin_top: Millimetres
    margin_right: Millimetres
    margin_bottom: Millimetres
    margin_left: Millimetres
    margin_wide: Millimetres
    columns: Literal[1, 2]
    footnotes: Literal["end", "foot"]


class FontTokens(ThemeTable, frozen=True):
    """Three lists of font families by preference; `text` and `head` name the lists for body text and for headings.

    `head_colour` is the colour of the title and of headings, in every format.
    """

    serif: Families
    sans: Families
    mono: Families
    text: Literal["serif", "sans"]
    head: Literal["serif", "sans"]
    head_colour: Literal["ink", "accent"]


class Palette(ThemeTable, frozen=True):
    """The colours of one mode."""

    paper: Colour
    ink: Colour
    quiet: Colour
    accent: Colour
    visited: Colour
    line: Colour


class Palettes(ThemeTable, frozen=True):
    """The palettes: `light` is also for PDF and office documents, `print` for pages that a browser prints."""

    light: Palette
    dark: Palette
    print: Palette


class SizeTokens(ThemeTable, frozen=True):
    """Type sizes: `screen` and `print` are the sizes of body text (1rem), `running` is the size of running heads."""

    screen: Percent
    print: Points
    running: Points
    title: PositiveRems
    h2: PositiveRems
    h3: PositiveRems
    h4: PositiveRems
    small: PositiveRems
    fine: PositiveRems


class LineTokens(ThemeTable, frozen=True):
    """Line spacing as a factor of the type size (`leading`, in headings `heading_leading`); line length (`measure`).

    A PDF whose last page would be nearly empty gets `tight_leading`, and `tight_size` times the type size.
    """

    leading: Factor
    heading_leading: Factor
    tight_leading: Factor
    tight_size: Factor
    measure: PositiveRems


class SpaceTokens(ThemeTable, frozen=True):
    """The spaces between paragraphs, around blocks and above sections; the indents of items with and without label."""

    gap: Rems
    space: Rems
    rise: Rems
    indent: Rems
    label_indent: Rems


class ScriptTokens(ThemeTable, frozen=True):
    """What a script, such as Arabic, changes in documents in `languages` (BCP 47; "zh" also means "zh-CN").

    `size` and `leading` multiply the values of the theme. Missing families and indents come from the theme. `emphasis`
    is how `em` looks, since few scripts have italics.
    """

    languages: tuple[Language, ...]
    serif: tuple[Family, ...] = ()
    sans: tuple[Family, ...] = ()
    size: Factor = 1
    leading: Factor = 1
    indent: Rems | None = None
    label_indent: Rems | None = None
    emphasis: Literal["italic", "bold", "sans"] = "italic"
    word_break: Literal["normal", "keep-all"] = "normal"
    kerning: bool = True


class LinkTokens(ThemeTable, frozen=True):
    """How links look on paper: `numbered` puts a number after each, and the addresses before the colophon."""

    numbered: bool


class Masthead(ThemeTable, frozen=True):
    """What stands above the title; `publisher` replaces the publisher that the page names.

    `align` is for publisher, series, title and date, in every format. `rule` draws a line above them; EPUB covers have
    none.
    """

    publisher: Localized = {}
    align: Literal["start", "center"] = "start"
    rule: bool = True


class Footer(ThemeTable, frozen=True):
    """What stands at the foot of each page."""

    text: Localized = {}


class Theme(ThemeTable, frozen=True, eq=False):
    """A theme with every value. `extends` names the theme of this program whose values it overrides.

    `own_css` has the CSS rules of this theme; in `css`, those of the extended theme precede them. `logo` is SVG, and
    `folder` the folder of this theme.
    """

    name: Line
    page: PageTokens
    fonts: FontTokens
    colours: Palettes
    size: SizeTokens
    line: LineTokens
    space: SpaceTokens
    links: LinkTokens
    script: dict[str, ScriptTokens]
    description: Line = ""
    extends: str | None = None
    masthead: Masthead = Masthead()
    footer: Footer = Footer()

    css: str = ""
    own_css: str = ""
    logo: bytes | None = None
    folder: Path = Path()

    @property
    def digest(self) -> str:
        """Return the SHA-256 (hex) of all values and files of the theme; its fonts count by name and size."""
        fonts = sorted(self.font_folder.rglob("*.*")) if self.font_folder else ()
        sizes = [(path.name, path.stat().st_size) for path in fonts]
        values = msgspec.structs.replace(self, folder=Path())
        return hashlib.sha256(msgspec.json.encode((values, sizes), enc_hook=str)).hexdigest()

    @property
    def font_folder(self) -> Path | None:
        """Return the folder with the theme's font files, or None."""
        folder = self.folder / FONT_FOLDER
        return folder if folder.is_dir() else None

    def script_of(self, language: str) -> ScriptTokens | None:
        """Return the entry for `language`, else for the longest start of its tag ("zh" of "zh-CN"), or None."""
        subtags = language.lower().split("-")
        for count in range(len(subtags), 0, -1):
            tag = "-".join(subtags[:count])
            for script in self.script.values():
                if tag in map(str.lower, script.languages):
                    return script
        return None


_NO_KEYS = frozenset({"css", "own_css", "logo", "folder"})
"""Fields of `Theme` that are not keys of theme.toml."""


@cache
def styles_folder() -> Path:
    """Return the folder `styles`: in a wheel it is inside the package, in a checkout beside `src`."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "styles"


@cache
def theme_names() -> tuple[str, ...]:
    """Return the names of the themes of this program in alphabetical order."""
    return tuple(sorted(found.parent.name for found in styles_folder().glob(f"themes/*/{THEME_FILE}")))


def load_theme(theme: str | Path = "plain") -> Theme:
    """Return the theme of this name, or in this folder; the same object as before if its files are the same.

    Changes of the program's own themes, and of files in `fonts`, are not noticed. Raises UsageError if there is no such
    theme, and ThemeError, with file and line, if the theme is invalid.
    """
    folder = _folder_of(theme)
    if folder.parent == styles_folder() / "themes":
        return _load(folder, ())
    _require_contained(folder)
    paths = (folder / name for name in _FILES)
    stats = (path.stat() for path in paths if path.exists())
    return _load(folder, tuple((stat.st_mtime_ns, stat.st_size) for stat in stats))


def theme_text(theme: str | Path) -> str:
    """Return a text that names a theme: the name of a theme of this program in lower case, or the path of a folder.

    "plain" names the theme of this program, "./plain" a folder. `Path("plain")` equals `Path("./plain")`: it names the
    folder if that has a theme.
    """
    name = str(theme).strip().lower()
    if name not in theme_names():
        return str(theme)
    return f"./{theme}" if isinstance(theme, Path) and _has_theme(theme) else name


def _has_theme(folder: Path) -> bool:
    return os.path.exists(folder / THEME_FILE)  # noqa: PTH110 - Path.exists raises for names that are too long


def _folder_of(theme: str | Path) -> Path:
    text = theme_text(theme)
    if text in theme_names():
        return styles_folder() / "themes" / text
    folder = Path(text)
    if not _has_theme(folder):
        raise UsageError(
            f"there is no theme {shown(theme)}",
            what_next=f"take one of {', '.join(theme_names())}, or name a folder with a {THEME_FILE}",
        )
    return folder


@lru_cache(maxsize=64)
def _load(folder: Path, stamps: tuple[tuple[int, int], ...]) -> Theme:
    """Read a theme; `stamps` are times and sizes of its files, so that a changed file is read again."""
    del stamps
    path = folder / THEME_FILE
    text, own = _read_toml(path)
    if unknown := next(_unknown_keys(own, Theme, ()), None):
        place, known = unknown
        raise ThemeError(
            f"there is no key {'.'.join(place)!r}",
            where=location_of_key(path, place, text),
            what_next=hint_on_key(place[-1], known),
        )
    values = _merge(_base_values(own.get("extends"), location_of_key(path, ("extends",), text)), own)
    try:
        theme = msgspec.convert(values, Theme)
    except msgspec.ValidationError as reason:
        place, message = _plain_reason(str(reason))
        raise ThemeError(
            message, where=location_of_key(path, place, text), what_next=f"see {documentation('themes')}"
        ) from reason
    _require_room(theme.page, text, path)
    _require_one_column_for_notes(theme.page, text, path)
    own_css = _css_of(folder)
    return msgspec.structs.replace(
        theme,
        css=(_css_of(styles_folder() / "themes" / theme.extends) if theme.extends else "") + own_css,
        own_css=own_css,
        logo=_read_logo(folder),
        folder=folder,
    )


def _require_contained(folder: Path) -> None:
    """Raise ThemeError for a part of a theme that is no file or folder, or is a link out of the folder.

    People share themes: a link in a stranger's theme could put any file of this machine into the outputs.
    """
    fonts = folder / FONT_FOLDER
    inside = folder.resolve()
    for path in (*(folder / name for name in (*_FILES, FONT_FOLDER)), *fonts.rglob("*")):
        if path.exists() and not path.resolve().is_relative_to(inside):
            raise ThemeError(
                "it is a link that leads out of the folder of the theme",
                where=str(path),
                what_next="copy the file into the folder",
            )
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise ThemeError("it is neither a file nor a folder", where=str(path), what_next="leave it out")


def _require_room(page: PageTokens, text: str, path: Path) -> None:
    """Raise ThemeError if margins leave no room for text."""
    for length, one, other in zip(PAPERS[page.paper], ("left", "top"), ("right", "bottom"), strict=True):
        margins = [float(getattr(page, f"margin_{side}").removesuffix("mm")) for side in (one, other)]
        if length - sum(margins) < MIN_TEXT:
            place = ("page", f"margin-{one}")
            raise ThemeError(
                f"the margins {one} and {other} leave less than {MIN_TEXT:g}mm of {length:g}mm for the text",
                where=location_of_key(path, place, text),
                what_next="set smaller margins",
            )


def _require_one_column_for_notes(page: PageTokens, text: str, path: Path) -> None:
    """Raise ThemeError for footnotes at the foot of pages with two columns: their layout takes 0.25 s for each note."""
    if page.columns > 1 and page.footnotes == "foot":
        raise ThemeError(
            "text in two columns cannot have its footnotes at the foot of pages",
            where=location_of_key(path, ("page", "columns"), text),
            what_next='set `footnotes = "end"` or `columns = 1` in [page]',
        )


def _read_logo(folder: Path) -> bytes | None:
    """Return the logo of a theme as SVG, or None; raises ThemeError if there are two."""
    svg, png = folder / LOGO_FILE, folder / PNG_LOGO_FILE
    if svg.exists() and png.exists():
        raise ThemeError(
            f"there is a {LOGO_FILE}, too, and a theme has one logo", where=str(png), what_next="remove one of the two"
        )
    if png.exists():
        return _png_in_svg(png)
    return _read_svg(svg) if svg.exists() else None


def _png_in_svg(path: Path) -> bytes:
    """Return a PNG file, without its metadata, inside an SVG image; raises ThemeError for a damaged file."""
    from PIL import Image

    data = _read_bytes(path)
    try:
        with Image.open(io.BytesIO(data), formats=["PNG"]) as image:
            width, height = image.size
            image.verify()  # `load` accepts half an image: WeasyPrint sets Pillow's LOAD_TRUNCATED_IMAGES
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as reason:
        raise ThemeError("this is not a whole PNG image", where=str(path), what_next="export it again") from reason
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"><image width="{width}" '
        f'height="{height}" href="data:image/png;base64,{b64encode(strip_png(data)).decode()}"/></svg>'
    ).encode()


def _read_svg(path: Path) -> bytes:
    """Return an SVG file; raises ThemeError if it is not SVG, declares entities, or draws too many elements."""
    from lxml import etree

    data = _read_bytes(path)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as reason:
        raise ThemeError(f"this is not valid SVG: {reason.msg}", where=str(path), what_next="export it again") from None
    if etree.QName(root).localname != "svg":
        raise ThemeError("this is not SVG: its root is not svg", where=str(path), what_next="export it as SVG")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():  # type: ignore[union-attr]  # missing in the stubs
        raise ThemeError("an SVG with entities is not shown", where=str(path), what_next="export it as plain SVG")
    if not _has_size(root):
        raise ThemeError(
            f"its viewBox {shown(root.get('viewBox'))} does not consist of four numbers with a width and a height",
            where=str(path),
            what_next='write it as in viewBox="0 0 120 60"',
        )
    if not _is_drawn_soon(root):
        raise ThemeError(
            f"its elements use each other in a circle, or so often that more than {MAX_DRAWN:,} would be drawn",
            where=str(path),
            what_next="convert its symbols to paths",
        )
    return data


def _has_size(root: etree._Element) -> bool:
    """Return whether an SVG image has no view box, or one with a width and a height (SVG 2, 8.6)."""
    box = root.get("viewBox")
    if box is None:
        return True
    try:
        numbers = [float(number) for number in box.replace(",", " ").split()]
    except ValueError:
        return False
    return len(numbers) == 4 and all(map(math.isfinite, numbers)) and min(numbers[2:]) > 0


def _is_drawn_soon(root: etree._Element) -> bool:
    """Return whether an SVG image draws at most `MAX_DRAWN` elements, each use counted, without circular references."""
    elements = {str(each.get("id")): each for each in root.iter("*") if each.get("id")}
    counts: dict[str, int] = {}

    def count(element: etree._Element, users: tuple[str, ...]) -> int:
        total = 0
        for each in element.iter("*"):
            total += 1
            for name in _REFERENCE.findall(" ".join(map(str, each.attrib.values()))):
                if name in users or len(users) > MAX_USERS:
                    return MAX_DRAWN + 1
                if name in elements and name not in counts:
                    counts[name] = count(elements[name], (*users, name))
                total += counts.get(name, 0)
            if total > MAX_DRAWN:
                break
        return total

    return count(root, ()) <= MAX_DRAWN


_REFERENCE = re.compile(r"(?:^|(?<=[\s\"'(]))#([^\s\"')]+)")
"""A reference to another element, in `href` or `url()`; also a colour such as #fff, if an element has this ID."""


def _base_values(extends: object, where: str) -> dict[str, Any]:
    """Return the values that a theme overrides: those of the theme `extends`, or all defaults."""
    values = _read_toml(styles_folder() / "tokens.toml")[1]
    if extends is None:
        return values
    if extends not in theme_names():
        raise ThemeError(
            f"there is no theme {extends!r} to extend", where=where, what_next=f"take one of {', '.join(theme_names())}"
        )
    base = _read_toml(styles_folder() / "themes" / str(extends) / THEME_FILE)[1]
    return _merge(values, base)


def _css_of(folder: Path) -> str:
    """Return the CSS rules in the folder of a theme, if any."""
    css = folder / CSS_FILE
    return _read_text(css) if css.exists() else ""


def _read_bytes(path: Path) -> bytes:
    return read_named_file(path, "this file", max_bytes=MAX_FILE, error=ThemeError)


def _read_text(path: Path) -> str:
    try:
        return _read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise ThemeError("this is not UTF-8 text", where=str(path), what_next="save it in UTF-8") from reason


def _read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """Return the text of a TOML file and its table."""
    return read_toml(path, "this file", max_bytes=MAX_FILE, error=ThemeError)


def _merge(values: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with those of `over` in place of those with the same key, also within tables."""
    merged = dict(values)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged


def _unknown_keys(
    table: Mapping[str, Any], kind: type[ThemeTable], place: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the path of each unknown key of `table`, and the keys that are valid there; `kind` has the known keys."""
    kinds = dict(zip(kind.__struct_encode_fields__, get_type_hints(kind).values(), strict=True))
    known = [key for key in kinds if key not in _NO_KEYS]
    for key, value in table.items():
        if key not in known:
            yield (*place, key), known
        elif isinstance(value, dict):
            of_entries = [each for each in get_args(kinds[key]) if each is ScriptTokens]
            if of_entries:
                yield from (
                    found
                    for name, entry in value.items()
                    if isinstance(entry, dict)
                    for found in _unknown_keys(entry, ScriptTokens, (*place, key, name))
                )
            elif isinstance(kinds[key], type) and issubclass(kinds[key], ThemeTable):
                yield from _unknown_keys(value, kinds[key], (*place, key))


def _plain_reason(reason: str) -> tuple[tuple[str, ...], str]:
    """Return the key that an error of msgspec concerns, and the error in words for the theme's author."""
    message, _, path = reason.replace(" - at `key` in `$.", " of a key - at `$.").partition(" - at `$.")
    path = path.removesuffix("`").replace("script[...]", "script.NAME")
    place = tuple(re.sub(r"\[[^\[\]]*+\]", "", path).split(".")) if path else ()
    name = ".".join(place)
    if missing := re.fullmatch(r"Object missing required field `([^`]+)`", message):
        place = (*filter(None, place), missing[1])
        return place, f"there is no key {'.'.join(place)!r}"
    if form := next((words for pattern, words in _FORMS.items() if repr(pattern) in message), None):
        subject = f"each key of {name!r}" if message.endswith(" of a key") else repr(name)
        return place, f"{subject} must be {form}"
    return place, f"{name!r} {words}" if (words := value_error(message, Theme, place)) else f"{name!r}: {message}"


# --- contrast


def text_contrasts(theme: Theme) -> Iterator[tuple[str, str, str, float]]:
    """Yield each colour of text: its key, such as "colours.dark.ink", the colour, its paper, and their contrast."""
    for mode in ("light", "dark", "print"):
        palette: Palette = getattr(theme.colours, mode)
        for name in _TEXT_COLOURS:
            colour = getattr(palette, name)
            yield f"colours.{mode}.{name}", colour, palette.paper, contrast(colour, palette.paper)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as "#1b1d21", from 1 to 21 (WCAG 2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (channel / 255 for channel in channels(colour))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def channels(colour: str) -> list[int]:
    """Return red, green and blue of a colour such as "#1b1d21", each from 0 to 255."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
