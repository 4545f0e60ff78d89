from __future__ import annotations

import json
from pathlib import Path

import pytest

from readout_pub import from_json
from tests.cli.conftest import Command


@pytest.mark.usefixtures("page")
def test_inspect_shows_what_was_understood(run: Command) -> None:
    result = run("inspect", "tides.html", "--date", "2022-08-04")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == "title     Atlantis and Lemuria agree on the tides"
    assert "date      2022-08-04" in lines
    assert "  tides.jpg (file missing)" in lines
    assert "    alt      The two ministers at the quay (by caption)" in lines
    assert "    caption  The two ministers at the quay" in lines
    missing = "the file of photo 'tides.jpg' is not there; its texts are shown in its place"
    assert f"  warning PHOTO_FILE_MISSING: {missing}" in lines


@pytest.mark.usefixtures("page")
def test_inspect_json_prints_the_model_as_convert_writes_it(run: Command) -> None:
    run("convert", "tides.html", "--to", "json", "--quiet")
    printed = run("inspect", "tides.html", "--json").out
    assert printed.encode() == Path("tides.json").read_bytes()
    assert from_json(printed).title == ("Atlantis and Lemuria agree on the tides",)


@pytest.mark.usefixtures("page")
def test_the_printed_model_fits_the_printed_schema(run: Command) -> None:
    schema = json.loads(run("schema").out)
    model = json.loads(run("inspect", "tides.html", "--json").out)
    definition = schema["$defs"]["Readout"]
    assert set(model) <= set(definition["properties"])
    assert set(definition["required"]) <= set(model)
