"""The report for reading apps: feed/opds.json, a feed in OPDS 2.0, in parts that each name the next.

Source: drafts.opds.io/opds-2.0 and its JSON Schemas, which require an image for every publication. The relation
`open-access` marks what anybody may read without buying or borrowing it.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from readout_pub.atomic import write_file
from readout_pub.batch.job import BatchConfig
from readout_pub.ledger import LedgerEntry, LedgerRow, RenditionRecord

FOLDER = "feed"
MEDIA_TYPE = "application/opds+json"
ACQUISITION = "http://opds-spec.org/acquisition/open-access"

PUBLICATIONS_PER_PART = 500
"""How many publications a part has at most. Chosen by hand: an app shows the newest readouts without loading all."""

COVER = "cover.png"
"""The image of every publication. The photos of a readout are inside its files, and an app cannot get them there."""

APP_MEDIA_TYPES = frozenset({"application/epub+zip", "application/pdf", "text/html"})
"""The media types that reading apps open; renditions of other types are left out."""

WIDTH, HEIGHT = 400, 600
"""The size of the image in pixels, in the proportions of a book."""
IMAGE = {"href": COVER, "type": "image/png", "width": WIDTH, "height": HEIGHT}


@contextlib.contextmanager
def opds_report(config: BatchConfig) -> Iterator[Callable[[LedgerRow], None]]:
    """Write the parts of the feed, the newest readout first, and remove parts of an earlier, longer feed.

    An exact copy of another page is not listed.
    """
    part: list[dict[str, Any]] = []
    number = 0

    def write_part(*, last: bool) -> None:
        nonlocal number
        number += 1
        metadata = {"title": config.title} | ({"publisher": config.publisher} if config.publisher else {})
        feed = {"metadata": metadata, "links": _part_links(number, last=last), "publications": part}
        content = msgspec.json.format(msgspec.json.encode(feed), indent=1)
        write_if_changed(config, _part_name(number), content)

    def write_row(row: LedgerRow) -> None:
        publication = _publication(row.entry) if row.entry and not row.copy_of else None
        if publication is None:
            return
        if len(part) == PUBLICATIONS_PER_PART:
            write_part(last=False)
            part.clear()
        part.append(publication)

    yield write_row
    write_part(last=True)
    write_if_changed(config, COVER, _draw_cover())
    for excess in config.path_of(FOLDER).glob("opds*.json"):
        if excess.name not in {_part_name(each) for each in range(1, number + 1)}:
            excess.unlink()


def write_if_changed(config: BatchConfig, name: str, content: bytes) -> None:
    """Write a file of the feed if its content differs: servers send the file's time to clients as Last-Modified."""
    path = config.path_of(f"{FOLDER}/{name}")
    if not path.is_file() or path.read_bytes() != content:
        write_file(path, content, scratch=config.scratch_folder)


def _draw_cover() -> bytes:
    """Return a PNG of a sheet of paper with three dark lines (a headline) above grey lines (a text)."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT), 250)
    draw = ImageDraw.Draw(image)
    for top, right in ((90, 340), (125, 300), (160, 220)):
        draw.rectangle((60, top, right, top + 22), fill=70)
    for top in range(230, 520, 24):
        draw.rectangle((60, top, 340, top + 6), fill=190)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _part_name(number: int) -> str:
    return "opds.json" if number == 1 else f"opds-{number}.json"


def _part_links(number: int, *, last: bool) -> list[dict[str, str]]:
    relations = {"self": number, "first": 1}
    if number > 1:
        relations["previous"] = number - 1
    if not last:
        relations["next"] = number + 1
    return [{"rel": rel, "href": _part_name(each), "type": MEDIA_TYPE} for rel, each in relations.items()]


def _publication(entry: LedgerEntry) -> dict[str, Any] | None:
    """Return the OPDS publication of a readout; None if it has no rendition that an app can open."""
    links = [_opds_link(each) for each in entry.existing_renditions.values() if each.media_type in APP_MEDIA_TYPES]
    if not links:
        return None
    fields = {
        "@type": "http://schema.org/Article",
        "title": entry.title,
        "identifier": entry.identifier,
        "language": entry.language,
        "published": entry.issued,
        "modified": entry.modified,
        "publisher": entry.publisher,
        "belongsTo": {"collection": entry.series} if entry.series else None,
    }
    return {"metadata": {name: value for name, value in fields.items() if value}, "links": links, "images": [IMAGE]}


def _opds_link(rendition: RenditionRecord) -> dict[str, Any]:
    file = rendition.files[0]
    return {"rel": ACQUISITION, "href": f"../{quote(file.path)}", "type": rendition.media_type, "size": file.bytes}
