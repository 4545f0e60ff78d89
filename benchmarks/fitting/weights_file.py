"""Writes a file like `weights.toml` of the extractor, with the vocabulary, which people edit, and fitted weights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import msgspec

from benchmarks.fitting.passes import FittedWeights
from readout_pub.extract import generic
from readout_pub.extract.generic.weights import load_weights

WEIGHTS_FILE = Path(generic.__file__).with_name("weights.toml")
"""The file with the weights that the extractor uses."""
FITTED_MARK = "# ── weights, fitted: "
"""Start of the line below which everything is written by this program."""


def write_weights(weights: FittedWeights, file: Path) -> None:
    """Write the vocabulary of the extractor and `weights` to `file`, which may be the extractor's own."""
    vocabulary = WEIGHTS_FILE.read_text("utf-8").partition(FITTED_MARK)[0].rstrip()
    parts = [vocabulary, "", f"{FITTED_MARK}positive for text, negative for chrome ──"]
    for name, table in weights._asdict().items():
        parts += ["", f"[{name}]", *(f'"{key}" = {weight:g}' for key, weight in table.items())]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(parts) + "\n", "utf-8")


@contextmanager
def use_weights(fitted: FittedWeights) -> Iterator[None]:
    """Make the extractor use freshly fitted weights instead of its own."""
    zeros = dict.fromkeys((*fitted.first, *fitted.second), 0.0)
    weights = msgspec.structs.replace(
        load_weights(), first=zeros | fitted.first, second=zeros | fitted.second, context=fitted.around
    )
    with patch.object(generic, "load_weights", lambda: weights):
        yield
