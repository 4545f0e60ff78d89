"""Reads the annotation ("gold") of a folder of annotated pages, in either of two forms.

In the first form, each line of the file `gold.jsonl` is a JSON object that describes a page. It has `id`, `site`, and
`text` (the whole main text), or `must` and `must_not` (pieces of text), or all of these; `source`, the collection, is
optional. The page is `pages/ID.html`, perhaps with `.gz`. In the second form, the folder `gold` has a file `NAME.json`
for each page. It has `page`, `url`, `title`, `body_first`, `body_last`, `must_have`, `must_not_have`, `headings`,
`headings_optional` and `photos`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from readout_pub.sources.encoding import decode

PIECES, WHOLE_TEXT = "gold", "gold.jsonl"
"""The file `gold.jsonl` marks the first form of annotation, the folder `gold` marks the second."""

_SECOND_LEVEL = frozenset("ac co com edu go gob gov gouv gv ne net or org mil".split())
"""Labels below a country's domain under which organisations register their names: "gov" in `city.gov.uk`."""


class GoldPage(NamedTuple):
    """A page and its annotation: the whole `text`, pieces that must and must not be in the text, or both.

    `folder` is the annotated folder, `collection` a part of it with a weight of its own. In the second form,
    `description` is the whole JSON object of the page, with keys such as `headings`; in the first form, it is None.
    """

    name: str
    folder: Path
    site: str
    collection: str
    markup: str
    text: str
    must: list[str]
    must_not: list[str]
    description: dict[str, Any] | None = None


def read_gold(folder: Path) -> Iterator[GoldPage]:
    """Yield the annotated pages of a folder, without those whose gold is the output of another program."""
    return _read_rows(folder) if (folder / WHOLE_TEXT).exists() else _read_descriptions(folder)


def may_inspect(site: str) -> bool:
    """Return whether people who work on the extractor may look at pages of a site: a hash selects half of all sites."""
    return int(hashlib.md5(site.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0


def site_of(address: str) -> str:
    """Return the domain that an organisation has registered, from a URL or host: "city.gov.uk", "example.org"."""
    host = (urlsplit(address).hostname if "//" in address else address) or address
    labels = host.lower().removeprefix("www.").split(".")
    return ".".join(labels[-3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2 :])


def _read_rows(folder: Path) -> Iterator[GoldPage]:
    for row in map(json.loads, filter(None, (folder / WHOLE_TEXT).read_text("utf-8").split("\n"))):
        if row.get("gold") != "tool":
            page = folder / "pages" / f"{row['id']}.html"
            data = page.read_bytes() if page.exists() else gzip.decompress(Path(f"{page}.gz").read_bytes())
            gold = row.get("text") or "", row.get("must") or [], row.get("must_not") or []
            source = row.get("source") or folder.name
            yield GoldPage(row["id"], folder, site_of(row["site"]), source, decode(data).text, *gold)


def _read_descriptions(folder: Path) -> Iterator[GoldPage]:
    for path in sorted(folder.glob(f"{PIECES}/*.json")):
        gold: dict[str, Any] = json.loads(path.read_text("utf-8"))
        markup = decode((folder / "pages" / gold["page"]).read_bytes()).text
        pieces = gold["must_have"], gold["must_not_have"]
        site = site_of(gold["url"]) if gold["url"] else f"{folder.name}, without an address"
        yield GoldPage(path.stem, folder, site, folder.name, markup, "", *pieces, gold)
