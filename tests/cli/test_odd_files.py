"""Odd file names, links in a circle, unreadable folders, endless files: messages are clear, and no page is lost."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from readout_pub import SourceError, saved_pages, verify
from tests.archives import ATLANTIS, Record, warc
from tests.cli.conftest import PAGE, Command


@pytest.mark.parametrize(
    "command",
    [
        "convert circle --to txt",
        "convert tides.html --to txt -o circle/",
        "convert @circle --to txt",
        "batch circle --to txt -o out",
        "deposit circle bag",
        "theme new circle",
        "fetch https://www.atlantis.example/ -o circle",
    ],
)
@pytest.mark.usefixtures("page")
def test_symbolic_links_in_a_circle_are_an_error_that_names_them(run: Command, command: str) -> None:
    Path("circle").symlink_to("other")
    Path("other").symlink_to("circle")
    result = run(*command.split())
    assert result.code in {1, 2}
    assert "circle" in result.err
    assert "this is a bug" not in result.err


@pytest.mark.slow
@pytest.mark.usefixtures("page")
def test_names_that_are_not_utf8_are_escaped_in_reports_and_records(run: Command) -> None:
    Path("own\udcff.css").write_text("h1 { color: navy; }", "utf-8")
    assert run("convert", "tides.html", "--css", "own\udcff.css", "--to", "html", "-o", "out\udcff/").code == 0
    record = verify("out\udcff/tides.html").record
    assert record
    assert repr("own\\xff.css") in str(record.options["own_css"])
    for command in ("check", "verify"):
        assert json.loads(run(command, "out\udcff", "--json").out)[0]["path"] == "out\\xff/tides.html"


@pytest.mark.parametrize(("command", "code"), [("convert --to txt", 0), ("batch --to txt", 0), ("alt lint", 1)])
@pytest.mark.usefixtures("page")
@pytest.mark.slow
def test_commands_accept_companion_folders_and_decision_files_beside_pages(
    run: Command, command: str, code: int
) -> None:
    """`alt lint` exits with 1 here, since it reports the photo of the page."""
    Path("tides_archivos").mkdir()
    Path("tides_archivos/style.css").touch()
    Path("alt-decisions.jsonl").touch()
    result = run(*command.split(), "tides_archivos", "tides.html", "alt-decisions.jsonl")
    assert result.code == code, result.err
    assert not {"tides_archivos", "alt-decisions.jsonl"} & set(result.err.replace(":", " ").split())


@pytest.mark.parametrize("length", [240, 245])
def test_outputs_of_a_page_with_a_long_name_are_written_and_signed(run: Command, page: Path, length: int) -> None:
    long = page.with_name(f"{'t' * length}.html")
    page.rename(long)
    result = run("convert", long.name, "--to", "txt,html", "-o", "out/")
    assert (result.code, len(result.out.splitlines())) == (0, 2)
    files = sorted(Path("out").iterdir())
    assert len(files) == 3
    run("sign", "--new-key", "key.pem")
    assert run("sign", *map(str, files), "--key", "key.pem").code == 0


@pytest.mark.usefixtures("page")
def test_pages_are_converted_despite_a_null_character_in_a_url(run: Command) -> None:
    urls = [f"{ATLANTIS}/tides\0.html", f"{ATLANTIS}/talks.html"]
    Path("crawl.warc").write_bytes(warc([Record(url, PAGE.encode()) for url in urls], packed=False))
    result = run("convert", "crawl.warc", "--to", "txt", "-o", "out/")
    assert (result.code, len(result.out.splitlines())) == (0, 2)


@pytest.fixture
def locked(page: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An unreadable folder that sorts before the page. `iterdir` is replaced, since root can read any folder."""
    folder = page.with_name("locked")
    folder.mkdir()
    iterdir = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == folder.name:
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    return folder


def test_the_pages_beside_an_unreadable_folder_are_converted(run: Command, locked: Path) -> None:
    result = run("convert", ".", "--to", "txt", "-o", "out/")
    assert (result.code, result.out) == (1, "out/tides.txt\n")
    assert f"{locked.name}: it cannot be read (Permission denied)" in result.err


@pytest.mark.slow
def test_a_batch_with_an_unreadable_folder_converts_the_other_pages_and_fails(run: Command, locked: Path) -> None:
    locked.with_name("zebras.html").write_text(PAGE, "utf-8")
    command = ("batch", ".", "--to", "txt", "-o", "out", "--jobs", "1", "--quiet")
    assert run(*command).code == 1
    assert sorted(path.name for path in Path("out").glob("*.txt")) == ["tides.txt", "zebras.txt"]


def test_the_function_saved_pages_yields_the_readable_pages_before_it_raises(locked: Path) -> None:
    pages = saved_pages(locked.parent)
    assert next(pages).name == "tides.html"
    with pytest.raises(SourceError, match="Permission denied"):
        next(pages)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no /dev/zero")
@pytest.mark.parametrize(
    "command",
    [
        "convert tides.html --to txt -o out/ --css /dev/zero",
        "convert tides.html --to txt -o out/ --alt-file /dev/zero",
        "convert tides.html --to epub -o out/ --certifier /dev/zero",
        "convert @/dev/zero --to txt -o out/",
        "batch tides.html --to html -o out --css /dev/zero",
        "alt apply /dev/zero",
        "alt merge /dev/zero",
        "check /dev/zero",
        "sign tides.html --key /dev/zero",
        "verify /dev/zero",
    ],
)
@pytest.mark.usefixtures("page")
def test_a_file_without_an_end_is_refused_before_it_fills_the_memory(run: Command, command: str) -> None:
    result = run(*command.split())
    assert result.code in {1, 2}
    assert "/dev/zero" in result.err
    assert "this is a bug" not in result.err
    assert not Path("out").exists()


@pytest.fixture
def pdf_bomb(page: Path) -> Path:
    """A PDF of 100 kB whose page has 50 MB of drawing operators, beside a page."""
    path = page.parent / "bomb.pdf"
    with pikepdf.new() as pdf:
        sheet = pdf.add_blank_page()
        font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        sheet.add_resource(font, Name.Font, Name.F)
        sheet.Contents = pdf.make_stream(b"BT /F 9 Tf " + b"(tide) Tj " * 5_000_000 + b"ET")
        pdf.save(path, compress_streams=True)
    return path


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
@pytest.mark.parametrize(
    ("command", "of_next_file"),
    [
        ("check bomb.pdf tides.html", "tides.html: "),
        ("verify bomb.pdf tides.html --against tides.html", "tides.html: "),
        ("alt lint bomb.pdf tides.html", "1 photo on 1 page"),
        ("diff bomb.pdf tides.html", ""),
    ],
)
@pytest.mark.usefixtures("pdf_bomb")
def test_a_pdf_that_fills_the_memory_does_not_end_the_command(
    run_in_a_process: Command, command: str, of_next_file: str
) -> None:
    result = run_in_a_process(*command.split(), "--page-memory", "100MB")
    assert result.code == 1
    assert result.err.startswith("readout-pub: bomb.pdf")
    assert "it ended the process that reads it (SIGABRT)" in result.err
    assert of_next_file in result.out
