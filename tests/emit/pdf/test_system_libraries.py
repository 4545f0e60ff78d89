"""The system libraries of WeasyPrint: a table that `doctor` reads, and an error that names those that are missing."""

from __future__ import annotations

import pytest

from readout_pub.emit.pdf import system_libraries
from readout_pub.emit.pdf.system_libraries import LIBRARIES, Library, library_missing
from readout_pub.install_commands import PANGO, install_system


def test_every_library_is_present_where_these_tests_run() -> None:
    assert {library.name: library.present for library in LIBRARIES} == {
        "pango-1.0": True,
        "pangoft2-1.0": True,
    }


def test_a_library_that_is_not_installed_is_not_present() -> None:
    assert not Library("atlantis", "libatlantis.so.9", "sinks").present


def test_the_error_names_all_missing_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = [Library(name, f"lib{name}.so.9", "sinks") for name in ("atlantis", "lyonesse")]
    monkeypatch.setattr(system_libraries, "LIBRARIES", (*LIBRARIES, *missing))
    error = library_missing(OSError("cannot load 'liblyonesse.so.9'"))
    assert error.what == "PDF needs atlantis and lyonesse, which cannot be loaded here"


def test_the_error_has_a_reason_an_install_command_and_exit_code_3() -> None:
    error = library_missing(OSError("cannot load 'libfontconfig.so.1'"))
    assert error.exit_code == 3
    assert error.what == "PDF needs a system library of WeasyPrint (cannot load 'libfontconfig.so.1')"
    assert error.what_next == install_system(PANGO)
