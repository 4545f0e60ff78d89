"""The command line: one module a command, no logic. Every error a user can meet ends here, as one sentence."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import NoReturn

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def main() -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 failed, 2 usage, 3 something to install."""
    from readout_pub.cli.app import app
    from readout_pub.errors import ReadoutError

    try:
        try:
            app()
        finally:
            if sys.stdout is not None:  # a shell can close it: `>&-`
                sys.stdout.flush()
    except ReadoutError as error:
        _leave(str(error), error.exit_code)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # `readout-pub schema | head`: the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:  # every other file is written by `atomic`, which words its errors itself
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(f"standard output: it cannot be written ({error.strerror})", 1)
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody who can read only the last line
        _leave(bug(error), 1)


def _leave(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"readout-pub: {sentence}\n")
    sys.exit(code)


def bug(error: Exception) -> str:
    """Word an error that nobody foresaw, with the place in the program where it arose."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}, line {last.lineno}"
    return f"this is a bug of readout-pub ({type(error).__name__}: {error}, in {place}); please report it with the page"
