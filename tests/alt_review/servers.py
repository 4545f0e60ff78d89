"""A running server of `alt review` for tests."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

from readout_pub.alt.lint import AdviceLanguage, load_house_rules
from readout_pub.alt_review.photos import photos_by_page
from readout_pub.alt_review.review import Review
from readout_pub.alt_review.server import ReviewServer


def review_of(archive: Path) -> Review:
    """Return a review of the photos of an archive."""
    return Review(photos_by_page(str(archive)), str(archive), load_house_rules())


@contextlib.contextmanager
def serving(archive: Path, port: int | None = None, language: AdviceLanguage | None = None) -> Iterator[ReviewServer]:
    """Serve the photos of an archive in another thread."""
    with ReviewServer(review_of(archive), theme="plain", port=port, language=language) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
