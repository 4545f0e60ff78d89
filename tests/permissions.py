"""Takes from root the right to ignore the permissions of files, so that tests about them run as root, too."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager

# The values are those of linux/capability.h.
_VERSION_3 = 0x20080522
_IGNORE_PERMISSIONS = 1 << 1 | 1 << 2
"""The capabilities CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""


@contextmanager
def permissions_obeyed() -> Iterator[None]:
    """Let this thread obey the permissions of files within the block, even if it runs as root (capabilities(7))."""
    if sys.platform != "linux":
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_VERSION_3, 0)  # version, process: 0 is this thread
    sets = (ctypes.c_uint32 * 6)()  # twice: effective, permitted, inheritable
    assert libc.capget(header, sets) == 0
    effective = sets[0]
    sets[0] = effective & ~_IGNORE_PERMISSIONS
    assert libc.capset(header, sets) == 0
    try:
        yield
    finally:
        sets[0] = effective
        assert libc.capset(header, sets) == 0
