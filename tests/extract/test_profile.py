"""Site profiles: layouts shared by `extends`, errors of invalid profiles, selectors that match several elements."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
import soupsieve

from readout_pub import ProfileError, extract
from readout_pub.extract.coverage import cover
from readout_pub.extract.profile import Layout, load_profile
from readout_pub.extract.registry import OWN_SITES, own_profiles
from tests.extract.lemuria import LEMURIA, lemurian, profile_of, sites
from tests.outline import outline
from tests.pages import whole_page

# --- sites that share layouts

MU = """\
# A ministry whose pages have the layouts of Lemuria.
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
    assert profile_of(page, folders=[sites(tmp_path, lemuria=LEMURIA, mu=MU)]) == "mu/own"


def test_a_page_of_unknown_host_belongs_to_the_extended_site(tmp_path: Path) -> None:
    folder = sites(tmp_path, **{"a-mu": MU, "lemuria": LEMURIA})
    assert profile_of(lemurian("<p>They met.</p>"), folders=[folder]) == "lemuria/present"


def test_an_ambiguous_selector_of_a_shared_layout_is_reported_with_its_file(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA, mu=MU)
    found = cover(lemurian("<h1>Talks</h1><h1>Fish</h1>", url="https://mu.example"), "mu", [folder])
    assert found
    (complaint,) = found.ambiguities()
    assert complaint.startswith(f"{folder}/lemuria/profile.toml:15, layout 'present', title: ")


@pytest.mark.parametrize(
    ("profiles", "message"),
    [
        (
            {"mu": MU},
            (
                "mu/profile.toml:2: there is no site 'lemuria' in the same folder; "
                "correct the name, or copy that site into this folder"
            ),
        ),
        (
            {"lemuria": MU.replace("lemuria", "x"), "mu": MU, "x": LEMURIA},
            "mu/profile.toml:2: site 'lemuria' extends another site itself; extend 'x', or no site",
        ),
        (
            {"mu": 'hosts = ["mu.example"]\npublisher.en = "Mu"'},
            "mu/profile.toml: it has no [[layout]]; see https://github.com/readout-pub/readout-pub/blob/main/docs/profiles.md",
        ),
    ],
)
def test_a_site_that_gets_no_layouts_is_refused(profiles: dict[str, str], message: str, tmp_path: Path) -> None:
    folder = sites(tmp_path, **profiles)
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<p>They met.</p>"), sites=[folder])
    assert str(refused.value) == f"{folder}/{message}"


# --- errors: a valid profile, changed in one place

PUBLISHER = 'publisher.en = "Ministry of Lemuria"\npublisher.fr = "Ministère de la Lémurie"'


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
            ":21: this [[layout]] has no key 'body'; see https://github.com/readout-pub/readout-pub/blob/main/docs/profiles.md",
        ),
        (
            'hosts = ["lemuria.example"]',
            "hosts = 7",
            """:2: 'hosts' must be a list, such as ["a", "b"], but is a number; see https://github.com/readout-pub/readout-pub/blob/main/docs/profiles.md""",
        ),
        ('title = "h1"', "title = 7", ":15: 'title' must be a text in quotes or a list, such"),
        (
            "drop = [",
            "drop = [1, ",
            ":18: each entry of 'drop' must be a text in quotes, but is a number; see https://",
        ),
        (
            PUBLISHER,
            'publisher = "Ministry"',
            ":3: 'publisher' must be a table, but is a text in quotes; see https://",
        ),
        (PUBLISHER, "publisher.en = 7", ":3: each entry of 'publisher' must be a text in quotes, but is a number; see"),
        ("[licence]", "[index]\nstart = 7\n[licence]", ":7: 'index.start' must be a list, such as"),
        (PUBLISHER, f"{PUBLISHER}\nlayout = 7", ": this is not valid TOML: "),
        (PUBLISHER, f"{PUBLISHER}\nlicense = {'7' * 5000}", ": this is not valid TOML: Exceeds the limit"),
        (
            'hosts = ["lemuria.example"]',
            'hosts = ["https://Lemuria.example/en"]',
            ":2: 'https://Lemuria.example/en' is not the name of a host; write 'lemuria.example', which stands for",
        ),
        ('"lemuria.example"', '"*.lemuria.example"', ":2: '*.lemuria.example' is not the name of a host; write 'lem"),
        ('"lemuria.example"', '"lemuria.example:80"', ":2: 'lemuria.example:80' is not the name of a host; write "),
        ('"lemuria.example"', '"Lemuria.example"', ":2: 'Lemuria.example' is not the name of a host; write 'lemuria"),
        ('"lemuria.example"', '""', ":2: '' is not the name of a host"),
        ('"lemuria.example"', "", ":2: hosts is empty, so that no page belongs to this site; name the host of its"),
        ("publisher.en", "publisher.english", ":3: 'english' is not a language tag, in publisher; write a tag such as"),
        (PUBLISHER, "publisher = {}", ":3: publisher is empty; write publisher.en = "),
        ('name = "old"', 'name = "present"', ":22: two layouts are named 'present'; rename one of them"),
        ("[licence]", "[licence]\nurI = 1", ":7: there is no key 'urI'; did you mean 'url'?"),
        ('marker = "td.lemuria"', 'marker = "a..b"', ":23, layout 'old', marker: selector 'a..b' is not valid CSS: "),
        (
            'title = "h1"',
            'title = "h2::before"',
            ":15, layout 'present', title: selector 'h2::before' is not valid CSS: Pseudo-element found",
        ),
        ('title = "h1"', 'title = ""', ":15, layout 'present', title: selector '' is not valid CSS: "),
        ("[licence]", '[index]\nnext = ""\n[licence]', ":7, index, next: selector '' is not valid CSS: "),
        ("[licence]", "[licence", ": this is not valid TOML: "),
    ],
)
def test_a_broken_profile_is_refused_with_its_file_line_and_mistake(
    sound: str, broken: str, message: str, tmp_path: Path
) -> None:
    assert sound in LEMURIA
    folder = sites(tmp_path, lemuria=LEMURIA.replace(sound, broken, 1))
    with pytest.raises(ProfileError) as refused:
        extract(lemurian("<p>They met.</p>"), sites=[folder])
    assert str(refused.value).startswith(f"{folder}/lemuria/profile.toml{message}")


@pytest.mark.parametrize("layout", ["7", "true", '"old"', "[7]"])
def test_layouts_that_are_not_tables_are_refused(layout: str, tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=f'hosts = ["lemuria.example"]\n{PUBLISHER}\nlayout = {layout}\n')
    with pytest.raises(ProfileError, match=r"layout.* must be "):
        extract(lemurian("<p>They met.</p>"), sites=[folder])


def test_a_profile_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria="\ufeff" + LEMURIA, mu="\ufeff" + MU)
    assert profile_of(lemurian("<p>They met.</p>"), folders=[folder]) == "lemuria/present"


def test_a_profile_in_another_encoding_is_refused(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA)
    (folder / "lemuria/profile.toml").write_text(LEMURIA, "utf-16")
    with pytest.raises(ProfileError, match="this is not UTF-8 text; save it in UTF-8"):
        extract(lemurian("<p>They met.</p>"), sites=[folder])


@pytest.mark.parametrize("credit", ["From {publisher}", "From {url.__class__}", "From {url:>99999999999}", "From {"])
def test_a_credit_has_no_other_placeholders_than_url_and_date(credit: str, tmp_path: Path) -> None:
    sound = "Source: Ministry of Lemuria[, {url}]"
    assert sound in LEMURIA
    folder = sites(tmp_path, lemuria=LEMURIA.replace(sound, credit, 1))
    with pytest.raises(ProfileError, match="use no other placeholders"):
        extract(lemurian("<p>They met.</p>"), sites=[folder])


def test_a_selector_of_one_letter_is_reported_with_its_own_line(tmp_path: Path) -> None:
    folder = sites(tmp_path, lemuria=LEMURIA.replace('title = "h1"', 'title = "a"'))
    found = cover(lemurian("<a>Talks</a><a>Fish</a>"), "lemuria", [folder])
    assert found
    (complaint,) = found.ambiguities()
    assert complaint.startswith(f"{folder}/lemuria/profile.toml:15, layout 'present', title: ")


# --- selectors that match several elements of a user's page


@pytest.mark.parametrize(
    ("profile", "markup", "field", "message"),
    [
        (
            LEMURIA,
            "<h1></h1><h1>Talks</h1><h1>Fish</h1><p>They met.</p>",
            {"title": ("Talks",)},
            "3 elements match 'h1', the title of profile 'lemuria/present'; the first with text was taken",
        ),
        (
            LEMURIA.replace('title = "h1"', 'date = "b"'),
            "<b>Harbour</b><b>5 May 2031</b><b>6 May 2031</b><p>They met.</p>",
            {"issued_text": "5 May 2031"},
            "3 elements match 'b', the date of profile 'lemuria/present'; the first with a date was taken",
        ),
    ],
)
def test_of_several_matching_elements_the_first_usable_one_is_taken_and_reported(
    profile: str, markup: str, field: dict[str, object], message: str, tmp_path: Path
) -> None:
    readout = extract(lemurian(markup), sites=[sites(tmp_path, lemuria=profile)]).readout
    assert {name: getattr(readout, name) for name in field} == field
    (warning,) = [each for each in readout.notes if each.code == "PROFILE_AMBIGUOUS"]
    assert (warning.severity, warning.message) == ("warning", message)


def test_generic_rules_find_a_title_and_a_date_that_a_profile_misses(tmp_path: Path) -> None:
    text = "<p>The harbour of Mu was opened to ships of every flag on Tuesday, after years of dredging and debate.</p>"
    head = '<div class="head"><h4>Harbour of Mu open</h4><span>5 May 2031</span></div>'
    page = whole_page(f"<title>Harbour of Mu open</title>{head}<main class='lemuria'>{text * 3}</main>")
    readout = extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout
    assert (readout.title, str(readout.issued)) == (("Harbour of Mu open",), "2031-05-05")
    assert {each.message for each in readout.notes if each.code == "FIELD_BY_GENERIC_RULES"} == {
        "profile 'lemuria/present' finds no title on this page; the generic rules found 'Harbour of Mu open'",
        "profile 'lemuria/present' finds no date on this page; the generic rules found '5 May 2031'",
    }


@pytest.mark.parametrize("headline", ["<h2>Harbour of Mu open</h2>", "<p>Harbour of Mu open</p>"])
def test_fields_that_generic_rules_find_are_not_in_the_body(headline: str, tmp_path: Path) -> None:
    text = "<p>The harbour of Mu was opened to ships of every flag on Tuesday, after years of dredging and debate.</p>"
    head = "<head><title>Harbour of Mu open</title></head>"
    page = whole_page(f"{head}<body><main class='lemuria'>{headline}<p>5 May 2031</p>{text * 3}</main>")
    readout = extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout
    assert (readout.title, readout.issued_text) == (("Harbour of Mu open",), "5 May 2031")
    assert "2031" not in str(readout.body)
    assert "Harbour of Mu open" not in str(readout.body)


def test_a_headline_to_which_a_link_leads_stays_in_the_body(tmp_path: Path) -> None:
    text = "<p>The harbour of Mu was opened to ships of every flag on Tuesday, after years of dredging and debate.</p>"
    head = "<head><title>Harbour of Mu open</title></head>"
    headline = '<h2 id="top">Harbour of Mu open</h2>'
    page = whole_page(f"{head}<body><main class='lemuria'>{headline}{text * 3}<p><a href='#top'>Up</a></p></main>")
    readout = extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout
    assert readout.title is None
    assert "Harbour of Mu open" in str(readout.body)


def test_text_that_a_stray_end_tag_puts_below_the_body_is_reported(tmp_path: Path) -> None:
    rest = "<p>They will meet again in the harbour of Mu before the end of next year.</p>"
    page = whole_page(f'<div><div class="lemuria"><p>They met.</p></div>{rest}<!-- end --></div><p>Imprint</p></div>')
    profile = LEMURIA.replace("main.lemuria", "div.lemuria")
    (warning,) = [
        each
        for each in extract(page, sites=[sites(tmp_path, lemuria=profile)]).readout.notes
        if each.code == "TEXT_BELOW_BODY"
    ]
    assert warning.severity == "warning"
    assert warning.message == (
        "15 words right below the body that profile 'lemuria/present' selects are not in it: "
        "'They will meet again in the harbour of Mu before the end of next year.'"
    )


@pytest.mark.parametrize(
    "below",
    [
        "<p>Back to the top</p>",
        "<footer><p>The Ministry of Lemuria stands at the harbour and opens at nine each day but Sunday.</p></footer>",
        "<script>let open = 'the harbour of Mu and that of Lemuria are open on each day but Sunday';</script>",
    ],
)
def test_short_lines_footers_and_scripts_below_the_body_are_not_reported(below: str, tmp_path: Path) -> None:
    page = whole_page(f'<main class="lemuria"><p>They met.</p></main>{below}')
    notes = extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout.notes
    assert "TEXT_BELOW_BODY" not in {each.code for each in notes}


def test_of_several_bodies_the_longest_is_taken(tmp_path: Path) -> None:
    page = whole_page(
        '<main class="lemuria"><p>Next.</p></main><main class="lemuria"><p>They met.</p><p>Fish.</p></main>'
    )
    readout = extract(page, sites=[sites(tmp_path, lemuria=LEMURIA)]).readout
    assert outline(readout.body) == 'paragraph "They met."\nparagraph "Fish."\n'
    assert [each.code for each in readout.notes if each.severity == "warning"] == ["PROFILE_AMBIGUOUS"]


@pytest.mark.parametrize(
    ("markup", "title", "date"),
    [
        ("<h1>Talks</h1><b>On fish</b><p><i>2 May 2031</i></p>", ("On fish",), "2 May 2031"),
        ("<h1>Talks</h1><b></b><p>They met on 2 May.</p><i>3 May 2031</i>", ("Talks",), "3 May 2031"),
        ("<p>2 May 2031</p>", None, "2 May 2031"),
    ],
)
def test_of_several_selectors_the_first_that_finds_something_is_used(
    markup: str, title: tuple[str, ...] | None, date: str, tmp_path: Path
) -> None:
    profile = LEMURIA.replace('title = "h1"', 'title = ["b", "h1"]\ndate = ["main p", "i"]')
    readout = extract(lemurian(markup + "<p>They met.</p>"), sites=[sites(tmp_path, lemuria=profile)]).readout
    assert (readout.title, readout.issued_text) == (title, date)


def test_an_ambiguous_selector_of_a_list_is_reported_with_its_number(tmp_path: Path) -> None:
    profile = LEMURIA.replace('title = "h1"', 'title = [\n"b",\n"h1",\n]')
    found = cover(lemurian("<h1>Talks</h1><h1>Fish</h1>"), "lemuria", [sites(tmp_path, lemuria=profile)])
    assert found
    (complaint,) = found.ambiguities()
    assert complaint.startswith(f"{tmp_path}/lemuria/profile.toml:17, layout 'present', title[1]: 'h1' matches 2")


@pytest.mark.parametrize(
    ("printed", "marked", "day"),
    [
        ("06-05-2031 - 13:10", "2031-05-06T13:10:00", dt.date(2031, 5, 6)),
        ("05/06/2031", "2031-05-06", dt.date(2031, 5, 6)),
        ("06-05-2031", "2030-01-01", None),
    ],
)
def test_a_time_element_tells_the_order_of_day_and_month(
    printed: str, marked: str, day: dt.date | None, tmp_path: Path
) -> None:
    profile = LEMURIA.replace('title = "h1"', 'title = "h1"\ndate = "p.day"')
    text = f'<h1>Lamps</h1><p class="day"><time datetime="{marked}">{printed}</time></p><p>They are lit.</p>'
    readout = extract(lemurian(text), sites=[sites(tmp_path, lemuria=profile)]).readout
    assert readout.issued == day


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_profile_that_is_a_pipe_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lemuria").mkdir()
    os.mkfifo(tmp_path / "lemuria" / "profile.toml")
    with pytest.raises(ProfileError, match=r"profile\.toml: the profile is a device or a pipe"):
        extract(whole_page("<p>They met.</p>"), sites=[tmp_path])


def test_the_lines_of_selectors_are_looked_up_only_for_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def describe_location(layout: Layout, key: str) -> str:
        pytest.fail(f"the line of {key} was looked up, for which the whole file of {layout.name!r} is read")

    monkeypatch.setattr(Layout, "describe_location", describe_location)
    folder = sites(tmp_path, lemuria=LEMURIA, mu=MU)
    assert profile_of(lemurian("<p>They met.</p>"), folders=[folder]) == "lemuria/present"


@pytest.mark.parametrize("path", sorted(OWN_SITES.glob("*/profile.toml")), ids=lambda path: path.parent.name)
def test_the_selectors_of_each_built_in_profile_are_valid(path: Path) -> None:
    assert load_profile(path).site == path.parent.name


def test_selectors_of_built_in_profiles_are_compiled_only_when_they_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    own_profiles.cache_clear()
    monkeypatch.setattr(soupsieve, "compile", pytest.fail)
    assert len(own_profiles()) > 20
