"""The folder of fetched pages: it is complete, needs no network, and is updated with few requests."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import msgspec
import pytest
from upath import UPath

from readout_pub import (
    OutputError,
    ProfileError,
    Readout,
    SourceError,
    UsageError,
    __version__,
    read,
    saved_pages,
    to_json,
)
from readout_pub.atomic import write_file
from readout_pub.extract import Extraction, extract
from readout_pub.fetch import FetchOutcome, FetchRequest, fetch, plan_fetch
from readout_pub.fetch import archive as fetch_archive
from readout_pub.limits import PageLimits, out_of_time
from readout_pub.model import figures
from readout_pub.sources import FetchPolicy
from readout_pub.sources.page import Page
from tests.pages import jpeg
from tests.sources.web.server import ReceivedRequest, Reply, Route, WebServer, redirect
from tests.sources.web.test_pages import talks

ALWAYS, NEVER = dt.datetime.max.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)
"""Values of `since`: with ALWAYS, every page is requested again; with NEVER, only pages that the folder lacks."""

FIGURE = '<figure><img src="quay.jpg" alt="At the quay"><figcaption>The two ministers</figcaption></figure>'


@pytest.fixture
def site() -> Iterator[WebServer]:
    """Two pages that show the same photo; the second page names another URL, which redirects to the photo."""
    routes = {
        "/press/talks.html": Reply(talks(FIGURE)),
        "/press/tides.html": Reply(talks(FIGURE.replace("quay", "../img/tides"))),
        "/press/quay.jpg": Reply(jpeg(), media_type="image/jpeg"),
        "/img/tides.jpg": redirect("/press/quay.jpg"),
    }
    with WebServer(routes) as server:
        yield server


def policy_for(site: WebServer) -> FetchPolicy:
    """Return a policy that allows the web server and has no pauses."""
    return FetchPolicy(delay=0.0, allowed_hosts=(site.authority,), backoff=0.001)


def run_fetch(site: WebServer, folder: Path, *paths: str, since: dt.datetime = ALWAYS) -> list[FetchOutcome]:
    return list(fetch(request_for(site, *paths, since=since), folder, policy=policy_for(site), max_bytes=200_000))


def request_for(site: WebServer, *paths: str, since: dt.datetime = ALWAYS) -> FetchRequest:
    return FetchRequest(tuple(map(site.url, paths)), since)


def states(site: WebServer, folder: Path, *paths: str, since: dt.datetime = ALWAYS) -> list[str]:
    return [each.state for each in run_fetch(site, folder, *paths, since=since)]


def models(source: Path) -> dict[str, Readout]:
    return {page.name: read(page)[0] for page in saved_pages(source)}


def with_validators(content: str, etag: str = '"1"') -> Route:
    """Return a route that sends `etag`, and answers a request that repeats this ETag with status 304."""

    def reply(request: ReceivedRequest) -> Reply:
        if request.headers.get("if-none-match") == etag:
            return Reply(status=304)
        return Reply(content, headers={"ETag": etag})

    return reply


# --- what is saved


def test_pages_and_photos_are_saved_under_their_urls(site: WebServer, tmp_path: Path) -> None:
    (page,) = run_fetch(site, tmp_path / "archive", "/press/talks.html")
    files = tmp_path / f"archive/files/127.0.0.1-{site.port}/press"
    assert (page.state, page.file) == ("new", f"files/127.0.0.1-{site.port}/press/talks.html")
    assert (files / "talks.html").read_text() == talks(FIGURE)
    assert (files / "quay.jpg").read_bytes() == jpeg()
    assert sorted(path.name for path in (tmp_path / "archive").iterdir()) == [
        "archive.warc.gz",
        "files",
        "retrievals.jsonl",
    ]


def test_a_page_that_takes_too_long_does_not_stop_the_next(
    site: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def extract_late(page: Page, **options: Any) -> Extraction:  # noqa: ANN401 - as `extract`
        if page.name.endswith("/talks.html"):
            signal.raise_signal(signal.SIGALRM)  # as if the time were over
        return extract(page, **options)

    monkeypatch.setattr(sys.modules[fetch.__module__], "extract", extract_late)
    request = msgspec.structs.replace(
        request_for(site, "/press/talks.html", "/press/tides.html"), limits=PageLimits(60)
    )
    late, other = fetch(request, tmp_path, policy=policy_for(site), max_bytes=200_000)
    assert late.note == f"it was kept, but no readout was found: {out_of_time(60)}"
    assert (late.state, other.state, other.note) == ("new", "new", None)


def test_the_time_limit_of_a_page_excludes_the_time_of_requests(site: WebServer, tmp_path: Path) -> None:
    alarms: list[float] = []

    def photo(_: ReceivedRequest) -> Reply:
        alarms.append(signal.getitimer(signal.ITIMER_REAL)[0])
        return Reply(jpeg(), media_type="image/jpeg")

    site.routes["/press/quay.jpg"] = photo
    request = msgspec.structs.replace(request_for(site, "/press/talks.html"), limits=PageLimits(60))
    assert [each.note for each in fetch(request, tmp_path, policy=policy_for(site), max_bytes=200_000)] == [None]
    assert alarms == [0]  # while the server answers, no alarm is set


@pytest.mark.slow
def test_folder_and_warc_give_the_same_readouts_without_requests(site: WebServer, tmp_path: Path) -> None:
    site.routes["/old.html"] = redirect("/press/talks.html")
    run_fetch(site, tmp_path, "/old.html", "/press/tides.html")
    requests = len(site.log)
    folder, warc = models(tmp_path), models(tmp_path / "archive.warc.gz")
    assert list(folder) == [site.url("/press/talks.html"), site.url("/press/tides.html")]
    assert {name: to_json(model) for name, model in folder.items()} == {
        name: to_json(model) for name, model in warc.items()
    }
    assert all(photo.width == 320 for each in folder.values() for figure in figures(each) for photo in figure.photos)
    assert len(site.log) == requests
    retrieval = folder[site.url("/press/talks.html")].origin.retrieval
    assert retrieval is not None
    assert (retrieval.url, retrieval.final_url) == (site.url("/old.html"), site.url("/press/talks.html"))


@pytest.mark.slow
def test_relative_photos_resolve_against_the_base_of_their_own_page(site: WebServer, tmp_path: Path) -> None:
    site.routes |= {
        "/press/based.html": Reply(talks(FIGURE, head='<base href="/archive/">')),
        "/archive/quay.jpg": Reply(jpeg(640, 480), media_type="image/jpeg"),
    }
    run_fetch(site, tmp_path, "/press/talks.html", "/press/based.html")
    for source in (tmp_path, tmp_path / "archive.warc.gz"):
        widths = [photo.width for each in models(source).values() for f in figures(each) for photo in f.photos]
        assert widths == [320, 640]


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br"])
def test_compressed_responses_are_read_from_the_folder_and_from_the_warc(
    coding: str, site: WebServer, tmp_path: Path
) -> None:
    pack: Callable[[bytes], bytes] = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress}[coding]
    site.routes["/press/talks.html"] = Reply(pack(talks(FIGURE).encode()), headers={"Content-Encoding": coding})
    run_fetch(site, tmp_path, "/press/talks.html")
    assert [to_json(model) for model in models(tmp_path).values()] == [
        to_json(model) for model in models(tmp_path / "archive.warc.gz").values()
    ]


@pytest.mark.slow
def test_the_warc_passes_warcio_check_and_names_the_user_agent(site: WebServer, tmp_path: Path) -> None:
    packed = gzip.compress(talks(FIGURE).encode())
    site.routes |= {"/press/tides.html": Reply(packed, headers={"Content-Encoding": "gzip"})}
    site.routes |= {"/old.html": redirect("/press/talks.html")}
    run_fetch(site, tmp_path, "/old.html")
    run_fetch(site, tmp_path, "/press/tides.html")
    warc = tmp_path / "archive.warc.gz"
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(warc)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    # Five records: the description of the WARC file, the redirect, two pages and a photo.
    assert (checked.returncode, checked.stdout.count("digest pass")) == (0, 5), checked.stdout
    warcinfo, *_ = gzip.decompress(warc.read_bytes()).split(b"WARC-Type: response")
    assert f"http-header-user-agent: readout-pub/{__version__}\r\n".encode() in warcinfo


def test_a_page_is_found_by_a_url_that_redirected_to_it(site: WebServer, tmp_path: Path) -> None:
    site.routes["/old.html"] = redirect("/press/talks.html")
    run_fetch(site, tmp_path, "/old.html")
    (page,) = saved_pages(tmp_path, urls=[site.url("/old.html")])
    assert page.name == site.url("/press/talks.html")


def test_each_url_of_a_photo_is_requested_once(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html", "/press/tides.html")
    assert site.paths.count("/press/quay.jpg") == 2  # once for its own URL, once for the URL that redirects to it
    run_fetch(site, tmp_path, "/press/talks.html", "/press/tides.html")
    assert site.paths.count("/press/quay.jpg") == 2


def test_no_cookie_or_password_is_stored(site: WebServer, tmp_path: Path) -> None:
    site.routes["/press/talks.html"] = Reply(talks(), headers={"Set-Cookie": "session=salt"})
    run_fetch(site, tmp_path, "/press/talks.html")
    refused = FetchRequest(("http://nerea:salt@127.0.0.1/",), ALWAYS)
    (failed,) = fetch(refused, tmp_path, policy=policy_for(site), max_bytes=1000)
    assert b"salt" not in gzip.decompress((tmp_path / "archive.warc.gz").read_bytes())
    assert b"salt" not in (tmp_path / "retrievals.jsonl").read_bytes()
    assert "salt" not in repr(failed)


def test_a_failed_page_is_reported_and_the_others_are_fetched(site: WebServer, tmp_path: Path) -> None:
    gone, found = run_fetch(site, tmp_path, "/gone.html", "/press/talks.html")
    assert (gone.state, found.state) == ("failed", "new")
    assert gone.error == (
        f"{site.url('/gone.html')}: there is no such page (404 Not Found); "
        "check the address; a web archive may still have it"
    )
    assert list(models(tmp_path)) == [site.url("/press/talks.html")]


def test_a_page_without_a_readout_is_saved_with_a_note(site: WebServer, tmp_path: Path) -> None:
    years = "".join(f"<option>Press releases of the year {year}" for year in range(1990, 2030))
    site.routes["/menu.html"] = Reply(f"<body><select>{years}</select></body>")
    (page,) = run_fetch(site, tmp_path, "/menu.html")
    assert page.state == "new"
    assert page.note is not None
    assert page.note.startswith("it was kept, but no readout was found: ")


def test_a_page_without_its_photo_is_saved_with_a_note(site: WebServer, tmp_path: Path) -> None:
    del site.routes["/press/quay.jpg"]
    (page,) = run_fetch(site, tmp_path, "/press/talks.html")
    assert (page.state, page.note) == ("new", "1 photo could not be fetched")


def test_a_redirect_to_another_page_is_noted(site: WebServer, tmp_path: Path) -> None:
    site.routes["/old.html"] = redirect("/press/talks.html")
    (page,) = run_fetch(site, tmp_path, "/old.html")
    assert (page.url, page.note) == (site.url("/old.html"), f"it leads to {site.url('/press/talks.html')}")


def test_an_invalid_profile_is_refused_before_any_request(site: WebServer, tmp_path: Path) -> None:
    profile = tmp_path / "sites" / "here" / "profile.toml"
    profile.parent.mkdir(parents=True)
    layout = '[[layout]]\nname = "x"\nmarker = "article"\nbody = "p["'
    profile.write_text(f'hosts = ["127.0.0.1"]\npublisher.en = "Harbour"\n{layout}\n')
    request = msgspec.structs.replace(request_for(site, "/press/talks.html"), sites=(tmp_path / "sites",))
    for run in (fetch, plan_fetch):
        with pytest.raises(ProfileError, match=r"selector 'p\[' is not valid CSS"):
            list(run(request, tmp_path / "archive", policy=policy_for(site)))
    assert site.log == []


def test_a_new_folder_is_removed_if_nothing_was_saved(site: WebServer, tmp_path: Path) -> None:
    assert states(site, tmp_path / "archive", "/gone.html") == ["failed"]
    assert not (tmp_path / "archive").exists()


HOSTILE = ["/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/x.html", "/con.html", "/a/" + "b" * 300, "/x%00y", "/~/.ssh/id"]


@pytest.mark.slow
def test_no_page_is_saved_outside_of_the_folder(site: WebServer, tmp_path: Path) -> None:
    site.routes |= dict.fromkeys(HOSTILE, Reply(talks()))
    run_fetch(site, tmp_path / "archive", *HOSTILE)
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]
    assert len(models(tmp_path / "archive")) == len(site.paths)


@pytest.mark.slow
def test_urls_with_colliding_names_get_separate_files(site: WebServer, tmp_path: Path) -> None:
    paths = ["/a", "/a.html", "/A.html", "/a/", "/a/b.html", "/a.html/c.html", "/a?b=1", "/a?b=2"]
    site.routes |= {path: Reply(talks().replace("tables", f"tables {path}")) for path in paths}
    assert {each.state for each in run_fetch(site, tmp_path, *paths)} == {"new"}
    assert {name: model.origin.sha256 for name, model in models(tmp_path).items()} == {
        name: model.origin.sha256 for name, model in models(tmp_path / "archive.warc.gz").items()
    }


# --- second runs


def test_a_page_fetched_in_the_future_is_requested_again(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    listing = tmp_path / "retrievals.jsonl"
    listing.write_text(re.sub(r'"time":"20\d\d', '"time":"2999', listing.read_text("utf-8")), "utf-8")
    assert states(site, tmp_path, "/press/talks.html", since=NEVER) == ["unchanged"]
    assert states(site, tmp_path, "/press/talks.html", since=NEVER) == ["recent"]


def test_recently_fetched_pages_are_not_requested(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    requests = len(site.log)
    assert states(site, tmp_path, "/press/talks.html", "/press/talks.html#top", since=NEVER) == ["recent", "recent"]
    assert len(site.log) == requests


def test_an_unchanged_page_and_its_photos_are_not_sent_again(site: WebServer, tmp_path: Path) -> None:
    site.routes["/press/talks.html"] = with_validators(talks(FIGURE))
    run_fetch(site, tmp_path, "/press/talks.html")
    before = (tmp_path / "archive.warc.gz").read_bytes()
    site.log.clear()
    assert states(site, tmp_path, "/press/talks.html") == ["unchanged"]
    assert site.paths == ["/press/talks.html"]
    assert "if-none-match" in site.log[-1].headers
    assert (tmp_path / "archive.warc.gz").read_bytes() == before


def test_an_etag_that_is_not_ascii_is_ignored(site: WebServer, tmp_path: Path) -> None:
    site.routes["/press/talks.html"] = Reply(talks(FIGURE), headers={"ETag": '"\u00fcber"'})
    for expected in ("new", "unchanged"):
        assert states(site, tmp_path, "/press/talks.html") == [expected]
    assert not any("if-none-match" in request.headers for request in site.log)


def test_last_modified_is_used_if_there_is_no_etag(site: WebServer, tmp_path: Path) -> None:
    stamp = "Thu, 04 Aug 2022 10:00:00 GMT"
    site.routes["/press/talks.html"] = lambda request: (
        Reply(status=304)
        if request.headers.get("if-modified-since") == stamp
        else Reply(talks(), headers={"Last-Modified": stamp})
    )
    assert states(site, tmp_path, "/press/talks.html") == ["new"]
    assert states(site, tmp_path, "/press/talks.html") == ["unchanged"]
    assert site.log[-1].headers["if-modified-since"] == stamp


def test_equal_content_is_not_stored_twice_even_without_validators(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    before = (tmp_path / "archive.warc.gz").read_bytes()
    assert states(site, tmp_path, "/press/talks.html") == ["unchanged"]
    assert (tmp_path / "archive.warc.gz").read_bytes() == before


def test_a_changed_page_replaces_its_file_and_the_warc_has_both(site: WebServer, tmp_path: Path) -> None:
    site.routes["/press/talks.html"] = with_validators(talks())
    run_fetch(site, tmp_path, "/press/talks.html")
    site.routes["/press/talks.html"] = with_validators(talks(FIGURE), '"2"')
    assert states(site, tmp_path, "/press/talks.html") == ["changed"]
    (now,) = models(tmp_path).values()
    assert len(list(figures(now))) == 1
    assert len(list(saved_pages(tmp_path / "archive.warc.gz"))) == 2


def test_a_missing_photo_is_requested_again_for_an_unchanged_page(site: WebServer, tmp_path: Path) -> None:
    site.routes["/press/talks.html"] = with_validators(talks(FIGURE))
    photo = site.routes.pop("/press/quay.jpg")
    run_fetch(site, tmp_path, "/press/talks.html")
    site.routes["/press/quay.jpg"] = photo
    assert states(site, tmp_path, "/press/talks.html") == ["unchanged"]
    for source in (tmp_path, tmp_path / "archive.warc.gz"):
        (model,) = models(source).values()
        assert [photo.width for figure in figures(model) for photo in figure.photos] == [320]


def test_saved_pages_leave_out_a_page_whose_file_was_removed(site: WebServer, tmp_path: Path) -> None:
    talks_page, tides_page = run_fetch(site, tmp_path, "/press/talks.html", "/press/tides.html")
    (tmp_path / str(tides_page.file)).unlink()
    assert [page.name for page in saved_pages(tmp_path)] == [talks_page.url]


def test_pages_of_a_remote_fetch_folder_without_file_times_have_no_stamp(
    site: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talks_page, tides_page = run_fetch(site, tmp_path, "/press/talks.html", "/press/tides.html")
    store = UPath("memory://fetched")
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.name != Path(str(tides_page.file)).name:
            (store / path.relative_to(tmp_path).as_posix()).parent.mkdir(parents=True, exist_ok=True)
            (store / path.relative_to(tmp_path).as_posix()).write_bytes(path.read_bytes())
    list_folder = store.fs.ls
    monkeypatch.setattr(
        store.fs, "ls", lambda *args, **options: [without_time(each) for each in list_folder(*args, **options)]
    )
    assert [(page.name, page.stamp) for page in saved_pages(str(store))] == [(talks_page.url, None)]
    store.fs.rm(store.path, recursive=True)


def without_time(entry: dict[str, object] | str) -> dict[str, object] | str:
    """Return a file's entry in a listing without the time of the file; some web servers list no times."""
    return {**entry, "created": None} if isinstance(entry, dict) else entry


def test_a_page_whose_file_was_removed_is_requested_again(site: WebServer, tmp_path: Path) -> None:
    (page,) = run_fetch(site, tmp_path, "/press/talks.html")
    (tmp_path / str(page.file)).unlink()
    assert states(site, tmp_path, "/press/talks.html", since=NEVER) == ["new"]
    assert len(models(tmp_path)) == 1


def test_a_page_whose_file_is_not_written_yet_is_not_requested_again(
    site: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_slowly(path: Path, content: bytes) -> None:
        time.sleep(0.1)
        write_file(path, content)

    monkeypatch.setattr(fetch_archive, "write_file", write_slowly)
    site.routes |= {"/press/talks.html": Reply(talks()), "/old.html": redirect("/press/talks.html")}
    assert states(site, tmp_path, "/old.html", "/press/talks.html", since=NEVER) == ["new", "recent"]
    assert site.paths == ["/old.html", "/press/talks.html"]


def test_editing_the_file_of_a_fetched_page_changes_its_stamp(site: WebServer, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    (page,) = run_fetch(site, archive, "/press/talks.html")
    (before,) = (each.stamp for each in saved_pages(archive))
    file = archive / str(page.file)
    file.write_text(file.read_text("utf-8").replace("harbour", "port"), "utf-8")
    (after,) = (each.stamp for each in saved_pages(archive))
    assert before != after  # so that `batch` converts the page again


def test_a_plan_of_named_pages_sends_no_requests(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    requests, files = len(site.log), sorted(tmp_path.rglob("*"))

    def plan(folder: Path, since: dt.datetime) -> list[str]:
        both = request_for(site, "/press/talks.html", "/press/tides.html", since=since)
        return [each.state for each in plan_fetch(both, folder, policy=policy_for(site), max_bytes=200_000)]

    assert plan(tmp_path, NEVER) == ["recent", "new"]
    assert plan(tmp_path, ALWAYS) == ["unchanged", "new"]
    assert plan(tmp_path / "none", ALWAYS) == ["new", "new"]
    assert (len(site.log), sorted(tmp_path.rglob("*"))) == (requests, files)


# --- interrupted runs


PROGRAM = """
import sys, datetime as dt
from pathlib import Path
from urllib.parse import urlsplit
from readout_pub.fetch import FetchRequest, fetch
from readout_pub.sources import FetchPolicy
policy = FetchPolicy(delay=0.0, allowed_hosts=(urlsplit(sys.argv[2]).netloc,))
request = FetchRequest(tuple(sys.argv[2:]), dt.datetime.min.replace(tzinfo=dt.UTC))
for each in fetch(request, Path(sys.argv[1]), policy=policy, max_bytes=200_000):
    print(each.state, flush=True)
"""


@pytest.mark.slow
def test_a_killed_run_is_resumed(site: WebServer, tmp_path: Path) -> None:
    paths = [f"/{number}.html" for number in range(8)]
    site.routes |= {path: Reply(talks(FIGURE.replace("quay", path[1]))) for path in paths}
    site.routes |= {f"/{number}.jpg": Reply(jpeg(320 + number), media_type="image/jpeg") for number in range(8)}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), *map(site.url, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        for _ in range(3):
            run.stdout.readline()
        os.kill(run.pid, signal.SIGKILL)
    site.log.clear()
    again = states(site, tmp_path, *paths, since=NEVER)
    assert again[:3] == ["recent"] * 3
    assert set(again[4:]) == {"new"}  # the killed run may also have saved the fourth page
    assert not {"/0.html", "/1.html", "/2.html"} & set(site.paths)
    assert {name: to_json(model) for name, model in models(tmp_path).items()} == {
        name: to_json(model) for name, model in models(tmp_path / "archive.warc.gz").items()
    }
    assert len(models(tmp_path)) == 8


@pytest.mark.slow
def test_a_full_disk_ends_the_run_and_the_next_one_resumes(site: WebServer, tmp_path: Path) -> None:
    paths = [f"/{number}.html" for number in range(12)]
    site.routes |= {path: Reply(talks(FIGURE.replace("quay", path[1:-5]))) for path in paths}
    site.routes |= {f"/{number}.jpg": Reply(jpeg(320 + number), media_type="image/jpeg") for number in range(12)}
    warc = tmp_path / "archive.warc.gz"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    run = fetch(request_for(site, *paths), tmp_path, policy=policy_for(site), max_bytes=200_000)
    # As on a full disk, there is less space than the WARC file needs.
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, limits[1]))
    try:
        with pytest.raises(OutputError, match=r"archive\.warc\.gz: it cannot be written \(File too large\)"):
            list(run)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    again = states(site, tmp_path, *paths, since=NEVER)
    assert again[0] == "recent"
    assert again[-1] == "new"
    assert {name: to_json(model) for name, model in models(tmp_path).items()} == {
        name: to_json(model) for name, model in models(warc).items()
    }
    assert len(models(tmp_path)) == 12


@pytest.mark.slow
@pytest.mark.parametrize("cut", [1, 10, 100])
def test_a_truncated_line_and_its_records_are_written_again(cut: int, site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html", "/press/tides.html")
    listing, warc = tmp_path / "retrievals.jsonl", tmp_path / "archive.warc.gz"
    listing.write_bytes(listing.read_bytes()[:-cut])
    warc.write_bytes(warc.read_bytes() + b"\x1f\x8b half a record")
    assert states(site, tmp_path, "/press/talks.html", "/press/tides.html", since=NEVER) == ["recent", "new"]
    assert list(models(warc)) == list(models(tmp_path))


def test_a_damaged_line_is_an_error_and_changes_nothing(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html", "/press/tides.html")
    listing, warc = tmp_path / "retrievals.jsonl", tmp_path / "archive.warc.gz"
    listing.write_bytes(listing.read_bytes().replace(b'"url"', b'"lru"', 1))
    before = listing.read_bytes(), warc.read_bytes()
    with pytest.raises(SourceError, match=r"retrievals\.jsonl: line 1 cannot be read .*; put back a copy of the list"):
        run_fetch(site, tmp_path, "/press/talks.html")
    with pytest.raises(SourceError, match="line 1 cannot be read"):
        models(tmp_path)
    assert (listing.read_bytes(), warc.read_bytes()) == before


@pytest.mark.parametrize("left", [None, b"", b"half"])
def test_a_warc_that_is_too_short_for_its_list_is_refused(left: bytes | None, site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    warc = tmp_path / "archive.warc.gz"
    warc.unlink() if left is None else warc.write_bytes(left)
    with pytest.raises(OutputError, match="but the list of retrievals states"):
        run_fetch(site, tmp_path, "/press/tides.html")
    assert (warc.read_bytes() if warc.exists() else None) == left


# --- hostile folders


@pytest.mark.parametrize(
    "file", ["../thesis.txt", "/etc/passwd", "files/../../thesis.txt", "..\\\\thesis.txt", "C:x", "", "."]
)
def test_a_list_that_names_a_file_outside_its_folder_is_refused(file: str, site: WebServer, tmp_path: Path) -> None:
    folder, mine = tmp_path / "archive", tmp_path / "thesis.txt"
    run_fetch(site, folder, "/press/talks.html")
    mine.write_text("mine")
    listing = folder / "retrievals.jsonl"
    name = f"files/127.0.0.1-{site.port}/press/talks.html"
    listing.write_text(listing.read_text().replace(f'"file":"{name}"', f'"file":"{file}"'))
    with pytest.raises(SourceError, match="names a file outside of the folder"):
        run_fetch(site, folder, "/press/talks.html")
    with pytest.raises(SourceError, match="names a file outside of the folder"):
        models(folder)
    assert mine.read_text() == "mine"


def test_a_pipe_in_the_place_of_the_list_is_refused(site: WebServer, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "retrievals.jsonl")
    with pytest.raises(OutputError, match="the list of retrievals is a device or a pipe"):
        run_fetch(site, tmp_path, "/press/talks.html")


def test_a_time_without_an_offset_in_the_list_is_refused(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    listing = tmp_path / "retrievals.jsonl"
    listing.write_text(re.sub(r'"time":"[^"]*"', '"time":"0001-01-01T00:00:00"', listing.read_text()))
    with pytest.raises(SourceError, match="line 1 cannot be read"):
        models(tmp_path)


@pytest.mark.slow
def test_a_list_with_a_javascript_url_is_refused(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    listing = tmp_path / "retrievals.jsonl"
    listing.write_text(listing.read_text().replace(f'"url":"{site.url("/press/talks.html")}"', '"url":"javascript:x"'))
    with pytest.raises(SourceError, match="line 2 has a URL that is not a web address"):
        models(tmp_path)


@pytest.mark.parametrize("name", ["archive.warc.gz", "retrievals.jsonl", "files"])
def test_symbolic_links_out_of_the_folder_are_refused(name: str, site: WebServer, tmp_path: Path) -> None:
    elsewhere = tmp_path / "mine"
    elsewhere.mkdir()
    (elsewhere / "thesis.txt").write_text("mine")
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / name).symlink_to(elsewhere if name == "files" else elsewhere / "thesis.txt")
    (folder / "retrievals.jsonl").touch()
    with pytest.raises((OutputError, SourceError), match="a link leads out of the folder"):
        run_fetch(site, folder, "/press/talks.html")
    assert [(path.name, path.read_text()) for path in elsewhere.iterdir()] == [("thesis.txt", "mine")]


def test_a_folder_of_other_files_is_refused(site: WebServer, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds thesis\.txt, which fetch did not put there; name another folder"):
        run_fetch(site, tmp_path, "/press/talks.html")


def test_a_run_is_refused_while_another_one_writes_the_same_folder(site: WebServer, tmp_path: Path) -> None:
    both = request_for(site, "/press/talks.html", "/press/tides.html")
    first = fetch(both, tmp_path, policy=policy_for(site), max_bytes=200_000)
    next(first)
    with pytest.raises(OutputError, match="another run is writing into this folder"):
        run_fetch(site, tmp_path, "/press/talks.html")
    assert [each.state for each in first] == ["new"]


def test_the_list_of_retrievals_has_the_documented_fields(site: WebServer, tmp_path: Path) -> None:
    run_fetch(site, tmp_path, "/press/talks.html")
    photo, page = map(msgspec.json.decode, (tmp_path / "retrievals.jsonl").read_bytes().splitlines())
    assert (photo["url"], "page" in photo) == (site.url("/press/quay.jpg"), False)
    assert (page["url"], page["page"], page["shows"]) == (site.url("/press/talks.html"), True, [photo["url"]])
    assert {"url", "file", "time", "status", "headers", "sha256", "warc"} <= page.keys()


# --- earlier versions


def refetch(site: WebServer, folder: Path, *, keep_versions: bool = True) -> FetchOutcome:
    request = msgspec.structs.replace(request_for(site, "/press/talks.html"), keep_versions=keep_versions)
    (outcome,) = fetch(request, folder, policy=policy_for(site))
    return outcome


def test_a_changed_page_keeps_its_earlier_file_and_says_what_differs(site: WebServer, tmp_path: Path) -> None:
    site.routes["/press/talks.html"] = Reply(talks("<p>They met in the harbour office. It was noon.</p>"))
    folder = tmp_path / "archive"
    before = (folder / str(refetch(site, folder).file)).read_bytes()
    site.routes["/press/talks.html"] = Reply(talks("<p>They met in the harbour office.</p>"))
    outcome = refetch(site, folder)
    assert (outcome.state, outcome.note) == (
        "changed",
        f"3 words absent from the new version; the earlier content is in {earlier_file(folder)}",
    )
    assert (folder / earlier_file(folder)).read_bytes() == before != (folder / str(outcome.file)).read_bytes()
    assert len(list(saved_pages(folder))) == 1
    refetch(site, folder)  # an unchanged page adds no version, and `fetch` accepts a folder that has versions
    assert len([path for path in (folder / "versions").rglob("*") if path.is_file()]) == 1


def earlier_file(folder: Path) -> str:
    lines = (folder / "retrievals.jsonl").read_bytes().splitlines()
    return next(str(line["earlier"]) for line in map(json.loads, reversed(lines)) if "earlier" in line)


def test_the_earlier_file_of_a_changed_photo_is_kept_too(site: WebServer, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    refetch(site, folder)
    site.routes["/press/quay.jpg"] = Reply(jpeg(width=77), media_type="image/jpeg")
    site.routes["/press/talks.html"] = Reply(talks(FIGURE + "<p>They met twice.</p>"))
    refetch(site, folder)
    (kept,) = (folder / "versions").rglob("quay.jpg")
    assert kept.read_bytes() == jpeg()


def test_without_keep_versions_no_version_is_kept(site: WebServer, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    refetch(site, folder, keep_versions=False)
    site.routes["/press/talks.html"] = Reply(talks("<p>They met twice.</p>"))
    assert refetch(site, folder, keep_versions=False).note is None
    assert not (folder / "versions").exists()


def test_a_list_that_keeps_versions_outside_of_the_folder_is_refused(site: WebServer, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    refetch(site, folder)
    listing = folder / "retrievals.jsonl"
    listing.write_text(listing.read_text().replace('"sha256"', '"earlier":"../x","sha256"'))
    with pytest.raises(SourceError, match="outside of the folder"):
        refetch(site, folder)
