"""Reads TOML files with the fields of a struct: the certifier of an EPUB, the details of a conformance report."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

from readout_pub.errors import SourceError
from readout_pub.named_file import read_named_file

_Settings = TypeVar("_Settings", bound=msgspec.Struct)


def read_settings(path: Path, kind: type[_Settings], what: str, example: str) -> _Settings:
    """Return a struct of type `kind` with the values of a TOML file, whose keys are its fields; errors call it `what`.

    Raises SourceError, with `example` as advice, if the file cannot be read, is not valid TOML, has other keys, or a
    value of another type.
    """
    content = read_named_file(path, what)
    try:
        return msgspec.convert(tomllib.loads(content.decode()), kind)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as reason:
        raise SourceError(f"this is not valid TOML: {reason}", where=str(path), what_next=example) from reason
    except msgspec.ValidationError as reason:
        raise SourceError(str(reason), where=str(path), what_next=example) from reason
