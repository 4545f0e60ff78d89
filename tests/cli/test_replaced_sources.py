"""No command replaces a file that it reads: a page, an output, or a file that an option names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command

TABLE = '[{"file": "tides.jpg", "alt": "Two ministers at a quay"}]'


@pytest.mark.parametrize(
    "command",
    [
        ("diff", "tides.html", "other.html", "--html", "tides.html"),
        ("diff", "tides.html", "other.html", "--html", "./other.html"),
        ("check", "tides.html", "--report", "en301549:tides.html"),
        ("check", "readout.json", "--sarif", "readout.json"),
        ("inspect", "tides.html", "--alts", "-o", "tides.html"),
        ("alt", "worklist", "tides.html", "-o", "tides.html"),
        ("alt", "worklist", "file:tides.html", "-o", "tides.html"),
        ("alt", "lint", "readout.json", "--sarif", "readout.json"),
        ("batch", "@list.txt", "--to", "txt", "--log", "list.txt"),
        ("batch", "tides.html", "--to", "txt", "--alt-file", "alt.json", "--log", "alt.json"),
        ("convert", "tides.html", "--alt-file", "alt.json", "-o", "alt.json"),
        ("convert", "tides.html", "--to", "html", "--css", "css.css", "-o", "css.css"),
    ],
)
def test_a_file_that_a_command_reads_is_not_replaced(command: tuple[str, ...], page: Path, run: Command) -> None:
    Path("other.html").write_bytes(page.read_bytes())
    assert run("convert", page, "-o", "readout.json", "--no-receipt").code == 0
    Path("list.txt").write_text("tides.html\n", "utf-8")
    Path("alt.json").write_text(TABLE, "utf-8")
    Path("css.css").write_text("p { color: navy }", "utf-8")
    before = {path: path.read_bytes() for path in sorted(Path().iterdir()) if path.is_file()}
    result = run(*command)
    assert result.code == 2
    assert "this command reads the file, and would replace it; name another file" in result.err
    assert before == {path: path.read_bytes() for path in sorted(Path().iterdir()) if path.is_file()}
