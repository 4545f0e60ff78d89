"""Which lines of a page are classified as text."""

from __future__ import annotations

import pytest

from readout_pub.extract.generic import analyse_page, parse_markup
from readout_pub.extract.generic.classify import choose_lines, classify
from readout_pub.extract.generic.weights import load_weights
from tests.extract.generic.pages import (
    DATED,
    HEADLINE,
    LATER,
    STORY,
    body_outline,
    extract_generic,
    newspaper,
    read_generic,
)

PLAIN = body_outline(newspaper(f"{HEADLINE}{STORY}"))


def test_paragraphs_are_text_but_menus_and_footers_are_not() -> None:
    assert PLAIN.count("paragraph") == 3
    assert "Markets" not in PLAIN
    assert "rights reserved" not in PLAIN


@pytest.mark.parametrize(
    "chrome",
    [
        '<div class="share-bar"><a href="#">Share</a> <a href="#">Print this page</a></div>',
        "<section class='usa-banner'><h4>Official sites use .gov</h4><p>Such a site is a government's.</p></section>",
        '<div id="block-eu-cookie-consent-banner"><h2>Cookies</h2><p>We use cookies to count who reads it.</p></div>',
        '<div id="cookie-consent"><p>We use cookies to count who reads this page, when, where and how.</p></div>',
        '<aside class="related"><h3>Related stories</h3><ul><li><a href="/1">Lamps lit</a></li></ul></aside>',
        '<div class="newsletter"><p>Subscribe to our newsletter and read every story in your mailbox.</p></div>',
        '<p style="display:none">The harbour was opened: a copy for the readers of the print edition.</p>',
        '<div role="navigation"><a href="/a">Previous story</a> <a href="/b">Next story</a></div>',
    ],
)  # fmt: skip
def test_boilerplate_below_a_story_is_left_out(chrome: str) -> None:
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=chrome)) == PLAIN


def test_a_landmark_heading_for_screen_readers_is_left_out() -> None:
    assert body_outline(newspaper(f"{HEADLINE}<h2>Main content</h2>{STORY}")) == PLAIN


LANGUAGES = (
    '<div>Read this story in: <a href="/ur">Urdu</a> , <a href="/hi"><b>हिन्दी</b></a> , <a href="/pa">Punjabi</a></div>'
)


def test_a_language_switcher_is_left_out() -> None:
    assert body_outline(newspaper(f"{HEADLINE}{STORY}", below=LANGUAGES)) == PLAIN
    dropped = {each.rule for each in extract_generic(newspaper(f"{HEADLINE}{STORY}", below=LANGUAGES)).reasons()}
    assert "links to the page in other languages" in dropped


def test_headings_within_links_are_no_links_to_languages() -> None:
    cards = "".join(
        f'<li><a href="/{word}"><h2>{word} (4)</h2></a></li>' for word in ("Lamps", "Bells", "Oars", "Nets")
    )
    dropped = {each.rule for each in extract_generic(newspaper(f"{HEADLINE}<ul>{cards}</ul>")).reasons()}
    assert "links to the page in other languages" not in dropped


def test_a_link_to_one_other_language_is_left_out() -> None:
    line = '<p>Also available in <a href="/cy">Cymraeg</a></p>'
    assert body_outline(newspaper(f"{HEADLINE}{STORY}{line}")) == PLAIN


@pytest.mark.parametrize(
    "line",
    [
        LANGUAGES.replace('"/hi"', '"/treaty.pdf"'),
        LANGUAGES.replace("Punjabi", "Timetable"),
        LANGUAGES.replace("Read this story in", "The treaty of the two ports on salt and lamps was signed in"),
    ],
)
def test_links_to_documents_in_several_languages_are_kept(line: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{line}{LATER}"))
    assert "हिन्दी" in outline


def test_short_lines_of_a_dialogue_in_wrappers_are_kept() -> None:
    dialogue = ["“Welcome,” she said.", "He bowed.", "“And the ferries?” he asked.", "“In May.”", "They sat down."]
    wrapped = "".join(f"<div><div>{words}</div></div>" for words in dialogue)
    story = "".join(f"<div><div>{words}</div></div>" for words in STORY.replace("<p>", "").split("</p>"))
    outline = body_outline(newspaper(f"{HEADLINE}{story}{wrapped}{story.replace('Tuesday', 'Friday')}"))
    assert [words for words in dialogue if words not in outline] == []


def test_headings_and_lists_within_a_story_are_kept() -> None:
    more = "<h2>The tariff</h2><p>From June on, ships pay by their length, and those below ten ells pay nothing:</p>"
    goods = "<ul><li>salt, in sacks or loose;</li><li>olives, in jars of every size;</li></ul>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{more}{goods}{LATER}"))
    assert 'section "The tariff"' in outline
    assert "olives, in jars of every size;" in outline


def test_list_items_are_kept_together_whatever_words_they_begin_with() -> None:
    words = "Salt|Related harbours|Share of salt|Newsletter of pilots|Photo lamps|Comments of captains|Next tide|Search"
    items = [f"<li><b>{word}</b>: 4 sacks</li>" for word in words.split("|")]
    list_with_intro = f"<p>The tariff of the harbour, by what a ship brings in:</p><ul>{''.join(items)}</ul>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{list_with_intro}{LATER}"))
    assert [word for word in words.split("|") if word not in outline] == []


VOTES = "<div class='votes'><div class='vote'>For: 14</div><div class='vote'>Against: 9</div></div>"
CARDS = "<div class='cards'><div class='card'>For: 14</div><div class='card'>Against: 9</div></div>"
BOX = "<div class='info-box'><div>For: 14</div><div>Against: 9</div></div>"
SIGNED = "<div class='signatures'><div><a href='/e'>N. Ereus</a></div><div><a href='/t'>T. Riton</a></div></div>"


@pytest.mark.parametrize(
    ("block", "lines"),
    [
        (VOTES, ["For: 14", "Against: 9"]),
        (CARDS, ["For: 14", "Against: 9"]),
        (BOX, ["For: 14", "Against: 9"]),
        (SIGNED, ["N. Ereus", "T. Riton"]),
    ],
)
def test_blocks_of_short_lines_within_the_text_are_kept(block: str, lines: list[str]) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))
    assert [line for line in lines if line not in outline] == []


def test_a_date_among_other_facts_of_a_list_is_kept() -> None:
    values = ("Case: 201", "Date: April 2031", "Body: Reef Board", "Result: upheld")
    facts = "".join(f"<li>{value}</li>" for value in values)
    text = body_outline(newspaper(f"{HEADLINE}<ul>{facts}</ul>{STORY}{LATER}", head=DATED))
    assert all(value in text for value in values)


def test_the_speaker_and_the_place_below_the_headline_are_kept() -> None:
    below = '<p class="speaker">Pilot N. Ereus</p><p class="place">At the reef</p>'
    head = f'<div class="heading">{HEADLINE}{below}</div>'
    page = newspaper(f'{head}<ul class="share"><li><a href="#">Share</a></li></ul><div>{STORY}</div>')
    assert read_generic(page).byline == "Pilot N. Ereus"
    assert "At the reef" in body_outline(page)
    assert "Share" not in body_outline(page)


def test_the_last_short_lines_of_a_transcript_are_kept() -> None:
    end = '<p class="rtecenter">END</p><p class="rteright">11:57 A.M. PDT</p>'
    assert "11:57 A.M." in body_outline(newspaper(f"{HEADLINE}{STORY}{end}"))


def test_a_link_to_the_top_of_the_page_is_not_text() -> None:
    top = '<p><a href="#pagetop">Return to top</a></p>'
    page = newspaper(f"{HEADLINE}{STORY}{top}{LATER}{top}")
    assert "Return to top" not in body_outline(page)
    assert "a link to the top of the page" in {each.rule for each in extract_generic(page).reasons()}


@pytest.mark.parametrize("place", ["the-top-ten-lamps", "topics", "stop", "laptops-on-board", "top-lamps"])
def test_a_link_whose_target_only_contains_top_is_no_link_to_the_top(place: str) -> None:
    page = newspaper(f'{HEADLINE}<p><a href="#{place}">Ten lamps of the coast</a></p>{STORY}')
    assert "a link to the top of the page" not in {each.rule for each in extract_generic(page).reasons()}


@pytest.mark.parametrize(
    "place", ["top", "Page-Top", "back-to-top", "to_top", "topofpage", "the-top", "totop", "site-top"]
)
def test_a_link_to_the_top_is_recognised_by_its_target(place: str) -> None:
    page = newspaper(f'{HEADLINE}{STORY}{LATER}<p><a href="#{place}">Go up</a></p>')
    assert "a link to the top of the page" in {each.rule for each in extract_generic(page).reasons()}


def test_script_links_of_a_table_of_contents_are_not_taken_for_buttons() -> None:
    entries = '<ul><li><a href="javascript:go(1)">Who may enter</a></li><li><a href="#">What it costs</a></li></ul>'
    page = newspaper(f"{HEADLINE}{entries}<h2>Who may enter</h2>{STORY}<h2>What it costs</h2>{LATER}")
    assert "links that only run scripts" not in {each.rule for each in extract_generic(page).reasons()}


def test_a_long_heading_at_the_end_is_text() -> None:
    caption = "The pilots, who had been trained in Lemuria, know each of the forty lamps and each of the reefs by name."
    slide = f'<div><h3>{caption}</h3><p><a href="/next">Next</a></p></div>'
    assert caption in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{slide}"))


def test_prose_between_kept_paragraphs_of_its_block_is_text_whatever_its_score() -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}")))
    classify(page, load_weights())
    doubtful = [line.index for line in page.lines if line.text.startswith("Captains")]
    for index in doubtful:
        page.margins[index] = -3.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in doubtful] == [True, True]


STORIES = "".join(f'<li><a href="/{n}">Story {n}</a></li>' for n in range(60))
MENU_OF_STORIES = f'<div class="sidebar"><ul>{STORIES}</ul></div>'


def test_headings_of_boxes_are_kept_on_a_page_of_menus() -> None:
    boxes = "".join(
        f'<div class="panel"><div class="panel-heading"><h3 class="widget-title">{word}</h3></div>'
        f'<div class="panel-body"><p>{sentence}</p></div></div>'
        for word, sentence in (
            ("Lamps", "The lamps on both piers are lit at dusk, and put out when the last ferry has left."),
            ("Fees", "A ship of fewer than forty tons pays nine shells a night, a larger one pays twenty."),
            ("Moorings", "The harbour master gives out the moorings in the morning, on the steps of his office."),
        )
    )
    outline = body_outline(newspaper(f"{MENU_OF_STORIES}{HEADLINE}{STORY}{MENU_OF_STORIES}{boxes}"))
    assert 'section "Lamps"' in outline
    assert 'section "Fees"' in outline


SLIDES = "".join(
    f"<li><article><p>{place} of Atlantis has been quiet since 1990. Research has improved its lot.</p></article></li>"
    for place in ("The reef", "The bay", "The quay")
)


def test_summaries_of_other_stories_above_the_headline_are_left_out() -> None:
    text = f"{HEADLINE}<p>We keep the harbour open to ships of every flag.</p>"
    outline = body_outline(newspaper(text, above=f'<ul class="slides">{SLIDES}</ul>'))
    assert "harbour open to ships" in outline
    assert "The bay" not in outline


def test_articles_below_the_headline_are_text() -> None:
    assert "The bay" in body_outline(newspaper(f"{HEADLINE}{STORY}<ul>{SLIDES}</ul>{LATER}"))


FILES = "".join(
    f'<li><a href="/files/view/{n}">{name}</a></li>'
    for n, name in enumerate(("Mooring permit - PDF", "Lamp permit - PDF fill-in", "Map of the bay"))
)


def _page_with_list(items: str) -> str:
    parts = f'<h2 class="headline">Lamps</h2>{STORY}<h2 class="headline">Fees</h2>{LATER}'
    panel = f'<div role="tabpanel" style="display:none"><h2 class="headline">Forms</h2><ul>{items}</ul></div>'
    return newspaper(f"{HEADLINE}{parts}{panel}")


def test_a_list_of_files_below_a_heading_of_the_text_is_kept() -> None:
    outline = body_outline(_page_with_list(FILES))
    assert 'section "Forms"' in outline
    assert "Map of the bay" in outline


def test_the_link_to_a_file_right_below_the_text_is_kept() -> None:
    file = '<div><div></div><div><a href="/files/lamps.pdf">Leaflet on lamps (PDF)</a></div></div>'
    assert "Leaflet on lamps" in body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{file}"))
    assert "Leaflet on lamps" not in body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{file.replace('.pdf', '')}"))


@pytest.mark.parametrize("first", ["/files/lamps.pdf", "/syllabus"])
def test_links_to_pages_in_a_list_with_a_file_are_kept(first: str) -> None:
    last = "/syllabus" if first.endswith(".pdf") else "/files/lamps.pdf"
    entries = f'<li><a href="{first}">Leaflet on lamps</a></li><li><a href="{last}">Syllabus for pilots</a></li>'
    resources = f'<div><h2>Explore</h2><div><h3>Resources</h3><ul class="field__items">{entries}</ul></div></div>'
    text = body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{resources}"))
    assert "Leaflet on lamps" in text
    assert "Syllabus for pilots" in text
    stories = resources.replace(".pdf", "")
    assert "Syllabus" not in body_outline(newspaper(f"{HEADLINE}<div>{STORY}</div>{stories}"))


CARD = '<a href="{}"><div class="card"><ul><li>Pdf</li><li>346 KB</li></ul><h4>Guide to lamps</h4></div></a>'


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        (CARD.format("/files/lamps.pdf"), True),
        ('<p><a href="/files/lamps.pdf">Guide to lamps</a></p>', True),
        (CARD.format("/lamps"), False),
        (f"<p>Next page</p>{CARD.format('/files/lamps.pdf')}", False),
    ],
)
def test_only_a_file_right_below_its_heading_is_kept_with_the_heading(file: str, *, kept: bool) -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}<div>{STORY}</div><h2>Downloads</h2><div>{file}</div>")))
    classify(page, load_weights())
    last = next(line.index for line in page.lines if line.text.startswith("The ministry expects"))
    start = last + 1
    end = next(line.index for line in page.lines if "The Atlantean," in line.text)
    page.margins[start:end] = [-3.0] * (end - start)
    keep = choose_lines(page, None)
    assert {keep[index] for index in range(start, end)} == {kept}


def test_a_list_of_stories_below_a_text_heading_is_left_out() -> None:
    assert "Map of the bay" not in body_outline(_page_with_list(FILES.replace("PDF", "story")))


@pytest.mark.parametrize("heading", ["<h2>On this subject</h2>", "<h3>More harbours</h3>"])
def test_a_heading_is_left_out_with_the_links_below_it(heading: str) -> None:
    links = '<ul><li><a href="/1">Reef lamps lit</a></li><li><a href="/2">Ferry late again</a></li></ul>'
    body = body_outline(newspaper(f"{HEADLINE}<h2>The channel</h2>{STORY}<h2>Pilots</h2>{LATER}{heading}{links}"))
    assert "Reef lamps lit" not in body
    assert "On this subject" not in body
    assert "More harbours" not in body


@pytest.mark.parametrize(
    "line", ["打印 字体： 放大 正常 缩小 分享", "Share this page", "Print | Email | Share", "Teilen · Drucken"]
)
def test_labels_of_share_buttons_below_the_headline_are_left_out(line: str) -> None:
    body = body_outline(newspaper(f'{HEADLINE}<p>{line}</p><p>Port of Atlantis</p><div class="text">{STORY}</div>'))
    assert line not in body
    assert "Port of Atlantis" in body


OFFERS = ("Hire for the night watch", "For ships of every flag, by the day and the week")


def _count_offers(date: str) -> int:
    """Return how many doubtful lines are kept on pages with the markup `date` below their headline."""
    cards = "".join(f"<div class='card'><h3>Quay</h3><p>{words}</p></div>" for words in OFFERS)
    items = "".join(f"<li class='feature'>{words}</li>" for words in OFFERS)
    wrappers = ("<section>{}</section>", '<div class="grid">{}</div>', '<div class="features">{}</div>')
    pages = [newspaper(f"<h1>Quays</h1>{date}{STORY}{wrapper.format(cards)}") for wrapper in wrappers]
    pages += [
        newspaper(f"<h1>Quays</h1>{date}{STORY}", below=wrapper.format(f"<ul>{items}</ul>")) for wrapper in wrappers
    ]
    return sum(words in outline for outline in map(body_outline, pages) for words in OFFERS)


@pytest.mark.slow
def test_a_page_without_a_publication_date_keeps_more_doubtful_lines() -> None:
    assert _count_offers("") > _count_offers('<p class="date">4 May 2031</p>')


@pytest.mark.slow
def test_a_list_that_declares_itself_an_article_keeps_its_entries() -> None:
    entries = "".join(
        f'<div class="job"><h2><a href="/{n}">Pilot {n}</a></h2><p>Reef Street</p><p>Full time</p></div>'
        for n in range(12)
    )
    page = newspaper(STORY, head=f'<meta property="og:type" content="article">{DATED}')
    main = f'<main><h1>Jobs</h1><div class="jobs">{entries}</div></main>'
    start, end = page.index('<div class="column">'), page.index("<footer>")
    assert [f"Pilot {n}" in body_outline(page[:start] + main + page[end:]) for n in range(12)] == [True] * 12


@pytest.mark.parametrize(
    ("heading", "name", "kept"),
    [("<h2>Tables</h2>", "", True), ("<p>Tables</p>", "", False), ("<h2>Tables</h2>", "related", False)],
)
def test_links_are_kept_if_they_alone_fill_a_section_amid_the_text(heading: str, name: str, *, kept: bool) -> None:
    links = f'<div class="{name}"><ul><li><p><a href="/tides">Tides of May 2031 (CSV, 12 KB)</a></p></li></ul></div>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{heading}{links}<h2>Lamps</h2>{LATER}")))
    classify(page, load_weights())
    link = next(line.index for line in page.lines if line.text.startswith("Tides"))
    page.margins[link] = -3.0
    assert choose_lines(page, None)[link] is kept


@pytest.mark.parametrize("place", ['class="read__place p-location"', 'itemprop="location"'])
def test_the_place_of_the_meeting_is_kept_whatever_its_score(place: str) -> None:
    facts = f"<div><time>4 May 2031</time><div>13:20</div><div {place}>Lamp Hall, Reef Town</div></div>"
    page = analyse_page(parse_markup(newspaper(f"<div>{HEADLINE}{facts}</div><div>{STORY}{LATER}</div>")))
    classify(page, load_weights())
    short = [line.index for line in page.lines if line.text in {"13:20", "Lamp Hall, Reef Town"}]
    for index in short:
        page.margins[index] = -3.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in short] == [False, True]


@pytest.mark.parametrize(
    "contact",
    [
        "<strong>I. Nylund</strong><dl><dt>Phone</dt><dd>010-555 60 70</dd><dt>Mail</dt><dd>i@reef.example</dd></dl>",
        '<p>I. Nylund, 010-555 60 70</p><p>Press office<br><a href="mailto:p@reef.example">p@reef.example</a></p>',
    ],
)
def test_a_section_of_contacts_is_kept_if_its_first_line_is_kept(contact: str) -> None:
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{LATER}<div><h2>Enquiries</h2>{contact}</div>")))
    classify(page, load_weights())
    heading = next(line.index for line in page.lines if line.text == "Enquiries")
    section = range(heading, next(line.index for line in page.lines if "The Atlantean," in line.text))
    for index in section:
        page.margins[index] = 4.0 if index <= heading + 1 else -3.0
    keep = choose_lines(page, None)
    assert all(keep[index] for index in section)


@pytest.mark.parametrize(("name", "kept"), [("footer-widgets sidebar", False), ("column", True)])
def test_contacts_are_left_out_only_in_a_column_of_the_footer(name: str, *, kept: bool) -> None:
    contact = "<h4>Contact</h4><p>Harbour office of Atlantis</p><p>Tel. +99 1 234 567</p>"
    text = f"<div>{HEADLINE}</div><div>{STORY}{LATER}</div>"
    page = newspaper("", above=f'<div>{text}<div class="{name}"><div>{contact}</div></div></div>', head=DATED)
    assert ("+99 1 234" in body_outline(page)) is kept


def _is_kept(markup: str, words: str) -> bool:
    """Return whether the line that contains `words` is kept although its score is far below the threshold."""
    page = analyse_page(parse_markup(newspaper(markup)))
    classify(page, load_weights())
    line = next(line.index for line in page.lines if words in line.text)
    for each in page.lines:
        page.margins[each.index] = -3.0 if words in each.text else page.margins[each.index]
    return choose_lines(page, None)[line]


@pytest.mark.parametrize(
    ("label", "kept"), [("More information:", True), ("<b>Weitere Informationen:</b>", True), ("Tags:", False)]
)
def test_links_below_a_short_label_other_than_tags_are_kept(label: str, *, kept: bool) -> None:
    links = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(("Lamps of the reef", "Tides")))
    text = f"<div>{STORY}{LATER}<p>{label}</p><ul>{links}</ul><p>Contact:</p><p>N. Reef, Port Nautilus</p></div>"
    assert _is_kept(f"{HEADLINE}{text}", "Lamps of the reef") == kept


def test_a_list_that_the_text_announces_with_a_colon_is_kept() -> None:
    links = "".join(f'<li><a href="/{word}">Lamps of the {word}</a></li>' for word in ("reef", "cape", "bay"))
    announced = f"<p>The keepers speak about subjects such as:</p><div><div><ul>{links}</ul></div></div>"
    assert _is_kept(f"{HEADLINE}{STORY}{announced}{LATER}", "Lamps of the reef")


REEFS = "".join(f'<li>{{}}<a href="/{word}">Lamps of the {word}</a>{{}}</li>' for word in ("reef", "cape", "bay"))


@pytest.mark.parametrize("tags", [("", ""), ("<p>", "</p>")])
@pytest.mark.parametrize("above", ["<h2>Surveys</h2>", "<h2>Surveys</h2><p>Of these lamps:</p>"])
def test_a_list_of_links_below_a_heading_amid_prose_is_kept(above: str, tags: tuple[str, str]) -> None:
    links = REEFS.format(*tags * 3)
    assert _is_kept(f"{HEADLINE}{STORY}{above}<ul>{links}</ul>{LATER}", "Lamps of the")
    assert not _is_kept(f"{HEADLINE}{STORY}{above}<ul class='related'>{links}</ul>{LATER}", "Lamps of the")


@pytest.mark.parametrize(
    ("heading", "kept"),
    [
        ('<h4 class="light">Partners</h4>', True),
        ('<h4 class="teaser">Partners</h4>', False),
        ('<p>Next</p><h4 class="light">Partners</h4>', False),
    ],
)
def test_a_list_of_links_is_kept_if_headed_like_the_kept_list_above(heading: str, *, kept: bool) -> None:
    files = '<h4 class="light">Reports</h4><ul><li><a href="/files/lamps.pdf">Report on lamps (PDF)</a></li></ul>'
    links = REEFS.format(*("", "") * 3)
    page = f"{HEADLINE}{STORY}{LATER}{files}{heading}<ul>{links}</ul>"
    assert _is_kept(page, "Lamps of the") is kept


@pytest.mark.parametrize("wrap", ["{}", "<div>{}</div>"])
def test_a_list_of_links_between_a_heading_and_other_text_of_its_section_is_kept(wrap: str) -> None:
    heading = wrap.format("<h2>Tools</h2>")
    note = wrap.format("<p>These tools are lent by the keepers of the lamps.</p>")
    links = f"<div><ul>{REEFS.format(*('', '') * 3)}</ul></div>"
    text = f"<div>{STORY}{heading}{links}{note}</div>"
    assert _is_kept(f"{HEADLINE}{text}<p>End.</p>", "Lamps of the")
    assert not _is_kept(f"{HEADLINE}<div>{heading}{links}{note}</div>{STORY}{LATER}", "Lamps of the")
    named = text.replace("<div><ul>", "<div class='related'><ul>")
    assert not _is_kept(f"{HEADLINE}{named}", "Lamps of the")


@pytest.mark.parametrize("below", [LATER, ""])
def test_an_announcement_with_a_link_is_kept_above_its_list(below: str) -> None:
    parts = "<ul><li>A survey of the lamps in the reef.</li><li>The fees of the pilots in winter.</li></ul>"
    announced = '<p>Read the <a href="/guide">guide to the harbour and its lamps in winter</a>, with:</p>'
    assert _is_kept(f"{HEADLINE}{STORY}<div>{announced}{parts}</div>{below}", "Read the guide")


def test_a_code_listing_is_kept_but_hidden_data_for_scripts_are_left_out() -> None:
    data = "{&quot;lamps&quot;: [1, 2]}"
    assert "[1, 2]" in body_outline(newspaper(f"{HEADLINE}{STORY}<pre>{data}</pre>{LATER}"))
    assert "[1, 2]" not in body_outline(newspaper(f'{HEADLINE}{STORY}{LATER}<pre class="hide">{data}</pre>'))


def test_excluded_lines_stay_out_on_a_page_of_low_scores() -> None:
    orders = "".join(f'<h3><a href="/{n}">Order number {n} on lamps of the reef</a></h3>' for n in range(9))
    skip = '<p><a href="#main">Jump to the main content</a></p>'
    page = analyse_page(parse_markup(f"<html><body>{skip}<h1>Orders</h1><div>{orders}</div></body></html>"))
    classify(page, load_weights())
    page.margins = [-3.0] * len(page.lines)
    kept = [line.text for line, is_kept in zip(page.lines, choose_lines(page, None), strict=True) if is_kept]
    assert kept[0] == "Order number 0 on lamps of the reef"


def test_a_sentence_at_the_start_of_the_text_block_is_kept() -> None:
    advice = '<p class="footer-note">Ask <a href="/office">the harbour office</a> first, please.</p>'
    assert "harbour office" in body_outline(newspaper(f"{HEADLINE}<div>{advice}<h2>Ships</h2>{STORY}{LATER}</div>"))


def test_a_box_with_the_role_note_is_kept_between_text() -> None:
    statement = '<p><a href="/statement">Statement of both offices about lamps</a></p>'
    assert _is_kept(f'{HEADLINE}{STORY}<div role="note">{statement}</div>{LATER}', "Statement of both")
    assert not _is_kept(f"{HEADLINE}{STORY}<div>{statement}</div>{LATER}", "Statement of both")


def test_the_label_of_share_buttons_is_left_out_whatever_its_score() -> None:
    share = '<div class="share"><p>Tell the whole reef</p><ul><li><a href="/f">Shellbook</a></li></ul></div>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{share}{LATER}")))
    classify(page, load_weights())
    label = next(line.index for line in page.lines if line.text == "Tell the whole reef")
    page.margins[label] = 2.0
    assert not choose_lines(page, None)[label]


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("<div><p>Words that were struck out stand in brackets there.</p></div>", "Words that were"),
        (
            '<table border="1"><tr><th>Paper</th><th>Signed by</th></tr><tr><td>Plan</td><td>Reef</td></tr></table>',
            "Plan",
        ),
    ],
)
def test_a_sentence_or_table_between_kept_lines_is_kept_whatever_its_score(block: str, words: str) -> None:
    product = '<meta property="og:type" content="product">'  # another rule keeps short lines, but not on product pages
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}{block}{LATER}", head=product)))
    classify(page, load_weights())
    inner = [line.index for line in page.lines if words in line.text]
    for index in inner:
        page.margins[index] = -3.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in inner] == [True]


@pytest.mark.parametrize("heading", ["Video", "Wideo", "Zdjęcia", "Related videos", "動画"])
def test_a_media_heading_without_text_below_is_left_out(heading: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}<h2>{heading}</h2><h2>Lamps of the reef</h2>{LATER}")
    assert heading not in body_outline(page)
    shown = page.replace(f"<h2>{heading}</h2>", f"<h2>{heading}</h2><p>The pilots sing on it.</p>")
    assert f'section "{heading}"' in body_outline(shown)


def test_prose_with_links_and_its_heading_are_kept_below_a_left_out_list() -> None:
    parts = '<h2>Contents</h2><ul><li><a href="#1">Lamps</a></li><li><a href="#2">Bells</a></li></ul>'
    words = (
        '<a href="/n">Subscribe</a> to the news of the reef and tell the keepers of the lamps where your boat is bound.'
    )
    box = f'<div class="note"><h3>Info</h3><p>{words}</p></div>'
    text = f"{HEADLINE}<p>The tide tables were changed.</p>{parts}{box}<h2>Lamps</h2>{STORY}<h2>Bells</h2>{LATER}"
    page = analyse_page(parse_markup(newspaper(text)))
    classify(page, load_weights())
    inner = [line.index for line in page.lines if line.text == "Info" or line.text.startswith("Subscribe")]
    for index in inner:
        page.margins[index] = -2.0
    keep = choose_lines(page, None)
    assert [keep[index] for index in inner] == [True, True]


def test_one_link_of_a_menu_is_not_kept_alone() -> None:
    languages = "".join(f'<li><a href="/{n}">Tongue {n}</a></li>' for n in range(12))
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<ul>{languages}</ul>{LATER}")))
    classify(page, load_weights())
    links = [line.index for line in page.lines if line.text.startswith("Tongue")]
    for index in links:
        page.margins[index] = 4.0 if index == links[2] else -4.0
    keep = choose_lines(page, None)
    assert not any(keep[index] for index in links)


def test_a_video_is_kept_with_the_caption_in_its_block() -> None:
    video = '<iframe src="https://video.example/embed/7" title="The lamps at night"></iframe>'
    block = f'<div class="video">{video}<p class="caption">The lamps at night, seen from the reef</p></div>'
    assert "The lamps at night, seen from the reef" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))
    assert "https://video.example/embed/7" in body_outline(newspaper(f"{HEADLINE}{STORY}{block}{LATER}"))


def test_a_line_of_asterisks_is_left_out_above_but_not_within_the_text() -> None:
    outline = body_outline(newspaper(f"{HEADLINE}<div>******************</div>{STORY}<p>* * *</p>{LATER}"))
    assert "*****" not in outline
    assert "* * *" in outline


def test_a_description_is_left_out_with_its_term() -> None:
    facts = """<dl><div><dt>Status</dt><dd>Closed</dd></div><div><dt>Published</dt><dd>9 May 2031</dd></div>
        <div><dt>Last updated</dt><dd>14 May 2031</dd></div>
        <div><dt>Case opened</dt><dd>2 October 2030</dd></div></dl>"""
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "Last updated" not in outline
    assert "14 May 2031" not in outline
    assert "2 October 2030" in outline


def test_a_description_in_a_paragraph_is_left_out_with_its_term() -> None:
    facts = "<dl><dt>Lamp</dt><dd><p>The lamps of Salt Bay</p></dd><dt>Views</dt><dd><p>4 kept and 3 lost</p></dd></dl>"
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "The lamps of Salt Bay" in outline
    assert "Views" not in outline
    assert "4 kept and 3 lost" not in outline


def test_a_term_is_kept_with_a_description_that_is_a_sentence() -> None:
    sentence = "The wick of each lamp was cut on Monday, and the oil was changed by the keeper."
    facts = f"<dl><dt>Lamp</dt><dd><p>The lamps of Salt Bay</p></dd><dt>Details</dt><dd><p>{sentence}</p></dd></dl>"
    outline = body_outline(newspaper(f"{HEADLINE}{facts}{STORY}{LATER}"))
    assert "Details" in outline
    assert sentence in outline


def test_a_heading_of_files_is_left_out_with_their_links() -> None:
    link = '<a href="/tides.pdf">Download document</a> <span>(PDF | 402.17 KB)</span>'
    files = f'<div class="attachments"><h2>Attachments</h2><div class="file">{link}</div></div>'
    text = f'<div class="body"><h3>Tides</h3>{STORY}<h3>Lamps</h3>{LATER}</div>'
    assert body_outline(newspaper(f"{HEADLINE}{files}{text}")) == body_outline(newspaper(f"{HEADLINE}{text}"))


def test_a_notice_in_the_header_of_the_site_is_left_out() -> None:
    notice = "<p>Captains can now book a berth on the telephone, by letter, or in the tower of the old harbour.</p>"
    header = f"<div>{notice}</div>" + "".join(f"<p>Tower {number}</p>" for number in range(8))
    assert "book a berth" not in body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}", above=header))
    assert "book a berth" in body_outline(newspaper(f"{notice}{HEADLINE}{STORY}{LATER}"))


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


def test_a_heading_with_text_above_a_search_form_is_kept() -> None:
    text = f"<h2>Find plans of lamps</h2>{LATER}"
    page = newspaper(f"<div>{HEADLINE}{STORY}{text}</div>{_SEARCH.format(method='')}")
    assert "Find plans of lamps" in body_outline(page)


@pytest.mark.parametrize(
    "annex",
    [
        '<div class="teaser box"><h3>Annex</h3><a href="/annex.pdf">List of lamps (PDF, 120 kB)</a></div>',
        '<div class="teaser"><p>The list of lamps is in the annex.</p><p><a href="/a.pdf">The list</a></p></div>',
    ],
)
def test_a_teaser_of_a_file_right_below_the_text_is_kept(annex: str) -> None:
    page = newspaper(f"{HEADLINE}{STORY}{LATER}{annex}", head=DATED)
    assert "of lamps" in body_outline(page)
    assert "of lamps" in body_outline(page.replace("<article", "<div").replace("</article", "</div"))


@pytest.mark.parametrize("subjects", ["Lamps on the reef; salt; trade.", "the lamps of the reef; the salt"])
def test_subjects_of_an_interview_after_their_label_are_text(subjects: str) -> None:
    facts = (
        '<ul class="media-meta"><li><div class="field__item">Transcript</div></li></ul>'
        f'<div class="field--name-field-topics"><div class="field__item">Topics: {subjects}</div></div>'
        '<div class="field--name-field-date"><time datetime="2031-05-14">14 May 2031</time></div>'
    )
    page = newspaper(f"{facts}<div>{STORY}{LATER}</div>", above=HEADLINE, head=DATED)
    assert f"Topics: {subjects}" in body_outline(page)


def test_tags_after_their_label_are_left_out() -> None:
    tags = '<div class="tags">Topics: Lamps, Salt</div>'
    assert "Salt" not in body_outline(newspaper(f"{HEADLINE}{tags}<div>{STORY}</div>", head=DATED))


def test_a_link_to_a_pdf_of_the_page_itself_is_left_out() -> None:
    file = '<div><h3>As PDF</h3><a href="/h.pdf">Har&shy;bour open (PDF, 298KB)</a></div>'
    page = newspaper(f"{HEADLINE}{STORY}{LATER}{file}", head=DATED)
    assert "298KB" not in body_outline(page.replace("<article", "<div").replace("</article", "</div"))


@pytest.mark.parametrize("tag", ["footer", "aside", "div"])
def test_a_heading_that_ends_the_text_is_kept_above_the_search_of_the_site(tag: str) -> None:
    words = "" if tag == "aside" else "<p>Ministry of Tides, Reef Town</p>"
    form = f"<{tag}>{words}{_SEARCH.format(method='')}</{tag}>"
    page = newspaper(f"<div>{HEADLINE}{STORY}{LATER}<h4>Nerea Salt, Minister of Tides</h4></div>", below=form)
    assert "Nerea Salt, Minister of Tides" in body_outline(page)


@pytest.mark.parametrize("heading", ["<h3><b>What was agreed: key points</b></h3>", "<h2>The key points</h2>"])
def test_the_heading_above_the_first_lines_of_the_text_is_kept(heading: str) -> None:
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


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ('<p align="right" class="head">(Nerea Salt)<br>Keeper of the reef</p>', True),
        ('<p style="text-align: right">Nerea Salt</p>', True),
        ('<p class="has-text-align-right">Nerea Salt, Keeper</p>', True),
        ('<div class="text-right">Nerea Salt, Keeper</div>', True),
        ('<p class="head">Press Release: 2031-2032/1641 Nerea Salt</p>', False),
        ('<p class="head">Nerea Salt</p>', False),
        ('<p align="right" class="related">Nerea Salt</p>', False),
    ],
)
def test_a_signature_at_the_right_edge_below_the_text_is_kept(end: str, *, kept: bool) -> None:
    page = f"{HEADLINE}<table><tr><td>{STORY}{LATER}{LATER}{end}</td></tr></table>"
    assert _is_kept(page, "Nerea Salt") == kept


@pytest.mark.parametrize(("number", "kept"), [("Press Release: 2031-2032/1641", True), ("Lamps: 2031-2032", False)])
def test_kind_and_number_of_the_document_below_its_text_are_kept(number: str, *, kept: bool) -> None:
    assert _is_kept(f'{HEADLINE}<div>{STORY}{LATER}<p class="head">{number}</p></div>', number) == kept


@pytest.mark.parametrize(
    ("entries", "kept"),
    [
        (("In Reef Town, Nerea Salt, salt@reef.example", "In Salt Bay, Ola Ebb, +255 55 501 122"), True),
        (("Lamps of the reef", "Lamps of the cape"), False),
        (("In Reef Town, Nerea Salt, salt@reef.example", "Lamps of the cape"), False),
    ],
)
def test_a_list_of_only_contacts_is_kept_below_its_announcement(entries: tuple[str, str], *, kept: bool) -> None:
    items = "".join(f'<li><a href="/{entry[-3:]}">{entry}</a></li>' for entry in entries)
    text = f"<div>{STORY}<p><b>For more information, please contact:</b></p><ul>{items}</ul></div>"
    assert _is_kept(f"{HEADLINE}{text}", entries[0]) == kept


def test_the_linked_heading_of_a_labelled_teaser_amid_the_text_is_left_out() -> None:
    teaser = '<article><a href="/mu"><div><div>Travel</div><h3>Crossings to Mu</h3></div></a></article>'
    shown = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}<div>{teaser}</div>{LATER}</div>"))
    assert "Crossings" not in shown


_SOURCES = (
    '<a href="https://lamps.example/r">Office of Lamps, report</a>',
    '<a href="https://pilots.example/">Pilots</a>',
)


@pytest.mark.parametrize(
    "sources",
    [
        "<h3>Sources</h3><ul><li>{0}</li><li>{1}</li></ul>",
        '<div class="sources"><h6>References</h6><p>{0}</p><p>{1}</p></div>',
        "<p><strong>Quellen:</strong></p><p>{0}</p><p>{1}</p>",
        '<div class="notes"><div>Fuentes</div><ul><li>{0}</li><li>{1}</li></ul></div>',
    ],
)
def test_sources_below_the_text_are_kept_with_their_heading(sources: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}<div>{STORY}{LATER}{sources.format(*_SOURCES)}</div>"))
    heading = next(word for word in ("Sources", "References", "Quellen", "Fuentes") if word in sources)
    assert [words for words in (heading, "Office of Lamps", "Pilots") if words not in outline] == []


@pytest.mark.parametrize(
    "links",
    [
        '<nav><h3>Sources</h3><ul><li><a href="/a">Lamps</a></li><li><a href="/b">Pilots</a></li></ul></nav>',
        '<h3>More news</h3><ul><li><a href="/a">Lamps</a></li><li><a href="/b">Pilots</a></li></ul>',
    ],
)
def test_links_in_menus_and_to_other_stories_are_no_sources(links: str) -> None:
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{LATER}{links}"))
    assert [words for words in ("Lamps", "Pilots") if words in outline] == []


def test_a_cookie_notice_is_not_kept_as_a_footnote() -> None:
    note = "<p><sup>1</sup> The lamps are those of the pact of nine islands.</p>"
    cookies = """<div class="cookie-modal"><div class="cookie-details"><p>Necessary cookies are required to enable the
    basic features of this site.</p><ul><li><div>Duration</div><div>1 year 1 month</div></li></ul></div></div>"""
    called = "<p>The keepers lit forty lamps<sup>1</sup> on the reef, and the pilots thanked them for it at night.</p>"
    outline = body_outline(newspaper(f"{HEADLINE}{STORY}{called}{LATER}{note}", below=cookies))
    assert "pact of nine islands" in outline
    assert "1 month" not in outline


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_last_paragraph_with_a_link_is_kept_below_another_paragraph(tag: str) -> None:
    link = '<a href="/guide">the guide of the harbour</a>'
    last = f"After these three lessons, a pilot who has a ship of his own can sail at night with {link} and its maps"
    page = analyse_page(
        parse_markup(newspaper(f"{HEADLINE}{STORY}<div><p>They met at noon.</p><{tag}>{last}</{tag}></div>"))
    )
    classify(page, load_weights())
    own = next(line.index for line in page.lines if line.text.startswith("After these"))
    page.margins = [3.0 if line.index < own else -2.0 for line in page.lines]
    assert choose_lines(page, None)[own] is (tag == "p")


@pytest.mark.parametrize(("tag", "kept"), [("ol", True), ("ul", False)])
def test_an_item_of_a_numbered_list_is_kept_with_the_others(tag: str, *, kept: bool) -> None:
    items = '<li>The reef is long.</li><li>The <a href="/school">school of pilots</a> is old.</li>'
    page = analyse_page(parse_markup(newspaper(f"{HEADLINE}{STORY}<{tag}>{items}</{tag}>")))
    classify(page, load_weights())
    own = next(line.index for line in page.lines if "school of pilots" in line.text)
    page.margins = [3.0 if line.index < own else -2.0 for line in page.lines]
    assert choose_lines(page, None)[own] is kept
