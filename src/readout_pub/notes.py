"""Every note that the program can give, in one table, and the one function that makes one.

A note tells the reader of an output what nobody could decide, what was mended and what was lost. It travels with the
readout to every output and to the command line, where `--fail-on` turns it into a failure.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Severity = Literal["note", "warning", "error"]

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
"""From the mildest to the gravest."""


class Note(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One remark about one place: `where` is a source line ("line 12"), a selector or a file name."""

    code: str
    severity: Severity
    message: str
    where: str | None = None


class Kind(msgspec.Struct, frozen=True):
    """A row of `NOTES`: how grave, and the sentence, whose `{names}` are the facts given to `note`."""

    severity: Severity
    sentence: str


NOTES: dict[str, Kind] = {
    # what the source leaves open
    "TITLE_MISSING": Kind("note", "the source has no headline; outputs show {shown!r} in its place"),
    "DATE_MISSING": Kind("note", "no date of issue was found"),
    "DATE_IMPOSSIBLE": Kind("warning", "{text!r} reads like a date, but there is no such day"),
    "PHOTO_LINES_AMBIGUOUS": Kind(
        "note", "{count} lines stand where photo texts stand; alt text and caption cannot be told apart"
    ),
    "LANGUAGE_GUESSED": Kind("note", "the source names no language; its letters say {language!r}"),
    "LANGUAGE_MENDED": Kind("note", "the page declares the language {declared!r}, but its text is in {actual!r}"),
    # photos
    "PHOTO_FILE_MISSING": Kind("warning", "the file of photo {src!r} is not there; its texts are shown in its place"),
    "PHOTO_UNREADABLE": Kind("warning", "photo {src!r} cannot be read as a picture: {reason}"),
    "PHOTO_SCALED": Kind("note", "photo {src!r} was scaled: its longest side had {before} pixels, now {after}"),
    "ALT_MISSING": Kind("warning", "photo {src!r} has no caption, and its alt text {alt!r} says nothing"),
    "ALT_FROM_CAPTION": Kind("note", "the alt text {alt!r} of photo {src!r} says nothing; its caption stands in"),
    "ALT_UNUSED": Kind("warning", "the alt file names {name!r}, but no photo on this page is called that"),
    # the source
    "ARCHIVE_DAMAGED": Kind("warning", "the archive is damaged: {reason}; what could be read of it was taken"),
    "MEMBERS_REFUSED": Kind("warning", "members were left out, for they are links or lead out of the archive: {count}"),
    "MEMBERS_REPLACED": Kind(
        "warning", "members were left out, for others of the same name stand behind them: {names}"
    ),
    "WAYBACK_UNDONE": Kind("note", "the page is a copy of the Wayback Machine; its toolbar and its links were undone"),
    # the page
    "ENCODING_MENDED": Kind("note", "the page declares {declared}, but its bytes are {actual}"),
    "DOUBLY_ENCODED": Kind("note", "{count} lines were encoded twice, as in {example!r}; they were mended"),
    "BYTES_UNREADABLE": Kind("warning", "{count} bytes could not be read as {encoding}; they show as \ufffd"),
    "NESTING_FLATTENED": Kind("warning", "elements nested deeper than {limit} levels were lifted to that depth"),
    "STAND_IN": Kind("warning", "this seems to be {what}, not a document: {evidence}"),
    "OVERVIEW": Kind("warning", "this seems to be {what}, not one document: {evidence}"),
    "TEXT_FROM_DATA": Kind(
        "warning", "the page shows hardly any text; that of its data for search engines stands in, which is plain"
    ),
    "TRUNCATED": Kind("warning", "the page breaks off in the middle; what is there was converted"),
    "FALLBACK_USED": Kind("note", "no site profile knows this page; the general extractor was used"),
    "DROPPED": Kind("note", "words left out by the rule {rule!r}: {count}"),
    # what a format cannot do
    "GLYPH_MISSING": Kind("warning", "no font has a glyph for {characters}; a box stands there in the PDF"),
    "SYSTEM_FONTS_USED": Kind("note", "the fonts of this machine were let in; another machine may give another page"),
    "PDF_COMPLAINT": Kind("warning", "WeasyPrint, which makes the PDF, says: {complaint}"),
    "PANDOC_COMPLAINT": Kind("warning", "pandoc, which makes this format, says: {complaint}"),
    "CERTIFIER_WITHHELD": Kind(
        "warning", "the book claims nothing, and does not name {certifier}: nobody stands behind {count} photo texts"
    ),
    "PHOTOS_BESIDE": Kind("note", "{format} cannot hold photos; they lie beside it, in the folder {folder!r}"),
}


def note(code: str, where: str | None = None, **facts: object) -> Note:
    """Make the note `code` with its `facts` worded; a code that is not in `NOTES` is a KeyError."""
    kind = NOTES[code]
    return Note(code, kind.severity, kind.sentence.format(**facts), where)


def reaches(notes: tuple[Note, ...], threshold: Severity) -> bool:
    """Say whether any note is at least as grave as `threshold`."""
    limit = SEVERITIES.index(threshold)
    return any(SEVERITIES.index(n.severity) >= limit for n in notes)
