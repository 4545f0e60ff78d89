"""EPUB checks: the archive, its metadata, whether its claims are true, and each content document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from readout_pub import ImageStore, Readout, emit
from readout_pub.checks import check
from readout_pub.errors import SourceError
from readout_pub.model import Origin, Paragraph
from tests.validators.epub_samples import broken_epub, valid_epub

CHAPTER, PACKAGE, CONTENTS = "EPUB/readout.xhtml", "EPUB/package.opf", "EPUB/contents.xhtml"
ORIGIN = Origin("talks.html", "00" * 32)
ALT_ATTRIBUTE = ' alt="Two ministers at the quay"'


def faults_by_rule(folder: Path, book: bytes) -> dict[str, list[str]]:
    path = folder / "book.epub"
    path.write_bytes(book)
    return {each.rule: [f"{fault.where}: {fault.what}" for fault in each.faults] for each in check(path).broken}


def test_a_valid_publication_breaks_no_rule(tmp_path: Path) -> None:
    assert faults_by_rule(tmp_path, valid_epub()) == {}


def test_a_publication_whose_only_image_is_its_cover_breaks_no_rule(tmp_path: Path) -> None:
    readout = Readout(language="en", title=("Atlantis",), body=(Paragraph(children=("They agreed.",)),), origin=ORIGIN)
    assert faults_by_rule(tmp_path, emit(readout, ImageStore(), "epub").data) == {}


CLAIMS_TEXTS = f"{PACKAGE}: it claims alternative texts, but the alternative text of {CHAPTER}, line 20, <img> is"
BROKEN = [
    (
        "mimetype",
        "epub",
        "pdf",
        "container",
        "mimetype: the first file of the archive must be `mimetype` with the content 'application/epub+zip'",
    ),
    (CHAPTER, "</main>", "", "well-formed", "EPUB/readout.xhtml, line 28: mismatched tag"),
    (PACKAGE, "<dc:language>en</dc:language>", "", "metadata", "EPUB/package.opf: it does not state its language"),
    (
        PACKAGE,
        'href="style.css"',
        'href="lost.css"',
        "listed",
        "EPUB/package.opf: 'EPUB/lost.css' is in the manifest but not in the archive",
    ),
    (PACKAGE, ' properties="nav"', "", "contents", "EPUB/package.opf: it has no table of contents"),
    (
        CONTENTS,
        "#section-1",
        "#lost",
        "contents",
        "EPUB/contents.xhtml: the table of contents leads to 'readout.xhtml#lost', and there is no such element",
    ),
    (
        PACKAGE,
        "schema:accessibilityHazard",
        "schema:other",
        "accessibility",
        "EPUB/package.opf: it does not state its accessibilityHazard",
    ),
    (CHAPTER, ALT_ATTRIBUTE, "", "alt", "EPUB/readout.xhtml, line 20, <img>: the photo 'photos/"),
    (
        CHAPTER,
        ALT_ATTRIBUTE,
        "",
        "claims",
        f"{CLAIMS_TEXTS} missing",
    ),
    (
        CHAPTER,
        ALT_ATTRIBUTE,
        ' alt="image"',
        "claims",
        f"{CLAIMS_TEXTS} meaningless",
    ),
    (
        PACKAGE,
        '<meta property="schema:accessMode">visual</meta>',
        "",
        "claims",
        "EPUB/package.opf: its metadata do not say that it has photos",
    ),
]


@pytest.mark.parametrize("case", BROKEN, ids=[case[4] for case in BROKEN])
def test_each_rule_finds_its_fault(case: tuple[str, str, str, str, str], tmp_path: Path) -> None:
    member, before, after, rule, fault = case
    assert faults_by_rule(tmp_path, broken_epub(member, before, after))[rule][0].startswith(fault)


def test_a_file_that_is_not_a_zip_archive_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="this is not an intact EPUB file"):
        faults_by_rule(tmp_path, b"PK not really")


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_archive_member_is_a_source_error(packed: int, tmp_path: Path) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", packed) as archive:
        archive.writestr("mimetype", "application/epub+zip")
    begin = book.getvalue().index(b"mimetype") + len("mimetype")
    damaged = book.getvalue()[:begin] + bytes(8) + book.getvalue()[begin + 8 :]
    with pytest.raises(SourceError, match="this is not an intact EPUB file"):
        faults_by_rule(tmp_path, damaged)


def test_a_wrong_offset_of_the_central_directory_is_a_source_error(tmp_path: Path) -> None:
    whole = valid_epub()
    place = len(whole) - 6  # The offset of the central directory, in the last record of the archive.
    offset = int.from_bytes(whole[place : place + 4], "little") + 1000
    with pytest.raises(SourceError, match="this is not an intact EPUB file"):
        faults_by_rule(tmp_path, whole[:place] + offset.to_bytes(4, "little") + whole[place + 4 :])
