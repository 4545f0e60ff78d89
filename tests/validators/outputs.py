"""What the validators judge: outputs of saved pages in every theme, and of readouts that hypothesis draws.

Each PDF is written in every profile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings

from readout_pub import Album, Look, Readout, SavedPage, emit
from readout_pub.convert import understand
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.styles import themes
from tests.model_strategies import ALBUM, readouts

LOOKS = (("html", "ua1+a2a"), ("epub", "ua1+a2a"), *(("pdf", profile) for profile in PROFILES))
"""The formats, and for PDF the standards that it keeps."""

SEED = 4
"""The same readouts on every machine."""


class Output(NamedTuple):
    """A file, and the readout that was written into it."""

    path: Path
    readout: Readout


def converted(source: Path | SavedPage, stem: Path) -> Iterator[Output]:
    """Convert a saved page in every theme into files whose names begin as `stem`."""
    readout, album = understand(source)
    for theme in themes():
        yield from _written(stem.with_name(f"{stem.name}-{theme}"), readout, album, theme)


def drawn(count: int, folder: Path) -> Iterator[Output]:
    """Write what becomes of so many drawn readouts into `folder`."""
    for number, readout in enumerate(_readouts(count), start=1):
        yield from _written(folder / f"drawn-{number}", readout, ALBUM)


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
    @given(readouts())
    def collect(readout: Readout) -> None:
        found.append(readout)

    collect()
    return found


def _written(stem: Path, readout: Readout, album: Album, theme: str = "plain") -> Iterator[Output]:
    for target, profile in LOOKS:
        rendition = emit(readout, album, target, Look(theme=theme, pdf=profile))
        path = stem.with_name(f"{stem.name}-{profile}{rendition.suffix}")
        path.write_bytes(rendition.data)
        yield Output(path, readout)
