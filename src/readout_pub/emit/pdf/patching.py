"""What of WeasyPrint is replaced by our own while a page is laid out and written, and the check that we know it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType

from readout_pub.errors import ToolMissing

PINNED = "70.0"
"""The release of WeasyPrint whose private parts are replaced."""


@contextmanager
def patched(
    owner: ModuleType | type, name: str, parameters: Sequence[str], own: Callable[..., object]
) -> Iterator[None]:
    """Let `own` stand in this context in the place of `name`, a function or class of WeasyPrint's module or class.

    A ToolMissing if there is none, or if it does not take `parameters`: another release, of which nobody knows whether
    ours does the same.
    """
    original = getattr(owner, name, None)
    if original is None or list(inspect.signature(original).parameters) != list(parameters):
        import weasyprint

        raise ToolMissing(
            f"in WeasyPrint {weasyprint.__version__} {owner.__name__}.{name} is not what this program knows",
            what_next=f"run `pip install weasyprint=={PINNED}`",
        )
    setattr(owner, name, own)
    try:
        yield
    finally:
        setattr(owner, name, original)
