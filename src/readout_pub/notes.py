"""The table of all notes the program can give, and `note`, which makes one.

A note says what the source leaves undecided, what was repaired or what was lost. It is part of the readout, and
commands print it; with `--fail-on`, it can make a page fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

Severity = Literal["note", "warning", "error"]

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
"""All severities, the mildest first."""


_MAX_QUOTED = 80
"""How many characters of a page's text a message quotes: about one line of a terminal."""


def shorten_quote(text: str) -> str:
    """Return the start of `text`, as far as a message quotes it."""
    return text if len(text) <= _MAX_QUOTED else f"{text[: _MAX_QUOTED - 1].rstrip()}…"


class Note(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One remark on one place: `where` is a source line ("line 12"), a selector, a file name, or None for the page."""

    code: str
    severity: Severity
    message: str
    where: str | None = None


class NoteKind(msgspec.Struct, frozen=True):
    """A row of `NOTES`: the severity, and a `str.format` template that `note` fills in.

    `{s}` is a plural ending: empty if the fact `count` is 1, else "s".
    """

    severity: Severity
    template: str


NOTES: dict[str, NoteKind] = {
    # what the source leaves undecided
    "TITLE_MISSING": NoteKind("note", "the source has no headline; outputs show {shown!r} as the title"),
    "DATE_MISSING": NoteKind("note", "no publication date was found"),
    "DATE_IMPOSSIBLE": NoteKind("warning", "{text!r} looks like a date, but there is no such day"),
    "DATE_UNPRINTED": NoteKind("note", "the page prints no publication date; {date} is from its metadata ({source})"),
    "DATE_MARKED": NoteKind(
        "note", 'the page prints "{quoted}", but its time element says {date}, and outputs show that date'
    ),
    "DATE_OF_CHANGE": NoteKind("note", "the page prints no publication date; {date} is the day of its last change"),
    "PHOTO_LINES_AMBIGUOUS": NoteKind(
        "note", "{count} line{s} may be alternative texts or captions of photos; a text file does not say which"
    ),
    "LANGUAGE_GUESSED": NoteKind("note", "the source declares no language; {language!r} was guessed from its text"),
    "LANGUAGE_MENDED": NoteKind(
        "note", "the page declares the language {declared!r}, but its text is in {actual!r}, which was used"
    ),
    # photos
    "PHOTO_FILE_MISSING": NoteKind("warning", "the file of photo {src!r} is missing; its texts are shown instead"),
    "PHOTO_UNREADABLE": NoteKind("warning", "photo {src!r} cannot be read as an image: {reason}"),
    "PHOTO_LEFT_OUT": NoteKind(
        "warning", "photo {src!r} was left out: the photos before it reach the limit of {limit} MB for one output"
    ),
    "PHOTO_SCALED": NoteKind(
        "note", "photo {src!r} was scaled down: its longest side had {before} pixels, now {after}"
    ),
    "ALT_MISSING": NoteKind("warning", "{lack}, and {no_caption}"),
    "ALT_FROM_CAPTION": NoteKind("note", "{lack}; its caption is used instead"),
    "ALT_WITHHELD": NoteKind("note", "{lack}; outputs say that there is no description"),
    "ALT_MEANINGLESS": NoteKind(
        "warning", "the alternative text {alt!r} that was given for photo {src!r} describes nothing"
    ),
    "ALT_UNUSED": NoteKind("warning", "the alternative text given for {name!r} was not used: {reason}"),
    "ALT_DECISION_UNUSED": NoteKind(
        "warning", "the decision of {who} on photo {src!r} ({alt!r}) was not used: {reason}"
    ),
    "ALT_DECISION_REPLACED": NoteKind(
        "note", "the decision of {who} on photo {src!r} ({alt!r}) was replaced by the text given for this run"
    ),
    "PHOTO_WITHHELD": NoteKind("note", "photo {src!r} was left out, as a person has decided; its caption was kept"),
    "MEDIA_LINKED": NoteKind("note", "outputs cannot contain the {kind} at {address!r}; they link to it"),
    # the source
    "ARCHIVE_DAMAGED": NoteKind("warning", "the archive is damaged: {reason}; its readable parts were used"),
    "DIGEST_DIFFERS": NoteKind(
        "warning",
        "the web archive states the digest {stated} for this page, but the saved content has another: "
        "the content was changed after the capture, or belongs to another version of the page",
    ),
    "ARCHIVE_INCOMPLETE": NoteKind(
        "warning",
        "{count} page{s} left out ({names}): this crawl says only that the content has not changed, "
        "and the earlier crawl that has the content is not among these files",
    ),
    "MEMBERS_REFUSED": NoteKind(
        "warning", "archive members left out, because they are links, or their paths lead out of the archive: {names}"
    ),
    "MEMBERS_REPLACED": NoteKind(
        "warning", "archive members left out, because later members have the same names: {names}"
    ),
    "ATTACHMENTS_LEFT_OUT": NoteKind("warning", "parts of the mail that are not in this page: {names}"),
    "WAYBACK_UNDONE": NoteKind(
        "note", "the page is a copy from the Wayback Machine; its toolbar was removed and its links were restored"
    ),
    "OUTPUT_MARKED": NoteKind(
        "warning",
        "the page is an output of this program and marked as {status}; new outputs get this mark only with {options}",
    ),
    # the page
    "ENCODING_MENDED": NoteKind(
        "note", "the page declares the encoding {declared}, but its bytes are {actual}, which was used"
    ),
    "DOUBLY_ENCODED": NoteKind("note", "double encoding was repaired in {count} line{s}, such as {example!r}"),
    "BYTES_UNREADABLE": NoteKind(
        "warning", "{count} byte{s} could not be decoded as {encoding}; outputs show \ufffd instead"
    ),
    "NESTING_FLATTENED": NoteKind("warning", "elements nested deeper than {limit} levels were moved up to that level"),
    "LISTS_FLATTENED": NoteKind("warning", "lists nested deeper than {limit} levels continue on that level"),
    "FRAMES_LEFT_OUT": NoteKind("warning", "{count} frame{s} left out with all text inside: {reason}"),
    "NOT_A_DOCUMENT": NoteKind("warning", "this seems to be {what}, not a document: {evidence}"),
    "OVERVIEW": NoteKind("warning", "this seems to be {what}, not one document: {evidence}"),
    "EXTRACTION_DOUBTFUL": NoteKind(
        "warning",
        "it is doubtful what is text on this page (confidence {expected:.2f} of 1, {doubt:.0%} of the words in doubt)",
    ),
    "TEXT_FROM_DATA": NoteKind(
        "warning", "the page shows hardly any text; the plain text of its data for search engines was used instead"
    ),
    "TRUNCATED": NoteKind("warning", "the page is cut off; the part that was saved was converted"),
    "FALLBACK_USED": NoteKind("note", "no site profile matches this page; the generic extractor was used"),
    "PROFILE_AMBIGUOUS": NoteKind(
        "warning", "{count} elements match {selector!r}, the {key} of profile {profile!r}; {taken} was taken"
    ),
    "FIELD_BY_GENERIC_RULES": NoteKind(
        "note", "profile {profile!r} finds no {field} on this page; the generic rules found {value!r}"
    ),
    "TEXT_BELOW_BODY": NoteKind(
        "warning", "{count} words right below the body that profile {profile!r} selects are not in it: {quoted!r}"
    ),
    "STRUCK_UNMARKED": NoteKind(
        "warning", "the page strikes out words in the {place}, which outputs show like valid ones: {quoted}"
    ),
    "TEXT_HIDDEN": NoteKind(
        "note", "the page hides {count} word{s} of the text, for example until a button is pressed: {quoted!r}"
    ),
    "PROFILE_UNUSED": NoteKind("warning", "the generic extractor was used, because {reason}"),
    "DROPPED": NoteKind("note", "{count} word{s} left out (rule {rule!r})"),
    # the receipt
    "WORDS_LOST": NoteKind("warning", "{count} word{s} of the page neither kept nor left out by a rule: {quoted}"),
    "WORDS_ADDED": NoteKind(
        "warning", "{count} word{s} of the text missing on the page, or in another place there: {quoted}"
    ),
    "RECEIPT_FAILED": NoteKind("warning", "the words of {what} were not compared: {reason}"),
    # what a format cannot do
    "GLYPH_MISSING": NoteKind("warning", "no font has a glyph for {characters}; the PDF shows a box instead"),
    "SYSTEM_FONTS_USED": NoteKind(
        "note", "fonts of this computer were used; another computer may produce a different PDF"
    ),
    "TABLE_TOO_WIDE": NoteKind(
        "warning", "a table of {columns} columns has no room on a landscape page of the {format} file: its words break"
    ),
    "PAGE_OVERFULL": NoteKind("error", "on page {page} of the PDF, text or a photo reaches over the edge of the paper"),
    "FOOTNOTES_NOT_AT_FOOT": NoteKind(
        "note", "{count} footnote{s} of the PDF left at the place that the source gives, not at the foot of pages"
    ),
    "TAGS_FLATTENED": NoteKind(
        "warning", "the tags of the PDF are nested deeper than {limit} levels and were moved up"
    ),
    "PDF_COMPLAINT": NoteKind("warning", "WeasyPrint, which makes the PDF, reports: {complaint}"),
    "PANDOC_COMPLAINT": NoteKind("warning", "pandoc, which makes this format, reports: {complaint}"),
    "CERTIFIER_WITHHELD": NoteKind(
        "warning",
        "the book claims no conformance and does not name {certifier}: "
        "no person vouches for the alternative text of {count} photo{s}",
    ),
    "CONFORMANCE_WITHHELD": NoteKind(
        "note",
        "the book claims no conformance, since the program cannot check {rules}; "
        "if a person has checked the book, name that person: --certifier",
    ),
    "TABLE_HEADERS_MISSING": NoteKind(
        "note",
        "the book claims no conformance: {count} table{s} without header cells; "
        "if a person has checked the book, name that person: --certifier",
    ),
    "CONTRAST_LOW": NoteKind(
        "warning",
        "the book claims no conformance, since colours of the theme have less contrast than WCAG requires: {colours}",
    ),
    "RULES_UNUSED": NoteKind("note", "{format} files take values of theme.toml, but no CSS; {rules} was not used"),
    "PHOTOS_OMITTED": NoteKind("note", "{format} cannot contain photos; {count} photo{s} left out"),
    "MARKUP_UNGUARDED": NoteKind(
        "warning",
        "{format} is not safe for untrusted pages: their text may become markup, such as links, images or commands",
    ),
    "PHOTOS_BESIDE": NoteKind(
        "note", "{format} cannot contain photos; they are in the folder {folder!r} beside the file"
    ),
}


ABOUT_ARCHIVES = frozenset({"ARCHIVE_DAMAGED", "ARCHIVE_INCOMPLETE", "MEMBERS_REFUSED", "MEMBERS_REPLACED"})
"""Codes of notes on a whole archive; each page of the archive has these notes."""


def note(code: str, where: str | None = None, **facts: object) -> Note:
    """Return the note `code` with `facts` filled into its message; raises KeyError for a code that `NOTES` lacks."""
    kind = NOTES[code]
    plural = "" if facts.get("count") == 1 else "s"
    return Note(code, kind.severity, kind.template.format(**facts, s=plural), where)


def number_with_noun(number: int, noun: str) -> str:
    """Return a number with its noun for a message, such as "1 file" or "1,200 files"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def name_first(names: Sequence[str], most: int, *, count: int | None = None) -> str:
    """Return at most `most` of the names for a message, and how many others there are: "a, b and 3 more".

    `count` is the number of all names, if `names` are only the first of them.
    """
    others = (len(names) if count is None else count) - most
    return f"{', '.join(names[:most])}{f' and {others:,} more' if others > 0 else ''}"


def reaches(notes: tuple[Note, ...], threshold: Severity) -> bool:
    """Return whether any note is at least as severe as `threshold`."""
    limit = SEVERITIES.index(threshold)
    return any(SEVERITIES.index(each.severity) >= limit for each in notes)


def refusal(notes: tuple[Note, ...], threshold: Severity | None) -> str | None:
    """Return the message that a page with these notes is not written; None if no note reaches the threshold."""
    codes = dict.fromkeys(each.code for each in notes if threshold and reaches((each,), threshold))
    return f"nothing was written because of {', '.join(codes)} (--fail-on {threshold})" if codes else None
