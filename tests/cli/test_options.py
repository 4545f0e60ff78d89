"""Options that commands share: declared once, with their choices in the help of each command."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import get_type_hints

import pytest

from readout_pub.cli import options
from readout_pub.cli.options import PDF_PROFILES
from readout_pub.emit import EMITTERS
from readout_pub.emit.pdf.profiles import PROFILES
from readout_pub.styles import themes
from tests.cli.conftest import Command


def declarations(command: str) -> dict[str, object]:
    """Return the declaration of each parameter of a command."""
    module = import_module(f"readout_pub.cli.{command}")
    return get_type_hints(getattr(module, f"{command}_command"), include_extras=True)


@pytest.mark.parametrize("name", ["to", "theme", "pdf", "photos", "system_fonts", "site", "sites", "max_bytes", "json"])
def test_convert_and_batch_share_the_declaration_of_an_option(name: str) -> None:
    shared = [value for _, value in inspect.getmembers(options)]
    convert, batch = declarations("convert")[name], declarations("batch")[name]
    assert convert is batch or convert == batch
    assert convert in shared


@pytest.mark.parametrize("command", ["convert", "batch"])
def test_help_names_every_theme_pdf_profile_and_format(command: str, run: Command) -> None:
    shown = " ".join(run(command, "--help").out.split())
    assert f"Theme: {', '.join(themes())}." in shown
    assert all(f"{name} (" in shown for name in PROFILES)
    assert f"Formats: {', '.join(EMITTERS)}, docx, odt, md, rst, tex, or any pandoc writer." in shown


def test_help_names_the_pdf_profiles_that_exist() -> None:
    assert list(PDF_PROFILES) == list(PROFILES)
