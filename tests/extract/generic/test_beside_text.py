"""What stands around a text: contacts, the day of the last change, promotions, further reading, hidden labels."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, extract_generic, newspaper

TEXT = f"{HEADLINE}<div>{STORY}{LATER}</div>"
PLAIN = body_outline(newspaper(TEXT, head=DATED))


def outline_with(below: str = "", *, above: str = "") -> str:
    """Return the outline of a story with further markup in its article, below or right above the text."""
    return body_outline(newspaper(f"{HEADLINE}{above}<div>{STORY}{LATER}</div>{below}", head=DATED))


# --- contacts

CONTACTS = (
    '<div class="press-contact"><h2>Press contact</h2><p>Nerea Salt, tel. 030 555 41 22</p></div>',
    '<section id="kontakt"><h3>Kontakt</h3><ul><li>Lampenamt</li><li>l@reef.example</li></ul></section>',
    '<div class="c-contact"><div>Contacts</div><div>Tove Reef</div><div>tove@reef.example</div></div>',
)


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_box_named_contact_that_begins_with_a_label_is_left_out(contact: str) -> None:
    assert outline_with(contact) == PLAIN
    assert outline_with(above=contact) == PLAIN
    assert "a box of contacts" in extract_generic(newspaper(f"{TEXT}{contact}")).dropped


@pytest.mark.parametrize(
    "contact",
    [
        "<p>Press contact: Nerea Salt, tel. 030 555 41 22</p>",
        "<div><h2>Press contact</h2><p>Nerea Salt, tel. 030 555 41 22</p></div>",
    ],
)
def test_contacts_outside_of_a_box_named_contact_stay(contact: str) -> None:
    assert "Nerea Salt, tel. 030 555 41 22" in outline_with(contact)


def test_a_box_named_contact_within_the_text_stays() -> None:
    contact = '<div class="contact"><h2>Contact</h2><p>Lamp Office, tel. 030 555 41 22</p></div>'
    assert "Lamp Office" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{contact}{LATER}</div>"))


# --- the day of the last change, other pages of a guide


@pytest.mark.parametrize(
    "line",
    [
        '<div class="page-last-updated">Tarehe ya mwisho 26 Oktoba</div>',
        '<p class="lastmod">Tide 4/5</p>',
        '<div><div class="field-changed"><span>Dènye chanjman <time>Me 4, 2031</time></span></div></div>',
        '<div class="date-modified"><span>Am 4. Mai</span> von Lampenamt</div>',
    ],
)
def test_a_line_with_a_class_for_updates_is_left_out(line: str) -> None:
    assert outline_with(line) == PLAIN


def test_the_days_on_which_several_entries_changed_are_text() -> None:
    entries = "".join(f"<p>Keepers of lamp {n}</p><p class='field-changed'>Me {n}, 2031</p>" for n in range(1, 5))
    assert "Me 3, 2031" in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{entries}</div>{LATER}"))


def test_a_sentence_with_a_class_for_updates_is_text() -> None:
    assert "lamp law" in outline_with('<p class="revised">The lamp law of 2031 was revised by the council in May.</p>')


def test_a_section_with_a_class_for_updates_keeps_its_lines_with_numbers() -> None:
    outline = outline_with(f'<div class="content-modified"><h2>Version 3</h2>{STORY}<p>Lamp 12</p></div>')
    assert "Version 3" in outline
    assert "Lamp 12" in outline


@pytest.mark.parametrize("line", ["Page 1 of 3", "Seite 2 von 12", "Página 1 de 4", "Страница 2 из 3"])
def test_a_line_such_as_page_1_of_3_is_left_out(line: str) -> None:
    assert outline_with(above=f"<p>{line}</p>") == PLAIN


@pytest.mark.parametrize(
    "links",
    [
        '<div><a rel="next" href="/2"><span>Step 1</span> <span>Writing down what floats</span></a></div>',
        '<p><a rel="prev" href="/1">Lamps</a> <a rel="next" href="/3">Ropes</a></p>',
    ],
)
def test_links_declared_as_the_next_page_are_left_out(links: str) -> None:
    assert outline_with(links) == PLAIN


# --- promotions and further reading


@pytest.mark.parametrize(
    "box",
    [
        '<div class="promo"><h3>Light your boat</h3><p>You can buy a lamp.</p><a href="/lamps">To the lamps</a></div>',
        '<section class="c-cta"><h2>Count nets</h2><p>Use the new tool of the port.</p><button>Open</button></section>',
        '<div class="inline-teaser"><h3>Tides</h3><div><p>All tides of the year.</p><a href="/t">Open</a></div></div>',
    ],
)
def test_a_box_named_as_a_promotion_with_a_link_or_button_is_left_out(box: str) -> None:
    assert outline_with(box) == PLAIN


@pytest.mark.parametrize("heading", ["Further reading from the desk", "Aus der Werkstatt"])
def test_linked_articles_are_left_out_with_the_heading_above_them(heading: str) -> None:
    stories = "".join(f'<article><h3><a href="/{n}">Keepers count lamps</a></h3></article>' for n in range(2))
    assert outline_with(f"<div><h2>{heading}</h2>{stories}</div>") == PLAIN


def test_an_aside_alone_in_the_column_beside_the_text_is_left_out() -> None:
    column = "<div class='col-3'><div><aside><h3>Lamp office nearby</h3><p>Reef Street 4</p></aside></div></div>"
    page = newspaper(f"{HEADLINE}<div class='row'><div class='col-9'>{STORY}{LATER}</div>{column}</div>", head=DATED)
    assert body_outline(page) == PLAIN


# --- labels that visitors do not see, and labels of fields


@pytest.mark.parametrize("name", ["visually-hidden", "sr-only", "screen-reader-text"])
def test_a_label_for_screen_readers_above_the_text_is_left_out(name: str) -> None:
    assert outline_with(above=f'<div class="{name}">Content</div>') == PLAIN


@pytest.mark.parametrize(
    "repeated",
    ['<header><span class="hidden">Harbour open</span></header>', '<div class="sr-only"><b>Harbour open</b></div>'],
)
def test_a_hidden_copy_of_the_title_is_left_out(repeated: str) -> None:
    assert outline_with(above=repeated) == PLAIN


@pytest.mark.parametrize(
    "row",
    [
        '<div class="field"><div class="field__label">Utgivelse</div><div class="field__item">{}</div></div>',
        "<div><p>Utgivelse:</p><p>{}</p></div>",
        '<ul><li class="lbl">Utgivelse</li><li>{}</li></ul>',
    ],
)
def test_the_label_of_the_publication_date_is_left_out(row: str) -> None:
    day = '<time datetime="2031-05-04">4 May 2031</time>'
    result = extract_generic(newspaper(f"{HEADLINE}{row.format(day)}<div>{STORY}{LATER}</div>"))
    assert "Utgivelse" not in result.body
    assert "the label of a field" in result.dropped


def test_the_place_above_the_day_stays() -> None:
    row = '<div><p>Reef Town</p><p><time datetime="2031-05-04">4 May 2031</time></p></div>'
    assert "Reef Town" in outline_with(above=row)


# --- the foot of a page without a `footer`

WIDGETS = (
    '<div class="col-md-4"><h3>News</h3><ul><li><a href="/1">Nine things to know of lamps</a></li></ul></div>'
    '<div class="col-md-4"><h3>Contact</h3><p>Lamp House, Reef Street 4, Reef Town</p><p>Tel. 876 926 3590</p></div>'
)


@pytest.mark.parametrize("name", ['class="site-footer-widgets"', 'id="wrapper-footer"'])
def test_a_foot_with_links_and_an_address_is_left_out(name: str) -> None:
    hidden = '<nav class="menu">' + "".join(f'<li><a href="/{n}">Reef {n}</a></li>' for n in range(30)) + "</nav>"
    below = f"<div {name}>{WIDGETS}</div>{hidden}"
    assert body_outline(newspaper(TEXT, head=DATED, below=below)) == PLAIN


# --- labels of lists that are left out, questions to readers


def test_a_label_is_left_out_with_the_links_below_it() -> None:
    links = "".join(f'<div><a href="/{n}">Guide number {n} for keepers</a></div>' for n in range(2))
    field = f'<div class="field"><div class="field__label">Of the same storm</div><div>{links}</div></div>'
    text = "<p>The lamps burn.</p><p>All boats came back to the reef before the second storm.</p>" * 2
    assert "Of the same storm" not in body_outline(newspaper(f"{HEADLINE}<div>{text}{field}</div>"))


def test_a_label_above_text_stays() -> None:
    field = '<div class="field"><div class="field__label">Keeper</div><div>Nerea Salt of the northern lamps</div></div>'
    assert "Keeper" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}{field}{LATER}</div>"))


def test_contacts_above_a_form_for_readers_are_left_out() -> None:
    contact = '<div class="gov_contact-details"><h2>Contacts</h2><dl><dt>Media</dt><dd>n@reef.example</dd></dl></div>'
    words = "Your feedback helps us to improve this page. Do not write down names, addresses or the numbers of boats."
    form = f'<div><h2>Say what you think</h2><form><p>{words}</p><input name="q"><button>Send</button></form></div>'
    assert outline_with(contact + form) == PLAIN


@pytest.mark.parametrize("day", ["Ważne dnia 4.05.2031<br>(Bez zmian od: 3.04.2031)", "Ab 4.05.2031<br>Bis 9.05.2032"])
def test_days_with_labels_in_an_element_for_metadata_are_left_out(day: str) -> None:
    header = f'<header><h1>Harbour open</h1><span class="heading__meta">{day}</span></header>'
    assert body_outline(newspaper(f"{header}<div>{STORY}{LATER}</div>", head=DATED)) == PLAIN


def test_days_of_a_programme_below_the_title_stay() -> None:
    days = '<p class="date">4 May 2031: arrival of the boats<br>5 May 2031: talks in the lamp house</p>'
    assert "talks in the lamp house" in outline_with(above=f"<div>{days}</div>")


_PROGRAMME = (
    "<p>Keepers of lamps stand for a reef that belongs to all, with salt for every house and tides for all.</p>"
)


@pytest.mark.parametrize(
    "widgets",
    [
        '<section class="sidebar"><aside class="widget">{0}</aside><aside class="widget">{0}</aside></section>',
        '<div id="sidebar"><ul><li class="widget widget_text">{0}</li><li class="widget">{0}</li></ul></div>',
        '<div class="sidebar-right"><div><div class="widget">{0}</div><div class="widget">{0}</div></div></div>',
    ],
)
def test_a_column_of_widgets_below_a_short_story_is_left_out(widgets: str) -> None:
    programme = "<h3>Programme of the keepers</h3>" + _PROGRAMME * 12
    story = f"<section>{HEADLINE}<p>The harbour opened on Tuesday, after eleven years of debate.</p></section>"
    assert "Programme" not in body_outline(newspaper(STORY, above=story, below=widgets.format(programme)))


def test_a_column_of_widgets_amid_the_prose_of_its_block_is_kept() -> None:
    widget = f'<div class="widget"><h3>Programme</h3>{_PROGRAMME}</div>'
    page = newspaper(f'<div>{HEADLINE}{STORY}<div class="sidebar">{widget}{widget}</div>{LATER}</div>')
    assert "Programme" in body_outline(page)


def test_a_column_named_sidebar_that_holds_the_text_is_kept() -> None:
    text = f'<div class="sidebar"><div class="widget">{STORY}</div><div class="widget">{LATER}</div></div>'
    page = newspaper(HEADLINE, below=text)
    assert "forty lamps" in body_outline(page)
    without_widgets = newspaper(f"{HEADLINE}{STORY}", below=f'<div class="sidebar">{LATER}</div>')
    assert body_outline(without_widgets).count("forty lamps") == 2
