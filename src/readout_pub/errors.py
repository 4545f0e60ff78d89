"""All errors that users can see. Each says what is wrong, where, and what to do next.

ReadoutError                  exit code 1
├── UsageError                exit code 2
│   └── ImpossibleDecision
├── SourceError
│   ├── DecisionsUnreadable
│   └── FetchRefused
├── ProfileError
├── ThemeError
├── EmitError
├── AltRefused
├── ReceiptError
├── OutputError
└── ToolMissing               exit code 3
"""

from __future__ import annotations

import errno
import re
import shlex
import traceback
from pathlib import Path
from typing import ClassVar


def signal_exit_code(number: int) -> int:
    """Return the exit code of a program that a signal ended, as shells state it: 130 for Ctrl-C, 143 for SIGTERM."""
    return 128 + number


_DOCUMENTATION = "https://github.com/readout-pub/readout-pub/blob/main/docs/{}.md"


def documentation(page: str) -> str:
    """Return the address of a page of the documentation, which is not installed with the program."""
    return _DOCUMENTATION.format(page)


_PASSWORD = re.compile(r"(?<=://)[^/\s@:]*+:[^/\s@]*+@")
"""A user name and password in a URL. Messages end up in logs and reports, so `where` leaves them out."""


class ReadoutError(Exception):
    """The base of all errors: what is wrong, where, and what to do next."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str | None = None, what_next: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = _PASSWORD.sub("", where) if where else where
        self.what_next = what_next

    def __str__(self) -> str:
        """Return one sentence: `where: what; what_next`. A long place or fault, such as a URL, is cut in its middle."""
        sentence = f"{_shorten(self.where)}: {_shorten(self.what)}" if self.where else _shorten(self.what)
        return escape_controls(f"{sentence}; {self.what_next}" if self.what_next else sentence)


_SHOWN_CHARACTERS = 2000
"""How many characters a message shows of a place or a fault: 25 lines of a terminal."""


def _shorten(text: str) -> str:
    half = _SHOWN_CHARACTERS // 2
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:half]}…{text[-half:]}"


class UsageError(ReadoutError):
    """A command or call has an impossible argument, such as an unknown format or a negative delay."""

    exit_code = 2


class ImpossibleDecision(UsageError, ValueError):
    """A decision on a photo contradicts itself. A ValueError too, as msgspec expects while it decodes decisions."""


class SourceError(ReadoutError):
    """A source cannot be opened, is too large or has no readout; or a file that an option names cannot be read."""


class DecisionsUnreadable(SourceError):
    """The file with the decisions on photos cannot be read, so no page to which it applies can be read either."""


class FetchRefused(SourceError):
    """A URL may not be requested: its host is private, robots.txt forbids it, or a limit is reached."""


class ProfileError(ReadoutError):
    """A site profile has, for example, an unknown key or an invalid selector; or the folder of profiles is missing."""


class ThemeError(ReadoutError):
    """A theme is invalid: an unknown key, a wrong value, or a font that cannot be read."""


class EmitError(ReadoutError):
    """A format cannot be rendered from this readout."""


class AltRefused(ReadoutError):
    """`alt_policy` or `release` refuses a page, for example because a photo has no alternative text."""


class ReceiptError(ReadoutError):
    """An output does not have every word, photo and alternative text of its readout, each at its place."""


class OutputError(ReadoutError):
    """An output cannot be written, so an older file of its name stays; or outputs of a batch are missing or changed."""


class ToolMissing(ReadoutError):
    """A library, program or font is not installed; `what_next` says how to install it, if that is known."""

    exit_code = 3


ARGUMENTS = {
    "--accept-error-pages": "accept_error_pages",
    "--alt-policy": "alt_policy",
    "--allow-host": "allowed_hosts",
    "--contact": "contact",
    "--css": "css",
    "--delay": "delay",
    "--fail-on": "fail_on",
    "--keep": "keep",
    "--max-bytes": "max_bytes",
    "--page-memory": "memory",
    "--page-timeout": "timeout",
    "--photos": "photos",
    "--publisher": "publisher",
    "--system-fonts": "system_fonts",
    "--title": "title",
    "--to": "formats",
}
"""Option of the command line → the argument or field of the same meaning in Python. An error names both."""


def option(name: str, value: object = "") -> str:
    """Return how users set an option, such as "--max-bytes 5000 (in Python: max_bytes)"."""
    return f"{name} {value}".rstrip() + f" (in Python: {ARGUMENTS[name]})"


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")


def escape_controls(text: str) -> str:
    r"""Return `text` with control characters as `\x1b` and undecodable bytes of file names as `\xe9`.

    Control characters can drive the terminal, end a line of a log (U+2028), or let "page\u202efdp.exe" look like
    "pageexe.pdf". Undecodable bytes are in names from archives older than UTF-8; Python represents them by lone
    surrogates, which UTF-8 cannot encode.
    """
    return _UNPRINTABLE.sub(lambda match: _escape_sequence(match[0]), text)


def _escape_sequence(text: str) -> str:
    return "".join(
        f"\\x{ord(character) & 0xFF:02x}" if ord(character) in _UNDECODABLE else ascii(character)[1:-1]
        for character in text
    )


_UNDECODABLE = range(0xDC80, 0xDD00)
"""The surrogates by which Python represents bytes that are not valid UTF-8 (PEP 383)."""


DECODE_ERRORS = (ValueError, RecursionError)
"""What msgspec and json raise for bytes that do not decode to the expected type; RecursionError for deep nesting."""


_XML_NO_MEMORY = 2
"""The code of lxml's XMLSyntaxError if libxml2 got no memory (XML_ERR_NO_MEMORY); its message is "unknown error"."""


def is_out_of_memory(error: Exception) -> bool:
    """Return whether memory ran out; lxml reports this as a syntax error."""
    return isinstance(error, MemoryError) or (
        isinstance(error, SyntaxError) and getattr(error, "code", None) == _XML_NO_MEMORY
    )


_SHORTAGE_ERRNOS = frozenset(
    {errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
)
"""The errors of a system that has no open files, processes, memory or disk space left."""


def internal_error_message(error: Exception) -> str:
    """Return the message for an unexpected exception, with the file and line of the program that raised it.

    A shortage of memory or another resource, or an input that is nested too deeply, is not called a bug.
    """
    if is_out_of_memory(error):
        return "memory ran out; allow the program more, or make the input smaller"
    if isinstance(error, OSError) and error.errno in _SHORTAGE_ERRNOS:
        return f"a limit of the system is reached ({error.strerror}); end other programs, or raise the limit"
    if isinstance(error, RecursionError):
        return "something in the input is nested too deeply to be read; simplify it"
    *_, last = traceback.extract_tb(error.__traceback__)
    place = f"{Path(last.filename).name}, line {last.lineno}"
    return f"this is a bug of readout-pub ({type(error).__name__}: {error}, in {place}); please report it with the page"


def shell_word(path: object) -> str:
    """Return a path or name as one word that users can paste into a shell, without control characters."""
    return shlex.quote(escape_controls(str(path)))
