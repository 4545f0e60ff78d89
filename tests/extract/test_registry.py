"""The profile and layout chosen for a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import Note, ProfileError, UsageError, extract
from readout_pub.extract.registry import OWN_SITES, profiles
from tests.extract.lemuria import LEMURIA, lemurian, profile_of, sites
from tests.outline import outline
from tests.pages import PROFILES, saved_page, whole_page


def test_the_marker_of_a_layout_chooses_it(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA)
    old = whole_page('<table><tr><td>Menu.</td><td class="lemuria"><p>They met.</p></td></tr></table>')
    assert profile_of(lemurian("<p>They met.</p>"), folders=[folder]) == "lemuria/present"
    assert profile_of(old, folders=[folder]) == "lemuria/old"


@pytest.mark.parametrize(
    ("url", "profile"),
    [
        ("https://atlantis.example/page.html", "atlantis/plain"),
        ("https://www.foreign.atlantis.example/page.html", "atlantis/plain"),
        (None, "atlantis/plain"),
        ("https://other.example/page.html", None),
        ("https://notatlantis.example/page.html", None),
    ],
)
def test_a_profile_matches_pages_of_its_hosts_and_pages_without_url(url: str | None, profile: str | None) -> None:
    assert profile_of(saved_page("<p>The Ministers met in the harbour and talked about fish.</p>", url=url)) == profile


def test_the_url_in_the_page_decides_whether_a_profile_matches() -> None:
    head = '<link rel="canonical" href="https://other.example/page.html">'
    page = whole_page(
        f"<html><head>{head}</head><body><main><p>The Ministers met in the harbour.</p></main></body></html>"
    )
    readout = extract(page, sites=[PROFILES]).readout
    assert readout.origin.url == "https://other.example/page.html"
    assert readout.origin.profile is None


def test_a_named_site_is_used_whatever_the_host() -> None:
    page = saved_page("<p>They met.</p>", url="https://other.example/page.html")
    assert profile_of(page, site="atlantis") == "atlantis/plain"


def test_the_site_none_switches_profiles_off_with_a_note() -> None:
    page = saved_page("<p>The Ministers met in the harbour and talked about fish.</p>")
    readout = extract(page, site="none", sites=[PROFILES]).readout
    assert readout.origin.profile is None
    assert readout.notes[0] == Note(
        "FALLBACK_USED", "note", "no site profile matches this page; the generic extractor was used"
    )


@pytest.mark.parametrize(
    ("marker", "profile"),
    [
        ("main:not(.mu)", "lemuria/present"),
        ("main:not(.lemuria)", None),
        ("main:is(.mu, .lemuria)", "lemuria/present"),
        ("table.mu, main.lemuria", "lemuria/present"),
        ("main[class^='lem']", "lemuria/present"),
        ("main#lemuria", None),
    ],
)
def test_a_marker_may_be_any_selector(marker: str, profile: str | None, tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA.replace('marker = "main.lemuria"', f'marker = "{marker}"'))
    page = lemurian("<p>The Ministers met in the harbour and talked about fish, nets and tides for an hour.</p>" * 3)
    assert profile_of(page, folders=[folder]) == profile


@pytest.mark.parametrize("name", ["none", "NONE"])
def test_no_site_can_have_the_name_that_switches_profiles_off(name: str, tmp_path: Path) -> None:
    folder = sites(tmp_path, **{name: LEMURIA})
    with pytest.raises(ProfileError, match=f"no site can be named '{name}'.*; give the folder another name"):
        profile_of(lemurian("<p>They met.</p>"), folders=[folder])


def test_of_several_folders_the_first_with_a_matching_profile_is_used(tmp_path: Path) -> None:
    own = LEMURIA.replace("main.lemuria", "main").replace("present", "mine")
    mine = sites(tmp_path, atlantis=own)
    assert profile_of(saved_page("<p>They met.</p>"), folders=[mine, PROFILES]) == "atlantis/mine"
    assert profile_of(saved_page("<p>They met.</p>"), folders=[PROFILES, mine]) == "atlantis/plain"
    assert profile_of(saved_page("<p>They met.</p>"), site="atlantis", folders=[mine, PROFILES]) == "atlantis/mine"


def test_an_unknown_site_is_refused_with_the_most_similar_name() -> None:
    with pytest.raises(UsageError) as refused:
        profile_of(saved_page("<p>They met.</p>"), site="atlants")
    assert str(refused.value) == "there is no site profile 'atlants'; did you mean 'atlantis'?"


def test_an_unknown_site_without_a_similar_name_is_refused_with_all_names() -> None:
    with pytest.raises(UsageError) as refused:
        profile_of(saved_page("<p>They met.</p>"), site="xyz")
    names = str(refused.value).removeprefix("there is no site profile 'xyz'; write one of ").split(", ")
    assert names == [*sorted({"atlantis", *(folder.name for folder in OWN_SITES.iterdir() if folder.is_dir())}), "none"]


def test_built_in_profiles_are_read_once_for_all_batches() -> None:
    profiles.cache_clear()
    before = profiles(OWN_SITES)
    profiles.cache_clear()
    assert profiles(OWN_SITES) is before


PARAGRAPH = "<p>The Ministers met in the harbour and talked about fish, nets and tides for an hour.</p>"


@pytest.mark.parametrize(
    ("url", "site"), [("https://www.atlantis.example/page.html", None), (None, "atlantis"), (None, "Atlantis")]
)
def test_a_page_without_its_sites_marker_is_read_with_a_warning(url: str | None, site: str | None) -> None:
    page = whole_page(f"<html><body><article>{PARAGRAPH * 3}</article></body></html>", url=url)
    readout = extract(page, site=site, sites=[PROFILES]).readout
    assert readout.origin.profile is None
    assert outline(readout.body).count("harbour") == 3
    assert readout.notes[-2] == Note(
        "PROFILE_UNUSED",
        "warning",
        "the generic extractor was used, because no layout of site 'atlantis' has its marker on this page",
    )


def test_a_layout_without_its_body_leaves_the_page_to_the_next_profile(tmp_path: Path) -> None:
    narrow = LEMURIA.replace('body = "main.lemuria"', 'body = "main.gone"')
    folder = sites(tmp_path, lemuria=narrow, mu=LEMURIA.replace("lemuria.example", "mu.example"))
    assert profile_of(lemurian(PARAGRAPH), folders=[folder]) == "mu/present"


@pytest.mark.parametrize("body", ["main.gone", "main > .share"])
def test_a_page_whose_profile_finds_no_text_is_read_with_a_warning(body: str, tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA.replace('body = "main.lemuria"', f'body = "{body}"'))
    page = lemurian(f'<div class="share">Share.</div>{PARAGRAPH * 3}', url="https://lemuria.example/page.html")
    readout = extract(page, sites=[folder]).readout
    assert readout.origin.profile is None
    assert outline(readout.body).count("harbour") == 3
    (warning,) = [each for each in readout.notes if each.code == "PROFILE_UNUSED"]
    assert warning.message == (
        "the generic extractor was used, because there is no text in the body of profile 'lemuria/present' on this page"
    )


def test_a_missing_folder_of_sites_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as refused:
        profile_of(saved_page("<p>They met.</p>"), folders=[tmp_path / "gone"])
    assert str(refused.value) == f"{tmp_path}/gone: the folder of site profiles does not exist; check the path"
