"""What the validators judge: outputs of the samples in every theme, and of readouts that hypothesis draws."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from readout_pub import Album, Look, Readout, emit
from readout_pub.convert import understand
from readout_pub.styles import themes
from samples.build import SOURCES
from tests.model_strategies import ALBUM, readouts

FORMATS = ("html", "epub", "pdf")
DRAWN = 30

SEED = 4
"""The same readouts on every machine."""


def write_outputs(folder: Path) -> list[Path]:
    """Write everything into `folder`, and return the files."""
    return [*_samples(folder), *_drawn(folder)]


def drawn(count: int) -> list[Readout]:
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


def _samples(folder: Path) -> Iterator[Path]:
    for source in SOURCES:
        readout, album = understand(source)
        for theme in themes():
            yield from _written(folder / f"{source.parent.name}-{theme}", readout, album, theme)


def _drawn(folder: Path) -> Iterator[Path]:
    for number, readout in enumerate(drawn(DRAWN), start=1):
        yield from _written(folder / f"drawn-{number}", readout, ALBUM)


def _written(stem: Path, readout: Readout, album: Album, theme: str = "plain") -> Iterator[Path]:
    looks = [*((target, "ua1+a2a") for target in FORMATS), ("pdf", "ua1+a3a"), ("pdf", "ua2")]
    for target, profile in looks:
        rendition = emit(readout, album, target, Look(theme=theme, pdf=profile))
        path = stem.with_name(f"{stem.name}-{profile}{rendition.suffix}")
        path.write_bytes(rendition.data)
        yield path
