"""`./dev validate` runs every validator on outputs or saved pages and prints one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import PAGE
from tests.validators.__main__ import main
from tests.validators.epub_samples import broken_epub, valid_epub
from tests.validators.registry import VALIDATORS

pytestmark = [pytest.mark.slow, pytest.mark.validators]


def checked_and_failed(table: str) -> dict[str, tuple[int, int]]:
    """Return the first columns of the table: validator → files that it checked, and files that failed."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:] if line.startswith("|")]
    return {name: (int(files), int(failed)) for _, name, _, files, failed, *_ in rows}


def test_outputs_are_checked_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(VALIDATORS, "Ace by DAISY")  # slow, and test_outputs runs it
    (tmp_path / "valid.epub").write_bytes(valid_epub())
    (tmp_path / "broken.epub").write_bytes(broken_epub("EPUB/contents.xhtml", "#section-1", "#lost"))
    code = main([str(tmp_path)])
    table = capsys.readouterr().out
    assert code == 1
    assert checked_and_failed(table) == {"EPUBCheck": (2, 1)}
    assert "broken.epub: error RSC-012 at EPUB/contents.xhtml:" in table


def test_saved_pages_and_generated_readouts_are_converted_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in VALIDATORS.keys() - {"Nu HTML checker", "EPUBCheck", "page-validation", "qpdf"}:
        monkeypatch.delitem(VALIDATORS, name)  # slow, and test_outputs runs them on files of these kinds
    (tmp_path / "tides.html").write_text(PAGE, "utf-8")
    code = main(["--convert", str(tmp_path), "--generated", "2"])
    table = capsys.readouterr().out
    results = checked_and_failed(table)
    # The page in six themes, two readouts and their volume; each PDF in three profiles.
    assert set(results.values()) == {(9, 0), (27, 0)}
    assert results.keys() == {*VALIDATORS, "every word, in order"}
    assert code == 0, table
