"""Inline content: white space, emphasis, links, ruby, languages."""

from __future__ import annotations

import pytest

from readout_pub.model import Paragraph
from tests.outline import quoted
from tests.pages import body, extracted

HOME = "https://atlantis.example/talks/page.html"


def line(markup: str, url: str | None = None) -> str:
    """Return the outline of the one paragraph in `markup`."""
    (paragraph,) = extracted(f"<p>{markup}</p>", url=url).body
    assert isinstance(paragraph, Paragraph)
    return quoted(paragraph.children)


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ("  The\n\tMinisters   met. ", '"The Ministers met."'),
        ("The <b> Ministers </b> met.", '"The [strong: Ministers ]met."'),
        ("The <b>Ministers</b> <i>met</i>.", '"The [strong: Ministers] [emphasis: met]."'),
        ("Page&nbsp;1&nbsp; of 2", '"Page\u00a01\u00a0 of 2"'),
        ("&nbsp;The Ministers met.&nbsp;", '"The Ministers met."'),
        ("\u3000両大臣は会談した。", '"両大臣は会談した。"'),
        ("黒瀬\u3000明子", '"黒瀬\u3000明子"'),
        ("Joint<br>\nStatement", '"Joint⏎Statement"'),
        ("Joint <br> Statement<br>", '"Joint⏎Statement"'),
        ("coop\u00adera\u200btion\ufeff", '"cooperation"'),
    ],
)
def test_white_space_is_collapsed_and_invisible_characters_are_removed(markup: str, outlined: str) -> None:
    assert line(markup) == outlined


def test_comments_are_removed_and_character_references_decoded() -> None:
    assert line("5 &lt; 6 &amp;<!-- seven --> 7 &gt; 6") == '"5 < 6 & 7 > 6"'


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ("両大臣は、\n漁業について\n  述べた。", '"両大臣は、漁業について述べた。"'),
        ("両大臣は\nAtlantis を\n訪れた。", '"両大臣は Atlantis を訪れた。"'),
        ("The Ministers\nmet.", '"The Ministers met."'),
        ("두 장관은\n회담했다.", '"두 장관은 회담했다."'),
    ],
)
def test_a_newline_is_a_space_except_between_japanese_characters(markup: str, outlined: str) -> None:
    assert line(markup) == outlined


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ("<b>a</b> <strong>b</strong>", '"[strong: a] [strong: b]"'),
        ("<i>a</i> <em>b</em> <cite>c</cite>", '"[emphasis: a] [emphasis: b] [emphasis: c]"'),
        ("H<sub>2</sub>O, 1<sup>st</sup>", '"H[sub: 2]O, 1[sup: st]"'),
        ("<code>a  b</code> <kbd>c</kbd>", '"[code: a b] [code: c]"'),
        ("In <code>a<br>b</code>", '"In [code: a b]"'),
        ("<s>a</s> <del>b</del> <strike>c</strike>", '"[struck: a] [struck: b] [struck: c]"'),
        ("<s>a <strike>b</strike></s> <ins>c</ins>", '"[struck: a b] c"'),
        ("<b><i>Both</i></b>", '"[strong: [emphasis: Both]]"'),
        ('<font size="2">Small</font> <u>lines</u>', '"Small lines"'),
        ("The <b></b><i> </i>Ministers", '"The Ministers"'),
    ],
)
def test_semantic_markup_is_kept_and_the_rest_becomes_text(markup: str, outlined: str) -> None:
    assert line(markup) == outlined


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ("<q>We agree</q>, she said.", '"“We agree”, she said."'),
        ("„<q>Einig</q>“, sagte sie.", '"„Einig“, sagte sie."'),
        ("<q>«D’accord»</q>, dit-elle.", '"«D’accord», dit-elle."'),
        ("Her “<q>yes</q> and <q>no</q>”", '"Her ““yes” and “no””"'),
    ],
)
def test_a_q_element_gets_quotation_marks_unless_it_has_them(markup: str, outlined: str) -> None:
    assert line(markup) == outlined


@pytest.mark.parametrize(
    ("ruby", "outlined"),
    [
        ("<ruby>黒瀬<rt>くろせ</rt></ruby>大臣", '"[ruby くろせ: 黒瀬]大臣"'),
        ("<ruby>黒瀬<rp>（</rp><rt>くろせ</rt><rp>）</rp></ruby>", '"[ruby くろせ: 黒瀬]"'),
        ("<ruby>黒瀬<rt>くろせ</rt>明子<rt>あきこ</rt></ruby>", '"[ruby くろせ: 黒瀬][ruby あきこ: 明子]"'),
        ("<ruby><rb>黒瀬</rb><rt>くろせ</rt></ruby>", '"[ruby くろせ: 黒瀬]"'),
        ("<ruby><b>黒瀬</b><rt>くろせ</rt></ruby>", '"[ruby くろせ: [strong: 黒瀬]]"'),
        ("<ruby>黒瀬</ruby>大臣", '"黒瀬大臣"'),
        ("<ruby>黒瀬<rt>くろせ</rt><rtc>Kurose</rtc></ruby>", '"[ruby くろせ: 黒瀬]Kurose"'),
    ],
)
def test_ruby_keeps_each_base_text_with_its_reading(ruby: str, outlined: str) -> None:
    assert line(ruby) == outlined


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://other.example/a", "https://other.example/a"),
        ("a.html", "https://atlantis.example/talks/a.html"),
        ("../a.html", "https://atlantis.example/a.html"),
        ("/a.html", "https://atlantis.example/a.html"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("?page=2", "https://atlantis.example/talks/page.html?page=2"),
        (" a.html\n", "https://atlantis.example/talks/a.html"),
        ("mailto:press@atlantis.example", "mailto:press@atlantis.example"),
        ("@press", "https://atlantis.example/talks/@press"),
        ("tel:+81-3-0000", "tel:+81-3-0000"),
    ],
)
def test_a_link_is_absolute_if_the_page_has_a_url(href: str, address: str) -> None:
    assert line(f'<a href="{href}">Statement</a>', HOME) == f'"[link {address}: Statement]"'


@pytest.mark.parametrize("href", ["https://nerea:salt@other.example/a", "//nerea:salt@other.example/a"])
def test_user_name_and_password_are_removed_from_a_link(href: str) -> None:
    assert line(f'<a href="{href}">Statement</a>', HOME) == '"[link https://other.example/a: Statement]"'


def test_a_relative_link_stays_relative_if_the_page_has_no_url() -> None:
    assert line('<a href="a.html">Statement</a>') == '"[link a.html: Statement]"'


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        "#top",
        "javascript:print()",
        "JavaScript:print()",
        " javascript:print()",
        "data:text/html,a",
        "vbscript:a",
    ],
)
def test_a_link_that_is_unsafe_or_leads_nowhere_becomes_text(href: str) -> None:
    assert line(f'<a href="{href}">Print this page</a>', HOME) == '"Print this page"'


def test_a_link_without_text_is_left_out() -> None:
    assert line('The Ministers<a href="a.html"> </a>met.') == '"The Ministers met."'


def test_an_a_element_without_href_becomes_text() -> None:
    assert line('<a name="part1">Part</a> one') == '"Part one"'


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ('<span lang="fr">Communiqué</span> final', '"[fr: Communiqué] final"'),
        ('<span lang="fr_FR">Communiqué</span> final', '"[fr-FR: Communiqué] final"'),
        ('<span dir="rtl">أطلانتس</span>', '"[rtl: أطلانتس]"'),
        ('<b lang="ar" dir="RTL">أطلانتس</b>', '"[strong: [ar rtl: أطلانتس]]"'),
        ('<span dir="ltr">a</span>', '"[ltr: a]"'),
        ('<a lang="fr" href="#">Communiqué</a> final', '"[fr: Communiqué] final"'),
        ('a <q lang="fr">texte final</q>', '"a [fr: “texte final”]"'),
    ],
)
def test_language_and_direction_of_inline_elements_are_kept(markup: str, outlined: str) -> None:
    assert line(markup) == outlined


@pytest.mark.parametrize("attribute", ['lang="french"', 'lang="zh-cn;q=1"', 'dir="sideways"'])
def test_an_invalid_language_or_direction_is_ignored(attribute: str) -> None:
    assert line(f"<span {attribute}>Communiqué</span> <b {attribute}>final</b>") == '"Communiqué [strong: final]"'


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ('<span lang="en">The text</span> is final', '"The text is final"'),
        (
            '<span lang="fr">Le <i lang="fr">texte</i> <b lang="en">text</b></span>',
            '"[fr: Le [emphasis: texte] [strong: [en: text]]]"',
        ),
    ],
)
def test_the_language_of_the_text_around_is_not_stated_again(markup: str, outlined: str) -> None:
    assert line(markup) == outlined


def test_form_controls_within_a_line_are_left_out() -> None:
    assert line("Search <input value='a'><button>Go</button><select><option>b</select>here") == '"Search here"'


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ('<dl><dt lang="fr">Lieu</dt><dd>Avalon</dd></dl>', 'term "[fr: Lieu]"'),
        (
            '<table><caption lang="fr">Navires</caption><tr><th>A</th></tr><tr><td>1</td></tr></table>',
            '"[fr: Navires]"',
        ),
    ],
)
def test_terms_and_captions_of_tables_keep_their_language(markup: str, outlined: str) -> None:
    assert outlined in body(markup)


@pytest.mark.parametrize(
    ("markup", "outlined"),
    [
        ('The <span style="font-weight:bold">Ministers</span> met.', '"The [strong: Ministers] met."'),
        ("The <span style='color: red; FONT-WEIGHT : 700;'>Ministers</span> met.", '"The [strong: Ministers] met."'),
        ('The <font style="font-weight: bolder">Ministers</font> met.', '"The [strong: Ministers] met."'),
        ('<b style="font-weight: normal">The Ministers met.</b>', '"The Ministers met."'),
        (
            '<b style="font-weight:400">The <span style="font-weight:700">Ministers</span></b>',
            '"The [strong: Ministers]"',
        ),
        ('<b>The <span style="font-weight:700">Ministers</span> met.</b>', '"[strong: The Ministers met.]"'),
        (
            '<b>Ministers: <span style="font-weight:normal"><i>both</i> of <b>them</b></span> met.</b>',
            '"[strong: Ministers: ][emphasis: both] of [strong: them][strong:  met.]"',
        ),
        ("<b>The Ministers </b><br>met.", '"[strong: The Ministers]⏎met."'),
        ('The <span style="font-weight:300">Ministers</span> met.', '"The Ministers met."'),
        ('The <span style="--font-weight:bold">Ministers</span> met.', '"The Ministers met."'),
    ],
)
def test_the_style_of_an_inline_element_decides_whether_it_is_bold(markup: str, outlined: str) -> None:
    assert line(markup) == outlined
