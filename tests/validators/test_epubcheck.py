"""EPUBCheck sees what it is there to see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readout_pub import Certifier
from tests.validators import epubcheck
from tests.validators.books import broken, sound

pytestmark = [pytest.mark.slow, pytest.mark.validators]

CHAPTER, PACKAGE = "EPUB/readout.xhtml", "EPUB/package.opf"

BOOKS: dict[str, Callable[[], bytes]] = {
    "sound": sound,
    "sound, and certified": lambda: sound(Certifier("Archive", "Level 2", "https://atlantis.example/report")),
    "a link to nowhere": lambda: broken("EPUB/contents.xhtml", "#section-1", "#lost"),
    "no language": lambda: broken(PACKAGE, "<dc:language>en</dc:language>", ""),
    "a photo that is not listed": lambda: broken(CHAPTER, 'src="photos/', 'src="pictures/'),
    "no table of contents": lambda: broken(PACKAGE, ' properties="nav"', ""),
    "a date that is none": lambda: broken(PACKAGE, "</dc:title>", "</dc:title><dc:date>yesterday</dc:date>"),
    "no book at all": lambda: b"PK not really",
}

FOUND: dict[str, set[str]] = {
    "sound": set(),
    "sound, and certified": set(),
    "a link to nowhere": {"RSC-012"},
    "no language": {"RSC-005"},
    "a photo that is not listed": {"RSC-007"},
    "no table of contents": {"RSC-005"},
    "a date that is none": {"OPF-053"},
    "no book at all": {"PKG-003", "PKG-008"},
}


def test_each_broken_book_fails_by_its_rule_and_the_sound_one_passes(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{number}.epub" for number, name in enumerate(BOOKS)}
    for name, path in paths.items():
        path.write_bytes(BOOKS[name]())
    verdicts = epubcheck.judge(list(paths.values()))
    assert {name: {each.rule for each in verdicts[path]} for name, path in paths.items()} == FOUND
