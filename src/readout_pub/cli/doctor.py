"""`readout-pub doctor`: shows what is installed, what is missing, and the command that installs it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import typer

from readout_pub import __version__
from readout_pub.cli.console import print_json
from readout_pub.cli.options import Json
from readout_pub.errors import ToolMissing

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Component(msgspec.Struct, frozen=True):
    """A package or program that this program uses: its version or None, its purpose, and how to install it."""

    name: str
    found: str | None
    purpose: str
    install: str
    needed: bool = True


@app.command("doctor")
def doctor_command(json: Json = False) -> None:
    """Show what is installed and missing, with install commands; exit 3 if something required is missing."""
    components = tuple(_components())
    if json:
        print_json(components)
    else:
        typer.echo("\n".join(map(_component_line, components)))
    if any(each.needed and each.found is None for each in components):
        raise typer.Exit(ToolMissing.exit_code)


def _component_line(component: Component) -> str:
    if component.found is not None:
        return f"ok       {f'{component.name} {component.found}'.strip()}: {component.purpose}"
    state = "MISSING " if component.needed else "optional"
    return f"{state} {component.name}: {component.purpose}; {component.install}"


_REQUIRED = {
    "beautifulsoup4": "parses pages",
    "lxml": "parses pages",
    "msgspec": "defines the model",
    "pillow": "prepares photos",
    "weasyprint": "lays out PDF",
}

_FONTS = (
    ("fonts for Japanese", "pylopdf-fonts-jp", "Japanese, Chinese and Korean in PDF", "cjk"),
    ("fonts for Arabic", "fontpkg-amiri", "Arabic, Persian and Urdu in PDF", "arabic"),
    ("fonts for Hebrew", "pylopdf-fonts-he", "Hebrew in PDF", "hebrew"),
    (
        "fonts for 17 scripts",
        "manimgx-fonts",
        "Armenian, Ethiopic, Georgian, Indic scripts, Thai and more in PDF",
        "noto",
    ),
    ("Atkinson Hyperlegible", "fontpkg-atkinson-hyperlegible", "the theme `readable` in PDF", "readable"),
)
_OPTIONAL = (
    *_FONTS,
    ("universal-pathlib", "universal-pathlib", "reads pages from s3://, sftp:// and other stores", "remote"),
    ("Dask", "distributed", "converts on other machines with `readout-pub batch --cluster`", "cluster"),
    ("page-validation", "page-validation", "checks PDF files for `readout-pub check`", "check"),
    ("cryptography", "cryptography", "signs files, and verifies signatures", "signatures"),
)
"""Name, package, purpose, and the extra that installs it."""


def _components() -> Iterator[Component]:
    import platform

    from readout_pub.emit.pdf.fonts import verify_font_digests
    from readout_pub.emit.pdf.system_libraries import LIBRARIES
    from readout_pub.install_commands import PANGO, install_extra, install_python, install_system

    yield Component("readout-pub", __version__, "this program", "")
    yield Component("Python", platform.python_version(), "runs this program", "")
    for package, purpose in _REQUIRED.items():
        yield Component(package, _package_version(package), purpose, install_python(package))
    yield _pandoc()
    for library in LIBRARIES:
        yield Component(library.name, "" if library.present else None, library.purpose, install_system(PANGO))
    for name, _, _, extra in _FONTS:
        try:
            verify_font_digests(extra)
        except ToolMissing as fault:
            yield Component(name, None, f"{fault.where}: {fault.what}", fault.what_next or "")
    for name, package, purpose, extra in _OPTIONAL:
        yield Component(name, _package_version(package), purpose, install_extra(extra), needed=False)


def _package_version(package: str) -> str | None:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _pandoc() -> Component:
    """Return pandoc with its own version, which differs from that of its Python package."""
    from readout_pub.emit.pandoc.program import pandoc_version

    purpose = "writes DOCX, ODT, Markdown and more"
    try:
        return Component("pandoc", pandoc_version(), purpose, "")
    except ToolMissing as fault:
        return Component("pandoc", None, purpose, fault.what_next or "")
