"""Messages of the program: some languages have all of them, and all other languages get the English ones."""

from __future__ import annotations

import msgspec
import pytest

from readout_pub.emit.messages import MESSAGES, messages_for


@pytest.mark.parametrize("language", MESSAGES)
def test_each_language_with_messages_has_all_of_them(language: str) -> None:
    words = msgspec.structs.asdict(MESSAGES[language])
    assert [name for name, word in words.items() if name != "lang_attributes" and not "".join(word).strip()] == []


def test_english_and_japanese_messages_ignore_region_and_case() -> None:
    assert messages_for("en-GB") == messages_for("en")
    assert messages_for("JA").notes == "注"


@pytest.mark.parametrize("language", ["zh-TW", "zh-Hant", "zh-Hant-HK", "zh-HK"])
def test_traditional_chinese_has_its_own_messages(language: str) -> None:
    assert messages_for(language).contents == "目錄"


@pytest.mark.parametrize("language", ["zh-CN", "zh-Hans", "zh-Hans-HK"])
def test_simplified_chinese_has_its_own_messages(language: str) -> None:
    assert messages_for(language).contents == "目录"


def test_english_messages_on_other_pages_have_language_attributes() -> None:
    assert messages_for("fi").notes == "Notes"
    assert messages_for("fi").lang_attributes == ' lang="en" dir="ltr"'
    assert messages_for("en").lang_attributes == messages_for("fr").lang_attributes == ""


@pytest.mark.parametrize(("language", "source"), [("fa", "منبع"), ("ur-PK", "ماخذ"), ("hi", "स्रोत")])
def test_persian_urdu_and_hindi_have_their_own_messages(language: str, source: str) -> None:
    assert messages_for(language).source == source
    assert messages_for(language).lang_attributes == ""
