"""What all HTML reports of the program share: their first lines with the style sheet, and the language of a text."""

from __future__ import annotations

from html import escape
from pathlib import Path

from readout_pub.content_security_policy import policy_element
from readout_pub.source_record import GENERATOR
from readout_pub.styles import design
from readout_pub.text_direction import language_direction

HTML_SUFFIXES = (".html", ".htm")
"""The suffixes of HTML files that the program writes."""

_HEAD = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
{policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{generator}
<title>{title}</title>
{links}<style>
{style}</style>
</head>
<body>
"""


def html_head(
    title: str,
    style: str,
    *,
    language: str = "en",
    links: str = "",
    script: str | None = None,
    connects: bool = False,
) -> str:
    """Return everything before the content of a report, with `links` to its other forms.

    `title` and `links` are markup, `style` is a style sheet, and `script` the exact content of the only `script` that
    runs. With `connects`, this script may send requests to the server of the page.
    """
    policy = policy_element(script, connects=connects)
    return _HEAD.format(language=language, policy=policy, generator=GENERATOR, title=title, links=links, style=style)


def archive_style(theme: str | Path) -> str:
    """Return the style sheet of the reports on archives, receipts and copies, in `theme`."""
    return design(theme).style_sheet("archive")


def language_attributes(tag: str) -> str:
    """Return `lang` and `dir` for a text from a page, since its language is seldom that of the report."""
    return f' lang="{escape(tag)}" dir="{language_direction(tag)}"'
