"""The messages of the review page: complete in each language, and chosen by the language of the user."""

from __future__ import annotations

import re

import pytest

from readout_pub.alt_review.review_messages import LANGUAGES, language_of_environment, review_messages


def placeholders(words: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", words))


def test_each_translation_has_the_placeholders_of_the_english_message() -> None:
    english = review_messages("en")
    for language in LANGUAGES:
        for section, words in review_messages(language).items():
            assert {name: set(placeholders(each)) for name, each in words.items()} == {
                name: set(placeholders(each)) for name, each in english[section].items()
            }, (language, section)


def test_no_latin_punctuation_follows_a_japanese_character() -> None:
    for words in review_messages("ja").values():
        assert not [each for each in words.values() if re.search(r"[^\x00-\x7f][.,:;?!]", each)]


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ja_JP.eucJP"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "", "LC_ALL": "ja"}, "ja"),
    ],
)
def test_environment_variables_decide_the_language_of_a_worklist(environment: dict[str, str], language: str) -> None:
    assert language_of_environment(environment) == language
