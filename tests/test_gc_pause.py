"""Garbage collection is paused, and afterwards as it was."""

from __future__ import annotations

import gc

import pytest

from readout_pub.gc_pause import gc_paused


def test_garbage_collection_goes_on_after_an_error() -> None:
    with pytest.raises(RecursionError), gc_paused():
        raise RecursionError
    assert gc.isenabled()


def test_garbage_collection_stays_paused_until_the_outermost_pause_ends() -> None:
    with gc_paused():
        with gc_paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()
