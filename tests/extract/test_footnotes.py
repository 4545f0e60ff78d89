"""Footnotes are taken out of the text and connected to their calls, which are links or typed numbers."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.pages import body, on_both_paths


def test_a_note_is_connected_to_its_call_and_has_its_label_once() -> None:
    assert body("""
        <p>The sea route <sup><a href="#n1" id="r1">(Note 1)</a></sup> is open.</p>
        <div><p id="n1">(Note 1) Along the <em>coast</em>.</p></div>
    """) == dedent("""\
        paragraph "The sea route [sup: [note note-1: (Note 1)]] is open."
        footnotes
          note-1 "(Note 1)" paragraph "Along the [emphasis: coast]."
    """)


def test_adjacent_notes_are_one_block() -> None:
    assert body("""
        <p>Routes <a href="#a">[1]</a> and ports <a href="#b">[2]</a>.</p>
        <p id="a">[1] Along the coast.</p><p id="b">[2] Both of them.</p>
    """) == dedent("""\
        paragraph "Routes [note note-1: [1]] and ports [note note-2: [2]]."
        footnotes
          note-1 "[1]" paragraph "Along the coast."
          note-2 "[2]" paragraph "Both of them."
    """)


def test_notes_that_are_list_items_lose_their_list_and_their_back_links() -> None:
    assert body("""
        <p>Routes<sup><a href="#fn1" id="ref1">1</a></sup> and ports<sup><a href="#fn2" id="ref2">2</a></sup>.</p>
        <ol><li id="fn1">Along the coast. <a href="#ref1">↩</a></li>
        <li id="fn2"><p>Both. <a href="#ref2">↑</a></p></li></ol>
    """) == dedent("""\
        paragraph "Routes[sup: [note note-1: 1]] and ports[sup: [note note-2: 2]]."
        footnotes
          note-1 "1" paragraph "Along the coast."
          note-2 "2" paragraph "Both."
    """)


def test_a_label_that_links_back_to_its_call_is_not_repeated() -> None:
    assert body("""
        <p>The route<a href="#n1" name="r1">(1)</a> is open.</p>
        <p><a name="n1" href="#r1">(1)</a> Along the coast.</p>
    """) == dedent("""\
        paragraph "The route[note note-1: (1)] is open."
        footnotes
          note-1 "(1)" paragraph "Along the coast."
    """)


def test_further_paragraphs_of_a_note_belong_to_it() -> None:
    assert body("""
        <p>The route<a href="#n1">1</a> is open.<a href="#n2">2</a></p>
        <p><a name="n1"></a>1. Along the coast.</p>
        <p>The coast has forty lamps.</p>
        <p><a name="n2"></a>2. From May on.</p>
    """) == dedent("""\
        paragraph "The route[note note-1: 1] is open.[note note-2: 2]"
        footnotes
          note-1 "1." paragraph "Along the coast."
            paragraph "The coast has forty lamps."
          note-2 "2." paragraph "From May on."
    """)


@pytest.mark.parametrize("between", ["<p>The lamps</p>", "<p>All lamps<a href='#n2'>2</a> burn.</p>"])
def test_text_between_two_notes_stays_text(between: str) -> None:
    call = "" if "#n2" in between else '<a href="#n2">2</a>'
    outline = body(f"""
        <p>The route<a href="#n1">1</a> is open.{call}</p>
        <p><a name="n1"></a>1. Along the coast.</p>
        {between}
        <p><a name="n2"></a>2. From May on.</p>
    """)
    assert outline.count("footnotes") == 2
    assert '\nparagraph "' in outline.split("footnotes")[1]


def test_a_number_with_a_decimal_point_is_no_typed_label() -> None:
    assert body("""
        <p>The route<sup>1</sup> is open.</p>
        <p>1.2 % of all ships are late.</p>
    """) == dedent("""\
        paragraph "The route[sup: 1] is open."
        paragraph "1.2 % of all ships are late."
    """)


def test_the_full_stop_after_a_typed_label_belongs_to_the_label() -> None:
    assert body("""
        <p>The route<a href="#n1">1</a> is open.</p>
        <p><a name="n1"></a>1. Along the coast.</p>
    """) == dedent("""\
        paragraph "The route[note note-1: 1] is open."
        footnotes
          note-1 "1." paragraph "Along the coast."
    """)


@pytest.mark.parametrize("line", ["<b>Footnotes</b><br>", "<strong>Notes</strong><br />", "Anmerkungen<br>"])
def test_a_line_above_the_first_note_is_not_in_it(line: str) -> None:
    outline = body(f"""
        <p>The route<a href="#n1">1</a> is open.<a href="#n2">2</a></p>
        <p>{line}<a name="n1">1.&nbsp;</a> Along the coast.</p><p><a name="n2">2.&nbsp;</a> From May on.</p>
    """)
    assert 'note-1 "1." paragraph "Along the coast."' in outline
    assert 'note-2 "2." paragraph "From May on."' in outline


@pytest.mark.parametrize("word", ["Notes", "Footnotes"])
def test_a_link_to_all_notes_is_no_call(word: str) -> None:
    outline = body(f'<p>The route is open. <a href="#n">{word}</a></p><div id="n"><p>Along the coast.</p></div>')
    assert "footnotes" not in outline


def test_two_calls_may_share_a_note() -> None:
    assert body("""
        <p>The route <a href="#n1">*</a> and the port <a href="#n1">*</a>.</p><p id="n1">* Both in Atlantis.</p>
    """) == dedent("""\
        paragraph "The route [note note-1: *] and the port [note note-1: *]."
        footnotes
          note-1 "*" paragraph "Both in Atlantis."
    """)


@pytest.mark.parametrize("label", ["（注１）", "注1", "※１", "[a]", "iv", "†", "Note 2", "12"])
def test_links_with_usual_labels_of_notes_are_calls(label: str) -> None:
    assert body(f'<p>Route<a href="#n">{label}</a></p><p id="n">{label} Along the coast.</p>') == dedent(f"""\
        paragraph "Route[note note-1: {label}]"
        footnotes
          note-1 "{label}" paragraph "Along the coast."
    """)


def test_a_link_to_a_heading_is_not_a_call() -> None:
    assert body('<p><a href="#c">1</a> Trade</p><h2 id="c">1 Trade</h2><p>One.</p>') == dedent("""\
        paragraph "[link #place-1: 1] Trade"
        section id=place-1 "1 Trade"
          paragraph "One."
    """)


def test_a_link_backwards_is_not_a_call() -> None:
    assert body('<p id="top">Lead.</p><p>More <a href="#top">1</a></p>') == dedent("""\
        paragraph id=place-1 "Lead."
        paragraph "More [link #place-1: 1]"
    """)


def test_a_call_without_a_note_becomes_text() -> None:
    assert body('<p>The route <a href="#gone">(1)</a> is open.</p>') == 'paragraph "The route (1) is open."\n'


def test_notes_with_text_between_them_are_separate_blocks() -> None:
    assert body("""
        <p>One <a href="#a">1</a></p><p id="a">1 First note.</p>
        <p>Two <a href="#b">2</a></p><p id="b">2 Second note.</p>
    """) == dedent("""\
        paragraph "One [note note-1: 1]"
        footnotes
          note-1 "1" paragraph "First note."
        paragraph "Two [note note-2: 2]"
        footnotes
          note-2 "2" paragraph "Second note."
    """)


@pytest.mark.parametrize(
    ("label", "words"),
    [("1", "1992 Convention of the Sea."), ("a", "also see the chart."), ("1", "1st of May."), ("1", "1.5 tonnes.")],
)
def test_a_word_that_only_begins_like_the_label_stays_whole(label: str, words: str) -> None:
    assert body(f'<p>Route<a href="#n">{label}</a></p><p id="n">{words}</p>') == dedent(f"""\
        paragraph "Route[note note-1: {label}]"
        footnotes
          note-1 "{label}" paragraph "{words}"
    """)


def test_in_a_numbered_list_a_bare_number_belongs_to_the_text() -> None:
    assert body('<p>Talks<a href="#n">2</a></p><ol start=2><li id="n">2 ministers.</li></ol>') == dedent("""\
        paragraph "Talks[note note-1: 2]"
        footnotes
          note-1 "2" paragraph "2 ministers."
    """)


def test_japanese_text_may_follow_a_label_without_a_space() -> None:
    assert body('<p>航路<a href="#n">注1</a></p><p id="n">注1沿岸の航路。</p>') == dedent("""\
        paragraph "航路[note note-1: 注1]"
        footnotes
          note-1 "注1" paragraph "沿岸の航路。"
    """)


def test_a_typed_number_in_an_unnumbered_list_is_the_label() -> None:
    notes = '<ol style="list-style: none"><li id="n">2 Both of them.</li></ol>'
    assert body(f'<p>Talks<a href="#n">2</a></p>{notes}') == dedent("""\
        paragraph "Talks[note note-1: 2]"
        footnotes
          note-1 "2" paragraph "Both of them."
    """)


def test_a_call_in_a_caption_is_connected_to_its_note() -> None:
    assert body("""
        <figure><img src="a.jpg" alt="Two men"><figcaption>The route <a href="#n1">[1]</a></figcaption></figure>
        <p>They met.</p><p id="n1">[1] Along the coast.</p>
    """) == dedent("""\
        figure
          photo a.jpg, alt "Two men"
          caption "The route [note note-1: [1]]"
        paragraph "They met."
        footnotes
          note-1 "[1]" paragraph "Along the coast."
    """)


def test_a_note_inside_a_caption_comes_after_the_figure() -> None:
    assert body("""
        <p>They met <a href="#n1">[1]</a>.</p>
        <figure><img src="a.jpg" alt="Two men"><figcaption>The route <p id="n1">[1] At sea.</p></figcaption></figure>
    """) == dedent("""\
        paragraph "They met [note note-1: [1]]."
        figure
          photo a.jpg, alt "Two men"
          caption "The route"
        footnotes
          note-1 "[1]" paragraph "At sea."
    """)


def test_if_targets_of_calls_are_nested_only_the_innermost_is_a_note() -> None:
    assert body("""
        <p>Routes <a href="#all">*</a> and ports <a href="#b">[2]</a>.</p>
        <div id="all">Notes <p id="b">[2] Both of them.</p></div>
    """) == dedent("""\
        paragraph "Routes [link #place-1: *] and ports [note note-1: [2]]."
        paragraph id=place-1 "Notes"
        footnotes
          note-1 "[2]" paragraph "Both of them."
    """)


def test_photos_stay_when_the_notes_of_their_list_are_taken_out() -> None:
    outlined = body("""
        <p>Routes <a href="#n1">[1]</a>.</p>
        <ol><li id="n1">Along the coast.</li><li><img src="a.jpg" alt="Two men"></li></ol>
    """)
    assert "photo a.jpg" in outlined
    assert 'note-1 "[1]" paragraph "Along the coast."' in outlined


def test_links_back_below_the_first_paragraph_of_a_note_are_removed_too() -> None:
    calls = "".join(f'<a href="#fn{n}"><sup>{n}</sup></a><a name="f{n}"></a>' for n in (1, 2))
    notes = """<p><a name="fn1">1.</a> The tide of May. <a href="#f1">Return to the text</a></p>
        <p><a name="fn2">2.</a> The moon pulls.</p><p>The sun pulls too. <a href="#f2">Return to the text</a></p>"""
    for outlined in on_both_paths(f"<p>The sea rose.{calls}</p>{notes}").values():
        assert "The sun pulls too." in outlined
        assert "Return to the text" not in outlined


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ('See <a href="#lights">the lights</a> and the log.', "See [link #place-1: the lights] and the log."),
        ('See <a href="#lights">the lights</a>', "See [link #place-1: the lights]"),
        ('In <a href="#annex">the annex</a>. <a href="#r2">↩</a>', "In [link #place-2: the annex]."),
        ('As in note <a href="#fn1">1</a>, on Monday.', "As in note [note note-1: 1], on Monday."),
        ('As in section <a href="#lights">4</a>, on Monday.', "As in section [link #place-1: 4], on Monday."),
        ('See <a href="#lost">the tables</a> and the log.', "See the tables and the log."),
        ('Along the coast. <a href="#lights">Return to text</a>', "Along the coast."),
        ('Along the coast <a href="#r2">Return to text</a>', "Along the coast"),
        ('<a href="#lost">[2]</a> Along the coast.', "Along the coast."),
        ('Compare <a href="#r2">the port</a> again.', "Compare [link #place-2: the port] again."),
        ('<a href="#r2">Text</a> Along the coast.', "Along the coast."),
    ],
)
def test_only_links_outside_the_sentences_of_a_note_are_removed(note: str, words: str) -> None:
    outlined = body(f"""
        <h2 id="lights">Lights</h2><p>The route<sup><a href="#fn1" id="r1">1</a></sup> is open.</p>
        <p>The port<sup><a href="#fn2" id="r2">2</a></sup> is open.</p><p>See <a href="#lights">above</a> and
        <a href="#annex">below</a>.</p>
        <ol><li id="fn1">For all. <a href="#r1">↩</a></li><li id="fn2">{note}</li></ol><h2 id="annex">Annex</h2>
        <p>The tables of the tides.</p>
    """)
    assert f'note-2 "2" paragraph "{words}"\n' in outlined


def test_calls_with_full_urls_are_connected_on_a_page_without_url() -> None:
    call = '<a href="https://tides.example/p/9#n1"><sup>1</sup></a>'
    outline = body(f'<p>The tide rises.{call}</p><ol><li id="n1">By night.</li></ol>')
    assert "rises.[note note-1: [sup: 1]]" in outline
    assert "footnotes" in outline


def test_a_call_that_leads_to_another_page_is_a_link() -> None:
    call = '<a href="https://tides.example/p/8#n7"><sup>7</sup></a>'
    assert "link https://tides.example/p/8#n7" in body(f"<p>The tide rises.{call}</p>")


@pytest.mark.parametrize(
    "sentence",
    [
        'The sea route along <a href="https://atlantis.example/">the coast</a> [1] is open.',
        "The sea route along <code>coast[0]</code> [1] is open.",
        'The sea route along the <a name="coast">coast [1]</a> is open.',
    ],
)
def test_a_typed_call_beside_links_or_code_or_in_anchors_is_connected(sentence: str) -> None:
    for outlined in on_both_paths(f"<p>{sentence}</p><p>[1] As far as the bay.</p>").values():
        assert "[note note-1: [1]]" in outlined
        assert 'note-1 "[1]" paragraph "As far as the bay."' in outlined


@pytest.mark.parametrize("start", ['<a href="https://atlantis.example/">', "<pre>", "<code>"])
def test_a_number_in_brackets_within_a_link_or_code_is_not_a_call(start: str) -> None:
    end = start.partition(" ")[0].replace("<", "</").rstrip(">") + ">"
    markup = f"<div>The route {start}<b>ships [1]</b>{end} is open.</div><p>[1] As far as the bay.</p>"
    assert {"note-1" in outlined for outlined in on_both_paths(markup).values()} == {False}
