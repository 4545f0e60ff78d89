"""HTML that several reports of a batch contain: the title of a converted page, and its anchor in notes.html."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from readout_pub.ledger import LedgerEntry, LedgerRow


def title_markup(row: LedgerRow, entry: LedgerEntry) -> str:
    """Return the title of a converted page as HTML, with a link to its HTML rendition if it has one.

    A page without a title gets its name.
    """
    title = escape(entry.title) or escape(row.name)
    html = entry.renditions.get("html")
    return f'<a href="{quote(html.files[0].path)}">{title}</a>' if html else title


def notes_anchor(row: LedgerRow) -> str:
    """Return the id of a converted page in notes.html; links to the notes on the page have it as their fragment."""
    return quote(row.stem)
