"""What our own tags cost: the time from laid-out pages to the finished PDF, ours and WeasyPrint's without any tags.

Ours does more than tags: it mends fonts, says what the file is, and keeps standards. Both are timed in turn, and in
time of the processor, so that a busy machine is unfair to neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from readout_pub import convert
from readout_pub.emit.pdf.layout import lay_out, load_weasyprint

if TYPE_CHECKING:
    from pathlib import Path

UPS, RUNS = 2, 15


def written(source: Path) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the seconds of each write of `source`, ours and the other."""
    ours: list[float] = []
    theirs: list[float] = []
    with _watched(ours, theirs):
        for _ in range(UPS + RUNS):
            convert(source, ["pdf"])
    return tuple(ours[UPS:]), tuple(theirs[UPS:])


@contextmanager
def _watched(ours: list[float], theirs: list[float]) -> Iterator[None]:
    """Let every page that is laid out be written twice, and note how long each took."""
    weasyprint = load_weasyprint()
    render = weasyprint.HTML.render
    start = 0.0

    def rendered(html: object, **options: object) -> object:
        nonlocal start
        untagged = render(html, **options)
        begin = process_time()
        untagged.write_pdf()
        theirs.append(process_time() - begin)
        document = render(html, **options)
        start = process_time()
        return document

    def laid_out(*words: Any, **options: Any) -> object:  # noqa: ANN401  # whatever it takes
        printed = lay_out(*words, **options)
        ours.append(process_time() - start)
        return printed

    with patch.object(weasyprint.HTML, "render", rendered), patch("readout_pub.emit.pdf.lay_out", laid_out):
        yield
