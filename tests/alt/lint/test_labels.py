"""Labels, placeholders and file names that say nothing about a photo, and short descriptions that resemble them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from readout_pub.alt.context import PhotoInContext
from readout_pub.alt.lint import lint_photo, load_house_rules
from readout_pub.model import Described

LABELS = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
PAGES = {
    "en": ("Avalon-Sorvia Foreign Ministers' Meeting", "Minister Korvin met Alena Velde of Sorvia in Linden."),
    "ja": ("日・ソルビア外相会談", "島部外務大臣は5月3日、ベルデ外相と会談しました。両大臣は漁業協定に署名しました。"),
}
SITES = {"en": "Ministry of Foreign Affairs of Avalon", "ja": "アバロン外務省"}


def has_error(text: str, language: str) -> bool:
    title, body = PAGES[language]
    photo = PhotoInContext(
        id="0",
        archive="saved",
        page="talks.html",
        file="img/a7.jpg",
        alt=Described(text),
        title=title,
        after=body,
        page_text=f"{title} {body}",
        language=language,
        site_name=SITES[language],
    )
    return any(found.level == "error" for found in lint_photo(photo, load_house_rules("wai")))


@pytest.mark.parametrize("language", LABELS)
def test_texts_that_say_nothing_are_errors(language: str) -> None:
    assert [text for text in LABELS[language]["says_nothing"] if not has_error(text, language)] == []


@pytest.mark.parametrize("language", LABELS)
def test_short_descriptions_are_no_errors(language: str) -> None:
    assert [text for text in LABELS[language]["describes"] if has_error(text, language)] == []
