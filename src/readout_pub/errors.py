"""Every error a user can meet. Each says what is wrong, where, and what to do next.

ReadoutError
├── UsageError       exit 2   the command or the call asks for something that does not exist
├── SourceError      exit 1   a file that is named cannot be read: a source, or what an option names
│   └── FetchRefused          an address on the web is not to be asked
├── ProfileError     exit 1   a site profile is wrong
├── EmitError        exit 1   a format cannot be written
├── OutputError      exit 1   a file cannot be put where it was asked for
└── ToolMissing      exit 3   a library, program or font has to be installed first
"""

from __future__ import annotations

import re
import traceback
from pathlib import Path
from typing import ClassVar


class ReadoutError(Exception):
    """What is wrong, where it is, what to do next: three parts, kept apart so that a report can sort them."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, what_next: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.what_next = what_next

    def __str__(self) -> str:
        """One sentence for people: `where: what; what_next`."""
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return escape_controls(f"{sentence}; {self.what_next}" if self.what_next else sentence)


class UsageError(ReadoutError):
    """The command or the call asks for something that does not exist, such as an unknown format."""

    exit_code = 2


class SourceError(ReadoutError):
    """A source cannot be opened, is too large or holds no readout; or a file that an option names cannot be read."""


class FetchRefused(SourceError):
    """An address on the web is not to be asked: it is private, robots.txt forbids it, or a limit is reached."""


class ProfileError(ReadoutError):
    """A site profile is wrong: an unknown key, a selector that does not compile or is ambiguous."""


class EmitError(ReadoutError):
    """A format could not be made from this readout."""


class OutputError(ReadoutError):
    """A finished file could not be put in its place; what stood there before still stands."""


class ToolMissing(ReadoutError):
    """A library, program or font has to be installed; `what_next` is the line that installs it."""

    exit_code = 3


_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def escape_controls(text: str) -> str:
    r"""Write control characters as `\x1b`, and bytes of a name that are no UTF-8 as `\xe9`.

    A file's name may hold both. The first steer the terminal that shows them; the second, in archives older than UTF-8,
    can be written into no file.
    """
    return _INVISIBLE.sub(lambda found: _escaped(found[0]), text)


def _escaped(text: str) -> str:
    return "".join(f"\\x{ord(sign) & 0xFF:02x}" if ord(sign) in _BYTES else ascii(sign)[1:-1] for sign in text)


_BYTES = range(0xDC80, 0xDD00)
"""What Python makes of a byte that is no UTF-8 (PEP 383)."""


def internal_error_message(error: Exception) -> str:
    """Word an error that nobody foresaw, with the place in the program where it arose."""
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}, line {last.lineno}"
    return f"this is a bug of readout-pub ({type(error).__name__}: {error}, in {place}); please report it with the page"
