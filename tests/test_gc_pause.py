"""Garbage collection is paused, then enabled again if it was enabled before. Trees of pages are freed without it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from bs4.element import PageElement

from readout_pub import convert
from readout_pub.gc_pause import gc_paused


def test_garbage_collection_runs_again_after_an_error() -> None:
    with pytest.raises(RecursionError), gc_paused():
        raise RecursionError
    assert gc.isenabled()


def test_garbage_collection_stays_paused_until_the_outermost_pause_ends() -> None:
    with gc_paused():
        with gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.slow
@pytest.mark.parametrize("site", ["none", None])
def test_the_tree_of_a_page_is_freed_without_garbage_collection(site: str | None, tmp_path: Path) -> None:
    page = tmp_path / "tides.html"
    page.write_text(f"<title>Tides</title><h1>Tides</h1>{'<p>The tides are <b>high</b> today.</p>' * 40}", "utf-8")
    convert(page, [], site=site)  # fills the caches, which stay in memory
    gc.collect()
    with gc_paused():
        before = _count_nodes()
        convert(page, [], site=site)
        assert _count_nodes() - before < 40  # a whole tree has more: 40 paragraphs, and other nodes


def _count_nodes() -> int:
    return sum(isinstance(each, PageElement) for each in gc.get_objects())
