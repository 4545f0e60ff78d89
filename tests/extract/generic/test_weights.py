from __future__ import annotations

import re

import pytest

from readout_pub.extract.generic.weights import load_weights

PATTERNS = (*load_weights().opening_phrases, *load_weights().contained_phrases)


@pytest.mark.parametrize("pattern", [pattern.pattern for _, pattern in PATTERNS])
def test_phrases_are_in_small_letters_since_they_are_looked_for_in_such(pattern: str) -> None:
    letters = re.sub(r"\\[BDSW]", "", pattern)
    assert letters == letters.lower()
