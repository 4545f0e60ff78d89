"""The alt file: a CSV table with alternative texts by a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import SourceError
from readout_pub.alt.alt_file import read_alt_file


def table(folder: Path, content: bytes) -> Path:
    file = folder / "alts.csv"
    file.write_bytes(content)
    return file


def test_other_columns_are_ignored(tmp_path: Path) -> None:
    content = 'note,file,alt\nx, a.jpg ," Two men, one ""smiling"" "\n,b.jpg,両大臣\n'
    assert read_alt_file(table(tmp_path, content.encode())) == {"a.jpg": 'Two men, one "smiling"', "b.jpg": "両大臣"}


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbffile,alt\r\na.jpg,Two men\r\n",
        b"alt,file\nTwo men,a.jpg",
        b"file;alt;note\r\na.jpg;Two men;(1,5 MB)\r\n",
        b"file\talt\na.jpg\tTwo men\n",
        b"file,alt\na.jpg,Two men\na.jpg,Two men\na.jpg,\n",
    ],
)
def test_the_table_may_come_from_a_spreadsheet_program(content: bytes, tmp_path: Path) -> None:
    assert read_alt_file(table(tmp_path, content)) == {"a.jpg": "Two men"}


def test_rows_without_a_text_are_skipped(tmp_path: Path) -> None:
    assert read_alt_file(table(tmp_path, b"file,alt\na.jpg,\nb.jpg, \nc.jpg\n,Two men\n\n")) == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"file,text\na.jpg,x\n", "the alt file has no column 'alt'; begin it with the line `file,alt`"),
        (b"", "the alt file has no column 'file' and no column 'alt'; begin it with the line `file,alt`"),
        (b"file,alt\na.jpg,One man\na.jpg,Two men\n", "the alt file has two texts for 'a.jpg'; keep one"),
        ("file,alt\na.jpg,Füße\n".encode("cp1252"), "the alt file is not in UTF-8; save it as CSV UTF-8"),
    ],
)
def test_an_invalid_alt_file_is_refused(content: bytes, sentence: str, tmp_path: Path) -> None:
    file = table(tmp_path, content)
    with pytest.raises(SourceError) as refused:
        read_alt_file(file)
    assert str(refused.value) == f"{file}: {sentence}"


def test_a_missing_alt_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read_alt_file(tmp_path / "gone.csv")
    assert str(refused.value) == f"{tmp_path}/gone.csv: the alt file cannot be read (No such file or directory)"


def test_an_unclosed_quotation_mark_is_refused_with_its_line(tmp_path: Path) -> None:
    file = table(tmp_path, b'file,alt\na.jpg,"Two men\n')
    with pytest.raises(SourceError) as refused:
        read_alt_file(file)
    assert str(refused.value) == (
        f"{file}, line 2: the alt file is not valid CSV (unexpected end of data); "
        "save it from a spreadsheet as CSV UTF-8"
    )
