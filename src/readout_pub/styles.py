"""The style sheets of all formats, from the design tokens of a theme and the CSS in `styles/`.

In sheets for browsers, tokens are custom properties, except those that start with "--page-" or "--margin-", whose
values replace `var()`. In sheets for PDF and EPUB, values replace every `var()`. document.css has the rules for all
media, each other sheet those for one medium; `review` also uses those of `archive`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from readout_pub.errors import SourceError, ThemeError, documentation
from readout_pub.named_file import read_named_file
from readout_pub.themes import (
    CSS_FILE,
    PAPERS,
    POINTS_PER_MM,
    PageTokens,
    Palette,
    Paper,
    ScriptTokens,
    Theme,
    load_theme,
    styles_folder,
)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINE_BREAKS = re.compile(r"\s*\n\s*")
_ROOT_RULE = re.compile(r":root\s*\{([^{}]*)\}")
_EMPTY_ROOT_RULE = re.compile(r":root\s*\{\s*\}\n")
_TOKEN = re.compile(r"\s*(--[\w-]+)\s*:\s*([^;]+);")
_TOKEN_USE = re.compile(r"var\((--[\w-]+)\)")
_PAGE_TOKEN_USE = re.compile(r"var\((--(?:page|margin)-[\w-]+)\)")
_IDENTIFIER = re.compile(r"-?[A-Za-z][\w-]*")

_LENGTH = re.compile(r"([0-9.]+)(.*)")

MAX_SUBSTITUTED = 5_000_000
"""How many characters the values that replace `var()` may have in one style sheet. Chosen by hand: ours have 10,000."""

MAX_TOKENS_WITHIN = 50
"""The longest chain of tokens, each of which uses the next. Chosen by hand: our chains have two tokens; Python's stack
holds 300.
"""

_ABSOLUTE_SIZES = frozenset({"screen", "print", "running"})
"""The sizes that a script's `size` multiplies; all others are in rem, so that they change with these."""

_SCREEN_MEDIA = frozenset({"html", "archive", "review"})
"""The media for browsers, whose settings choose the palette, such as dark mode."""

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
"""Token → the system colour (CSS Color 4) for readers who ask their system for more contrast."""


class Design:
    """A theme as it applies to documents of one script: its tokens, and its style sheet for each medium.

    tokens    name with "--" → value, for formats without CSS; no value names another token
    css       rules of the user, which come last
    """

    def __init__(self, theme: Theme, script: ScriptTokens | None, paper: Paper, css: str) -> None:
        self.theme = theme
        self.css = css
        self._script = script or ScriptTokens(())
        self._declared = dict(self._declarations())
        self._page = dict(_page_tokens(theme.page, paper))
        self._page |= dict(_deep_indents(self._declared, self._page))
        declared = self._declared
        self.tokens = self._page | {name: _substitute(value, declared) for name, value in declared.items()}
        self.style_sheet = cache(self._style_sheet)

    @property
    def own_families(self) -> tuple[str, ...]:
        """Return the first font family for text and the first for headings, unless the script replaces them."""
        fonts, script = self.theme.fonts, self._script
        return tuple(getattr(fonts, role)[0] for role in (fonts.text, fonts.head) if not getattr(script, role))

    @property
    def has_theme_rules(self) -> bool:
        """Whether the theme.css of the theme has more than comments."""
        return bool(_minify(self.theme.own_css))

    def _style_sheet(self, medium: str) -> str:
        """Return the CSS for `medium` ("html", "pdf", "epub", "archive" or "review"), without comments and indentation.

        The rules of the theme come after ours, and the rules of the user last. In sheets for browsers, the palettes for
        dark mode, more contrast and print override the rules of the theme.
        """
        sheets = [
            _rule(self._declared.items()),
            _sheet("document"),
            *_emphasis(self.theme),
            *([_sheet(_EXTENDED[medium])] if medium in _EXTENDED else []),
            _sheet(medium),
            *_heading_colour(self.theme),
            _checked_css(self.theme.css, str(self.theme.folder / CSS_FILE)),
        ]
        if medium in _SCREEN_MEDIA:
            sheets += _palettes(self.theme)
        sheets.append(self.css)
        # No browser substitutes custom properties inside @page.
        css = _PAGE_TOKEN_USE.sub(lambda use: self._page[use[1]], "".join(sheets))
        return css if medium in _SCREEN_MEDIA else _resolve(css)

    def _declarations(self) -> Iterator[tuple[str, str]]:
        """Yield each token with its value in CSS, except the tokens of the page (paper and margins)."""
        theme, script = self.theme, self._script
        yield "--serif", _families(script.serif or theme.fonts.serif)
        yield "--sans", _families(script.sans or theme.fonts.sans)
        yield "--mono", _families(theme.fonts.mono)
        yield "--text", f"var(--{theme.fonts.text})"
        yield "--head", f"var(--{theme.fonts.head})"
        yield "--front-align", theme.masthead.align
        yield "--front-rule", "solid" if theme.masthead.rule else "none"
        yield "--word-break", script.word_break
        yield "--kerning", "auto" if script.kerning else "none"
        yield from _colours(theme.colours.light)
        for name, value in msgspec.to_builtins(theme.size).items():
            is_absolute = name in _ABSOLUTE_SIZES
            yield f"--size-{name}", _scaled(value, script.size) if is_absolute else value
        yield "--leading", f"{theme.line.leading * script.leading:.4g}"
        yield "--heading-leading", f"{theme.line.heading_leading * script.leading:.4g}"
        yield "--tight-leading", f"{theme.line.tight_leading * script.leading:.4g}"
        yield "--tight-size", f"{theme.line.tight_size:g}"
        yield "--measure", theme.line.measure
        spaces = msgspec.to_builtins(theme.space)
        own = msgspec.to_builtins(script)
        yield from ((f"--{name}", own.get(name) or value) for name, value in spaces.items())


def design(
    theme: str | Path = "plain", language: str = "", *, paper: Paper | None = None, css: str | Path | None = None
) -> Design:
    """Return the design of documents in `language` (BCP 47) with `theme`, the name or the folder of a theme.

    `paper` replaces the paper of the theme, and the margins are scaled to it; `css` is a file with rules that come
    last. Raises UsageError if there is no such theme, SourceError if there is no such file, and ThemeError if one is
    invalid.
    """
    chosen = load_theme(theme)
    rules = _read_css(Path(css)) if css is not None else ""
    return _design(chosen, chosen.script_of(language), paper or chosen.page.paper, rules)


_design = lru_cache(maxsize=256)(Design)


def _read_css(path: Path) -> str:
    try:
        css = read_named_file(path, "the style sheet").decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise SourceError(
            "the style sheet is not UTF-8 text", where=str(path), what_next="save it in UTF-8"
        ) from reason
    return _checked_css(css, str(path))


def _checked_css(css: str, where: str) -> str:
    """Return CSS, minified; raises ThemeError for "</", which could end the sheet in HTML."""
    if "</" in css:
        raise ThemeError('CSS in an HTML page cannot contain "</"', where=where, what_next="write <\\/ in its place")
    return _minify(css)


def _page_tokens(page: PageTokens, paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the size of `paper`, and the margins of `page` scaled to it, as tokens with their values."""
    width, height = PAPERS[paper]
    own_width, own_height = PAPERS[page.paper]
    yield from (("--page-width", f"{width:g}mm"), ("--page-height", f"{height:g}mm"))
    for side, factor in (("top", height / own_height), ("right", width / own_width)):
        opposite = {"top": "bottom", "right": "left"}[side]
        for name in (side, opposite):
            yield f"--margin-{name}", _scaled(getattr(page, f"margin_{name}"), factor)
    yield "--margin-wide", _scaled(page.margin_wide, height / own_height)


FULL_INDENTS, REDUCED_INDENTS = 3, 5
"""Levels of nested lists in PDF. The outer three have the indents of the theme on every paper; those of the next five
depend on the length of the lines; deeper lists have none.
"""
LEAST_LINE = 10
"""The shortest line, in rem, that these indents leave: 20 letters, the length of long words. In large type on A5, eight
full indents would leave a single letter.
"""
_LEAST_INDENT = 0.5
"""In rem; a smaller indent would not show that a list is within another."""


def _deep_indents(declared: Mapping[str, str], page: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the indents of deeply nested lists on paper as tokens with their values."""
    width, left, right = (_number(page[name]) for name in ("--page-width", "--margin-left", "--margin-right"))
    line = (width - left - right) * POINTS_PER_MM / _number(declared["--size-print"])
    for name in ("indent", "label-indent"):
        full = _number(declared[f"--{name}"])
        left_over = (line - LEAST_LINE - FULL_INDENTS * full) / REDUCED_INDENTS
        yield f"--page-{name}", f"{min(full, max(_LEAST_INDENT, left_over)):.4g}rem"


def _emphasis(theme: Theme) -> Iterator[str]:
    """Yield the rules for emphasis in scripts without italics, also for a passage in a document of another script."""
    for script in theme.script.values():
        if script.emphasis != "italic":
            selector = ", ".join(f"em:lang({language})" for language in script.languages)
            look = "font-weight: bold" if script.emphasis == "bold" else f"font-family: {_families(script.sans)}"
            yield f"{selector} {{ font-style: normal; {look}; }}\n"


def _heading_colour(theme: Theme) -> Iterator[str]:
    """Yield the rule for the colour of title and headings, if it differs from that of text."""
    if theme.fonts.head_colour != "ink":
        yield f"h1, h2, h3, h4 {{ color: var(--{theme.fonts.head_colour}); }}\n"


def _colours(palette: Palette) -> Iterator[tuple[str, str]]:
    return ((f"--{name}", value) for name, value in msgspec.to_builtins(palette).items())


def _palettes(theme: Theme) -> Iterator[str]:
    """Yield the rules for the colours in dark mode, with more contrast, and in print."""
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


def _scaled(value: str, factor: float) -> str:
    """Return a length such as "10.5pt" times `factor`."""
    number, unit = _LENGTH.findall(value)[0]
    return f"{float(number) * factor:.4g}{unit}"


def _number(length: str) -> float:
    return float(_LENGTH.findall(length)[0][0])


def _resolve(css: str) -> str:
    """Return `css` with each `var(--token)` replaced by the last value of the token.

    Many e-readers do not support custom properties, and WeasyPrint is faster without them. Browsers need them: their
    style sheets change tokens inside `@media`.
    """
    return _EMPTY_ROOT_RULE.sub("", _substitute(_TOKEN.sub("", css), _token_values(css)))


def _token_values(css: str) -> dict[str, str]:
    return {name: value.strip() for block in _ROOT_RULE.findall(css) for name, value in _TOKEN.findall(block)}


def _substitute(text: str, values: dict[str, str]) -> str:
    """Return `text` with each `var(--token)` replaced by its value, whose own tokens are replaced too.

    Raises ThemeError for a token that has no value or leads back to itself, and beyond MAX_SUBSTITUTED or
    MAX_TOKENS_WITHIN. A chain of forty tokens, each of which uses the next one twice, could have a value of a terabyte.
    """
    resolved: dict[str, str] = {}
    length = 0

    def replace(text: str, within: tuple[str, ...]) -> str:
        return _TOKEN_USE.sub(lambda use: value(use[1], within), text)

    def value(name: str, within: tuple[str, ...]) -> str:
        nonlocal length
        if name not in values:
            raise ThemeError(
                f"var({name}) has no value", what_next=f"define it, or use another token; see {documentation('themes')}"
            )
        if name in within:
            raise ThemeError(
                f"the value of {name} uses var({name})", what_next="give one of these tokens a plain value"
            )
        if len(within) == MAX_TOKENS_WITHIN:
            raise ThemeError(
                f"more than {MAX_TOKENS_WITHIN} tokens use each other in a row, down to {name}",
                what_next=f"give {name} a plain value, or let fewer tokens use others",
            )
        if name not in resolved:
            resolved[name] = replace(values[name], (*within, name))
        length += len(resolved[name])
        if length > MAX_SUBSTITUTED:
            raise ThemeError(
                f"the values of tokens have more than {MAX_SUBSTITUTED:,} characters where var() uses them",
                what_next="shorten them, or let fewer tokens use others",
            )
        return resolved[name]

    return replace(text, ())


def _sheet(name: str) -> str:
    return _minify((styles_folder() / f"{name}.css").read_text("utf-8"))


def _minify(css: str) -> str:
    """Return `css` without comments, indentation and empty lines."""
    return _LINE_BREAKS.sub("\n", _COMMENT.sub("", css)).lstrip()
