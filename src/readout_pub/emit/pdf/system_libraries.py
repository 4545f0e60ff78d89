"""System libraries that WeasyPrint loads: a table for `doctor`, and the error if one of them cannot be loaded."""

from __future__ import annotations

import ctypes
import ctypes.util

import msgspec

from readout_pub.errors import ToolMissing
from readout_pub.install_commands import PANGO, install_system


class Library(msgspec.Struct, frozen=True):
    """A shared library that WeasyPrint loads: its linker name, its file on Linux, and what it is needed for."""

    name: str
    file: str
    purpose: str

    @property
    def present(self) -> bool:
        """Return whether the library can be loaded.

        The file name is tried first: `find_library` runs a compiler or `ldconfig` for each name that it looks up.
        """
        try:
            ctypes.CDLL(self.file)
        except OSError:
            return ctypes.util.find_library(self.name) is not None
        return True


LIBRARIES = (
    Library("pango-1.0", "libpango-1.0.so.0", "sets the text of PDF files"),
    Library("pangoft2-1.0", "libpangoft2-1.0.so.0", "finds the fonts of PDF files"),
)


def library_missing(reason: OSError) -> ToolMissing:
    """Return the error to raise when importing WeasyPrint fails with `reason`.

    The error names all missing libraries of `LIBRARIES`; `reason` itself names only the last file that was tried.
    """
    absent = [library.name for library in LIBRARIES if not library.present]
    names = " and ".join(absent)
    missing = f"{names}, which cannot be loaded here" if absent else f"a system library of WeasyPrint ({reason})"
    return ToolMissing(f"PDF needs {missing}", what_next=install_system(PANGO))
