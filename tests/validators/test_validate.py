"""`./dev validate` asks every validator about a folder, whether it holds outputs or sources, and prints one table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import PAGE
from tests.validators.__main__ import main
from tests.validators.books import broken, sound

pytestmark = [pytest.mark.slow, pytest.mark.validators]


def judged_and_faulted(table: str) -> dict[str, tuple[int, int]]:
    """Return the table without findings and seconds: validator → files, and how many of them it faulted."""
    rows = [[cell.strip() for cell in line.split("|")] for line in table.splitlines()[2:] if line.startswith("|")]
    return {name: (int(files), int(faulted)) for _, name, _, files, faulted, *_ in rows}


def test_outputs_are_judged_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sound.epub").write_bytes(sound())
    (tmp_path / "broken.epub").write_bytes(broken("EPUB/contents.xhtml", "#section-1", "#lost"))
    code = main([str(tmp_path)])
    table = capsys.readouterr().out
    assert code == 1
    assert judged_and_faulted(table)["EPUBCheck"] == (2, 1)
    assert "broken.epub: error RSC-012 at EPUB/contents.xhtml:" in table


def test_sources_are_converted_first_in_every_theme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tides.html").write_text(PAGE, "utf-8")
    code = main(["--convert", str(tmp_path)])
    table = capsys.readouterr().out
    assert set(judged_and_faulted(table).values()) == {(3, 0), (9, 0)}  # three themes, and of PDF three profiles
    assert code == 0, table


def test_drawn_readouts_are_judged_too_and_listened_to(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--drawn", "2"])
    table = capsys.readouterr().out
    assert code == 0, table
    judged = judged_and_faulted(table)
    assert judged["axe-core"] == (3, 0)  # both, and the volume of both
    assert judged["every word, in order"] == (9, 0)
