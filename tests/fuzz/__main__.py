"""Feed spoiled input to every parser that reads what others write, for as long as you like.

    ./dev fuzz [MINUTES] [NAME…]    so many minutes for each parser, by default one for each there is
    ./dev fuzz --replay NAME FILE   one input again, with its traceback

An input that ends in anything but an error for people, or keeps the processor for ten seconds, is written to
build/fuzz/NAME/.
Mend the cause, then write the input into cases.py as short as it goes, where a test reads it from then on.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import itertools
import os
import resource
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from readout_pub import ReadoutError
from tests.fuzz.mutations import repeated, spoiled
from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parents[2] / "build" / "fuzz"
LONGEST = 10
"""Seconds of the processor after which an input hangs its parser; a busy machine does not count."""
FOUND_SOMETHING = 10
"""What a process returns that has found something, and is alive."""
MEMORY = 4_000_000_000
"""Bytes of address space that a parser may take."""
MANY_SEEDS = 1_000_000
"""Seeds that no process uses up; another one that takes its place begins behind them."""
ROUND = 50
"""Inputs that are drawn with one seed."""


def main(words: Sequence[str]) -> int:
    """Print a line for each parser; return 1 if anything was found."""
    parser = argparse.ArgumentParser(prog="./dev fuzz")
    parser.add_argument("minutes", nargs="?", type=float, default=1.0)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--replay", nargs=2, metavar=("NAME", "FILE"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    if unknown := [name for name in asked.names if name not in TARGETS]:
        parser.error(f"there is no {unknown[0]}; there are {', '.join(TARGETS)}")
    if asked.replay:
        name, file = asked.replay
        TARGETS[name].read(Path(file).read_bytes())
        return 0
    if asked.within:
        return fuzz(asked.names[0], asked.minutes * 60, asked.seed)
    return max(watch(name, asked.minutes * 60, asked.seed) for name in asked.names or TARGETS)


def watch(name: str, seconds: float, first: int) -> int:
    """Fuzz one parser in a process of its own, and in another one where that dies of an input."""
    end, code = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        words = [f"{left / 60:f}", name, "--within", "--seed", str(first)]
        ran = subprocess.run([sys.executable, "-m", "tests.fuzz", *words], stderr=subprocess.PIPE, check=False)
        code |= ran.returncode != 0
        if ran.returncode not in {0, FOUND_SOMETHING}:
            print(
                f"{name}: died or hung, {_keep(name, _last(name).read_bytes())}\n{ran.stderr.decode()[:3000]}",
                flush=True,
            )
            first += MANY_SEEDS
            continue
        sys.stderr.buffer.write(ran.stderr)
        break
    return code


def fuzz(name: str, seconds: float, first: int) -> int:
    """Feed inputs to a parser until the time is over; each kind of failure is told once."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("error")
    faulthandler.register(signal.SIGPROF, chain=True)  # tells where, and then lets the signal end the process
    target, last, count, known = TARGETS[name], _last(name), 0, set[str]()
    end = time.monotonic() + seconds

    def read(raw: bytes) -> None:
        nonlocal count
        if time.monotonic() > end:
            return
        count += 1
        last.write_bytes(raw)
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        try:
            target.read(raw)
        except ReadoutError:
            pass
        except Exception as error:
            if _place(error) not in known:
                raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    rounds = settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    systematic = (partial(read, raw) for raw in repeated(target.seeds, target.words))
    every = rounds(given(spoiled(target.seeds, target.words))(read))
    drawn: Iterator[Callable[[], None]] = (seed(number)(every) for number in itertools.count(first))
    feeds: Iterator[Callable[[], None]] = itertools.chain(systematic if first < MANY_SEEDS else (), drawn)
    for feed in feeds:
        if time.monotonic() > end:
            break
        try:
            feed()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what was looked for
            known.add(_place(error))
            print(f"{name}: {_keep(name, last.read_bytes())}")
            traceback.print_exception(error, limit=-12, file=sys.stdout)
            sys.stdout.flush()
    print(f"{name}: {count:,} inputs in {seconds:.0f} s, {len(known)} kinds of failure", flush=True)
    return FOUND_SOMETHING if known else 0


def _place(error: Exception) -> str:
    """Name the kind of a failure: what it is, and where it arose."""
    *_, where = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {where.filename}:{where.lineno}"


def _last(name: str) -> Path:
    """Return the file that holds the input under way, for whoever finds the process dead."""
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"last-{os.environ.get('FUZZ_RUN', '')}"


def _keep(name: str, raw: bytes) -> Path:
    file = FOUND / name / hashlib.sha256(raw).hexdigest()[:12]
    file.write_bytes(raw)
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
