"""The command line: one module a command, no logic. Every error a user can meet ends here, as one sentence."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from readout_pub.errors import ReadoutError, escape_controls, internal_error_message

__all__ = ["internal_error_message", "main"]

INTERRUPTED = 130
"""What a shell expects of a program that Ctrl-C ended."""


def main() -> None:
    """Run the command line and leave with its exit code: 0 fine, 1 failed, 2 usage, 3 something to install."""
    from readout_pub.cli.app import app

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
    except OSError as error:
        if error.filename is not None:
            _leave(escape_controls(f"{error.filename}: it cannot be used ({error.strerror}); check the path"), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _leave(f"standard output: it cannot be written ({error.strerror})", 1)
    except Exception as error:  # noqa: BLE001 - a traceback helps nobody who can read only the last line
        _leave(internal_error_message(error), 1)


def _leave(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"readout-pub: {sentence}\n")
    sys.exit(code)
