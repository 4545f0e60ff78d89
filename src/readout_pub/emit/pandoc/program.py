"""Runs pandoc without the user's templates; returns its output and warnings."""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import msgspec

from readout_pub.emit.timestamps import MAX_ZIP_TIME, MIN_ZIP_TIME
from readout_pub.errors import EmitError, OutputError, ToolMissing
from readout_pub.install_commands import install_python

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

PACKAGE = "pypandoc_binary"
"""The Python package that includes pandoc."""

PATH_VARIABLE = "PYPANDOC_PANDOC"
"""The environment variable with the path of the pandoc that pypandoc uses."""

# Without this handler, pypandoc logs a traceback if the pandoc that the variable names does not run.
logging.getLogger("pypandoc").addHandler(logging.NullHandler())

WARNING = "[WARNING]"

IGNORED_WARNINGS = ("Could not load translations", "The term Abstract has no translation", "Deprecated: ")
"""Beginnings of warnings that say nothing of the output: words such as "Abstract", which it does not have, cannot be
translated, or its format has a newer name.
"""


class PandocOutput(msgspec.Struct, frozen=True):
    """The file that pandoc wrote, and its warnings."""

    data: bytes
    warnings: tuple[str, ...]


def writer_names() -> tuple[str, ...]:
    """Return the names of all formats that the installed pandoc writes; raises ToolMissing without pandoc 3."""
    import pypandoc

    _pandoc_path()
    return tuple(pypandoc.get_pandoc_formats()[1])


def pandoc_version() -> str:
    """Return the version of the installed pandoc; raises ToolMissing without pandoc 3."""
    import pypandoc

    _pandoc_path()
    return str(pypandoc.get_pandoc_version())


def run_pandoc(
    source: bytes, arguments: Sequence[str], files: Mapping[str, bytes], at: dt.datetime | None
) -> PandocOutput:
    """Return what pandoc makes of `source`, run in a temporary folder with `files`.

    `source` is a syntax tree in JSON, unless `--from` in `arguments` names another format; the other arguments name the
    writer and its options. `at` becomes the timestamp in DOCX and ODT, which can store only some years; None becomes
    their earliest time. Raises EmitError with the first line of pandoc's message if pandoc fails, OutputError if a user
    or a service manager stops it, MemoryError if the system kills it, ToolMissing without pandoc 3.
    """
    program = _pandoc_path()
    seconds = int(min(max(at or MIN_ZIP_TIME, MIN_ZIP_TIME), MAX_ZIP_TIME).timestamp())
    with TemporaryDirectory(prefix="readout-pub-") as folder:
        for name, data in files.items():
            file = Path(folder) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        # pypandoc's own functions can neither set the environment nor return binary output.
        # `--data-dir=.`: reference documents and templates in the user's folder would change the bytes.
        done = subprocess.run(  # noqa: S603  # the program that pypandoc found, and no shell
            [program, "--from=json", "--wrap=none", "--data-dir=.", *arguments, "--output=-"],
            input=source,
            capture_output=True,
            cwd=folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(seconds)},
            check=False,
            process_group=_OWN_GROUP,
        )
    stderr = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode:
        _require_not_killed(done.returncode, stderr)
        raise EmitError(
            f"pandoc failed: {stderr.splitlines()[0] if stderr else f'exit code {done.returncode}'}",
            what_next="choose another format, and report this with the page",
        )
    warnings = (" ".join(warning.split()) for warning in stderr.split(WARNING) if warning)
    return PandocOutput(done.stdout, tuple(each for each in warnings if not each.startswith(IGNORED_WARNINGS)))


def default_file(name: str) -> bytes:
    """Return one of the data files built into pandoc, such as "reference.docx"; raises ToolMissing without pandoc 3."""
    command = [_pandoc_path(), f"--print-default-data-file={name}"]
    # pandoc parses SOURCE_DATE_EPOCH here too, and fails if it is not a number.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(  # noqa: S603  # the program that pypandoc found, and no shell
        command, capture_output=True, check=False, env=environment, process_group=_OWN_GROUP
    )
    _require_not_killed(done.returncode, done.stderr.decode("utf-8", "replace"))
    done.check_returncode()
    return done.stdout


def _pandoc_path() -> str:
    """Return the path of pandoc 3; raises ToolMissing if it is not installed, does not run, or is too old.

    Unless the user has set `PATH_VARIABLE`, it is set to the pandoc that pypandoc includes: another pandoc of the
    machine would write other bytes.
    """
    import pypandoc

    included = Path(pypandoc.__file__).parent / "files" / ("pandoc.exe" if sys.platform == "win32" else "pandoc")
    if included.is_file():
        os.environ.setdefault(PATH_VARIABLE, str(included))
    try:
        path: str = pypandoc.get_pandoc_path()
        new_enough = pypandoc.ensure_pandoc_minimal_version(3)
    except OSError as reason:
        if chosen := os.environ.get(PATH_VARIABLE):
            _require_memory_to_start(chosen)
            is_of_user = chosen != str(included)
            raise ToolMissing(
                "this pandoc does not run, or is another program",
                where=chosen,
                what_next=f"set the variable {PATH_VARIABLE}, which names this program, to the path of pandoc 3, "
                "or unset the variable"
                if is_of_user
                else f"remove the package {PACKAGE}, and {install_python(PACKAGE)}",
            ) from reason
        raise ToolMissing(
            "pandoc, which writes this format, is not installed", what_next=install_python(PACKAGE)
        ) from reason
    if not new_enough:
        found = pypandoc.get_pandoc_version()
        raise ToolMissing(
            f"pandoc {found} is too old; this format needs pandoc 3", where=path, what_next=install_python(PACKAGE)
        )
    return path


def _require_memory_to_start(program: str) -> None:
    """Raise MemoryError if there is too little memory to start `program`."""
    with contextlib.suppress(OSError):  # it is not there, or not a program
        done = subprocess.run([program, "--version"], capture_output=True, check=False)  # noqa: S603  # no shell
        _require_not_killed(done.returncode, done.stderr.decode("utf-8", "replace"))


def _require_not_killed(exit_code: int, stderr: str) -> None:
    """Raise MemoryError if pandoc ended for lack of memory, OutputError if a user or a service manager stopped it."""
    if exit_code == -_KILLED or _OUT_OF_MEMORY in stderr:
        raise MemoryError
    if -exit_code in _STOP_SIGNALS:
        raise OutputError("pandoc was stopped from outside", what_next="run the command again")


_OWN_GROUP = 0
"""The value of `process_group` that puts pandoc into its own group. A terminal sends Ctrl-C to a whole group, but a
batch lets pandoc finish the pages that have begun.
"""

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
"""The signals by which users and service managers stop programs. A batch tries the page again."""

_KILLED = 9
"""SIGKILL, with which Linux ends a process when memory runs out. Windows does not have it in `signal`."""

_OUT_OF_MEMORY = "The system might be out of memory"
"""What the run-time system of Haskell prints if memory runs out."""
