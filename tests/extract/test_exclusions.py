"""Navigation, form controls, unfilled templates and data of scripts are removed, and their words are noted."""

from __future__ import annotations

import time
from textwrap import dedent

import pytest

from readout_pub import extract
from readout_pub.model import texts
from readout_pub.notes import note
from tests.outline import outline
from tests.pages import body, extracted, saved_page


@pytest.mark.parametrize("tag", ["nav", "dialog", "noscript", "script", "style", "template", "svg", "iframe"])
def test_elements_that_are_not_text_are_removed(tag: str) -> None:
    assert body(f"<p>One.</p><{tag}>Not this.</{tag}><p>Two.</p>") == dedent("""\
        paragraph "One."
        paragraph "Two."
    """)


@pytest.mark.parametrize("tag", ["nav", "dialog", "noscript", "select", "textarea", "video"])
def test_removed_words_are_noted(tag: str) -> None:
    notes = extracted(f"<p>One.</p><{tag}>Not this.</{tag}><p>Two.</p>").notes
    assert note("DROPPED", count=2, rule="dialog:not([open])" if tag == "dialog" else tag) in notes


@pytest.mark.parametrize("site", ["none", None])
@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<svg><text>Fish</text><text>Salt</text><title>Chart</title></svg>", "svg"),
        ("<svg><defs><text id=t>Fish, salt</text></defs><use href='#t'/></svg>", "svg"),
        ("<svg hidden><symbol id=t><text>Fish, salt</text></symbol></svg><svg><use href='#t'/></svg>", "svg"),
        ("<input value='Fish, salt'>", "input"),
        ("<input placeholder='Fish, salt'><input type=checkbox placeholder=none>", "input"),
        ("<textarea>Fish, salt</textarea><textarea placeholder></textarea>", "textarea"),
        ("<textarea placeholder='Fish, salt'></textarea>", "textarea"),
        ("<select><option>Fish<option>Salt</select>", "select"),
        ("<select><optgroup label=Fish><option label=Salt></select>", "select"),
        ("<input type=Submit value='Send salt'><input type=hidden value=a>", "input"),
        ("<style>/* p{} */ i:after,.s:before{content:'Fish' \"salt\\2014\"}</style><b class=s>on</b>", "CSS content"),
        ("<style>.s::marker{content:'Fish, salt'}</style><b class=s>on</b>", "CSS content"),
        ("<style>ul.s{list-style:square 'Fish, salt: '}</style><ul class=s><li>on</ul>", "CSS content"),
        (
            "<style>@counter-style f{symbols:'salt';prefix:'Fish, '}ul{list-style:f}</style><ul><li>on</ul>",
            "CSS content",
        ),
        (
            "<style>@counter-style Fish{symbols:'Fish, salt'}</style><ul style='list-style-type: Fish'><li>on</ul>",
            "CSS content",
        ),
        ("<style>li{list-style-type:'Fish, salt: '}</style><ul><li>on</ul>", "CSS content"),
        ("<style>div{list-style:'Fish, salt: '}</style><div><div><ul><li>on</ul></div></div>", "CSS content"),
        ("<ul style='list-style-type: \"Fish, salt: \"'><li>on</ul>", "CSS content"),
        ("<svg><style>.s::before{content:'Fish, salt'}</style></svg><b class=s>on</b>", "CSS content"),
        ("<svg><style><![CDATA[.s:after{content:'Fish, salt'}]]></style></svg><b class=s>on</b>", "CSS content"),
        ("<style>body{quotes:'Fish: ' ' salt'}</style>They said <q>on</q>.", "CSS content"),
        ("<link rel=stylesheet href='data:text/css,b:after{content:%22Fish, salt%22}'><b>on</b>", "CSS content"),
        ("<style>@import url('data:text/css,b:after{content:\"Fish, salt\"}');</style><b>on</b>", "CSS content"),
        (
            "<style>@media print { div b:after{content:'Fish; {salt'} } p:after{content:'\\f101'}</style><b>on</b>",
            "CSS content",
        ),
        *(
            (f"<style>{sheet}</style><b class=s data-s>on</b>", "CSS content")
            for sheet in (
                "@charset 'utf-8'; @import url(a.css); .s:after{content:'Fish, salt'}",
                ".s:AFTER{CONTENT:'Fish, salt'",
                ".s/* b */:after{content/* b */:'Fish, salt'}",
                ".\\73 :after{c\\00006Fntent:'Fish, salt'}",
                ".s{color:red; &:after{content:'Fish, salt'} b{}}",
                ".s{b{} &::after{color:red; content:'Fish, salt' !important}}",
                "@layer x{@supports (top:0){p{.s:after{content:'Fish, salt'}}}}",
                ":root{--Sign:'Fish, salt'} .s:after{content:var(--Sign)}",
                "p :is(.s,.t):after{content:'Fish, salt'}",
                "[data-s]:after{content:'Fish, salt'}",
            )
        ),
    ],
)
def test_words_shown_only_by_forms_css_or_drawings_are_noted(markup: str, rule: str, site: str | None) -> None:
    page = saved_page(f"<h1>Talks</h1><p>The Ministers met in the harbour and talked of fish. {markup}</p>")
    assert note("DROPPED", count=2, rule=rule) in extract(page, site=site).readout.notes


@pytest.mark.slow
def test_unfinished_strings_of_style_sheets_are_read_in_seconds() -> None:
    sheet = "b:after{content:" + "'\"\\" * 100_000
    started = time.process_time()
    extracted(f"<style>{sheet}</style><p>The <b>Ministers</b> met.</p>")
    assert time.process_time() - started < 10  # a quadratic search takes a minute


def test_only_spaces_separate_the_words_that_a_note_counts() -> None:
    readout = extracted("<p>The Ministers met.</p><input value='Fish &amp; salt at 20:40'>")
    assert note("DROPPED", count=5, rule="input") in readout.notes


def test_an_option_outside_a_select_keeps_the_text_behind_it() -> None:
    page = saved_page(f"<h1>Talks</h1><p>{SENTENCE}</p><option>Fish, salt<p>{SENTENCE.upper()}</p>")
    assert [*texts(extract(page, site="none").readout.body)] == [SENTENCE, "Fish, salt", SENTENCE.upper()]


@pytest.mark.parametrize(
    "markup",
    [
        "<input type=submit value='×'>",
        "<img src=dot.gif width=5 height=5 alt='*'>",
        "<svg><title>Chart</title><defs><text>Fish</text></defs></svg>",
        "<input type=hidden value=fish><input type=checkbox value=fish><input>",
        "<style>h6::before{content:'Fish'} p{content:'Fish'} p::before{content:'\\f101'} p:after{content:' '}</style>",
    ],
)
def test_elements_that_show_no_words_give_no_note(markup: str) -> None:
    assert "DROPPED" not in {each.code for each in extracted(f"<p>One.</p>{markup}<p>Two.</p>").notes}


SENTENCE = "The Ministers met in the harbour of Avalon and talked about fish and salt for an hour."


@pytest.mark.parametrize(
    ("markup", "words", "rule"),
    [
        ("<div><button>Share this</button></div>", 2, "button"),
        ("<p>Fish. <button>Share this</button>.</p>", 2, "button"),
        ("<dialog><p>Accept this</p></dialog>", 2, "dialog"),
        ("<optgroup label='Northern ports'></optgroup>", 2, "optgroup"),
        ("<form><p><select><option>North<option>South</select></p></form>", 2, "select"),
    ],
)
def test_without_a_profile_the_words_of_controls_are_noted(markup: str, words: int, rule: str) -> None:
    page = saved_page(f"<h1>Talks</h1><p>{SENTENCE}</p>{markup}<p>{SENTENCE.upper()}</p>")
    extraction = extract(page, site="none")
    assert note("DROPPED", count=words, rule=rule) in extraction.readout.notes
    assert words == sum(reason.words for reason in extraction.reasons() if reason.rule == rule)


@pytest.mark.parametrize("site", ["none", None])
@pytest.mark.parametrize(
    "markup",
    [
        "<object data=map.swf><p>{}</p></object>",
        "<p>It said: <object data=map.swf>{}</object></p>",
        "<dialog open><p>{}</p></dialog>",
        "<map name=m><p>{}</p></map>",
        "<h2><button>{}</button></h2><p>More of the fish.</p>",
        "<details open><summary><button>{}</button></summary>More of the fish.</details>",
        "<p>It is <button>{}</button> that they spoke about.</p>",
    ],
)
def test_words_that_visitors_read_in_unusual_elements_are_kept(markup: str, site: str | None) -> None:
    words = "Both parties exchange lists of vessels in the spring of the next year"
    page = saved_page(f"<h1>Talks</h1><p>{SENTENCE}</p>{markup.format(words)}<p>{SENTENCE.upper()}</p>")
    assert words in " ".join(texts(extract(page, site=site).readout.body))


@pytest.mark.parametrize("text", ["--page-- of --total--", "{{ count }}", "Photo ${photo.number}", "{{a}} / {{b}}"])
def test_an_unfilled_template_is_removed_and_noted(text: str) -> None:
    readout = extracted(f"<p>One.</p><p><span>{text}</span></p><p>Type <code>{{{{ count }}}}</code>.</p>")
    assert outline(readout.body) == dedent("""\
        paragraph "One."
        paragraph "Type [code: {{ count }}]."
    """)
    assert [note.code for note in readout.notes].count("DROPPED") == 1


def test_each_character_of_a_script_without_spaces_counts_as_a_word() -> None:
    assert note("DROPPED", count=6, rule="nav") in extracted("<p>一つ。</p><nav>目次 一覧 へ 戻</nav>").notes


@pytest.mark.parametrize(
    "data",
    [
        '<p>{"@type": "NewsArticle", "headline": "Harbour open"}</p>',
        '<div style="display: none">{"props":{"pageProps":{"id":4711}}}</div>',
        '<div>[{"id":1,"name":"salt"},{"id":2,"name":"reef"}]</div>',
        '<p>var dataLayer = [{"page":"news"}];</p>',
    ],
)
def test_data_of_scripts_are_not_text(data: str) -> None:
    read = extract(saved_page(f"<h1>Harbour open</h1>{data}<p>The harbour was opened.</p>"))
    assert outline(read.readout.body).count("paragraph") == 1
    assert "data of a script" in {reason.rule for reason in read.reasons()}


def test_data_in_a_code_listing_are_text() -> None:
    page = saved_page('<p>The harbour was opened.</p><pre><code>{"name": "salt"}</code></pre>')
    assert '"salt"' in outline(extract(page).readout.body)


@pytest.mark.parametrize("site", [None, "none"])
def test_names_of_symbols_in_an_icon_font_are_removed_and_noted(site: str | None) -> None:
    markup = saved_page("<h2>The tides <i class='material-icons'>chevron_right</i></h2><p>They rise in the bay.</p>")
    found = extract(markup, site=site)
    assert 'section "The tides"' in outline(found.readout.body)
    assert note("DROPPED", count=1, rule=".material-icons:not(td *, th *)") in found.readout.notes


def test_symbols_of_an_icon_font_in_a_table_are_its_content() -> None:
    symbol = "<span class='material-symbols-outlined'>check</span>"
    assert '"Lamp" | "check"' in body(f"<table><tr><th>Part<th>Lit<tr><td>Lamp<td>{symbol}</table>")
