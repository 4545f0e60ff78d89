"""Design tokens in the units of office programs, for a document in one language."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from readout_pub.emit.pandoc.office_scripts import script_kinds
from readout_pub.emit.rendition import RenderOptions
from readout_pub.language_codes import primary_subtag
from readout_pub.styles import Design
from readout_pub.text_direction import language_direction
from readout_pub.themes import POINTS_PER_MM

_LENGTH = re.compile(r"([0-9.]+)(pt|mm|rem|)")
_UNITS_IN_POINTS = {"pt": 1.0, "mm": POINTS_PER_MM}

_TOKEN_USE = re.compile(r"\b(as|font|fonts|half|hex|pt|twips)\((--[\w-]+)\)")
"""A design token in a styles file, with the unit that is needed: "half(--size-print)"."""

_GENERIC_FAMILIES = frozenset({"serif", "sans-serif", "system-ui", "ui-monospace", "monospace", "-apple-system"})
"""Families of CSS that office programs do not know."""

_PAGE_EDGE = 36.0
"""The distance in points of header and footer from the edge of the page, also in odt.styles.xml and, as 720 twips, in
docx.template.xml.
"""

_ASIAN_LANGUAGE = "ja"
"""The language whose faces show Asian characters in documents of other languages."""


_DENSE_TYPE = 0.72
"""The size of type in tables that are too wide for landscape pages, in rem, as in pdf.css."""

_FACT_INDENT = 0.26
"""The share of the text's width for the names of the facts of a meeting, as in document.css."""


class OfficeTokens:
    """The design tokens of a theme for a document in one language (see `office_tokens`)."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values
        self._body = float(values["--size-print"].removesuffix("pt"))

    def points(self, name: str) -> float:
        """Return the length of a token in points: of "10.5pt", "27mm", "1.3rem", or "1.6" (a line height)."""
        number, unit = _LENGTH.findall(self._values[name])[0]
        return float(number) * _UNITS_IN_POINTS.get(unit, self._body)

    def with_lengths(self) -> OfficeTokens:
        """Return these tokens and the lengths computed from them, such as the heights of header and footer."""
        measure = self.points("--page-width") - self.points("--margin-left") - self.points("--margin-right")
        lengths = {
            "--measure": measure,
            "--size-dense": _DENSE_TYPE * self._body,
            "--fact-indent": _FACT_INDENT * measure,
            "--measure-wide": self.points("--page-height") - 2 * self.points("--margin-wide"),
            "--rise-added": self.points("--rise") - self.points("--gap"),
            "--space-added": self.points("--space") - self.points("--gap"),
            "--header-height": self.points("--margin-top") - _PAGE_EDGE,
            "--footer-height": self.points("--margin-bottom") - _PAGE_EDGE,
        }
        return OfficeTokens(self._values | {name: f"{length:.2f}pt" for name, length in lengths.items()})

    def families(self, name: str) -> list[str]:
        """Return the faces of a token in the order of preference, without the generic ones of CSS."""
        named = (face.strip().strip('"') for face in self._values[name].split(","))
        return [face for face in named if face not in _GENERIC_FAMILIES]

    def substitute(self, text: str) -> str:
        """Return `text` with tokens replaced by their values: "half(--size-print)" by the size in half points."""
        units: dict[str, Callable[[str], str]] = {
            "as": lambda name: self._values[name],
            "hex": lambda name: self._values[name].removeprefix("#"),
            "font": lambda name: self.families(name)[0],
            "fonts": lambda name: self._values[name].replace('"', "'"),
            "pt": lambda name: f"{self.points(name):.2f}pt",
            "half": lambda name: str(round(self.points(name) * 2)),
            "twips": lambda name: str(round(self.points(name) * 20)),
        }
        return _TOKEN_USE.sub(lambda use: units[use[1]](use[2]), text)


def office_tokens(render_options: RenderOptions, language: str) -> OfficeTokens:
    """Return the tokens of the theme for a document in `language` (BCP 47), with the values for its script.

    These tokens are added for the files of office programs:

    --measure, --measure-wide         width of the text on upright and on landscape pages
    --fact-indent                     indent of the facts of a meeting
    --size-dense                      type size of very wide tables
    --header-height, --footer-height  heights of header and footer
    --rise-added, --space-added       by how much `--rise` and `--space` exceed `--gap`, the space after a paragraph
    --text-asian and the like         faces for the other kinds of script that office programs distinguish
    --asian, --complex                the primary subtag of `language` if its script is Asian or complex, else "zxx"
    --direction                       the direction of lines in `language`
    --aligned, --opposite             the sides on which lines begin and end
    --head-colour                     the colour of the title and of headings
    --front-aligned, --front-jc       where the lines of the title stand, in ODT and in DOCX
    --front-line, --front-border      the rule above the masthead in ODT, and its kind in DOCX
    """
    is_asian, _ = script_kinds(language)
    return _office_tokens(
        render_options.design(language), render_options.design(language if is_asian else _ASIAN_LANGUAGE), language
    )


@lru_cache(maxsize=64)
def _office_tokens(own: Design, asian: Design, language: str) -> OfficeTokens:
    primary = primary_subtag(language)
    is_asian, is_complex = script_kinds(language)
    is_rtl = language_direction(language) == "rtl"
    roles = {
        f"--{role}-{kind}": design.tokens[f"--{role}"]
        for role in ("text", "head")
        for kind, design in (("asian", asian), ("complex", own))
    }
    aligned = "right" if is_rtl else "left"  # LibreOffice Writer takes "start" as left in both directions
    is_centred = own.tokens["--front-align"] == "center"
    found = OfficeTokens(
        own.tokens
        | roles
        | {
            "--asian": primary if is_asian else "zxx",
            "--complex": primary if is_complex else "zxx",
            "--direction": "rl-tb" if is_rtl else "lr-tb",
            "--aligned": aligned,
            "--opposite": "left" if is_rtl else "right",
            "--head-colour": own.tokens[f"--{own.theme.fonts.head_colour}"],
            "--front-aligned": "center" if is_centred else aligned,
            "--front-jc": "center" if is_centred else "left",  # Word takes "left" as where lines start
            "--front-line": f"2pt solid {own.tokens['--accent']}" if own.theme.masthead.rule else "none",
            "--front-border": "single" if own.theme.masthead.rule else "nil",
        }
    )
    return found.with_lengths()
