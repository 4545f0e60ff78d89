"""Ace reports the expected rule for each broken EPUB, and nothing for valid ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readout_pub import Certifier
from tests.validators import ace
from tests.validators.epub_samples import broken_epub, valid_epub

pytestmark = [pytest.mark.slow, pytest.mark.validators]

CHAPTER, PACKAGE = "EPUB/readout.xhtml", "EPUB/package.opf"

BOOKS: dict[str, Callable[[], bytes]] = {
    "valid": valid_epub,
    "valid, with a certifier": lambda: valid_epub(Certifier("Archive", "Level 2", "https://atlantis.example/report")),
    "a photo without alternative text": lambda: broken_epub(CHAPTER, ' alt="Two ministers at the quay"', ""),
    "no metadata on hazards": lambda: broken_epub(PACKAGE, "schema:accessibilityHazard", "schema:other"),
    "grey on white": lambda: broken_epub("EPUB/style.css", "body", "p { color: #bbb } body"),
    "an empty heading": lambda: broken_epub(CHAPTER, "<h2>Tides</h2>", "<h2></h2>"),
    "not an EPUB": lambda: b"PK not really",
}

EXPECTED_RULES: dict[str, set[str]] = {
    "valid": set(),
    "valid, with a certifier": set(),
    "a photo without alternative text": {"image-alt"},
    "no metadata on hazards": {"metadata-accessibilityhazard"},
    "grey on white": {"color-contrast"},
    "an empty heading": {"empty-heading"},
    "not an EPUB": {"unreadable"},
}


def test_each_broken_epub_gives_its_rule_and_valid_ones_give_none(tmp_path: Path) -> None:
    paths = {name: tmp_path / f"{number}.epub" for number, name in enumerate(BOOKS)}
    for name, path in paths.items():
        path.write_bytes(BOOKS[name]())
    findings = ace.validate(list(paths.values()))
    assert {name: {each.rule for each in findings[path]} for name, path in paths.items()} == EXPECTED_RULES
