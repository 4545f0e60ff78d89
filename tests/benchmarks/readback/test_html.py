"""Reading HTML."""

from __future__ import annotations

from benchmarks.readback import read_back


def shown(body: str) -> tuple[str, ...]:
    return read_back("html", f"<!DOCTYPE html><title>Talks</title><style>p{{}}</style><body>{body}</body>".encode())


def test_a_block_is_a_line_and_inline_elements_stay_in_it() -> None:
    page = "<h1>Talks</h1><p>The <b>two</b>\n ministers<sup>1</sup>\nmet.</p><div>In <a href='#x'>Poseidonis</a></div>"
    assert shown(page) == ("Talks", "The two ministers1 met.", "In Poseidonis")


def test_text_beside_blocks_has_its_own_line() -> None:
    assert shown("<blockquote>Before<p>Within</p>After</blockquote>") == ("Before", "Within", "After")


def test_an_ordered_list_shows_its_numbers() -> None:
    page = """<ol start="3" type="a"><li><p>Trade</p><p>More of it</p></li>
              <li value="7">Fish<ol><li>Herring</li></ol></li><li>Kelp</li></ol>"""
    assert shown(page) == ("c. Trade", "More of it", "g. Fish", "1. Herring", "h. Kelp")


def test_a_reversed_list_counts_down() -> None:
    assert shown("<ol reversed><li>Gold</li><li>Silver</li></ol>") == ("2. Gold", "1. Silver")


def test_an_item_of_an_ordered_list_shows_its_typed_number_too() -> None:
    assert shown("<ol><li>(1) Trade</li></ol>") == ("1. (1) Trade",)


def test_a_bullet_is_left_out() -> None:
    assert shown("<ul><li>Trade</li><li>Fish</li></ul>") == ("Trade", "Fish")


def test_a_forced_line_break_does_not_end_a_paragraph() -> None:
    assert shown("<p>1 Coral Street<br/>Poseidonis</p><p>外務<br/>大臣</p>") == (
        "1 Coral Street Poseidonis",
        "外務大臣",
    )


def test_cells_and_captions_are_lines() -> None:
    page = "<table><caption>Signed</caption><tr><th>No.</th><td>1</td></tr></table><figcaption>A dolphin</figcaption>"
    assert shown(page) == ("Signed", "No.", "1", "A dolphin")


def test_a_ruby_reading_is_in_brackets() -> None:
    assert shown("<ruby>黒瀬<rp>（</rp><rt>くろせ</rt><rp>）</rp></ruby>大臣") == ("黒瀬（くろせ）大臣",)


def test_navigation_and_comments_and_images_and_hidden_elements_are_left_out() -> None:
    page = '<nav>Home</nav><!-- draft --><img alt="Two ministers"/><p hidden>Old</p><svg><title>Crest</title></svg>'
    assert shown(page) == ()


def test_skip_links_and_back_links_are_left_out() -> None:
    page = """<a href="#content">Skip to content</a><main>In <a href="#fish">Fish</a></main>
              <ul><li><p>(1) Herring.</p> <a href="#call" role="doc-backlink">↑</a></li></ul>"""
    assert shown(page) == ("In Fish", "(1) Herring.")
