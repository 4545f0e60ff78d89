"""Reads `styles/`: the themes, the CSS for each format, and the design tokens.

tokens.css defines every colour, size, space and font as a custom property (token); document.css has the rules for all
formats, and html.css, pdf.css and epub.css those for one. themes/ has one folder for each theme, whose theme.css
overrides tokens.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from readout_pub.errors import UsageError

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_ROOT_RULE = re.compile(r":root\s*\{([^{}]*)\}")
_EMPTY_ROOT_RULE = re.compile(r":root\s*\{\s*\}\n")
_TOKEN = re.compile(r"\s*(--[\w-]+)\s*:\s*([^;]+);")
_TOKEN_USE = re.compile(r"var\((--[\w-]+)\)")


@cache
def styles_folder() -> Path:
    """Return the folder `styles`: in a wheel it is inside the package, in a checkout beside `src`."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "styles"


@cache
def themes() -> tuple[str, ...]:
    """Return the names of all themes in alphabetical order."""
    return tuple(sorted(found.parent.name for found in styles_folder().glob("themes/*/theme.css")))


def require_theme(theme: str) -> None:
    """Raise UsageError with the known themes if there is no `theme`."""
    if theme not in themes():
        raise UsageError(f"there is no theme {theme!r}", what_next=f"take one of {', '.join(themes())}")


@cache
def style_sheet(medium: str, theme: str = "plain") -> str:
    """Return the CSS for `medium` ("html", "pdf" or "epub") with `theme`, without comments and indentation.

    The medium's sheet comes last, since its colours for dark mode and print override those of the theme. Raises
    UsageError if there is no `theme`.
    """
    require_theme(theme)
    names = ("tokens", "document", f"themes/{theme}/theme", medium)
    return "".join(_minify((styles_folder() / f"{name}.css").read_text("utf-8")) for name in names)


@cache
def resolve_tokens(css: str) -> str:
    """Return `css` with each `var(--token)` replaced by the last value of the token.

    Many e-readers do not support custom properties, and WeasyPrint is faster without them. Not for html.css, which
    changes tokens inside `@media`. Raises KeyError for a token without a value.
    """
    return _EMPTY_ROOT_RULE.sub("", _substitute_tokens(_TOKEN.sub("", css), _token_values(css)))


@cache
def tokens(theme: str = "plain") -> dict[str, str]:
    """Return token → value for print with `theme`, for formats that are not styled by CSS."""
    values = _token_values(style_sheet("pdf", theme))
    return {name: _substitute_tokens(value, values) for name, value in values.items()}


def _token_values(css: str) -> dict[str, str]:
    return {name: value.strip() for block in _ROOT_RULE.findall(css) for name, value in _TOKEN.findall(block)}


def _substitute_tokens(text: str, values: dict[str, str]) -> str:
    """Return `text` with each `var(--token)` replaced by its value, whose own tokens are replaced too."""
    return _TOKEN_USE.sub(lambda use: _substitute_tokens(values[use[1]], values), text)


def _minify(css: str) -> str:
    """Return `css` without comments, indentation and empty lines."""
    return _LINE_BREAKS.sub("\n", _COMMENT.sub("", css)).lstrip()
