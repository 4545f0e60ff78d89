"""The peers in Python, as a program of an environment of their own: `extractors.py NAME text|markup`.

It says "ready", then answers each line, the name of a page's file, with a line of JSON: title, date and language, and
the main content as the peer's own text, or as the HTML with photos and headings that it makes when asked for.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Facts = dict[str, Any]

NOWHERE = "https://page.invalid/"
"""newspaper4k wants an address, and none of the peers is told where a page comes from."""


def trafilatura(raw: bytes, *, markup: bool) -> Facts:
    """Let it leave comments out, which the judged pages do; all else is as it comes."""
    from trafilatura import bare_extraction, extract

    facts = bare_extraction(raw, with_metadata=True, include_comments=False)
    if facts is None:
        return {}
    found = {"title": facts.title, "date": facts.date, "lang": facts.language}
    if not markup:
        return found | {"text": facts.text}
    asked = {"include_comments": False, "include_formatting": True, "include_images": True, "include_links": True}
    return found | {"html": extract(raw, output_format="html", **asked)}


def readability_lxml(raw: bytes, *, markup: bool) -> Facts:  # noqa: ARG001 - it has HTML only
    from readability import Document

    document = Document(raw)
    return {"title": document.short_title(), "html": document.summary(html_partial=True)}


def newspaper4k(raw: bytes, *, markup: bool) -> Facts:
    from bs4 import UnicodeDammit
    from newspaper import Article

    article = Article(NOWHERE, keep_article_html=markup, fetch_images=False)
    article.download(input_html=UnicodeDammit(raw, is_html=True).unicode_markup)
    article.parse()
    issued = article.publish_date
    found = {
        "title": article.title,
        "date": issued.date().isoformat() if hasattr(issued, "date") else issued or None,
        "lang": article.meta_lang,
    }
    return found | ({"html": article.article_html} if markup else {"text": article.text})


PEERS: dict[str, Callable[..., Facts]] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability_lxml,
    "newspaper4k": newspaper4k,
}


def main(name: str, form: str) -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        try:
            with open(line.rstrip("\n"), "rb") as page:  # noqa: PTH123 - this program starts bare
                found = PEERS[name](page.read(), markup=form == "markup")
        except Exception as failure:  # noqa: BLE001 - a crash on one page is a result, not the end of the run
            found = {"error": f"{type(failure).__name__}: {failure}"[:200]}
        answers.write(json.dumps(found, ensure_ascii=True, default=str) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
