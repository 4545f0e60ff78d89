"""A readout with every structure whose output once failed a validator or was laid out wrongly.

`test_outputs.py` runs the validators on its outputs.
"""

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

IMAGES = ImageStore()
_PHOTO = Photo("talks.jpg", Missing(), IMAGES.add(jpeg), "image/jpeg", 320, 200)

_SEA = Paragraph(("Of the sea",))
_CALLS = Paragraph((Sup((NoteRef("note-1", ("1",)), NoteRef("note-2", ("2",)))),))

_SOURCE = "https://atlantis.example/talks"

PAST_FAILURES = Readout(
    language="en",
    title=("Talks on the tides",),
    origin=Origin("talks.html", "00" * 32, url=_SOURCE),
    body=(
        # axe-core: targets smaller than 24 pixels (WCAG 2.5.8).
        Figure(photos=(_PHOTO,), caption=_CALLS.children),
        Footnotes((Footnote("note-2", (_CALLS, BulletList((Item((_CALLS,)), Item((_CALLS,)))))),)),
        # axe-core: an alternative text that repeats the caption.
        Figure(photos=(_PHOTO,), caption=(Link(_SOURCE, ("The talks",)),)),
        # Nu HTML checker: a description list with the same term twice.
        DescriptionList((Description((("salt",),), (_SEA,)), Description((("salt",),), (_SEA,)))),
        DescriptionList((Description((("salt",), ("salt",)), (_SEA,)), Description((), (_SEA,)), Description((), ()))),
        # WeasyPrint: a table header too tall to be repeated on each page.
        Table(
            head=(Row((Cell((_SEA,) * 60, header=True, scope="col"),)),),
            body=tuple(Row((Cell((Paragraph((f"Row {number}",)),)),)) for number in range(60)),
        ),
        Footnotes((Footnote("note-1", (_SEA,), label="1"),)),
    ),
)
