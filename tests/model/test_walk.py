"""Traversing the model: texts in reading order, the outline, and mapping over trees."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given

from readout_pub import Readout
from readout_pub.model import (
    Blocks,
    BulletList,
    Cell,
    Description,
    DescriptionList,
    Emphasis,
    Figure,
    Footnote,
    Footnotes,
    Inlines,
    Item,
    LineBreak,
    OrderedList,
    Origin,
    Paragraph,
    Photo,
    Preformatted,
    Quote,
    Row,
    Ruby,
    Rule,
    Section,
    Table,
    descendants,
    display_title,
    inline_nodes,
    map_blocks,
    map_inlines,
    map_photos,
    outline,
    photos,
    plain_text,
    texts,
)
from tests.model_strategies import readouts


def words(text: str) -> Blocks:
    return (Paragraph((text,)),)


EVERYTHING: Blocks = (
    Section(("Trade",), (*words("One"), Section(("Fish",), words("Two"), "(1)")), "1."),
    OrderedList((Item(words("Three"), "2."), Item(words("Four")))),
    BulletList((Item((OrderedList((Item(words("Five"), "a."),)),)),)),
    DescriptionList((Description((("Place",), ("Port",)), words("Six")),)),
    Quote(words("Seven")),
    Preformatted("Eight\n 9"),
    Rule(),
    Figure((Photo("a.jpg"),), caption=("Ten",), credit=("Eleven",)),
    Table((Row((Cell(words("Thirteen")),)),), (Row((Cell(words("Twelve"), header=True),)),), ("Boats",)),
    Footnotes((Footnote("note-1", words("Fourteen"), "*"),)),
)


def readout(body: Blocks, **fields: object) -> Readout:
    return msgspec.structs.replace(Readout(language="en", body=body, origin=Origin("page.html", "0" * 64)), **fields)


def test_printed_texts_are_in_reading_order_with_labels() -> None:
    assert list(texts(EVERYTHING)) == [
        *("1.", "Trade", "One", "(1)", "Fish", "Two", "2.", "Three", "Four", "a.", "Five"),
        *(
            "Place",
            "Port",
            "Six",
            "Seven",
            "Eight\n 9",
            "Ten",
            "Eleven",
            "Boats",
            "Twelve",
            "Thirteen",
            "*",
            "Fourteen",
        ),
    ]


def test_inline_nodes_are_in_reading_order_parents_before_children() -> None:
    emphasis = Emphasis(("in ", Ruby(("黒瀬",), "くろせ")))
    nodes = list(inline_nodes((*EVERYTHING, Paragraph(("They met ", emphasis, ".")))))
    printed = ["Trade", "One", "Fish", "Two", "Three", "Four", "Five", "Place", "Port", "Six", "Seven", "Ten", "Eleven"]
    assert nodes[:-6] == [*printed, "Boats", "Twelve", "Thirteen", "Fourteen"]
    assert nodes[-6:] == ["They met ", emphasis, "in ", emphasis.children[1], "黒瀬", "."]


def test_the_outline_has_sections_and_labelled_items_with_depth() -> None:
    assert list(outline(EVERYTHING)) == [(0, "1.", "Trade"), (1, "(1)", "Fish"), (0, "2.", None), (0, "a.", None)]


def test_plain_text_can_include_ruby_readings_and_replace_line_breaks() -> None:
    line: Inlines = (Ruby(("黒瀬",), "くろせ"), LineBreak(), Emphasis(("大臣",)))
    assert plain_text(line) == "黒瀬\n大臣"
    assert plain_text(line, ruby=True, line_break=" ") == "黒瀬（くろせ） 大臣"


def test_without_a_title_the_series_or_file_name_is_shown() -> None:
    assert display_title(readout((), title=("Talks",), series="Atlantis")) == ("Talks",)
    assert display_title(readout((), series="Atlantis")) == ("Atlantis",)
    assert display_title(readout(())) == ("page.html",)


@pytest.mark.slow
@given(readouts())
def test_mapping_without_a_change_gives_an_equal_tree(generated: Readout) -> None:
    assert map_blocks(generated.body, lambda blocks: blocks) == generated.body
    assert map_inlines(generated.body, lambda inlines: inlines) == generated.body
    assert map_photos(generated, lambda photo, _: photo) == generated


@pytest.mark.slow
@given(readouts())
def test_mapping_reaches_every_photo_and_block(generated: Readout) -> None:
    renamed = map_photos(generated, lambda photo, _: msgspec.structs.replace(photo, src="new.jpg"))
    assert {photo.src for photo in photos(renamed)} <= {"new.jpg"}
    unmarked = map_blocks(
        generated.body, lambda blocks: tuple(msgspec.structs.replace(each, id=None) for each in blocks)
    )
    assert {block.id for block in descendants(unmarked)} <= {None}
