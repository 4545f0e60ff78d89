"""Names of months in all languages of months.toml."""

import pytest

from readout_pub.months import month_names, month_of


@pytest.mark.parametrize(
    ("name", "language", "month"),
    [
        ("August", "en", 8),
        ("SEPT", "en", 9),
        ("août", "fr", 8),
        ("Jänner", "de", 1),
        ("августа", "ru", 8),
        ("augusztus", "hu", 8),
        ("fishing", "en", None),
    ],
)
def test_a_month_is_known_by_its_name_in_any_case(name: str, language: str, month: int | None) -> None:
    assert month_of(name, language) == month


def test_the_language_decides_between_months_with_the_same_name() -> None:
    assert month_of("listopad", "pl-PL") == 11
    assert month_of("listopad", "hr") == 10
    assert month_of("listopad", "PL") == 11


def test_the_names_of_a_language_are_in_the_order_of_months() -> None:
    names = month_names("en")
    assert len(names) == 12
    assert names[8] == ("sep", "sept", "september")


def test_each_listed_name_is_read_as_its_month() -> None:
    assert all(month_of(name, "de") == month for month, names in enumerate(month_names("de"), 1) for name in names)
