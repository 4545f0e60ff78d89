"""`readout-pub doctor`: what is installed, what is missing, and the command that mends it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import typer

from readout_pub import __version__
from readout_pub.cli.options import Json
from readout_pub.errors import ToolMissing

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Finding(msgspec.Struct, frozen=True):
    """One thing that conversions use: its version or None, what it is for, and the line that installs it."""

    name: str
    found: str | None
    purpose: str
    install: str
    needed: bool = True


@app.command("doctor")
def doctor_command(json: Json = False) -> None:
    """Say what is installed, what is missing, and the command that mends it; exit 3 if something needed is missing."""
    findings = tuple(_findings())
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(findings), indent=1).decode())
    else:
        typer.echo("\n".join(map(_line, findings)))
    if any(each.needed and each.found is None for each in findings):
        raise typer.Exit(ToolMissing.exit_code)


def _line(finding: Finding) -> str:
    if finding.found is not None:
        return f"ok       {f'{finding.name} {finding.found}'.strip()}: {finding.purpose}"
    state = "MISSING " if finding.needed else "optional"
    return f"{state} {finding.name}: {finding.purpose}; install it with {finding.install}"


_PACKAGES = {
    "beautifulsoup4": "parses pages",
    "lxml": "parses pages",
    "msgspec": "holds the model",
    "pillow": "prepares photos",
    "weasyprint": "sets PDF",
}

_FONTS = (
    ("fonts for Japanese", "pylopdf-fonts-jp", "set Japanese, Chinese and Korean in PDF", "cjk"),
    ("fonts for Arabic", "fontpkg-amiri", "set Arabic, Persian and Urdu in PDF", "arabic"),
    ("fonts for Hebrew", "pylopdf-fonts-he", "set Hebrew in PDF", "hebrew"),
)


def _findings() -> Iterator[Finding]:
    import platform

    from readout_pub.emit.pdf.libraries import INSTALL, LIBRARIES

    yield Finding("readout-pub", __version__, "this program", "")
    yield Finding("Python", platform.python_version(), "runs it", "")
    for package, purpose in _PACKAGES.items():
        yield Finding(package, _version(package), purpose, f"`pip install {package}`")
    yield Finding("pandoc", _pandoc(), "writes DOCX, ODT, Markdown and more", "`pip install pypandoc_binary`")
    for library in LIBRARIES:
        found = "" if library.present else None
        yield Finding(library.name, found, library.purpose, INSTALL)
    for name, package, purpose, extra in _FONTS:
        yield Finding(name, _version(package), purpose, f"`pip install 'readout-pub[{extra}]'`", needed=False)
    yield Finding(
        "universal-pathlib",
        _version("universal-pathlib"),
        "reads pages from s3://, sftp:// and other stores",
        "`pip install 'readout-pub[remote]'`",
        needed=False,
    )
    yield Finding(
        "Dask",
        _version("distributed"),
        "lets other machines convert for `readout-pub batch`",
        "`pip install 'readout-pub[cluster]'`",
        needed=False,
    )
    yield Finding(
        "page-validation",
        _version("page-validation"),
        "judges PDF files for `readout-pub check`",
        "`pip install 'readout-pub[check]'`",
        needed=False,
    )


def _version(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _pandoc() -> str | None:
    """Return the version of the program, which is not that of the package around it."""
    from readout_pub.emit.pandoc.program import pandoc_version

    try:
        return pandoc_version()
    except ToolMissing:
        return None
