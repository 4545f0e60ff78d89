"""Themes: the colours, fonts, sizes and spaces of all formats, read from `styles/`.

tokens.toml defines each value. themes/ has one folder for each theme: its theme.toml overrides some of the values, and
its theme.css, if it has one, adds rules.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from readout_pub.errors import ThemeError, UsageError

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4), "a5": (148.0, 210.0), "b5": (176.0, 250.0)}
"""Name of a paper → its width and height in millimetres (ISO 216; letter: ANSI/ASME Y14.1)."""

Paper = Literal["a4", "letter", "a5", "b5"]
Colour = Annotated[str, msgspec.Meta(pattern="^#[0-9a-f]{6}$")]
Millimetres = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?mm$")]
Points = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?pt$")]
Rems = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?rem$")]
Percent = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)?%$")]
Factor = Annotated[float, msgspec.Meta(gt=0)]


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """The base of the tables in `tokens.toml` and `theme.toml`."""


class PageTokens(ThemeTable, frozen=True):
    """The paper, and its margins on this paper."""

    paper: Paper
    margin_top: Millimetres
    margin_right: Millimetres
    margin_bottom: Millimetres
    margin_left: Millimetres


class FontTokens(ThemeTable, frozen=True):
    """Three lists of families in the order of preference, and which of the first two text and headings have."""

    serif: list[str]
    sans: list[str]
    mono: list[str]
    text: Literal["serif", "sans"]
    head: Literal["serif", "sans"]


class Palette(ThemeTable, frozen=True):
    """The colours of one mode."""

    paper: Colour
    ink: Colour
    quiet: Colour
    accent: Colour
    visited: Colour
    line: Colour


class Palettes(ThemeTable, frozen=True):
    """The palettes: `light` for PDF and office documents too, `print` for a page that a browser prints."""

    light: Palette
    dark: Palette
    print: Palette


class SizeTokens(ThemeTable, frozen=True):
    """`screen` and `print` are those of body text, 1rem; `running` is that of running heads."""

    screen: Percent
    print: Points
    running: Points
    title: Rems
    h2: Rems
    h3: Rems
    h4: Rems
    small: Rems
    fine: Rems


class LineTokens(ThemeTable, frozen=True):
    """The spacing of lines as a factor of their size, and the longest line on screens."""

    leading: Factor
    leading_tight: Factor
    measure: Rems


class SpaceTokens(ThemeTable, frozen=True):
    """The spaces between paragraphs, around blocks and above sections, and the indent of list items."""

    gap: Rems
    space: Rems
    rise: Rems
    indent: Rems


class ScriptTokens(ThemeTable, frozen=True):
    """What a script changes."""

    serif: list[str]
    sans: list[str]
    leading: Factor
    indent: Rems


class Theme(ThemeTable, frozen=True, eq=False):
    """A theme with every value; `css` are its own rules."""

    name: str
    description: str
    page: PageTokens
    fonts: FontTokens
    colours: Palettes
    size: SizeTokens
    line: LineTokens
    space: SpaceTokens
    script: dict[str, ScriptTokens]
    css: str = ""


@cache
def styles_folder() -> Path:
    """Return the folder `styles`: in a wheel it is inside the package, in a checkout beside `src`."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "styles"


@cache
def theme_names() -> tuple[str, ...]:
    """Return the names of all themes in alphabetical order."""
    return tuple(sorted(found.parent.name for found in styles_folder().glob("themes/*/theme.toml")))


def require_theme(theme: str) -> None:
    """Raise UsageError with the known themes if there is no `theme`."""
    if theme not in theme_names():
        raise UsageError(f"there is no theme {theme!r}", what_next=f"take one of {', '.join(theme_names())}")


@cache
def load_theme(theme: str = "plain") -> Theme:
    """Return a theme; raises UsageError if there is none of this name."""
    require_theme(theme)
    folder = styles_folder() / "themes" / theme
    path = folder / "theme.toml"
    values = _merge(tomllib.loads((styles_folder() / "tokens.toml").read_text("utf-8")), _read(path))
    css = folder / "theme.css"
    try:
        found = msgspec.convert(values, Theme)
    except msgspec.ValidationError as reason:
        raise ThemeError(str(reason), where=str(path)) from reason
    return msgspec.structs.replace(found, css=css.read_text("utf-8")) if css.exists() else found


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _merge(values: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `values` with those of `over` in their place, table by table."""
    merged = dict(values)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
