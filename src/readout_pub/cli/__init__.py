"""The command line: one module for each command. `main` prints every error as one sentence."""

from __future__ import annotations

import errno
import io
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

from readout_pub.errors import ReadoutError, escape_controls, internal_error_message, signal_exit_code

_WRITE_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF})
"""Errors of writing: without a file name, they are about standard output."""

__all__ = ["internal_error_message", "main"]


def main() -> None:
    """Run the command line and exit: 0 success, 1 failure, 2 wrong usage, 3 something is not installed, 130 Ctrl-C.

    SIGTERM gives 143. As after Ctrl-C, unfinished files and folders are removed first.
    """
    signal.signal(signal.SIGTERM, _terminate)
    _prepare_standard_streams()
    try:
        from readout_pub.cli.app import app  # imported here, so that Ctrl-C during the import prints no traceback

        try:
            app()
        finally:
            if sys.stdout is not None:  # None if the shell closed it: `>&-`
                sys.stdout.flush()
    except ReadoutError as error:
        _exit(str(error), error.exit_code)
    except KeyboardInterrupt:
        sys.exit(signal_exit_code(signal.SIGINT))
    except BrokenPipeError:  # the program that reads our output has ended, as in `readout-pub schema | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except OSError as error:
        if error.filename is not None:
            _exit(escape_controls(f"{error.filename}: it cannot be used ({error.strerror}); check the path"), 1)
        if not _working_directory_exists():
            _exit("the working directory has been removed; change to another one", 1)
        if error.errno not in _WRITE_ERRORS:
            _exit(internal_error_message(error), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        _exit(f"standard output: it cannot be written ({error.strerror})", 1)
    except Exception as error:  # noqa: BLE001 - users of a command line cannot use a traceback
        _exit(internal_error_message(error), 1)


def _prepare_standard_streams() -> None:
    """Replace streams that the shell closed (`2>&-`), and let standard output escape what its encoding lacks.

    Otherwise the next file that is opened, such as a ledger, would get the number of a closed stream, and C libraries
    would write their messages into this file. `sys.stdout` stays None, so that writing a page to it is an error.

    Streams are made blocking, since another program may have changed this: then only the start of a long output gets
    through a pipe, and with PYTHONUNBUFFERED without an error.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest free number
        if os.name == "posix":
            os.set_blocking(number, True)
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - used until the process ends
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _working_directory_exists() -> bool:
    try:
        os.getcwd()  # noqa: PTH109 - Path.cwd does the same
    except OSError:
        return False
    return True


def _terminate(number: int, _: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)  # a second signal ends the process at once
    sys.exit(signal_exit_code(number))


def _exit(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"readout-pub: {sentence}\n")
    sys.exit(code)
