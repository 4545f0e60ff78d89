"""How the benchmarks start, pin and compare the peers, which are extractors of other projects."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from benchmarks import peers
from benchmarks.peers import programs
from benchmarks.peers.candidate import candidate_from
from benchmarks.score import main

HERE = Path(peers.__file__).parent

ECHO = """
import json, sys
print("ready", flush=True)
for line in sys.stdin:
    print(json.dumps({"title": open(line.strip(), encoding="utf-8").read()}), flush=True)
"""

ARTICLE = """<div><h2>Trade</h2><p>They spoke of <b>fish</b>.</p>
<figure><img src="/media/fish.jpg" alt="A dolphin"><figcaption>Two <i>dolphins</i></figcaption></figure>
<ol type="disc"><li>Tides</li></ol><img src="tide.png"></div>"""


def test_a_peer_answers_each_page_in_order(tmp_path: Path) -> None:
    program = tmp_path / "echo.py"
    program.write_text(ECHO)
    pages = [tmp_path / "1.html", tmp_path / "2.html"]
    for page in pages:
        page.write_text(f"Talks {page.stem}")
    found = list(programs.responses([sys.executable, str(program)], pages))
    assert found == [{"title": "Talks 1"}, {"title": "Talks 2"}]


def test_a_peer_that_does_not_start_raises_an_error_with_its_command(tmp_path: Path) -> None:
    with pytest.raises(ChildProcessError, match=r"did not start: [^ ]+python[^ ]* [^ ]+ lost"):
        next(programs.responses([sys.executable, str(tmp_path / "none.py"), "lost"], [tmp_path]))


def test_a_peers_html_becomes_a_candidate() -> None:
    found = candidate_from({"title": "Talks on Fish", "date": "2031-05-01T09:00:00Z", "lang": "en", "html": ARTICLE})
    assert found == {
        "title": "Talks on Fish",
        "series": None,
        "date": "2031-05-01",
        "lang": "en",
        "text": "Talks on Fish\nTrade\nThey spoke of fish.\nTwo dolphins\n1. Tides",
        "headings": [[2, "Trade"]],
        "photos": [
            {"src": "/media/fish.jpg", "alt": "A dolphin", "caption": "Two dolphins"},
            {"src": "tide.png", "alt": "", "caption": ""},
        ],
    }


def test_the_candidate_of_a_failed_peer_is_empty() -> None:
    found = candidate_from({"error": "ValueError"})
    assert (found["title"], found["date"], found["text"], found["photos"]) == (None, None, "", [])


@pytest.mark.parametrize("name", peers.EXTRACTORS)
def test_every_peer_has_a_function_in_its_program(name: str) -> None:
    *_, program, function, output = peers.command(name, peers.TEXT)
    assert (function, output) == (name, "text")
    assert re.search(rf"^async function {name}|\b{name}\b.*:", Path(program).read_text("utf-8"), re.MULTILINE)


def test_npm_packages_are_pinned_by_hash_and_name_no_registry() -> None:
    packages = json.loads((HERE / "package-lock.json").read_text("utf-8"))["packages"]
    installed = [each for name, each in packages.items() if name]
    assert installed
    assert all(each["integrity"].startswith("sha512-") and "resolved" not in each for each in installed)


SCORE_SCRIPT = """
import json, pathlib, sys
out, *arguments = sys.argv[1:]
(page,) = pathlib.Path(out).glob("*.json")
result = pathlib.Path(arguments[arguments.index("--json") + 1])
title = json.loads(page.read_text("utf-8"))["title"] or ""
result.write_text(json.dumps({"summary": {"letters of the title": len(title)}}))
"""


def test_the_program_and_the_peers_are_in_one_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    program = tmp_path / "echo.py"
    program.write_text(ECHO)
    monkeypatch.setattr(peers, "install", lambda: None)
    monkeypatch.setattr(peers, "EXTRACTORS", {"echo": "echo.py"})
    monkeypatch.setattr(peers, "command", lambda *_: [sys.executable, str(program)])
    page = "<title>Talks</title><h1>Talks</h1><p>They spoke of fish and of tides.</p>"
    for name, text in (
        ("pages/1.html", page),
        ("gold/1.json", json.dumps({"page": "1.html"})),
        ("score.py", SCORE_SCRIPT),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert main(["corpus", str(tmp_path), "--peers"]) == 0
    assert [line.split() for line in capfd.readouterr().out.splitlines()] == [
        ["readout-pub", "echo"],
        ["letters", "of", "the", "title", "5.0", f"{len(page)}.0"],
    ]
