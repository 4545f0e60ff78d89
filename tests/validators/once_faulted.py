"""What a validator once found fault with, in one readout, so that it is asked about again every time."""

from __future__ import annotations

from readout_pub import ImageStore, Readout
from readout_pub.model import (
    BulletList,
    Cell,
    Description,
    DescriptionList,
    Figure,
    Footnote,
    Footnotes,
    Item,
    Link,
    Missing,
    NoteRef,
    Origin,
    Paragraph,
    Photo,
    Row,
    Sup,
    Table,
)
from tests.pages import jpeg

ALBUM = ImageStore()
_PHOTO = Photo("talks.jpg", Missing(), ALBUM.add(jpeg), "image/jpeg", 320, 200)

_SEA = Paragraph(("Of the sea",))
_CALLS = Paragraph((Sup((NoteRef("note-1", ("1",)), NoteRef("note-2", ("2",)))),))

_SOURCE = "https://atlantis.example/talks"

ONCE_FAULTED = Readout(
    language="en",
    title=("Talks on the tides",),
    origin=Origin("talks.html", "00" * 32, url=_SOURCE),
    body=(
        # Axe: targets of less than 24 pixels.
        Figure(photos=(_PHOTO,), caption=_CALLS.children),
        Footnotes((Footnote("note-2", (_CALLS, BulletList((Item((_CALLS,)), Item((_CALLS,)))))),)),
        # Axe: an alternative text that is heard twice.
        Figure(photos=(_PHOTO,), caption=(Link(_SOURCE, ("The talks",)),)),
        # Nu: a list that explains one term twice.
        DescriptionList((Description((("salt",),), (_SEA,)), Description((("salt",),), (_SEA,)))),
        DescriptionList((Description((("salt",), ("salt",)), (_SEA,)), Description((), (_SEA,)), Description((), ()))),
        # Layout: the head of a table that is too tall to be repeated.
        Table(
            head=(Row((Cell((_SEA,) * 60, header=True, scope="col"),)),),
            body=tuple(Row((Cell((Paragraph((f"Row {number}",)),)),)) for number in range(60)),
        ),
        Footnotes((Footnote("note-1", (_SEA,), label="1"),)),
    ),
)
