"""The files that validators check: outputs of saved pages in every theme, and of readouts that Hypothesis generates.

As PDF, each readout is written in every profile. Every fifth generated readout ends with deeply nested lists. The
bodies of every thirty generated readouts are also combined into one volume of up to ninety pages in large print.
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
from readout_pub.themes import theme_names
from tests import model_strategies
from tests.model_strategies import deep_lists, readouts
from tests.validators.past_failures import IMAGES, PAST_FAILURES

VARIANTS = (("html", "ua1+a2a"), ("epub", "ua1+a2a"), *(("pdf", profile) for profile in PROFILES))
"""The formats, each with a PDF profile; only "pdf" uses it."""

SEED = 4
"""The seed of Hypothesis, which generates the same readouts from it on every machine."""

VOLUME_SIZE = 30
"""How many generated readouts a volume has; the last volume may have fewer."""

DEEP_LISTS_EVERY = 5
"""One in this many generated readouts ends with deeply nested lists."""

_IDS = re.compile(rb'"(#?)(block|note)-')


class Output(NamedTuple):
    """A file, the readout that it was made from, and the name of its theme."""

    path: Path
    readout: Readout
    theme: str


def convert_page(source: Path | SavedPage, stem: Path) -> Iterator[Output]:
    """Write a saved page in every theme and format, into files whose names begin with `stem`."""
    readout, images = read(source)
    for theme in theme_names():
        yield from _write(stem.with_name(f"{stem.name}-{theme}"), readout, images, theme)


def write_past_failures(folder: Path) -> Iterator[Output]:
    """Write the structures of `PAST_FAILURES`, in every theme and format, into `folder`."""
    for theme in theme_names():
        yield from _write(folder / f"past-failures-{theme}", PAST_FAILURES, IMAGES, theme)


def write_generated(count: int, folder: Path) -> Iterator[Output]:
    """Write `count` generated readouts and their volumes, in every format, into `folder`."""
    generated = _generate(count)
    for number, readout in enumerate(generated, start=1):
        yield from _write(folder / f"generated-{number}", readout, model_strategies.IMAGES)
    for start in range(0, count, VOLUME_SIZE):
        volume = combine(generated[start : start + VOLUME_SIZE])
        yield from _write(folder / f"generated-volume-{start + 1}", volume, model_strategies.IMAGES, "large-print")


def combine(readouts: Sequence[Readout]) -> Readout:
    """Return the first readout with the bodies of all, one section each; ids get a prefix so that they stay unique."""
    apart = [from_json(_IDS.sub(rb'"\1part-%d-\2-' % n, to_json(each))) for n, each in enumerate(readouts, start=1)]
    sections = (Section(heading=(f"Part {n}",), lang=each.language, body=each.body) for n, each in enumerate(apart, 1))
    return msgspec.structs.replace(apart[0], title=("Volume",), body=tuple(sections))


def _generate(count: int) -> Sequence[Readout]:
    """Return `count` readouts that use everything in the model; always the same ones."""
    generated: list[Readout] = []

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
        body = readout.body if len(generated) % DEEP_LISTS_EVERY else (*readout.body, deep)
        generated.append(msgspec.structs.replace(readout, body=body))

    collect()
    return generated


def _write(stem: Path, readout: Readout, images: ImageStore, theme: str = "plain") -> Iterator[Output]:
    for target, profile in VARIANTS:
        rendition = emit(readout, images, target, RenderOptions(theme=theme, pdf=profile))
        path = stem.with_name(f"{stem.name}-{profile}{rendition.suffix}")
        path.write_bytes(rendition.data)
        yield Output(path, readout, theme)
