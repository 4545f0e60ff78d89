"""Files and standard input: told apart by content, refused with a sentence, and never a way out of their folder."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import pytest

from readout_pub import HtmlPage, SourceError, TextPage, open_source

PAGE = "<html><body><p>The Ministers met.</p></body></html>"


def saved(folder: Path, content: bytes, name: str = "page.html") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


# --- what a file is


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_html_is_known_by_its_content_whatever_the_name(name: str, tmp_path: Path) -> None:
    page = open_source(saved(tmp_path, PAGE.encode(), name))
    assert isinstance(page, HtmlPage)
    assert (page.name, page.markup, page.raw()) == (name, PAGE, PAGE.encode())


def test_text_is_known_by_its_content_whatever_the_name(tmp_path: Path) -> None:
    text = "Atlantis Relations\n\nAugust 4, 2031\n\nThe Ministers said that 2 < 3 and 5 > 4.\n"
    page = open_source(saved(tmp_path, text.encode(), "page.html"))
    assert isinstance(page, TextPage)
    assert page.text == text


@pytest.mark.parametrize(
    "start", ["<!DOCTYPE html>", "<HTML>", "<p class=lead>", "<table border=0>", "<h2>", "<br />", "<main>"]
)
def test_one_tag_of_a_page_makes_it_html(start: str, tmp_path: Path) -> None:
    assert isinstance(open_source(saved(tmp_path, f"{start}The Ministers met.".encode())), HtmlPage)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty; save the page again"),
        (b" \r\n\t", "the file is empty; save the page again"),
        (b"%PDF-1.7\n", "this is a PDF, not a saved page; give an HTML or text file"),
        (b"PK\x03\x04", "this zip archive is damaged (File is not a zip file); fetch or pack it again"),
        (b"\x1f\x8b\x08", "this is a gzip file, not a saved page; give an HTML or text file"),
        (b"\x89PNG\r\n", "this is a PNG picture, not a saved page; give an HTML or text file"),
        (b"\xff\xd8\xff\xe0", "this is a JPEG picture, not a saved page; give an HTML or text file"),
        (b"\xd0\xcf\x11\xe0", "this is an old Office document, not a saved page; give an HTML or text file"),
        (bytes(range(256)), "this is a binary file, not a saved page; give an HTML or text file"),
    ],
)
def test_what_is_no_page_is_refused_by_name(content: bytes, what: str, tmp_path: Path) -> None:
    file = saved(tmp_path, content)
    with pytest.raises(SourceError) as refused:
        open_source(file)
    assert str(refused.value) == f"{file}: {what}"


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no saved page in it; name a page, a folder or an archive"):
        open_source(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path / "gone.html")
    assert str(refused.value) == f"{tmp_path}/gone.html: there is no such file; check the path"


# --- how large it may be


def sparse(folder: Path, size: int) -> Path:
    """Make a file of `size` bytes that takes no room on the disk."""
    file = folder / "page.html"
    with file.open("wb") as opened:
        opened.truncate(size)
    return file


def test_a_page_of_50_megabytes_is_refused_with_the_option_that_allows_it(tmp_path: Path) -> None:
    file = sparse(tmp_path, 50_000_000)
    with pytest.raises(SourceError) as refused:
        open_source(file)
    assert refused.value.where == str(file)
    assert refused.value.what == "it has 50.0 MB, and the limit is 20.0 MB"
    assert refused.value.what_next == "if it is a page after all, allow it with --max-bytes 50000000"


def test_a_page_larger_than_any_memory_is_refused_without_being_read(tmp_path: Path) -> None:
    file = sparse(tmp_path, 1_000_000_000_000)
    with pytest.raises(SourceError, match=r"it has 1000000\.0 MB"):
        open_source(file)


def test_the_limit_is_the_callers(tmp_path: Path) -> None:
    file = saved(tmp_path, PAGE.encode())
    assert open_source(file, max_bytes=len(PAGE)).name == "page.html"
    with pytest.raises(SourceError, match="allow it with --max-bytes 51"):
        open_source(file, max_bytes=len(PAGE) - 1)


# --- standard input


def piped(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))


def test_a_dash_opens_standard_input_which_has_no_photos(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, PAGE.encode())
    page = open_source("-")
    assert isinstance(page, HtmlPage)
    assert (page.name, page.markup, page.raw()) == ("stdin", PAGE, PAGE.encode())
    assert page.assets.find("a.jpg") is None


def test_standard_input_is_refused_in_the_same_words_as_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"")
    with pytest.raises(SourceError, match=r"^standard input: the file is empty"):
        open_source("-")


def test_standard_input_is_read_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, b"x" * 1000)
    with pytest.raises(SourceError, match=r"^standard input: .* the limit is 0\.0 MB"):
        open_source("-", max_bytes=100)


# --- where it was saved from


@pytest.mark.parametrize(
    ("comment", "url"),
    [
        ("<!-- saved from url=(0042)https://atlantis.example/page_1.html -->", "https://atlantis.example/page_1.html"),
        ("<!-- saved from url=(0033)http://atlantis.example/?a=1&amp;b=2 -->", "http://atlantis.example/?a=1&b=2"),
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<!-- saved from the fire -->", None),
    ],
)
def test_a_browser_leaves_a_comment_that_tells_the_address(comment: str, url: str | None, tmp_path: Path) -> None:
    page = open_source(saved(tmp_path, f"<!DOCTYPE html>\n{comment}\n{PAGE}".encode()))
    assert page.url == url


# --- the files beside it


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page with photos below its folder, and a secret above it."""
    (tmp_path / "secret.txt").write_bytes(b"secret")
    (tmp_path / "site/page_files").mkdir(parents=True)
    (tmp_path / "site/page_files/a b.jpg").write_bytes(b"photo")
    (tmp_path / "site/100%.jpg").write_bytes(b"percent")
    return saved(tmp_path / "site", PAGE.encode())


def found(page: Path, src: str) -> bytes | None:
    opened = open_source(page)
    assert isinstance(opened, HtmlPage)
    read = opened.assets.find(src)
    return read() if read else None


@pytest.mark.parametrize(
    ("src", "content"),
    [
        ("page_files/a b.jpg", b"photo"),
        ("./page_files/a%20b.jpg", b"photo"),
        ("/page_files/a%20b.jpg?size=large#top", b"photo"),
        ("https://atlantis.example/page_files/a%20b.jpg", b"photo"),
        ("100%.jpg", b"percent"),
        ("page_files/gone.jpg", None),
        ("page_files", None),
        ("", None),
    ],
)
def test_a_photo_is_found_below_the_folder_of_the_page(src: str, content: bytes | None, site: Path) -> None:
    assert found(site, src) == content


@pytest.mark.parametrize(
    "src",
    [
        "../secret.txt",
        "page_files/../../secret.txt",
        "..%2Fsecret.txt",
        "%2e%2e/secret.txt",
        "/../secret.txt",
        "//../secret.txt",
        "https://atlantis.example/../secret.txt",
        "file:///etc/passwd",
        "/etc/passwd",
        "../../../../../../../../etc/passwd",
        "page_files/a b.jpg\x00.txt",
        "x" * 5000,
    ],
)
def test_no_address_leads_out_of_the_folder(src: str, site: Path) -> None:
    assert found(site, src) is None


def test_an_absolute_path_is_no_way_out_either(site: Path) -> None:
    assert found(site, str(site.parent.parent / "secret.txt")) is None


def test_a_symbolic_link_is_no_way_out_either(site: Path) -> None:
    (site.parent / "a.jpg").symlink_to(site.parent.parent / "secret.txt")
    assert found(site, "a.jpg") is None
