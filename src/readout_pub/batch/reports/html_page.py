"""The markup of texts from pages that the reports of a batch share."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from readout_pub.ledger import LedgerEntry, LedgerRow


def title_markup(row: LedgerRow, entry: LedgerEntry) -> str:
    """Return the title of a page, or its name; a link if there is an HTML file."""
    title = escape(entry.title) or escape(row.name)
    html = entry.renditions.get("html")
    return f'<a href="{quote(html.files[0].path)}">{title}</a>' if html else title


def notes_anchor(row: LedgerRow) -> str:
    """Return the id of a page in notes.html, which is also the fragment of links to it."""
    return quote(row.stem)
