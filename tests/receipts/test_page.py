"""Receipts of pages: each word of a page is in the readout, or a rule that left it out is named."""

from __future__ import annotations

from textwrap import dedent

import pytest
from msgspec.structs import replace

from readout_pub import HtmlPage, TextPage, describe, extract, open_source, refine
from readout_pub.model import Paragraph, Readout
from readout_pub.receipts.model import PageWords
from readout_pub.receipts.page import notes_of_page, prove_page, read_page_text
from tests.pages import PROFILES, saved_page, whole_page

PARAGRAPHS = """
    <p>The Foreign Ministers of Atlantis and Lemuria met on the island of Mu for two hours, and exchanged views on the
    fisheries agreement that both countries signed in the spring of last year.</p>
    <p>They agreed to meet again in autumn, and to invite the Minister of Hyperborea, who has proposed a common register
    of all vessels that fish in the waters between the three countries.</p>"""

WHOLE_PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Talks on Mu | Atlantis</title></head><body>
    <nav><a href="/">Home</a> <a href="/news">All news</a></nav>
    <article><h1>Talks on Mu</h1><p class="date">3 April 2031</p>{PARAGRAPHS}</article>
    <footer><p>Ministry of Foreign Affairs, 1 Harbour Street <button>Subscribe</button></p></footer></body></html>"""


def proven(page: HtmlPage | TextPage, *, site: str = "atlantis", edited: Readout | None = None) -> PageWords:
    """Return the receipt that compares a page with its readout, or with `edited` if that is given."""
    found = extract(page, site=site, sites=[PROFILES])
    assert found.regions is not None
    readout = edited or described(page, site=site)
    return prove_page(page, read_page_text(page), found.regions(), readout, found=found.readout)


def described(page: HtmlPage | TextPage, *, site: str = "atlantis") -> Readout:
    """Return the readout of a page after all stages before output."""
    found = extract(page, site=site, sites=[PROFILES])
    return describe(refine(found.readout), {}, found.images)


def left_out(receipt: PageWords) -> dict[str, str]:
    """Return the first words left out by each rule."""
    return {each.rule: each.sample for each in receipt.left_out}


def is_complete(receipt: PageWords) -> bool:
    """Return whether nothing is lost, and the counts of words add up."""
    total = receipt.kept + sum(each.words for each in receipt.left_out)
    return not receipt.differences and receipt.words == total


def test_without_a_profile_each_word_is_kept_or_listed_as_left_out() -> None:
    receipt = proven(whole_page(WHOLE_PAGE), site="none")
    assert is_complete(receipt)
    assert receipt.in_order
    names = left_out(receipt)
    assert names["title"] == "Talks on Mu | Atlantis"
    assert names["button"] == "Subscribe"
    assert "Home All news" in names.values()


def test_words_outside_the_body_of_a_profile_are_reported() -> None:
    page = whole_page(f"<html lang=en><body><p>Skip to content</p><main><h1 class=title>Talks</h1>{PARAGRAPHS}</main>")
    receipt = proven(page)
    assert is_complete(receipt)
    assert left_out(receipt) == {"outside the document (atlantis/plain)": "Skip to content"}


def test_words_of_form_controls_in_the_body_are_reported() -> None:
    choice = "<select><option>Mu<option>Lemuria</select>"
    assert left_out(proven(saved_page(PARAGRAPHS + choice)))["select"] == "Mu Lemuria"


@pytest.mark.parametrize(
    ("change", "expected", "found"),
    [
        (lambda words: words[:-1], "Lemuria.", ""),
        (lambda words: [*words, "again"], "", "again"),
        (lambda words: [*words[:-1], "Hyperborea."], "Lemuria.", ""),
        (lambda words: ["The", *words], "", "The"),
    ],
    ids=["dropped", "added", "altered", "doubled"],
)
def test_a_word_that_the_readout_lost_changed_or_added_is_a_difference(change, expected: str, found: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    page = saved_page("<p>The Minister met the Minister of Lemuria.</p>")
    readout = described(page)
    words = "The Minister met the Minister of Lemuria.".split()
    edited = replace(readout, body=(Paragraph((" ".join(change(words)),)),))
    receipt = proven(page, edited=edited)
    assert (expected, found) in [(each.expected, each.found) for each in receipt.differences]
    assert receipt.lost == sum(len(each.expected.split()) for each in receipt.differences)
    assert receipt.unknown == sum(len(each.found.split()) for each in receipt.differences)


def test_two_words_that_changed_places_count_as_moved() -> None:
    page = saved_page("<p>The Minister of Lemuria met them.</p>")
    edited = replace(described(page), body=(Paragraph(("The Minister Lemuria of met them.",)),))
    receipt = proven(page, edited=edited)
    assert (receipt.moved, receipt.in_order) == (1, False)


def test_words_lost_from_the_body_are_not_found_in_the_title() -> None:
    page = whole_page(WHOLE_PAGE.replace("island of Mu", "island of Mu and its Talks"))
    readout = described(page, site="none")
    first, *rest = readout.body
    assert isinstance(first, Paragraph)
    edited = replace(readout, body=(Paragraph((str(first.children[0]).replace(" and its Talks", ""),)), *rest))
    assert [each.expected for each in proven(page, site="none", edited=edited).differences] == ["and its Talks"]


def test_pages_that_differ_only_in_boilerplate_keep_equally_many_words() -> None:
    other = WHOLE_PAGE.replace("All news", "All news and videos").replace("1 Harbour Street", "Harbour Street 1")
    first, second = (proven(whole_page(markup), site="none") for markup in (WHOLE_PAGE, other))
    assert first.kept == second.kept
    assert (first.differences, second.differences) == ((), ())


def test_list_labels_and_quotation_marks_of_browsers_are_not_page_words() -> None:
    assert is_complete(proven(saved_page(f"{PARAGRAPHS}<ol><li>He said <q>yes</q>.<li>She agreed.</ol>")))


def test_ruby_readings_are_words_of_the_page() -> None:
    assert is_complete(
        proven(saved_page("<p><ruby>黒瀬<rp>(</rp><rt>くろせ</rt><rp>)</rp></ruby>大臣が会談した。</p>"))
    )


def test_footnotes_with_links_back_lose_no_words() -> None:
    note = '<p>They met.<a href="#n1">[1]</a></p><hr><p id="n1"><a href="#t1">[1]</a> On Mu. <a href="#t1">↩</a></p>'
    assert is_complete(proven(saved_page(note)))


def test_a_word_joined_to_left_out_text_is_not_lost() -> None:
    page = saved_page('<p>Minister Orichalca<span class="tip">Orichalca, Vera</span>, met them.</p>')
    found = extract(page, site="atlantis", sites=[PROFILES])
    assert found.regions is not None
    kept = replace(found.regions(), kept=("Minister Orichalca, met them.",))
    readout = replace(found.readout, body=(Paragraph(("Minister Orichalca, met them.",)),))
    assert not prove_page(page, read_page_text(page), kept, readout, found=found.readout).differences


def test_the_title_replaced_by_a_given_one_is_listed() -> None:
    page = saved_page(f'<h1 class="title">Talks</h1>{PARAGRAPHS}')
    found = extract(page, site="atlantis", sites=[PROFILES])
    assert found.regions is not None
    readout = replace(refine(found.readout), title=("Meeting on Mu",))
    receipt = prove_page(page, read_page_text(page), found.regions(), readout, found=found.readout, given={"title"})
    assert is_complete(receipt)
    assert left_out(receipt)["replaced by the title given"] == "Talks"


def test_bullets_typed_in_text_files_are_reported_since_lists_show_their_own() -> None:
    text = dedent(
        """\
        Atlantis-Lemuria Foreign Ministers' Meeting
        April 3, 2031

        They agreed on these:
        • The first point
        • The second point
        """
    )
    page = open_source(text.encode(), name="talks.txt")
    assert isinstance(page, TextPage)
    receipt = proven(page)
    assert is_complete(receipt)
    assert left_out(receipt) == {"list marker": "•"}


def test_text_after_the_end_of_the_html_element_is_read() -> None:
    page = whole_page(f"<html lang=en><body><main>{PARAGRAPHS}</body></html><p>A last paragraph.</p>")
    assert described(page).body[-1] == Paragraph(("A last paragraph.",))
    assert is_complete(proven(page))


def test_words_from_the_metadata_of_the_page_are_reported_as_added() -> None:
    byline = '<meta name="author" content="Vera Orichalca">'
    page = whole_page(f"<html lang=en><head>{byline}</head><body><main>{PARAGRAPHS}</main>")
    edited = replace(described(page), byline="Vera Orichalca,")
    receipt = proven(page, edited=edited)
    assert is_complete(receipt)
    assert [(each.what, each.words, each.sample) for each in receipt.added] == [("byline", 2, "Vera Orichalca,")]


def test_notes_quote_the_lost_and_the_added_words() -> None:
    page = saved_page("<p>The Minister met the Minister of Lemuria.</p>")
    edited = replace(described(page), body=(Paragraph(("The Minister met the Minister of the king of Mu",)),))
    before = '"The Minister met the Minister of"'
    notes = {note.code: note.message for note in notes_of_page(proven(page, edited=edited))}
    assert notes == {
        "WORDS_LOST": f'1 word of the page neither kept nor left out by a rule: "Lemuria." after {before}',
        "WORDS_ADDED": "4 words of the text missing on the page, or in another place there: "
        f'"the king of Mu" after {before}',
    }


@pytest.mark.parametrize(
    "line",
    [
        '<p class="kicker">Readouts :</p><h1>Talks on Mu</h1>',
        "<h1>Readouts: Talks on Mu – Atlantis</h1>",
        "<h1><span>3 April 2031</span>Talks on Mu</h1>",
        '<p><a href="/">Ministry of Atlantis »</a> <a href="/r">Readouts »</a></p><h1>Talks on Mu</h1>',
        '<h1>Talks on Mu</h1><p class="date">Published: 3 Apr, 2031 CET. Updated: Sat 5 Apr 2031 08:11 CET</p>',
    ],
    ids=["kicker", "site name", "joined", "breadcrumb", "updated"],
)
def test_words_beside_the_title_or_the_date_are_kept_or_listed(line: str) -> None:
    page = WHOLE_PAGE.replace("<h1>Talks on Mu</h1>", line)
    assert is_complete(proven(whole_page(page), site="none"))


@pytest.mark.parametrize("printed", ["3 April 2031", "Wed, 03/12/2031 - 10:00", "Sunday"])
def test_a_printed_date_that_its_time_element_contradicts_is_listed(printed: str) -> None:
    line = f'<p class="date"><time datetime="2031-05-09T10:00:00Z">{printed}</time></p>'
    page = whole_page(WHOLE_PAGE.replace('<p class="date">3 April 2031</p>', line))
    receipt = proven(page, site="none")
    assert is_complete(receipt)
    assert left_out(receipt)["replaced by the date of its time element"] == printed
    (message,) = (each.message for each in described(page, site="none").notes if each.code == "DATE_MARKED")
    assert message == f'the page prints "{printed}", but its time element says 2031-05-09, and outputs show that date'


@pytest.mark.parametrize(
    "lines",
    [
        "<li>3 April 2031 17:35</li><li>No. 7</li>",
        "<li><a href='/office'>Harbour Office</a><span>3 April 2031, 17:35</span></li>",
    ],
    ids=["day alone", "joined"],
)
def test_the_printed_time_is_not_lost_if_the_text_repeats_the_day(lines: str) -> None:
    text = f"<ul class='meta'>{lines}</ul><h1>Talks on Mu</h1><p>3 April in the harbour of Mu began with a song.</p>"
    markup = f'<html lang="en"><title>Talks on Mu</title><main>{text}{PARAGRAPHS}</main>'
    assert is_complete(proven(whole_page(markup), site="none"))


@pytest.mark.parametrize(
    "markup",
    [
        f"{PARAGRAPHS}<ol><li>They said <q>Mu</q>, <q>Mu</q> and <q>Mu</q>.<li>Mu</ol>",
        "<p>They met（<ruby>黒瀬<rp>（</rp><rt>くろせ</rt><rp>）</rp></ruby>）, and agreed.</p>",
        '<p>They met.<a id="t1" href="#n1">1</a></p><ol><li id="n1">On Mu. [<a href="#t1">↩</a>]</li></ol>',
        f'{PARAGRAPHS}<lite-youtube videoid="aB3dE5gH7jK" title="Talks"><span>Play film</span></lite-youtube>',
        f"{PARAGRAPHS}<table><caption>Vessels of Mu</caption><tr><td></td></tr></table>",
    ],
    ids=["quotes", "ruby", "back link", "player", "caption"],
)
def test_no_words_are_lost_where_page_and_readout_print_different_text(markup: str) -> None:
    assert is_complete(proven(saved_page(markup)))


@pytest.mark.parametrize(
    "markup",
    [
        "<p>They met in the <ruby>harbour<rp>(</rp><rt>haven</rt><rp>)</rp></ruby> at noon.</p>",
        "<p>They said <q>会議</q> at noon.</p>",
        "<p>Fish (<math><mfrac><mn>2</mn><mn>5</mn></mfrac></math>), crabs <math><mi>x</mi></math>.</p>",
        "<p>They said <q><math><mfrac><mn>2</mn><mn>5</mn></mfrac></math></q>.</p>",
        '<p>They met.<a id="t1" href="#n1">[1]</a></p><p id="n1"><a href="#t1">1.</a> On Mu.</p>',
    ],
    ids=["Latin ruby", "Chinese quote", "formula", "quoted formula", "label of a note"],
)
@pytest.mark.parametrize("site", ["atlantis", "none"])
def test_brackets_quotation_marks_and_formulas_lose_no_words(markup: str, site: str) -> None:
    without_profile = whole_page(WHOLE_PAGE.replace("</article>", f"{markup}</article>"))
    assert is_complete(proven(without_profile if site == "none" else saved_page(markup), site=site))


def test_no_words_are_lost_where_browsers_and_libxml2_differ() -> None:
    script = '<script type="text/javascript"/>\nvar fish = "of the sea";\n</script>'
    page = WHOLE_PAGE.replace("<article>", f"{script}<article>")
    assert not proven(whole_page(page), site="none").differences


def test_a_separator_within_the_text_is_a_word() -> None:
    page = saved_page("<p>They met – all of them – on Mu.</p>")
    edited = replace(described(page), body=(Paragraph(("They met all of them – on Mu.",)),))
    assert [each.expected for each in proven(page, edited=edited).differences] == ["–"]


@pytest.mark.parametrize("sign", ["—", "|", "-"])
def test_a_sign_between_a_caption_and_its_credit_is_named(sign: str) -> None:
    figure = f'<figure><img src=a.jpg alt="A quay"><figcaption>The talks {sign} © N. Ereus/Tides</figcaption></figure>'
    page = whole_page(f"<html lang=en><body><main><h1 class=title>Talks</h1>{PARAGRAPHS}{figure}</main>")
    receipt = proven(page)
    assert is_complete(receipt)
    assert left_out(receipt)["punctuation between a caption and its credit"] == sign


def test_a_kicker_above_a_title_with_another_kicker_is_not_lost() -> None:
    title = "Ministers hold long talks on Mu"
    lines = f'<h2 class="kicker">Vessels still at sea</h2><h1>"Calm Sea": {title}</h1>'
    page = WHOLE_PAGE.replace("<h1>Talks on Mu</h1>", lines).replace("Talks on Mu | Atlantis", title)
    assert is_complete(proven(whole_page(page), site="none"))


def test_a_short_line_that_the_readout_lost_is_a_difference() -> None:
    page = whole_page(WHOLE_PAGE.replace("</article>", "<p>Mu, 3 April</p></article>"))
    readout = described(page, site="none")
    (lost,) = proven(page, site="none", edited=replace(readout, body=readout.body[:-1])).differences
    assert lost.expected == "Mu, 3 April"
