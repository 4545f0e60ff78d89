"""What every command prints in the same way: reports as JSON, and errors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

import msgspec
import typer

from readout_pub.errors import escape_controls
from readout_pub.notes import ABOUT_ARCHIVES, Note

MAX_NAME = 48
"""How many characters of a page's name are shown in notes and in the progress bar; errors have the whole name."""

COLOURS = {"warning": "yellow", "error": "red"}
"""Severity of a note → its colour on a terminal."""


def print_json(report: object) -> None:
    """Print what `json_text` returns for `report` to standard output."""
    typer.echo(json_text(report))


def json_text(report: object) -> str:
    r"""Return `report` as indented JSON; bytes of file names that are not UTF-8 become escapes (`\xff`)."""
    try:
        encoded = msgspec.json.encode(report)
    except UnicodeEncodeError:
        encoded = msgspec.json.encode(_escape_texts(msgspec.to_builtins(report)))
    return msgspec.json.format(encoded, indent=1).decode()


def _escape_texts(value: object) -> object:
    """Return JSON values in which no text has control characters or bytes that are not UTF-8."""
    if isinstance(value, dict):
        return {key: _escape_texts(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_escape_texts(each) for each in value]
    return escape_controls(value) if isinstance(value, str) else value


def print_remarks(remarks: Iterable[str]) -> None:
    """Print to standard error what a user should check."""
    for remark in remarks:
        print_error(escape_controls(remark))


def highlight(text: str, color: str) -> str:
    """Return `text` in bold `color`, for `typer.echo`, which leaves colours out if the output is not a terminal.

    NO_COLOR (no-color.org) or a terminal without colours (TERM=dumb) leaves `text` as it is.
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return typer.style(text, fg=color, bold=True)


def print_error(message: str) -> None:
    """Print `message` to standard error after the name of the program, as shells do."""
    typer.echo(f"{highlight('readout-pub:', 'red')} {message}", err=True)


def print_notes(source: str, notes: Sequence[Note], *, each: bool) -> None:
    """Print notes to standard error, on a terminal with colours; without `each`, only the first note of each code."""
    shown = notes if each else {note.code: note for note in reversed(notes)}.values()
    for note in sorted(shown, key=notes.index):
        where = f" ({note.where})" if note.where else ""
        alike = sum(other.code == note.code for other in notes)
        more = f"; and {alike - 1} more of these, which -v shows" if alike > 1 and not each else ""
        severity = highlight(note.severity, COLOURS[note.severity]) if note.severity in COLOURS else note.severity
        before, after = f"{short_name(source)}: ", f" {note.code}: {note.message}{where}{more}"
        typer.echo(escape_controls(before) + severity + escape_controls(after), err=True)


def without_repeats(notes: Iterable[Note], printed: set[Note]) -> list[Note]:
    """Return `notes` without those about an archive that are in `printed`.

    The other notes about archives are added to `printed`.
    """
    new = [note for note in notes if note.code not in ABOUT_ARCHIVES or note not in printed]
    printed.update(note for note in new if note.code in ABOUT_ARCHIVES)
    return new


def short_name(name: str) -> str:
    """Return the end of a long name: pages of one archive often differ only at the end of their names."""
    return name if len(name) <= MAX_NAME else f"…{name[1 - MAX_NAME :]}"
