"""The certifier file: valid keys, and errors that say how to fix it."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub.emit import Certifier
from readout_pub.emit.epub.certifier import EXAMPLE, read_certifier
from readout_pub.errors import SourceError


def read(folder: Path, text: str) -> Certifier:
    path = folder / "certifier.toml"
    path.write_text(text, "utf-8")
    return read_certifier(path)


def test_a_certifier_needs_only_a_name(tmp_path: Path) -> None:
    assert read(tmp_path, 'name = "Archive of Atlantis"') == Certifier("Archive of Atlantis")


def test_the_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufeffname = "Archive of Atlantis"') == Certifier("Archive of Atlantis")


def test_a_file_with_invalid_utf8_or_a_huge_number_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "certifier.toml"
    path.write_text('name = "Archive"', "utf-16")
    with pytest.raises(SourceError, match="this is not UTF-8 text; save it in UTF-8"):
        read_certifier(path)
    with pytest.raises(SourceError, match="this is not valid TOML"):
        read(tmp_path, f"name = {'7' * 5000}")


def test_a_certifier_may_have_a_credential_and_a_report(tmp_path: Path) -> None:
    text = 'name = "Archive"\ncredential = "Level 2"\nreport = "https://atlantis.example/report"'
    assert read(tmp_path, text) == Certifier("Archive", "Level 2", "https://atlantis.example/report")


REFUSED = {
    "": f"there is no key 'name'; {EXAMPLE}",
    "name = 3": f"1: 'name' must be a text in quotes, but is a number; {EXAMPLE}",
    "Archive": f"this is not valid TOML: Expected '=' after a key in a key/value pair (at end of document); {EXAMPLE}",
    'name = " "': f"the certifier has no name; {EXAMPLE}",
    'name = "Archive"\nadress = "x"': f"2: 'adress' is not a key of such a file; {EXAMPLE}",
    'name = "Archive"\nreport = "report.html"': "'report.html' is not a URL; begin it with https://",
}
"""Text of the file → the error after "certifier.toml:", with the number of the line if the error has one."""


@pytest.mark.parametrize("text", REFUSED)
def test_errors_name_the_file_and_what_to_do(text: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path, text)
    assert str(refused.value).replace("toml: ", "toml:") == f"{tmp_path / 'certifier.toml'}:{REFUSED[text]}"


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file"):
        read_certifier(tmp_path / "lost.toml")
