"""A remote store gives the same pages as a folder on disk; errors name what cannot be reached."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from upath import UPath

from readout_pub import HtmlPage, SavedPage, SourceError, ToolMissing, saved_pages
from readout_pub.install_commands import install_python
from tests.archives import ATLANTIS, Record, article, warc
from tests.pages import jpeg

STORE = "memory://atlantis/press"

FILES: dict[str, bytes] = {
    "b/talks2.html": article("The tides were discussed.").encode(),
    "talks1.html": article('The Ministers met.<img src="img/quay.jpg">').encode(),
    "img/quay.jpg": jpeg(),
    "crawl.warc.gz": warc([Record(f"{ATLANTIS}/talks3.html", article("The nets were mended.").encode())]),
}


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a store with `FILES`: first in memory, then a folder on disk that is addressed as a store."""
    address = STORE if request.param == "memory" else f"file://{tmp_path}/press"
    for name, content in FILES.items():
        path = UPath(address) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    yield address
    UPath(address).fs.rm(UPath(address).path, recursive=True)


def opened(page: SavedPage) -> HtmlPage:
    found = page.open()
    assert isinstance(found, HtmlPage)
    return found


def test_a_folder_in_a_store_gives_the_same_pages_as_on_disk(store: str, tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / "disk" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "disk" / name).write_bytes(content)
    expected = [(page.name, opened(page).markup) for page in saved_pages(tmp_path / "disk")]
    assert [(page.name, opened(page).markup) for page in saved_pages(store)] == expected


def test_a_photo_is_found_beside_its_page_and_has_a_stamp(store: str) -> None:
    page = next(each for each in saved_pages(store) if each.name == "talks1.html")
    html_page = opened(page)
    read = html_page.assets.find("img/quay.jpg")
    assert read is not None
    assert read() == FILES["img/quay.jpg"]
    assert html_page.asset_stamps["img/quay.jpg"] == page.stamp_of("img/quay.jpg") is not None


def test_no_password_of_a_store_is_shown_or_recorded() -> None:
    with pytest.raises((SourceError, ToolMissing)) as refused:
        list(saved_pages("ftp://nerea:secret@127.0.0.1:1/talks.html"))
    assert "secret" not in str(refused.value)
    address = "memory://nerea:secret@atlantis/crawl.warc.gz"
    UPath(address).parent.mkdir(parents=True, exist_ok=True)
    UPath(address).write_bytes(FILES["crawl.warc.gz"] + b"\x1f\x8bdamaged")
    (page,) = saved_pages(address)
    (damaged,) = page.open().notes
    assert damaged.code == "ARCHIVE_DAMAGED"
    assert "secret" not in f"{damaged} {page.where}"
    UPath(address).unlink()


@pytest.mark.filterwarnings("error")
def test_a_store_that_cannot_be_used_is_refused() -> None:
    with pytest.raises(SourceError, match="this store cannot be opened"):
        list(saved_pages("cached://talks.html"))


def test_folders_that_do_not_exist_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request to a store takes long, and a photo with a full URL is looked up under many names."""
    UPath(f"{STORE}/talks.html").write_text(article('<img src="https://cdn.example/quay.jpg">'), "utf-8")
    (page,) = saved_pages(f"{STORE}/talks.html")
    assets = opened(page).assets
    listed: list[str] = []
    store = type(UPath(STORE).fs)
    list_folder = store.ls

    def recorded(self: object, path: str, **options: object) -> object:
        listed.append(path)
        return list_folder(self, path, **options)

    monkeypatch.setattr(store, "ls", recorded)
    assert assets.find("https://cdn.example/quay.jpg") is None
    assert listed == []
    UPath(STORE).fs.rm(UPath(STORE).path, recursive=True)


def test_no_name_leads_out_of_the_folder(store: str) -> None:
    secret = UPath(store).parent / "secret.jpg"
    secret.write_bytes(b"secret")
    page = next(each for each in saved_pages(store) if each.name == "b/talks2.html")
    assert opened(page).assets.find("../../secret.jpg") is None
    secret.unlink()


def test_the_stamp_of_a_page_changes_with_its_file(store: str) -> None:
    before = {page.name: page.stamp for page in saved_pages(store)}
    (UPath(store) / "talks1.html").write_text(article("The Ministers met again."), "utf-8")
    after = {page.name: page.stamp for page in saved_pages(store)}
    assert {name for name in after if after[name] != before[name]} == {"talks1.html"}
    assert None not in before.values()


@pytest.mark.parametrize(
    ("name", "found"), [("talks1.html", "talks1.html"), ("crawl.warc.gz", f"{ATLANTIS}/talks3.html")]
)
def test_a_single_file_in_a_store_is_a_source(name: str, found: str, store: str) -> None:
    assert [page.name for page in saved_pages(f"{store}/{name}")] == [found]


def test_a_page_in_a_store_can_be_pickled(store: str) -> None:
    sent = [pickle.loads(pickle.dumps(page)) for page in saved_pages(store)]  # noqa: S301 - our own
    assert [opened(page).markup for page in sent] == [opened(page).markup for page in saved_pages(store)]


@pytest.mark.parametrize(
    ("address", "error", "what"),
    [
        ("memory://lemuria", SourceError, "there is no such file"),
        ("avalon://press", SourceError, "this store cannot be opened"),
        ("sftp://atlantis.example/press", ToolMissing, "this store needs a package of its own"),
    ],
)
def test_an_unreachable_address_is_reported(address: str, error: type[SourceError | ToolMissing], what: str) -> None:
    with pytest.raises(error, match=what) as caught:
        list(saved_pages(address))
    assert caught.value.where == address
    assert caught.value.what_next


def test_a_missing_package_of_a_store_is_named_with_its_command() -> None:
    with pytest.raises(ToolMissing) as caught:
        list(saved_pages("sftp://atlantis.example/press"))
    assert caught.value.what_next == install_python("fsspec[sftp]")
