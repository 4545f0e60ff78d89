"""The report for editors: notes.html lists each page that failed or has errors or warnings."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from html import escape

from readout_pub.atomic import open_atomic
from readout_pub.batch.job import BatchConfig
from readout_pub.batch.reports.html_page import notes_anchor, title_markup
from readout_pub.batch.reports.sorted_parts import CERTAIN, rank_of, sorted_parts
from readout_pub.html_report import archive_style, html_head, language_attributes
from readout_pub.ledger import LedgerEntry, LedgerRow
from readout_pub.notes import SEVERITIES

FILE_NAME = "notes.html"

_FAILED, _NOTED = 0, 1
"""The two groups of pages."""

_HEAD = """\
<main>
<header><h1>Failures, errors and warnings</h1></header>
<p>See also <a href="index.html">all readouts</a>, and <a href="notes.csv">a table that has milder notes too</a>.</p>
<h2 id="failures">Pages that failed</h2>
"""

_MIDDLE = """\
<h2 id="warnings">Pages with errors or warnings</h2>
"""

_NONE = "<p>None.</p>\n"

_PAGE = """\
<section id="{anchor}">
<h3{language}>{title}</h3>
{source}<ul>
{items}</ul>
</section>
"""

_ITEM = """\
<li class="{severity}"><strong>{severity}</strong>: {message}</li>
"""

_TAIL = """\
</main>
</body>
</html>
"""


@contextlib.contextmanager
def notes_page_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write notes.html: first the pages that failed, then those with errors or warnings, each with all its notes.

    Of the pages with errors or warnings, those whose text is doubtful come first, the most doubtful at the top.
    """
    with open_atomic(config.path_of(FILE_NAME), scratch=config.scratch_folder) as file, sorted_parts() as parts:
        file.write(
            (html_head("Failures, errors and warnings", archive_style(config.render_options.theme)) + _HEAD).encode()
        )

        def write_row(row: LedgerRow) -> None:
            if row.entry and (row.entry.failure or row.entry.has_warnings):
                group, rank = (_FAILED, CERTAIN) if row.entry.failure else (_NOTED, rank_of(row.entry))
                parts.add(group, rank, _section(row, row.entry))

        yield write_row
        for group, following in ((_FAILED, _MIDDLE), (_NOTED, "")):
            start = file.tell()
            file.writelines(parts.of_group(group))
            file.write(((_NONE if file.tell() == start else "") + following).encode())
        file.write(_TAIL.encode())


def _section(row: LedgerRow, entry: LedgerEntry) -> str:
    worst_first = sorted(entry.all_notes, key=lambda note: SEVERITIES.index(note.severity), reverse=True)
    messages: list[tuple[str, str, str | None]] = [(note.severity, note.message, note.where) for note in worst_first]
    if entry.failure:
        messages.insert(0, ("failure", f"{entry.failure}{entry.stale_remark}", None))
    items = "".join(
        _ITEM.format(severity=severity, message=escape(f"{message} ({where})" if where else message))
        for severity, message, where in messages
    )
    return _PAGE.format(
        anchor=notes_anchor(row),
        language=language_attributes(entry.language) if entry.title else "",
        title=title_markup(row, entry),
        source=f"<p>{escape(row.name)}</p>\n" if entry.title else "",
        items=items,
    )
