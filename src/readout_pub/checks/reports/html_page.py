"""The HTML page of a conformance report: the template that all reports share, and its parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from readout_pub.html_report import html_head
from readout_pub.styles import design

PAGE = """\
{head}<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""

TABLE_STYLE = """\
thead th, td:not(:last-child) { white-space: nowrap; }
@media screen {
main:has(> .scroll) { max-width: calc(1.6 * var(--measure)); }
main > :not(.scroll) { max-width: var(--measure); }
}
"""
"""Keeps column heads, and the cells between the first and the last of a row, on one line: a browser may break Japanese
text between any two characters. A table may be wider than the lines of text; in a narrow window it scrolls.
"""

TABLE = """\
<div class="scroll" role="region" aria-label="{label}" tabindex="0">
<table>
<thead>
<tr>{heads}</tr>
</thead>
<tbody>
{rows}
</tbody>
</table>
</div>"""


def html_page(language: str, title: str, parts: Iterable[str]) -> bytes:
    """Return a page with `parts`, which are HTML, below the heading `title`, which is text."""
    heading = escape(title)
    head = html_head(heading, design().style_sheet("html") + TABLE_STYLE, language=language)
    return PAGE.format(head=head, title=heading, body="\n".join(parts)).encode()


def table(label: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table. `label` and `heads` are text, the cells are HTML; the first cell of a row is its header."""
    return TABLE.format(
        label=escape(label),
        heads="".join(f'<th scope="col">{escape(head)}</th>' for head in heads),
        rows="\n".join(
            f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
            for first, *cells in rows
        ),
    )


def bullets(items: Iterable[str]) -> str:
    """Return a list of items, given as HTML."""
    return f"<ul>\n{''.join(f'<li>{item}</li>' + chr(10) for item in items)}</ul>"


def terms(pairs: Iterable[tuple[str, str]]) -> str:
    """Return a description list of terms, given as text, with their descriptions, given as HTML."""
    return f"<dl>\n{''.join(f'<dt>{escape(term)}</dt><dd>{text}</dd>' + chr(10) for term, text in pairs)}</dl>"


def given(value: str | None, to_fill_in: str) -> str:
    """Return a value as HTML; without one, a marked place that says what a person has to fill in."""
    return escape(value) if value else f"<mark>[{escape(to_fill_in)}]</mark>"
