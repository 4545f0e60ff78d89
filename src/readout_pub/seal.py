"""Seals an output: adds a digest to its source record, so that the file alone shows whether it was changed.

The digest is the SHA-256 of the whole file with 64 zeros in its place. In a ZIP package, the checksum of the record is
computed with these zeros, too. So the digest covers every byte, including the order and the dates of members.

Anyone who changes a file can also seal it again, so a seal reveals only accidental changes. A signature shows who made
a file.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

import msgspec

from readout_pub.errors import DECODE_ERRORS, SourceError
from readout_pub.source_record import JSON_START, SourceRecord, from_json_ld, to_json_ld

EMPTY_DIGEST = "0" * 64
"""The placeholder of the digest before a file is sealed."""

_HTML = '<script type="application/ld+json" data-digest="{digest}">{json}</script>'
"""The record in HTML. The Content Security Policy of the page contains a hash of the element's content, which must not
change any more. Therefore the digest is in an attribute.
"""

_XMP = "<readout:record><!-- (source record) -->{json}</readout:record>"
"""The record in a PDF, an XMP property. No title can imitate the comment, since PDF strings escape its parentheses."""

_SEAL_IN_HTML = re.compile(
    rb'<script type="application/ld\+json" data-digest="(?P<digest>[0-9a-f]{64})">(?P<json>[^<]*)<'
)
_RECORD_IN_HEAD = re.compile(
    rb'<script type="application/ld\+json" data-digest="[0-9a-f]{64}">' + re.escape(JSON_START.encode())
)
_SEAL_IN_PDF = re.compile(rb'<!-- \(source record\) -->(?P<json>[^<]*"digest":"(?P<digest>[0-9a-f]{64})"\})<')
_SEAL_IN_RECEIPT = re.compile(rb'\n "digest": "(?P<digest>[0-9a-f]{64})"\n\}\n\Z')
_SEAL_IN_RECORD = re.compile(rb'"digest":"([0-9a-f]{64})"\}$')

RECORD_MEMBERS = {"epub": "EPUB/record.json", "docx": "record.json", "odt": "record.json"}
"""Package format → the path of the record in it."""

FORMATS_WITH_RECORD = frozenset({"html", "pdf", *RECORD_MEMBERS})
"""The formats whose files contain their record."""

RECORD_TYPE = "application/ld+json"
"""The media type of the record."""

MAX_RECORD = 1 << 20
"""At most this many bytes of a record are read. A page with a hundred photos has 20 KB."""

ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)
"""What Python raises for packages that are damaged, encrypted, or compressed in an unknown way."""

_LOCAL_CRC, _CENTRAL_CRC = 14, 16
"""Offsets of the CRC-32 in the local header and in the central directory of a ZIP file (APPNOTE.TXT, 4.3.7, 4.3.12)."""

_CENTRAL_SIGNATURE, _CENTRAL_HEADER = b"PK\x01\x02", 46

_STREAM = re.compile(rb"\bstream\r?\n")

MAX_INFLATED = 1 << 30
"""At most this many bytes, compressed plus inflated, are searched for a record that another program has compressed.

The search takes four seconds; a PDF with a thousand photos has fewer bytes.
"""


class SealedFile(msgspec.Struct, frozen=True):
    """The record of a file, and whether the file is unchanged since it was sealed."""

    record: SourceRecord
    is_unchanged: bool


def html_record(record: SourceRecord) -> tuple[str, str]:
    """Return a `script` element with the record, and the content of this element; browsers do not run it."""
    content = to_json_ld(record).decode()
    return _HTML.format(digest=EMPTY_DIGEST, json=content), content


def xmp_record(record: SourceRecord) -> str:
    """Return the XMP property with the record."""
    return _XMP.format(json=to_json_ld(record, EMPTY_DIGEST).decode())


def seal(data: bytes) -> bytes:
    """Return the HTML or PDF file `data` with its digest filled in. The file must have a record."""
    return _with_digest(data, _find_seal(data))


def seal_receipt(data: bytes) -> bytes:
    """Return the receipt `data` with its digest filled in; the digest is the last field of the JSON."""
    return _with_digest(data, _SEAL_IN_RECEIPT.search(data))


def _with_digest(data: bytes, found: re.Match[bytes] | None) -> bytes:
    if found is None:
        raise RuntimeError("the file has no place for a digest")
    return _replace_digest(data, found.start("digest"), hashlib.sha256(data).hexdigest())


def seal_package(data: bytes, record: SourceRecord) -> bytes:
    """Return the ZIP package `data` with `record` as its last member; `record` gets the digests of the others."""
    path = RECORD_MEMBERS[record.format]
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        members = {entry.filename: hashlib.sha256(archive.read(entry)).hexdigest() for entry in archive.infolist()}
        entry = zipfile.ZipInfo(path, archive.infolist()[0].date_time)
        entry.create_system = 3  # Unix, on Windows too: the same bytes everywhere
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, to_json_ld(msgspec.structs.replace(record, files=members), EMPTY_DIGEST))
    packed = out.getvalue()
    return _with_package_digest(packed, path, hashlib.sha256(packed).hexdigest())


def sealed_file(data: bytes) -> SealedFile | None:
    """Return the record in a file, and whether the file is unchanged since it was sealed; None without a record.

    A file that another program has rewritten may still have it. Raises SourceError for a damaged package.
    """
    if data.startswith(b"PK"):
        return _sealed_package(data)
    found = _find_seal(data)
    if found is None:
        record = _rewritten_record(data)
        return SealedFile(record, is_unchanged=False) if record else None
    record = _record(found["json"])
    return SealedFile(record, _has_digest(data, found)) if record else None


def begins_with_record(head: bytes) -> bool:
    """Return whether `head`, the first bytes of a file, contains the start of a record in HTML."""
    return bool(_RECORD_IN_HEAD.search(head))


def is_receipt_unchanged(data: bytes) -> bool:
    """Return whether a receipt is unchanged since it was sealed; False without a seal."""
    found = _SEAL_IN_RECEIPT.search(data)
    return found is not None and _has_digest(data, found)


def has_record(data: bytes) -> bool:
    """Return whether a file has a source record where this program writes it, even one that cannot be read.

    A record that another program has escaped or compressed does not count; `sealed_file` finds it.
    """
    if not data.startswith(b"PK"):
        return _find_seal(data) is not None
    with contextlib.suppress(*ZIP_ERRORS), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return not frozenset(RECORD_MEMBERS.values()).isdisjoint(archive.namelist())
    return False


def read_member(archive: zipfile.ZipFile, path: str, limit: int) -> bytes:
    """Return the bytes of a member; raises BadZipFile if it has more than `limit`."""
    with archive.open(path) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise zipfile.BadZipFile(f"{path} is larger than {limit >> 20} MB")
    return data


def _find_seal(data: bytes) -> re.Match[bytes] | None:
    return (_SEAL_IN_PDF if data.startswith(b"%PDF-") else _SEAL_IN_HTML).search(data)


def _has_digest(data: bytes, found: re.Match[bytes]) -> bool:
    before = _replace_digest(data, found.start("digest"), EMPTY_DIGEST)
    return hashlib.sha256(before).hexdigest().encode() == found["digest"]


def _replace_digest(data: bytes, at: int, digest: str) -> bytes:
    return data[:at] + digest.encode() + data[at + len(digest) :]


def _record(content: bytes) -> SourceRecord | None:
    try:
        return from_json_ld(content)
    except DECODE_ERRORS:
        return None


# --- Packages


def _sealed_package(data: bytes) -> SealedFile | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            path = next(filter(frozenset(archive.namelist()).__contains__, RECORD_MEMBERS.values()), None)
            if path is None:
                return None
            content = read_member(archive, path, MAX_RECORD)
            is_stored = archive.getinfo(path).compress_type == zipfile.ZIP_STORED
        record, found = _record(content), _SEAL_IN_RECORD.search(content)
        if record is None:
            return None
        if found is None or not is_stored:
            return SealedFile(record, is_unchanged=False)
        before = _with_package_digest(data, path, EMPTY_DIGEST)
        has_checksums = _with_package_digest(data, path, found[1].decode()) == data
    except ZIP_ERRORS as reason:
        raise SourceError(f"the package is damaged ({reason})", what_next="get an undamaged copy") from reason
    return SealedFile(record, has_checksums and hashlib.sha256(before).hexdigest().encode() == found[1])


def _with_package_digest(data: bytes, path: str, digest: str) -> bytes:
    """Return a package with `digest` in its uncompressed record, and the record's new checksum in both ZIP headers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry, central_directory = archive.getinfo(path), archive.start_dir
        content = archive.read(entry)
    changed = bytearray(data)
    replaced = _SEAL_IN_RECORD.sub(f'"digest":"{digest}"}}'.encode(), content)
    at = data.index(content, entry.header_offset)
    changed[at : at + len(content)] = replaced
    checksum = struct.pack("<L", zlib.crc32(replaced))
    for place in (entry.header_offset + _LOCAL_CRC, _central_entry(data, central_directory, path) + _CENTRAL_CRC):
        changed[place : place + len(checksum)] = checksum
    return bytes(changed)


def _central_entry(data: bytes, start: int, path: str) -> int:
    """Return the offset of the entry of `path` in the central directory, which starts at `start`."""
    while data[start : start + 4] == _CENTRAL_SIGNATURE:
        lengths = struct.unpack_from("<HHH", data, start + 28)  # lengths of the name, the extra field and the comment
        name = start + _CENTRAL_HEADER
        if data[name : name + lengths[0]] == path.encode():
            return start
        start = name + sum(lengths)
    raise zipfile.BadZipFile(f"{path} is not in the central directory")


# --- Files that another program has rewritten


def _rewritten_record(data: bytes) -> SourceRecord | None:
    """Return a record that another program has escaped or compressed differently; None if there is none."""
    for part in (data, *(_inflated_streams(data) if data.startswith(b"%PDF-") else ())):
        text = html.unescape(part.decode("utf-8", "replace")) if b"readout-pub" in part else ""
        start = text.find(JSON_START)
        with contextlib.suppress(*DECODE_ERRORS):
            document, _ = json.JSONDecoder().raw_decode(text, start) if start >= 0 else ({}, 0)
            if record := _record(json.dumps(document).encode()):
                return record
    return None


def _inflated_streams(data: bytes) -> Iterator[bytes]:
    """Yield the first `MAX_RECORD` inflated bytes of each compressed stream.

    A stream of more compressed bytes is skipped. The search ends after `MAX_INFLATED` bytes.
    """
    end, remaining = 0, MAX_INFLATED
    for stream in _STREAM.finditer(data):
        start = stream.end()
        # Many matches may precede one "endstream", which ends them all; a search at each match would take quadratic
        # time.
        if end < start:
            end = data.find(b"endstream", start)
        if end < 0 or remaining < 0:
            return
        if end - start > MAX_RECORD:
            continue
        remaining -= end - start
        with contextlib.suppress(zlib.error):
            part = zlib.decompressobj().decompress(data[start:end], MAX_RECORD)
            remaining -= len(part)
            yield part
