"""The page body has the structure of the model, shows each label exactly once, and is well formed for any input."""

from __future__ import annotations

import datetime as dt
from textwrap import dedent
from xml.parsers import expat

import pytest

from readout_pub.emit.markup import ContentsEntry, TargetOptions, document_title, markup
from readout_pub.model import (
    Attachment,
    Block,
    BulletList,
    Cell,
    Code,
    Decorative,
    Described,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Formula,
    Inline,
    Inlines,
    Item,
    Licence,
    LineBreak,
    Link,
    NoteRef,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Readout,
    Row,
    Ruby,
    Rule,
    Section,
    Span,
    Strong,
    Struck,
    Sub,
    Sup,
    Table,
    Undecided,
)

ORIGIN = Origin("meeting.html", "00" * 32)


def paragraph(*inlines: Inline) -> Paragraph:
    return Paragraph(children=inlines)


def item(text: str, label: str | None = None) -> Item:
    return Item((paragraph(text),), label)


def cell(text: str, **attributes: object) -> Cell:
    return Cell((paragraph(text),) if text else (), **attributes)  # type: ignore[arg-type]  # attributes of a cell by name


def address(photo: Photo) -> str | None:
    """Return the name of a photo, which serves as its URL; None if the bytes of the photo are unknown."""
    return photo.src if photo.sha256 else None


PLAIN = TargetOptions(address)


def photo(src: str, alt: object = None, **attributes: object) -> Photo:
    return Photo(src, sha256="11" * 32, **({"alt": alt} if alt else {}), **attributes)  # type: ignore[arg-type]  # as above


def page(readout: Readout, options: TargetOptions = PLAIN) -> str:
    """Return the markup of a page, after checking that it is well formed."""
    body = markup(readout, options).body
    parser = expat.ParserCreate()
    parser.Parse(f"<body>{body}")
    parser.Parse("</body>")
    return body


def written(*blocks: Block, language: str = "en", options: TargetOptions = PLAIN) -> str:
    """Return the markup of `blocks`, without the rest of the page."""
    body = page(Readout(language=language, title=("Title",), body=blocks, origin=ORIGIN), options)
    return body.split("</header>\n")[1].split("\n</article>")[0]


ROOT = Formula('<math xmlns="http://www.w3.org/1998/Math/MathML"><msqrt><mi>x</mi></msqrt></math>', "√(x)")


def inlined(*inlines: Inline) -> str:
    return written(paragraph(*inlines)).removeprefix("<p>").removesuffix("</p>")


# ── around the body ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_page_is_a_main_with_one_article_and_a_footer() -> None:
    readout = Readout(
        language="en",
        title=("Meeting of the Ministers",),
        series="Atlantis-Lemuria Relations",
        issued=dt.date(2022, 8, 4),
        issued_text="August 4, 2022",
        byline="Press Office",
        body=(paragraph("They met."),),
        attachments=(Attachment("https://atlantis.example/1.pdf", "Joint statement"),),
        back_link=Link("https://atlantis.example/lemuria/", ("Back to Lemuria",)),
        origin=ORIGIN,
    )
    assert page(readout) == dedent("""\
        <main id="content">
        <article aria-labelledby="title">
        <header>
        <p class="series">Atlantis-Lemuria Relations</p>
        <h1 id="title">Meeting of <span class="unbroken">the Ministers</span></h1>
        <p class="date"><time datetime="2022-08-04">August 4, 2022</time></p>
        <p class="byline">Press Office</p>
        </header>
        <p>They met.</p>
        <section class="attachments" aria-labelledby="attachments">
        <h2 id="attachments">Attachments</h2>
        <ul>
        <li><a href="https://atlantis.example/1.pdf">Joint statement</a></li>
        </ul>
        </section>
        <p class="back"><a href="https://atlantis.example/lemuria/">Back to Lemuria</a></p>
        </article>
        </main>
        <footer class="colophon">
        <p>Unknown: publisher, web address, date of retrieval, licence</p>
        <p>Converted by <span class="program">readout-pub</span>; wording unchanged.<br/>\
To verify this file: <span class="program">readout-pub verify</span></p>
        </footer>""")


def test_without_a_headline_the_series_is_the_title_and_appears_once() -> None:
    readout = Readout(language="en", series="Atlantis-Lemuria Relations", body=(), origin=ORIGIN)
    assert '<h1 id="title">Atlantis-Lemuria Relations</h1>' in page(readout)
    assert page(readout).count("Atlantis-Lemuria Relations") == 1


def test_the_document_title_is_headline_and_series() -> None:
    headed = Readout(language="en", title=("A", LineBreak(), "meeting"), series="Relations", body=(), origin=ORIGIN)
    headless = Readout(language="en", series="Relations", body=(), origin=ORIGIN)
    assert document_title(headed) == "A meeting – Relations"
    assert document_title(headless) == "Relations"


def test_a_date_without_printed_text_is_shown_as_iso_date() -> None:
    readout = Readout(language="en", issued=dt.date(2022, 8, 4), body=(), origin=ORIGIN)
    assert '<p class="date"><time datetime="2022-08-04">2022-08-04</time></p>' in page(readout)


def test_a_printed_date_that_names_no_day_has_no_time_element() -> None:
    readout = Readout(language="en", issued_text="Early August", body=(), origin=ORIGIN)
    assert '<p class="date">Early August</p>' in page(readout)


def test_undecided_lines_are_between_header_and_body() -> None:
    lines = (Undecided("The two ministers"), Undecided("The talks"))
    readout = Readout(language="en", body=(paragraph("They met."),), undecided=lines, origin=ORIGIN)
    after_the_header = page(readout).split("</header>\n")[1]
    assert after_the_header.startswith(
        dedent("""\
        <div class="undecided" role="note" aria-label="Lines that may be photo captions or descriptions">
        <p>The two ministers</p>
        <p>The talks</p>
        </div>
        <p>They met.</p>
        """)
    )


def test_the_colophon_has_the_credit_line_with_its_url_as_link() -> None:
    licence = Licence(
        "Open Licence", "https://atlantis.example/licence", "Source: Atlantis[, {url}][ (accessed {date})]"
    )
    origin = Origin("a.html", "00" * 32, url="https://atlantis.example", retrieved=dt.date(2022, 9, 1), licence=licence)
    assert page(Readout(language="en", body=(), origin=origin)).endswith(
        dedent("""\
        <footer class="colophon">
        <p>Source: Atlantis, <a href="https://atlantis.example">https://atlantis.example</a> (accessed 2022-09-01)<br/>\
Licence: <a href="https://atlantis.example/licence">Open Licence</a></p>
        <p>Converted by <span class="program">readout-pub</span>; wording unchanged.<br/>\
To verify this file: <span class="program">readout-pub verify</span></p>
        </footer>""")
    )


def test_messages_without_translation_are_marked_as_english() -> None:
    readout = Readout(language="ps", body=(Figure(photos=(Photo("a.jpg"),)),), origin=ORIGIN)
    assert '<strong lang="en" dir="ltr">Photo not available</strong>' in page(readout)
    name = '<span class="program">readout-pub</span>'
    converted = f'<p dir="ltr"><span lang="en" dir="ltr">Converted by {name}; wording unchanged.</span>'
    assert converted in page(readout)


def test_the_line_of_the_program_has_the_direction_of_its_language() -> None:
    """In Urdu, the line begins with the name of the program in Latin letters. The line must not become left-to-right.

    So its paragraph has no `dir`: the page is right-to-left.
    """
    colophon = page(Readout(language="ur", title=("ماہی گیری",), body=(), origin=ORIGIN)).rpartition("<footer")[2]
    assert '<p><span class="program">readout-pub</span> ' in colophon


def test_the_verify_command_in_the_colophon_is_in_one_element() -> None:
    """WeasyPrint places elements of a right-to-left line one by one: two elements would print "verify readout-pub"."""
    colophon = page(Readout(language="ar", title=("الصيد",), body=(), origin=ORIGIN)).rpartition("<footer")[2]
    assert '<span class="program">readout-pub verify</span>' in colophon


# ── sections and lists ───────────────────────────────────────────────────────────────────────────────────────────────


def test_sections_nest_and_their_depth_decides_their_heading_level() -> None:
    inner = Section(heading=("Situation",), label="(1)", body=(paragraph("It is calm."),))
    outer = Section(heading=("Introduction",), label="1.", body=(inner,))
    assert written(outer) == dedent("""\
        <section id="section-1">
        <h2><span class="label">1.</span> Introduction</h2>
        <section id="section-1-1">
        <h3><span class="label">(1)</span> Situation</h3>
        <p>It is calm.</p>
        </section>
        </section>""")


def test_a_heading_below_level_six_has_aria_level() -> None:
    nested: tuple[Block, ...] = (paragraph("Deep."),)
    for depth in range(6, 0, -1):
        nested = (Section(heading=(f"Depth {depth}",), body=nested),)
    assert "<h6>Depth 5</h6>" in written(*nested)
    assert '<h6 aria-level="7">Depth 6</h6>' in written(*nested)


def test_a_section_without_heading_becomes_a_div() -> None:
    assert written(Section(heading=(), body=(paragraph("They met."),))) == "<div>\n<p>They met.</p>\n</div>"


def test_the_table_of_contents_has_the_ids_of_the_sections() -> None:
    inner = Section(heading=("Calm ", Emphasis(("and",)), " quiet"), id="calm")
    readout = Readout(
        language="en", body=(Section(heading=("Introduction",), label="1.", body=(inner,)),), origin=ORIGIN
    )
    assert markup(readout, TargetOptions(address)).contents == (
        ContentsEntry("section-1", "1. Introduction", "", (ContentsEntry("calm", "Calm and quiet", ""),)),
    )


def test_the_table_of_contents_keeps_the_direction_of_sections() -> None:
    inner = Section(heading=("FEMA נמל",))
    talks = Section(heading=("Talks",), body=(Section(heading=("שיחות",), body=(inner,), lang="he", dir="rtl"), inner))
    (entry,) = markup(Readout(language="en", body=(talks,), origin=ORIGIN), TargetOptions(address)).contents
    hebrew, english = entry.inner
    assert hebrew.text == '<span dir="rtl">שיחות</span>'
    assert [each.text for each in hebrew.inner] == ['<span dir="rtl">FEMA נמל</span>']
    assert english.text == "FEMA נמל"


def test_struck_words_of_a_heading_are_struck_in_the_table_of_contents() -> None:
    section = Section(heading=("Talks on ", Struck((Strong(("Monday",)),)), " Tuesday"), id="talks", body=())
    readout = Readout(language="en", body=(section,), origin=ORIGIN)
    assert markup(readout, TargetOptions(address)).contents == (
        ContentsEntry("talks", "Talks on <s>Monday</s> Tuesday", ""),
    )


def test_an_item_label_is_text_in_its_first_paragraph() -> None:
    listed = OrderedList(items=(Item((paragraph("Myanmar"), paragraph("It is calm.")), "(1)"), item("ASEAN", "(2)")))
    assert written(listed) == dedent("""\
        <ul class="labelled">
        <li><p><span class="label">(1)</span> Myanmar</p>
        <p>It is calm.</p></li>
        <li><p><span class="label">(2)</span> ASEAN</p></li>
        </ul>""")


def test_a_label_before_another_block_gets_its_own_paragraph() -> None:
    inner = BulletList(items=(item("Fisheries"),))
    assert written(BulletList(items=(Item((inner,), "(1)"),))) == dedent("""\
        <ul class="labelled">
        <li><p><span class="label">(1)</span></p>
        <ul>
        <li><p>Fisheries</p></li>
        </ul></li>
        </ul>""")


def test_an_ordered_list_without_labels_becomes_ol() -> None:
    assert written(OrderedList(items=(item("First"),))) == "<ol>\n<li><p>First</p></li>\n</ol>"


def test_descriptions_and_quotes_and_preformatted_text_and_rules_keep_their_kind() -> None:
    people = Description((("Atlantis",), ("Lemuria",)), (paragraph("The ministers"),))
    assert written(
        DescriptionList(entries=(people,)),
        Quote(body=(paragraph("We agree."),)),
        Preformatted(text="1 Harbour Road\n  Atlantis"),
        Rule(),
    ) == dedent("""\
        <dl>
        <dt>Atlantis</dt><dt>Lemuria</dt><dd>The ministers</dd>
        </dl>
        <blockquote>
        <p>We agree.</p>
        </blockquote>
        <pre>1 Harbour Road
          Atlantis</pre>
        <hr/>""")


# ── inlines ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_inlines_keep_their_kind() -> None:
    assert inlined(Emphasis(("stressed",)), Strong(("weighty",)), Code("a<b")) == (
        "<em>stressed</em><strong>weighty</strong><code>a&lt;b</code>"
    )
    assert inlined("H", Sub(("2",)), "O, 1", Sup(("st",)), LineBreak(), "line") == (
        "H<sub>2</sub>O, 1<sup>st</sup><br/>line"
    )
    assert inlined(Span(("bonjour",), lang="fr"), Span(("سلام",), dir="rtl")) == (
        '<span lang="fr">bonjour</span><span dir="rtl">سلام</span>'
    )


def test_ruby_has_brackets_for_browsers_without_ruby() -> None:
    assert inlined(Ruby(("黒瀬",), "くろせ")) == "<ruby>黒瀬<rp>（</rp><rt>くろせ</rt><rp>）</rp></ruby>"


def test_valid_mathml_stays_and_any_other_formula_becomes_text() -> None:
    assert inlined(ROOT) == ROOT.mathml
    assert inlined(Formula("<math><script>alert(1)</script></math>", "a<b")) == '<span class="formula">a&lt;b</span>'
    assert inlined(Formula("", "x", display=True)) == '<span class="formula">x</span>'


def test_a_ruby_too_long_for_a_narrow_screen_is_marked() -> None:
    reading = "<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>"
    for base, above, kind in (
        ("日本国外務大臣室", "にほんこくがいむだいじんし", ""),
        ("日本国外務大臣室長", "しつちょう", ' class="long"'),
        ("大臣", "だいじんかんぼうそうむかちょうほさ", ' class="long"'),
    ):
        assert inlined(Ruby((base,), above)) == f"<ruby{kind}>{base}{reading.format(above)}"


def test_forbidden_characters_are_removed_and_separators_become_spaces() -> None:
    assert inlined("a\x00b\ufffe\U0001ffff\ud800 one\x0ctwo & <three>") == "ab one two &amp; &lt;three&gt;"


def test_unsafe_and_dead_links_become_plain_text() -> None:
    assert inlined(
        Link("javascript:alert(1)", ("one",)), Link("file:///etc/hosts", ("two",)), Link("#none", ("three",))
    ) == ("onetwothree")
    assert (
        inlined(Link("http://[", ("one",)), Link("https:///path", ("two",)), Link("mailto:", ("three",)))
        == "onetwothree"
    )
    assert (
        inlined(Link("http://atlantis.example:99999/", ("one",)), Link("http://at lantis.example", ("two",)))
        == "onetwo"
    )


def test_invalid_characters_in_urls_are_percent_encoded() -> None:
    assert inlined(Link("https://atlantis.example/a b|c?x=%zz", ("one",))) == (
        '<a href="https://atlantis.example/a%20b%7Cc?x=%25zz">one</a>'
    )
    assert (
        inlined(Link("https://atlantis.example/#a#b", ("one",))) == '<a href="https://atlantis.example/#a%23b">one</a>'
    )
    assert inlined(Link("mailto:press@atlantis.example", ("two",))) == '<a href="mailto:press@atlantis.example">two</a>'


def test_a_link_around_white_space_becomes_plain_text() -> None:
    assert inlined("one", Link("https://atlantis.example", (" ",)), "two") == "one two"


def test_a_link_on_only_punctuation_or_a_formula_gets_a_label() -> None:
    assert inlined(Link("https://atlantis.example/a", ("» …",))) == (
        '<a href="https://atlantis.example/a" aria-label="https://atlantis.example/a">» …</a>'
    )
    named, plain = (
        '<a href="https://atlantis.example/a" aria-label="√(x)"><math',
        '<a href="https://atlantis.example/a"><math',
    )
    assert inlined(Link("https://atlantis.example/a", (ROOT,))).startswith(named)
    assert inlined(Link("https://atlantis.example/a", (ROOT, " is fish"))).startswith(plain)


def test_a_link_inside_a_link_becomes_plain_text() -> None:
    inner = Link("https://lemuria.example", ("inner",))
    assert (
        inlined(Link("https://atlantis.example", ("outer ", inner)))
        == '<a href="https://atlantis.example">outer inner</a>'
    )


# ── ids and notes ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ids_of_the_source_are_made_valid_in_links_too() -> None:
    target = Paragraph(children=("Here.",), id="注 1")
    assert written(paragraph(Link("#注 1", ("plain",)), Link("#%E6%B3%A8%201", ("encoded",))), target) == dedent("""\
        <p><a href="#id-1">plain</a><a href="#id-1">encoded</a></p>
        <p id="id-1">Here.</p>""")


def test_duplicate_ids_are_removed_and_reserved_ones_get_a_number() -> None:
    twice = (Paragraph(children=("One.",), id="a"), Paragraph(children=("Two.",), id="a"))
    assert written(*twice) == '<p id="a">One.</p>\n<p>Two.</p>'
    assert written(Paragraph(children=("Ours.",), id="content")) == '<p id="content-2">Ours.</p>'


def test_footnotes_and_their_calls_link_to_each_other() -> None:
    notes = Footnotes(notes=(Footnote("n1", (paragraph("As of March."),), "(Note 1)"),))
    call = NoteRef("n1", ("(Note 1)",))
    assert written(paragraph("Two", call, " and three", call), notes) == dedent("""\
        <p>Two<a href="#n1" id="call-n1" class="call" role="doc-noteref">(Note 1)</a> and three\
        <a href="#n1" id="call-n1-2" class="call" role="doc-noteref">(Note 1)</a></p>
        <section class="footnotes" role="doc-endnotes" aria-label="Notes">
        <ul class="labelled">
        <li id="n1"><p><span class="label">(Note 1)</span> As of March. \
        <a href="#call-n1" role="doc-backlink" aria-label="Back to text 1">↑</a> \
        <a href="#call-n1-2" role="doc-backlink" aria-label="Back to text 2">↑</a></p></li>
        </ul>
        </section>""").replace("        <a", "<a")


def test_a_note_has_no_link_back_if_the_option_is_off() -> None:
    notes = Footnotes(notes=(Footnote("n1", (paragraph("As of March."),), "*"),))
    paper = written(paragraph(NoteRef("n1", ("*",))), notes, options=TargetOptions(address, note_backlinks=False))
    assert "doc-backlink" not in paper


def test_a_call_of_a_missing_note_becomes_plain_text() -> None:
    assert inlined("Two", NoteRef("none", ("(Note 1)",))) == 'Two<span class="call">(Note 1)</span>'


# ── figures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_alternative_text_the_caption_and_the_credit_are_separate() -> None:
    figure = Figure(
        photos=(photo("a.jpg", Described("Two ministers shake hands"), width=1440, height=960),),
        caption=("The ministers",),
        credit=("Press Office",),
    )
    assert written(figure) == dedent("""\
        <figure>
        <img src="a.jpg" alt="Two ministers shake hands" width="720" height="480"/>
        <figcaption><span class="caption">The ministers</span> <span class="credit">Press Office</span></figcaption>
        </figure>""")


def test_a_caption_equal_to_the_alt_is_hidden_from_screen_readers() -> None:
    described = photo("talks.jpg", Described("The talks in Fujisan"))
    hidden = '<span class="caption" aria-hidden="true">The talks in <em>Fujisan</em></span>'
    assert hidden in written(Figure(photos=(described,), caption=("The talks in ", Emphasis(("Fujisan",)))))
    for other in ("The talks", "The talks in Fujisan."):
        assert "aria-hidden" not in written(Figure(photos=(described,), caption=(other,)))


def test_spaces_do_not_distinguish_a_caption_from_the_alt() -> None:
    caption = ("The talks in\u00a0Fujisan",)
    described = photo("talks.jpg", Described("The talks in Fujisan"))
    assert 'class="caption" aria-hidden="true"' in written(Figure(photos=(described,), caption=caption))
    lost = Photo("lost.jpg", Described("The talks in Fujisan"))
    assert '<p class="no-photo"><strong>Photo not available</strong></p>' in written(
        Figure(photos=(lost,), caption=caption)
    )


def test_a_caption_with_link_language_or_ruby_or_without_photo_is_not_hidden() -> None:
    described = photo("talks.jpg", Described("The talks"))
    for caption in (
        Link("https://a.example/", ("The talks",)),
        Span(("The talks",), lang="en"),
        Ruby(("The talks",), "x"),
    ):
        assert "aria-hidden" not in written(Figure(photos=(described,), caption=(caption,)))
    lost = Photo("lost.jpg", Described("The talks"))
    assert "aria-hidden" not in written(Figure(photos=(lost,), caption=("The talks",)))


def test_the_alt_from_a_caption_with_a_link_starts_with_photo() -> None:
    linked = (Link("https://a.example/", ("The talks",)),)
    from_caption = Described("The talks", by="caption")
    assert 'alt="Photo: The talks"' in written(Figure(photos=(photo("a.jpg", from_caption),), caption=linked))
    assert 'alt="The talks"' in written(Figure(photos=(photo("a.jpg", from_caption),), caption=("The talks",)))
    assert 'alt="The talks"' in written(Figure(photos=(photo("a.jpg", Described("The talks")),), caption=linked))


def test_short_links_side_by_side_get_the_class_targets() -> None:
    short, long = (Link("https://a.example/", (words,)) for words in ("EN", "English"))
    call = NoteRef("note-1", ("1",))
    notes = Footnotes((Footnote("note-1", (Paragraph(("Of the sea",)),)),))
    for crowd in ((short, " ", long), (Sup((call, call)),), (Strong((short,)), LineBreak(), call)):
        assert written(Paragraph(crowd), notes).startswith('<p><span class="targets">')
    for line in ((short,), (long, long), ("In ", short, long), (short, ", ", long), (call,)):
        assert "targets" not in written(Paragraph(line), notes)


def test_a_repeated_term_starts_a_new_dl() -> None:
    salt, kelp = (Description(((term,),), (Paragraph((f"Of {term}",)),)) for term in ("salt", "kelp"))
    assert written(DescriptionList((salt, kelp, salt), id="goods")) == dedent("""\
        <dl id="goods">
        <dt>salt</dt><dd>Of salt</dd>
        <dt>kelp</dt><dd>Of kelp</dd>
        </dl>
        <dl>
        <dt>salt</dt><dd>Of salt</dd>
        </dl>""")


def test_a_term_repeated_in_one_entry_is_one_dt() -> None:
    entry = Description((("salt",), ("kelp",), ("salt",)), (Paragraph(("Of the sea",)),))
    assert written(DescriptionList((entry,))) == dedent("""\
        <dl>
        <dt>salt<br/>kelp<br/>salt</dt><dd>Of the sea</dd>
        </dl>""")


def test_photos_of_a_figure_share_a_row_and_height() -> None:
    wide = photo("wide.jpg", Described("Talks"), width=600, height=400)
    tall = photo("tall.jpg", Described("Minister"), width=300, height=400)
    assert written(Figure(photos=(wide, tall), caption=("The talks",))) == dedent("""\
        <figure>
        <div class="photos">
        <img src="wide.jpg" alt="Talks" width="600" height="400" style="width:65.3%;height:auto"/>
        <img src="tall.jpg" alt="Minister" width="300" height="400" style="width:32.6%;height:auto"/>
        </div>
        <figcaption><span class="caption">The talks</span></figcaption>
        </figure>""")


def test_a_fourth_photo_starts_a_new_row() -> None:
    four = tuple(photo(f"{n}.jpg") for n in range(4))
    assert written(Figure(photos=four)).count('<div class="photos">') == 2


def test_a_missing_alt_says_that_there_is_no_description() -> None:
    captioned = written(Figure(photos=(photo("a.jpg"),), caption=("The ", Strong(("talks",)))))
    assert 'alt="Photo, no description available"' in captioned
    assert 'alt="Photo, no description available"' in written(Figure(photos=(photo("a.jpg"),)))
    assert 'alt="写真（説明なし）"' in written(Figure(photos=(photo("a.jpg"),)), language="ja")


def test_a_decorative_photo_has_an_empty_alt() -> None:
    assert '<img src="a.jpg" alt=""/>' in written(Figure(photos=(photo("a.jpg", Decorative()),)))


def test_a_missing_photo_is_replaced_by_a_message_and_its_texts() -> None:
    missing = Photo("a.jpg", Described("Two ministers shake hands"))
    assert written(Figure(photos=(missing,), caption=("Before the meeting",))) == dedent("""\
        <figure>
        <p class="no-photo"><strong>Photo not available</strong> <span>Two ministers shake hands</span></p>
        <figcaption><span class="caption">Before the meeting</span></figcaption>
        </figure>""")


@pytest.mark.parametrize("caption", ["Two ministers", "Two ministers – photo: Avalon News", "Two ministers\nin Avalon"])
def test_a_missing_photo_does_not_repeat_the_start_of_its_caption(caption: str) -> None:
    missing = Photo("a.jpg", Described("Two ministers"))
    lines = caption.split("\n")
    inlines: Inlines = (lines[0], *(part for line in lines[1:] for part in (LineBreak(), line)))
    assert written(Figure(photos=(missing,), caption=inlines)).count("Two ministers") == 1


def test_only_whole_words_of_a_caption_count_as_a_repeated_alt() -> None:
    missing = Photo("a.jpg", Described("Two minister"))
    assert "<span>Two minister</span>" in written(Figure(photos=(missing,), caption=("Two ministers",)))


def test_a_missing_photo_does_not_repeat_its_caption() -> None:
    missing = Photo("a.jpg", Described("Before the meeting", by="caption"))
    assert written(Figure(photos=(missing,), caption=("Before the meeting",))).count("Before the meeting") == 1


# ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_table_has_a_caption_a_head_and_scopes() -> None:
    table = Table(
        caption=("Loans",),
        head=(Row((cell("Year", header=True), cell("Amount", header=True, scope="col"))),),
        body=(Row((cell("2022", header=True, scope="row"), cell("100"))),),
    )
    assert written(table) == dedent("""\
        <table>
        <caption>Loans</caption>
        <thead>
        <tr><th scope="col">Year</th><th class="number" scope="col">Amount</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row">2022</th><td class="number">100</td></tr>
        </tbody>
        </table>""")


def test_with_spanning_headers_each_cell_lists_its_headers() -> None:
    table = Table(
        head=(
            Row((cell(""), cell("Loans", header=True, colspan=2))),
            Row((cell(""), cell("Pledged", header=True), cell("Paid", header=True))),
        ),
        body=(Row((cell("2022", header=True, scope="row"), cell("100"), cell("80"))),),
    )
    assert written(table) == dedent("""\
        <table>
        <thead>
        <tr><td></td><th id="table-1-1-2" scope="col" colspan="2">Loans</th></tr>
        <tr><td></td><th class="number" id="table-1-2-2" scope="col" headers="table-1-1-2">Pledged</th>\
        <th class="number" id="table-1-2-3" scope="col" headers="table-1-1-2">Paid</th></tr>
        </thead>
        <tbody>
        <tr><th id="table-1-3-1" scope="row">2022</th>\
        <td class="number" headers="table-1-1-2 table-1-2-2 table-1-3-1">100</td>\
        <td class="number" headers="table-1-1-2 table-1-2-3 table-1-3-1">80</td></tr>
        </tbody>
        </table>""").replace("        <t", "<t")


def test_empty_header_cells_and_those_with_headings_become_td() -> None:
    section = Section(heading=("Introduction",))
    table = Table(body=(Row((Cell((), header=True), Cell((section,), header=True))),))
    assert "<th" not in written(table)


def test_tables_with_equal_captions_get_different_region_names() -> None:
    table = Table(body=(Row((cell("Mr. Carp"),)),), caption=("Loans",))
    scrolled = written(table, table, options=TargetOptions(address, scrollable_tables=True))
    assert 'role="region" aria-label="Loans" ' in scrolled
    assert 'role="region" aria-label="Loans 2" ' in scrolled


def test_a_header_cell_without_text_becomes_td() -> None:
    line = Cell((Rule(),), header=True)
    assert "<th " not in written(Table(head=(Row((line, line)),), body=(Row((cell("1"), cell("2"))),)))


def test_scrollable_tables_are_named_regions_with_keyboard_focus() -> None:
    table = Table(body=(Row((cell("100"),)),))
    captioned = Table(caption=("Loans",), body=table.body)
    scrolled = written(captioned, table, options=TargetOptions(address, scrollable_tables=True))
    assert '<div class="scroll" role="region" aria-label="Loans" tabindex="0">\n<table>' in scrolled
    assert '<div class="scroll" role="region" aria-label="Table 2" tabindex="0">\n<table>' in scrolled


# ── languages ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_block_has_its_direction_and_its_language_if_that_is_valid() -> None:
    assert written(Paragraph(children=("سلام",), lang="ar", dir="rtl")) == '<p lang="ar" dir="rtl">سلام</p>'
    assert written(Quote(body=(), lang="no language")) == "<blockquote>\n\n</blockquote>"
