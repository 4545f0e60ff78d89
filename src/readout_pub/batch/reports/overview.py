"""The report for readers: index.html lists every readout in a table that sorts and filters without a server."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from urllib.parse import quote

from readout_pub.atomic import open_atomic
from readout_pub.batch.job import BatchConfig
from readout_pub.ledger import LedgerEntry, LedgerRow
from readout_pub.styles import style_sheet
from readout_pub.text_direction import language_direction

HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Readouts</title>
<link rel="alternate" type="application/opds+json" href="feed/opds.json" title="Feed for reading apps">
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#readouts">Skip to the list</a>
<main>
<header><h1>Readouts</h1></header>
<form role="search" hidden>
<p><label for="words">Show only readouts with these words</label>
<input type="search" id="words" autocomplete="off" spellcheck="false"></p>
</form>
<p id="count" role="status"></p>
<div class="scroll" role="region" aria-labelledby="readouts" tabindex="0">
<table>
<caption id="readouts">All readouts, the newest first</caption>
<thead>
<tr><th scope="col" aria-sort="descending">Date</th><th scope="col">Title</th><th scope="col">Series</th>\
<th scope="col">Language</th><th scope="col">Notes</th><th scope="col">Files</th></tr>
</thead>
<tbody>
"""

ROW = """\
<tr><td>{date}</td><th scope="row"{language}>{title}</th><td{language}>{series}</td><td>{tag}</td><td>{notes}</td>\
<td>{formats}</td></tr>
"""

FAILED = """\
<tr><td></td><th scope="row">{name}</th><td></td><td></td><td></td><td>failed: {reason}</td></tr>
"""

TAIL = """\
</tbody>
</table>
</div>
<p>Also: <a href="notes.csv">all notes, the worst first</a>, <a href="failures.jsonl">pages that failed</a>, \
<a href="manifest.json">all files with their digests</a>.</p>
</main>
<script>
{script}</script>
</body>
</html>
"""


@contextlib.contextmanager
def overview_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write index.html, one table row a page. Sorting and filtering need scripts; the table itself does not."""
    with open_atomic(config.path_of("index.html"), scratch=config.scratch_folder) as file:
        file.write(HEAD.format(style=style_sheet("archive", config.look.theme)).encode())

        def write_row(row: LedgerRow) -> None:
            if row.entry:
                file.write(_table_row(row.name, row.entry).encode())

        yield write_row
        script = (files(__package__) / "overview.js").read_text("utf-8")
        file.write(TAIL.format(script=script).encode())


def _table_row(name: str, entry: LedgerEntry) -> str:
    if entry.failure and not entry.current_renditions:
        return FAILED.format(name=escape(name), reason=escape(entry.failure.what))
    return ROW.format(
        date=f'<time datetime="{entry.issued}">{entry.issued}</time>' if entry.issued else "",
        language=_language_attributes(entry.language),
        title=escape(entry.title) or escape(name),
        series=escape(entry.series or ""),
        tag=escape(entry.language),
        notes=_count_notes(entry),
        formats=" ".join(_format_links(entry)),
    )


def _language_attributes(tag: str) -> str:
    """Return `lang` and `dir` of a title, since the language of the page itself is English."""
    return f' lang="{escape(tag)}" dir="{language_direction(tag)}"'


def _count_notes(entry: LedgerEntry) -> str:
    """Return the formats that failed, and the number of errors and warnings; mere notes need no attention."""
    counts = Counter(note.severity for note in entry.all_notes)
    failed = [f"failed: {escape(entry.failure.what)}"] if entry.failure else []
    graded = [
        f"{counts[grade]} {grade}{'s' if counts[grade] > 1 else ''}" for grade in ("error", "warning") if counts[grade]
    ]
    return ", ".join((*failed, *graded))


def _format_links(entry: LedgerEntry) -> Iterator[str]:
    """Yield a link for each format, with the title in its label: screen readers list links without their rows."""
    for name, rendition in sorted(entry.current_renditions.items()):
        label = escape(f"{name.upper()}: {entry.title}")
        yield f'<a href="{quote(rendition.files[0].path)}" aria-label="{label}">{escape(name.upper())}</a>'
