"""Checking a profile: a correct site has no complaints; each test changes one thing, and a check reports it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readout_pub import UsageError
from readout_pub.extract import registry
from readout_pub.profile_tools import accept, check_site, draft_site, sites_named


@pytest.fixture
def site(saved: list[str], tmp_path: Path) -> Path:
    """A site with a correct profile and one case: the saved page, not the page with invented words that a draft has."""
    folder = tmp_path / "sites/harbour"
    draft_site(saved, folder)
    shutil.rmtree(folder / "cases")
    shutil.copytree(tmp_path / "1_files", folder / "cases/1/1_files")
    shutil.copy(saved[0], folder / "cases/1/page.html")
    list(accept(sites_named(str(folder))[0]))
    return folder


def complaints(site: Path) -> list[str]:
    registry.profiles.cache_clear()  # so that the changed profile is read, as in a new process
    (profile,) = sites_named(str(site))
    return [complaint for result in check_site(profile) for complaint in result.complaints]


def warnings(site: Path) -> list[str]:
    registry.profiles.cache_clear()
    (profile,) = sites_named(str(site))
    return [warning for result in check_site(profile) for warning in result.warnings]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def location(site: Path, start: str) -> str:
    """Return "FILE:NUMBER" for the line of the profile that begins with `start`."""
    file = site / "profile.toml"
    lines = file.read_text("utf-8").splitlines()
    return f"{file}:{next(number for number, line in enumerate(lines, start=1) if line.startswith(start))}"


@pytest.mark.slow
def test_a_correct_site_has_no_complaints(site: Path) -> None:
    assert complaints(site) == []
    assert warnings(site) == []


@pytest.mark.slow
def test_a_changed_readout_is_shown_as_a_diff(site: Path) -> None:
    change(site / "cases/1/page.html", "about herring", "about cod")
    (complaint,) = [each for each in complaints(site) if "herring" in each]
    assert complaint.startswith("readout: the readout changed; if this is right, add --accept\n--- expected\n")


@pytest.mark.slow
def test_lost_words_that_drop_does_not_select_are_reported(site: Path) -> None:
    change(site / "profile.toml", 'date = "p.day"', "")
    change(site / "cases/1/page.html", '<p class="share">', '<nav>By rowing boat</nav><p class="share">')
    assert "words: lost, and not selected by drop: By rowing boat" in complaints(site)


@pytest.mark.slow
def test_a_selector_with_two_matches_is_reported_with_file_line_and_page(site: Path) -> None:
    change(site / "cases/1/page.html", "Ms. Nerea", '</p><p class="day">Ms. Nerea')
    assert complaints(site)[0] == (
        f"selectors: {location(site, 'date =')}, layout 'present', date: "
        "'p.day' matches 2 elements, but the date of a page is one element; "
        "narrow the selector, or add a [[layout]] with its own marker before this one"
    )


@pytest.mark.slow
def test_a_selector_that_matches_nothing_on_any_page_is_a_warning(site: Path) -> None:
    change(site / "profile.toml", "drop = [", 'drop = [".advert", ')
    (warning,) = warnings(site)
    place = f"{location(site, 'drop =')}, layout 'present', drop[0]"
    assert (
        warning
        == f"selectors: {place}: '.advert' matches nothing in any case; correct it, or add a case that it matches"
    )
    shutil.copytree(site / "cases/1", site / "cases/2")
    change(site / "cases/2/page.html", '<p class="share">', '<p class="advert">Buy</p><p class="share">')
    assert warnings(site) == []


@pytest.mark.slow
def test_words_outside_of_the_body_are_a_warning_until_drop_selects_them(site: Path) -> None:
    sentence = "The keepers of the tides also signed a treaty on nets and salt in the harbour hall."
    change(
        site / "cases/1/page.html", '<div class="more">', f'<div class="late"><p>{sentence}</p></div><div class="more">'
    )
    list(accept(sites_named(str(site))[0]))
    (warning,) = warnings(site)
    assert warning.startswith("words: the generic extractor takes words outside `body` for text, and no selector")
    assert "The keepers of the tides also signed" in warning
    assert complaints(site) == []
    change(site / "profile.toml", "drop = [", 'drop = [".late", ')
    assert warnings(site) == []


@pytest.mark.slow
def test_a_line_that_contains_a_field_gives_no_warning(site: Path) -> None:
    line = "The pilots of both coasts met in the hall of nets on <b>7 May 2031</b> and stayed until the lamps were lit."
    change(site / "cases/1/page.html", "7 May 2031", line)
    change(site / "profile.toml", "p.day", "p.day b")
    registry.profiles.cache_clear()
    list(accept(sites_named(str(site))[0]))
    assert complaints(site) == []
    assert warnings(site) == []


@pytest.mark.slow
def test_a_layout_whose_case_fails_still_counts_as_having_a_case(site: Path) -> None:
    change(site / "profile.toml", 'title = "h1"', 'title = "p"')
    found = complaints(site)
    assert found
    assert [each for each in found if "has no case" in each] == []


@pytest.mark.slow
def test_a_case_is_reported_if_the_profile_is_not_chosen_for_it(site: Path) -> None:
    change(site / "profile.toml", "harbour.atlantis.example", "harbour.lemuria.example")
    assert complaints(site) == ["profile: without --site, no profile is chosen for this page; correct hosts or marker"]


@pytest.mark.slow
def test_a_missing_photo_is_a_complaint(site: Path) -> None:
    (site / "cases/1/1_files/photo.jpg").unlink()
    assert "photos: photo 1_files/photo.jpg is missing" in complaints(site)


@pytest.mark.slow
def test_a_layout_without_a_case_is_a_complaint(site: Path) -> None:
    with (site / "profile.toml").open("a", encoding="utf-8") as profile:
        profile.write('\n[[layout]]\nname = "old"\nmarker = "table"\nbody = "table"\n')
    assert complaints(site) == ["layout 'old' has no case"]


def test_sites_are_found_by_name_or_by_their_folder_or_its_parent(site: Path) -> None:
    for name, sites in ((str(site), []), (str(site.parent), []), ("harbour", [site.parent])):
        assert [profile.site for profile in sites_named(name, sites)] == ["harbour"]
    assert {"harbour", "mofa"} <= {profile.site for profile in sites_named(None, [site.parent])}


def test_an_unknown_site_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="there is no site 'xyz'"):
        sites_named("xyz")
