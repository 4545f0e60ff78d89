"""The system libraries that WeasyPrint loads: what each is for, whether it is there, and the line that installs it."""

from __future__ import annotations

import ctypes
import ctypes.util

import msgspec

from readout_pub.errors import ToolMissing


class Library(msgspec.Struct, frozen=True):
    """A shared library: the name a linker knows it by, its file on Linux, its Debian package, what it does here."""

    name: str
    file: str
    debian: str
    purpose: str

    @property
    def present(self) -> bool:
        """Say whether it can be loaded. The file is tried first, since a search by name starts a compiler."""
        try:
            ctypes.CDLL(self.file)
        except OSError:
            return ctypes.util.find_library(self.name) is not None
        return True


LIBRARIES = (
    Library("pango-1.0", "libpango-1.0.so.0", "libpango-1.0-0", "sets the text of PDF files"),
    Library("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0-0", "finds the fonts of PDF files"),
)

INSTALL = f"`apt-get install {' '.join(library.debian for library in LIBRARIES)}`, or on macOS `brew install pango`"


def library_missing(reason: OSError) -> ToolMissing:
    """Make the error for WeasyPrint's `reason`, which names only the last file it tried."""
    absent = [library.debian for library in LIBRARIES if not library.present]
    what = " and ".join(absent) or f"a system library of WeasyPrint ({reason})"
    return ToolMissing(f"PDF needs {what}, which cannot be loaded here", what_next=f"run {INSTALL}")
