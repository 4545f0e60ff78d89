"""Profiles induced from pages of one layout: body, title, date, series, boilerplate."""

from __future__ import annotations

import pytest

from readout_pub import SourceError
from readout_pub.extract.profile_induction import SharedLayout, induce_profile
from tests.pages import whole_page


def compared(template: str, *rows: dict[str, str]) -> SharedLayout:
    """Return the layout of several pages; each page is `template` filled with one of the `rows`."""
    return induce_profile([whole_page(template.format(**row)) for row in rows])


FISH = {"title": "Talks on fish", "day": "7 May 2031", "text": "They spoke about herring for a long time."}
NETS = {"title": "Talks on nets", "day": "9 June 2031", "text": "Nothing was caught on that day, nor on the next."}


def test_a_heading_is_the_title_not_the_breadcrumb_that_repeats_it() -> None:
    page = "<title>{title} | Atlantis</title><p class='crumb'>{title}</p><h2 class='name'>{title}</h2><p>{text}</p>"
    assert compared(f"<body><div id='all'>{page}</div></body>", FISH, NETS).title == "h2.name"


def test_a_role_or_class_of_a_heading_wins_over_the_breadcrumb() -> None:
    crumb = "<title>{title} | Atlantis</title><div class='way'><b>Home</b><span>{title}</span></div>"
    text = "<div class='text'><p>{text}</p></div>"
    for name, role in (("stage", " role='heading'"), ("stage-title", "")):
        heading = f"<div class='{name}'{role}>{{title}}</div>"
        assert compared(f"<body>{crumb}{heading}{text}</body>", FISH, NETS).title == f"div.{name}"


def test_a_last_sentence_that_all_documents_share_is_not_boilerplate() -> None:
    end = "<p>The keepers of the tides will meet again in the spring, in the harbour office of Atlantis.</p>"
    bold = "<p>The chart was <strong>not</strong> drawn, and the keepers said so to all who had come to ask.</p>"
    top = "<title>{title}</title><nav><a href='/'>Home</a></nav><p class='kicker'>Readouts</p><h1>{title}</h1>"
    found = compared(f"{top}<div class='text'><p class='lead'>{{text}}</p>{bold}{end}</div>", FISH, NETS)
    assert (found.body, found.series, found.drop) == ("div.text", "p.kicker", ())


def test_boilerplate_is_dropped_by_an_id_but_not_by_a_class() -> None:
    page = "<div class='text'><h1>{{title}}</h1><p>{{text}}</p><p>Until {{day}}.</p><h2 {}>Share this page</h2></div>"
    assert compared(page.format("class='head'"), FISH, NETS).drop == ()
    assert compared(page.format("id='share'"), FISH, NETS).drop == ("#share",)


def test_an_id_that_numbers_pages_is_not_a_selector() -> None:
    page = "<p>Menu of the harbour</p><div class='story' id='node-{node}'><h1>{title}</h1><p>{text}</p></div>"
    found = compared(page, FISH | {"node": "339751"}, NETS | {"node": "339752"})
    assert found.body == "div.story"


def test_a_body_with_an_id_is_found_whatever_surrounds_it() -> None:
    page = "<body class='{title}'><p>Menu</p><div id='text'><h1>{title}</h1><p>{text}</p></div></body>"
    assert compared(page, FISH, NETS).body == "#text"


def test_the_element_with_a_date_on_every_page_is_the_date() -> None:
    page = "<div id='text'><h1>{title}</h1><p class='place'>Harbour</p><p class='day'>{day}</p><p>{text}</p></div>"
    assert compared(page, FISH, NETS).date == "p.day"


@pytest.mark.parametrize("name", ["новость", "本文", "-article"])
def test_a_class_may_be_in_any_script(name: str) -> None:
    page = f"<p>Menu</p><div class='{name} 9x a:b'><h1>{{title}}</h1><p>{{text}}</p></div>"
    assert compared(page, FISH, NETS).body == f"div.{name}"


def test_links_that_differ_do_not_make_a_menu_the_body() -> None:
    menu = "<ul id='menu'><li><a href='/'>{text} {text} {text}</a></li></ul>"
    found = compared(menu + "<div id='text'><h1>{title}</h1><p>{text}</p></div>", FISH, NETS)
    assert found.body == "#text"


def test_photos_of_the_body_are_listed() -> None:
    top = "<div id='top'><img src='icon.png'></div>"
    text = "<div id='text'><h1>{title}</h1><img src='{title}.jpg'><p>{text}</p></div>"
    found = compared(top + text, FISH, NETS)
    assert (found.body, found.photos) == ("#text", (("Talks on fish.jpg",), ("Talks on nets.jpg",)))


def test_pages_that_share_no_element_are_refused() -> None:
    with pytest.raises(SourceError, match="identical or share no layout"):
        induce_profile([whole_page("<p id='a'>One.</p>"), whole_page("<table><tr><td>Other.</td></tr></table>")])
