"""Reads plain text."""

from __future__ import annotations


def read(data: bytes) -> tuple[str, ...]:
    """Return the lines that are not blank, without indentation."""
    lines = (line.strip(" \t") for line in data.decode("utf-8-sig").splitlines())
    return tuple(line for line in lines if line)
