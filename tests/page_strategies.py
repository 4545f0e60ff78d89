"""Hypothesis strategies for small pages with careless markup: `mains()` generates the content of a `main` element."""

from __future__ import annotations

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

INLINE = ("<b>{}</b>", "<i>{}</i>", "<font size=2>{}</font>", "<sup>{}</sup>", '<span lang="fr">{}</span>', "<u>{}</u>")
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
    """Generate the content of a page: a few blocks, slightly nested, seldom well formed."""
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
