"""The style sheets of `styles/`: which themes there are, and the CSS that a medium needs, as one text.

tokens.css holds every colour, size, space and font, once; document.css what is true in every medium; html.css, pdf.css
and epub.css the rest; themes/ one folder for each theme, whose theme.css overrides tokens.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from readout_pub.errors import UsageError

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BREAKS = re.compile(r"\s*\n\s*")
_ROOT = re.compile(r":root\s*\{([^{}]*)\}")
_NOTHING = re.compile(r":root\s*\{\s*\}\n")
_TOKEN = re.compile(r"\s*(--[\w-]+)\s*:\s*([^;]+);")
_USE = re.compile(r"var\((--[\w-]+)\)")


@cache
def styles_folder() -> Path:
    """Return the folder `styles`: in a wheel it lies inside the package, in a checkout beside `src`."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "styles"


@cache
def themes() -> tuple[str, ...]:
    """Return the names of all themes in alphabetical order."""
    return tuple(sorted(found.parent.name for found in styles_folder().glob("themes/*/theme.css")))


def require_theme(theme: str) -> None:
    """Raise a UsageError that names the themes if there is no `theme`."""
    if theme not in themes():
        raise UsageError(f"there is no theme {theme!r}", what_next=f"take one of {', '.join(themes())}")


@cache
def style_sheet(medium: str, theme: str = "plain") -> str:
    """Return the CSS for "html", "pdf" or "epub" in the look of `theme`, without comments.

    The medium stands last: dark mode and print decide about colours, whatever the theme. A UsageError names the themes
    if there is no `theme`.
    """
    require_theme(theme)
    names = ("tokens", "document", f"themes/{theme}/theme", medium)
    return "".join(_plain((styles_folder() / f"{name}.css").read_text("utf-8")) for name in names)


@cache
def resolve_tokens(css: str) -> str:
    """Return `css` with each `var(--token)` replaced by the value that the token is given last.

    E-readers often know no custom properties, and WeasyPrint spends less time without them. Not for sheets that change
    tokens within `@media`, as html does. A KeyError names a token that has no value.
    """
    return _NOTHING.sub("", _filled_in(_TOKEN.sub("", css), _values(css)))


@cache
def tokens(theme: str = "plain") -> dict[str, str]:
    """Return each token with its value on paper in the look of `theme`, for formats that are not styled by CSS."""
    values = _values(style_sheet("pdf", theme))
    return {name: _filled_in(value, values) for name, value in values.items()}


def _values(css: str) -> dict[str, str]:
    return {name: value.strip() for block in _ROOT.findall(css) for name, value in _TOKEN.findall(block)}


def _filled_in(text: str, values: dict[str, str]) -> str:
    return _USE.sub(lambda use: _filled_in(values[use[1]], values), text)


def _plain(css: str) -> str:
    """Leave out comments, indents and empty lines."""
    return _BREAKS.sub("\n", _COMMENT.sub("", css)).lstrip()
