"""Checks of a profile on pages that are not its test cases: saved pages, and pages of the live site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from readout_pub import FetchPolicy
from readout_pub.profile_tools import PageFit, check_live, check_pages, sites_named
from tests.extract.lemuria import LEMURIA, sites
from tests.sources.web.server import Reply, WebServer

TEXT = "<p>The Ministers met in the harbour and talked about fish, nets and tides for an hour.</p>" * 3


def document(markup: str, container: str = 'main class="lemuria"') -> str:
    return f'<html lang="en"><body><p>Menu.</p><{container}>{markup}</main></body></html>'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of sites with the profile of Lemuria, with a selector for the date added."""
    (tmp_path / "sites").mkdir()
    return sites(tmp_path / "sites", lemuria=LEMURIA.replace('title = "h1"', 'title = "h1"\ndate = ".day"'))


def fits(folder: Path, **pages: str) -> list[PageFit]:
    saved = folder.parent / "saved"
    saved.mkdir()
    for name, markup in pages.items():
        (saved / f"{name}.html").write_text(markup, "utf-8")
    return list(check_pages(saved, "lemuria", [folder]))


def test_a_check_gives_the_layout_and_any_title_and_date(folder: Path) -> None:
    page = document(f'<h1>Talks</h1><p class="day">4 May 2031</p>{TEXT}')
    assert fits(folder, a=page, b=document(TEXT)) == [
        PageFit("a.html", "lemuria/present", "Talks", "4 May 2031"),
        PageFit("b.html", "lemuria/present"),
    ]


def test_a_page_that_no_layout_reads_has_the_reason_for_each_layout(folder: Path) -> None:
    (fit,) = fits(folder, a=document(TEXT, "main"))
    assert (fit.layout, fit.problems) == (None, ("no element matches its marker: lemuria/present, lemuria/old",))


def test_a_selector_with_several_matches_is_a_problem(folder: Path) -> None:
    (fit,) = fits(folder, a=document(f"<h1>Talks</h1><h1>Fish</h1>{TEXT}"))
    assert fit.title == "Talks"
    assert fit.problems == (
        "2 elements match 'h1', the title of profile 'lemuria/present'; the first with text was taken",
    )


def test_a_page_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    broken, whole = fits(folder, a="<p></p>", b=document(TEXT))
    assert broken.problems
    assert whole.layout == "lemuria/present"


def test_a_page_of_a_host_without_a_profile_gives_no_problem(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    canonical = '<link rel="canonical" href="https://mu.example/a.html">'
    page.write_text(f"<html><head>{canonical}</head><body><h1>Talks</h1>{TEXT}</body></html>", "utf-8")
    (fit,) = check_pages(page, None, [folder])
    assert (fit.layout, fit.problems) == (None, ())


# --- pages of the live site


@pytest.fixture
def server() -> Iterator[WebServer]:
    """The site of Lemuria: a list of two documents, one of them with a new design."""
    links = "".join(
        f'<li><a href="/talks/{name}.html">Talks on {name} in Lemuria</a></li>' for name in ("fish", "nets")
    )
    with WebServer() as server:
        server.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /talks/secret", media_type="text/plain")
        server.routes["/list.html"] = Reply(f"<html><body><h1>Talks</h1><ul>{links}</ul></body></html>")
        server.routes["/talks/fish.html"] = Reply(document(f'<h1>Fish</h1><img src="/fish.jpg">{TEXT}'))
        server.routes["/talks/nets.html"] = Reply(document(f"<h1>Nets</h1>{TEXT}", "main"))
        yield server


def live(folder: Path, server: WebServer, start: str = "/list.html") -> list[PageFit]:
    path = folder / "lemuria/profile.toml"
    index = f'[index]\ndocuments = ["/talks/*.html"]\nstart = ["{server.url(start)}"]\n'
    profile = LEMURIA.replace("lemuria.example", "127.0.0.1").replace("[licence]", f"{index}\n[licence]")
    path.write_text(profile, "utf-8")
    (profile_of_lemuria,) = sites_named(str(folder / "lemuria"))
    return list(check_live(profile_of_lemuria, FetchPolicy(delay=0.0, allowed_hosts=(server.authority,), cache=None)))


def test_the_listed_documents_are_requested_without_their_photos(folder: Path, server: WebServer) -> None:
    fish, nets = live(folder, server)
    assert (fish.page, fish.layout, fish.problems) == (server.url("/talks/fish.html"), "lemuria/present", ())
    assert (nets.layout, nets.problems) == (None, ("no element matches its marker: lemuria/present, lemuria/old",))
    assert {request.path for request in server.log} == {
        "/robots.txt", "/list.html", "/talks/fish.html", "/talks/nets.html",
    }  # fmt: skip


def test_robots_txt_is_obeyed(folder: Path, server: WebServer) -> None:
    server.routes["/robots.txt"] = Reply("User-agent: *\nDisallow: /talks/", media_type="text/plain")
    problems = [fit.problems for fit in live(folder, server)]
    assert len(problems) == 2
    assert all("robots.txt" in problem for (problem,) in problems)
    assert not any(request.path.startswith("/talks/") for request in server.log)


@pytest.mark.parametrize(
    ("body", "problem"),
    [("<p>No news.</p>", "this index page lists no document; correct `start`"), (None, "there is no such page (404")],
)
def test_a_list_without_documents_is_a_problem(body: str | None, problem: str, folder: Path, server: WebServer) -> None:
    if body:
        server.routes["/empty.html"] = Reply(f"<html><body>{body}</body></html>")
    (fit,) = live(folder, server, "/empty.html")
    assert fit.page == server.url("/empty.html")
    assert problem in fit.problems[0]


def test_a_private_address_is_refused_by_default(folder: Path, server: WebServer) -> None:
    live(folder, server)
    (profile,) = sites_named(str(folder / "lemuria"))
    (fit,) = check_live(profile, FetchPolicy())
    assert f"allow it with --allow-host {server.authority}" in fit.problems[0]
