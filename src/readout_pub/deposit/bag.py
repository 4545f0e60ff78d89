"""The tag files of a bag (RFC 8493): bagit.txt, bag-info.txt and manifests; and its validation by the library bagit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readout_pub.arguments import require_type, require_unicode
from readout_pub.digests import file_digest
from readout_pub.errors import OutputError, UsageError
from readout_pub.output_names import fold_case

if TYPE_CHECKING:
    from readout_pub.deposit.payload import Payload
    from readout_pub.deposit.records import DepositEvent

BAGIT_TXT = "BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"
"""The version that the library bagit writes. Version 1.0 encodes "%" in names, and that library does not decode it."""

ALGORITHMS = ("sha256", "sha512")
"""The default of the library bagit. RFC 8493 recommends SHA-512; all our other lists have SHA-256."""

_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")

_OWN_LABELS = {"bag-software-agent": "", "bagging-date": "--date", "payload-oxum": ""}
"""Label of bag-info.txt that this program fills in → the option that sets it, "" if none does."""


def require_info(info: Mapping[str, str | Sequence[str]]) -> dict[str, list[str]]:
    """Return the elements of bag-info.txt as lists; raise a UsageError for a label or text that it cannot hold."""
    require_type(info, (Mapping,), "info")
    for label, texts in info.items():
        require_type(label, (str,), "a label of info")
        for text in [texts] if isinstance(texts, str) or not isinstance(texts, Iterable) else texts:
            require_type(text, (str,), f"the text of {label}")
    elements = {label: [texts] if isinstance(texts, str) else list(texts) for label, texts in info.items()}
    for label, texts in elements.items():
        if not _LABEL.fullmatch(label):
            raise UsageError(
                f"{label!r} is not a label of bag-info.txt", where="info", what_next="write Source-Organization=…"
            )
        if (option := _OWN_LABELS.get(label.lower())) is not None:
            what_next = f"set it with {option}" if option else "leave it out"
            raise UsageError(f"{label} is filled in by this program", where="info", what_next=what_next)
        for text in texts:
            require_unicode(text, f"the text of {label}")
        if not all(text.strip() and text.isprintable() for text in texts):
            raise UsageError(
                f"the text of {label} is empty or has several lines", where="info", what_next="write it in one line"
            )
    return elements


def write_tag_files(stage: Path, payload: Payload, event: DepositEvent, info: Mapping[str, Sequence[str]]) -> None:
    """Write all tag files of the bag in `stage`, which already has the payload and the records of `deposit.records`."""
    elements = {
        **info,
        "Bag-Software-Agent": [event.depositor],
        "Payload-Oxum": [f"{payload.bytes}.{payload.count}"],
    }
    if event.time:
        elements["Bagging-Date"] = [event.time.date().isoformat()]
    lines = [f"{label}: {text}\n" for label in sorted(elements, key=fold_case) for text in elements[label]]
    _write(stage / "bagit.txt", BAGIT_TXT)
    _write(stage / "bag-info.txt", "".join(lines))
    for algorithm in ALGORITHMS:
        with (stage / f"manifest-{algorithm}.txt").open("w", encoding="utf-8", newline="") as file:
            file.writelines(f"{getattr(each, algorithm)}  {each.path}\n" for each in payload.files())
    tag_files = [path for path in stage.rglob("*") if path.is_file() and (stage / "data") not in path.parents]
    names = sorted(path.relative_to(stage).as_posix() for path in tag_files)
    for algorithm in ALGORITHMS:
        _write(
            stage / f"tagmanifest-{algorithm}.txt",
            "".join(f"{file_digest(stage / name, algorithm)}  {name}\n" for name in names),
        )


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode())


def validate_bag(stage: Path, target: Path) -> None:
    """Raise OutputError unless the library bagit, which reads every file again, finds the bag in `stage` valid."""
    import bagit

    try:
        bagit.Bag(str(stage)).validate()
    except bagit.BagError as reason:
        raise OutputError(
            f"the bag that was written is not valid ({reason})",
            where=str(target),
            what_next="check the disk, and whether two names differ only in how accents are encoded",
        ) from reason
