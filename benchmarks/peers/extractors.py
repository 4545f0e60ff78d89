"""Runs a peer, an extractor of another project, in its own Python environment: `extractors.py NAME text|markup`.

Prints "ready", then reads one file name per line and prints one line of JSON for each page. The JSON has the title, the
date and the language, if the peer finds them, and the main content as the peer's plain text or as its HTML with photos
and headings.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Response = dict[str, Any]

PLACEHOLDER_URL = "https://page.invalid/"
"""newspaper4k requires a URL, but for a fair comparison no peer gets the URL of a page."""


def trafilatura(raw: bytes, *, markup: bool) -> Response:
    """Run trafilatura with its defaults, but without readers' comments, which the gold texts leave out."""
    from trafilatura import bare_extraction, extract

    document = bare_extraction(raw, with_metadata=True, include_comments=False)
    if document is None:
        return {}
    found = {"title": document.title, "date": document.date, "lang": document.language}
    if not markup:
        return found | {"text": document.text}
    asked = {"include_comments": False, "include_formatting": True, "include_images": True, "include_links": True}
    return found | {"html": extract(raw, output_format="html", **asked)}


def readability_lxml(raw: bytes, *, markup: bool) -> Response:  # noqa: ARG001 - it returns only HTML
    from readability import Document

    document = Document(raw)
    return {"title": document.short_title(), "html": document.summary(html_partial=True)}


def newspaper4k(raw: bytes, *, markup: bool) -> Response:
    from bs4 import UnicodeDammit
    from newspaper import Article

    article = Article(PLACEHOLDER_URL, keep_article_html=markup, fetch_images=False)
    article.download(input_html=UnicodeDammit(raw, is_html=True).unicode_markup)
    article.parse()
    issued = article.publish_date
    found = {
        "title": article.title,
        "date": issued.date().isoformat() if hasattr(issued, "date") else issued or None,
        "lang": article.meta_lang,
    }
    return found | ({"html": article.article_html} if markup else {"text": article.text})


EXTRACTORS: dict[str, Callable[..., Response]] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability_lxml,
    "newspaper4k": newspaper4k,
}


def main(name: str, form: str) -> None:
    responses = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # so that the responses do not contain what libraries print
    responses.write("ready\n")
    responses.flush()
    for line in sys.stdin:
        try:
            with open(line.rstrip("\n"), "rb") as page:  # noqa: PTH123 - this program imports as little as possible
                found = EXTRACTORS[name](page.read(), markup=form == "markup")
        except Exception as failure:  # noqa: BLE001 - a crash on one page must not end the run
            found = {"error": f"{type(failure).__name__}: {failure}"[:200]}
        responses.write(json.dumps(found, ensure_ascii=True, default=str) + "\n")
        responses.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
