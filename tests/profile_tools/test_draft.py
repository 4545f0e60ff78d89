"""Drafting a profile: the selectors it finds, the files it writes, the errors."""

from __future__ import annotations

import base64
import re
import tomllib
from pathlib import Path

import pytest

from readout_pub import OutputError, ProfileError, SourceError, read
from readout_pub.profile_tools import accept, check_site, draft_site, sites_named
from readout_pub.sources import FetchPolicy
from tests.pages import jpeg
from tests.sources.web.server import Reply, WebServer


def test_the_draft_has_selectors_of_body_title_date_series_and_boilerplate(saved: list[str], tmp_path: Path) -> None:
    for path in map(Path, saved):  # with less text, the generic extractor would keep the line for sharing
        prose = "".join(f"<p>{SENTENCE} {path.stem}.{number} {SENTENCE}</p>" for number in range(5))
        share = '<p class="share"><a href="/s">Share</a> <a href="/p">Print</a></p>'
        page = path.read_text("utf-8").replace('<p class="share">Send this page</p>', share + prose)
        path.write_text(page, "utf-8")
    draft_site(saved, tmp_path / "sites/harbour")
    profile = tomllib.loads((tmp_path / "sites/harbour/profile.toml").read_text("utf-8"))
    assert profile == {
        "hosts": ["harbour.atlantis.example"],
        "publisher": {"en": "harbour"},
        "layout": [
            {
                "name": "present",
                "marker": "div.story",
                "body": "div.story",
                "title": "h1",
                "date": "p.day",
                "series": "p.kicker",
                "drop": ["p.share"],
            }
        ],
    }


def test_a_draft_cannot_have_the_name_that_switches_profiles_off(saved: list[str], tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="no site can be named 'none'"):
        draft_site(saved, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_site_in_the_working_directory_has_its_name(
    saved: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sites/harbour").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "sites/harbour")
    draft_site(saved, Path())
    assert 'publisher.en = "harbour"' in Path("profile.toml").read_text()
    assert Path("../profile.schema.json").exists()


FILES_OF_TWO_CASES = [
    "harbour/profile.toml",
    "profile.schema.json",
    "harbour/cases/1/page.html",
    "harbour/cases/1/1.jpg",
    "harbour/cases/2/page.html",
    "harbour/cases/2/1.jpg",
]


def test_each_page_becomes_a_case_with_its_photos(saved: list[str], tmp_path: Path) -> None:
    written = draft_site(saved, tmp_path / "sites/harbour").paths
    assert [path.relative_to(tmp_path / "sites").as_posix() for path in written] == FILES_OF_TWO_CASES


@pytest.mark.slow
def test_photos_within_the_pages_become_files_of_their_cases(saved: list[str], tmp_path: Path) -> None:
    photo = f"data:image/jpeg;base64,{base64.b64encode(jpeg()).decode()}"
    drawing = '<img src="data:image/svg+xml,%3Csvg/>" alt="Chart">'
    for path in map(Path, saved):
        page = re.sub(r'(<img[^>]* src=")[^"]*', rf"\g<1>{photo}", path.read_text("utf-8"))
        path.write_text(page.replace("<h1", f"{drawing}<h1", 1), "utf-8")
    site = tmp_path / "sites/harbour"
    draft_site(saved, site)
    assert (site / "cases/1/1.jpeg").exists()
    assert "data:" not in (site / "cases/1/page.html").read_text("utf-8")
    (profile,) = sites_named(str(site))
    list(accept(profile))
    assert [result.complaints for result in check_site(profile)] == [(), ()]


def test_pages_of_equal_names_become_separate_cases(saved: list[str], tmp_path: Path) -> None:
    first, second = (Path(path).read_text("utf-8") for path in saved)
    third = first.replace("fish", "ropes").replace("7 May", "1 July").replace("herring", "hemp")
    copies = []
    for folder, name, page in [("x", "talks-3", first), ("y", "talks", second), ("z", "talks", third)]:
        copy = tmp_path / folder / f"{name}.html"
        copy.parent.mkdir()
        copy.write_text(page, "utf-8")
        copies.append(str(copy))
    written = [path.parent.name for path in draft_site(copies, tmp_path / "harbour").paths if path.name == "page.html"]
    assert written == ["talks-3", "talks", "talks-4"]


@pytest.mark.slow
def test_a_draft_with_accepted_readouts_passes_its_check(saved: list[str], tmp_path: Path) -> None:
    draft_site(saved, tmp_path / "sites/harbour")
    (profile,) = sites_named(str(tmp_path / "sites/harbour"))
    assert [result.complaints for result in check_site(profile)] == [
        ("readout: there is no readout.json yet; --accept writes it for you to read",),
    ] * 2
    assert len(list(accept(profile))) == 2
    assert [result.complaints for result in check_site(profile)] == [(), ()]


def test_a_drafted_profile_reads_a_third_page(saved: list[str], tmp_path: Path) -> None:
    draft_site(saved, tmp_path / "sites/harbour")
    third = Path(saved[0]).read_text("utf-8").replace("fish", "ropes").replace("7 May", "1 July")
    (tmp_path / "3.html").write_text(third, "utf-8")
    readout, _ = read(tmp_path / "3.html", sites=[tmp_path / "sites"])
    assert (readout.title, str(readout.issued)) == (("Talks on ropes",), "2031-07-01")


@pytest.mark.slow
def test_pages_from_the_web_become_cases_with_their_photos(
    saved: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    photo = Reply(jpeg(), media_type="image/jpeg")
    with WebServer({"/media/1.jpg": photo, "/media/2.jpg": photo}) as server:
        for number, path in enumerate(saved, 1):
            page = Path(path).read_text("utf-8").replace(f"{number}_files/photo.jpg", f"/media/{number}.jpg")
            server.routes[f"/talks/{number}.html"] = Reply(page)
        addresses = [server.url(f"/talks/{number}.html") for number in (1, 2)]
        policy = FetchPolicy(delay=0.0, allowed_hosts=(server.authority,), backoff=0.001)
        written = draft_site(addresses, tmp_path / "sites/harbour", policy).paths
    assert [path.relative_to(tmp_path / "sites").as_posix() for path in written] == FILES_OF_TWO_CASES
    (profile,) = sites_named(str(tmp_path / "sites/harbour"))
    list(accept(profile))
    assert [result.complaints for result in check_site(profile)] == [(), ()]


def test_one_page_gives_a_draft_that_says_it_is_less_certain(saved: list[str], tmp_path: Path) -> None:
    draft_site(saved[:1], tmp_path / "sites/harbour")
    text = (tmp_path / "sites/harbour/profile.toml").read_text("utf-8")
    assert "drafted from ONE page, so its selectors are guesses" in text
    (layout,) = tomllib.loads(text)["layout"]
    assert (layout["body"], layout["title"], layout["date"]) == ("div.story", "h1", "p.day")


def test_one_page_without_a_document_is_refused(tmp_path: Path) -> None:
    (tmp_path / "menu.html").write_text(
        "<!DOCTYPE html><html><body><nav><a href='/'>Home</a></nav></body></html>", "utf-8"
    )
    with pytest.raises(SourceError, match="no document was found on this page alone; add another page of its layout"):
        draft_site([str(tmp_path / "menu.html")], tmp_path / "harbour")


def test_an_existing_profile_is_not_replaced(saved: list[str], tmp_path: Path) -> None:
    draft_site(saved, tmp_path / "harbour")
    profile = tmp_path / "harbour/profile.toml"
    profile.write_text("# edited by hand\n", "utf-8")
    with pytest.raises(OutputError, match="there is a profile already"):
        draft_site(saved, tmp_path / "harbour")
    assert profile.read_text("utf-8") == "# edited by hand\n"


def test_identical_pages_are_an_error(saved: list[str], tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="identical or share no layout"):
        draft_site([saved[0], saved[0]], tmp_path / "harbour")


def test_a_draft_from_pages_with_a_url_has_no_remark(saved: list[str], tmp_path: Path) -> None:
    assert draft_site(saved, tmp_path / "harbour").remarks == ()


def test_without_a_url_a_draft_has_an_invented_host_and_a_remark(saved: list[str], tmp_path: Path) -> None:
    for path in map(Path, saved):
        path.write_text(re.sub("<link[^>]*>", "", path.read_text("utf-8")), "utf-8")
    folder = tmp_path / "Old Harbour"
    (remark,) = draft_site(saved, folder).remarks
    assert "replace the invented host 'old-harbour.example'" in remark
    assert sites_named(str(folder))[0].hosts == ["old-harbour.example"]


def test_a_marker_that_is_only_an_element_name_gives_a_remark(saved: list[str], tmp_path: Path) -> None:
    head = '<html lang="en"><head><link rel="canonical" href="https://harbour.example/1"></head><body><p>Menu</p>'
    for path, words in zip(map(Path, saved), ("herring", "nets"), strict=True):
        path.write_text(f"{head}<main><h1>On {words}</h1><p>They spoke about {words}.</p></main>", "utf-8")
    remark, *_ = draft_site(saved, tmp_path / "harbour").remarks
    assert remark.startswith("marker 'main' is on pages of other layouts too")


SENTENCE = "The keepers of the tides met in the harbour hall and spoke about herring, nets and salt."


def test_the_drafted_body_of_one_page_contains_its_text_and_boilerplate(tmp_path: Path) -> None:
    parts = "".join(f'<section class="s{n}"><p>{SENTENCE} {n} {SENTENCE.swapcase()}</p></section>' for n in range(4))
    menu = "".join(f"<li><a href=/{n}>Department of boats number {n} and of further boats</a></li>" for n in range(10))
    page = f"<html lang=en><title>Talks</title><h1>Talks</h1><div class=all>{parts}<ul>{menu}</ul></div></html>"
    (tmp_path / "1.html").write_text(page, "utf-8")
    draft = draft_site([str(tmp_path / "1.html")], tmp_path / "harbour")
    assert 'body = "div.all"' in draft.paths[0].read_text("utf-8")
    assert not any("too narrow" in remark for remark in draft.remarks)


def test_words_outside_of_a_drafted_body_give_a_remark(saved: list[str], tmp_path: Path) -> None:
    for path in map(Path, saved):
        menu = "".join(f"<a href=/{n}>Department of boats number {n}</a>" for n in range(20))
        late = f'<div class="late"><p>{SENTENCE} {path.stem}</p></div><nav>{menu}</nav><div id="foot">'
        path.write_text(path.read_text("utf-8").replace('<div id="foot">', late), "utf-8")
    (remark,) = draft_site(saved, tmp_path / "harbour").remarks
    assert remark.startswith("body may be too narrow: it lacks 'The keepers of the tides met in the harbour hall")


@pytest.mark.parametrize(
    "declared",
    [
        '<meta property="og:site_name" content="The Harbour  Office">',
        '<script type="application/ld+json">{"@type": "Article", "publisher": {"name": "The Harbour Office"}}</script>',
    ],
    ids=["og:site_name", "JSON-LD"],
)
def test_a_draft_has_the_publisher_that_all_pages_declare(declared: str, saved: list[str], tmp_path: Path) -> None:
    for path in map(Path, saved):
        path.write_text(path.read_text("utf-8").replace("</head>", f"{declared}</head>"), "utf-8")
    draft_site(saved, tmp_path / "harbour")
    assert sites_named(str(tmp_path / "harbour"))[0].publisher == {"en": "The Harbour Office"}


def test_a_draft_takes_the_folder_name_if_declared_publishers_differ(saved: list[str], tmp_path: Path) -> None:
    for number, path in enumerate(map(Path, saved)):
        declared = f'<meta property="og:site_name" content="Office {number}"></head>'
        path.write_text(path.read_text("utf-8").replace("</head>", declared), "utf-8")
    draft_site(saved, tmp_path / "harbour")
    assert sites_named(str(tmp_path / "harbour"))[0].publisher == {"en": "harbour"}


def test_a_photo_outside_of_a_drafted_body_gives_a_remark(saved: list[str], tmp_path: Path) -> None:
    for path in map(Path, saved):
        featured = f'<img src="featured-{path.stem}.jpg" alt="The fleet" width="900" height="600"><div class="story">'
        declared = f'<meta property="og:image" content="https://harbour.example/featured-{path.stem}.jpg"></head>'
        page = path.read_text("utf-8").replace('<div class="story">', featured).replace("</head>", declared)
        path.write_text(page, "utf-8")
    (remark,) = draft_site(saved, tmp_path / "harbour").remarks
    assert remark == "body may be too narrow: it lacks photos, such as featured-1.jpg, featured-2.jpg"
