"""Scripts, comments, drawings (SVG) and the like are removed from markup; what browsers show stays."""

from __future__ import annotations

import pytest
from lxml import etree

from readout_pub.extract.html_parser import parse
from readout_pub.extract.prune import prune


@pytest.mark.parametrize(
    ("markup", "kept"),
    [
        ("a<script>1 < 2</script>b", "ab"),
        ("a<STYLE type=x>p{}</Style >b", "ab"),
        ("a<!-- <p>no</p> -->b", "ab"),
        ("<?xml version='1.0'?><p>a</p>", "<p>a</p>"),
        ("a<svg class='i'/>b<svg><title>t</title></svg>c", "abc"),
        ("a<scripture>b</scripture>c", "a<scripture>b</scripture>c"),
        ("a<noscript><img src=p.jpg></noscript>", "a<noscript><img src=p.jpg></noscript>"),
    ],
)
def test_scripts_styles_comments_and_drawings_are_removed_and_other_elements_stay(markup: str, kept: str) -> None:
    assert prune(markup).markup == kept


@pytest.mark.parametrize("end", ["</html>", "</HTML >", "</body></html>\n<html><body>", "</html x='>'>"])
def test_text_after_the_end_of_the_page_is_kept_as_in_browsers(end: str) -> None:
    soup, _ = parse(prune(f"<html><body><p>The tides</p> {end}<p>are high.</p></body></html>").markup)
    assert " ".join(soup.get_text().split()) == "The tides are high."


@pytest.mark.parametrize("empty", ["<wbr>", "<WBR class='a>b'/>", "<bgsound src=tides.mid>"])
def test_wbr_and_bgsound_tags_are_removed_without_the_text_after_them(empty: str) -> None:
    assert prune(f"<p>The {empty}tides</p>are high.").markup == "<p>The tides</p>are high."


def test_frames_and_embedded_files_stay_without_their_content() -> None:
    markup = "<p>The <embed src=tides.pdf>tides</p><iframe src=a>No <b>frames</iframe>are high."
    assert prune(markup).markup == ("<p>The <embed src=tides.pdf></embed>tides</p><iframe src=a></iframe>are high.")


def test_line_breaks_of_removed_markup_move_into_the_next_tag() -> None:
    assert prune("one\n<script>\n1\n2\n</script>\nsix<b id=7>").markup == "one\n\nsix<b\n\n\n id=7>"


@pytest.mark.parametrize(
    "removed",
    [
        "<!--\n-->",
        "<script>\n</script>",
        "<style>\n</style>",
        "<template>\n</template>",
        "<noembed>\n</noembed>",
        "<wbr\n>",
        "<?page\n?>",
        "<svg\n><path\nd='M0 0'/></svg\n>",
    ],
)
def test_removed_markup_of_two_lines_does_not_divide_a_word(removed: str) -> None:
    pruned_page = prune(f"<p>harb{removed}our</p>")
    assert etree.fromstring(pruned_page.markup, etree.HTMLParser()).findtext("body/p") == "harbour"


def pruned(markup: str) -> tuple[str, tuple[str, ...]]:
    found = prune(markup)
    return found.markup, found.data


def test_the_content_of_json_ld_scripts_is_returned() -> None:
    data = "<script class=seo type='application/LD+json'>{}</script>"
    assert pruned(f"a{data}b<script>1</script><style>2</style>") == ("ab", ("{}",))
    assert pruned(f"<!-- {data} -->{data}\n{data}") == ("\n", ("{}", "{}"))


@pytest.mark.parametrize("opening", ["<script>", "<!--", "<style>"])
def test_a_script_or_comment_without_end_hides_the_rest_as_in_browsers(opening: str) -> None:
    assert prune(f"<p>a</p>{opening * 100_000}").markup == "<p>a</p>"


def test_a_truncated_style_sheet_hides_no_text_after_the_next_end_tag() -> None:
    cut = '<div><style>.a {}\n.b"https://tides.example/close.svg" alt="close"/>\n'
    assert prune(f"<p>a</p>{cut}</button><p>b</p></div><style>.c {{}}</i><p>d</p>").markup == (
        "<p>a</p><div></button\n\n><p>b</p></div></i><p>d</p>"
    )


@pytest.mark.parametrize(
    "opening", ['type="application/ld&#x2B;json"', "src='a>b' type=application/ld+json", "type=APPLICATION/LD+JSON"]
)
def test_a_json_ld_script_is_recognised_however_its_type_is_written(opening: str) -> None:
    assert pruned(f"<script {opening}>{{}}</script>") == ("", ("{}",))


def test_tags_inside_a_json_ld_script_are_ignored() -> None:
    data = """{"about": "<svg and <!-- and <template>"}"""
    script = f'<script type="application/ld+json">{data}</script>'
    page = f"{script}<p>The tides</p><svg><path/></svg><!-- high --><template>low</template><p>are high.</p>"
    assert pruned(page) == ("<p>The tides</p><p>are high.</p>", (data,))


SHOWN = {
    "svg in an attribute": ('<p title="<svg>">a</p>b<svg></svg>', '<p title="<svg>">a</p>b'),
    "script in an attribute": ("<p title='a > <script>'>b</p>", "<p title='a > <script>'>b</p>"),
    "comment in an attribute": ('<p title="<!--">a</p><!-- -->b', '<p title="<!--">a</p>b'),
    "script in an attribute without quotes": ("<p title=<script>>a</p>", "<p title=<script>>a</p>"),
    "script in a name": ("<p<script>a</p<script>>b", "<p<script>a</p<script>>b"),
    "quotes outside of a value": ('<p ">a<svg></svg>b"></p>', '<p ">ab"></p>'),
    "abruptly closed comments": ("<!-->a<!--->b<!---->c<!-- --!>d-->", "abcd-->"),
    "comments with dashes": ("<!-- a -- > <!-- b -- -->c", "c"),
    "declarations": ("<?xml version='1.0'>a<!ELEMENT b>c</ d>e</>f<![CDATA[g]]>h", "acefh"),
    "a document type": ('<!doctype html SYSTEM "a">b', '<!doctype html SYSTEM "a">b'),
    "scripts with scripts in comments": ("<script><!--<script></script>--></script>a<script><!--></script>b", "ab"),
    "scripts with end tags of other names": ("<script>'</scripts>'</script x='>'>a", "a"),
    "text that looks like markup": ("<title>a<!--</title><xmp><svg></xmp>b", "<title>a<!--</title><xmp><svg></xmp>b"),
    "embedded HTML": ("<svg><foreignObject><p>a</p></foreignObject></svg>b", "<div><p>a</p></div>b"),
    "embedded HTML in drawings": ("<svg><g><svg><foreignObject>a</foreignObject></svg></g></svg>", "<div>a</div>"),
    "a drawing that closes itself": ("a<svg a='>'/>b<svg/>c", "abc"),
    "a drawing that a value seems to close": ("a<svg a=b/><title>c</title></svg>d", "ad"),
    "a drawing that a paragraph ends": ("<svg><path><p>a</p></svg>b", "<p>a</p></svg>b"),
    "a drawing whose parent ends": ("<div><svg><g></div>a", "<div></div>a"),
    "styles in a drawing": ("<svg><style><b>a</b></svg>b", "<b>a</b></svg>b"),
    "CDATA in a drawing": ("<svg><![CDATA[</svg>]]></svg>a", "a"),
    "an unfinished title of a drawing": ("<svg><title>a</svg>b", "b"),
    "words in a drawing": (
        "a<svg><text x=1>b <tspan>c</tspan><desc>d</desc></text></svg>",
        "a<svg><text>b c</text></svg>",
    ),
    "CDATA in embedded HTML": ("<svg><foreignObject><![CDATA[a<b]]></foreignObject></svg>", "<div>a&lt;b</div>"),
    "formulas": (
        "<math><mi>a<b>b</b></mi><mo><![CDATA[<]]></mo></math>",
        "<math><mi>a<b>b</b></mi><mo>&lt;</mo></math>",
    ),
    "framed documents": (
        "<iframe srcdoc='<!doctype html><title>a</title><p title=&quot;b&quot;>c &amp;amp; d'>e</iframe>f",
        '<div><p title="b">c &amp; d</div>f',
    ),
    "documents in data URLs": (
        "<iframe src=' data:text/html;charset=shift_jis;base64,PHA+ikONYA'>e</iframe>f<iframe src='data:,g'></iframe>",
        "<div><p>海港</div>f<div>g</div>",
    ),
    "percent-encoded documents in frames": (
        '<iframe SRC="DATA:text/html,%3Cp>a&amp;amp;%0Ab"></iframe>',
        "<div><p>a&amp; b</div>",
    ),
    "text in frames": (
        "<iframe src='data:text/plain,a%0Ab <i> &amp;lt;'>c</iframe><iframe src='data:text/csv,d'></iframe>",
        "<div>a b &lt;i&gt; &amp;lt;</div><div>d</div>",
    ),
    "drawings in frames": (
        "<iframe src='data:image/svg+xml,<svg><text>a</text></svg>'></iframe>",
        "<div><svg><text>a</text></svg></div>",
    ),
    "embedded documents": (
        "<embed src='data:text/html,<p>a'>b<object data='data:text/html,<p>c'>d</object><object data=e>f</object>",
        "<div><p>a</div>b<div><p>c</div><object data=e>f</object>",
    ),
    "embedded documents with other content": (
        "<object data='data:,a'>b<object data='data:,c'><p title='</object>'>d</p></object><svg><a>e</svg></object>f",
        "<div>a</div>f",
    ),
    "an unfinished embedded document": ("<object data='data:,a'>b<p>c", "<div>a</div>b<p>c"),
    "embedded files": (
        "<iframe src='data:application/pdf,a'></iframe><object data='data:application/pdf,b'></object>",
        "<iframe src='data:application/pdf,a'></iframe><object data='data:application/pdf,b'></object>",
    ),
    "frames in frames": ('<iframe srcdoc="<iframe srcdoc=a></iframe>b"></iframe>c', "<div><div>a</div>b</div>c"),
    "text after the end of the page": ("<body><p>a</body></html><p>b", "<body><p>a<p>b"),
    "frames of a frameset": (
        "<frameset><frame src=a><frame src='data:text/html,<p>b'></frameset>",
        "<frame src=a><div><p>b</div></frameset>",
    ),
    "text that browsers never show": ("a<noframes><p>b</noframes><noembed>c</noembed>d<noframes>e", "ad<noframes>e"),
    "images that are written as image": ("<image src=a alt=b>c", "<img src=a alt=b>c"),
    "a frame of another page in a frame": (
        "<iframe srcdoc='<iframe src=a>b</iframe>c'></iframe>",
        "<div><iframe src=a></iframe>c</div>",
    ),
    "shadow trees": (
        "<div><template shadowrootmode=OPEN><p>a</p></template>b</div>",
        "<div><div><p>a</p></div>b</div>",
    ),
    "templates in templates": ("<template>a<template>b</template>c</template>d", "d"),
    "scripts in templates": ("<template><script>'</template>'</script>a</template>b", "b"),
    "comments in noscript": ("<noscript>a<!-- </noscript>b-->", "<noscript>a</noscript>b-->"),
    "an unfinished tag in noscript": ("<noscript>a<img src='</noscript>b'>", "<noscript>a</noscript>b'>"),
    "a lone bracket": ("a < b <svg></svg><3", "a < b <3"),
}


@pytest.mark.parametrize("case", SHOWN)
def test_what_browsers_show_is_kept_and_the_rest_is_removed(case: str) -> None:
    markup, kept = SHOWN[case]
    assert prune(markup).markup == kept


def test_pruning_is_idempotent_unless_there_is_cdata_noscript_or_an_odd_comment() -> None:
    for markup, _ in SHOWN.values():
        once = prune(markup).markup
        assert prune(once).markup == once or "CDATA" in markup or "noscript" in markup or "--!>" in markup


@pytest.mark.slow
def test_a_tag_keeps_at_most_five_hundred_attributes() -> None:
    attributes = " ".join(f"a{number}='>'" for number in range(60_000))
    kept = prune(f"<p {attributes}\n>a</p>").markup
    assert (kept.count("="), kept.count("\n"), kept.endswith(">a</p\n>")) == (500, 1, True)


def test_a_tag_with_a_long_name_and_no_attributes_is_kept() -> None:
    name = "h" + "9" * 2000
    assert prune(f"<{name}>a").markup == f"<{name}>a"


def test_line_feeds_written_as_references_in_frames_do_not_change_line_numbers() -> None:
    assert prune("<iframe\nsrcdoc='a&#10;b\nc'>\n</iframe>d<p>").markup == "<div>a b\nc</div>d<p\n\n>"
