"""The report for readers: index.html lists every readout and every page that failed.

Readers can sort and filter its table without a server.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator
from html import escape
from importlib.resources import files
from urllib.parse import quote

from readout_pub.atomic import open_atomic
from readout_pub.batch.job import BatchConfig
from readout_pub.batch.reports.html_page import notes_anchor, title_markup
from readout_pub.batch.reports.notes_page import FILE_NAME as NOTES_PAGE
from readout_pub.html_report import archive_style, html_head, language_attributes
from readout_pub.language_names import language_name
from readout_pub.ledger import LedgerEntry, LedgerRow
from readout_pub.notes import number_with_noun

LINKS = """\
<link rel="alternate" type="application/atom+xml" href="feed/atom.xml" title="New readouts">
<link rel="alternate" type="application/opds+json" href="feed/opds.json" title="Feed for reading apps">
"""

HEAD = """\
<a class="skip" href="#readouts">Skip to the list</a>
<main>
<header><h1>{title}</h1>{publisher}</header>
<form role="search" hidden>
<p><label for="words">Show only readouts with these words</label>
<input type="search" id="words" autocomplete="off" spellcheck="false"></p>
</form>
<p id="count" role="status"></p>
<div class="scroll" role="region" aria-labelledby="readouts" tabindex="0">
<table class="readouts">
<caption id="readouts">All readouts, <span id="order">the newest first</span></caption>
<thead>
<tr><th scope="col" aria-sort="descending">Date</th><th scope="col">Title</th><th scope="col">Series</th>\
<th scope="col">Language</th><th scope="col">Confidence</th><th scope="col">Notes</th><th scope="col">Photos</th>\
<th scope="col">Files</th></tr>
</thead>
<tbody>
"""

ROW = """\
<tr><td>{date}</td><th scope="row"{language}>{title}</th><td{language}>{series}</td><td>{tag}</td>\
<td class="confidence">{confidence}</td><td class="remarks">{notes}</td><td class="alt-texts">{photos}</td>\
<td class="files">{formats}</td></tr>
"""

WITHOUT_FILES = """\
<tr><td></td><th scope="row">{title}</th><td></td><td></td><td></td>\
<td class="remarks">{notes}</td><td></td><td></td></tr>
"""

TAIL = """\
</tbody>
</table>
</div>
{review}<p>Also: <a href="notes.html">failures, errors and warnings</a>; \
<a href="feed/atom.xml">feed of new readouts</a>. \
For programs: <a href="notes.csv">all notes</a>, <a href="failures.jsonl">failures</a>, \
<a href="manifest.json">files and their sources</a>, <a href="SHA256SUMS">digests of all files</a>.</p>
</main>
<script>{script}</script>
</body>
</html>
"""

REVIEW = """\
<p>{photos} to review: <kbd>readout-pub alt review ARCHIVE</kbd> opens them; ARCHIVE is the folder or file of the \
saved pages.</p>
"""


@contextlib.contextmanager
def overview_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write index.html; the yielded function adds the table row of one page.

    Sorting and filtering need scripts; the table itself does not.
    """
    with open_atomic(config.path_of("index.html"), scratch=config.scratch_folder) as file:
        publisher = f"<p>{escape(config.publisher)}</p>" if config.publisher else ""
        head = HEAD.format(title=escape(config.title), publisher=publisher)
        # Stripped, since the Nu HTML checker leaves out white space at both ends when it computes the hash of a script.
        script = (files(__package__) / "overview.js").read_text("utf-8").strip()
        file.write(
            (
                html_head(escape(config.title), archive_style(config.render_options.theme), links=LINKS, script=script)
                + head
            ).encode()
        )

        to_review = 0

        def write_row(row: LedgerRow) -> None:
            nonlocal to_review
            if row.entry:
                file.write(_table_row(row, row.entry).encode())
                to_review += 0 if row.gone else row.entry.photo_status.open

        yield write_row
        review = REVIEW.format(photos=number_with_noun(to_review, "photo")) if to_review else ""
        file.write(TAIL.format(script=script, review=review).encode())


def _table_row(row: LedgerRow, entry: LedgerEntry) -> str:
    notes = "; ".join(_page_remarks(row, entry))
    if not entry.renditions:
        return WITHOUT_FILES.format(title=escape(row.name), notes=notes)
    return ROW.format(
        date=f'<time datetime="{entry.issued}">{entry.issued}</time>' if entry.issued else "",
        language=language_attributes(entry.language),
        title=title_markup(row, entry),
        series=escape(entry.series or ""),
        tag=escape(language_name(entry.language)),
        confidence="" if entry.confidence is None else f"{entry.confidence:.2f}",
        notes=notes,
        photos=escape(str(entry.photo_status)),
        formats=" ".join(_format_links(entry)),
    )


def _page_remarks(row: LedgerRow, entry: LedgerEntry) -> Iterator[str]:
    """Yield what readers should know of a page, with links to its notes; notes of the severity `note` are left out."""
    if entry.failure:
        yield f"{_notes_link(row, entry, 'failed')}: {escape(entry.failure.what + entry.stale_remark)}"
    counts = Counter(note.severity for note in entry.all_notes)
    for severity in ("error", "warning"):
        if counts[severity]:
            yield _notes_link(row, entry, f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}")
    yield from _version_remarks(entry)
    if row.copy_of:
        yield f"exact copy of {escape(row.copy_of)}"
    if row.renamed_from:
        yield f"renamed from {escape(row.renamed_from)}"
    if row.gone:
        yield "its source is gone"


def _version_remarks(entry: LedgerEntry) -> Iterator[str]:
    """Yield each change of the page, the latest first, with links to the earlier version and to what changed."""
    for number, version in reversed(list(enumerate(entry.versions, 1))):
        name = f"version {number}"
        earlier = _link(version.files[0].path, name, f"{name}: {entry.title}")
        retrieved = f" of {version.retrieved}" if version.retrieved else ""
        label = f"{version.changes}: {entry.title}"
        changes = (
            _link(version.changes_page, version.changes, label) if version.changes_page else escape(version.changes)
        )
        yield f"changed since {earlier}{retrieved}: {changes}"


def _link(path: str, words: str, label: str) -> str:
    """Return a link whose label names the page: screen readers list links without their rows."""
    return f'<a href="{quote(path)}" aria-label="{escape(label)}">{escape(words)}</a>'


def _notes_link(row: LedgerRow, entry: LedgerEntry, words: str) -> str:
    """Return a link to the notes of a page. Its label has the title: screen readers list links without their rows."""
    label = escape(f"{words}: {entry.title or row.name}")
    return f'<a href="{NOTES_PAGE}#{notes_anchor(row)}" aria-label="{label}">{words}</a>'


def _format_links(entry: LedgerEntry) -> Iterator[str]:
    """Yield a link for each format, with the title in its label."""
    for renditions, remark in ((entry.current_renditions, ""), (entry.stale_renditions, " (earlier version)")):
        for name, rendition in sorted(renditions.items()):
            words = escape(name.upper() + remark)
            label = f"{words}: {escape(entry.title)}"
            yield f'<a href="{quote(rendition.files[0].path)}" aria-label="{label}">{words}</a>'
    if entry.receipt and entry.current_renditions:
        label = f"Receipt: {escape(entry.title)}"
        yield f'<a href="{quote(entry.receipt.path)}" aria-label="{label}">Receipt</a>{_proven_words(entry)}'


def _proven_words(entry: LedgerEntry) -> str:
    """Return the number of words that were found in each current file, as " (213 words)".

    If the files differ, it is the lowest number. Returns "" if no current file was read back.
    """
    receipts = [
        each.receipt for each in entry.current_renditions.values() if each.receipt and not each.receipt.not_read
    ]
    return f" ({min(each.found for each in receipts):,}\u00a0words)" if receipts else ""
