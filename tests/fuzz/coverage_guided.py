"""Coverage-guided fuzzing with Atheris (libFuzzer), which keeps mutating the inputs that reach new branches."""

from __future__ import annotations

import contextlib
import gc
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FunctionType
from typing import NoReturn

from readout_pub import ReadoutError
from tests.fuzz.mutations import MAX_BYTES

INSTRUMENTED = frozenset(
    (
        "readout_pub",
        "PIL",
        "cssselect",
        "email",
        "ftfy",
        "h11",
        "httpcore2",
        "protego",
        "soupsieve",
        "warcio",
        "zipfile",
    )
)
"""Packages that parse external data in Python. Instrumenting everything that is loaded would take a minute."""


def is_available() -> bool:
    """Return whether Atheris is installed; it has wheels only for Linux and for some versions of Python."""
    return importlib.util.find_spec("atheris") is not None


def instrument(load: Callable[[bytes], object], seeds: Sequence[bytes]) -> None:
    """Make Atheris count the branches of all functions of `INSTRUMENTED` that are loaded.

    Reads the seeds with `load` first, so that the modules that it imports late are loaded too.
    """
    import atheris

    for seed in seeds:
        with contextlib.suppress(ReadoutError):
            load(seed)
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and (each.__module__ or "").partition(".")[0] in INSTRUMENTED:
            atheris.instrument_func(each)


def explore(read: Callable[[bytes], None], seeds: Sequence[bytes], words: Sequence[bytes], folder: Path) -> NoReturn:
    """Feed inputs to `read` without end, so `read` has to end the process. `folder` keeps inputs that reached new
    branches.
    """
    import atheris

    corpus, dictionary = folder / "corpus", folder / "words.dict"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    escaped = ["".join(f"\\x{byte:02x}" for byte in word) for word in words if word]
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")
    options = f"-dict={dictionary}", f"-max_len={MAX_BYTES}", f"-artifact_prefix={folder}/", "-verbosity=0"
    atheris.Setup(["fuzz", str(corpus), *options, "-rss_limit_mb=0"], read)
    atheris.Fuzz()
    raise AssertionError("libFuzzer stopped by itself")
