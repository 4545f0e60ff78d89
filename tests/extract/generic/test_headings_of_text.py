"""Which headings are kept with text below, and left out without it."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper


def test_a_long_heading_at_the_end_is_text() -> None:
    caption = "The pilots, who had been trained in Lemuria, know each of the forty lamps and each of the reefs by name."
    slide = f'<div><h3>{caption}</h3><p><a href="/next">Next</a></p></div>'
    assert caption in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{slide}"))


@pytest.mark.parametrize("heading", ["<h2>On this subject</h2>", "<h3>More harbours</h3>"])
def test_a_heading_is_left_out_with_the_links_below_it(heading: str) -> None:
    links = '<ul><li><a href="/1">Reef lamps lit</a></li><li><a href="/2">Ferry late again</a></li></ul>'
    body = body_outline(newspaper(f"{HEADLINE}<h2>The channel</h2>{STORY}<h2>Pilots</h2>{LATER}{heading}{links}"))
    assert "Reef lamps lit" not in body
    assert "On this subject" not in body
    assert "More harbours" not in body


@pytest.mark.parametrize("heading", ["Video", "Wideo", "Zdjęcia", "Related videos", "動画"])
def test_a_media_heading_without_text_below_is_left_out(heading: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}<h2>{heading}</h2><h2>Lamps of the reef</h2>{LATER}")
    assert heading not in body_outline(page)
    shown = page.replace(f"<h2>{heading}</h2>", f"<h2>{heading}</h2><p>The pilots sing on it.</p>")
    assert f'section "{heading}"' in body_outline(shown)


def test_a_heading_of_files_is_left_out_with_their_links() -> None:
    link = '<a href="/tides.pdf">Download document</a> <span>(PDF | 402.17 KB)</span>'
    files = f'<div class="attachments"><h2>Attachments</h2><div class="file">{link}</div></div>'
    text = f'<div class="body"><h3>Tides</h3>{STORY}<h3>Lamps</h3>{LATER}</div>'
    assert body_outline(newspaper(f"{HEADLINE}{files}{text}")) == body_outline(newspaper(f"{HEADLINE}{text}"))


_SEARCH = "<div><form{method}><label>Words</label><input type='text' name='q'><select name='y'></select></form></div>"


@pytest.mark.parametrize("method", ["", ' method="get"'])
def test_a_heading_right_above_a_search_form_is_left_out(method: str) -> None:
    page = newspaper(f"<div>{HEADLINE}{STORY}{LATER}<h2>Find plans of lamps</h2></div>{_SEARCH.format(method=method)}")
    assert "Find plans of lamps" not in body_outline(page)


def test_a_heading_above_a_search_form_without_results_is_left_out() -> None:
    message = "Sorry, there were no results based on your filter selections."
    search = f"<div>{_SEARCH.format(method='')}<div><p>{message}</p></div></div>"
    page = newspaper(f"<div>{HEADLINE}{STORY}{LATER}<h2>Find plans of lamps</h2></div>{search}")
    assert "Find plans of lamps" not in body_outline(page)
    found = page.replace(
        "Sorry, there were no results based on your filter selections.", "The plan of the lamps of the reef."
    )
    assert "Find plans of lamps" in body_outline(found)


@pytest.mark.parametrize("below", [_SEARCH.format(method=' method="post"'), "<div>Share</div>", ""])
def test_a_heading_that_ends_the_text_is_kept_without_a_search_form_below(below: str) -> None:
    page = newspaper(f"<div>{HEADLINE}{STORY}{LATER}<h4>Nerea Salt, Minister of Tides</h4></div>{below}")
    assert "Nerea Salt, Minister of Tides" in body_outline(page)


def test_a_heading_with_text_above_a_search_formis_kept_despite_low_score() -> None:
    text = f"<h2>Find plans of lamps</h2>{LATER}"
    page = newspaper(f"<div>{HEADLINE}{STORY}{text}</div>{_SEARCH.format(method='')}")
    assert "Find plans of lamps" in body_outline(page)


@pytest.mark.parametrize("tag", ["footer", "aside", "div"])
def test_a_heading_that_ends_the_text_is_kept_above_the_search_of_the_site(tag: str) -> None:
    words = "" if tag == "aside" else "<p>Ministry of Tides, Reef Town</p>"
    form = f"<{tag}>{words}{_SEARCH.format(method='')}</{tag}>"
    page = newspaper(f"<div>{HEADLINE}{STORY}{LATER}<h4>Nerea Salt, Minister of Tides</h4></div>", below=form)
    assert "Nerea Salt, Minister of Tides" in body_outline(page)


@pytest.mark.parametrize("heading", ["<h3><b>What was agreed: key points</b></h3>", "<h2>The key points</h2>"])
def test_the_heading_above_the_first_lines_of_the_textis_kept_despite_low_score(heading: str) -> None:
    points = "".join(f"<li>Ships of {flag} may enter the harbour at dawn.</li>" for flag in ("Lemuria", "Mu", "Thule"))
    give = '<div class="side"><form><p>Give today</p><p>Select an amount:</p><button>Give</button></form></div>'
    text = f'<div class="main"><div class="text">{heading}<ul>{points}</ul><h2>The channel</h2>{STORY}</div></div>'
    top = f'<div class="top">{HEADLINE}<div class="meta">4 May 2031</div></div>'
    page = newspaper(f"<section>{top}{give}{text}</section>", head=DATED)
    assert "key points" in body_outline(page).splitlines()[0]


@pytest.mark.parametrize(
    "heading", ["<h5>{0}</h5>", '<h5 class="part">{0}</h5>', '<div class="heading"><div><h5>{0}</h5></div></div>']
)
@pytest.mark.parametrize("address", ["/{0}", "https://{0}.example/"])
def test_headings_that_are_links_above_kept_text_are_kept(address: str, heading: str) -> None:
    parts = "".join(
        f'<div class="column">{heading.format(f"""<a href="{address.format(name)}">{name} crossings</a>""")}'
        f"<p>Cross with the pilots of {name}, who know the channel and its lamps by night and day.</p></div>"
        for name in ("Lemuria", "Thule")
    )
    text = f'{STORY}{LATER}{STORY}<h3>Choose</h3><div class="columns">{parts}</div>{LATER}'
    shown = body_outline(newspaper(f"{HEADLINE}<div>{text}</div>"))
    assert "pilots of Thule" in shown
    assert "Lemuria crossings" in shown
    assert "Thule crossings" in shown


def test_the_linked_heading_of_a_labelled_teaser_amid_the_text_is_left_out() -> None:
    teaser = '<article><a href="/mu"><div><div>Travel</div><h3>Crossings to Mu</h3></div></a></article>'
    shown = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}<div>{teaser}</div>{LATER}</div>"))
    assert "Crossings" not in shown
