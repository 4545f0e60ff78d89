"""Checking a profile: each proof is shown to fail by a sound site that is broken in one place."""

from __future__ import annotations

from pathlib import Path

import pytest

from readout_pub import UsageError
from readout_pub.extract import registry
from readout_pub.profile_tools import accept, check_site, draft_site, sites_named


@pytest.fixture
def site(saved: list[str], tmp_path: Path) -> Path:
    """A site with a sound profile and one case."""
    folder = tmp_path / "sites/harbour"
    list(draft_site(saved, folder))
    for path in (folder / "cases/2/2_files/photo.jpg", folder / "cases/2/page.html"):
        path.unlink()
    list(accept(sites_named(str(folder))[0]))
    return folder


def complaints(site: Path) -> list[str]:
    registry.profiles.cache_clear()  # each check is a run of its own, which reads the profiles anew
    (profile,) = sites_named(str(site))
    return [complaint for verdict in check_site(profile) for complaint in verdict.complaints]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_sound_site_has_no_complaints(site: Path) -> None:
    assert complaints(site) == []


def test_a_readout_that_is_not_the_expected_is_shown_as_a_difference(site: Path) -> None:
    change(site / "cases/1/page.html", "about herring", "about cod")
    (complaint,) = [each for each in complaints(site) if "herring" in each]
    assert complaint.startswith("readout: it is understood in another way; if rightly so, --accept\n--- expected\n")


def test_words_that_go_without_a_name_are_named(site: Path) -> None:
    change(site / "profile.toml", 'date = "p.day"', "")
    change(site / "cases/1/page.html", '<p class="share">', '<nav>By rowing boat</nav><p class="share">')
    assert "words: lost without a name in drop: By rowing boat" in complaints(site)


def test_a_selector_that_finds_two_names_file_line_selector_and_page(site: Path) -> None:
    change(site / "cases/1/page.html", "Ms. Nerea", '</p><p class="day">Ms. Nerea')
    assert complaints(site)[0] == (
        f"{site}/profile.toml:13, layout 'present', date, on page.html: 'p.day' matches 2 elements, and a date is one; "
        "narrow it, or add a [[layout]] with its own marker before this one"
    )


def test_a_layout_whose_case_fails_is_not_said_to_have_none(site: Path) -> None:
    change(site / "profile.toml", 'title = "h1"', 'title = "p"')
    assert [each for each in complaints(site) if "has no case" in each] == []


def test_a_page_that_its_own_profile_would_not_be_asked_for_is_a_complaint(site: Path) -> None:
    change(site / "profile.toml", "harbour.atlantis.example", "harbour.lemuria.example")
    assert complaints(site) == ["profile: by its address and markers the page goes to no profile: see hosts and marker"]


def test_a_photo_that_is_not_there_is_a_complaint(site: Path) -> None:
    (site / "cases/1/1_files/photo.jpg").unlink()
    assert "photos: photo 1_files/photo.jpg is not there" in complaints(site)


def test_a_layout_without_a_case_is_a_complaint(site: Path) -> None:
    with (site / "profile.toml").open("a", encoding="utf-8") as profile:
        profile.write('\n[[layout]]\nname = "old"\nmarker = "table"\nbody = "table"\n')
    assert complaints(site) == ["layout 'old' has no case"]


def test_a_site_is_named_by_its_folder_by_a_folder_of_sites_or_by_its_name(site: Path) -> None:
    for name, sites in ((str(site), []), (str(site.parent), []), ("harbour", [site.parent])):
        assert [profile.site for profile in sites_named(name, sites)] == ["harbour"]
    assert {"harbour", "mofa"} <= {profile.site for profile in sites_named(None, [site.parent])}


def test_a_site_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UsageError, match="there is no site 'xyz'"):
        sites_named("xyz")
