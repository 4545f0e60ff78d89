"""Compares the CPU time of writing laid-out pages as a PDF with our tags and without tags.

Each document is written twice: by WeasyPrint without tags, and by us with tags. We do more than add tags: for example,
we write metadata and check that the pages show all text. The two writes take turns, so that other programs on the
machine affect both in the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import weasyprint

from readout_pub import convert
from readout_pub.emit.pdf import layout
from readout_pub.emit.pdf.weasyprint_adapter import TaggedHTML

if TYPE_CHECKING:
    from pathlib import Path

WARM_UPS, RUNS = 2, 15
"""Runs that do not count, and runs that do."""


def time_writes(source: Path) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the seconds of each write of `source`, ours and WeasyPrint's."""
    ours: list[float] = []
    theirs: list[float] = []
    with _timed_writes(ours, theirs):
        for _ in range(WARM_UPS + RUNS):
            convert(source, ["pdf"])
    return tuple(ours[WARM_UPS:]), tuple(theirs[WARM_UPS:])


@contextmanager
def _timed_writes(ours: list[float], theirs: list[float]) -> Iterator[None]:
    """In this context, write each document by WeasyPrint without tags, then with our tags; append both times."""
    render, lay_out = TaggedHTML.render, layout.lay_out
    start = 0.0

    def rendered(html: TaggedHTML, **options: object) -> object:
        nonlocal start
        untagged = weasyprint.HTML.render(html, **options)
        begin = process_time()
        untagged.write_pdf()
        theirs.append(process_time() - begin)
        document = render(html, **options)
        start = process_time()
        return document

    def laid_out(*arguments: Any, **options: Any) -> object:  # noqa: ANN401  # those of `lay_out`
        result = lay_out(*arguments, **options)
        ours.append(process_time() - start)
        return result

    with patch.object(TaggedHTML, "render", rendered), patch.object(layout, "lay_out", laid_out):
        yield
