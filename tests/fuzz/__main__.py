"""Feed malformed input to every parser of external data.

    ./dev fuzz [MINUTES [NAME…]]    fuzz these parsers, by default all; MINUTES for each, by default 1
    ./dev fuzz --replay NAME FILE   parse one input again, and show the traceback

The first inputs repeat one token many times. Then, where Atheris is installed, inputs that reach new branches are
mutated further (libFuzzer); elsewhere Hypothesis generates the inputs. An input that raises anything but a
ReadoutError, or takes ten seconds of CPU time, is written to build/fuzz/NAME/. Fix the cause, then add the input to
regressions.py, as short as possible, so that a test parses it from then on.
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
from tests.fuzz import coverage_guided
from tests.fuzz.mutations import malformed, repeated
from tests.fuzz.targets import TARGETS, Target

FOUND = Path(__file__).parents[2] / "build" / "fuzz"
MAX_SECONDS = 10
"""An input that takes more seconds of CPU time than this counts as a hang. Wall-clock time would depend on the load."""
EXIT_FOUND = 10
"""Exit code of a process that has found a failure and was not killed by it."""
MAX_MEMORY = 4_000_000_000
"""How many bytes of address space a parser may use."""
SEEDS_PER_PROCESS = 1_000_000
"""More seeds than a process can use; a process that replaces a killed one starts with the next million."""
INPUTS_PER_SEED = 50
"""How many inputs Hypothesis generates from one seed."""


def main(arguments: Sequence[str]) -> int:
    """Print one line for each parser; return 1 if any failure was found."""
    parser = argparse.ArgumentParser(prog="./dev fuzz")
    parser.add_argument("minutes", nargs="?", type=float, default=1.0)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--replay", nargs=2, metavar=("NAME", "FILE"))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--in-process", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in TARGETS]:
        parser.error(f"there is no parser {unknown[0]!r}; choose from {', '.join(TARGETS)}")
    if options.replay:
        name, file = options.replay
        TARGETS[name].read(Path(file).read_bytes())
        return 0
    if options.in_process:
        return fuzz(options.names[0], options.minutes * 60, options.seed)
    return max(watch(name, options.minutes * 60, options.seed) for name in options.names or TARGETS)


def watch(name: str, seconds: float, first: int) -> int:
    """Fuzz one parser in a subprocess, and start another one if an input kills it."""
    end, code = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        arguments = [f"{left / 60:f}", name, "--in-process", "--seed", str(first)]
        ran = subprocess.run([sys.executable, "-m", "tests.fuzz", *arguments], stderr=subprocess.PIPE, check=False)
        code |= ran.returncode != 0
        if ran.returncode not in {0, EXIT_FOUND}:  # killed by a signal, such as that of the timer
            finding = _save_finding(name, _last_input_file(name).read_bytes())
            print(f"{name}: crashed or hung, {finding}\n{ran.stderr.decode()[:3000]}", flush=True)
            first += SEEDS_PER_PROCESS
            continue
        sys.stderr.buffer.write(ran.stderr)
        break
    return code


def fuzz(name: str, seconds: float, first: int) -> int:
    """Feed inputs to a parser until the time is over; print each kind of failure once."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    warnings.simplefilter("error")
    faulthandler.register(signal.SIGPROF, chain=True)  # prints the stack, then the signal kills the process
    target, last, count, known = TARGETS[name], _last_input_file(name), 0, set[str]()
    guided = coverage_guided.is_available()
    if guided:
        coverage_guided.instrument(target.read, target.seeds)
    end = time.monotonic() + seconds

    def read(raw: bytes) -> None:
        nonlocal count
        if time.monotonic() > end:
            return
        count += 1
        last.write_bytes(raw)
        signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
        try:
            target.read(raw)
        except ReadoutError:
            pass
        except Exception as error:
            if _kind_of_failure(error) not in known:
                raise
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    def report(error: Exception) -> None:
        known.add(_kind_of_failure(error))
        print(f"{name}: {_save_finding(name, last.read_bytes())}")
        traceback.print_exception(error, limit=-12, file=sys.stdout)
        sys.stdout.flush()

    def finish() -> int:
        print(f"{name}: {count:,} inputs in {seconds:.0f} s, {len(known)} kinds of failure", flush=True)
        return EXIT_FOUND if known else 0

    def examine(raw: bytes) -> None:
        """Read an input for Atheris, which never returns: the process ends here."""
        if time.monotonic() > end:
            os._exit(finish())
        try:
            read(raw)
        except Exception as error:  # noqa: BLE001 - any exception is a finding
            report(error)

    # Each of these inputs has about 200 kB or more and can take seconds, so the run spends at most half of its time on
    # them.
    systematic = (partial(read, raw) for raw in repeated(target.seeds, target.words))
    feeds: Iterator[Callable[[], None]] = itertools.chain(
        itertools.takewhile(lambda _: time.monotonic() < end - seconds / 2, systematic)
        if first < SEEDS_PER_PROCESS
        else (),
        itertools.repeat(partial(coverage_guided.explore, examine, target.seeds, target.words, FOUND / name))
        if guided
        else _generate(read, target, first),
    )
    for feed in feeds:
        if time.monotonic() > end:
            break
        try:
            feed()
        except Exception as error:  # noqa: BLE001 - any exception is a finding
            report(error)
    return finish()


def _generate(read: Callable[[bytes], None], target: Target, first: int) -> Iterator[Callable[[], None]]:
    """Yield functions that feed inputs of Hypothesis to `read`, each for another random seed."""
    rounds = settings(
        max_examples=INPUTS_PER_SEED,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    every = rounds(given(malformed(target.seeds, target.words))(read))
    return (seed(number)(every) for number in itertools.count(first))


def _kind_of_failure(error: Exception) -> str:
    """Return type, file and line of an exception; failures of the same kind are reported once."""
    *_, where = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} {where.filename}:{where.lineno}"


def _last_input_file(name: str) -> Path:
    """Return the file of the current input, which remains if the input kills the process."""
    folder = FOUND / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"last-{os.environ.get('FUZZ_RUN', '')}"


def _save_finding(name: str, raw: bytes) -> Path:
    file = FOUND / name / hashlib.sha256(raw).hexdigest()[:12]
    file.write_bytes(raw)
    return file


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
