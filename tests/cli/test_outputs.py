"""The paths of outputs, and the formats that their suffixes name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.archives import ATLANTIS, Record, warc, zipped
from tests.cli.conftest import PAGE, Command


def converted(run: Command, folder: Path, *arguments: str) -> list[str]:
    """Convert to text, and return the files below out/."""
    result = run("convert", *arguments, "--to", "txt", "-o", "out/", "--quiet")
    assert (result.code, result.err) == (0, "")
    files = (path for path in (folder / "out").rglob("*") if path.is_file() and not path.name.endswith(".receipt.json"))
    return sorted(path.relative_to(folder / "out").as_posix() for path in files)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def web_archive(*urls: str) -> bytes:
    """Return a web archive with a page for each of these URLs."""
    return warc([Record(url, f"{PAGE}<!-- {url} -->".encode()) for url in urls])


def test_pages_of_a_web_archive_are_named_after_their_urls(run: Command, workspace: Path) -> None:
    (workspace / "crawl.warc.gz").write_bytes(
        web_archive(
            f"{ATLANTIS}/talks/page_1.html",
            f"{ATLANTIS}/",
            f"{ATLANTIS}/show.php?id=4&lang=en",
            "http://lemuria.example/会談/v1.2",
            f"{ATLANTIS}/a:b*c/%2e%2e/..",
        )
    )
    assert converted(run, workspace, "crawl.warc.gz") == [
        "lemuria.example/会談/v1.2.txt",
        "www.atlantis.example.txt",
        "www.atlantis.example/a-b-c/2e-2e/page.txt",
        "www.atlantis.example/show-id=4-lang=en.txt",
        "www.atlantis.example/talks/page_1.txt",
    ]


def test_pages_of_a_zip_archive_are_named_after_their_members(run: Command, workspace: Path) -> None:
    (workspace / "saved.zip").write_bytes(zipped({"b.html": PAGE, "a/b.html": PAGE}))
    assert converted(run, workspace, "saved.zip") == ["a/b.txt", "b.txt"]


def test_names_that_would_be_equal_keep_their_suffixes_or_get_a_digest(run: Command, workspace: Path) -> None:
    (workspace / "saved.zip").write_bytes(
        zipped({"talks.html": PAGE, "talks.htm": PAGE, "a|.html": PAGE, "a*.html": PAGE, "tides.html": PAGE})
    )
    assert converted(run, workspace, "saved.zip") == [
        "a-73bdde89.txt",
        "a-adf2ac21.txt",
        "talks.htm.txt",
        "talks.html.txt",
        "tides.txt",
    ]


def test_each_of_several_archives_gets_a_folder(run: Command, workspace: Path) -> None:
    (workspace / "crawl.warc.gz").write_bytes(web_archive(f"{ATLANTIS}/talks.html"))
    (workspace / "saved.zip").write_bytes(zipped({"talks.html": PAGE}))
    (workspace / "page.html").write_text(PAGE, "utf-8")
    assert converted(run, workspace, "crawl.warc.gz", "saved.zip", "page.html") == [
        "crawl/www.atlantis.example/talks.txt",
        "page.txt",
        "saved/talks.txt",
    ]


def test_archives_of_one_name_get_folders_of_their_own(run: Command, workspace: Path) -> None:
    (workspace / "crawl.warc.gz").write_bytes(web_archive(f"{ATLANTIS}/talks.html"))
    (workspace / "crawl.zip").write_bytes(zipped({"talks.html": PAGE}))
    (workspace / "old").mkdir()
    (workspace / "old/crawl.zip").write_bytes(zipped({"talks.html": PAGE}))
    assert converted(run, workspace, "crawl.warc.gz", "crawl.zip", "old/crawl.zip") == [
        "crawl.warc.gz/www.atlantis.example/talks.txt",
        "crawl.zip/talks.txt",
        "old/crawl.zip/talks.txt",
    ]


@pytest.mark.parametrize(("folder", "name"), [(".", "saved"), ("..", None), ("inner/..", "saved"), ("./", "saved")])
def test_outputs_of_folders_named_by_dots_stay_in_the_output_folder(
    folder: str, name: str | None, run: Command, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = workspace / "saved"
    (saved / "inner").mkdir(parents=True)
    (saved / "talks.html").write_text(PAGE, "utf-8")
    (workspace / "crawl.zip").write_bytes(zipped({"talks.html": PAGE}))
    monkeypatch.chdir(saved)
    result = run("convert", folder, "../crawl.zip", "--to", "txt", "-o", "../out/", "--quiet")
    assert (result.code, result.err) == (0, "")
    written = {path.relative_to(workspace) for path in workspace.rglob("*.txt")}
    first = Path("out", name or workspace.name, "talks.txt" if name else "saved/talks.txt")
    assert {Path("out/crawl/talks.txt"), first} <= written
    assert {path.parts[0] for path in written} == {"out"}


def test_pages_of_a_list_are_named_after_their_paths(run: Command, workspace: Path) -> None:
    for name in ("saved/a/talks.html", "saved/b/talks.html"):
        (workspace / name).parent.mkdir(parents=True)
        (workspace / name).write_text(PAGE, "utf-8")
    (workspace / "saved/wanted.txt").write_text("# May\na/talks.html\n\nb\n", "utf-8")
    assert converted(run, workspace, "@saved/wanted.txt") == ["a/talks.txt", "b/talks.txt"]
    assert converted(run, workspace, "saved/wanted.txt") == ["a/talks.txt", "b/talks.txt", "wanted.txt"]


def test_errors_name_the_line_of_an_address_and_a_missing_path(run: Command, workspace: Path) -> None:
    (workspace / "page.html").write_text(PAGE, "utf-8")
    (workspace / "wanted.txt").write_text("page.html\nfile:///etc/passwd\ngone.html\n", "utf-8")
    result = run("convert", "@wanted.txt", "--to", "txt", "-o", "out/", "--quiet")
    assert result.code == 1
    first, second = result.err.splitlines()
    assert first.startswith("readout-pub: wanted.txt, line 2: this is an address, and a list contains only paths")
    assert second == "readout-pub: gone.html: there is no such file; check the path"
    assert (workspace / "out/page.txt").exists()
    assert run("convert", "@wanted.txt", "--url", "https://x.example/").code == 2
    assert "none.txt: there is no such file" in run("convert", "@none.txt").err


def test_the_option_url_chooses_pages(run: Command, workspace: Path) -> None:
    (workspace / "crawl.warc.gz").write_bytes(web_archive(*(f"{ATLANTIS}/{number}.html" for number in range(4))))
    chosen = ("--url", f"{ATLANTIS}/1.html", "--url", f"{ATLANTIS}/3.html")
    assert converted(run, workspace, "crawl.warc.gz", *chosen) == [
        "www.atlantis.example/1.txt",
        "www.atlantis.example/3.txt",
    ]


def test_a_page_that_fails_does_not_stop_the_others(run: Command, workspace: Path) -> None:
    (workspace / "saved.zip").write_bytes(zipped({"a.html": "<p>", "b.html": PAGE}))
    result = run("convert", "saved.zip", "--to", "txt", "-o", "out/", "--quiet")
    assert result.code == 1
    assert result.err.startswith("readout-pub: saved.zip, a.html: ")
    assert (workspace / "out/b.txt").exists()
    assert not (workspace / "out/a.txt").exists()


def test_an_error_names_a_page_by_the_folder_path_as_given(run: Command, workspace: Path) -> None:
    (workspace / "saved").mkdir()
    (workspace / "saved/a.html").write_text("<p>", "utf-8")
    (workspace / "saved/b.html").write_text(PAGE, "utf-8")
    result = run("convert", "saved", "--to", "txt", "-o", "out/", "--quiet")
    assert result.err.startswith("readout-pub: saved/a.html: ")


def test_photos_beside_an_output_go_to_a_folder_named_after_it(run: Command, workspace: Path) -> None:
    from tests.pages import jpeg

    (workspace / "saved.zip").write_bytes(zipped({"a/b.html": PAGE, "a/tides.jpg": jpeg()}))
    result = run("convert", "saved.zip", "--to", "html", "--photos", "beside", "-o", "out/", "--quiet")
    assert result.code == 0
    assert [path.name for path in (workspace / "out/a").iterdir() if path.is_dir()] == ["b_files"]


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("page.epub", b"PK"),
        ("page.PDF", b"%PDF"),
        ("page.htm", b"<!DOCTYPE html>"),
        ("page.json", b"{"),
        ("page.md", b"# Atlantis"),
        ("page.typ", b"#let horizontalrule"),
        ("page", b"%PDF"),
    ],
)
def test_the_suffix_of_the_output_decides_the_format(run: Command, page: Path, name: str, begins: bytes) -> None:
    result = run("convert", page, "-o", name)
    assert (result.code, result.out) == (0, f"{name}\n")
    assert (page.parent / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--to", "pdf", "-o", "page.epub"],
            "this is the name of a file in the format epub, but --to names pdf; name the file page.pdf, or leave --to",
        ),
        (
            ["--to", "docx", "-o", "page.DOC"],
            "-o page.DOC: a file in the format docx does not have the suffix .doc; name the file page.docx",
        ),
        (
            ["--to", "epub", "-o", "page.mobi"],
            "a file in the format epub does not have the suffix .mobi; name the file",
        ),
        (["-o", "page.doc"], "no format has the suffix .doc; take another suffix, such as .docx or .pdf"),
        (
            ["--to", "docx", "again.html", "-o", "all.doc"],
            "-o all.doc: several files cannot go into one; name a folder",
        ),
        (["-o", "page.v2"], "-o page.v2: no format has the suffix .v2; name the format with --to"),
        (["-o", "page.bib"], "-o page.bib: no format has the suffix .bib; name the format with --to"),
        (["--to", "pdf,epub", "-o", "page.pdf"], "-o page.pdf: several files cannot go into one; name a folder"),
        (["again.html", "-o", "all.pdf"], "-o all.pdf: several files cannot go into one; name a folder"),
        (["-o", ".epub"], "-o .epub: this is only a suffix; name the file, such as readout.epub"),
        (["-o", "page.adoc"], "-o page.adoc: several formats have the suffix .adoc: asciidoc, "),
    ],
)
def test_a_name_that_the_outputs_cannot_have_is_a_usage_error(
    run: Command, page: Path, arguments: list[str], message: str
) -> None:
    result = run("convert", page, *arguments)
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert [path.name for path in page.parent.iterdir()] == ["tides.html"]


@pytest.mark.parametrize("arguments", [["--to", "latex", "-o", "page.tex"], ["--to", "txt", "-o", "page.v2"]])
def test_an_output_may_have_a_suffix_that_names_no_other_format(run: Command, page: Path, arguments: list[str]) -> None:
    result = run("convert", page, *arguments)
    assert (result.code, result.out) == (0, f"{arguments[-1]}\n")


@pytest.mark.slow
def test_pages_of_an_archive_among_pages_go_to_a_folder_beside_it(run: Command, workspace: Path) -> None:
    (workspace / "talks.html").write_text(PAGE, "utf-8")
    (workspace / "saved.zip").write_bytes(zipped({"tides.html": PAGE}))
    for _ in range(2):
        result = run("convert", ".", "--to", "md", "--quiet")
        assert (result.code, result.err) == (0, "")
        assert (workspace / "saved.zip_pages/tides.md").exists()


def test_a_pattern_that_the_shell_did_not_replace_gets_a_hint(run: Command, workspace: Path) -> None:
    (workspace / "talks.html").write_text(PAGE, "utf-8")
    result = run("convert", "*.html", "--to", "txt")
    assert (result.code, result.out) == (1, "")
    assert "*.html: there is no such file; check the path, or leave out the quotation marks, so that" in result.err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes among files")
def test_nothing_is_written_beside_a_pipe(run: Command, workspace: Path) -> None:
    (workspace / "page.html").write_text(PAGE)
    os.mkfifo(workspace / "pipe")
    reader = os.open(workspace / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        result = run("convert", "page.html", "--to", "txt", "-o", "pipe", "--quiet")
        assert (result.code, result.err) == (0, "")
        assert os.read(reader, 100_000)
    finally:
        os.close(reader)
    assert sorted(path.name for path in workspace.iterdir()) == ["page.html", "pipe"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes among files")
def test_a_pipe_in_the_place_of_an_output_gives_an_error(run: Command, workspace: Path) -> None:
    (workspace / "page.html").write_text(PAGE)
    (workspace / "out").mkdir()
    os.mkfifo(workspace / "out/page.txt")
    result = run("convert", "page.html", "--to", "txt", "-o", "out/", "--quiet")
    assert result.code == 1
    assert "it is a pipe that no program reads" in result.err
