"""Which pages of a list are fetched; the log of the test server shows which URLs were requested."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import msgspec
import pytest

from readout_pub import UsageError, saved_pages
from readout_pub.fetch import FetchOutcome, FetchRequest, UrlFilter, fetch, plan_fetch
from readout_pub.sources import FetchPolicy
from tests.sources.web.server import Reply, WebServer, redirect
from tests.sources.web.test_pages import talks

ALWAYS, NEVER = dt.datetime.max.replace(tzinfo=dt.UTC), dt.datetime.min.replace(tzinfo=dt.UTC)
"""Values of `since`: with ALWAYS, every page is requested again, with NEVER, only pages that the folder lacks."""

ALL = UrlFilter()
DAYS = {"a": "2031-08-01", "b": "2031-08-04", "c": "2031-08-09"}


def index(*rows: str, more: str = "") -> Reply:
    """Return an index page that lists these pages, each with its day."""
    entries = "".join(
        f'<li>{DAYS[name]} <a href="/{name}.html">Talks about tides, part {name}</a></li>' for name in rows
    )
    return Reply(f"<html lang=en><body><h1>Press releases</h1><ul>{entries}</ul>{more}</body></html>")


def sitemap(*urls: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>"


def xml(text: str | bytes) -> Reply:
    return Reply(text, media_type="application/xml")


@pytest.fixture
def press(site: WebServer) -> WebServer:
    """A site of three pages, a.html to c.html, and an index page in two parts."""
    site.routes |= {f"/{name}.html": Reply(talks().replace("tables", f"tables {name}")) for name in DAYS}
    site.routes |= {
        "/press/": index("c", "b", more='<a rel="next" href="?page=2">2</a>'),
        "/press/?page=2": index("a", more='<a rel="next" href="/press/">1</a>'),
    }
    return site


def policy_for(site: WebServer) -> FetchPolicy:
    """Return a policy that allows the web server and has no pauses."""
    return FetchPolicy(delay=0.0, allowed_hosts=(site.authority,), backoff=0.001)


def run(
    site: WebServer,
    folder: Path,
    *lists: str,
    url_filter: UrlFilter = ALL,
    limit: int | None = None,
    since: dt.datetime = ALWAYS,
) -> list[FetchOutcome]:
    named = tuple(each if each.endswith(".txt") and each != "/robots.txt" else site.url(each) for each in lists)
    request = FetchRequest((), since, lists=named, url_filter=url_filter, limit=limit)
    return list(fetch(request, folder, policy=policy_for(site), max_bytes=200_000))


def fetched_pages(outcomes: list[FetchOutcome]) -> list[str]:
    return [each.url.rpartition("/")[2][:1] for each in outcomes if each.state in {"new", "changed", "unchanged"}]


def test_the_next_index_page_is_requested_after_the_pages_of_the_first(press: WebServer, tmp_path: Path) -> None:
    found = run(press, tmp_path / "archive", "/press/")
    assert [each.state for each in found] == ["new", "new", "listed", "new", "listed"]
    assert press.paths == ["/press/", "/c.html", "/b.html", "/press/?page=2", "/a.html"]
    assert found[2].note == "2 pages wanted"
    names = [page.name for page in saved_pages(tmp_path / "archive")]
    assert names == [press.url(f"/{name}.html") for name in "cba"]
    assert names == [page.name for page in saved_pages(tmp_path / "archive" / "archive.warc.gz")]


@pytest.mark.parametrize(
    ("url_filter", "expected", "lists"),
    [
        (UrlFilter(since=dt.date(2031, 8, 4)), "cb", ["/press/", "/press/?page=2"]),
        (UrlFilter(until=dt.date(2031, 8, 4)), "ba", ["/press/", "/press/?page=2"]),
        (UrlFilter(since=dt.date(2031, 8, 2), until=dt.date(2031, 8, 5)), "b", ["/press/", "/press/?page=2"]),
        (UrlFilter(since=dt.date(2031, 9, 1)), "", ["/press/"]),
        (UrlFilter(include=("*/a.html", "*/b.*")), "ba", ["/press/", "/press/?page=2"]),
        (UrlFilter(exclude=("*/b.html",)), "ca", ["/press/", "/press/?page=2"]),
        (UrlFilter(include=("*.html",), exclude=("*/[ab].html",)), "c", ["/press/", "/press/?page=2"]),
    ],
)
def test_neither_unwanted_pages_nor_lists_of_older_pages_are_requested(
    url_filter: UrlFilter, expected: str, lists: list[str], press: WebServer, tmp_path: Path
) -> None:
    assert fetched_pages(run(press, tmp_path / "archive", "/press/", url_filter=url_filter)) == list(expected)
    assert [path for path in press.paths if "press" in path] == lists
    assert [path for path in press.paths if "press" not in path] == [f"/{name}.html" for name in expected]


def test_the_result_of_a_list_counts_left_out_pages_for_each_reason(press: WebServer, tmp_path: Path) -> None:
    press.routes["/sitemap.xml"] = xml(
        sitemap(
            *(press.url(f"/{name}") for name in ("a.html", "b.html", "2031/07/d.html", "2031/08/a.html")),
            "http://10.0.0.1/x",
            "ftp://a.example/",
        )
    )
    url_filter = UrlFilter(exclude=("*/b.html",), since=dt.date(2031, 8, 1))
    (listed,) = [each for each in run(press, tmp_path, "/sitemap.xml", url_filter=url_filter) if each.state == "listed"]
    assert listed.note == (
        "2 pages wanted; left out: 1 by address, 1 by date, 1 on other hosts, 1 without a web address"
    )


def test_a_sitemap_index_is_followed_except_parts_that_are_too_old(press: WebServer, tmp_path: Path) -> None:
    part = "<sitemap><loc>/{}</loc><lastmod>{}</lastmod></sitemap>"
    parts = [("1.xml.gz", "2031-08-09"), ("2.xml", "2031-08-09"), ("old.xml", "2030-01-01")]
    press.routes |= {
        "/robots.txt": Reply(f"Sitemap: {press.url('/all.xml')}", media_type="text/plain"),
        "/all.xml": xml(f"<sitemapindex>{''.join(part.format(name, day) for name, day in parts)}</sitemapindex>"),
        "/1.xml.gz": Reply(gzip.compress(sitemap(press.url("/a.html")).encode()), media_type="application/gzip"),
        "/2.xml": xml(sitemap(press.url("/b.html"), press.url("/a.html"))),
    }
    assert fetched_pages(run(press, tmp_path, "/robots.txt", url_filter=UrlFilter(since=dt.date(2031, 1, 1)))) == [
        "a",
        "b",
    ]
    assert press.paths == ["/all.xml", "/1.xml.gz", "/a.html", "/2.xml", "/b.html"]


@pytest.mark.parametrize(
    "feed",
    [
        "<rss><channel><item><link>/a.html</link></item><item><link>/b.html</link></item></channel></rss>",
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><link href='/a.html'/></entry>"
            "<entry><link href='/b.html'/></entry></feed>"
        ),
    ],
)
@pytest.mark.parametrize("media_type", ["application/rss+xml", "application/atom+xml", "text/xml", "text/html", ""])
def test_a_feed_is_read_whatever_its_media_type(media_type: str, feed: str, press: WebServer, tmp_path: Path) -> None:
    press.routes["/feed"] = Reply(f'<?xml version="1.0"?>{feed}', media_type=media_type)
    assert fetched_pages(run(press, tmp_path, "/feed")) == ["a", "b"]


def test_a_local_list_may_name_any_host_except_private_ones(press: WebServer, tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text(f"# talks\n{press.url('/a.html')}\n{press.url('/a.html#top')}\nhttp://10.0.0.1/b.html\n")
    fetched, refused, listed = run(press, tmp_path / "archive", str(file))
    assert (fetched.state, listed.note) == ("new", "2 pages wanted")
    assert refused.error is not None
    assert "10.0.0.1, which is a private network" in refused.error


@pytest.mark.slow
def test_a_redirect_to_a_list_is_followed(press: WebServer, tmp_path: Path) -> None:
    press.routes["/news"] = redirect("/press/")
    assert fetched_pages(run(press, tmp_path, "/news")) == ["c", "b", "a"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("?", 404), "there is no such page (404 Not Found)"),
        (Reply("<html><body><p>Nothing at all.</p></body></html>"), "it lists no pages; name a sitemap, a feed"),
        (Reply(b"", media_type="image/png"), "the server sends image/png, and this should be a list of pages"),
        (redirect("http://10.0.0.1/"), "10.0.0.1, which is a private network"),
    ],
)
def test_a_failed_list_is_reported_and_the_next_one_is_read(
    reply: Reply, reason: str, press: WebServer, tmp_path: Path
) -> None:
    press.routes["/gone"] = reply
    failed, *others = run(press, tmp_path, "/gone", "/press/")
    assert failed.error is not None
    assert reason in failed.error
    assert fetched_pages(others) == ["c", "b", "a"]


def test_an_endless_chain_of_lists_is_cut_at_the_limit(press: WebServer, tmp_path: Path) -> None:
    for number in range(9):
        press.routes[f"/{number}/"] = index("a", more=f'<a rel="next" href="/{number + 1}/">Next</a>')
    request = FetchRequest((), ALWAYS, lists=(press.url("/0/"),))
    few = msgspec.structs.replace(policy_for(press), max_lists=5)
    *_, last = fetch(request, tmp_path, policy=few, max_bytes=200_000)
    assert last.error == f"{press.url('/0/')}: it continues for more than 5 lists"
    assert "/5/" not in press.paths


def test_robots_txt_applies_to_lists_too(press: WebServer, tmp_path: Path) -> None:
    press.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /press/", media_type="text/plain")
    (failed,) = run(press, tmp_path, "/press/")
    assert failed.state == "failed"
    assert press.paths == []


# --- second runs


def test_a_second_run_requests_only_lists_and_new_pages(press: WebServer, tmp_path: Path) -> None:
    run(press, tmp_path, "/press/", url_filter=UrlFilter(exclude=("*/b.html",)))
    press.log.clear()
    assert [each.state for each in run(press, tmp_path, "/press/", since=NEVER)] == [
        "recent",
        "new",
        "listed",
        "recent",
        "listed",
    ]
    assert press.paths == ["/press/", "/b.html", "/press/?page=2"]


@pytest.mark.slow
def test_pages_of_earlier_runs_do_not_count_towards_the_limit(press: WebServer, tmp_path: Path) -> None:
    first, later = run(press, tmp_path, "/press/", limit=1)
    assert (first.state, later.state) == ("new", "later")
    assert later.note == "the limit of 1 page for one run is reached; fetch again for this page and the rest"
    assert fetched_pages(run(press, tmp_path, "/press/", limit=1, since=NEVER)) == ["b"]
    assert fetched_pages(run(press, tmp_path, "/press/", limit=1, since=NEVER)) == ["a"]
    assert [each.state for each in run(press, tmp_path, "/press/", limit=1, since=NEVER)].count("recent") == 3


def test_a_plan_requests_lists_but_no_pages(press: WebServer, tmp_path: Path) -> None:
    request = FetchRequest((), ALWAYS, lists=(press.url("/press/"),))
    plan = list(plan_fetch(request, tmp_path / "none", policy=policy_for(press), max_bytes=200_000))
    assert [each.state for each in plan] == ["new", "new", "listed", "new", "listed"]
    assert press.paths == ["/press/", "/press/?page=2"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("include", "*/press/*", r"include is '\*/press/\*'; write a list, such as include="),
        ("exclude", [7], "exclude is 7"),
        ("since", "2031-08-04", "since is '2031-08-04'"),
    ],
)
def test_a_mistake_in_a_filter_is_a_usage_error(field: str, value: object, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        UrlFilter(**{field: value})  # type: ignore[arg-type]


def test_a_filter_takes_lists_of_patterns() -> None:
    assert UrlFilter(include=["*/press/*"]) == UrlFilter(include=("*/press/*",))  # type: ignore[arg-type]


def test_the_end_of_a_list_that_is_missing_fails_after_its_pages(press: WebServer, tmp_path: Path) -> None:
    whole = sitemap(press.url("/a.html"), press.url("/b.html"), press.url("/c.html"))
    press.routes["/sitemap.xml"] = xml(whole[: whole.rindex("</loc>")])
    outcomes = run(press, tmp_path / "archive", "/sitemap.xml")
    assert fetched_pages(outcomes) == ["a", "b"]
    assert (outcomes[-1].state, outcomes[-1].error) == (
        "failed",
        f"{press.url('/sitemap.xml')}: the end of the list is missing; get the whole list again",
    )


def test_lists_on_other_hosts_are_left_out_and_counted(press: WebServer, tmp_path: Path) -> None:
    press.routes["/robots.txt"] = Reply("Sitemap: https://cdn.example/sitemap.xml", media_type="text/plain")
    (listed,) = run(press, tmp_path / "archive", "/robots.txt")
    assert listed.note == "0 pages wanted; left out: 1 of its further lists on other hosts"
