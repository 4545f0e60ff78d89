"""Which way a language is written: that of its script."""

from __future__ import annotations

import pytest

from readout_pub.emit.direction import direction


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ur-Latn-PK", "ltr"), ("ja", "ltr")],
)
def test_the_direction_of_a_language_is_that_of_its_script(language: str, expected: str) -> None:
    assert direction(language) == expected
