"""`profile`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import readout_pub
from tests.cli.conftest import Command
from tests.pages import jpeg
from tests.sources.web.server import Reply, WebServer


def test_the_list_shows_publisher_host_and_layouts_of_a_profile(run: Command) -> None:
    result = run("profile", "list")
    assert result.code == 0
    assert "mofa              Ministry of Foreign Affairs of Japan\n" in result.out
    assert "                  mofa.go.jp: present, 2010, tables\n" in result.out


def test_the_list_in_json_has_hosts_and_layouts(run: Command) -> None:
    (mofa,) = [each for each in json.loads(run("profile", "list", "--json").out) if each["site"] == "mofa"]
    assert mofa["hosts"] == ["mofa.go.jp"]
    assert mofa["layouts"] == ["present", "2010", "tables"]


@pytest.mark.slow
def test_a_profile_drafted_from_two_pages_passes_its_check(run: Command, page: Path) -> None:
    other = page.with_name("boats.html")
    other.write_text(page.read_text("utf-8").replace("tides", "boats").replace("4 August", "5 August"), "utf-8")
    for name in ("tides.jpg", "boats.jpg"):
        page.with_name(name).write_bytes(jpeg())
    drafted = run("profile", "new", page, other, "-o", "sites/sea")
    assert (drafted.code, drafted.out.splitlines()[0]) == (0, "sites/sea/profile.toml")
    unread = run("profile", "check", "sites/sea")
    assert unread.code == 1
    assert "FAILED  sites/sea/cases/tides\n        readout: there is no readout.json yet;" in unread.out
    accepted = run("profile", "check", "sites/sea", "--accept")
    assert "wrote sites/sea/cases/tides/readout.json; read it before you commit it" in accepted.err
    assert (accepted.code, accepted.out) == (0, "ok      sites/sea/cases/boats\nok      sites/sea/cases/tides\n")


@pytest.mark.slow
def test_a_check_prints_warnings_and_does_not_fail_because_of_them(run: Command, tides: Path) -> None:
    (tides / "profile.toml").write_text(PROFILE + 'drop = [".fish"]\n', "utf-8")
    (tides / "cases/whole").mkdir(parents=True)
    (tides / "cases/whole/page.html").write_bytes((tides.parents[1] / "saved/whole.html").read_bytes())
    checked = run("profile", "check", tides, "--accept")
    assert (checked.code, checked.out.splitlines()[0]) == (0, f"ok      {tides}/cases/whole")
    assert "        warning: selectors: " in checked.out
    assert "drop[0]: '.fish' matches nothing in any case; correct it, or add a case that it matches" in checked.out


PROFILE = """\
hosts = ["tides.example"]
publisher.en = "Office of Tides"

[[layout]]
name = "new"
marker = "main.tides"
body = "main.tides"
title = "h1"
date = ".day"
"""
TEXT = "<p>The Ministers met in the harbour and talked about fish, nets and tides for an hour.</p>" * 3


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    """Save a profile and three pages, and return the folder of the profile.

    The path is absolute: profiles are cached by path, and a relative path would be the same in every test.
    """
    (tmp_path / "sites/tides").mkdir(parents=True)
    (tmp_path / "sites/tides/profile.toml").write_text(PROFILE, "utf-8")
    (tmp_path / "saved").mkdir()
    pages = {
        "whole": f'<main class="tides"><h1>Talks</h1><p class="day">4 May 2031</p>{TEXT}</main>',
        "undated": f'<main class="tides"><h1>Talks</h1>{TEXT}</main>',
        "old": f"<div><h1>Talks</h1>{TEXT}</div>",
    }
    for name, body in pages.items():
        (tmp_path / f"saved/{name}.html").write_text(f"<html><body>{body}</body></html>", "utf-8")
    return tmp_path / "sites/tides"


def test_a_table_shows_pages_without_a_layout_or_a_field(run: Command, tides: Path, tmp_path: Path) -> None:
    ran = run("profile", "check", tides, "--pages", tmp_path / "saved")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "         layout                    title  date  page",
        "FAILED   none                      yes    no    old.html",
        "         no element matches its marker: tides/new",
        "ok       tides/new                 yes    no    undated.html",
        "3 pages: 2 tides/new, 1 no layout",
        "0 without title; 2 without date",
    ]


def test_a_table_as_json_has_every_page(run: Command, tides: Path, tmp_path: Path) -> None:
    fits = json.loads(run("profile", "check", tides, "--pages", tmp_path / "saved", "--json").out)
    assert [each["page"] for each in fits] == ["old.html", "undated.html", "whole.html"]
    assert fits[2] == {"page": "whole.html", "layout": "tides/new", "title": "Talks", "date": "4 May 2031"}


def test_a_check_of_pages_needs_one_profile_and_refuses_accept(run: Command, tmp_path: Path) -> None:
    several = run("profile", "check", str(Path(readout_pub.__file__).parent / "sites"), "--pages", tmp_path)
    assert several.code == 2
    assert "name one of them" in several.err
    assert run("profile", "check", "mofa", "--pages", tmp_path, "--accept").code == 2


def test_a_live_check_fails_on_a_page_that_matches_no_layout(run: Command, tides: Path) -> None:
    with WebServer() as server:
        server.routes["/list.html"] = Reply('<html><body><a href="/talks/1.html">Talks on the tides</a></body></html>')
        server.routes["/talks/1.html"] = Reply(f"<html><body><article><h1>Talks</h1>{TEXT}</article></body></html>")
        start = f'[index]\nstart = ["{server.url("/list.html")}"]\n\n[[layout]]'
        own = PROFILE.replace("tides.example", "127.0.0.1").replace("[[layout]]", start)
        (tides / "profile.toml").write_text(own, "utf-8")
        refused = run("profile", "check", tides, "--live")
        ran = run("profile", "check", tides, "--live", "--allow-host", server.authority, "--delay", "0")
    assert "--allow-host" in refused.out
    assert ran.code == 1
    assert ran.out.splitlines()[1:3] == [
        f"FAILED   none                      yes    no    {server.url('/talks/1.html')}",
        "         no element matches its marker: tides/new",
    ]


@pytest.mark.slow
def test_a_page_that_takes_too_long_fails_and_is_not_accepted(run: Command, tmp_path: Path) -> None:
    case = tmp_path / "sites" / "slow" / "cases" / "long"
    case.mkdir(parents=True)
    (case.parents[1] / "profile.toml").write_text(PROFILE, "utf-8")
    # Reading this page takes 3 seconds on a fast machine.
    (case / "page.html").write_text(f"<main class=tides><h1>Talks</h1>{TEXT * 5000}</main>", "utf-8")
    for options in ((), ("--pages", case)):
        checked = run("profile", "check", case.parents[1], "--page-timeout", "0.3", *options)
        assert checked.code == 1
        assert "it took longer than 0.3 seconds, the limit of --page-timeout" in checked.out
    assert run("profile", "check", case.parents[1], "--page-timeout", "0.3", "--accept").code == 1
    assert not (case / "readout.json").exists()


# At the time limit, the handler of SIGALRM raises OutOfTime. If the signal arrives within a callback, such as that of a
# weak reference, Python drops the exception, and pytest reports a warning. The limit works nevertheless: at the
# end of the page, the program raises OutOfTime again.
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_profile_new_refuses_a_page_that_takes_too_long_and_writes_nothing(run: Command, tmp_path: Path) -> None:
    page = tmp_path / "long.html"
    page.write_text(f"<main class=tides><h1>Talks</h1>{TEXT * 5000}</main>", "utf-8")
    drafted = run("profile", "new", page, "-o", tmp_path / "sites/tides", "--page-timeout", "0.2")
    assert (drafted.code, drafted.out) == (1, "")
    assert f"{page}: it took longer than 0.2 seconds, the limit of --page-timeout" in drafted.err
    assert list(tmp_path.iterdir()) == [page]


def test_control_characters_of_a_profile_are_not_printed(run: Command, tides: Path) -> None:
    (tides / "profile.toml").write_text(PROFILE.replace('publisher.en = "', 'publisher.en = "\u202e'), "utf-8")
    listed = run("profile", "list", "--sites", tides.parent).out
    assert "\\u202e" in listed
    assert "\u202e" not in listed
