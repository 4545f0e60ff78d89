from __future__ import annotations

import re

import pytest

from readout_pub.extract.generic.weights import load_weights

PATTERNS = (*load_weights().opening_phrases, *load_weights().contained_phrases)


@pytest.mark.parametrize("pattern", [pattern.pattern for _, pattern in PATTERNS])
def test_phrases_are_lower_case_like_the_text_they_are_matched_with(pattern: str) -> None:
    letters = re.sub(r"\\[BDSW]", "", pattern)
    assert letters == letters.lower()
