"""Hidden blocks that a visitor can open belong to the text of a document, and so do buttons that are headings."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.model import plain_text, texts
from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper, read_generic

BERTHS = "".join(f"<p>Berth {n} is free.</p>" for n in range(4))
ANSWERS = "".join(f"<div>Answer {n}.</div>" for n in range(4))


@pytest.mark.parametrize(
    ("block", "words"),
    [
        (f'<h3>Who may enter?</h3><div style="display: none">{BERTHS}</div>', "Berth 3 is free."),
        (f'<div><button aria-expanded="false">Who?</button></div><div hidden>{ANSWERS}</div>', "Answer 3."),
        (f'<ul><li role="tab">Who?</li></ul><hr><div role="tabpanel" hidden>{BERTHS}</div>', "Berth 3 is free."),
        (f'<a role="button" href="#a1">Who?</a><p>Or:</p><div id="a1" hidden>{BERTHS}</div>', "Berth 3 is free."),
    ],
)
def test_a_hidden_block_that_a_visitor_can_open_is_text(block: str, words: str) -> None:
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


def questions(count: int) -> str:
    return "".join(
        f'<div class="entry"><p>Question {n}?</p><div class="more" style="display:none">Answer {n}.</div></div>'
        for n in range(count)
    )


def test_hidden_answers_below_several_questions_are_kept_even_without_buttons() -> None:
    assert "Answer 3." in body_outline(newspaper(f"{HEADLINE}{STORY}{questions(4)}{LATER}"))
    assert "Answer 0." not in body_outline(newspaper(f"{HEADLINE}{STORY}{questions(1)}{LATER}"))


def test_the_hidden_panels_beside_a_shown_one_are_text() -> None:
    shown, later = (f'<div class="pane{{}}"{{}}><p>Berth {n} is free.</p></div>' for n in (1, 2))
    panes = shown.format(" active", "") + later.format("", ' style="display:none"')
    assert "Berth 2 is free." in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{panes}</div>{LATER}"))
    alone = later.format("", ' style="display:none"')
    assert "Berth 2 is free." not in body_outline(newspaper(f"{HEADLINE}{STORY}<div>{alone}</div>{LATER}"))


def test_a_hidden_menu_with_a_button_stays_out() -> None:
    entry = '<li><a href="/x">Weather on the reef</a></li>'
    menu = f'<button aria-controls="m">Menu</button><ul id="m" class="menu" hidden>{entry}</ul>'
    assert "Weather on the reef" not in body_outline(newspaper(f"{HEADLINE}{STORY}", above=menu))


def test_a_css_variable_named_display_hides_nothing() -> None:
    short = '<div style="--footer-display: none"><div>The lamps: all forty of them.</div></div>'
    assert "all forty of them" in body_outline(newspaper(f"{HEADLINE}{STORY}{short}{LATER}"))


@pytest.mark.parametrize(
    "block",
    [
        f"<h3><button>Who may enter?</button></h3><div>{BERTHS}</div>",
        f"<button><h3>Who may enter?</h3></button><div>{BERTHS}</div>",
        f'<div><button aria-expanded="false">Who may enter?</button></div><div hidden>{BERTHS}</div>',
    ],
)
def test_a_button_that_heads_a_block_is_text(block: str) -> None:
    assert "Who may enter?" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


@pytest.mark.parametrize(
    "button", ["<button>Copy link</button>", "<span><button title='Copy'>Copy link</button></span>"]
)
def test_a_button_after_the_words_of_a_heading_is_not_text(button: str) -> None:
    readout = read_generic(newspaper(f"<h1>Harbour open {button}</h1>{STORY}<h2>Ships {button}</h2>{LATER}"))
    assert plain_text(readout.title or ()) == "Harbour open"
    assert "Ships" in list(texts(readout.body))
    assert "4 words left out (rule 'button')" in [each.message for each in readout.notes if each.code == "DROPPED"]


def test_a_button_long_after_the_words_of_a_heading_is_not_text() -> None:
    heading = f"<h2><b>Ships</b> {'<i>1</i>' * 30} <button>Copy link</button></h2>"
    assert "Copy link" not in body_outline(newspaper(f"{HEADLINE}{STORY}{heading}{LATER}"))


def test_a_button_after_the_number_of_a_heading_is_text() -> None:
    readout = read_generic(newspaper(f"{HEADLINE}{STORY}<h2>2. <button>Ships</button></h2>{LATER}"))
    assert "2. Ships" in list(texts(readout.body))


def test_an_unclosed_button_does_not_swallow_the_text() -> None:
    assert "three hundred ships" in body_outline(newspaper(f"<button>Listen{HEADLINE}{STORY}"))


def test_buttons_that_share_or_print_are_not_text() -> None:
    outline = body_outline(newspaper(f"{HEADLINE}<button>Share</button>{STORY}<button>Print this</button>{LATER}"))
    assert "Share" not in outline
    assert "Print this" not in outline


@pytest.mark.parametrize(
    "button",
    [
        '<figure><button aria-label="Enlarge"><img src="reef.jpg" alt="The reef"></button></figure>',
        '<div><button><picture><img src="reef.jpg" alt="The reef"></picture></button></div>',
        '<div><button>Enlarge <img src="reef.jpg" width="900" height="600" alt="The reef"></button></div>',
    ],
)
def test_a_photo_in_a_button_is_kept_without_the_buttons_words(button: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{button}{LATER}"))
    assert 'photo reef.jpg, alt "The reef"' in outline
    assert "Enlarge" not in outline


def test_an_icon_in_a_button_is_not_a_photo() -> None:
    icon = '<div><button><img src="loupe.png" width="32" height="32" alt="Search"></button></div>'
    assert "photo" not in body_outline(newspaper(f"{HEADLINE}{STORY}{icon}{LATER}"))


@pytest.mark.parametrize(
    ("panel", "is_text"),
    [
        ('<nav aria-label="Contents"><a href="#fees">Fees</a></nav>', False),
        ("<p>The fees of the year are printed in the law of the harbour of Atlantis.</p>", True),
    ],
)
def test_a_button_is_a_heading_unless_it_opens_a_table_of_contents(panel: str, *, is_text: bool) -> None:
    button = '<button aria-expanded="true" aria-controls="panel"><h2>In short</h2></button>'
    block = f'<div>{button}<div id="panel">{panel}</div></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}{STORY}"))
    assert ('section "In short"' in outline) == is_text


def test_the_slides_of_a_carousel_that_are_not_shown_are_text() -> None:
    slide = '<div class="slick-slide{}" aria-hidden="{}"><p>{}</p></div>'
    slides = (
        slide.format(" slick-cloned", "true", "Berth 9 is free.")
        + slide.format(" slick-current slick-active", "false", "Berth 8 is free.")
        + slide.format("", "true", "Berth 9 is free.")
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<div>{slides}</div>{LATER}"))
    assert outline.count("Berth 8 is free.") == outline.count("Berth 9 is free.") == 1


@pytest.mark.parametrize("href", ["#c1", "#"])
def test_a_heading_that_opens_its_own_text_is_kept(href: str) -> None:
    panel = '<div id="c1" class="panel-collapse collapse"><p>Lamps are lent for a year to each keeper.</p></div>'
    block = f'<div class="panel-heading"><h4><a data-toggle="collapse" href="{href}">Loans</a></h4></div>{panel}'
    assert "Loans" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


@pytest.mark.parametrize(
    "heading", ['<a href="/lamps"><h4>Loans</h4></a>', '<h4><a href="/lamps">Loans</a></h4>', "<h4><a>Loans</a></h4>"]
)
def test_the_linked_heading_of_a_card_below_the_text_is_left_out(heading: str) -> None:
    teaser = f'<div class="card">{heading}<p>Lamps are lent for a year to each keeper.</p></div>'
    assert "Loans" not in body_outline(newspaper(f"{HEADLINE}{STORY}", head=DATED, below=teaser))


def parts(button: str) -> str:
    """Return the outline of a page in which a heading with this button opens a part of the text."""
    part = f'<h2><button aria-expanded="false" aria-controls="p1">{button}</button></h2><div id="p1">{BERTHS}</div>'
    return body_outline(newspaper(f"{HEADLINE}{STORY}{part}{LATER}"))


@pytest.mark.parametrize(
    "toggle",
    [
        '<span class="visually-hidden">, </span><span class="part__toggle"><span>Show</span></span>',
        ' <span class="toggle-text">ausklappen</span>',
        ' <span class="sr-only">Hide this section</span>',
    ],
)
def test_words_such_as_show_in_a_button_are_not_in_its_heading(toggle: str) -> None:
    assert 'section "Free berths"' in parts(f"<span>Free berths</span>{toggle}")


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("Harbour consultation <span>Open</span>", "Harbour consultation Open"),
        ('<span class="icon">Show</span>', "Show"),
        ('Berths we <span class="toggle">show</span> pilots', "Berths we show pilots"),
        ('Berths <span class="toggle-text">for hire</span>', "Berths for hire"),
        ("What lamps <em>show</em>", "What lamps [emphasis: show]"),
    ],
)
def test_words_of_the_heading_in_a_button_are_kept(heading: str, words: str) -> None:
    assert f'section "{words}"' in parts(heading)


@pytest.mark.parametrize("words", ["Show all sections", "Expand all", "Alle öffnen", "Tout afficher"])
def test_a_button_that_opens_all_parts_is_left_out(words: str) -> None:
    button = f'<div><button aria-expanded="false">{words}</button></div>'
    panel = f'<h2><button aria-expanded="false" aria-controls="p1">Berths</button></h2><div id="p1">{BERTHS}</div>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{button}{panel}{LATER}"))
    assert words not in outline
    assert 'section "Berths"' in outline


def shows_items(block: str) -> bool:
    """Return whether the items of a list, which are hidden, count as shown."""
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{block}{LATER}")))
    return not any(line.box.chrome for line in page.lines if "is free for ships" in line.text)


def items(count: int) -> str:
    """Return hidden items, each with a sentence and a link that has no words."""
    text = "is free for ships of every flag that bring salt, olives or timber."
    return "".join(f'<li style="display: none"><a href="/{n}"></a><p>Berth {n} {text}</p></li>' for n in range(count))


@pytest.mark.parametrize("block", [f"<ul>{items(4)}</ul>", f'<div><ol class="berths">{items(3)}</ol></div>'])
def test_the_items_of_a_list_that_a_script_shows_are_text(block: str) -> None:
    assert shows_items(block)


@pytest.mark.parametrize(
    "block",
    [
        f"<ul>{items(2)}</ul>",
        f'<ul class="berths">{items(4)}<li>All berths</li></ul>',
        f'<ul style="display: none">{items(4)}</ul>',
    ],
)
def test_hidden_items_beside_shown_ones_or_in_a_hidden_list_stay_hidden(block: str) -> None:
    assert not shows_items(block)
