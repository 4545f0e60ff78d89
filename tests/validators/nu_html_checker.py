"""The Nu HTML checker: whether a page is valid HTML. Warnings count as well as errors."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from readout_pub.checks.external_validators import JAVA_OPTIONS
from tests.validators.findings import MODULES, Finding, FindingsByFile, NotInstalled, program

JAR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


FALSE_WARNING = "Resource violates Content Security Policy (meta tag): image “data:"
"""A false alarm of the checker: it reports photos in data URLs although `img-src` allows them. Browsers show them."""


class NuMessage(msgspec.Struct, rename="camel"):
    type: str
    message: str
    url: str = ""
    sub_type: str = ""
    last_line: int = 0


class NuReport(msgspec.Struct):
    messages: list[NuMessage]


def validate(pages: Sequence[Path]) -> FindingsByFile:
    """Check all HTML pages, with one start of the checker."""
    if not JAR.is_file():
        raise NotInstalled("the Nu HTML checker is not installed; `./dev test` installs it")
    command = [program("java"), *JAVA_OPTIONS, "-jar", str(JAR), "--format", "json", "--stdout", "--exit-zero-always"]
    paths = {str(page.resolve()): page for page in pages}
    run = subprocess.run([*command, *(str(page.resolve()) for page in pages)], capture_output=True, check=True)
    found: dict[Path, list[Finding]] = {page: [] for page in pages}
    for each in msgspec.json.decode(run.stdout, type=NuReport).messages:
        # Mere information, such as a trailing slash in a void element, has type "info" and no subtype.
        counts = each.type != "info" or each.sub_type == "warning"
        if counts and not each.message.startswith(FALSE_WARNING):
            page = paths[unquote(urlsplit(each.url).path)]
            severity = each.sub_type or "error"
            found[page].append(Finding(each.type, severity, each.message, f"line {each.last_line}"))
    return {page: tuple(findings) for page, findings in found.items()}
