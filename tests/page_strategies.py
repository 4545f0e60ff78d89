"""Hypothesis strategies for small pages with careless markup: `mains()` generates the content of a `main` element.

`odd_pages()` generates whole pages that are ordinary except for some odd values, such as a title that ends in a dash.
"""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

WORDS = st.sampled_from(
    (
        *(
            "Trade",
            "They met.",
            "Both sides agreed.",
            "漁業",
            "両大臣は会談した。",
            "Mr. A. Nereus",
            "fish &amp; nets",
            "2031. ",
        ),
        *("1. ", "2. ", "3. ", "(1) ", "(2) ", "a) ", "b) ", "i. ", "（１）", "①", "②", "１　", "(Note 1)", "（注１）"),
        *(" ", "&nbsp;", "\u3000", "\n", "<br>", "<br><br>"),
    )
)
"""Words, labels, note references, and white space."""

PHOTO = '<img src="a.jpg" alt="A boat">'

INLINE = (
    "<b>{}</b>",
    "<i>{}</i>",
    "<font size=2>{}</font>",
    "<sup>{}</sup>",
    '<span lang="fr">{}</span>',
    "<u>{}</u>",
    "<s>{}</s>",
)
LINKS = ('<a href="a.html">{}</a>', '<a href="minutes.pdf">{}</a>', '<a href="#n1">{}</a>', '<a name="n1">{}</a>')
DOCUMENTS = ('<ul><li><a href="minutes.pdf">{}</a></li></ul>', '<hr><ul><li><a href="map.pdf">{}</a></ul>')
BLOCKS = (
    *DOCUMENTS,
    "<p>(Note 1) {}</p>",
    *("<p>{}</p>", "<div>{}</div>", "<h2>{}</h2>", "<h3>{}</h3>", "<blockquote>{}</blockquote>", "<center>{}</center>"),
    *("<p>{}", "<li>{}", "{}<hr>", '<p id="n1">{}</p>', '<div class="caption">{}</div>', f"<p>{PHOTO}{{}}</p>"),
    *(f"<div>{PHOTO}</div><p class=caption>{{}}</p>", "<pre>{}</pre>", "<p><b>{}</b></p>"),
)
LISTS = ("<ul>{}</ul>", "<ol>{}</ol>", "<ol start=2>{}</ol>", '<ul style="list-style-type: none">{}</ul>')


def _wrapped(inside: st.SearchStrategy[str], *frames: str) -> st.SearchStrategy[str]:
    return st.builds(str.format, st.sampled_from(frames), inside)


def _joined(parts: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=most).map("".join)


def mains() -> st.SearchStrategy[str]:
    """Generate the content of a `main` element: a few blocks, slightly nested, seldom well formed."""
    line = _joined(WORDS | _wrapped(_joined(WORDS), *INLINE, *LINKS), 4)
    block = _wrapped(line, *BLOCKS) | line
    for _ in range(2):
        inside = _joined(block)
        items = _joined(_wrapped(inside, "<li>{}</li>", "<li>{}"))
        entries = _joined(_wrapped(inside, "<dt>{}</dt>", "<dd>{}</dd>"))
        rows = _joined(_wrapped(_joined(_wrapped(inside, "<td>{}</td>", "<th>{}</th>")), "<tr>{}</tr>"))
        block = st.one_of(
            block,
            _wrapped(inside, "<div>{}</div>", "<blockquote>{}</blockquote>"),
            _wrapped(items, *LISTS),
            _wrapped(entries, "<dl>{}</dl>"),
            _wrapped(rows, "<table>{}</table>"),
        )
    return _joined(block, 5)


# --- whole pages with odd values, in the markup of a content management system

ORDINARY = {
    "title": "Talks on fisheries | Ministry of the Sea",
    "headline": "Talks on fisheries",
    "date": "4 August 2031",
    "stamp": "2031-08-04T10:00:00+09:00",
    "author": "Ministry of the Sea",
    "caption": "A boat in the harbour.",
    "alt": "A boat",
    "url": "/2031/08/a.html",
    "length": "400",
    "mark": "1",
    "heading": "Trade",
    "cell": "Nets",
    "word": "harbour",
}
"""Place of a page → its ordinary value."""

ODD = (
    *("", " ", "\n", "&nbsp;", "\u200b", "\u200f\u202e", "\ufeff", "\xad", "|", " | ", "-", " — ", "»", "｜", "…"),
    *("0", "-1", "9" * 20, "9" * 5000, "1e9", "50%", "²", "½", "٣", "１２", "①", "〇", "一" * 5000, "Ⅳ", "1.", "(1)"),
    *("99/99/9999", "31 February 2031", "0000-00-00", "2031年13月45日", "令和99年99月99日", "Friday", "² August 2031"),
    *(f"令和{'9' * 20}年8月4日", f"2031-08-04T25:61:61+{'9' * 20}:00", "2031-08", "4 августа 2031", "٤ أغسطس ٢٠٣١"),
    *("#", "?", "//", "//[", "http://[::1", "http://a:99999/", "javascript:", "data:,", "%", "@", "{}", "null", "[[]]"),
    *("<br>", "<a>", "<p>", "</p>", "<b></b>", "<img>", "<table></table>", "<ul></ul>", "<!--", "<a href=b>"),
)  # fmt: skip
"""Values that editors, templates and converters leave in one place of a page."""

JOINED = ("{odd}", "{own}{odd}", "{odd}{own}", "{own}{odd}{own}")
"""Where an odd value goes: in place of the ordinary value, after it, before it, or between two copies of it."""

SKELETON = """\
<!DOCTYPE html><html lang="en"><head><title>{title}</title>
<meta property="og:title" content="{headline}"><meta name="author" content="{author}">
<meta name="date" content="{stamp}"><meta name="description" content="{caption}"><link rel="canonical" href="{url}">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}", "datePublished": "{stamp}",
"author": {{"name": "{author}"}}, "image": {{"url": "{url}", "width": "{length}"}}}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="{url}">{heading}</a></li></ul></nav>
<main><h1>{headline}</h1><p class="date"><time datetime="{stamp}">{date}</time></p><p class="byline">By {author}</p>
<p>The Minister of the Sea met the Ambassador in the capital, and both sides agreed to meet again.</p>
<h2>{heading}</h2><p lang="{mark}" dir="{mark}" id="{mark}">Of the {word}<sup><a href="#{mark}">{mark}</a></sup>.</p>
<ol start="{mark}" type="{mark}"><li value="{mark}">{word}</li><li>{mark} {word}</li></ol>
<figure><img src="{url}" srcset="{url} {mark}x" alt="{alt}" width="{length}" height="{length}"
style="width:{length}px">
<figcaption>{caption}</figcaption></figure>
<table><caption>{caption}</caption><tr><th>{heading}</th><th>Boats</th></tr>
<tr><td colspan="{mark}" rowspan="{mark}">{cell}</td><td>{cell}</td></tr></table>
<p>1. {heading}</p><p>{date}: they went to the {word}, <a href="{url}">{word}</a>.</p>
<p role="heading" aria-level="{mark}">{heading}</p><iframe src="{url}" title="{alt}"></iframe>
<p id="n1">[{mark}] The Ministers visited the {word}.</p></main><footer><p>© 2031 {author}</p></footer></body></html>
"""


def filled(odd: str, joined: str, places: Collection[str]) -> str:
    """Return an ordinary page with an odd value in these places."""
    return SKELETON.format_map(
        {place: _join(joined, odd, own) if place in places else own for place, own in ORDINARY.items()}
    )


def odd_pages() -> st.SearchStrategy[str]:
    """Generate whole pages with odd values in some places; from some pages, every tag of one kind is removed."""
    values = st.fixed_dictionaries(
        {place: st.just(own) | st.builds(_join, st.sampled_from(JOINED), st.sampled_from(ODD), st.just(own))
         for place, own in ORDINARY.items()}
    )  # fmt: skip
    whole = values.map(SKELETON.format_map)
    tags = (
        "<head>",
        "</head>",
        "<body>",
        "<title>",
        "</title>",
        "</main>",
        "</table>",
        "<tr>",
        "</p>",
        "</h1>",
        "</a>",
    )
    return st.builds(lambda page, cut: page.replace(cut, ""), whole, st.sampled_from(tags)) | whole


def _join(joined: str, odd: str, own: str) -> str:
    return joined.format(odd=odd, own=own)
