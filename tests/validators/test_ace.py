"""Ace sees what it is there to see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readout_pub import Certifier
from tests.validators import ace
from tests.validators.books import broken, sound

pytestmark = [pytest.mark.slow, pytest.mark.validators]

CHAPTER, PACKAGE = "EPUB/readout.xhtml", "EPUB/package.opf"

BOOKS: dict[str, Callable[[], bytes]] = {
    "sound": sound,
    "sound, and certified": lambda: sound(Certifier("Archive", "Level 2", "https://atlantis.example/report")),
    "a photo without alternative text": lambda: broken(CHAPTER, ' alt="Two ministers at the quay"', ""),
    "no word on hazards": lambda: broken(PACKAGE, "schema:accessibilityHazard", "schema:other"),
    "grey on white": lambda: broken("EPUB/style.css", "body", "p { color: #bbb } body"),
    "a heading that is missing": lambda: broken(CHAPTER, "<h2>Tides</h2>", "<h2></h2>"),
    "no book at all": lambda: b"PK not really",
}

FOUND: dict[str, set[str]] = {
    "sound": set(),
    "sound, and certified": set(),
    "a photo without alternative text": {"image-alt"},
    "no word on hazards": {"metadata-accessibilityhazard"},
    "grey on white": {"color-contrast"},
    "a heading that is missing": {"empty-heading"},
    "no book at all": {"unreadable"},
}


def test_each_broken_book_fails_by_its_rule_and_the_sound_one_passes(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{number}.epub" for number, name in enumerate(BOOKS)}
    for name, path in paths.items():
        path.write_bytes(BOOKS[name]())
    verdicts = ace.judge(list(paths.values()))
    assert {name: {each.rule for each in verdicts[path]} for name, path in paths.items()} == FOUND
