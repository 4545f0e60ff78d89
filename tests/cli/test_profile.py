"""`profile`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command
from tests.pages import jpeg


def test_list_shows_hosts_and_layouts_of_every_profile(run: Command) -> None:
    result = run("profile", "list")
    assert result.code == 0
    assert "mofa              Ministry of Foreign Affairs of Japan\n" in result.out
    assert "                  mofa.go.jp: present, 2010, tables\n" in result.out


def test_list_as_json_has_hosts_and_layouts(run: Command) -> None:
    (mofa,) = [each for each in json.loads(run("profile", "list", "--json").out) if each["site"] == "mofa"]
    assert mofa["hosts"] == ["mofa.go.jp"]
    assert mofa["layouts"] == ["present", "2010", "tables"]


def test_a_profile_drafted_from_two_pages_passes_its_check(run: Command, page: Path) -> None:
    other = page.with_name("boats.html")
    other.write_text(page.read_text("utf-8").replace("tides", "boats").replace("4 August", "5 August"), "utf-8")
    for name in ("tides.jpg", "boats.jpg"):
        page.with_name(name).write_bytes(jpeg())
    drafted = run("profile", "new", page, other, "--into", "sites/sea")
    assert (drafted.code, drafted.out.splitlines()[0]) == (0, "sites/sea/profile.toml")
    unread = run("profile", "check", "sites/sea")
    assert unread.code == 1
    assert "FAILED  sites/sea/cases/tides\n        readout: there is no readout.json yet;" in unread.out
    accepted = run("profile", "check", "sites/sea", "--accept")
    assert "wrote sites/sea/cases/tides/readout.json; read it before you commit it" in accepted.err
    assert (accepted.code, accepted.out) == (0, "ok      sites/sea/cases/boats\nok      sites/sea/cases/tides\n")
