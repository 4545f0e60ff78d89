"""What the HTML reports share: their first lines, and the markup of texts from pages."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from readout_pub.content_security_policy import policy_element
from readout_pub.ledger import LedgerEntry, LedgerRow
from readout_pub.styles import style_sheet
from readout_pub.text_direction import language_direction

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{links}<style>
{style}</style>
</head>
<body>
"""


def html_head(title: str, theme: str, links: str = "", script: str | None = None) -> str:
    """Return everything before the content of a report, with `links` to its other forms.

    `script` is the exact content of its only `script` element.
    """
    style = style_sheet("archive", theme)
    return _HEAD.format(policy=policy_element(script), title=title, links=links, style=style)


def title_markup(row: LedgerRow, entry: LedgerEntry) -> str:
    """Return the title of a page, or its name; a link if there is an HTML file."""
    title = escape(entry.title) or escape(row.name)
    html = entry.renditions.get("html")
    return f'<a href="{quote(html.files[0].path)}">{title}</a>' if html else title


def language_attributes(tag: str) -> str:
    """Return `lang` and `dir` of a text from a page, since the language of the reports is English."""
    return f' lang="{escape(tag)}" dir="{language_direction(tag)}"'


def notes_anchor(row: LedgerRow) -> str:
    """Return the id of a page in notes.html, which is also the fragment of links to it."""
    return quote(row.stem)
