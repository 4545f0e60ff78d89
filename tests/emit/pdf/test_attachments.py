"""Files attached to a PDF: the source page and the model."""

from __future__ import annotations

import datetime as dt
import zlib

from msgspec.structs import replace

from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import Origin, from_json
from tests.pdfs import make_pdf, open_pdf, paragraph, readout

ATTACHED = RenderOptions(pdf="ua1+a3a")


def test_source_and_model_are_attached_with_their_types_and_relationships() -> None:
    images = ImageStore()
    origin = Origin("mapping/meeting.html", images.add(lambda: b"<p>They met.</p>"))
    meeting = replace(readout(paragraph("They met.")), origin=origin)
    with open_pdf(make_pdf(meeting, images, ATTACHED)) as pdf:
        files = {name: file.get_file() for name, file in pdf.attachments.items()}
        assert {name: file.read_bytes() for name, file in files.items() if name != "readout.json"} == {
            "meeting.html": b"<p>They met.</p>"
        }
        assert from_json(files["readout.json"].read_bytes()) == meeting
        assert {str(file.UF): str(file.AFRelationship) for file in pdf.Root.AF} == {
            "meeting.html": "/Source",
            "readout.json": "/Data",
        }
        assert {name: file.mime_type for name, file in files.items()} == {
            "meeting.html": "text/html",
            "readout.json": "application/json",
        }


def test_an_attachment_has_the_date_of_the_readout() -> None:
    meeting = replace(readout(), issued=dt.date(2031, 8, 4))
    with open_pdf(make_pdf(meeting, render_options=ATTACHED)) as pdf:
        attached = pdf.attachments["readout.json"].get_file()
        assert str(attached.obj.Params.ModDate) == "D:20310804000000Z"
        assert attached.mod_date == dt.datetime(2031, 8, 4, tzinfo=dt.UTC)


def test_without_the_source_the_model_is_attached_alone() -> None:
    with open_pdf(make_pdf(readout(), render_options=ATTACHED)) as pdf:
        assert list(pdf.attachments) == ["readout.json"]


def test_by_default_nothing_is_attached() -> None:
    with open_pdf(make_pdf(readout())) as pdf:
        assert list(pdf.attachments) == []


def test_the_same_readout_gives_the_same_bytes_with_attachments() -> None:
    assert make_pdf(readout(), render_options=ATTACHED).data == make_pdf(readout(), render_options=ATTACHED).data


def test_the_stream_of_an_attachment_does_not_end_in_a_carriage_return() -> None:
    # This text is chosen since its compressed bytes end in a carriage return, compressed once or twice.
    source = b"<p>They met siiiruooura.</p>"
    for compressed in (zlib.compress(source), zlib.compress(zlib.compress(source))):
        assert compressed.endswith(b"\r")
    images = ImageStore()
    meeting = replace(readout(), origin=Origin("meeting.html", images.add(lambda: source)))
    with open_pdf(make_pdf(meeting, images, ATTACHED)) as pdf:
        attached = pdf.attachments["meeting.html"].get_file()
        assert attached.read_bytes() == source
        assert not attached.obj.read_raw_bytes().endswith(b"\r")
