"""`readout-pub diff`: what differs between two copies of a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from readout_pub.atomic import write_file
from readout_pub.cli.console import print_json
from readout_pub.cli.options import (
    AllowHost,
    Contact,
    Delay,
    Json,
    PageMemory,
    PageTimeout,
    fetch_policy_from,
    require_not_read,
    require_suffix,
)
from readout_pub.diff import Changes, WordChange, compare_copies
from readout_pub.diff.description import NOT_STATED, PHOTO_STATES, alt_state, summary
from readout_pub.errors import escape_controls
from readout_pub.html_report import HTML_SUFFIXES
from readout_pub.limits import PAGE_MEMORY, PAGE_TIMEOUT, PageLimits
from readout_pub.sources import FetchPolicy, local_path

EXAMPLES = """\b
readout-pub diff page-2025.html page-2026.html         two retrievals of one page
readout-pub diff page.html page.pdf                    a page and its output
readout-pub diff old.pdf new.pdf --html changes.html   both texts side by side
readout-pub diff page.html https://www.example.org/page"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

DIFFERENT = 1
"""The exit code if anything differs."""


@app.command("diff", epilog=EXAMPLES)
def diff_command(
    before: Annotated[str, typer.Argument(help="The first copy: a page or an output.", metavar="FIRST")],
    after: Annotated[str, typer.Argument(help="The second copy.", metavar="SECOND")],
    html: Annotated[
        Path | None, typer.Option(help="Write both texts side by side as HTML.", metavar="FILE", show_default=False)
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(
            help="Which page to compare, if a copy is a folder or an archive with several pages.", metavar="URL"
        ),
    ] = None,
    page_timeout: PageTimeout = PAGE_TIMEOUT,
    page_memory: PageMemory = PAGE_MEMORY,
    json: Json = False,
    allow_host: AllowHost = None,
    contact: Contact = None,
    delay: Delay = FetchPolicy().delay,
) -> None:
    """Show what differs between two copies of a document; exit 1 if anything does.

    A copy is a saved page, a URL, a readout in JSON, or an output: PDF, EPUB, DOCX, text and others. Menus and other
    surroundings of a page do not count. A page that is compared with an output gets the labels and colophon of outputs.
    What formats add, such as a table of contents, does not count if two outputs are compared.
    """
    require_suffix(html, "HTML", HTML_SUFFIXES, "--html")
    from readout_pub.diff.files import open_copies

    policy = fetch_policy_from(contact, delay, allow_host)
    sources = local_path(before), local_path(after)
    require_not_read(html, sources, "--html")

    def compare() -> Changes:
        copies = open_copies(*sources, url=url, policy=policy)
        changes = compare_copies(*copies)
        if html:
            from readout_pub.diff.html_page import render_changes

            write_file(html, render_changes(*copies, changes).encode())
        return changes

    limits = PageLimits(page_timeout, page_memory)
    changes = limits.call(compare, *map(Path, sources), where=escape_controls(f"{before} and {after}"))
    if json:
        print_json(changes)
    else:
        typer.echo("\n".join(map(escape_controls, _lines(changes))))
    raise typer.Exit(DIFFERENT if changes else 0)


def _lines(changes: Changes) -> Iterator[str]:
    """Yield the lines that show people what differs: a summary, then facts, photos, alternative texts and words."""
    yield f"{changes.before} -> {changes.after}: {summary(changes)}"
    for fact in changes.facts:
        yield f"  {fact.fact}: {fact.before or NOT_STATED} -> {fact.after or NOT_STATED}"
    for photo in changes.photos:
        first, second = PHOTO_STATES[photo.kind]
        yield f"  {photo.photo}: {first} -> {second}"
    for alt in changes.alts:
        yield f"  alternative text of {alt.photo}: {alt_state(alt.before)} -> {alt_state(alt.after)}"
    for change in changes.words:
        yield f"  word {change.at + 1:,}: {_mark_words(change)}"


def _mark_words(change: WordChange) -> str:
    """Return a change with the words around it: [-removed-] {+added+}, as in wdiff. A move has only its own words."""
    if change.kind == "moved":
        return f"moved: {change.before}"
    removed = f"[-{change.before}-]" if change.before else ""
    added = f"{{+{change.after}+}}" if change.after else ""
    return " ".join(part for part in ("…", change.leading, removed, added, change.trailing, "…") if part)
