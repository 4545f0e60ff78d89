"""Recognises files of this program among saved pages: outputs by their receipt, reports by their generator.

If an output that is marked as a draft or under embargo is converted again, a note says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import PurePosixPath

import msgspec

from readout_pub.errors import DECODE_ERRORS, SourceError
from readout_pub.notes import Note, note
from readout_pub.output_names import RECEIPT_SUFFIX
from readout_pub.seal import begins_with_record, sealed_file
from readout_pub.source_record import GENERATOR
from readout_pub.sources.file_tree import Tree, has_page_suffix, has_text_suffix, mirror_path
from readout_pub.sources.saver_signatures import find_saver_signature


class _ListedOutputs(msgspec.Struct):
    """The part of a receipt that names the outputs of a page."""

    renditions: tuple[_ListedOutput, ...]


class _ListedOutput(msgspec.Struct):
    """An output that a receipt lists: the SHA-256 (hex) of its file, and the name of the file."""

    sha256: str
    file: str | None = None


class _ReleaseOptions(msgspec.Struct):
    """The options in an output's record that mark it as a draft or as under embargo."""

    draft: bool = False
    embargo: dt.date | None = None


def release_notes(markup: str) -> tuple[Note, ...]:
    """Return a note if a page is an output that its source record calls a draft or under embargo; else nothing."""
    if "data-digest=" not in markup or (sealed := sealed_file(markup.encode("utf-8", "replace"))) is None:
        return ()
    try:
        options = msgspec.convert(sealed.record.options, _ReleaseOptions)
    except msgspec.ValidationError:  # another version of the program may have written the record
        return ()
    marks = {
        "--draft": "a draft" if options.draft else None,
        "--embargo": f"not for release before {options.embargo}" if options.embargo else None,
    }
    found = {option: mark for option, mark in marks.items() if mark}
    return (note("OUTPUT_MARKED", status=" and ".join(found.values()), options=" and ".join(found)),) if found else ()


def is_own_output(tree: Tree, name: str, head: bytes, limit: int) -> bool:
    """Return whether this program wrote the file `name` of a tree; `head` is its beginning.

    At most `limit` bytes of the file and of its receipt are read.

    An output without its receipt counts as a page. So does each file below a folder that is named after a web host, as
    in a mirror of a site: the publisher of that site may use this program. A report with the signature of a saving
    program counts as a page too, since somebody saved it from the web.
    """
    if mirror_path(tree.root_name, name):
        return False
    if has_page_suffix(name) and not begins_with_record(head):
        return GENERATOR.encode() in head and find_saver_signature(head.decode("utf-8", "replace")) is None
    return (has_page_suffix(name) or has_text_suffix(name)) and _is_in_receipt(tree, name, limit)


def _is_in_receipt(tree: Tree, name: str, limit: int) -> bool:
    """Return whether the receipt beside a file lists the name and the digest of the file."""
    path = PurePosixPath(name)
    receipt, file = tree.blob(str(path.with_suffix(RECEIPT_SUFFIX))), tree.blob(name)
    if receipt is None or file is None:
        return False
    try:
        found = msgspec.json.decode(receipt.read(limit), type=_ListedOutputs)
        digest = hashlib.sha256(file.read(limit)).hexdigest()
    except (SourceError, *DECODE_ERRORS):
        return False
    return any((each.file, each.sha256) == (path.name, digest) for each in found.renditions)
