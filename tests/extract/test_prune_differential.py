"""An HTML5 parser finds the same words in generated markup before and after pruning."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readout_pub.extract.prune import prune

HTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
HIDDEN = {HTML + name for name in ("script", "style", "template", "iframe", "title", "noembed", "noframes")}

TEXT = st.sampled_from(["zebra", " ", "tide &lt;", "1 < 2", "a > b", '"', "'", "--", "]]>", "="])
QUOTED = st.sampled_from(['"{}"', "'{}'"]).flatmap(
    lambda quotes: st.lists(
        st.sampled_from(["x", ">", "<", "<svg>", "<script>", "<!--", "/", "=", " ", "</p>"]), max_size=3
    ).map(lambda words: quotes.format("".join(words)))
)
VALUE = QUOTED | st.sampled_from(["x", "x/", "<svg", "<!--", '"', "x'y"])
ATTRIBUTE = st.builds(lambda name, value: f"{name}={value}", st.sampled_from(["a", "b ", '"c', "<d", "=e"]), VALUE)
ATTRIBUTES = st.lists(ATTRIBUTE | st.sampled_from(["a", "/", "<svg", "'"]), max_size=3).map(
    lambda each: "".join(f" {one}" for one in each)
)
TAG = st.builds(
    lambda slash, name, attributes, end: f"<{slash}{name}{attributes}{end}>",
    st.sampled_from(["", "", "/"]),
    st.sampled_from(["b", "p", "div", "P", "h2", "scripts", "b<svg"]),
    ATTRIBUTES,
    st.sampled_from(["", "", "/"]),
)
COMMENT = st.sampled_from(
    """<!-- zebra -->|<!-->|<!--->|<!---->|<!--a--!>|<!-- <!-- a -->|<!--a-- >b-->|<?xml a?>|<? b>|</ c>|</>|<!x>
    |<![CDATA[d]]>|<!doctype html>""".replace("\n    ", "").split("|")
)
RAW = st.builds(
    lambda name, attributes, words, end: f"<{name}{attributes}>{''.join(words)}</{name}{end}>",
    st.sampled_from(["script", "style", "iframe", "title", "SCRIPT", "xmp"]),
    ATTRIBUTES,
    st.lists(
        st.sampled_from(["a", "<p>", "<!--", "-->", "<script>", "</scripts>", "<svg>", "'", "<b a='"]), max_size=4
    ),
    st.sampled_from(["", " ", " a='>'"]),
)
DRAWN = st.sampled_from(
    """<path/>|<path d='>'/>|<g>|</g>|<title>icon</title>|<desc>icon<p>icon</p></desc>|<style>b{}</style>|<g a=b/>
    |<!--a-->|<![CDATA[</svg>]]>|<text>word</text>|<foreignObject><p>zebra</p></foreignObject>
    |<foreignObject>zebra<b>tide</b></foreignObject>|<p>zebra</p>|<b>""".replace("\n    ", "").split("|")
)
FOREIGN = st.builds(
    lambda attributes, inner, end: f"<svg{attributes}>{''.join(inner)}{end}",
    ATTRIBUTES,
    st.lists(DRAWN, max_size=4),
    st.sampled_from(["</svg>", "</svg>", "</SVG >", "<p>"]),
) | st.sampled_from(["<svg/>", "<svg a='>'/>", "<math><mi>zebra</mi><mo>=</mo></math>", "<math><p>tide</p></math>"])

MARKUP = st.lists(st.one_of(TEXT, TAG, TAG, COMMENT, RAW, FOREIGN), max_size=12).map("".join)


def shown_text(markup: str) -> str:
    """Return the text that a page of this markup shows, without white space and without text drawn in SVG."""
    return "".join("".join(_texts(tinyhtml5.parse(f"<!doctype html><body>{markup}"))).split())


def _texts(element: Element, *, shown: bool = True) -> Iterator[str]:
    name = str(element.tag)  # a comment has a function in place of a name
    if name.startswith("{") and name not in HIDDEN:
        # Text directly inside an element of SVG is drawn; text inside a foreignObject is HTML.
        is_drawn = name.startswith(SVG) and name != f"{SVG}foreignObject"
        shown = shown and name not in {f"{SVG}desc", f"{SVG}title"}
        if shown and not is_drawn:
            yield element.text or ""
        for child in element:
            yield from _texts(child, shown=shown)
            if shown and not is_drawn:
                yield child.tail or ""


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(MARKUP)
@example("<svg><text>word</text></svg>")
def test_pruned_markup_shows_the_same_text_as_before(markup: str) -> None:
    assert shown_text(prune(markup).markup) == shown_text(markup)
