"""EPUBCheck reports the expected rule for each broken EPUB, and nothing for valid ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readout_pub import Certifier
from tests.validators import epubcheck
from tests.validators.epub_samples import broken_epub, valid_epub

pytestmark = [pytest.mark.slow, pytest.mark.validators]

CHAPTER, PACKAGE = "EPUB/readout.xhtml", "EPUB/package.opf"

BOOKS: dict[str, Callable[[], bytes]] = {
    "valid": valid_epub,
    "valid, with a certifier": lambda: valid_epub(Certifier("Archive", "Level 2", "https://atlantis.example/report")),
    "valid, with a contact": lambda: valid_epub(contact="access@atlantis.example"),
    "a broken link": lambda: broken_epub("EPUB/contents.xhtml", "#section-1", "#lost"),
    "no language": lambda: broken_epub(PACKAGE, "<dc:language>en</dc:language>", ""),
    "a photo missing from the manifest": lambda: broken_epub(CHAPTER, 'src="photos/', 'src="pictures/'),
    "no table of contents": lambda: broken_epub(PACKAGE, ' properties="nav"', ""),
    "an invalid date": lambda: broken_epub(PACKAGE, "</dc:title>", "</dc:title><dc:date>yesterday</dc:date>"),
    "not an EPUB": lambda: b"PK not really",
}

EXPECTED_RULES: dict[str, set[str]] = {
    "valid": set(),
    "valid, with a certifier": set(),
    "valid, with a contact": set(),
    "a broken link": {"RSC-012"},
    "no language": {"RSC-005"},
    "a photo missing from the manifest": {"RSC-007"},
    "no table of contents": {"RSC-005"},
    "an invalid date": {"OPF-053"},
    "not an EPUB": {"PKG-003", "PKG-008"},
}


def test_each_broken_epub_gives_its_rule_and_valid_ones_give_none(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{number}.epub" for number, name in enumerate(BOOKS)}
    for name, path in paths.items():
        path.write_bytes(BOOKS[name]())
    findings = epubcheck.validate(list(paths.values()))
    assert {name: {each.rule for each in findings[path]} for name, path in paths.items()} == EXPECTED_RULES
