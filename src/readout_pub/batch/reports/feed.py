"""The archive as a feed for reading apps: OPDS 2.0, in parts that each name the next.

Source: drafts.opds.io/opds-2.0 with its JSON Schemas, by which every publication has an image; the relation
`open-access` is for what anybody may read without more ado.
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
TITLE = "Readouts"

PAGE = 500
"""Publications in one part of the feed, so that an app need not read the whole of a large archive."""

COVER = "cover.png"
"""What apps show for each readout: the photos of a readout stand inside its files."""

READABLE = frozenset({"application/epub+zip", "application/pdf", "text/html"})
"""The media types that reading apps open; others stand in no feed."""

WIDTH, HEIGHT = 400, 600
IMAGE = {"href": COVER, "type": "image/png", "width": WIDTH, "height": HEIGHT}

Take = Callable[[LedgerRow], None]


@contextlib.contextmanager
def feed_report(order: BatchConfig) -> Iterator[Take]:
    """Write the parts of the feed, the newest readout first, and remove those that an earlier run had in excess."""
    part: list[dict[str, Any]] = []
    number = 0

    def write(*, last: bool) -> None:
        nonlocal number
        number += 1
        feed = {"metadata": {"title": TITLE}, "links": _links(number, last=last), "publications": part}
        content = msgspec.json.format(msgspec.json.encode(feed), indent=1)
        _write_changed(order, _name(number), content)

    def take(row: LedgerRow) -> None:
        publication = _publication(row.entry) if row.entry else None
        if publication is None:
            return
        if len(part) == PAGE:
            write(last=False)
            part.clear()
        part.append(publication)

    yield take
    write(last=True)
    _write_changed(order, COVER, _cover())
    for excess in (order.out / FOLDER).glob("opds*.json"):
        if excess.name not in {_name(each) for each in range(1, number + 1)}:
            excess.unlink()


def _write_changed(order: BatchConfig, name: str, content: bytes) -> None:
    path = order.out / FOLDER / name
    if not path.is_file() or path.read_bytes() != content:
        write_file(path, content, scratch=order.scratch)


def _cover() -> bytes:
    """Draw a sheet of paper with three lines of a headline and the beginning of a text."""
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


def _name(number: int) -> str:
    return "opds.json" if number == 1 else f"opds-{number}.json"


def _links(number: int, *, last: bool) -> list[dict[str, str]]:
    relations = {"self": number, "first": 1}
    if number > 1:
        relations["previous"] = number - 1
    if not last:
        relations["next"] = number + 1
    return [{"rel": rel, "href": _name(each), "type": MEDIA_TYPE} for rel, each in relations.items()]


def _publication(entry: LedgerEntry) -> dict[str, Any] | None:
    """Describe a readout; None if there is none of its renditions that an app could open."""
    links = [_link(made) for _, made in sorted(entry.current.items()) if made.media_type in READABLE]
    if not links:
        return None
    facts = {
        "@type": "http://schema.org/Article",
        "title": entry.title,
        "identifier": entry.identifier,
        "language": entry.language,
        "published": entry.issued,
        "publisher": entry.publisher,
        "belongsTo": {"collection": entry.series} if entry.series else None,
    }
    return {"metadata": {name: fact for name, fact in facts.items() if fact}, "links": links, "images": [IMAGE]}


def _link(made: RenditionRecord) -> dict[str, Any]:
    file = made.files[0]
    return {"rel": ACQUISITION, "href": f"../{quote(file.path)}", "type": made.media_type, "size": file.bytes}
