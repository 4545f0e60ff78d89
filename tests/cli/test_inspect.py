"""`inspect`: the report for people, `--json` and `--why`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from readout_pub import from_json, read
from readout_pub.convert import read_with_reasons
from tests.cli.conftest import PAGE, Command

PROFILE = """
hosts = ["sea.example"]
publisher.en = "Ministry of the Sea"

[[layout]]
name = "first"
marker = "article"
body = "article"
title = "h1"
date = "h1 + p"
drop = ["figcaption"]
"""


def cells(table: str) -> list[list[str]]:
    """Return the cells of a table with columns two or more spaces apart, without the weights, which may change."""
    table = re.sub(r"evidence: .*?(?=  )", "evidence", table)
    return [re.split(r" {2,}", line.strip()) if line else [] for line in table.splitlines()]


@pytest.mark.usefixtures("page")
def test_inspect_shows_fields_photos_and_notes(run: Command) -> None:
    result = run("inspect", "tides.html", "--date", "2022-08-04")
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0] == "title     Atlantis and Lemuria agree on the tides"
    assert "date      2022-08-04" in lines
    assert "  tides.jpg (file missing)" in lines
    assert "    alt      The two ministers at the quay (by caption)" in lines
    assert "    caption  The two ministers at the quay" in lines
    missing = "the file of photo 'tides.jpg' is missing; its texts are shown instead"
    assert f"  warning PHOTO_FILE_MISSING: {missing}" in lines


@pytest.mark.usefixtures("page")
def test_inspect_json_prints_the_model_as_convert_writes_it(run: Command) -> None:
    run("convert", "tides.html", "--to", "json", "--quiet")
    printed = run("inspect", "tides.html", "--json").out
    assert printed.encode() == Path("tides.json").read_bytes()
    assert from_json(printed).title == ("Atlantis and Lemuria agree on the tides",)


@pytest.mark.usefixtures("page")
def test_the_printed_readout_fits_the_printed_schema(run: Command) -> None:
    schema = json.loads(run("schema").out)
    model = json.loads(run("inspect", "tides.html", "--json").out)
    definition = schema["$defs"]["Readout"]
    assert set(model) <= set(definition["properties"])
    assert set(definition["required"]) <= set(model)


@pytest.mark.usefixtures("page")
def test_why_names_rule_and_place_of_each_field_and_region(run: Command) -> None:
    Path("tides.html").write_text(PAGE.replace("<article>", "<nav>News Sport</nav><article>"), "utf-8")
    result = run("inspect", "tides.html", "--why")
    assert result.code == 0
    assert cells(result.out) == [
        ["profile", "none", "no site profile matches this page"],
        ["title", "Atlantis and Lemuria agree on the tides", "h1, agreed 0", "h1, line 6"],
        ["series", "none"],
        ["date", "2022-08-04", "printed near the title", "p, line 7"],
        ["language", "en", "declared by the page"],
        [],
        ["kept as text"],
        ["91 words", "evidence", "figcaption, line 8", '"The two ministers at the quay On 4 August, Ms. Ne…"'],
        [],
        ["left out"],
        ["2 words", "chrome: <nav>", "nav, line 5", '"News Sport"'],
    ]  # fmt: skip


@pytest.mark.usefixtures("page")
def test_why_names_the_selectors_of_a_profile(run: Command) -> None:
    Path("sites/sea").mkdir(parents=True)
    Path("sites/sea/profile.toml").write_text(PROFILE, "utf-8")
    assert cells(run("inspect", "tides.html", "--why", "--sites", Path("sites").absolute()).out) == [
        ["profile", "sea/first", "marker article"],
        ["title", "Atlantis and Lemuria agree on the tides", "h1", "h1"],
        ["series", "none"],
        ["date", "2022-08-04", "h1 + p", "p"],
        ["language", "en", "declared by the page"],
        [],
        ["kept as text"],
        ["85 words", "article", "article", '"On 4 August, Ms. Nerea Salt, Minister of the Sea…"'],
        [],
        ["left out"],
        ["6 words", "figcaption", "figcaption", '"The two ministers at the quay"'],
    ]


@pytest.mark.usefixtures("page")
def test_why_marks_overrides_as_given(run: Command) -> None:
    out = run("inspect", "tides.html", "--why", "--title", "Tides", "--date", "2022-08-05", "--lang", "la").out
    assert cells(out)[1:5] == [
        ["title", "Tides", "given by you"],
        ["series", "none"],
        ["date", "2022-08-05", "given by you"],
        ["language", "la", "given by you"],
    ]


@pytest.mark.usefixtures("page")
def test_why_as_json_has_the_whole_text_of_regions(run: Command) -> None:
    reasons = json.loads(run("inspect", "tides.html", "--why", "--json").out)
    assert [each["what"] for each in reasons] == ["profile", "title", "date", "kept", "language"]
    kept = reasons[3]
    assert kept["words"] == 91
    assert kept["text"].endswith("The harbour masters will meet again in spring.")


def test_lines_are_ranked_only_for_why(page: Path) -> None:
    assert not calls(lambda: read(page), "rank_features")
    assert calls(lambda: read_with_reasons(page), "rank_features")


def calls(work: Callable[[], object], name: str) -> int:
    """Count the calls of functions of this name."""
    count = 0

    def tick(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call" and frame.f_code.co_name == name

    sys.setprofile(tick)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
