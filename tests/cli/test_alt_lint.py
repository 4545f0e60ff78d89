"""`alt lint`: what it prints for people and programs, exit codes, and sources that cannot be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import PAGE, Command

DESCRIBED = PAGE.replace('alt="photo1"', 'alt="Two ministers in oilskins look out over the quay"')


@pytest.fixture
def saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two pages with one photo each: its alternative text is "photo1" in tides.html, and a good one in quay.html."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "tides.html").write_text(PAGE, "utf-8")
    (folder / "quay.html").write_text(DESCRIBED, "utf-8")
    Image.new("RGB", (320, 240), "teal").save(folder / "tides.jpg")
    return folder


CAPTION = "<figcaption>The two ministers at the quay</figcaption>"


def save_photo_without_text(folder: Path) -> None:
    """Save `tides.html` with a photo that has neither a caption nor an alternative text."""
    page = PAGE.replace(CAPTION, "").replace(' alt="photo1"', "")
    (folder / "tides.html").write_text(page, "utf-8")


@pytest.mark.usefixtures("saved")
def test_the_printed_report_names_photo_fault_advice_and_guideline(run: Command) -> None:
    result = run("alt", "lint", "saved")
    assert (result.code, result.err) == (
        1,
        "readout-pub: to decide on these photos: readout-pub alt review saved\n",
    )
    lines = result.out.splitlines()
    assert lines[:6] == [
        "saved/tides.html",
        "  tides.jpg: 'photo1'; outputs have the caption 'The two ministers at the quay' instead",
        "    error generic: The text fits any photo: photo1",
        "      Say who or what this photo shows.",
        "    warning same-as-caption: The text repeats the caption, so that screen readers read it twice",
        "      Describe what can be seen and the caption does not say, or decide that the caption is enough here.",
    ]
    assert "https://www.w3.org/WAI/tutorials/images/decorative/" in lines[-2]
    assert lines[-1].startswith("2 photos on 2 pages: 1 error, 1 warning, 0 notes (profile wai: Images Tutorial (")


@pytest.mark.parametrize(
    ("page", "shown", "faults"),
    [
        (PAGE.replace(CAPTION, ""), " 'photo1'; outputs have no description instead", ["error generic"]),
        (PAGE.replace("photo1", ""), " 'The two ministers at the quay'", ["warning same-as-caption"]),
        (PAGE.replace(CAPTION, "").replace(' alt="photo1"', ""), "", ["error missing"]),
    ],
)
def test_the_text_of_the_page_is_judged_even_if_outputs_show_another(
    page: str, shown: str, faults: list[str], run: Command, saved: Path
) -> None:
    (saved / "tides.html").write_text(page, "utf-8")
    lines = run("alt", "lint", "saved").out.splitlines()
    assert lines[1] == f"  tides.jpg:{shown}"
    assert [line.partition(":")[0].strip() for line in lines if line.startswith("    ") and line[4] != " "] == faults


def test_a_caption_that_a_reviewer_approved_has_no_finding(run: Command, saved: Path) -> None:
    (saved / "work.csv").write_text(
        "page,file,caption,alt,decision,reviewer\n"
        "tides.html,tides.jpg,The two ministers at the quay,,caption,Nerea Salt\n",
        "utf-8",
    )
    assert run("alt", "apply", saved / "work.csv", "saved").code == 0
    assert run("alt", "lint", "saved", "--level", "note").code == 0


def test_the_message_on_a_foreign_text_has_the_names_of_both_languages(run: Command, saved: Path) -> None:
    foreign = PAGE.replace('alt="photo1"', 'alt="Gruppenfoto der Minister"')
    (saved / "tides.html").write_text(foreign, "utf-8")
    linted = run("alt", "lint", "saved")
    assert "error language: The page is in English, the text seems to be in German" in linted.out


@pytest.mark.slow
def test_a_finding_at_the_level_or_above_exits_1(run: Command, saved: Path) -> None:
    assert run("alt", "lint", "saved", "--level", "warning").code == 1
    (saved / "tides.html").write_text(PAGE.replace(' alt="photo1"', ""), "utf-8")
    assert run("alt", "lint", "saved").code == 0
    assert run("alt", "lint", "saved", "--profile", "quarto").code == 1
    assert run("alt", "lint", "saved/quay.html", "--level", "note").code == 0
    save_photo_without_text(saved)
    assert run("alt", "lint", "saved").code == 1


@pytest.mark.usefixtures("saved")
def test_findings_can_be_in_japanese(run: Command) -> None:
    assert (
        "代替テキストがキャプションと同じで、二度読み上げられます"
        in run("alt", "lint", "saved", "--messages", "ja").out
    )


@pytest.mark.usefixtures("saved")
def test_json_has_all_pages_and_findings(run: Command) -> None:
    report = json.loads(run("alt", "lint", "saved", "--json").out)
    assert report["profile"] == "wai"
    assert report["counts"] == {"error": 1, "warning": 1, "note": 0}
    assert [(page["page"], page["judged"], len(page["photos"])) for page in report["pages"]] == [
        ("quay.html", 1, 0),
        ("tides.html", 1, 1),
    ]
    (photo,) = report["pages"][1]["photos"]
    assert (photo["alt"], photo["replaced"]) == ("The two ministers at the quay", "photo1")
    _, finding = photo["findings"]
    assert (finding["rule"], finding["level"], finding["file"]) == ("same-as-caption", "warning", "tides.jpg")
    assert finding["citation"]["publisher"] == "W3C Web Accessibility Initiative"


def test_sarif_names_the_file_the_photo_the_rule_and_the_guideline(run: Command, saved: Path, tmp_path: Path) -> None:
    save_photo_without_text(saved)
    assert run("alt", "lint", "saved", "--sarif", tmp_path / "alt.sarif").code == 1
    log = json.loads((tmp_path / "alt.sarif").read_text("utf-8"))
    (sarif_run,) = log["runs"]
    (rule,) = sarif_run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == ("missing", "https://www.w3.org/WAI/WCAG22/Techniques/failures/F65")
    (result,) = sarif_run["results"]
    assert (result["ruleId"], result["level"]) == ("missing", "error")
    location = result["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "saved/tides.html"
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "tides.jpg"


def test_annotations_for_github_name_the_file(run: Command, saved: Path) -> None:
    save_photo_without_text(saved)
    (saved / "tides.html").rename(saved / "tides, 100%.html")
    assert run("alt", "lint", "saved", "--github").out == (
        "::error file=saved/tides%2C 100%25.html,title=alternative text (missing)::"
        "tides.jpg: The photo has no alternative text"
        "%0ASay in one sentence who or what the photo shows, or decide that it is decorative.\n"
    )


@pytest.mark.usefixtures("saved")
def test_the_photo_of_an_epub_is_judged(run: Command) -> None:
    assert run("convert", "saved/tides.html", "--to", "epub", "-o", "out.epub").code == 0
    result = run("alt", "lint", "out.epub", "--json")
    assert [page["judged"] for page in json.loads(result.out)["pages"]] == [1]


@pytest.mark.slow
@pytest.mark.usefixtures("saved")
def test_findings_are_followed_by_the_command_that_opens_the_photos_for_review(run: Command) -> None:
    by_quarto = run("alt", "lint", "saved", "--profile", "quarto")
    assert by_quarto.err.splitlines()[-1].endswith("readout-pub alt review saved --profile quarto")
    assert run("convert", "saved/tides.html", "--to", "epub", "-o", "out.epub").code == 0
    assert run("alt", "lint", "out.epub", "--profile", "quarto").err.endswith("alt review ARCHIVE --profile quarto\n")
    assert run("alt", "lint", "saved/quay.html").err == ""
    assert run("alt", "lint", "saved", "--json").err == ""


def test_a_page_that_cannot_be_read_does_not_stop_the_others(run: Command, saved: Path) -> None:
    (saved / "empty.html").write_bytes(b"")
    result = run("alt", "lint", "saved", "gone.html", "--json")
    assert result.code == 1
    assert "empty.html" in result.err
    assert "gone.html" in result.err
    pages = json.loads(result.out)["pages"]
    assert [page["page"] for page in pages if page["error"]] == ["empty.html", ""]
    assert sum(page["judged"] for page in pages) == 2


def test_a_guideline_without_an_address_is_named_by_its_title(run: Command, saved: Path) -> None:
    rules = """extends = "wai"
        title = "Letter of the Keeper"
        max_characters = 30
        [rules.too-long]
        level = "error"
        says = "Be brief."
        """
    (saved / "ours.toml").write_text(rules, "utf-8")
    out = run("alt", "lint", "saved/quay.html", "--profile", saved / "ours.toml").out
    assert "error too-long: The text is long: 48 characters (at most 30); sentences: 1 (at most 2)\n" in out
    assert "  too-long: Be brief. Letter of the Keeper\n" in out


@pytest.mark.usefixtures("saved")
def test_an_unknown_profile_exits_2_and_lists_the_known_ones(run: Command) -> None:
    result = run("alt", "lint", "saved", "--profile", "wcag")
    assert (result.code, result.out) == (2, "")
    assert "there are no house rules 'wcag'; take one of govuk-2022, quarto, section508, wai" in result.err


@pytest.mark.usefixtures("saved")
def test_a_users_profile_is_chosen_by_its_path(run: Command) -> None:
    Path("ours.toml").write_text('title = "Ours"\nextends = "wai"\n[rules.same-as-caption]\nlevel = "error"\n', "utf-8")
    result = run("alt", "lint", "saved", "--profile", "ours.toml")
    assert result.code == 1
    assert "(profile ours: Ours)" in result.out


@pytest.mark.usefixtures("saved")
def test_json_with_annotations_and_sarif_in_a_text_file_are_wrong_usage(run: Command) -> None:
    assert run("alt", "lint", "saved", "--json", "--github").code == 2
    assert run("alt", "lint", "saved", "--sarif", "alt.txt").code == 2
