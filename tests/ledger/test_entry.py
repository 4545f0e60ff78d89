"""The JSON of a ledger entry keeps its form, since ledgers of earlier runs contain it."""

from __future__ import annotations

import msgspec

from readout_pub.ledger import LedgerEntry, OutputFile, RenditionRecord, encode_file_names

ENTRY = LedgerEntry(
    stamp="1",
    reading_key="2",
    options_key="3",
    readout_digest="4",
    requested_files=encode_file_names({"img/caf\udce9.jpg": None}),
    renditions={"txt": RenditionRecord("4", "5", "text/plain", (OutputFile("a.txt", 6, "7", 8),))},
)
FILE = {"path": "a.txt", "bytes": 6, "sha256": "7", "modified": 8}
JSON = {
    "stamp": "1",
    "reading": "2",
    "tried": "3",
    "readout": "4",
    "asked": {"img/caf\u00ed\u00b3\u00a9.jpg": None},
    "made": {
        "txt": {
            "readout": "4",
            "settings": "5",
            "media_type": "text/plain",
            "files": [FILE],
            "notes": [],
            "receipt": None,
        }
    },
}


def test_fields_keep_their_json_names() -> None:
    assert msgspec.json.decode(msgspec.json.encode(ENTRY)) == JSON
    assert msgspec.json.decode(msgspec.json.encode(JSON), type=LedgerEntry) == ENTRY


def test_file_names_that_are_not_utf_8_are_restored() -> None:
    assert dict(ENTRY.requested_stamps) == {"img/caf\udce9.jpg": None}
