"""EPUBCheck: whether a book is valid EPUB 3.3. Warnings count as well as errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from tests.validators.findings import HASTE, HERE, Finding, Verdicts, answers, program

COUNTED = ("FATAL", "ERROR", "WARNING")


class Location(msgspec.Struct):
    path: str
    line: int = -1


class Message(msgspec.Struct):
    id: str = msgspec.field(name="ID")
    severity: str = ""
    message: str = ""
    locations: list[Location] = []


class Report(msgspec.Struct):
    messages: list[Message]


def judge(books: Sequence[Path]) -> Verdicts:
    """Ask EPUBCheck about each book, in one JVM."""
    jar = Path(str(distribution("epubcheck").locate_file("epubcheck/epubcheck.jar")))
    command = [program("java"), *HASTE, "-cp", str(jar), str(HERE / "EpubCheck.java")]
    with TemporaryDirectory() as folder:
        reports = [Path(folder, f"{number}.json") for number in range(len(books))]
        answers(command, [f"{book.resolve()}\t{report}" for book, report in zip(books, reports, strict=True)])
        return {book: tuple(_findings(report)) for book, report in zip(books, reports, strict=True)}


def _findings(report: Path) -> Iterator[Finding]:
    for each in msgspec.json.decode(report.read_bytes(), type=Report).messages:
        if each.severity in COUNTED:
            first = each.locations[0] if each.locations else Location("the book")
            yield Finding(each.id, each.severity.lower(), each.message, f"{first.path}:{first.line}")
