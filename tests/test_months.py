"""Names of months in all languages of months.toml."""

import itertools
import tomllib
import unicodedata
from importlib import resources

import pytest

from readout_pub.months import month_names, month_of

LANGUAGES = tuple(tomllib.loads(resources.files("readout_pub").joinpath("months.toml").read_text("utf-8")))
TWO_SCRIPTS = frozenset({"sr"})
"""Languages that are written in two scripts: Serbian, in Cyrillic and Latin."""


@pytest.mark.parametrize(
    ("name", "language", "month"),
    [
        ("August", "en", 8),
        ("SEPT", "en", 9),
        ("août", "fr", 8),
        ("Jänner", "de", 1),
        ("августа", "ru", 8),
        ("augusztus", "hu", 8),
    ],
)
def test_a_month_is_known_by_its_name_in_upper_or_lower_case(name: str, language: str, month: int) -> None:
    assert month_of(name, language) == month


def test_a_word_that_names_no_month_gives_none() -> None:
    assert month_of("fishing", "en") is None


def test_the_language_decides_between_months_with_the_same_name() -> None:
    assert month_of("listopad", "pl-PL") == 11
    assert month_of("listopad", "hr") == 10
    assert month_of("listopad", "PL") == 11


def test_the_names_of_a_language_are_in_the_order_of_months() -> None:
    names = month_names("en")
    assert len(names) == 12
    assert names[8] == ("sep", "sept", "september")


def test_each_german_name_is_read_as_its_month() -> None:
    assert all(month_of(name, "de") == month for month, names in enumerate(month_names("de"), 1) for name in names)


def test_no_language_has_all_names_of_another() -> None:
    names = {language: set(itertools.chain(*month_names(language))) for language in LANGUAGES}
    assert [(one, other) for one, other in itertools.permutations(names, 2) if names[one] <= names[other]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_twelve_months_in_the_scripts_it_uses(language: str) -> None:
    months = month_names(language)
    letters = filter(str.isalpha, itertools.chain.from_iterable(itertools.chain(*months)))
    scripts = {unicodedata.name(letter).split()[0] for letter in letters}
    assert len(scripts) == (2 if language in TWO_SCRIPTS else 1)
    assert len(months) == 12
    assert all(months)


def test_the_hindi_name_of_may_is_read_although_it_has_two_letters() -> None:
    assert month_of("मई", "hi") == 5
