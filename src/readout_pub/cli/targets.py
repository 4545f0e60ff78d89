"""Where the files of each source go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from readout_pub.emit import Rendition, suffix_of
from readout_pub.errors import OutputError, UsageError

STANDARD_OUTPUT = "-"


class Target(msgspec.Struct, frozen=True):
    """One source and the path of each of its formats; `folder` is where photos lie that stand beside them."""

    source: str
    paths: dict[str, str]
    folder: str

    def path(self, rendition: Rendition) -> str:
        """Return where a rendition goes."""
        return self.paths[rendition.format]

    def refuse_existing(self) -> None:
        """Raise an OutputError if a file is there already."""
        for path in self.paths.values():
            if path != STANDARD_OUTPUT and Path(path).exists():
                raise OutputError("it is there already", where=path, what_next="leave --no-clobber out to replace it")


def targets(sources: Sequence[str], formats: Sequence[str], output: str | None) -> list[Target]:
    """Name the files of all sources; a UsageError if two would have one name, or many go to standard output."""
    if not formats:
        raise UsageError("no format is named", where="--to", what_next="name one, such as pdf")
    several = len(sources) * len(set(formats)) > 1
    if output == STANDARD_OUTPUT and several:
        raise UsageError("only one file can go to standard output", where="-o -", what_next="name a folder")
    found = [_target(source, dict.fromkeys(formats), output, several=several) for source in sources]
    _refuse_equal_names(found)
    return found


def _target(source: str, formats: dict[str, None], output: str | None, *, several: bool) -> Target:
    stem = "stdin" if source == "-" else Path(source).stem
    if output is None:
        folder = Path()
    elif several or output.endswith("/") or Path(output).is_dir():
        folder = Path(output)
    else:
        return Target(source, dict.fromkeys(formats, output), f"{Path(output).stem}_files")
    return Target(source, {name: str(folder / (stem + suffix_of(name))) for name in formats}, f"{stem}_files")


def _refuse_equal_names(found: list[Target]) -> None:
    seen: dict[str, str] = {}
    for target in found:
        for path in target.paths.values():
            if path in seen:
                raise UsageError(
                    f"{seen[path]} and {target.source} would both become {path}",
                    what_next="convert them one by one with -o, or rename one",
                )
            seen[path] = target.source
