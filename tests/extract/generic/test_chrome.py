"""Which blocks, buttons and hidden words are boilerplate ("chrome"), as their names, roles, places and texts show."""

from __future__ import annotations

import pytest

from tests.extract.generic.pages import DATED, HEADLINE, LATER, STORY, body_outline, newspaper

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))


@pytest.mark.parametrize(
    "hidden", ['<div style="display: none">{}</div>', "<div hidden>{}</div>", '<div class="hidden print">{}</div>']
)
def test_a_hidden_duplicate_of_half_the_page_is_left_out(hidden: str) -> None:
    copy = hidden.format(f"<p>Printed on the first of May</p>{STORY}")
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=copy)) == PLAIN
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", above=copy)) == PLAIN


def test_a_hidden_text_without_a_visible_copy_is_kept() -> None:
    hidden = f'<div style="display:none">{STORY}</div>'
    assert "three hundred ships" in body_outline(newspaper(f"{HEADLINE}{hidden}"))


@pytest.mark.parametrize("name", ["cookie-notice", "comments"])
def test_a_block_named_as_chrome_is_kept_if_it_holds_all_text(name: str) -> None:
    assert "three hundred ships" in body_outline(newspaper(f'{HEADLINE}<div class="{name}">{STORY}</div>'))


def test_long_comments_below_an_article_are_left_out() -> None:
    comments = "".join(
        f'<div class="comment"><p>Reader {n} writes that the lamps are too bright, that the pilots are too few, '
        "and that in the days of the old king nobody needed a channel at all, since ships were smaller then.</p></div>"
        for n in range(9)
    )
    below, head = f'<div id="comments">{comments}</div>', '<meta property="og:type" content="article">'
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", head=head, below=below)) == PLAIN


def test_an_article_in_a_box_whose_class_begins_with_comment_is_kept() -> None:
    tips = "<ul><li>Lamps burn with oil</li><li>Ferries leave at dawn</li></ul>"
    text = f'<div class="post-body content"><div class="comment-on-selection">{STORY}{tips}{STORY}</div></div>'
    below = f'<div class="comments"><p>{"Too bright, says a reader of the harbour news. " * 4}</p></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{text}", below=below))
    assert "Ferries leave at dawn" in outline
    assert "Too bright" not in outline


def test_every_post_of_a_forum_is_text() -> None:
    posts = "".join(
        f'<div class="message"><div class="message-body"><p>Post {n}: I sailed through the channel on Sunday, with the '
        "tide, and the lamps on the left side could be seen from two miles away.</p></div></div>"
        for n in range(4)
    )
    head = '<title>New channel? | Sailors</title><meta name="generator" content="XenForo">'
    main = f'<nav><a href="/">Forums</a></nav><main><h1>New channel?</h1>{posts}</main>'
    outline = body_outline(f'<html lang="en"><head>{head}</head><body>{main}</body></html>')
    assert [f"Post {n}:" in outline for n in range(4)] == [True] * 4


def test_a_story_with_a_class_named_after_a_topic_is_kept() -> None:
    page = newspaper(f"{HEADLINE}{STORY}").replace("article-body", "post tag-twitter category-comments")
    assert "three hundred ships" in body_outline(page.replace("<body>", '<body class="tag-facebook single">'))


def test_search_results_are_kept_unlike_a_search_form() -> None:
    results = "".join(
        f'<li><h3><a href="/{n}">Ferry {n}</a></h3><p>Leaves pier {n} for Lemuria at dawn, but not on Sundays.</p></li>'
        for n in range(12)
    )
    main = f'<main><h1>Ferries</h1><div class="search-page"><form><input></form><ul>{results}</ul></div></main>'
    outline = body_outline(f'<html lang="en"><body><nav><a href="/">Home</a></nav>{main}</body></html>')
    assert [f"Leaves pier {n}" in outline for n in range(12)] == [True] * 12


def test_a_paragraph_in_a_block_named_ad_is_text() -> None:
    block = '<div class="text ad"><p>The pilots, trained in Lemuria for eleven years, know this reef.</p></div>'
    assert "trained in Lemuria for eleven" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


@pytest.mark.parametrize("name", ["wb-inv", "hide-accessible sr-only", "visually-hidden"])
def test_headings_for_screen_readers_outside_the_text_are_left_out(name: str) -> None:
    heading = f'<div class="{name}"><h2>Search for news on tides</h2></div>'
    page = newspaper(f"{heading}{HEADLINE}{STORY}{heading}")
    assert body_outline(page) == PLAIN


def test_a_remark_beside_the_form_of_a_newsletter_is_kept() -> None:
    remark = "<div><p><em>The fund was made in 1988. It pays for lamps.</em></p></div>"
    offer = '<div><h2>News of the fund</h2><form><label>Email address</label><input type="email"></form></div>'
    outline = body_outline(newspaper(f'{HEADLINE}{STORY}{LATER}<div class="items">{remark}{offer}</div>'))
    assert "made in 1988" in outline
    assert "News of the fund" not in outline


def test_the_heading_of_a_newsletter_box_below_the_text_is_left_out() -> None:
    assert body_outline(newspaper(f'{HEADLINE}{STORY}<div class="fr-follow"><h2>Notre lettre</h2></div>')) == PLAIN


def test_adverts_and_menus_of_amp_pages_are_left_out() -> None:
    advert = '<amp-ad width="300"><div placeholder>Advertisement of nets</div></amp-ad>'
    menu = '<amp-sidebar><ul><li><a href="/">Start of the site</a></li></ul></amp-sidebar>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{advert}{LATER}", above=menu))
    assert "of nets" not in outline
    assert "Start of the site" not in outline


def test_the_first_post_of_a_thread_is_text_despite_the_class_discussion() -> None:
    posts = (STORY + LATER).replace("<p>", '<li class="message"><p>').replace("</p>", "</p></li>")
    thread = posts.replace('class="message"', 'class="message discussion"', 1)
    outline = body_outline(newspaper("", below=f"{HEADLINE}<ol>{thread}</ol>"))
    assert "on Tuesday" in outline


def test_a_discussion_in_blocks_that_are_not_posts_is_left_out() -> None:
    blocks = (STORY + LATER).replace("<p>", '<div class="message"><p>').replace("</p>", "</p></div>")
    comments = blocks.replace('class="message"', 'class="message discussion"', 1)
    article = '<meta property="og:type" content="article">'
    page = newspaper(f"{HEADLINE}{LATER}", below=f"<div>{comments}</div>", head=article)
    assert "on Tuesday" not in body_outline(page)


@pytest.mark.parametrize("button", ["<a href='/plan.pdf' download>Download</a>", "<a download>Download</a>"])
def test_a_download_button_after_the_link_to_its_file_is_left_out(button: str) -> None:
    file = f"<div><a href='/plan.pdf'>Plan of the lamps (PDF)</a>{button}</div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{file}{LATER}"))
    assert "Plan of the lamps (PDF)" in outline
    assert "Download" not in outline
    assert "Download" in body_outline(newspaper(f"{HEADLINE}{STORY}{file.replace('</a><a', '</a> or <a')}{LATER}"))


def test_the_label_of_a_lone_text_field_is_left_out() -> None:
    field = "<div><label>Look for words in this text</label><input></div>"
    assert "Look for words" not in body_outline(newspaper(f"{HEADLINE}{STORY}{field}{LATER}"))
    form = "<div><label>Name of the ship and of her captain</label><input> as in the list of harbours.</div>"
    assert "Name of the ship" in body_outline(newspaper(f"{HEADLINE}{STORY}{form}{LATER}"))


@pytest.mark.parametrize(
    "tooltip",
    [
        '<a href="/salt">Ms. Salt<span class="tip read__tooltip hidden"> Minister of Tides</span></a>',
        '<span class="tooltip">Ms. Salt<span class="tooltiptext">Minister of Tides</span></span>',
        'Ms. Salt<span role="tooltip">Minister of Tides</span>',
    ],
)
def test_a_tooltip_within_a_sentence_is_left_out(tooltip: str) -> None:
    sentence = f"<p>On Friday, the captains thanked {tooltip}, who had opened the channel.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{sentence}{LATER}"))
    assert "Ms. Salt" in outline
    assert "Minister of Tides" not in outline


def test_a_preview_button_beside_the_link_to_a_file_is_left_out() -> None:
    files = '<ul><li><a href="/f1.pdf">Plan of lamps</a> <a href="#" class="btn_view">Look inside</a></li></ul>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{files}{LATER}"))
    assert "Plan of lamps" in outline
    assert "Look inside" not in outline


def test_the_banner_of_official_sites_is_left_out_of_a_short_page() -> None:
    banner = """<div class="usa-banner__content" id="gov-banner"><p>Official websites use .example</p>
    <p>A .example website belongs to an official government organization in Lemuria. Share sensitive information, as is
    the number of your lamp or the name of your boat, only on official and secure websites of Lemuria.</p></div>"""
    text = "<p>The harbour is closed on Tuesday, since the keepers of the lamps are at the feast of the pilots.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{text}", above=banner))
    assert "sensitive information" not in outline
    assert "The harbour is closed" in outline


def test_the_banner_of_official_sites_is_left_out_without_a_printed_title() -> None:
    banner = """<div class="usa-banner"><p>Official websites use .example</p>
    <p>A .example website belongs to an official government organization of Atlantis. Share secrets there.</p></div>"""
    cards = "".join(
        f"<h3>Manual of 203{n}</h3><p>The ministry lights the lamps of the year 203{n}.</p>" for n in range(3)
    )
    page = f'<html><head><meta property="og:title" content="Manuals"></head><body>{banner}{cards}</body></html>'
    outline = body_outline(page)
    assert "belongs to an official" not in outline
    assert "The ministry lights the lamps of the year 2030." in outline


def test_a_block_with_the_role_complementary_and_the_headline_is_text() -> None:
    photo = '<figure><img src="reef.jpg" alt="A reef" width="800" height="600"></figure><p>The reef at low tide.</p>'
    page = f"""<html><head><title>Harbour open</title></head><body><div role="complementary"><div><article>{HEADLINE}
    <div>Reef Town</div>{photo}</article></div></div><div><p>Office of the Reef<br>2031</p></div></body></html>"""
    outline = body_outline(page)
    assert "Reef Town" in outline
    assert "reef.jpg" in outline
    assert "Office of the Reef" not in outline


@pytest.mark.parametrize(
    "words",
    [
        '<span class="tooltip-text" title="An accord of 2030">Harbour Accord</span>',
        '<span class="tooltip-box">Harbour Accord<span class="tooltip-text">An accord of 2030</span></span>',
    ],
)
def test_words_that_have_a_tooltip_are_kept(words: str) -> None:
    sentence = f"<p>On Friday, the captains signed the {words}, which opens the channel.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{sentence}{LATER}"))
    assert "signed the Harbour Accord, which" in outline


@pytest.mark.parametrize("tag", ["span", "strong", "small"])
def test_a_short_inline_element_that_its_style_hides_is_left_out(tag: str) -> None:
    hidden = f'<{tag} style="color:red; display: none">Column 412</{tag}>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{hidden}{LATER}"))
    assert "Column 412" not in outline
    assert "on Friday" in outline


@pytest.mark.parametrize(
    "address",
    [
        'pilots@<span style="display:none;">no spam please</span>reef.example',
        '<a href="javascript:write(412)">pilots@<span style="display: none">remove this</span>reef.example</a>',
        'pilots@reef<b style="display:none">.delete</b>s.example',
    ],
)
def test_hidden_words_within_an_address_are_left_out(address: str) -> None:
    text = body_outline(newspaper(f"{HEADLINE}{STORY}<p>Write to {address} for a pilot.</p>{LATER}"))
    assert "Write to pilots@reef" in text
    assert all(word not in text for word in ("spam", "remove", "delete"))


@pytest.mark.parametrize(
    "rest",
    [
        '<p>The lamps<span id="dots">…</span><span id="more" style="display:none"> burn with whale oil.</span></p>',
        '<p>The lamps <span style="display:none">burn with whale oil</span> <a role="button">more</a></p>',
        '<p><a role="tab" href="#r">More</a></p><p>Lamps <b id="r" style="display:none">burn with whale oil</b></p>',
    ],
)
def test_the_hidden_rest_of_a_sentence_with_a_button_is_kept(rest: str) -> None:
    assert "burn with whale oil" in body_outline(newspaper(f"{HEADLINE}{STORY}{rest}{LATER}"))


@pytest.mark.parametrize("name", ["sr-only", "usa-sr-only", "visually-hidden", "screen-reader-text"])
def test_a_remark_for_screen_readers_in_a_link_is_left_out(name: str) -> None:
    link = f'<a href="https://reef.example/">the reef<span class="{name}">External Link</span></a>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<p>Pilots know {link} well.</p>{LATER}"))
    assert "Pilots know [link https://reef.example/: the reef] well." in outline


def test_a_label_for_screen_readers_in_a_heading_is_left_out() -> None:
    heading = '<h2><span class="visually-hidden">Collection: </span>Oil lamps</h2>'
    assert 'section "Oil lamps"' in body_outline(newspaper(f"{HEADLINE}{STORY}{heading}{LATER}"))


def test_words_for_screen_readers_without_a_colon_in_a_heading_are_kept() -> None:
    heading = '<h2><span class="visually-hidden">Oil</span> lamps</h2>'
    assert 'section "Oil lamps"' in body_outline(newspaper(f"{HEADLINE}{STORY}{heading}{LATER}"))


def test_a_link_whose_only_words_are_for_screen_readers_keeps_them() -> None:
    link = '<a href="/plan.pdf"><span class="sr-only">the plan of the lamps</span></a>'
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<p>Captains may read {link} in the harbour.</p>{LATER}"))
    assert "the plan of the lamps" in outline


def test_tools_in_an_unknown_language_below_the_title_are_left_out() -> None:
    tools = '<div class="item-tools"><a href="/p">Gedruk zo</a> <a href="/m">Sendu zo</a></div>'
    file = '<div class="item-tools"><a href="/plan.pdf">Plan zo lampu</a></div>'
    outline = body_outline(newspaper(f"{HEADLINE}{tools}{file}{STORY}"))
    assert "Gedruk" not in outline
    assert "Plan zo lampu" in outline


def test_a_label_for_screen_readers_above_a_photo_is_left_out() -> None:
    chart = """<div class="chart"><h3 class="visually-hidden">Chart</h3><figure><figcaption>Salt and olives</figcaption>
    <img src="/c.png" alt="Salt rises" width="800" height="450"></figure></div>"""
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{chart}{LATER}"))
    assert "Chart" not in outline
    assert "Salt and olives" in outline


KINDS_OF_COOKIES = "".join(
    f"<section><h4>Kind {n} of cookies</h4><p>These files number {n} let us count visits, so that we can measure how "
    "well the pages of the harbour work, which of them are read most, and from which places visitors come to them.</p>"
    '<input type="checkbox"></section>'
    for n in range(12)
)


@pytest.mark.parametrize(
    "dialog",
    [
        '<div id="onetrust-consent-sdk"><div id="onetrust-pc-sdk"><div role="dialog">{}</div></div></div>',
        '<div id="CybotCookiebotDialog" role="dialog">{}</div>',
        '<div id="didomi-host"><div><div role="dialog">{}</div></div></div>',
        '<div class="cmplz-cookiebanner" role="alertdialog">{}</div>',
    ],
)
@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_a_cookie_dialog_longer_than_the_document_is_left_out(dialog: str, heading: str) -> None:
    announcement = "<p>The minister of the sea opens the new channel on Monday, in the presence of all the pilots.</p>"
    page = newspaper(f"<{heading}>Channel open</{heading}>{announcement}")
    words = f"<{heading}>Your data</{heading}>" if heading == "h1" else ""
    filled = dialog.format(f"{words}{KINDS_OF_COOKIES}<button>Save</button>")
    assert "opens the new channel" in body_outline(page)
    assert body_outline(page.replace("</body>", f"{filled}</body>")) == body_outline(page)


@pytest.mark.parametrize(
    "page",
    [
        newspaper(f'{HEADLINE}<div role="dialog" class="cookie-policy">{KINDS_OF_COOKIES}</div>'),
        f'<div role="dialog" class="cookie-policy"><h1>Cookies</h1>{KINDS_OF_COOKIES}<button>Save</button></div>',
        f'<header><h1>Cookies</h1></header><div id="cookie-policy">{KINDS_OF_COOKIES}<button>Save</button></div>',
        f'<div id="cookie-bar"><h1>Cookies</h1><div role="dialog">{KINDS_OF_COOKIES}<button>Save</button></div></div>',
    ],
)
def test_a_document_about_cookies_is_kept(page: str) -> None:
    assert "Kind 3 of cookies" in body_outline(page)


NOTE_WORDS = "Ships with a draught of more than nine metres wait for the tide."


@pytest.mark.parametrize(
    "note",
    [
        '<div class="alert alert-info">{}</div>',
        '<div class="elementor-widget-alert"><div class="box"><div role="alert">{}</div></div></div>',
        '<aside class="usa-alert"><div class="usa-alert__body"><p>{}</p></div></aside>',
        '<p class="alert alert-yellow">{}</p>',
    ],
)
def test_a_note_named_alert_between_paragraphs_is_kept(note: str) -> None:
    assert NOTE_WORDS in body_outline(newspaper(f"{HEADLINE}{STORY}{note.format(NOTE_WORDS)}{LATER}"))


@pytest.mark.parametrize(
    "page",
    [
        newspaper(f"{HEADLINE}{STORY}{LATER}", above='<div class="alert">Rough sea: ferries do not sail today.</div>'),
        newspaper(f'{HEADLINE}{STORY}{LATER}<div class="alert">Log in to write a letter.</div>'),
    ],
)
def test_an_alert_outside_the_paragraphs_is_left_out(page: str) -> None:
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize("section", ['<section id="privacy">{}</section>', '<div class="cookies-in-use">{}</div>'])
def test_a_section_on_privacy_within_the_document_is_kept(section: str) -> None:
    words = "<h2>Privacy</h2><p>We keep the name of a captain for a year.</p><ul><li>Names</li><li>Flags</li></ul>"
    page = f"<main><h1>About the harbour office</h1>{STORY}{section.format(words)}<h2>Fees</h2>{LATER}</main>"
    outline = body_outline(page)
    assert "We keep the name of a captain for a year." in outline
    assert "Flags" in outline


SHORT = "<p>The minister of the sea opens the new channel on Monday, in the presence of all the pilots.</p>"
OFFICE = (
    "<p>The ministry of the sea is responsible for the ports, the lamps and the pilots of Atlantis, and works with the "
    "cities on the coast. It has its seat at the old harbour, in the house that was built by the third king.</p>"
)
REFERENCES = (
    '<p>It follows the <a href="/1">law of lamps</a> and, for all pilots who came later, the <a href="/2">law of the '
    "sea</a> as amended.</p>"
)
LINKS = '<ul><li><a href="/contact">Contact</a></li><li><a href="/privacy">Privacy</a></li></ul>'


def announcement(*, below: str = "", within: str = "", heading: str = "h1") -> str:
    """Return a page with a short announcement in a `div`; `within` ends the `div`, and `below` follows it."""
    menu = (
        '<div class="header"><ul class="menu"><li><a href="/">News</a></li><li><a href="/b">Ports</a></li></ul></div>'
    )
    text = f'<div class="content"><{heading}>Channel opens on Monday</{heading}>{SHORT}{within}</div>'
    return f'<html lang="en"><head><title>Channel opens on Monday</title></head><body>{menu}{text}{below}</body></html>'


@pytest.mark.parametrize("heading", ["h1", "h2"])
@pytest.mark.parametrize(
    "footer",
    [
        f'<div class="site-footer"><div>{OFFICE * 3}{LINKS}</div></div>',
        f'<div id="footer">{OFFICE * 2}<p>© 2031 Ministry of the Sea</p></div>',
        f"<footer>{OFFICE * 3}{LINKS}</footer>",
        f'<div class="newsletter"><h3>Stay informed</h3>{OFFICE}<form><input type="email"></form></div>',
    ],
)
def test_a_footer_or_newsletter_box_longer_than_the_document_is_left_out(footer: str, heading: str) -> None:
    outline = body_outline(announcement(below=footer, heading=heading))
    assert "opens the new channel" in outline
    assert "third king" not in outline


@pytest.mark.parametrize(
    "end",
    [
        f'<div class="footer">{OFFICE * 3}</div>',
        f'<div class="footer">{OFFICE * 3}<a href="mailto:a@sea.example">Mail</a> <a href="tel:1">Call</a></div>',
        f'<div class="footnotes">{OFFICE * 3}{LINKS}</div>',
        f'<div class="footer">{OFFICE}{REFERENCES}</div>',
    ],
)
def test_the_end_of_a_document_is_kept_despite_a_name_like_footer(end: str) -> None:
    assert "third king" in body_outline(announcement(within=end))


@pytest.mark.parametrize("names", ['id="onetrust-banner-sdk"', 'class="cookie-bar"', 'class="eu-cookie-notice"'])
def test_a_cookie_bar_longer_than_the_document_is_left_out(names: str) -> None:
    bar = f"<div {names}><p>We use cookies to see how our pages are read.</p>{OFFICE * 3}<button>Accept</button></div>"
    assert body_outline(announcement(below=bar)) == body_outline(announcement())


@pytest.mark.parametrize("headline", ["Cookies of the ministry", "Datenschutz", "Our privacy notice"])
def test_a_notice_of_cookies_is_kept_below_a_headline_on_this_subject(headline: str) -> None:
    notice = f'<div id="cookie-notice">{OFFICE * 3}<button>Print</button></div>'
    page = announcement(below=notice).replace("Channel opens on Monday", headline)
    assert "third king" in body_outline(page)


SECTION = (
    "<h2>Who pays</h2><p>Members of the council asked who pays for the lamps, and the minister answered that the "
    '<a href="/budget">budget</a> of the coming year has funds for it.</p>'
    "<ul><li>Lamps: nine</li><li>Piles: two</li></ul>"
)
DECLARED = '<meta property="og:type" content="article">'


@pytest.mark.parametrize(
    "name", ["discussion", "minister-comments", "field--name-voter-registration", "social-policy", "market-share"]
)
def test_a_section_between_paragraphs_is_kept_despite_its_name(name: str) -> None:
    page = newspaper(f'{HEADLINE}{STORY}<div class="{name}">{SECTION}</div><h2>Tides</h2>{LATER}', head=DECLARED)
    outline = body_outline(page)
    assert all(words in outline for words in ("Who pays", "Members of the council", "Lamps: nine"))


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="comments">{SECTION}</div>',
        f'<div class="share-page">{SECTION}<a href="https://www.facebook.com/sharer">Share</a></div>',
        f'<div class="subscribe">{SECTION}<form><input name="mail"><button>Subscribe</button></form></div>',
        f'<div class="comments"><h2>Letters</h2><div class="comment">{SECTION}</div></div>{LATER}',
    ],
)
def test_a_box_for_comments_sharing_or_subscribing_is_left_out(box: str) -> None:
    assert "Members of the council" not in body_outline(newspaper(f"{HEADLINE}{STORY}{box}", head=DECLARED))


@pytest.mark.parametrize(
    "notice",
    [
        '<div class="cookie-notice"><p>We use cookies to improve this website. By continuing you agree.</p></div>',
        "<div><p>This website uses cookies to give you the best service.</p><button>Accept</button></div>",
        '<div><p>Diese Website verwendet Cookies.</p><p>Für das Video <a href="#">Cookies akzeptieren</a></p></div>',
    ],
)
def test_a_notice_of_cookies_within_the_text_is_left_out(notice: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}{notice}{LATER}", head=DATED)
    assert "ookies" not in body_outline(page)
    assert "ookies" not in body_outline(page.replace("<article", "<div").replace("</article", "</div"))


@pytest.mark.parametrize(
    "text",
    [
        "<div><p>Bake the cookies for ten minutes.</p><button>Start timer</button></div>",
        '<div class="cookie-law"><p>The bill bans cookies that follow visitors from one page to another.</p></div>',
        "<p>We use cookies on this site.</p><div><p>You can accept cookies.</p><button>OK</button></div>",
    ],
)
def test_text_about_cookies_beside_a_button_stays(text: str) -> None:
    words = text.rpartition("<p>")[2].partition("</p>")[0]
    assert words in body_outline(newspaper(f"{HEADLINE}{STORY}{text}{LATER}", head=DATED))


def test_an_aside_with_contacts_right_below_the_title_is_left_out() -> None:
    aside = "<aside><h2>Press office</h2><p>It answers questions on weekdays.</p><p>+44 555 014 2600</p></aside>"
    assert "Press office" not in body_outline(newspaper(f"{HEADLINE}{aside}{STORY}{LATER}"))
    about = "<aside><h2>Contact</h2><p>The ship had no contact with the harbour since noon.</p></aside>"
    assert "no contact with the harbour" in body_outline(newspaper(f"{HEADLINE}{about}{STORY}{LATER}"))


def test_parts_of_a_note_in_the_text_are_text_whatever_their_names() -> None:
    note = """<div class="usa-alert usa-alert--info"><div class="usa-alert__body">
    <h4 class="usa-alert__heading">On tariffs</h4><p class="usa-alert__text">Salt costs less.</p></div></div>"""
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{note}{LATER}"))
    assert "On tariffs" in outline
    assert "Salt costs less." in outline
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", head=DATED, above=note)) == body_outline(
        newspaper(f"{HEADLINE}{STORY}", head=DATED)
    )


@pytest.mark.parametrize(
    "attributes",
    [
        'aria-describedby="t1"',
        'class="glossary-term"',
        'data-toggle="tooltip"',
        'data-bs-toggle="popover"',
        'data-content="Who lights the lamp"',
    ],
)
def test_a_button_that_explains_a_word_of_a_sentence_is_text(attributes: str) -> None:
    sentence = f"<p>Each <button {attributes}>keeper</button> of a lamp is named by the lender.</p>"
    assert "Each keeper of a lamp" in body_outline(newspaper(f"{HEADLINE}{STORY}{sentence}{LATER}"))


@pytest.mark.parametrize(
    "block",
    [
        '<p>Each lamp has a keeper. <button class="copy">Copy link</button></p>',
        '<p><button aria-describedby="t1">Copy link</button></p>',
        '<div>Each lamp has a keeper. <button data-toggle="tooltip">Copy link</button></div>',
        '<form><p>Name <button class="tooltip">Copy link</button></p></form>',
        '<p>Share <button data-toggle="collapse">Copy link</button></p>',
    ],
)
def test_buttons_that_do_not_explain_a_word_of_a_sentence_are_left_out(block: str) -> None:
    assert "Copy link" not in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


@pytest.mark.parametrize("attribute", ["data-slide", "data-bs-slide"])
def test_links_that_move_a_carousel_are_left_out(attribute: str) -> None:
    slides = '<div class="item"><p>Lamps are lent for a year.</p></div><div class="item"><p>They glow.</p></div>'
    link = f'<a href="#slides" {attribute}="next"><span class="sr-only">Onwards</span></a>'
    outline = body_outline(newspaper(f'{HEADLINE}{STORY}<div id="slides">{slides}{link}</div>{LATER}'))
    assert "Lamps are lent for a year." in outline
    assert "Onwards" not in outline


@pytest.mark.parametrize("label", ["<span>Port</span>", "<b>Port:</b>", '<div class="mobile">Port</div>'])
def test_a_column_name_repeated_in_cells_for_narrow_screens_is_left_out(label: str) -> None:
    rows = "".join(
        f'<tr><td data-label="Port">{label} {port}</td><td data-label="Lamps">{count}</td></tr>'
        for port, count in (("Thorn Bay", 18), ("Reef Town", 22))
    )
    table = f"<table><thead><tr><th>Port</th><th>Lamps</th></tr></thead><tbody>{rows}</tbody></table>"
    assert 'row "Thorn Bay" | "18"' in body_outline(newspaper(f"{HEADLINE}{STORY}{table}{LATER}"))


@pytest.mark.parametrize(
    "cell",
    [
        '<td data-label="Port"><b>Port</b></td>',
        '<td data-label="Port"><b>Port Sable</b> in the south</td>',
        "<td><b>Port</b> and bay</td>",
        '<td data-label="Port">The <b>Port</b></td>',
    ],
)
def test_words_of_a_cell_that_are_not_its_label_are_kept(cell: str) -> None:
    table = f"<table><tr><th>Port</th><th>Lamps</th></tr><tr>{cell}<td>18</td></tr></table>"
    row = next(
        each for each in body_outline(newspaper(f"{HEADLINE}{STORY}{table}{LATER}")).splitlines() if "18" in each
    )
    assert "Port" in row


def test_links_of_a_menu_amid_the_text_are_left_out() -> None:
    menu = (
        '<nav><ul><li><a href="/tides/">All about tides</a></li><li><a href="/a/">All about lamps</a></li></ul></nav>'
    )
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{menu}{LATER}"))
    assert outline == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize("name", ["popup", "site-search", "share-bar", "ad"])
def test_chrome_above_the_title_is_left_out(name: str) -> None:
    above = f'<div class="{name}"><p>Harbour of the northern channel</p><p>Ships and lamps of all seven ports</p></div>'
    page = newspaper(f"{HEADLINE}{STORY}")
    assert body_outline(page.replace("<body>", f"<body>{above}")) == PLAIN


OFFERS = (
    """<div class="box"><div>Externer Inhalt</div><div>Wir haben das automatische Laden von Reef blockiert.</div>
    <div>Ich bin einverstanden, dass ich diesen Inhalt angezeigt bekomme.</div><button>Laden</button></div>""",
    """<div class="opt-in"><p>Hier finden Sie einen externen Inhalt von Reef.</p><label><input type="checkbox">
    Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.</label></div>""",
    """<div class="embed"><p>This is external content. Accept it to see the post.</p><button>Show</button></div>""",
)


@pytest.mark.parametrize("offer", OFFERS)
def test_a_box_that_asks_to_load_a_post_is_left_out(offer: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}{offer}{LATER}")
    assert body_outline(page) == body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}"))


@pytest.mark.parametrize(
    "text",
    [
        "<div><p>External content costs the harbours money.</p><p>The pilots agree that they need lamps.</p></div>",
        "<div><p>The pilots accept external content on their maps.</p><p>So do captains.</p></div>",
        """<p>We show external content of two services.</p><div><p>External content of Reef is shown if you
        agree.</p><button>Change</button></div>""",
        "<div><h3>Rules</h3><p>Pilots agree to external content on maps.</p><p><a href='#'>Form</a></p></div>",
    ],
)
def test_a_paragraph_about_external_content_is_kept(text: str) -> None:
    assert "xternal content" in body_outline(newspaper(f"{HEADLINE}{STORY}{text}{LATER}"))


@pytest.mark.parametrize("offer", OFFERS)
def test_sentences_around_a_box_that_asks_to_load_a_post_are_kept(offer: str) -> None:
    text = f"<div class='row'><p>The pilots speak.</p>{offer}<p>The captains listen.</p></div>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{text}{LATER}"))
    assert "The pilots speak." in outline
    assert "The captains listen." in outline


@pytest.mark.parametrize("part", ["<footer>{}</footer>", '<div role="banner">{}</div>'])
def test_a_sentence_in_the_footer_or_banner_of_a_section_is_kept(part: str) -> None:
    end = part.format("<p>The treaty is kept with all its annexes in the archive of the harbour.</p>")
    sections = f"<section><h2>Lamps</h2>{STORY}{end}</section><section><h2>Bells</h2>{LATER}</section>"
    assert "The treaty is kept" in body_outline(newspaper(f"{HEADLINE}{sections}"))


_DESCRIBED = [
    ("Keepers", "Stories and songs of the keepers for children, with drawings."),
    ("Pilots", "A great channel with many films from the streets of Atlantis and from the old lighthouse."),
    ("Tides", "Short talks on the tides of every day (with the words below them)."),
]


@pytest.mark.parametrize(
    "item",
    [
        "<li><a href='/{n}'>{name}</a><div>{text}</div></li>",
        "<li><div><a href='/{n}'>{name}</a></div><p>{text}</p></li>",
    ],
)
def test_a_list_that_describes_its_links_is_text_despite_class_link_list(item: str) -> None:
    items = "".join(item.format(n=n, name=name, text=text) for n, (name, text) in enumerate(_DESCRIBED))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<h2>Films</h2><ul class='link-list'>{items}</ul>{LATER}"))
    assert all(name in outline for name, _ in _DESCRIBED)


def test_a_list_of_links_with_the_class_link_list_is_left_out() -> None:
    items = "".join(f"<li><a href='/{n}'>{name}</a></li>" for n, (name, _) in enumerate(_DESCRIBED))
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}<ul class='link-list'>{items}</ul>{LATER}"))
    assert "Pilots" not in outline


@pytest.mark.parametrize(
    ("slide", "copy"),
    [
        ('<div class="slick-slide">', '<div class="slick-slide slick-cloned">'),
        ('<div class="swiper-slide">', '<div class="swiper-slide swiper-slide-duplicate swiper-slide-prev">'),
        ('<div class="owl-item active">', '<div class="owl-item cloned">'),
        ("<li>", '<li class="clone" aria-hidden="true">'),
        ('<li class="splide__slide">', '<li class="splide__slide splide__slide--clone">'),
    ],
)
def test_the_copies_of_slides_are_left_out(slide: str, copy: str) -> None:
    end = f"</{slide[1:].partition(' ')[0].rstrip('>')}>"
    photos = [f'<img src="{name}.jpg" alt="{name}"><div class="caption">The {name}</div>' for name in ("pier", "bay")]
    first, last = (f"{copy}{photo}{end}" for photo in (photos[1], photos[0]))
    slides = "".join(f"{slide}{photo}{end}" for photo in photos)
    box = "ul" if end == "</li>" else "div"
    shown = body_outline(newspaper(f'{HEADLINE}<{box} class="slider">{first}{slides}{last}</{box}>{STORY}'))
    assert [shown.count('"The pier"'), shown.count('"The bay"'), shown.count("photo ")] == [1, 1, 2]
    assert shown.index("pier.jpg") < shown.index('caption "The pier"') < shown.index("bay.jpg")


def test_an_item_called_a_clone_is_kept_if_its_words_are_nowhere_else() -> None:
    items = '<li class="clone">The first lamp is at the pier.</li><li>The second lamp is in the bay.</li>'
    shown = body_outline(newspaper(f"{HEADLINE}{STORY}<ul>{items}</ul>{LATER}"))
    assert ["first lamp" in shown, "second lamp" in shown] == [True, True]


def test_a_slide_that_is_only_called_a_clone_is_kept() -> None:
    slides = '<div class="clone"><img src="pier.jpg" alt="pier"><div class="caption">The pier</div></div>'
    shown = body_outline(newspaper(f'{HEADLINE}<div class="slider">{slides}</div>{STORY}'))
    assert 'caption "The pier"' in shown
