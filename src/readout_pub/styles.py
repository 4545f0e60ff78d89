"""The style sheets of all formats, from the design tokens of a theme and the CSS in `styles/`.

Every token becomes a custom property. document.css has the rules for all formats; each other sheet has
those for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from readout_pub.themes import PAPERS, Palette, Theme, load_theme, styles_folder

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_ROOT_RULE = re.compile(r":root\s*\{([^{}]*)\}")
_EMPTY_ROOT_RULE = re.compile(r":root\s*\{\s*\}\n")
_TOKEN = re.compile(r"\s*(--[\w-]+)\s*:\s*([^;]+);")
_TOKEN_USE = re.compile(r"var\((--[\w-]+)\)")
_PAGE_TOKEN_USE = re.compile(r"var\((--(?:page|margin)-[\w-]+)\)")
_IDENTIFIER = re.compile(r"-?[A-Za-z][\w-]*")

_SCREEN_MEDIA = frozenset({"html", "archive", "review"})
"""The media that a browser shows in the palette that the reader chooses."""

_EXTENDED = {"review": "archive"}
"""Medium → the medium whose rules come before its own."""

_SYSTEM_COLOURS = {
    "paper": "Canvas",
    "ink": "CanvasText",
    "quiet": "CanvasText",
    "accent": "LinkText",
    "visited": "LinkText",
    "line": "CanvasText",
}
"""Token → the system colour (CSS Color 4) that replaces it for readers who ask their system for more contrast."""


@cache
def style_sheet(medium: str, theme: str = "plain") -> str:
    """Return the CSS for `medium`, such as "html" or "pdf", with `theme`, without comments and indentation.

    The palettes for dark mode and print come last, since they override that of the theme. Raises UsageError if there is
    no `theme`.
    """
    chosen = load_theme(theme)
    sheets = [_rule(_declared(chosen)), _sheet("document"), _minify(chosen.css)]
    sheets += [_sheet(_EXTENDED[medium])] if medium in _EXTENDED else []
    sheets += [_sheet(medium)]
    if medium in _SCREEN_MEDIA:
        sheets += _palettes(chosen)
    page = dict(_page_tokens(chosen))  # no browser substitutes custom properties inside @page
    return _PAGE_TOKEN_USE.sub(lambda use: page[use[1]], "".join(sheets))


@cache
def resolve_tokens(css: str) -> str:
    """Return `css` with each `var(--token)` replaced by the last value of the token.

    Many e-readers do not support custom properties, and WeasyPrint is faster without them. Not for browsers, whose
    style sheets change tokens inside `@media`. Raises KeyError for a token without a value.
    """
    return _EMPTY_ROOT_RULE.sub("", _substitute_tokens(_TOKEN.sub("", css), _token_values(css)))


@cache
def tokens(theme: str = "plain") -> dict[str, str]:
    """Return token → value for print with `theme`, for formats that are not styled by CSS."""
    chosen = load_theme(theme)
    values = dict((*_page_tokens(chosen), *_declared(chosen)))
    return {name: _substitute_tokens(value, values) for name, value in values.items()}


def _page_tokens(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield the size and the margins of the page as tokens with their values."""
    width, height = PAPERS[theme.page.paper]
    yield from (("--page-width", f"{width:g}mm"), ("--page-height", f"{height:g}mm"))
    margins = msgspec.to_builtins(theme.page).items()
    yield from ((f"--{name}", value) for name, value in margins if name.startswith("margin-"))


def _declared(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield each token of `theme` with its value in CSS, without those of the page."""
    for family in ("serif", "sans"):
        yield f"--{family}", _families(getattr(theme.fonts, family))
        for script, values in theme.script.items():
            yield f"--{family}-{script}", _families(getattr(values, family))
    yield "--mono", _families(theme.fonts.mono)
    for role in ("text", "head"):
        family = getattr(theme.fonts, role)
        yield f"--{role}", f"var(--{family})"
        yield from ((f"--{role}-{script}", f"var(--{family}-{script})") for script in theme.script)
    yield from _colours(theme.colours.light)
    yield from ((f"--size-{name}", value) for name, value in msgspec.to_builtins(theme.size).items())
    for table in (theme.line, theme.space):
        yield from ((f"--{name}", str(value)) for name, value in msgspec.to_builtins(table).items())
    for script, values in theme.script.items():
        yield from ((f"--leading-{script}", str(values.leading)), (f"--indent-{script}", values.indent))


def _colours(palette: Palette) -> Iterator[tuple[str, str]]:
    return ((f"--{name}", value) for name, value in msgspec.to_builtins(palette).items())


def _palettes(theme: Theme) -> Iterator[str]:
    """Yield the rules that change the colours for readers of dark pages, of more contrast, and of printed pages."""
    for condition, colours in (
        ("(prefers-color-scheme: dark)", _colours(theme.colours.dark)),
        ("(prefers-contrast: more)", ((f"--{name}", value) for name, value in _SYSTEM_COLOURS.items())),
        ("print", _colours(theme.colours.print)),
    ):
        yield f"@media {condition} {{\n{_rule(colours)}}}\n"


def _rule(values: Iterable[tuple[str, str]]) -> str:
    lines = "\n".join(f"{name}: {value};" for name, value in values)
    return f":root {{\n{lines}\n}}\n"


def _families(names: Iterable[str]) -> str:
    return ", ".join(name if _IDENTIFIER.fullmatch(name) else f'"{name}"' for name in names)


def _token_values(css: str) -> dict[str, str]:
    return {name: value.strip() for block in _ROOT_RULE.findall(css) for name, value in _TOKEN.findall(block)}


def _substitute_tokens(text: str, values: dict[str, str]) -> str:
    """Return `text` with each `var(--token)` replaced by its value, whose own tokens are replaced too."""
    return _TOKEN_USE.sub(lambda use: _substitute_tokens(values[use[1]], values), text)


def _sheet(name: str) -> str:
    return _minify((styles_folder() / f"{name}.css").read_text("utf-8"))


def _minify(css: str) -> str:
    """Return `css` without comments, indentation and empty lines."""
    return _LINE_BREAKS.sub("\n", _COMMENT.sub("", css)).lstrip()
