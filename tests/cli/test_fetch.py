"""`fetch`, and `convert` and `inspect` of a web address."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.cli.conftest import PAGE, Command
from tests.pages import jpeg
from tests.sources.web.server import Reply, WebServer


def local(server: WebServer) -> tuple[str, ...]:
    """Return the options that allow fetching from a server on the same machine."""
    return ("--allow-host", server.authority, "--delay", "0")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server with one page and its photo; the working directory and the cache are empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    routes = {"/press/tides.html": Reply(PAGE), "/press/tides.jpg": Reply(jpeg(), media_type="image/jpeg")}
    with WebServer(routes) as server:
        yield server


@pytest.mark.slow
def test_a_url_is_converted_into_a_file_named_after_its_page(site: WebServer, run: Command) -> None:
    ran = run("convert", site.url("/press/tides.html"), "--to", "html", *local(site))
    assert (ran.code, ran.out) == (0, "tides.html\n")
    assert b"data:image/jpeg;base64," in Path("tides.html").read_bytes()


def test_pages_of_several_urls_go_to_folders_of_their_hosts(site: WebServer, run: Command) -> None:
    site.routes["/old/tides.html"] = Reply(PAGE)
    ran = run(
        "convert",
        site.url("/press/tides.html"),
        site.url("/old/tides.html"),
        "--to",
        "txt",
        "-o",
        "out/",
        *local(site),
    )
    folder = f"out/127.0.0.1-{site.port}"
    assert (ran.code, ran.out.split()) == (0, [f"{folder}/press/tides.txt", f"{folder}/old/tides.txt"])


def test_a_failed_request_exits_1_and_writes_nothing(site: WebServer, run: Command, tmp_path: Path) -> None:
    ran = run("convert", site.url("/gone.html"), *local(site))
    assert ran.code == 1
    assert ran.err == (
        f"readout-pub: {site.url('/gone.html')}: there is no such page (404 Not Found); "
        "check the address; a web archive may still have it\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]


def test_a_private_address_is_refused_naming_the_option_that_allows_it(site: WebServer, run: Command) -> None:
    ran = run("convert", site.url("/press/tides.html"))
    assert ran.code == 1
    assert f"if it is a web server, allow it with --allow-host {site.authority}" in ran.err
    assert site.log == []


def test_a_url_that_fails_does_not_stop_the_others(site: WebServer, run: Command) -> None:
    ran = run("convert", site.url("/gone.html"), site.url("/press/tides.html"), "--to", "txt", "-q", *local(site))
    assert ran.code == 1
    assert Path(f"127.0.0.1-{site.port}/press/tides.txt").exists()


def test_inspecting_a_url_shows_its_retrieval(site: WebServer, run: Command) -> None:
    ran = run("inspect", site.url("/press/tides.html"), "--json", *local(site))
    retrieval = msgspec.json.decode(ran.out)["origin"]["retrieval"]
    assert (retrieval["url"], retrieval["status"]) == (site.url("/press/tides.html"), 200)


def test_the_contact_is_sent_with_every_request(site: WebServer, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("READOUT_PUB_CONTACT", "archive@atlantis.example")
    run("inspect", site.url("/press/tides.html"), *local(site))
    assert {request.headers["user-agent"].partition(" ")[2] for request in site.log} == {"(+archive@atlantis.example)"}


@pytest.mark.parametrize("contact", ["a@b.example\r\nCookie: b", "Зоя@sea.example", " ", "me", "https://"])
def test_an_unusable_contact_is_a_usage_error(contact: str, site: WebServer, run: Command) -> None:
    ran = run("inspect", site.url("/press/tides.html"), "--contact", contact, *local(site))
    assert (ran.code, site.log) == (2, [])
    assert "--contact (in Python: contact): " in ran.err
    assert "has no mail or web address, or has characters that are not ASCII; write it, or READOUT_PUB_" in ran.err


# --- fetch


@pytest.mark.slow
def test_a_fetched_page_is_converted_without_network(site: WebServer, run: Command) -> None:
    url = site.url("/press/tides.html")
    ran = run("fetch", url, "-o", "archive", *local(site))
    assert (ran.code, ran.out, ran.err) == (0, f"new       {url}\n", "1 new\n")
    requests = len(site.log)
    assert run("convert", "archive", "--to", "html", "-o", "out/").code == 0
    assert run("convert", "archive/archive.warc.gz", "--to", "html", "-o", "again/").code == 0
    made = f"127.0.0.1-{site.port}/press/tides.html"
    assert b"data:image/jpeg;base64," in Path("out", made).read_bytes()
    assert Path("out", made).read_bytes() == Path("again", made).read_bytes()
    assert len(site.log) == requests


def test_a_dry_run_prints_the_plan_and_requests_nothing(site: WebServer, run: Command) -> None:
    ran = run("fetch", site.url("/press/tides.html"), "-o", "archive", "--dry-run", *local(site))
    assert (ran.code, ran.out) == (0, f"new       {site.url('/press/tides.html')}\n")
    assert site.log == []
    assert not Path("archive").exists()


def test_the_option_limit_bounds_the_number_of_pages(site: WebServer, run: Command) -> None:
    run("fetch", site.url("/press/tides.html"), site.url("/b"), "-o", "archive", "--limit", "1", *local(site))
    assert site.paths == ["/press/tides.html", "/press/tides.jpg"]


def test_the_json_report_has_failed_pages_and_exits_1(site: WebServer, run: Command) -> None:
    ran = run("fetch", site.url("/gone"), site.url("/press/tides.html"), "-o", "archive", "--json", *local(site))
    gone, tides = msgspec.json.decode(ran.out)
    assert ran.code == 1
    assert (gone["state"], tides["state"]) == ("failed", "new")
    assert "404 Not Found" in gone["error"]


def test_max_age_decides_what_a_second_run_requests(site: WebServer, run: Command) -> None:
    url = site.url("/press/tides.html")
    run("fetch", url, "-o", "archive", *local(site))
    assert run("fetch", url, "-o", "archive", *local(site)).out == f"recent    {url}\n"
    assert run("fetch", url, "-o", "archive", "--max-age", "0", *local(site)).out == f"unchanged {url}\n"


LOGIN = '<form><input name="user"><input type="password" name="word"><button>Enter</button></form>'
NON_DOCUMENTS = {
    "404": (Reply("?", 404), "there is no such page (404 Not Found)"),
    "503": (Reply("?", 503, {"Retry-After": "9999"}), "the server has failed (503 Service Unavailable)"),
    "soft 404": (Reply("<html><body><h1>Page not found</h1></body></html>"), "this is an error page, not a document"),
    "login": (Reply(f"<html><body><h1>Sign in</h1>{LOGIN}</body></html>"), "this is a page to sign in, not a document"),
    "consent": (
        Reply("<h1>Before you continue</h1><p>We use cookies.</p><form><button>Accept all cookies</button></form>"),
        "this is a request to accept cookies, not a document",
    ),
    "script": (
        Reply('<html><body><div id="root"></div><script src="/app.js"></script></body></html>'),
        "nothing to convert: the page builds itself with scripts (200 OK); save it from the browser",
    ),
}


@pytest.mark.parametrize("command", ["convert", "fetch"])
@pytest.mark.parametrize("kind", NON_DOCUMENTS)
def test_a_response_that_is_not_a_document_exits_1_and_writes_nothing(
    kind: str, command: str, site: WebServer, run: Command
) -> None:
    site.routes["/press/tides.html"], reason = NON_DOCUMENTS[kind]
    ran = run(command, site.url("/press/tides.html"), "-o", "out/", *local(site))
    assert (ran.code, ran.out) == (1, "")
    assert f"{site.url('/press/tides.html')}: {reason}" in ran.err
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("convert", "URL", "--json"),
        ("convert", "URL", "URL", "-o", "out/"),
        ("inspect", "URL"),
        ("inspect", "URL", "--json"),
        ("inspect", "--sources", "URL"),
        ("fetch", "URL", "-o", "archive", "--json"),
        ("fetch", "URL", "-o", "archive", "--dry-run"),
        ("fetch", "--from", "URL", "-o", "archive"),
    ],
)
def test_no_command_prints_a_password(
    words: tuple[str, ...], run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*(word.replace("URL", "http://nerea:salt@127.0.0.1/talks.html") for word in words))
    assert "salt" not in ran.out + ran.err
    assert [path.name for path in tmp_path.iterdir()] in ([], ["cache"])


# --- fetch, from lists


@pytest.fixture
def press(site: WebServer) -> WebServer:
    """The site with an index page in two parts; the second part lists an older page."""
    row = '<li>{} <a href="/press/{}.html">Talks about the tides</a></li>'
    one, two = row.format("9 August 2031", "tides"), row.format("1 August 2031", "fish")
    html = "<html lang=en><body><ul>{}</ul>{}</body></html>"
    site.routes |= {
        "/press/fish.html": Reply(PAGE.replace("tides", "fish")),
        "/press/": Reply(html.format(one + row.format("8 August 2031", "boats"), '<a rel="next" href="?page=2">2</a>')),
        "/press/?page=2": Reply(html.format(two, "")),
    }
    return site


def test_fetch_takes_the_selected_pages_of_a_list_and_counts_the_others(press: WebServer, run: Command) -> None:
    choice = ("--since", "2031-08-02", "--exclude", "*/boats.html")
    ran = run("fetch", "--from", press.url("/press/"), *choice, "-o", "archive", *local(press))
    assert ran.out.splitlines() == [
        f"new       {press.url('/press/tides.html')}",
        f"listed    {press.url('/press/')}",
        f"listed    {press.url('/press/?page=2')}",
    ]
    assert ran.err.splitlines() == [
        f"{press.url('/press/')}: 1 page wanted; left out: 1 by address",
        f"{press.url('/press/?page=2')}: 0 pages wanted; left out: 1 by date",
        "1 new, 2 listed",
    ]
    assert ran.code == 0


@pytest.mark.parametrize("mode", ["--dry-run", "--quiet"])
@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("--site", "lemurai"), "there is no site profile 'lemurai'"),
        (("--sites", "missing"), "missing: the folder of site profiles does not exist; check the path"),
        (("--site", "none", "--sites", "missing"), "missing: the folder of site profiles does not exist"),
    ],
)
def test_wrong_site_profiles_are_refused_before_any_request(
    words: tuple[str, ...], reason: str, mode: str, press: WebServer, run: Command
) -> None:
    ran = run("fetch", press.url("/press/fish.html"), mode, *words, "-o", "archive", *local(press))
    assert (ran.code > 0, ran.out, ran.err.count("\n")) == (True, "", 1)
    assert reason in ran.err
    assert press.log == []
    assert not Path("archive").exists()


def test_a_list_may_come_from_standard_input(press: WebServer, run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    text = press.url("/press/fish.html").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    ran = run("fetch", "--from", "-", "--json", "-o", "archive", *local(press))
    assert [each["state"] for each in msgspec.json.decode(ran.out)] == ["new", "listed"]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((), "there is no page to fetch; name URLs of pages, or a list with --from"),
        (("--from", "x", "--since", "August"), "--since: 'August' is not a valid date; write YYYY-MM-DD"),
        (("--from", "x", "--delay", "inf"), "readout-pub: --delay"),
        (("--from", "x", "--max-age", "1e10"), "readout-pub: --max-age"),
        (("--from", "x", "--until", "2031-02-30"), "--until: '2031-02-30' is not a valid date"),
        (("--from", "x", "-o", "tides.pdf"), "-o tides.pdf: fetch makes a folder, and .pdf is the suffix of a file"),
    ],
)
def test_wrong_usage_of_fetch_is_a_usage_error(
    words: tuple[str, ...], reason: str, run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("fetch", "-o", "archive", *words)
    assert (ran.code, ran.out) == (2, "")
    assert reason in ran.err
    assert not Path("archive").exists()
