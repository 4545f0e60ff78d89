"""`./dev bench fetch` times a run of `fetch`, and the same requests on one bare connection."""

from __future__ import annotations

import pytest

from benchmarks import fetch


@pytest.mark.slow
def test_a_run_and_the_bare_requests_are_both_timed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "PAGES", 2)
    ours, bare = fetch.time_fetch()
    requests = 1 + 2 * (1 + fetch.PHOTOS)
    assert min(ours, bare) >= requests * fetch.LATENCY
