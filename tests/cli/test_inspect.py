"""`inspect`: the report for people, `--json`, `--why` and `--alts`."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest
from jsonschema import Draft202012Validator

from readout_pub import from_json, read
from readout_pub.convert import ReadOptions, read_with_reasons
from readout_pub.model import Described, figures
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
    """Return the cells of a table, whose columns are two or more spaces apart. Scores may change: they are left out."""
    table = re.sub(r"score: .*?(?=  )", "score", table)
    return [re.split(r" {2,}", line.strip()) if line else [] for line in table.splitlines()]


@pytest.mark.usefixtures("page")
def test_inspect_shows_the_fields_the_photos_and_the_notes(run: Command) -> None:
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
    validator = Draft202012Validator(schema)
    validator.validate(model)
    assert not validator.is_valid(model | {"colour": "blue"})
    assert not validator.is_valid(model | {"language": 3})


@pytest.mark.parametrize("command", ["schema readout", "schema receipt", "profile schema"])
def test_a_schema_names_its_version_and_has_descriptions_without_indents(command: str, run: Command) -> None:
    schema = json.loads(run(*command.split()).out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    described = [each["description"] for each in schema["$defs"].values() if "description" in each]
    assert described
    assert not [each for each in described if "\n " in each]


@pytest.mark.usefixtures("page")
def test_the_reasons_name_rule_and_place_of_each_field_and_region(run: Command) -> None:
    Path("tides.html").write_text(PAGE.replace("<article>", "<nav>News Sport</nav><article>"), "utf-8")
    result = run("inspect", "tides.html", "--why")
    assert result.code == 0
    assert cells(result.out) == [
        ["profile", "none", "no site profile matches this page; the generic extractor was used"],
        ["title", "Atlantis and Lemuria agree on the tides", "h1, metadata match 0", "h1, line 6"],
        ["series", "none"],
        ["date", "2022-08-04", "printed near the title", "p, line 7"],
        ["language", "en", "declared by the page"],
        [],
        ["kept as text"],
        ["91 words", "score", "figcaption, line 8", '"The two ministers at the quay On 4 August, Ms. Ne…"'],
        [],
        ["left out"],
        ["2 words", "chrome: <nav>", "nav, line 5", '"News Sport"'],
    ]  # fmt: skip


@pytest.mark.usefixtures("page")
def test_the_reasons_name_the_selectors_of_a_profile(run: Command) -> None:
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
def test_the_reasons_mark_overrides_as_given(run: Command) -> None:
    out = run("inspect", "tides.html", "--why", "--title", "Tides", "--date", "2022-08-05", "--lang", "la").out
    assert cells(out)[1:5] == [
        ["title", "Tides", "given by you"],
        ["series", "none"],
        ["date", "2022-08-05", "given by you"],
        ["language", "la", "given by you"],
    ]


@pytest.mark.usefixtures("page")
def test_the_reasons_in_json_have_the_whole_text_of_regions(run: Command) -> None:
    reasons = json.loads(run("inspect", "tides.html", "--why", "--json").out)
    assert [each["what"] for each in reasons] == ["profile", "title", "date", "kept", "language"]
    kept = reasons[3]
    assert kept["words"] == 91
    assert kept["text"].endswith("The harbour masters will meet again in spring.")


def test_features_are_ranked_only_if_reasons_are_wanted(page: Path) -> None:
    assert not calls(lambda: read(page), "rank_features")
    assert calls(lambda: read_with_reasons(page, ReadOptions()), "rank_features")


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


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("--why",)])
def test_a_page_that_takes_too_long_is_an_error(run: Command, page: Path, words: tuple[str, ...]) -> None:
    page.write_text(PAGE.replace("<figure>", "<p>On.</p>" * 60_000 + "<figure>"))
    result = run("inspect", page, "--page-timeout", "0.5", *words)
    assert (result.code, result.out) == (1, "")
    assert "it took longer than 0.5 seconds, the limit of --page-timeout (in Python: timeout); " in result.err


# --- the table to fill in


def table_rows(printed: str) -> list[dict[str, str]]:
    assert printed.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(printed[1:], newline="")))


@pytest.mark.usefixtures("page")
def test_the_option_alts_prints_every_photo_of_all_pages(run: Command) -> None:
    Path("saved").mkdir()
    Path("saved/one.html").write_text(PAGE, "utf-8")
    Path("saved/two.html").write_text(PAGE.replace('alt="photo1"', 'alt="-Two men, one smiling"'), "utf-8")
    Path("saved/empty.html").write_text("<html></html>", "utf-8")
    result = run("inspect", "saved", "--alts")
    caption = "The two ministers at the quay"
    assert table_rows(result.out) == [
        {"page": "one.html", "file": "tides.jpg", "alt": "", "caption": caption},
        {"page": "two.html", "file": "tides.jpg", "alt": "'-Two men, one smiling", "caption": caption},
    ]
    assert result.code == 1
    assert "empty.html" in result.err


@pytest.mark.usefixtures("page")
def test_the_option_alt_file_takes_the_printed_table_back(run: Command) -> None:
    Path("tides.html").write_text(PAGE.replace("photo1", "- Two men,\n one smiling"), "utf-8")
    before = run("inspect", "tides.html", "--json").out
    Path("alts.csv").write_text(run("inspect", "tides.html", "--alts").out, "utf-16")
    assert run("inspect", "tides.html", "--json", "--alt-file", "alts.csv") == (0, before, "")
    filled = Path("alts.csv").read_text("utf-16").replace("smiling", "waving")
    Path("alts.csv").write_text(filled, "utf-16")
    (figure,) = figures(from_json(run("inspect", "tides.html", "--json", "--alt-file", "alts.csv").out))
    assert figure.photos[0].alt == Described("- Two men, one waving", by="person")
    again = table_rows(run("inspect", "tides.html", "--alts", "--alt-file", "alts.csv").out)
    assert again[0]["alt"] == "'- Two men, one waving"


@pytest.mark.usefixtures("page")
def test_the_table_to_fill_in_leaves_out_texts_by_programs(run: Command) -> None:
    Path("alts.csv").write_text("file,alt,by\ntides.jpg,Some men,model\n", "utf-8")
    (row,) = table_rows(run("inspect", "tides.html", "--alts", "--alt-file", "alts.csv").out)
    assert row["alt"] == ""


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_option_alts_writes_its_table_to_a_file(options: list[str], run: Command) -> None:
    shown = run("inspect", "tides.html", "--alts", *options).out
    assert run("inspect", "tides.html", "--alts", "-o", "alts.out", *options) == (0, "", "")
    assert Path("alts.out").read_bytes().decode() == shown
    assert run("inspect", "tides.html", "--alts", "-o", "-", *options).out == shown
    assert not Path("-").exists()
    refused = run("inspect", "tides.html", "-o", "alts.out")
    assert (refused.code, refused.err) == (
        2,
        "readout-pub: --output: only the table of --alts is written to a file; add --alts\n",
    )


@pytest.mark.usefixtures("page")
def test_the_table_of_alts_in_json_has_the_same_columns(run: Command) -> None:
    (row,) = json.loads(run("inspect", "tides.html", "--alts", "--json").out)
    assert row == {"page": "tides.html", "file": "tides.jpg", "alt": "", "caption": "The two ministers at the quay"}


@pytest.mark.slow
def test_inspect_names_the_pages_of_a_list_as_batch_does(
    run: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/talks.html").write_text(PAGE, "utf-8")
    (tmp_path / "wanted.txt").write_text("# Talks\nsaved/talks.html\n", "utf-8")
    assert "saved/talks.html" in run("inspect", "@wanted.txt", "--sources").out
    page, photo, *_ = run("inspect", "@wanted.txt", "--alts").out.splitlines()[1].split(",")
    (tmp_path / "alts.csv").write_text(f"page,file,alt\n{page},{photo},Two boats\n", "utf-8")
    run("batch", "@wanted.txt", "--to", "html", "-o", "out", "--alt-file", "alts.csv", "--quiet")
    assert "Two boats" in (tmp_path / "out/saved/talks.html").read_text("utf-8")


def test_a_list_is_refused_where_one_page_is_shown(run: Command, tmp_path: Path) -> None:
    (tmp_path / "wanted.txt").write_text("talks.html\n", "utf-8")
    shown = run("inspect", "@wanted.txt")
    assert (shown.code, shown.err) == (
        2,
        "readout-pub: @wanted.txt: only --sources and --alts read a list of paths; add one of them, or name a page\n",
    )
    assert run("inspect", "@wanted.txt", "--sources", "--url", "https://sea.example/").code == 2
