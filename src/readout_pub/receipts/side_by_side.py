"""Writes a receipt as an HTML page: words of the source beside those of the readout, and rules that left words out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import accumulate
from pathlib import Path

from readout_pub.html_report import archive_style, html_head, language_attributes
from readout_pub.model import Readout, display_title, plain_text
from readout_pub.receipts.model import Found, Receipt, SourceFile
from readout_pub.receipts.page import texts_of_readout
from readout_pub.words import differences, spaced

_PAGE = """\
{head}<main>
<header><h1>Receipt: <span{language}>{title}</span></h1></header>
<p>{summary}</p>
<p>Source: {source}</p>
<p>Written by {program}. A receipt does not say that the source is true.</p>
{tables}<h2 id="texts">Both texts</h2>
<p>Words of the source that are <u>underlined</u> are not in the readout at this place.</p>
<div class="scroll" role="region" aria-labelledby="texts" tabindex="0">
<table class="receipt">
<thead><tr><th scope="col">Words of the source</th><th scope="col">Words of the readout</th></tr></thead>
<tbody>
{rows}</tbody>
</table>
</div>
</main>
</body>
</html>
"""

_TABLE = """\
<h2 id="{key}">{title}</h2>
<div class="scroll" role="region" aria-labelledby="{key}" tabindex="0">
<table class="receipt">
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}</tbody>
</table>
</div>
"""

_LONG = 40
"""A run of at least this many words of the source that are not in the readout is collapsed on the page. Chosen by hand:
about four lines of a column.
"""


def side_by_side(receipt: Receipt, page_text: Sequence[str], readout: Readout, theme: str | Path) -> bytes:
    """Return `receipt` as an HTML page with the words of the source, `page_text`, beside those of `readout`."""
    title = escape(plain_text(display_title(readout)))
    return _PAGE.format(
        head=html_head(f"Receipt: {title}", archive_style(theme)),
        language=language_attributes(readout.language),
        title=title,
        summary=escape(receipt.summary),
        source=_source(receipt.source),
        program=escape(receipt.program),
        tables="".join(table(receipt) for table in (_outputs, _differences, _left_out, _withheld_photos, _added_words)),
        rows="".join(_rows(page_text, readout)),
    ).encode()


def _source(source: SourceFile) -> str:
    """Return name, URL and digest of the source."""
    url = f", {source.url}" if source.url else ""
    return escape(f"{source.name}{url}, SHA-256 {source.sha256}")


def _outputs(receipt: Receipt) -> str:
    rows = (
        (
            each.file or each.format,
            each.not_read or f"{each.found:,} of {each.words:,}",
            _count(each.photos),
            _count(each.alts),
            each.sha256,
        )
        for each in receipt.renditions
    )
    return _table("outputs", "Outputs, read back", ("File", "Words", "Photos", "Alternative texts", "SHA-256"), rows)


def _count(counts: Found) -> str:
    """Return how many are found; a dash if none are found or expected, such as photos in plain text."""
    return f"{counts.found:,} of {counts.expected:,}" if counts.found or counts.expected else "–"


def _differences(receipt: Receipt) -> str:
    rows = (
        (each.context, each.expected or "nothing", each.found or "nothing")
        for each in (receipt.page.differences if receipt.page else ())
    )
    heads = ("After", "The source has", "The readout has")
    return _table("differences", "Words neither kept nor left out by a rule", heads, rows)


def _added_words(receipt: Receipt) -> str:
    rows = ((each.what, f"{each.words:,}", each.sample) for each in (receipt.page.added if receipt.page else ()))
    heads = ("Part of the readout", "Words", "First words")
    return _table("added", "Words from attributes, metadata or scripts of the source", heads, rows)


def _left_out(receipt: Receipt) -> str:
    rows = (
        ((each.rule, each.where, f"{each.words:,}", each.sample) for each in receipt.page.left_out)
        if receipt.page
        else ()
    )
    return _table("left-out", "Words of the source that were left out", ("Rule", "Where", "Words", "First words"), rows)


def _withheld_photos(receipt: Receipt) -> str:
    rows = ((each.src, each.sha256 or "the file is missing") for each in receipt.withheld)
    return _table("withheld", "Photos of the source that a person has left out", ("Photo", "SHA-256"), rows)


def _table(key: str, title: str, heads: Sequence[str], rows: Iterator[Sequence[str]] | tuple[()]) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    lines = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>\n'
        for first, *rest in rows
    )
    return _TABLE.format(key=key, title=title, heads=head, rows=lines) if lines else ""


def _rows(page_text: Sequence[str], readout: Readout) -> Iterator[str]:
    """Yield a row for each text, or part of a text, on which source and readout agree, and one for each difference."""
    texts = texts_of_readout(readout)
    words = [word for text in texts for word in text]
    ends = set(accumulate(map(len, texts)))
    language = language_attributes(readout.language)
    at = 0
    for each in differences(page_text, words):
        yield from _equal_rows(words, at, each.at_after, ends, language)
        yield _row(_collapse(each.before), spaced(each.after), language, "differs")
        at = each.at_after + len(each.after)
    yield from _equal_rows(words, at, len(words), ends, language)


def _equal_rows(words: Sequence[str], start: int, end: int, ends: set[int], language: str) -> Iterator[str]:
    for stop in (*sorted(each for each in ends if start < each < end), end):
        if start < stop:
            text = spaced(words[start:stop])
            yield _row(escape(text), text, language, "equal")
        start = stop


def _row(source: str, text: str, language: str, kind: str) -> str:
    return f'<tr class="{kind}"><td{language}>{source}</td><td{language}>{escape(text)}</td></tr>\n'


def _collapse(words: Sequence[str]) -> str:
    """Return words of the source that the readout lacks; `_LONG` words or more are collapsed."""
    text = escape(spaced(words))
    if len(words) < _LONG:
        return text
    return f"<details><summary>{len(words):,} words that are not in the readout</summary>{text}</details>"
