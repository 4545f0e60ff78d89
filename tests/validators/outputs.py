"""What the validators judge: outputs of saved pages in every theme, and of readouts that hypothesis draws.

Each PDF is written in every profile. Of the drawn readouts every fifth ends with lists many levels deep; the bodies of
thirty, or of what there are, are bound into a volume as well, in large print of up to ninety pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from hypothesis import HealthCheck, Phase, given, seed, settings

from readout_pub import ImageStore, Readout, RenderOptions, SavedPage, emit
from readout_pub.convert import read
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.model import Block, Section, from_json, to_json
from readout_pub.styles import themes
from tests import model_strategies
from tests.model_strategies import deep_lists, readouts
from tests.validators.once_faulted import ALBUM, ONCE_FAULTED

LOOKS = (("html", "ua1+a2a"), ("epub", "ua1+a2a"), *(("pdf", profile) for profile in PROFILES))
"""The formats, and for PDF the standards that it keeps."""

SEED = 4
"""The same readouts on every machine."""

BOUND = 30
"""So many drawn readouts make a volume; the last may have less."""

EVERY_DEEP = 5

_IDS = re.compile(rb'"(#?)(block|note)-')


class Output(NamedTuple):
    """A file, and the readout that was written into it."""

    path: Path
    readout: Readout


def converted(source: Path | SavedPage, stem: Path) -> Iterator[Output]:
    """Convert a saved page in every theme into files whose names begin as `stem`."""
    readout, album = read(source)
    for theme in themes():
        yield from _written(stem.with_name(f"{stem.name}-{theme}"), readout, album, theme)


def once_faulted(folder: Path) -> Iterator[Output]:
    """Write what validators once found fault with, in every theme, into `folder`."""
    for theme in themes():
        yield from _written(folder / f"once-faulted-{theme}", ONCE_FAULTED, ALBUM, theme)


def drawn(count: int, folder: Path) -> Iterator[Output]:
    """Write what becomes of so many drawn readouts, and of their volumes, into `folder`."""
    found = _readouts(count)
    for number, readout in enumerate(found, start=1):
        yield from _written(folder / f"drawn-{number}", readout, model_strategies.ALBUM)
    for start in range(0, count, BOUND):
        volume = bound(found[start : start + BOUND])
        yield from _written(folder / f"drawn-volume-{start + 1}", volume, model_strategies.ALBUM, "large-print")


def bound(found: Sequence[Readout]) -> Readout:
    """Return the first of `found` with the bodies of all, a section each; the ids of each stay its own."""
    apart = [from_json(_IDS.sub(rb'"\1part-%d-\2-' % n, to_json(each))) for n, each in enumerate(found, start=1)]
    sections = (Section(heading=(f"Part {n}",), lang=each.language, body=each.body) for n, each in enumerate(apart, 1))
    return msgspec.structs.replace(apart[0], title=("Volume",), body=tuple(sections))


def _readouts(count: int) -> Sequence[Readout]:
    """Return so many readouts with everything a model may hold, always the same."""
    found: list[Readout] = []

    @seed(SEED)
    @settings(
        settings.get_profile("ci"),
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(readouts(), deep_lists())
    def collect(readout: Readout, deep: Block) -> None:
        body = readout.body if len(found) % EVERY_DEEP else (*readout.body, deep)
        found.append(msgspec.structs.replace(readout, body=body))

    collect()
    return found


def _written(stem: Path, readout: Readout, album: ImageStore, theme: str = "plain") -> Iterator[Output]:
    for target, profile in LOOKS:
        rendition = emit(readout, album, target, RenderOptions(theme=theme, pdf=profile))
        path = stem.with_name(f"{stem.name}-{profile}{rendition.suffix}")
        path.write_bytes(rendition.data)
        yield Output(path, readout)
