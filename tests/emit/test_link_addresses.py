"""On paper, themes such as "gazette" number the links, and list the addresses of the links at the end."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from readout_pub.emit import RenderOptions
from readout_pub.image_store import ImageStore
from readout_pub.model import Attachment, Emphasis, Inlines, Link, Readout
from readout_pub.receipts import prove_rendition
from tests.pdfs import make_pdf, paragraph, readout, words

NUMBERED = RenderOptions(theme="gazette")
TREATY = Link("https://avalon.example/treaty", ("the treaty",))


def with_links(*links: Inlines) -> Readout:
    meeting = replace(readout(paragraph()), body=tuple(replace(paragraph(), children=each) for each in links))
    return replace(meeting, back_link=Link("https://avalon.example/", ("Back to Avalon",)))


def shown(meeting: Readout, render_options: RenderOptions = NUMBERED) -> str:
    return words(make_pdf(meeting, render_options=render_options))


def test_each_address_has_one_number_in_the_order_of_the_links() -> None:
    text = shown(with_links(("They signed ", TREATY, "."), (Emphasis((Link("https://b.example/", ("Map",)),)), TREATY)))
    assert "the treaty[1]." in text
    assert "Map[2]the treaty[1]" in text
    assert "[1] https://avalon.example/treaty [2] https://b.example/ [3] https://avalon.example/ " in text


def test_links_to_attachments_are_numbered() -> None:
    meeting = replace(with_links(), attachments=(Attachment("https://avalon.example/annex.pdf", "Annex"),))
    assert "Annex[1] Back to Avalon[2]" in shown(meeting)


def test_mail_links_and_links_that_show_their_address_have_no_number() -> None:
    links = ("https://c.example/", ("c.example",)), ("mailto:press@c.example", ("Press",))
    text = shown(with_links(tuple(Link(*each) for each in links)))
    assert "Web addresses [1] https://avalon.example/ " in text


def test_links_have_no_numbers_in_the_default_theme() -> None:
    text = shown(with_links((TREATY,)), RenderOptions())
    assert "Web addresses" not in text
    assert "treaty[1]" not in text


@pytest.mark.slow
def test_the_receipt_counts_the_list_of_addresses_as_added_words() -> None:
    meeting = with_links(("They signed ", TREATY, "."))
    receipt = prove_rendition(meeting, ImageStore(), make_pdf(meeting, render_options=NUMBERED), NUMBERED)
    assert receipt.differences == ()
    plain = prove_rendition(meeting, ImageStore(), make_pdf(meeting), RenderOptions())
    counts = [{part.what: part.words for part in each.added} for each in (receipt, plain)]
    assert counts[0]["message"] - counts[1].get("message", 0) == len("Web addresses URL URL".split())
    assert counts[0]["label"] == len("[1] [2]".split())
