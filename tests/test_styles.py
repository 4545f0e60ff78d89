"""Style sheets: tokens defined once, themes that override them, and colours with enough contrast."""

from __future__ import annotations

import re

import pytest

from readout_pub.errors import UsageError
from readout_pub.styles import resolve_tokens, style_sheet, tokens
from readout_pub.themes import Palette, load_theme, styles_folder, theme_names

ROOT = re.compile(r":root \{([^{}]*)\}")
SIDES = ("margin-top", "margin-right", "margin-bottom", "margin-left")

COLOUR_VALUE = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(palette: Palette) -> list[str]:
    colours = ("ink", "quiet", "accent", "visited")
    return [name for name in colours if contrast(getattr(palette, name), palette.paper) < 7]


@pytest.mark.parametrize("palette", ["light", "dark", "print"])
@pytest.mark.parametrize("theme", theme_names())
def test_all_text_has_contrast_seven_to_one_in_every_theme(theme: str, palette: str) -> None:
    assert too_faint(getattr(load_theme(theme).colours, palette)) == []


@pytest.mark.parametrize("theme", theme_names())
@pytest.mark.parametrize("medium", ["pdf", "epub"])
def test_every_token_that_is_used_has_a_value(medium: str, theme: str) -> None:
    css = resolve_tokens(style_sheet(medium, theme))
    assert "var(" not in css
    assert "--" not in css


def test_colours_are_defined_only_as_tokens() -> None:
    for name in ("archive", "document", "html", "pdf", "epub"):
        css = (styles_folder() / f"{name}.css").read_text("utf-8")
        rules = ROOT.sub("", css)
        assert COLOUR_VALUE.findall(rules) == [], name


def test_epub_styles_set_no_size_and_colours() -> None:
    css = resolve_tokens(style_sheet("epub"))
    assert COLOUR_VALUE.findall(css) == []
    assert "@page" not in css


def test_a_theme_overrides_tokens_for_every_medium() -> None:
    assert "font-size: 18pt" in resolve_tokens(style_sheet("pdf", "large-print"))
    assert "--size-screen: 150%" in style_sheet("html", "large-print")


def test_the_last_value_of_a_token_wins_and_can_use_others() -> None:
    css = ":root {\n--a: 1px;\n--b: var(--a) solid;\n}\np { border: var(--b); }\n:root {\n--a: 2px;\ncolor: red;\n}\n"
    assert resolve_tokens(css) == "p { border: 2px solid; }\n:root {\ncolor: red;\n}\n"


def test_the_page_is_the_same_in_print_and_office_formats() -> None:
    page = tokens()
    size, margins = (" ".join(page[f"--{name}"] for name in names) for names in (("page-width", "page-height"), SIDES))
    assert f"size: {size};\nmargin: {margins};" in style_sheet("pdf")


def test_palettes_of_other_modes_override_that_of_the_theme() -> None:
    css = style_sheet("html", "gazette")
    light, dark = load_theme("gazette").colours.light, load_theme("gazette").colours.dark
    assert css.index(f"--ink: {light.ink};") < css.index(f"--ink: {dark.ink};")
    assert f"--ink: {dark.ink};" not in style_sheet("pdf", "gazette")


def test_comments_are_removed() -> None:
    assert "/*" not in style_sheet("html")


def test_a_theme_that_does_not_exist_is_an_error_that_names_those_that_do() -> None:
    with pytest.raises(UsageError, match="there is no theme 'baroque'; take one of gazette, large-print, plain"):
        style_sheet("html", "baroque")


def test_a_theme_name_cannot_leave_the_themes_folder() -> None:
    with pytest.raises(UsageError):
        style_sheet("html", "../themes/plain")
