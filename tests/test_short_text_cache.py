"""The cache for short texts computes each result once, and keeps no long text in memory."""

from __future__ import annotations

import gc
import weakref

import pytest

from readout_pub.short_text_cache import cached_for_short_texts


class _Text(str):
    """A text to which a weak reference can point."""

    __slots__ = ("__weakref__",)


def test_the_result_for_a_short_text_is_computed_once() -> None:
    computed = []

    @cached_for_short_texts
    def count(text: str, sign: str) -> int:
        computed.append(text)
        return text.count(sign)

    assert [count("a-b", "-"), count("a-b", "-"), count("a-b", "a")] == [1, 1, 1]
    assert computed == ["a-b", "a-b"]


@pytest.mark.slow
def test_a_long_text_is_not_kept() -> None:
    @cached_for_short_texts
    def count(text: str) -> int:
        return len(text)

    text = _Text("tide " * 1000)
    kept = weakref.ref(text)
    assert count(text) == 5000
    del text
    gc.collect()
    assert kept() is None
