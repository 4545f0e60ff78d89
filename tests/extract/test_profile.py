"""Site profiles: which one a page gets, what its fields give, and what is said when one is wrong."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from readout_pub import HtmlPage, Note, ProfileError, SourceError, UsageError, extract
from readout_pub.extract.registry import OWN_SITES
from readout_pub.model import Licence, Link, photos
from tests.outline import outline, portrait
from tests.pages import PROFILES, extracted, saved_page, whole_page

LEMURIA = """\
# The pages of another invented ministry, in two eras.
hosts = ["lemuria.example"]
publisher.en = "Ministry of Lemuria"
publisher.fr = "Ministère de la Lémurie"

[licence]
name.en = "Open Lemuria"
url = "https://lemuria.example/licence"
credit.en = "Source: Ministry of Lemuria[, {url}]"

[[layout]]
name = "present"
marker = "main.lemuria"
body = "main.lemuria"
title = "h1"
caption = ".under"
credit = ".by"
drop = [".share"]
unwrap = [".box"]

[[layout]]
name = "old"
marker = "td.lemuria"
body = "td.lemuria"
"""


def sites(folder: Path, **profiles: str) -> Path:
    """Make a folder of sites with these profiles."""
    for site, text in profiles.items():
        (folder / site).mkdir()
        (folder / site / "profile.toml").write_text(text, "utf-8")
    return folder


def lemurian(markup: str, url: str | None = None, lang: str = "en") -> HtmlPage:
    """Return a page of Lemuria's present layout."""
    page = f'<html lang="{lang}"><body><p>Menu.</p><main class="lemuria">{markup}</main></body></html>'
    return whole_page(page, url=url)


# --- what a profile gives


def test_fields_are_read_and_removed_from_the_body() -> None:
    readout = extracted(
        """
        <p class="series">Relations of <b>Atlantis</b></p><h1 class="title">Talks<br>on <i>Fish</i></h1>
        <p class="date">May 1, 2031</p><p class="byline">By N. Ereus</p>
        <p>They met.</p><p class="back"><img src="back.gif"><a href="../">Back to Relations</a></p>
        """,
        url="https://atlantis.example/talks/page.html",
    )
    assert portrait(readout) == dedent("""\
        series "Relations of Atlantis"
        title "Talks⏎on [emphasis: Fish]"
        issued 2031-05-01, printed "May 1, 2031"
        byline "By N. Ereus"
        language en
        back "[link https://atlantis.example/: Back to Relations]"
        paragraph "They met."
    """)


def test_a_date_line_with_more_text_stays_in_the_body() -> None:
    assert portrait(extracted('<p class="date">Harbour, May 1, 2031</p><p>They met.</p>')) == dedent("""\
        issued 2031-05-01, printed "May 1, 2031"
        language en
        paragraph "Harbour, May 1, 2031"
        paragraph "They met."
    """)


def test_text_beside_the_link_back_stays_in_the_body() -> None:
    readout = extracted('<p>They met.</p><p class="back">(END) <a href="b.html">Back to Relations</a></p>')
    assert readout.back_link == Link("b.html", ("Back to Relations",))
    assert outline(readout.body) == 'paragraph "They met."\nparagraph "(END)"\n'


def test_a_field_without_its_value_stays_in_the_body() -> None:
    readout = extracted('<p>They met.</p><p class="date">In spring</p><p class="back">(END)</p>')
    assert (readout.back_link, readout.issued_text) == (None, None)
    assert outline(readout.body) == dedent("""\
        paragraph "They met."
        paragraph "In spring"
        paragraph "(END)"
    """)


def test_a_photo_in_the_headline_moves_to_the_body() -> None:
    readout = extracted('<h1 class="title">Talks <img src="a.jpg" alt="A boat"></h1><p>They met.</p>')
    assert readout.title == ("Talks",)
    assert [photo.src for photo in photos(readout)] == ["a.jpg"]


def test_the_language_of_the_page_decides_between_day_and_month(tmp_path: Path) -> None:
    dated = LEMURIA.replace('title = "h1"', 'title = "h1"\ndate = ".day"')
    page = lemurian('<p class="day">06/09/2031</p><p>They met.</p>', lang="fr")
    assert str(extract(page, sites=[sites(tmp_path, lemuria=dated)]).readout.issued) == "2031-09-06"


def test_missing_fields_are_none() -> None:
    assert portrait(extracted('<h1 class="title"><span> </span></h1><p>They met.</p>')) == dedent("""\
        language en
        note DATE_MISSING
        paragraph "They met."
    """)


def test_the_origin_names_publisher_licence_and_layout(tmp_path: Path) -> None:
    readout = extract(lemurian("<p>They met.</p>"), sites=[sites(tmp_path, lemuria=LEMURIA)]).readout
    assert readout.origin.profile == "lemuria/present"
    assert readout.origin.publisher == "Ministry of Lemuria"
    assert readout.origin.licence == Licence(
        "Open Lemuria", "https://lemuria.example/licence", "Source: Ministry of Lemuria[, {url}]"
    )


@pytest.mark.parametrize(
    ("lang", "publisher"),
    [("fr", "Ministère de la Lémurie"), ("fr-CA", "Ministère de la Lémurie"), ("ja", "Ministry of Lemuria")],
)
def test_the_publisher_is_named_in_the_language_of_the_page_or_the_first(
    lang: str, publisher: str, tmp_path: Path
) -> None:
    page = lemurian("<p>They met.</p>", lang=lang)
    assert extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout.origin.publisher == publisher


def test_drop_unwrap_caption_and_credit_select_elements(tmp_path: Path) -> None:
    page = lemurian("""
        <p class="share">Share this</p><ul class="box"><p>One.</p></ul>
        <img src="a.jpg" alt="Two men"><p class="under">The Ministers</p><p class="by">N. Ereus</p>
    """)
    assert outline(extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout.body) == dedent("""\
        paragraph "One."
        figure
          photo a.jpg, alt "Two men"
          caption "The Ministers"
          credit "N. Ereus"
    """)


# --- which profile a page gets


def chosen(page: HtmlPage, site: str | None = None, folders: list[Path] | None = None) -> str | None:
    return extract(page, site=site, sites=folders or [PROFILES]).readout.origin.profile


def test_the_marker_of_a_layout_chooses_it(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA)
    old = whole_page('<table><tr><td>Menu.</td><td class="lemuria"><p>They met.</p></td></tr></table>')
    assert chosen(lemurian("<p>They met.</p>"), folders=[folder]) == "lemuria/present"
    assert chosen(old, folders=[folder]) == "lemuria/old"


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
def test_a_page_of_another_host_does_not_match_even_with_the_marker(url: str | None, profile: str | None) -> None:
    assert chosen(saved_page("<p>The Ministers met in the harbour and talked about fish.</p>", url=url)) == profile


def test_the_url_in_the_page_selects_the_profile() -> None:
    head = '<link rel="canonical" href="https://other.example/page.html">'
    page = whole_page(
        f"<html><head>{head}</head><body><main><p>The Ministers met in the harbour.</p></main></body></html>"
    )
    readout = extract(page, sites=[PROFILES]).readout
    assert readout.origin.url == "https://other.example/page.html"
    assert readout.origin.profile is None


def test_a_named_site_is_used_whatever_the_host() -> None:
    page = saved_page("<p>They met.</p>", url="https://other.example/page.html")
    assert chosen(page, site="atlantis") == "atlantis/plain"


def test_site_none_switches_profiles_off_with_a_note() -> None:
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
    assert chosen(page, folders=[folder]) == profile


def test_user_folders_come_before_the_own_profiles_in_order(tmp_path: Path) -> None:
    own = LEMURIA.replace("main.lemuria", "main").replace("present", "mine")
    mine = sites(tmp_path, atlantis=own)
    assert chosen(saved_page("<p>They met.</p>"), folders=[mine, PROFILES]) == "atlantis/mine"
    assert chosen(saved_page("<p>They met.</p>"), folders=[PROFILES, mine]) == "atlantis/plain"
    assert chosen(saved_page("<p>They met.</p>"), site="atlantis", folders=[mine, PROFILES]) == "atlantis/mine"


def test_an_unknown_site_is_refused_with_the_most_similar_name() -> None:
    with pytest.raises(UsageError) as refused:
        chosen(saved_page("<p>They met.</p>"), site="atlants")
    assert str(refused.value) == "there is no site profile 'atlants'; did you mean 'atlantis'?"


def test_an_unknown_site_similar_to_none_is_refused_with_all_names() -> None:
    with pytest.raises(UsageError) as refused:
        chosen(saved_page("<p>They met.</p>"), site="xyz")
    names = str(refused.value).removeprefix("there is no site profile 'xyz'; known are ").split(", ")
    assert names == [*sorted({"atlantis", *(folder.name for folder in OWN_SITES.iterdir())}), "none"]


def test_a_named_site_without_a_fitting_layout_is_an_error() -> None:
    with pytest.raises(ProfileError) as refused:
        chosen(whole_page("<p>They met.</p>"), site="atlantis")
    assert str(refused.value) == (
        f"{PROFILES}/atlantis/profile.toml: no layout of site 'atlantis' fits this page; "
        "leave --site out, or add a [[layout]] whose marker is on the page"
    )


def test_a_missing_folder_of_sites_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as refused:
        chosen(saved_page("<p>They met.</p>"), folders=[tmp_path / "gone"])
    assert str(refused.value) == f"{tmp_path}/gone: there is no such folder of site profiles"


def test_a_profile_that_finds_no_body_is_an_error(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA.replace('body = "main.lemuria"', 'body = "main.gone"'))
    with pytest.raises(SourceError) as refused:
        extract(lemurian("<p>They met.</p>"), sites=[folder])
    assert str(refused.value) == (
        "profile 'lemuria/present' finds no body on this page; try --site none, or mend the profile"
    )


def test_an_empty_body_is_an_error() -> None:
    with pytest.raises(SourceError) as refused:
        extracted("<p> </p>")
    assert str(refused.value) == "page.html: the body of this page is empty; write a site profile for it"


# --- sites that look alike

MU = """\
# Lemuria's neighbour bought the same pages.
extends = "lemuria"
hosts = ["mu.example"]
publisher.en = "Ministry of Mu"

[[layout]]
name = "own"
marker = "main.mu"
body = "main.mu"
"""


def test_a_site_that_extends_another_shares_its_layouts_and_licence(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA, mu=MU)
    origin = extract(lemurian("<p>They met.</p>", url="https://mu.example/1"), sites=[folder]).readout.origin
    assert (origin.profile, origin.publisher) == ("mu/present", "Ministry of Mu")
    assert origin.licence is not None
    assert origin.licence.name == "Open Lemuria"


def test_own_layouts_come_before_shared_ones(tmp_path: Path) -> None:
    page = whole_page('<main class="mu"><main class="lemuria"><p>They met.</p></main></main>', url="https://mu.example")
    assert chosen(page, folders=[sites(tmp_path, lemuria=LEMURIA, mu=MU)]) == "mu/own"


def test_a_page_of_unknown_host_belongs_to_the_extended_site(tmp_path: Path) -> None:
    folder = sites(tmp_path, **{"a-mu": MU, "lemuria": LEMURIA})
    assert chosen(lemurian("<p>They met.</p>"), folders=[folder]) == "lemuria/present"


def test_an_error_in_a_shared_layout_names_its_file(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA, mu=MU)
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<h1>Talks</h1><h1>Fish</h1>", url="https://mu.example"), sites=[folder])
    assert refused.value.where == f"{folder}/lemuria/profile.toml:15, layout 'present', title, on page.html"


@pytest.mark.parametrize(
    ("profiles", "message"),
    [
        ({"mu": MU}, "mu/profile.toml:2: there is no site 'lemuria' beside it"),
        (
            {"lemuria": MU.replace("lemuria", "x"), "mu": MU, "x": LEMURIA},
            "mu/profile.toml:2: site 'lemuria' extends another itself; extend that one, or none",
        ),
        (
            {"mu": 'hosts = ["mu.example"]\npublisher.en = "Mu"'},
            "mu/profile.toml: it has no [[layout]]; see docs/profiles.md",
        ),
    ],
)
def test_a_site_without_layouts_is_refused(profiles: dict[str, str], message: str, tmp_path: Path) -> None:
    folder = sites(tmp_path, **profiles)
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<p>They met.</p>"), sites=[folder])
    assert str(refused.value) == f"{folder}/{message}"


# --- what is said when a profile is wrong: a sound one, broken in one place


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ("drop = ", "dorp = ", ":18: there is no key 'dorp'; did you mean 'drop'?"),
        ("hosts = ", "host = ", ":2: there is no key 'host'; did you mean 'hosts'?"),
        ('name = "old"', 'name = "old"\nxyz = 1', ":23: there is no key 'xyz'; the keys are back_link, body, byline, "),
        ('title = "h1"', 'title = "h1["', ":15, layout 'present', title: selector 'h1[' is not valid CSS: "),
        (
            'unwrap = [".box"]',
            'unwrap = [".a", "..b"]',
            ":19, layout 'present', unwrap[1]: selector '..b' is not valid CSS: ",
        ),
        (
            'body = "td.lemuria"',
            "",
            ":21: Object missing required field `body` - at `$.layout[1]`; see docs/profiles.md",
        ),
        (
            'hosts = ["lemuria.example"]',
            "hosts = 7",
            ":2: Expected `array`, got `int` - at `$.hosts`; see docs/profiles.md",
        ),
        ('title = "h1"', "title = 7", ":15: Expected `str | null`, got `int` - at `$.layout[0].title`; see docs"),
        ('marker = "td.lemuria"', 'marker = "a..b"', ":23, layout 'old', marker: selector 'a..b' is not valid CSS: "),
        ("[licence]", "[licence", ": this is not valid TOML: "),
    ],
)
def test_a_broken_profile_is_refused_with_file_line_and_what_is_wrong(
    sound: str, broken: str, message: str, tmp_path: Path
) -> None:
    assert sound in LEMURIA
    folder = sites(tmp_path, lemuria=LEMURIA.replace(sound, broken, 1))
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<p>They met.</p>"), sites=[folder])
    assert str(refused.value).startswith(f"{folder}/lemuria/profile.toml{message}")


def test_a_selector_of_one_letter_is_reported_with_its_own_line(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA.replace('title = "h1"', 'title = "a"'))
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<a>Talks</a><a>Fish</a>"), sites=[folder])
    assert refused.value.where == f"{folder}/lemuria/profile.toml:15, layout 'present', title, on page.html"


def test_a_field_that_matches_twice_is_refused_with_the_count(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA)
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<h1>Talks</h1><h1>Fish</h1><h1>Nets</h1>"), sites=[folder])
    assert refused.value.what == "'h1' matches 3 elements, and a title is one"
    assert refused.value.what_next == "narrow it, or add a [[layout]] with its own marker before this one"
    assert refused.value.where == f"{folder}/lemuria/profile.toml:15, layout 'present', title, on page.html"
