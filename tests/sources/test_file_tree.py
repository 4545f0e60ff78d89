"""Folders: which files are pages, how a page finds its photos, and that no address leads out of the folder."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest

from readout_pub import HtmlPage, SourceError, open_source, saved_pages
from readout_pub.sources.blob import Blob
from readout_pub.sources.file_tree import FolderTree, possible_pages
from tests.archives import article, zipped

PAGE = "<html><body><p>The Ministers met.</p></body></html>"


def saved(folder: Path, content: bytes, name: str = "page.html") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A page with photos below its folder, and a secret above the folder."""
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
def test_only_files_below_the_folder_of_the_page_are_found(src: str, content: bytes | None, site: Path) -> None:
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
        "http://[broken/secret.txt",
        "x" * 5000,
    ],
)
def test_no_address_leads_out_of_the_folder(src: str, site: Path) -> None:
    assert found(site, src) is None


def test_an_absolute_path_does_not_lead_out_of_the_folder(site: Path) -> None:
    assert found(site, str(site.parent.parent / "secret.txt")) is None


def test_a_symbolic_link_does_not_lead_out_of_the_folder(site: Path) -> None:
    (site.parent / "a.jpg").symlink_to(site.parent.parent / "secret.txt")
    assert found(site, "a.jpg") is None


# --- which files are pages


def write_articles(folder: Path, *names: str) -> None:
    """Put an article at each of these paths."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(article(), "utf-8")


def pages(source: Path) -> list[str]:
    return [page.name for page in saved_pages(source)]


def test_a_folder_gives_all_its_pages_sorted_by_name(tmp_path: Path) -> None:
    write_articles(tmp_path, "b.html", "a/2.html", "a/10.html", "c.htm")
    assert pages(tmp_path) == ["a/10.html", "a/2.html", "b.html", "c.htm"]


@pytest.mark.parametrize(
    "name",
    [
        "page_files/frame.html",
        "page-files/frame.html",
        "page.fld/header.html",
        "page-Dateien/frame.html",
        "page_archivos/frame.html",
        "page_bestanden/frame.html",
        "page_pliki/frame.html",
        "page_dosyalar/frame.html",
        "assets/widget.html",
        "css/sample.html",
        "hts-cache/old.html",
        "__MACOSX/._page.html",
        "._page.html",
        ".git/page.html",
        "robots.txt",
        "www.atlantis.example/robots.txt",
    ],
)
def test_parts_of_pages_and_hidden_files_are_not_treated_as_pages(name: str, tmp_path: Path) -> None:
    write_articles(tmp_path, "page.html", name)
    assert pages(tmp_path) == ["page.html"]


def test_a_folder_is_a_companion_folder_only_beside_its_page(tmp_path: Path) -> None:
    names = ["case-files/2031/c.html", "case-files/a.html", "other/b.html", "talks.html"]
    write_articles(tmp_path, *names, "case-files/a_files/frame.html", "other/b-Dateien/frame.html")
    (tmp_path / "talks.html").write_text(article() + '<a href="case-files/a.html">The case</a>', "utf-8")
    assert pages(tmp_path) == names
    members = {str(file.relative_to(tmp_path)): file.read_bytes() for file in tmp_path.rglob("*.html")}
    (tmp_path / "case.zip").write_bytes(zipped(members))
    assert pages(tmp_path / "case.zip") == names


def test_pages_beside_a_folder_of_pages_are_not_read(tmp_path: Path) -> None:
    class Folder(FolderTree):
        def blob(self, name: str) -> Blob | None:
            raise AssertionError(name)

    names = ["case-files/a.html", "case-files/b.html", "talks.html"]
    write_articles(tmp_path, *names)
    assert list(possible_pages(Folder(tmp_path), 1000)) == names


@pytest.mark.parametrize(
    ("folder", "markup"),
    [
        ("Old name_files", '<iframe src="./Old name_files/frame.html"></iframe>'),
        ("Old name_files", "<iframe src=Old%20name_files/frame.html></iframe>"),
        ("R&D_files", '<frame src="R&amp;D_files/frame.html">'),
        ("Gespräche-Dateien", '<img src="Gespräche-Dateien/quay.jpg">'),
        ("talks.fld", '<style>@page { mso-header: url("talks.fld/frame.html") h1 }</style>'),
    ],
)
def test_frames_in_the_folder_of_a_renamed_page_are_not_pages(folder: str, markup: str, tmp_path: Path) -> None:
    write_articles(tmp_path, "page.html", f"{folder}/frame.html")
    (tmp_path / "page.html").write_text(article() + markup, "utf-8")
    assert pages(tmp_path) == ["page.html"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("menu.js", 'document.write("<div><p>Menu</p></div>");'),
        ("menu.js.download", 'document.write("<div><p>Menu</p></div>");'),
        ("print.css", "/* for <p> and <div> */ p { margin: 0 }"),
        ("map.svg", '<svg xmlns="http://www.w3.org/2000/svg"><title>Map</title></svg>'),
        ("feed.xml", '<?xml version="1.0"?><rss><title>News</title></rss>'),
        ("quay.jpg", "\xff\xd8\xff<p>"),
        ("notes.csv", "file,alt"),
        ("empty.txt", ""),
        (
            "index.html",
            "<html><head><title>Local index - HTTrack Website Copier</title></head><body><p>Mirrors</p></body></html>",
        ),
    ],
)
def test_files_of_other_kinds_are_not_treated_as_pages(name: str, content: str, tmp_path: Path) -> None:
    write_articles(tmp_path, "page.html")
    (tmp_path / name).write_text(content, "latin-1")
    assert pages(tmp_path) == ["page.html"]


@pytest.mark.parametrize("start", ["", "\ufeff", "<!-- left by a robot -->\n", '<?xml version="1.0"?>\n', "\n\n  "])
def test_a_page_is_recognised_by_its_first_tag_and_not_by_name(start: str, tmp_path: Path) -> None:
    (tmp_path / "index.php@id=4").write_text(start + article(), "utf-8")
    assert pages(tmp_path) == ["index.php@id=4"]


@pytest.mark.parametrize("start", ["Warning: the server is tired.", f"<!-- {'our licence ' * 1000} -->"])
def test_a_file_named_like_a_page_may_begin_with_other_text(start: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(f"{start}\n{article()}", "utf-8")
    assert pages(tmp_path) == ["page.html"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty; save the page again"),
        (b"\r\n", "the file is empty; save the page again"),
        (bytes(4096), "this is a binary file; readout-pub reads saved web pages"),
    ],
)
def test_an_empty_or_binary_page_in_a_folder_is_reported(content: bytes, sentence: str, tmp_path: Path) -> None:
    write_articles(tmp_path, "a.html")
    (tmp_path / "b.html").write_bytes(content)
    _, lost = saved_pages(tmp_path)
    with pytest.raises(SourceError) as refused:
        lost.open()
    assert str(refused.value).endswith(f"b.html: {sentence}")


@pytest.mark.parametrize("suffix", [".mhtml", ".eml", ".webarchive", ".warc", ".warc.gz", ".WACZ", ".zip"])
@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"502 Bad Gateway"])
def test_a_file_named_like_an_archive_without_a_page_is_reported(suffix: str, content: bytes, tmp_path: Path) -> None:
    write_articles(tmp_path, "a.html")
    (tmp_path / f"b{suffix}").write_bytes(content)
    _, lost = saved_pages(tmp_path)
    with pytest.raises(SourceError, match="named like an archive of pages, but is empty or damaged"):
        lost.open()


@pytest.mark.parametrize("suffix", [".mhtml", ".eml", ".webarchive", ".warc", ".warc.gz", ".WACZ", ".zip"])
def test_text_named_like_an_archive_is_refused(suffix: str, tmp_path: Path) -> None:
    (tmp_path / f"b{suffix}").write_bytes(b"502 Bad Gateway")
    with pytest.raises(SourceError, match="named like an archive of pages, but is empty or damaged"):
        open_source(tmp_path / f"b{suffix}")


def test_a_mailbox_in_a_folder_is_reported(tmp_path: Path) -> None:
    write_articles(tmp_path, "a.html")
    (tmp_path / "inbox.eml").write_bytes(b"From - Tue May 06 10:00:00 2031\nSubject: Talks\n\nThe ministers met.\n")
    _, lost = saved_pages(tmp_path)
    with pytest.raises(SourceError, match="this is a mailbox"):
        lost.open()


def test_a_folder_without_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        open_source(tmp_path)
    assert str(refused.value) == f"{tmp_path}: there is no saved page in it; name a page, a folder or an archive"


def test_a_folder_of_several_pages_is_not_opened_as_one(tmp_path: Path) -> None:
    write_articles(tmp_path, "a.html", "b.html")
    with pytest.raises(SourceError, match=r"it contains several pages; name one, such as a\.html; "):
        open_source(tmp_path)


def test_a_page_over_the_limit_does_not_stop_the_others(tmp_path: Path) -> None:
    write_articles(tmp_path, "b.html")
    (tmp_path / "a.html").write_bytes(article().encode() + b" " * 1000)
    large, small = saved_pages(tmp_path, max_bytes=500)
    with pytest.raises(SourceError, match=r"a\.html: it has"):
        large.open()
    assert small.open().name == "b.html"


def test_linked_folders_are_not_entered(tmp_path: Path) -> None:
    write_articles(tmp_path, "a/page.html")
    (tmp_path / "a/again").symlink_to(tmp_path)
    assert pages(tmp_path) == ["a/page.html"]


@pytest.mark.parametrize("forms", [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize("folder", ["Häfen", "Ha\u0308fen"])
def test_a_photo_is_found_in_whatever_form_of_unicode_its_name_is(
    folder: str, forms: tuple[Literal["NFC", "NFD"], Literal["NFC", "NFD"]], tmp_path: Path
) -> None:
    in_page, on_disk = (unicodedata.normalize(form, "Köln.jpg") for form in forms)
    (tmp_path / folder).mkdir()
    (tmp_path / folder / on_disk).write_bytes(b"photo")
    page = open_source(saved(tmp_path / folder, PAGE.encode()))
    assert isinstance(page, HtmlPage)
    for src in (in_page, quote(in_page)):
        load = page.assets.find(src)
        assert load is not None
        assert load() == b"photo"


# --- mirrors


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A mirror of two hosts, and a secret above it."""
    mirror = tmp_path / "mirror"
    names = ("region/asia/page.html", "region/asia/index.html@lang=en", "region/asia/list.html?page=2", "index.html")
    write_articles(mirror, *(f"www.atlantis.example/{name}" for name in names))
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    for photo in ("www.atlantis.example/files/quay.jpg", "www.atlantis.example/sea.php@id=4", "cdn.example/tide.jpg"):
        (mirror / photo).parent.mkdir(exist_ok=True)
        (mirror / photo).write_bytes(photo.encode())
    return mirror


def test_the_path_of_a_page_in_a_mirror_gives_its_url(mirror: Path) -> None:
    assert [page.open().url for page in saved_pages(mirror)] == [
        "https://www.atlantis.example/index.html",
        "https://www.atlantis.example/region/asia/index.html?lang=en",
        "https://www.atlantis.example/region/asia/list.html?page=2",
        "https://www.atlantis.example/region/asia/page.html",
    ]


@pytest.mark.parametrize(
    "source", ["", "www.atlantis.example", "www.atlantis.example/region/asia/page.html"], ids=["all", "host", "page"]
)
@pytest.mark.parametrize(
    ("src", "photo"),
    [
        ("../../files/quay.jpg", "www.atlantis.example/files/quay.jpg"),
        ("/files/quay.jpg", "www.atlantis.example/files/quay.jpg"),
        ("https://www.atlantis.example/files/quay.jpg", "www.atlantis.example/files/quay.jpg"),
        ("//WWW.atlantis.example/files/quay.jpg", "www.atlantis.example/files/quay.jpg"),
        ("../../sea.php?id=4", "www.atlantis.example/sea.php@id=4"),
        ("../../../secret.jpg", None),
        ("../../../../secret.jpg", None),
        ("https://www.atlantis.example/../../secret.jpg", None),
    ],
)
def test_a_photo_is_found_inside_the_mirror_and_not_above_it(
    src: str, photo: str | None, source: str, mirror: Path
) -> None:
    page = next(saved_pages(mirror / source, urls=["https://www.atlantis.example/region/asia/page.html"])).open()
    assert isinstance(page, HtmlPage)
    load = page.assets.find(src)
    assert (load and load().decode()) == photo


def test_a_photo_of_another_host_is_found_in_a_whole_mirror(mirror: Path) -> None:
    page = next(saved_pages(mirror, urls=["https://www.atlantis.example/index.html"])).open()
    assert isinstance(page, HtmlPage)
    load = page.assets.find("https://cdn.example/tide.jpg")
    assert load is not None
    assert load() == b"cdn.example/tide.jpg"


@pytest.mark.parametrize("folder", ["notes", "page.fld", "v1.2", "page.files", "photos.old", "node.js", "2031.08.04"])
def test_a_folder_not_named_like_a_host_is_not_a_mirror(folder: str, tmp_path: Path) -> None:
    write_articles(tmp_path, f"{folder}/page.html")
    assert open_source(tmp_path / folder).url is None


# --- companion folders


@pytest.mark.parametrize(
    "folder",
    [
        "page_files",
        "page-files",
        "page.fld",
        "page.files",
        "page-Dateien",
        "page_fichiers",
        "page_bestanden",
        "page_pliki",
        "page_soubory",
        ".",
    ],
)
def test_a_full_url_finds_a_photo_in_the_companion_folder_or_beside_the_page(folder: str, tmp_path: Path) -> None:
    write_articles(tmp_path, "page.html")
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / "quay.jpg").write_bytes(b"photo")
    assert found(tmp_path / "page.html", "https://cdn.example/2031/quay.jpg?w=800") == b"photo"


@pytest.mark.parametrize("src", ["Long%20title_files/quay.jpg", "./Long title-Dateien/quay.jpg"])
def test_a_page_that_was_renamed_with_its_folder_finds_its_photos(src: str, tmp_path: Path) -> None:
    write_articles(tmp_path, "talks.html")
    (tmp_path / "talks_files").mkdir()
    (tmp_path / "talks_files/quay.jpg").write_bytes(b"photo")
    assert found(tmp_path / "talks.html", src) == b"photo"
    assert found(tmp_path / "talks.html", "img/quay.jpg") is None
