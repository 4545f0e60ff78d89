"""Running pandoc: missing, too old, failing, warning, and independent of user settings."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pypandoc
import pytest

from readout_pub.emit import RenderOptions, emit
from readout_pub.emit.pandoc.program import default_file, pandoc_version, run_pandoc
from readout_pub.emit.timestamps import MAX_ZIP_TIME
from readout_pub.errors import EmitError, OutputError, ToolMissing
from readout_pub.image_store import ImageStore
from readout_pub.install_commands import install_python
from readout_pub.model import Origin, Paragraph, Readout

READOUT = Readout(
    language="en",
    title=("Talks",),
    body=(Paragraph(children=("They met.",)),),
    origin=Origin("talks.html", "00" * 32),
)
TODAY = dt.datetime(2031, 5, 1, tzinfo=dt.UTC)
EMPTY = b'{"pandoc-api-version":[1,23,1],"meta":{},"blocks":[]}'
VERSION = 'if [ "$1" = --version ]; then echo pandoc 3.9; exit; fi'
"""A line of a shell script that answers as `pandoc --version` does."""


@pytest.fixture
def another_pandoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A path where pypandoc looks for pandoc; no program is there yet."""
    program = tmp_path / "pandoc"
    monkeypatch.setenv("PYPANDOC_PANDOC", str(program))
    _forget()
    yield program
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    pypandoc.clean_pandocpath_cache()
    pypandoc.clean_version_cache()


def _script(path: Path, *lines: str) -> None:
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)


@pytest.mark.parametrize("target", ["docx", "org"])
def test_a_missing_pandoc_is_reported_with_the_install_command(
    another_pandoc: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYPANDOC_PANDOC")
    monkeypatch.setattr(pypandoc, "__file__", str(another_pandoc.parent / "nowhere" / "pypandoc.py"))
    monkeypatch.setenv("PATH", str(another_pandoc.parent))
    monkeypatch.setattr(sys, "exec_prefix", str(another_pandoc.parent))
    monkeypatch.setenv("HOME", str(another_pandoc.parent))
    with pytest.raises(ToolMissing) as missing:
        emit(READOUT, ImageStore(), target)
    assert str(missing.value) == (
        f"pandoc, which writes this format, is not installed; {install_python('pypandoc_binary')}"
    )


@pytest.mark.parametrize("script", [None, "echo Paper.", "exit 1"])
def test_the_error_for_a_broken_pandoc_of_the_user_gives_its_path(
    another_pandoc: Path, script: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    if script:
        _script(another_pandoc, script)
    with pytest.raises(ToolMissing, match=r"/pandoc: this pandoc does not run.*; set the variable PYPANDOC_PANDOC"):
        emit(READOUT, ImageStore(), "docx")
    assert capfd.readouterr() == ("", "")


def test_the_error_for_a_broken_included_pandoc_says_to_remove_its_package(
    another_pandoc: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    included = another_pandoc.parent / "files" / "pandoc"
    included.parent.mkdir()
    _script(included, "exit 1")
    monkeypatch.delenv("PYPANDOC_PANDOC")
    monkeypatch.setattr(pypandoc, "__file__", str(another_pandoc.parent / "__init__.py"))
    with pytest.raises(ToolMissing, match=r"files/pandoc: this pandoc does not run.*; remove the package pypandoc_bin"):
        emit(READOUT, ImageStore(), "docx")


def test_a_pandoc_before_3_is_too_old(another_pandoc: Path) -> None:
    _script(another_pandoc, "echo pandoc 2.17.1")
    with pytest.raises(ToolMissing, match=r"/pandoc: pandoc 2\.17\.1 is too old; this format needs pandoc 3; run"):
        emit(READOUT, ImageStore(), "docx")


def test_a_failure_has_the_first_line_of_pandocs_message(another_pandoc: Path) -> None:
    _script(
        another_pandoc,
        VERSION,
        "echo The paper is out. >&2",
        "echo The ink is, too. >&2",
        "exit 97",
    )
    with pytest.raises(EmitError, match=r"^pandoc failed: The paper is out\.; choose another format"):
        emit(READOUT, ImageStore(), "md")


@pytest.mark.parametrize("signal", ["INT", "TERM"])
def test_a_pandoc_that_a_signal_stops_raises_an_output_error(another_pandoc: Path, signal: str) -> None:
    _script(another_pandoc, VERSION, f"kill -{signal} $$")
    with pytest.raises(OutputError, match=r"^pandoc was stopped from outside; run the command again$"):
        run_pandoc(EMPTY, ["--to=org"], {}, None)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the script reads its process group from /proc")
def test_pandoc_is_not_in_the_process_group_that_a_terminal_interrupts(another_pandoc: Path) -> None:
    _script(
        another_pandoc, VERSION, "read -r _ _ _ _ group _ < /proc/$$/stat", 'echo "group $group of $$" >&2; exit 97'
    )
    with pytest.raises(EmitError, match=r"^pandoc failed: group (\d+) of \1;"):
        run_pandoc(EMPTY, ["--to=org"], {}, None)


def test_a_warning_becomes_a_note(another_pandoc: Path) -> None:
    _script(
        another_pandoc,
        VERSION,
        'echo "[WARNING] The paper" >&2',
        'echo "  is thin." >&2',
        "echo They met.",
    )
    made = emit(READOUT, ImageStore(), "md")
    assert made.data == b"They met.\n"
    assert [note.message for note in made.notes] == ["pandoc, which makes this format, reports: The paper is thin."]


def test_missing_translations_of_pandoc_are_not_noted() -> None:
    chinese = Readout(language="zh-Hant-TW", title=("會談",), body=(), origin=Origin("talks.html", "00" * 32))
    assert emit(chinese, ImageStore(), "docx").notes == ()


def test_user_templates_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = emit(READOUT, ImageStore(), "html4").data
    templates = tmp_path / "pandoc" / "templates"
    templates.mkdir(parents=True)
    (templates / "default.html4").write_text("mine: $body$")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert emit(READOUT, ImageStore(), "html4").data == before


def test_no_temporary_files_remain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    emit(READOUT, ImageStore(), "docx", RenderOptions())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_time_too_early_for_zip_becomes_the_earliest() -> None:
    long_ago = dt.datetime(1899, 5, 18, tzinfo=dt.UTC)
    assert (
        run_pandoc(EMPTY, ["--to=odt"], {}, long_ago).data
        == run_pandoc(EMPTY, ["--to=odt"], {}, dt.datetime(1980, 1, 1, tzinfo=dt.UTC)).data
    )
    assert run_pandoc(EMPTY, ["--to=odt"], {}, long_ago).data != run_pandoc(EMPTY, ["--to=odt"], {}, TODAY).data


@pytest.mark.slow
def test_a_time_too_late_for_zip_becomes_the_latest() -> None:
    far = run_pandoc(EMPTY, ["--to=docx"], {}, dt.datetime(9999, 12, 31, tzinfo=dt.UTC))
    assert far.data == run_pandoc(EMPTY, ["--to=docx"], {}, MAX_ZIP_TIME).data


def test_a_newer_pandoc_of_the_system_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _script(tmp_path / "pandoc", "echo pandoc 99.0")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.delenv("PYPANDOC_PANDOC", raising=False)
    _forget()
    assert not pandoc_version().startswith("99")


@pytest.mark.parametrize("end", ["echo 'The system might be out of memory.' >&2; exit 1", "kill -9 $$"])
@pytest.mark.parametrize("start", ["", '[ "$1" = --version ] && echo pandoc 3.9 && exit'])
def test_a_pandoc_that_lacks_memory_is_not_reported_as_broken(another_pandoc: Path, start: str, end: str) -> None:
    _script(another_pandoc, start, end)
    with pytest.raises(MemoryError):
        run_pandoc(EMPTY, ["--to=org"], {}, TODAY)
    with pytest.raises(MemoryError):
        default_file("reference.docx")
