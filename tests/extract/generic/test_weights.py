from __future__ import annotations

import re

import pytest

from readout_pub.extract.generic.weights import evidence


@pytest.mark.parametrize("pattern", [pattern.pattern for _, pattern in (*evidence().opening, *evidence().anywhere)])
def test_phrases_are_in_small_letters_since_they_are_looked_for_in_such(pattern: str) -> None:
    letters = re.sub(r"\\[BDSW]", "", pattern)
    assert letters == letters.lower()
