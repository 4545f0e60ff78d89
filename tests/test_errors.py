"""Error messages show untrusted names with control characters escaped."""

from __future__ import annotations

import pytest

from readout_pub import SourceError
from readout_pub.errors import escape_controls


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Übersicht 令和.html", "Übersicht 令和.html"),
        ("talks\x1b]0;owned\x07.html", r"talks\x1b]0;owned\x07.html"),
        ("two\nlines.html", r"two\nlines.html"),
        ("c1\x9b31m.html", r"c1\x9b31m.html"),
        (b"caf\xe9.html".decode("utf-8", "surrogateescape"), r"caf\xe9.html"),
        ("\ud800.html", r"\ud800.html"),
    ],
)
def test_control_characters_in_names_are_escaped(name: str, shown: str) -> None:
    assert escape_controls(name) == shown
    assert str(SourceError("it is gone", where=name)) == f"{shown}: it is gone"
